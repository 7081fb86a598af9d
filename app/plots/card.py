"""A card round one plot: its title, its own controls, and copy and save of what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.plots.export import NOT_SAVED, Table, csv_text, write_csv


class PlotCard(QFrame):
    """One plot with its heading. ``view`` must offer ``table() -> Table``, the numbers it shows."""

    failed = Signal(object)  # Problem: a file that could not be written

    def __init__(self, title: str, view: QWidget, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._name = view, name
        self.setAccessibleName(title)
        view.setAccessibleName(title)
        self._heading = QLabel(title)
        self._heading.setProperty("role", "heading")
        self._controls = QHBoxLayout()
        self._controls.setSpacing(8)
        self._more = self._more_button()
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._heading)
        head.setSpacing(10)
        head.addLayout(self._controls, 1)
        head.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 6, 2)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(view, 1)
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        colours = theme.current()
        self._heading.setStyleSheet(f"color: {colours.text}; font-weight: 600; font-size: 12px;")
        self._more.setStyleSheet(
            f"QToolButton {{ border: none; border-radius: 6px; color: {colours.text_muted}; font-weight: 700; }}"
            f"QToolButton:hover {{ background: {colours.accent_soft}; color: {colours.accent}; }}"
            "QToolButton::menu-indicator { image: none; }"
        )

    def _more_button(self) -> QToolButton:
        button = QToolButton()
        button.setText("⋯")
        button.setFixedSize(24, 20)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(self.tr("Copy or save this plot, as a picture or as numbers"))
        button.setAccessibleName(self.tr("Copy or save {plot}").format(plot=self.accessibleName()))
        button.setMenu(self._menu(button))
        return button

    def _menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        menu.addAction(self.tr("Copy picture"), self.copy_picture)
        menu.addAction(self.tr("Copy numbers (CSV)"), self.copy_numbers)
        menu.addSeparator()
        menu.addAction(self.tr("Save picture…"), self._ask_picture)
        menu.addAction(self.tr("Save numbers (CSV)…"), self._ask_numbers)
        return menu

    def set_title(self, title: str) -> None:
        """Change the heading; an empty one leaves its room to the controls."""
        self._heading.setText(title)
        self._heading.setVisible(bool(title))

    def add_control(self, control: QWidget, stretch: int = 0) -> None:
        """Put a control or a legend into the heading's line."""
        self._controls.addWidget(control, stretch)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu(event.globalPos())
        event.accept()

    def open_menu(self, place: QPoint) -> None:
        """Open copy and save at a place on the screen."""
        menu = self._more.menu()
        if menu is not None:
            menu.popup(place)

    # Copy and save --------------------------------------------------------------------------------------------

    def picture(self) -> QPixmap:
        """The card as it is seen, without its button."""
        self._more.setVisible(False)
        try:
            return self.grab()
        finally:
            self._more.setVisible(True)

    def table(self) -> Table:
        """The numbers that the plot shows."""
        found: Table = self._view.table()  # type: ignore[attr-defined]
        return found

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.picture())

    def copy_numbers(self) -> None:
        """Put the numbers on the clipboard, as CSV."""
        QGuiApplication.clipboard().setText(csv_text(self.table()))

    def save_picture(self, path: str) -> None:
        """Write a PNG; says so where that fails."""
        if not self.picture().save(path, "PNG"):
            self.failed.emit(NOT_SAVED(path=path, reason=self.tr("the folder refused it")))

    def save_numbers(self, path: str) -> None:
        """Write a CSV; says so where that fails."""
        try:
            write_csv(Path(path), self.table())
        except OSError as error:
            self.failed.emit(NOT_SAVED(path=path, reason=error.strerror or str(error)))

    def _ask_picture(self) -> None:
        self._ask(self.tr("Save picture"), "PNG (*.png)", "png").fileSelected.connect(self.save_picture)

    def _ask_numbers(self) -> None:
        self._ask(self.tr("Save numbers"), "CSV (*.csv)", "csv").fileSelected.connect(self.save_numbers)

    def _ask(self, title: str, kind: str, suffix: str) -> QFileDialog:
        dialog = QFileDialog(self, title, f"{self._name}.{suffix}", kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog


class Legend(QWidget):
    """Dashes in the curves' colours with their names; names that do not fit go into the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[tuple[str, QColor], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    def set_entries(self, entries: Sequence[tuple[str, QColor]]) -> None:
        """Name these colours, in order."""
        if tuple(entries) != self._entries:
            self._entries = tuple(entries)
            names = ", ".join(name for name, _ in entries)
            self.setToolTip(names)
            self.setAccessibleName(self.tr("Legend: {names}").format(names=names))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            font = painter.font()
            font.setPixelSize(10)
            painter.setFont(font)
            widths = [26 + painter.fontMetrics().horizontalAdvance(name) for name, _ in self._entries]
            shown = self._entries
            while shown and sum(widths[: len(shown)]) > self.width() - (14 if len(shown) < len(widths) else 0):
                shown = shown[:-1]
            x = self.width() - sum(widths[: len(shown)]) - (14 if len(shown) < len(widths) else 0)
            for (name, colour), width in zip(shown, widths, strict=False):
                painter.fillRect(x + 2, self.height() // 2 - 1, 13, 3, colour)
                painter.setPen(theme.colour("text_muted"))
                painter.drawText(x + 19, 0, width, self.height(), Qt.AlignmentFlag.AlignVCenter, name)
                x += width
            if len(shown) < len(widths):
                painter.drawText(x, 0, 14, self.height(), Qt.AlignmentFlag.AlignVCenter, "…")
        finally:
            painter.end()
