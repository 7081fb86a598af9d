"""The draft of the next run: its graph and all else that is asked for, edited in steps of one undo stack, and its
file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from pydantic import ValidationError
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.builder.canvas.geometry import CARD_HEIGHT, BlockShape, SceneLayout
from app.builder.canvas.layout import arranged
from app.kit.background import Background, Job, Work
from app.kit.folders import data_folder
from app.network.document import Document
from app.workspaces.recommender.open_run import OpenRun
from engine.formats.base import NetworkFile
from engine.graph.edit import move_blocks
from engine.graph.model import NetworkGraph
from engine.graph.validation import GraphProblem, infer_widths, validate
from engine.problems import UNWRITABLE, EngineError, Problem, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.checkpoints import read
from engine.recommenders.running.plan import DAMAGED_PLAN, LONGEST_NAME, RunPlan, read_plan, write_plan
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.drafts.answers import AboutDraft
from engine.recommenders.tasks.known import task_kind
from engine.validation import sentence_of


@dataclass(frozen=True, slots=True)
class RunWish:
    """``spec``: of the model's task kind, as JSON has it; the graph overrules what it says of it. ``time_limit``:
    seconds; None for none."""

    spec: Mapping[str, Any]
    training: Training
    time_limit: float | None

    def with_spec(self, values: Mapping[str, object]) -> RunWish:
        """Other values of the spec."""
        return replace(self, spec={**self.spec, **values})

    def with_training(self, **values: object) -> RunWish:
        """Other settings of the training."""
        return replace(self, training=self.training.model_copy(update=values))

    def with_limit(self, seconds: float | None) -> RunWish:
        """Another time limit."""
        return replace(self, time_limit=seconds)


CARD_PITCH = CARD_HEIGHT + 12.0
"""From one card's top to the next one's, in scene units."""
FIRST_GAP, GAP = 84.0, 38.0
"""Between columns of blocks; the wires of all columns of a table run through the first."""


class DraftDocument(Document):
    """``remarks``: what else is wrong with the graph, as whoever knows the data has found."""

    def __init__(self, graph: NetworkGraph, parent: QObject | None = None) -> None:
        self.remarks: tuple[GraphProblem, ...] = ()
        self._remarked: NetworkGraph | None = None
        super().__init__(NetworkFile(graph), parent)

    def _derive(self) -> None:
        """A graph that says by itself what there is to predict; what was remarked of another is remarked no more."""
        self.remarks = self.remarks if self.graph == self._remarked else ()
        self._widths = infer_widths(self.graph, None)[0]
        self._problems = (*validate(self.graph, None), *self.remarks)

    def remark(self, *remarks: GraphProblem) -> None:
        """Say these beside what the graph itself tells, until it changes."""
        if remarks != self.remarks:
            self.remarks, self._remarked = remarks, self.graph
            self._derive()
            self.graph_changed.emit()


def laid_out(graph: NetworkGraph) -> NetworkGraph:
    """A template with the room that its blocks take on the canvas: closer together than where a run shows badges and
    edges between them. A table may have many columns and a tower many layers, and each is to be read."""
    widths = infer_widths(graph, None)[0]
    placed = arranged(graph, widths)
    columns: dict[float, list[BlockShape]] = defaultdict(list)
    for shape in SceneLayout(placed, widths).shapes.values():
        columns[shape.block.x].append(shape)
    places: dict[str, tuple[float, float]] = {}
    edge = 0.0
    for at, before in enumerate(sorted(columns)):
        shapes = sorted(columns[before], key=lambda shape: shape.block.y)
        half = max(shape.body.width() for shape in shapes) / 2
        x = edge + half
        edge = x + half + (FIRST_GAP if at == 0 else GAP)
        cards = all(shape.tiles is None for shape in shapes)
        for row, shape in enumerate(shapes):
            y = round((row - (len(shapes) - 1) / 2) * CARD_PITCH) if cards else shape.block.y
            places[shape.id] = (round(x), y)
    return move_blocks(placed, places)


def with_layout(about: AboutDraft) -> AboutDraft:
    """Return what is known of a draft with a template laid out; a graph of a person's stays where it was put."""
    template = laid_out(about.template)
    drawn = same_network(about.graph, about.template)
    return replace(about, graph=template if drawn else about.graph, template=template)


def same_network(one: NetworkGraph, other: NetworkGraph) -> bool:
    """Whether two graphs are alike but for where their blocks lie."""
    return (_placeless(one), frozenset(one.wires)) == (_placeless(other), frozenset(other.wires))


def _placeless(graph: NetworkGraph) -> frozenset[object]:
    return frozenset((block.id, block.kind, block.title, block.params) for block in graph.blocks)


WISH_ID = 11


@dataclass(frozen=True, slots=True)
class DraftState:
    """What a step changes."""

    wish: RunWish
    graph: NetworkGraph


class RunDraft(QObject):
    """``changed``: the graph or the wish is another. The run that it began from is never touched."""

    changed = Signal()
    wish_changed = Signal()

    def __init__(
        self, base: RunPlan, about: AboutDraft, parent: QObject | None = None, *, has_own_columns: bool = False
    ) -> None:
        """``base``: the plan whose run is looked at, of which ``about`` tells. ``has_own_columns``: its data are other
        columns of the run's file."""
        super().__init__(parent)
        self._has_own_columns = has_own_columns
        wish, graph = RunWish(about.spec, base.training, base.time_limit), about.resized(about.graph)
        self.base, self.wish, self._template, self._about = base, wish, about.template, about
        self._drawn = same_network(graph, about.template)  # else the spec is told of the graph, and draws up another
        self.document = DraftDocument(graph, self)
        self._first = DraftState(wish, graph)
        self.document.graph_changed.connect(self.changed)
        self.wish_changed.connect(self.changed)

    @property
    def undo_stack(self) -> QUndoStack:
        """Every edit is a command on it."""
        return self.document.undo_stack

    @property
    def graph(self) -> NetworkGraph:
        """The network."""
        return self.document.graph

    @property
    def state(self) -> DraftState:
        """What undo covers."""
        return DraftState(self.wish, self.graph)

    @property
    def edited(self) -> bool:
        """Whether it would train anything else than the run that it began from."""
        return self._has_own_columns or self.can_reset

    @property
    def can_reset(self) -> bool:
        """Whether there is an edit to take back."""
        first = self._first
        return self.wish != first.wish or not same_network(self.graph, first.graph)

    def edit(
        self, label: str, *, wish: RunWish | None = None, graph: NetworkGraph | None = None, merge: str | None = None
    ) -> None:
        """One undoable step; steps of the same ``merge`` key in a row become one. What changes nothing is none."""
        after = DraftState(wish or self.wish, graph or self.graph)
        if after != self.state:
            self.undo_stack.push(WishCommand(self, label, self.state, after, merge))

    def take_up(self, kept: RunPlan) -> None:
        """Go on with what was drafted earlier, in one undoable step; what it does not say is as the run has it, and
        vocabularies are as large as the data at hand have them."""
        wish = RunWish({**self._first.wish.spec, **kept.spec}, kept.training, kept.time_limit)
        graph = self._template if kept.graph is None else self._about.resized(kept.graph)
        self.edit(self.tr("Earlier draft"), wish=wish, graph=graph)

    def find_data(self, data: RecommenderData) -> None:
        """The files of the run's data are where this choice says: the next run learns from them."""
        if self._has_own_columns:
            data = self.base.data.model_copy(update={"path": data.path})
        if data != self.base.data:
            self.base = self.base.model_copy(update={"data": data})
            self.changed.emit()

    def rebase(self, plan: RunPlan) -> None:
        """The draft is what the run itself is from now on."""
        self.base, self._first, self._drawn = plan, self.state, plan.graph is None
        self._has_own_columns = False
        self.changed.emit()

    def reset(self) -> None:
        """Take back every edit, in one undoable step."""
        self.edit(self.tr("As in this run"), wish=self._first.wish, graph=self._first.graph)

    def put(self, state: DraftState) -> None:
        """Put a state in force; for the commands."""
        other, self.wish = state.wish != self.wish, state.wish
        loaded = self.document.loaded_state
        self.document.put(replace(loaded, state=replace(loaded.state, graph=state.graph)), {})
        if other:
            self.wish_changed.emit()

    def plan(self, name: str, state: DraftState | None = None) -> RunPlan:
        """A run of the draft, or of another ``state`` of it. What the plan's own spec draws up is left to it."""
        state = state or self.state
        base, wish = self.base, state.wish
        as_first = self._drawn and wish.spec == self._first.wish.spec
        drawn = as_first and same_network(state.graph, self._template)
        return RunPlan(
            name=name[:LONGEST_NAME].strip(), model=base.model, data=base.data, spec=wish.spec, training=wish.training,
            device=base.device, time_limit=wish.time_limit, every=base.every, companions=base.companions,
            graph=None if drawn else state.graph,
        )  # fmt: skip


class WishCommand(QUndoCommand):
    """A step that may change wish and graph at once."""

    def __init__(self, draft: RunDraft, label: str, before: DraftState, after: DraftState, merge: str | None) -> None:
        super().__init__(label)
        self._draft, self._before, self._after, self._merge = draft, before, after, merge

    def redo(self) -> None:
        """Put what was wished for in force."""
        self._draft.put(self._after)

    def undo(self) -> None:
        """Put back what was before."""
        self._draft.put(self._before)

    def id(self) -> int:
        """Qt asks only commands of one id whether they merge."""
        return WISH_ID if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over a following step of the same gesture; one that comes back to its start is none."""
        if not isinstance(other, WishCommand) or other._merge != self._merge:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True


DRAFTS = "recommender-drafts"
"""The program's own folder for drafts of checkpoints without a run."""
PAUSE_MS = 400
"""From an edit to its being written: a drag makes many."""


def draft_path(run: OpenRun) -> Path:
    """Where the draft of a run lies."""
    if run.run_folder is not None:
        return run.run_folder.draft
    place = run.checkpoint.resolve()
    told_apart = crc32(str(place).encode()).to_bytes(4, "big").hex()
    return data_folder(DRAFTS) / f"{place.stem}-{told_apart}.json"


class DraftKeeper(QObject):
    """Writes the draft a moment after each edit; one that is as the run is needs no file. ``failed(Problem)``."""

    failed = Signal(object)

    def __init__(self, draft: RunDraft, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft, self._path = draft, path
        self._writing = Background("keep draft", latest_only=False, tells=True, parent=self)
        self._writing.failed.connect(self.failed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._write)
        self._unwritten = False
        draft.changed.connect(self._note)
        self._writing.done.connect(self._settle)

    @Slot()
    def _note(self) -> None:
        self._unwritten = True
        self._timer.start()

    @Slot()
    def _settle(self) -> None:
        self._unwritten = self._timer.isActive()

    @property
    def _plan(self) -> RunPlan | None:
        return self._draft.plan(self._draft.base.name) if self._draft.edited else None

    @Slot()
    def _write(self) -> None:
        path, plan = self._path, self._plan

        def write(_job: Job) -> None:
            keep(path, plan)

        self._writing.request(write)

    def close(self) -> None:
        """Write what is not written yet, and no more."""
        self._timer.stop()
        self._writing.close(wait=True)
        if self._unwritten:
            try:
                keep(self._path, self._plan)
            except EngineError as error:
                self.failed.emit(error.problem)


def keep(path: Path, plan: RunPlan | None) -> None:
    """Write a draft, or take its file away where there is none. Raises EngineError."""
    try:
        if plan is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(UNWRITABLE(path=path.name, reason=error.strerror or "error")) from error
    write_plan(path, plan)


OTHER_DRAFT = declare(
    "app.other-draft",
    "“{path}” was drafted for another model or other data, so it isn't used. The network here is the run's own.",
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """``plan``: of the run, or of a draft that ``has_own_columns`` of the run's file; ``path``: a file that holds it;
    ``kept``: a draft of the next one that was left here; ``problem``: why one that was left cannot be read."""

    plan: RunPlan
    path: Path
    kept: RunPlan | None = None
    problem: Problem | None = None
    has_own_columns: bool = False


def beginning_of(run: OpenRun, room: Path, *, of_file: bool) -> Work:
    """Finds it, in another thread. ``room``: a folder for the plan of what has none of its own: of a checkpoint by
    itself. ``of_file``: the draft is drawn up from the file, so that its columns may be others than the run's."""
    plan, folder, checkpoint = run.plan, run.run_folder, run.checkpoint
    model, data, draft = run.model, run.data, draft_path(run)

    def find(_job: Job) -> Beginning:
        if plan is not None and folder is not None:
            own, path = plan, folder.plan
        else:
            own, path = _plan_of(checkpoint, model, data), room / "plan.json"
            write_plan(path, own)
        kept, problem = _left(draft, own)
        if kept is None or kept.data.placeless == own.data.placeless:
            return Beginning(own, path, kept, problem)
        if not of_file:
            return Beginning(own, path)
        base, path = kept.model_copy(update={"graph": None}), room / "columns.json"
        write_plan(path, base)
        return Beginning(base, path, kept, has_own_columns=True)

    return find


def with_columns(plan: RunPlan, data: RecommenderData) -> RunPlan:
    """The same plan on other columns of its file; what it says of those that are gone is left out."""
    kind = task_kind(plan.model)
    spec = kind.spec_on(kind.spec_type.model_validate(plan.spec), plan.graph, data)
    return plan.model_copy(update={"data": data, "spec": spec.model_dump(mode="json"), "graph": None})


def _left(path: Path, plan: RunPlan) -> tuple[RunPlan | None, Problem | None]:
    """A draft that lies at a path, of the same model and file as ``plan``, or what is wrong with it."""
    if not path.exists():
        return None, None
    try:
        kept = read_plan(path)
        is_same_file = plan.data.path is not None and kept.data.path == plan.data.path
        if kept.model != plan.model or not (is_same_file or kept.data.placeless == plan.data.placeless):
            return None, OTHER_DRAFT(path=path.name)
        task_kind(kept.model).spec_type.model_validate(kept.spec)
    except EngineError as error:
        return None, error.problem
    except ValidationError as error:
        return None, DAMAGED_PLAN(path=path.name, reason=sentence_of(error).sentence.rstrip("."))
    return kept, None


def _plan_of(path: Path, model: str, data: RecommenderData) -> RunPlan:
    """The plan that would train such a checkpoint. Raises EngineError."""
    checkpoint = read(path)
    kept = checkpoint.model.get("model")
    return RunPlan(
        name=path.stem[:LONGEST_NAME], model=model, data=data, spec=_spec_in(kept), training=checkpoint.training,
        companions=task_kind(model).in_parts, graph=checkpoint.graph,
    )  # fmt: skip


def _spec_in(kept: object) -> Mapping[str, Any]:
    """What a checkpoint keeps of its model's spec: by itself, or with the columns that it made."""
    if not isinstance(kept, dict):
        return {}
    spec = kept.get("spec")
    return spec if isinstance(spec, dict) else _spec_in(kept.get("columns"))
