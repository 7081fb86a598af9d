"""What a recommender declares, and what it offers once it is opened: command line and window read these alone.

Adding a recommender is adding one folder whose ``__init__.py`` registers a :class:`TaskKind`. Registering one loads
neither torch nor tables: that happens in ``open``, ``reopen``, ``draft`` and ``explain``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from engine.flags import Flag
from engine.graph.kinds.dense import MAX_UNITS
from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources import Gives, data_source
from engine.recommenders.running.settings import Training
from engine.recommenders.serving.asking import Askable

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from engine.data.sampling import Watch
    from engine.graph.model import NetworkGraph
    from engine.recommenders.data.profile.shapes import Profile, Use
    from engine.recommenders.data.row_snapshot import Frames, RowSnapshot
    from engine.recommenders.data.tables.row_numbers import RowNumbers
    from engine.recommenders.model.network import RecommenderNetwork
    from engine.recommenders.model.prepared_rows import PreparedRows
    from engine.recommenders.running import run_state
    from engine.recommenders.running.batches import BatchSource, WithheldBatches
    from engine.recommenders.running.checkpoints import Checkpoint
    from engine.recommenders.running.trainer import RecommenderTrainer

UNKNOWN_KIND = declare("recommender.unknown-kind", "There is no recommender “{kind}”; choose one of {known}.")
NO_ADDED_ROWS = declare(
    "recommender.no-added-rows", "“{path}” has no rows other than those the network was trained and tested on."
)
NO_ROW = declare("recommender.no-row", "There is no row {row}; the data has rows 0 to {last}.")
NO_FILE_ROW = declare(
    "recommender.no-file-row",
    "Row {row} of “{path}”, counting any header, wasn't read: it is outside rows {first} to {last}, or was left out."
    " Evaluate newer rows by themselves, or train again.",
)
NO_ROW_TRAINED = declare(
    "recommender.no-row-trained",
    "There was no row {row} when this was trained: the data had rows 0 to {last}. Evaluate newer rows by themselves,"
    " or train again.",
)

Figures = Mapping[str, float]
Part = Literal["valid", "test"]
"""The rows that a run chooses by, and the rows kept to its end; the same ones where a task has but one such set."""
NETWORK = "this network"
"""What the network is called in a verdict."""
TRUTH = "the truth itself"
"""A generated world's own truth in a verdict: no model, but what none can be better than but by luck."""
A_ROW = "a row: of a file by its number in it, counting any header; else from 0"
"""What a parameter says that names one."""
FIRST_ROWS = 5
"""Rows that are shown where none are asked for."""


def figures_of(run: run_state.RunState) -> tuple[run_state.Figures, Mapping[str, run_state.Figures]]:
    """The run's own figures and those of the simpler models: of the verdict once there is one, else the latest. Its
    companions, which are parts of the very network, are not among them, nor is a generated world's own truth."""
    if NETWORK not in run.judged:
        return run.figures, simple_models(run.compared, ())
    return run.judged[NETWORK], simple_models(run.judged, run.companions)


def simple_models(
    figures: Mapping[str, run_state.Figures], companions: Collection[str]
) -> Mapping[str, run_state.Figures]:
    """The simpler models among those that have figures."""
    return {name: own for name, own in figures.items() if name not in (NETWORK, TRUTH, *companions)}


class RecommenderTask(Protocol):
    """A network, the rows that it is trained on, and how it is judged on those that it is not."""

    data: RecommenderData
    network: RecommenderNetwork
    training: Training

    @property
    def notices(self) -> tuple[Problem, ...]:
        """What a person should know of the data before training: what was done to it as it was read, and what in it
        spoils the figures."""

    @property
    def trainer(self) -> RecommenderTrainer:
        """The network's optimisers."""

    @property
    def batches(self) -> BatchSource:
        """The rows to train on, batch by batch."""

    @property
    def examples(self) -> int:
        """Rows that :meth:`prepared` can be asked for."""

    @property
    def numbering(self) -> RowNumbers:
        """What those are called."""

    def prepared(self, rows: NDArray[np.int64]) -> PreparedRows:
        """Some rows, with their outcomes, ready for a pass."""

    @property
    def withheld(self) -> WithheldBatches | None:
        """The rows that an epoch is chosen by, where the network is to learn from them too once it is; None where they
        stay apart."""

    def document(self) -> dict[str, Any]:
        """What a checkpoint keeps, from which :meth:`TaskKind.reopen` makes the task again: under ``task`` its kind's
        key, under ``model`` the model without its weights, under ``data`` the choice of data, and under ``fingerprint``
        that of its files."""

    @property
    def snapshot(self) -> RowSnapshot | None:
        """The rows that a checkpoint carries; None where a seed draws them, or where they are too many."""

    @property
    def judged_rows(self) -> int:
        """Rows that are kept to the end, to judge on."""

    def figures(self, part: Part = "valid") -> Figures:
        """How good the network is on some rows; on those kept to the end with standard errors, ``auc.error`` of
        ``auc``, where there are any to be had, and of a companion with ``auc.apart`` as :meth:`baselines` has it."""

    def baselines(self, part: Part = "valid") -> Iterator[tuple[str, Figures]]:
        """How good simpler models are on the very same rows, by name; one after another, as some take long. On those
        kept to the end with standard errors too, and ``auc.apart``: that of the network's figure minus theirs, measured
        row by row or user by user."""

    def companions(self) -> Mapping[str, RecommenderTask]:
        """Models of the same rows that say what this one's parts are worth, by names that a file can have; none where
        there are no such. Raises EngineError as :meth:`TaskKind.open` does."""


def verdict(task: RecommenderTask, companions: Mapping[str, RecommenderTask]) -> Mapping[str, Figures]:
    """How good the network is on the rows kept to the end, and beside it its companions and simpler models on the very
    same rows."""
    judged = {NETWORK: task, **companions}
    return {**{name: model.figures("test") for name, model in judged.items()}, **dict(task.baselines("test"))}


class Others(Protocol):
    """Further checkpoints, which an answer is to compare with or to go on with."""

    def __call__(self, path: Path) -> RecommenderTask:
        """The trained task of a checkpoint, opened once. Raises EngineError."""


Hidden = Annotated[tuple[Annotated[int, Field(ge=1, le=MAX_UNITS)], ...], Field(max_length=64)]
"""Units of each hidden layer, as many as a dense block may have."""


class Spec(BaseModel):
    """Base of what can be chosen of a recommender: immutable, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class RecommenderQuestion(BaseModel):
    """What a trained recommender can be asked; each kind adds its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    rows: Annotated[tuple[int, ...], Flag(metavar="I,…")] = Field(
        default=(), description="rows: of a file by their number in it, counting any header; else from 0"
    )
    shown: int = Field(default=12, ge=1, description="how many to show")

    def rows_of(self, numbering: RowNumbers, data: RecommenderData) -> NDArray[np.int64]:
        """The rows asked for of ``data``, numbered so in training, or the first few. Raises EngineError for one that is
        none."""
        import numpy as np

        first = range(min(FIRST_ROWS, numbering.count))
        return np.array([row_at(row, numbering, data) for row in self.rows] or first, np.int64)


def row_at(number: int, numbering: RowNumbers, data: RecommenderData) -> int:
    """The row of a number. Raises EngineError for one that is none of those that ``data`` had in training: a person's
    own file may have it by now."""
    if (index := numbering.index(number)) is not None:
        return index
    if numbering.of_file is not None:
        first, last = numbering.number(0), numbering.number(numbering.count - 1)
        path = "" if data.path is None else data.path.name
        raise EngineError(NO_FILE_ROW(row=number, path=path, first=first, last=last))
    no_row = NO_ROW if data.path is None else NO_ROW_TRAINED
    raise EngineError(no_row(row=number, last=numbering.count - 1))


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Rows under a head; the first column is flush left where it is shown in columns."""

    head: Sequence[str]
    rows: Sequence[Sequence[str | float]]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer to a question: ``document`` for programs, ``told`` for people, lines and tables in their order."""

    document: Mapping[str, object]
    told: Sequence[str | PrintedTable]


@dataclass(frozen=True, slots=True)
class Carried:
    """The data of a training as its checkpoint carries them: the :meth:`Task.document`, and the rows of the
    :attr:`Task.snapshot`."""

    kept: Mapping[str, Any]
    rows: Frames


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The rows that a file has now, as :attr:`Task.snapshot` packs them, and the notices of reading them."""

    frames: Frames
    notices: tuple[Problem, ...]


S = TypeVar("S", bound=Spec)


@dataclass(frozen=True, slots=True)
class Preset(Generic[S]):
    """Where a run starts from when nothing else is asked for."""

    spec: S
    training: Training


class TaskKind(ABC, Generic[S]):
    """A recommender. Subclasses are stateless; one instance of each is registered.

    ``label`` and ``summary`` are shown to people; ``purpose`` is what it does, for the middle of a sentence.
    ``needs``: what its data must give; ``usual_sources``: what it is trained on unless other data are named, the first
    that is here.
    ``best``: the figures that come first where there is room for few; by the first of them, the higher the better, a
    run chooses its epoch. ``start``: the preset for any data, ``starts`` those for the data of some sources. ``trial``:
    data that its speed is measured on. ``in_parts``: whether its starts have parts that can be trained by themselves
    beside it, to say what each is worth. ``features``: what each sort of feature is that can be switched on and off.
    """

    key: str
    label: str
    summary: str
    purpose: str
    spec_type: type[S]
    question_type: type[RecommenderQuestion] = RecommenderQuestion
    needs: Gives
    usual_sources: tuple[str, ...]
    best: tuple[str, ...] = ()
    start: Preset[S]
    starts: Mapping[str, Preset[S]] = {}
    trial: RecommenderData
    in_parts: bool = False
    features: Mapping[str, str] = {}

    def best_in(self, kept: Mapping[str, Any]) -> tuple[str, ...]:
        """The figures of :attr:`best` as the task of a :meth:`Task.document` has them."""
        return self.best

    def compared_by(self, chosen_by: str | None = None) -> tuple[str, ...]:
        """The figures by which a run is told in lists, the one that it is compared by first; ``chosen_by``: the figure
        that it says that it chooses its epoch by."""
        return self.best

    @property
    def default_source(self) -> str:
        """The data that it is trained on here unless others are named."""
        return next(key for key in self.usual_sources if data_source(key).is_here)

    def preset(self, source: str) -> Preset[S]:
        """The start for data of this source."""
        return self.starts.get(source, self.start)

    @abstractmethod
    def open(
        self,
        data: RecommenderData,
        spec: S,
        training: Training,
        device: str = "cpu",
        split: int = 0,
        progress: Callable[[float], None] | None = None,
        graph: NetworkGraph | None = None,
    ) -> RecommenderTask:
        """A new task. ``split`` seeds which rows are kept to judge on, where that is drawn; ``progress`` is told the
        share of the data that is read, in the calling thread. ``graph``: the one that is trained, which overrules what
        the spec says of it; None for the template that the spec draws up.

        Raises EngineError where the data cannot be read, or are not what the model learns from, and where a graph does
        not fit the two.
        """

    @abstractmethod
    def draft(
        self,
        data: RecommenderData,
        spec: S,
        split: int = 0,
        progress: Callable[[float], None] | None = None,
        graph: NetworkGraph | None = None,
        carried: Carried | None = None,
    ) -> Askable[Any]:
        """What a program can ask before anything is trained: the template, what an edited graph would have, and what
        its data can tell. Nothing is trained and torch is not loaded. ``carried``: rows to read in place of the data's.

        Raises EngineError as :meth:`open` does, but for a graph that does not fit: that can be asked about.
        """

    @abstractmethod
    def reopen(
        self,
        kept: Mapping[str, Any],
        data: RecommenderData,
        training: Training,
        device: str = "cpu",
        rows: Frames | None = None,
    ) -> RecommenderTask:
        """The task whose :meth:`Task.document` was ``kept``, its network as it began, on the ``rows`` of its
        :attr:`Task.snapshot`; without them, as for checkpoints of old, on those of the data. Raises EngineError."""

    def profile_carried(self, carried: Carried, data: RecommenderData, watch: Watch) -> Profile:
        """What is in the rows that a checkpoint carries. Raises EngineError where they aren't those of its model."""
        raise NotImplementedError(self.key)

    def read_rows(self, data: RecommenderData) -> ReadRows:
        """The rows that the data have now. Raises EngineError."""
        raise NotImplementedError(self.key)

    def judged_as(self, kept: Mapping[str, Any]) -> object:
        """What decides, besides the rows themselves, what the figures of a :meth:`Task.document` are of: the target and
        which rows are held out. Raises LookupError or TypeError for a damaged one."""
        return kept.get("split")

    def doubts(self, kept: Mapping[str, Any]) -> tuple[Problem, ...]:
        """What the figures of a :meth:`Task.document` can't say. Raises as :meth:`judged_as` does."""
        return ()

    def spec_on(self, spec: S, graph: NetworkGraph | None, data: RecommenderData) -> S:
        """The spec of a plan, whose ``graph`` overrules it, as far as other columns of its data still allow it."""
        return spec

    def columns_read(self, kept: Mapping[str, Any]) -> Mapping[str, Use]:
        """What each column is read as, of a table whose columns can be chosen. Raises as :meth:`judged_as` does."""
        return {}

    def fits(self, kept: Mapping[str, Any], data: RecommenderData) -> bool:
        """Whether the rows that the data have now are those that the model in a :meth:`Task.document` was fitted to, as
        far as it can tell: for checkpoints that do not carry their rows. Raises EngineError."""
        return True

    def judged_rows(self, before: Frames, now: Frames) -> int:
        """How many rows :meth:`on_added_rows` judges on, where the :attr:`Task.snapshot` was of the rows ``before``."""
        from engine.recommenders.data.row_snapshot import added_rows, identities

        return len(added_rows(identities(before), identities(now)))

    def none_judged(self, path: str) -> Problem:
        """Why rows that were added can't be judged on, where :meth:`judged_rows` counts none."""
        return NO_ADDED_ROWS(path=path)

    def on_added_rows(self, task: RecommenderTask) -> RecommenderTask:
        """The same network, to be judged on those rows that its data have now and had not when it was trained.

        Raises EngineError where there are none, or where the data cannot be read.
        """
        raise EngineError(NO_ADDED_ROWS(path=data_source(task.data.source).label))

    @abstractmethod
    def explain(self, task: RecommenderTask, question: RecommenderQuestion, others: Others) -> Explanation:
        """What a trained task of this kind would recommend or expect, and why; ``others``: opens checkpoints of other
        tasks that a question names. Raises EngineError."""

    def askable(self, task: RecommenderTask, checkpoint: Checkpoint, others: Others) -> Askable[Any]:
        """What a program can go on asking a task of this kind, which has been trained as the checkpoint says."""
        return Askable(task, ())


_KINDS: dict[str, TaskKind[Any]] = {}


def register(kind: TaskKind[Any]) -> None:
    """Make a kind known. Raises ValueError when its key is taken."""
    if kind.key in _KINDS:
        raise ValueError(f"recommender {kind.key!r} is registered twice")
    _KINDS[kind.key] = kind


def unregister(key: str) -> None:
    """Forget a kind. Raises KeyError when there is none of this key."""
    del _KINDS[key]


def task_kind(key: str) -> TaskKind[Any]:
    """The kind with this key. Raises EngineError naming the known ones."""
    try:
        return _KINDS[key]
    except KeyError:
        raise EngineError(UNKNOWN_KIND(kind=key, known=", ".join(_KINDS))) from None


def task_kinds() -> tuple[TaskKind[Any], ...]:
    """Every registered kind, in the order in which they are offered."""
    return tuple(_KINDS.values())
