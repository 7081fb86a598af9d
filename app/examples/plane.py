"""A unit without a bend: linear regression."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.training.watching import LossBelow, ScoreReaches

EXAMPLE = Example(
    key="plane",
    group="value",
    title=QT_TRANSLATE_NOOP("Gallery", "Linear regression"),
    idea=QT_TRANSLATE_NOOP("Gallery", "One unit without a bend fits a plane."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "A unit without activation outputs its weighted sum. Trained on squared error, that is linear regression.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "R² passes 0.99: the plane fits."),
            partial(ScoreReaches, 0.99),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The loss falls below 0.0001, in a straight line on the log axis."),
            partial(LossBelow, 1e-4),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "The error is squared, so the loss over the two weights and the bias is a bowl. Gradient "
        "descent rolls to its one lowest point.",
    ),
    formula=r"\hat{y} = w_1 x_1 + w_2 x_2 + b",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Noise of 25 %"),
            QT_TRANSLATE_NOOP("Gallery", "No plane fits noise: see where the loss stalls"),
            data={"noise": 25.0},
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Hills instead"),
            QT_TRANSLATE_NOOP("Gallery", "The same unit on data that isn't a plane"),
            data={"name": "multi-gaussian"},
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "A rate of 0.2"),
            QT_TRANSLATE_NOOP("Gallery", "Too large a step overshoots the bottom of the bowl, further each time"),
            hyper={"learning_rate": 0.2},
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "least squares regression plane line"),
)
