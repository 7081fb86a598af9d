"""The playground at work: the network's document, its trainer, the canvas, and the panes round it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

import assets
from app.builder.canvas.actions import mouse_gestures
from app.builder.canvas.layout import with_room_for_inputs
from app.builder.canvas.view import NetworkCanvas
from app.kit.actions import ActionSet, worded_action
from app.kit.background import Work
from app.kit.focused_field import field_of
from app.kit.translation import sentence_of
from app.network.document import Document
from app.network.mending import Mender
from app.network.open_network import OpenNetwork
from app.network.speed import FULL, SpeedControl, index_of
from app.network.trainer import Trainer
from app.workspaces.playground.actions import ACTIONS, MENUS, PANELS, TIPS
from app.workspaces.playground.announcements import Announcements
from app.workspaces.playground.files import is_data
from app.workspaces.playground.panes import Panes, PlaygroundFrame
from app.workspaces.playground.transport_bar import TransportBar
from app.workspaces.workspace import Host, Page
from engine.data.choice import DataChoice
from engine.formats import read_link, write_link
from engine.formats.base import NetworkFile
from engine.formats.links import LinkedNetwork
from engine.formats.loom import read_network_file
from engine.problems import EngineError, Problem

if TYPE_CHECKING:
    from app.network.kernels import KernelWarmer
    from app.workspaces.playground.as_scalar import ScalarOpening


class PaneKeys(QObject):
    """F6 and Shift+F6: the keyboard goes from pane to pane, past hidden ones, and back to where it was in each."""

    def __init__(self, panes: Sequence[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._panes = tuple(panes)
        self._last: dict[QWidget, QWidget] = {}
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._note)

    @Slot(QWidget, QWidget)
    def _note(self, _old: QWidget | None, new: QWidget | None) -> None:
        pane = self.pane_of(new)
        if pane is not None and new is not None:
            self._last[pane] = new

    def pane_of(self, widget: QWidget | None) -> QWidget | None:
        """The pane that a widget lies in."""
        if widget is None:
            return None
        return next((pane for pane in self._panes if pane is widget or pane.isAncestorOf(widget)), None)

    def go(self, step: int) -> None:
        """Go to the pane ``step`` further on, past those that take no keyboard."""
        pane = self.pane_of(QApplication.focusWidget())
        start = self._panes.index(pane) if pane is not None else (-1 if step > 0 else 0)
        for number in range(1, len(self._panes) + 1):
            found = self._entry(self._panes[(start + step * number) % len(self._panes)])
            if found is not None:
                found.setFocus(Qt.FocusReason.TabFocusReason)  # so that it shows where the keyboard is
                return

    def _entry(self, pane: QWidget) -> QWidget | None:
        """Where the keyboard was in a pane, or its first widget that takes it."""
        if not pane.isVisible():
            return None
        last = self._last.get(pane)
        if last is not None and isValid(last) and _takes_keys(last, pane):
            return last
        if _takes_keys(pane, pane):
            return pane
        widget = pane.nextInFocusChain()
        while widget is not None and widget is not pane:
            if pane.isAncestorOf(widget) and _takes_keys(widget, pane):
                return widget
            widget = widget.nextInFocusChain()
        return None


def _takes_keys(widget: QWidget, pane: QWidget) -> bool:
    """Return whether a widget shows that it has the keyboard; what only scrolls does not."""
    if isinstance(widget, QScrollArea):
        return False
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.isVisibleTo(pane) and widget.focusProxy() is None


FIRST_NETWORK = "networks/two-spirals.loom"
"""The network of the first start."""


def first_network() -> NetworkFile:
    """The network that the first start shows: untrained, for watching it learn is the point; its file keeps the weights
    that its card in the gallery shows."""
    found = read_network_file(assets.path(FIRST_NETWORK))
    return replace(found, weights={}, progress=None)


class PlaygroundPage(Page):
    """Shows itself with the canvas alone; the panes follow one by one."""

    menus = MENUS
    widget: PlaygroundFrame
    bar: TransportBar
    document: OpenNetwork

    def __init__(self, host: Host, content: NetworkFile | None = None) -> None:
        super().__init__(host)
        self._tables: dict[Path, Path] = {}  # of files whose data are gone: where the person says they are
        self.network = Document(content or first_network(), self, room=with_room_for_inputs)
        self.trainer = Trainer(self.network, self)
        self.document = OpenNetwork(self.network, self.trainer, self._blank, self)
        self.speed = SpeedControl(self.network, self.trainer, self)
        self._slow = index_of(host.memory.noted("speed"))  # what the full speed goes back to
        self.speed.choose(self._slow)
        self.speed.changed.connect(self._note_speed)
        self.canvas = NetworkCanvas(self.network, self.trainer)
        self.widget = PlaygroundFrame(self.canvas, host.size(), host.memory)
        self.ground = self.widget.ground
        self.actions = ActionSet(self.widget, ACTIONS)
        self.actions.adopt("network", self.canvas.actions_by_name)
        self.mouse = (
            *mouse_gestures(self.canvas.commands),
            (self.tr("Drag a block from the palette"), self.tr("Add it; on a wire, insert it there")),
            (self.tr("Click a point of the picture"), self.tr("See its loss; a double click plays its pass")),
            (self.tr("Scroll or drag on a curve"), self.tr("Zoom or move along it; a double click shows all again")),
        )
        self.tips = {name: worded_action(tip) for name, tip in TIPS.items()}
        self.bar = TransportBar(self.network, self.trainer, self.actions, self.speed)
        mender = Mender(self.network, self.trainer, self)
        self.panes = Panes(self.widget, self.canvas, self.network, self.trainer, mender, self.actions, host.open_copy)
        self.panes.explained.connect(self.aside_changed)
        self.panes.pass_shown.connect(self.aside_changed)
        self.bar.asked.connect(self.panes.explain)
        panels = self.widget.panels
        around = (panels["left"], panels["outline"], self.canvas, panels["bottom"], panels["right"])
        self.pane_keys = PaneKeys(around, self)
        verdict_in_sight = panels["bottom"].isVisible
        self.announcements = Announcements(self.network, self.trainer, mender, host.messages, verdict_in_sight, self)
        self.canvas.message.connect(self.announcements.warn)
        self.canvas.edits.unwired.connect(self.announcements.say_unwired)
        self.network.output_replaced.connect(self._say_output_replaced)
        self.canvas.link_pasted.connect(host.open_link)
        self.canvas.overlays.offer(self.actions["scalar_neuron"], self.tr("Show as a computation graph"))
        self.canvas.say_hint(self._whereabouts())
        self._warmer: KernelWarmer | None = None
        self.scalar: ScalarOpening | None = None
        self._bind()

    def _bind(self) -> None:
        trainer = self.trainer
        solved = self.actions["stop_when_solved"]
        solved.toggled.connect(self._set_stop_when_solved)
        solved.setChecked(self.host.memory.noted("stop_when_solved") == "yes")
        self.actions.bind(
            {
                "play": lambda: trainer.pause() if trainer.running else self._train(trainer.play),
                "step": lambda: self._train(trainer.step),
                "epoch": lambda: self._train(trainer.epoch),
                "earlier": partial(self._go, -1),
                "later": partial(self._go, 1),
                "reset": trainer.reset,
                "reset_new_seed": lambda: trainer.reset(self.network.hyper.seed + 1),
                "slower": self.speed.slower,
                "faster": self.speed.faster,
                "full_speed": self._full_speed,
                "stop_after": self._ask_stop_after,
                "copy_link": self._copy_link,
                "next_pane": lambda: self.pane_keys.go(1),
                "previous_pane": lambda: self.pane_keys.go(-1),
            }
        )
        for name in PANELS:
            action = self.actions[f"{name}_panel"]
            action.setChecked(self.host.memory.shown(name, PANELS[name]))
            action.toggled.connect(partial(self.widget.show_panel, name))
        self._left_gave_way = True
        self.actions["left_panel"].toggled.connect(self._show_left)
        self.actions["outline_panel"].toggled.connect(self._show_outline)
        if self.actions["outline_panel"].isChecked():
            self.actions["left_panel"].setChecked(False)

    @staticmethod
    def _train(begin: Callable[[], None]) -> None:
        """Train with what stands in the fields: a field that is being typed into first takes its number, or shows the
        one in force."""
        focused = QApplication.focusWidget()
        if focused is not None and field_of(focused) is not None:
            focused.clearFocus()
        begin()

    def _go(self, way: int) -> None:
        """Take the run back by some steps, or on again."""
        snapshot = self.trainer.snapshot
        if snapshot is not None:
            self.trainer.go_to(snapshot.timeline.beside(snapshot.step, way))

    @Slot(bool)
    def _show_left(self, shown: bool) -> None:
        """The left column and the outline take turns: beside both, the canvas has a third of a small window."""
        if shown:
            self._left_gave_way = True
            self.actions["outline_panel"].setChecked(False)

    @Slot(bool)
    def _show_outline(self, shown: bool) -> None:
        left = self.actions["left_panel"]
        if shown:
            self._left_gave_way = left.isChecked()
        left.setChecked(self._left_gave_way and not shown)

    def _whereabouts(self) -> str:
        keys = self.actions["outline_panel"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return self.tr("The outline, {keys}, lists its blocks, units and weights as a tree").format(keys=keys)

    def _blank(self) -> NetworkFile:
        """Return the network that New begins with."""
        from app.network.blank import blank_network

        return blank_network(self.network.data, self.network.dataset)

    def _full_speed(self) -> None:
        """As fast as it goes, or back to the speed before."""
        self.speed.choose(FULL if self.speed.index != FULL else self._slow)

    @Slot(object)
    def _say_output_replaced(self, problem: Problem) -> None:
        """Beside what was just said of a table that came in."""
        came_in = self.host.messages.text if self.network.data.source == "file" else ""
        self.host.messages.say(f"{came_in} {sentence_of(problem)}".strip(), passing=True)

    @Slot(bool)
    def _set_stop_when_solved(self, on: bool) -> None:
        self.trainer.set_stop_when_solved(on)
        self.host.memory.note("stop_when_solved", "yes" if on else "")

    @Slot(int)
    def _note_speed(self, index: int) -> None:
        self.host.memory.note("speed", self.speed.speed.key)
        if index != FULL:
            self._slow = index

    def _ask_stop_after(self) -> None:
        from app.workspaces.playground.transport_bar import StopAfterDialog

        StopAfterDialog(self.network, self.host.window()).show()

    def parts(self) -> Iterable[Callable[[], None]]:
        """The panes."""
        return self.panes.builders()

    def start(self) -> None:
        """The training thread, the kernels, and the voice for those who hear the window."""
        from app.network.kernels import KernelWarmer
        from app.workspaces.playground.announcements import UndoNotice
        from app.workspaces.playground.as_scalar import ScalarOpening
        from app.workspaces.playground.voice import Voice

        runs = self.panes.runs
        runs.changed.connect(lambda: self.bar.show_runs(runs.count))
        self.trainer.legible.changed.connect(lambda: self.bar.show_runs(runs.count))
        self.voice = Voice(self.network, self.trainer, self.canvas, self.panes.timeline)
        self.scalar = ScalarOpening(self.document, self.canvas, self.actions, self.host, self)
        self.scalar.follow_pass(self.panes.timeline.source)
        UndoNotice(self.network, self.host.messages, self)
        self.trainer.start()
        self._warmer = KernelWarmer(self)
        self._warmer.filled.connect(self.trainer.kernels_compiled)
        self._warmer.start()

    def enter(self) -> None:
        """The keyboard is the canvas'."""
        self.canvas.setFocus()

    def replaces(self, path: Path) -> bool:
        """A data file only becomes the data set, which undo takes back."""
        return not is_data(path)

    def reading(self, path: Path, *, copy: bool = False) -> Work | None:
        """A network's weights and its data may be large; a table that is taken as the data set loads by itself."""
        from app.network.ahead import reading

        table = self._tables.pop(path, None)
        return None if is_data(path) else reading(path, table)

    may_find_data = True

    def find_data(self, path: Path, table: Path) -> None:
        """A network's."""
        self._tables[path] = table

    def take_read(self, read: object) -> None:
        """A network with its data."""
        from app.network.ahead import ReadNetwork

        assert isinstance(read, ReadNetwork)
        self.document.take_read(read)

    def open_file(self, path: Path, *, copy: bool = False) -> tuple[Problem, ...]:
        """Open a network in place of the present one, or take a data file as the data set; as a start for work of one's
        own by way of the import sheet. An example comes with its note."""
        if is_data(path) and copy:
            self.panes.left.data.import_file(path)
        elif is_data(path):
            self.network.choose_data(DataChoice(source="file", path=str(path.resolve()), train_share=0.8))
        elif copy and path.is_relative_to(assets.path("networks")):
            return self._open_example(path)
        else:
            return self.document.open(path, copy=copy)
        return ()

    def open_link(self, text: str) -> tuple[Problem, ...]:
        """Open the network that a link says, with the switches that it sets."""
        linked = read_link(text)
        self.document.load(linked.content)
        self.panes.show_points(test=linked.show_test, discrete=linked.discrete)
        return linked.notices

    def _copy_link(self) -> None:
        """Put the network on the clipboard as a link, or say why it cannot be said in one."""
        try:
            test, discrete = self.panes.points_shown
            link = write_link(LinkedNetwork(self.network.to_file(), show_test=test, discrete=discrete))
        except EngineError as error:
            self.announcements.warn(sentence_of(error.problem))
            return
        QGuiApplication.clipboard().setText(link.text)
        self.announcements.say_copied(link.notices)

    @property
    def bookmark(self) -> tuple[str, ...]:
        """The example that is open, with what of it has been seen."""
        return self.panes.example.bookmark

    def open_bookmark(self, bookmark: Sequence[str]) -> None:
        """The network that has just been opened is an example."""
        self.panes.example.open_bookmark(bookmark)

    def _open_example(self, path: Path) -> tuple[Problem, ...]:
        from app.examples import example_at

        example = example_at(path)
        if example is None:
            return self.document.open(path, copy=True)
        self.document.load(example.opening)
        self.panes.example.show(example)
        return ()

    def aside(self) -> Sequence[QWidget]:
        """All round the canvas; the dock stays while the pass is in front in it, the right column while it says where a
        number comes from."""
        panels = self.widget.panels
        dock = () if self.panes.shows_pass else (panels["bottom"],)
        right = () if self.panes.explains else (panels["right"],)
        return panels["left"], panels["outline"], *right, *dock

    def present(self, on: bool) -> None:
        self.canvas.viewport.enlarge_fits(on)

    def close(self) -> None:
        """Stop the threads; forget the undo steps while those who listen to them still live."""
        self.widget.remember()
        self.network.cancel_loading()
        if self._warmer is not None:
            self._warmer.stop()
        if self.scalar is not None:
            self.scalar.request.close()
            self.panes.runs.close()
        self.trainer.close()
        self.network.undo_stack.clear()
