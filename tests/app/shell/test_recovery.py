"""A crash loses at most the last command: snapshots are kept of what is open, and offered to the next window."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import cast

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.kit.folders import data_folder
from app.kit.sheet import Sheet
from app.shell import autosave
from app.shell.application import Application
from app.shell.autosave import LOCK_SUFFIX, Autosave, SnapshotWriter
from app.shell.crash import CrashGuard
from app.shell.dialogs.recover import RecoverDialog
from app.shell.leftovers import MOST_SET_ASIDE, MOST_TRIES, Leftover, leftovers
from app.shell.messages import PageMessages
from app.shell.settings import Settings
from app.workspaces.workspace import Workspace
from checks.kills.documents import new_network
from engine.formats import read_network
from engine.formats.snapshot import SnapshotHeader, encode_snapshot, extract_snapshot, read_header
from engine.problems import UNREADABLE, EngineError
from tests.app.shell.test_sheets_window import DOTS, FORM, Dot, DotPage
from tests.app.window_rig import Opened, keeps, opened_window


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
    """The snapshot, with all that was done."""
    assert keeper(window)._writer.flush(60.0)
    return keeper(window).path


def crash(window: Opened) -> Path:
    """What a killed process leaves: its snapshot, and a lock that nobody holds."""
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


def kept_dot(path: Path, tmp_path: Path) -> Dot:
    """What a snapshot has."""
    folder = tmp_path / "kept"
    folder.mkdir(exist_ok=True)
    return FORM.read(extract_snapshot(path, folder)[1])[1]


def left(path: Path) -> list[Path]:
    return [one.path for one in leftovers() if one.path == path]


def test_the_last_of_steps_without_a_pause_is_written(window: Opened, tmp_path: Path) -> None:
    for at in range(20):
        to(sheet_of(window), at + 1.0)
    path = written(window)  # nothing has had a turn in the meantime: no timer, no event
    assert read_header(path).workspace == "dots" and kept_dot(path, tmp_path) == Dot(x=20.0)


def test_a_slow_writing_is_followed_by_the_latest_alone(tmp_path: Path) -> None:
    """And whoever waits for it has that."""
    asked, gate, errors = list[float](), Event(), list[BaseException]()
    path = tmp_path / "a.snapshot"
    writer = SnapshotWriter(path, errors.append)

    def put(x: float) -> None:
        def files() -> dict[str, bytes]:
            asked.append(x)
            gate.wait(60)
            return {"document.loom": FORM.encode("a", "", Dot(x=x))}

        header = SnapshotHeader(workspace="dots", title="", time=x, unsaved=True)
        writer.put(autosave.DocumentSnapshot(header, files, is_needed=True))

    put(1.0)
    writer.start()
    while not asked:
        Event().wait(0.001)
    put(2.0)
    put(3.0)
    assert not writer.flush(0.01)
    gate.set()
    assert writer.flush(60.0) and asked == [1.0, 3.0] and kept_dot(path, tmp_path) == Dot(x=3.0)
    writer.end(keep=True)
    assert path.exists() and not errors


def test_what_is_saved_has_no_snapshot(window: Opened, tmp_path: Path) -> None:
    sheet = sheet_of(window)
    to(sheet, 1.0)
    assert written(window).exists()
    sheet.save(tmp_path / "mine.loom")
    QApplication.processEvents()
    assert not written(window).exists()
    to(sheet, 2.0)
    header = read_header(written(window))
    assert (header.own, header.unsaved) == (str(tmp_path / "mine.loom"), True)
    assert header.own_changed == (tmp_path / "mine.loom").stat().st_mtime_ns
    sheet.undo_stack.undo()
    assert not written(window).exists()


def test_a_snapshot_is_for_its_owner_alone(window: Opened) -> None:
    to(sheet_of(window), 1.0)
    assert written(window).stat().st_mode & 0o077 == 0
    assert Path(f"{written(window)}{LOCK_SUFFIX}").stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_the_work_comes_back_in_another_window(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    sheet = sheet_of(window)
    to(sheet, 1.0)
    sheet.save(tmp_path / "mine\udcff.loom")
    to(sheet, 2.0)
    path = crash(window)
    with opened_window((DOTS,), home="dots") as second:
        second.window.recovery.offer()
        second.window.messages.buttons[0].click()
        again = sheet_of(second)
        qtbot.waitUntil(lambda: again.value.x == 2.0)
        assert (again.path, again.unsaved) == (tmp_path / "mine\udcff.loom", True)
        assert not second.actions["undo"].isEnabled(), "the undo history is not kept"
        qtbot.waitUntil(lambda: not path.exists())
        assert second.window.messages.text == ""


def test_it_is_not_taken_away_before_the_other_window_has_it(
    window: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    to(sheet_of(window), 1.0)
    path = crash(window)
    with opened_window((DOTS,), home="dots") as second:
        monkeypatch.setattr(autosave, "write_at_once", _no_room)
        second.window.recovery.offer()
        second.window.messages.buttons[0].click()
        qtbot.waitUntil(lambda: sheet_of(second).value.x == 1.0)
        assert not keeper(second)._writer.flush(5.0)
        assert path.exists()


def _no_room(_path: Path, _data: bytes) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_disturbs_nothing_and_the_next_step_is_written(
    window: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sheet = sheet_of(window)
    to(sheet, 1.0)
    path = written(window)
    with monkeypatch.context() as full:
        full.setattr(autosave, "write_at_once", _no_room)
        to(sheet, 2.0)
        assert not keeper(window)._writer.flush(5.0) and kept_dot(path, tmp_path) == Dot(x=1.0)
    to(sheet, 3.0)
    assert kept_dot(written(window), tmp_path) == Dot(x=3.0)
    assert window.window.messages.text == ""


def test_what_cannot_be_written_down_is_said_once(
    window: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(autosave, "announce", told.append)

    def broken(*_given: object) -> bytes:
        raise RuntimeError("broken")

    monkeypatch.setattr(autosave, "encode_snapshot", broken)
    for x in (1.0, 2.0, 3.0):
        to(sheet_of(window), x)
        keeper(window)._writer.flush(5.0)
    qtbot.waitUntil(lambda: bool(told))
    assert [str(error) for error in told] == ["broken"]


def test_one_that_its_file_is_ahead_of_is_set_aside_as_a_file_that_opens(window: Opened, tmp_path: Path) -> None:
    sheet = sheet_of(window)
    to(sheet, 1.0)
    sheet.save(tmp_path / "mine.loom")
    QApplication.processEvents()
    to(sheet, 2.0)
    path = crash(window)
    FORM.write(tmp_path / "mine.loom", "", Dot(x=5.0))
    window.window.recovery.offer()
    aside = data_folder("recovery") / "set-aside" / path.stem / "document.loom"
    text = window.window.messages.text
    assert "“mine.loom” was saved after the unsaved work" in text and str(aside) in text
    assert FORM.read(aside)[1] == Dot(x=2.0) and not left(path)
    sheet.save(tmp_path / "elsewhere.loom")
    (button,) = window.window.messages.buttons
    assert button.text() == "Open it"
    button.click()
    assert sheet.value == Dot(x=2.0) and sheet.path is None, "a copy"
    keeper(window)._lock.lock()


def test_what_is_set_aside_hides_no_offer(window: Opened, tmp_path: Path) -> None:
    sheet = sheet_of(window)
    to(sheet, 1.0)
    sheet.save(tmp_path / "mine.loom")
    QApplication.processEvents()
    to(sheet, 2.0)
    crash(window)
    (data_folder("recovery") / "sound.snapshot").write_bytes(SOUND)
    FORM.write(tmp_path / "mine.loom", "", Dot(x=5.0))
    recovery, messages = window.window.recovery, window.window.messages
    recovery.offer()
    assert "can be recovered" in messages.text and "“mine.loom” was saved after" in messages.text
    assert [button.text() for button in messages.buttons] == ["Recover", "Discard", "Open it"]
    sheet.save(tmp_path / "mine.loom")
    messages.buttons[2].click()
    assert sheet.value == Dot(x=2.0) and "can be recovered" in messages.text, "the offer stands"
    keeper(window)._lock.lock()


def test_what_is_discarded_comes_back(second: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    messages, (found,) = second.window.messages, leftovers()
    messages.buttons[1].click()
    aside = data_folder("recovery") / "set-aside"
    assert not leftovers() and f"{aside}, which holds the latest {MOST_SET_ASIDE} documents" in messages.text
    assert FORM.read(aside / found.path.stem / "document.loom")[1] == Dot(x=2.0), "a file that opens"
    (back,) = messages.buttons
    back.click()
    assert leftovers() == (found,) and not list(aside.iterdir())
    messages.buttons[0].click()
    answer(second, QMessageBox.StandardButton.Discard)
    sheet = sheet_of(second)
    qtbot.waitUntil(lambda: sheet.value.x == 2.0)
    assert sheet.path == tmp_path / "lost <b>.loom" and sheet.unsaved


def test_a_file_that_was_last_written_before_the_snapshot_is_behind_it(window: Opened, tmp_path: Path) -> None:
    sheet = sheet_of(window)
    to(sheet, 1.0)
    sheet.save(tmp_path / "mine.loom")
    to(sheet, 2.0)
    path = crash(window)
    os.utime(tmp_path / "mine.loom", (read_header(path).time - 60,) * 2)
    assert [one.standing for one in leftovers()] == ["sound"]
    (tmp_path / "mine.loom").unlink()
    assert [one.standing for one in leftovers()] == ["sound"]
    keeper(window)._lock.lock()


def test_a_second_failure_sets_it_aside_and_says_where(
    window: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    to(sheet_of(window), 1.0)
    path = crash(window)

    def broken(_sheet: object, *_given: object, **_how: object) -> None:
        raise EngineError(UNREADABLE(path="it", reason="no reason"))

    monkeypatch.setattr(Sheet, "recover", broken)
    recovery, messages = window.window.recovery, window.window.messages
    recovery.offer()
    messages.buttons[0].click()
    answer(window, QMessageBox.StandardButton.Discard)
    qtbot.waitUntil(lambda: Leftover(path, datetime.min).tries == 1 and messages.property("kind") == "problem")
    assert left(path) == [path]
    messages.buttons[0].click()
    answer(window, QMessageBox.StandardButton.Discard)
    aside = data_folder("recovery") / "set-aside" / path.stem / "document.loom"
    qtbot.waitUntil(aside.exists)
    assert str(aside) in messages.text and not left(path)
    assert [button.text() for button in messages.buttons] == ["Open it"]
    keeper(window)._lock.lock()


def test_recoveries_that_ended_the_program_count(window: Opened) -> None:
    to(sheet_of(window), 1.0)
    path = crash(window)
    for _ in range(MOST_TRIES):
        Leftover(path, datetime.min).note_try()
    window.window.recovery.offer()
    aside = data_folder("recovery") / "set-aside" / path.stem / "document.loom"
    assert str(aside) in window.window.messages.text
    assert aside.exists() and not left(path) and not path.with_suffix(".tries").exists()
    keeper(window)._lock.lock()


SOUND = encode_snapshot(SnapshotHeader(workspace="dots", title="", time=1e9, unsaved=True), {"document.loom": b"{}"})
WRONG = {
    "a line": b"\n",
    "zeros": b"\x00" * 5000,
    "another header": SOUND.replace(b"workspace", b"workplace"),
    "another time": SOUND.replace(b"1000000000.0", b"1e300"),
    "newer": SOUND.replace(b'"version": ', b'"version": 9'),
    "no workspace of ours": SOUND.replace(b'"dots"', b'"rots"'),
}


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_read_is_set_aside(window: Opened, data: bytes) -> None:
    path = data_folder("recovery") / "damaged.snapshot"
    path.write_bytes(data)
    window.window.recovery.offer()
    assert "cannot be read" in window.window.messages.text and "set-aside" in window.window.messages.text
    assert not path.exists() and window.window.messages.property("kind") == "problem"


@pytest.mark.parametrize("data", [SOUND[:-1], SOUND + b"x", SOUND.replace(b"{}", b"[]")])
def test_a_sound_header_before_damaged_files_is_said_when_it_is_recovered(
    window: Opened, qtbot: QtBot, data: bytes
) -> None:
    (data_folder("recovery") / "torn.snapshot").write_bytes(data)
    window.window.recovery.offer()
    window.window.messages.buttons[0].click()
    qtbot.waitUntil(lambda: "“torn.snapshot” is damaged" in window.window.messages.text)


@pytest.mark.parametrize("name", ["old.journal", "old.loom"])
def test_what_an_earlier_version_has_left_is_set_aside_in_a_sentence(window: Opened, name: str) -> None:
    folder = data_folder("recovery")
    for file in (name, "old.tries", "empty.journal", "empty.anew"):
        (folder / file).write_text("" if file.startswith("empty") else "1")
    window.window.recovery.offer()
    text = window.window.messages.text
    assert "was left by an earlier version" in text and str(folder / "set-aside" / name) in text
    assert (folder / "set-aside" / name).exists() and not list(folder.glob("old*")) and not list(folder.glob("empty*"))
    window.window.messages.dismiss()
    window.window.recovery.offer()
    assert window.window.messages.text == ""


def test_the_oldest_of_what_lies_aside_go(window: Opened) -> None:
    folder = data_folder("recovery")
    aside = folder / "set-aside"
    aside.mkdir(mode=0o700)
    for age in range(30):
        kept = aside / f"{age:02}" / "document.loom"
        kept.parent.mkdir()
        kept.write_bytes(b"{}")
        os.utime(kept.parent, (2e9 - age, 2e9 - age))
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.loom").touch()
    (aside / "linked").symlink_to(elsewhere, target_is_directory=True)
    os.utime(aside / "linked", (1e9, 1e9), follow_symlinks=False)
    damaged = folder / "damaged.snapshot"
    damaged.write_bytes(WRONG["another header"])
    os.utime(damaged, (1e9, 1e9))
    window.window.recovery.offer()
    assert {path.name for path in aside.iterdir()} == {*(f"{age:02}" for age in range(19)), "damaged.snapshot"}
    assert (elsewhere / "mine.loom").exists()
    assert damaged.parent.stat().st_mode & 0o077 == aside.stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_one_that_says_nothing_is_swept(window: Opened) -> None:
    path = data_folder("recovery") / "empty.snapshot"
    path.touch()
    half = path.parent / ".gone.snapshot.0123abcd.part"
    half.write_bytes(b"half")
    os.utime(half, (1e9, 1e9))
    window.window.recovery.offer()
    assert window.window.messages.text == "" and not path.exists() and not half.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among files")
@pytest.mark.parametrize("name", ["a.snapshot.lock", "a.snapshot", "a.tries", "b.snapshot.lock", "a.journal"])
def test_a_pipe_among_recovery_files_keeps_nobody(window: Opened, name: str) -> None:
    folder = data_folder("recovery")
    (folder / "a.snapshot").write_bytes(SOUND)
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    window.window.recovery.offer()
    found = window.window.recovery.leftovers()
    assert [one.path.name for one in found] == ([] if name == "a.snapshot" else ["a.snapshot"])
    for leftover in found:
        leftover.note_try()
    assert (folder / name).is_fifo()


def test_only_files_of_its_very_name_go_with_it(window: Opened) -> None:
    folder = data_folder("recovery")
    weights = "d-0123456789ab.safetensors"
    for name in ("d.loom", "d.tries", weights, "df1e.snapshot", "d.csv.txt", "d-notes.txt"):
        (folder / name).write_bytes(b"1")
    Leftover(folder / "d.loom", datetime.min).remove()
    left = {path.name for path in folder.iterdir()}
    assert left >= {"df1e.snapshot", "d.csv.txt", "d-notes.txt"}
    assert left.isdisjoint({"d.loom", "d.tries", weights})


def test_training_is_followed_while_it_goes_on(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(autosave, "TRAINING_MS", 100)
    owner = QObject()
    opened = new_network(owner)
    keeping = Autosave(opened, "playground", owner)

    def updates() -> int:
        progress = read_network(extract_snapshot(keeping.path, tmp_path)[1]).progress
        return progress.updates if progress is not None else 0

    opened.trainer.start()
    try:
        opened.trainer.play()
        qtbot.waitUntil(lambda: keeps(keeping) and updates() > 0)
        first = updates()
        qtbot.waitUntil(lambda: updates() > first)
    finally:
        opened.trainer.close()
        keeping.close()
    assert not keeping.path.exists()


def test_a_few_steps_are_kept_also_where_nobody_is_asked_about_them(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(autosave, "TRAINING_MS", 100)
    owner = QObject()
    opened = new_network(owner)
    keeping = Autosave(opened, "playground", owner)
    opened.trainer.start()
    try:
        qtbot.waitUntil(lambda: opened.trainer.snapshot is not None)
        keeping._put_progress()
        keeping._writer.flush(10.0)
        assert not keeps(keeping), "nothing has been done yet"
        opened.trainer.epoch()
        qtbot.waitUntil(lambda: keeps(keeping))
        assert not opened.unsaved
        progress = read_network(extract_snapshot(keeping.path, tmp_path)[1]).progress
        assert progress is not None and progress.updates == opened.trainer.snapshot.step
    finally:
        opened.trainer.close()
        keeping.close()


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
    (found,) = leftovers()
    assert "“lost <b>.loom” (Dots)" in said and f"{found.when:%Y-%m-%d %H:%M}" in said
    assert second.window.messages._text.textFormat() is Qt.TextFormat.PlainText


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


def test_older_work_of_the_same_workspace_is_offered_once_the_newer_is_back(window: Opened, qtbot: QtBot) -> None:
    """A second crash came before the work that the first had left was recovered."""
    to(sheet_of(window), 1.0)
    crash(window)
    with opened_window((DOTS,), home="dots") as second:
        to(sheet_of(second), 2.0)
        crash(second)
        with opened_window((DOTS,), home="dots") as third:
            messages = third.window.messages
            third.window.recovery.offer()
            assert messages.text.endswith("1 more can be chosen.")
            messages.buttons[0].click()
            qtbot.waitUntil(lambda: sheet_of(third).value.x == 2.0)
            qtbot.waitUntil(lambda: "can be recovered" in messages.text)
            assert "more" not in messages.text
            messages.buttons[0].click()
            answer(third, QMessageBox.StandardButton.Discard)
            qtbot.waitUntil(lambda: sheet_of(third).value.x == 1.0)
            qtbot.waitUntil(lambda: messages.text == "")
        keeper(second)._lock.lock()
    keeper(window)._lock.lock()


@pytest.fixture
def third(window: Opened) -> Iterator[Opened]:
    """A window after two others with work in the same workspace have crashed: at 1.0, then at 2.0."""
    to(sheet_of(window), 1.0)
    crash(window)
    with opened_window((DOTS,), home="dots") as second:
        to(sheet_of(second), 2.0)
        crash(second)
        with opened_window((DOTS,), home="dots") as third:
            third.window.recovery.offer()
            yield third
        keeper(second)._lock.lock()
    keeper(window)._lock.lock()


def chooser(window: Opened) -> RecoverDialog:
    window.actions["recover"].trigger()
    return next(found for found in window.window.findChildren(RecoverDialog) if found.isVisible())


def test_which_work_is_recovered_can_be_chosen(third: Opened, qtbot: QtBot) -> None:
    messages = third.window.messages
    assert [button.text() for button in messages.buttons] == ["Recover", "Choose…", "Discard"]
    messages.buttons[1].click()
    dialog = third.window.findChild(RecoverDialog)
    rows = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    assert [[row.text(0), row.text(1), row.text(3)] for row in rows] == [["A dot", "Dots", "1 kB"]] * 2
    assert [row.text(2) for row in rows] == [f"{found.when:%Y-%m-%d %H:%M:%S}" for found in leftovers()]
    dialog.list.setCurrentItem(rows[1])
    dialog.recover.click()
    qtbot.waitUntil(lambda: sheet_of(third).value.x == 1.0)
    qtbot.waitUntil(lambda: "can be recovered" in messages.text)
    assert third.actions["recover"].isEnabled() and "more" not in messages.text


def test_two_of_a_workspace_are_not_recovered_at_once_but_discarded(third: Opened) -> None:
    dialog = chooser(third)
    dialog.list.selectAll()
    assert not dialog.recover.isEnabled() and "one of each" in dialog.recover.toolTip()
    dialog.list.clearSelection()
    assert not dialog.recover.isEnabled() and not dialog.discard.isEnabled()
    dialog.list.selectAll()
    dialog.discard.click()
    assert not leftovers() and not third.actions["recover"].isEnabled()
    assert [button.text() for button in third.window.messages.buttons] == ["Bring back"]
    third.window.messages.buttons[0].click()
    assert len(leftovers()) == 2 and third.actions["recover"].isEnabled()


def test_the_offer_stays_until_it_is_answered_and_the_list_longer(third: Opened) -> None:
    messages, recover = third.window.messages, third.actions["recover"]
    messages._reading.timeout.emit()
    assert messages.isVisible()
    messages.buttons[1].click()
    third.window.findChild(RecoverDialog).reject()
    assert messages.isVisible() and "can be recovered" in messages.text, "the list has not been answered"
    messages.dismiss()
    assert not messages.isVisible() and recover.isEnabled()
    assert len(chooser(third).chosen) == 1


def test_there_is_no_list_of_nothing(window: Opened) -> None:
    window.window.recovery.offer()
    assert not window.actions["recover"].isEnabled()
    (data_folder("recovery") / "sound.snapshot").write_bytes(SOUND)
    window.window.menus.main.aboutToShow.emit()  # another window has crashed since
    assert window.actions["recover"].isEnabled()


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


@pytest.mark.parametrize("is_offered_first", [True, False])
def test_the_offer_follows_what_a_start_says(second: Opened, is_offered_first: bool) -> None:
    """“Settings were reset” folded away over it, and no one was asked."""
    messages = second.window.messages
    if not is_offered_first:
        messages.withdraw()
    messages.say("Settings were reset.", "problem")
    if not is_offered_first:
        second.window.recovery.offer()
    assert messages.text == "Settings were reset."
    messages._reading.timeout.emit()
    assert messages.isVisible() and "lost" in messages.text
    assert [button.text() for button in messages.buttons] == ["Recover", "Discard"]


def test_a_page_that_takes_back_what_it_said_takes_no_offer_away(second: Opened) -> None:
    """Opening a run of Recommend discarded the offer unseen, folded as it was."""
    messages = second.window.messages
    said = PageMessages(messages, "playground")
    said.dismiss()
    assert "lost" in messages.text
    said.say("It broke down.", "problem")
    said.dismiss()
    assert "lost" in messages.text


def test_a_window_that_starts_again_opens_what_was_open(
    window: Opened, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a question; what was saved is still in its file, and counts as saved."""
    sheet = sheet_of(window)
    to(sheet, 1.0)
    to(sheet, 2.0)
    sheet.save(tmp_path / "mine.loom")
    assert not sheet.unsaved
    window.window.start_again()
    assert not window.window.isVisible() and question(window) is None
    *_chosen, flag, key, snapshot = window.window.successor
    assert flag == "--take-over"
    with opened_window((DOTS,), home="dots") as opened:
        with qtbot.waitSignal(opened.window.recovery.taken_over):
            opened.window.recovery.take_over([tmp_path / "gone.snapshot", Path(snapshot)], key)
        sheet = sheet_of(opened)
        assert sheet.value == Dot(x=2.0) and sheet.path == tmp_path / "mine.loom" and not sheet.unsaved
        assert "gone.snapshot" in opened.window.messages.text
        qtbot.waitUntil(lambda: not Path(snapshot).exists())


def choose(window: Opened, name: str) -> None:
    """Choose a language or a size."""
    next(action for key, action in window.window.action_set if key == name).trigger()


def undo_question(window: Opened) -> QMessageBox | None:
    boxes = window.window.findChildren(QMessageBox, "undoQuestion")
    return next((box for box in boxes if box.isVisible()), None)


@pytest.mark.parametrize(("setting", "now", "wanted"), [("language", "en", "zh_CN"), ("size", "100", "150")])
def test_undo_is_not_lost_unasked(window: Opened, setting: str, now: str, wanted: str) -> None:
    to(sheet_of(window), 1.0)
    sheet_of(window).undo_stack.undo()  # to redo it is worth a question too
    choose(window, f"{setting}_{wanted}")
    box = undo_question(window)
    assert box is not None and "Undo starts afresh" in box.text() and window.window.isVisible()
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert window.window.isVisible() and not window.window.successor and sheet_of(window).undo_stack.canRedo()
    assert getattr(window.window.settings, setting) in (now, "system")
    assert window.actions[f"{setting}_{now}"].isChecked() and not window.actions[f"{setting}_{wanted}"].isChecked()
    choose(window, f"{setting}_{wanted}")
    box = undo_question(window)
    assert box is not None
    box.button(QMessageBox.StandardButton.Ok).click()
    assert not window.window.isVisible() and wanted in window.window.successor
    assert getattr(window.window.settings, setting) == wanted


def test_nothing_is_asked_where_there_is_nothing_to_undo(window: Opened, qtbot: QtBot) -> None:
    choose(window, "language_zh_CN")
    assert undo_question(window) is None and not window.window.isVisible()
    with opened_window((DOTS,), home="dots") as opened:
        with qtbot.waitSignal(opened.window.recovery.taken_over):
            opened.window.recovery.take_over([Path(window.window.successor[-1])], "dots")
        assert not opened.window.messages.text


def test_a_window_is_in_sight_once_it_has_what_it_is_given(
    window: Opened, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CrashGuard, "install", lambda _guard: None)  # it would stay
    monkeypatch.setattr(Application, "_collect", lambda _application: None)  # and so would this
    to(sheet_of(window), 1.0)
    window.window.start_again()
    font = qapp.font()
    signs = list[bool]()

    def listed() -> tuple[Workspace, ...]:
        windows = (widget for widget in qapp.topLevelWidgets() if widget.windowType() is Qt.WindowType.SplashScreen)
        signs.extend(widget.windowHandle().isExposed() for widget in windows)
        return (DOTS,)

    application = Application(qapp, Settings(), listed, ("dots", window.window.successor[-1]))
    shown, seen = application.window, list[tuple[float, bool]]()
    assert signs == [True], "for seconds nothing stood on the screen"

    def note() -> None:
        off_screen = shown.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        seen.append((cast(DotPage, shown.pages.current).document.value.x, off_screen))

    shown.ready.connect(note)
    try:
        with qtbot.waitSignal(shown.recovery.taken_over):
            application.start()
        note()
        assert seen == [(0.0, True), (1.0, False)] and shown.isVisible()
    finally:
        shown.close_for_good()
        shown.deleteLater()
        application.deleteLater()
        qapp.setFont(font)


def test_the_page_in_sight_is_shown_before_the_others_are_built(qtbot: QtBot) -> None:
    with opened_window(home="neuron") as first:
        for key in ("scalar_graph", "activations", "neuron"):
            first.window.visit(key)
            first.window.pages.build_all()
        first.window.start_again()
        key, *snapshots = first.window.successor[first.window.successor.index("--take-over") + 1 :]
    seen: list[tuple[str, ...]] = []
    with opened_window(home="neuron") as second:
        recovery, pages = second.window.recovery, second.window.pages
        recovery.recovered.connect(lambda _document: seen.append(tuple(page.widget.accessibleName() for page in pages)))
        with qtbot.waitSignal(recovery.taken_over):
            recovery.take_over([Path(snapshot) for snapshot in snapshots], key)
        assert [len(pages) for pages in seen] == [1, 2, 3] and pages.key == "neuron"
        assert second.window.messages.text == ""
        pages.build_all()


def test_where_nothing_was_handed_over_nothing_is_said_to_be_opening(window: Opened) -> None:
    window.window.recovery.take_over([], window.window.pages.key)
    assert window.window.messages.text == ""


def test_a_window_stays_where_nothing_can_be_kept(window: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    to(sheet_of(window), 1.0)
    monkeypatch.setattr(SnapshotWriter, "flush", lambda _writer, _seconds: False)
    choose(window, "language_zh_CN")
    box = undo_question(window)
    assert box is not None
    box.button(QMessageBox.StandardButton.Ok).click()
    assert window.window.isVisible() and not window.window.successor
    assert "can't be kept" in window.window.messages.text


def test_a_document_whose_file_another_window_has_saved_is_unsaved_until_saved(window: Opened, tmp_path: Path) -> None:
    """Undo brings back what the file held when it was opened, which is not what it holds now: so Quit lists it, and
    recovery keeps it."""
    path, sheet, files = tmp_path / "lesson1.loom", sheet_of(window), window.window.files
    FORM.write(path, "", Dot(x=3.0))
    files.open(path)
    to(sheet, 1.0)
    FORM.write(path, "", Dot(x=2.0))
    os.utime(path, (time.time() - 1.0,) * 2)  # long before the next snapshot, whatever the clock's steps
    files.save()
    changed = window.window.findChild(QMessageBox, "changedQuestion")
    changed.button(QMessageBox.StandardButton.Cancel).click()
    sheet.undo_stack.undo()
    assert sheet.value.x == 3.0 and sheet.unsaved and window.page in files.unsaved
    kept = crash(window)
    assert kept_dot(kept, tmp_path) == Dot(x=3.0)
    assert [leftover.standing for leftover in leftovers() if leftover.path == kept] == ["sound"]
    files.write(sheet, path)
    assert not sheet.unsaved
