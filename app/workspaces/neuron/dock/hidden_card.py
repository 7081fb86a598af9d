"""What one line cannot do, two and a third unit can: three miniature planes, and the way to the playground."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.icons import icon
from app.kit.widgets.labels import Sentence
from app.kit.widgets.painted import Painted
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.presets import in_miniature, paint_miniature
from app.workspaces.neuron.words import parameter_text, table_name, weight_name
from engine.neuron.boundary import half_space, section
from engine.neuron.hidden import HiddenLayer, hidden_layer, pattern
from engine.neuron.tables import Targets, inputs_of, rows
from engine.neuron.unit import Unit

LOW, HIGH = -0.42, 1.42
CENTRE = Qt.AlignmentFlag.AlignCenter


class LayerPicture(Painted):
    """h₁ and h₂ make y; or one line that does it by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets: Targets = (False, True)
        self._layer: HiddenLayer | None = None
        self._answer: Unit | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(420, 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 84)

    def show_layer(self, targets: Targets, layer: HiddenLayer | None, answer: Unit | None) -> None:
        """Show a layer of two and what it makes; or ``answer``, where one unit does."""
        self._targets, self._layer, self._answer = targets, layer, answer
        self.update()

    def paint(self, painter: QPainter) -> None:
        side = min(self.height() - 20.0, (self.width() - 150) / 3, 130.0)
        top = 20.0
        if self._answer is not None:
            box = QRectF(0, top, side, side)
            self._paint_plane(painter, box, (self._answer,), self._targets, self.tr("one line"))
            return
        if self._layer is None:
            return
        layer = self._layer
        names = layer.names
        first, second = QRectF(0, top, side, side), QRectF(side + 46, top, side, side)
        third = QRectF(2 * side + 46 + 58, top, side, side)
        self._paint_plane(painter, first, (layer.first,), pattern(layer.first), _caption("h₁", names[0]))
        self._paint_plane(painter, second, (layer.second,), pattern(layer.second), _caption("h₂", names[1]))
        words = self._last_words(names[2])
        self._paint_plane(painter, third, (layer.first, layer.second), self._targets, words)
        painter.setFont(look.font(12))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QRectF(side, top, 46, side), CENTRE, self.tr("and"))
        middle = QPointF(2 * side + 46 + 29, top + side / 2)
        painter.setPen(look.pen(theme.colour("accent"), 2.2))
        arrow = QPainterPath(middle + QPointF(-4, -7))
        arrow.lineTo(middle + QPointF(4, 0))
        arrow.lineTo(middle + QPointF(-4, 7))
        painter.drawPath(arrow)

    def _last_words(self, name: str | None) -> str:
        if name == "and":
            return self.tr("y = h₁ AND h₂")
        return self.tr("y = {name} of h₁, h₂").format(name=table_name(name)) if name is not None else "y"

    def _paint_plane(
        self, painter: QPainter, box: QRectF, units: tuple[Unit, ...], done: Targets, caption: str
    ) -> None:
        painter.setFont(look.font(11.5, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(box.left() - 20, 0, box.width() + 40, 18), CENTRE, caption)
        clip = QPainterPath()
        clip.addRoundedRect(box, 6, 6)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(box, theme.colour("surface"))
        inputs = inputs_of(done)
        if inputs == 2:
            self._paint_halves(painter, box, units)
        else:
            painter.fillRect(box, look.faded("text_muted", 0.06))
        painter.restore()
        if inputs == 2:
            painter.setPen(Qt.PenStyle.NoPen)
            for x, fires in zip(rows(2), done, strict=True):
                painter.setBrush(look.signed(1 if fires else -1))
                painter.drawEllipse(in_miniature(x, box), 5.0, 5.0)
        else:
            paint_miniature(painter, box, done, 4.5)
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)

    def _paint_halves(self, painter: QPainter, box: QRectF, units: tuple[Unit, ...]) -> None:
        """Blue where it fires: for the last unit the cells that the two lines cut."""
        painter.fillRect(box, look.faded("negative", 0.2))
        area = QPainterPath()
        area.addRect(box)
        halves = [self._half(unit, box) for unit in units]
        fires = halves[0] if len(halves) == 1 else self._fires_of_both(area, halves[0], halves[1])
        painter.fillPath(fires, theme.colour("surface"))
        painter.fillPath(fires, look.faded("positive", 0.22))
        painter.setPen(look.pen(theme.colour("text"), 1.6))
        for unit in units:
            ends = [in_miniature(point, box) for point in section(unit, LOW, HIGH)]
            if len(ends) == 2:
                painter.drawLine(*ends)

    def _fires_of_both(self, area: QPainterPath, first: QPainterPath, second: QPainterPath) -> QPainterPath:
        """Where the last unit fires, over the four cells of the two lines."""
        assert self._layer is not None
        fires = QPainterPath()
        for bits in rows(2):
            if self._layer.last.fires(bits):
                one = first if bits[0] else area.subtracted(first)
                other = second if bits[1] else area.subtracted(second)
                fires = fires.united(one.intersected(other))
        return fires

    @staticmethod
    def _half(unit: Unit, box: QRectF) -> QPainterPath:
        path = QPainterPath()
        corners = half_space(unit, LOW, HIGH)
        if corners:
            path.addPolygon(QPolygonF([in_miniature(corner, box) for corner in corners]))
            path.closeSubpath()
        return path


def _caption(symbol: str, name: str | None) -> str:
    return symbol if name is None else f"{symbol} = {table_name(name)}"


class HiddenCard(QFrame):
    """``wanted(layer)``: open it in the playground. ``answer_wanted(unit)``: take the setting that does the table."""

    wanted = Signal(object)
    answer_wanted = Signal(object)

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._model = model
        self.layer: HiddenLayer | None = None
        self._shown: tuple[object, ...] = ()
        self._title, self._badge = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self.picture = LayerPicture()
        self._about = Sentence()
        self._about.setProperty("role", "muted")
        self.button = QPushButton()
        self.button.setProperty("role", "proposal")
        self.button.clicked.connect(self._press)
        self._lay_out()
        model.changed.connect(self._follow)
        theme.follow(self._restyle)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._badge)
        foot.addWidget(self._about, 1)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(self.picture, 1)
        column.addLayout(foot)

    @Slot()
    def _restyle(self) -> None:
        self._shown = ()
        self._follow()

    @Slot()
    def _follow(self) -> None:
        content = self._model.content
        reading = self._model.reading
        state = (content.targets, content.unit, reading.why_none)
        if state == self._shown:
            return
        self._shown = state
        solvable = reading.why_none is None
        self.layer = None if solvable else hidden_layer(content.unit, content.targets)
        self.picture.show_layer(content.targets, self.layer, reading.answer)
        good = theme.current().good
        self._badge.setStyleSheet(f"color: {good}; font-size: 12px; font-weight: 600;")
        if solvable:
            self._show_answer(len(content.targets))
        else:
            self._show_layer(len(content.targets))

    def _show_answer(self, total: int) -> None:
        answer = self._model.reading.answer
        assert answer is not None
        self._title.setText(self.tr("One unit is enough"))
        self._badge.setText(self.tr("✓ {right} of {total} right").format(right=total, total=total))
        names = [*(weight_name(index) for index in range(answer.inputs)), "b"]
        values = (*answer.weights, answer.bias)
        written = ", ".join(
            f"{name} = {parameter_text(value, self._model.reading)}" for name, value in zip(names, values, strict=True)
        )
        words = self.tr("Of small whole weights, these keep farthest from all points: {values}.")
        self._about.set_full_text(words.format(values=written))
        taken = answer == self._model.content.unit
        self._dress_button(self.tr("Set it like this"), self.tr("Take these weights; undo takes it back"), on=not taken)

    def _show_layer(self, total: int) -> None:
        layer = self.layer
        self._title.setText(self.tr("Two lines and a third unit do it"))
        two_inputs = len(self._model.content.weights) == 2
        tip = self.tr("Open this network, solved, in the playground (H)")
        if layer is None:
            self._title.setText(self.tr("Two planes are not enough here"))
            self._badge.setText("")
            self._about.set_full_text(self.tr("This table takes three hidden units: try majority, or another target."))
        else:
            self._badge.setText(self.tr("✓ {right} of {total} right").format(right=total, total=total))
            kept = self.tr("It keeps your neuron as h₁. In the playground 0 and 1 lie at −3 and 3.")
            other = self.tr("Your neuron parts nothing that helps here, so h₁ is another one.")
            three = self.tr("The playground's plane has two inputs, so only tables of two open there.")
            two = kept if layer.keeps else other
            self._about.set_full_text(two if two_inputs else three)
        self._dress_button(self.tr("Add a hidden layer"), tip, on=layer is not None and two_inputs, strong=True)

    def _dress_button(self, text: str, tip: str, *, on: bool, strong: bool = False) -> None:
        self.button.setText(text)
        self.button.setToolTip(tip)
        self.button.setAccessibleName(text)
        self.button.setEnabled(on)
        self.button.setProperty("strong", strong and on)
        self.button.setIcon(icon("plus", "on_accent" if on else "text_muted") if strong else icon("check", "accent"))
        self.button.style().unpolish(self.button)
        self.button.style().polish(self.button)

    @Slot()
    def _press(self) -> None:
        if self._model.reading.answer is not None:
            self.answer_wanted.emit(self._model.reading.answer)
        elif self.layer is not None:
            self.wanted.emit(self.layer)
