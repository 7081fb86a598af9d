"""The recommenders at work: home with what can be trained and what has been, or one open run; and its top bar."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QResizeEvent, QUndoStack
from PySide6.QtWidgets import QMenu, QMessageBox, QPushButton, QSizePolicy, QStackedWidget, QToolButton, QWidget

from app.kit.actions import ActionSet, ActionSpec, describe
from app.kit.background import Background, Job
from app.kit.capitals import in_capitals
from app.kit.file_dialog import ask_for_file
from app.kit.folders import data_folder
from app.kit.icons import set_icon
from app.kit.numbers import counted
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.action_button import ActionButton
from app.kit.widgets.frame import clear_layout, fill, row_layout
from app.kit.widgets.readout import Readout
from app.kit.widgets.switch import Switch
from app.kit.words import plain_tip
from app.workspaces.recommender.files import CHECKPOINTS, PLAN, RUNS
from app.workspaces.recommender.home.home import Home
from app.workspaces.recommender.home.starts import Start, free_name, plan_of, start_with
from app.workspaces.recommender.install_page import InstallPage
from app.workspaces.recommender.launching import Launched, ask_to_stop, begin
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.other_runs import LatestRunFinder
from app.workspaces.recommender.section import Figure, RunSection
from app.workspaces.recommender.words import data_name, doing_words, model_name
from app.workspaces.workspace import Host, Memory, Page
from engine.extras import missing
from engine.problems import EngineError, Problem
from engine.recommenders.running.device import gpu_name
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_lock import is_held
from engine.recommenders.running.runs import new_run

if TYPE_CHECKING:
    from app.workspaces.recommender.opened import OpenedRun

CPU, GPU = "cpu", "auto"
"""What a plan says: ``auto`` takes the GPU where torch can use it, and the CPU else."""
NOTE = "device"


class DeviceChip(QToolButton):
    """``key``: what the next run is to be trained on."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self._gpu: str | None = None
        self.setProperty("role", "chip")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._choices = QMenu(self)
        self._group = QActionGroup(self)
        self.setMenu(self._choices)
        self._look = Background("gpu", latest_only=True, parent=self)
        self._look.done.connect(self._take)
        self._show()

    def look(self) -> None:
        """Look for a GPU; until one is found there is none."""
        self._look.request(_ask)

    @property
    def key(self) -> str:
        """``cpu`` or ``auto``."""
        return CPU if self._gpu is None or self._memory.noted(NOTE) == CPU else GPU

    @Slot(object)
    def _take(self, found: str | None) -> None:
        self._gpu = found
        self._show()

    def _show(self) -> None:
        threads = _threads()
        cpu = self.tr("CPU · {threads}").format(threads=threads)
        offered = [(CPU, cpu)] if self._gpu is None else [(GPU, self._gpu), (CPU, cpu)]
        self._choices.clear()
        for key, text in offered:
            action = self._choices.addAction(text)
            action.setCheckable(True)
            action.setChecked(key == self.key)
            self._group.addAction(action)
            action.triggered.connect(lambda _checked=False, key=key: self._choose(key))
        shown = dict(offered)[self.key]
        self.setText(f"{shown} ▾" if self._gpu is not None else shown)
        self.setAccessibleName(self.tr("Runs are trained on: {device}").format(device=shown))
        if self._gpu is None:
            tip = self.tr("torch found no usable GPU, so runs are trained on the CPU. OMP_NUM_THREADS sets the "
                          "number of "
                "threads; one is fastest if the processor is busy with other work.")  # fmt: skip
        else:
            tip = self.tr("What the next run is trained on")
        self.setToolTip(plain_tip(tip))

    def _choose(self, key: str) -> None:
        self._memory.note(NOTE, key)
        self._show()

    def close_look(self) -> None:
        """Look no more."""
        self._look.close()


def _ask(_job: Job) -> str | None:
    return gpu_name()


def _threads() -> str:
    """How many a run takes, see :func:`engine.recommenders.running.device.ready`."""
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    number = int(wanted) if wanted.isdecimal() and int(wanted) > 0 else 1
    return counted(number, QCoreApplication.translate("DeviceChip", "{count} {count:thread|threads}"))


GAP, FIGURE_GAP = 12, 18
GO_WIDTH = 128


class RecommenderBar(QWidget):
    """``section_wanted(int)``: by hand."""

    section_wanted = Signal(int)

    def __init__(self, go: QAction, open_file: QAction, device: QWidget) -> None:
        """``go``: starts, pauses and goes on."""
        super().__init__()
        self._sections: tuple[type[RunSection], ...] = ()
        self._figures: tuple[Figure, ...] = ()
        self.readouts: list[Readout] = []
        self.switch: Switch | None = None
        self.row = row_layout(self, (0, 0, 6, 0), spacing=GAP)
        self._go = go
        self.go = QPushButton()
        self.go.setProperty("role", "primary")
        self.go.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.go.setFixedWidth(GO_WIDTH)
        self.go.clicked.connect(go.trigger)
        self.open = ActionButton(open_file)
        self.open.setProperty("role", "pill")
        self.open.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.open.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._holder = QWidget()
        self._numbers = row_layout(self._holder, (6, 0, 0, 0), spacing=FIGURE_GAP)
        self._holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        fill(self.row, self.go, (self._holder, 1))
        self._device = device
        fill(self.row, device, self.open)
        self.show_home()

    def show_home(self) -> None:
        """No run is open."""
        self._set_sections(())
        self.set_figures(())
        self._device.show()
        self.open.show()

    def hide_tools(self) -> None:
        """Nothing can be opened or trained yet."""
        self._device.hide()
        self.open.hide()

    def show_run(self, sections: Sequence[type[RunSection]]) -> None:
        """A run is open that has these sections; the first is shown."""
        self._set_sections(tuple(sections))
        self.open.hide()

    @Slot()
    def follow_go(self) -> None:
        """The action that starts, pauses and goes on is another now."""
        self.go.setVisible(self._go.isVisible())
        self.go.setEnabled(self._go.isEnabled())
        self.go.setText(self._go.text())
        self.go.setAccessibleName(self._go.text())
        self.go.setToolTip(self._go.toolTip())

    def set_go_icon(self, name: str) -> None:
        """Its picture."""
        set_icon(self.go, name, "on_accent")

    def _set_sections(self, sections: tuple[type[RunSection], ...]) -> None:
        self._sections = sections
        if self.switch is not None:
            self.row.removeWidget(self.switch)
            self.switch.hide()
            self.switch.deleteLater()
            self.switch = None
        if len(sections) > 1:
            parts = tuple((_words(section.label), _words(section.tip)) for section in sections)
            self.switch = Switch(self.tr("What is shown of the run"), parts)
            self.switch.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self.switch.currentChanged.connect(self.section_wanted)
            self.row.insertWidget(0, self.switch)

    def mark(self, index: int) -> None:
        """This section is shown."""
        if self.switch is not None and self.switch.currentIndex() != index:
            self.switch.setCurrentIndex(index)

    # Figures ------------------------------------------------------------------------------------------------------

    def set_figures(self, figures: Sequence[Figure]) -> None:
        """Show these; where they are the same ones as before, only their values change."""
        before = [(figure.label, figure.accent) for figure in self._figures]
        kept = [(figure.label, figure.accent) for figure in figures] == before
        self._figures = tuple(figures)
        if not kept:
            self._rebuild()
        for readout, figure in zip(self.readouts, figures, strict=True):
            readout.say(figure.text)
            readout.setToolTip(plain_tip(figure.tip))
        self._make_room()

    def _rebuild(self) -> None:
        clear_layout(self._numbers)
        self.readouts = [
            Readout(in_capitals(figure.label), figure.tip, figure.text, accent=figure.accent)
            for figure in self._figures
        ]
        for readout in self.readouts:
            readout.outgrown.connect(self._make_room)
            self._numbers.addWidget(readout)
            readout.fit()
        self._numbers.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        """Where they do not all fit, the last ones give way."""
        room = self._holder.width() - 6
        for readout in self.readouts:
            room -= readout.width() + FIGURE_GAP
            readout.setVisible(room > -FIGURE_GAP)


def _words(text: str) -> str:
    return QCoreApplication.translate("Sections", text)


def is_pause(run: OpenRun | None) -> bool:
    """Whether the button is that of a run at work, which can be paused."""
    return run is not None and run.doing in ("running", "stopping", "starting")


def run_button_label(run: OpenRun | None) -> str:
    """What stands on the one strong button of an open run."""
    doing = None if run is None else run.doing
    if doing in ("starting", "stopping"):
        return f"{doing_words(doing).capitalize()} …"
    if doing == "running":
        return QCoreApplication.translate("RecommenderPage", "Pause")
    if doing == "planned":
        return QCoreApplication.translate("RecommenderPage", "Start")
    if run is not None and run.broke_before:
        return QCoreApplication.translate("RecommenderPage", "Try again")
    return QCoreApplication.translate("RecommenderPage", "Resume")


def run_button_tip(run: OpenRun | None) -> str:
    """Its tooltip."""
    if is_pause(run):
        return QCoreApplication.translate(
            "RecommenderPage", "Stop after the current batch and keep a checkpoint to resume from"
        )
    if run is not None and run.broke_before:
        return QCoreApplication.translate(
            "RecommenderPage", "Start again once the problem is fixed; otherwise it would fail again"
        )
    return QCoreApplication.translate("RecommenderPage", "Continue from the checkpoint; on the CPU, exact to the bit")


AGAIN_MS = 5_000
"""So long a second Escape counts as the answer."""


class GuardedStack(QStackedWidget):
    """``held``: an Escape came that would have lost edits, and is held back; the next one, soon after, is not."""

    held = Signal()

    def __init__(self, loses: Callable[[], bool], parent: QWidget | None = None) -> None:
        """``loses``: whether leaving what is shown loses edits."""
        super().__init__(parent)
        self._loses = loses
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)

    @property
    def asking(self) -> bool:
        """Whether an Escape has just been held back."""
        return self._again.isActive()

    def _holds(self, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        return escape and not self.asking and self._loses()

    def event(self, event: QEvent) -> bool:
        """Keep the key from being the shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and self._holds(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._holds(event):
            self._again.start()
            self.held.emit()
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """Another thing is shown: an Escape from before says nothing of it."""
        self._again.stop()


def ask_about(
    training: Mapping[Path, str], window: QWidget, close: Callable[[], object], say: Callable[[Problem], object]
) -> None:
    """Ask about the runs, by folder with their names; ``close`` after either answer but Cancel, where none failed."""
    tr = QCoreApplication.translate
    box = QMessageBox(window)
    box.setObjectName("trainingQuestion")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    names = "”, “".join(training.values())
    one, more = tr("Closing", "“{names}” is training."), tr("Closing", "“{names}” are training.")
    box.setText((one if len(training) == 1 else more).format(names=names))
    box.setInformativeText(
        tr(
            "Closing",
            "Training can continue without the window and will be listed under Earlier runs when you come "
            "back. Or it can stop after the current batch and keep a checkpoint to resume from.",
        )
    )
    leave = box.addButton(tr("Closing", "Continue without the window"), QMessageBox.ButtonRole.AcceptRole)
    stop = box.addButton(tr("Closing", "Stop and keep"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(leave)

    def answered(_result: int) -> None:
        box.deleteLater()
        chosen = box.clickedButton()
        if chosen not in (leave, stop):
            return
        try:
            for path in training if chosen is stop else ():
                ask_to_stop(RunFolder(path))
        except EngineError as error:
            say(error.problem)
            return
        close()

    box.finished.connect(answered)
    box.open()


ACTIONS = (
    ActionSpec("run_go", "run", 0, QT_TRANSLATE_NOOP("Actions", "Resume"),
               QT_TRANSLATE_NOOP("Actions", "Continue from the checkpoint; on the CPU, exact to the bit"), ("Space",),
               "play"),
    ActionSpec("run_section", "run", 1, QT_TRANSLATE_NOOP("Actions", "Next view of the run"),
               QT_TRANSLATE_NOOP("Actions", "Switch between training and what the trained network answers"),
               ("Ctrl+Tab",)),
    ActionSpec("run_back", "run", 2, QT_TRANSLATE_NOOP("Actions", "All runs"),
               QT_TRANSLATE_NOOP("Actions", "Back to all runs; a run in training continues"), ("Esc",), "back"),
    ActionSpec("run_open", "run", 2, QT_TRANSLATE_NOOP("Actions", "Open a run…"),
               QT_TRANSLATE_NOOP("Actions", "Open a trained recommender from a file"), ("Ctrl+Alt+O",), "open"),
)  # fmt: skip


class RecommenderPage(Page):
    """Has no document: a run is a process's, and lies in a folder of its own from its first moment, so there is nothing
    to save. What can be undone is what is edited in the section that is shown. Where packages that all of it needs are
    missing, it offers to install them in place of home."""

    menus = MappingProxyType({"run": QT_TRANSLATE_NOOP("Actions", "&Run")})

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.root = data_folder(RUNS)
        self.widget = self.stack = GuardedStack(self._loses)
        self.stack.held.connect(self._ask_again)
        self.home = Home(self.root)
        self.stack.addWidget(self.home)
        self.opened: OpenedRun | None = None
        self._started: dict[Path, str] = {}
        self._going = False
        self.actions = ActionSet(self.widget, ACTIONS)
        self.actions.bind(
            {
                "run_go": self._go,
                "run_section": self._next_section,
                "run_back": self.show_home,
                "run_open": self._choose,
            }
        )
        self.device = DeviceChip(host.memory)
        self.bar = self._bar = RecommenderBar(self.actions["run_go"], self.actions["run_open"], self.device)
        self.way_back = self.actions["run_back"]
        self.home.start_wanted.connect(self.start_run)
        self.home.own_wanted.connect(self._look_at)
        self.home.open_wanted.connect(self._open)
        self.home.problem_found.connect(self._say)
        self._bar.section_wanted.connect(self._show_section)
        self._latest = LatestRunFinder(self.root, self)
        self._latest.open_wanted.connect(self._open_like)
        self._latest.start_wanted.connect(self.start_run)
        self._latest.problem_found.connect(self._say)
        self.install_page: InstallPage | None = None
        self._awaited: Path | None = None
        """What was to be opened before the packages were there."""
        if missing():
            self._offer_install()
        else:
            self.device.look()
        self._follow()

    def parts(self) -> Iterable[Callable[[], object]]:
        """What home shows, once it can be shown."""
        return self.home.parts() if self.install_page is None else ()

    def _offer_install(self) -> None:
        self.install_page = InstallPage()
        self.install_page.installed.connect(self._open_up)
        self.stack.addWidget(self.install_page)
        self.stack.setCurrentWidget(self.install_page)
        self._bar.hide_tools()
        self.actions["run_open"].setEnabled(False)

    @Slot()
    def _open_up(self) -> None:
        """Everything is installed: the page is as ever, and opens what was to be opened."""
        finished, self.install_page = self.install_page, None
        assert finished is not None
        for part in self.home.parts():
            part()
        self.stack.removeWidget(finished)
        finished.close_page()
        finished.deleteLater()
        self.actions["run_open"].setEnabled(True)
        self._bar.show_home()
        self.device.look()
        self.enter()
        if self._awaited is not None:
            self._open(self._awaited)

    @property
    def undo_stack(self) -> QUndoStack | None:
        """The shown section's."""
        section = self.opened.section if self.opened is not None else None
        return section.undo_stack if section is not None else None

    def enter(self) -> None:
        """The keyboard goes to what is shown."""
        section = self.opened.section if self.opened is not None else None
        if self.install_page is not None:
            self.install_page.enter()
        elif section is not None:
            section.enter()
        else:
            self.home.enter()

    # Home and open run --------------------------------------------------------------------------------------------

    @Slot(object)
    def start_run(self, start: Start) -> None:
        """Plan a run as its presets have it, begin it, and show it."""
        try:
            plan = plan_of(start, self.device.key)
        except EngineError as error:
            self._say(error.problem)
            return
        self.start_plan(plan)

    @Slot(object)
    def start_plan(self, plan: RunPlan) -> None:
        """Begin a run on the device that is chosen, and show it."""
        try:
            folder = new_run(self.root, plan.model_copy(update={"device": self.device.key, "name": self._free(plan)}))
            run = OpenRun.at(folder.path, self)
        except EngineError as error:
            self._say(error.problem)
            return
        self._show(run)
        run.go_on()

    @Slot(object, object)
    def start_beside(self, plans: tuple[RunPlan, ...], names: tuple[str, ...]) -> None:
        """Begin runs on the device that is chosen, beside what is shown; ``names``: what is to be compared then."""
        called = dict.fromkeys(names, "")
        try:
            for plan in plans:
                name = self._free(plan)
                folder = begin(self.root, plan.model_copy(update={"name": name}), self.device.key)
                self._started[folder.path] = called[plan.name] = name
        except EngineError as error:
            self._say(error.problem)
            return
        words = self.tr("Started. Compare “{first}” and “{second}” in the table of runs, under Train.")
        first, second = (called[name] or name for name in (names[0], names[-1]))
        self.host.messages.say(words.format(first=first, second=second), "success")

    def _free(self, plan: RunPlan) -> str:
        """A plan's name, or one like it that no other run has."""
        return free_name(plan.name, {*self.home.names, *self._started.values()})

    def open_file(self, path: Path, *, copy: bool = False) -> tuple[Problem, ...]:
        """Open a checkpoint, or a run by its plan; where packages are missing, once they are installed."""
        if self.install_page is not None:
            self._awaited = path
            return ()
        self._show(OpenRun.at(path, self))
        return ()

    @Slot(object)
    def _open(self, path: Path) -> None:
        try:
            self.open_file(path)
        except EngineError as error:
            self._say(error.problem)

    @Slot(object)
    def _open_like(self, path: Path) -> None:
        """Open a run and look at it as at the one that is open."""
        section = self.opened.section if self.opened is not None else None
        self._open(path)
        if section is not None and self.opened is not None:
            self.opened.show_asking(section.key)

    @property
    def bookmark(self) -> tuple[str, ...]:
        """The path of the run that is open, and the key of the section that is shown."""
        if self.opened is None:
            return ()
        run = self.opened.run
        return str(run.folder or run.checkpoint), self.opened.shown_key

    def open_bookmark(self, bookmark: Sequence[str]) -> None:
        """Open a run at a section."""
        path, key = bookmark
        self._open(Path(path))
        if self.opened is not None:
            self.opened.show_key(key)

    def _show(self, run: OpenRun) -> None:
        from app.workspaces.recommender.opened import OpenedRun  # 270 modules, which home does without

        self._let_go()
        self.host.messages.dismiss()
        run.problem_found.connect(self._say)
        run.changed.connect(self._follow)
        self.opened = opened = OpenedRun(run)
        opened.figures_changed.connect(self._bar.set_figures)
        opened.section_changed.connect(self._bar.mark)
        opened.undo_changed.connect(self.undo_changed)
        opened.plan_wanted.connect(self.start_plan)
        opened.beside_wanted.connect(self.start_beside)
        opened.said.connect(self._warn)
        opened.latest_run_wanted.connect(self._latest.find)
        self.stack.addWidget(opened)
        self.stack.setCurrentWidget(opened)
        self._bar.show_run(opened.kinds)
        opened.show_section(opened.first)
        run.follow()
        self._follow()

    @Slot()
    def show_home(self) -> None:
        """Back to all runs; what trains goes on."""
        if self.opened is None:
            return
        if self.stack.asking:
            self.host.messages.dismiss()
        self._let_go()
        self._bar.show_home()
        self._follow()
        self.home.enter()

    def _let_go(self) -> None:
        opened, self.opened = self.opened, None
        self.stack.forget()
        if opened is not None:
            self.undo_changed.emit()
            opened.close_run()
            self.stack.removeWidget(opened)
            opened.deleteLater()
            opened.run.deleteLater()

    @Slot()
    def _follow(self) -> None:
        """Title, actions and bar say how it is with the run that is open."""
        run = self.opened.run if self.opened is not None else None
        if run is not None and run.folder is not None and run.plan is not None and run.at_work:
            self._started[run.folder] = run.plan.name
        if run is not None:
            self._started |= run.begun
        self.heading = self._heading(run)
        self.actions["run_back"].setEnabled(run is not None)
        self.actions["run_section"].setEnabled(self.opened is not None and len(self.opened.kinds) > 1)
        self._follow_go(run)
        self.renamed.emit()

    def _heading(self, run: OpenRun | None) -> tuple[str, str]:
        if run is None:
            return self.tr("Recommend"), self.tr("two recommenders")
        name = run.checkpoint.name if run.plan is None else run.plan.name
        model = model_name(run.model)
        return data_name(run.data), name if name.startswith(model) else f"{model} · {name}"

    def _follow_go(self, run: OpenRun | None) -> None:
        """Space and the strong button pause what trains, and go on with what does not."""
        go = self.actions["run_go"]
        go.setVisible(run is not None and (run.at_work or run.can_go_on))
        go.setEnabled(run is not None and (run.doing == "running" or run.can_go_on))
        go.setText(run_button_label(run))
        describe(go, run_button_tip(run))
        self._bar.set_go_icon("pause" if is_pause(run) else "play")
        self._bar.follow_go()

    # What a person wants ------------------------------------------------------------------------------------------

    def _go(self) -> None:
        run = self.opened.run if self.opened is not None else None
        if run is None:
            return
        if run.doing == "running":
            run.pause()
        elif run.can_go_on:
            run.go_on()

    def _loses(self) -> bool:
        return self.opened is not None and self.opened.edited

    @Slot()
    def _ask_again(self) -> None:
        self.host.messages.say(self.tr("Press Escape again for all runs; edits made here are lost."), passing=True)

    @Slot(object)
    def _look_at(self, path: Path) -> None:
        """A file of the person's own: see first what its columns are."""
        from app.workspaces.recommender.data.mapping_dialog import MappingDialog  # home does without

        dialog = MappingDialog(path, self.host.window())
        dialog.chosen.connect(lambda data: self.start_run(start_with(data)))
        dialog.open()

    def _next_section(self) -> None:
        if self.opened is not None:
            self.opened.next_section()

    @Slot(int)
    def _show_section(self, index: int) -> None:
        if self.opened is not None:
            self.opened.show_section(index)

    def _choose(self) -> None:
        label = QCoreApplication.translate("Files", CHECKPOINTS.label)
        kinds = (f"{label} ({CHECKPOINTS.patterns} {PLAN})",)
        dialog = ask_for_file(self.host.window(), self.tr("Open a run"), self.root, kinds)
        dialog.fileSelected.connect(lambda name: self._open(Path(name)))
        dialog.open()

    @Slot(object)
    def _say(self, problem: Problem) -> None:
        self.host.messages.say_problem(problem)

    @Slot(str)
    def _warn(self, sentence: str) -> None:
        self.host.messages.say(sentence, "warning", passing=True)

    # Closing ------------------------------------------------------------------------------------------------------

    def asks_before_closing(self, go_on: Callable[[], object]) -> bool:
        """Where a run that was watched here still trains, whether it is to stop or to go on without the window."""
        training = {
            path: name for path, name in self._started.items() if Launched.at(path) or is_held(RunFolder(path).lock)
        }
        if self._going or not training:
            return False

        def close() -> None:
            self._going = True
            try:
                go_on()
            finally:
                self._going = False

        ask_about(training, self.host.window(), close, self._say)
        return True

    def close(self) -> None:
        """Look at nothing any more; what trains goes on."""
        self._let_go()
        if self.install_page is not None:
            self.install_page.close_page()
        self.home.close_home()
        self._latest.close()
        self.device.close_look()
