"""Groups of nodes that can be one node: which there are, how they are drawn, and the edits that make and open them."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QCoreApplication, QObject, Slot

from app.workspaces.scalar_graph.canvas.drawing import Drawing
from app.workspaces.scalar_graph.canvas.hulls import Hull, hull_box
from app.workspaces.scalar_graph.model import Desk
from app.workspaces.scalar_graph.named_groups import Group
from app.workspaces.workspace import Messages

MOST_HULLS = 6
"""In a drawing with more groups only the first ones have a hull; any can be chosen by hand."""
LETTERS = "fghqrs"
"""What a group without a name is called."""


def chosen_group(desk: Desk) -> Group | None:
    """What is chosen, where that is two operations or more."""
    worked = desk.worked
    if worked is None:
        return None
    graph = worked.graph
    keys = frozenset(str(k) for k in desk.chosen if str(k) in graph.index and graph.nodes[graph.index[str(k)]].rule)
    if len(keys) < 2:
        return None
    taken = {node.rule.symbol for node in graph.nodes if node.rule is not None}
    name = next((letter for letter in LETTERS if letter not in taken), LETTERS[0])
    return Group(keys, name, "")


def collapsed_chosen(desk: Desk) -> str | None:
    """The key of a chosen node that is several in one."""
    worked = desk.worked
    if worked is None:
        return None
    graph = worked.graph
    keys = (str(key) for key in desk.chosen if str(key) in graph.index)
    return next((key for key in keys if graph.nodes[graph.index[key]].inner is not None), None)


def hulls_of(desk: Desk, drawing: Drawing) -> tuple[Hull, ...]:
    """A hull for what is chosen; else one for each node that can be opened, and for each group that has a name."""
    worked = desk.worked
    if worked is None or desk.stale:
        return ()
    group = chosen_group(desk)
    if group is not None:
        return (_hull(group, drawing),)
    opening = tuple(_opening(node.key, drawing) for node in worked.graph.nodes if node.inner is not None)
    return (*opening, *(_hull(one, drawing) for one in worked.shape.groups))[:MOST_HULLS]


def _opening(key: str, drawing: Drawing) -> Hull:
    words = QCoreApplication.translate("GraphGroups", "open again")
    return Hull(frozenset({key}), hull_box(drawing, {key}), words)


def _hull(group: Group, drawing: Drawing) -> Hull:
    text = QCoreApplication.translate("GraphGroups", "{label}: collapse {count} nodes to")
    plain = QCoreApplication.translate("GraphGroups", "collapse {count} nodes")
    words = text if group.markup else plain
    if group.label and not group.markup:
        words = QCoreApplication.translate("GraphGroups", "{label}: collapse {count} nodes")
    said = words.format(label=group.label, count=len(group.keys))
    around: frozenset[Hashable] = frozenset(group.keys) | _constants_of(group, drawing)
    return Hull(frozenset(group.keys), hull_box(drawing, around), said, group.markup, group.name)


def _constants_of(group: Group, drawing: Drawing) -> frozenset[Hashable]:
    """The constants that only the group uses lie within its hull."""
    found: set[Hashable] = set()
    for link in drawing.links:
        if link.plain and drawing.knots[link.target].key in group.keys:
            found.add(drawing.knots[link.source].key)
    return frozenset(found)


class Grouping(QObject):
    """Asks the desk for the edits; says why there is nothing to be done."""

    def __init__(self, desk: Desk, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._messages = desk, messages

    @Slot(object)
    def take_hull(self, hull: Hull) -> None:
        """A pill was clicked: collapse its group, or open what it stands over."""
        keys = frozenset(str(key) for key in hull.keys)
        if hull.name:
            self._desk.collapse(keys, hull.name)
        else:
            self._desk.open(next(iter(keys)))

    def collapse(self) -> None:
        """What is chosen; where nothing is, the first group that has a name."""
        worked = self._desk.worked
        if worked is None:
            return
        group = chosen_group(self._desk) or next(iter(worked.shape.groups), None)
        if group is not None:
            self._desk.collapse(group.keys, group.name)
            return
        self._messages.say(
            QCoreApplication.translate(
                "ScalarGraphPage", "Choose two operations or more, with Shift or a frame, to collapse them."
            )
        )

    def open_again(self) -> None:
        """A chosen node; where none is, the one that was collapsed last."""
        key = collapsed_chosen(self._desk)
        groups, worked = self._desk.document.value.collapsed, self._desk.worked
        if key is None and groups and worked is not None:
            key = next((one for one in groups[-1].nodes if one in worked.graph.index), groups[-1].nodes[0])
        if key is not None:
            self._desk.open(key)
        else:
            self._messages.say(QCoreApplication.translate("ScalarGraphPage", "There is no collapsed node to open."))

    def choose_all(self) -> None:
        """Every node."""
        if self._desk.worked is not None:
            self._desk.choose(frozenset(node.key for node in self._desk.worked.graph.nodes))
