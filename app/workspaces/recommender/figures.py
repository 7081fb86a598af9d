"""What a run is worth and what simpler models are, on the very same rows."""

from __future__ import annotations

from collections.abc import Mapping

from engine.recommenders.running.run_state import Figures, RunState
from engine.recommenders.tasks.base import NETWORK


def figures_of(run: RunState) -> tuple[Figures, Mapping[str, Figures]]:
    """The run's own figures and those of the simpler models: of the verdict once there is one, else the latest. Its
    companions, which are parts of the very network, are not among them."""
    if NETWORK not in run.judged:
        return run.figures, run.compared
    simple = {name: figures for name, figures in run.judged.items() if name != NETWORK and name not in run.companions}
    return run.judged[NETWORK], simple
