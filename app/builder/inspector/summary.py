"""The network in a few lines, for when no block is selected: its size and what is wrong with it."""

from __future__ import annotations

from math import prod

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.kit.numbers import counted
from app.kit.translation import sentence_of
from app.kit.widgets.labels import wrapped
from app.network.document import Document
from engine.graph.validation import GraphProblem


def parameters_text(parameters: int) -> str:
    """``72 parameters``."""
    one = QCoreApplication.translate("NetworkSummary", "1 parameter")
    return counted(parameters, one, QCoreApplication.translate("NetworkSummary", "{count} parameters"))


def parameter_count(document: Document, block_id: str) -> int | None:
    """Trainable numbers of a block; None where its shape cannot be known."""
    graph, widths = document.graph, document.widths
    block = graph.block(block_id)
    sources = [wire.source for wire in graph.wires_into(block_id)]
    if not {block_id, *sources} <= widths.keys():
        return None
    specs = block.declaration.parameters(block.params, [widths[source] for source in sources], widths[block_id])
    return sum(prod(spec.shape) for spec in specs if spec.trainable)


class NetworkSummary(QWidget):
    """``show_block(id)``: the person wants to see where a problem sits."""

    show_block = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.size_line = wrapped(role=None)
        self.hint = wrapped(self.tr("Select a block on the canvas to see and change what it does."))
        self._problems = QVBoxLayout()
        self._problems.setSpacing(6)
        self.problem_rows: list[QWidget] = []
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.size_line)
        rows.addWidget(self.hint)
        rows.addLayout(self._problems)
        document.graph_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Count and complain anew."""
        graph = self._document.graph
        counts = [parameter_count(self._document, block.id) for block in graph.blocks]
        known = zip(graph.blocks, counts, strict=True)  # one that nothing leads to has no weights yet
        layers = sum(block.declaration.probed for block, count in known if count is not None)
        parts = (
            counted(len(graph.blocks), self.tr("1 block"), self.tr("{count} blocks")),
            counted(layers, self.tr("1 layer with weights"), self.tr("{count} layers with weights")),
            parameters_text(sum(count for count in counts if count is not None)),
        )
        self.size_line.setText(f"{', '.join(parts)}\n{self._ends_text()}")
        for row in self.problem_rows:
            row.hide()
            row.deleteLater()
        self.problem_rows = [self._row(problem) for problem in self._document.problems]

    def _ends_text(self) -> str:
        graph, widths = self._document.graph, self._document.widths
        into, out = (sum(widths.get(block.id, 0) for block in ends) for ends in (graph.inputs, graph.outputs))
        inputs = counted(into, self.tr("1 input"), self.tr("{count} inputs"))
        outputs = counted(out, self.tr("1 output"), self.tr("{count} outputs"))
        return f"{inputs} → {outputs}"

    def _row(self, problem: GraphProblem) -> QWidget:
        row = QWidget()
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        sign = "✕ " if problem.blocking else "· "
        sentence = wrapped(sign + sentence_of(problem.problem), None if problem.blocking else "muted")
        lines.addWidget(sentence)
        if problem.block_id is not None:
            button = QPushButton(self.tr("Show"))
            button.setProperty("role", "chip")
            button.setToolTip(self.tr("Select the block that this is about"))
            button.clicked.connect(lambda _checked=False, block_id=problem.block_id: self.show_block.emit(block_id))
            lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._problems.addWidget(row)
        return row
