"""What Wide & Deep answers, trained or as a draft: a record for each ask, which the asks fill and the window reads. It
loads no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan
from typing import Final, Literal

from engine.recommenders.answer_types import AnsweredProblem, Number, Numbers
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.judging.metrics import CalibrationRow, Estimate
from engine.recommenders.judging.standing import Standing, standing_of
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec

Part = Literal["train", "valid", "test"]
MODEL_PARTS: Final = ("wide", "deep", "joint")
"""The three models: each half by itself, and both together."""
CellValue = str | float | tuple[str, ...] | None
"""What a row holds in a column: a name, a number, a bag's names, or nothing."""
TermKind = Literal["single", "cross"]


@dataclass(frozen=True, slots=True)
class ColumnCondition:
    """That a column holds a value."""

    column: str
    value: str


# The network ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartSize:
    """A part of the split: its rows, and the share of them whose outcome is a yes."""

    part: str
    rows: int
    rate: Number


@dataclass(frozen=True, slots=True)
class PredictedGoal:
    """What is predicted: that ``column`` holds ``equals`` or, without it, a number ≥ ``at_least``. ``otherwise``: the
    only other text that the column holds, None where there are more."""

    column: str
    equals: str | None
    at_least: float
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class AboutWideDeep:
    """``about``. ``weights``: trainable numbers, of which ``wide_weights`` are the wide half's and ``wide_kept`` of
    these not 0; ``deep_weights``: the others. ``updates`` and ``epochs``: how far it has been trained.
    ``rows_of_file``: whether a row's number is that in its file, counting any header; else rows count from 0."""

    data: RecommenderData
    data_label: str
    notices: tuple[str, ...]
    rows_of_file: bool
    goal: PredictedGoal
    parts: tuple[PartSize, ...]
    categories: tuple[str, ...]
    numbers: tuple[str, ...]
    bags: tuple[str, ...]
    crosses: tuple[tuple[str, ...], ...]
    weights: int
    wide_weights: int
    wide_kept: int
    deep_weights: int
    spec: WideDeepSpec
    training: Training
    epochs: int
    updates: int


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value, in how many training rows it occurs, and the share of these whose outcome is a yes."""

    value: str
    rows: int
    rate: Number


@dataclass(frozen=True, slots=True)
class NameColumn:
    """A column of one name per row or, as a ``bag``, of any number. ``distinct``: names that training had."""

    name: str
    bag: bool
    distinct: int
    values: tuple[ValueCount, ...]


@dataclass(frozen=True, slots=True)
class NumberBin:
    """A number's bin, which the wide half knows as a category."""

    name: str
    rows: int
    rate: Number


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column of numbers, by its training rows. ``mean`` also stands for a missing value. ``quantiles``: at 0, ¼, ½,
    ¾ and 1."""

    name: str
    mean: Number
    deviation: Number
    whole: bool
    missing: int
    quantiles: Numbers
    bins: tuple[NumberBin, ...]


@dataclass(frozen=True, slots=True)
class AllColumns:
    """``columns``: those that the network was given."""

    names: tuple[NameColumn, ...]
    numbers: tuple[NumberColumn, ...]


# Rows -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListedRow:
    """``row``: its number in the whole table. ``right``: the outcome is the likelier one of the two."""

    row: int
    values: Mapping[str, CellValue]
    label: bool
    probability: Number
    right: bool


@dataclass(frozen=True, slots=True)
class FoundRows:
    """``rows``. ``found``: how many there are in all; ``part``: rows of the part."""

    found: int
    part: int
    rows: tuple[ListedRow, ...]


@dataclass(frozen=True, slots=True)
class WideTermShown:
    """A wide weight that is on. ``rows``: in how many training rows it is; in none, it has never moved."""

    name: str
    kind: TermKind
    conditions: tuple[ColumnCondition, ...]
    weight: Number
    rows: int


@dataclass(frozen=True, slots=True)
class BlockActivations:
    """What flows out of a block of the deep part, (width,)."""

    block: str
    title: str
    kind: str
    values: Numbers


@dataclass(frozen=True, slots=True)
class RowSum:
    """``logit`` = ``wide`` + ``deep`` + ``bias`` and ``wide`` = Σ weights of ``terms``, the heaviest first;
    ``probability`` = σ(logit).

    ``values``: what the row holds, by column; ``bins``: in which bin each number lies. ``unknown``: the columns whose
    value training did not have, which goes to the bucket for unknown ones. ``activations``: of the deep part, from its
    input on, where they were asked for.
    """

    values: Mapping[str, CellValue]
    bins: Mapping[str, str]
    unknown: tuple[str, ...]
    terms: tuple[WideTermShown, ...]
    bias: Number
    wide: Number
    deep: Number
    logit: Number
    probability: Number
    activations: tuple[BlockActivations, ...]


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """``row``. ``label``: the row's outcome. ``part``: of the split; what was trained on proves nothing."""

    row: int
    part: Part
    label: bool
    sum: RowSum


@dataclass(frozen=True, slots=True)
class BrokenPair:
    """Training always had ``usual`` in ``partner`` beside the ``value`` of ``column``; a row has ``found`` there."""

    column: str
    value: str | float | None
    partner: str
    usual: str | float | None
    found: str | float | None


@dataclass(frozen=True, slots=True)
class OutsideNumber:
    """A number that is less than ``least`` or more than ``most`` in training."""

    column: str
    value: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class RowChange:
    """``change``. ``label``: the outcome of the row as it is in the data; of the changed one nobody knows it.
    ``broken``: pairs of columns of which the first determines the second in training, but not in the changed row.
    ``outside``: changed numbers that lie below or above all of training."""

    row: int
    label: bool
    before: RowSum
    after: RowSum
    broken: tuple[BrokenPair, ...]
    outside: tuple[OutsideNumber, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """``probability`` of the row with its other values; ``pairs``: of the same with each pair in it."""

    who: str
    probability: Number
    pairs: Numbers


@dataclass(frozen=True, slots=True)
class Opinions:
    """``opinions``: this network's first, then those of the others in their order."""

    opinions: tuple[Opinion, ...]


# Crosses --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FeatureOn:
    """A feature that is 1 on the row, every other one of its cross being 0. ``weight``: null for a cross that the
    network does not have. ``rows``: in how many training rows it is 1; where it shares a weight, those of all that
    do."""

    name: str
    conditions: tuple[ColumnCondition, ...]
    weight: float | None
    rows: int


@dataclass(frozen=True, slots=True)
class TrainedCross:
    """``features``: how many there are, one for each combination of values; ``weights``: how many they have, fewer
    where the cross is ``hashed``. ``seen``: weights that are on in some training row. ``kept``: weights that are not 0.
    ``on``: those of the row, one or, with bags, any number."""

    columns: tuple[str, ...]
    features: int
    weights: int
    hashed: bool
    seen: int
    kept: int
    on: tuple[FeatureOn, ...]


@dataclass(frozen=True, slots=True)
class TrainedCrosses:
    """``crosses``. ``tried``: what the cross to try has on the row."""

    crosses: tuple[TrainedCross, ...]
    tried: tuple[FeatureOn, ...]


@dataclass(frozen=True, slots=True)
class HeavyWeight:
    """``rows``: in how many training rows it is on. ``sharing``: how many further combinations of those rows have the
    same weight, in a hashed cross."""

    name: str
    kind: TermKind
    conditions: tuple[ColumnCondition, ...]
    weight: Number
    rows: int
    sharing: int


@dataclass(frozen=True, slots=True)
class Heaviest:
    """``heaviest``: the largest by absolute value, largest first; none that is 0."""

    weights: tuple[HeavyWeight, ...]


@dataclass(frozen=True, slots=True)
class PairOpinion:
    """``probability``: of the row with the pair in place of its own values. ``mean``: over all test rows that have the
    pair, null where none has."""

    who: str
    probability: Number
    mean: float | None


@dataclass(frozen=True, slots=True)
class ValuePair:
    """A pair of values. ``rows`` and ``rate``: training rows, and the share of them that are a yes, null where there is
    none; ``test_rows`` and ``test_rate`` likewise."""

    name: str
    values: tuple[str, str]
    weight: Number
    rows: int
    rate: float | None
    test_rows: int
    test_rate: float | None
    said: tuple[PairOpinion, ...]


@dataclass(frozen=True, slots=True)
class CrossPairs:
    """``pair``. ``first`` (m,) and ``second`` (n,): values by name. ``weights``, ``rows`` and ``rates`` (m, n): each
    pair's weight, its training rows, and the share of a yes among them, null where no row has it. ``hashed``: pairs may
    share a weight, so that one without any row may have one that is not 0.

    ``memorised``: the pair of the largest absolute weight among those with enough training rows. ``never_seen``: the
    pair without any that would be the most frequent one if the two columns were independent, one of the test rows if
    these have any. It is of two different values: nobody is shown an app that they have. Null where there is none.
    """

    columns: tuple[str, str]
    hashed: bool
    first: tuple[str, ...]
    second: tuple[str, ...]
    weights: tuple[Numbers, ...]
    rows: tuple[tuple[int, ...], ...]
    rates: tuple[Numbers, ...]
    row: int
    memorised: ValuePair | None
    never_seen: ValuePair | None


# What it is worth -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CalibrationTable:
    """``calibration``. ``bins``: mean predicted and mean observed, lowest first. ``predicted`` and ``observed``: over
    all ``rows``."""

    rows: int
    predicted: Number
    observed: Number
    bins: tuple[CalibrationRow, ...]


@dataclass(frozen=True, slots=True)
class ComparedModel:
    """On the test rows. ``parts``: joint, wide or deep, as it was built; ``weights``: trainable numbers, of which
    ``wide_kept`` are wide ones that are not 0. ``probability``: of the row asked for. What is null does not apply."""

    who: str
    parts: str | None
    weights: int | None
    wide_kept: int | None
    auc: Number
    log_loss: Estimate
    probability: float | None
    calibration: tuple[CalibrationRow, ...]


@dataclass(frozen=True, slots=True)
class LossDifference:
    """Log loss of this network minus another's, row by row, with its standard error: below 0 it is the better one."""

    minus: str
    log_loss: Estimate

    @property
    def standing(self) -> Standing:
        """Better or worse by more than two standard errors, else level."""
        error = self.log_loss.error
        return "level" if isnan(error) else standing_of(-self.log_loss.value, error)


@dataclass(frozen=True, slots=True)
class HalfWithoutLoss:
    """A half that is no worse by itself than the joint model, by ``figure``. ``standing``: the joint model's to it,
    worse or level."""

    name: str
    figure: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class ModelComparison:
    """``compare``. ``label``: the outcome of the row asked for. ``models``: this network first, then others of the same
    rows, and simpler ones, which have no ``parts``. ``unopened``: why others can't be opened, by their names.
    ``half_without_loss``: null where neither is, and of a network that is a half."""

    rows: int
    label: bool | None
    models: tuple[ComparedModel, ...]
    differences: tuple[LossDifference, ...]
    unopened: Mapping[str, AnsweredProblem] = field(default_factory=dict)
    half_without_loss: HalfWithoutLoss | None = None

    @property
    def own(self) -> str:
        """Which of the three this network is."""
        return self.models[0].parts or ""

    @property
    def parts(self) -> tuple[ComparedModel, ...]:
        """Those of the three that are there."""
        return tuple(model for key in MODEL_PARTS if (model := self.of(key)) is not None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of those that are not there."""
        return tuple(key for key in MODEL_PARTS if self.of(key) is None)

    @property
    def simpler(self) -> tuple[ComparedModel, ...]:
        """The simpler models."""
        return tuple(model for model in self.models if model.parts is None)

    @property
    def between_parts(self) -> tuple[LossDifference, ...]:
        """What this network differs from the other two by."""
        return tuple(difference for difference in self.differences if difference.minus in MODEL_PARTS)

    @property
    def most_likely(self) -> float:
        """The greatest share in any calibration bin of the three, predicted or observed."""
        bins = (bin for model in self.parts for bin in model.calibration)
        return max((max(bin.predicted, bin.observed) for bin in bins), default=1.0)

    def of(self, key: str) -> ComparedModel | None:
        """Return a model by its part."""
        return next((model for model in self.models if model.parts == key), None)


# Crosses of a draft ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Combination:
    """A feature of a cross. ``rows``: training rows in which it is on, and ``share`` of all of them; ``rate``: of these
    rows, how many have the outcome yes, null where there are none. ``unknown``: a member is the bucket for values that
    are missing or that training did not have."""

    name: str
    conditions: tuple[ColumnCondition, ...]
    rows: int
    share: float
    rate: float | None
    unknown: bool

    @property
    def title(self) -> str:
        """``Masters × Sales``"""
        return " × ".join(condition.value for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class CrossMember:
    """A crossed column on the row. ``values``: those that the vocabulary knows, one or, of a bag, any number. ``x``: of
    their one-hot features, 1; 0 where the value is missing or unknown, and where a bag is empty."""

    column: str
    values: tuple[str, ...]
    x: int


@dataclass(frozen=True, slots=True)
class RowProduct:
    """φ of a cross on a row: ``product`` = Π x of ``members``. ``on``: the features that the row switches on, of a
    cross of bags any number. Where the product is 0 they are those of the bucket for unknown values, if any: they have
    weights too."""

    members: tuple[CrossMember, ...]
    product: int
    on: tuple[Combination, ...]


@dataclass(frozen=True, slots=True)
class DraftCross:
    """``features``: combinations that the vocabularies make possible, unknown values being one more; ``seen``: those of
    some training row. ``weights``: what the wide part has for them, fewer than features where the cross is hashed.
    ``frequent``: the most frequent ones. ``phi``: of the row, where one is asked for."""

    columns: tuple[str, ...]
    features: int
    seen: int
    weights: int
    hashed: bool
    frequent: tuple[Combination, ...]
    phi: RowProduct | None


@dataclass(frozen=True, slots=True)
class DraftCrosses:
    """``cross``. ``features``, ``seen`` and ``weights``: of all crosses together; ``rows``: training rows, of which
    ``rate`` have the outcome yes."""

    crosses: tuple[DraftCross, ...]
    features: int
    seen: int
    weights: int
    rows: int
    rate: float
