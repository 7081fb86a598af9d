"""The home of the recommenders: two ideas, the data that is there, the runs there have been."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHideEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.background import Background, Job, Work
from app.kit.capitals import in_capitals
from app.kit.folders import path_of_url, take_copy
from app.kit.widgets.frame import column_layout, fill, row_layout, scroll_in
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.workspaces.recommender.home.data_tiles import DataTile, OwnTile, Tile, sources_on_tiles
from app.workspaces.recommender.home.idea_card import IDEAS, Idea, IdeaCard
from app.workspaces.recommender.home.runs import RunsView, rows_of
from app.workspaces.recommender.home.starts import seconds_before
from engine.recommenders.running.run_state import RunState
from engine.recommenders.running.runs import BadRun, list_runs

MARGIN, GAP = 28, 18
LOOK_MS = 2_000
"""From one look at the runs to the next while home is in sight and one of them trains."""
TILE_GAP = 12
CARDS_BESIDE = 1_020
OTHERS = (".safetensors", ".loom", ".json")
"""What the window opens as it does everywhere: trained recommenders, runs and networks."""
VEIL = 205
"""How much of the page is veiled, of 255."""


class Home(QScrollArea):
    """``start_wanted(Start)``; ``own_wanted(Path)``: a file of the person's own is to be learned from;
    ``open_wanted(Path)``; ``problem_found(Problem)``."""

    start_wanted = Signal(object)
    own_wanted = Signal(object)
    open_wanted = Signal(object)
    problem_found = Signal(object)

    def __init__(self, root: Path, parent: QWidget | None = None) -> None:
        """``root``: the folder below which the runs lie."""
        super().__init__(parent)
        self._root = root
        self.runs: tuple[RunState | BadRun, ...] = ()
        self._unfolded = False
        self.setAccessibleName(self.tr("Recommenders"))
        self.setAcceptDrops(True)
        self.light = DropLight(self)
        self.cards: dict[str, IdeaCard] = {}
        self.tiles: dict[str, DataTile] = {}
        self._tiles: list[Tile] = []
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._row, self._grid = QBoxLayout(QBoxLayout.Direction.LeftToRight), QGridLayout()
        self._column.setContentsMargins(MARGIN, 20, MARGIN, 20)
        self._column.setSpacing(10)
        scroll_in(self, inner)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._looks = Background("runs", latest_only=True, tells=True, parent=self)
        self._looks.failed.connect(self.problem_found)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look_again)

    # Building -----------------------------------------------------------------------------------------------------

    def parts(self) -> Iterator[Callable[[], object]]:
        """The ideas, the data sets, and the runs."""
        self._row.setSpacing(GAP)
        self._grid.setSpacing(TILE_GAP)
        self._column.addLayout(self._row, 3)
        yield from (partial(self._add_card, idea) for idea in IDEAS)
        self._column.addSpacing(12)
        fill(self._column, _heading(self.tr("Data sets"), self.tr("ready to use, nothing to download")), self._grid)
        yield from (partial(self._add_tile, source) for source in sources_on_tiles())
        yield self._add_own
        yield self._make_table
        yield self._add_runs

    def _add_card(self, idea: Idea) -> None:
        card = self.cards[idea.model] = IdeaCard(idea)
        card.train_wanted.connect(self.start_wanted)
        card.example_wanted.connect(self.open_wanted)
        card.unfolded.connect(self._unfold)
        self._row.addWidget(card, 1)

    def _add_tile(self, source: str) -> None:
        tile = self.tiles[source] = DataTile(source)
        tile.start_wanted.connect(self.start_wanted)
        self._add(tile)

    def _add_own(self) -> None:
        self.own = OwnTile()
        self.own.file_wanted.connect(self.own_wanted)
        self._add(self.own)

    def _add(self, tile: Tile) -> None:
        self._tiles.append(tile)
        self._arrange()

    def _arrange(self) -> None:
        """As many tiles in a row as have room; the cards one below the other where their captions would overlap."""
        beside = self.width() >= CARDS_BESIDE
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        least = max((tile.sizeHint().width() for tile in self._tiles), default=0) + TILE_GAP
        room = self.viewport().width() - 2 * MARGIN + TILE_GAP
        columns = max(2, min(len(sources_on_tiles()) + 1, room // least))
        for at, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, at // columns, at % columns)

    def _make_table(self) -> None:
        self.table = RunsView(self.widget())
        self.table.hide()
        self.table.open_wanted.connect(self.open_wanted)
        self.table.problem_found.connect(self.problem_found)
        self.table.edited.connect(self.look)

    def _add_runs(self) -> None:
        about = self.tr("each compared with the best simple model on the same rows")
        self._column.addSpacing(12)
        self._column.addLayout(_heading(self.tr("Earlier runs"), about))
        self.nothing = wrapped(
            self.tr("None yet. Train one above and it will be listed here, even if it's interrupted.")
        )
        fill(self._column, self.table, self.nothing, 1)
        self._looks.done.connect(self._take)
        self._take(())
        self.look()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file to learn from may be dropped anywhere; what the window opens is left to it."""
        if dropped_file(event) is None:
            event.ignore()
            return
        take_copy(event)
        self.light.shine()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setAccepted(self.light.isVisible())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.light.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the file."""
        self.light.hide()
        path = dropped_file(event)
        if path is not None:
            take_copy(event)
            self.own_wanted.emit(path)

    def enter(self) -> None:
        """Tab leads to the first card from here; the runs are looked at anew."""
        self.setFocus()
        self.look()

    @property
    def names(self) -> frozenset[str]:
        """Those that runs have."""
        return frozenset(run.plan.name for run in self.runs if isinstance(run, RunState))

    # The runs -----------------------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Look at the runs now."""
        self._looks.request(_listing(self._root))

    @Slot()
    def _look_again(self) -> None:
        """Where the last look is over: many runs take longer to read than it is from one look to the next."""
        if not self._looks.busy:
            self.look()

    @Slot(object)
    def _take(self, runs: tuple[RunState | BadRun, ...]) -> None:
        self.runs = runs
        self.table.set_rows(rows_of(runs))
        self.table.setVisible(bool(runs))
        self.nothing.setVisible(not runs)
        self._fold_cards()
        for card in self.cards.values():
            card.set_time(seconds_before(card.start, runs))
        training = any(isinstance(run, RunState) and run.status == "running" for run in runs)
        if training and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    @Slot(bool)
    def _unfold(self, unfolded: bool) -> None:
        self._unfolded = unfolded
        self._fold_cards()

    def _fold_cards(self) -> None:
        """Once there are runs, the room is theirs."""
        folds = bool(self.runs)
        for card in self.cards.values():
            card.fold(folds=folds, folded=folds and not self._unfolded)
        self._column.setStretch(0, 3 if not folds or self._unfolded else 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def close_home(self) -> None:
        """Look at nothing any more."""
        self._timer.stop()
        self._looks.close()


def _listing(root: Path) -> Work:
    def listed(_job: Job) -> tuple[RunState | BadRun, ...]:
        return list_runs(root)

    return listed


def _heading(title: str, about: str) -> QHBoxLayout:
    label = Label(in_capitals(title), role="heading")
    row = fill(row_layout(spacing=12), label, (ElidedLabel(about, "muted"), 1))
    return row


def dropped_file(event: QDropEvent) -> Path | None:
    """The single file of this machine that is dragged and is to be learned from; None where it is something else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = path_of_url(urls[0])
    return None if path.suffix.lower() in OTHERS else path


class DropLight(QFrame):
    """Lies over the page while a file is above it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self.setObjectName("dropLight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        title, about = (
            Label(self.tr("Drop it to learn from it")),
            Label(self.tr("Its first rows are read; nothing is trained before you agree.")),
        )
        title.setStyleSheet("font-size: 18px; font-weight: 600;")
        about.setProperty("role", "muted")
        plate = QFrame()
        plate.setProperty("role", "card")
        fill(
            column_layout(plate, (40, 18, 40, 18)),
            (title, 0, Qt.AlignmentFlag.AlignHCenter),
            (about, 0, Qt.AlignmentFlag.AlignHCenter),
        )
        QVBoxLayout(self).addWidget(plate, 0, Qt.AlignmentFlag.AlignCenter)
        theme.follow(self.restyle)
        self.hide()

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        veil = QColor(theme.colour("window"))
        ground = f"rgba({veil.red()}, {veil.green()}, {veil.blue()}, {VEIL})"
        dashes = f"2px dashed {theme.current().accent}"
        self.setStyleSheet(f"#dropLight {{ background: {ground}; border: {dashes}; border-radius: 12px; }}")

    def shine(self) -> None:
        """Cover what the parent shows."""
        self.setGeometry(self._page.rect())
        self.raise_()
        self.show()
