"""What is loaded before the first frame: a start is mostly imports."""

from __future__ import annotations

import subprocess
import sys

import pytest

START = """
import sys
from PySide6.QtWidgets import QApplication
qapp = QApplication([])
from app.shell.application import Application
from app.shell.settings import Settings
from app.workspaces import workspaces
window = Application(qapp, Settings(), workspaces).window
window.show()
window.grab()
print(*sys.modules)
import os
sys.stdout.flush()
os._exit(0)
"""
LATER = {
    "engine.formats.playground_link.reading",
    "engine.network.numba_backend",
    "engine.network.torch_backend",
    "engine.training.doctor",
    "engine.training.history",
    "engine.training.lines",
    "engine.training.observer",
    "engine.training.remedies",
    "engine.training.session",
    "engine.training.tracing",
    "engine.training.trial",
    "app.builder.canvas.neuron_card",
    "app.builder.inspector",
    "app.builder.outline",
    "app.builder.palette",
    "app.builder.timeline",
    "app.examples",
    "app.kit.charts",
    "app.workspaces.gallery.page",
    "app.workspaces.playground.example",
    "app.workspaces.playground.panels",
    "app.workspaces.playground.plots",
}
"""Packages and modules of ours that the first frame does not show …"""
FOREIGN = {"numba", "polars", "pyqtgraph", "safetensors", "scipy", "sklearn", "torch"}
"""… and other people's."""
MOST = 240
"""So many modules of ours a start may load."""


@pytest.fixture(scope="module")
def loaded() -> list[str]:
    """The names of all modules once the first frame is painted, in the order in which they were imported."""
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.process
def test_what_is_not_in_the_first_frame_is_loaded_after_it(loaded: list[str]) -> None:
    early = [name for name in loaded if any((name + ".").startswith(f"{one}.") for one in LATER | FOREIGN)]
    assert early == []
    assert len([name for name in loaded if name.partition(".")[0] in {"app", "engine"}]) <= MOST


READ = """
import linecache
from PySide6.QtCore import QObject
from app.__main__ import read_no_sources
read_no_sources()
import wave
from shibokensupport.feature import pyside_feature_dict
print("wave" in pyside_feature_dict, wave.__file__ in linecache.cache, linecache.getline(wave.__file__, 1) != "")
"""


@pytest.mark.process
def test_pyside_reads_no_sources_of_what_is_imported_after_it() -> None:
    done = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "True"]


PAGES = """
import sys
from app.workspaces import workspaces
for workspace in workspaces():
    __import__(f"app.workspaces.{workspace.key}.page")
print(*sys.modules)
"""


@pytest.mark.process
def test_a_first_visit_imports_nothing_heavy_and_no_open_run() -> None:
    done = subprocess.run([sys.executable, "-c", PAGES], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "app.workspaces.recommender.page" in loaded
    assert not {"torch", "numba", "sklearn", "app.workspaces.recommender.opened"} & loaded
