"""Nothing but an input and an output: where building begins."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.graph.kinds.dense import DenseParams
from engine.graph.recast import with_changed, with_dense_before_output
from engine.training.watching import LossRests, ScoreReaches

EXAMPLE = Example(
    key="blank",
    group="first",
    title=QT_TRANSLATE_NOOP("Gallery", "Blank network"),
    idea=QT_TRANSLATE_NOOP("Gallery", "Input and output, nothing between. Build your own."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "An input wired to an output, with nothing between. It can draw one straight line and no more.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "Press Play: the loss soon stalls, because no line separates a circle from the ring around it.",
            ),
            partial(LossRests, 0.02, 20.0),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "Drag Dense onto the wire, or press the button below: the boundary can bend, and the "
                "accuracy passes 95 %.",
            ),
            partial(ScoreReaches, 0.95),
            changed=True,
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "Without a hidden layer the output is one weighted sum, which is zero along a straight line.",
    ),
    formula=r"\hat{y} = \tanh(w_1 x_1 + w_2 x_2 + b)",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Add a layer of 4 units"),
            QT_TRANSLATE_NOOP("Gallery", "Put a dense layer of four tanh units before the output"),
            graph=partial(with_dense_before_output, params=DenseParams(units=4)),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Give it squares"),
            QT_TRANSLATE_NOOP("Gallery", "Feed in x₁² and x₂² as well: with them a circle becomes a straight line"),
            graph=partial(with_changed, changes={"input-1": {"features": ("x1", "x2", "x1^2", "x2^2")}}),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Take two spirals"),
            QT_TRANSLATE_NOOP("Gallery", "The same network on two spirals, a harder problem"),
            data={"name": "two-spirals"},
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "new empty start build"),
)
