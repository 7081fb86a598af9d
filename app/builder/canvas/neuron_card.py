"""The card of the open neuron: its arithmetic with live numbers, and its weights and bias to change."""

from __future__ import annotations

from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.builder.canvas.neuron_line import NeuronLine, NeuronTerm
from app.builder.canvas.weight_editor import WeightBox
from app.builder.canvas.words import unit_name
from app.builder.timeline.written import LineToken, WrittenLine, write
from app.kit import look, theme
from app.kit.numbers import read, to_digits
from app.kit.numbers import written as typed
from app.kit.origin.buttons import OriginButton
from app.kit.plain_maths import plain_text
from app.kit.translation import worded_name
from app.kit.widgets.labels import ElidedLabel, Label
from app.kit.words import plain_tip
from engine.training.lines.expression import Number, Product, Source, WorkedLine

MOST_TERMS = 6
"""Summands written out in the line z = …; the others are counted."""


MOST_ROWS = 64
LIST_HEIGHT = 190
ORIGIN = "origin/"
"""How the links of those numbers begin that lead to where they come from."""
LINKS = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
Key = tuple[str, tuple[int, ...]]
"""A parameter's name and an index into it."""


def product(weight: float, value: float) -> str:
    """``· 0.61 = 0.51``: what comes of the weight as its box shows it."""
    shown = read(typed(weight)) or 0.0
    written = write(WorkedLine("", "", (Product((Number(shown, exact=True), Number(value))),), Number(shown * value)))
    return f"· {written.text.partition(' · ')[2]}" if written.steps else f"= {written.text}"


def link(target: str, text: str, value: float, *, underlined: bool = False) -> str:
    """A number that leads to its editor, or ``underlined`` to its origin, in the colour of its sign, as its wire is."""
    line = "underline" if underlined else "none"
    return f"<a href='{target}' style='color:{look.signed_text(value).name()};text-decoration:{line}'>{text}</a>"


def _weight_link(target: str, value: float) -> str:
    return link(target, _bracketed(value), value)


def weights_alone(line: NeuronLine) -> str:
    """``z = 0.83·x₁ + (−1.2)·x₂ + 0.07``: what the neuron does to any sample."""
    pieces = [
        f"{_weight_link(f'W/{line.unit}/{term.column}', term.weight)} · {escape(_input_name(line, term))}"
        for term in line.terms[:MOST_TERMS]
    ]
    if len(line.terms) > MOST_TERMS:
        pieces.append("…")
    if line.bias is not None:
        pieces.append(_weight_link(f"b/{line.unit}", line.bias))
    return f"z = {' + '.join(pieces)}"


def _input_name(line: NeuronLine, term: NeuronTerm) -> str:
    """``x₁``, or ``a₁`` of the layer before."""
    return term.name if line.from_input else plain_text(f"a_{{{term.column + 1}}}")


def _bracketed(value: float) -> str:
    text = to_digits(value, 3)
    return f"({text})" if value < 0 else text


class NeuronCard(QFrame):
    """Shows a :class:`NeuronLine`. ``weight_edited``: block id, ``W`` or ``b``, index, value. ``number_picked``: the
    :class:`Source` of a number of the pass of which one wants to know where it comes from."""

    weight_edited = Signal(str, str, tuple, float)
    number_picked = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Neuron"))
        self._line: NeuronLine | None = None
        self._sample = ""
        self._expanded = False
        self._listed: tuple[object, ...] = ()
        self._rows: list[_WeightRow] = []
        self._title, self._source = _label("muted"), _label("muted")
        self._sum, self._result = _label(), _label()
        self._sources: list[Source] = []
        for label in (self._sum, self._result):
            label.setTextInteractionFlags(LINKS)
            label.linkActivated.connect(self._open_number)
            label.linkHovered.connect(partial(self._say_link, label))
        self._more = QPushButton()
        self._more.setProperty("role", "chip")
        self._more.clicked.connect(self._toggle)
        self._offers, self._offered = QVBoxLayout(), list[QPushButton]()
        self._list = QGridLayout()
        self._scroll = _scroll_area(self._list)
        self._scroll.setAccessibleName(self.tr("Weights of the neuron"))
        self._lay_out()
        self.hide()
        theme.notifier().changed.connect(self._follow_theme)

    @Slot()
    def _follow_theme(self) -> None:
        """The colours of the numbers are in their text."""
        if self._line is not None:
            self._write_texts(self._line)

    def _lay_out(self) -> None:
        close = QToolButton()
        close.setText("×")
        close.setFixedSize(20, 20)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.setToolTip(self.tr("Close (Esc)"))
        close.setAccessibleName(self.tr("Close the neuron"))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 9)
        column.setSpacing(3)
        column.addLayout(head)
        for part in (self._source, self._sum, self._result, self._scroll, self._more):
            column.addWidget(part)
        column.addLayout(self._offers)

    def offer(self, action: QAction, text: str) -> None:
        """A button that does something with a neuron that weighs what it gets; ``text``: how the card puts it."""
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button = QPushButton(f"{text}  {keys}".rstrip())
        button.setProperty("role", "link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAccessibleName(text)
        button.setToolTip(action.toolTip())
        button.clicked.connect(lambda _on=False: action.trigger())
        button.setVisible(bool(self._line is not None and self._line.terms))
        self._offered.append(button)
        self._offers.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_line(self, line: NeuronLine, sample: str) -> None:
        """Show a line; ``sample`` says whose numbers they are."""
        self._line, self._sample = line, sample
        for button in self._offered:
            button.setVisible(bool(line.terms))
        self._write_texts(line)
        self._show_rows(line)

    def _write_texts(self, line: NeuronLine) -> None:
        self._title.setText(f"{unit_name(line.block, line.unit)} · {worded_name(line.name)}")
        self._source.setText(self._sample)
        written = [write(part) for part in line.lines]
        self._sources = []
        texts = [self._rich(part) for part in written[:-1]]
        if not line.lines and line.terms:
            texts = [weights_alone(line)]
        self._sum.setText("<br>".join(texts))
        self._sum.setVisible(bool(texts))
        self._result.setText(self._result_text(line, written[-1] if written else None))
        self._result.setVisible(bool(self._result.text()))
        self._more.setVisible(bool(line.terms))
        self._more.setText(self.tr("Hide the weights") if self._expanded else self.tr("Change the weights"))
        self._more.setToolTip(self.tr("Every weight of this neuron, in order, to change by hand."))

    def _result_text(self, line: NeuronLine, last: WrittenLine | None) -> str:
        if last is None and line.waits:
            return ""
        if last is None:
            hint = self.tr("Play a sample’s pass to see its z, a and δ.")
            return f"<small>{escape(hint)}</small>"
        if line.delta is None:
            return self._rich(last)
        source = Source("delta", line.block.id, (line.unit,))
        delta = self._origin_link(source, to_digits(line.delta, 3), line.delta)
        return f"{self._rich(last)}<br>δ = <b>{delta}</b>"

    def _rich(self, written: WrittenLine) -> str:
        """``z = 0.831 · 0.61 + (−1.2) · 0.12 + 0.07 = 0.442``; weights and bias are links to their editors, the other
        numbers to where they come from."""
        sides = ["".join(self._rich_token(token) for token in step) for step in written.steps]
        result = f"<b>{self._rich_token(written.result)}</b>"
        return " = ".join([escape(plain_text(written.line.name)), *sides, result])

    def _rich_token(self, token: LineToken) -> str:
        source, text = token.source, escape(token.text)
        if source is None:
            return text
        if source.symbol in ("W", "b"):
            return link("/".join((source.symbol, *map(str, source.index))), text, token.value)
        return self._origin_link(source, text, token.value)

    def _origin_link(self, source: Source, text: str, value: float) -> str:
        """A number of the pass, which leads to where it comes from."""
        self._sources.append(source)
        return link(f"{ORIGIN}{len(self._sources) - 1}", text, value, underlined=True)

    def _show_rows(self, line: NeuronLine) -> None:
        # The order stays while the numbers run: rows that jump about cannot be aimed at.
        listed = (line.block.id, line.unit, len(line.terms), self._expanded)
        if listed != self._listed:
            self._listed = listed
            self._clear_rows()
            wanted = self._wanted_rows(line) if self._expanded else {}
            for place, (key, term) in enumerate(wanted.items()):
                self._rows.append(_WeightRow(self, place, line.block.id, key, term))
            self._scroll.setVisible(bool(self._rows))
            self._scroll.setFixedHeight(min(self._list.sizeHint().height() + 6, LIST_HEIGHT))
        self._update_rows(line)

    def _wanted_rows(self, line: NeuronLine) -> dict[Key, NeuronTerm | None]:
        rows: dict[Key, NeuronTerm | None] = {("W", (line.unit, t.column)): t for t in line.terms[:MOST_ROWS]}
        if line.bias is not None:
            rows["b", (line.unit,)] = None
        return rows

    def _update_rows(self, line: NeuronLine) -> None:
        by_column = {term.column: term for term in line.terms}
        for row in self._rows:
            name, index = row.key
            row.origin.setVisible(line.rows > 0)
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
        widget.show()  # else it has no height yet where the list is in sight already

    def expand(self, expanded: bool = True) -> None:
        """Show or hide the list of weights."""
        self._expanded = expanded
        if self._line is not None:
            self.show_line(self._line, self._sample)

    @Slot()
    def _toggle(self) -> None:
        self.expand(not self._expanded)

    @Slot(str)
    def _open_number(self, target: str) -> None:
        """A number in the line was clicked: edit it, or ask where it comes from."""
        if target.startswith(ORIGIN):
            self.number_picked.emit(self._sources[int(target.removeprefix(ORIGIN))])
            return
        self.expand()
        name, *index = target.split("/")
        box = self.boxes.get((name, tuple(int(part) for part in index)))
        if box is not None:
            box.selectAll()
            box.setFocus()

    def _say_link(self, label: QLabel, target: str) -> None:
        """Say in a tooltip what a click on the number does."""
        origin, edit = self.tr("Where does this number come from?"), self.tr("Change it")
        label.setToolTip(plain_tip("" if not target else origin if target.startswith(ORIGIN) else edit))

    @property
    def boxes(self) -> dict[Key, WeightBox]:
        """The numbers that can be edited at the moment, by parameter name and index."""
        return {row.key: row.box for row in self._rows}


class _WeightRow:
    """One line of the list: whose weight, the weight, and what it contributes."""

    def __init__(self, card: NeuronCard, place: int, block_id: str, key: Key, term: NeuronTerm | None) -> None:
        self.key = key
        self.name, self.share = _label("muted"), ElidedLabel("", "muted")  # half a number would be another one
        self.name.setText(term.name if term is not None else card.tr("bias b"))
        self.box = WeightBox()
        self.box.setAccessibleName(
            card.tr("Weight from {name}").format(name=term.name) if term is not None else card.tr("Bias")
        )
        self.box.setToolTip(card.tr("Type a value, or change it with the wheel or the arrow keys. Undo restores it."))
        self.box.edited.connect(lambda value: card.weight_edited.emit(block_id, *key, value))
        self.origin = OriginButton(self.box.accessibleName())
        self.origin.clicked.connect(lambda _on=False: card.number_picked.emit(Source(key[0], block_id, key[1])))
        for column, part in enumerate((self.name, self.box, self.origin, self.share)):
            card.add_to_list(part, place, column)

    def show_term(self, term: NeuronTerm) -> None:
        """The live numbers."""
        self.box.show_live(term.weight)
        self.share.set_full_text("" if term.value is None else product(term.weight, term.value))

    def remove(self) -> None:
        """Take the row's widgets away."""
        for part in (self.name, self.box, self.share, self.origin):
            part.hide()
            part.deleteLater()


def _label(role: str | None = None) -> QLabel:
    label = Label()
    if role is None:
        label.setTextFormat(Qt.TextFormat.RichText)  # links to editors; all else in it is escaped
    label.setWordWrap(role is None)
    if role is not None:
        label.setProperty("role", role)
    return label


def _scroll_area(grid: QGridLayout) -> QScrollArea:
    grid.setContentsMargins(0, 2, 4, 2)
    grid.setVerticalSpacing(3)
    grid.setHorizontalSpacing(4)
    grid.setColumnStretch(3, 1)
    body = QWidget()
    body.setLayout(grid)
    area = QScrollArea()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
    area.hide()
    return area
