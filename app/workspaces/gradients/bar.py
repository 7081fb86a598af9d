"""The page's part of the top bar: training, the moment that is shown, and each network's ratio."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QPushButton, QSizePolicy, QToolButton, QWidget

from app.kit import theme
from app.kit.icons import set_icon
from app.kit.numbers import grouped
from app.kit.widgets.action_button import action_button
from app.kit.widgets.flow import give_way
from app.kit.widgets.readout import Readout
from app.kit.widgets.tone import mark
from app.kit.words import plain_tip
from app.workspaces.gradients.words import LETTERS, PRESET_WORDS, preset_title, ratio_text, said
from engine.gradients.presets import PRESETS

GO_WIDTH = 124
SHORT, SHORT_EACH = 780, 100
"""In less width than this in pixels, and so much more for each network beyond two, words are left out."""
LINE = 3
"""Pixels of the line under the bar."""
FEW = 2
"""So many networks have a caption of words each; of more, the first has it and the others their letters."""


class GradientsBar(QWidget):
    """Buttons for the page's actions, and read-outs; a thin line under them tells how far training has come.
    ``asked(number)``: where does the ratio of this network come from? ``preset_chosen(key)``: a ready-made
    experiment."""

    asked = Signal(int)
    preset_chosen = Signal(str)

    def __init__(self, go: QAction, step: QAction, reset: QAction, add: QAction, guess: QAction) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(8)
        self._go = go
        self.go = QPushButton()
        self.go.setProperty("role", "primary")
        self.go.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.go.setMinimumWidth(GO_WIDTH)
        self.go.clicked.connect(go.trigger)
        self._progress = QProgressBar(self)
        self._progress.setProperty("role", "line")
        self._progress.setAccessibleName(self.tr("Training"))
        self._progress.hide()
        self._running: tuple[float, bool, bool] | None = None
        row.addWidget(self.go)
        self._pills = [action_button(action, "pill") for action in (step, reset, add)]
        self._short: bool | None = None
        self._late: tuple[int | None, ...] = ()
        """After how many steps each network is shown, where that is not the step shown."""
        self._form: tuple[object, ...] | None = None
        for pill in self._pills[:2]:
            row.addWidget(pill)
        self._numbers = QHBoxLayout()
        self._numbers.setContentsMargins(8, 0, 0, 0)
        self._numbers.setSpacing(16)
        self.step = Readout(self.tr("STEP"), self.tr("The moment that is shown"), "2000")
        self._numbers.addWidget(self.step)
        self.step.outgrown.connect(self._make_room)
        self.ratios: list[Readout] = []
        self._tones: tuple[str, ...] = ()
        row.addLayout(self._numbers)
        row.addStretch(1)
        self._guess = action_button(guess, "chip")
        row.addWidget(self._guess)
        row.addWidget(self._preset_menu())
        row.addWidget(self._pills[2])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        go.changed.connect(self._follow)
        self._follow()
        theme.follow(self._restyle)

    def _preset_menu(self) -> QToolButton:
        self.presets = QToolButton()
        self.presets.setProperty("role", "pill")
        self.presets.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.presets.setToolTip(self.tr("Open a ready-made experiment; undo restores the current one"))
        menu = QMenu(self.presets)
        menu.setToolTipsVisible(True)
        self.preset_actions: dict[str, QAction] = {}
        for preset in PRESETS:
            _, differs, watch = PRESET_WORDS[preset.key]
            action = menu.addAction(f"{preset_title(preset.key)}\t{said(differs)}")
            self.preset_actions[preset.key] = action
            action.setCheckable(True)
            action.setToolTip(plain_tip(said(watch)))
            action.setData(preset.key)
        menu.triggered.connect(self._choose_preset)
        self.presets.setMenu(menu)
        return self.presets

    @Slot(object)
    def _choose_preset(self, action: QAction) -> None:
        self.preset_chosen.emit(action.data())

    def show_preset(self, key: str | None) -> None:
        """Name the ready-made experiment that is open as it was made; None for one of one's own."""
        self.presets.setText(preset_title(key) if key is not None else self.tr("Experiments"))
        for name, action in self.preset_actions.items():
            action.setChecked(name == key)
        self._make_room()

    def _follow(self) -> None:
        self.go.setText(self._go.text())
        self.go.setAccessibleName(self._go.text())
        self.go.setToolTip(self._go.toolTip())

    def show_running(self, share: float, *, training: bool, playing: bool) -> None:
        """Show how far training has come, or that its steps are being played."""
        if (running := (share, training, playing)) == self._running:
            return  # told so with every number that is dragged; another icon has the whole bar laid out anew
        self._running = running
        set_icon(self.go, "pause" if training or playing else "play", "on_accent")
        self._progress.setVisible(training)
        self._progress.setValue(round(100 * share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, pictures do for words: the tooltips have these."""
        super().resizeEvent(event)
        self._progress.setGeometry(0, self.height() - LINE, self.width(), LINE)
        if self._shorten():
            self._name()
        self._make_room()

    def _shorten(self) -> bool:
        """Leave words out, or say them again; whether that is another form."""
        short = self.width() < SHORT + SHORT_EACH * max(0, len(self.ratios) - FEW)
        changed, self._short = short is not self._short, short
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if short else Qt.ToolButtonStyle.ToolButtonTextOnly
        for pill in (*self._pills, self._guess) if changed else ():
            pill.setToolButtonStyle(style)
        mark(self._guess, "pictured", short)
        return changed

    @Slot()
    def _make_room(self) -> None:
        """Where there is still too little, the step goes, then the ratios from the last one on: the columns have
        these."""
        row = self.layout()
        assert row is not None
        give_way(row, self.width(), ((part, True) for part in (self.step, *reversed(self.ratios))))

    def show_figures(
        self, step: int, ratios: Sequence[float | None], tones: Sequence[str], steps: Sequence[int]
    ) -> None:
        """Show the moment and each network's ratio there, in the colour of its verdict; None is hidden yet. ``steps``:
        after which each ratio is, where a network has not come so far."""
        self._late = tuple(None if own == step else own for own in steps)
        while len(self.ratios) < len(ratios):
            readout = Readout(*self._words(len(self.ratios)), "1.2·10⁻¹⁰", asks=True)
            readout.asked.connect(partial(self.asked.emit, len(self.ratios)))
            self.ratios.append(readout)
            self._numbers.addWidget(readout)
            readout.fit()
            readout.outgrown.connect(self._make_room)
        while len(self.ratios) > len(ratios):
            gone = self.ratios.pop()
            self._numbers.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._shorten()
        self._name()
        self.step.fit()
        self.step.say(str(step))
        for readout, ratio in zip(self.ratios, ratios, strict=True):
            readout.say("?" if ratio is None else ratio_text(ratio))
        self._tones = tuple("text" if ratio is None else tone for ratio, tone in zip(ratios, tones, strict=True))
        self._restyle()

    def _restyle(self) -> None:
        """The ratios in the colours of the theme."""
        for readout, tone in zip(self.ratios, self._tones, strict=True):
            style = f"color: {theme.colour(tone).name()};"
            if style != readout.value.styleSheet():  # setting one costs more than all the rest
                readout.value.setStyleSheet(style)

    def _words(self, number: int) -> tuple[str, str]:
        """Caption and tooltip of the ratio of a network (from 0), with its step where that is not the one shown."""
        letter, late = LETTERS[number], self._late[number]
        tip = self.tr("‖δ‖ of the first hidden layer over that of the last, network {letter}").format(letter=letter)
        if len(self._late) <= FEW and not self._short:
            caption = self.tr("First ÷ last ‖δ‖, {letter}").format(letter=letter)
        else:
            caption = self.tr("RATIO, {letter}").format(letter=letter) if number == 0 else letter
        if late is None:
            return caption, tip
        behind = self.tr("{tip}. It hasn't reached the step shown").format(tip=tip)
        return self.tr("{name} · STEP {step}").format(name=caption, step=grouped(late)), behind

    def _name(self) -> None:
        """Give the ratios the captions that there is room for; while a network's own steps are counted, its room only
        grows, so that what stands beside it stays."""
        form = len(self.ratios), self._short, tuple(step is None for step in self._late)
        anew, self._form = form != self._form, form
        for number, readout in enumerate(self.ratios):
            readout.set_caption(*self._words(number))
            if anew:
                readout.fit()
        if anew:
            self._make_room()
