"""Actions declared as plain data: menus, shortcuts, tooltips and the list of shortcuts derive from the declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.kit.icons import set_icon
from app.kit.words import plain_tip

ADOPTED = 99
"""The group of actions that another widget has made: the last."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``text`` and ``tip`` are source strings of the context ``Actions``.

    ``group``: a separator stands between groups of a menu. ``repeats``: holding the keys down does it again and again.
    """

    name: str
    menu: str
    group: int
    text: str
    tip: str
    shortcuts: tuple[str, ...] = ()
    icon: str | None = None
    checkable: bool = False
    repeats: bool = False


def worded_action(text: str) -> str:
    """A text of an action in the window's language."""
    return QCoreApplication.translate("Actions", text)


def make_action(spec: ActionSpec, owner: QWidget) -> QAction:
    """The action of a declaration. It belongs to ``owner``, in whose window its shortcuts work."""
    action = QAction(worded_action(spec.text), owner)
    action.setObjectName(spec.name)
    action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.setCheckable(spec.checkable)
    action.setAutoRepeat(spec.repeats)
    if spec.icon is not None:
        set_icon(action, spec.icon)
    describe(action, worded_action(spec.tip))
    owner.addAction(action)
    return action


def describe(action: QAction, tip: str) -> None:
    """Give the action its tooltip: what it does, and the keys that do it."""
    keys = ", ".join(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts())
    action.setStatusTip(plain_tip(tip))
    action.setToolTip(plain_tip(f"{tip} ({keys})" if keys else tip))


class ActionSet:
    """Actions by name: those of a table, and those that other widgets have made for themselves.

    They are the actions of ``owner``: its shortcuts work while it is in sight, with every menu closed, and rest while
    it is hidden.
    """

    def __init__(self, owner: QWidget, specs: Iterable[ActionSpec] = ()) -> None:
        self._owner = owner
        self._actions: dict[str, QAction] = {}
        self._places: dict[str, tuple[str, int]] = {}
        self._refusals: dict[str, list[QShortcut]] = {}
        self._reasons: dict[str, str] = {}
        self.add(specs)

    def add(self, specs: Iterable[ActionSpec]) -> None:
        """Make the actions of more declarations."""
        for spec in specs:
            self._actions[spec.name] = make_action(spec, self._owner)
            self._places[spec.name] = (spec.menu, spec.group)

    def bind(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Connect actions to what they do. Raises KeyError for a name that is not there."""
        for name, slot in slots.items():
            self._actions[name].triggered.connect(lambda _checked=False, slot=slot: slot())

    def adopt(self, menu: str, actions: Mapping[str, QAction]) -> None:
        """Take in the actions of another widget, to be listed last under ``menu``; their own widget keeps them."""
        for name, action in actions.items():
            self._actions[name] = action
            self._places[name] = (menu, ADOPTED)
            if not action.toolTip() or action.toolTip() == action.text():
                describe(action, action.statusTip() or action.text())

    def refuse(self, name: str, reason: str, say: Callable[[str], object]) -> None:
        """Disable an action for a ``reason``, which is told to ``say`` when its keys are pressed all the same: keys
        that do nothing without a word are taken for broken. An empty reason enables it."""
        action = self._actions[name]
        action.setEnabled(not reason)
        if name not in self._refusals:
            self._refusals[name] = [QShortcut(keys, self._owner) for keys in action.shortcuts()]
            for refusal in self._refusals[name]:
                refusal.activated.connect(lambda: say(self._reasons[name]))
        self._reasons[name] = reason
        for refusal in self._refusals[name]:
            refusal.setEnabled(bool(reason))

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __contains__(self, name: str) -> bool:
        return name in self._actions

    def __iter__(self) -> Iterator[tuple[str, QAction]]:
        return iter(self._actions.items())

    def of(self, menu: str) -> Iterator[tuple[int, QAction]]:
        """(group, action) of a menu's actions, as they were declared."""
        for name, action in self._actions.items():
            where, group = self._places[name]
            if where == menu:
                yield group, action


def grouped(menu: str, sets: Iterable[ActionSet]) -> list[list[QAction]]:
    """The actions that several sets have for a menu and that there are now, group by group."""
    groups: dict[int, list[QAction]] = {}
    for one in sets:
        for group, action in one.of(menu):
            if action.isVisible():
                groups.setdefault(group, []).append(action)
    return [groups[key] for key in sorted(groups)]
