"""The spoken messages of the playground: edits, training, verdicts, and the stages of a pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from app.builder.canvas.view import NetworkCanvas
from app.builder.canvas.words import connection_removed, function_of, units_of, units_text
from app.builder.timeline.panel import PassTimeline
from app.builder.timeline.words import PassView, spoken
from app.kit.announce import announce, heard
from app.kit.listing import joined, listed
from app.kit.numbers import epoch_text, grouped, loss_text
from app.kit.translation import worded, worded_name
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.plots.verdict import findings
from engine.graph import Block, NetworkGraph
from engine.graph.naming import names_of
from engine.training.snapshot import Snapshot
from engine.training.trace import PassTrace
from engine.training.verdicts import WITHIN_BOUNDS, LearningState, Trouble

SETTLE_MS = 300
"""Edits and stages that follow each other faster than this are said together: the latest counts."""
VERDICT_SECONDS = 6.0
"""A verdict is said no more often than this while it trains."""

Troubles = frozenset[tuple[str, Trouble]]


class Voice(QObject):
    """Listens to the document, its trainer and the player of passes. Nothing is worked out while nobody listens."""

    def __init__(
        self, document: Document, trainer: Trainer, canvas: NetworkCanvas, timeline: PassTimeline,
        clock: Callable[[], float] = monotonic,
    ) -> None:  # fmt: skip
        super().__init__(canvas)
        self._document, self._trainer, self._canvas, self._clock = document, trainer, canvas, clock
        self._graph = document.graph
        self._index = document.undo_stack.index()
        self._undone = ""
        self._stage: tuple[PassTrace, int] | None = None
        self._stage_noted: tuple[int, bool] | None = None
        self._stage_said: tuple[str, str, bool] | None = None
        self._step: tuple[int, int] | None = None
        self._stepped = False
        self._judged: tuple[Troubles, LearningState, bool] = frozenset(), LearningState.UNKNOWN, False
        self._verdict_at = -VERDICT_SECONDS
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.settle)
        document.graph_changed.connect(self._soon)
        document.weights_loaded.connect(self._begin_afresh)
        document.undo_stack.indexChanged.connect(self._note_step)
        trainer.running_changed.connect(self._say_running)
        trainer.snapshot_published.connect(self._note_snapshot)
        timeline.stage_shown.connect(self._note_stage)
        timeline.closed.connect(self._forget_stage)

    @Slot()
    def _soon(self) -> None:
        if heard():
            self._timer.start()
        else:
            self._graph = self._document.graph

    @Slot()
    def settle(self) -> None:
        """Say what has come together."""
        self._timer.stop()
        self._say_edits()
        self._say_step()
        self._say_stage()

    def _say(self, text: str) -> None:
        announce(self._canvas, text)

    # Edits --------------------------------------------------------------------------------------------------------

    @Slot()
    def _begin_afresh(self) -> None:
        """Another network is open."""
        self._graph = self._document.graph
        self._say(self.tr("{title} is open").format(title=self._document.title))

    @Slot(int)
    def _note_step(self, index: int) -> None:
        self._undone = self._document.undo_stack.text(index) if index < self._index else ""
        self._index = index
        if self._undone:
            self._soon()

    def _say_edits(self) -> None:
        graph, undone = self._document.graph, self._undone
        said = changes(self._graph, graph)
        self._graph, self._undone = graph, ""
        if undone:
            said = self.tr("Undone: {step}").format(step=undone) + (f". {said}" if said else "")
        self._say(said)

    # Training -----------------------------------------------------------------------------------------------------

    @Slot(bool)
    def _say_running(self, running: bool) -> None:
        snapshot = self._trainer.snapshot
        if running:
            self._say(self.tr("Training"))
        elif snapshot is not None and snapshot.failure is None:  # a divergence is a message, and said as one
            text = self.tr("Finished, {state}") if snapshot.finished else self.tr("Paused, {state}")
            self._say(text.format(state=self._state(snapshot)))
            self._say_verdict(snapshot.actual)

    def _state(self, snapshot: Snapshot) -> str:
        return self.tr("epoch {epoch}, train loss {train}, test loss {test}").format(
            epoch=epoch_text(snapshot.epoch), train=loss_text(snapshot.train_loss), test=loss_text(snapshot.test_loss)
        )

    @Slot(object)
    def _note_snapshot(self, snapshot: Snapshot) -> None:
        step, before = (snapshot.run, snapshot.step), self._step
        self._step = step
        if not heard():
            return
        if self._trainer.running:
            if self._clock() - self._verdict_at >= VERDICT_SECONDS:
                self._say_verdict(snapshot.actual)
        elif before is not None and step != before:
            self._stepped = True
            self._timer.start()

    def _say_step(self) -> None:
        """Step, Epoch and Reset say where they have led."""
        snapshot, stepped = self._trainer.snapshot, self._stepped
        self._stepped = False
        if stepped and snapshot is not None and not self._trainer.running:
            self._say(self.tr("Step {step}, {state}").format(step=grouped(snapshot.step), state=self._state(snapshot)))

    def _say_verdict(self, snapshot: Snapshot) -> None:
        """The verdict, where it is about something else than the last one that was said."""
        found = ((v.block_id, v.trouble) for v in snapshot.verdicts if v.trouble not in WITHIN_BOUNDS)
        judged = frozenset(found), snapshot.learning, snapshot.by_heart
        if judged != self._judged:
            self._judged, self._verdict_at = judged, self._clock()
            self._say(findings(snapshot)[0].sentence)

    # The pass -----------------------------------------------------------------------------------------------------

    @Slot(object, int, float)
    def _note_stage(self, trace: PassTrace | None, index: int, _progress: float) -> None:
        if trace is None or not heard() or index >= len(trace.stages):
            return
        self._stage = (trace, index)
        before, self._stage_noted = self._stage_noted, (index, trace.stages[index].withheld is not None)
        if before != self._stage_noted:
            self._timer.start()

    @Slot()
    def _forget_stage(self) -> None:
        self._stage = self._stage_noted = self._stage_said = None

    def _say_stage(self) -> None:
        """Each stage once, however often its numbers are worked out anew."""
        if self._stage is None:
            return
        trace, index = self._stage
        stage = trace.stages[index]
        covered = stage.withheld is not None
        if (stage.phase.value, stage.block_id, covered) == self._stage_said:
            return
        self._stage_said = (stage.phase.value, stage.block_id, covered)
        neuron = self._canvas.selection.neuron
        chosen = (neuron.block_id, neuron.unit) if neuron is not None else None
        self._say(spoken(PassView(trace, self._document.graph, chosen), stage))


MOST = 4
"""More sentences than this are too many to listen to."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Changes", text)


def changes(before: NetworkGraph, after: NetworkGraph) -> str:
    """Describe what differs between two graphs: blocks, wires and settings; empty where nothing does."""
    found = list(_changes(before, after)) or list(_moves(before, after))
    if len(found) > MOST:
        more = _tr("and {count} more changes").format(count=grouped(len(found) - MOST + 1))
        found = [*found[: MOST - 1], more]
    return joined(found)


def _changes(before: NetworkGraph, after: NetworkGraph) -> Iterator[str]:
    old, new = ({key: worded_name(name) for key, name in names_of(graph).items()} for graph in (before, after))
    gone = [block.id for block in before.blocks if block.id not in after]
    come = [block.id for block in after.blocks if block.id not in before]
    for block_id in gone:
        yield _tr("{name} removed").format(name=old[block_id])
    for block_id in come:
        yield _tr("{name} added").format(name=new[block_id])
    if not gone and not come:  # else the wires have changed with their blocks
        yield from _wires(before, after, new)
    stayed = [(before.block(block.id), block) for block in after.blocks if block.id in before]
    for was, now in stayed:
        yield from _settings(was, now, old[now.id], new[now.id])


def _moves(before: NetworkGraph, after: NetworkGraph) -> Iterator[str]:
    """Blocks at other places: worth a word where nothing else has made them move."""
    names = names_of(after)
    stayed = [(before.block(block.id), block) for block in after.blocks if block.id in before]
    moved = [worded_name(names[now.id]) for was, now in stayed if (was.x, was.y) != (now.x, now.y)]
    if moved:
        yield _tr("{names} moved").format(names=listed(moved))


def _wires(before: NetworkGraph, after: NetworkGraph, names: dict[str, str]) -> Iterator[str]:
    old, new = ([(wire.source, wire.target) for wire in graph.wires] for graph in (before, after))
    for source, target in (ends for ends in old if ends not in new):
        yield connection_removed(names.get(source, source), names.get(target, target))
    for source, target in (ends for ends in new if ends not in old):
        text = _tr("Connection {source} → {target} added")
        yield text.format(source=names.get(source, source), target=names.get(target, target))


def _settings(was: Block, now: Block, old_name: str, new_name: str) -> Iterator[str]:
    if was.title != now.title:
        yield _tr("{old} is now called {name}").format(old=old_name, name=new_name)
    if was.params == now.params:
        return
    units, function = units_of(now), function_of(now)
    if units is not None and units != units_of(was):
        yield f"{new_name}: {units_text(units)}"
    elif function is not None and function != function_of(was):
        yield f"{new_name}: {worded(function.label)}"
    else:
        yield _tr("{name} changed").format(name=new_name)
