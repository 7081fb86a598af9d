"""The bar that plays: play, to the beginning, back, the line of steps, on, to the end, speed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.kit.icons import set_icon
from app.kit.numbers import plain
from app.kit.playback.playback import SPEEDS, Playback
from app.kit.playback.scrubber import HEIGHT, Scrubber
from app.kit.widgets.choice import ComboBox
from app.kit.widgets.play_button import RoundPlayButton
from app.kit.words import plain_tip

BUTTON = 28
ROOMY = 440
"""Pixels: in a narrower bar there are no buttons to the ends; the line of steps and the keys go there as well."""


class PlaybackBar(QWidget):
    """The buttons of a :class:`Playback`. Shortcuts are the page's: :meth:`set_actions` puts its actions behind them.

    ``speed_chosen(steps a second)``: by the person, to be remembered. ``ground``: the colour that the line stands on.
    """

    speed_chosen = Signal(float)

    def __init__(
        self, playback: Playback, parent: QWidget | None = None, *, speeds: Sequence[float] = SPEEDS, ground: str = ""
    ) -> None:
        super().__init__(parent)
        self.playback = playback
        self._speeds = tuple(sorted({*speeds, playback.speed}))
        self.setAccessibleName(self.tr("Playback"))
        self.play_button = RoundPlayButton()
        self.play_button.setToolTip(self.tr("Play the steps one after another, or pause"))
        self.begin_button = self._tool("to_start", self.tr("To the beginning"), repeats=False)
        self.back_button = self._tool("one_back", self.tr("One step back"))
        self.step_button = self._tool("one_on", self.tr("One step on"))
        self.end_button = self._tool("to_end", self.tr("To the end"), repeats=False)
        self.scrubber = Scrubber(playback, ground)
        self.scrubber.setToolTip(self.tr("Drag or click to go to a step; arrow keys step, Home and End go to the ends"))
        self.speed_box = self._speed_box()
        self._actions: dict[QWidget, QAction] = {}
        self.play_button.clicked.connect(self._play)
        self.back_button.clicked.connect(self._back)
        self.step_button.clicked.connect(self._step)
        self.begin_button.clicked.connect(self._begin)
        self.end_button.clicked.connect(self._end)
        self._lay_out()
        playback.moved.connect(self._follow)
        playback.length_changed.connect(self._follow)
        playback.playing_changed.connect(self._follow)
        playback.speed_changed.connect(self._follow_speed)
        self._follow()

    def _tool(self, icon: str, tip: str, *, repeats: bool = True) -> QToolButton:
        button = QToolButton()
        set_icon(button, icon)
        button.setIconSize(QSize(16, 16))
        button.setFixedSize(BUTTON, BUTTON)
        button.setAutoRepeat(repeats)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        return button

    def _speed_box(self) -> ComboBox:
        box = ComboBox()
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
        row.addWidget(
            _beside(self.play_button, _pair(self.begin_button, self.back_button)), 0, Qt.AlignmentFlag.AlignTop
        )
        row.addWidget(self.scrubber, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_beside(_pair(self.step_button, self.end_button), self.speed_box), 0, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button in (self.begin_button, self.end_button):
            button.setVisible(event.size().width() >= ROOMY)

    def minimumSizeHint(self) -> QSize:
        """Without the buttons that give way."""
        hint = super().minimumSizeHint()
        return hint if self.end_button.isHidden() else hint - QSize(2 * BUTTON, 0)

    # What is shown ------------------------------------------------------------------------------------------------

    def set_sections(self, sections: Sequence[tuple[str, int]]) -> None:
        """Name the steps: each section's name and how many steps it has."""
        self.scrubber.set_sections(sections)

    def set_marks(self, steps: Collection[int]) -> None:
        """Mark places: so many steps done."""
        self.scrubber.set_marks(steps)

    def set_actions(
        self, play: QAction, back: QAction, step: QAction, begin: QAction | None = None, end: QAction | None = None
    ) -> None:
        """Let the buttons do what these actions of the page do, with their tooltips, which name their keys."""
        buttons = self.play_button, self.back_button, self.step_button, self.begin_button, self.end_button
        for button, action in zip(buttons, (play, back, step, begin, end), strict=True):
            if action is None:
                continue
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
        self.begin_button.setEnabled(self.playback.position > 0)
        for button in (self.step_button, self.end_button):
            button.setEnabled(there and not self.playback.at_end)

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

    @Slot()
    def _begin(self) -> None:
        self._do(self.begin_button, lambda: self.playback.go(0))

    @Slot()
    def _end(self) -> None:
        self._do(self.end_button, lambda: self.playback.go(self.playback.length))

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


def _pair(*buttons: QWidget) -> QWidget:
    """Buttons that belong together, close to one another."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for button in buttons:
        row.addWidget(button)
    return box
