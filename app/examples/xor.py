"""Two lines where one cannot do: XOR."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.graph.recast import with_every
from engine.training.watching import LossBelow, ScoreReaches

EXAMPLE = Example(
    key="xor",
    group="first",
    title=QT_TRANSLATE_NOOP("Gallery", "XOR"),
    idea=QT_TRANSLATE_NOOP("Gallery", "No single line separates these. Two hidden units can."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "The classes lie crosswise, so no single line separates them. Two hidden units draw two lines, and the "
        "output picks what lies between.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The accuracy reaches 100 %: a band between two lines."),
            partial(ScoreReaches, 1.0),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The loss falls below 0.01."),
            partial(LossBelow, 0.01),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "Each hidden unit is one line. The output adds the two with weights, so it can say yes "
        "between them and no on either side.",
    ),
    formula=r"\hat{y} = \tanh(v_1 h_1 + v_2 h_2 + c)",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "One hidden unit only"),
            QT_TRANSLATE_NOOP("Gallery", "Only one line: see how far it gets"),
            graph=partial(with_every, kind="dense", units=1),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Four hidden units"),
            QT_TRANSLATE_NOOP("Gallery", "More lines than it needs: most starts find an answer"),
            graph=partial(with_every, kind="dense", units=4),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Linear units"),
            QT_TRANSLATE_NOOP("Gallery", "Identity instead of tanh: two lines added make one line again"),
            graph=partial(with_every, kind="dense", activation="identity"),
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "exclusive or hidden layer linearly separable"),
)
