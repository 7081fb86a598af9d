"""The dock under the canvas: tabs of plots that follow the running network, the verdict, and pages of others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.translation import sentence_of
from app.kit.widgets.labels import Label
from app.kit.widgets.tabs import UnderlinedTabs
from app.kit.words import plain_tip
from app.workspaces.playground.plots.rewind import RewindBar
from app.workspaces.playground.plots.verdict_row import VerdictRow

if TYPE_CHECKING:
    from app.network.document import Document
    from app.network.mending import Mender
    from app.network.trainer import Trainer
    from app.workspaces.playground.plots.tabs import Tab

CURVES = 0
"""The plot that is in front at first."""
PLOTS = ("curves", "gradients", "activations", "weights")
"""Names of the plots in files."""
WIDE_LINE = 760
"""From this width on, in pixels, the verdict stands beside the tabs and says most sentences in two lines."""


class PlotsPanel(QFrame):
    """Tabs of plots, each made the first time that it is in front, and pages that are added. The curves and the pages
    that are added ``first`` are always on the line, the others are in the menu *More* and on the line while they are in
    front. The verdict stands behind them. ``update_picked``: a block, where does its update ÷ weight come from?"""

    update_picked = Signal(str)
    step_wanted = Signal(int)
    """The run is to be taken to this step."""
    turned = Signal()
    """Another tab may be in front."""

    def __init__(self, document: Document, trainer: Trainer, mender: Mender, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer, self._mender = document, trainer, mender
        self._kinds: tuple[type[Tab], ...] = ()
        self._tabs: dict[int, Tab] = {}
        self._first: list[QWidget] = []
        self._shown_by_key: dict[str, object] = {key: plot for plot, key in enumerate(PLOTS)}
        self._chosen = ""
        self._is_spared = self._is_kept_back = False
        self._lay_out()
        trainer.legible.changed.connect(self._follow)  # plots and verdict are of what is written out
        for changed in (document.graph_changed, document.dataset_loaded):
            changed.connect(self._say_why_empty)
        self._say_why_empty()
        theme.notifier().changed.connect(self.redraw)

    def _lay_out(self) -> None:
        self._bar = UnderlinedTabs()
        self._bar.setUsesScrollButtons(False)  # few stand on the line at once, and all are to be seen
        names = (self.tr("Curves"), self.tr("Gradients"), self.tr("Activations"), self.tr("Weights"))
        tips = (
            self.tr("How wrong the network is, and how much of the error signal reaches every layer"),
            self.tr("How strongly the loss asks every layer to change, over time and now"),
            self.tr("Where the units of every layer work"),
            self.tr("What the network has learnt so far, in numbers"),
        )
        for plot, (name, tip) in enumerate(zip(names, tips, strict=True)):
            self._add_tab(name, tip, plot)
        self._bar.setAccessibleName(self.tr("Plots"))
        self.more = QToolButton()
        self.more.setText(self.tr("More"))
        self.more.setProperty("role", "menu")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setAccessibleName(self.tr("More plots"))
        self.more.setToolTip(
            self.tr("Gradients ∂L/∂W, activations, weights, and how the answers compare with the truth")
        )
        menu = QMenu(self.more)
        menu.aboutToShow.connect(self._fill_more)
        self.more.setMenu(menu)
        self.verdict_row = VerdictRow(self._mender, self._trainer)
        self._stack = QStackedWidget()
        self._stack.setMinimumSize(1, 1)  # so that a page which takes more doesn't lie over the verdict
        self._empty = Label()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "muted")
        self._stack.addWidget(self._empty)
        tabs = QHBoxLayout()
        tabs.setSpacing(2)
        tabs.addWidget(self._bar)
        tabs.addWidget(self.more)
        tabs.addStretch(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(2)
        self._line.addLayout(tabs)
        self._line.setAlignment(tabs, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self.verdict_row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 4, 14, 8)
        column.setSpacing(6)
        column.addLayout(self._line)
        column.addWidget(self._stack, 1)
        self.rewind = RewindBar()
        self.rewind.step_wanted.connect(self.step_wanted)
        self.rewind.hide()
        column.addWidget(self.rewind)
        self._show_tabs()
        self._bar.currentChanged.connect(self.show_tab)
        self._bar.currentChanged.connect(self.turned)

    def _add_tab(self, name: str, tip: str, shows: object, place: int = -1) -> None:
        """A tab; it knows what it shows, the number of a plot or a page, so that tabs can change places."""
        tab = self._bar.insertTab(place, name)
        self._bar.setTabToolTip(tab, plain_tip(tip))
        self._bar.setTabWhatsThis(tab, tip)
        self._bar.setTabData(tab, shows)

    def _is_first(self, tab: int) -> bool:
        """Return whether a tab is always on the line."""
        shows = self._bar.tabData(tab)
        return shows == CURVES or shows in self._first

    def _show_tabs(self) -> None:
        """Those that are always on the line, and the one in front."""
        for tab in range(self._bar.count()):
            self._bar.setTabVisible(tab, self._is_first(tab) or tab == self._bar.currentIndex())
        self._bar.updateGeometry()  # which hiding a tab does not do

    @Slot()
    def _fill_more(self) -> None:
        menu = self.more.menu()
        menu.clear()
        menu.setToolTipsVisible(True)
        for tab in range(self._bar.count()):
            if not self._is_first(tab):
                action = menu.addAction(self._bar.tabText(tab))
                action.setToolTip(plain_tip(self._bar.tabWhatsThis(tab)))
                action.setCheckable(True)
                action.setChecked(tab == self._bar.currentIndex())
                action.triggered.connect(partial(self.show_tab, tab))

    def sizeHint(self) -> QSize:
        return QSize(1180, 300)

    def minimumSizeHint(self) -> QSize:
        """The same for all pages, so that the panels beside it keep their size when another comes in front."""
        return QSize(360, 180)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room behind the tabs, the verdict stands below them."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._line.setDirection(directions[self.width() >= WIDE_LINE])

    # Building -------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.build)

    def build(self) -> None:
        """Make the plots in front: pyqtgraph is imported here, once the window is on the screen."""
        if not self._kinds:
            self._kinds = self._imported()
            if self._page() is None:
                self._plot()
        self.redraw()

    @staticmethod
    def _imported() -> tuple[type[Tab], ...]:
        from app.workspaces.playground.plots.tabs import ActivationsTab, GradientsTab, OverviewTab, WeightsTab

        return OverviewTab, GradientsTab, ActivationsTab, WeightsTab

    def tab(self, plot: int) -> Tab:
        """The tab of this number, once :meth:`build` was called; it is made the first time that it is asked for."""
        if plot not in self._tabs:
            tab = self._tabs[plot] = self._kinds[plot](self._stack)
            self._stack.addWidget(tab)
            tab.redraw_wanted.connect(self.redraw)
            tab.failed.connect(self._document.problem_found)
            tab.update_picked.connect(self.update_picked)
            tab.choose(self._chosen)
        return self._tabs[plot]

    @property
    def verdict(self) -> str:
        """The headline sentence."""
        return self.verdict_row.text

    @Slot(bool)
    def spare_verdict(self, spared: bool) -> None:
        """Give its room to a narrow page, or take it again."""
        policy = self.verdict_row.sizePolicy()
        policy.setRetainSizeWhenHidden(not spared)
        self.verdict_row.setSizePolicy(policy)
        self._is_spared = spared
        self._show_verdict()

    @Slot(bool)
    def keep_verdict_back(self, kept: bool) -> None:
        """Say nothing beside a question, or again; nothing else moves for that."""
        self._is_kept_back = kept
        self._show_verdict()

    def _show_verdict(self) -> None:
        self.verdict_row.setVisible(not (self._is_spared or self._is_kept_back))

    # Pages of others ------------------------------------------------------------------------------------------

    @property
    def holder(self) -> QWidget:
        """The parent for pages: one that comes into it later has all its parts styled anew."""
        return self._stack

    def add_page(self, key: str, name: str, tip: str, page: QWidget, *, first: bool = False) -> None:
        """A tab with a page that is no plot; ``key``: its name in files; ``first``: always on the line, behind the
        curves."""
        self._shown_by_key[key] = page
        self._stack.addWidget(page)
        if first:
            self._first.append(page)
        self._add_tab(name, tip, page, 1 if first else -1)
        self._show_tabs()

    def name_page(self, page: QWidget, name: str) -> None:
        """Call an added page something else."""
        self._bar.setTabText(self._tab_of(page), name)

    def show_page(self, page: QWidget) -> None:
        """Bring an added page to the front."""
        self.show_tab(self._tab_of(page))

    @property
    def shows(self) -> object:
        """What the tab in front shows: the number of a plot, or an added page."""
        return self._bar.tabData(self._bar.currentIndex())

    @property
    def key(self) -> str:
        """The name in files of the tab in front."""
        return next(key for key, shows in self._shown_by_key.items() if shows == self.shows)

    def show_key(self, key: str) -> None:
        """Bring the tab of this name to the front, if there is one."""
        if key in self._shown_by_key:
            self.show_tab(self._tab_of(self._shown_by_key[key]))

    def _tab_of(self, shows: object) -> int:
        return next(tab for tab in range(self._bar.count()) if self._bar.tabData(tab) == shows)

    @property
    def front(self) -> QWidget | None:
        """The page in front."""
        return self._stack.currentWidget()

    def _page(self) -> QWidget | None:
        """The added page whose tab is in front."""
        return self.shows if isinstance(self.shows, QWidget) else None

    def _plot(self) -> Tab:
        """The tab of plots in front; only where it is one."""
        assert isinstance(self.shows, int)
        return self.tab(self.shows)

    # Following ------------------------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        if self._trainer.legible.snapshot is not None:
            self.verdict_row.follow(self._trainer.legible.snapshot)
        self.redraw()

    @Slot()
    def _say_why_empty(self) -> None:
        """While there is nothing to plot: what to press, or what keeps the network from running."""
        wrong = next((found for found in self._document.problems if found.blocking), None)
        play = self.tr("Press Play, and the gradients, the loss and the activations appear here.")
        self._empty.setText(play if wrong is None else sentence_of(wrong.problem))

    @Slot(int)
    def show_tab(self, index: int) -> None:
        """Bring a tab to the front."""
        self._bar.setTabVisible(index, True)
        self._bar.setCurrentIndex(index)
        self._show_tabs()
        page = self._page()
        if page is not None:
            self._stack.setCurrentWidget(page)
            self.redraw()
            return
        self.build()

    def select(self, block_ids: Sequence[str]) -> None:
        """Follow the canvas' selection: the tabs show apart from the others the block that is selected, if one is."""
        self._chosen = block_ids[0] if len(block_ids) == 1 else ""
        for tab in self._tabs.values():
            tab.choose(self._chosen)

    def redraw(self) -> None:
        """Draw the tab in front, if anyone can see it."""
        snapshot = self._trainer.legible.snapshot
        is_plot = self._page() is None
        self.rewind.setVisible(is_plot and snapshot is not None and len(snapshot.timeline.steps) > 1)
        if not is_plot or not self.isVisible():
            return
        if snapshot is None or not self._kinds:
            self._stack.setCurrentWidget(self._empty)
            return
        self.rewind.follow(snapshot)
        tab = self._plot()
        self._stack.setCurrentWidget(tab)
        tab.draw(snapshot)
