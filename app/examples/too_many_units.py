"""Few noisy points learnt by heart."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.training.watching import LossBelow, ScoreGap, TestLossRises

EXAMPLE = Example(
    key="too-many-units",
    group="trouble",
    title=QT_TRANSLATE_NOOP("Gallery", "Too many units"),
    idea=QT_TRANSLATE_NOOP("Gallery", "60 noisy points learnt by heart. Add L2, or more points."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "Sixty noisy points and more than a thousand weights. The network learns the noise by heart and does "
        "worse on new points.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "The training accuracy is ten percentage points above the test accuracy.",
            ),
            partial(ScoreGap, 0.09),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "The test loss turns around: it is a tenth above its best while the training loss keeps falling.",
            ),
            partial(TestLossRises, 1.1),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "The training loss falls below 0.01: every point is learnt, the wrong ones too.",
            ),
            partial(LossBelow, 0.01),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "Only the loss of the training points is minimised. Nothing in it asks for a simple boundary until you "
        "add a penalty on large weights.",
    ),
    formula=r"L + \frac{\lambda}{2} \Vert W \Vert^2",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "L2 of 0.01"),
            QT_TRANSLATE_NOOP("Gallery", "A penalty on large weights: here the test loss falls by more than a third"),
            hyper={"l2": 0.01},
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Ten times the points"),
            QT_TRANSLATE_NOOP(
                "Gallery", "1,200 points: the noise averages out, and the test loss falls by more than a third"
            ),
            data={"samples": 1200},
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "overfitting regularisation regularization L2 generalise"),
)
