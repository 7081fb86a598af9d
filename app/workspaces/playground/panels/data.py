"""The data panel: which data set, how noisy, how split; files and points of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.kit.file_dialog import ask_for_file
from app.kit.folders import path_of_url
from app.kit.icons import set_icon
from app.kit.translation import sentence_of, worded
from app.kit.widgets.cards import BLOCK_WIDTH
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.labels import ElidedLabel, wrapped
from app.kit.widgets.patience import Patience
from app.kit.widgets.scales import Linear, Listed
from app.kit.widgets.segments import chip
from app.kit.widgets.slider import LabelledSlider
from app.kit.words import plain_tip
from app.network.document import Document
from app.workspaces.playground.files import is_data
from app.workspaces.playground.panels.import_sheet import ImportSheet
from app.workspaces.playground.panels.scatter import scatter_pixmap
from app.workspaces.playground.panels.thumbnail import Thumbnail
from engine.data import DataChoice, Dataset, DatasetEntry, catalogue

if TYPE_CHECKING:
    from app.workspaces.playground.panels.images import ImagesPanel

MOST_PIXELS = 90
"""Of a chosen set's name in its chip."""
FIRST_SETS = ("circle", "exclusive-or", "two-gaussians", "two-spirals", "plane", "multi-gaussian")

_SAMPLES = Listed((50, 100, 150, 200, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000, 20_000))
_BATCHES = Listed((1, 2, 3, 4, 5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 64, 100, 128, 200, 256, 512, 1000))


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
        self._build_own()
        self._build_loading()
        self._build_sliders()
        self._build_about()
        document.data_changed.connect(self.refresh)
        document.dataset_loaded.connect(self.refresh)
        document.hyper_changed.connect(self.refresh)
        document.loading_progress.connect(lambda share: self.progress.setValue(round(100 * share)))
        self.refresh()

    # Building -----------------------------------------------------------------------------------------------------

    def _build_sets(self) -> None:
        self._sets = area = QWidget()
        flow = FlowLayout(area, 6, columns_of=BLOCK_WIDTH)
        self.thumbnails: dict[str, Thumbnail] = {}
        for key in FIRST_SETS:
            entry = self._entries[key]
            button = Thumbnail(key, worded(entry.title), self._tip(entry))
            button.clicked.connect(lambda _checked=False, key=key: self.choose_set(key))
            self.thumbnails[key] = button
            flow.addWidget(button)
        self._rows.addWidget(area)

    def _build_own(self) -> None:
        self.more = chip(self.tr("More"), self.tr("More toy sets, and real ones"))
        self.more.clicked.connect(self._show_more)
        tip = self.tr("Any CSV or Parquet file becomes the data set: choose it, or drop it on the window")
        self.file_chip = chip(self.tr("CSV…"), tip)
        self.file_chip.clicked.connect(self.choose_file)
        self.draw = chip(self.tr("Draw"), self.tr("Draw a data set of your own with the mouse in the output view"))
        self.draw.setAccessibleName(self.tr("Draw points"))
        self.draw.toggled.connect(self.draw_mode)
        self.again = QPushButton()
        self.again.setProperty("role", "flat")
        set_icon(self.again, "dice")
        self.again.clicked.connect(self.regenerate)
        self._own = area = QWidget()
        flow = FlowLayout(area, 3)
        for button in (self.more, self.file_chip, self.draw, self.again):
            flow.addWidget(button)
        self._rows.addWidget(area)

    def _build_loading(self) -> None:
        self.loading = QWidget()
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Loading data"))
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setToolTip(self.tr("Stop loading and keep the present data"))
        cancel.clicked.connect(self._document.cancel_loading)
        row = QHBoxLayout(self.loading)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.progress, 1)
        row.addWidget(cancel)
        patience = Patience(self.loading, self.progress)
        self._document.loading_changed.connect(patience.set_busy)
        self._rows.addWidget(self.loading)

    def _build_sliders(self) -> None:
        tip = self.tr("How far points stray from the clean shape")
        self.noise = LabelledSlider(self.tr("Noise"), Linear(0, 50), tip, unit="%", hard=(0, 80))
        tip = self.tr("The share of the rows that is trained on; the others test what was learnt")
        self.share = LabelledSlider(self.tr("Training"), Linear(10, 90, 5), tip, unit="%", hard=(10, 90))
        tip = self.tr("How many points the toy set has")
        self.samples = LabelledSlider(self.tr("Samples"), _SAMPLES, tip, hard=(10, 100_000))
        tip = self.tr("Rows per update: small batches are noisy and quick to learn, large ones smooth")
        self.batch = LabelledSlider(self.tr("Batch"), _BATCHES, tip, hard=(1, 10**9))
        self.noise.edited.connect(lambda v, g: self._choose(self.tr("Change noise"), g, noise=v))
        self.share.edited.connect(lambda v, g: self._choose(self.tr("Change train share"), g, train_share=v / 100))
        self.samples.edited.connect(lambda v, g: self._choose(self.tr("Change samples"), g, samples=round(v)))
        self.batch.edited.connect(self._edit_batch)
        sliders = QVBoxLayout()
        sliders.setSpacing(1)
        for slider in (self.noise, self.share, self.samples, self.batch):
            sliders.addWidget(slider)
        self._rows.addLayout(sliders)

    def _build_about(self) -> None:
        self.about = ElidedLabel("", "muted")
        self._rows.addWidget(self.about)
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

    def _edit_batch(self, value: float, gesture: str) -> None:
        hyper = self._document.hyper.model_copy(update={"batch_size": round(value)})
        self._document.edit(self.tr("Change batch size"), hyper=hyper, merge=gesture)

    def _show_more(self) -> None:
        menu = self.more_menu()
        menu.exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        menu.deleteLater()

    def more_menu(self) -> QMenu:
        """The menu of all sets of which no thumbnail is shown."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        hidden = () if self._sets.isHidden() else FIRST_SETS
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
        toy = named is not None and self._entries[named].kind == "toy"
        only_toy = self.tr("Only generated sets have noise and a number of samples to choose")
        for slider in (self.noise, self.samples):
            slider.setEnabled(toy)
            slider.slider.setToolTip(plain_tip("" if toy else only_toy))
        self.noise.set_value(data.noise)
        self.share.set_value(round(100 * data.train_share))
        self.samples.set_value(data.samples if toy else len(dataset.y))
        self.batch.set_value(self._document.hyper.batch_size)
        again = self.tr("New points from another seed") if toy else self.tr("Split into train and test anew")
        drawn = self.tr("The points are drawn from the seed {seed}.").format(seed=data.seed)
        self.again.setToolTip(plain_tip(plain_tip(f"{again}\n{drawn}") if toy else again))
        self.again.setAccessibleName(again)
        title, text = worded(dataset.title), self.tr("{title} · {train} train, {test} test")
        self.about.set_full_text(text.format(title=title, train=len(dataset.train), test=len(dataset.test)))
        self._show_notices()

    def _show_images(self) -> None:
        """Images are looked at in place of pictures of points, which nobody can draw of them."""
        dataset = self._document.dataset
        is_images = dataset.image is not None
        self._sets.setHidden(is_images)
        for widget in (self.draw, self.noise, self.samples):
            widget.setHidden(is_images)
        if is_images and self.images is None:
            from app.workspaces.playground.panels.images import ImagesPanel  # not needed for the first frame

            self.images = ImagesPanel(self._document)
            self.images.picked.connect(self.image_picked)
            self._rows.insertWidget(self._rows.indexOf(self._own) + 1, self.images)
        if self.images is not None:
            self.images.setVisible(is_images)
            if is_images and dataset is not self._pictured:
                self.images.refresh()
        self._pictured = dataset

    def _show_own(self, named: str | None) -> None:
        other = named if named is not None and named not in FIRST_SETS else None
        self.more.setChecked(other is not None)
        title = worded(self._entries[other].title) if other is not None else self.tr("More")
        self.more.setText(self.more.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, MOST_PIXELS))
        self.file_chip.setChecked(self._document.data.source == "file")

    def _show_notices(self) -> None:
        sentences = [sentence_of(notice) for notice in self._document.dataset.notices]
        self.notices.setText("\n".join(sentences))
        self.notices.setToolTip(plain_tip("\n".join(sentences)))
        self.notices.setVisible(bool(sentences))

    # Dropping -----------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A table file may be dropped."""
        if dropped_file(event) is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped file opens the import sheet."""
        path = dropped_file(event)
        if path is not None:
            event.accept()
            self.import_file(path)
