"""Widgets beside a drawing that changes with every frame: they are painted in turns, so that no frame paints all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from app.kit.widgets.per_frame import FRAME_MS


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Widgets that are painted together; ``follow`` is called before. ``steady``: whatever happens they stay where they
    are."""

    widgets: tuple[QWidget, ...]
    follow: Callable[[], None] | None = None
    steady: bool = False


_resting: WeakSet[QWidget] = WeakSet()
"""Those that are painted, and wait with what they show."""


def waits(widget: QWidget) -> bool:
    """Whether its turn is yet to come; not where only something round it waits, as the window while a page is built."""
    return widget.testAttribute(Qt.WidgetAttribute.WA_ForceUpdatesDisabled) or widget in _resting


class InTurns(QObject):
    """After each :meth:`hold` the groups are painted one a frame, in their order; what is seen of a change follows
    within as many frames as there are groups. While a widget :func:`waits` it leaves undone what takes time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[Group] = []
        self._waiting: list[Group] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._let_one)

    def add(self, *widgets: QWidget, follow: Callable[[], None] | None = None, steady: bool = False) -> None:
        """These are painted together, after those that were added before them; ``follow``: what to do before. They are
        ``steady`` where what is shown never moves them, nor makes them larger."""
        self._groups.append(Group(widgets, follow, steady))

    @property
    def waiting(self) -> bool:
        """Whether one is still to be painted."""
        return bool(self._waiting)

    def hold(self, *, steady: bool = False) -> None:
        """What is shown has changed: each group waits for its turn, or each ``steady`` one does, of which only some
        will show anything else: these are painted as ever, for Qt paints all of what it has not painted for a while.
        One that waits already keeps its place."""
        for group in self._groups:
            if group not in self._waiting and group.steady >= steady:
                self._waiting.append(group)
                for widget in group.widgets:
                    if steady:
                        _resting.add(widget)
                    else:
                        widget.setUpdatesEnabled(False)
        if self._waiting and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _let_one(self) -> None:
        if self._waiting:
            group = self._waiting.pop(0)
            for widget in group.widgets:
                _resting.discard(widget)
                widget.setUpdatesEnabled(True)
            if group.follow is not None:
                group.follow()
        if not self._waiting:
            self._timer.stop()
