"""Lines that make a box, and a layer that rounds it off."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.graph.recast import with_changed, with_every
from engine.training.watching import LossBelow, ScoreReaches

EXAMPLE = Example(
    key="circle",
    group="first",
    title=QT_TRANSLATE_NOOP("Gallery", "Circle"),
    idea=QT_TRANSLATE_NOOP("Gallery", "Four lines make a box, the next layer rounds it off."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "Each of the four units in the first layer is one straight line. The next layer joins them "
        "into a closed shape.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The boundary closes: the accuracy passes 99 %."),
            partial(ScoreReaches, 0.99),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "It gets rounder: the loss falls below 0.005."),
            partial(LossBelow, 0.005),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "A unit of the second layer sees how far a point lies past each line, softened by tanh. A "
        "sum of soft steps can be round.",
    ),
    formula=r"a^{(2)} = \tanh(W^{(2)} a^{(1)} + b^{(2)})",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Three units"),
            QT_TRANSLATE_NOOP("Gallery", "A triangle is the smallest closed shape"),
            graph=partial(with_changed, changes={"dense-1": {"units": 3}}),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Two units"),
            QT_TRANSLATE_NOOP("Gallery", "Two lines can't close a shape"),
            graph=partial(with_changed, changes={"dense-1": {"units": 2}}),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "ReLU units"),
            QT_TRANSLATE_NOOP("Gallery", "Corners instead of curves"),
            graph=partial(with_every, kind="dense", activation="relu"),
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "hidden layer shape boundary"),
)
