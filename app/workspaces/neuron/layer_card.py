"""Small tables as pictures; and what one line cannot do: two units and a third, and the way to the playground."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPainterPath, QPolygonF, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.drawing.columns import Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import (
    Disc,
    Group,
    Line,
    Mark,
    Path,
    Point,
    Polyline,
    Rect,
    Rectangle,
    Text,
    call,
    text_width,
)
from app.kit.drawing.view import DrawingView
from app.kit.icons import icon
from app.kit.numbers import plain
from app.kit.widgets.labels import Label, Sentence
from app.kit.widgets.still import Steady
from app.kit.widgets.tone import mark, restyle
from app.kit.words import plain_tip
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.plane import round_off
from app.workspaces.neuron.words import combined_text, parameter_text, table_name, weight_name
from engine.neuron.boundary import half_space, section
from engine.neuron.hidden import HiddenLayer, bias_there, combination, hidden_layer, pattern
from engine.neuron.parting import answer
from engine.neuron.tables import Row, Targets, inputs_of, right_count, rows
from engine.neuron.unit import Unit

LOW, HIGH = -0.42, 1.42
"""How far a miniature reaches."""
CUBE_EDGES = tuple(
    (corner, other)
    for corner, other in combinations(rows(3), 2)
    if sum(a != b for a, b in zip(corner, other, strict=True)) == 1
)
CORNER = 6.0

Drawn = tuple[Unit, str]
"""A unit and the ink of its line."""


def in_miniature(point: tuple[float, ...], box: Rect) -> Point:
    """Return the pixel of a point of one, two or three inputs; the third comes to the right and down: seen so, the
    plane of majority does not stand on its edge."""
    left, top, width, height = box
    across = point[0]
    up = point[1] if len(point) > 1 else 0.5
    if len(point) > 2:
        across, up = 0.72 * across + 0.34 * point[2] - 0.03, 0.76 * up - 0.28 * point[2] + 0.26
    return left + (across - LOW) / (HIGH - LOW) * width, top + (HIGH - up) / (HIGH - LOW) * height


def miniature(box: Rect, targets: Targets, unit: Unit | None, radius: float) -> list[Mark]:
    """Draw the rows of a table, positive where it is to fire, and the dashed line or plane of a unit that does it."""
    inputs = inputs_of(targets)
    marks: list[Mark] = []
    if inputs == 3:
        marks.append(Lines(tuple((*in_miniature(a, box), *in_miniature(b, box)) for a, b in CUBE_EDGES), "track"))
    if inputs == 3 and unit is not None:
        plane = tuple(in_miniature(point, box) for point in section(unit, 0.0, 1.0))
        marks.append(
            Polyline(points=plane, closed=True, stroke="text_muted", width=1.3, fill="text_muted 16%", dashed=True)
        )
    elif unit is not None and (line := _line_of(unit, box)) is not None:
        (x, y), (dx, dy) = line[0], (0.06 * (b - a) for a, b in zip(*line, strict=True))
        marks.append(Line((x + dx, y + dy), (line[1][0] - dx, line[1][1] - dy), "text_muted", 1.3, dashed=True))
    return [*marks, *_points(box, targets, radius)]


def half_planes(box: Rect, drawn: tuple[Drawn, ...], fires: tuple[Row, ...], done: Targets) -> list[Mark]:
    """Draw the cells that units' lines cut, positive where their bits are among ``fires``, with the rows of a table."""
    whole = QPainterPath()
    whole.addRect(QRectF(*box))
    halves = [_half(unit, box) for unit, _ink in drawn]
    marks: list[Mark] = [Rectangle(box, "negative 20% on surface")]
    for bits in fires:
        cell = whole
        for half, inside in zip(halves, bits, strict=True):
            cell = cell.intersected(half) if inside else cell.subtracted(half)
        marks.append(Path(cell, fill="positive 22% on surface"))
    for unit, ink in drawn:
        line = _line_of(unit, box)
        if line is not None:
            marks.append(Line(*line, ink, 2.0, cap="round"))
    return [
        Group(call(tuple, tuple(marks)), clip=box),
        round_off(box, CORNER, "surface"),
        *_points(box, done, min(5.0, box[2] / 16)),
        Rectangle(box, "", "border", corner=CORNER),
    ]


def _points(box: Rect, targets: Targets, radius: float) -> list[Mark]:
    return [
        Disc(*in_miniature(point, box), radius, "positive" if target else "negative")
        for point, target in zip(rows(inputs_of(targets)), targets, strict=True)
    ]


def _line_of(unit: Unit, box: Rect) -> tuple[Point, Point] | None:
    """Return the line of a unit of one or two inputs; None where it is out of sight."""
    ends = [in_miniature(point, box) for point in section(unit, LOW, HIGH)]
    if unit.inputs == 1 and ends:
        return (ends[0][0], box[1]), (ends[0][0], box[1] + box[3])
    return (ends[0], ends[1]) if len(ends) == 2 else None


def _half(unit: Unit, box: Rect) -> QPainterPath:
    """Return where a unit fires; one of a single input does the same at every height."""
    path = QPainterPath()
    flat = Unit((*unit.weights, 0.0)[:2], unit.bias)
    corners = half_space(flat, LOW, HIGH)
    if corners:
        path.addPolygon(QPolygonF([QPointF(*in_miniature(corner, box)) for corner in corners]))
        path.closeSubpath()
    return path


ROOMY = 320
"""Pixels from which on there is room for words beside the button."""
NAMED = 300.0
"""Pixels from which on the units' tables have their names over them."""
LARGEST = 130.0
FIRST, SECOND = "series 3 of 9", "series 2 of 9"
"""Inks of h₁ and h₂, wherever their lines and names are."""


@dataclass(frozen=True, slots=True)
class LayerData:
    """A layer of two and what it makes of a table; or where one unit is enough, one's own unit beside it, and with
    ``right`` how many rows that does right, None while that is not to be told."""

    own: Unit
    targets: Targets
    layer: HiddenLayer | None
    answer: Unit | None
    right: int | None


def draw_layer(data: LayerData, frame: Frame) -> Drawing:
    """Draw three miniatures, h₁ and h₂ and what y makes of them; or two, one's own and one that does it."""
    named = frame.width >= NAMED
    between, before = (46.0, 58.0) if named else (10.0, 26.0)
    spare, top = between if named else 0.0, 20.0
    side = min(frame.height - top, (frame.width - between - before - spare) / 3, LARGEST)
    if data.answer is not None:
        side = min(frame.height - top, (frame.width - before) / 2 - spare, LARGEST)  # there are but two
        return Drawing(tuple(_beside_answer(data, data.answer, side, side + before, frame.width)))
    if data.layer is None:
        return Drawing(tuple(_plane((0, top, side, side), (), (), data.targets, _tr("the table"), frame.width)))
    layer, targets = data.layer, data.targets
    lasts = tuple(bits for bits in rows(2) if layer.last.fires(bits))
    words = combined_text(combination(pattern(layer.last))) if named else "y"
    first, second = (layer.first, FIRST), (layer.second, SECOND)
    names = [
        symbol if name is None or not named else f"{symbol} = {table_name(name)}"
        for symbol, name in zip(("h₁", "h₂"), layer.names[:2], strict=True)
    ]
    boxes = [(left, top, side, side) for left in (0.0, side + between, 2 * side + between + before)]
    marks = [
        *_plane(boxes[0], (first,), ((1,),), pattern(layer.first), names[0], frame.width, FIRST),
        *_plane(boxes[1], (second,), ((1,),), pattern(layer.second), names[1], frame.width, SECOND),
        *_plane(boxes[2], (first, second), lasts, targets, words, frame.width),
        _arrow(boxes[2][0] - before / 2, top + side / 2),
    ]
    return Drawing(tuple(marks))


def _beside_answer(data: LayerData, answer: Unit, side: float, left: float, width: float) -> list[Mark]:
    words = _tr("yours")
    if data.right is not None:
        words = _tr("yours: {right} of {total}").format(right=data.right, total=len(data.targets))
    yours = pattern(data.own) if len(data.targets) == 8 else data.targets
    fires: tuple[Row, ...] = ((1,),)
    return [
        *_plane((0, 20, side, side), ((data.own, "text"),), fires, yours, words, width),
        *_plane((left, 20, side, side), ((answer, "text"),), fires, data.targets, _tr("one that works"), width),
        _arrow((side + left) / 2, 20 + side / 2),
    ]


def _arrow(x: float, y: float) -> Mark:
    return Polyline(points=((x - 4, y - 7), (x + 4, y), (x - 4, y + 7)), stroke="accent", width=2.2)


def _plane(
    box: Rect, drawn: tuple[Drawn, ...], fires: tuple[Row, ...], done: Targets, caption: str, room: float,
    ink: str = "text",
) -> list[Mark]:  # fmt: skip
    """Draw a miniature under its caption; a long one keeps within the edges."""
    wide = text_width(caption, 11.5, True) + 2.0
    left = max(0.0, min(box[0] + box[2] / 2 - wide / 2, room - wide))
    words = Text(caption, (left, 0, wide, 18), 11.5, ink, bold=True)
    if inputs_of(done) < 3:
        return [words, *half_planes(box, drawn, fires, done)]
    ground = Rectangle(box, "text_muted 6% on surface", "border", corner=CORNER)
    return [words, ground, *miniature(box, done, answer(done), min(4.5, box[2] / 16))]


class LayerCard(QFrame):
    """``wanted(layer)``: open it in the playground. ``answer_wanted(unit)``: take the setting that does the table."""

    wanted = Signal(object)
    answer_wanted = Signal(object)

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._model = model
        self.layer: HiddenLayer | None = None
        self._shown: tuple[object, ...] = ()
        self._dressed: tuple[object, ...] = ()
        self._title, self._badge = Label(), Label()
        self._title.setWordWrap(True)
        self._title.setProperty("role", "title")
        nothing = LayerData(Unit((0.0,), 0.0), (False, True), None, None, None)
        name = _tr("A unit that solves this table")
        self.picture = DrawingView(draw_layer, nothing, hint=QSize(420, 70), least=QSize(150, 70), name=name)
        self._about = Sentence()
        self._about.setProperty("role", "muted")
        self._words = Steady(self._about)
        self.button = QPushButton()
        self.button.setProperty("role", "proposal")
        self.button.clicked.connect(self._press)
        self._lay_out()
        model.changed.connect(self._follow)
        theme.follow(self._restyle)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        self._foot = foot
        head.addWidget(self._title, 1)
        head.addWidget(self._badge)
        foot.addWidget(self._words, 1)
        foot.addWidget(self.button)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(self.picture, 1)
        column.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the words are in the picture's tooltip."""
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        self._words.setVisible(roomy)
        self._badge.setVisible(roomy)
        self._foot.setDirection(QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what has changed meanwhile."""
        super().showEvent(event)
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        self._shown = ()
        self._follow()

    @Slot()
    def _follow(self) -> None:
        content, reading = self._model.content, self._model.reading
        known = self._model.all_known
        state = (content.targets, content.unit, reading.why_none, known)
        if state == self._shown:
            return
        self._shown = state
        solvable = reading.why_none is None
        self.layer = None if solvable else hidden_layer(content.unit, content.targets)
        if self.isVisible():
            right = right_count(content.unit, content.targets) if known else None
            self.picture.set_data(LayerData(content.unit, content.targets, self.layer, reading.answer, right))
        good = theme.current().good
        restyle(self._badge, f"color: {good}; font-size: 12px; font-weight: 600;")
        if solvable:
            self._show_answer(len(content.targets))
        else:
            self._show_layer(len(content.targets))

    def _say(self, words: str) -> None:
        self._about.set_full_text(words)
        self.picture.setToolTip(plain_tip(words))
        self.picture.setAccessibleDescription(words)

    def _show_answer(self, total: int) -> None:
        answer = self._model.reading.answer
        assert answer is not None
        self._title.setText(self.tr("One unit is enough"))
        self._badge.setText(self.tr("✓ {right} of {total} right").format(right=total, total=total))
        names = [*(weight_name(index) for index in range(answer.inputs)), "b"]
        values = (*answer.weights, answer.bias)
        written = ", ".join(f"{name}\u00a0=\u00a0{plain(value)}" for name, value in zip(names, values, strict=True))
        words = self.tr(
            "Of all whole-number weights from −2 to 2, these keep the greatest distance from the points: {values}."
        )
        if not any(answer.weights):
            words = self.tr("Without weights it does the same for every input: {values}.")
        self._say(words.format(values=written))
        content = self._model.content
        taken = (answer.weights, answer.bias) == (content.weights, content.bias)
        self._dress_button(self.tr("Set it like this"), self.tr("Use these weights; you can undo it"), on=not taken)

    def _show_layer(self, total: int) -> None:
        layer = self.layer
        two_inputs = len(self._model.content.weights) == 2
        lines, planes = self.tr("Two lines and a third unit do it"), self.tr("Two planes and a third unit do it")
        self._title.setText(lines if two_inputs else planes)
        tip = self.tr("Open this network, solved, in the playground (H)")
        if layer is None:
            self._title.setText(self.tr("Two planes are not enough here"))
            self._badge.setText("")
            self._say(self.tr("This table needs three hidden units. Try majority, or another target."))
            tip = self._about.full_text
        else:
            self._badge.setText(self.tr("✓ {right} of {total} right").format(right=total, total=total))
            kept = self.tr("Your neuron becomes h₁, where 0 and 1 lie at −3 and 3, so b = {b} becomes {there}.")
            reading = self._model.reading
            b, there = (parameter_text(value, reading) for value in (layer.first.bias, bias_there(layer.first)))
            kept = kept.format(b=b, there=there)
            other = self.tr("Your neuron's line doesn't help here, so h₁ uses another one.")
            three = self.tr("The playground's plane has two inputs, so only tables of two open there.")
            two = kept if layer.keeps else other
            self._say(two if two_inputs else three)
            tip = tip if two_inputs else three
        self._dress_button(self.tr("Add a hidden layer"), tip, on=layer is not None and two_inputs, strong=True)

    def _dress_button(self, text: str, tip: str, *, on: bool, strong: bool = False) -> None:
        look = (text, tip, on, theme.current().name)
        if look == self._dressed:
            return
        self._dressed = look
        self.button.setText(text)
        self.button.setToolTip(plain_tip(tip))
        self.button.setAccessibleName(text)
        self.button.setEnabled(on)
        mark(self.button, "strong", strong and on)
        self.button.setIcon(icon("plus", "on_accent" if on else "text_muted") if strong else icon("check", "accent"))
        margins = self._column.contentsMargins()
        self.setMinimumWidth(self.button.sizeHint().width() + margins.left() + margins.right() + 2)

    @Slot()
    def _press(self) -> None:
        if self._model.reading.answer is not None:
            self.answer_wanted.emit(self._model.reading.answer)
        elif self.layer is not None:
            self.wanted.emit(self.layer)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerPicture", text)
