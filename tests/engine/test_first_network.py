"""The network of the first start solves the two spirals, whichever backend trains and whatever the seed."""

from __future__ import annotations

import pytest

import assets
from engine.data import load
from engine.formats.loom import read_network_file
from engine.network.choice import BackendName
from engine.training.session import Setup, TrainingSession

EPOCHS = 400
"""A second or two even on the reference backend."""


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_the_first_network_solves_two_spirals(backend: BackendName, seed: int) -> None:
    file = read_network_file(assets.path("networks/two-spirals.loom"))
    hyper = file.hyper.model_copy(update={"seed": seed})
    session = TrainingSession(Setup(file.graph, load(file.data), hyper, backend=backend))
    reached = 0.0
    while reached < 0.95 and session.epoch < EPOCHS:
        session.run_epochs(10)
        reached = session.snapshot(maps=False).accuracy
    assert reached >= 0.95
