"""The twin of the vanishing network: nothing but the activation is another."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.graph.recast import with_every
from engine.training.watching import LossBelow, ScoreReaches, SignalShare

EXAMPLE = Example(
    key="not-vanishing",
    group="trouble",
    title=QT_TRANSLATE_NOOP("Gallery", "Twin with tanh"),
    idea=QT_TRANSLATE_NOOP("Gallery", "Same depth, rate and start: the signal gets through."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "The same ten layers, data, rate and start. Only the activation differs: tanh, whose slope at zero is "
        "1, not ¼.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "Within about fifty epochs the loss drops below 0.5, where its twin stays forever.",
            ),
            partial(LossBelow, 0.3),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "‖δ‖ of layer 1 stays comparable to layer 10’s for 20 epochs in a row."),
            partial(SignalShare, 0.001, 1000.0, 20.0),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The accuracy passes 99 %."),
            partial(ScoreReaches, 0.99),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "With Xavier’s initial weights each layer keeps the signal at about its size, as long as the slope is near 1.",
    ),
    formula=r"\tanh'(0) = 1 \quad \sigma'(0) = 1/4",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Open its twin: logistic"),
            QT_TRANSLATE_NOOP("Gallery", "The network that this one cures"),
            opens="vanishing",
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "ReLU and He"),
            QT_TRANSLATE_NOOP("Gallery", "Another cure: slope 1 where a unit is active. Some units start dead"),
            graph=partial(with_every, kind="dense", activation="relu", initializer="he_normal"),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Set all ten to logistic"),
            QT_TRANSLATE_NOOP("Gallery", "Make it fail: the only difference to its twin"),
            graph=partial(with_every, kind="dense", activation="logistic"),
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "tanh Xavier Glorot cure healthy gradient"),
)
