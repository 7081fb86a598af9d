"""The inputs of the expression as sliders: dragged, typed, nudged, in step with the leaves on the canvas."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.kit.formula.trees import markup_of_name
from app.kit.widgets.drag_number import ValueSlider
from app.kit.widgets.labels import wrapped
from app.workspaces.scalar_graph.desk import Desk

REACH = 6.0
"""The tracks go from −6 to 6, unless a value lies beyond."""
FACTOR = 5.0
"""Then they are so many times as long, as often as it takes."""
MOST = 12
"""So many inputs have a slider; of more, those that are chosen."""


def reach_for(value: float) -> float:
    """How far a track goes to both sides."""
    reach = REACH
    while abs(value) > reach:
        reach *= FACTOR
    return reach


class Leaves(QWidget):
    """A slider for every input. ``nudged(name, before, after)``: by a key. ``rebuilt``: there are others.
    ``waiting``: whether they cannot be changed now, for the text cannot be read."""

    nudged = Signal(str, float, float)
    waiting = Signal(bool)
    rebuilt = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.sliders: dict[str, ValueSlider] = {}
        self._focused: QWidget | None = None
        """What had the keyboard when it had to wait."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._more = wrapped()
        self._more.hide()
        self._column.addWidget(self._more)
        desk.worked_changed.connect(self.follow)
        desk.chosen_changed.connect(self.follow)
        desk.refused.connect(self._wait)
        desk.accepted.connect(self._wait)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show the inputs that there are, with their values."""
        worked = self._desk.worked
        inputs = dict(worked.inputs) if worked is not None else {}
        names = self._shown(tuple(inputs))
        if names != tuple(self.sliders):
            self._rebuild(names, inputs)
        for name in names:
            slider = self.sliders[name]
            if abs(inputs[name]) > slider.number.maximum:
                self._rebuild(names, inputs)  # with a longer track
                break
            if slider.value != inputs[name]:
                slider.set_value(inputs[name])
        left_out = len(inputs) - len(names)
        self._more.setVisible(left_out > 0)
        words = self.tr("{count} more: choose leaves in the graph, and they stand here.")
        self._more.setText(words.format(count=left_out))

    @Slot()
    def _wait(self) -> None:
        """While the text cannot be read they show the last values, and hold still."""
        stale, focused = self._desk.stale, QApplication.focusWidget()
        if stale and focused is not None and self.isAncestorOf(focused):
            self._focused = focused
        for slider in self.sliders.values():
            slider.setEnabled(not stale)
        if not stale:
            self._give_back()
        self.waiting.emit(stale)

    def _give_back(self) -> None:
        """The keyboard to where it was, unless it is somewhere by now."""
        if self._focused is not None and isValid(self._focused) and QApplication.focusWidget() is None:
            self._focused.setFocus()
        self._focused = None

    def _shown(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """All of them, or of many those that are chosen, then the first ones."""
        if len(names) <= MOST:
            return names
        first = sorted(names, key=lambda name: name not in self._desk.chosen)
        return tuple(first[:MOST])

    def _rebuild(self, names: tuple[str, ...], inputs: dict[str, float]) -> None:
        for slider in self.sliders.values():
            self._column.removeWidget(slider)
            slider.hide()
            slider.deleteLater()
        self.sliders = {name: self._slider(name, inputs[name]) for name in names}
        for slider in self.sliders.values():
            slider.setEnabled(not self._desk.stale)
            self._column.insertWidget(self._column.count() - 1, slider)
            slider.show()  # else Qt leaves it out of the column's height until its own turn
        self.rebuilt.emit()

    def _slider(self, name: str, value: float) -> ValueSlider:
        tip = self.tr("Drag, type or use the arrow keys: the whole graph follows")
        reach = reach_for(value)
        slider = ValueSlider(
            f"${markup_of_name(name)}$", value, -reach, reach, step=0.01 * reach / REACH, digits=4, tip=tip
        )
        slider.moved.connect(partial(self._move, name))
        slider.settled.connect(self._desk.settle)
        slider.nudged.connect(partial(self.nudged.emit, name))
        slider.pointed.connect(partial(self._point, name))
        return slider

    def _move(self, name: str, value: float) -> None:
        self._desk.set_input(name, value)

    def _point(self, name: str, on: bool) -> None:
        self._desk.point(name if on else None)
