"""The journal of a window: every step is in it whatever the rhythm, and a recovery takes it up or sets it aside."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.kit.folders import data_folder
from app.kit.sheet import Sheet
from app.shell import autosave, journal_lines, journal_thread, leftovers
from app.shell.autosave import Autosave
from app.shell.journal_reader import read_history
from app.shell.journal_thread import JournalThread, Moment
from app.shell.leftovers import Leftover
from engine.formats import journal, journal_state
from engine.formats.journal import JournalFile
from engine.formats.journal_state import glance_at, read_told
from engine.problems import UNREADABLE, EngineError
from tests.app.shell.test_sheets_window import DOTS, FORM, Dot, DotPage
from tests.app.window_rig import Opened, keeps, opened_window
from tests.kills.documents import new_network


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """A window of nothing but dots."""
    import assets

    real = assets.path
    monkeypatch.setattr(assets, "path", lambda name: real(name.replace("icons/dots.svg", "icons/image.svg")))
    with opened_window((DOTS,), home="dots") as opened:
        yield opened


def sheet_of(window: Opened) -> Sheet[Dot]:
    return cast(DotPage, window.page).document


def keeper(window: Opened) -> Autosave:
    return window.window.recovery.of(window.page)


def to(sheet: Sheet[Dot], x: float) -> None:
    sheet.edit("Move", Dot(x=x))


def written(window: Opened) -> Path:
    """The journal, with all that was done."""
    assert keeper(window)._thread.flush(60.0)
    return keeper(window).path


def crash(window: Opened) -> Path:
    """What a killed process leaves: its journal, and a lock that nobody holds."""
    path = written(window)
    keeper(window)._lock.unlock()
    return path


def question(window: Opened) -> QMessageBox | None:
    boxes = window.window.findChildren(QMessageBox, "unsavedQuestion")
    return next((box for box in boxes if box.isVisible()), None)


def answer(window: Opened, button: QMessageBox.StandardButton) -> None:
    box = question(window)
    assert box is not None
    box.button(button).click()


def left(path: Path) -> list[Path]:
    return [one.path for one in leftovers.leftovers(lambda _path: False) if one.path == path]


def test_steps_without_a_pause_are_all_written(window: Opened) -> None:
    for at in range(20):
        to(sheet_of(window), at + 1.0)
    told = read_told(written(window))  # nothing has had a turn in the meantime: no timer, no event
    assert (told.workspace, told.index, len(told.steps)) == ("dots", 20, 20)


def test_no_moment_in_the_midst_of_a_step_is_written_down(
    window: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its value would be there, and the step that leads to it not."""
    sheet, thread = sheet_of(window), keeper(window)._thread
    seen: list[tuple[int, float, bool]] = []
    put = thread.put

    def heard(moment: object) -> None:
        if isinstance(moment, Moment):
            opened: Any = moment.history.things["opened"]
            seen.append((moment.history.index, opened.value.x, moment.needed))
        put(moment)  # type: ignore[arg-type]

    monkeypatch.setattr(thread, "put", heard)
    to(sheet, 1.0)
    sheet.save(tmp_path / "mine.loom")
    to(sheet, 2.0)
    sheet.undo_stack.undo()
    to(sheet, 3.0)
    needed = [moment[:2] for moment in seen if moment[2]]
    assert needed == [(1, 1.0), (2, 2.0), (2, 3.0)] and (1, 1.0, False) in seen


class Clock:
    """Stands for the time that pieces of work take; ``rests``: when there was one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        self.rests: list[float] = []
        monkeypatch.setattr(journal_lines, "monotonic", lambda: self.now)
        monkeypatch.setattr(journal_lines, "sleep", lambda _seconds: self.rests.append(self.now))

    def taking(self, seconds: float, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, which takes so long."""

        def done(*arguments: Any) -> Any:
            self.now += seconds
            return work(*arguments)

        return done

    @property
    def longest(self) -> float:
        """From one rest to the next."""
        return max(after - before for before, after in pairwise([0.0, *self.rests, self.now]))


def test_many_steps_at_once_are_written_and_read_in_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = QObject()
    sheet = Sheet(FORM, Dot(), "Dot", owner)
    for at in range(200):
        to(sheet, at + 1.0)
    clock, path, errors = Clock(monkeypatch), tmp_path / "a.journal", list[BaseException]()
    monkeypatch.setattr(journal_thread, "_size", clock.taking(0.0005, journal_thread._size))
    monkeypatch.setattr(journal, "_json", clock.taking(0.0005, journal._json))
    thread = JournalThread(path, "dots", clock.taking(0.001, sheet.encoded), errors.append)
    thread.start()
    thread.put(Moment(sheet.history(with_run=False), True, 1.0))
    assert thread.flush(5.0)
    assert clock.now > 0.3 and clock.longest < 0.01
    clock.now, clock.rests = 0.0, []
    monkeypatch.setattr(journal_state, "_key_of", clock.taking(0.0005, journal_state._key_of))
    history, problem = read_history(path, clock.taking(0.001, sheet.reader()))
    assert clock.now > 0.3 and clock.longest < 0.01
    assert problem is None and (history.index, len(history.steps)) == (200, 200)
    other = Sheet(FORM, Dot(), "Dot", owner)
    other.take_history(history)
    for at in range(200, 0, -1):
        assert other.value.x == at
        other.undo_stack.undo()
    thread.end()
    assert not errors


def test_what_is_saved_needs_no_journal_and_the_next_step_has_all_of_it(window: Opened, tmp_path: Path) -> None:
    sheet = sheet_of(window)
    to(sheet, 1.0)
    sheet.save(tmp_path / "mine.loom")
    path = written(window)
    assert not keeps(keeper(window))
    to(sheet, 2.0)
    sheet.undo_stack.undo()
    keeper(window)._lock.unlock()
    assert written(window) == path and not leftovers.leftovers(lambda _path: False)
    assert not path.exists()  # it has been swept: nothing was to lose
    keeper(window)._lock.lock()


def test_the_step_after_a_save_is_written_down(window: Opened, tmp_path: Path) -> None:
    sheet = sheet_of(window)
    to(sheet, 1.0)
    sheet.save(tmp_path / "mine.loom")
    to(sheet, 2.0)
    told = read_told(written(window))
    assert (told.index, told.file is not None and told.file.path) == (2, str(tmp_path / "mine.loom"))


def test_the_undo_history_comes_back_in_another_window(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    sheet = sheet_of(window)
    to(sheet, 1.0)
    sheet.save(tmp_path / "mine\udcff.loom")
    to(sheet, 2.0)
    to(sheet, 3.0)
    sheet.undo_stack.undo()
    path = crash(window)
    with opened_window((DOTS,), home="dots") as second:
        second.window.recovery.offer()
        second.window.messages.buttons[0].click()
        again = sheet_of(second)
        qtbot.waitUntil(lambda: again.value.x == 2.0)
        assert second.actions["redo"].text() == "Redo Move" and second.actions["undo"].isEnabled()
        assert (again.path, again.unsaved) == (tmp_path / "mine\udcff.loom", True)
        again.undo_stack.undo()
        assert (again.value.x, again.unsaved) == (1.0, False)
        again.undo_stack.redo()
        again.undo_stack.redo()
        assert again.value.x == 3.0
        qtbot.waitUntil(lambda: not path.exists())
        assert second.window.messages.text == ""


def test_it_is_not_taken_away_before_the_other_window_has_it(
    window: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    to(sheet_of(window), 1.0)
    path = crash(window)
    with opened_window((DOTS,), home="dots") as second:
        monkeypatch.setattr(JournalFile, "_write", _no_room)
        second.window.recovery.offer()
        second.window.messages.buttons[0].click()
        qtbot.waitUntil(lambda: sheet_of(second).value.x == 1.0)
        keeper(second)._thread.flush(0.2)
        assert path.exists()


def _no_room(_file: JournalFile, _data: bytes) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_disturbs_nothing_and_the_next_step_has_all_of_it(
    window: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = sheet_of(window)
    to(sheet, 1.0)
    written(window)
    with monkeypatch.context() as full:
        full.setattr(JournalFile, "_write", _no_room)
        to(sheet, 2.0)
        assert not keeper(window)._thread.flush(1.0)
    to(sheet, 3.0)
    assert read_told(written(window)).index == 3
    assert window.window.messages.text == ""


def test_what_cannot_be_written_down_is_said_once(
    window: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(autosave, "announce", told.append)

    def broken(_thing: object) -> object:
        raise RuntimeError("broken")

    monkeypatch.setattr(keeper(window)._thread._lines, "_encoded", broken)
    for x in (1.0, 2.0, 3.0):
        to(sheet_of(window), x)
    keeper(window)._thread.flush(1.0)
    qtbot.waitUntil(lambda: bool(told))
    assert [str(error) for error in told] == ["broken"]


def test_a_journal_that_has_grown_is_written_anew(
    window: Opened, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(journal_thread, "LEAST_ANEW", 2_000)
    sheet = sheet_of(window)
    to(sheet, 0.25)
    to(sheet, 0.5)
    largest = 0
    for at in range(120):
        sheet.undo_stack.undo()
        to(sheet, at + 1.0)
        largest = max(largest, written(window).stat().st_size)
        qtbot.waitUntil(lambda: keeper(window)._thread._anew is None)  # a busy disk takes its time
    assert 2_000 < largest < 12_000
    told = read_told(written(window))
    assert (told.index, len(told.steps)) == (2, 2)
    history, _ = read_history(written(window), sheet.reader())
    assert history.things["opened"] == sheet.history(with_run=False).things["opened"]


def test_a_journal_that_its_file_is_ahead_of_is_not_offered(window: Opened, tmp_path: Path) -> None:
    sheet = sheet_of(window)
    to(sheet, 1.0)
    sheet.save(tmp_path / "mine.loom")
    to(sheet, 2.0)
    path = crash(window)
    FORM.write(tmp_path / "mine.loom", "", Dot(x=5.0))
    window.window.recovery.offer()
    aside = data_folder("recovery") / "set-aside" / path.name
    text = window.window.messages.text
    assert "“mine.loom” was saved after the unsaved work" in text and str(aside) in text
    assert aside.exists() and not left(path)
    keeper(window)._lock.lock()


def test_a_file_that_was_last_written_before_the_journal_is_behind_it(window: Opened, tmp_path: Path) -> None:
    sheet = sheet_of(window)
    to(sheet, 1.0)
    sheet.save(tmp_path / "mine.loom")
    to(sheet, 2.0)
    path = crash(window)
    os.utime(tmp_path / "mine.loom", (glance_at(path).at - 60,) * 2)
    assert [one.standing for one in leftovers.leftovers(lambda _path: False)] == ["sound"]
    (tmp_path / "mine.loom").unlink()
    assert [one.standing for one in leftovers.leftovers(lambda _path: False)] == ["sound"]
    keeper(window)._lock.lock()


def test_a_second_failure_sets_it_aside_and_says_where(
    window: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    to(sheet_of(window), 1.0)
    path = crash(window)

    def broken(_sheet: object, _history: object) -> None:
        raise EngineError(UNREADABLE(path="it", reason="no reason"))

    monkeypatch.setattr(Sheet, "take_history", broken)
    recovery, messages = window.window.recovery, window.window.messages
    recovery.offer()
    messages.buttons[0].click()
    answer(window, QMessageBox.StandardButton.Discard)
    qtbot.waitUntil(lambda: Leftover(path, None).tries == 1 and messages.property("kind") == "problem")
    assert left(path) == [path]
    messages.dismiss()
    messages.buttons[0].click()
    answer(window, QMessageBox.StandardButton.Discard)
    aside = data_folder("recovery") / "set-aside" / path.name
    qtbot.waitUntil(aside.exists)
    assert str(aside) in messages.text and not left(path)
    keeper(window)._lock.lock()


def test_recoveries_that_ended_the_program_count(window: Opened) -> None:
    to(sheet_of(window), 1.0)
    path = crash(window)
    for _ in range(leftovers.MOST_TRIES):
        Leftover(path, None).note_try()
    window.window.recovery.offer()
    aside = data_folder("recovery") / "set-aside" / path.name
    assert str(aside) in window.window.messages.text
    assert aside.exists() and not left(path) and not path.with_suffix(".tries").exists()
    keeper(window)._lock.lock()


@pytest.mark.parametrize("data", [b"\n", b"\x00" * 5000, b"00000000 0 journal {}\n"])
def test_what_cannot_be_read_is_set_aside(window: Opened, data: bytes) -> None:
    path = data_folder("recovery") / "damaged.journal"
    path.write_bytes(data)
    window.window.recovery.offer()
    aside = path.parent / "set-aside" / path.name
    assert "cannot be read" in window.window.messages.text and str(aside) in window.window.messages.text
    assert aside.read_bytes() == data


def test_one_that_says_nothing_is_swept(window: Opened) -> None:
    path = data_folder("recovery") / "empty.journal"
    path.touch()
    path.with_suffix(".anew").touch()
    window.window.recovery.offer()
    assert window.window.messages.text == "" and not list(path.parent.glob("empty*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among files")
@pytest.mark.parametrize("name", ["a.journal.lock", "a.journal", "a.tries", "b.journal.lock"])
def test_a_pipe_among_recovery_files_keeps_nobody(window: Opened, name: str) -> None:
    to(sheet_of(window), 1.0)
    folder = data_folder("recovery")
    (folder / "a.journal").write_bytes(written(window).read_bytes())
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    window.window.recovery.offer()
    found = window.window.recovery.leftovers()
    assert [one.path.name for one in found] == ([] if name in ("a.journal", "a.journal.lock") else ["a.journal"])
    for leftover in found:
        leftover.note_try()
    assert (folder / name).is_fifo()


def test_only_files_of_its_very_name_go_with_it(window: Opened) -> None:
    folder = data_folder("recovery")
    weights = "d-0123456789ab.safetensors"
    for name in ("d.journal", "d.tries", weights, "df1e.journal", "d.csv.txt", "d-notes.txt"):
        (folder / name).write_bytes(b"" if name == "d.journal" else b"1")
    Leftover(folder / "d.journal", datetime.min).remove()
    left = {path.name for path in folder.iterdir()}
    assert left >= {"df1e.journal", "d.csv.txt", "d-notes.txt"}
    assert left.isdisjoint({"d.journal", "d.tries", weights})


def test_training_is_written_down_while_it_goes_on(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosave, "RUN_MS", 100)
    owner = QObject()
    opened = new_network(owner)
    keeping = Autosave(opened, "playground", owner)
    opened.trainer.start()
    try:
        opened.trainer.play()
        qtbot.waitUntil(lambda: keeps(keeping))
        first = read_told(keeping.path).run
        qtbot.waitUntil(lambda: read_told(keeping.path).run != first)
        opened.trainer.pause()
        history, problem = read_history(keeping.path, opened.reader())
        assert problem is None
        assert history.run.progress.updates > 0  # type: ignore[attr-defined]
    finally:
        keeping.close()
        opened.trainer.close()
    assert not keeping.path.exists()


def test_another_document_in_place_of_an_untouched_one_is_what_steps_are_told_of(qtbot: QtBot) -> None:
    owner = QObject()
    opened = new_network(owner)
    keeping = Autosave(opened, "playground", owner)
    opened.new()
    opened.network.edit("Rate", hyper=opened.network.hyper.model_copy(update={"learning_rate": 0.5}))
    assert opened.network.undo_stack.count() == 1 and keeping._thread.flush(60.0)
    history, _ = read_history(keeping.path, opened.reader())
    before = history.steps[0].things["before"]
    assert before.loaded.state == opened.network.undo_stack.command(0)._before.loaded.state  # type: ignore[attr-defined]
    keeping.close()
    opened.network.undo_stack.clear()
    QApplication.processEvents()


# What is open when the work of another window is brought back ------------------------------------------------------


@pytest.fixture
def second(window: Opened, tmp_path: Path) -> Iterator[Opened]:
    """After a crash, another window, in which something else has been opened and edited before the offer is taken."""
    to(sheet_of(window), 1.0)
    sheet_of(window).save(tmp_path / "lost <b>.loom")
    to(sheet_of(window), 2.0)
    crash(window)
    FORM.write(tmp_path / "open.loom", "Open", Dot(x=7.0))
    with opened_window((DOTS,), home="dots") as opened:
        opened.window.files.open(tmp_path / "open.loom")
        to(sheet_of(opened), 8.0)
        opened.window.recovery.offer()
        yield opened
    keeper(window)._lock.lock()


def test_the_offer_says_of_which_document_it_is(second: Opened) -> None:
    said = second.window.messages.text
    when = datetime.fromtimestamp(glance_at(_only_leftover()).at)
    assert "“lost <b>.loom” (Dots)" in said and f"{when:%Y-%m-%d %H:%M}" in said
    assert second.window.messages._text.textFormat() is Qt.TextFormat.PlainText


def _only_leftover() -> Path:
    (found,) = leftovers.leftovers(lambda _path: False)
    return found.path


def test_of_a_document_without_a_file_the_offer_says_the_title(window: Opened) -> None:
    sheet_of(window).load("My dot", Dot(x=1.0))
    to(sheet_of(window), 2.0)
    crash(window)
    window.window.recovery.offer()
    assert "“My dot” (Dots)" in window.window.messages.text
    keeper(window)._lock.lock()


def test_unsaved_work_is_asked_about_before_other_work_takes_its_place(
    second: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = sheet_of(second)
    second.window.messages.buttons[0].click()
    answer(second, QMessageBox.StandardButton.Cancel)
    assert (sheet.value.x, sheet.path) == (8.0, tmp_path / "open.loom")
    assert "lost" in second.window.messages.text, "the offer stands"
    second.window.messages.buttons[0].click()
    answer(second, QMessageBox.StandardButton.Save)
    qtbot.waitUntil(lambda: sheet.value.x == 2.0)
    assert FORM.read(tmp_path / "open.loom")[1].x == 8.0
    assert sheet.path == tmp_path / "lost <b>.loom" and sheet.unsaved
    qtbot.waitUntil(lambda: "lost" not in second.window.messages.text)


def test_where_it_cannot_be_saved_the_offer_stands(second: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_sheet: object, _path: Path) -> None:
        raise EngineError(UNREADABLE(path="it", reason="no room"))

    monkeypatch.setattr(Sheet, "save", full)
    second.window.messages.buttons[0].click()
    answer(second, QMessageBox.StandardButton.Save)
    assert sheet_of(second).value.x == 8.0 and "no room" in second.window.messages.text
    second.window.messages.dismiss()
    assert "lost" in second.window.messages.text


def test_nothing_is_asked_where_nothing_is_lost(window: Opened, qtbot: QtBot) -> None:
    to(sheet_of(window), 1.0)
    crash(window)
    with opened_window((DOTS,), home="dots") as other:
        other.window.recovery.offer()
        other.window.messages.buttons[0].click()
        assert question(other) is None
        qtbot.waitUntil(lambda: sheet_of(other).value.x == 1.0)


def test_the_offer_hides_no_problem(second: Opened, tmp_path: Path) -> None:
    messages = second.window.messages
    messages.dismiss()
    second.window.files.open(tmp_path / "gone.loom")
    wrong = messages.text
    assert "gone.loom" in wrong
    second.window.recovery.offer()
    assert messages.text == wrong
    messages.dismiss()
    assert "lost" in messages.text
    FORM.write(tmp_path / "other.loom", "Other", Dot(x=3.0))
    sheet_of(second).undo_stack.undo()
    second.window.files.open(tmp_path / "other.loom")
    assert sheet_of(second).value.x == 3.0 and "lost" in messages.text, "opening something is no answer to it"


def test_a_window_that_starts_again_opens_what_was_open(
    window: Opened, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a question and with its undo history; what was saved is still in its file, and counts as saved."""
    sheet = sheet_of(window)
    to(sheet, 1.0)
    to(sheet, 2.0)
    sheet.save(tmp_path / "mine.loom")
    assert not sheet.unsaved
    window.window.start_again()
    assert not window.window.isVisible() and question(window) is None
    *_chosen, flag, key, journal = window.window.successor
    assert flag == "--take-over"
    with opened_window((DOTS,), home="dots") as opened:
        opened.window.setEnabled(False)
        opened.window.recovery.take_over([tmp_path / "gone.journal", Path(journal)], key)
        qtbot.waitUntil(opened.window.isEnabled)
        assert sheet_of(opened).undo_stack.count() == 2
        sheet = sheet_of(opened)
        assert sheet.value == Dot(x=2.0) and sheet.path == tmp_path / "mine.loom" and not sheet.unsaved
        assert "gone.journal" in opened.window.messages.text
        sheet.undo_stack.undo()
        assert sheet.value == Dot(x=1.0) and sheet.unsaved


def test_a_window_stays_where_nothing_can_be_kept(window: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    to(sheet_of(window), 1.0)
    monkeypatch.setattr(JournalThread, "flush", lambda _thread, _seconds: False)
    language = next(action for name, action in window.window.action_set if name == "language_zh_CN")
    language.trigger()
    assert window.window.isVisible() and not window.window.successor
    assert "can't be kept" in window.window.messages.text
