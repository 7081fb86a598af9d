"""From a choice of data to a task, and from a checkpoint back to one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.graph.columns import Bags
from engine.problems import EngineError, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.logs.loaders import as_watches, load_log
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.logs.mapped_table import ColumnMapping
from engine.recommenders.data.logs.movielens import movielens_small
from engine.recommenders.data.tables.encoding import Fields
from engine.recommenders.data.tables.labelled import LIKED, Labelled, app_store_examples, census, rated, read_examples
from engine.recommenders.data.worlds.files import site_of, store_of
from engine.recommenders.data.worlds.video_site.site import VideoSite
from engine.recommenders.running.checkpoints import Checkpoint
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.base import Task
from engine.recommenders.tasks.candidates.graph import CandidateSpec
from engine.recommenders.tasks.candidates.model import CandidateModel
from engine.recommenders.tasks.candidates.task import CandidateTask
from engine.recommenders.tasks.presets import Spec
from engine.recommenders.tasks.ranking.model import RankingModel
from engine.recommenders.tasks.ranking.task import RankingTask
from engine.recommenders.tasks.wide_deep.graph import WideDeepSpec
from engine.recommenders.tasks.wide_deep.model import Goal, WideDeepModel
from engine.recommenders.tasks.wide_deep.task import WideDeepTask

NO_PATH = declare("recommender.no-path", "Data of your own need the path of a file, a folder or a zip; name one.")
NO_LABEL = declare(
    "recommender.no-label", "“{path}” needs to be told which column is to be predicted; name its label column."
)
NOT_FOR_THIS = declare("recommender.not-for-this", "“{source}” holds nothing for {task}; choose {choices}.")
NO_TASK = declare(
    "recommender.no-task", "“{path}” was not written by a training run of this program ({reason}); choose another."
)


def opened(
    data: RecommenderData, spec: Spec, training: Training, device: str = "cpu", split: int = 0,
    progress: Callable[[float], None] | None = None,
) -> Task:  # fmt: skip
    """A new task. ``progress`` is told the share of the data that is read, in the calling thread.

    Raises EngineError where the data cannot be read, or are not what the model learns from.
    """
    if isinstance(spec, WideDeepSpec):
        return WideDeepTask(data, labelled(data, progress), spec, training, device, split)
    if isinstance(spec, CandidateSpec):
        log, searches = watches(data, progress)
        return CandidateTask(data, log, spec, training, device, searches)
    return RankingTask(data, site(data), spec, training, device)


def reopened(
    checkpoint: Checkpoint, training: Training | None = None, device: str = "cpu", data: RecommenderData | None = None
) -> Task:
    """The task that wrote a checkpoint, its network as it began; ``data``: other data than it was trained on.

    Raises EngineError for a checkpoint without a task, and as :func:`opened` does.
    """
    kept: Any = checkpoint.model
    try:
        task, content = kept["task"], kept["model"]
        data = data or RecommenderData.model_validate(kept["data"])
    except (KeyError, TypeError, ValidationError) as error:
        raise EngineError(NO_TASK(path=checkpoint.path.name, reason=type(error).__name__)) from None
    how = training or checkpoint.training
    if task == "wide-deep":
        model = WideDeepModel.from_json(content)
        return WideDeepTask(data, labelled(data), model.spec, how, device, int(kept.get("split", 0)), model)
    if task == "candidates":
        candidates = CandidateModel.from_json(content)
        log, searches = watches(data)
        return CandidateTask(data, log, candidates.columns.spec, how, device, searches, candidates)
    if task == "ranking":
        ranking = RankingModel.from_json(content)
        return RankingTask(data, site(data), ranking.spec, how, device, ranking)
    raise EngineError(NO_TASK(path=checkpoint.path.name, reason=f"“{task}” is unknown"))


def labelled(data: RecommenderData, progress: Callable[[float], None] | None = None) -> Labelled:
    """The examples of a choice. Raises EngineError."""
    if data.source == "adult":
        return census()
    if data.source == "app-store":
        return app_store_examples(store_of(data))
    if data.source == "video-site":
        raise EngineError(NOT_FOR_THIS(source=data.source, task="Wide & Deep", choices="app-store"))
    table = data.table
    if data.source == "file" and table is not None:
        goal = Goal(table.label, table.equals, table.at_least)
        return read_examples(_path(data), goal, Fields(table.categories, table.numbers, table.bags))
    if data.source == "file" and data.mapping is None and _path(data).suffix.lower() in (".csv", ".parquet", ".pq"):
        raise EngineError(NO_LABEL(path=data.path))
    log, _ = watches(data.model_copy(update={"least_rating": None}), progress)
    return rated(log, LIKED if data.least_rating is None else data.least_rating)


def watches(data: RecommenderData, progress: Callable[[float], None] | None = None) -> tuple[Log, Bags | None]:
    """The log of a choice and, where there are any, a bag of searches for each watch. Raises EngineError."""
    if data.source == "video-site":
        world = site(data)
        seen = world.watches()
        return world.as_log(seen), seen.searches
    if data.source == "movielens-small":
        log = movielens_small()
    elif data.source == "file":
        mapping = None if data.mapping is None else ColumnMapping(**data.mapping.model_dump())
        log = load_log(_path(data), mapping, progress=progress).log
    else:
        choices = "movielens-small, video-site or a file of watches"
        raise EngineError(NOT_FOR_THIS(source=data.source, task="candidate generation", choices=choices))
    return as_watches(log, data.least_rating), None


def site(data: RecommenderData) -> VideoSite:
    """The generated video site of a choice. Raises EngineError for any other."""
    if data.source != "video-site":
        raise EngineError(NOT_FOR_THIS(source=data.source, task="ranking", choices="video-site"))
    return site_of(data)


def _path(data: RecommenderData) -> Path:
    if data.path is None:
        raise EngineError(NO_PATH())
    return data.path
