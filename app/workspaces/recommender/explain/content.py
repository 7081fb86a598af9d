"""What the views of "Explain a row" are shown: plain immutable data, read from the answers of the trained model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from app.workspaces.recommender.answers import Number, at
from engine.recommenders.judging.standing import Standing, standing_of
from engine.recommenders.tasks.wide_deep.tied_columns import BrokenPair

WIDE: Final = "wide"
DEEP: Final = "deep"
JOINT: Final = "joint"
SEVERAL: Final = "bag"
PARTS: Final = (WIDE, DEEP, JOINT)
"""Keys of the three models, in the order in which they are shown."""

Value = str | float | None
"""A cell of the table: a text, a number, or nothing."""


Place = tuple[int, int]
"""Down and across in a map of pairs."""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that training has not seen. ``cells``: as the table has them, in the order of its columns. ``yes``: what
    came of it."""

    row: int
    cells: tuple[str, ...]
    probability: float
    yes: bool

    @property
    def right(self) -> bool:
        """Whether the likelier outcome came."""
        return (self.probability >= 0.5) == self.yes


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows kept from training. ``kept``: how many there are, ``total``: rows of the whole table; ``goal``: what a
    yes is, in words; ``foremost``: the columns that say most in least room. ``loading``: more are to come."""

    columns: tuple[str, ...]
    rows: tuple[KeptRow, ...]
    kept: int
    total: int
    goal: str
    foremost: tuple[str, ...]
    loading: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One weight of the wide part that is on for the row: of a value of one column, or of a cross of several.

    ``values``: one for each of the ``columns``; ``words``: the same so that each can be read without its column.
    ``count``: training rows in which the weight is on. ``shared``: other combinations may have the same weight.
    """

    columns: tuple[str, ...]
    values: tuple[str, ...]
    words: tuple[str, ...]
    weight: float
    count: int
    shared: bool = False

    @property
    def single(self) -> bool:
        """Whether it is of one column."""
        return len(self.columns) == 1

    @property
    def title(self) -> str:
        """``Masters × Exec-managerial``; a value of one column alone is named with its column."""
        if self.single:
            return f"{self.columns[0]} {self.values[0]}"
        return " × ".join(self.words)


@dataclass(frozen=True, slots=True)
class Explained:
    """A row as the model sums it up: ``wide`` (the sum of its ``terms``) + ``deep`` + ``bias`` = ``logit``.

    ``values``: the row's cells by column, changes made. ``unknown``: columns whose value training had not, so that they
    are in the bucket for unknown ones. ``yes``: what came of it, None for a changed row; ``goal``: what a yes is, in
    words. ``layers``: units of the hidden layers; none without a deep part. ``broken``: pairs of columns that always go
    together in training, and do not in this row.
    """

    row: int
    values: Mapping[str, Value]
    changed: frozenset[str]
    unknown: Mapping[str, str]
    bias: float
    wide: float
    deep: float
    logit: float
    probability: float
    yes: bool | None
    goal: str
    terms: tuple[Term, ...]
    has_wide: bool = True
    has_deep: bool = True
    layers: tuple[int, ...] = ()
    broken: tuple[BrokenPair, ...] = ()


@dataclass(frozen=True, slots=True)
class EditColumn:
    """A column that can be changed: one of its ``choices``, or a number between ``low`` and ``high`` in training."""

    name: str
    kind: Literal["category", "number", "bag"]
    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    whole: bool = False

    @property
    def holds_several(self) -> bool:
        """Whether a row has several names there, or none."""
        return self.kind == SEVERAL


@dataclass(frozen=True, slots=True)
class CrossName:
    """A cross of two columns or more: as the model calls them, and as people do (``members``). ``features``: how many
    products it gives. ``hashed``: there are fewer weights than products, so that several may share one."""

    columns: tuple[str, ...]
    members: tuple[str, ...]
    features: int = 0
    hashed: bool = False

    @property
    def key(self) -> str:
        """Tells it from the others."""
        return " × ".join(self.columns)

    @property
    def title(self) -> str:
        """``education × occupation``."""
        return " × ".join(self.members)


@dataclass(frozen=True, slots=True)
class ValueName:
    """A value of a crossed column: ``key`` as the model has it, ``text`` beside its column's name, ``word`` alone."""

    key: str
    text: str
    word: str


@dataclass(frozen=True, slots=True)
class PairMap:
    """All pairs of one cross: ``weights[d][a]`` is that of ``down[d]`` and ``across[a]``, ``counts`` how many training
    rows have the pair and ``yes`` how many of them came out as a yes, which is ``goal`` in words."""

    cross: CrossName
    down: tuple[ValueName, ...]
    across: tuple[ValueName, ...]
    weights: tuple[tuple[float, ...], ...]
    counts: tuple[tuple[int, ...], ...]
    yes: tuple[tuple[int, ...], ...]
    goal: str

    def title(self, place: Place) -> str:
        """A pair by name, in the order of the cross."""
        return f"{self.across[place[1]].word} × {self.down[place[0]].word}"

    @property
    def unseen(self) -> int:
        """Pairs that no training row has."""
        return sum(count == 0 for row in self.counts for count in row)

    @property
    def pairs(self) -> int:
        """All pairs shown."""
        return len(self.down) * len(self.across)

    @property
    def reach(self) -> float:
        """The greatest absolute weight."""
        return max((abs(weight) for row in self.weights for weight in row), default=0.0)


@dataclass(frozen=True, slots=True)
class PairCase:
    """A pair put into the chosen row, and what each model says of that row then; a missing model has no entry."""

    place: Place
    probabilities: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """A mean and its standard error, None where there is none."""

    value: float
    error: float | None = None


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Equally many rows: what was predicted of them on average, what came, and how many they are."""

    predicted: float
    observed: float
    count: int


@dataclass(frozen=True, slots=True)
class Judged:
    """One model on the test rows. ``key``: which of the three it is, None for a simpler model. ``weights``: trainable
    numbers, None where that is not known."""

    who: str
    key: Annotated[str | None, at("parts")]
    weights: int | None
    log_loss: Measured
    auc: Number
    calibration: tuple[CalibrationBin, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The paired difference of log losses, this network's less another's: below 0 this one is better."""

    minus: str
    log_loss: Measured

    @property
    def standing(self) -> Standing:
        """Better or worse by more than two standard errors, else level."""
        error = self.log_loss.error
        return "level" if error is None else standing_of(-self.log_loss.value, error)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``compare``: the models on the same test rows, this network first, and its differences from the others."""

    rows: int
    models: tuple[Judged, ...]
    differences: tuple[Difference, ...]

    @property
    def own(self) -> str:
        """Which of the three this network is."""
        return self.models[0].key or ""

    @property
    def parts(self) -> tuple[Judged, ...]:
        """Those of the three that are there."""
        return tuple(model for key in PARTS if (model := self.of(key)) is not None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of those that are not there."""
        return tuple(key for key in PARTS if self.of(key) is None)

    @property
    def simpler(self) -> tuple[Judged, ...]:
        """The simpler models."""
        return tuple(model for model in self.models if model.key is None)

    @property
    def between_parts(self) -> tuple[Difference, ...]:
        """What this network differs from the other two by."""
        return tuple(difference for difference in self.differences if difference.minus in PARTS)

    @property
    def most_likely(self) -> float:
        """The greatest share in any calibration bin of the three, predicted or observed."""
        bins = (bin for model in self.parts for bin in model.calibration)
        return max((max(bin.predicted, bin.observed) for bin in bins), default=1.0)

    def of(self, key: str) -> Judged | None:
        """A model by its key."""
        return next((model for model in self.models if model.key == key), None)


@dataclass(frozen=True, slots=True)
class Feature:
    """One x of a cross-product: which condition it stands for, at length and in a ``word``, and its value on the
    row."""

    name: str
    word: str
    value: float


@dataclass(frozen=True, slots=True)
class Phi:
    """φ of one product on a row: Π x over the ``features``. ``on``: in how many training rows it is 1, None where it
    may share its weight, so that those rows are not all that the weight comes from."""

    features: tuple[Feature, ...]
    weight: float
    on: int | None

    @property
    def value(self) -> float:
        """The product."""
        product = 1.0
        for feature in self.features:
            product *= feature.value
        return product
