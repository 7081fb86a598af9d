"""The bar that plays: play, back, the line of steps, forward, speed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.kit.icons import set_icon
from app.kit.numbers import plain
from app.kit.playback.playback import SPEEDS, Playback
from app.kit.playback.scrubber import HEIGHT, Scrubber, Section
from app.kit.widgets.play_button import RoundPlayButton

BUTTON = 28


class PlaybackBar(QWidget):
    """The buttons of a :class:`Playback`. Shortcuts are the page's: :meth:`set_actions` puts its actions behind them.

    ``speed_chosen(steps a second)``: by the person, to be remembered.
    """

    speed_chosen = Signal(float)

    def __init__(self, playback: Playback, parent: QWidget | None = None, *, speeds: Sequence[float] = SPEEDS) -> None:
        super().__init__(parent)
        self.playback = playback
        self._speeds = tuple(sorted({*speeds, playback.speed}))
        self.setAccessibleName(self.tr("Playback"))
        self.play_button = RoundPlayButton()
        self.play_button.setToolTip(self.tr("Play the steps one after another, or pause"))
        self.back_button = self._tool("step_back", self.tr("One step back"))
        self.step_button = self._tool("step", self.tr("One step on"))
        self.scrubber = Scrubber(playback)
        self.scrubber.setToolTip(self.tr("Drag or click to go to a step; arrow keys step, Home and End go to the ends"))
        self.speed_box = self._speed_box()
        self._actions: dict[QWidget, QAction] = {}
        self.play_button.clicked.connect(self._play)
        self.back_button.clicked.connect(self._back)
        self.step_button.clicked.connect(self._step)
        self._lay_out()
        playback.moved.connect(self._follow)
        playback.length_changed.connect(self._follow)
        playback.playing_changed.connect(self._follow)
        playback.speed_changed.connect(self._follow_speed)
        self._follow()

    def _tool(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton()
        set_icon(button, icon)
        button.setIconSize(QSize(16, 16))
        button.setFixedSize(BUTTON, BUTTON)
        button.setAutoRepeat(True)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _speed_box(self) -> QComboBox:
        box = QComboBox()
        box.setToolTip(self.tr("How fast it plays"))
        box.setAccessibleName(self.tr("Speed"))
        box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for speed in self._speeds:
            text = self.tr("1 step/s") if speed == 1 else self.tr("{count} steps/s").format(count=plain(speed))
            box.addItem(text, speed)
        box.setCurrentIndex(self._speeds.index(self.playback.speed))
        box.activated.connect(self._choose_speed)
        return box

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(_beside(self.play_button, self.back_button), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.scrubber, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_beside(self.step_button, self.speed_box), 0, Qt.AlignmentFlag.AlignTop)

    # What is shown ------------------------------------------------------------------------------------------------

    def set_sections(self, sections: Sequence[tuple[str, int]]) -> None:
        """Name the steps: each section's name and how many steps it has."""
        self.scrubber.set_sections([Section(name, count) for name, count in sections])

    def set_marks(self, steps: Collection[int]) -> None:
        """Mark places: so many steps done."""
        self.scrubber.set_marks(steps)

    def set_actions(self, play: QAction, back: QAction, step: QAction) -> None:
        """Let the buttons do what these actions of the page do, with their tooltips, which name their keys."""
        for button, action in ((self.play_button, play), (self.back_button, back), (self.step_button, step)):
            self._actions[button] = action
            button.setToolTip(action.toolTip())
        self._follow()

    @Slot()
    def _follow(self) -> None:
        there = self.playback.length > 0
        self.play_button.setEnabled(there)
        self.play_button.set_playing(self.playback.playing)
        self.play_button.setAccessibleName(self.tr("Pause") if self.playback.playing else self.tr("Play"))
        self.back_button.setEnabled(self.playback.position > 0)
        self.step_button.setEnabled(there and not self.playback.at_end)

    @Slot(float)
    def _follow_speed(self, speed: float) -> None:
        nearest = min(self._speeds, key=lambda one: abs(one - speed))
        self.speed_box.setCurrentIndex(self._speeds.index(nearest))

    # Hands --------------------------------------------------------------------------------------------------------

    def _do(self, button: QWidget, otherwise: Callable[[], None]) -> None:
        """What the page's action behind a button does, or what is usual."""
        action = self._actions.get(button)
        if action is None:
            otherwise()
        else:
            action.trigger()

    @Slot()
    def _play(self) -> None:
        self._do(self.play_button, self.playback.toggle)

    @Slot()
    def _back(self) -> None:
        self._do(self.back_button, self.playback.back)

    @Slot()
    def _step(self) -> None:
        self._do(self.step_button, self.playback.step)

    @Slot(int)
    def _choose_speed(self, index: int) -> None:
        self.playback.set_speed(self._speeds[index])
        self.speed_chosen.emit(self._speeds[index])


def _beside(*widgets: QWidget) -> QWidget:
    """Widgets beside the line of steps, centred on it; its names hang below."""
    box = QWidget()
    box.setFixedHeight(HEIGHT)
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return box
