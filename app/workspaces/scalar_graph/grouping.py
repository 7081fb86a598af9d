"""What hands do to the expression on the canvas: nodes become one, or many again."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Slot

from app.workspaces.scalar_graph.canvas.hulls import Hull
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.groups import chosen_group, collapsed_chosen
from app.workspaces.workspace import Messages


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
