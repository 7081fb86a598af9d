"""The curves of an experiment, in its file and back."""

from __future__ import annotations

import base64
import dataclasses

import numpy as np
import pytest

from engine.gradients import run_record
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import shared_dataset
from engine.gradients.run_record import record_of, runs_of
from engine.gradients.training import GradientRun, train

RELU = Configuration(depth=5, width=4, activation="relu", initializer="he_normal", scale=1.0)
BREAKS = Configuration(depth=10, width=16, activation="identity", scale=1.0)
EXPERIMENT = Experiment(configurations=(RELU, Configuration(depth=3, width=4), BREAKS), samples=20, steps=6)


@pytest.fixture(scope="module")
def runs() -> list[GradientRun | None]:
    data = shared_dataset(EXPERIMENT)
    made = [train(c, data, EXPERIMENT.seed, EXPERIMENT.steps, compiled=False) for c in EXPERIMENT.configurations]
    return [made[0], None, made[2]]


def test_runs_come_back_to_the_last_bit(runs: list[GradientRun | None]) -> None:
    back = runs_of(record_of(runs), EXPERIMENT)
    assert back[1] is None
    for before, after in ((runs[0], back[0]), (runs[2], back[2])):
        assert before is not None and after is not None
        for field in dataclasses.fields(GradientRun):
            if field.name == "dead":
                assert [tuple(map(tuple, step)) for step in before.dead] == list(after.dead)
            else:
                np.testing.assert_array_equal(getattr(after, field.name), getattr(before, field.name))
        assert before.course(before.steps).is_learnt == after.course(after.steps).is_learnt
    assert runs[2] is not None and runs[2].failure is not None and any(map(any, runs[0].dead))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": 7},
        {"steps": 5},
        {"configurations": (RELU.model_copy(update={"depth": 4}), *EXPERIMENT.configurations[1:])},
        {"configurations": (*EXPERIMENT.configurations, RELU)},
    ],
)
def test_runs_of_another_experiment_are_refused(runs: list[GradientRun | None], changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no record"):
        runs_of(record_of(runs), EXPERIMENT.model_copy(update=changes))


def test_a_record_with_any_byte_changed_is_refused_or_read(runs: list[GradientRun | None]) -> None:
    data = bytearray(base64.b64decode(record_of(runs)))
    refused = 0
    for at in range(0, len(data), 5):
        data[at] ^= 0xFF
        try:
            runs_of(base64.b64encode(data).decode(), EXPERIMENT)
        except ValueError:
            refused += 1
        data[at] ^= 0xFF
    assert refused > len(data) / 5 / 2


@pytest.mark.parametrize("record", ["?", "AAAA", "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="])
def test_a_damaged_record_is_refused(record: str) -> None:
    with pytest.raises(ValueError, match="no record"):
        runs_of(record, EXPERIMENT)


def test_what_would_unpack_to_too_much_is_refused(
    runs: list[GradientRun | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    record = record_of(runs)
    monkeypatch.setattr(run_record, "MOST_UNPACKED", 100)
    with pytest.raises(ValueError, match="no record"):
        runs_of(record, EXPERIMENT)


def test_no_runs_and_runs_too_long_leave_no_record(
    runs: list[GradientRun | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert record_of([None, None]) == ""
    monkeypatch.setattr(run_record, "LONGEST_RECORD", 10)
    assert record_of(runs) == ""
