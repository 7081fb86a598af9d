"""A workspace from outside the package: on the rail, built late, with its own undo, files, autosave and questions."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtGui import QAction, Qt, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.kit.actions import ActionSet, ActionSpec
from app.kit.words import JOINER
from app.shell.menus import RecentMenu
from app.shell.saving import Leaving
from app.workspaces import workspaces
from app.workspaces.workspace import FileKind, Host, Page, Workspace
from engine.problems import EngineError, Problem, declare
from tests.app.window_rig import Opened, keeps, opened_window

EMPTY = declare("test.empty-note", "“{path}” is empty; write something into it.")


class Note(QObject):
    """One line of text."""

    changed, progressed = Signal(), Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self.changed)
        self.path: Path | None = None
        self.text = ""
        self.changing = False

    @property
    def title(self) -> str:
        return self.path.stem if self.path is not None else "A note"

    @property
    def unsaved(self) -> bool:
        return not self.undo_stack.isClean()

    @property
    def at_stake(self) -> bool:
        return self.unsaved

    def write(self, text: str) -> None:
        self.undo_stack.push(Rewrite(self, text))

    def put(self, text: str) -> None:
        self.text = text
        self.changed.emit()

    def new(self) -> None:
        self.undo_stack.clear()
        self.path = None
        self.put("")

    def check(self, path: Path) -> str:
        text = path.read_text("utf-8")
        if not text:
            raise EngineError(EMPTY(path=path.name))
        return text

    def open(self, path: Path, *, copy: bool) -> None:
        text = self.check(path)
        self.undo_stack.clear()
        self.path = None if copy else path
        self.put(text)

    def resume(self) -> None:
        raise AssertionError("nothing was changing it")

    def when_settled(self, then: Callable[[], object], otherwise: Callable[[], object] | None = None) -> None:
        then()

    def save(self, path: Path) -> None:
        path.write_text(self.text, "utf-8")
        self.path = path
        self.undo_stack.setClean()
        self.changed.emit()

    def mark_unsaved(self) -> None:
        self.undo_stack.resetClean()

    def snapshot(self) -> Callable[[], dict[str, bytes]]:
        text = self.text
        return lambda: {"document.note": text.encode()}

    def recover(self, path: Path, own: Path | None = None, *, unsaved: bool = True) -> tuple[Problem, ...]:
        self.open(path, copy=True)
        self.path = own
        if unsaved:
            self.mark_unsaved()
        return ()


class Rewrite(QUndoCommand):
    def __init__(self, note: Note, text: str) -> None:
        super().__init__("Rewrite")
        self._note, self._before, self._after = note, note.text, text

    def redo(self) -> None:
        self._note.put(self._after)

    def undo(self) -> None:
        self._note.put(self._before)


class NotesPage(Page):
    menus = MappingProxyType({"notes": "&Notes"})
    tips = MappingProxyType({"save": "Save the note"})

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.widget = QPlainTextEdit()
        self.bar = QLabel("the bar of notes")
        self.actions = ActionSet(self.widget, (ActionSpec("shout", "notes", 0, "Shout", "Write it large", ("Space",)),))
        self.actions.bind({"shout": lambda: self.document.write(self.document.text.upper())})
        self.document = Note(self)
        self.events: list[str] = []

    def parts(self) -> Iterator[Callable[[], None]]:
        yield lambda: self.events.append("part")

    def start(self) -> None:
        self.events.append("started")

    def open_file(self, path: Path, *, copy: bool = False) -> tuple[Problem, ...]:
        self.document.open(path, copy=copy)
        return ()

    def close(self) -> None:
        self.events.append("closed")
        self.document.undo_stack.clear()


class StillPage(Page):
    """Nothing can be edited here."""

    heading = ("Still", "life")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.widget = QLabel("still")
        self.actions = ActionSet(self.widget)
        self.steps: QUndoStack | None = None

    @property
    def undo_stack(self) -> QUndoStack | None:
        return self.steps


def declared(key: str, build: Callable[[Host], Page], suffix: str | None = None) -> Workspace:
    files = () if suffix is None else (FileKind(key.title(), (suffix,)),)
    return Workspace(
        key=key,
        label=key.title(),
        visit=ActionSpec(key, "view", 9, key.title(), f"Go to {key}", (f"Ctrl+Alt+{key[0].upper()}",)),
        build=build,
        reads=lambda path: path.suffix == suffix,
        files=files,
    )


@pytest.fixture
def icons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workspaces from outside have icons of their own, which these borrow."""
    import assets

    real = assets.path
    borrowed = {"icons/notes.svg": "icons/pencil.svg", "icons/still.svg": "icons/image.svg"}
    monkeypatch.setattr(assets, "path", lambda name: real(borrowed.get(name, name)))


@pytest.fixture
def window(qtbot: QtBot, icons: None) -> Iterator[Opened]:
    shown = (*workspaces(), declared("notes", NotesPage, ".note"), declared("still", StillPage))
    with opened_window(shown, panes=False) as opened:
        yield opened


def notes(window: Opened) -> NotesPage:
    """Go to the notes by the rail."""
    window.go("notes", window.window.rail.buttons["notes"].click)
    page = window.window.pages.current
    assert isinstance(page, NotesPage)
    window.window.pages.build_all()
    return page


def test_the_rail_is_numbered_from_its_top_to_its_foot() -> None:
    assert [one.visit.shortcuts[0] for one in workspaces()] == [f"Ctrl+{place}" for place in range(1, 8)]


def test_it_is_built_on_its_first_visit_and_closed_with_the_window(qtbot: QtBot, icons: None) -> None:
    built: list[NotesPage] = []

    def build(host: Host) -> Page:
        built.append(NotesPage(host))
        return built[-1]

    with opened_window((*workspaces(), declared("notes", build, ".note")), panes=False) as opened:
        assert opened.window.rail.buttons["notes"].text() == "Notes"
        assert not built
        page = notes(opened)
        assert built == [page]
        assert page.events == ["part", "started"]
        opened.window.visit("playground")
        opened.window.visit("notes")
        assert built == [page]
    assert page.events == ["part", "started", "closed"]


@pytest.mark.process
def test_nothing_of_a_workspace_is_loaded_before_its_visit() -> None:
    check = (
        "import sys; from app.workspaces import workspaces; workspaces(); import app.shell.application;"
        "rooms = ('app.builder', 'app.network', 'app.workspaces.gallery.');"
        "print(*(n for n in sys.modules if n.startswith(rooms) or n.endswith('.page')))"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_undo_and_redo_are_of_the_page_that_is_shown(window: Opened) -> None:
    hyper = window.page.network.hyper
    window.page.network.edit("rate", hyper=hyper.model_copy(update={"learning_rate": 0.5}))
    page = notes(window)
    undo, redo = window.actions["undo"], window.actions["redo"]
    assert not undo.isEnabled()
    page.document.write("one")
    assert undo.text() == "Undo Rewrite" and undo.toolTip() == "“Rewrite”: Undo the last edit (Ctrl+Z)"
    undo.trigger()
    assert page.document.text == ""
    redo.trigger()
    assert page.document.text == "one"
    assert window.page.network.hyper.learning_rate == 0.5
    window.window.visit("playground")
    assert undo.text() == "Undo rate" and undo.toolTip().startswith("“rate”: Undo the last edit; training keeps")
    window.window._follow_page(window.window.pages.current)
    assert undo.toolTip().startswith("“rate”: ")
    undo.trigger()
    assert redo.toolTip().startswith("“rate”: ") and not undo.toolTip().startswith("“")
    assert window.page.network.hyper == hyper
    assert page.document.text == "one"


def test_menus_tips_and_top_bar_are_of_the_page_that_is_shown(window: Opened) -> None:
    bar = window.window.top_bar
    usual = window.actions["save"].toolTip()
    titles = [action.text() for action in window.window.menus.main.actions()]
    assert titles == ["&File", "&Edit", "&View", "&Appearance", "&Train", "&Network", "&Pass", "&Help"]
    page = notes(window)
    assert [a.text() for a in window.window.menus.main.actions()] == [
        "&File",
        "&Edit",
        "&View",
        "&Appearance",
        "&Notes",
        "&Help",
    ]
    assert window.actions["save"].toolTip().startswith("Save the note")
    assert bar.title.toolTip() == "A note"
    assert page.bar.isVisible()
    assert not window.page.bar.isVisible()
    page.document.write("one")
    assert bar.file.toolTip() == "no file yet · unsaved"
    window.window.visit("playground")
    assert window.actions["save"].toolTip() == usual
    assert window.page.bar.isVisible()


def test_space_is_what_the_page_makes_of_it(window: Opened, qtbot: QtBot) -> None:
    page = notes(window)
    page.document.write("hello")
    window.window.setFocus()
    qtbot.keyClick(window.window, Qt.Key.Key_Space)
    assert page.document.text == "HELLO"
    assert not window.page.trainer.running
    window.window.visit("playground")
    with qtbot.waitSignal(window.page.trainer.running_changed):
        qtbot.keyClick(window.page.canvas, Qt.Key.Key_Space)
    assert page.document.text == "HELLO"


def test_a_page_may_have_steps_to_undo_for_a_while_and_no_document(window: Opened) -> None:
    window.window.visit("still")
    page = window.window.pages.current
    assert isinstance(page, StillPage)
    undo, stack = window.actions["undo"], QUndoStack(page)
    page.steps = stack
    page.undo_changed.emit()
    assert undo.isVisible() and not undo.isEnabled()
    assert all(button.isVisible() for button in window.window.top_bar._undo)
    stack.push(QUndoCommand("Paint"))
    assert undo.isEnabled() and undo.text() == "Undo Paint"
    undo.trigger()
    assert stack.index() == 0
    assert not window.actions["save"].isVisible()
    page.steps = None
    page.undo_changed.emit()
    assert not undo.isVisible()


@pytest.mark.parametrize("width", [900, 1024, 1280])
def test_the_bar_beside_the_title_stays_in_place_while_undo_comes_and_goes(window: Opened, width: int) -> None:
    window.window.visit("still")
    page, bar = window.window.pages.current, window.window.top_bar
    assert isinstance(page, StillPage)
    page.way_back = QAction("Back", page)
    page.renamed.emit()

    def places() -> tuple[int, int]:
        bar.resize(width, bar.height())
        layout = bar.layout()
        assert layout is not None
        layout.activate()
        return bar.back_button.x(), bar._parts.x()

    before = places()
    page.steps = QUndoStack(page)
    page.undo_changed.emit()
    assert bar._undo[0].isVisible() and places() == before
    page.steps = None
    page.undo_changed.emit()
    assert places() == before


def test_a_page_without_a_document_has_no_save_and_no_undo(window: Opened) -> None:
    window.window.visit("still")
    for name in ("save", "save_as", "undo", "redo"):
        assert not window.actions[name].isVisible(), name
    assert window.window.top_bar.title.toolTip() == "Still"
    window.window.visit("playground")
    for name in ("save", "save_as", "undo", "redo"):
        assert window.actions[name].isVisible(), name


def test_saving_saves_the_page_that_is_shown(window: Opened, tmp_path: Path) -> None:
    page = notes(window)
    page.document.write("kept")
    path = tmp_path / "mine.note"
    window.window.files.write(page.document, path)
    page.document.write("kept again")
    window.actions["save"].trigger()
    assert path.read_text() == "kept again"
    assert not page.document.unsaved
    assert window.page.network.path is None


def test_a_dropped_file_goes_to_the_workspace_that_reads_it(window: Opened, tmp_path: Path) -> None:
    path = tmp_path / "found.note"
    path.write_text("found")
    window.drop(path)
    assert window.window.pages.key == "notes"
    assert window.window.pages.current.document.text == "found"
    assert window.window.settings.recent_files == (path,)
    window.window.pages.current.document.write("edited")
    (tmp_path / "other.note").write_text("other")
    window.drop(tmp_path / "other.note")
    question = window.window.findChild(QMessageBox, "unsavedQuestion")
    assert "found" in question.text()
    question.button(QMessageBox.StandardButton.Cancel).click()
    assert window.window.pages.current.document.text == "edited"


def test_a_bad_file_is_said_and_what_was_open_stays(window: Opened, tmp_path: Path) -> None:
    page = notes(window)
    page.document.write("still here")
    path = tmp_path / "empty.note"
    path.write_text("")
    window.window.files.open(path)
    assert window.window.findChild(QMessageBox, "unsavedQuestion") is None
    assert "empty.note" in window.window.messages.text
    assert page.document.text == "still here"


def two_unsaved(window: Opened, folder: Path) -> NotesPage:
    """A network and a note, both with a file that is behind."""
    hyper = window.page.network.hyper
    window.page.network.edit("rate", hyper=hyper.model_copy(update={"learning_rate": 0.5}))
    window.window.files.write(window.page.document, folder / "network.loom")
    window.page.network.edit("rate", hyper=hyper)
    page = notes(window)
    page.document.write("one")
    window.window.files.write(page.document, folder / "one.note")
    page.document.write("two")
    return page


def about_all(window: Opened) -> QMessageBox:
    return next(b for b in window.window.findChildren(QMessageBox, "allUnsavedQuestion") if b.isVisible())


def test_closing_asks_once_about_all_pages_by_name(window: Opened, tmp_path: Path) -> None:
    page = two_unsaved(window, tmp_path)
    window.window.close()
    box = about_all(window)
    assert all(document.title in box.informativeText() for document in (window.page.document, page.document))
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert window.window.isVisible() and window.window.pages.key == "notes"
    assert (tmp_path / "one.note").read_text() == "one"


@pytest.mark.parametrize(("button", "left"), [("SaveAll", "two"), ("Discard", "one")])
def test_all_are_saved_or_left_by_one_answer(window: Opened, tmp_path: Path, button: str, left: str) -> None:
    page = two_unsaved(window, tmp_path)
    gone: list[str] = []
    window.window.files.when_all_safe(lambda: gone.append(page.document.text))
    about_all(window).button(QMessageBox.StandardButton[button]).click()
    assert gone == ["two"] and (tmp_path / "one.note").read_text() == left
    assert bool(window.window.files.unsaved) == (button == "Discard")


def test_what_cannot_be_saved_keeps_the_window_open(window: Opened, tmp_path: Path) -> None:
    page = two_unsaved(window, tmp_path)
    (tmp_path / "network.loom").unlink()
    (tmp_path / "network.loom").mkdir()
    gone: list[int] = []
    window.window.files.when_all_safe(lambda: gone.append(1))
    about_all(window).button(QMessageBox.StandardButton.SaveAll).click()
    assert not gone and page.document.unsaved


def test_where_no_name_is_given_one_is_back_where_one_was(window: Opened, tmp_path: Path) -> None:
    page = notes(window)
    page.document.write("without a file")
    window.page.network.edit("rate", hyper=window.page.network.hyper.model_copy(update={"learning_rate": 0.5}))
    window.window.files.write(window.page.document, tmp_path / "network.loom")
    window.page.network.edit("seed", hyper=window.page.network.hyper.model_copy(update={"learning_rate": 0.4}))
    window.go("playground")
    gone: list[int] = []
    for _ in range(3):
        window.window.files.when_all_safe(lambda: gone.append(1))
        about_all(window).button(QMessageBox.StandardButton.SaveAll).click()
        assert window.window.pages.key == "notes"
        next(d for d in window.window.findChildren(QFileDialog) if d.isVisible()).reject()
        assert window.window.pages.key == "playground" and not gone
        page.document.write("and more")
        window.page.network.edit("again", hyper=window.page.network.hyper.model_copy(update={"learning_rate": 0.3}))
        window.page.network.edit("again", hyper=window.page.network.hyper.model_copy(update={"learning_rate": 0.2}))
    assert len(window.window.files.findChildren(Leaving)) == 1


def test_closing_asks_about_every_page_in_turn_where_that_is_wanted(window: Opened, tmp_path: Path) -> None:
    two_unsaved(window, tmp_path)
    window.window.close()
    about_all(window).button(QMessageBox.StandardButton.Retry).click()
    first = next(b for b in window.window.findChildren(QMessageBox, "unsavedQuestion") if b.isVisible())
    assert window.window.pages.key == "playground"
    first.button(QMessageBox.StandardButton.Save).click()
    second = next(b for b in window.window.findChildren(QMessageBox, "unsavedQuestion") if b.isVisible())
    assert window.window.pages.key == "notes"
    second.button(QMessageBox.StandardButton.Cancel).click()
    assert window.window.isVisible()
    assert (tmp_path / "one.note").read_text() == "one"


def test_its_work_outlives_a_crash(window: Opened, qtbot: QtBot) -> None:
    page = notes(window)
    page.document.write("precious")
    autosave = window.window.recovery.of(page)
    qtbot.waitUntil(lambda: keeps(autosave))
    autosave._lock.unlock()
    with opened_window(tuple(window.window.pages.workspaces.values()), panes=False) as second:
        second.window.recovery.offer()
        assert second.window.pages.key == "playground"
        second.window.messages.buttons[0].click()
        found = second.window.pages.current
        assert isinstance(found, NotesPage)
        qtbot.waitUntil(lambda: found.document.text == "precious")
        assert found.document.unsaved


def test_cancelling_leaves_one_where_one_was(window: Opened, tmp_path: Path) -> None:
    path = tmp_path / "found.note"
    path.write_text("found")
    page = notes(window)
    page.document.write("mine")
    for act in (lambda: window.window.files.open(path), window.window.close):
        window.window.visit("still")
        act()
        question = next(b for b in window.window.findChildren(QMessageBox, "unsavedQuestion") if b.isVisible())
        question.button(QMessageBox.StandardButton.Cancel).click()
        assert window.window.pages.key == "still"
        assert page.document.text == "mine"


def test_a_bad_file_leaves_one_where_one_was(window: Opened, tmp_path: Path) -> None:
    path = tmp_path / "empty.note"
    path.write_text("")
    window.window.visit("still")
    window.window.files.open(path)
    assert "empty.note" in window.window.messages.text
    assert window.window.pages.key == "still"


def test_layouts_of_two_pages_are_kept_apart(window: Opened) -> None:
    page = notes(window)
    page.host.memory.set_shown("outline", False)
    assert window.page.host.memory.shown("outline")
    page.host.memory.set_layout("window", QByteArray(b"mine"))
    assert window.window.settings.layout("window") is None


def test_a_page_that_fails_costs_no_other_its_copy(window: Opened, qtbot: QtBot, monkeypatch: Any) -> None:
    def fail() -> Callable[[], dict[str, bytes]]:
        raise RuntimeError("broken")

    page = notes(window)
    page.document.write("precious")
    window.page.network.mark_unsaved()
    monkeypatch.setattr(window.page.document, "snapshot", fail)
    with pytest.raises(RuntimeError, match="broken"):
        window.window.recovery.save_now()
    monkeypatch.undo()
    assert "precious" in window.window.recovery.of(page).path.read_text()


def test_a_workspace_that_cannot_be_built_is_not_marked(qtbot: QtBot, icons: None) -> None:
    def build(host: Host) -> Page:
        raise RuntimeError("broken")

    with opened_window((*workspaces(), declared("notes", build)), panes=False) as opened:
        with pytest.raises(RuntimeError, match="broken"):
            opened.window.visit("notes")
        marked = [key for key, button in opened.window.rail.buttons.items() if button.isChecked()]
        assert marked == ["playground"]


def test_menus_leave_out_what_is_not_there(window: Opened) -> None:
    window.window.visit("still")
    assert [a.text() for a in window.window.menus.main.actions()] == ["&File", "&View", "&Appearance", "&Help"]


def test_an_offer_comes_back_until_it_is_answered(window: Opened) -> None:
    answered: list[bool] = []
    messages = window.window.messages
    messages.say("take it?", "warning", [("Yes", lambda: answered.append(True))], lasting=True)
    messages.say("something else")
    messages.dismiss()
    assert messages.text == "take it?"
    messages.buttons[0].click()
    assert answered == [True]
    messages.say("something else")
    messages.dismiss()
    assert messages.text == ""


def test_what_a_page_has_said_leaves_with_it_and_not_with_another(window: Opened) -> None:
    messages = window.window.messages
    for shown, after in (("notes", ""), ("playground", "a problem")):
        window.window.visit(shown)
        messages.say("a problem", "problem", page="notes")
        window.window.visit("still")
        assert messages.text == after


def test_names_of_files_are_no_markup(window: Opened, tmp_path: Path) -> None:
    folder = tmp_path / "<b>bold<"
    folder.mkdir()
    page = notes(window)
    page.document.write("kept")
    window.window.files.write(page.document, folder / "<i>me & you<.note")
    title, file = window.window.top_bar.title.toolTip(), window.window.top_bar.file.toolTip()
    assert title.replace(JOINER, "") == "<i>me & you<" and file.replace(JOINER, "").startswith(str(folder))
    assert not Qt.mightBeRichText(title) and not Qt.mightBeRichText(file)
    assert window.window.menus.main.findChild(RecentMenu).actions()[0].text() == "<i>me && you<.note"
    page.document.write("changed")
    window.window.files.when_safe(page, lambda: None)
    question = window.window.findChild(QMessageBox, "unsavedQuestion")
    assert question.textFormat() == Qt.TextFormat.PlainText
    question.button(QMessageBox.StandardButton.Cancel).click()


def test_the_shell_names_no_workspace() -> None:
    names = {workspace.key for workspace in workspaces()}
    for source in (Path(__file__).parents[3] / "app/shell").rglob("*.py"):
        found = [name for name in names if name in source.read_text("utf-8").lower()]
        assert not found, f"{source.name} names {found}"
