"""Why an item stands where it stands: its score taken apart, the watched items near it, and how it was found."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.capitals import in_capitals
from app.kit.drawing.view import DrawingView
from app.kit.icons import set_icon
from app.kit.listing import listed
from app.kit.numbers import counted, fixed, grouped, probability, short
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.labels import Label, wrapped
from app.kit.words import plain_tip
from app.workspaces.recommender.follow.content import Item, Retrieval, Why
from app.workspaces.recommender.follow.near_table import LITTLE, NearTable, given
from app.workspaces.recommender.follow.recall_plot import draw_recall
from app.workspaces.recommender.product_bars import ProductBars, draw_products, sums_of


class WhyPanel(PanelColumn):
    """``step_wanted(int)``: the item so many places further down the list, by hand."""

    step_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Label(in_capitals(self.tr("Why this item")))
        self.heading.setProperty("role", "heading")
        self.place = Label()
        self.place.setProperty("role", "muted")
        self.title = wrapped("", None)
        self.title.setStyleSheet("font-size: 16px; font-weight: 700;")
        self.about = wrapped()
        self.numbers = _Numbers()
        self.parts_heading = wrapped("", None)
        self.parts_heading.setStyleSheet("font-size: 12px; font-weight: 600;")
        name = self.tr("Products of the two vectors, the largest first")
        self.parts = DrawingView(draw_products, ProductBars(), hint=QSize(240, 92), least=QSize(120, 70), name=name)
        self.near = NearTable()
        self.near_words = wrapped()
        self.explained = QWidget()
        column = QVBoxLayout(self.explained)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.title, self.about, self.numbers, self.parts_heading, self.parts, _Line()):
            column.addWidget(widget)
        column.addWidget(self.near)
        column.addWidget(self.near_words)
        self.found = _Found()
        self.rows.setSpacing(8)
        self.rows.addLayout(self._head())
        self.rows.addWidget(self.explained)
        self.rows.addWidget(self.found)
        self.rows.addStretch(1)
        self.show_why(None)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.heading, 1)
        for step, name, words in (
            (-1, "back", self.tr("The item before")),
            (1, "forward", self.tr("The item after")),
        ):
            button = QToolButton()
            set_icon(button, name)
            button.setToolTip(plain_tip(words))
            button.setAccessibleName(words)
            button.clicked.connect(lambda _checked=False, step=step: self.step_wanted.emit(step))
            row.addWidget(button)
            if step < 0:
                row.addWidget(self.place)
        return row

    def show_place(self, text: str) -> None:
        """Which of the list it is."""
        self.place.setText(text)

    def show_why(self, why: Why | None) -> None:
        """Explain an item; None while nothing is known."""
        self.explained.setVisible(why is not None)
        if why is None:
            self.show_place("")
            return
        self.title.setText(why.item.title)
        self.about.setText(about_item(why.item))
        self.numbers.show_why(why)
        heading = self.tr("{count} products v_k·u_k, largest first")
        self.parts_heading.setText(heading.format(count=len(why.parts)).replace("_k", "ₖ"))
        tip = self.tr("dimension {number}: v·u there is {part}")
        self.parts.set_data(ProductBars(why.parts, sums_of(why.parts), tip))
        self.near.setVisible(bool(why.decisive or why.nearest))
        self.near.show_why(why)
        self.near_words.setText(self._near_words(why))

    def _near_words(self, why: Why) -> str:
        if not why.nearest:
            return self.tr("Nothing has been watched: what is recommended is what suits nobody in particular.")
        nearest = why.nearest[0]
        decisive = next(iter(why.decisive), None)
        if decisive is None or abs(decisive.gives) < LITTLE:
            words = self.tr("No single watched item does anything to its score.")
        elif decisive.item == nearest.item:
            words = self.tr("The nearest one is the decisive one here: {title} does {gives} to its score.")
        elif nearest.read:
            words = self.tr("Near is not the same as decisive: {title} does most, {gives}; the nearest is {nearest}.")
        else:
            words = self.tr("{title} does most, {gives}. The nearest, {nearest}, is too long ago to be read.")
        return (
            words
            if decisive is None
            else words.format(title=decisive.item.title, gives=given(decisive.gives), nearest=nearest.item.title)
        )

    def show_retrieval(self, found: Retrieval | None, *, busy: bool, lists: int | None) -> None:
        """How candidates can be found, None while that has not been measured; ``lists``: of the index in which those
        in sight were found, 0 for a scan, None while there are none."""
        self.found.show_found(found, busy=busy, lists=lists)


def about_item(item: Item) -> str:
    """Year, sorts and watches."""
    parts = [] if item.year is None else [str(item.year)]
    if item.sorts:
        parts.append(listed(item.sorts[:3]))
    parts.append(counted(item.watches, _tr("1 watch"), _tr("{count} watches")))
    return " · ".join(parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("WhyPanel", text)


class _Line(QFrame):
    """Between two parts."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)
        theme.follow(self.restyle)

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        self.setStyleSheet(f"background: {theme.current().border}; border: none;")


class _Numbers(QWidget):
    """Score, share of the softmax, cosine and length."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        self.values: list[QLabel] = []
        for column, (caption, tip) in enumerate(
            (
                (self.tr("v·u"), self.tr("The score: the item's vector times the user's")),
                (self.tr("softmax"), self.tr("e to the score, as a share of that of the whole catalogue")),
                (self.tr("cosine"), self.tr("Of the angle between the two vectors: the score without their lengths")),
                (self.tr("length of v"), self.tr("Longer vectors score higher with everybody who points their way")),
            )
        ):
            name, value = Label(caption), Label()
            name.setProperty("role", "readout")
            value.setProperty("role", "number")
            value.setProperty("accent", column == 0)
            value.setAccessibleName(caption)
            for label in (name, value):
                label.setToolTip(plain_tip(tip))
            grid.addWidget(name, 0, column)
            grid.addWidget(value, 1, column)
            self.values.append(value)

    def show_why(self, why: Why) -> None:
        """Show an item's."""
        texts = (fixed(why.score), probability(why.share), fixed(why.cosine), fixed(why.length))
        for label, text in zip(self.values, texts, strict=True):
            label.setText(text)


class _Found(QWidget):
    """Exact and approximate retrieval side by side."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.heading = wrapped("", None)
        self.heading.setStyleSheet("font-size: 12px; font-weight: 600;")
        name = self.tr("Recall by the time of one search")
        self.plot = DrawingView(draw_recall, None, hint=QSize(240, 110), least=QSize(180, 110), name=name)
        self.exact, self.lists = wrapped("", None), wrapped("", None)  # a line too long would widen the whole panel
        self.words = wrapped()
        column.addWidget(_Line())
        for widget in (self.heading, self.plot, self.exact, self.lists, self.words):
            column.addWidget(widget)
        for label in (self.exact, self.lists):
            label.setStyleSheet("font-size: 12px;")

    def show_found(self, found: Retrieval | None, *, busy: bool, lists: int | None) -> None:
        """Show what was measured."""
        for widget in (self.plot, self.exact, self.lists):
            widget.setVisible(found is not None)
        self.heading.setText(self.tr("Exact and approximate retrieval"))
        if found is None:
            self.words.setText(self.tr("Being measured …") if busy else self.tr("Not measured."))
            return
        self.heading.setText(self.tr("Recall of the best {k}, by time of one search").format(k=found.k))
        self.plot.set_data(found)
        self.exact.setText(self.tr("● exact scan  {ms} ms, finds all").format(ms=short(found.exact, 2)))
        self.lists.setText(
            self.tr("○ {probes} of {lists} lists  {ms} ms, finds {recall}").format(
                probes=found.served.probes,
                lists=found.lists,
                ms=short(found.served.milliseconds, 2),
                recall=probability(found.served.recall),
            )
        )
        self.words.setText("" if lists is None else self._way(found, lists))

    def _way(self, found: Retrieval, lists: int) -> str:
        """How the candidates in sight were found: an answer that tells every score has to scan."""
        if lists:
            return self.tr("What is shown here was found in an index of {count} lists.").format(count=grouped(lists))
        words = self.tr("All items are scanned here; “recommend query” looks into lists where there are over {count}.")
        return words.format(count=grouped(found.exact_up_to))
