"""The trained recommenders that come with the program are worth what is said of them, on the data that come with it."""

from __future__ import annotations

import json

import pytest
from sklearn.metrics import log_loss, roc_auc_score

import assets
from engine.recommenders.data.sources import Origin, data_source
from engine.recommenders.running.checkpoints import load, read
from engine.recommenders.tasks.opening import reopened
from engine.recommenders.tasks.wide_deep.task import WideDeepTask
from tools.recommender_examples import FIGURES, FOLDER, MEMORY, RECIPES, figures_of

EXAMPLES = assets.path("recommenders") / FOLDER
TOLD = json.loads((EXAMPLES / FIGURES).read_text("utf-8"))


def test_every_example_has_a_recipe_and_its_figures() -> None:
    kept = {path.stem for path in EXAMPLES.glob("*.safetensors")}
    assert kept == set(RECIPES) == set(TOLD)


@pytest.mark.parametrize("key", RECIPES)
def test_an_example_is_worth_what_is_told_of_it(key: str) -> None:
    path = EXAMPLES / f"{key}.safetensors"
    checkpoint = read(path)
    assert not any(name.startswith(MEMORY) for name in checkpoint.shapes)
    assert data_source(reopened(checkpoint).data.source).origin is Origin.SHIPPED
    assert figures_of(path) == pytest.approx(TOLD[key], abs=1e-3)


def test_the_figures_of_the_census_are_scikit_learn_s() -> None:
    checkpoint = read(EXAMPLES / "wide-deep.safetensors")
    task = reopened(checkpoint)
    assert isinstance(task, WideDeepTask)
    load(checkpoint, task.network)
    labels, probabilities = task.probabilities("test")
    figures = {"auc": roc_auc_score(labels, probabilities), "log_loss": log_loss(labels, probabilities)}
    assert figures == pytest.approx(TOLD["wide-deep"], abs=1e-3)
