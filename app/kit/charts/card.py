"""A card round one plot: its title, its own controls, and copy and save of what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.export import Tabular
from app.kit.widgets.labels import Label
from app.kit.widgets.painted import Painted, set_pixels
from app.kit.words import plain_tip


class PlotCard(QFrame):
    """One plot with its heading. ``view`` must offer ``table() -> Table``, the numbers it shows; ``copier`` copies and
    saves them. ``holder``: what holds the view where it does not stand in the card itself."""

    def __init__(
        self, title: str, view: QWidget, name: str, parent: QWidget | None = None, *, holder: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        view.setAccessibleName(title)
        self._heading = Label(title)
        self._heading.setProperty("role", "heading")
        self._controls = QHBoxLayout()
        self._controls.setSpacing(8)
        self._subtitle = Subtitle()
        self.copier = CopyButton()
        self.copier.offer(cast(Tabular, view), self.picture, title=title, name=name)
        self.copier.offer_drawing(self)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._heading)
        head.setSpacing(10)
        head.addLayout(self._controls)
        head.addWidget(self._subtitle, 1)
        head.addWidget(self.copier)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 6, 2)
        column.setSpacing(2)
        column.addLayout(head)
        if holder is not None:
            holder.setAccessibleName(title)
        column.addWidget(holder or view, 1)
        theme.follow(self.restyle)

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        style = f"color: {theme.current().text}; font-weight: 600; font-size: 12px;"
        self._heading.setStyleSheet(f"Label {{ {style} }}")  # its tooltip is a QLabel

    def set_title(self, title: str) -> None:
        """Change the heading; an empty one leaves its room to the controls."""
        self._heading.setText(title)
        self._heading.setVisible(bool(title))

    def explain(self, tip: str) -> None:
        """Say in the heading's tooltip what the plot is; over the plot itself it would cover what is read there."""
        self._heading.setToolTip(plain_tip(tip))

    def set_subtitle(self, texts: Sequence[str], tip: str = "") -> None:
        """Say beside the heading what the lines are: the first of the ``texts``, the fullest first, that has room; and
        in the tooltip at more length."""
        self._subtitle.say(tuple(texts), tip or texts[0])

    def add_control(self, control: QWidget) -> None:
        """Put a control into the heading's line."""
        self._controls.addWidget(control)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.copier.open_menu(event.globalPos())
        event.accept()

    def picture(self) -> QPixmap:
        """The card as it is seen, without its button."""
        self.copier.setVisible(False)
        try:
            return self.grab()
        finally:
            self.copier.setVisible(True)


class Subtitle(Painted):
    """A line in small print, as full as there is room for."""

    antialiased = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: tuple[str, ...] = ("",)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, texts: tuple[str, ...], tip: str) -> None:
        """The fullest text first; the ``tip`` says the same at more length."""
        if texts != self._texts:
            self._texts = texts
            self.setToolTip(plain_tip(tip))
            self.setAccessibleName(texts[0])
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, 20)  # what is left over is its own: controls do not give way to it

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 11)
        painter.setPen(theme.colour("text_muted"))
        metrics = painter.fontMetrics()
        fitting = (text for text in self._texts if metrics.horizontalAdvance(text) <= self.width())
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignVCenter, next(fitting, ""))
