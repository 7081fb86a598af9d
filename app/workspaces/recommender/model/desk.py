"""The draft on the screen: its line, its network, and what can be switched."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit.translation import sentence_of
from app.kit.widgets.frame import rule
from app.kit.widgets.labels import wrapped
from app.workspaces.recommender.model.answers import About, Checked, Crossed
from app.workspaces.recommender.model.cross_dock import CrossDock
from app.workspaces.recommender.model.cross_edits import Names, buckets_of, cross_block
from app.workspaces.recommender.model.crosses_panel import CrossesPanel
from app.workspaces.recommender.model.draft import Draft
from app.workspaces.recommender.model.draft_edits import DraftEdits
from app.workspaces.recommender.model.drafting import Drafting
from app.workspaces.recommender.model.examples_panel import ExamplesPanel, VectorsPanel
from app.workspaces.recommender.model.features_panel import FeaturesPanel
from app.workspaces.recommender.model.header import ModelHeader, first_problem
from app.workspaces.recommender.model.panes import ModelPanes, Tab, Titled
from app.workspaces.recommender.model.sampling_panel import SamplingPanel
from app.workspaces.recommender.model.training_panel import TrainingPanel
from app.workspaces.recommender.model.watch_time_panel import WatchTimePanel
from engine.graph.model import NetworkGraph
from engine.graph.validation import GraphProblem


class Counting(NamedTuple):
    """What is counted: crosses, hashed to so many buckets at most, and the row that they are worked out on."""

    crosses: tuple[Names, ...]
    buckets: int
    row: int


class ModelDesk(QWidget):
    """``judged``: whether the draft can be trained may be another. ``features`` and ``crosses`` are there for models
    that have them."""

    judged = Signal()

    def __init__(
        self, draft: Draft, about: About, drafting: Drafting, train: QAction, device: QWidget,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._draft, self._drafting = draft, drafting
        self._checking: NetworkGraph | None = None
        self._counted: Counting | None = None
        self._crossed: Crossed | None = None
        self.edits = DraftEdits(draft, drafting, self)
        self.header = ModelHeader(draft, train)
        self.warnings = wrapped("", "small")
        self.warnings.setContentsMargins(14, 0, 14, 8)
        self.warnings.hide()
        self.features: FeaturesPanel | None = None
        self.crosses: CrossesPanel | None = None
        self.training = TrainingPanel(draft)
        self.vectors: VectorsPanel | None = None
        self.panes = ModelPanes(draft, about, self._first_tab(about), self._run_tab(device), self)
        self.dock = CrossDock(about.rows)
        self.panes.dock.column.addWidget(self.dock)
        self._lay_out()
        self._connect()
        self.follow()
        self._count()

    def _first_tab(self, about: About) -> Tab | None:
        """What can be switched of a model besides its blocks."""
        draft = self._draft
        if draft.base.model == "wide-deep":
            self.crosses = CrossesPanel(draft, about)
            tip = self.tr("Which columns are crossed, and what that makes of the data")
            return Tab(self.tr("Crosses"), tip, ((self.tr("Crosses"), self.crosses),))
        if not about.features:
            return None
        self.features = FeaturesPanel(about.features)
        self.features.switched.connect(self.edits.switch_feature)
        self.features.compared.connect(self.edits.compare)
        tip = self.tr("What the network goes by, and what it learns")
        learns: Titled = (
            (self.tr("Softmax"), SamplingPanel(draft))
            if draft.base.model == "candidates"
            else (self.tr("Watch time"), WatchTimePanel(draft, self.edits))
        )
        return Tab(self.tr("Features"), tip, (learns, (self.tr("Features"), self.features)))

    def _run_tab(self, device: QWidget) -> Tab:
        """How the next run is to go."""
        parts: list[Titled] = [(self.tr("Training"), self.training)]
        if self._draft.base.model == "candidates":
            parts.append((self.tr("Examples"), ExamplesPanel(self._draft)))
            self.vectors = VectorsPanel(self._draft, self.edits)
            parts.append((self.tr("Vectors"), self.vectors))
        parts.append((self.tr("Device"), device))
        return Tab(self.tr("Run"), self.tr("How long it trains, from what, and on which device"), tuple(parts))

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.header)
        rows.addWidget(self.warnings)
        rows.addWidget(rule())
        rows.addWidget(self.panes, 1)

    def _connect(self) -> None:
        self.header.show_block.connect(self.panes.choose)
        self.header.reset_wanted.connect(self._draft.reset)
        self._draft.changed.connect(self.follow)
        self.panes.canvas.selection_changed.connect(self._follow_selection)
        self.dock.closed.connect(self._close_dock)
        self.dock.phi.row_chosen.connect(self._count)
        if self.crosses is not None:
            self.crosses.changed.connect(self._count)
            self.crosses.picked.connect(self._open_dock)

    # What the data make of it -------------------------------------------------------------------------------------

    @Slot()
    def follow(self) -> None:
        """Another graph: the data say what they make of it."""
        graph = self._draft.graph
        if graph != self._checking:
            self._checking = graph
            self.header.set_checked(None)
            self._drafting.check(graph, self._take_check)
            if self._counted is not None and self._counted.buckets != buckets_of(graph):
                self._count()
        self.judged.emit()

    def _take_check(self, checked: Checked) -> None:
        if self._draft.graph != self._checking:
            return
        if checked.problem is not None and first_problem(self._draft) is None:
            self._draft.document.remark(GraphProblem(checked.problem, checked.block))
        if self.features is not None and checked.features:
            self.features.show_features(checked.features)
        if self.vectors is not None and checked.spec is not None:
            self.vectors.show_agreed(checked.spec)
        self.header.set_checked(checked)
        self.warnings.setText("\n".join(map(sentence_of, checked.warnings)))
        self.warnings.setVisible(bool(checked.warnings))
        self.judged.emit()

    # Crosses ------------------------------------------------------------------------------------------------------

    @Slot()
    def _count(self) -> None:
        """Count the crosses, and work the picked one out on the chosen row; what is known already is shown at once."""
        panel = self.crosses
        if panel is None:
            return
        wanted = Counting(panel.crosses, buckets_of(self._draft.graph), self.dock.phi.row.value())
        if not panel.crosses:
            self._counted, self._crossed = None, None
            self.panes.dock.hide()
        elif wanted != self._counted:
            self._counted, self._crossed = wanted, None
            self._drafting.cross(*wanted, self._take_crossed)
        else:
            self._show_crossed()

    def _take_crossed(self, crossed: Crossed) -> None:
        panel = self.crosses
        if panel is None or tuple(one.columns for one in crossed.crosses) != panel.crosses:
            return
        self._crossed = crossed
        panel.show_crossed(crossed)
        self._show_crossed()

    def _show_crossed(self) -> None:
        if self.crosses is not None:
            self.dock.show_crossed(self._crossed, self.crosses.at)

    @Slot()
    def _open_dock(self) -> None:
        self.panes.dock.show()
        self._count()

    @Slot()
    def _close_dock(self) -> None:
        self.panes.dock.hide()
        self.panes.canvas.setFocus()

    @Slot(tuple)
    def _follow_selection(self, ids: tuple[str, ...]) -> None:
        """The block that holds the crosses is picked: what they make of the data is shown."""
        block = cross_block(self._draft.graph)
        if block is not None and ids == (block.id,) and self.crosses is not None and self.crosses.crosses:
            self._open_dock()
