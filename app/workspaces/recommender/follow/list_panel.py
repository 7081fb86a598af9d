"""What somebody is shown: the funnel as a strip over the list, and what became of the item that was watched next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainterPath, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Path, Rectangle, Text, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.listing import joined, listed
from app.kit.numbers import NOTHING, counted, fixed, grouped, plain, short
from app.kit.widgets.frame import column_layout, fill, row_layout, scroll_in
from app.kit.widgets.labels import ElidedLabel, Label, Sentence
from app.kit.widgets.switch import Switch
from app.workspaces.recommender.follow.history_panel import user_text
from app.workspaces.recommender.follow.session import FollowSession, Hues, rank_text
from engine.recommenders.tasks.candidates.answers import CatalogueItem, PlacedItem, Recommendation

STRIP, ROW, HEAD = 56.0, 27.0, 24.0
PLACE, INNER, FETCHED, BAR, SCORE, GAP = 34.0, 48.0, 84.0, 112.0, 58.0, 10.0
LEAST_MS = 0.01
"""A shorter time is told as one that is shorter than this."""
NARROW = 470
"""Pixels of a row in which titles come before bars."""


def held_mark(*, drawn: bool) -> str:
    """Of an item: that it was watched next, or that a watch of it was held out, which was ``drawn`` at random."""
    return _tr("held out") if drawn else _tr("watched next")


# The funnel -----------------------------------------------------------------------------------------------------------


def draw_funnel(found: Recommendation | None, frame: Frame) -> Drawing:
    """Draw the stages as a strip that narrows, with their sizes and the time that each takes."""
    if found is None or not found.candidates.scores:
        return Drawing()
    stages = found.funnel
    fetch, rank = map(_time_text, (stages.vector_ms + stages.retrieval_ms, stages.ranking_ms))
    first, second, third = (
        (grouped(stages.catalogue), _tr("items, by v·u")),
        (grouped(stages.candidates), _tr("fetched as nearest")),
        (grouped(len(found.shown)), _tr("by watch time") if found.ranked else _tr("shown, the nearest")),
    )
    width = frame.width
    last = width - 20 - text_width(third[0], 18, True) - text_width(third[1], 12)
    left, right = 0.46 * last, 0.46 * last + max(text_width(second[1], 12), text_width(second[0], 18, True))
    ends = ((0.0, 1.0), (0.27 * last, 1.0), (left - 12, 0.7), (right + 8, 0.7), (last - 8, 0.42), (width, 0.42))
    marks: list[Mark] = [
        Path(_outline(ends), fill="accent_soft"),
        Text(first[0], (14, 7, last, 22), 18, align="left middle", bold=True),
        Text(first[1], (14, 29, last, 18), 12, "text_muted", "left middle"),
        Text(fetch, (left - 88, 0, 70, STRIP), 11.5, "accent", "right middle", bold=True),
        Text(second[0], (left, 7, last, 22), 18, align="left middle", bold=True),
        Text(second[1], (left, 29, last, 18), 12, "text_muted", "left middle"),
        Text(rank, (right, 0, last - right - 10, STRIP), 11.5, "accent", "right middle", bold=True),
        Text(third[0], (last, 0, width, STRIP), 18, align="left middle", bold=True),
        Text(third[1], (last + text_width(third[0], 18, True) + 8, 1, width, STRIP), 12, "text_muted", "left middle"),
    ]
    said = _tr(
        "Of {catalogue} items, the {candidates} that score {least} or more are candidates; {shown} are shown."
    ).format(
        catalogue=first[0], least=fixed(found.candidates.scores[-1]), candidates=second[0], shown=stages.shown
    )  # fmt: skip
    return Drawing(tuple(marks), said, said, numbers=call(_scores, found))


def _time_text(milliseconds: float) -> str:
    return _tr("{ms} ms").format(ms=short(milliseconds, 2) if milliseconds >= LEAST_MS else f"< {plain(LEAST_MS)}")


def _outline(places: Sequence[tuple[float, float]]) -> QPainterPath:
    """Return a band round the middle of the strip, as high as the shares at some places; it narrows smoothly."""
    path = QPainterPath()
    upper = [(x, STRIP / 2 * (1 - share)) for x, share in places]
    path.moveTo(*upper[0])
    lower = [(x, STRIP - y) for x, y in reversed(upper)]
    for side in (upper, lower):
        path.lineTo(*side[0])
        for (x, y), (to_x, to_y) in pairwise(side):
            middle = (x + to_x) / 2
            path.cubicTo(middle, y, middle, to_y, to_x, to_y)
    path.closeSubpath()
    return path


def _scores(found: Recommendation) -> ExportTable:
    """The catalogue's scores as counts between two edges."""
    return ExportTable(
        ("from", "to", "items"),
        list(zip(found.scores.edges, found.scores.edges[1:], found.scores.counts, strict=False)),
    )


# The list -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownRow:
    """``place``: in words. ``fetched``: its place by v·u, which is ``inner``, and ``risen``: by how many places the
    second stage has put it higher. ``score_text``: what puts it where it is. ``bar``: where its bar begins and ends, as
    shares of the room; it begins at a score of 0. ``mark``: that it
    was watched next; ``missed``: it is not in the list, and stands below it with the place that it has. ``hue``: the
    ink of its sort."""

    item: CatalogueItem
    place: str
    inner: float
    fetched: str
    risen: int
    score_text: str
    bar: tuple[float, float]
    mark: str = ""
    missed: bool = False
    hue: str = ""

    @property
    def spoken(self) -> str:
        """All of it, for those who hear it."""
        text = _tr("{place}. {title}, score {score}").format(
            place=self.place, title=self.item.label, score=self.score_text
        )
        if not self.mark:
            return text
        return joined((text, _tr("{mark}, missed").format(mark=self.mark) if self.missed else self.mark))


@dataclass(frozen=True, slots=True)
class ShownRows:
    """``chosen``: the name of the item that is explained. ``ranked``: in the order of a second stage."""

    rows: tuple[ShownRow, ...] = ()
    chosen: str = ""
    ranked: bool = False

    def place_of(self, name: str) -> int:
        """The row of an item; −1 where it has none."""
        return next((row for row, shown in enumerate(self.rows) if shown.item.name == name), -1)


def rows_of(found: Recommendation | None, hues: Hues) -> tuple[ShownRow, ...]:
    """The places from the first on, and last the item that was missed, if it was."""
    return () if found is None else tuple(_rows(found, hues))


def _rows(found: Recommendation, hues: Hues) -> Iterator[ShownRow]:
    held_out, mark = found.held_out, held_mark(drawn=found.drawn)
    missed = held_out if held_out is not None and held_out.place is None else None
    scores = [shown.score for shown in found.shown]
    if missed is not None and not found.ranked:
        scores.append(missed.score)
    for shown in found.shown:
        marked = mark if held_out is not None and held_out.item.name == shown.item.name else ""
        yield ShownRow(
            shown.item, str(shown.place), shown.inner, str(shown.candidate), shown.candidate - shown.place,
            _score_text(shown.score, seconds=found.ranked), bar_of(shown.score, scores), marked,
            hue=hues.ink(shown.item),
        )  # fmt: skip
    if missed is not None:
        place, score = rank_text(missed.rank), NOTHING if found.ranked else fixed(missed.score)
        bar = (0.0, 0.0) if found.ranked else bar_of(missed.score, scores)
        yield ShownRow(
            missed.item, _tr("{rank} by v·u").format(rank=place) if found.ranked else place, missed.score, place, 0,
            score, bar, mark, missed=True, hue=hues.ink(missed.item),
        )  # fmt: skip


def bar_of(score: float, scores: Sequence[float]) -> tuple[float, float]:
    """Return where the bar of a score begins and ends, as shares of a room that holds 0 and all ``scores``."""
    low, high = min(0.0, *scores), max(0.0, *scores)
    zero, end = (-low / (high - low), (score - low) / (high - low)) if high > low else (0.0, 0.0)
    return min(zero, end), max(zero, end)


def _score_text(score: float, *, seconds: bool) -> str:
    return _tr("{seconds} s").format(seconds=short(score)) if seconds else fixed(score)


@dataclass(frozen=True, slots=True)
class ListColumns:
    """Left edges of what stands in a row, and the ``right`` one."""

    right: float
    ranked: bool

    @property
    def score(self) -> float:
        return self.right - SCORE

    @property
    def bar(self) -> float:
        return self.score - (BAR if self.right >= NARROW else 44.0)

    @property
    def fetched(self) -> float:
        return self.bar - GAP - FETCHED

    @property
    def inner(self) -> float:
        return self.fetched - INNER

    @property
    def title_end(self) -> float:
        return (self.inner if self.ranked else self.bar) - GAP


def draw_list_head(ranked: bool, frame: Frame) -> Drawing:
    """Draw what the columns are."""
    columns = ListColumns(frame.width - 6, ranked)
    score = _tr("expected watch time") if ranked else _tr("score v·u")
    heads = [
        (_tr("place"), 0.0, PLACE, "right"),
        (_tr("item"), PLACE + 12, 120.0, "left"),
        (score, columns.bar, columns.right - columns.bar, "left"),
    ]
    if ranked:
        heads += [("v·u", columns.inner, INNER - 8, "right"), (_tr("fetched as"), columns.fetched, FETCHED, "left")]
    marks = tuple(
        Text(words, (left, 0, width, HEAD), 11, "text_muted", f"{side} middle", shrink=True)
        for words, left, width, side in heads
    )
    return Drawing(marks)


def draw_shown_list(data: ShownRows, frame: Frame) -> Drawing:
    """Draw a row for each item. Keys are the items' names."""
    names = tuple(row.item.name for row in data.rows)
    columns = ListColumns(frame.width - 6, data.ranked)
    marks = [
        mark
        for number, row in enumerate(data.rows)
        for mark in _row_marks(row, number * ROW, columns, chosen=row.item.name == data.chosen, frame=frame)
    ]
    return Drawing(
        tuple(marks),
        "; ".join(row.spoken for row in data.rows),
        order=names,
        current=data.chosen if data.chosen in names else None,
        arrows_choose=True,
        numbers=call(_table, data.rows),
        height=ROW * len(data.rows),
    )


def _row_marks(row: ShownRow, top: float, columns: ListColumns, *, chosen: bool, frame: Frame) -> Iterator[Mark]:
    middle, right = "left middle", "right middle"
    ground = "accent_soft" if chosen else "raised" if frame.pointed == row.item.name else ""
    yield Rectangle(
        (0.75, top + 0.75, frame.width - 1.5, ROW - 1.5), ground, "accent" if chosen else "", 1.5, 6.0,
        key=row.item.name, tip=row.spoken,
    )  # fmt: skip
    wide = PLACE if not row.missed else max(PLACE, text_width(row.place, 12) + 6)
    yield Text(row.place, (0, top, wide, ROW), 12, "text_muted", right, bold=chosen)
    left = wide + 12
    if row.hue:
        yield Disc(left + 4, top + ROW / 2, 4, row.hue)
        left += 16
    room = columns.title_end - left
    marked = text_width(row.mark, 11) + 18 if row.mark else 0.0
    title = min(text_width(row.item.label, 13, bool(row.mark)) + 4, room - marked)
    yield Text(row.item.label, (left, top, title, ROW), 13, align=middle, bold=bool(row.mark), elide=True)
    if row.mark:
        pill = (left + title + 6, top + 5, marked - 8, ROW - 10)
        yield Rectangle(pill, "" if row.missed else "good 14%", "good" if row.missed else "", 1.0, (ROW - 10) / 2)
        yield Text(row.mark, pill, 11, "good")
    if columns.ranked:
        yield Text(fixed(row.inner), (columns.inner, top, INNER - 8, ROW), 12, "text_muted", right)
        yield Text(row.fetched, (columns.fetched, top, 32, ROW), 12, "text_muted", right)
        if row.risen:
            risen = f"{'↑' if row.risen > 0 else '↓'} {abs(row.risen)}"
            yield Text(risen, (columns.fetched + 40, top, 44, ROW), 12, "text_muted", middle)
    bar = columns.score - columns.bar
    yield Rectangle((columns.bar, top + ROW / 2 - 3, bar, 6), "track", corner=3)
    begin, end = row.bar
    if end > begin:
        ink = "good" if row.mark else "accent"
        yield Rectangle((columns.bar + begin * bar, top + ROW / 2 - 3, max(3.0, (end - begin) * bar), 6), ink, corner=3)
    yield Text(row.score_text, (columns.score, top, SCORE, ROW), 12.5, align=right, bold=True)


def _table(rows: tuple[ShownRow, ...]) -> ExportTable:
    header = ("place", "item", "inner_product", "fetched_as", "score")
    return ExportTable(header, [(row.place, row.item.label, row.inner, row.fetched, row.score_text) for row in rows])


def _tr(text: str) -> str:
    return QCoreApplication.translate("ShownList", text)


MOST_STEPS = 4
LEAST_ROWS = 6
SWITCH = 176


def withheld(found: Recommendation | None) -> tuple[PlacedItem, ...]:
    """The watched items that score as high as something that is shown, the best first."""
    if found is None or not found.shown:
        return ()
    last = min(shown.inner for shown in found.shown)
    return tuple(placed for placed in found.watched if placed.score >= last)


class ListPanel(QFrame):
    """``chosen(object)``: an item of the list by name, by hand; ``failed(Problem)``: a file could not be written."""

    chosen = Signal(object)
    failed = Signal(object)

    def __init__(self, session: FollowSession, chooser: QWidget, parent: QWidget | None = None) -> None:
        """``chooser``: what says which network puts the list in order."""
        super().__init__(parent)
        self._session, self._hues = session, Hues()
        self.setProperty("role", "card")
        self.title = ElidedLabel("", "title")
        self.lengths = Switch(self.tr("How many are shown"), ())
        self.lengths.setFixedWidth(SWITCH)
        self.funnel = DrawingView(
            draw_funnel, None, hint=QSize(400, int(STRIP)), least=QSize(320, int(STRIP)), name=self.tr("The funnel")
        )
        self.funnel.setFixedHeight(int(STRIP))
        self.list = ShownList()
        self.copier = CopyButton()
        self.copier.offer(self.list.view, self.grab, title=self.tr("the list"), name="list")
        self.copier.failed.connect(self.failed)
        self.dot, self.verdict = Label("●"), Sentence()
        self.trail, self.withheld = ElidedLabel("", "muted"), ElidedLabel("", "muted")
        self._lay_out(chooser)
        self.lengths.currentChanged.connect(self._choose_length)
        self.list.view.chosen.connect(self.chosen)
        session.recommended.connect(self._follow)
        session.user_changed.connect(self._follow)
        session.explained.connect(self._follow_chosen)
        session.length_changed.connect(self._follow_length)
        theme.notifier().changed.connect(self._show_dot)
        self._follow_length()
        self._follow()

    def _lay_out(self, chooser: QWidget) -> None:
        head = fill(row_layout(spacing=8), (self.title, 1), chooser, self.lengths, self.copier)
        said = fill(row_layout(spacing=8), (self.dot, 0, Qt.AlignmentFlag.AlignTop), (self.verdict, 1))
        fill(
            column_layout(self, (14, 10, 14, 10), spacing=6),
            head,
            self.funnel,
            (self.list, 1),
            said,
            self.trail,
            self.withheld,
        )

    @property
    def rows(self) -> ShownRows:
        """What the list shows."""
        return self.list.data

    def show_hues(self, hues: Hues) -> None:
        """Colour the items by what sort each is."""
        self._hues = hues
        self._show_rows()

    def step(self, by: int) -> None:
        """Choose the item so many places further down."""
        row = self.rows.place_of(self._session.chosen or "") + by
        if 0 <= row < len(self.rows.rows):
            self.chosen.emit(self.rows.rows[row].item.name)

    @Slot(int)
    def _choose_length(self, index: int) -> None:
        self._session.show_first(self._session.lengths[index])

    @Slot()
    def _follow_length(self) -> None:
        lengths, blocked = self._session.lengths, self.lengths.blockSignals(True)
        about = self.tr("Show {count}, and evaluate on that many")
        self.lengths.set_parts(tuple((str(length), about.format(count=length)) for length in lengths))
        self.lengths.setCurrentIndex(lengths.index(self._session.length))
        self.lengths.blockSignals(blocked)

    @Slot()
    def _follow(self) -> None:
        found, user = self._session.recommendation, self._session.user
        whose = (
            self.tr("What is recommended for this history")
            if user is None
            else self.tr("What is recommended to {user}")
        )
        name = "" if user is None else user_text(user.user)
        self.title.set_full_text(whose.format(user=name[:1].lower() + name[1:]) if self._session.begun else "")
        self.funnel.set_data(found)
        self.copier.setVisible(found is not None)
        self._show_rows()
        self.verdict.set_full_text("" if found is None else self._verdict(found))
        self._show_dot()
        self.trail.set_full_text("" if found is None else self._trail(found))
        self.trail.setVisible(bool(self.trail.full_text))
        titles = [f"{placed.item.label} {fixed(placed.score)}" for placed in withheld(found)]
        words = self.tr("Watched, so not shown again: {titles}").format(titles=listed(titles))
        self.withheld.set_full_text(words if titles else "")
        self.withheld.setVisible(bool(titles))

    @Slot()
    def _show_dot(self) -> None:
        found = self._session.recommendation
        held_out = None if found is None else found.held_out
        self.dot.setVisible(held_out is not None)
        if held_out is not None:
            ink = theme.current().good if held_out.place is not None else theme.current().text_muted
            self.dot.setStyleSheet(f"color: {ink}; font-size: 11px; padding-top: 2px;")

    def _show_rows(self) -> None:
        found = self._session.recommendation
        ranked = found is not None and found.ranked
        self.list.show_rows(ShownRows(rows_of(found, self._hues), self._session.chosen or "", ranked))

    @Slot()
    def _follow_chosen(self) -> None:
        self._show_rows()
        self.list.bring_into_sight(self._session.chosen or "")

    def _verdict(self, found: Recommendation) -> str:
        """What became of the item that was held out."""
        held_out = found.held_out
        if held_out is None:
            return self._unknown(found)
        ranked = found.ranked and held_out.place is not None
        rank = str(held_out.place) if ranked else rank_text(held_out.rank)
        said = self._placed(found, held_out).format(
            title=held_out.item.label,
            mark=held_mark(drawn=found.drawn),
            rank=rank,
            count=len(found.shown),
            candidates=len(found.candidates.scores),
        )
        if ranked and not held_out.watched:
            said += " " + self.tr("By similarity alone it is at rank {rank}.").format(rank=rank_text(held_out.rank))
        return said

    def _trail(self, found: Recommendation) -> str:
        """The place of the item that was watched next with each edit, the last ones."""
        trail = self._session.trail
        if found.held_out is None or len(trail) < 2:
            return ""
        told = [self.tr("{place} {edit}").format(place=rank_text(step.rank), edit=step.words)
                for step in trail[-MOST_STEPS:] if step.rank is not None]  # fmt: skip
        place = self.tr("Its place by v·u: {steps}") if found.ranked else self.tr("Its place: {steps}")
        return place.format(steps=" → ".join(told))

    def _placed(self, found: Recommendation, held_out: PlacedItem) -> str:
        if held_out.watched:
            return self.tr("{title} is now in the history, so it isn't recommended again.")
        if held_out.place is not None:
            return self.tr("Found: {title}, {mark}, is at place {rank} of the {count} shown.")
        if held_out.rank <= len(found.candidates.scores):
            if found.ranked:
                return self.tr("Missed: {title}, {mark}, is candidate {rank}; the ranking network shows others.")
            return self.tr("Missed: {title}, {mark}, is at place {rank}, a candidate that is not shown.")
        return self.tr("Missed: {title}, {mark}, is at place {rank}, no candidate.")

    def _unknown(self, found: Recommendation) -> str:
        if not found.visitor.unknown_items:
            return ""
        words = self.tr(
            "{count} watched {count:item is|items are} unknown to the network: {count:it goes|they go} to the bucket"
            " for unknown ones."
        )
        return counted(len(found.visitor.unknown_items), words)


class ShownList(QScrollArea):
    """The rows, which scroll under the heads of their columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = ShownRows()
        name = self.tr("What is shown, best first")
        self.view = DrawingView(draw_shown_list, self.data, hint=QSize(400, 270), least=QSize(240, 0), name=name)
        self.head = DrawingView(
            draw_list_head, False, hint=QSize(400, int(HEAD)), least=QSize(240, int(HEAD)), parent=self
        )
        self.head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll_in(self, self.view)
        self.setFocusProxy(self.view)
        self.verticalScrollBar().setSingleStep(int(ROW))
        self.setMinimumHeight(int(HEAD + LEAST_ROWS * ROW))

    def show_rows(self, data: ShownRows) -> None:
        """Show these rows."""
        self.data = data
        self.head.set_data(data.ranked)
        self.head.setVisible(bool(data.rows))
        self.view.set_data(data)

    def bring_into_sight(self, name: str) -> None:
        """Scroll as little as shows the row of an item."""
        row = self.data.place_of(name)
        if row >= 0:
            self.ensureVisible(0, round((row + 0.5) * ROW), 0, ceil(ROW / 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole rows are seen: none is cut off by what stands below."""
        super().resizeEvent(event)
        self.setViewportMargins(0, int(HEAD), 0, (self.height() - int(HEAD)) % int(ROW))
        self.head.setGeometry(0, 0, self.viewport().width(), int(HEAD))
