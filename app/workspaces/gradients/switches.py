"""The switches of one network, the same in every column and in the same order; those that differ are in the accent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.numbers import significant
from app.kit.translation import labels_of
from app.kit.widgets.choice import Choice
from app.kit.widgets.drag_number import DragNumber
from app.workspaces.gradients.words import NORMALISATIONS, said
from engine.activations import ACTIVATIONS
from engine.gradients.experiment import ACTIVATION_KEYS, DEEPEST, LARGEST_SCALE, WIDEST, Configuration
from engine.initializers import INITIALIZERS
from engine.optimizers import OPTIMIZERS

CLIPS = (0.01, 0.1, 1.0, 10.0)
NONE = "none"
BOX_HEIGHT = 28
WIDE, NARROW = ((20, 20, 26, 26, 20),) * 2, ((20, 20, 34, 38), (20, 37, 26, 29), (24, 34, 54))
"""How the switches of each row share its width; there are more rows where there is less room than :data:`ROOMY`."""
ROOMY, LEAST = 428, 270


class Cell(QWidget):
    """One switch under its caption. ``differs``: it is not the same in all networks."""

    def __init__(self, caption: str, control: QWidget, *, framed: bool) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._differs = False
        self._control, self._framed = control, framed
        self.caption = QLabel(caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.caption)
        self._box = QFrame()
        row = QHBoxLayout(self._box)
        row.setContentsMargins(4 if framed else 0, 0, 4 if framed else 0, 0)
        if framed:
            self._box.setFixedHeight(BOX_HEIGHT)
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addStretch(1)
        else:
            row.addWidget(control)
        column.addWidget(self._box)
        theme.follow(self.restyle)

    @property
    def differs(self) -> bool:
        """Whether it is marked."""
        return self._differs

    def set_differs(self, differs: bool) -> None:
        """Mark it as differing from network to network, or not."""
        if differs != self._differs:
            self._differs = differs
            self.restyle()

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        colours = theme.current()
        ink = colours.accent if self._differs else colours.text_muted
        self.caption.setStyleSheet(f"color: {ink}; font-size: 11px; font-weight: {600 if self._differs else 400};")
        edge = colours.accent if self._differs else colours.border
        if self._framed:
            self._box.setStyleSheet(
                f"QFrame {{ background: {colours.surface}; border: 1px solid {edge}; border-radius: 7px; }}"
            )
        else:
            text = colours.accent if self._differs else colours.text
            self._control.setStyleSheet(
                f"QComboBox {{ color: {text}; border-color: {edge}; padding: 2px 0 2px 6px; min-height: 22px; }}"
                "QComboBox::drop-down { width: 18px; }"
            )


class Switches(QWidget):
    """``edited(changes, merge)``: fields of the configuration by hand, and the key under which steps in a row are one
    (empty for a step of its own). ``settled``: a gesture has ended."""

    edited = Signal(dict, str)
    settled = Signal()

    def __init__(self, configuration: Configuration) -> None:
        super().__init__()
        self._rows: Sequence[Sequence[int]] = ()
        self.cells: dict[str, Cell] = {}
        self.controls: dict[str, QWidget] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(5)
        self._make(configuration)
        self._arrange(WIDE)
        self.show_configuration(configuration, ())

    def _make(self, c: Configuration) -> None:
        activations = labels_of({key: ACTIVATIONS[key] for key in ACTIVATION_KEYS})
        self._number("depth", self.tr("depth"), c.depth, 1, DEEPEST, 1, self.tr("Hidden layers"))
        self._number("width", self.tr("width"), c.width, 1, WIDEST, 1, self.tr("Units of every hidden layer"))
        self._choice("activation", self.tr("activation"), activations, self.tr("Activation of every hidden layer"))
        self._choice("initializer", self.tr("initialiser"), labels_of(INITIALIZERS), self.tr("How weights are drawn"))
        tip = self.tr("The initialiser’s own number: the deviation of normal, the gain of Xavier and He")
        self._number("scale", self.tr("scale"), c.scale, 0.0, LARGEST_SCALE, 0.01, tip)
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

    def _place(self, field: str, caption: str, control: QWidget, *, framed: bool) -> None:
        cell = Cell(caption, control, framed=framed)
        self.cells[field], self.controls[field] = cell, control

    def arrange(self, room: int) -> None:
        """So many in a row as there is room for in a column so many pixels wide."""
        self._arrange(WIDE if room >= ROOMY else NARROW)

    def _arrange(self, rows: Sequence[Sequence[int]]) -> None:
        """As many in a row as it has numbers, which say how they share it."""
        if rows == self._rows:
            return
        self._rows = rows
        while self._lines.count():
            item = self._lines.takeAt(0)
            if item is not None and (layout := item.layout()) is not None:
                layout.deleteLater()
        cells = iter(self.cells.values())
        for shares in rows:
            line = QHBoxLayout()
            line.setSpacing(6)
            self._lines.addLayout(line)
            for share in shares:
                cell = next(cells, None)
                line.addWidget(cell, share) if cell is not None else line.addStretch(share)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())

    def _number(
        self, field: str, caption: str, value: float, low: float, high: float, step: float, tip: str, *,
        ratios: bool = False,
    ) -> None:  # fmt: skip
        number = DragNumber(
            value, low, high, step, shown=lambda v: significant(v, 3), ratios=ratios, name=caption, tip=tip,
            alignment=Qt.AlignmentFlag.AlignLeft,
        )  # fmt: skip
        whole = field in ("depth", "width")
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
