"""Copy and save of what a plot shows, as a picture or drawing and as numbers: the button ⋯, the menu by right click,
and both on a drawing in one call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from app.kit import theme
from app.kit.export import ExportTable, Tabular, csv_text, write_csv
from app.kit.file_dialog import ask_where_to_save
from app.kit.folders import likely_folder
from app.kit.widgets.painted import draw_elided, set_pixels
from engine.atomic import write_atomically
from engine.problems import UNWRITABLE

HEADING = 26
"""Height of the line above a drawing, in pixels."""
CSS_PIXELS = 96
"""To the inch."""
OTHER_FAMILIES = "Helvetica, Arial, sans-serif"
"""An SVG's letters, for who has not the interface's own."""


class CopyButton(QToolButton):
    """Offers one view at a time; ``offer`` says which. ``failed(problem)``: a file could not be written."""

    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: Tabular | None = None
        self._picture: Callable[[], QPixmap] = QPixmap
        self._drawn: QWidget | None = None
        self._heading: Callable[[], str] = str
        self._name = ""
        self.setText("⋯")
        self.setFixedSize(24, 20)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(self.tr("Copy or save this plot, as a picture or as numbers"))
        self._actions = QMenu(self)
        self._actions.addAction(self.tr("Copy picture"), self.copy_picture)
        of_numbers = [self._actions.addAction(self.tr("Copy numbers (CSV)"), self.copy_numbers)]
        self._actions.addSeparator()
        self._actions.addAction(self.tr("Save picture…"), self._ask_picture)
        self._drawing = self._actions.addAction(self.tr("Save drawing (SVG)…"), self._ask_drawing)
        self._drawing.setVisible(False)
        of_numbers.append(self._actions.addAction(self.tr("Save numbers (CSV)…"), self._ask_numbers))
        self._of_numbers = tuple(of_numbers)
        self.setMenu(self._actions)

    def offer(self, view: Tabular | None, picture: Callable[[], QPixmap], *, title: str, name: str) -> None:
        """Copy and save ``view``: ``title`` is what people call it, ``name`` the file's, without its ending. Without a
        view there are no numbers to be had."""
        self._view, self._picture, self._name = view, picture, name
        for action in self._of_numbers:
            action.setVisible(view is not None)
        self.setAccessibleName(self.tr("Copy or save {plot}").format(plot=title))

    def offer_drawing(self, drawn: QWidget, heading: Callable[[], str] = str) -> None:
        """Save this widget as lines and text too, in SVG. ``heading``: a line above it that says what it is of, where
        the widget itself does not."""
        self._drawn, self._heading = drawn, heading
        self._drawing.setVisible(True)

    def open_menu(self, place: QPoint) -> None:
        """Open copy and save at a place on the screen."""
        self._actions.popup(place)

    def serve(self, view: QWidget) -> None:
        """Let a right click on ``view`` open the same menu."""
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda place: self.open_menu(view.mapToGlobal(place)))

    def table(self) -> ExportTable:
        """The numbers that the view shows."""
        return self._view.table() if self._view is not None else ExportTable((), ())

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self._picture())

    def copy_numbers(self) -> None:
        """Put the numbers on the clipboard, as CSV."""
        QGuiApplication.clipboard().setText(csv_text(self.table()))

    def save_picture(self, path: str) -> None:
        """Write a PNG; says so where that fails."""
        if not self._picture().save(path, "PNG"):
            self.failed.emit(UNWRITABLE(path=path, reason=self.tr("the folder isn't writable")))

    def save_drawing(self, path: str) -> None:
        """Write an SVG; says so where that fails."""
        if self._drawn is None:
            return
        content = QBuffer()
        generator = QSvgGenerator()
        generator.setOutputDevice(content)
        generator.setSize(self._size())
        generator.setViewBox(QRect(QPoint(), self._size()))
        generator.setResolution(CSS_PIXELS)  # so that it opens in its own size
        generator.setTitle(self._heading() or self._name)
        painter = QPainter(generator)
        try:
            self._draw(painter)
        finally:
            painter.end()
        own = QGuiApplication.font().family()
        families = f'font-family="{own}"'.encode(), f'font-family="{own}, {OTHER_FAMILIES}"'.encode()
        drawing = bytes(content.data().data()).replace(*families)
        try:
            write_atomically(Path(path), drawing)
        except OSError as error:
            self.failed.emit(UNWRITABLE(path=path, reason=error.strerror or str(error)))

    def drawn_picture(self) -> QPixmap:
        """What is offered as a drawing, as a picture with at least two pixels to each of its own."""
        if self._drawn is None:
            return QPixmap()
        ratio = max(2.0, self._drawn.devicePixelRatioF())
        picture = QPixmap(self._size() * ratio)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        try:
            self._draw(painter)
        finally:
            painter.end()
        return picture

    def _draw(self, painter: QPainter) -> None:
        """Draw it all under its heading, but for this button where it lies upon it."""
        assert self._drawn is not None
        top = self._size().height() - self._drawn.height()
        if top:
            painter.fillRect(QRect(0, 0, self._drawn.width(), top), theme.colour("surface"))
            set_pixels(painter, 13, QFont.Weight.DemiBold)
            painter.setPen(theme.colour("text"))
            box = QRectF(8, 0, self._drawn.width() - 16, top)
            draw_elided(painter, box, Qt.AlignmentFlag.AlignVCenter, self._heading())
        upon = self._drawn.isAncestorOf(self) and not self.isHidden()
        try:
            if upon:
                self.setVisible(False)
            self._drawn.render(painter, QPoint(0, top))
        finally:
            if upon:
                self.setVisible(True)

    def _size(self) -> QSize:
        """Of the widget with its heading."""
        assert self._drawn is not None
        return self._drawn.size() + QSize(0, HEADING if self._heading() else 0)

    def save_numbers(self, path: str) -> None:
        """Write a CSV; says so where that fails."""
        try:
            write_csv(Path(path), self.table())
        except OSError as error:
            self.failed.emit(UNWRITABLE(path=path, reason=error.strerror or str(error)))

    def _ask_picture(self) -> None:
        self._ask(self.tr("Save picture"), "PNG (*.png)", "png").fileSelected.connect(self.save_picture)

    def _ask_drawing(self) -> None:
        self._ask(self.tr("Save drawing"), "SVG (*.svg)", "svg").fileSelected.connect(self.save_drawing)

    def _ask_numbers(self) -> None:
        self._ask(self.tr("Save numbers"), "CSV (*.csv)", "csv").fileSelected.connect(self.save_numbers)

    def _ask(self, title: str, kind: str, suffix: str) -> QFileDialog:
        dialog = ask_where_to_save(self, title, likely_folder() / f"{self._name}.{suffix}", kind, suffix)
        dialog.open()
        return dialog


INSET = 4
"""How far the button stands from the corner, in pixels."""


class CornerCopy(CopyButton):
    """A :class:`CopyButton` that keeps to the upper right corner of what it copies."""

    def __init__(self, drawn: QWidget) -> None:
        super().__init__(drawn)
        self._held = drawn
        drawn.installEventFilter(self)
        self._take_place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._take_place()
        return super().eventFilter(watched, event)

    def _take_place(self) -> None:
        self.move(max(0, self._held.width() - self.width() - INSET), INSET)
        self.raise_()


def copy_in_corner(drawn: QWidget, view: Tabular | None = None, *, title: str, name: str) -> CornerCopy:
    """Let a drawing be copied and saved as PNG and SVG, and where a ``view`` says its numbers, as CSV too.

    ``title`` is what people call it, ``name`` the file's name without its ending. Connect the button's ``failed`` to
    the page's message. The button is no part of the picture.
    """
    button = CornerCopy(drawn)
    button.offer_drawing(drawn)
    button.offer(view, button.drawn_picture, title=title, name=name)
    button.serve(drawn)
    return button
