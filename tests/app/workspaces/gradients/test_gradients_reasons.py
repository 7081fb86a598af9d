"""What is said of a ratio is said of the moment that is shown, and only where it is so."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.workspaces.gradients.moment import (
    DELTA,
    NetworkMoment,
    draw_words,
    layer_words,
    moment_words,
    product_words,
    reason_text,
    reason_words,
)
from app.workspaces.gradients.verdict import VerdictCard
from app.workspaces.gradients.words import ratio_text, verdict_word
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import Figures, figures_of
from engine.gradients.other_draws import OtherDraws
from engine.gradients.verdict import judgement
from engine.training.verdicts import Trouble

EDGE, USUAL = Configuration(scale=2.37), Configuration(activation="tanh", initializer="xavier_normal", scale=1.0)
DRAWS = OtherDraws(20, 0.25, 4.0)


@lru_cache
def figures(configuration: Configuration) -> Figures:
    return figures_of(Experiment(configurations=(configuration, configuration), samples=40))[0]


def moment(configuration: Configuration = EDGE, step: int = 0, **changes: object) -> NetworkMoment:
    """Of the start, with what other draws give known."""
    of = figures(configuration)
    return replace(NetworkMoment(of, of.judgement, step, of.signal.delta, of.signal.dead, DRAWS, drawn=True), **changes)  # type: ignore[arg-type]


def test_a_verdict_has_its_moment() -> None:
    assert [moment_words("Healthy.", step) for step in (0, 1, 7)] == [
        "Healthy at the start.",
        "Healthy after 1 step.",
        "Healthy after 7 steps.",
    ]


@pytest.mark.parametrize("bad", [math.inf, math.nan, 0.0])
def test_of_a_signal_that_is_no_number_somewhere_no_reason_is_said(bad: float) -> None:
    delta = figures(EDGE).signal.delta.copy()
    delta[3] = bad
    told = moment(delta=delta)
    assert reason_words(moment())
    assert reason_words(told) == ""


def test_one_layer_alone_has_no_reason() -> None:
    single = moment(Configuration(depth=1))
    assert reason_words(single) == draw_words(single) == ""


def test_layers_are_those_of_the_moment_and_not_of_the_start() -> None:
    delta = np.ones(10)
    delta[:3] = 50.0
    assert layer_words(moment(delta=delta, step=5)) == (
        "Most of it is one jump: ×\xa050.0 from layer 4 to layer 3; the others are about ×\xa01."
    )
    assert layer_words(moment(delta=np.ones(10), step=5)) == ""


def test_the_product_is_said_to_be_another_at_the_start_and_where_it_is() -> None:
    apart = {}
    for one in (EDGE, USUAL):
        measured, product = figures(one).judgement.ratio, figures(one).signal.products[0]
        apart[one] = max(product / measured, measured / product)
    assert apart[EDGE] > 2.0 > apart[USUAL]
    assert "random direction" in product_words(moment(EDGE))
    assert product_words(moment(EDGE, step=1)) == "" == product_words(moment(USUAL))


def test_other_draws_are_said_from_the_least_to_the_largest_beside_the_prediction_if_there_is_one() -> None:
    told = f"20 others start at {ratio_text(0.25)} to {ratio_text(4.0)}."
    unpredicted = moment(Configuration(normalisation="batch"))
    assert draw_words(moment()).endswith(told) and "the prediction a mean over all;" in draw_words(moment())
    assert draw_words(unpredicted).endswith(told) and "prediction" not in draw_words(unpredicted)
    assert "measuring others" in draw_words(moment(draws=None, drawn=False))
    assert draw_words(moment(draws=None)) == ""
    assert ". " not in draw_words(moment()), "it is one sentence"


@pytest.mark.parametrize(
    ("first", "word"),
    [
        (1.0, "Steady."),
        (0.11, "Steady."),
        (9.0, "Steady."),
        (0.05, "Fading."),
        (20.0, "Growing."),
        (1e-7, "Vanishing."),
    ],
)
def test_a_signal_more_than_a_decade_off_is_fading_or_growing(first: float, word: str) -> None:
    assert verdict_word(judgement(np.array([first, 1.0]))) == word


def test_while_a_number_is_dragged_it_is_one_sentence() -> None:
    delta = np.ones(10)
    delta[0] = 50.0
    assert "one jump" in reason_text(moment(delta=delta))
    dragged = moment(delta=delta, draws=None, drawn=False, dragged=True)
    assert reason_text(dragged) == draw_words(dragged) != ""


def test_why_there_is_no_prediction_is_said() -> None:
    told = reason_text(moment(Configuration(normalisation="batch")))
    assert told.endswith("No prediction: batch norm makes the samples of a batch depend on each other.")


def test_dead_units_are_said_at_every_moment(qtbot: QtBot) -> None:
    card, relu = VerdictCard(), Configuration(activation="relu", initializer="he_normal", scale=1.0)
    qtbot.addWidget(card)
    count = sum(map(len, figures(relu).signal.dead))
    card.show_moment(moment(relu), DELTA)
    assert count > 0 and f"{count} units in" in card.sentence
    assert moment(relu).judgement.trouble is Trouble.STEADY and card.property("tone") == "good" == moment(relu).tone
    amber = f'<span style="color: {theme.colour("warning").name()}">{count}'
    assert amber in card._label.text()  # the colour is about the dead units, not about the signal
    dead: tuple[tuple[int, ...], ...] = ((), (1, 15), *((),) * 8)
    card.show_moment(moment(relu, step=3, dead=dead), DELTA)
    assert card.sentence.endswith("Units 2, 16 of layer 2 are dead: 0 for every sample.")
    card.show_moment(moment(relu, step=4, dead=((),) * 10), DELTA)
    assert "dead" not in card.sentence and card.property("tone") == "good"
