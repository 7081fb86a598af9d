"""The recommenders: Wide & Deep and YoutubeDNN, trained on real data and open to be asked why.

    home ──starts, opens──► open_run ──► opened: its sections ──ask──► answers ──► a child with the network
                               │
                               └──► launching: the process that trains, and goes on without the window

- :mod:`page` with its bar shows :mod:`home`, or the open run (:mod:`opened`) as sections (:mod:`section`).
- :mod:`open_run` follows the folder of a run. :mod:`answers` is the one place that reads an answer: whoever asks names
  the engine's record of it (``engine/recommenders/tasks/*/answers.py``, which loads no torch).
- :mod:`train`: curves beside simpler models, costs, gradients. :mod:`data`: what it learns from, and one's own files.
- :mod:`model`: the network of the next run as a draft, in the builder. :mod:`explain`: a row of Wide & Deep as a sum.
- :mod:`follow`: a user's history, list and why; :mod:`map`: the map of items. :mod:`rank`: expected watch time.
- :mod:`words`: what models, data and figures are called, and what one is better by.
  :mod:`other_runs` looks for other runs, :mod:`data_notice` for files that have changed, :mod:`fields` are typed in.
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
        QT_TRANSLATE_NOOP("Actions", "Train a recommender and ask it why"),
        ("Ctrl+6",),
        "recommender",
    ),
    build=_build,
    reads=_reads,
    files=(CHECKPOINTS,),
)
