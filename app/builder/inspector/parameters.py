"""Fields for a block's parameters, made from the kind's own declaration of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.kit.formula.view import MathLabel
from app.kit.numbers import plain
from app.kit.translation import labels_of, sentence_of, worded
from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import ElidedLabel
from app.kit.widgets.number_field import NumberField
from app.kit.widgets.slider import LabelledSlider, Linear, Listed
from app.kit.words import plain_tip
from engine.activations import ActivationParameter, activation
from engine.graph.kinds import BlockParams
from engine.initializers import INITIALIZERS, InitializerParameter, initializer
from engine.losses import LOSSES, loss

Parameter = ActivationParameter | InitializerParameter

ELSEWHERE = {"features", "activation", "column", "columns", "size", "items", "crosses", "powers"}
"""Parameters that have a control of their own beside these fields, or that the data set."""
TINY = 1e-12
"""How far inside an open end of its bounds a value must stay."""
UNIT_STEPS = Listed((*range(1, 17), 20, 24, 32, 48, 64, 96, 128))


def words_for(name: str) -> tuple[str, str]:
    """A parameter's label and what its tooltip teaches; a name without words of its own is its own label."""
    say = QCoreApplication.translate
    known = {
        "units": (say("Parameters", "Units"), say("Parameters", "Neurons of this layer: its width")),
        "bias": (
            say("Parameters", "Bias"),
            say("Parameters", "Adds b to every unit, so its output needn't be 0 when its inputs are"),
        ),
        "loss": (
            say("Parameters", "Loss"),
            say("Parameters", "How far an answer is from its target; training minimises this"),
        ),
        "initializer": (
            say("Parameters", "Start weights"),
            say("Parameters", "How weights are drawn at the next reset; fans in and out keep signals from fading"),
        ),
        "rate": (say("Parameters", "Rate p"), say("Parameters", "Share of the units silenced in each step")),
        "momentum": (
            say("Parameters", "Momentum"),
            say("Parameters", "How fast the running mean and variance follow the batches"),
        ),
        "dimensions": (say("Parameters", "Dimensions"), say("Parameters", "Numbers in the vector of each id")),
        "scale": (
            say("Parameters", "Scale"),
            say("Parameters", "Standard deviation of the table's first numbers"),
        ),
        "quantiles": (
            say("Parameters", "Quantiles"),
            say("Parameters", "Number of quantiles used to map each number; 0: leave it unchanged"),
        ),
        "buckets": (
            say("Parameters", "Buckets"),
            say("Parameters", "A cross with more combinations than this is hashed into this many"),
        ),
        "negatives": (
            say("Parameters", "Negatives"),
            say("Parameters", "Number of other items to contrast in each step; 0: all of them, the full softmax"),
        ),
        "drawn_by": (
            say("Parameters", "Drawn by"),
            say("Parameters", "How negatives are drawn: by how often they are watched, or uniformly"),
        ),
        "log_q": (
            say("Parameters", "Correct by log Q"),
            say("Parameters", "Subtracts from each item's score the log of how often it is drawn"),
        ),
        "epsilon": (say("Parameters", "ε"), say("Parameters", "Keeps the division safe where the variance is 0")),
    }
    return known.get(name, (name, name))


def word_for(value: str) -> str:
    """One of a few named values, in the window's language."""
    known = {
        "frequency": QCoreApplication.translate("Parameters", "frequency"),
        "uniform": QCoreApplication.translate("Parameters", "uniform"),
    }
    return known.get(value, value)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and greatest value of a parameter."""

    low: float
    high: float


def bounds_of(params: type[BlockParams], name: str) -> Bounds:
    """The bounds that the parameter's declaration sets; wide ones where it sets none."""
    low, high = -1e12, 1e12
    for rule in params.model_fields[name].metadata:
        if isinstance(rule, Ge):
            low = _number(rule.ge)
        elif isinstance(rule, Gt):
            low = _number(rule.gt) + TINY
        elif isinstance(rule, Le):
            high = _number(rule.le)
        elif isinstance(rule, Lt):
            high = _number(rule.lt) - TINY
    return Bounds(low, high)


def _number(bound: Any) -> float:
    return float(bound)


def with_resets(params: BlockParams, changes: dict[str, object]) -> dict[str, object]:
    """The changes, and the default for a number that means nothing to another activation or initialiser."""
    before, after = params.model_dump(), dict(changes)
    if "activation" in changes and changes["activation"] != before["activation"]:
        after.setdefault("alpha", None)
    if "initializer" in changes:
        parameters = [initializer(str(key)).parameter for key in (before["initializer"], changes["initializer"])]
        if parameters[0] != parameters[1]:
            after.setdefault("scale", None)
    return after


class ParameterFields(QWidget):
    """``edited(name, value, gesture)``: by hand only; ``gesture`` is empty for what is no drag."""

    edited = Signal(str, object, str)

    def __init__(self, params: type[BlockParams], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._type = params
        self._setters: dict[str, Callable[[BlockParams], None]] = {}
        self.controls: dict[str, QWidget] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        for name in params.model_fields:
            if name not in ELSEWHERE:
                self._build(name)

    def set_params(self, params: BlockParams) -> None:
        """Show other values; nothing is emitted."""
        for setter in self._setters.values():
            setter(params)

    def set_classes(self, classes: int) -> None:
        """Grey out the losses that this many classes (0: a regression) do not allow; their tooltips say why."""
        choice = self.controls.get("loss")
        if not isinstance(choice, Choice):
            return
        model = choice.model()
        assert isinstance(model, QStandardItemModel)  # what a combo box has unless it is given another
        for row, measure in enumerate(LOSSES.values()):
            problem = measure.supports(classes)
            model.item(row).setEnabled(problem is None)
            tip = worded(measure.label) if problem is None else sentence_of(problem)
            choice.setItemData(row, plain_tip(tip), Qt.ItemDataRole.ToolTipRole)

    def _build(self, name: str) -> None:
        kind = self._type.model_fields[name].annotation
        if name == "initializer":
            self._list(name, labels_of(INITIALIZERS), lambda k: initializer(k).formula)
        elif name == "loss":
            self._list(name, labels_of(LOSSES), lambda key: loss(key).delta_formula)
        elif name == "alpha":
            self._dependent(name, lambda params: activation(params.activation).parameter)
        elif name == "scale" and "initializer" in self._type.model_fields:
            self._dependent(name, lambda params: initializer(params.initializer).parameter)
        elif kind is bool:
            self._switch(name)
        elif kind is int:
            self._whole(name)
        elif kind is float:
            self._real(name)
        elif get_origin(kind) is Literal:
            self._list(name, [(value, word_for(value)) for value in get_args(kind)])

    def _add(self, name: str, control: QWidget, setter: Callable[[BlockParams], None]) -> None:
        self.controls[name] = control
        self._setters[name] = setter
        self._rows.addWidget(control)

    def _list(self, name: str, entries: list[tuple[str, str]], formula: Callable[[str], str] | None = None) -> None:
        label, tip = words_for(name)
        choice = Choice(label, entries, tip)
        maths = MathLabel("", 14.0, colour="text_muted") if formula is not None else None
        choice.picked.connect(lambda key: self.edited.emit(name, key, ""))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        caption = ElidedLabel(label)
        line.addWidget(caption, 2)
        line.addWidget(choice, 3)

        def show(params: BlockParams) -> None:
            key = getattr(params, name)
            choice.choose(key)
            if maths is not None and formula is not None:
                maths.set_text(formula(key))

        self.controls[name], self._setters[name] = choice, show
        self._rows.addWidget(row)
        if maths is not None:
            self._rows.addWidget(maths)

    def _switch(self, name: str) -> None:
        label, tip = words_for(name)
        box = QCheckBox(label)
        box.setToolTip(plain_tip(tip))
        box.setAccessibleName(label)
        box.clicked.connect(lambda on: self.edited.emit(name, on, ""))
        self._add(name, box, lambda params: box.setChecked(getattr(params, name)))

    def _whole(self, name: str) -> None:
        """A slider for a layer's width; a field to scrub for what goes into the thousands."""
        label, tip = words_for(name)
        bounds = bounds_of(self._type, name)
        control: LabelledSlider | NumberField
        if name == "units":
            control = LabelledSlider(label, UNIT_STEPS, tip, hard=(bounds.low, bounds.high))
        else:
            control = NumberField(label, bounds.low, bounds.high, tip, log=True, whole=True, least=1.0)
        control.edited.connect(lambda value, gesture: self.edited.emit(name, round(value), gesture))
        self._add(name, control, lambda params: control.set_value(getattr(params, name)))

    def _real(self, name: str) -> None:
        """A slider where both ends are near, a field to scrub where they are not."""
        label, tip = words_for(name)
        bounds = bounds_of(self._type, name)
        control: LabelledSlider | NumberField
        if bounds.high - bounds.low <= 10:
            scale = Linear(max(round(bounds.low, 2), bounds.low), bounds.high, 0.01)
            control = LabelledSlider(label, scale, tip, hard=(bounds.low, bounds.high))
        else:
            control = NumberField(label, bounds.low, bounds.high, tip, log=bounds.low > 0, least=bounds.low or 1e-6)
        control.edited.connect(lambda value, gesture: self.edited.emit(name, value, gesture))
        self._add(name, control, lambda params: control.set_value(getattr(params, name)))

    def _dependent(self, name: str, parameter_of: Callable[[Any], Parameter | None]) -> None:
        """The one number that the chosen activation or initialiser has, if it has one."""
        place = QWidget()
        rows = QVBoxLayout(place)
        rows.setContentsMargins(0, 0, 0, 0)
        sliders: dict[str, LabelledSlider] = {}

        def show(params: BlockParams) -> None:
            parameter = parameter_of(params)
            place.setVisible(parameter is not None)
            for slider in sliders.values():
                slider.hide()
            if parameter is None:
                return
            key = f"{parameter.name}/{parameter.maximum}"
            if key not in sliders:
                sliders[key] = self._parameter_slider(name, parameter)
                rows.addWidget(sliders[key])
            value = getattr(params, name)
            sliders[key].set_value(parameter.default if value is None else value)
            sliders[key].show()

        self._add(name, place, show)

    def _parameter_slider(self, name: str, parameter: Parameter) -> LabelledSlider:
        steps = Linear(parameter.minimum, parameter.maximum, (parameter.maximum - parameter.minimum) / 100)
        tip = self.tr("{label}: from {low} to {high}, {default} by default").format(
            label=parameter.label,
            low=plain(parameter.minimum),
            high=plain(parameter.maximum),
            default=plain(parameter.default),
        )
        slider = LabelledSlider(parameter.label, steps, tip)
        slider.edited.connect(lambda value, gesture: self.edited.emit(name, value, gesture))
        return slider
