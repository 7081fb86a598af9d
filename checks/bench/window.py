"""The window: from start to the first painted network against a bare window, and the GUI's ticks while training.

Start is timed in fresh processes, which take turns; each prints the seconds from its first statement to the end of
the first paint. Both run the interpreter alike, and both find their sources compiled: the libraries' by pip, ours by
the start before. Ticks are those of a 16 ms timer with the whole window in view.
"""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from checks.bench.measure import Row, at_most

STARTS = 7
START_BAR = 1.6
TICK_MS = 16
TICKS = 600
TICK_BAR_MS = 25.0
ROOT = Path(__file__).parents[2]

_BARE = """
from time import perf_counter
start = perf_counter()
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
import pyqtgraph
window = QMainWindow()
window.setCentralWidget(pyqtgraph.PlotWidget())
window.resize(1440, 900)
window.show()
app.processEvents()
window.grab()
print(perf_counter() - start)
"""

_OURS = """
from time import perf_counter
start = perf_counter()
import gc, os
gc.disable()
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
from PySide6.QtWidgets import QApplication
from app.__main__ import read_no_sources
read_no_sources()
app = QApplication([])
app.setStyle("Fusion")
from app.shell.application import Application
from app.shell.settings import Settings
from app.workspaces import workspaces
application = Application(app, Settings(), workspaces)
window = application.window
window.resize(1440, 900)
window.show()
window.grab()
print(perf_counter() - start)
import sys
assert "torch" not in sys.modules
os._exit(0)
"""


def _start_seconds(script: str) -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return float(done.stdout)


def _start() -> list[Row]:
    _start_seconds(_BARE), _start_seconds(_OURS)
    pairs = [(_start_seconds(_OURS), _start_seconds(_BARE)) for _ in range(STARTS)]
    return [
        at_most("start to the painted network ÷ a bare window", median(a / b for a, b in pairs), "×", START_BAR),
        Row("start to the painted network", 1e3 * median(a for a, _ in pairs), "ms"),
        Row("start to a bare painted window", 1e3 * median(b for _, b in pairs), "ms"),
    ]


def _ticks() -> list[Row]:
    from checks.bench.whole_window import whole_window

    with whole_window() as window:
        return _ticks_of(window.pages.current)


def _ticks_of(page: Any) -> list[Row]:
    """How regularly the GUI thread comes round while the first network trains at full speed."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

    from app.network.speed import FULL
    from engine.network import warm

    trainer, loop = page.trainer, QEventLoop()
    while trainer.snapshot is None or (warm.cache_is_filled() and trainer.snapshot.backend != "numba"):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    seen: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: (seen.append(perf_counter()), len(seen) > TICKS and loop.quit()))
    page.speed.choose(FULL)
    trainer.play()
    timer.start(TICK_MS)
    loop.exec()
    timer.stop()
    speed, backend = trainer.snapshot.speed, trainer.snapshot.backend
    gaps = sorted(1e3 * (b - a) for a, b in pairwise(seen[60:]))
    p99 = quantiles(gaps, n=100)[98]
    return [
        at_most("GUI tick p99 while training the first network", p99, "ms", TICK_BAR_MS),
        Row("GUI tick median", median(gaps), "ms"),
        Row(f"training meanwhile ({backend})", speed, "epochs/s"),
    ]


def run() -> list[Row]:
    """Measure; see the module's docstring."""
    return [*_start(), *_ticks()]
