"""Experiments as files, and what cannot be one: a sentence each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.gradients.experiment import ACTIVATION_KEYS, DATA, FORM, Configuration, Experiment, parse_configuration
from engine.gradients.figures import shared_dataset
from engine.initializers import INITIALIZERS
from engine.problems import EngineError


def written(path: Path, **changes: Any) -> Path:
    FORM.write(path, "mine", Experiment())
    document = json.loads(path.read_text())
    document["content"] |= changes
    path.write_text(json.dumps(document))
    return path


def test_an_experiment_comes_back_as_it_was(tmp_path: Path) -> None:
    one = Configuration(depth=50, width=64, activation="gelu", skip=True, clip_norm=0.5, optimizer="adam")
    experiment = Experiment(configurations=(one, Configuration(), one), data="moons", noise=0.0, seed=3)
    FORM.write(tmp_path / "a.loom", "mine", experiment)
    assert FORM.recognises(tmp_path / "a.loom")
    assert FORM.read(tmp_path / "a.loom") == ("mine", experiment)


@pytest.mark.parametrize(
    "content",
    [
        {"configurations": []},
        {"configurations": [{}] * 5},
        {"configurations": [{"depth": 51}]},
        {"configurations": [{"depth": 10**9}]},
        {"configurations": [{"width": 0}]},
        {"configurations": [{"activation": "softmax"}]},
        {"configurations": [{"activation": "__import__('os')"}]},
        {"configurations": [{"initializer": "none of these"}]},
        {"configurations": [{"scale": -1.0}]},
        {"configurations": [{"rate": 0.0}]},
        {"configurations": [{"clip_norm": "one"}]},
        {"configurations": [{"colour": "blue"}]},
        {"configurations": "none"},
        {"samples": 10**9},
        {"steps": -1},
        {"seed": 1.5},
        {"data": "iris"},
        {"more": 1},
    ],
    ids=str,
)
def test_what_cannot_be_is_one_sentence(tmp_path: Path, content: dict[str, Any]) -> None:
    with pytest.raises(EngineError) as raised:
        FORM.read(written(tmp_path / "a.loom", **content))
    sentence = raised.value.problem.sentence
    assert sentence.endswith((".", "orthogonal")) and "\n" not in sentence and len(sentence) < 400


def test_configurations_from_plain_data() -> None:
    assert parse_configuration({"depth": "12"}).depth == 12
    with pytest.raises(EngineError, match="50 or less"):
        parse_configuration({"depth": 51})


@pytest.mark.parametrize("name", DATA)
def test_every_set_is_one_of_two_classes_in_the_plane(name: str) -> None:
    dataset = shared_dataset(Experiment.model_validate({"data": name, "samples": 30}))
    assert len(dataset.classes) == 2 and dataset.x.shape == (60, 2) and len(dataset.train) == 30


def test_all_that_is_offered_can_be_chosen() -> None:
    for key in ACTIVATION_KEYS:
        assert Configuration(activation=key).activation == key
    for key in INITIALIZERS:
        assert Configuration(initializer=key).initializer == key
