"""Two documents in one window, a network and a sheet in files of one suffix: each is opened, saved, kept and asked
about by its own workspace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from app.kit.actions import ActionSet, ActionSpec
from app.kit.folders import data_folder
from app.kit.sheet import Sheet
from app.network.open_network import OpenNetwork
from app.workspaces import workspaces
from app.workspaces.workspace import FileKind, Host, Page, Workspace
from engine.formats.kind import holds
from engine.formats.sheet import SheetFormat, SheetView
from engine.formats.snapshot import SnapshotHeader, encode_snapshot
from engine.guesses import GuessRecord
from tests.app.window_rig import Opened, keeps, opened_window


class Dot(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    x: float = 0.0


FORM = SheetFormat("neuroloom-dot", 1, Dot)


class DotPage(Page):
    """What a page of a sheet needs, and no more."""

    document: Sheet[Dot]

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.widget = QLabel("dot")
        self.actions = ActionSet(self.widget)
        self.document = Sheet(FORM, Dot(), "A dot", self)


DOTS = Workspace(
    key="dots",
    label="Dots",
    visit=ActionSpec("dots", "view", 9, "Dots", "Go to the dots", ("Ctrl+Alt+D",)),
    build=DotPage,
    reads=holds("neuroloom-dot"),
    files=(FileKind("Dot", (".loom",)),),
)


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    import assets

    real = assets.path
    monkeypatch.setattr(assets, "path", lambda name: real(name.replace("icons/dots.svg", "icons/image.svg")))
    with opened_window((*workspaces(), DOTS), panes=False) as opened:
        yield opened


def dots(window: Opened) -> DotPage:
    window.window.visit("dots")
    page = window.window.pages.current
    assert isinstance(page, DotPage)
    window.window.pages.build_all()
    return page


def written(path: Path, x: float, title: str = "") -> Path:
    FORM.write(path, title, Dot(x=x))
    return path


def question(window: Opened) -> QMessageBox:
    return next(box for box in window.window.findChildren(QMessageBox, "unsavedQuestion") if box.isVisible())


def test_a_file_of_the_shared_suffix_goes_to_the_workspace_of_its_tag(window: Opened, tmp_path: Path) -> None:
    mine, network = written(tmp_path / "mine.loom", 2.0), tmp_path / "network.loom"
    window.window.files.write(window.page.document, network)
    window.window.files.open(mine)
    page = window.window.pages.current
    assert isinstance(page, DotPage)
    assert (page.document.value.x, page.document.path) == (2.0, mine)
    window.window.files.open(network)
    assert window.window.pages.current is window.page
    assert page.document.path == mine
    assert window.window.settings.recent_files == (network, mine)


def test_a_damaged_one_is_said_without_a_question_and_nothing_open_is_lost(window: Opened, tmp_path: Path) -> None:
    page = dots(window)
    page.document.edit("Move", Dot(x=1.0))
    path = tmp_path / "bad.loom"
    path.write_text(json.dumps({"format": "neuroloom-dot", "version": 1, "content": {"x": "far", "y": 0}}))
    window.window.files.open(path)
    assert not [box for box in window.window.findChildren(QMessageBox, "unsavedQuestion") if box.isVisible()]
    assert "bad.loom" in window.window.messages.text
    assert "\n" not in window.window.messages.text
    assert page.document.value.x == 1.0
    assert page.document.undo_stack.count() == 1


def test_undo_and_save_are_of_the_sheet_in_sight(window: Opened, tmp_path: Path) -> None:
    page = dots(window)
    page.document.edit("Move", Dot(x=1.0))
    assert window.actions["undo"].text() == "Undo Move"
    window.actions["undo"].trigger()
    assert page.document.value.x == 0.0
    window.actions["redo"].trigger()
    path = tmp_path / "mine.loom"
    window.window.files.write(page.document, path)
    page.document.edit("Move", Dot(x=3.0))
    assert window.window.top_bar.file.toolTip() == str(path)
    assert window.window.top_bar.file.text().endswith("unsaved")
    window.actions["save"].trigger()
    assert FORM.read(path) == ("", Dot(x=3.0))
    assert window.page.document.path is None


def test_a_copy_for_another_workspace_goes_by_a_file(window: Opened, tmp_path: Path) -> None:
    page = dots(window)
    window.page.host.open_copy(written(tmp_path / "handed-over.loom", 5.0, "Handed over"))
    assert window.window.pages.current is page
    assert (page.document.value.x, page.document.title, page.document.path) == (5.0, "Handed over", None)


def test_closing_asks_about_both_and_the_copy_is_gone_afterwards(window: Opened, tmp_path: Path) -> None:
    window.window.files.write(window.page.document, tmp_path / "network.loom")
    hyper = window.page.network.hyper
    window.page.network.edit("rate", hyper=hyper.model_copy(update={"learning_rate": 0.5}))
    page = dots(window)
    page.document.edit("Move", Dot(x=1.0))
    window.window.close()
    box = next(b for b in window.window.findChildren(QMessageBox, "allUnsavedQuestion") if b.isVisible())
    assert all(name in box.informativeText() for name in (window.page.document.title, "A dot"))
    box.button(QMessageBox.StandardButton.Discard).click()
    assert not window.window.isVisible()


def test_both_are_kept_and_offered_in_one_message_after_a_crash(window: Opened, qtbot: QtBot) -> None:
    hyper = window.page.network.hyper
    window.page.network.edit("rate", hyper=hyper.model_copy(update={"learning_rate": 0.5}))
    page = dots(window)
    page.document.edit("Move", Dot(x=1.5))
    kept = [window.window.recovery.of(one) for one in (window.page, page)]
    qtbot.waitUntil(lambda: all(map(keeps, kept)))
    for one in kept:
        one._lock.unlock()
    with opened_window((*workspaces(), DOTS), panes=False) as second:
        second.window.recovery.offer()
        said = second.window.messages.text
        assert "2 documents" in said and "Dots" in said and "Playground" in said
        visits: list[object] = []
        second.window.pages.shown.connect(visits.append)
        second.window.messages.buttons[0].click()
        assert len(visits) == 1  # of the latest, and whole
        assert second.window.pages.key not in second.window.pages._later
        restored = second.window.pages.page("dots").document
        assert isinstance(restored, Sheet)
        qtbot.waitUntil(lambda: restored.unsaved)
        qtbot.waitUntil(lambda: second.page.network.hyper.learning_rate == 0.5)
        assert second.window.messages.text == ""
        assert (restored.value, restored.unsaved, restored.path) == (Dot(x=1.5), True, None)
        assert second.page.document.unsaved
        qtbot.waitUntil(lambda: not second.window.recovery.leftovers())
        assert len(visits) == 1


def left(name: str, dot: bytes, at: float = 1e9, workspace: str = "dots") -> Path:
    """The snapshot of a window that crashed."""
    path = data_folder("recovery") / name
    header = SnapshotHeader(workspace=workspace, title="Left", time=at, unsaved=True)
    path.write_bytes(encode_snapshot(header, {"document.loom": dot}))
    return path


def dot(x: float) -> bytes:
    return FORM.encode("document.loom", "", Dot(x=x))


def test_what_cannot_be_read_is_said_and_the_others_come_back(window: Opened, qtbot: QtBot) -> None:
    left("dot.snapshot", dot(3.0))
    broken = left("broken.snapshot", b'{"format": "neuroloom-network", "version": 1}', workspace="playground")
    window.window.recovery.offer()
    assert "2 documents" in window.window.messages.text
    window.window.messages.buttons[0].click()
    qtbot.waitUntil(lambda: dots(window).document.value.x == 3.0)
    qtbot.waitUntil(lambda: window.window.messages.property("kind") == "problem")
    assert [one.path for one in window.window.recovery.leftovers()] == [broken]


def discard(window: Opened) -> None:
    """Press the button that offers it."""
    next(button for button in window.window.messages.buttons if button.text() == "Discard").click()


def test_discarding_takes_all_that_were_offered_away_and_no_more(window: Opened) -> None:
    old, new = left("old.snapshot", dot(1.0), 1.0), left("new.snapshot", dot(2.0))
    window.window.recovery.offer()
    discard(window)
    assert [one.path for one in window.window.recovery.leftovers()] == [old]
    assert "1970" in window.window.messages.text
    discard(window)
    assert not (old.exists() or new.exists())
    assert [button.text() for button in window.window.messages.buttons] == ["Bring back"], "nothing more is offered"


def test_what_has_been_saved_is_not_offered_after_a_crash(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page = dots(window)
    kept = window.window.recovery.of(page)
    page.document.edit("Move", Dot(x=1.5))
    qtbot.waitUntil(lambda: keeps(kept))
    page.document.save(tmp_path / "mine.loom")
    qtbot.waitUntil(lambda: not keeps(kept))
    page.document.edit("Move", Dot(x=2.5))
    qtbot.waitUntil(lambda: keeps(kept))
    page.document.undo_stack.undo()
    qtbot.waitUntil(lambda: not keeps(kept))
    page.document.open(tmp_path / "mine.loom")
    kept.save_now()  # something goes wrong elsewhere
    assert not keeps(kept)


def test_an_older_one_does_not_take_the_place_of_one_that_was_recovered(window: Opened, qtbot: QtBot) -> None:
    old, new = left("old.snapshot", dot(1.0), 1.0), left("new.snapshot", dot(2.0))
    window.window.recovery.offer()
    window.window.messages.buttons[0].click()
    page = dots(window)
    qtbot.waitUntil(lambda: page.document.value.x == 2.0)
    assert window.window.messages.text == ""
    qtbot.waitUntil(lambda: not new.exists())
    assert [one.path for one in window.window.recovery.leftovers()] == [old]


def test_a_page_finds_the_open_network_and_brings_it_into_sight(window: Opened) -> None:
    host = window.page.host
    assert host.documents() == (window.page.document,)
    page = dots(window)
    assert page.host.documents() == (window.page.document, page.document)
    found = next(one for one in page.host.documents() if isinstance(one, OpenNetwork))
    assert found.network is window.page.network
    assert found.trainer is window.page.trainer
    page.host.show(found)
    assert window.window.pages.current is window.page
    page.host.show(page.document)
    assert window.window.pages.current is page


def test_the_gallery_leads_back_to_a_sheet_too(window: Opened) -> None:
    page = dots(window)
    window.window.visit("gallery")
    bar = window.window.pages.current.bar
    bar.refresh()
    assert bar.back.accessibleName() == "Back to A dot"
    bar.back.click()
    assert window.window.pages.current is page


def test_undo_steps_are_forgotten_as_the_window_closes_whatever_the_page_does(window: Opened) -> None:
    page = dots(window)
    page.close = lambda: steps.append(page.document.undo_stack.count())
    steps: list[int] = []
    page.document.edit("Move", Dot(x=1.0))
    window.window.close_for_good()
    assert steps == [1]
    assert page.document.undo_stack.count() == 0


@pytest.mark.slow
def test_every_workspace_that_was_open_is_open_again(qtbot: QtBot) -> None:
    """A page that is not in sight has none of its parts when its document comes back."""
    keys = ("neuron", "activations", "scalar_graph", "gradients")
    with opened_window(panes=False) as first:
        for key in keys:
            first.window.visit(key)
            first.window.pages.build_all()
        for key in ("playground", "gallery"):
            first.window.visit(key)
        first.window.start_again()
        key, *snapshots = first.window.successor[first.window.successor.index("--take-over") + 1 :]
    assert key == "gallery" and len(snapshots) == len(keys) + 1
    with opened_window(panes=False) as second:
        with qtbot.waitSignal(second.window.recovery.taken_over):
            second.window.recovery.take_over([Path(snapshot) for snapshot in snapshots], key)
        assert second.window.pages.key == "gallery" and not second.window.messages.text
        assert second.window.pages.last_with_document == "playground"  # the gallery leads back to it
        assert all(second.window.pages.has(key) for key in keys)


VIEWS = (
    ("neuron", "settings", 2),
    ("activations", "", None),
    ("scalar_graph", "rules", 2),
    ("gradients", "map", 0),  # a step needs the curves; without them it is said
)


@pytest.mark.parametrize(("key", "tab", "step"), VIEWS)
def test_a_page_that_was_never_seen_keeps_the_view_that_was_saved(
    window: Opened, tmp_path: Path, key: str, tab: str, step: int | None
) -> None:
    document = window.window.pages.page(key).document
    assert isinstance(document, Sheet)
    saved = SheetView(step=step, tab=tab, predict=True, guesses=GuessRecord(right=1, asked=2))
    document._form.write(tmp_path / "a.loom", "", document.value, saved)
    document.open(tmp_path / "a.loom")
    document.save(tmp_path / "b.loom")
    for data in (document.snapshot()()["document.loom"], (tmp_path / "b.loom").read_bytes()):
        assert saved.model_dump(exclude_defaults=True).items() <= json.loads(data)["view"].items()
