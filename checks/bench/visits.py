"""For how long a visit to a workspace stops the window: the first one, which builds the page, and later ones.

Offscreen, in the GUI thread's own time at an undisturbed machine's pace (see :mod:`checks.bench.pace`). There is but
one first visit in a window, so each figure is the median of several windows, each in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median
from typing import Any

from checks.bench.measure import Row, at_most
from checks.bench.pace import paced
from checks.bench.stops import BAR_MS, heard, longest_stop, rest
from checks.bench.whole_window import whole_window

PAGES = ("neuron", "activations", "scalar_graph", "gradients", "gallery", "recommender")
HOME = "playground"
"""The window begins with it, and it is come back to."""
WINDOWS = 5
SETTLED_S = 2.0
MOST_RESTS = 600
FIRST_BAR_MS = 250.0
"""A page may be built at once, on its first visit."""


def run() -> list[Row]:
    """Measure; see the module's docstring."""
    found = [_in_a_process_of_its_own() for _ in range(WINDOWS)]
    bars = {name: FIRST_BAR_MS if name.startswith("first") else BAR_MS for name in found[0]}
    return [
        at_most(f"{name}: longest stop", median(stops[name] for stops in found), "ms", bar)
        for name, bar in bars.items()
    ]


def _in_a_process_of_its_own() -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", __name__], stdout=subprocess.PIPE, text=True, check=True)
    stops: dict[str, float] = json.loads(done.stdout)
    return stops


def _stops() -> dict[str, float]:
    """The longest stop of each visit in one window, in milliseconds."""
    with whole_window() as window:
        stops = {f"first visit of {key}": _stop(window, key) for key in PAGES}
        for key in PAGES:
            window.visit(HOME)
            rest(0.5)
            stops[f"later visit of {key}"] = _stop(window, key)
        stops[f"later visit of {HOME}"] = _stop(window, HOME)
    return stops


def _stop(window: Any, key: str) -> float:
    with paced() as pace, heard() as moments:
        window.visit(key)
        for _ in range(MOST_RESTS):
            if key in _complete(window):
                break
            rest(0.1)
        else:
            raise RuntimeError(f"the page {key} is not whole after {MOST_RESTS // 10} s")
        rest(SETTLED_S)
    return longest_stop(moments) / pace.slowness


def _complete(window: Any) -> set[str]:
    """The workspaces whose pages have all their parts."""
    return {window.pages.workspace_of(page).key for page in window.pages} - set(window.pages._later)


if __name__ == "__main__":
    print(json.dumps(_stops()))
