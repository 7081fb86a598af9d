"""The child that knows a draft's data and has trained nothing, and the edits of a draft that it has a say in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.recommender.answers import Answers, Document, Ready
from app.workspaces.recommender.model.draft import DraftState, RunDraft, with_layout
from engine.command import engine_command
from engine.graph.model import NetworkGraph
from engine.recommenders.tasks.drafts.answers import AboutDraft, DraftFeature, DrawnGraph, GraphCheck
from engine.recommenders.tasks.wide_deep.answers import DraftCrosses

MOST_SHOWN = 12
"""Combinations of a cross that are listed."""


def draft_command(plan: Path, checkpoint: Path | None = None) -> Sequence[str]:
    """Program and arguments that answer for a plan before anything is trained. ``checkpoint``: of what was trained by
    it, where something was: its rows are read where the file of the data can't be."""
    trained = () if checkpoint is None else ("--rows-of", str(checkpoint))
    return engine_command("recommend", "answer", str(plan), "--draft", *trained)


class Drafting(Answers):
    """``opened(AboutDraft)``: the data of a plan are open."""

    opened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, command=lambda plan: draft_command(plan, self._trained))
        self._trained: Path | None = None
        self.ready.connect(self._begin)

    def open(self, checkpoint: Path, trained: Path | None = None) -> None:
        """Have a child open the data of a plan, or the rows in the checkpoint of what was ``trained`` by it."""
        self._trained = trained
        super().open(checkpoint)

    @Slot(object)
    def _begin(self, _ready: Ready) -> None:
        def take(about: AboutDraft) -> None:
            self.opened.emit(with_layout(about))

        self.ask("about", {}, take, kind=AboutDraft)

    def redraw(
        self, change: Document, graph: NetworkGraph, then: Callable[[NetworkGraph], object], *, key: str = ""
    ) -> None:
        """The graph with some fields of the spec changed, a person's edits kept. Of several under a ``key`` only the
        latest is answered, and none twice: what it brings is drawn or begun, and a restart is not to do so again."""
        given = {"spec": dict(change), "graph": graph.model_dump(mode="json")}
        self.ask("graph", given, lambda drawn: then(drawn.graph), kind=DrawnGraph, key=key, once=True)

    def check(self, graph: NetworkGraph, then: Callable[[GraphCheck], object], *, key: str = "") -> None:
        """What the data make of a graph. What is asked under a ``key`` of its own is to be acted on: it is answered
        once, as in :meth:`redraw`."""
        given = {"graph": graph.model_dump(mode="json")}
        self.ask("check", given, then, kind=GraphCheck, key=key, once=bool(key))

    def cross(
        self, crosses: Sequence[Sequence[str]], buckets: int, row: int, then: Callable[[DraftCrosses], object]
    ) -> None:
        """What crosses of columns make of the training rows, each with so many ``buckets`` at most, and which of their
        features a row switches on."""
        given = {
            "crosses": [list(columns) for columns in crosses], "buckets": buckets, "row": row, "shown": MOST_SHOWN
        }  # fmt: skip
        self.ask("cross", given, then, kind=DraftCrosses)


_TITLES = {
    "history": QT_TRANSLATE_NOOP("Features", "Watch history"),
    "video": QT_TRANSLATE_NOOP("Features", "The video shown"),
    "latest": QT_TRANSLATE_NOOP("Features", "Latest watches"),
    "searches": QT_TRANSLATE_NOOP("Features", "Searches"),
    "category": QT_TRANSLATE_NOOP("Features", "About the user"),
    "example_age": QT_TRANSLATE_NOOP("Features", "Example age"),
}


def feature_title(feature: DraftFeature) -> str:
    """A feature's name: of one of several, the name that it has in the data."""
    if feature.name:
        return feature.name
    title = _TITLES.get(feature.sort)
    return feature.sort if title is None else QCoreApplication.translate("Features", title)


TWO = 2
SWITCH: Final = "switch"
"""The key of the question that draws what is switched."""
LATEST = "latest"
"""The field of the spec that says how many watches the latest ones are."""


class DraftEdits(QObject):
    """``plan_wanted(RunPlan)``: a run to be begun and shown; ``beside_wanted(tuple, tuple)``: plans of runs to be begun
    beside it, and the names of all that are to be compared. ``beside``: whether the run that the draft began from is
    trained, so that it stands for the draft as long as that is not edited."""

    plan_wanted = Signal(object)
    beside_wanted = Signal(object, object)

    def __init__(self, draft: RunDraft, drafting: Drafting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft, self._drafting = draft, drafting
        self._wanted: dict[str, object] = {}  # switched, and not drawn yet
        self.beside = False
        drafting.unanswered.connect(self._forget)
        self._latest = 0
        draft.wish_changed.connect(self._note_latest)
        self._note_latest()

    def switch(self, label: str, change: Mapping[str, object], merge: str = "") -> None:
        """Change fields of the spec, and the graph with them, in one undoable step, once the child has drawn it."""
        asked, wanted = self._draft.graph, {**self._wanted, **change}
        self._wanted = wanted

        def take(graph: NetworkGraph) -> None:
            self._wanted = {}
            if self._draft.graph != asked:  # it has been edited meanwhile: that edit is not to be lost
                self.switch(label, wanted, merge)
                return
            wish = self._draft.wish.with_spec(wanted)
            self._draft.edit(label, wish=wish, graph=graph, merge=merge or None)

        self._drafting.redraw(wanted, asked, take, key=SWITCH)

    @Slot(str)
    def _forget(self, key: str) -> None:
        """What could not be drawn is not to come with the next switch; another question's failure is none of it."""
        if key == SWITCH:
            self._wanted = {}

    @Slot()
    def _note_latest(self) -> None:
        """How many watches the latest ones are: asked for again when they are taken in again."""
        self._latest = self._draft.wish.spec.get(LATEST) or self._latest

    def _change_of(self, feature: DraftFeature) -> Mapping[str, object] | None:
        """What switches a feature, with the draft's own number where it has one: the child knows only the run's."""
        change = feature.change
        return {LATEST: self._latest} if change and change.get(LATEST) and self._latest else change

    @Slot(object)
    def switch_feature(self, feature: DraftFeature) -> None:
        """Take a feature in or leave it out."""
        change = self._change_of(feature)
        if change is not None:
            words = self.tr("Leave out {feature}") if feature.on else self.tr("Take in {feature}")
            self.switch(words.format(feature=feature_title(feature)), change)

    @Slot(object)
    def compare(self, feature: DraftFeature) -> None:
        """Train with the feature and without it; only the one of both that is not the open run itself."""
        state, change = self._draft.state, self._change_of(feature)
        if change is None:
            return

        def take(graph: NetworkGraph) -> None:
            other = DraftState(state.wish.with_spec(change), graph)
            lacking = self._draft.plan(self._name(feature, on=not feature.on), other)
            if self._draft.edited or not self.beside:
                own = self._draft.plan(self._name(feature, on=feature.on), state)
                self.beside_wanted.emit((own, lacking), (own.name, lacking.name))
            else:
                self.beside_wanted.emit((lacking,), (self._draft.base.name, lacking.name))

        self._drafting.redraw(change, state.graph, take, key="compare")

    @Slot()
    def train_flat(self) -> None:
        """Train with vectors of two dimensions, whose map is the very space in which items are compared."""
        state = self._draft.state

        def take(checked: GraphCheck) -> None:
            if checked.spec is not None:  # what is wrong with a graph that has none is said above it
                self._draw_flat(state, checked.spec)

        self._drafting.check(state.graph, take, key="flat check")

    def _draw_flat(self, state: DraftState, agreed: Mapping[str, Any]) -> None:
        """``agreed``: the spec that the state's graph agrees with, blocks edited by hand included."""
        change: Mapping[str, object] = {"dimensions": TWO, "hidden": [*agreed["hidden"][:-1], TWO]}

        def take(graph: NetworkGraph) -> None:
            other = DraftState(state.wish.with_spec(change), graph)
            name = self.tr("{run} · two dimensions").format(run=self._draft.base.name)
            self.plan_wanted.emit(self._draft.plan(name, other))

        self._drafting.redraw(change, state.graph, take, key="flat")

    def _name(self, feature: DraftFeature, *, on: bool) -> str:
        words = self.tr("{run} · with {feature}") if on else self.tr("{run} · without {feature}")
        title = feature_title(feature)
        return words.format(run=self._draft.base.name, feature=title[:1].lower() + title[1:])
