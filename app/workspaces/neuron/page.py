"""The page of one neuron: the drawing in the middle, what can be set on the left, its plane on the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.kit.actions import ActionSet
from app.kit.sheet import Sheet
from app.kit.widgets.frame import splitter
from app.workspaces.neuron.left import ControlPanel
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.right import RightPanel
from app.workspaces.neuron.stage.view import StageView
from app.workspaces.neuron.sum_line import SumLine
from app.workspaces.workspace import Host, Page
from engine.neuron.sheet import FORM, NeuronContent
from engine.problems import Problem


class NeuronPage(Page):
    """One unit and its table, as a document."""

    document: Sheet[NeuronContent]

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.document = Sheet(FORM, NeuronContent(), self.tr("One neuron"), self)
        self.model = NeuronModel(self.document, self)
        self.left = ControlPanel(self.model)
        self.stage = StageView(self.model)
        self.sum_line = SumLine(self.model)
        self.right = RightPanel(self.model)
        self.widget = self._frame()
        self.actions = ActionSet(self.widget)

    def _frame(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stage, 1)
        holder = QWidget()
        inner = QHBoxLayout(holder)
        inner.setContentsMargins(10, 0, 10, 8)
        inner.addWidget(self.sum_line)
        column.addWidget(holder)
        upper = splitter(Qt.Orientation.Horizontal, middle, self.right, 0)
        dock = QWidget()
        dock.setMinimumHeight(260)
        self.split: QSplitter = splitter(Qt.Orientation.Vertical, upper, dock, 0)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.left)
        row.addWidget(self.split, 1)
        return whole

    def open_file(self, path: Path, *, copy: bool = False) -> tuple[Problem, ...]:
        return self.document.open(path, copy=copy)
