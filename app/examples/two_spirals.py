"""Layers that bend the plane until two arms come apart."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.graph.recast import with_changed, with_every, without_last_dense
from engine.training.watching import ScoreReaches, SignalShare

EXAMPLE = Example(
    key="two-spirals",
    group="first",
    title=QT_TRANSLATE_NOOP("Gallery", "Two spirals"),
    idea=QT_TRANSLATE_NOOP("Gallery", "Three layers bend the plane until the two arms separate."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "Two arms wind around each other one and a half times. Each layer bends the plane a little further, "
        "until a line can separate them.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The arms come apart from the outside in: the accuracy passes 90 %."),
            partial(ScoreReaches, 0.9),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "It is solved: the accuracy passes 98 %."),
            partial(ScoreReaches, 0.98),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "The gradient reaches the first layer throughout: ‖δ‖ of layer 1 stays above a hundredth of "
                "layer 3’s for 50 epochs.",
            ),
            partial(SignalShare, 0.01, 1e9, 50.0),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "Each layer maps the plane onto new axes and unwinds the arms a little more.",
    ),
    formula=r"a^{(l)} = f(W^{(l)} a^{(l-1)} + b^{(l)})",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "One layer less"),
            QT_TRANSLATE_NOOP("Gallery", "With two layers, each must bend more"),
            graph=without_last_dense,
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "tanh units"),
            QT_TRANSLATE_NOOP("Gallery", "Another activation: does it still get there?"),
            graph=partial(with_every, kind="dense", activation="tanh"),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Give it sines"),
            QT_TRANSLATE_NOOP("Gallery", "sin x₁ and sin x₂ as inputs: is it faster?"),
            graph=partial(with_changed, changes={"input-1": {"features": ("x1", "x2", "sin(x1)", "sin(x2)")}}),
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "depth layers silu spiral"),
)
