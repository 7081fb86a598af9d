"""The card of the open neuron: its arithmetic with live numbers, and its weights and bias to change."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.canvas.neuron_line import NeuronLine, Term
from app.canvas.numbers import MINUS, number
from app.canvas.text import layer_name, unit_name
from app.canvas.weight_box import WeightBox

WIDTH = 262
IN_LINE = 2
"""Summands written out in the line z = …; the others are counted."""
FIRST_ROWS = 3
MOST_ROWS = 64
LIST_HEIGHT = 190


class NeuronCard(QFrame):
    """Shows a :class:`NeuronLine`. ``weight_edited``: block id, ``W`` or ``b``, index, value."""

    weight_edited = Signal(str, str, tuple, float)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Neuron"))
        self._line: NeuronLine | None = None
        self._sample = ""
        self._expanded = False
        self._rows: list[_WeightRow] = []
        self._title, self._source = _label("muted"), _label("muted")
        self._sum, self._result = _label(), _label()
        self._more = QPushButton()
        self._more.setProperty("role", "chip")
        self._more.setToolTip(self.tr("Show every weight of this neuron, the largest product first."))
        self._more.clicked.connect(self._toggle)
        self._list = QGridLayout()
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        close = QPushButton("×")
        close.setFlat(True)
        close.setFixedSize(22, 22)
        close.setToolTip(self.tr("Close (Esc)"))
        close.setAccessibleName(self.tr("Close the neuron"))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        body = QWidget()
        self._list.setContentsMargins(0, 0, 4, 0)
        self._list.setVerticalSpacing(3)
        self._list.setColumnStretch(0, 1)
        body.setLayout(self._list)
        self._scroll = QScrollArea()
        self._scroll.setWidget(body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        body.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 10)
        column.setSpacing(4)
        column.addLayout(head)
        for part in (self._source, self._sum, self._result, self._scroll, self._more):
            column.addWidget(part)

    def show_line(self, line: NeuronLine, sample: str) -> None:
        """Show a line; ``sample`` says whose numbers they are."""
        before = self._line
        self._line, self._sample = line, sample
        if before is None or (before.block.id, before.unit) != (line.block.id, line.unit):
            self._expanded = False
        self._write_texts(line)
        self._show_rows(line)

    def _write_texts(self, line: NeuronLine) -> None:
        self._title.setText(f"{unit_name(line.block, line.unit)} · {layer_name(line.block)}")
        self._source.setText(self._sample)
        self._sum.setText(_sum_text(line))
        self._sum.setVisible(bool(line.terms))
        self._result.setText(self._result_text(line))
        hidden = len(line.terms) - FIRST_ROWS
        self._more.setVisible(hidden > 0)
        self._more.setText(self.tr("Show fewer") if self._expanded else self.tr("… + %n more", "", max(hidden, 0)))

    def _result_text(self, line: NeuronLine) -> str:
        function = line.function
        name = "x" if function is None else "a"
        if function is None:
            text = f"<b>{name} = {number(line.a)}</b>"
        elif line.samples == 1:
            text = f"<b>a = {function.label}(z) = {number(line.a)}</b>"
        else:
            text = "<b>" + self.tr("mean a = {value}").format(value=number(line.a)) + "</b>"
        if line.delta is not None:
            text += f" &nbsp;&nbsp; <b>δ = {number(line.delta)}</b>"
        elif function is not None:
            text += "<br><small>" + self.tr("δ needs a sample: pick one in the output view.") + "</small>"
        return text

    def _show_rows(self, line: NeuronLine) -> None:
        terms = line.largest_first[: MOST_ROWS if self._expanded else FIRST_ROWS]
        held = {row.key: row for row in self._rows if row.box.hasFocus()}
        wanted = [("W", (line.unit, t.column), t) for t in terms]
        if line.bias is not None:
            wanted.append(("b", (line.unit,), None))
        keys = [(line.block.id, name, index) for name, index, _ in wanted]
        if held or {row.key for row in self._rows} == set(keys):
            self._update_rows(line)  # an order that jumps about under the pointer cannot be edited
            return
        self._clear_rows()
        for place, (name, index, term) in enumerate(wanted):
            self._rows.append(_WeightRow(self, place, (line.block.id, name, index), term))
        self._update_rows(line)
        self._scroll.setVisible(bool(self._rows))
        height = self._list.sizeHint().height() + 2
        self._scroll.setFixedHeight(min(height, LIST_HEIGHT))
        self.adjustSize()

    def _update_rows(self, line: NeuronLine) -> None:
        by_column = {term.column: term for term in line.terms}
        for row in self._rows:
            name, index = row.key[1], row.key[2]
            if name == "b" and line.bias is not None:
                row.box.show_live(line.bias)
            elif name == "W" and index[1] in by_column:
                row.show_term(by_column[index[1]])

    def _clear_rows(self) -> None:
        for row in self._rows:
            row.remove()
        self._rows.clear()

    def add_to_list(self, widget: QWidget, row: int, column: int) -> None:
        """Put a row's part into the list."""
        self._list.addWidget(widget, row, column)

    def _toggle(self) -> None:
        self._expanded = not self._expanded
        if self._line is not None:
            self.show_line(self._line, self._sample)

    @property
    def boxes(self) -> dict[tuple[str, tuple[int, ...]], WeightBox]:
        """The numbers that can be edited, by parameter name and index."""
        return {(row.key[1], row.key[2]): row.box for row in self._rows}


class _WeightRow:
    """One line of the list: whose weight, the weight, and what it contributes."""

    def __init__(self, card: NeuronCard, place: int, key: tuple[str, str, tuple[int, ...]], term: Term | None) -> None:
        self.key = key
        self.name, self.share = _label("muted"), _label("number")
        self.name.setText(term.name if term is not None else card.tr("bias b"))
        self.box = WeightBox()
        self.box.setAccessibleName(
            card.tr("Weight from {name}").format(name=term.name) if term is not None else card.tr("Bias")
        )
        self.box.setToolTip(card.tr("Type a value, or turn it with the wheel or the arrow keys; undo brings it back."))
        self.box.edited.connect(lambda value: card.weight_edited.emit(*key, value))
        for column, part in enumerate((self.name, self.box, self.share)):
            card.add_to_list(part, place, column)

    def show_term(self, term: Term) -> None:
        """The live numbers."""
        self.box.show_live(term.weight)
        self.share.setText(f"· {number(term.value, 2)} = {number(term.product, 2)}")

    def remove(self) -> None:
        """Take the row's widgets away."""
        for part in (self.name, self.box, self.share):
            part.hide()
            part.deleteLater()


def _label(role: str | None = None) -> QLabel:
    label = QLabel()
    label.setWordWrap(role is None)
    if role is not None:
        label.setProperty("role", role)
    return label


def _sum_text(line: NeuronLine) -> str:
    """``z = Σ w·a + b = 0.83·0.61 − 1.2·0.12 + … + 0.07 = 0.442``."""
    pieces = []
    for term in line.largest_first[:IN_LINE]:
        sign = MINUS if term.product < 0 else "+"
        factors = f"{number(abs(term.weight))}·{number(abs(term.value))}"
        pieces.append(f"{sign} {factors}" if pieces else (f"{MINUS}{factors}" if term.product < 0 else factors))
    if len(line.terms) > IN_LINE:
        pieces.append("+ …")
    if line.bias is not None:
        pieces.append(f"{MINUS if line.bias < 0 else '+'} {number(abs(line.bias))}")
    symbols = "Σ w·a + b" if line.bias is not None else "Σ w·a"
    return f"z = {symbols} = {' '.join(pieces)} = <b>{number(line.z)}</b>"
