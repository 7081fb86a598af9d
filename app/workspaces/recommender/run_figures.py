"""What a run is worth beside simpler models on the same rows, and the difference in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import fixed, grouped, signed
from app.workspaces.recommender.words import Measure
from engine.recommenders.judging.standing import Rival
from engine.recommenders.running.run_state import Figures, RunState
from engine.recommenders.tasks.base import NETWORK, TRUTH


def figures_of(run: RunState) -> tuple[Figures, Mapping[str, Figures]]:
    """The run's own figures and those of the simpler models: of the verdict once there is one, else the latest. Its
    companions, which are parts of the very network, are not among them, nor is a generated world's own truth."""
    if NETWORK not in run.judged:
        return run.figures, {name: figures for name, figures in run.compared.items() if name != TRUTH}
    beside = (NETWORK, TRUTH, *run.companions)
    return run.judged[NETWORK], {name: figures for name, figures in run.judged.items() if name not in beside}


def standing_colour(rival: Rival | None, leaks: bool) -> str:
    """The theme's colour for how a run stands to the best simple model: one that reads the answer is no better."""
    standing = None if rival is None else rival.standing
    if standing == "better":
        return "warning" if leaks else "good"
    return "danger" if standing == "worse" else "text_muted"


def difference_words(value: float, other: float, error: float | None, measure: Measure) -> str:
    """A ``value`` less the ``other``, ± the standard error of that; empty where the error is not known."""
    if error is None:
        return ""
    apart = value - other
    if not measure.share:
        words = QCoreApplication.translate("RunSentence", "difference {difference} ± {error} (one standard error)")
        return words.format(difference=signed(apart, 4), error=fixed(error, 4))
    words = QCoreApplication.translate("RunSentence", "difference {difference} ± {error} points (one standard error)")
    return words.format(difference=signed(100.0 * apart, 1), error=grouped(100.0 * error, 1))


def about_pairs() -> str:
    """What ± is where a difference is measured in pairs."""
    return QCoreApplication.translate(
        "RunSentence",
        "± one standard error of the difference, row by row: what is hard for both cancels. Level is within two.",
    )


def about_errors(rival: Rival | None) -> str:
    """What ± is there; empty where there is none."""
    if rival is None or rival.error is None:
        return ""
    if rival.paired:
        return about_pairs()
    return QCoreApplication.translate(
        "RunSentence",
        "± one standard error of the difference, as if the two were measured on different rows: pairs were not"
        " compared. Level is within two.",
    )
