"""What a run is worth and what simpler models are, on the very same rows."""

from __future__ import annotations

from collections.abc import Mapping

from engine.recommenders.running.run_state import Figures, RunState
from engine.recommenders.tasks.base import NETWORK, TRUTH


def figures_of(run: RunState) -> tuple[Figures, Mapping[str, Figures]]:
    """The run's own figures and those of the simpler models: of the verdict once there is one, else the latest. Its
    companions, which are parts of the very network, are not among them, nor is a generated world's own truth."""
    if NETWORK not in run.judged:
        return run.figures, {name: figures for name, figures in run.compared.items() if name != TRUTH}
    beside = (NETWORK, TRUTH, *run.companions)
    return run.judged[NETWORK], {name: figures for name, figures in run.judged.items() if name not in beside}
