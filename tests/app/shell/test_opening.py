"""Files that take long are read in the background, those that others have changed are asked about; no name hurts."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.kit.background import Job, _Relay
from app.kit.folders import path_of_url
from app.network import ahead
from app.network import document as document_module
from app.shell.settings import Settings
from app.workspaces.playground.page import first_network
from engine.atomic import ABANDONED
from engine.data import DataChoice, load
from engine.formats import loom
from engine.formats.base import NetworkFile
from engine.formats.loom import read_network_file, write_network_file
from engine.graph.build import feed_forward
from engine.problems import printable
from tests.app.window_rig import Opened, opened_window

WAIT_MS = 60_000
Button = QMessageBox.StandardButton


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window(panes=False) as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        yield opened


def network_on(folder: Path, rows: int, name: str = "big") -> Path:
    """A network file whose data are a table of so many rows, beside it."""
    table = folder / f"{name}.csv"
    table.write_text("a,b,kind\n" + "".join(f"{n % 97}.25,{n % 89}.5,{'yn'[n % 2]}\n" for n in range(rows)), "utf-8")
    data = DataChoice(source="file", path=str(table), train_share=0.8)
    path = folder / f"{name}.loom"
    write_network_file(path, NetworkFile(feed_forward([4]), first_network().hyper, data, {}, name))
    return path


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One that takes long, by what is thought quick."""
    monkeypatch.setattr(ahead, "QUICK_BYTES", 1000)
    return network_on(tmp_path, 500)


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """In which threads data have been loaded since."""
    seen: list[threading.Thread] = []

    def watched(*arguments: Any, **options: Any) -> Any:
        seen.append(threading.current_thread())
        return load(*arguments, **options)

    monkeypatch.setattr(ahead, "load", watched)
    monkeypatch.setattr(document_module, "load", watched)
    return seen


def test_a_network_on_a_large_table_opens_without_the_window_s_thread(
    window: Opened, large: Path, threads: list[threading.Thread], qtbot: QtBot
) -> None:
    window.window.files.open(large)
    assert window.window.files.opening.busy and window.page.network.title == "Two spirals"
    qtbot.waitUntil(lambda: window.page.network.title == "big", timeout=WAIT_MS)
    assert len(window.page.network.dataset.y) == 500 and window.page.network.path == large
    assert len(threads) == 1 and threads[0] is not threading.main_thread()
    window.page.document.new()
    assert len(window.page.network.dataset.y) == 500 and len(threads) == 1


def test_what_others_do_to_a_file_while_it_waits_is_not_missed(window: Opened, large: Path, qtbot: QtBot) -> None:
    hyper = window.page.network.hyper
    window.window.files.write(window.page.document, large.with_name("mine.loom"))
    window.page.network.edit("edit", hyper=hyper.model_copy(update={"seed": 99}))
    window.window.files.open(large)
    qtbot.waitUntil(lambda: window.window.findChild(QMessageBox, "unsavedQuestion") is not None, timeout=WAIT_MS)
    content = window.page.network.to_file()
    write_network_file(large, replace(content, title="another by now"))
    window.window.findChild(QMessageBox, "unsavedQuestion").button(Button.Discard).click()
    assert window.page.network.title == "another by now"


def test_reading_can_be_stopped_and_nothing_open_is_lost(
    window: Opened, large: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(choice: DataChoice, *, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> Any:
        progress(0.25)
        begun.set()
        go_on.wait(WAIT_MS / 1000)
        return load(choice, cancelled=cancelled)

    monkeypatch.setattr(ahead, "load", slow)
    files, messages = window.window.files, window.window.messages
    files.open(large)
    qtbot.waitUntil(lambda: begun.is_set() and "big.loom" in messages.text, timeout=WAIT_MS)
    messages.buttons[0].click()
    assert not files.opening.busy and messages.text == "" and window.page.network.title == "Two spirals"
    go_on.set()
    files.open(network_on(large.parent, 20, "small"))
    qtbot.waitUntil(lambda: window.page.network.title == "small", timeout=WAIT_MS)


def test_what_is_wrong_with_large_data_is_said_and_the_open_network_stays(
    window: Opened, large: Path, qtbot: QtBot
) -> None:
    large.with_name("big.csv").write_text("a\n" + "x\n" * 4000, "utf-8")
    state = window.page.network.state
    window.window.files.open(large)
    qtbot.waitUntil(lambda: bool(window.window.messages.text), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.window.files.opening.busy, timeout=WAIT_MS)
    assert "big.csv" in window.window.messages.text and window.page.network.state == state


# What others have changed -----------------------------------------------------------------------------------------


def changed(window: Opened) -> QMessageBox | None:
    boxes = window.window.findChildren(QMessageBox, "changedQuestion")
    return next((box for box in boxes if box.isVisible()), None)


@pytest.fixture
def mine(window: Opened, tmp_path: Path) -> Path:
    """The open network's own file, which another program has written to."""
    path = tmp_path / "mine.loom"
    window.window.files.write(window.page.document, path)
    window.window.files.save()
    assert changed(window) is None
    path.write_bytes(path.read_bytes() + b"\n")
    return path


def test_a_file_that_others_have_changed_is_asked_about(window: Opened, mine: Path) -> None:
    theirs = mine.read_bytes()
    window.window.files.save()
    box = changed(window)
    assert box is not None and "mine.loom" in box.text() and mine.read_bytes() == theirs
    box.button(Button.Cancel).click()
    assert mine.read_bytes() == theirs
    window.window.files.save()
    box = changed(window)
    assert box is not None
    box.button(Button.Save).click()
    assert mine.read_bytes() != theirs
    window.window.files.save()
    assert changed(window) is None


def test_a_changed_file_can_be_left_as_it_is_and_another_name_taken(window: Opened, mine: Path) -> None:
    theirs = mine.read_bytes()
    window.window.files.save()
    box = changed(window)
    assert box is not None
    box.button(Button.Discard).click()
    dialog = window.window.findChild(QFileDialog)
    assert dialog is not None and mine.read_bytes() == theirs
    dialog.fileSelected.emit(str(mine.with_name("other.loom")))
    dialog.close()
    assert window.page.network.path == mine.with_name("other.loom") and mine.read_bytes() == theirs


@pytest.fixture
def weights(window: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file beside the open network's own in which its weights lie, which another program has written to."""
    monkeypatch.setattr(loom, "INLINE_LIMIT", 0)
    window.window.files.write(window.page.document, tmp_path / "mine.loom")
    window.window.files.save()
    assert changed(window) is None
    (beside,) = tmp_path.glob("mine-*.safetensors")
    (tmp_path / "mine-0123456789ab.safetensors.bak").write_bytes(b"no file of ours")
    beside.write_bytes(beside.read_bytes() + b"\n")
    return beside


def test_weights_that_others_have_changed_are_asked_about(window: Opened, weights: Path) -> None:
    theirs = weights.read_bytes()
    window.window.files.save()
    box = changed(window)
    assert box is not None and weights.name in box.text() and weights.read_bytes() == theirs
    box.button(Button.Cancel).click()
    window.window.files.save()
    box = changed(window)
    assert box is not None and weights.read_bytes() == theirs
    box.button(Button.Save).click()
    assert weights.read_bytes() != theirs
    window.window.files.save()
    assert changed(window) is None


def test_weights_that_others_change_after_opening_are_asked_about(window: Opened, weights: Path) -> None:
    network, link = weights.with_name("mine.loom"), weights.with_name("link.loom")
    window.window.files.write(window.page.document, network)
    link.symlink_to(network)
    for path in (network, link):
        window.window.files.open(path)
        assert window.page.network.path == path
        weights.write_bytes(weights.read_bytes()[::-1])
        window.window.files.save()
        box = changed(window)
        assert box is not None and weights.name in box.text()
        box.button(Button.Save).click()
        assert changed(window) is None


def test_weights_that_are_gone_are_simply_written_again(window: Opened, weights: Path) -> None:
    weights.unlink()
    window.window.files.save()
    assert changed(window) is None and weights.exists()


def test_weights_that_others_change_while_a_file_waits_are_not_taken_for_what_was_read(
    window: Opened, weights: Path
) -> None:
    path = weights.with_name("mine.loom")
    window.window.files.write(window.page.document, path)
    job = Job(_Relay(), threading.Event())
    read = ahead._read(path, job)
    assert read.holds(path)
    weights.write_bytes(b"other")
    assert not read.holds(path)


def test_where_weights_lie_in_a_file_of_their_own_that_is_said_by_name(window: Opened, weights: Path) -> None:
    path = weights.with_name("mine.loom")
    window.window.files.write(window.page.document, path)
    (beside,) = path.parent.glob("mine-*.safetensors")
    assert f"“{beside.name}”" in window.window.messages.text and "together" in window.window.messages.text
    beside.rename(beside.with_name("elsewhere"))
    window.window.files.open(path)
    assert f"“{beside.name}”" in window.window.messages.text and "missing" in window.window.messages.text


def test_every_document_s_file_is_watched(window: Opened, tmp_path: Path) -> None:
    for key in ("neuron", "activations", "scalar_graph", "gradients"):
        window.window.visit(key)
        window.window.pages.build_all()
        document = window.window.pages.current.document
        assert document is not None
        path = tmp_path / f"{key}.loom"
        window.window.files.write(document, path)
        window.window.files.open(path)
        path.write_bytes(path.read_bytes() + b"\n")
        window.window.files.save()
        box = changed(window)
        assert box is not None, key
        box.button(Button.Cancel).click()


def test_the_file_of_a_recovered_document_is_watched(window: Opened, tmp_path: Path) -> None:
    path = network_on(tmp_path, 20)
    window.page.document.load(window.page.network.to_file(), path)
    window.window.recovery.recovered.emit(window.page.document)
    path.write_bytes(path.read_bytes() + b"\n")
    window.window.files.save()
    box = changed(window)
    assert box is not None
    box.button(Button.Cancel).click()


def test_a_file_that_is_gone_is_simply_written_again(window: Opened, mine: Path) -> None:
    mine.unlink()
    window.window.files.save()
    assert changed(window) is None and mine.exists()


def test_a_read_only_file_stays_and_that_is_said(window: Opened, mine: Path) -> None:
    window.window.files.write(window.page.document, mine)
    theirs = mine.read_bytes()
    mine.chmod(0o400)
    window.window.files.save()
    assert "read-only" in window.window.messages.text and mine.read_bytes() == theirs


# What killed saves have left --------------------------------------------------------------------------------------


def left_in(folder: Path) -> Path:
    """What a first save that was killed has left: nobody remembers that there was one."""
    left = folder / ".never.loom.0123abcd.part"
    left.write_bytes(b"half")
    long_ago = time.time() - ABANDONED - 60
    os.utime(left, (long_ago, long_ago))
    return left


def test_what_killed_saves_have_left_goes_from_the_folder_of_what_is_opened_or_saved(
    window: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "opened").mkdir()
    (tmp_path / "saved").mkdir()
    path = network_on(tmp_path / "opened", 20)
    lefts = [left_in(path.parent), left_in(tmp_path / "saved"), left_in(tmp_path)]
    window.window.files.open(path)
    window.window.files.write(window.page.document, tmp_path / "saved" / "a.loom")
    qtbot.waitUntil(lambda: not lefts[0].exists() and not lefts[1].exists(), timeout=WAIT_MS)
    assert lefts[2].exists()


# Names ------------------------------------------------------------------------------------------------------------

BAD = os.fsdecode(b"a\xffb")


@pytest.mark.skipif(os.name != "posix", reason="names are UTF-16 elsewhere")
def test_a_name_that_is_no_utf_8_is_opened_remembered_and_shown(window: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    path = network_on(tmp_path, 20).rename(tmp_path / f"{BAD}.loom")
    window.window.files.open(tmp_path / f"{BAD}, gone.loom")
    assert printable(f"{BAD}, gone.loom") in window.window.messages.text
    window.window.files.open_url(QUrl.fromEncoded(path.as_uri().encode()))
    qtbot.waitUntil(lambda: window.page.network.path == path, timeout=WAIT_MS)
    assert printable(path.name) in window.window.top_bar.file.toolTip()
    Settings().sync()
    assert Settings().recent_files[0] == path
    window.window.files.save()
    assert printable(path.name) in window.window.messages.text


@pytest.mark.parametrize("name", ["a b.csv", "ä 100%.csv", "#?;.csv", pytest.param(BAD, id="no-utf-8")])
def test_a_dropped_file_is_the_file_it_is(name: str) -> None:
    path = Path("/somewhere") / name
    assert path_of_url(QUrl.fromEncoded(path.as_uri().encode())) == path


@pytest.mark.parametrize("name", [BAD, "\ud800"])
def test_a_table_whose_name_nobody_can_write_is_a_sentence(window: Opened, tmp_path: Path, name: str) -> None:
    path = network_on(tmp_path, 20)
    path.write_text(
        path.read_text("utf-8").replace("big.csv", f"{name}.csv".encode("unicode_escape").decode()), "utf-8"
    )
    window.window.files.open(path)
    assert printable(name) in window.window.messages.text and window.page.network.title == "Two spirals"


# Data that have been moved ----------------------------------------------------------------------------------------


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """A network whose table is neither where it was nor beside it, but in a folder of its own."""
    path = network_on(tmp_path, 40)
    content = replace(read_network_file(path), graph=feed_forward([4], features=("a", "b")))
    write_network_file(path, content)
    (tmp_path / "tables").mkdir()
    (tmp_path / "big.csv").rename(tmp_path / "tables" / "big.csv")
    return path


def test_a_table_that_was_moved_with_its_network_is_found_beside_it(window: Opened, moved: Path) -> None:
    folder = moved.parent / "elsewhere"
    folder.mkdir()
    network = moved.rename(folder / "big.loom")
    (moved.parent / "tables" / "big.csv").rename(folder / "big.csv")
    window.window.files.open(network)
    assert window.page.network.path == network and len(window.page.network.dataset.y) == 40
    assert window.page.network.data.path == str(folder / "big.csv")
    assert "“big.csv”, which lies beside the network" in window.window.messages.text


def test_another_table_of_that_name_is_not_taken(window: Opened, moved: Path) -> None:
    folder = moved.parent / "elsewhere"
    folder.mkdir()
    network = moved.rename(folder / "big.loom")
    (folder / "big.csv").write_text("u,v,kind\n" + "1,2,y\n2,1,n\n" * 20, "utf-8")
    window.window.files.open(network)
    assert "doesn't exist" in window.window.messages.text and window.page.network.title == "Two spirals"


def chosen_in_dialog(window: Opened, path: Path) -> None:
    (button,) = window.window.messages.buttons
    assert button.text() == "Find the data…"
    button.click()
    dialog = next(one for one in window.window.findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_data_that_are_nowhere_are_asked_for(window: Opened, moved: Path, qtbot: QtBot) -> None:
    window.window.files.open(moved)
    assert "doesn't exist" in window.window.messages.text
    other = moved.with_name("other.csv")
    other.write_text("u,v,kind\n" + "1,2,y\n2,1,n\n" * 20, "utf-8")
    chosen_in_dialog(window, other)
    qtbot.waitUntil(lambda: "“other.csv” lacks" in window.window.messages.text)
    assert "“a”" in window.window.messages.text and window.page.network.title == "Two spirals"
    table = moved.parent / "tables" / "big.csv"
    chosen_in_dialog(window, table)
    qtbot.waitUntil(lambda: window.page.network.path == moved)
    assert window.page.network.data.path == str(table) and len(window.page.network.dataset.y) == 40
    assert "is used instead of" in window.window.messages.text and window.page.document.unsaved


def test_a_table_that_is_gone_itself_is_not_asked_for(window: Opened, tmp_path: Path) -> None:
    window.window.files.open(tmp_path / "gone.csv")
    assert "Find the data…" not in [button.text() for button in window.window.messages.buttons]
