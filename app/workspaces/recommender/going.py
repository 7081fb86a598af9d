"""The one strong button of an open run: what it does now, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.words import doing_words


def pauses(run: OpenRun | None) -> bool:
    """Whether the button is that of a run at work, which can be paused."""
    return run is not None and run.doing in ("running", "stopping", "starting")


def go_words(run: OpenRun | None) -> str:
    """What stands on it."""
    doing = None if run is None else run.doing
    if doing in ("starting", "stopping"):
        return f"{doing_words(doing).capitalize()} …"
    if doing == "running":
        return QCoreApplication.translate("RecommenderPage", "Pause")
    if doing == "planned":
        return QCoreApplication.translate("RecommenderPage", "Start")
    if run is not None and run.broke_before:
        return QCoreApplication.translate("RecommenderPage", "Try again")
    return QCoreApplication.translate("RecommenderPage", "Resume")


def about_go(run: OpenRun | None) -> str:
    """Its tooltip."""
    if pauses(run):
        return QCoreApplication.translate(
            "RecommenderPage", "Stop after the present batch and keep a checkpoint, from which it can go on"
        )
    if run is not None and run.broke_before:
        return QCoreApplication.translate(
            "RecommenderPage", "Begin anew, once what the sentence says has been mended; as it is, it would fail again"
        )
    return QCoreApplication.translate("RecommenderPage", "Go on from the checkpoint, to the very bit on the CPU")
