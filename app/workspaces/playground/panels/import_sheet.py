"""The sheet that turns a file into the data set: which column is the target, which are features, what of gaps."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.kit.listing import set_apart
from app.kit.numbers import grouped
from app.kit.translation import sentence_of
from app.kit.widgets.checklist import CheckList
from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.patience import Patience
from app.kit.words import title_letters
from app.network.document import Document
from app.network.file_look import FileLook, FileLooker
from app.workspaces.playground.panels.import_preview import MOST_COLUMNS, ImportPreview, ImportReadings
from engine.data import DataChoice, Task
from engine.problems import Problem, printable

WIDTH, HEIGHT = 880, 716
NOTES_HEIGHT = 72


class ImportSheet(QDialog):
    """Not modal: training goes on behind it. ``closed`` follows however it ends."""

    closed = Signal()

    def __init__(self, document: Document, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._path = document, path
        self._loading = self._looked = False
        self._by_hand: dict[str, bool] = {}
        self._target_by_hand: str | None = None
        self._looker = FileLooker(self)
        self._looker.looked.connect(self._show_look)
        self._looker.failed.connect(self._show_problem)
        self._looker.progressed.connect(self._advance)
        self.setWindowTitle(self.tr("Import {name}").format(name=title_letters(printable(path.name))))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDTH, HEIGHT)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(18, 16, 18, 14)
        self._rows.setSpacing(10)
        self._build_head()
        self._build_preview()
        self._build_choices()
        self._build_foot()
        document.loading_changed.connect(self._document_loading)
        document.loading_progress.connect(self._advance)
        document.problem_found.connect(self._document_problem)
        self._show_ready(False)
        self._look()

    # Building -----------------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        self.title = ElidedLabel(printable(self._path.name), "title")
        self.about = wrapped(self.tr("Looking into the file…"))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Reading the file"))
        self._patience = Patience(self.progress, self.progress)
        for widget in (self.title, self.about, self.progress):
            self._rows.addWidget(widget)

    def _build_preview(self) -> None:
        self.preview = ImportPreview()
        self.preview.setToolTip(self.tr("The first rows as written in the file"))
        self._rows.addWidget(self.preview)
        self.notes = QPlainTextEdit()
        self.notes.setReadOnly(True)
        self.notes.setTabChangesFocus(True)
        self.notes.setAccessibleName(self.tr("How the file was read"))
        self.notes.setFixedHeight(NOTES_HEIGHT)
        self._rows.addWidget(self.notes)

    def _build_choices(self) -> None:
        self.target = Choice(self.tr("Target"), [], self.tr("The column for the network to predict"))
        self.target.picked.connect(self._target_picked)
        tasks = [
            ("", self.tr("decide from the target")),
            (Task.BINARY.value, self.tr("two classes")),
            (Task.MULTICLASS.value, self.tr("several classes")),
            (Task.REGRESSION.value, self.tr("a number (regression)")),
        ]
        self.task = Choice(self.tr("Task"), tasks, self.tr("The kind of task, if it isn't what it looks like"))
        gaps = [("mean", self.tr("use the mean, or a level of its own")), ("drop", self.tr("drop the row"))]
        self.missing = Choice(self.tr("Missing values"), gaps, self.tr("What to do with missing inputs"))
        self.standardise = QCheckBox(self.tr("Scale num&bers to mean 0, deviation 1"))
        self.standardise.setChecked(True)
        self.standardise.setToolTip(
            self.tr("Inputs of similar size train far better; measured on the training rows only")
        )
        self.form = QFormLayout()
        self.form.setVerticalSpacing(6)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.form.addRow(self.tr("&Target"), self.target)
        self.form.addRow(self.tr("Tas&k"), self.task)
        self.form.addRow(self.tr("&Missing values"), self.missing)
        self.readings = ImportReadings(self.form, self)
        self.readings.changed.connect(self._look)
        self.form.addRow("", self.standardise)
        self.features = CheckList(self.tr("Inputs"), self.tr("The columns the network sees"))
        self.features.toggled.connect(self._toggled)
        inputs = Label(self.tr("&Inputs"))
        inputs.setBuddy(self.features)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(inputs)
        column.addWidget(self.features)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addLayout(self.form, 3)
        row.addLayout(column, 2)
        self._rows.addLayout(row, 1)

    def _build_foot(self) -> None:
        self.message = wrapped()
        self._rows.addWidget(self.message)
        cancel = QPushButton(self.tr("&Cancel"))
        cancel.setToolTip(self.tr("Keep the current data"))
        cancel.clicked.connect(self.close)
        self.use = QPushButton(self.tr("&Use this data"))
        self.use.setProperty("role", "primary")
        self.use.setDefault(True)
        self.use.setToolTip(self.tr("Use the file as the data set; the network's input and output adapt to it"))
        self.use.clicked.connect(self.accept_data)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.use)
        self._rows.addLayout(row)

    # The file -----------------------------------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        self._busy(True)
        self._looker.start(DataChoice(source="file", path=str(self._path), **self.readings.fields()))

    @Slot(object)
    def _show_look(self, look: FileLook) -> None:
        self._busy(False)
        summary = look.summary
        self.about.setText(self._size(look))
        self.notes.setPlainText("\n".join(map(sentence_of, summary.notices)))
        self.notes.setVisible(bool(summary.notices))
        names = [column.name for column in summary.columns]
        self.target.set_entries([(name, name) for name in names])
        self.target.choose(self._target_by_hand if self._target_by_hand in names else summary.target)
        self.readings.show_for(summary)
        self.preview.show_look(look)
        self._fill_features(look)
        self.message.setText("")
        self._show_ready(True)
        if not self._looked:  # the keyboard begins at the first choice
            self._looked = True
            self.target.setFocus()

    def _size(self, look: FileLook) -> str:
        rows, columns = look.summary.rows, len(look.summary.columns)
        text = self.tr("One row, {columns} columns") if rows == 1 else self.tr("{rows} rows, {columns} columns")
        parts = [text.format(rows=grouped(rows), columns=grouped(columns))]
        if columns > MOST_COLUMNS:
            parts.append(self.tr("the first {count} are shown").format(count=MOST_COLUMNS))
        return set_apart(parts)

    def _fill_features(self, look: FileLook) -> None:
        self.features.clear()
        for column in look.summary.columns:
            tip = sentence_of(column.left_out) if column.left_out else column.name
            wanted = column.left_out is None
            ticked = self._by_hand.get(column.name, wanted)
            self.features.add(column.name, " ".join(column.name.split()), tip, ticked=ticked)
        self._show_use()

    def _toggled(self, name: str, on: bool) -> None:
        """What is ticked by hand stays so, however the file is read."""
        self._by_hand[name] = on
        self._show_use()

    def _target_picked(self, name: str) -> None:
        self._target_by_hand = name
        self._show_use()

    def _show_use(self) -> None:
        """The target is no feature: its line is disabled."""
        self.features.set_off(self.target.key)
        self.preview.show_use(self.target.key, self._inputs())

    def _inputs(self) -> tuple[str, ...]:
        return tuple(name for name in self.features.ticked if name != self.target.key)

    def choice(self) -> DataChoice:
        """The choices."""
        now = self._document.data
        return DataChoice(
            source="file",
            path=str(self._path),
            target=self.target.key,
            features=self._inputs(),
            missing="drop" if self.missing.key == "drop" else "mean",
            task=Task(self.task.key) if self.task.key else None,
            standardise=self.standardise.isChecked(),
            train_share=now.train_share,
            seed=now.seed,
            **self.readings.fields(),
        )

    def accept_data(self) -> None:
        """Load the file as chosen; the sheet closes when that is done and stays when it fails."""
        self._loading = True
        self.message.setText("")
        self._busy(True)
        self._document.choose_data(self.choice(), self.tr("Import {name}").format(name=printable(self._path.name)))

    # Progress -----------------------------------------------------------------------------------------------------

    def _busy(self, busy: bool) -> None:
        self.use.setEnabled(not busy)
        self._patience.set_busy(busy)

    @Slot(float)
    def _advance(self, share: float) -> None:
        self.progress.setValue(round(100 * share))

    @Slot(bool)
    def _document_loading(self, busy: bool) -> None:
        if not busy and self._loading:
            self._busy(False)
            QTimer.singleShot(0, self._close_if_taken)

    @Slot()
    def _close_if_taken(self) -> None:
        if self._loading and self._document.data.path == str(self._path):
            self._loading = False
            self.close()

    @Slot(object)
    def _document_problem(self, problem: Problem) -> None:
        if self._loading:
            self._show_problem(problem)

    @Slot(object)
    def _show_problem(self, problem: Problem) -> None:
        self._loading = False
        self._busy(False)
        self.message.setText(sentence_of(problem))
        if not self.features.count():
            self.about.setText("")
            self._show_ready(False)

    def _show_ready(self, ready: bool) -> None:
        read = (self.readings.dates, self.readings.decimal)
        choices = (self.target, self.task, self.missing, *read, self.features, self.standardise)
        for widget in (self.preview, *choices, self.use):
            widget.setEnabled(ready)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing gives up whatever is under way."""
        self._looker.cancel()
        if self._loading:
            self._document.cancel_loading()
        self.closed.emit()
        super().closeEvent(event)
