"""What a section of an open run is, and the notices over one that asks the trained network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from app.kit import announce
from app.kit.widgets.frame import column_layout, fill, push_button, row_layout
from app.kit.widgets.labels import ElidedLabel, wrapped
from app.kit.widgets.patience import Patience
from app.workspaces.recommender.open_run import OpenRun


class Notice(QFrame):
    """Hidden until there is something to say; ``wanted`` is pressed to have it mended."""

    def __init__(self, offer: str, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.text = wrapped("", None)
        self.wanted = push_button(offer, "remedy", tip)
        fill(row_layout(self, (14, 6, 14, 6)), (self.text, 1), self.wanted)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say it."""
        self.text.setText(sentence)
        self.show()


class WaitingPage(QWidget):
    """Says what is awaited, and after a moment shows that it takes its time."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.label = wrapped(words)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setFixedWidth(220)
        self._patience = Patience(self.progress, self.progress)
        fill(QVBoxLayout(self), 1, self.label, (self.progress, 0, Qt.AlignmentFlag.AlignHCenter), 1)

    def wait(self) -> None:
        """Wait, from the beginning."""
        self.label.setText(self._words)
        self._patience.set_busy(True)

    def stop(self, words: str | None = None) -> None:
        """Wait no more; ``words``: say these instead."""
        self._patience.set_busy(False)
        if words is not None:
            self.label.setText(words)


PATIENCE_MS = 500
"""What takes no longer needs no word."""


class AskingStrip(QWidget):
    """Follows a run and its answers by itself, and has no height while there is nothing to say.

    ``busy``: whether it says that an answer takes its time; ``kept``: what stays as it is when the network is opened
    again, in words for the tooltips.
    """

    def __init__(self, run: OpenRun, kept: str, *, busy: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self.lost = Notice(self.tr("Start again"), kept)
        self.trained_on = Notice(self.tr("Look again"), kept)
        self.working = self._working_line()
        fill(column_layout(self, spacing=0), self.working, self.lost, self.trained_on)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._show_busy)
        answers = run.answers
        if busy:
            answers.busy_changed.connect(self._note_busy)
            self._note_busy(answers.busy or answers.model is None)
        answers.lost.connect(self._say_lost)
        answers.ready.connect(self._renew)
        run.changed.connect(self._look)
        for notice in (self.lost, self.trained_on):
            notice.wanted.clicked.connect(self._restart)

    def _working_line(self) -> QFrame:
        line = QFrame()
        line.setProperty("role", "bar")
        self.words = ElidedLabel()
        progress = QProgressBar()
        progress.setRange(0, 0)
        progress.setFixedWidth(140)
        fill(row_layout(line, (14, 6, 14, 6)), (self.words, 1), progress)
        line.hide()
        return line

    @Slot(bool)
    def _note_busy(self, busy: bool) -> None:
        """An answer is awaited, or is here: said only once it has taken a moment."""
        if busy and self.working.isHidden():
            self._patience.start()
        elif not busy:
            self._patience.stop()
            self.working.hide()

    @Slot()
    def _show_busy(self) -> None:
        opening = self._run.answers.model is None
        self.words.set_full_text(self.tr("Opening the network …") if opening else self.tr("Computing …"))
        self.working.setVisible(self.lost.isHidden())

    @Slot(str)
    def _say_lost(self, sentence: str) -> None:
        self._patience.stop()
        self.working.hide()
        self.lost.say(sentence)
        announce.announce(self, sentence, urgent=True)

    @Slot(object)
    def _renew(self, _ready: object) -> None:
        """It answers, as it was when it was opened: that may be over already."""
        self.lost.hide()
        self.trained_on.hide()
        self._look()

    @Slot()
    def _look(self) -> None:
        if self._run.trained_on:
            self.say_trained_on()

    def say_trained_on(self) -> None:
        """What is shown is of earlier weights."""
        if self.trained_on.isHidden():
            self.trained_on.say(
                self.tr("The network has been trained further. What's shown is from its earlier weights.")
            )

    @Slot()
    def _restart(self) -> None:
        self.lost.hide()
        self.trained_on.hide()
        self._run.restart_answers()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number for the bar: what it is, and itself in words; ``accent`` for the one that matters most. ``tip`` says at
    more length what it is."""

    label: str
    text: str
    accent: bool = False
    tip: str = ""


class RunSection(QWidget):
    """Built when it is first looked at, for one open run.

    ``key``: unique among the sections. ``label``, ``tip``: source strings of the context ``Sections``. ``models``: the
    keys of the :class:`engine.recommenders.tasks.TaskKind` that it is for. ``asks``: whether it talks with the trained
    network, and so needs a checkpoint.
    """

    key: ClassVar[str]
    label: ClassVar[str]
    tip: ClassVar[str] = ""
    models: ClassVar[frozenset[str]]
    asks: ClassVar[bool] = True

    figures_changed = Signal()
    """``figures`` are others."""
    undo_changed = Signal()
    """``undo_stack`` is another."""
    plan_wanted = Signal(object)
    """A plan that is to be begun as a run of its own, and shown."""
    beside_wanted = Signal(object, object)
    """A tuple of plans that are to be begun beside what is shown, and the names of all the runs that can be compared
    then."""
    said = Signal(str)
    """A sentence that is to be said in passing."""

    section_wanted = Signal(str)
    """Another section of the same run is to be shown, by its key."""
    latest_run_wanted = Signal(object)
    """A ``Start``: the latest trained run of it is to be shown, in this section; a new one where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures: tuple[Figure, ...] = ()
        """What it has for the bar, in order; those at the end give way where there is no room."""

    def set_figures(self, *figures: Figure) -> None:
        """Have other figures in the bar."""
        if figures != self.figures:
            self.figures = figures
            self.figures_changed.emit()

    @property
    def undo_stack(self) -> QUndoStack | None:
        """What the window's undo acts on while the section is shown; None where that is nothing."""
        return None

    @property
    def edited(self) -> bool:
        """Whether somebody has made edits here that are gone once the run is left."""
        return False

    def show_run(self, run: OpenRun) -> None:
        """Show this run, once."""
        raise NotImplementedError

    def enter(self) -> None:
        """It has come into sight: take the keyboard."""
        self.setFocus()

    def leave(self) -> None:
        """It is in sight no more."""
