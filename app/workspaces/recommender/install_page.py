"""What the page shows where the packages of the recommenders are missing: what that is, and a button that installs."""

from __future__ import annotations

import re
import sys
from importlib import invalidate_caches
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
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
from app.kit.process import ChildProcess, ProcessOutcome, State
from app.kit.translation import sentence_of
from app.kit.widgets.frame import column_layout, fill, push_button, row_layout, scroll_in
from app.kit.widgets.growing_text import GrowingText
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.section import Section
from app.kit.widgets.tone import mark
from app.kit.words import plain_tip
from engine.extra_installer import (
    ANY_BUILD,
    BUNDLED,
    ONLY_LARGER,
    READ_ONLY,
    THROWN_AWAY,
    Size,
    command_line,
    has_nvidia_driver,
    obstacle,
    own_environment_line,
    size,
)
from engine.extras import PACKAGES, missing
from engine.problems import Problem, problem_in

WIDTH, PADDING, LOG_HEIGHT = 620, 28, 150
PROGRESS_STEPS = 1_000
"""Steps of the progress bar."""
CLOSE_GRACE_MS = 15_000
"""How long a window that closes waits for an installation to be taken back."""
_DOWNLOADING = re.compile(r"\s*Downloading (?P<package>[\w.\-]+?)(?:-\d\S*)? \((?P<size>.+)\)")
_PLACING = re.compile(r"Prepared \d+ packages?|Installing collected packages")


class InstallPage(QScrollArea):
    """``installed``: everything is there, and can be imported."""

    installed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._obstacle = obstacle()
        self._has_gpu, self._needs_torch = has_nvidia_driver(), "torch" in missing()
        self._takes_any_build = False
        self._cancelling = False
        self._child = ChildProcess(self)
        self._child.received.connect(self._take_event)
        self._child.changed.connect(self._take_outcome)
        self.setAccessibleName(self.tr("Install what the recommenders need"))
        self._make_widgets()
        self._lay_out()
        self._show_idle()

    # Building -----------------------------------------------------------------------------------------------------

    def _make_widgets(self) -> None:
        self.needs_label, self.message_label = wrapped("", None), wrapped("", None)
        self._package = PACKAGES[missing()[0]]
        self.install_button = QPushButton()
        self.install_button.setProperty("role", "primary")
        set_icon(self.install_button, "import", "on_accent")
        self.install_button.clicked.connect(self._start)
        self.cancel_button = push_button(self.tr("Cancel"), "pill", self.tr("Stop and leave everything as it was"))
        self.cancel_button.clicked.connect(self._cancel)
        self.without_gpu_box = QCheckBox(self.tr("Without GPU support; needs a tenth of the space"))
        self.without_gpu_box.setToolTip(self.tr("PyTorch's CPU-only build: enough for all examples here"))
        self.without_gpu_box.setVisible(self._has_gpu and self._needs_torch)
        self.without_gpu_box.toggled.connect(self._show_needs)
        self.step_label = ElidedLabel("", "muted")
        self.progress_bar = QProgressBar()
        self.progress_bar.setAccessibleName(self.tr("Progress of the installation"))
        self.log_text = QPlainTextEdit()
        self.log_text.setReadOnly(True)
        self.log_text.setFixedHeight(LOG_HEIGHT)
        self.log_text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.log_text.setAccessibleName(self.tr("The installer's output"))
        self.log_section = Section(self.tr("Log"), self.log_text)
        self.log_section.heading.setChecked(False)
        self.command_heading = wrapped()
        self.command_text = GrowingText()
        self.command_text.setReadOnly(True)
        self.command_text.setAccessibleName(self.tr("The command to type in a terminal"))
        self.copy_button = push_button(self.tr("Copy"), "pill", self.tr("Copy the command"))
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.command_text.toPlainText()))

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(WIDTH)
        title = Label(self.tr("Recommend needs {package}").format(package=self._package), role="page")
        about = wrapped(
            self.tr(
                "Two recommenders, Wide & Deep and YoutubeDNN, learn from real data here and explain why they "
                "recommend what they do."
            ),
            None,
        )
        buttons = fill(row_layout(), self.install_button, self.cancel_button, (self.step_label, 1))
        by_hand = fill(row_layout(), (self.command_text, 1), (self.copy_button, 0, Qt.AlignmentFlag.AlignTop))
        column = column_layout(card, (PADDING, 24, PADDING, 24), spacing=12)
        fill(column, title, about, self.needs_label, self.without_gpu_box, buttons)
        fill(column, self.progress_bar, self.message_label, self.log_section, self.command_heading, by_hand)
        inner = QWidget()
        # A row round the card, as an alignment would take no account of how high the text is in this width.
        fill(QVBoxLayout(inner), 1, fill(row_layout(), 1, card, 1), 2)
        scroll_in(self, inner)

    @property
    def _has_to_be_elsewhere(self) -> bool:
        """Whether nothing can be installed here, but can be elsewhere."""
        return self._obstacle is not None and self._obstacle.code in (THROWN_AWAY.code, READ_ONLY.code)

    @property
    def _uses_gpu(self) -> bool:
        """Whether PyTorch is to use NVIDIA's GPU."""
        return self._has_gpu and not self.without_gpu_box.isChecked()

    @Slot()
    def _show_needs(self) -> None:
        """How much of it for which build; the command is that of the build too."""
        elsewhere = self._has_to_be_elsewhere
        is_large = self._uses_gpu or self._takes_any_build or (elsewhere and sys.platform == "linux")
        needed: Size = size(gpu=is_large)
        for_gpu = self.tr("Not installed: {packages}. About {download} GB to download and {disk} GB on the disk, with"
                          " the build for NVIDIA GPUs.")  # fmt: skip
        plain = self.tr("Not installed: {packages}. About {download} GB to download and {disk} GB on the disk.")
        words = for_gpu if is_large and self._needs_torch else plain
        names = listed([PACKAGES[name] for name in missing()])
        self.needs_label.setText(
            words.format(packages=names, download=significant(needed.download), disk=significant(needed.disk))
        )
        by_hand = command_line(gpu=self._uses_gpu, any_build=self._takes_any_build)
        self.command_text.setPlainText(own_environment_line() if elsewhere else by_hand)
        start, install = (
            self.tr("Start a Neuroloom that has it, in a terminal:"),
            self.tr("Or do it yourself, in a terminal:"),
        )
        self.command_heading.setText(start if elsewhere else install)

    # At work ------------------------------------------------------------------------------------------------------

    @Slot()
    def _start(self) -> None:
        """Install it; where something stood in the way, look first whether it still does."""
        if self._obstacle is not None:
            self._obstacle = obstacle()
            self._show_idle()
            return
        self._problem = None
        self.log_text.clear()
        self.message_label.hide()
        self.step_label.set_full_text(self.tr("Asking the package registry …"))
        self.progress_bar.setRange(0, 0)
        for part in (self.progress_bar, self.log_section, self.cancel_button):
            part.show()
        self.install_button.hide()
        self._cancelling = False
        self.cancel_button.setFocus()
        self.without_gpu_box.setEnabled(False)
        chosen = [*([] if self._uses_gpu else ["--cpu"]), *([ANY_BUILD] if self._takes_any_build else [])]
        self._child.start_engine(["install", "--events", "jsonl", *chosen])

    @Slot()
    def _cancel(self) -> None:
        self._cancelling = True
        self.step_label.set_full_text(self.tr("Cancelling …"))
        self._child.stop()

    @Slot(object)
    def _take_event(self, event: Any) -> None:
        if not isinstance(event, dict):
            return
        if "line" in event:
            self._take_line(str(event["line"]))
        elif "progress" in event:
            self.progress_bar.setRange(0, PROGRESS_STEPS)
            self.progress_bar.setValue(round(PROGRESS_STEPS * float(event["progress"])))
        elif "problem" in event:
            self._problem = problem_in(event["problem"])

    def _take_line(self, line: str) -> None:
        """A line for the log; some say what is being done."""
        self.log_text.appendPlainText(line)
        self.log_section.heading.set_hint(line.strip())
        download = _DOWNLOADING.match(line)
        if self._cancelling:
            return
        if download is not None:
            words = self.tr("Downloading {package}, {size} …")
            self.step_label.set_full_text(words.format(package=download["package"], size=download["size"]))
        elif _PLACING.match(line):
            self.progress_bar.setRange(0, 0)
            self.step_label.set_full_text(self.tr("Putting it in place …"))

    @Slot(object)
    def _take_outcome(self, outcome: ProcessOutcome) -> None:
        """It has begun, or is over."""
        if outcome.state is State.STARTED:
            return
        if outcome.state is State.ENDED or (outcome.state is State.STOPPED and not missing()):
            self._finish()
        elif outcome.state is State.STOPPED:
            self._show_idle()
            self._show_message(self.tr("Cancelled. Everything is as it was."), "text_muted")
        elif self._problem is not None and self._problem.code == ONLY_LARGER.code:
            self._offer_larger_build()
        elif self._problem is not None and self._problem.code == READ_ONLY.code:
            self._obstacle = self._problem
            self._show_idle()
        else:
            self._show_idle()
            self._show_message(sentence_of(self._problem) if self._problem is not None else outcome.sentence, "danger")
            if self._problem is None and outcome.errors:
                self.log_text.appendPlainText(outcome.errors)

    def _offer_larger_build(self) -> None:
        """Say how much it is before anything of it is downloaded."""
        self._takes_any_build = True
        self._show_idle()
        words = self.tr(
            "PyTorch's own index, which has a smaller build, can't be reached. Try later, or install the larger one."
        )
        self._show_message(words, "warning")

    def _finish(self) -> None:
        """Open the page at once where this process can take what is new."""
        invalidate_caches()
        self._show_idle()
        if still_missing := missing():
            names = listed([PACKAGES[name] for name in still_missing])
            self._show_message(
                self.tr("The installation ended, but this is still missing: {packages}.").format(packages=names),
                "danger",
            )
        else:
            self.installed.emit()

    def _show_idle(self) -> None:
        """Nothing is being installed; maybe something keeps it from being so."""
        had_focus = self.cancel_button.hasFocus()
        for part in (self.progress_bar, self.cancel_button, self.message_label):
            part.hide()
        self.step_label.set_full_text("")
        self.log_section.setVisible(bool(self.log_text.toPlainText()))
        self._show_needs()
        self._show_install_button()
        self.without_gpu_box.setEnabled(self._obstacle is None)
        if had_focus:
            self.enter()
        command_row: tuple[QWidget, ...] = (self.command_heading, self.command_text, self.copy_button)
        for widget in command_row:
            widget.setVisible(self._obstacle is None or self._has_to_be_elsewhere)
        if self._obstacle is not None:
            self._show_message(self._reason_of(self._obstacle), "danger")

    def _show_install_button(self) -> None:
        """It looks again where what is in the way may go away, and is not there where that stays."""
        if self._obstacle is not None:
            label, tip = self.tr("Look again"), self.tr("Check again whether the obstacle is gone")
        else:
            if self._takes_any_build:
                label = self.tr("Install {download} GB").format(download=significant(size(gpu=True).download))
            else:
                label = self.tr("Install {package}").format(package=self._package)
            tip = self.tr("Installs into Neuroloom's own environment; the other workspaces stay usable meanwhile")
        self.install_button.setText(label)
        self.install_button.setToolTip(plain_tip(tip))
        stays = self._obstacle is not None and self._obstacle.code in (BUNDLED.code, THROWN_AWAY.code)
        self.install_button.setVisible(not stays)

    def _reason_of(self, problem: Problem) -> str:
        """What is wrong, without the command that is shown beneath."""
        if problem.code == THROWN_AWAY.code:
            return self.tr("Nothing can be added to a Neuroloom started with uvx.")
        if problem.code == READ_ONLY.code:
            return self.tr("“{path}” can't be written to.").format(path=problem.parameters.get("path", ""))
        return sentence_of(problem)

    def _show_message(self, sentence: str, tone: str) -> None:
        self.message_label.setText(sentence)
        mark(self.message_label, "tone", tone)
        self.message_label.show()
        announce(self, sentence)

    def enter(self) -> None:
        """The keyboard is where the next step is."""
        shown = (self.cancel_button, self.install_button)
        next((button for button in shown if not button.isHidden() and button.isEnabled()), self.command_text).setFocus()

    def close_page(self) -> None:
        """Take back what is being installed."""
        self._child.close(grace_ms=CLOSE_GRACE_MS)
