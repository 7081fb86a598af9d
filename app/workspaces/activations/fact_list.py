"""The check list: what each compared activation does for training, fact by fact, and the ends of its ranges."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from math import isfinite, isnan

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from app.kit import theme
from app.kit.listing import listed
from app.kit.numbers import MINUS, grouped, percent, plain, significant, to_digits
from app.kit.plain_maths import plain_text
from app.kit.verdict_words import not_counted_words
from app.kit.widgets.labels import Label, LinkLabel
from app.kit.widgets.tone import mark
from app.kit.words import plain_tip
from app.workspaces.activations.functions import ComparedFunction
from app.workspaces.activations.keys import LOW, OUTPUT_SET, RANGE, SLOPE_SET
from app.workspaces.activations.words import axis_words, kink_places
from engine.activations.comparison import MOST_CHOSEN
from engine.activations.jumps import POINTS
from engine.activations.profile import Profile, Tail
from engine.activations.saturation import SATURATED_BELOW


class FactAnswer(Enum):
    """An answer that a cell gives to a fact."""

    FINE = auto()
    NO = auto()
    YES = auto()
    KINK = auto()
    FLAT = auto()
    NOT_JUDGED = auto()
    UNDEFINED = auto()


TAILS = {
    Tail.STEEP: FactAnswer.NO,
    Tail.SATURATES: FactAnswer.YES,
    Tail.FLAT: FactAnswer.FLAT,
    Tail.NOT_JUDGED: FactAnswer.NOT_JUDGED,
    Tail.UNDEFINED: FactAnswer.UNDEFINED,
}
TONES = {Tail.STEEP: "good", Tail.NOT_JUDGED: "text_muted"}
"""What hinders training is a warning."""
ROW_HEIGHT, LABEL_WIDTH, GAP = 19, 90, 3
MOST_WHOLE = 1e5
"""An end of this size and more is written with a power of ten."""
MEASURED = "*"
"""Marks what was measured on the shown axis; the line beneath the list says on which."""
ANSWERED = ("continuous", "differentiable", "zero_centred", "left", "right")
ENDS = {
    "least_output": (OUTPUT_SET, LOW), "most_output": (OUTPUT_SET,), "least_slope": (SLOPE_SET, LOW),
    "most_slope": (SLOPE_SET,),
}  # fmt: skip
"""The ends of ranges: which range, and whether it is the lower one."""
FACTS = (*ANSWERED, *ENDS)
OF_SLOPES = frozenset({"left", "right", *(fact for fact, (kind, *_low) in ENDS.items() if kind == SLOPE_SET)})
"""What would give a slope away that is asked for."""
CLOSE = "\N{NARROW NO-BREAK SPACE}"


def range_of(profile: Profile, kind: str) -> tuple[tuple[float, float], str]:
    """Return the ends of a range, and how it is written as a set."""
    return (profile.output, profile.output_set) if kind == OUTPUT_SET else (profile.slope, profile.slope_set)


def end_text(profile: Profile, kind: str, *, is_low: bool, digits: int = 2) -> str:
    """Return an end of a range as it is written: ``−0.17``, ``∞``, or ``< 1`` of one that is never reached; ``digits``:
    before a power of ten."""
    ends, markup = range_of(profile, kind)
    end = ends[0 if is_low else 1]
    if not isfinite(end):
        return "?" if isnan(end) else "∞" if end > 0.0 else f"{MINUS}∞"
    is_open = markup.startswith("(") if is_low else markup.split(r"\ ")[0].endswith(")")  # behind a space are words
    if abs(end) >= MOST_WHOLE:
        number = significant(end, digits)
    else:
        number = to_digits(end, 2) if 0.0 < abs(end) < 0.1 else to_digits(round(end, 2), 4)
    return f"{'>' if is_low else '<'}{CLOSE}{number}" if is_open else number


class FactList(QWidget):
    """Names above, facts below; good helps training, warning hinders it. ``asked(key)``: how an end was found."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)
        self._shown: tuple[ComparedFunction, ...] = ()
        self.heads: dict[str, QLabel] = {}
        self.cells: dict[tuple[str, str], QLabel] = {}
        self._written: dict[tuple[str, str], tuple[str, ...]] = {}
        self._slopes_hidden = False
        self._words = self._names()
        self._answers = {
            FactAnswer.FINE: "✓",
            FactAnswer.NO: self.tr("no"),
            FactAnswer.YES: self.tr("yes"),
            FactAnswer.KINK: self.tr("kink"),
            FactAnswer.FLAT: self.tr("flat"),
            FactAnswer.NOT_JUDGED: "–",
            FactAnswer.UNDEFINED: self.tr("undef."),
        }
        for row, (name, tip) in enumerate(self._words.values(), start=1):
            label = Label(name)
            label.setToolTip(plain_tip(tip))
            label.setMinimumWidth(LABEL_WIDTH)
            label.setFixedHeight(ROW_HEIGHT)
            label.setProperty("role", "small")
            self._grid.addWidget(label, row, 0)
        self._note = Label()
        self._note.setProperty("role", "muted")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._note.hide()
        self._grid.addWidget(self._note, len(FACTS) + 1, 0, 1, MOST_CHOSEN + 1)
        theme.notifier().changed.connect(self._show_again)

    def _names(self) -> dict[str, tuple[str, str]]:
        """Return what each fact is called, and what it means."""
        output, slope = self.tr("The range of values of f"), self.tr("The range of values of the slope")
        return {
            "continuous": (self.tr("continuous"), self.tr("No jumps: a small step in z is a small step in f")),
            "differentiable": (
                self.tr("differentiable"),
                self.tr(
                    "A slope at every z. A single kink does no harm: PyTorch uses one of the two slopes, or one between"
                ),
            ),
            "zero_centred": (
                self.tr("zero-centred"),
                self.tr("Outputs lie around 0. If all are positive, the gradients of a unit's weights share a sign"),
            ),
            "left": (
                self.tr("saturates left"),
                self.tr("Far to the left f′ tends to 0 (yes) or is exactly 0 (flat), so no gradient comes back"),
            ),
            "right": (
                self.tr("saturates right"),
                self.tr("Far to the right f′ tends to 0 (yes) or is exactly 0 (flat), so no gradient comes back"),
            ),
            "least_output": (self.tr("lowest f"), output),
            "most_output": (self.tr("highest f"), output),
            "least_slope": (self.tr("lowest f′"), slope),
            "most_slope": (self.tr("highest f′"), slope),
        }

    def show_functions(self, shown: Sequence[ComparedFunction]) -> None:
        """Show a column of facts for each function."""
        before, self._shown = self._shown, tuple(shown)
        if [(function.key, function.name) for function in before] != [(one.key, one.name) for one in shown]:
            self._rebuild()
        self._show_again()
        profiles = [function.scalar.profile for function in shown]
        measured = list(dict.fromkeys(axis_words(profile) for profile in profiles if profile.measured is not None))
        words = self.tr("{mark} measured on {axis}")
        self._note.setText(words.format(mark=MEASURED, axis=listed(measured)) if measured else "")
        self._note.setVisible(bool(measured))

    def hide_slopes(self, hidden: bool) -> None:
        """Show facts about f' as a question, or as they are."""
        if hidden is not self._slopes_hidden:
            self._slopes_hidden = hidden
            self._show_again()

    @Slot()
    def _show_again(self) -> None:
        """Write the facts in the colours of the theme in force."""
        for function in self._shown:
            self._head(function)
            self._fill(function)

    def _rebuild(self) -> None:
        for label in [*self.heads.values(), *self.cells.values()]:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self.heads, self.cells, self._written = {}, {}, {}
        for column, function in enumerate(self._shown, start=1):
            self.heads[function.key] = head = Label(function.name)
            head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(head, 0, column)
            for row, fact in enumerate(FACTS, start=1):
                self.cells[function.key, fact] = cell = self._cell(function.key, fact)
                self._grid.addWidget(cell, row, column)
        for column in range(1, MOST_CHOSEN + 1):
            self._grid.setColumnStretch(column, int(column <= len(self._shown)))

    def _cell(self, key: str, fact: str) -> QLabel:
        cell = LinkLabel() if fact in ENDS else Label()
        if isinstance(cell, LinkLabel):
            kind, *low = ENDS[fact]
            cell.clicked.connect(lambda: self.asked.emit((RANGE, kind, key, *low)))
            cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        cell.setProperty("role", "small" if fact in ENDS else "strong")
        cell.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return cell

    def _head(self, function: ComparedFunction) -> None:
        size = 12 if len(self._shown) <= 4 else 11
        colour = function.colour.name(QColor.NameFormat.HexArgb)
        if self._is_new(function, "", function.name, colour, str(size)):
            self.heads[function.key].setStyleSheet(f"color: {colour}; font-size: {size}px; font-weight: 600;")

    def _fill(self, function: ComparedFunction) -> None:
        profile = function.scalar.profile
        smooth = FactAnswer.FINE if profile.differentiable else FactAnswer.KINK
        self._say_good(function, "continuous", FactAnswer.FINE if profile.continuous else FactAnswer.NO)
        self._say_good(function, "differentiable", smooth if profile.continuous else FactAnswer.NO)
        self._say_good(function, "zero_centred", FactAnswer.FINE if profile.zero_centred else FactAnswer.NO)
        for side, tail in (("left", profile.left), ("right", profile.right)):
            self._say(function, side, TAILS[tail], TONES.get(tail, "warning"))
        for fact in ENDS:
            self._say_end(function, fact)

    def _say_good(self, function: ComparedFunction, fact: str, answer: FactAnswer) -> None:
        """Say a fact that helps training where nothing is to be said against it."""
        self._say(function, fact, answer, "good" if answer is FactAnswer.FINE else "warning")

    def _say(self, function: ComparedFunction, fact: str, answer: FactAnswer, colour: str) -> None:
        text, (name, tip) = self._answers[answer], self._words[fact]
        spoken = self._answers[FactAnswer.YES] if answer is FactAnswer.FINE else text
        if answer is FactAnswer.NOT_JUDGED:
            spoken = tip = not_counted_words()
        if answer is FactAnswer.KINK:
            tip = "\n".join(filter(None, (tip, kink_places(function))))
        if function.scalar.profile.measured is not None:
            text, tip = f"{text}{MEASURED}", self._measured_tip(function.scalar.profile, fact, tip)
        self._write(function, fact, text, "text_muted" if function.stale else colour, f"{name}: {spoken}", tip)

    def _say_end(self, function: ComparedFunction, fact: str) -> None:
        """Write an end of a range; the tooltip has the whole range."""
        (kind, *low), profile, name = ENDS[fact], function.scalar.profile, self._words[fact][0]
        digits = 2 if len(self._shown) < MOST_CHOSEN else 1
        text, tip = end_text(profile, kind, is_low=bool(low), digits=digits), plain_text(range_of(profile, kind)[1])
        spoken = f"{name}: {text}"
        if profile.measured is not None:
            text, tip = f"{text}{MEASURED}", self._measured_tip(profile, fact, tip)
        self._write(function, fact, text, "text_muted" if function.stale else "", spoken, tip)

    def _write(self, function: ComparedFunction, fact: str, text: str, tone: str, spoken: str, tip: str) -> None:
        if self._slopes_hidden and fact in OF_SLOPES:
            text, tone, tip = "?", "text_muted", self.tr("It appears once you've answered the question below")
            spoken = self.tr("{fact}: not shown yet").format(fact=self._words[fact][0])
        if not self._is_new(function, fact, text, tone, spoken, tip):
            return  # what is dragged changes few of them, many times a second
        cell = self.cells[function.key, fact]
        cell.setText(text)
        if fact in ENDS:  # −2·10³⁰² takes from the room of its neighbours
            cell.ensurePolished()
            cell.setMinimumWidth(cell.fontMetrics().horizontalAdvance(text))
        mark(cell, "tone", tone)
        cell.setAccessibleName(f"{function.name}, {spoken}")
        cell.setToolTip(plain_tip(tip))

    def _is_new(self, function: ComparedFunction, fact: str, *content: str) -> bool:
        """Keep what is written in a cell, and return whether it is another."""
        before = self._written.get((function.key, fact))
        self._written[function.key, fact] = content
        return content != before

    def _measured_tip(self, profile: Profile, fact: str, tip: str) -> str:
        """Return what a fact means of a typed function, which is measured on the shown axis alone."""
        tails = {"left": profile.left, "right": profile.right}
        if tails.get(fact, Tail.NOT_JUDGED) is not Tail.NOT_JUDGED and profile.measured is not None:
            end = profile.measured[fact == "right"]
            tip = self.tr(
                "At x = {x}, the end of the axis, f′ is under {slope} of the steepest shown (yes) or 0 (flat)"
            )
            tip = tip.format(x=plain(end), slope=percent(SATURATED_BELOW))
        measured = self.tr("Measured at {count} points on {axis}; move the axis to measure elsewhere")
        return f"{tip}\n{measured.format(count=grouped(POINTS), axis=axis_words(profile))}"
