"""One unit and one line: AND."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.training.watching import LossBelow, ParameterSign, ScoreReaches

EXAMPLE = Example(
    key="single-unit",
    group="first",
    title=QT_TRANSLATE_NOOP("Gallery", "AND with one unit"),
    idea=QT_TRANSLATE_NOOP("Gallery", "One unit draws one straight line: enough for AND."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "A single unit weighs two inputs and adds a bias. That draws one straight line, and for AND one is enough.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The line turns until it separates the corner (1, 1) from the other three."),
            partial(ScoreReaches, 1.0),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The bias falls below zero: one input alone must not lift z above it."),
            partial(ParameterSign, "output-1", "b", (0,), -1),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The loss falls below 0.02: the unit is confident."),
            partial(LossBelow, 0.02),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "The unit says yes where its weighted sum is above zero. Both inputs together must outweigh "
        "the bias; either of them alone must not.",
    ),
    formula=r"\hat{y} = \sigma(w_1 x_1 + w_2 x_2 + b)",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Open XOR"),
            QT_TRANSLATE_NOOP("Gallery", "The same four corners, coloured so that no line separates them"),
            opens="xor",
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Ten times the rate"),
            QT_TRANSLATE_NOOP("Gallery", "Learning rate 1.0: the line turns ten times as fast"),
            hyper={"learning_rate": 1.0},
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "perceptron Rosenblatt logistic linear boundary"),
)
