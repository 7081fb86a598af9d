"""A landscape out of folded planes."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.graph.recast import with_every
from engine.training.watching import ScoreReaches

EXAMPLE = Example(
    key="multi-gaussian",
    group="value",
    title=QT_TRANSLATE_NOOP("Gallery", "Hills"),
    idea=QT_TRANSLATE_NOOP("Gallery", "ReLU units fold planes into a landscape."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "The answer is a height at every place. Each ReLU unit folds the plane along one line, and "
        "the sum of folds is a landscape.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The hills rise: R² passes 0.5."),
            partial(ScoreReaches, 0.5),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "R² passes 0.9: nine tenths of the variance is explained."),
            partial(ScoreReaches, 0.9),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "A sum of ReLUs is flat between its folds. More units give more folds, and a finer landscape.",
    ),
    formula=r"\hat{y} = \Sigma_j v_j \max(0, z_j) + c",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "tanh units"),
            QT_TRANSLATE_NOOP("Gallery", "Smooth hills instead of folds"),
            graph=partial(with_every, kind="dense", activation="tanh", initializer="xavier_uniform"),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Four units a layer"),
            QT_TRANSLATE_NOOP("Gallery", "Fewer folds: which hills are left?"),
            graph=partial(with_every, kind="dense", units=4),
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "regression ReLU gaussian bumps landscape"),
)
