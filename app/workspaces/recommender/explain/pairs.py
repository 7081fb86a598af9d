"""Memorise and generalise: the map of all pairs of a cross, and two of them under the three models."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import fmean

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.kit import inks, theme
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Group, Line, Mark, Rect, Rectangle, Text, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.listing import joined
from app.kit.look import signed_text
from app.kit.numbers import NOTHING, counted, grouped, percent, probability, short, signed
from app.kit.widgets.choice import Choice
from app.kit.widgets.frame import column_layout, fill, push_button, row_layout, rule
from app.kit.widgets.labels import Label, wrapped
from app.workspaces.recommender.explain.explainer import JOINT, CrossName, PairCase, PairMap, Place, part_name
from engine.recommenders.tasks.wide_deep.answers import MODEL_PARTS

MOST_CELL = 24.0
NAMES = 0.36
"""Share of the width that the names may take."""
BELOW, LEADER, KEY_LINE = 25.0, 9.0, 16.0
GAP = 1.0
NAME_HEIGHT = 11.5
NAME_GAP = 8.0


@dataclass(frozen=True, slots=True)
class PairMatrix:
    """The pairs of a cross. ``chosen``: those with a frame; ``own``: the one that the row has itself."""

    pairs: PairMap | None = None
    chosen: tuple[Place, ...] = ()
    own: Place | None = None

    def named(self, axis: int) -> list[int]:
        """Return the rows (0) or columns (1) whose names must be there: those of framed pairs, in order."""
        framed = self.chosen if self.own is None else (*self.chosen, self.own)
        return sorted({place[axis] for place in framed})


def draw_pairs(data: PairMatrix, frame: Frame) -> Drawing:
    """Draw a cell for each pair. Keys are the places (down, across)."""
    shown = data.pairs
    if shown is None or not shown.pairs:
        return Drawing()
    box = _box(shown, frame)
    frames = [_frame(box, shown, place, "text", 2.0) for place in data.chosen]
    if data.own is not None and data.own not in data.chosen:
        frames.append(_frame(box, shown, data.own, "text_muted", 1.2))
    places = ((down, across) for down in range(len(shown.down)) for across in range(len(shown.across)))
    frames += [_frame(box, shown, place, "accent", 2.0) for place in places if place == frame.pointed]
    return Drawing(
        (
            Group(call(_cells, shown, box)),
            *frames,
            *_names_beside(data, shown, box),
            *_names_below(data, shown, box, frame),
            *_key(shown, frame),
        ),
        description=shown.cross.title,
        numbers=call(_table, shown),
    )


def _box(shown: PairMap, frame: Frame) -> Rect:
    """Return where the cells are."""
    names = max((text_width(value.text, 11, True) for value in shown.down), default=0.0) + 9.0
    left, across, down = min(NAMES * frame.width, names), max(1, len(shown.across)), max(1, len(shown.down))
    wide = min(MOST_CELL * 1.5, (frame.width - left - 4) / across)
    high = min(MOST_CELL, (frame.height - BELOW - _key_height(shown, frame)) / down)
    return left, 0.0, wide * across, high * down


def _cell(box: Rect, shown: PairMap, place: Place, grow: float = -GAP) -> Rect:
    wide, high = box[2] / len(shown.across), box[3] / len(shown.down)
    left, top = box[0] + place[1] * wide, box[1] + place[0] * high
    return left - grow, top - grow, wide + 2 * grow, high + 2 * grow


def _cells(shown: PairMap, box: Rect) -> Iterable[Mark]:
    reach = shown.reach or 1.0
    for down, weights in enumerate(shown.weights):
        for across, weight in enumerate(weights):
            seen = shown.counts[down][across] > 0
            rect = _cell(box, shown, (down, across), -GAP if seen else -GAP - 0.5)
            yield Rectangle(
                rect,
                "" if not seen else inks.diverging(weight / reach) if weight else "neutral",
                "" if seen else "text_muted",
                corner=min(2.5, rect[3] / 4),
                dashed=not seen,
                key=(down, across),
                tip=call(describe, shown, (down, across)),
                target=_cell(box, shown, (down, across), 0.0),
                cursor=Qt.CursorShape.PointingHandCursor,
            )


def _frame(box: Rect, shown: PairMap, place: Place, ink: str, width: float) -> Mark:
    return Rectangle(_cell(box, shown, place, 0.0), stroke=ink, width=width, corner=3)


def _names_beside(data: PairMatrix, shown: PairMap, box: Rect) -> list[Mark]:
    """Return names of rows: those of framed pairs, and others where there is room."""
    high, named = box[3] / len(shown.down), data.named(0)
    middles = [box[1] + (row + 0.5) * high for row in range(len(shown.down))]
    tops = _spread([middles[row] for row in named], [NAME_HEIGHT] * len(named), box[1] - 2, box[1] + box[3] + 2)
    placed = {row: top + NAME_HEIGHT / 2 for row, top in zip(named, tops, strict=True)}
    taken = [*placed.values(), *(middles[row] for row in named)]
    for row, middle in enumerate(middles):
        if row not in placed and all(abs(middle - other) >= NAME_HEIGHT for other in taken):
            placed[row] = middle
            taken.append(middle)
    strong = {place[0] for place in data.chosen}
    return [
        Text(
            shown.down[row].text,
            (0.0, middle - NAME_HEIGHT, box[0] - 7, 2 * NAME_HEIGHT),
            11,
            "text" if row in named else "text_muted",
            "right middle",
            bold=row in strong,
            elide=True,
        )
        for row, middle in placed.items()
    ]


def _names_below(data: PairMatrix, shown: PairMap, box: Rect, frame: Frame) -> list[Mark]:
    """Return names of columns: those of framed pairs side by side, the ends and others where there is room."""
    names, named, strong = [value.text for value in shown.across], data.named(1), {place[1] for place in data.chosen}
    wide = box[2] / len(names)
    middles = [box[0] + (column + 0.5) * wide for column in range(len(names))]
    widths = [text_width(name, 11, column in strong) + 2.0 for column, name in enumerate(names)]
    most = frame.width / max(1, len(named)) - NAME_GAP
    if sum(widths[column] + NAME_GAP for column in named) > frame.width:
        widths = [min(width, most) if column in named else width for column, width in enumerate(widths)]
    sizes = [widths[column] + NAME_GAP for column in named]
    half = NAME_GAP / 2
    lefts = _spread([middles[column] for column in named], sizes, -half, frame.width + half)
    placed = {column: left + half for column, left in zip(named, lefts, strict=True)}
    taken = [(left, left + widths[column]) for column, left in placed.items()]
    taken += [(middles[column] - wide / 2, middles[column] + wide / 2) for column in named]
    for column in dict.fromkeys([0, len(names) - 1, *range(len(names))]):
        left = max(0.0, min(middles[column] - widths[column] / 2, frame.width - widths[column]))
        right = left + widths[column]
        if column not in placed and all(left >= end + NAME_GAP or right <= start - NAME_GAP for start, end in taken):
            placed[column] = left
            taken.append((left, right))
    marks, bottom = list[Mark](), box[1] + box[3]
    for column, left in placed.items():
        ink = "text" if column in named else "text_muted"
        rect = (left, bottom + LEADER, widths[column], BELOW - LEADER)
        marks.append(Text(names[column], rect, 11, ink, bold=column in strong, elide=True))
        end = min(max(middles[column], left + 3), left + widths[column] - 3)
        marks.append(Line((middles[column], bottom + 1), (end, bottom + LEADER), ink))
    return marks


def _spread(middles: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Return where boxes begin so that none covers another, in order and as near to their middles as may be."""
    offsets = [0.0, *accumulate(sizes)]
    pools: list[list[float]] = []
    for middle, size, offset in zip(middles, sizes, offsets, strict=False):
        pools.append([middle - size / 2 - offset])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    limit = max(low, high - offsets[-1])
    begins = (min(max(fmean(pool), low), limit) for pool in pools for _ in pool)
    return [begin + offset for begin, offset in zip(begins, offsets, strict=False)]


def _key_words(shown: PairMap) -> tuple[str, str, str]:
    """Return the ends of the colours, and what is dashed."""
    reach = shown.reach or 1.0
    high = _tr("+{reach} weight").format(reach=short(reach, 2))
    unseen = _tr("unseen: {unseen} of {pairs}").format(unseen=grouped(shown.unseen), pairs=grouped(shown.pairs))
    return short(-reach, 2), high, unseen


def _key_ramp(low: str, high: str) -> tuple[float, float]:
    """Return where the colours begin, and where what stands right of them begins."""
    left = text_width(low, 11) + 5
    return left, left + 54 + text_width(high, 11) + 20


def _key_is_in_two_lines(shown: PairMap, frame: Frame) -> bool:
    low, high, unseen = _key_words(shown)
    return _key_ramp(low, high)[1] + 16 + text_width(unseen, 11) > frame.width


def _key_height(shown: PairMap, frame: Frame) -> float:
    return 6.0 + KEY_LINE * (2 if _key_is_in_two_lines(shown, frame) else 1)


def _key(shown: PairMap, frame: Frame) -> list[Mark]:
    """Return what the colours and the dashes mean, below one another where there is no room side by side."""
    y = frame.height - _key_height(shown, frame) + 4
    low, high, unseen = _key_words(shown)
    left, after = _key_ramp(low, high)
    ramp = [Rectangle((left + 3 * step, y + 4, 3, 8), inks.diverging(step / 8.5 - 1), crisp=True) for step in range(18)]
    x, line = (0.5, y + KEY_LINE) if _key_is_in_two_lines(shown, frame) else (after, y)
    return [
        Text(low, (0, y, left, 16), 11, "text_muted", "left middle"),
        *ramp,
        Text(high, (left + 59, y, 120, 16), 11, "text_muted", "left middle"),
        Rectangle((x, line + 3, 10, 10), stroke="text_muted", corner=2, dashed=True),
        Text(unseen, (x + 16, line, frame.width - x - 16, 16), 11, "text_muted", "left middle"),
    ]


def describe(shown: PairMap, place: Place) -> str:
    """Return a pair in words."""
    down, across = place
    count, yes = shown.counts[down][across], shown.yes[down][across]
    number, hashed = shown.weights[down][across], shown.cross.hashed
    pair, weight = shown.title(place), signed(number, 3)
    if count:
        rows = counted(count, _tr("{count} training {count:row|rows}"))
        words = _tr("{pair}: weight {weight}; {rows}, {share} of them {goal}")
        if hashed:
            words = _tr("{pair}: weight {weight}, which others may share (hashed); {rows}, {share} of them {goal}")
        return words.format(goal=shown.goal, pair=pair, weight=weight, rows=rows, share=percent(yes / count))
    if hashed:
        words = _tr("{pair}: no training row has it; weight {weight}, which others may share (hashed)")
    elif number:
        words = _tr("{pair}: no training row has it; weight {weight}")
    else:
        words = _tr("{pair}: no training row has it, its weight has never moved")
    return words.format(pair=pair, weight=weight)


def _table(shown: PairMap) -> ExportTable:
    rows = [
        (across.key, down.key, shown.weights[d][a], shown.counts[d][a], shown.yes[d][a])
        for d, down in enumerate(shown.down)
        for a, across in enumerate(shown.across)
    ]
    return ExportTable((*shown.cross.members, "weight", "training_rows", "yes"), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PairMatrix", text)


LINE = 19.0
LITTLE = 0.0005
"""A smaller weight is none in the digits that are shown."""


class CaseView(QWidget):
    """A pair: whether it was memorised, its weight, its training rows, and three probabilities."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weight, self._seen = 0.0, True
        self.pill = Label()
        self.weight = Label()
        self.title = wrapped("", "title")
        self.title.setMinimumHeight(1)
        self.seen = wrapped("")
        self.seen.setMinimumHeight(1)  # as high as its width asks for, not as a narrow column would
        high = round(LINE * len(MODEL_PARTS))
        self.bars = DrawingView(draw_part_bars, (), hint=QSize(150, high), least=QSize(60, high))
        head = fill(row_layout(), self.pill, 1, self.weight)
        rows = fill(column_layout(self, spacing=2), head)
        rows.addSpacing(3)
        fill(rows, self.title, self.seen)
        rows.addSpacing(3)
        rows.addWidget(self.bars)
        theme.follow(self._style)

    def show_case(self, shown: PairMap, case: PairCase) -> None:
        """Show a pair of a map."""
        down, across = case.place
        count, yes = shown.counts[down][across], shown.yes[down][across]
        weight = shown.weights[down][across]
        self.title.setText(shown.title(case.place))
        self.weight.setText(self.tr("weight {weight}").format(weight=signed(weight, 3)))
        self._weight, self._seen = weight, count > 0
        self._style()
        self.pill.setText(self._word(count, weight))
        self.seen.setText(self._seen_text(shown, count, yes, weight))
        self.bars.set_data(tuple(case.probabilities.items()))

    def _style(self) -> None:
        colour = signed_text(self._weight).name() if self._weight else theme.current().text_muted
        self.weight.setStyleSheet(f"color: {colour}; font-size: 12px; font-weight: 600;")
        colours = theme.current()
        ink, ground = (colours.on_accent, colours.accent) if self._seen else (colours.text_muted, "transparent")
        line = "solid transparent" if self._seen else f"dashed {colours.text_muted}"
        self.pill.setStyleSheet(
            f"color: {ink}; background: {ground}; border: 1px {line}; border-radius: 10px;"
            "padding: 2px 10px; font-size: 11px; font-weight: 600;"
        )

    def _word(self, count: int, weight: float) -> str:
        """Rows alone memorise nothing: L1 may have left no weight."""
        if not count:
            return self.tr("never seen")
        if not weight:
            return self.tr("seen, weight 0")
        return self.tr("memorised") if abs(weight) >= LITTLE else self.tr("seen, weight near 0")

    def _seen_text(self, shown: PairMap, count: int, yes: int, weight: float) -> str:
        """Its training rows, and whether the weight comes from them alone."""
        if count:
            rows = counted(count, self.tr("{count} training {count:row|rows}"))
            words = self.tr("{rows}, {share} {goal}")
            if shown.cross.hashed:
                words = self.tr("{rows}, {share} {goal}; others may share its weight (hashed)")
            return words.format(rows=rows, share=percent(yes / count), goal=shown.goal)
        if shown.cross.hashed:
            return self.tr("no training row: others may share its weight (hashed)")
        return self.tr("no training row") if weight else self.tr("no training row: its weight never moved")


def draw_part_bars(probabilities: tuple[tuple[str, float], ...], frame: Frame) -> Drawing:
    """Draw a bar for each of the three models; one that is not there, or has not answered yet, says so."""
    known = dict(probabilities)
    room = text_width(">99.9 %", 12, True) + 8.0
    names = max(text_width(part_name(key), 12, True) for key in MODEL_PARTS) + 10.0
    marks: list[Mark] = []
    for row, key in enumerate(MODEL_PARTS):
        top, strong, share = row * LINE, key == JOINT, known.get(key)
        track = (names, top + LINE / 2 - 4, max(10.0, frame.width - names - room), 8.0)
        marks.append(Text(part_name(key), (0, top, names, LINE), 12, align="left middle", bold=strong, elide=True))
        marks.append(Rectangle(track, "track", corner=4))
        if share is not None:
            filled = max(3.0, track[2] * share)
            ink = "accent" if strong else "text_muted"
            marks.append(Rectangle((*track[:2], filled, 8), ink, corner=min(4.0, filled / 2)))
        ink, place = "text_muted" if share is None else "text", (frame.width - room, top, room, LINE)
        marks.append(Text(_part_value(share), place, 12, ink, "right middle", bold=True))
    said = joined(f"{part_name(key)} {_part_value(known.get(key))}" for key in MODEL_PARTS)
    return Drawing(tuple(marks), said, height=LINE * len(MODEL_PARTS))


def _part_value(share: float | None) -> str:
    return NOTHING if share is None else probability(share)


LEAST_CASES, MOST_CASES = 190, 260


class MemoryView(QWidget):
    """``cross_chosen(key)``, ``pair_picked(place)``, ``store_wanted``, ``crosses_wanted``: by hand only."""

    cross_chosen = Signal(str)
    pair_picked = Signal(object)
    store_wanted = Signal()
    crosses_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chooser = Choice(self.tr("Cross"), (), self.tr("The two columns that the map crosses"))
        name = self.tr("The pairs of the cross")
        self.matrix = DrawingView(draw_pairs, PairMatrix(), hint=QSize(320, 240), least=QSize(190, 200), name=name)
        self.memorised, self.unseen = CaseView(), CaseView()
        self._line = rule()
        self.note = wrapped("")
        self.note.hide()
        self.store = push_button(self.tr("See it on the app store"), "link")
        self.store.setToolTip(
            self.tr("The paper's own crosses, installed × shown app: the run that has learned them, or a new one")
        )
        self.store.hide()
        self.nothing = self._without_crosses()
        self.nothing.hide()
        self._lay_out()
        self.chooser.picked.connect(self.cross_chosen)
        self.matrix.chosen.connect(self.pair_picked)
        self.store.clicked.connect(self.store_wanted)

    def _without_crosses(self) -> QWidget:
        """What stands there where no two columns are crossed, and the way to where they are."""
        holder = QWidget()
        words = wrapped(self.tr("This model crosses no two columns, so there is no pair to memorise."))
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = QPushButton(self.tr("Choose crosses"))
        self.choose.setToolTip(self.tr("Go to the model, add crosses there, and train with them"))
        self.choose.clicked.connect(self.crosses_wanted)
        column = QVBoxLayout(holder)
        column.setSpacing(12)
        fill(column, 1, words, (self.choose, 0, Qt.AlignmentFlag.AlignHCenter), 1)
        return holder

    def _lay_out(self) -> None:
        self._map = QWidget()
        fill(column_layout(self._map, spacing=8), (self.chooser, 0, Qt.AlignmentFlag.AlignLeft), (self.matrix, 1))
        self._cases = QWidget()
        self._cases.setMinimumWidth(LEAST_CASES)
        self._cases.setMaximumWidth(MOST_CASES)
        fill(
            column_layout(self._cases, spacing=8),
            self.memorised,
            self._line,
            self.unseen,
            self.note,
            1,
            (self.store, 0, Qt.AlignmentFlag.AlignLeft),
        )
        fill(row_layout(self, spacing=18), (self._map, 3), (self.nothing, 1), (self._cases, 2))
        self.chooser.setMinimumWidth(200)

    def offer_store(self, *, offered: bool) -> None:
        """Whether the data are others than the app store's, where memory shows best."""
        self.store.setVisible(offered)

    def show_crosses(self, crosses: Sequence[CrossName], chosen: str) -> None:
        """Offer these crosses of two columns."""
        self.chooser.set_entries([(cross.key, cross.title) for cross in crosses])
        self.chooser.choose(chosen)
        for widget in (self._map, self._cases):
            widget.setVisible(bool(crosses))
        self.nothing.setVisible(not crosses)

    def show_map(self, shown: PairMap, cases: Sequence[PairCase], own: Place | None) -> None:
        """Show all pairs of a cross, and the two cases: first the memorised one, then the one that was never seen."""
        self.show_cases(shown, cases, own)

    def show_cases(self, shown: PairMap, cases: Sequence[PairCase], own: Place | None) -> None:
        """Show two pairs, or one, under the three models."""
        self.matrix.set_data(PairMatrix(shown, tuple(case.place for case in cases), own))
        views = (self.memorised, self.unseen)
        for view, case in zip(views, cases, strict=False):
            view.show_case(shown, case)
        for at, view in enumerate(views):
            view.setVisible(at < len(cases))
        self._line.setVisible(len(cases) > 1)

    def say_missing(self, sentence: str) -> None:
        """Say which models are not there; empty where all are."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
