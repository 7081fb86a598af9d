"""The graph as a tree of words, in step with the drawing: for the keyboard, and for those who hear the window."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit.capitals import in_capitals
from app.kit.listing import listed
from app.kit.widgets.in_sight import FollowsInSight
from app.kit.widgets.labels import Label
from app.kit.widgets.outline_tree import OutlineItem, OutlineTree
from app.workspaces.scalar_graph.computation import Computation, PassState
from app.workspaces.scalar_graph.model import GraphModel
from app.workspaces.scalar_graph.names import bracketed, gradient_text, name_text, not_yet, value_text, word_of

INPUTS, NODES = "§ inputs", "§ nodes"
"""Keys of the rows that hold the others; no name can be these."""


def outline_of(worked: Computation, state: PassState) -> tuple[OutlineItem, ...]:
    """Result, inputs and nodes, each with what is known of it."""
    graph = worked.graph
    leaves = tuple(_leaf(worked, state, index) for index in graph.variables.values())
    nodes = tuple(_node(worked, state, index) for index in graph.operations)
    result = QCoreApplication.translate("GraphOutline", "Result {name}: {value}").format(
        name=name_text(graph.labels[graph.output]), value=_value(state, graph.output)
    )
    return (
        OutlineItem("§ result", result),
        OutlineItem(INPUTS, QCoreApplication.translate("GraphOutline", "Inputs"), leaves),
        OutlineItem(NODES, QCoreApplication.translate("GraphOutline", "Nodes, in the order of the pass"), nodes),
    )


def _leaf(worked: Computation, state: PassState, index: int) -> OutlineItem:
    node = worked.graph.nodes[index]
    note = QCoreApplication.translate("GraphOutline", "gradient {gradient}").format(
        gradient=_gradient(worked, state, index)
    )
    return OutlineItem(node.key, name_text(node.name), number=worked.inputs[node.name], note=note)


def _node(worked: Computation, state: PassState, index: int) -> OutlineItem:
    graph = worked.graph
    node = graph.nodes[index]
    operands = listed(name_text(graph.labels[parent]) for parent in node.parents)
    text = QCoreApplication.translate("GraphOutline", "{name}: {operation} of {operands}")
    said = text.format(name=name_text(graph.labels[index]), operation=word_of(node), operands=operands)
    note = QCoreApplication.translate("GraphOutline", "value {value}, gradient {gradient}").format(
        value=_value(state, index), gradient=_gradient(worked, state, index)
    )
    fault = state.faulty.get(index)
    rows = [OutlineItem((node.key, slot), _share(worked, state, index, slot)) for slot in range(len(node.parents))]
    if fault is not None:
        rows.insert(0, OutlineItem((node.key, "fault"), fault))
    return OutlineItem(node.key, said, tuple(rows), note=note)


def _share(worked: Computation, state: PassState, index: int, slot: int) -> str:
    """Return the gradient that goes back to an operand, in words."""
    graph = worked.graph
    parent = graph.nodes[index].parents[slot]
    if not graph.live[parent]:
        return QCoreApplication.translate("GraphOutline", "{operand} is constant and needs no gradient").format(
            operand=name_text(graph.labels[parent])
        )
    handed = state.handed.get((index, slot))
    if handed is None:
        return QCoreApplication.translate("GraphOutline", "hands to {operand}: {state}").format(
            operand=name_text(graph.labels[parent]), state=not_yet()
        )
    product = f"{gradient_text(handed.upstream)} × {bracketed(value_text(handed.local))}"
    return QCoreApplication.translate("GraphOutline", "hands to {operand}: {product} = {result}").format(
        operand=name_text(graph.labels[parent]), product=product, result=gradient_text(handed.product)
    )


def _value(state: PassState, index: int) -> str:
    value = state.values[index]
    return not_yet() if value is None else value_text(value)


def _gradient(worked: Computation, state: PassState, index: int) -> str:
    if not worked.graph.live[index]:
        return QCoreApplication.translate("GraphOutline", "not needed")
    value = state.gradients[index]
    if value is not None and index in state.hollow:
        words = QCoreApplication.translate("GraphOutline", "{number}, which means nothing")
        return words.format(number=gradient_text(value))
    return not_yet() if value is None else gradient_text(value)


class GraphOutline(FollowsInSight, QWidget):
    """The tree under its heading; it follows only while it is in sight."""

    def __init__(self, model: GraphModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.tree = OutlineTree(self.tr("The graph as a tree"), shown=value_text)
        self.tree.setToolTip(self.tr("The same graph in words; type over an input's number with F2"))
        heading = Label(in_capitals(self.tr("Outline")))
        heading.setProperty("role", "heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 6, 6)
        column.addWidget(heading)
        column.addWidget(self.tree, 1)
        self.tree.chosen.connect(self._choose)
        self.tree.pointed.connect(self._point)
        self.tree.number_edited.connect(self._edit)
        for signal in (model.state_changed, model.refused):
            signal.connect(self.follow)
        model.chosen_changed.connect(self._show_chosen)
        model.pointed_changed.connect(self._light)

    def write(self) -> None:
        """Say what is known; nothing of an expression that cannot be read."""
        worked, state = self._model.worked, self._model.state
        if worked is None or self._model.stale or len(state.values) != len(worked.graph.nodes):
            unread = self._model.error is not None
            why = (
                self.tr("The expression cannot be read yet.")
                if unread
                else self.tr("The expression is not finished yet.")
            )
            self.tree.show_items((OutlineItem("§ nothing", why),))
            return
        self.tree.show_items(outline_of(worked, state))

    def _key(self, key: Hashable) -> str | None:
        """The node that a row belongs to."""
        found = key[0] if isinstance(key, tuple) else key
        worked = self._model.worked
        return str(found) if worked is not None and found in worked.graph.index else None

    @Slot(object)
    def _choose(self, key: Hashable) -> None:
        node = self._key(key)
        if node is not None:
            self._model.choose(frozenset({node}))

    @Slot(object)
    def _point(self, key: Hashable | None) -> None:
        self._model.point(self._key(key) if key is not None else None)

    @Slot(object, float)
    def _edit(self, key: Hashable, value: float) -> None:
        self._model.set_input(str(key), value)
        self._model.settle()

    @Slot()
    def _show_chosen(self) -> None:
        if self.isVisible() and len(self._model.chosen) == 1:
            self.tree.show_chosen(next(iter(self._model.chosen)))

    @Slot()
    def _light(self) -> None:
        self.tree.light(() if self._model.pointed is None else {self._model.pointed})
