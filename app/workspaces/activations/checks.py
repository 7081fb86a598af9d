"""The check list: what each compared activation does for training, fact by fact, with its ranges as sets."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from app.kit import theme
from app.kit.formula.boxes import Box, Keyed, Maths, Over, Words, lay_out
from app.kit.formula.view import MARGIN, FormulaView
from app.kit.numbers import MINUS, fixed, grouped, percent, plain
from app.kit.plain_maths import plain_text
from app.kit.widgets.labels import Label
from app.kit.widgets.tone import mark
from app.kit.words import plain_tip
from app.workspaces.activations.compared import ComparedFunction
from app.workspaces.activations.keys import RANGE
from app.workspaces.activations.origins import tight
from app.workspaces.activations.words import axis_words, kink_places
from engine.activations.comparison import MOST_CHOSEN
from engine.activations.jumps import POINTS
from engine.activations.profile import Profile, Tail
from engine.activations.saturation import SATURATED_BELOW


class Answer(Enum):
    """What a cell says of a fact, in whatever words."""

    FINE = auto()
    NO = auto()
    YES = auto()
    KINK = auto()
    FLAT = auto()
    UNDEFINED = auto()


TAILS = {
    Tail.STEEP: Answer.NO,
    Tail.SATURATES: Answer.YES,
    Tail.FLAT: Answer.FLAT,
    Tail.UNDEFINED: Answer.UNDEFINED,
}


SET_PIXELS = 12.5
SQUEEZED = 0.9
"""So much smaller than that a set can still be read."""
_LONG = re.compile(r"\d+\.\d{3,}")


@dataclass(frozen=True, slots=True)
class Want:
    """What a column has to have room for: its ``head``, in pixels, and its ``sets``, as they are written."""

    head: int
    sets: tuple[str, ...]


def shortened(markup: str) -> str:
    """A set with no more digits than can be taken in at a glance, and without what else is said of it."""
    bare = markup.split(r"\ ")[0]  # behind its first space there are but words
    return _LONG.sub(lambda number: fixed(float(number[0])).replace(MINUS, "-"), bare)


def shared(wants: Sequence[Want], room: float) -> tuple[int, ...]:
    """The width of each column, in pixels. As long as all together are wider than the ``room``, be they squeezed, the
    widest has its sets taken apart: a number a line."""
    ways = [[max(want.head, _squeezed(width)) for width in _widths(want.sets)] for want in wants]
    taken = [0] * len(ways)
    while sum(widths[way] for widths, way in zip(ways, taken, strict=True)) > room:
        left = [at for at, way in enumerate(taken) if min(ways[at]) < ways[at][way]]
        if not left:
            break
        at = max(left, key=lambda one: ways[one][taken[one]])
        taken[at] = next(way for way, width in enumerate(ways[at]) if width < ways[at][taken[at]])
    given = [widths[way] for widths, way in zip(ways, taken, strict=True)]
    for at, (want, way) in enumerate(zip(wants, taken, strict=True)):
        spare = max(math.floor(room) - sum(given), 0)
        given[at] += min(spare, max(_widths(want.sets)[way] - given[at], 0))
    return tuple(given)


def set_box(markup: str, widest: int) -> Box:
    """A set on one line; where that is wider than ``widest``, a number a line."""
    rows = next((rows for rows in _rowed(markup) if _squeezed(_widest(rows)) <= widest), _rowed(markup)[-1])
    return _one_over_another(rows)


@lru_cache(maxsize=256)
def _widths(sets: tuple[str, ...]) -> tuple[int, ...]:
    """How wide they are together on few lines, and on many."""
    ways = zip(*(_rowed(markup) for markup in sets), strict=True)
    return tuple(max(_widest(rows) for rows in way) for way in ways)


def _rowed(markup: str) -> tuple[list[str], list[str]]:
    before, comma, after = markup.rpartition(", ")
    return [markup], [before + ",", after] if comma else [markup]


def _widest(rows: Sequence[str]) -> int:
    widest = max(lay_out(Maths(tight(row)), SET_PIXELS).width for row in rows)
    return math.ceil(widest + 2 * MARGIN)


def _squeezed(width: int) -> int:
    return math.ceil(SQUEEZED * width)


def _one_over_another(rows: Sequence[str]) -> Box:
    below = Maths(tight(rows[-1]))
    return below if len(rows) == 1 else Over(_one_over_another(rows[:-1]), below, gap=0.25)


ROW_HEIGHT, LABEL_WIDTH, GAP = 22, 90, 3
MEASURED = "*"
"""Marks what was measured on the shown axis; the line beneath the list says on which."""
ANSWERED = ("continuous", "differentiable", "zero_centred", "left", "right")
FACTS = (*ANSWERED, "output", "slope")


class CheckList(QWidget):
    """Names above, facts below; green helps training, amber hinders it. ``asked(key)``: how a range was found."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)
        self._shown: tuple[ComparedFunction, ...] = ()
        self.heads: dict[str, QLabel] = {}
        self.cells: dict[tuple[str, str], QLabel | FormulaView] = {}
        self._said: dict[tuple[str, str], tuple[str, ...]] = {}
        self._slopes_hidden = False
        self._widths: dict[str, int] = {}
        self._words = self._names()
        self._answers = {
            Answer.FINE: "✓",
            Answer.NO: self.tr("no"),
            Answer.YES: self.tr("yes"),
            Answer.KINK: self.tr("kink"),
            Answer.FLAT: self.tr("flat"),
            Answer.UNDEFINED: self.tr("undef."),
        }
        self._labels = self._made_labels()
        self._note = Label()
        self._note.setProperty("role", "muted")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._note.hide()
        self._grid.addWidget(self._note, len(FACTS) + 1, 0, 1, MOST_CHOSEN + 1)
        theme.notifier().changed.connect(self._restyle)

    def _names(self) -> dict[str, tuple[str, str]]:
        """Of each fact: what it is called, and what it means."""
        return {
            "continuous": (self.tr("continuous"), self.tr("No jumps: a small step in z is a small step in f")),
            "differentiable": (
                self.tr("differentiable"),
                self.tr(
                    "A slope at every z. A single kink does no harm: PyTorch takes one of both slopes, or one between"
                ),
            ),
            "zero_centred": (
                self.tr("zero-centred"),
                self.tr("Outputs lie about 0. Where all are positive, the gradients of a unit's weights share a sign"),
            ),
            "left": (
                self.tr("saturates left"),
                self.tr("Far on the left f′ tends to 0 (yes) or is exactly 0 (flat): no gradient comes back"),
            ),
            "right": (
                self.tr("saturates right"),
                self.tr("Far on the right f′ tends to 0 (yes) or is exactly 0 (flat): no gradient comes back"),
            ),
            "output": (self.tr("range of f"), self.tr("Between which values f lies")),
            "slope": (self.tr("range of f′"), self.tr("Between which values the slope lies")),
        }

    def _made_labels(self) -> list[Label]:
        made = []
        for row, (name, tip) in enumerate(self._words.values(), start=1):
            label = Label(name)
            label.setToolTip(plain_tip(tip))
            label.setMinimumWidth(LABEL_WIDTH)
            label.setFixedHeight(ROW_HEIGHT)
            label.setProperty("role", "small")
            self._grid.addWidget(label, row, 0)
            made.append(label)
        return made

    def show_functions(self, shown: Sequence[ComparedFunction]) -> None:
        """Show a column of facts for each function."""
        if [(one.key, one.name) for one in shown] != [(one.key, one.name) for one in self._shown]:
            self._rebuild(shown)
        self._shown = tuple(shown)
        for one in shown:
            self._head(one)
            self._fill(one)
        self._share()
        self._write_sets()
        axes = [axis_words(one.scalar.profile) for one in shown if one.scalar.profile.measured is not None]
        self._note.setText(self.tr("{mark} measured on {axis}").format(mark=MEASURED, axis=axes[0]) if axes else "")
        self._note.setVisible(bool(axes))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._share():
            self._write_sets()

    def _share(self) -> bool:
        """Share the width out by what names, answers and sets need, and say whether that is otherwise than before."""
        room = (
            self.width()
            - max(LABEL_WIDTH, *(label.sizeHint().width() for label in self._labels))
            - GAP * len(self._shown)
        )
        wants = [Want(self._least_of(one.key), _sets_of(one)) for one in self._shown]
        widths = dict(zip((one.key for one in self._shown), shared(wants, room), strict=True))
        if widths == self._widths:
            return False
        self._widths = widths
        for column, width in enumerate(widths.values(), start=1):
            self._grid.setColumnStretch(column, width)
        return True

    def _least_of(self, key: str) -> int:
        """The width of what is in a column as it is, in pixels."""
        return max(one.sizeHint().width() for one in (self.heads[key], *(self.cells[key, fact] for fact in ANSWERED)))

    def hide_slopes(self, hidden: bool) -> None:
        """Show ranges of f' as a question, or as they are: one of a single slope, or of few, would give it away."""
        if hidden is not self._slopes_hidden:
            self._slopes_hidden = hidden
            for one in self._shown:
                self._set(one, "slope", one.scalar.profile.slope_set, one.scalar.profile)

    @Slot()
    def _restyle(self) -> None:
        """Take on the colours of the theme in force."""
        for one in self._shown:
            self._head(one)
            self._fill(one)
        self._write_sets()

    def _rebuild(self, shown: Sequence[ComparedFunction]) -> None:
        for label in [*self.heads.values(), *self.cells.values()]:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self.heads, self.cells, self._said, self._widths = {}, {}, {}, {}
        for column, one in enumerate(shown, start=1):
            head = Label(one.name)
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self.heads[one.key] = head
            self._grid.addWidget(head, 0, column)
            for row, fact in enumerate(FACTS, start=1):
                cell = self._made_set() if fact in ("output", "slope") else Label()
                if isinstance(cell, Label):
                    cell.setProperty("role", "strong")
                    cell.setAlignment(Qt.AlignmentFlag.AlignCenter)
                self.cells[one.key, fact] = cell
                self._grid.addWidget(cell, row, column)
        for column in range(len(shown) + 1, 7):
            self._grid.setColumnStretch(column, 0)

    def _made_set(self) -> FormulaView:
        view = FormulaView(None, SET_PIXELS, align="across", walkable=True)
        view.chosen.connect(self.asked)
        view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return view

    def _head(self, one: ComparedFunction) -> None:
        size = 12 if len(self._shown) <= 4 else 11
        colour = one.colour.name(QColor.NameFormat.HexArgb)
        head = (one.name, colour, str(size))
        if self._said.get((one.key, "")) != head:
            self._said[one.key, ""] = head
            self.heads[one.key].setStyleSheet(f"color: {colour}; font-size: {size}px; font-weight: 600;")

    def _fill(self, one: ComparedFunction) -> None:
        profile = one.scalar.profile
        smooth = Answer.FINE if profile.differentiable else Answer.KINK
        self._say_good(one, "continuous", Answer.FINE if profile.continuous else Answer.NO)
        self._say_good(one, "differentiable", smooth if profile.continuous else Answer.NO)
        self._say_good(one, "zero_centred", Answer.FINE if profile.zero_centred else Answer.NO)
        for side, tail in (("left", profile.left), ("right", profile.right)):
            self._say(one, side, TAILS[tail], "good" if tail is Tail.STEEP else "warning")

    def _write_sets(self) -> None:
        for one in self._shown:
            profile = one.scalar.profile
            self._set(one, "output", profile.output_set, profile)
            self._set(one, "slope", profile.slope_set, profile)

    def _say_good(self, one: ComparedFunction, fact: str, answer: Answer) -> None:
        """Of a fact that helps training where nothing is to be said against it."""
        self._say(one, fact, answer, "good" if answer is Answer.FINE else "warning")

    def _say(self, one: ComparedFunction, fact: str, answer: Answer, colour: str) -> None:
        text = self._answers[answer]
        label = self.cells[one.key, fact]
        assert isinstance(label, QLabel)
        colour = "text_muted" if one.stale else colour
        spoken, tip = self._spoken_and_tip(one, fact, answer, text)
        text += MEASURED if one.scalar.profile.measured is not None else ""
        said = (text, colour, spoken, tip)
        if self._said.get((one.key, fact)) == said:
            return  # what is dragged changes few of them, many times a second
        self._said[one.key, fact] = said
        label.setText(text)
        mark(label, "tone", colour)
        label.setAccessibleName(spoken)
        label.setToolTip(plain_tip(tip))

    def _spoken_and_tip(self, one: ComparedFunction, fact: str, answer: Answer, text: str) -> tuple[str, str]:
        """What a cell says to those who hear it, and to whoever rests the pointer on it."""
        name, tip = self._words[fact]
        spoken = self._answers[Answer.YES] if answer is Answer.FINE else text
        if answer is Answer.KINK:
            tip = "\n".join(filter(None, (tip, kink_places(one))))
        if one.scalar.profile.measured is not None:
            tip = self._measured_tip(one.scalar.profile, fact, tip)
        return f"{one.name}, {name}: {spoken}", tip

    def _measured_tip(self, profile: Profile, fact: str, tip: str) -> str:
        """What a fact means of a typed function, which is measured on the shown axis alone."""
        if fact in ("left", "right") and profile.measured is not None:
            end = profile.measured[fact == "right"]
            tip = self.tr(
                "At x = {x}, the end of the axis, f′ is under {slope} of the steepest shown (yes) or 0 (flat)"
            )
            tip = tip.format(x=plain(end), slope=percent(SATURATED_BELOW))
        measured = self.tr("Measured at {count} points on {axis}; move the axis to measure elsewhere")
        return f"{tip}\n{measured.format(count=grouped(POINTS), axis=axis_words(profile))}"

    def _set(self, one: ComparedFunction, fact: str, markup: str, profile: Profile) -> None:
        """A set, its ends with as many digits as there is room for; the tooltip has them all."""
        view, hidden = self.cells[one.key, fact], fact == "slope" and self._slopes_hidden
        widest = self._widths[one.key]
        said = (markup, str(widest), axis_words(profile), str(hidden))
        assert isinstance(view, FormulaView)
        if self._said.get((one.key, fact)) == said:
            return
        self._said[one.key, fact] = said
        if hidden:
            view.set_box(Words("?", "text_muted"))
            view.setAccessibleName(self.tr("{function}, range of f′: not shown yet").format(function=one.name))
            view.setToolTip(plain_tip(self.tr("It comes into sight with your guess")))
            return
        view.set_box(Keyed((RANGE, fact, one.key), set_box(shortened(markup), widest)))
        whole = plain_text(markup)
        view.setAccessibleName(f"{one.name}, {self._words[fact][0]}: {whole}")
        view.setToolTip(plain_tip(whole if profile.measured is None else self._measured_tip(profile, fact, whole)))


def _sets_of(one: ComparedFunction) -> tuple[str, ...]:
    profile = one.scalar.profile
    return shortened(profile.output_set), shortened(profile.slope_set)
