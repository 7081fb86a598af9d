"""From a link's settings to the network that the page makes of them, its data, its settings and its first weights."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.data.catalogue import catalogue
from engine.data.choice import LONGEST_SEED, DataChoice
from engine.data.seedrandom import SeededRandom
from engine.data.text_seeded import draw_shuffled, rows_trained_on
from engine.formats.base import NetworkFile
from engine.formats.links import LinkedNetwork
from engine.formats.playground_link import sentences
from engine.formats.playground_link.settings import (
    CHOICES,
    CLASSIFIED,
    FEATURES,
    FIRST_BIAS,
    LARGEST_NOISE,
    NOISE_INSTEAD,
    REGRESSED,
)
from engine.formats.playground_link.state import LinkState, parse
from engine.graph.build import feed_forward
from engine.graph.kinds.output import OutputParams
from engine.graph.model import NetworkGraph
from engine.graph.weights import WeightKey
from engine.hyperparameters import Hyperparameters
from engine.problems import EngineError, Problem

_TITLES = {entry.key: entry.title for entry in catalogue()}
MOST_WEIGHTS = 100_000
MOST_LAYERS = 64


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """What a link stands for, checked: all but the weights."""

    features: tuple[str, ...]
    hidden: tuple[int, ...]
    activation: str
    classes: bool
    zeros: bool
    data: DataChoice
    hyper: Hyperparameters
    notices: tuple[Problem, ...]
    show_test: bool
    discrete: bool


def _drawn_seed() -> str:
    """A seed as the page draws one: five decimals."""
    return f"{random.SystemRandom().random():.5f}"


def settings_of(link: str, draw_seed: Callable[[], str] = _drawn_seed) -> LinkSettings:
    """What a link stands for. Raises EngineError with one sentence where it asks for what cannot be."""
    state = parse(link)
    seed = state.texts.get("seed")
    if seed is None:
        seed = draw_seed()
        state.notices.append(sentences.SEED_DRAWN(seed=seed))
    if len(seed) > LONGEST_SEED:
        raise EngineError(sentences.SEED_TOO_LONG(length=len(seed), limit=LONGEST_SEED))
    features = tuple(token for key, token in FEATURES.items() if state.switches[key] and key not in state.hidden)
    _check_size(features, state.shape)
    data = _data(state, seed)
    return LinkSettings(
        features=features,
        hidden=state.shape,
        activation=CHOICES["activation"][state.words["activation"]],
        classes=state.words["problem"] == "classification",
        zeros=state.switches["initZero"],
        data=data,
        hyper=_hyper(state, rows_trained_on(data.samples, data.train_share)),
        notices=tuple(state.notices),
        show_test=state.switches["showTestData"],
        discrete=state.switches["discretize"],
    )


def read(link: str) -> LinkedNetwork:
    """The network of a link. Raises EngineError with one sentence whatever is wrong with it."""
    settings = settings_of(link)
    graph, shape = _graph(settings), (len(settings.features), *settings.hidden, 1)
    title = f"{_TITLES[settings.data.name]} {'-'.join(map(str, shape))}"
    first = _first_weights(settings, graph, shape)
    content = NetworkFile(graph, settings.hyper, settings.data, first, title, first=first)
    return LinkedNetwork(content, settings.notices, settings.show_test, settings.discrete)


def _check_size(features: tuple[str, ...], hidden: tuple[int, ...]) -> None:
    if not features:
        raise EngineError(sentences.NO_INPUTS())
    weights = sum(before * after for before, after in pairwise((len(features), *hidden, 1)))
    if weights > MOST_WEIGHTS or len(hidden) > MOST_LAYERS:
        limits = {"most": MOST_WEIGHTS, "most_layers": MOST_LAYERS}
        raise EngineError(sentences.TOO_LARGE(found=weights, layers=len(hidden), **limits))


def _data(state: LinkState, seed: str) -> DataChoice:
    classes = state.words["problem"] == "classification"
    key = "dataset" if classes else "regDataset"
    percent = state.numbers["percTrainData"]
    _hold("percTrainData", percent, 10 <= percent <= 90, "from 10 to 90")
    return DataChoice(
        name=CHOICES[key][state.words[key]],
        noise=_noise(state),
        samples=CLASSIFIED if classes else REGRESSED,
        train_share=percent / 100,
        seed=seed,
    )


def _noise(state: LinkState) -> float:
    """Per cent, with what the page does where its control has an end."""
    given = state.numbers["noise"]
    taken = NOISE_INSTEAD if given > LARGEST_NOISE else max(given, 0.0)
    if taken != given:
        state.notices.append(sentences.NOISE_REPLACED(value=f"{given:g}", taken=f"{taken:g}"))
    return taken


def _hyper(state: LinkState, rows: int) -> Hyperparameters:
    rate, strength = state.numbers["learningRate"], state.numbers["regularizationRate"]
    size, penalty = state.numbers["batchSize"], CHOICES["regularization"][state.words["regularization"]]
    _hold("learningRate", rate, 0 < rate < np.inf, "greater than 0")
    _hold("regularizationRate", strength, 0 <= strength < np.inf, "0 or more")
    _hold("batchSize", size, 1 <= size < np.inf and size == int(size), "a whole number from 1 on")
    if size > rows:
        raise EngineError(sentences.BATCH_TOO_LARGE(size=f"{size:g}", rows=rows))
    return Hyperparameters(
        optimizer="sgd",
        learning_rate=rate,
        batch_size=int(size),
        l1=strength if penalty == "l1" else 0.0,
        l1_at_zero="sticks" if penalty == "l1" else "crosses",
        l2=strength if penalty == "l2" else 0.0,
        shuffle=False,
        leftover="carry",
    )


def _hold(key: str, value: float, fits: bool, wanted: str) -> None:
    if not fits:
        raise EngineError(sentences.OUT_OF_RANGE(key=key, value=f"{value:g}", wanted=wanted))


def _graph(settings: LinkSettings) -> NetworkGraph:
    """The chain; layers that are drawn anew later are drawn from the page's own distribution, U(−½, ½)."""
    initializer, scale = ("zeros", None) if settings.zeros else ("uniform", 0.5)
    output = OutputParams(
        loss="squared_error",
        activation="tanh" if settings.classes else "identity",
        initializer=initializer,
        scale=scale,
    )
    return feed_forward(
        settings.hidden,
        features=settings.features,
        activation=settings.activation,
        initializer=initializer,
        scale=scale,
        output=output,
    )


def _first_weights(
    settings: LinkSettings, graph: NetworkGraph, shape: tuple[int, ...]
) -> dict[WeightKey, NDArray[np.float64]]:
    """What the page draws from the seed's stream behind the points: layer by layer, unit by unit, input by input."""
    stream, data = SeededRandom(str(settings.data.seed)), settings.data
    draw_shuffled(data.name, data.samples, data.noise / 100, stream)
    weights: dict[WeightKey, NDArray[np.float64]] = {}
    for block, (inputs, units) in zip(graph.blocks[1:], pairwise(shape), strict=True):
        drawn = np.array([[stream.random() - 0.5 for _ in range(inputs)] for _ in range(units)])
        weights[block.id, "W"] = np.zeros_like(drawn) if settings.zeros else drawn
        weights[block.id, "b"] = np.full(units, 0.0 if settings.zeros else FIRST_BIAS)
    return weights
