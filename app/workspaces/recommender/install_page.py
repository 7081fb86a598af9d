"""What the page shows where the packages of the recommenders are missing: what that is, and a button that installs."""

from __future__ import annotations

import re
from importlib import invalidate_caches
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.kit.announce import announce
from app.kit.icons import set_icon
from app.kit.listing import listed
from app.kit.numbers import significant
from app.kit.process import ChildProcess, Outcome, State
from app.kit.translation import sentence_of
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.section import Section
from app.kit.widgets.tone import mark
from app.kit.words import plain_tip
from app.workspaces.recommender.answers import problem_of
from engine.command import is_bundle
from engine.extra_installer import READ_ONLY, Size, command_line, has_nvidia_driver, obstacle, size
from engine.extras import PACKAGES, missing
from engine.problems import Problem

WIDTH, PADDING, LOG_HEIGHT = 620, 28, 150
FULL = 1_000
"""Steps of the progress bar."""
GRACE_MS = 15_000
"""How long a window that closes waits for an installation to be taken back."""
_DOWNLOADING = re.compile(r"\s*Downloading (?P<package>[\w.\-]+?)(?:-\d\S*)? \((?P<size>.+)\)")
_PLACING = re.compile(r"Prepared \d+ packages?|Installing collected packages")


class InstallPage(QScrollArea):
    """``installed``: everything is there, and can be imported."""

    installed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._has_gpu, self._brings_torch = has_nvidia_driver(), "torch" in missing()
        self._cancelling = False
        self._child = ChildProcess(self)
        self._child.received.connect(self._hear)
        self._child.changed.connect(self._follow)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Install what the recommenders need"))
        self._make_parts()
        self._arrange()
        self._say_what_is_missing()
        self._show_rest(obstacle())

    # Building -----------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.missing, self.sentence = wrapped("", None), wrapped("", None)
        self._needed = PACKAGES[missing()[0]]
        self.install = QPushButton()
        self._stands_in_the_way = False
        self.install.setProperty("role", "primary")
        set_icon(self.install, "import", "on_accent")
        self.install.clicked.connect(self._begin)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setProperty("role", "pill")
        self.cancel.setToolTip(self.tr("Stop, and leave everything as it was"))
        self.cancel.clicked.connect(self._stop)
        self.without_gpu = QCheckBox(self.tr("Without the GPU, which needs a tenth of the room"))
        self.without_gpu.setToolTip(self.tr("PyTorch's build for the processor alone: enough for all examples here"))
        self.without_gpu.setVisible(self._has_gpu and self._brings_torch)
        self.without_gpu.toggled.connect(self._say_what_is_missing)
        self.step = ElidedLabel("", "muted")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("How far the installation is"))
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setFixedHeight(LOG_HEIGHT)
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setAccessibleName(self.tr("What the installer says"))
        self.log = Section(self.tr("Log"), self.lines)
        self.log.heading.setChecked(False)
        self.by_hand = wrapped(self.tr("Or by hand, in a terminal:"))
        self.command = QLineEdit()
        self.command.setReadOnly(True)
        self.command.setAccessibleName(self.tr("The command that installs the same in a terminal"))
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.setProperty("role", "pill")
        self.copy.setToolTip(self.tr("Copy the command"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.command.text()))

    def _arrange(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(WIDTH)
        title = Label(self.tr("Recommend needs {package}").format(package=self._needed))
        title.setProperty("role", "page")
        about = wrapped(
            self.tr(
                "Two recommenders, Wide & Deep and YoutubeDNN, learn from real data here, and tell why they recommend"
                " what they do."
            ),
            None,
        )
        buttons, by_hand = QHBoxLayout(), QHBoxLayout()
        for button in (self.install, self.cancel):
            buttons.addWidget(button)
        buttons.addWidget(self.step, 1)
        by_hand.addWidget(self.command, 1)
        by_hand.addWidget(self.copy)
        column = QVBoxLayout(card)
        column.setContentsMargins(PADDING, 24, PADDING, 24)
        column.setSpacing(12)
        above: tuple[QWidget, ...] = (title, about, self.missing, self.without_gpu)
        below: tuple[QWidget, ...] = (self.bar, self.sentence, self.log)
        for part in above:
            column.addWidget(part)
        column.addLayout(buttons)
        for part in (*below, self.by_hand):
            column.addWidget(part)
        column.addLayout(by_hand)
        inner = QWidget()
        around, middle = QVBoxLayout(inner), QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        around.addStretch(1)
        around.addLayout(middle)  # an alignment would take no account of how high the text is in this width
        around.addStretch(2)
        self.setWidget(inner)

    @property
    def _gpu(self) -> bool:
        """Whether PyTorch is to use NVIDIA's GPU."""
        return self._has_gpu and not self.without_gpu.isChecked()

    @Slot()
    def _say_what_is_missing(self) -> None:
        """How much of it for which build; the command is that of the build too."""
        needed: Size = size(gpu=self._gpu)
        for_gpu = self.tr("Not installed: {packages}. About {download} GB to download and {disk} GB on the disk, with"
                          " the build for NVIDIA GPUs.")  # fmt: skip
        plain = self.tr("Not installed: {packages}. About {download} GB to download and {disk} GB on the disk.")
        words = for_gpu if self._gpu and self._brings_torch else plain
        names = listed([PACKAGES[name] for name in missing()])
        self.missing.setText(
            words.format(packages=names, download=significant(needed.download), disk=significant(needed.disk))
        )
        self.command.setText(command_line(gpu=self._gpu))
        self.command.setCursorPosition(0)
        self.command.setToolTip(plain_tip(self.command.text()))

    # At work ------------------------------------------------------------------------------------------------------

    @Slot()
    def _begin(self) -> None:
        """Install it; where something stood in the way, look first whether it still does."""
        if self._stands_in_the_way:
            self._show_rest(obstacle())
            return
        self._problem = None
        self.lines.clear()
        self.sentence.hide()
        self.step.set_full_text(self.tr("Asking the package registry …"))
        self.bar.setRange(0, 0)
        for part in (self.bar, self.log, self.cancel):
            part.show()
        self.install.hide()
        self._cancelling = False
        self.cancel.setFocus()
        self.without_gpu.setEnabled(False)
        self._child.start_engine(["install", "--events", "jsonl", *([] if self._gpu else ["--cpu"])])

    @Slot()
    def _stop(self) -> None:
        self._cancelling = True
        self.step.set_full_text(self.tr("Cancelling …"))
        self._child.stop()

    @Slot(object)
    def _hear(self, told: Any) -> None:
        if not isinstance(told, dict):
            return
        if "line" in told:
            self._note(str(told["line"]))
        elif "progress" in told:
            self.bar.setRange(0, FULL)
            self.bar.setValue(round(FULL * float(told["progress"])))
        elif "problem" in told:
            self._problem = problem_of(told["problem"])

    def _note(self, line: str) -> None:
        """A line for the log; some say what is being done."""
        self.lines.appendPlainText(line)
        self.log.heading.set_hint(line.strip())
        download = _DOWNLOADING.match(line)
        if self._cancelling:
            return
        if download is not None:
            words = self.tr("Downloading {package}, {size} …")
            self.step.set_full_text(words.format(package=download["package"], size=download["size"]))
        elif _PLACING.match(line):
            self.bar.setRange(0, 0)
            self.step.set_full_text(self.tr("Putting it in place …"))

    @Slot(object)
    def _follow(self, outcome: Outcome) -> None:
        """It has begun, or is over."""
        if outcome.state is State.STARTED:
            return
        if outcome.state is State.ENDED or (outcome.state is State.STOPPED and not missing()):
            self._finish()
        elif outcome.state is State.STOPPED:
            self._show_rest(None)
            self._say(self.tr("Cancelled. Everything is as it was."), "text_muted")
        else:
            self._show_rest(None)
            self._say(sentence_of(self._problem) if self._problem is not None else outcome.sentence, "danger")
            if self._problem is None and outcome.errors:
                self.lines.appendPlainText(outcome.errors)

    def _finish(self) -> None:
        """Open the page at once where this process can take what is new."""
        invalidate_caches()
        self._show_rest(None)
        if lacking := missing():
            names = listed([PACKAGES[name] for name in lacking])
            self._say(
                self.tr("The installation ended, yet this is missing: {packages}.").format(packages=names), "danger"
            )
        else:
            self.installed.emit()

    def _show_rest(self, problem: Problem | None) -> None:
        """Nothing is being installed; ``problem`` keeps it from being so."""
        watched = self.cancel.hasFocus()
        for part in (self.bar, self.cancel, self.sentence):
            part.hide()
        self.step.set_full_text("")
        self.log.setVisible(bool(self.lines.toPlainText()))
        self.install.show()
        self._stands_in_the_way = problem is not None
        self.install.setEnabled(problem is None or not is_bundle())  # into which nothing can ever be installed
        usual = self.tr("Install {package}").format(package=self._needed)
        self.install.setText(self.tr("Look again") if problem is not None else usual)
        self.install.setToolTip(
            self.tr("Looks again whether what is in the way is gone")
            if problem is not None
            else self.tr("Installs into the environment that Neuroloom runs in; the other workspaces go on meanwhile")
        )
        self.without_gpu.setEnabled(problem is None)
        if watched:
            self.enter()
        if problem is not None:
            self._say(sentence_of(problem), "danger")
            row: tuple[QWidget, ...] = (self.by_hand, self.command, self.copy)
            for widget in row:
                widget.setVisible(problem.code == READ_ONLY.code)  # another person may do it; else nobody can

    def _say(self, sentence: str, tone: str) -> None:
        self.sentence.setText(sentence)
        mark(self.sentence, "tone", tone)
        self.sentence.show()
        announce(self, sentence)

    def enter(self) -> None:
        """The keyboard is where the next step is."""
        shown = (self.cancel, self.install)
        next((button for button in shown if not button.isHidden() and button.isEnabled()), self.command).setFocus()

    def close_page(self) -> None:
        """Take back what is being installed."""
        self._child.close(grace_ms=GRACE_MS)
