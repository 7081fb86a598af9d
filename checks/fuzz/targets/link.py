"""Links: what one says, whether that can be said again, and the same network from it."""

from __future__ import annotations

from pathlib import Path
from random import Random

from checks.fuzz.edges import pass_over
from checks.fuzz.mutators import several
from checks.fuzz.mutators.havoc import havoc
from checks.fuzz.mutators.texts import changed_words
from checks.fuzz.mutators.words import word
from checks.fuzz.target import Target
from engine.formats import read_link
from engine.formats.known_links import check_link, is_link, write_link
from engine.formats.playground_link import reading
from engine.problems import EngineError

_WORDS = (
    "activation", "batchSize", "dataset", "regDataset", "learningRate", "regularizationRate", "noise", "networkShape",
    "seed", "showTestData", "discretize", "percTrainData", "x", "y", "xTimesY", "xSquared", "ySquared", "cosX", "sinX",
    "cosY", "sinY", "collectStats", "problem", "initZero", "hideText", "tutorial", "_hide",
    "regularization", "=", "&", "#",
    "true", "false", "tanh", "relu", "sigmoid", "linear", "circle", "xor", "gauss", "spiral", "reg-plane", "reg-gauss",
    "regression", "classification", "L1", "L2", "none", "4,2", "64,64", "1,1,1,1,1,1,1,1", "%41", "%", "+", ";",
)  # fmt: skip


def _made(rng: Random) -> str:
    return rng.choice(_WORDS) if rng.random() < 0.7 else word(rng)


def _run(content: bytes, folder: Path) -> None:
    text = content.decode("utf-8", "surrogateescape")
    is_link(text)
    check_link(text)
    linked = read_link(text)
    for notice in linked.notices:
        assert notice.sentence
    try:
        written = write_link(linked)
    except EngineError:
        return  # not everything that a link says is what we write into one
    assert read_link(written.text).content.graph == linked.content.graph


def _start() -> None:
    pass_over(reading, "draw_shuffled")


TARGET = Target(_run, several((4, changed_words(_made)), (1, havoc)), largest=30_000, start=_start)
