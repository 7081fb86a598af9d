"""The panel on the left: the table to do, weights and bias; folded, threshold, output function and a short lesson."""

from __future__ import annotations

from functools import partial
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.announce import announce
from app.kit.drawing.marks import paint_marks, rect_of
from app.kit.formula.boxes import Keyed, Maths, Row, Words, operator, relation
from app.kit.formula.view import FormulaView, MathLabel
from app.kit.numbers import short
from app.kit.widgets.cards import edge_of
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.drag_number import DragNumber
from app.kit.widgets.drag_number.slider import ValueSlider
from app.kit.widgets.labels import ElidedLabel, wrapped
from app.kit.widgets.merging import new_gesture
from app.kit.widgets.painted import KeyFocus, PaintedButton, draw_elided, set_pixels
from app.kit.widgets.section import Section
from app.kit.widgets.segments import Segments
from app.kit.widgets.tone import restyle
from app.kit.words import plain_tip
from app.workspaces.neuron.layer_card import miniature
from app.workspaces.neuron.model import ALL, NeuronModel, PartKey, SignalStage, UnitPart, is_lit
from app.workspaces.neuron.unit import TYPED_PARAMETER
from app.workspaces.neuron.words import input_name, output_name, parameter_text, table_name, weight_name
from app.workspaces.workspace import Memory
from engine.neuron.nudge import NeuronNudge, nudge_bias, nudge_weight
from engine.neuron.parting import answer
from engine.neuron.tables import MOST_INPUTS, TABLES, Targets
from engine.neuron.unit import OUTPUTS, OutputKey

NOTE = "lesson"
BY_ONE_LINE = ("and", "or", "not")


class Lesson(QWidget):
    """Goals in order; each is ticked by what is done, whichever way. ``stood(words)``: another one is done."""

    stood = Signal(str)

    def __init__(self, model: NeuronModel, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._memory = model, memory
        self._texts = {
            "parts": self.tr("Point at all six parts"),
            "lines": self.tr("AND, OR and NOT"),
            "xor": self.tr("XOR: look at all settings"),
            "learn": self.tr("Let it learn a table"),
            "layer": self.tr("Add a hidden layer"),
        }
        self._seen: set[str] = set()
        self.done: set[str] = set()
        for word in memory.noted(NOTE).split():
            (self.done if word in self._texts else self._seen).add(word)
        self._rows: dict[str, ElidedLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for key in self._texts:
            row = ElidedLabel()
            self._rows[key] = row
            column.addWidget(row)
        model.pointed.connect(self._see_part)
        model.changed.connect(self._see_table)
        theme.follow(self._show)

    def tick(self, goal: str) -> None:
        """A goal is reached."""
        if goal not in self.done:
            self.done.add(goal)
            announce(self, self.tr("Done: {goal}").format(goal=self._texts[goal]))
            self._note()

    @Slot()
    def _see_part(self) -> None:
        if self._model.pointed_key is None or "parts" in self.done:
            return
        self._see(self._model.pointed_key[0].value)
        if self._seen >= {part.value for part in UnitPart}:
            self.tick("parts")

    @Slot()
    def _see_table(self) -> None:
        key = self._model.reading.table_key
        if self._model.secret:
            return  # a tick would tell that every row is right
        if "lines" not in self.done and key in BY_ONE_LINE and self._model.reading.solved:
            self._see(key)
            if self._seen >= set(BY_ONE_LINE):
                self.tick("lines")

    def _see(self, word: str) -> None:
        if word not in self._seen:
            self._seen.add(word)
            self._note()

    @property
    def standing(self) -> str:
        """Return how many goals are reached."""
        return self.tr("{done} of {all} done").format(done=len(self.done), all=len(self._texts))

    def _note(self) -> None:
        self._memory.note(NOTE, " ".join(sorted(self._seen | self.done)))
        self.stood.emit(self.standing)
        self._show()

    def _words(self, key: str) -> str:
        """The goal, with how far it has come."""
        wanted = {"parts": {part.value for part in UnitPart}, "lines": set(BY_ONE_LINE)}.get(key, set())
        seen = len(wanted & self._seen)
        if key in self.done or not seen:
            return self._texts[key]
        return self.tr("{goal} · {seen} of {all}").format(goal=self._texts[key], seen=seen, all=len(wanted))

    @Slot()
    def _show(self) -> None:
        """The first goal that is open is the next one."""
        colours = theme.current()
        following = next((key for key in self._texts if key not in self.done), None)
        for key, row in self._rows.items():
            mark = "✓" if key in self.done else "●" if key == following else "○"
            row.set_full_text(f"{mark}  {self._words(key)}")
            tone = colours.good if key in self.done else colours.text if key == following else colours.text_muted
            weight = 600 if key == following else 400
            restyle(row, f"color: {tone}; font-size: 12px; font-weight: {weight};")
            state = self.tr("done") if key in self.done else self.tr("open")
            row.setAccessibleName(f"{self._words(key)}, {state}")


COLUMNS = 3
FIRST = 6
"""So many tables are at first sight, the others behind a line."""
TILE = QSize(58, 60)
SIDE = 34.0
RADIUS = 3.2


class TableTile(KeyFocus, PaintedButton):
    """A table to choose. ``targets``: None for one's own, which has none until it is the one that is open."""

    def __init__(self, key: str | None, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.targets: Targets | None = TABLES[key].targets if key is not None else None
        self.setCheckable(True)
        self.setText(table_name(key) if key is not None else self.tr("Own"))
        self.setAccessibleName(table_name(key))
        self.setAccessibleDescription(tip)
        self.setToolTip(plain_tip(tip))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return TILE

    def nextCheckState(self) -> None:
        """Leave the mark to the model."""

    def paint(self, painter: QPainter) -> None:
        chosen = self.isChecked()
        width = 2.0 if chosen else 1.0
        line = QPen(theme.colour(edge_of(self, chosen=chosen)), width)
        if self.key is None and not chosen:
            line.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(line)
        painter.setBrush(theme.colour("accent_soft" if self.isDown() else "surface"))
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(box, 7, 7)
        picture = QRectF(box.center().x() - SIDE / 2, box.top() + 4, SIDE, SIDE)
        if self.targets is not None:
            paint_marks(painter, miniature(rect_of(picture), self.targets, answer(self.targets), RADIUS))
        else:
            painter.setPen(look.pen(theme.colour("text_muted"), 1.6))
            middle = picture.center()
            painter.drawLine(middle - QPointF(5, 0), middle + QPointF(5, 0))
            painter.drawLine(middle - QPointF(0, 5), middle + QPointF(0, 5))
        set_pixels(painter, 9, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium)
        painter.setPen(theme.colour("accent" if chosen else "text"))
        words = QRectF(box.left() + 1, box.bottom() - 17, box.width() - 2, 15)
        draw_elided(painter, words, Qt.AlignmentFlag.AlignCenter, self.text())


class Presets(QWidget):
    """Every named table, and one's own of one to three inputs."""

    chosen = Signal(str)
    own_wanted = Signal(int)

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        first, more = (QGridLayout() for _ in range(2))
        for grid in (first, more):
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setSpacing(5)
            for column in range(COLUMNS):
                grid.setColumnStretch(column, 1)
        others = QWidget()
        others.setLayout(more)
        self.more = Section(self.tr("More"), others, is_line=True, is_open=False)
        self.more.set_hint(self.tr("three inputs, your own"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(first)
        rows.addWidget(wrapped(self.tr("{positive} fires, {negative} is silent").format(**theme.colour_names())))
        rows.addWidget(self.more)
        tips = {
            "and": self.tr("Fires only where both inputs are 1"),
            "or": self.tr("Fires where at least one input is 1"),
            "not": self.tr("One input: fires where it is 0"),
            "nand": self.tr("Fires unless both inputs are 1: every table can be built of it"),
            "nor": self.tr("Fires where no input is 1"),
            "xor": self.tr("Fires where exactly one input is 1: no line does it"),
            "majority": self.tr("Three inputs: fires where at least two of them are 1"),
        }
        self.tiles: dict[str | None, TableTile] = {}
        self._key: str | None = next(iter(TABLES))
        own = self.tr("A table of your own: choose how many inputs, then click the targets")
        for number, key in enumerate((*TABLES, None)):
            tile = TableTile(key, tips[key] if key is not None else own)
            tile.clicked.connect(lambda _on=False, key=key: self._choose(key))
            self.tiles[key] = tile
            grid, place = (first, number) if number < FIRST else (more, number - FIRST)
            grid.addWidget(tile, *divmod(place, COLUMNS))
        self._menu = QMenu(self)
        for inputs, text in ((1, self.tr("One input")), (2, self.tr("Two inputs")), (3, self.tr("Three inputs"))):
            self._menu.addAction(text).triggered.connect(partial(self._choose_own, inputs))
        model.changed.connect(self._follow)
        self._follow()

    def _choose(self, key: str | None) -> None:
        if key is not None:
            self.chosen.emit(key)
        else:
            tile = self.tiles[None]
            self._menu.popup(tile.mapToGlobal(tile.rect().bottomLeft()))

    def _choose_own(self, inputs: int, _checked: bool = False) -> None:
        self.own_wanted.emit(inputs)

    @Slot()
    def _follow(self) -> None:
        before, here = self._key, self._model.reading.table_key
        self._key = here
        if here != before and here not in tuple(TABLES)[:FIRST]:
            self.more.set_open(True)
        for key, tile in self.tiles.items():
            tile.setChecked(key == here)
        own = self.tiles[None]
        targets = self._model.content.targets if here is None else None
        if targets != own.targets:
            own.targets = targets
            own.update()


SLIDER_REACH = 3.0
"""Sliders go from −SLIDER_REACH to SLIDER_REACH, further where a value does."""
STEP = 0.05
BIAS: PartKey = (UnitPart.THRESHOLD, ALL)


class ControlPanel(PanelColumn):
    """Everything that can be set of a unit."""

    def __init__(self, model: NeuronModel, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._memory = model, memory
        self.setAccessibleName(self.tr("Settings of the neuron"))
        self._gestures: dict[PartKey, str] = {}
        self._shown: tuple[object, ...] = ()
        self.rows.setSpacing(9)
        self.sections = {
            "table": self._tables(),
            "parameters": self._parameters(),
            "threshold": self._threshold(),
            "output": self._outputs(),
            "lesson": self._lesson(),
        }
        for section in self.sections.values():
            self.rows.addWidget(section)
        self.sections["tables"] = self.presets.more
        self.rows.addStretch(1)
        model.changed.connect(self._follow)
        model.pointed.connect(self._light)
        self._follow()

    def _tables(self) -> Section:
        self.presets = Presets(self._model)
        self.presets.chosen.connect(lambda key: self._model.choose_table(TABLES[key]))
        self.presets.own_wanted.connect(self._model.choose_own)
        return Section(self.tr("What it should compute"), self.presets)

    def _lesson(self) -> Section:
        self.lesson = Lesson(self._model, self._memory)
        section = Section(self.tr("Try this"), self.lesson, is_line=True, is_open=False)
        self.lesson.stood.connect(section.set_hint)
        section.set_hint(self.lesson.standing)
        return section

    def _parameters(self) -> Section:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.sliders: dict[PartKey, ValueSlider] = {}
        for index in range(MOST_INPUTS):
            tip = self.tr("The weight of input {name}: above 0 it excites, below 0 it inhibits")
            self._add_slider(column, (UnitPart.WEIGHT, index), f"$w_{index + 1}$", tip.format(name=input_name(index)))
        tip = self.tr("The bias: minus the threshold, θ = −b")
        self._add_slider(column, BIAS, "$b$", tip)
        self.nudge = wrapped()
        self.nudge.setContentsMargins(6, 0, 0, 0)
        self.nudge.hide()
        column.addWidget(self.nudge)
        return Section(self.tr("Weights and bias"), content)

    def _threshold(self) -> Section:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        line = QHBoxLayout()
        line.addWidget(MathLabel(r"$\theta = -b$", 15.0), 1)
        self.threshold = DragNumber(
            0.0, -SLIDER_REACH, SLIDER_REACH, STEP, name=self.tr("Threshold θ"), hard=TYPED_PARAMETER.limits,
            tip=self.tr("It fires where the weighted sum reaches it"),
            shown=lambda value: parameter_text(value, self._model.reading),
        )  # fmt: skip
        self.threshold.moved.connect(lambda value: self._move(BIAS, -value + 0.0))
        self.threshold.settled.connect(lambda: self._settle(BIAS))
        self.threshold.nudged.connect(lambda old, new: self._say_nudge(BIAS, -old + 0.0, -new + 0.0))
        line.addWidget(self.threshold)
        line.setContentsMargins(6, 0, 2, 0)
        column.addLayout(line)
        self._ruled = 0
        self._rule = FormulaView(None, 14.0, ink="text_muted")
        self._rule.pointed.connect(self._model.point_at)
        column.addWidget(self._rule)
        return Section(self.tr("Threshold"), content, is_line=True, is_open=False)

    def _add_slider(self, column: QVBoxLayout, key: PartKey, label: str, tip: str) -> None:
        slider = ValueSlider(
            label, 0.0, -SLIDER_REACH, SLIDER_REACH, STEP, signed=True, tip=tip, hard=TYPED_PARAMETER.limits,
            name=weight_name(key[1]) if key[0] is UnitPart.WEIGHT else self.tr("Bias b"),
            shown=lambda value: parameter_text(value, self._model.reading),
        )  # fmt: skip
        slider.moved.connect(lambda value, key=key: self._move(key, value))
        slider.settled.connect(lambda key=key: self._settle(key))
        slider.nudged.connect(lambda old, new, key=key: self._say_nudge(key, old, new))
        slider.pointed.connect(lambda on, key=key: self._model.point_at(key if on else None))
        self.sliders[key] = slider
        column.addWidget(slider)

    def _outputs(self) -> Section:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        tips: dict[OutputKey, str] = {
            "step": self.tr("1 where z ≥ 0, else 0: all or nothing"),
            "logistic": self.tr("Between 0 and 1, a half at z = 0: 1/(1+e⁻ᶻ)"),
            "tanh": self.tr("Between −1 and 1, 0 at z = 0"),
        }
        self.output = Segments([(key, output_name(key), tips[key]) for key in OUTPUTS])
        self.output.chosen.connect(self._model.set_output)
        column.addWidget(self.output)
        self._about = wrapped()
        column.addWidget(self._about)
        return Section(self.tr("Output"), content, is_line=True, is_open=False)

    # Hands -----------------------------------------------------------------------------------------------------------

    def _move(self, key: PartKey, value: float) -> None:
        gesture = self._gestures.setdefault(key, new_gesture("slider"))
        if key == BIAS:
            self._model.set_bias(value, gesture)
        else:
            self._model.set_weight(key[1], value, gesture)

    def _settle(self, key: PartKey) -> None:
        self._gestures.pop(key, None)
        self._model.sheet.settle()

    def _say_nudge(self, key: PartKey, old: float, new: float) -> None:
        """Δy/Δw beside the derivative, once y is known."""
        if old == new or self._model.stage is not SignalStage.OUTPUT:
            return
        content = self._model.content
        made = nudge_bias(content, old, new) if key == BIAS else nudge_weight(content, key[1], old, new)
        self.nudge.setText(self._nudge_words("b" if key == BIAS else weight_name(key[1]), made))
        self.nudge.show()

    def _nudge_words(self, name: str, made: NeuronNudge) -> str:
        words = self.tr("Δy/Δ{name} = {measured}, derivative ∂y/∂{name} = {derivative}")
        sentence = words.format(name=name, measured=short(made.measured), derivative=short(made.derivative))
        if self._model.content.output != "step":
            return sentence
        jumped = made.output_after != made.output_before
        return f"{sentence}. " + (
            self.tr("It jumped, which no derivative predicts.")
            if jumped
            else self.tr("The step is flat: no slope says which way to go.")
        )

    # Showing ---------------------------------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        content = self._model.content
        self.nudge.hide()
        state = (content.unit, content.x, self._model.reading.decimals)
        if state == self._shown:
            return
        rewritten = self._shown[-1:] != state[-1:]  # decimals go by the other values too
        self._shown = state
        values: dict[PartKey, float] = {(UnitPart.WEIGHT, i): weight for i, weight in enumerate(content.weights)}
        values[BIAS] = content.bias
        reach = max(SLIDER_REACH, *(ceil(abs(value)) for value in values.values()))
        for key, slider in self.sliders.items():
            slider.setVisible(key in values)
            if key in values:
                if slider.number.maximum != reach:
                    slider.set_range(-reach, reach)
                if slider.value != values[key]:
                    slider.set_value(values[key])
                if rewritten:
                    slider.number.update()
        if self.threshold.maximum != reach:
            self.threshold.set_range(-reach, reach)
        self.threshold.set_value(content.unit.threshold)
        if rewritten:
            self.threshold.update()
        self._show_rule(len(content.weights))
        theta = parameter_text(content.unit.threshold, self._model.reading)
        self.sections["threshold"].set_hint(f"θ = {theta}")
        self.sections["output"].set_hint(output_name(content.output))
        self.output.choose(content.output)
        about = {
            "step": self.tr(
                "The threshold is McCulloch and Pitts' (1943): there, inputs count alike and one inhibitory input is a"
                " veto. Weights of any size, and a rule that learns them without a slope, are Rosenblatt's perceptron"
                " (1958)."
            ),
            "logistic": self.tr("It fires gradually and has a slope, so the cross-entropy has a gradient to descend."),
            "tanh": self.tr(
                "Goes gradually from −1 to 1, with a slope, so the cross-entropy of (1 + y)/2 has a gradient "
                "to descend."
            ),
        }
        self._about.setText(about[content.output])

    def _show_rule(self, inputs: int) -> None:
        """``fires where w₁x₁ + w₂x₂ ≥ θ``"""
        if self._ruled == inputs:
            return
        self._ruled = inputs
        terms: list[Row] = []
        for index in range(inputs):
            weight = Keyed((UnitPart.WEIGHT, index), Maths(f"w_{index + 1}"))
            terms.append(Row((weight, Keyed((UnitPart.INPUT, index), Maths(f"x_{index + 1}")))))
        joined = [box for term in terms for box in (operator("+"), term)][1:]
        words = Words(self.tr("fires where") + "  ", "text_muted")
        self._rule.set_box(Row((words, *joined, relation(r"\geq"), Keyed(BIAS, Maths(r"\theta")))))

    @Slot()
    def _light(self) -> None:
        lit = [key for key in self.sliders if is_lit(key, self._model.pointed_key)]
        for key, slider in self.sliders.items():
            slider.light(key in lit)
        keys = [*self.sliders, *((UnitPart.INPUT, index) for index in range(MOST_INPUTS))]
        self._rule.light([key for key in keys if is_lit(key, self._model.pointed_key)])
