"""What the pages need is imported while nobody waits: piece by piece, leaves first."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.shell.importing import ImportsAhead, imported_by, leaves_first
from app.workspaces import workspaces

FILES = {
    "__init__.py": "",
    "page.py": (
        "from typing import TYPE_CHECKING\nfrom leafy import branch, tool\nfrom leafy.room.shelf import Shelf\n"
        "if TYPE_CHECKING:\n    from leafy.heavy import Heavy\n"
        "def later():\n    import leafy.later\n"
    ),
    "branch.py": "import leafy.leaf\n",
    "leaf.py": "import math\n",
    "tool.py": "from leafy.leaf import math\n",
    "heavy.py": "",
    "later.py": "",
    "room/__init__.py": "from leafy.room.shelf import Shelf\n",
    "room/shelf.py": "from leafy.nail import Nail\nclass Shelf: ...\n",
    "nail.py": "class Nail: ...\n",
}
PAGES = """
import app.ahead
from PySide6.QtWidgets import QApplication
qapp = QApplication([])
import os, sys
from importlib import import_module
from app.shell.importing import leaves_first
from app.workspaces import workspaces
steps = []
for name in leaves_first(name for one in workspaces() for name in one.ahead):
    if name is not None:
        before = set(sys.modules)
        import_module(name)
        new = [one for one in set(sys.modules) - before if one.startswith(("app.", "engine."))]
        steps.append((name, *(one for one in new if not (one + ".").startswith(name + "."))))
print(*(",".join(step) for step in steps))
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
del sys.modules["app.workspaces.recommender.page"]
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


def _imported(*wanted: str) -> list[str]:
    names = []
    for name in leaves_first(wanted, ("leafy.",)):
        if name is not None:
            __import__(name)
            names.append(name)
    return names


@pytest.mark.usefixtures("leafy")
def test_each_module_comes_after_what_it_imports() -> None:
    expected = ["leafy.leaf", "leafy.branch", "leafy.tool", "leafy.nail", "leafy.room", "leafy.page"]
    assert _imported("leafy.page") == expected
    assert "leafy.later" not in sys.modules and "leafy.heavy" not in sys.modules
    assert _imported("leafy.page") == []


@pytest.mark.usefixtures("leafy")
def test_a_star_is_every_module_of_a_package() -> None:
    assert _imported("leafy.room.*", "leafy.branch") == ["leafy.nail", "leafy.room", "leafy.leaf", "leafy.branch"]
    assert sorted(_imported("leafy.*")) == ["leafy.heavy", "leafy.later", "leafy.page", "leafy.tool"]


def test_what_functions_and_type_checkers_import_is_left_out() -> None:
    code = compile(FILES["page.py"] + "import leafy.last\n", "page.py", "exec")
    assert [name for name in imported_by(code) if name.startswith("leafy")] == [
        *("leafy", "leafy.branch", "leafy.tool", "leafy.room.shelf", "leafy.room.shelf.Shelf", "leafy.last")
    ]


@pytest.mark.usefixtures("leafy")
def test_a_clock_imports_them_and_rests_while_a_button_is_down(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    held = [Qt.MouseButton.LeftButton]
    monkeypatch.setattr(QGuiApplication, "mouseButtons", staticmethod(lambda: held[-1]))
    monkeypatch.setattr("gc.freeze", lambda: None)
    parent = QWidget()
    qtbot.addWidget(parent)
    ahead = ImportsAhead(["leafy.page", "colorsys"], parent, ("leafy.",))
    for _ in range(3):
        ahead._import_next()
    assert "leafy.leaf" not in sys.modules
    with qtbot.waitSignal(ahead.finished):
        held.append(Qt.MouseButton.NoButton)
    assert {"leafy.page", "colorsys"} <= set(sys.modules)


def test_a_page_that_is_shown_says_what_it_needs() -> None:
    named = {one.key: one.ahead for one in workspaces()}
    for key in ("neuron", "activations", "scalar_graph", "gradients", "gallery"):
        assert f"app.workspaces.{key}.page" in named[key]


@pytest.mark.process
def test_a_step_imports_one_module_or_one_package_and_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", PAGES], capture_output=True, text=True, check=True)
    steps, loaded = (line.split() for line in done.stdout.splitlines())
    assert [step for step in steps if "," in step] == []
    assert {"app.workspaces.neuron.page", "app.workspaces.gradients.page", "app.examples.xor"} <= set(loaded)
    assert not {"torch", "numba", "polars", "sklearn"} & set(loaded)


@pytest.mark.process
def test_what_only_one_page_needs_is_brought_in_before_it_is_shown() -> None:
    done = subprocess.run([sys.executable, "-c", WANTED], capture_output=True, text=True, check=True)
    before, after, elsewhere = done.stdout.split()
    assert (before, after) == ("playground:False", "recommender:True")
    assert elsewhere == "neuron", "whoever has gone elsewhere meanwhile stays there"
