"""The recommenders: Wide & Deep and YoutubeDNN, trained on real data and open to be asked why.

- :mod:`page` with its :mod:`bar` shows :mod:`home`, or an open run (:mod:`opened`) as sections. Each has a room:
  :mod:`train`, :mod:`model`, :mod:`follow`, :mod:`explain`, :mod:`rank`, :mod:`data`. :mod:`map` is the map of items.
- :mod:`open_run` follows the folder of a run and its process (:mod:`launching`); :mod:`answers` asks its network.
- :mod:`ranking_runs` and :mod:`latest_run` look for other runs. :mod:`words` says what models, data and figures are
  called, :mod:`differences` what one is better by.
"""

from __future__ import annotations

from pathlib import Path

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.recommender.files import CHECKPOINTS, PLAN
from app.workspaces.workspace import Host, Page, Workspace


def _build(host: Host) -> Page:
    from app.workspaces.recommender.page import RecommenderPage

    return RecommenderPage(host)


def _reads(path: Path) -> bool:
    """Whether it is a checkpoint of a recommender, or a plan in the folder of a run."""
    if path.suffix not in CHECKPOINTS.suffixes and path.name != PLAN:
        return False
    from app.workspaces.recommender.open_run import is_run

    return is_run(path)


WORKSPACE = Workspace(
    key="recommender",
    label=QT_TRANSLATE_NOOP("Workspaces", "Recommend"),
    visit=ActionSpec(
        "recommender",
        "view",
        -1,
        QT_TRANSLATE_NOOP("Actions", "Recommend"),
        QT_TRANSLATE_NOOP("Actions", "Train a recommender, and ask it why"),
        ("Ctrl+6",),
        "recommender",
    ),
    build=_build,
    brings=("polars", "app.workspaces.recommender.page"),
    reads=_reads,
    files=(CHECKPOINTS,),
)
