"""What an experiment is: a few configurations of a deep network, compared on the same data from the same seed."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema

from engine.activations import ACTIVATIONS, activation
from engine.formats.sheet import SheetFormat
from engine.graph.kinds.names import InitializerName
from engine.hyperparameters import OptimizerKey
from engine.initializers import initializer
from engine.problems import EngineError, declare
from engine.validation import sentence_of

__all__ = [
    "ACTIVATION_KEYS",
    "DATA",
    "FORM",
    "Configuration",
    "Experiment",
    "Normalisation",
    "parse_configuration",
    "usual_scale",
]

Normalisation = Literal["none", "layer", "batch"]
DataName = Literal["two-spirals", "circle", "exclusive-or", "two-gaussians", "moons", "checkerboard"]

DATA: tuple[DataName, ...] = get_args(DataName)
"""The sets of two classes in the plane that experiments run on."""

DEEPEST, WIDEST, MOST = 50, 128, 4
LARGEST_SCALE = 10.0

EXPERIMENT_RATE = 0.1
"""Not the playground's: an experiment takes plain gradient descent on all rows, whose steps are as small as the
gradient is, and is to show within 200 of them which depth learns."""

NOT_BY_UNIT = declare(
    "gradients.not-by-unit",
    "“{key}” mixes the units of a layer, so a unit has no slope of its own. Choose one of {known}.",
)

ACTIVATION_KEYS = tuple(key for key, one in ACTIVATIONS.items() if one.elementwise)
"""Activations that have a slope f′ for each unit, in palette order."""


def _by_unit(key: str) -> str:
    if not activation(key).elementwise:
        raise EngineError(NOT_BY_UNIT(key=key, known=", ".join(ACTIVATION_KEYS)))
    return key


HiddenActivation = Annotated[
    str, AfterValidator(_by_unit), WithJsonSchema({"type": "string", "enum": list(ACTIVATION_KEYS)})
]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Configuration(_Frozen):
    """One network: ``depth`` hidden layers of ``width`` units each, and how it is trained.

    ``scale`` is the initialiser's own number: the deviation s of *normal*, the bound of *uniform*, the constant, else
    the gain g. ``normalisation`` stands behind every hidden layer, ``skip`` leads round every hidden layer but the
    first. ``clip_norm``: the largest norm of the gradient; None: it is taken as it is.
    """

    depth: int = Field(default=10, ge=1, le=DEEPEST)
    width: int = Field(default=16, ge=1, le=WIDEST)
    activation: HiddenActivation = "logistic"
    initializer: InitializerName = "normal"
    scale: float = Field(default=0.1, ge=0.0, le=LARGEST_SCALE)
    normalisation: Normalisation = "none"
    skip: bool = False
    clip_norm: float | None = Field(default=None, gt=0.0, le=1e6)
    rate: float = Field(default=EXPERIMENT_RATE, gt=0.0, le=1e6)
    optimizer: OptimizerKey = "sgd"


class Experiment(_Frozen):
    """Configurations side by side. ``noise`` (per cent) blurs the data: without it the spirals begin with a point at 0,
    which passes nothing but zeros as long as biases are 0. ``samples``: training rows, all of which make up each step's
    one batch; ``steps``: how many steps training does."""

    configurations: tuple[Configuration, ...] = Field(
        default=(Configuration(), Configuration(activation="relu", initializer="he_normal", scale=1.0)),
        min_length=1,
        max_length=MOST,
    )
    data: DataName = "two-spirals"
    noise: float = Field(default=10.0, ge=0.0, le=50.0)
    samples: int = Field(default=250, ge=10, le=1000)
    seed: int = Field(default=117, ge=0, lt=2**31)
    steps: int = Field(default=200, ge=1, le=2000)


FORM = SheetFormat("neuroloom-experiment", 4, Experiment)
"""The files that experiments are kept in."""


def usual_scale(key: str) -> float:
    """The scale that an initialiser has unless one says another; 1 for one without a number."""
    parameter = initializer(key).parameter
    return parameter.default if parameter is not None else 1.0


def parse_configuration(values: object) -> Configuration:
    """A configuration from plain data. Raises EngineError with one sentence about the first field that is wrong."""
    try:
        return Configuration.model_validate(values)
    except ValidationError as error:
        raise EngineError(sentence_of(error)) from error
