"""From arguments to what a command works on: a network file or a plain chain, its data and its settings."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.cli.outcome import UsageError
from engine.data import DataChoice, Dataset, available_features, catalogue, load
from engine.formats import NetworkFile, read_link, read_network
from engine.graph.adapt import adapt, output_replaced
from engine.graph.build import feed_forward
from engine.graph.kinds.output import OutputParams
from engine.graph.model import NetworkGraph
from engine.graph.weights import check_weights
from engine.hyperparameters import Hyperparameters, parse_hyperparameters
from engine.network.choice import BackendName
from engine.problems import EngineError, Problem
from engine.training.session import Setup, TrainingSession
from engine.training.tables import target_of
from engine.validation import DOCUMENT, sentence_of

DEFAULT_HIDDEN = (8, 8)
BUILD_OPTIONS = ("hidden", "activation", "initializer", "scale", "loss", "features")
DATA_OPTIONS = (
    *("target", "task", "missing", "outliers", "dates", "decimal", "standardise"),
    *("noise", "samples", "train_share"),
)
DATA_FLAGS = {"seed": "--data-seed", "features": "--columns"}
HYPER_FLAGS = {"learning_rate": "--lr", "clip_norm": "--clip"}
"""Flags that are called otherwise than their fields."""


@dataclass(frozen=True, slots=True)
class Project:
    """A network that fits its data, where both came from, and what is to be said about that."""

    file: NetworkFile
    dataset: Dataset
    notices: tuple[Problem, ...] = ()

    def session(self, backend: BackendName, device: str = "auto", *, resumed: bool = True) -> TrainingSession:
        """A training session of it, which goes on from the file's weights and, where ``resumed``, from where the run
        that made them had come; else it knows nothing of that run's last step. Raises EngineError."""
        setup = Setup(self.file.graph, self.dataset, self.file.hyper, backend, device)
        return TrainingSession(setup, self.file.weights, progress=self.file.progress if resumed else None)


def open_project(arguments: Namespace, progress: Callable[[float], None] | None = None) -> Project:
    """What the arguments name. ``progress`` hears the share of the data that is read.

    Raises EngineError for what cannot be read, UsageError for options that contradict each other.
    """
    building = [option for option in BUILD_OPTIONS if getattr(arguments, option) is not None]
    if arguments.network is not None and building:
        raise UsageError(f"--{building[0]} builds a network, but {arguments.network} already is one")
    stored, notices = (None, ()) if arguments.network is None else network_from(arguments.network)
    data = _data_choice(arguments, DataChoice() if stored is None else stored.data)
    hyper = _hyperparameters(arguments, Hyperparameters() if stored is None else stored.hyper)
    dataset = load(data, progress=progress)
    if stored is None:
        return Project(NetworkFile(_built(arguments, dataset), hyper, data), dataset)
    graph = stored.graph if arguments.data is None else _adapted(stored.graph, dataset)
    if (replaced := output_replaced(stored.graph, graph)) is not None:
        notices = (*notices, replaced)
    if arguments.data is None:
        check_weights(graph, target_of(dataset), stored.weights)
    same = data == stored.data
    kept = stored.progress if same else None  # on other data it is another run
    first = stored.first if same and hyper.seed == stored.hyper.seed else {}  # and another start
    file = replace(stored, graph=graph, hyper=hyper, data=data, progress=kept, first=first)
    return Project(file, dataset, notices)


def network_from(source: Path | str) -> tuple[NetworkFile, tuple[Problem, ...]]:
    """The network of a file or of a link, and what is to be said about it. Raises EngineError."""
    if isinstance(source, Path):
        file = read_network(source)
        return file, file.notices
    linked = read_link(source)
    return linked.content, linked.notices


def notices_document(notices: Iterable[Problem]) -> list[dict[str, str]]:
    """What is to be said, as ``--json`` prints it."""
    return [{"code": notice.code, "sentence": notice.sentence} for notice in notices]


def _data_choice(arguments: Namespace, base: DataChoice) -> DataChoice:
    """The base's choice, or that of ``--data``, with the single options over it."""
    choice: dict[str, Any] = base.model_dump()
    if arguments.data is not None:
        choice = DataChoice().model_dump() | _source(arguments.data)
    choice |= _given(arguments, DATA_OPTIONS)
    choice |= {"seed": arguments.data_seed} if arguments.data_seed is not None else {}
    choice |= {"features": arguments.columns} if arguments.columns is not None else {}
    try:
        return DataChoice.model_validate(choice)
    except ValidationError as error:
        raise EngineError(_by_flag(sentence_of(error), DATA_FLAGS)) from error


def _by_flag(problem: Problem, flags: Mapping[str, str]) -> Problem:
    """What is wrong with a field, told of the flag that gave it: of ``flags``, or the one of its own name."""
    field = str(problem.parameters["field"])
    if field == DOCUMENT:
        return problem
    flag = flags.get(field) or "--" + field.replace("_", "-").replace(".", "-")
    return replace(problem, parameters={**problem.parameters, "field": flag})


def _source(name: str) -> dict[str, str]:
    """A named set where there is one of this name; else a file, if it looks like one or is there."""
    known = {entry.key for entry in catalogue()}
    if name in known or not (Path(name).suffix or os.path.exists(name) or Path(name).name != name):
        return {"source": "named", "name": name}
    return {"source": "file", "path": str(Path(name).absolute())}


def _hyperparameters(arguments: Namespace, base: Hyperparameters) -> Hyperparameters:
    changes = _given(arguments, Hyperparameters.model_fields)
    schedule = {"kind": "schedule_kind", "epochs": "schedule_epochs", "factor": "schedule_factor"}
    changed = {field: value for field, option in schedule.items() if (value := getattr(arguments, option)) is not None}
    changes["schedule"] = base.schedule.model_dump() | changed
    try:
        return parse_hyperparameters(base.model_dump() | changes)
    except EngineError as error:
        raise EngineError(_by_flag(error.problem, HYPER_FLAGS)) from error


def _given(arguments: Namespace, names: Any) -> dict[str, Any]:
    """The options among ``names`` that were given."""
    return {name: value for name in names if (value := getattr(arguments, name, None)) is not None}


def _built(arguments: Namespace, dataset: Dataset) -> NetworkGraph:
    """A plain chain. A loss that was asked for is never swapped for another: that it does not suit is said."""
    target = target_of(dataset)
    ending = {"activation": "tanh" if target.classes else "identity", **_given(arguments, ("loss",))}
    if arguments.loss is None and target.classes > 2:
        ending["loss"] = "softmax_cross_entropy"
    layers: Mapping[str, Any] = _given(arguments, ("activation", "initializer", "scale"))
    hidden = DEFAULT_HIDDEN if arguments.hidden is None else arguments.hidden
    try:
        output = OutputParams.model_validate(ending)
        return feed_forward(
            hidden, features=arguments.features or dataset.columns, output=output, outputs=target.classes, **layers
        )
    except ValidationError as error:
        raise EngineError(sentence_of(error)) from error


def _adapted(graph: NetworkGraph, dataset: Dataset) -> NetworkGraph:
    """The graph with its output suited to the task, and inputs that read what there is."""
    tokens = [feature.token for feature in available_features(dataset)]
    return adapt(graph, tokens, dataset.columns, target_of(dataset))
