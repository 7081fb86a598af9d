"""The switches of one network, the same in every column and in the same order; those that differ are in the accent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.kit.listing import listed
from app.kit.numbers import significant
from app.kit.translation import labels_of
from app.kit.widgets.choice import Choice
from app.kit.widgets.drag_number import DragNumber
from app.kit.words import plain_tip
from app.workspaces.gradients.cell import Cell
from app.workspaces.gradients.edits import WHOLE
from app.workspaces.gradients.switch_rows import MORE, NARROW, TIGHT, WIDE, packed
from app.workspaces.gradients.words import FIELDS, NORMALISATIONS, said
from engine.activations import ACTIVATIONS
from engine.gradients.experiment import ACTIVATION_KEYS, DEEPEST, LARGEST_SCALE, WIDEST, Configuration
from engine.initializers import INITIALIZERS
from engine.optimizers import OPTIMIZERS

CLIPS = (0.01, 0.1, 1.0, 10.0)
NONE = "none"
ROOMY, NARROWER, TIGHTEST, LEAST = 428, 310, 270, 200
"""Room in pixels: for all in two rows; under the next, some switches are put by; under the next, four rows; the least
that is asked for."""


class Switches(QWidget):
    """``edited(changes, merge)``: fields of the configuration by hand, and the key under which steps in a row are one
    (empty for a step of its own). ``settled``: a gesture has ended. ``opened(on)``: all switches are wanted, or only
    the few that there is room for."""

    edited = Signal(dict, str)
    settled = Signal()
    opened = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty, until :meth:`parts` have been built."""
        super().__init__(parent)
        self._rows: Sequence[Sequence[tuple[str, int]]] = ()
        self._away: frozenset[str] = frozenset()
        self._open = False
        self.needed: frozenset[str] = frozenset()
        """Fields that have differed since the switches were last opened or closed: what was in sight once stays, under
        the hand that makes it alike."""
        self.cells: dict[str, Cell] = {}
        self.controls: dict[str, QWidget] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(5)
        self._used: list[QHBoxLayout] = []
        """Its lines, kept: deleting a layout, which is both a QObject and an item, has crashed the program."""

    def parts(self, c: Configuration) -> tuple[Callable[[], None], ...]:
        """What it is built of, piece by piece."""
        return partial(self._make_first, c), partial(self._make_second, c), partial(self._complete, c)

    def _make_first(self, c: Configuration) -> None:
        activations = labels_of({key: ACTIVATIONS[key] for key in ACTIVATION_KEYS})
        self._number("depth", self.tr("depth"), c.depth, 1, DEEPEST, 1, self.tr("Hidden layers"))
        self._number("width", self.tr("width"), c.width, 1, WIDEST, 1, self.tr("Units of every hidden layer"))
        self._choice("activation", self.tr("activation"), activations, self.tr("Activation of every hidden layer"))
        self._choice("initializer", self.tr("initialiser"), labels_of(INITIALIZERS), self.tr("How weights are drawn"))
        tip = self.tr("The initialiser’s own number: the deviation of normal, the gain of Xavier and He")
        self._number("scale", self.tr("scale"), c.scale, 0.0, LARGEST_SCALE, 0.01, tip)

    def _make_second(self, c: Configuration) -> None:
        norms = [(key, said(text)) for key, text in NORMALISATIONS.items()]
        self._choice("normalisation", self.tr("normalise"), norms, self.tr("Normalisation behind every hidden layer"))
        ways = [("off", self.tr("off")), ("on", self.tr("on"))]
        tip = self.tr("Skip connections round every hidden layer but the first")
        self._choice("skip", self.tr("skip"), ways, tip, lambda key: key == "on")
        clips = [(NONE, self.tr("off")), *((repr(one), significant(one)) for one in CLIPS)]
        tip = self.tr("The largest norm of the gradient: what is longer is cut to it")
        self._choice("clip_norm", self.tr("clipping"), clips, tip, lambda key: None if key == NONE else float(key))
        self._number("rate", self.tr("rate η"), c.rate, 1e-6, 10.0, 1.0, self.tr("Learning rate"), ratios=True)
        self._choice("optimizer", self.tr("optimiser"), labels_of(OPTIMIZERS), self.tr("How steps are made"))

    def _complete(self, configuration: Configuration) -> None:
        self._make_more()
        self.arrange(ROOMY)
        self.show_configuration(configuration, ())

    def _place(self, field: str, caption: str, control: QWidget, *, framed: bool) -> None:
        cell = Cell(caption, control, self, framed=framed)
        self.cells[field], self.controls[field] = cell, control

    def _make_more(self) -> None:
        """The button for the switches that are put by where there is little room."""
        self.more = QToolButton()
        self.more.setProperty("role", "chip")
        self.more.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.more.clicked.connect(lambda: self.opened.emit(not self._open))
        self._more = Cell(" ", self.more, self, framed=False)

    # Where they stand ---------------------------------------------------------------------------------------------

    def arrange(self, room: int, needed: Collection[str] = ()) -> None:
        """Give them the rows that there is room for in so many pixels; where that is little, the fields ``needed`` are
        in sight besides the most important."""
        self._arrange(self._rows_for(room, needed))

    def set_open(self, on: bool) -> None:
        """Show all switches where there is little room, or only the few; takes effect when they are next arranged."""
        self._open, self.needed = on, self._differing
        self._name_more()

    @property
    def is_open(self) -> bool:
        """Whether all are wanted."""
        return self._open

    @property
    def _differing(self) -> frozenset[str]:
        return frozenset(field for field, cell in self.cells.items() if cell.differs)

    @property
    def put_by(self) -> tuple[str, ...]:
        """The fields whose switches are not in sight."""
        shown = {name for row in self._rows for name, _share in row}
        return tuple(field for field in self.cells if field not in shown)

    def _rows_for(self, room: int, needed: Collection[str]) -> Sequence[Sequence[tuple[str, int]]]:
        if room >= ROOMY:
            return WIDE
        if room >= NARROWER:
            return NARROW
        if self._open:
            return TIGHT
        return packed(needed, room)

    def _arrange(self, rows: Sequence[Sequence[tuple[str, int]]]) -> None:
        """Each row has (field, share of the width)."""
        if rows == self._rows:
            return
        self._rows = rows
        for line in self._used:
            while line.count():
                line.takeAt(0)
        while len(self._used) < len(rows):
            line = QHBoxLayout()
            line.setSpacing(6)
            self._lines.addLayout(line)
            self._used.append(line)
        cells = {**self.cells, MORE: self._more}
        shown = {name for row in rows for name, _share in row}
        for name in (cells.keys() - shown) ^ self._away:  # to show or hide one costs, even where it is so already
            cells[name].setVisible(name in shown)
        self._away = frozenset(cells.keys() - shown)
        for line, row in zip(self._used, rows, strict=False):
            for name, share in row:
                line.addWidget(cells[name], share) if name else line.addStretch(share)
        self._name_more()

    def _name_more(self) -> None:
        """Say what the button does, and what is put by."""
        self._more.set_differs(not self._differing.isdisjoint(self.put_by))
        fields = listed(said(FIELDS[one]) for one in self.put_by)
        tip = self.tr("Only the most important switches") if self._open else self.tr("All switches")
        self.more.setText(self.tr("fewer") if self._open else self.tr("more"))
        self.more.setToolTip(plain_tip(f"{tip}: {fields}" if fields and not self._open else tip))
        self.more.setAccessibleName(self.more.toolTip())

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())

    def _number(
        self, field: str, caption: str, value: float, low: float, high: float, step: float, tip: str, *,
        ratios: bool = False,
    ) -> None:  # fmt: skip
        whole = field in WHOLE
        number = DragNumber(
            value, low, high, step, shown=lambda v: significant(v, 3), ratios=ratios, whole=whole, name=caption,
            tip=tip, alignment=Qt.AlignmentFlag.AlignLeft,
        )  # fmt: skip
        number.moved.connect(lambda v: self.edited.emit({field: round(v) if whole else v}, field))
        number.settled.connect(self.settled)
        self._place(field, caption, number, framed=True)

    def _choice(
        self, field: str, caption: str, entries: Sequence[tuple[str, str]], tip: str,
        read: Callable[[str], object] = lambda key: key,
    ) -> None:  # fmt: skip
        choice = Choice(caption, entries, tip)
        choice.setMinimumContentsLength(2)
        choice.picked.connect(lambda key: self.edited.emit({field: read(key)}, ""))
        self._place(field, caption, choice, framed=False)

    def show_configuration(self, configuration: Configuration, differing: Collection[str]) -> None:
        """Show this one; ``differing``: the fields that are not the same in all networks."""
        for field, control in self.controls.items():
            value = getattr(configuration, field)
            if isinstance(control, DragNumber):
                if not control.dragging:
                    control.set_value(float(value))
            elif isinstance(control, Choice):
                self._choose(control, field, value)
            self.cells[field].set_differs(field in differing)
        self.needed |= self._differing
        self._name_more()

    def _choose(self, control: Choice, field: str, value: object) -> None:
        if field == "skip":
            control.choose("on" if value else "off")
        elif field == "clip_norm":
            key = NONE if value is None else repr(value)
            if control.findData(key) < 0:
                control.addItem(significant(float(str(value))), key)
            control.choose(key)
        else:
            control.choose(str(value))
