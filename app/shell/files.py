"""New, Open, Save and what belongs to them: recent files, drops, and the question before unsaved work is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

import assets
from app.network.document import Document
from app.network.trainer import Trainer
from app.shell.settings import Settings
from engine.data.choice import DataChoice
from engine.formats.base import NetworkFile
from engine.formats.loom import SUFFIX, read_network_file
from engine.problems import EngineError, Problem

DATA_SUFFIXES = (".csv", ".tsv", ".txt", ".parquet")
FIRST_NETWORK = "networks/two-spirals.loom"
"""What the first start opens."""


def first_network() -> NetworkFile:
    """The network that the first start and New show."""
    return read_network_file(assets.path(FIRST_NETWORK))


class FileManager(QObject):
    """Opens and saves the document. Questions are sheets of the window: training goes on behind them."""

    problem_found = Signal(object)
    """A :class:`Problem`; what was open stays open."""
    saved = Signal(Path)
    opened = Signal()
    state_changed = Signal()
    """The title, or whether there is unsaved work, may have changed."""

    def __init__(self, document: Document, trainer: Trainer, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._trainer, self._settings, self._window = document, trainer, settings, window
        self._saved_at: tuple[int, int] | None = None
        self._trained_since = False
        self._dialog: QWidget | None = None
        document.title_changed.connect(self.state_changed)
        trainer.snapshot_published.connect(self._note_training)

    # What is unsaved ----------------------------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Whether closing now would lose work: edits, or the training of a network that lies in a file."""
        return self._document.dirty or self._trained_since

    @Slot(object)
    def _note_training(self, snapshot: object) -> None:
        """A network that has its own file is unsaved once it has been trained on."""
        if self._document.path is None:
            return
        moment = self._moment()
        if self._saved_at is None:
            self._saved_at = moment
        trained = moment != self._saved_at
        if trained != self._trained_since:
            self._trained_since = trained
            self.state_changed.emit()

    def _moment(self) -> tuple[int, int] | None:
        """Run and step of the latest snapshot: the same moment has the same weights."""
        snapshot = self._trainer.snapshot
        return (snapshot.run, snapshot.step) if snapshot is not None else None

    def _settle(self, *, saved: bool) -> None:
        """From here on, count what is trained as unsaved."""
        self._trained_since = False
        self._saved_at = self._moment() if saved else None
        self.state_changed.emit()

    def when_safe(self, go_on: Callable[[], object]) -> None:
        """Go on at once where nothing would be lost; else ask, and go on after Save or Discard."""
        if not self.unsaved:
            go_on()
            return
        box = QMessageBox(self._window)
        box.setObjectName("unsavedQuestion")
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Save the changes to “{title}”?").format(title=self._document.title))
        box.setInformativeText(self.tr("They are lost otherwise. Training goes on meanwhile."))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)

        def answered(result: int) -> None:
            if result == buttons.Save:
                self.save(go_on)
            elif result == buttons.Discard:
                go_on()

        box.finished.connect(answered)
        self._show(box)

    def _show(self, dialog: QMessageBox | QFileDialog) -> None:
        """Open a sheet that takes itself away; one at a time."""
        if self._dialog is not None:
            self._dialog.close()
        self._dialog = dialog
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    @Slot(int)
    def _forget_dialog(self, _result: int) -> None:
        dialog = self.sender()
        if dialog is self._dialog:
            self._dialog = None
        if isinstance(dialog, QWidget):
            dialog.deleteLater()

    # New and open -------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """Start over."""
        self.when_safe(lambda: self.load(first_network()))

    def choose_and_open(self) -> None:
        """Let the person choose a file."""
        patterns = " ".join(f"*{suffix}" for suffix in DATA_SUFFIXES)
        dialog = QFileDialog(self._window, self.tr("Open"), self._folder())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                self.tr("Networks and data ({patterns})").format(patterns=f"*{SUFFIX} {patterns}"),
                self.tr("Networks ({patterns})").format(patterns=f"*{SUFFIX}"),
                self.tr("Data ({patterns})").format(patterns=patterns),
                self.tr("All files (*)"),
            ]
        )
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        self._show(dialog)

    def open(self, path: Path) -> None:
        """Open a network in place of the present one, or take a data file as the data set."""
        if path.suffix.lower() in DATA_SUFFIXES:
            self._document.choose_data(DataChoice(source="file", path=str(path.resolve()), train_share=0.8))
        else:
            self.when_safe(lambda: self._open_network(path))

    def open_url(self, url: QUrl) -> None:
        """Open a file that was dropped on the window."""
        self.open(Path(url.toLocalFile()))

    def _open_network(self, path: Path) -> None:
        try:
            self._document.open(path)
        except EngineError as error:
            self._report(error.problem)
            if not path.exists():
                self._settings.remove_recent(path)
            return
        self._settings.add_recent(path)
        self._settle(saved=False)
        self.opened.emit()

    def load(self, content: NetworkFile) -> None:
        """Put content that lies in no file of the person's (gallery, recovery) in place of the open document."""
        try:
            self._document.load_file(content, None)
        except EngineError as error:
            self._report(error.problem)
            return
        self._settle(saved=False)
        self.opened.emit()

    def recover(self, content: NetworkFile) -> None:
        """Put recovered work in place of the open document: it counts as unsaved."""
        self.load(content)
        self._document.undo_stack.resetClean()

    # Save ---------------------------------------------------------------------------------------------------------

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save to the document's own file; one that has none asks for a name first."""
        if self._document.path is None:
            self.save_as(then)
        else:
            self._write(self._document.path, then)

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a name and save under it."""
        suggested = Path(self._folder()) / f"{_file_name(self._document.title)}{SUFFIX}"
        dialog = QFileDialog(self._window, self.tr("Save"), str(suggested))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Networks ({patterns})").format(patterns=f"*{SUFFIX}"))
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(suggested.name)
        dialog.fileSelected.connect(lambda name: self._write(Path(name), then))
        self._show(dialog)

    def _write(self, path: Path, then: Callable[[], object] | None) -> None:
        try:
            self._document.save(path)
        except EngineError as error:
            self._report(error.problem)
            return
        self._settings.add_recent(path)
        self._settle(saved=True)
        self.saved.emit(path)
        if then is not None:
            then()

    def _folder(self) -> str:
        """Where dialogs begin: beside the open file, or the one opened last."""
        for path in (self._document.path, *self._settings.recent_files):
            if path is not None and path.parent.is_dir():
                return str(path.parent)
        return str(Path.home())

    def _report(self, problem: Problem) -> None:
        self.problem_found.emit(problem)


def _file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    kept = "".join(letter if letter.isalnum() or letter in "-_ " else " " for letter in title)
    return "-".join(kept.lower().split()) or "network"
