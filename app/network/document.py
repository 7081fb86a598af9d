"""An open network: graph, hyper-parameters and data choice, edited in undoable steps that every view follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.numbers import epoch_text
from app.kit.translation import worded_name, worded_title
from app.kit.undo_stack import UndoStack
from app.network.commands import (
    Carry,
    DeleteRun,
    DocumentState,
    EditCommand,
    GoCommand,
    LoadedState,
    Opened,
    RestoreCommand,
    RunCommand,
    WeightChange,
    WeightCommand,
)
from app.network.kept import KeptState, LiveWeights, RunMoment, Runs
from app.network.loading import DatasetLoader
from engine.data import available_features, load
from engine.data.choice import DataChoice
from engine.data.dataset import Dataset
from engine.formats import write_network
from engine.formats.base import NetworkFile, SavedRun
from engine.formats.sheet import NO_VIEW, SheetView
from engine.graph.adapt import adapt, output_replaced
from engine.graph.kinds import TargetSpec
from engine.graph.model import Block, NetworkGraph
from engine.graph.naming import name_of
from engine.graph.validation import MANY_BLOCKS, MOST_BLOCKS, GraphProblem, infer_widths, validate
from engine.graph.weights import Weights, check_weights, fitting_weights, has_place
from engine.hyperparameters import Hyperparameters
from engine.problems import declare
from engine.training.carry import Rows, same_network, same_training
from engine.training.tables import target_of

if TYPE_CHECKING:
    from app.kit.view_parts import KeptAnswers, ViewPart
    from engine.formats.progress import PastRun
    from engine.training.remedies.base import Edit
    from engine.training.runs import StoredRun
    from engine.training.setup import Setup

UNDO_LIMIT = 200
"""So many steps are kept: some hold a whole run, its weights, memory and curves."""
UNDO_BYTES = 256 << 20
"""Weights and optimiser's memory of all steps together, but for the nearest ones."""
CHECKPOINT_BYTES = 256 << 20
"""The checkpoints of all steps together, but for the nearest ones."""


RUNS_LOST = declare(
    "app.runs-lost",
    "Some runs of “{title}” can't be opened, for example because their data are gone ({count}). The others are there.",
)

Room = Callable[[NetworkGraph, Mapping[str, int], Dataset], NetworkGraph]
"""Makes room on a graph for what reads more of a data set than it did; units out of every block as they were."""


def _as_it_is(graph: NetworkGraph, _widths: Mapping[str, int], _dataset: Dataset) -> NetworkGraph:
    """Where nobody looks at it."""
    return graph


def _drawn_alike(graph: NetworkGraph, block: Block) -> bool:
    """Whether the graph has the block too, with the same start."""
    former = graph.block(block.id).params.model_dump() if block.id in graph else None
    now = block.params.model_dump()
    return former is not None and all(former.get(name) == now.get(name) for name in ("initializer", "scale"))


def _first_weights(opened: Opened) -> Weights:
    file, state = opened.first, opened.loaded.state
    if file is None or (state.hyper.seed, state.data.name) != (file.hyper.seed, file.data.name):
        return {}
    kept = {block.id for block in state.graph.blocks if _drawn_alike(file.graph, block)}
    return {key: array for key, array in file.first.items() if key[0] in kept}


def _in_place_of(former: NetworkGraph, loaded: LoadedState) -> LoadedState:
    """The state, its graph knowing which ids are taken by blocks that undo and redo have put away."""
    graph = loaded.state.graph.after(former)
    return loaded if graph is loaded.state.graph else replace(loaded, state=replace(loaded.state, graph=graph))


class Document(QObject):
    """One document, one undo stack. Views read the properties, listen to the signals and call the edit methods."""

    graph_changed = Signal()
    hyper_changed = Signal()
    data_changed = Signal()
    dataset_loaded = Signal()
    imported = Signal()
    """A table was read from its file: another one, or again, or by other columns; after all else that it changes."""
    title_changed = Signal()
    arrived = Signal()
    """Another network is open, or one before again, and the views' own signals have told of it."""
    weights_loaded = Signal()
    loading_changed = Signal(bool)
    loading_progress = Signal(float)
    problem_found = Signal(object)
    output_replaced = Signal(object)
    """A :class:`Problem`: other data have given the network another loss or output activation."""
    loaded_state_changed = Signal(object, object)
    """(LoadedState, weights to bring back): for the trainer, once per change, before the views' own signals."""
    run_wanted = Signal(object)
    """A :class:`RunMoment`: for the trainer, to begin a run or take one up again; before the views' own signals."""
    run_left = Signal(object)
    """A :class:`RunMoment`: for the trainer, to tell in it where the run has come to."""
    replaced = Signal(str, float)
    """Another network has been opened in place of this one, which had come to this epoch; undo brings it back."""
    view_changed = Signal()
    """A :class:`ViewPart` of how it is looked at may be another."""
    weight_set = Signal(str, str, object, float)
    rows_set = Signal(object)

    def __init__(
        self,
        file: NetworkFile,
        parent: QObject | None = None,
        *,
        weights: LiveWeights | None = None,
        room: Room = _as_it_is,
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._live_weights = weights or LiveWeights()
        self.runs = Runs(self)
        self.undo_stack = UndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        self.undo_stack.cleanChanged.connect(self._note_clean)
        self.undo_stack.indexChanged.connect(self._clean_if_due)
        self.undo_stack.indexChanged.connect(self._note_index)
        self.undo_stack.indexChanged.connect(self.bound_runs)
        self._to_clean = False
        self._opened_so_far = 0
        self._paths: dict[int, Path | None] = {}
        self._moves: dict[int, int] = {}
        self._saved_views: dict[int, SheetView] = {}  # how it was looked at when it was last saved
        self._views: dict[int, SheetView] = {}  # the same, or when it was last left
        self._look: Callable[[], SheetView] = lambda: self.view
        self._answers: KeptAnswers | None = None
        self.loaded_ahead: tuple[DataChoice, Dataset] | None = None  # data for what is opened next
        self._loader = DatasetLoader(self)
        self._loader.loading_changed.connect(self.loading_changed)
        self._loader.progressed.connect(self.loading_progress)
        self._loader.loaded.connect(self._take_loaded)
        self._loader.failed.connect(self.problem_found)
        opened = self._content(file, None)
        self._take(opened, RunMoment(self._run_of(file, opened)))

    def _content(self, file: NetworkFile, path: Path | None) -> Opened:
        """What opening the file would put in force. Raises EngineError when its data cannot be loaded or its weights do
        not fit them."""
        dataset = self._loaded(file.data)
        for weights in (file.weights, file.first):
            check_weights(file.graph, target_of(dataset), weights)
        state = DocumentState(file.graph, file.hyper, file.data)
        first = replace(file, weights={}, progress=None) if file.first else None
        number = self._next_number(path)
        self._views[number] = self._saved_views[number] = file.view
        return Opened(LoadedState(state, dataset), file.title, number, first)

    def _run_of(self, file: NetworkFile, opened: Opened) -> KeptState:
        """The present run of a file that has been opened; its other runs are put by."""
        run = KeptState(dict(file.weights), file.progress)
        if not file.runs:
            return run
        from engine.training.saved_runs import restored_runs  # not before the first frame

        found = restored_runs(file, opened.loaded.dataset, load)
        for stored in found.stored:
            self.runs.put(opened.number, stored)
        if found.lost:
            self.problem_found.emit(RUNS_LOST(count=found.lost, title=opened.title))
        return replace(run, checkpoints=found.present)

    def _next_number(self, path: Path | None) -> int:
        """The number of a network that lies in ``path``, if it lies anywhere."""
        self._opened_so_far += 1
        self._paths[self._opened_so_far] = path
        return self._opened_so_far

    def _loaded(self, choice: DataChoice) -> Dataset:
        ahead, self.loaded_ahead = self.loaded_ahead, None
        return ahead[1] if ahead is not None and ahead[0] == choice else load(choice)

    def _take(self, opened: Opened, moment: RunMoment) -> None:
        """Put it in force, unsaid."""
        self._opened, self.initial_run, run = opened, moment, moment.run
        self._live_weights.put(run.weights, lambda: run.progress)
        self._derive()

    @Slot(int)
    def _clean_if_due(self, _index: int) -> None:
        """A command has put another network in force that has no unsaved edits: so it is at this place of the stack."""
        if self._to_clean:
            self._to_clean = False
            self.undo_stack.setClean()

    @Slot(bool)
    def _note_clean(self, _clean: bool) -> None:
        self.title_changed.emit()

    @Slot(int)
    def _note_index(self, _index: int) -> None:
        """Whether there is something to save may be another, without the stack's own clean place having moved."""
        self.title_changed.emit()

    @Slot()
    def bound_runs(self) -> None:
        """Drop the runs of the steps that are farthest from here and from the latest, beyond so many bytes, and their
        checkpoints. The next undo, the next redo and the last redo always have theirs."""
        stack, counted, total = self.undo_stack, set[int](), 0
        index = stack.index()
        runs = {p: step for p in range(stack.count()) if isinstance(step := stack.command(p), RunCommand)}
        done, undone = [place for place in runs if place < index], [place for place in runs if place >= index]
        spared = {*done[-1:], *undone[:1], *undone[-1:]}
        checkpoints = 0
        for place in sorted(runs, key=lambda place: min(abs(place + 0.5 - index), stack.count() - place)):
            checkpoints += runs[place].checkpoint_bytes
            if checkpoints > CHECKPOINT_BYTES and place not in spared:
                runs[place].drop_checkpoints()
            sizes = {id(array): array.nbytes for array in runs[place].arrays()}
            total += sum(size for key, size in sizes.items() if key not in counted)
            counted |= sizes.keys()
            if total > UNDO_BYTES and place not in spared and not runs[place].is_dropped:
                runs[place].drop_runs()

    def _derive(self) -> None:
        self._widths = infer_widths(self.graph, self.target)[0]
        self._problems = validate(self.graph, self.target)

    # What there is ------------------------------------------------------------------------------------------------

    @property
    def opening(self) -> int:
        """Another number for every network that is opened; undo of the opening brings the one before back."""
        return self._opened.number

    @property
    def state(self) -> DocumentState:
        """What undo covers."""
        return self._opened.loaded.state

    @property
    def loaded_state(self) -> LoadedState:
        """The state with its loaded data set."""
        return self._opened.loaded

    @property
    def graph(self) -> NetworkGraph:
        """The network."""
        return self._opened.loaded.state.graph

    @property
    def hyper(self) -> Hyperparameters:
        """The hyper-parameters."""
        return self._opened.loaded.state.hyper

    @property
    def data(self) -> DataChoice:
        """The data choice."""
        return self._opened.loaded.state.data

    @property
    def dataset(self) -> Dataset:
        """The loaded data set."""
        return self._opened.loaded.dataset

    @property
    def target(self) -> TargetSpec:
        """What there is to predict."""
        return target_of(self.dataset)

    @property
    def widths(self) -> dict[str, int]:
        """Units out of every block, where they can be known."""
        return self._widths

    @property
    def problems(self) -> tuple[GraphProblem, ...]:
        """What is wrong with the graph on this data set."""
        return self._problems

    @property
    def can_run(self) -> bool:
        """Whether nothing of it keeps the network from running; the one before goes on where something does."""
        return not any(problem.blocking for problem in self._problems)

    @property
    def path(self) -> Path | None:
        """Where the document is saved, if it is."""
        return self._paths[self.opening]

    @property
    def title(self) -> str:
        """The document's name."""
        return worded_title(self._opened.title) or (self.path.stem if self.path else self.tr("Untitled"))

    @property
    def dirty(self) -> bool:
        """Whether there are edits that are not saved; to begin a run anew is none."""
        stack = self.undo_stack
        saved, now = stack.cleanIndex(), stack.index()
        between = (stack.command(place) for place in range(min(saved, now), max(saved, now)))
        return saved < 0 or any(not isinstance(step, RunCommand) or step.is_edit for step in between)

    @property
    def has_new_answers(self) -> bool:
        """Whether an answer was judged since it was opened or saved."""
        saved = self._saved_views.get(self.opening, NO_VIEW)
        return self._answers is not None and self._answers.are_unsaved(saved)

    @property
    def live_weights(self) -> LiveWeights:
        """Where whoever trains the network puts its weights; those of the file until then."""
        return self._live_weights

    @property
    def first_weights(self) -> Weights:
        """What a run begins with, where that is more than the seed says: the first weights that were opened with the
        network, for as long as neither the seed, nor the set that is learnt, nor how a block's are drawn is another."""
        return _first_weights(self._opened)

    @property
    def first_seed(self) -> str:
        """The text of a link from which the first weights were drawn; empty where they follow from the run's seed."""
        file = self._opened.first
        return file.data.seed if file and isinstance(file.data.seed, str) and self.first_weights else ""

    @property
    def view(self) -> SheetView:
        """How the network was looked at when it was last saved or left."""
        return self._views.get(self.opening, NO_VIEW)

    def keep_view(self, parts: Sequence[ViewPart]) -> None:
        """Save these parts with the network from now on, and bring them back now and whenever it has ``arrived``; until
        then what was saved last stays."""
        from app.kit.view_parts import KeptAnswers, restore_view, view_of  # not before the first frame

        self._look, self._answers = partial(view_of, parts), (answers := KeptAnswers(parts))

        def restore() -> None:
            restore_view(self.view, parts)

        for part in parts:
            for signal in part.changed:
                signal.connect(self.view_changed)
        for signal in answers.changed:
            signal.connect(self.title_changed)
        self.arrived.connect(restore)
        restore()

    @property
    def loading(self) -> bool:
        """Whether a data set is being loaded."""
        return self._loader.busy

    # Edits --------------------------------------------------------------------------------------------------------

    def edit(
        self,
        label: str,
        *,
        graph: NetworkGraph | None = None,
        hyper: Hyperparameters | None = None,
        data: DataChoice | None = None,
        merge: str | None = None,
        anew: bool = False,
    ) -> bool:
        """One undoable step. Steps of the same ``merge`` key in a row become one. An edit that changes nothing is none.
        ``anew``: training begins again from start weights.
        Undo of one that changes what training does, by the network or a setting, brings back the run from before it.
        False for blocks that are too many, which is said: their file could not be opened again.

        A ``data`` choice given here must not change what is loaded; :meth:`choose_data` is for that.
        """
        if graph is not None and len(graph.blocks) > max(MOST_BLOCKS, len(self.graph.blocks)):
            self.problem_found.emit(MANY_BLOCKS(count=len(graph.blocks), limit=MOST_BLOCKS))
            return False
        after = LoadedState(DocumentState(graph or self.graph, hyper or self.hyper, data or self.data), self.dataset)
        if anew:
            opened = replace(self._opened, loaded=after)
            self.undo_stack.push(RunCommand(self, label, self._opened, opened, KeptState()))
        else:
            self._push(label, after, merge)
        return True

    def _push(self, label: str, after: LoadedState, merge: str | None, rewriting: Carry | None = None) -> None:
        now, carry = self.loaded_state, rewriting or Carry(stash=self._weights_before(merge))
        same_run = same_network(now.state.graph, after.state.graph) and same_training(
            now.state.hyper, after.state.hyper
        )
        if carry.rewrites or after.dataset is not now.dataset or not same_run:
            opened = replace(self._opened, loaded=after)
            self.undo_stack.push(RunCommand(self, label, self._opened, opened, carry, merge=merge))
        elif after != now:
            self.undo_stack.push(EditCommand(self, label, now, after, merge))

    def _weights_before(self, merge: str | None) -> Weights:
        """What the gesture under way has begun with: what it took away and gives back by now comes back as it was."""
        latest = self.undo_stack.command(self.undo_stack.index() - 1)
        return latest.weights_before(merge) if isinstance(latest, RunCommand) else {}

    def choose_data(self, choice: DataChoice, label: str = "", merge: str | None = None) -> None:
        """Load the choice and, in one undoable step, fit inputs and output to it. The same set drawn anew is learnt on
        from where the run is; another one begins a run anew, and one that is imported from a file also a document of
        its own, which is saved nowhere. Undo takes each back. A slow one loads in the background; a later choice takes
        the place of one that is still loading. What goes wrong comes as ``problem_found``. The choice that is in force
        changes nothing, except that a file is read again."""
        if choice == self.data and choice.source != "file":
            self.cancel_loading()
            return
        self._loader.start(choice, label or self.tr("Choose data"), merge)

    def cancel_loading(self) -> None:
        """Give up the data set that is being loaded."""
        self._loader.cancel()

    @Slot(object, object, str, object)
    def _take_loaded(self, choice: DataChoice, dataset: Dataset, label: str, merge: str | None) -> None:
        tokens = [feature.token for feature in available_features(dataset)]
        before, former = self.graph, self.data
        graph = adapt(before, tokens, dataset.columns, target_of(dataset), self.dataset.columns, self.target)
        graph = self._room(graph, self.widths, dataset)
        self._take_dataset(choice, dataset, graph, label, merge)
        if (said := output_replaced(before, graph)) is not None:
            self.output_replaced.emit(said)
        split = former.model_dump(include={"standardise", "outliers", "train_share", "seed"})
        if choice.source == "file" and (choice == former or choice.model_copy(update=split) != former):
            self.imported.emit()

    def _take_dataset(
        self, choice: DataChoice, dataset: Dataset, graph: NetworkGraph, label: str, merge: str | None
    ) -> None:
        after = LoadedState(DocumentState(graph, self.hyper, choice), dataset)
        from engine.training.events import same_problem  # not before the first frame

        imported = choice.source == "file" and choice.path != self.data.path
        if same_problem(self.dataset, dataset) and not imported:
            self._push(label, after, merge)
            return
        opened = replace(self._opened, loaded=after)
        if imported:
            opened = replace(opened, title=dataset.title, number=self._next_number(None))
            self._moves[opened.number] = 1  # it is nowhere saved, not even as it is imported
        else:  # a title is of its data; a file has a name of its own
            opened = replace(opened, title=dataset.title if self.path is None else "")
        self.undo_stack.push(
            RunCommand(self, label, self._opened, opened, KeptState(), clean=imported and not self.dirty)
        )

    def begin_anew(self, seed: int | None = None) -> None:
        """Begin again from the first weights, else from the seeded start, in one undoable step; with another ``seed``
        where one is given."""
        after = self._opened
        if seed is not None and seed != self.hyper.seed:
            state = replace(self.state, hyper=self.hyper.model_copy(update={"seed": seed}))
            after = replace(after, loaded=replace(self.loaded_state, state=state))
        label = self.tr("Reset") if after == self._opened else self.tr("New seed")
        first = self.first_weights if seed is None else {}
        self.undo_stack.push(RunCommand(self, label, self._opened, after, KeptState(first)))

    def go_to(self, setup: Setup, run: KeptState) -> None:
        """Take the run to where it stood at another step, with what it was made of then, in one undoable step."""
        state = DocumentState(setup.graph, setup.hyper, setup.data or self.data)
        opened = replace(self._opened, loaded=LoadedState(state, setup.dataset))
        epoch = epoch_text(run.progress.epoch if run.progress is not None else 0.0)
        label = self.tr("Go to epoch {epoch}").format(epoch=epoch)
        self.undo_stack.push(GoCommand(self, label, self._opened, opened, run))

    def delete_run(self, run: StoredRun) -> None:
        """Forget a run whose place another has taken, in one undoable step."""
        self.undo_stack.push(DeleteRun(self.runs, self.opening, run))

    def edit_weight(self, block_id: str, name: str, index: tuple[int, ...], value: float) -> None:
        """Set one weight or bias by hand: an undoable step, while training too. Undo brings back the run before it.
        One that the network as it is now does not have is left alone: the latest weights may still be of the graph
        before its latest edit. Where that cannot run, the network before it goes on, and has all of its own."""
        array = self.present_weights().get((block_id, name))
        if array is None or (self.can_run and not has_place(self.graph, self.target, (block_id, name), index)):
            return
        before = float(array[index])
        if before != value:
            block = worded_name(name_of(self.graph, block_id))
            label = self.tr("Set {name} of {block}").format(name=name, block=block)
            change = WeightChange((block_id, name), index, before, value)
            self.undo_stack.push(WeightCommand(self, label, self._opened, change))

    def note_divergence(self, label: str, sound: PastRun) -> None:
        """A divergence becomes a step that undo takes back, to where the run was sound. It is no edit: what is saved
        stays so."""
        is_clean = self.undo_stack.isClean()
        self.undo_stack.push(RestoreCommand(self, label, self._opened, KeptState(dict(sound.weights), sound.progress)))
        if is_clean:
            self._moves[self.opening] = self.moves(self.opening) + 1
            self.undo_stack.setClean()

    @property
    def knows_divergence(self) -> bool:
        """Whether undo comes to a divergence of the open network."""
        done = (self.undo_stack.command(place) for place in range(self.undo_stack.index()))
        return any(isinstance(step, RestoreCommand) and step.opening == self.opening for step in done)

    def apply(self, label: str, edit: Edit) -> None:
        """Do what a remedy does in one undoable step: go back first, where it does, then graph, settings and data, then
        rows of weights. Where it changes more than settings, undo brings back the run from before it: with layers that
        were drawn anew the others have become part of another network. Redo brings back what that had learnt."""
        data = self.data.model_copy(update=dict(edit.data))
        state = DocumentState(edit.graph or self.graph, edit.hyper or self.hyper, data)
        dataset = edit.dataset or self.dataset
        back = KeptState(dict(edit.back.weights), edit.back.progress) if edit.back is not None else None
        self._push(label, LoadedState(state, dataset), None, Carry(back, edit.rows))

    # For the commands ---------------------------------------------------------------------------------------------

    def present_weights(self) -> Weights:
        """The running network's weights as they are now."""
        return self._live_weights.now

    def moves(self, opening: int) -> int:
        """How often the place of the undo stack at which an opened network is clean has become another."""
        return self._moves.get(opening, 0)

    def kept(self) -> KeptState:
        """The present run, to be taken up again."""
        return self._live_weights.kept

    def put(self, loaded: LoadedState, stash: Weights) -> None:
        """Put a state in force and tell everyone what has changed. ``stash``: weights that fill what the present ones
        do not cover."""
        before, loaded = self._opened, _in_place_of(self.graph, loaded)
        self._opened = replace(before, loaded=loaded)
        self._derive()
        self.loaded_state_changed.emit(loaded, stash)
        self._tell(before.loaded, loaded)

    def leave_run(self, *, brief: bool) -> RunMoment:
        """The present run as it is now, to be taken up again; ``brief``: with coarse curves."""
        moment = RunMoment(self.kept().in_brief() if brief else self.kept(), brief, opening=self.opening)
        self.run_left.emit(moment)
        return moment

    def put_run(self, opened: Opened, run: RunMoment, *, clean: bool = False) -> None:
        """Put in force what was open, and begin a run or take one up again; ``clean``: without unsaved edits."""
        before, named, self._to_clean = self._opened, (self.title, self.path), clean
        if opened.number == before.number:
            opened = replace(opened, loaded=_in_place_of(self.graph, opened.loaded))
        else:
            self._views[before.number] = self._look()
        self._take(opened, run)
        if opened.number == before.number:
            self.run_wanted.emit(run)
            self._tell(before.loaded, opened.loaded)
        else:
            self.weights_loaded.emit()
            for signal in (self.dataset_loaded, self.data_changed, self.graph_changed, self.hyper_changed):
                signal.emit()
            self.arrived.emit()
        if (self.title, self.path) != named:
            self.title_changed.emit()

    def _tell(self, old: LoadedState, loaded: LoadedState) -> None:
        if loaded.dataset is not old.dataset:
            self.dataset_loaded.emit()
        if loaded.state.data != old.state.data:
            self.data_changed.emit()
        if loaded.state.graph != old.state.graph or loaded.dataset is not old.dataset:
            self.graph_changed.emit()
        if loaded.state.hyper != old.state.hyper:
            self.hyper_changed.emit()

    def put_weight(self, key: tuple[str, str], index: tuple[int, ...], value: float) -> None:
        """Set one scalar in the running network."""
        self.weight_set.emit(key[0], key[1], index, value)

    def put_rows(self, rows: Rows) -> None:
        """Set rows of the running network's weights."""
        self.rows_set.emit(rows)

    # Files --------------------------------------------------------------------------------------------------------

    def to_file(self) -> NetworkFile:
        """The document as it is now, with its present weights and how far their run has come; weights that an edit has
        just outdated start afresh."""
        return self.frozen_file()()

    def frozen_file(
        self,
        carry: Callable[[KeptState, LoadedState], KeptState] | None = None,
        runs: Callable[[], tuple[SavedRun, ...]] = tuple,
    ) -> Callable[[], NetworkFile]:
        """Freeze the document as it is now; the result makes its file in any thread. ``carry``: what becomes of the
        run in this network, where the training thread has not said it yet. ``runs``: makes what is kept of all."""
        opened, view, live = self._opened, self._look(), self._live_weights.frozen()

        def file() -> NetworkFile:
            state, target = opened.loaded.state, target_of(opened.loaded.dataset)
            run = live() if carry is None else carry(live(), opened.loaded)
            weights = fitting_weights(state.graph, target, run.weights)
            first = fitting_weights(state.graph, target, _first_weights(opened))
            content = state.graph, state.hyper, state.data, weights, opened.title, run.progress, first, view, runs()
            return NetworkFile(*content)

        return file

    def save(self, path: Path, runs: Callable[[], tuple[SavedRun, ...]] = tuple) -> None:
        """Write the document with its ``runs``. Raises EngineError; the document then stays as it was."""
        file = self.frozen_file(runs=runs)()
        write_network(path, file)
        self._views[self.opening] = self._saved_views[self.opening] = file.view
        self._paths[self.opening] = path
        if self.dirty:
            self._moves[self.opening] = self.moves(self.opening) + 1
        self.undo_stack.setClean()
        self.title_changed.emit()

    def mark_unsaved(self) -> None:
        """It is nowhere saved, not even as it was opened."""
        self._moves[self.opening] = self.moves(self.opening) + 1
        self.undo_stack.resetClean()

    def load_file(self, file: NetworkFile, path: Path | None, label: str = "", *, back: bool = False) -> None:
        """Put a file's content in place of the open document. What was open is one undo away, with its run, where
        something was done with it or it is unsaved, or a way ``back`` is wanted in any case. Raises EngineError when
        the data cannot be loaded or the weights do not fit them."""
        opened = self._content(file, path)
        run = self._run_of(file, opened)
        self._loader.cancel()
        before, progress = self._opened, self.kept().progress
        title = self.title
        step = RunCommand(self, label or self.tr("Open"), before, opened, run, clean=not self.dirty)
        touched = self.undo_stack.count() or not self.undo_stack.isClean() or self.has_new_answers
        if not back and not touched and progress is None:
            step.redo()
            self._to_clean = False
            return
        self.undo_stack.push(step)
        self.replaced.emit(title, progress.epoch if progress is not None else 0.0)
