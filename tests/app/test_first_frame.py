"""What is loaded before the first frame, and in which order: a start is mostly imports."""

from __future__ import annotations

import subprocess
import sys

import pytest

START = """
import sys
import app.ahead
from PySide6.QtWidgets import QApplication
qapp = QApplication([])
from app.shell.application import Application
from app.shell.settings import Settings
from app.workspaces import workspaces
window = Application(qapp, Settings(), workspaces()).window
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
MOST = 235
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


@pytest.mark.process
def test_nothing_of_the_engine_is_imported_after_qt(loaded: list[str]) -> None:
    after = loaded[loaded.index("PySide6") :]
    assert [name for name in after if name.partition(".")[0] in {"engine", "html", "numpy", "pydantic"}] == []
