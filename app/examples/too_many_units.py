"""Few noisy points learnt by heart."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, Watch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.training.watching import LossBelow, ScoreGap, TestLossRises

EXAMPLE = Example(
    key="too-many-units",
    group="trouble",
    title=QT_TRANSLATE_NOOP("Gallery", "Too many units"),
    idea=QT_TRANSLATE_NOOP("Gallery", "60 noisy points learnt by heart. Add L2, or more points."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "Sixty noisy points and more than a thousand weights. The network learns the noise by heart, "
        "and new points pay for it.",
    ),
    watch=(
        Watch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "The training points are right more often than the test points, by ten in a hundred.",
            ),
            partial(ScoreGap, 0.09),
        ),
        Watch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "The test loss turns: it stands a tenth above its best, while the training loss goes on falling.",
            ),
            partial(TestLossRises, 1.1),
        ),
        Watch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "The training loss falls below 0.01: every point is learnt, the wrong ones too.",
            ),
            partial(LossBelow, 0.01),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "The loss that falls is that of the training points. Nothing in it asks the boundary to be "
        "simple, until you add a price for large weights.",
    ),
    formula=r"L + \frac{\lambda}{2} \Vert W \Vert^2",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "L2 of 0.01"),
            QT_TRANSLATE_NOOP("Gallery", "A price for large weights: here the test loss falls by a third and more"),
            hyper={"l2": 0.01},
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Ten times the points"),
            QT_TRANSLATE_NOOP(
                "Gallery", "1,200 points: the noise averages out, and the test loss falls by a third and more"
            ),
            data={"samples": 1200},
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "overfitting regularisation regularization L2 generalise"),
)
