"""The data sets that are ready to be learned from, as tiles: how large, under what terms. No data is read for that."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

import assets
from app.kit import theme
from app.kit.drawing.marks import text_width
from app.kit.file_dialog import ask_for_file
from app.kit.icons import pixmap
from app.kit.listing import joined
from app.kit.numbers import grouped, size_text
from app.kit.translation import QT_TRANSLATE_NOOP, worded
from app.kit.widgets.cards import paint_card
from app.kit.widgets.painted import KeyFocus, PaintedButton, draw_elided, set_pixels
from app.kit.words import plain_tip
from app.workspaces.recommender.home.starts import starts_on
from app.workspaces.recommender.words import data_name, model_name
from engine.data.suffixes import DATA_SUFFIXES
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.remote.catalogue import table_name
from engine.recommenders.data.sources import Origin, data_source

HEIGHT, PICTURE = 74, 38
TITLE, SMALL = 13, 11
BESIDE_WORDS = 14 + PICTURE + 12 + 10 + 3
"""Pixels of a tile's width that are none of its words': air, its picture, air, and the card's edge."""


@dataclass(frozen=True, slots=True)
class TileFacts:
    """What a tile says: ``lines`` beneath the title, and ``tip``, where there is more to be known."""

    title: str
    lines: tuple[str, str]
    tip: str


_SHIPPED: dict[str, tuple[str, str]] = {
    "adult": ("categorical", QT_TRANSLATE_NOOP("DataTiles", "48,842 people")),
    "movielens-small": ("image", QT_TRANSLATE_NOOP("DataTiles", "100,004 ratings")),
    "app-store": ("bag", QT_TRANSLATE_NOOP("DataTiles", "{count} impressions")),
    "video-site": ("play", QT_TRANSLATE_NOOP("DataTiles", "{count} watches")),
}
"""Of the sources on the tiles, in their order: icon, and how much there is of it."""


def sources_on_tiles() -> tuple[str, ...]:
    """The sources that came with this copy of the program, or are drawn."""
    return tuple(key for key in _SHIPPED if data_source(key).is_here)


def facts_of(source: str) -> TileFacts:
    """What is known of a source without reading it."""
    declared, (_icon, amount) = data_source(source), _SHIPPED[source]
    choice = RecommenderData(source=source)
    much = QCoreApplication.translate("DataTiles", amount).format(count=grouped(choice.events))
    if declared.origin is Origin.GENERATED or declared.entry is None:
        terms = QCoreApplication.translate("DataTiles", "generated · no terms")
        return TileFacts(data_name(choice), (much, terms), worded(declared.summary))
    size = sum(assets.path(table_name(name)).stat().st_size for name in declared.entry.tables)
    free = QCoreApplication.translate("DataTiles", "research only · GroupLens")
    terms = declared.entry.licence if declared.entry.commercial else free
    tip = f"{worded(declared.entry.description)} {worded(declared.entry.terms)}"
    return TileFacts(data_name(choice), (f"{much} · {size_text(size)}", terms), tip)


class Tile(KeyFocus, PaintedButton):
    """A picture, a title and two lines."""

    def __init__(self, facts: TileFacts, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts, self._icon = facts, icon
        self.setText(facts.title)
        self.setAccessibleName(facts.title)
        self.setAccessibleDescription(joined(facts.lines))
        self.setToolTip(plain_tip(facts.tip))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        lines = (text_width(line, SMALL) for line in self.facts.lines)
        return QSize(ceil(max(text_width(self.text(), TITLE, True), *lines)) + BESIDE_WORDS, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paint(self, painter: QPainter) -> None:
        self.paint_inside(painter, paint_card(painter, self, chosen=self.focused_by_key), "accent_soft", "accent")

    def paint_inside(self, painter: QPainter, box: QRectF, ground: str, ink: str) -> None:
        """Picture and words in a box, in colours of the theme."""
        plate = QRectF(box.left() + 14, box.center().y() - PICTURE / 2, PICTURE, PICTURE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(plate, 8, 8)
        picture = pixmap(self._icon, 18, ink, self.devicePixelRatioF())
        painter.drawPixmap(round(plate.center().x() - 9), round(plate.center().y() - 9), picture)
        words = QRectF(plate.right() + 12, box.center().y() - 27, box.right() - plate.right() - 22, 18)
        set_pixels(painter, TITLE, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("text"))
        draw_elided(painter, words, Qt.AlignmentFlag.AlignVCenter, self.text())
        set_pixels(painter, SMALL, QFont.Weight.Normal)
        painter.setPen(theme.colour("text_muted"))
        for number, line in enumerate(self.facts.lines, 1):
            draw_elided(painter, words.translated(0, 2 + 17 * number), Qt.AlignmentFlag.AlignVCenter, line)


class DataTile(Tile):
    """``start_wanted(Start)``: a recommender was chosen to be trained on it."""

    start_wanted = Signal(object)

    def __init__(self, source: str, parent: QWidget | None = None) -> None:
        super().__init__(facts_of(source), _SHIPPED[source][0], parent)
        self.source = source
        self.choices = QMenu(self)
        for start in starts_on(source):
            words = self.tr("Train {model} on it").format(model=model_name(start.model))
            self.choices.addAction(words.replace("&", "&&")).triggered.connect(
                lambda _checked=False, start=start: self.start_wanted.emit(start)
            )
        self.clicked.connect(self._offer)

    def _offer(self) -> None:
        self.choices.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))


class OwnTile(Tile):
    """``file_wanted(Path)``: a file was chosen. One that is dropped, home takes wherever it falls."""

    file_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        tr = QCoreApplication.translate
        lines = (tr("DataTiles", "drop a file, or choose…"), tr("DataTiles", "CSV, Parquet, zip"))
        tip = tr(
            "DataTiles",
            "A log of who watched what is learned from by YoutubeDNN, a table with a column to predict by Wide & Deep."
            " Its head is looked at first, and what its columns are taken for is said before anything is trained.",
        )
        super().__init__(TileFacts(tr("DataTiles", "Your own table or log"), lines, tip), "import", parent)
        self.clicked.connect(self._choose)

    def _choose(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in (*DATA_SUFFIXES, ".zip", ".dat", ".data"))
        filters = (self.tr("Tables and logs ({kinds})").format(kinds=kinds), self.tr("All files (*)"))
        dialog = ask_for_file(self.window(), self.tr("Your own table or log"), None, filters)
        dialog.fileSelected.connect(lambda name: self.file_wanted.emit(Path(name)))
        dialog.open()

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        lively = self.focused_by_key or self.underMouse()
        painter.setPen(QPen(theme.colour("accent" if lively else "text_muted"), 1.0, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 8, 8)
        self.paint_inside(painter, box, "track", "text_muted")
