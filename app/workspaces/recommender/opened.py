"""An open run on the page: a thin line that says how far it is, and below it one section at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from app.kit.widgets.frame import column_layout, fill
from app.kit.widgets.labels import Label
from app.workspaces.recommender.data.section import DataSection
from app.workspaces.recommender.data_notice import DataNotice
from app.workspaces.recommender.explain.section import ExplainSection
from app.workspaces.recommender.follow.section import FollowSection
from app.workspaces.recommender.model.section import ModelSection
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.rank.section import RankSection
from app.workspaces.recommender.section import Figure, RunSection
from app.workspaces.recommender.train.section import TrainSection

SECTIONS: tuple[type[RunSection], ...] = (
    TrainSection,
    ModelSection,
    ExplainSection,
    FollowSection,
    RankSection,
    DataSection,
)


def sections_of(model: str) -> tuple[type[RunSection], ...]:
    """Those for a model, by its task kind's key."""
    return tuple(section for section in SECTIONS if model in section.models)


LINE, STEPS = 3, 1000


class OpenedRun(QWidget):
    """``figures_changed(tuple of Figure)`` of the section that is shown; ``section_changed(int)``; the other signals
    are its sections'."""

    figures_changed = Signal(object)
    section_changed = Signal(int)
    undo_changed = Signal()
    plan_wanted = Signal(object)
    beside_wanted = Signal(object, object)
    said = Signal(str)
    latest_run_wanted = Signal(object)

    def __init__(self, run: OpenRun) -> None:
        super().__init__()
        self.run = run
        self.kinds = sections_of(run.model)
        self._built: dict[int, RunSection] = {}
        self._shown = -1
        self.line = QProgressBar()
        self.line.setProperty("role", "line")
        self.line.setTextVisible(False)
        self.line.setFixedHeight(LINE)
        self.line.setRange(0, STEPS)
        self.line.setAccessibleName(self.tr("Progress of the run"))
        self.stack = QStackedWidget()
        self.nothing = Label(self.tr("Nothing has been learnt yet. The first checkpoint comes after the first epoch."))
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setProperty("role", "muted")
        self.stack.addWidget(self.nothing)
        column = fill(column_layout(self, spacing=0), self.line, (self.stack, 1))
        self.data_notice = DataNotice(run)
        column.addWidget(self.data_notice)  # below, so that no button moves as it comes
        run.changed.connect(self._follow)
        self.line.setVisible(run.folder is not None)

    @property
    def section(self) -> RunSection | None:
        """The one that is shown."""
        return self._built.get(self._shown)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What the shown section has for the bar."""
        return () if self.section is None else self.section.figures

    @property
    def edited(self) -> bool:
        """Whether leaving the run loses edits."""
        return any(section.edited for section in self._built.values())

    @property
    def first(self) -> int:
        """The section to begin with: how a run trains; of a checkpoint without a run, what it says."""
        return next((at for at, kind in enumerate(self.kinds) if kind.asks and self.run.folder is None), 0)

    def show_section(self, index: int) -> None:
        """Show a section; it is built when it is looked at for the first time."""
        if index == self._shown or not 0 <= index < len(self.kinds):
            return
        if self.section is not None:
            self.section.leave()
        self._shown = index
        self.section_changed.emit(index)
        self._show()
        self.undo_changed.emit()

    def _show(self) -> None:
        """The section that is wanted; in its place, while there is nothing to be asked, what it waits for."""
        if self.kinds[self._shown].asks:
            if not self.run.answerable:
                self.stack.setCurrentWidget(self.nothing)
                self.figures_changed.emit(())
                return
            self.run.open_answers()
        self.data_notice.look()
        section = self._built.get(self._shown) or self._build(self._shown)
        self.stack.setCurrentWidget(section)
        self.figures_changed.emit(section.figures)
        section.enter()

    def show_asking(self, key: str) -> None:
        """Show the section of a key, where there is a network to be asked."""
        if self.run.answerable:
            self.show_key(key)

    @property
    def shown_key(self) -> str:
        """The key of the section that is shown, or waited for."""
        return self.kinds[self._shown].key

    def show_key(self, key: str) -> None:
        """Show the section of a key; nothing happens where the run has none."""
        self.show_section(next((at for at, kind in enumerate(self.kinds) if kind.key == key), -1))

    def next_section(self) -> None:
        """The one after the one that is shown, round and round."""
        if self.kinds:
            self.show_section((self._shown + 1) % len(self.kinds))

    def _build(self, index: int) -> RunSection:
        section = self._built[index] = self.kinds[index]()
        self.stack.addWidget(section)
        section.figures_changed.connect(self._pass_on)
        section.undo_changed.connect(self.undo_changed)
        section.plan_wanted.connect(self.plan_wanted)
        section.beside_wanted.connect(self.beside_wanted)
        section.said.connect(self.said)
        section.latest_run_wanted.connect(self.latest_run_wanted)
        section.section_wanted.connect(self.show_asking)
        section.show_run(self.run)
        return section

    @Slot()
    def _pass_on(self) -> None:
        if self.sender() is self.section:
            self.figures_changed.emit(self.figures)

    @Slot()
    def _follow(self) -> None:
        history = self.run.history
        self.line.setValue(0 if history is None else round(STEPS * history.share))
        if self.stack.currentWidget() is self.nothing and self._shown >= 0 and self.run.answerable:
            self._show()

    def close_run(self) -> None:
        """Let go of the run; it goes on where it is at work."""
        if self.section is not None:
            self.section.leave()
        self.run.close()
