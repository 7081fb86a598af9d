"""Network files: read, written and read again, and a session on their data that takes a step."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from checks.fuzz.judging import put
from checks.fuzz.mutators import several
from checks.fuzz.mutators.havoc import havoc
from checks.fuzz.mutators.json_trees import changed_json
from checks.fuzz.target import Target
from engine.data import load
from engine.formats import NetworkFile, read_network, write_network
from engine.graph.validation import validate
from engine.training.session import Setup, TrainingSession
from engine.training.tables import target_of

_MOST_SAMPLES = 2000
_MOST_WEIGHTS = 200_000
"""Beyond which a person asks for a network that takes its time, and gets it."""


def _run(content: bytes, folder: Path) -> None:
    file = read_network(put(folder, "network.loom", content))
    for notice in file.notices:
        assert notice.sentence
    _rewritten(file, folder)
    if file.data.source != "file" and file.data.samples <= _MOST_SAMPLES:
        _trained(file)


def _rewritten(file: NetworkFile, folder: Path) -> None:
    """What was read can be written, and read again as the same."""
    path = folder / "again.loom"
    write_network(path, file)
    again = read_network(path)
    assert (again.graph, again.hyper, again.data, again.title) == (file.graph, file.hyper, file.data, file.title)
    assert again.weights.keys() == file.weights.keys()
    assert all(np.array_equal(again.weights[key], array) for key, array in file.weights.items())
    assert (again.progress is None) == (file.progress is None)


def _trained(file: NetworkFile) -> None:
    """As the window opens it: on its data, from where its run has come."""
    dataset = load(file.data)
    if any(problem.blocking for problem in validate(file.graph, target_of(dataset))):
        return
    if sum(getattr(block.params, "units", 1) for block in file.graph.blocks) ** 2 > _MOST_WEIGHTS:
        return
    session = TrainingSession(Setup(file.graph, dataset, file.hyper, "numpy"), file.weights, progress=file.progress)
    session.run_steps(1)
    session.snapshot(maps=False)


TARGET = Target(_run, several((6, changed_json), (1, havoc)), suffix=".loom")
