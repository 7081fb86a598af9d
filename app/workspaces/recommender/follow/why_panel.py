"""Why an item stands where it stands: how it was fetched, what put it in order, and what happened in truth."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from app.kit import theme
from app.kit.capitals import in_capitals
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rectangle, Text, call
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.inks import sign_ink, sign_text_ink
from app.kit.listing import joined, listed
from app.kit.numbers import counted, fixed, grouped, probability, short, signed
from app.kit.widgets.action_button import icon_button
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.frame import column_layout, fill, row_layout
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.words import plain_tip
from app.workspaces.recommender.follow.evidence_plots import time_words
from app.workspaces.recommender.follow.history_panel import user_text
from app.workspaces.recommender.follow.session import rank_text
from app.workspaces.recommender.product_bars import ProductBars, draw_products, sums_of
from engine.recommenders.tasks.candidates.answers import CatalogueItem, LoggedUser, NearWatch, Recommendation, WhyItem
from engine.recommenders.tasks.ranking.answers import ExpectedTime

DIGITS = 2
ROW, HEAD = 22.0, 22.0
BAR, CHANGE, WITHOUT = 60.0, 46.0, 44.0


class WhyPanel(PanelColumn):
    """``step_wanted(int)``: the item so many places further down the list, by hand."""

    step_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Label(in_capitals(self.tr("Why this item")), role="heading")
        self.place = Label(role="muted")
        self.title = wrapped("", None)
        self.title.setStyleSheet("font-size: 17px; font-weight: 700;")
        self.about = wrapped()
        self.fetched, self.ordered = FetchedCard(), OrderedCard()
        self.truth = wrapped("", None)
        self.truth_heading = wrapped(self.tr("And in truth"), None)
        self.truth_heading.setStyleSheet("font-size: 12px; font-weight: 600;")
        self.explained = QWidget()
        column = fill(
            column_layout(self.explained, spacing=6),
            self.title,
            self.about,
            self.fetched,
            self.ordered,
            self.truth_heading,
            self.truth,
        )
        column.insertSpacing(2, 4)
        self.rows.setSpacing(6)
        fill(self.rows, self._head(), self.explained, 1)
        self.show_why(None)

    def _head(self) -> QHBoxLayout:
        row = fill(row_layout(), (self.heading, 1))
        for step, name, words in (
            (-1, "back", self.tr("The item before")),
            (1, "forward", self.tr("The item after")),
        ):
            button = icon_button(name, words)
            button.clicked.connect(lambda _checked=False, step=step: self.step_wanted.emit(step))
            row.addWidget(button)
            if step < 0:
                row.addWidget(self.place)
        return row

    def show_place(self, text: str) -> None:
        """Which of the list it is."""
        self.place.setText(text)

    def show_why(self, why: WhyItem | None, fetched: int = 0, truth: str = "") -> None:
        """Explain an item; None while nothing is known. ``fetched``: candidates in all; ``truth``: what happened."""
        self.explained.setVisible(why is not None)
        if why is None:
            self.show_place("")
            return
        self.title.setText(why.item.label)
        self.about.setText(about_item(why.item))
        self.fetched.show_why(why, fetched)
        self.ordered.setVisible(why.ordered is not None)
        if why.ordered is not None:
            self.ordered.show_time(why.ordered, fetched=why.rank <= fetched and not why.watched)
        self.truth_heading.setVisible(bool(truth))
        self.truth.setVisible(bool(truth))
        self.truth.setText(truth)


class StageCard(QFrame):
    """A stage: its number, what it is, and how the number of the item comes about."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._number = Label(str(number))
        self._number.setFixedSize(20, 20)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        heading = wrapped(title, None)
        heading.setStyleSheet("font-size: 13px; font-weight: 600;")
        head = fill(row_layout(spacing=8), self._number, (heading, 1))
        self.result = wrapped("", None)
        self.result.setTextFormat(Qt.TextFormat.RichText)  # made of numbers alone
        self.rows = fill(column_layout(self, (12, 10, 12, 10), spacing=6), head, self.result)
        theme.follow(self.restyle)

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        colours = theme.current()
        self._number.setStyleSheet(
            f"background: {colours.accent}; color: {colours.on_accent}; border-radius: 10px; font-weight: 700;"
        )


def _strong(text: str) -> str:
    return f'<span style="font-size: 16px; font-weight: 600; color: {theme.current().accent}">{text}</span>'


class FetchedCard(StageCard):
    """Stage 1: the score taken apart, and the watched items that decide it."""

    def __init__(self) -> None:
        super().__init__(1, QCoreApplication.translate("FetchedCard", "Fetched: near the user"))
        name = self.tr("Products of the two vectors, the largest first")
        self.parts = DrawingView(draw_products, ProductBars(), hint=QSize(240, 92), least=QSize(120, 84), name=name)
        name = self.tr("Watches that decide it")
        self.near = DrawingView(draw_decisive, (), hint=QSize(240, 22), least=QSize(180, 0), name=name)
        self.near_words = wrapped()
        for widget in (self.parts, self.near, self.near_words):
            self.rows.addWidget(widget)

    def show_why(self, why: WhyItem, fetched: int) -> None:
        """Show an item's; ``fetched``: candidates in all."""
        rank = self.tr("place {rank} of {count} fetched")
        if why.watched:
            rank = self.tr("watched, so not fetched again")
        elif why.rank > fetched:
            rank = self.tr("place {rank}, so not fetched")
        placed = rank.format(rank=rank_text(why.rank), count=grouped(fetched))
        self.result.setText(f"<i>v</i>·<i>u</i> = {_strong(fixed(why.score))}&nbsp; {placed}")
        about = (
            self.tr("{count} products vₖ·uₖ, the largest first").format(count=len(why.parts)),
            self.tr("softmax {share}: e to the score, as a share of the sum over the catalogue").format(
                share=probability(why.probability)
            ),
            self.tr("cosine {cosine}: the score without the vectors' lengths").format(cosine=fixed(why.cosine)),
            self.tr("length of v {length}: longer vectors score higher with every user who points their way").format(
                length=fixed(why.length)
            ),
        )
        self.result.setToolTip(plain_tip("\n".join(about)))
        tip = self.tr("dimension {number}: v·u there is {part}")
        self.parts.set_data(ProductBars(why.parts, sums_of(why.parts), tip))
        near = (*why.decisive, *(near for near in why.nearest[:1] if not near.read))
        self.near.setVisible(bool(near))
        self.near.set_data((near, why.score))
        self.near_words.setText(self._near_words(why))

    def _near_words(self, why: WhyItem) -> str:
        if not why.nearest:
            return self.tr("Nothing has been watched, so the recommendations suit no one in particular.")
        nearest = why.nearest[0]
        decisive = next(iter(why.decisive), None)
        if decisive is None or not given_by(decisive, why.score):
            words = self.tr("No single watched item changes its score.")
        elif decisive.item == nearest.item:
            words = self.tr("The nearest one is the decisive one here: {title}.")
        elif nearest.read:
            words = self.tr("Near is not the same as decisive: the nearest is {nearest}.")
        else:
            words = self.tr("The nearest, {nearest}, is too long ago to be read.")
        return "" if decisive is None else words.format(title=decisive.item.label, nearest=nearest.item.label)


def draw_decisive(data: tuple[()] | tuple[tuple[NearWatch, ...], float], frame: Frame) -> Drawing:
    """Draw a row for each watched item: what it adds to the explained score, as a bar and a number, and the score
    without it."""
    if not data:
        return Drawing(height=0.0)
    near, score = data
    width = float(frame.width)
    words = width - BAR - CHANGE - WITHOUT
    most = max((abs(given_by(watch, score)) for watch in near if watch.read), default=0.0) or 1.0
    marks: list[Mark] = [
        Text(_tr("Which watches decide it"), (0, 0, width, HEAD), 12, align="left middle", bold=True),
        Text(_tr("v·u if left out"), (0, 0, width, HEAD), 11, "text_muted", "right middle"),
    ]
    for number, watch in enumerate(near):
        marks += _decisive_row(number, watch, score, most, (words, width))
    return Drawing(
        tuple(marks),
        "; ".join(_near_spoken(watch, score) for watch in near),
        numbers=call(_near_table, near, score),
        height=HEAD + ROW * len(near),
    )


def _decisive_row(
    number: int, watch: NearWatch, score: float, most: float, columns: tuple[float, float]
) -> Iterator[Mark]:
    (words, width), top = columns, HEAD + number * ROW
    yield Rectangle((0, top, width, ROW), key=watch.item.name, tip=_near_spoken(watch, score))
    yield Text(watch.item.label, (0, top, words - 6, ROW), 12, align="left middle", elide=True)
    if not watch.read:
        yield Text(_tr("not read"), (words, top, width - words, ROW), 11, "text_muted", "right middle")
        return
    zero, change = words + BAR / 2, given_by(watch, score)
    reach = (BAR / 2 - 2) * change / most
    if change:
        yield Rectangle((min(zero, zero + reach), top + 7, max(abs(reach), 1.0), 8), sign_ink(change))
    yield Text(
        signed(change, DIGITS),
        (width - WITHOUT - CHANGE, top, CHANGE, ROW),
        12,
        sign_text_ink(change),
        "right middle",
        bold=True,
    )
    yield Text(fixed(watch.without), (width - WITHOUT, top, WITHOUT, ROW), 12, "text_muted", "right middle")


def _near_spoken(watch: NearWatch, score: float) -> str:
    gives = given_by(watch, score)
    words = _tr("{title}: cosine {cosine}; with it the score is higher by {gives}")
    if not watch.read:
        words = _tr("{title}: cosine {cosine}; too long ago to be read")
    elif gives < 0:
        words = _tr("{title}: cosine {cosine}; with it the score is lower by {gives}")
    return words.format(title=watch.item.label, cosine=fixed(watch.cosine), gives=fixed(abs(gives)))


def _near_table(near: tuple[NearWatch, ...], score: float) -> ExportTable:
    """Title, cosine, and what it gives, which is nothing where it is not read."""
    rows = [(watch.item.label, watch.cosine, score - watch.without if watch.read else 0.0) for watch in near]
    return ExportTable(("title", "cosine", "given"), rows)


def given_by(watch: NearWatch, score: float) -> float:
    """Return what a watch adds to a score, in the digits that both are shown with: the three check by hand."""
    return round(round(score, DIGITS) - round(watch.without, DIGITS), DIGITS)


class OrderedCard(StageCard):
    """Stage 2: the expected seconds, and what they are worked out from besides the history."""

    def __init__(self) -> None:
        super().__init__(2, QCoreApplication.translate("OrderedCard", "Ordered: expected watch time"))
        heading = wrapped(self.tr("What the ranker also reads"), None)
        heading.setStyleSheet("font-size: 12px; font-weight: 600;")
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.facts: list[tuple[ElidedLabel, Label]] = []
        self.others = wrapped()
        fill(self.rows, heading, self._grid, self.others)

    def show_time(self, time: ExpectedTime, *, fetched: bool) -> None:
        """Show an item's; one that is not ``fetched`` is not put in order."""
        unit, power = short(time.unit, 5), fixed(time.z, 4)
        seconds = _strong(self.tr("{seconds} s").format(seconds=short(time.seconds)))
        self.result.setText(
            f"<i>e</i><sup>Wx + b</sup> × {unit} s = <i>e</i><sup>{power}</sup> × {unit} s = {seconds}"
            + ("" if fetched else "<br>" + self.tr("It wasn't retrieved, so it isn't ranked."))
        )
        facts = list(self._facts(time))
        while len(self.facts) < len(facts):
            name, value = ElidedLabel("", "muted"), Label()
            value.setStyleSheet("font-weight: 600;")
            row = len(self.facts)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
            self.facts.append((name, value))
        for (name, value), texts in zip(self.facts, [*facts, *[("", "")] * len(self.facts)], strict=False):
            name.set_full_text(texts[0])
            value.setText(texts[1])
            name.setVisible(bool(texts[0]))
            value.setVisible(bool(texts[1]))
        left = [value for name, value in time.categories.items() if name not in ("user_language", "video_language")]
        self.others.setText(joined(left))
        self.others.setVisible(bool(left))

    def _facts(self, time: ExpectedTime) -> Iterator[tuple[str, str]]:
        languages = [time.categories[name] for name in ("video_language", "user_language") if name in time.categories]
        if len(languages) == 2:
            same = self.tr("both {language}").format(language=languages[0])
            yield self.tr("language"), same if languages[0] == languages[1] else listed(languages)
        names = {
            "since_topic": self.tr("topic watched last"),
            "since_creator": self.tr("creator watched last"),
        }
        for column, name in names.items():
            if column in time.numbers:
                yield name, self._since(column, time)
        if "previous_impressions" in time.numbers:
            yield self.tr("shown before"), self.tr("never (assumed)")

    def _since(self, column: str, time: ExpectedTime) -> str:
        if column in time.never:
            return self.tr("never")
        said = self.tr("{time} ago").format(time=time_words(round(3600 * time.numbers[column])))
        return self.tr("{time} (assumed)").format(time=said) if column in time.assumed.columns else said


def about_item(item: CatalogueItem) -> str:
    """Year, sorts and the watches of training, which are without the held-out ones that Data counts too."""
    parts = [] if item.year is None else [str(item.year)]
    if item.sorts:
        parts.append(listed(item.sorts[:3]))
    parts.append(counted(item.watches, _tr("{count} {count:watch|watches} in training")))
    return " · ".join(parts)


def truth_words(why: WhyItem, found: Recommendation, user: LoggedUser | None) -> str:
    """What is known of an item beyond what the networks say: that it was watched, and what a generator meant."""
    said = []
    held_out, time = None if user is None else user.held_out, why.ordered
    if user is not None and held_out is not None and held_out.item.name == why.item.name:
        name = user_text(user.user)
        if held_out.seconds is None:
            next_ = (
                _tr("{user} watched it; that watch was held out.") if found.drawn else _tr("{user} watched it next.")
            )
            said.append(next_.format(user=name))
        else:
            said.append(_tr("{user} watched it for {seconds} s.").format(user=name, seconds=short(held_out.seconds)))
    if time is not None:
        words = _tr("The site's own rule: {rate} click it and then watch {seconds} s, so {mean} s on average.")
        said.append(
            words.format(
                rate=probability(time.click_rate), seconds=short(time.seconds_if_clicked), mean=short(time.true_seconds)
            )
        )
    return " ".join(said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("WhyPanel", text)
