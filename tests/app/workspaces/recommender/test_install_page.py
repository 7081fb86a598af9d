"""Recommend without the packages that it needs: what is said, what an installation shows, and how it ends. What stands
for the installer is a child that prints what a test has it print; nothing is downloaded."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

import assets
from app.kit.process import ChildProcess
from app.workspaces.recommender.home.idea_card import EXAMPLES
from app.workspaces.recommender.install_page import InstallPage
from app.workspaces.recommender.page import DeviceChip, RecommenderPage
from engine import extra_installer, extras
from engine.problems import Problem
from tests.app.window_rig import Opened, opened_window, unnamed

SPEC = extras.find_spec
HEAD = "import json, sys, time\ntell = lambda **told: print(json.dumps(told), flush=True)\n"
INSTALLED = "tell(installed=['torch'])"
WAITS = "tell(line='Downloading torch (178.3MiB)')\nfor line in sys.stdin:\n    sys.exit(130)"


class Rig:
    """A window at Recommend where packages are missing, and the arguments of every child."""

    def __init__(self, opened: Opened, absent: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened, self.absent, self._monkeypatch = opened, absent, monkeypatch
        self.calls: list[list[str]] = []

    @property
    def page(self) -> RecommenderPage:
        return cast(RecommenderPage, self.opened.window.pages.current)

    @property
    def shown(self) -> InstallPage:
        assert self.page.install_page is not None
        return self.page.install_page

    def install(self, script: str) -> None:
        """Press the button; the installer is this script."""

        def start(child: ChildProcess, arguments: list[str]) -> None:
            self.calls.append(arguments)
            child.start(sys.executable, ["-c", HEAD + script])

        self._monkeypatch.setattr(ChildProcess, "start_engine", start)
        self.shown.install_button.click()

    def buttons(self) -> list[str]:
        """Those that are in sight in the row of the button that installs."""
        row = (self.shown.install_button, self.shown.cancel_button)
        return [button.text() for button in row if button.isVisible()]


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The packages that are not there."""
    names = {"torch", "faiss", "sklearn"}
    there = {name: object() for name in extras.PACKAGES}
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name in names else there.get(name) or SPEC(name))
    monkeypatch.setattr(extra_installer, "has_nvidia_driver", lambda: False)
    monkeypatch.setattr(DeviceChip, "look", lambda chip: None)
    return names


@pytest.fixture
def rig(absent: set[str], monkeypatch: pytest.MonkeyPatch, qtbot: object) -> Iterator[Rig]:
    with opened_window(home="recommender") as opened:
        yield Rig(opened, absent, monkeypatch)


def test_the_page_says_what_is_missing_and_how_much_that_is(rig: Rig) -> None:
    shown = rig.shown
    assert rig.page.stack.currentWidget() is shown and not rig.page.home.cards
    assert shown.needs_label.text() == (
        "Not installed: PyTorch, faiss, scikit-learn. About 0.25 GB to download and 0.9 GB on the disk."
    )
    assert rig.buttons() == ["Install PyTorch"] and shown.install_button.isEnabled()
    assert not rig.opened.actions["run_open"].isEnabled() and not rig.page.device.isVisible()
    assert list(unnamed(shown)) == []
    assert all(button.toolTip() for button in shown.findChildren(QPushButton))
    shown.copy_button.click()
    assert (
        QGuiApplication.clipboard().text()
        == extra_installer.command_line(gpu=False)
        == shown.command_text.toPlainText()
    )


def test_the_whole_command_can_be_read(rig: Rig) -> None:
    """It was a line of which a third was in sight."""
    field = rig.shown.command_text
    assert field.document().size().height() > 1  # lines
    assert field.verticalScrollBar().maximum() == 0
    cursor = field.textCursor()
    for place, letter in enumerate(field.toPlainText()):
        cursor.setPosition(place)
        assert letter == " " or field.viewport().rect().contains(field.cursorRect(cursor)), place


def test_only_what_is_missing_is_asked_for(absent: set[str], monkeypatch: pytest.MonkeyPatch, qtbot: object) -> None:
    monkeypatch.setattr("app.workspaces.recommender.install_page.has_nvidia_driver", lambda: True)
    absent.clear()
    absent.add("faiss")
    with opened_window(home="recommender") as opened:
        rig = Rig(opened, absent, monkeypatch)
        assert rig.buttons() == ["Install faiss"] and rig.shown.without_gpu_box.isHidden()
        assert rig.shown.needs_label.text() == (
            "Not installed: faiss. About 0.04 GB to download and 0.12 GB on the disk."
        )


def test_what_stands_in_the_way_is_said_at_once(
    absent: set[str], monkeypatch: pytest.MonkeyPatch, qtbot: object
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with opened_window(home="recommender") as opened:
        rig = Rig(opened, absent, monkeypatch)
        assert rig.shown.message_label.text().startswith("PyTorch, faiss, scikit-learn can't be added to the portable")
        assert not rig.buttons() and not rig.shown.command_text.isVisible()


@pytest.mark.parametrize(
    ("problem", "reason", "buttons"),
    [
        (extra_installer.THROWN_AWAY(packages="PyTorch", command="x"), "started with uvx", []),
        (extra_installer.READ_ONLY(path="/opt", command="x"), "“/opt” can't be written to.", ["Look again"]),
    ],
)
def test_where_nothing_can_be_added_the_command_that_starts_another_is_shown(
    absent: set[str],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: object,
    problem: Problem,
    reason: str,
    buttons: list[str],
) -> None:
    """It offered to install into uv's cache."""
    monkeypatch.setattr("app.workspaces.recommender.install_page.obstacle", lambda: problem)
    with opened_window(home="recommender") as opened:
        rig = Rig(opened, absent, monkeypatch)
        assert rig.buttons() == buttons and reason in rig.shown.message_label.text()
        assert rig.shown.command_text.isVisible()
        assert rig.shown.command_text.toPlainText() == extra_installer.own_environment_line()
        if sys.platform == "linux":  # where uv and pip find the build for GPUs
            assert "About 3 GB to download" in rig.shown.needs_label.text()


def test_once_nothing_stands_in_the_way_any_more_it_can_be_installed(
    absent: set[str], monkeypatch: pytest.MonkeyPatch, qtbot: object
) -> None:
    """There was no way on but to start the program again."""
    here = extra_installer.NO_INSTALLER(packages="PyTorch", python="python")
    found: list[Problem | None] = [here, here, None]
    monkeypatch.setattr("app.workspaces.recommender.install_page.obstacle", lambda: found.pop(0))
    with opened_window(home="recommender") as opened:
        rig = Rig(opened, absent, monkeypatch)
        assert rig.buttons() == ["Look again"] and rig.shown.message_label.isVisible()
        rig.shown.install_button.click()
        assert rig.buttons() == ["Look again"]
        rig.shown.install_button.click()
        assert rig.buttons() == ["Install PyTorch"] and not rig.shown.message_label.isVisible()
        assert rig.shown.command_text.isVisible()


def test_the_smaller_build_can_be_had_where_there_is_a_gpu(
    absent: set[str], monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    monkeypatch.setattr("app.workspaces.recommender.install_page.has_nvidia_driver", lambda: True)
    with opened_window(home="recommender") as opened:
        rig = Rig(opened, absent, monkeypatch)
        assert "About 3 GB to download" in rig.shown.needs_label.text()
        rig.shown.without_gpu_box.click()
        assert "About 0.25 GB to download" in rig.shown.needs_label.text()
        rig.install("sys.exit(1)")
        assert rig.calls == [["install", "--events", "jsonl", "--cpu"]]
        qtbot.waitUntil(lambda: rig.buttons() == ["Install PyTorch"])


@pytest.mark.torch
def test_what_is_installed_opens_the_page_without_a_new_start(rig: Rig, qtbot) -> None:
    rig.page.open_file(assets.path(f"{EXAMPLES}/wide-deep.safetensors"))
    assert rig.page.opened is None
    rig.install(INSTALLED)
    rig.absent.clear()
    qtbot.waitUntil(lambda: rig.page.install_page is None)
    assert set(rig.page.home.cards) == {"wide-deep", "candidates"}
    assert rig.opened.actions["run_open"].isEnabled()
    assert rig.page.opened is not None  # what was to be opened
    rig.page.show_home()
    assert rig.page.stack.currentWidget() is rig.page.home and rig.page.device.isVisible()


def test_while_it_installs_it_says_what_and_can_be_cancelled(rig: Rig, qtbot) -> None:
    rig.install(WAITS)
    shown = rig.shown
    qtbot.waitUntil(lambda: shown.step_label.full_text == "Downloading torch, 178.3MiB …")
    assert rig.buttons() == ["Cancel"] and shown.progress_bar.isVisible()
    assert shown.log_section.isVisible() and not shown.log_text.isVisible()
    assert shown.log_text.toPlainText() == "Downloading torch (178.3MiB)"
    shown.cancel_button.click()
    qtbot.waitUntil(lambda: rig.buttons() == ["Install PyTorch"])
    assert shown.message_label.text() == "Cancelled. Everything is as it was."
    assert shown.window().focusWidget() is shown.install_button
    assert rig.page.install_page is shown


def test_a_larger_build_is_told_of_before_it_is_downloaded(rig: Rig, qtbot) -> None:
    problem = extra_installer.ONLY_LARGER(download="3", disk="7", command="")
    told = {"code": problem.code, "sentence": problem.sentence, "parameters": {}}
    rig.install(f"tell(problem={told!r})\nsys.exit(1)")
    qtbot.waitUntil(lambda: rig.buttons() == ["Install 3 GB"])
    assert rig.shown.needs_label.text() == (
        "Not installed: PyTorch, faiss, scikit-learn. About 3 GB to download and 7 GB on the disk, with the build for"
        " NVIDIA GPUs."
    )
    assert "can't be reached" in rig.shown.message_label.text()
    assert rig.shown.command_text.toPlainText() == extra_installer.command_line(gpu=False, any_build=True)
    assert "torch-backend" not in rig.shown.command_text.toPlainText()
    rig.install("sys.exit(1)")
    assert rig.calls[-1] == ["install", "--events", "jsonl", "--cpu", "--any-build"]
    qtbot.waitUntil(lambda: rig.buttons() == ["Install 3 GB"])


def test_the_share_that_is_known_is_shown(rig: Rig, qtbot) -> None:
    rig.install(f"tell(progress=0.25)\n{WAITS}")
    qtbot.waitUntil(lambda: rig.shown.progress_bar.maximum() == 1_000 and rig.shown.progress_bar.value() == 250)
    rig.shown.cancel_button.click()
    qtbot.waitUntil(lambda: rig.buttons() == ["Install PyTorch"])


def test_a_failure_is_a_sentence_and_it_can_be_tried_again(rig: Rig, qtbot) -> None:
    problem = extra_installer.NO_NETWORK()
    told = {"code": problem.code, "sentence": problem.sentence, "parameters": {}}
    rig.install(f"tell(problem={told!r})\nsys.exit(1)")
    qtbot.waitUntil(lambda: rig.buttons() == ["Install PyTorch"])
    assert rig.shown.message_label.text() == "The package registry can't be reached. Check the network, then try again."
    assert rig.shown.message_label.property("tone") == "danger"
    rig.install(WAITS)
    assert not rig.shown.message_label.isVisible()
    rig.shown.cancel_button.click()
    qtbot.waitUntil(lambda: rig.buttons() == ["Install PyTorch"])


def test_an_environment_that_others_look_after_is_noticed_by_the_installer_alone(rig: Rig, qtbot) -> None:
    problem = extra_installer.READ_ONLY(path="/usr", command="uvx")
    told = {"code": problem.code, "sentence": problem.sentence, "parameters": dict(problem.parameters)}
    rig.install(f"tell(problem={told!r})\nsys.exit(1)")
    qtbot.waitUntil(lambda: rig.buttons() == ["Look again"])
    assert rig.shown.message_label.text() == "“/usr” can't be written to."
    assert rig.shown.command_text.toPlainText() == extra_installer.own_environment_line()
    rig.shown.install_button.click()
    assert rig.buttons() == ["Install PyTorch"]


def test_an_installer_that_dies_is_said_too(rig: Rig, qtbot) -> None:
    rig.install("sys.stderr.write('no luck')\nsys.exit(3)")
    qtbot.waitUntil(lambda: rig.buttons() == ["Install PyTorch"])
    assert rig.shown.message_label.text().endswith("failed with code 3.")
    assert rig.shown.log_text.toPlainText() == "no luck"


def test_a_window_that_closes_takes_the_installer_along(rig: Rig, qtbot, tmp_path: Path) -> None:
    rig.install(f"tell(line='here')\nsys.stdin.readline()\nopen({str(tmp_path / 'told')!r}, 'w')")
    qtbot.waitUntil(lambda: rig.shown.log_text.toPlainText() == "here")
    shown = rig.shown
    shown.close_page()
    assert (tmp_path / "told").exists() and not shown._child.running
