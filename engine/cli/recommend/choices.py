"""From arguments to the choice of data, the recommender's spec, the training's settings, and the plan of a run."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from typing import Any

from engine.cli.flags import checked, given, laid_over
from engine.cli.outcome import UsageError
from engine.formats import read_network
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData, check_name
from engine.recommenders.data.remote.catalogue import check_downloaded
from engine.recommenders.data.sources import Origin, data_source, is_known
from engine.recommenders.data.sources.own_file import NO_PATH
from engine.recommenders.running.plan import LONGEST_NAME, RunPlan
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.base import Preset, TaskKind
from engine.recommenders.tasks.known import task_kind


def data_of(arguments: Namespace, kind: TaskKind[Any]) -> RecommenderData:
    """The choice of data. Raises UsageError for arguments that do not go together."""
    return data_named(arguments.data or kind.default_source, arguments)


def data_named(name: str, arguments: Namespace) -> RecommenderData:
    """The choice of a source by its key, or of what lies at a path. Raises UsageError as :func:`data_of` does, and
    EngineError as :func:`place_named` does."""
    chosen = given(arguments, RecommenderData)
    columns = chosen.get("mapping", {})
    if columns and not {"user", "item"} <= columns.keys():
        raise UsageError("--user and --item are needed together: a table of watches says who watched what")
    if "label" not in chosen.get("table", {}):
        chosen.pop("table", None)
    place = {"source": name} if is_offered(name) else {"source": "file", "path": place_named(name)}
    return checked(RecommenderData, place | chosen)


def is_offered(name: str) -> bool:
    """Return whether a name is that of a source which comes with the program or is generated, and no path."""
    return is_known(name) and data_source(name).origin is not Origin.OWN


def place_named(name: str) -> Path:
    """The path of data of a person's own. Raises EngineError for the name of a data set where no such path is there,
    and for a path that no plan can write down."""
    path = Path(name)
    if not os.path.lexists(path):
        check_downloaded(name)
        if is_known(name):
            raise EngineError(NO_PATH())
    check_name(path)
    return path


def start_of(arguments: Namespace, kind: TaskKind[Any], source: str) -> Preset[Any]:
    """The spec and the training: those of the preset for kind and data, with what is given laid over them.

    Raises UsageError for a value out of range.
    """
    start = kind.preset(source)
    spec = checked(kind.spec_type, laid_over(start.spec, given(arguments, kind.spec_type)))
    return Preset(spec, training_of(arguments, start.training))


def training_of(arguments: Namespace, before: Training) -> Training:
    """The settings given, over those of ``before``. Raises UsageError."""
    return checked(Training, laid_over(before, given(arguments, Training)))


def plan_of(arguments: Namespace) -> RunPlan:
    """The run that flags ask for. Raises UsageError, and EngineError for data of an unknown source, or a network file
    that cannot be read."""
    kind = task_kind(arguments.model)
    data = data_of(arguments, kind)
    if arguments.run is not None and data.path is not None:  # so that the run goes on wherever that is asked for
        table = data.item_table and data.item_table.model_copy(update={"path": data.item_table.path.absolute()})
        data = data.model_copy(update={"path": data.path.absolute(), "item_table": table})
    start = start_of(arguments, kind, data.source)
    name = arguments.name or f"{kind.label}, {data.path.name if data.path else data_source(data.source).label}"
    graph = None if arguments.graph is None else read_network(arguments.graph).graph
    return RunPlan(
        name=name[:LONGEST_NAME], model=kind.key, data=data, spec=start.spec.model_dump(mode="json"),
        training=start.training, graph=graph, **run_choices(arguments),
    )  # fmt: skip


def run_choices(arguments: Namespace) -> dict[str, Any]:
    """What is given of how the run is to go: device, time limit, checkpoints, companions."""
    chosen = {name: getattr(arguments, name) for name in ("device", "time_limit", "every", "companions")}
    return {name: value for name, value in chosen.items() if value is not None}
