"""The panel of plots: tabs that follow the running network."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFont, QFontMetrics, QHideEvent, QMouseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.widgets.painted import KeyFocus, Painting, set_pixels
from app.workspaces.playground.plots.verdict import Headline, headline
from engine.training.snapshot import Snapshot

if TYPE_CHECKING:
    from app.network.document import Document
    from app.network.trainer import Trainer
    from app.workspaces.playground.plots.tab import Redraw, Tab

TICK_MS = 33


class PlotsPanel(QFrame):
    """Tabs Gradients, Loss, Activations and Weights. The plots are built after the first time it is shown."""

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._tabs: tuple[Tab, ...] = ()
        self._waiting: deque[Redraw] = deque()
        self._dirty = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._lay_out()
        trainer.snapshot_published.connect(self.follow)
        trainer.snapshot_withdrawn.connect(self._forget_snapshot)
        theme.notifier().changed.connect(self._recolour)

    def _lay_out(self) -> None:
        self._bar = UnderlinedTabs()
        self._names = (self.tr("Gradients"), self.tr("Loss"), self.tr("Activations"), self.tr("Weights"))
        tips = (
            self.tr("How strongly the loss asks every layer to change"),
            self.tr("How wrong the network is, on the rows it learns from and on the others"),
            self.tr("Where the units of every layer work"),
            self.tr("What the network has learnt so far, in numbers"),
        )
        for name, tip in zip(self._names, tips, strict=True):
            self._bar.setTabToolTip(self._bar.addTab(name), tip)
        self._bar.setAccessibleName(self.tr("Plots"))
        self._verdict = VerdictLabel()
        self._stack = QStackedWidget()
        self._empty = QLabel(self.tr("Press Play, and the gradients, the loss and the activations appear here."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "muted")
        self._stack.addWidget(self._empty)
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(self._bar)
        head.addWidget(self._verdict, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 4, 14, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self._bar.currentChanged.connect(self.show_tab)

    def sizeHint(self) -> QSize:
        return QSize(1180, 300)

    # Building -------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.build)

    def build(self) -> None:
        """Make the plots: pyqtgraph is imported here, once the window is on the screen."""
        if self._tabs:
            self.redraw()
            return
        from app.workspaces.playground.plots.activations_tab import ActivationsTab
        from app.workspaces.playground.plots.gradients_tab import GradientsTab
        from app.workspaces.playground.plots.loss_tab import LossTab
        from app.workspaces.playground.plots.weights_tab import WeightsTab

        self._tabs = (GradientsTab(), LossTab(), ActivationsTab(), WeightsTab())
        for tab in self._tabs:
            self._stack.addWidget(tab)
            tab.redraw_wanted.connect(self.redraw)
            tab.failed.connect(self._document.problem_found)
        self.redraw()

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """The tabs, in order; none before they are built."""
        return self._tabs

    @property
    def verdict(self) -> str:
        """The headline sentence."""
        return self._verdict.text()

    # Following ------------------------------------------------------------------------------------------------

    @Slot(object)
    def follow(self, _snapshot: Snapshot) -> None:
        """Note that there is something new; it is drawn at the next tick, if anyone can see it."""
        self._dirty = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _forget_snapshot(self) -> None:
        """The curves and the verdict are of another network: neither stays in view."""
        self._waiting.clear()
        self._dirty = False
        self._stack.setCurrentWidget(self._empty)
        self._verdict.show_headline(Headline("", "text_muted"))

    @Slot(int)
    def show_tab(self, index: int) -> None:
        """Bring a tab to the front."""
        self._bar.setCurrentIndex(index)
        self.build()

    def select(self, block_ids: Sequence[str]) -> None:
        """Follow the canvas' selection: the Weights tab shows the block that is selected."""
        if self._tabs and len(block_ids) == 1:
            from app.workspaces.playground.plots.weights_tab import WeightsTab

            for tab in self._tabs:
                if isinstance(tab, WeightsTab):
                    tab.choose(block_ids[0])

    def redraw(self) -> None:
        """Draw the tab in front from the latest snapshot, now and whole."""
        snapshot = self._trainer.snapshot
        if snapshot is None or not self._tabs:
            self._stack.setCurrentWidget(self._empty)
            return
        tab = self._tabs[self._bar.currentIndex()]
        self._stack.setCurrentWidget(tab)
        self._waiting.clear()
        self._show_verdict(snapshot)
        for part in tab.parts():
            part(snapshot)

    def _tick(self) -> None:
        """One part of the tab in front; a round begins with the latest snapshot when the last one is through."""
        snapshot = self._trainer.snapshot
        if snapshot is None or not self._tabs or not self.isVisible():
            self._timer.stop()
            return
        if not self._waiting:
            if not self._dirty:
                self._timer.stop()
                return
            self._dirty = False
            self._begin_round(snapshot)
        self._waiting.popleft()(snapshot)

    def _begin_round(self, snapshot: Snapshot) -> None:
        tab = self._tabs[self._bar.currentIndex()]
        self._stack.setCurrentWidget(tab)
        self._waiting.extend(tab.parts())
        self._show_verdict(snapshot)

    def _show_verdict(self, snapshot: Snapshot) -> None:
        self._verdict.show_headline(headline(snapshot))

    def _recolour(self) -> None:
        if self.isVisible():
            self.redraw()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._waiting.clear()


class UnderlinedTabs(KeyFocus, Painting, QTabBar):
    """Words with an accent line under the one in front."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._hovered = -1

    def tabSizeHint(self, index: int) -> QSize:
        font = self.font()
        font.setPixelSize(13)
        font.setBold(True)
        return QSize(QFontMetrics(font).horizontalAdvance(self.tabText(index)) + 28, 34)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self.tabAt(event.position().toPoint())
        self.update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def paint(self, painter: QPainter) -> None:
        for index in range(self.count()):
            self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        box = QRectF(self.tabRect(index))
        front = index == self.currentIndex()
        set_pixels(painter, 13, QFont.Weight.Bold if front else QFont.Weight.Normal)
        painter.setPen(theme.colour("accent" if front or index == self._hovered else "text_muted"))
        painter.drawText(box.adjusted(0, 0, 0, -3), Qt.AlignmentFlag.AlignCenter, self.tabText(index))
        if front:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(box.adjusted(8, box.height() - 3, -8, 0), 1.5, 1.5)
            if self.focused_by_key:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(theme.colour("accent"))
                painter.drawRoundedRect(box.adjusted(2, 4, -2, -5), 5, 5)


class VerdictLabel(Painting, QLabel):
    """A dot in the verdict's colour and its sentence; a sentence too long for its line goes on in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headline = Headline("", "text_muted")
        self.setMinimumWidth(80)

    def show_headline(self, line: Headline) -> None:
        """Say another sentence."""
        if line != self._headline:
            self._headline = line
            self.setText(line.text)
            self.setAccessibleName(line.text)
            self.setToolTip("\n".join((line.text, *line.more)))
            self.update()

    def paint(self, painter: QPainter) -> None:
        if not self._headline.text:
            return
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._headline.colour))
        painter.drawEllipse(QPointF(6, middle), 4, 4)
        set_pixels(painter, 12)
        painter.setPen(theme.colour("text"))
        more = f"  (+{len(self._headline.more)})" if self._headline.more else ""
        room = self.width() - 18 - painter.fontMetrics().horizontalAdvance(more)
        text = painter.fontMetrics().elidedText(self._headline.text, Qt.TextElideMode.ElideRight, room)
        line = QRectF(17, 0, self.width() - 17, self.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text + more)
