"""Ten logistic layers whose error signal never arrives."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.graph.recast import halved, with_every
from engine.training.watching import FlatMaps, LossRests, SignalShare

EXAMPLE = Example(
    key="vanishing",
    group="trouble",
    title=QT_TRANSLATE_NOOP("Gallery", "Vanishing gradients"),
    idea=QT_TRANSLATE_NOOP("Gallery", "Ten logistic layers: the error signal never arrives."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "Ten logistic layers learn a circle. They get nowhere: not because the answer is hard, but "
        "because the error signal never arrives.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The loss stalls near 0.50, the loss of a constant answer."),
            partial(LossRests, 0.1, 20.0),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "‖δ‖ from right to left: each layer gets about a fifth of the one before, layer 1 "
                "less than a ten-thousandth.",
            ),
            partial(SignalShare, 0.0, 1e-4),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "The tiles of layers 4 to 10 are flat: no unit tells one point from another.",
            ),
            partial(FlatMaps, 4, 0.05),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "The slope of the logistic is at most ¼. Each layer on the way back multiplies by its "
        "weights and by that slope.",
    ),
    formula=r"\delta^{(l)} = (W^{(l+1)\top} \delta^{(l+1)}) \odot \sigma'(z^{(l)})",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Open the twin: tanh"),
            QT_TRANSLATE_NOOP("Gallery", "The same depth, data, rate and start; only the activation differs"),
            opens="not-vanishing",
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Set all ten to tanh"),
            QT_TRANSLATE_NOOP("Gallery", "Make the twin’s only difference here"),
            graph=partial(with_every, kind="dense", activation="tanh"),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Halve the depth"),
            QT_TRANSLATE_NOOP("Gallery", "Five logistic layers: the signal loses less, but still too much"),
            graph=halved,
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "A hundredth of the rate"),
            QT_TRANSLATE_NOOP("Gallery", "A smaller step does not bring the signal back"),
            hyper={"learning_rate": 0.001},
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "logistic sigmoid depth delta gradient saturate"),
)
