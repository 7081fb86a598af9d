"""Handwritten digits, 64 pixels each."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.graph.recast import with_every
from engine.training.watching import LossBelow, TestLossRises

EXAMPLE = Example(
    key="digits",
    group="real",
    title=QT_TRANSLATE_NOOP("Gallery", "Handwritten digits"),
    idea=QT_TRANSLATE_NOOP("Gallery", "64 pixels, ten classes. It opens trained: draw a digit."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "Real handwriting, eight by eight pixels. This network is already trained: draw a digit and see its answer.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "Keep training: the loss of the training images falls below 0.001."),
            partial(LossBelow, 0.001),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "It doesn't help: the test loss rises by a tenth in the meantime."),
            partial(TestLossRises, 1.1),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "Each hidden unit weighs the 64 pixels: ink where its weights are positive excites it, ink where they "
        "are negative inhibits it.",
    ),
    formula=r"z_j = \Sigma_i w_{ji} x_i + b_j",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Eight hidden units"),
            QT_TRANSLATE_NOOP("Gallery", "Eight units instead of 32: what is lost?"),
            graph=partial(with_every, kind="dense", units=8),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "L2 of 0.001"),
            QT_TRANSLATE_NOOP("Gallery", "A penalty on large weights: the weight images get smoother"),
            hyper={"l2": 0.001},
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "images handwriting pixels MNIST softmax"),
    fresh=False,
)
