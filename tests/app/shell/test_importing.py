"""What the pages need is imported while nobody waits, one module at a time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.shell.importing import ImportsAhead, modules_of
from app.workspaces import workspaces

FILES = {
    "__init__.py": "",
    "page.py": "from leafy.room.shelf import Shelf\n",
    "branch.py": "import leafy.leaf\n",
    "leaf.py": "import math\n",
    "room/__init__.py": "",
    "room/shelf.py": "class Shelf: ...\n",
}
PAGES = """
import app.ahead
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
qapp = QApplication([])
import os, sys
from app.shell.application import SHARED
from app.shell.importing import ImportsAhead
from app.workspaces import workspaces
loop = QEventLoop()
ahead = ImportsAhead((*SHARED, *(name for workspace in workspaces() for name in workspace.ahead)), qapp, wanted=True)
ahead.finished.connect(loop.quit)
loop.exec()
print(*sys.modules)
sys.stdout.flush()
os._exit(0)
"""

WANTED = """
import os, sys
import app.ahead
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
qapp = QApplication([])
from app.shell.application import Application
from app.shell.settings import Settings
from app.workspaces import workspaces
window = Application(qapp, Settings(), workspaces()).window
window.show()
window.pages.build_all()
window.go_to("recommender")
print(f"{window.pages.key}:{'app.workspaces.recommender.page' in sys.modules}")
loop = QEventLoop()
window.pages.shown.connect(loop.quit)
loop.exec()
print(f"{window.pages.key}:{'app.workspaces.recommender.page' in sys.modules}")
window.visit("playground")
window._imported.clear()
window.go_to("recommender")
window.go_to("neuron")
while window._coming:
    qapp.processEvents()
print(window.pages.key)
sys.stdout.flush()
os._exit(0)
"""


@pytest.fixture
def leafy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package of small modules, forgotten afterwards."""
    for name, text in FILES.items():
        file = tmp_path / "leafy" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    __import__("leafy")
    yield
    for name in [one for one in sys.modules if one.partition(".")[0] == "leafy"]:
        del sys.modules[name]


@pytest.mark.usefixtures("leafy")
def test_modules_come_folder_by_folder_and_once() -> None:
    import_module("leafy.leaf")
    assert list(modules_of("leafy")) == ["leafy.branch", "leafy.page", "leafy.room", "leafy.room.shelf"]
    import_module("leafy.page")
    assert list(modules_of("leafy")) == ["leafy.branch"]


@pytest.mark.usefixtures("leafy")
def test_a_clock_imports_them_and_rests_while_a_button_is_down(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    held = [Qt.MouseButton.LeftButton]
    monkeypatch.setattr(QGuiApplication, "mouseButtons", staticmethod(lambda: held[-1]))
    monkeypatch.setattr("app.shell.importing.OURS", "leafy")
    parent = QWidget()
    qtbot.addWidget(parent)
    ahead = ImportsAhead(["leafy", "colorsys"], parent)
    for _ in range(3):
        ahead._import_next()
    assert "leafy.leaf" not in sys.modules
    with qtbot.waitSignal(ahead.finished):
        held.append(Qt.MouseButton.NoButton)
    assert {"leafy.page", "leafy.leaf", "leafy.room.shelf", "colorsys"} <= set(sys.modules)


def test_a_page_that_is_shown_says_what_it_needs() -> None:
    for workspace in workspaces():
        if workspace.key not in ("playground", "recommender"):
            assert f"app.workspaces.{workspace.key}" in workspace.ahead


@pytest.mark.process
def test_everything_is_imported_ahead_and_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", PAGES], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {"app.workspaces.neuron.page", "app.workspaces.gradients.page", "app.examples.xor"} <= loaded
    assert not {"torch", "numba", "polars", "sklearn"} & loaded


@pytest.mark.process
def test_what_only_one_page_needs_is_brought_in_before_it_is_shown() -> None:
    done = subprocess.run([sys.executable, "-c", WANTED], capture_output=True, text=True, check=True)
    before, after, elsewhere = done.stdout.split()
    assert (before, after) == ("playground:False", "recommender:True")
    assert elsewhere == "neuron", "whoever has gone elsewhere meanwhile stays there"
