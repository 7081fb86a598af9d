"""The data panel: which data set, how noisy, how split; files and points of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.kit.file_dialog import ask_for_file
from app.kit.folders import path_of_url, take_copy
from app.kit.icons import set_icon
from app.kit.listing import joined
from app.kit.numbers import counted, grouped, written
from app.kit.translation import sentence_of, worded
from app.kit.widgets.cards import BLOCK_WIDTH, CARD, MoreCard
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.labels import wrapped
from app.kit.widgets.patience import Patience
from app.kit.widgets.slider import LabelledSlider, Linear, Listed
from app.kit.words import plain_tip
from app.network.document import Document
from app.workspaces.playground.files import is_data
from app.workspaces.playground.panels.import_sheet import ImportSheet
from app.workspaces.playground.panels.points import Thumbnail, scatter_pixmap
from engine.data import DataChoice, Dataset, DatasetEntry, catalogue
from engine.data.problems import OUTLIERS

if TYPE_CHECKING:
    from app.workspaces.playground.panels.images import ImagesPanel

FIRST_SETS = tuple(entry.key for entry in catalogue() if entry.is_first)

_SAMPLES = Listed((50, 100, 150, 200, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000, 20_000))
DEFAULT_SHARE = 50
"""Of the rows that are trained on, in per cent."""


def dropped_file(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The table file that is being dropped, if there is one."""
    for url in event.mimeData().urls():
        path = path_of_url(url)
        if url.isLocalFile() and is_data(path):
            return path
    return None


class DataPanel(QWidget):
    """``draw_mode(on)``: points are to be drawn in the decision view. ``image_picked(row)``: look at this image."""

    draw_mode = Signal(bool)
    image_picked = Signal(int)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._entries = {entry.key: entry for entry in catalogue()}
        self.sheet: ImportSheet | None = None
        self.images: ImagesPanel | None = None
        self._pictured: Dataset | None = None
        self.setAcceptDrops(True)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(7)
        self._build_sets()
        self._build_loading()
        self._build_about()
        self._build_settings()
        document.data_changed.connect(self.refresh)
        document.dataset_loaded.connect(self.refresh)
        document.problem_found.connect(self.refresh)  # what could not be loaded is not in force
        document.loading_progress.connect(lambda share: self.progress.setValue(round(100 * share)))
        self.refresh()

    # Building -----------------------------------------------------------------------------------------------------

    def _build_sets(self) -> None:
        area = QWidget()
        flow = FlowLayout(area, 6, columns_of=BLOCK_WIDTH)
        self.thumbnails: dict[str, Thumbnail] = {}
        for key in FIRST_SETS:
            entry = self._entries[key]
            button = Thumbnail(key, worded(entry.title), self._tip(entry))
            button.clicked.connect(lambda _checked=False, key=key: self.choose_set(key))
            self.thumbnails[key] = button
            flow.addWidget(button)
        tip = self.tr("More toy and real data sets, your own table, or points you draw")
        self.more = MoreCard(self.tr("More…"), tip, CARD)
        self.more.clicked.connect(self._show_more)
        flow.addWidget(self.more)
        self._rows.addWidget(area)
        self.from_file = QAction(self.tr("Your own table…"), self)
        tip = self.tr("Any CSV or Parquet file becomes the data set: choose it, or drop it on the window")
        self.from_file.setToolTip(plain_tip(tip))
        self.from_file.triggered.connect(self.choose_file)
        self.draw = QAction(self.tr("Draw points"), self)
        self.draw.setToolTip(plain_tip(self.tr("Draw your own data set with the mouse")))
        self.draw.toggled.connect(self.draw_mode)
        for action in (self.from_file, self.draw):
            action.setCheckable(True)

    def _build_loading(self) -> None:
        self.loading = QWidget()
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Loading data"))
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setToolTip(self.tr("Stop loading and keep the current data"))
        cancel.clicked.connect(self._document.cancel_loading)
        row = QHBoxLayout(self.loading)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.progress, 1)
        row.addWidget(cancel)
        patience = Patience(self.loading, self.progress)
        self._document.loading_changed.connect(patience.set_busy)
        self._rows.addWidget(self.loading)

    def _build_settings(self) -> None:
        """What is folded away while nobody wants to change it."""
        tip = self.tr("How far points stray from the clean shape")
        self.noise = LabelledSlider(self.tr("Noise"), Linear(0, 50), tip, unit="%", hard=(0, 80))
        tip = self.tr("Share of the rows used for training; the others test what was learnt")
        self.share = LabelledSlider(self.tr("Training"), Linear(10, 90, 5), tip, unit="%", hard=(10, 90))
        tip = self.tr("How many points the toy set has")
        self.samples = LabelledSlider(self.tr("Samples"), _SAMPLES, tip, hard=(10, 100_000))
        self.noise.edited.connect(lambda v, g: self._choose(self.tr("Change noise"), g, noise=v))
        self.share.edited.connect(lambda v, g: self._choose(self.tr("Change train share"), g, train_share=v / 100))
        self.samples.edited.connect(lambda v, g: self._choose(self.tr("Change samples"), g, samples=round(v)))
        self.about = wrapped()
        self.again = QPushButton()
        self.again.setProperty("role", "flat")
        set_icon(self.again, "dice")
        self.again.clicked.connect(self.regenerate)
        foot = QHBoxLayout()
        foot.addWidget(self.about, 1)
        foot.addWidget(self.again)
        self.settings = QWidget(self)
        self.settings.hide()  # until whoever owns the panel has put it somewhere
        rows = QVBoxLayout(self.settings)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(1)
        for slider in (self.noise, self.share, self.samples):
            rows.addWidget(slider)
        rows.addLayout(foot)

    def _build_about(self) -> None:
        self.standardise = QCheckBox(self.tr("Standardise numbers"))
        self.standardise.setToolTip(
            plain_tip(
                self.tr("Mean 0 and deviation 1, measured on the training rows. Off, the numbers are the file's own")
            )
        )
        self.standardise.setAccessibleName(self.standardise.text())
        self.standardise.clicked.connect(lambda on: self._choose(self.tr("Change standardising"), None, standardise=on))
        self._rows.addWidget(self.standardise)
        self.outliers = QCheckBox(self.tr("Leave outliers out"))
        self.outliers.setToolTip(plain_tip(self.tr("Rows with values far from all others, which can rule the loss")))
        self.outliers.setAccessibleName(self.outliers.text())
        self.outliers.clicked.connect(
            lambda on: self._choose(self.tr("Change outliers"), None, outliers="drop" if on else "keep")
        )
        self._rows.addWidget(self.outliers)
        self.notices = wrapped()
        self._rows.addWidget(self.notices)

    def _tip(self, entry: DatasetEntry) -> str:
        return f"{worded(entry.title)}\n{worded(entry.description)}\n{entry.source}"

    # Choosing -----------------------------------------------------------------------------------------------------

    def choose_set(self, key: str) -> None:
        """Make a named set the data set; noise, samples and split stay as they are."""
        now = self._document.data
        choice = DataChoice(name=key, noise=now.noise, samples=now.samples, train_share=now.train_share, seed=now.seed)
        self._document.choose_data(choice, self.tr("Choose {data}").format(data=worded(self._entries[key].title)))

    def regenerate(self) -> None:
        """New points, or a new split of given rows, from the next seed."""
        self._choose(self.tr("New points"), None, seed=self._document.data.next_seed)

    def choose_file(self) -> None:
        """Ask for a file; the import sheet opens for it."""
        kinds = self.tr("Tables (*.csv *.tsv *.txt *.data *.parquet *.pq);;All files (*)")
        dialog = ask_for_file(self.window(), self.tr("Choose a data file"), None, kinds.split(";;"))
        dialog.fileSelected.connect(lambda name: self.import_file(Path(name)))
        dialog.open()

    def import_file(self, path: Path) -> None:
        """Open the import sheet for a file."""
        if self.sheet is not None:
            self.sheet.close()
        self.sheet = ImportSheet(self._document, path, self.window())
        self.sheet.closed.connect(self._forget_sheet)
        self.sheet.show()

    def _forget_sheet(self) -> None:
        self.sheet = None

    def set_drawing(self, on: bool) -> None:
        """Show whether points are being drawn."""
        self.draw.setChecked(on)

    def _choose(self, label: str, gesture: str | None, **changes: object) -> None:
        choice = DataChoice.model_validate({**self._document.data.model_dump(), **changes})
        self._document.choose_data(choice, label, gesture)

    def _show_more(self) -> None:
        menu = self.more_menu()
        menu.exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        menu.deleteLater()

    def more_menu(self) -> QMenu:
        """The menu of all sets of which no thumbnail is shown, and of data of one's own."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addActions([self.from_file, self.draw])
        menu.addSeparator()
        hidden = () if self._document.dataset.image is not None else FIRST_SETS
        others = [entry for entry in self._entries.values() if entry.key not in hidden]
        for number, entry in enumerate(others):
            if number and others[number - 1].kind != entry.kind:
                menu.addSeparator()
            action = menu.addAction(worded(entry.title))
            if entry.kind == "toy":
                action.setIcon(QIcon(scatter_pixmap(entry.key, 24, self.devicePixelRatioF())))
            action.setToolTip(plain_tip(self._tip(entry)))
            action.setCheckable(True)
            action.setChecked(self._document.data.source == "named" and self._document.data.name == entry.key)
            action.triggered.connect(lambda _checked=False, key=entry.key: self.choose_set(key))
        return menu

    # Showing ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the document's data choice."""
        data, dataset = self._document.data, self._document.dataset
        named = data.name if data.source == "named" else None
        for key, button in self.thumbnails.items():
            button.setChecked(key == named)
        self._show_own(named)
        self._show_images()
        toy = self._is_toy
        only_toy = self.tr("Only generated data sets have settings for noise and number of samples")
        for slider in (self.noise, self.samples):
            slider.setEnabled(toy)
            slider.slider.setToolTip(plain_tip("" if toy else only_toy))
        self.noise.set_value(data.noise)
        self.share.set_value(round(100 * data.train_share))
        self.samples.set_value(data.samples if toy else len(dataset.y))
        again = self.tr("New points from another seed") if toy else self.tr("Split into train and test again")
        drawn = self.tr("The points are drawn from seed {seed}.").format(seed=data.seed)
        self.again.setToolTip(plain_tip(plain_tip(f"{again}\n{drawn}") if toy else again))
        self.again.setAccessibleName(again)
        title, text = worded(dataset.title), self.tr("{title} · {train} train, {test} test")
        self.standardise.setVisible(data.source == "file")
        self.standardise.setChecked(data.standardise)
        self.outliers.setVisible(data.outliers == "drop" or dataset.notice_of(OUTLIERS) is not None)
        self.outliers.setChecked(data.outliers == "drop")
        self.about.setText(text.format(title=title, train=grouped(len(dataset.train)), test=grouped(len(dataset.test))))
        self._show_notices()

    def _show_images(self) -> None:
        """Images are looked at in place of pictures of points, which nobody can draw of them."""
        dataset = self._document.dataset
        is_images = dataset.image is not None
        for widget in (*self.thumbnails.values(), self.noise, self.samples):
            widget.setHidden(is_images)
        self.draw.setVisible(not is_images)
        if is_images and self.images is None:
            from app.workspaces.playground.panels.images import ImagesPanel  # not needed for the first frame

            self.images = ImagesPanel(self._document)
            self.images.picked.connect(self.image_picked)
            self._rows.insertWidget(1, self.images)
        if self.images is not None:
            self.images.setVisible(is_images)
            if is_images and dataset is not self._pictured:
                self.images.refresh()
        self._pictured = dataset

    def _show_own(self, named: str | None) -> None:
        """The last card bears the name of what none of the others shows."""
        source = self._document.data.source
        others = {"file": self._document.dataset.title, "points": self.tr("Drawn points")}
        name = others.get(source, "")
        if named is not None and (named not in FIRST_SETS or self._document.dataset.image is not None):
            name = worded(self._entries[named].title)
        self.more.setChecked(bool(name))
        self.more.setText(name or self.tr("More…"))
        self.more.setAccessibleName(self.tr("More data sets"))
        self.more.setAccessibleDescription(name)
        self.from_file.setChecked(source == "file")

    @property
    def state(self) -> str:
        """How many points there are, and what was done to them, in a few words."""
        data, dataset = self._document.data, self._document.dataset
        size, share = len(dataset.y), round(100 * data.train_share)
        if not self._is_toy:
            parts = [counted(size, self.tr("{count} {count:row|rows}"))]
        else:
            noise = self.tr("noise {noise} %").format(noise=written(data.noise))
            parts = [counted(size, self.tr("{count} {count:point|points}"))]
            parts.append(noise if data.noise else self.tr("no noise"))
        if share != DEFAULT_SHARE:
            parts.append(self.tr("{share} % train").format(share=share))
        return joined(parts)

    @property
    def _is_toy(self) -> bool:
        data = self._document.data
        return data.source == "named" and self._entries[data.name].kind == "toy"

    def _show_notices(self) -> None:
        sentences = [sentence_of(notice) for notice in self._document.dataset.notices]
        self.notices.setText("\n".join(sentences))
        self.notices.setToolTip(plain_tip("\n".join(sentences)))
        self.notices.setVisible(bool(sentences))

    # Dropping -----------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A table file may be dropped."""
        if dropped_file(event) is not None:
            take_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped file opens the import sheet."""
        path = dropped_file(event)
        if path is not None:
            take_copy(event)
            self.import_file(path)
