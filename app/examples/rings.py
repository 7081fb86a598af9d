"""Three classes that share one sum: softmax."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.graph.recast import with_changed
from engine.training.watching import LossBelow, ScoreReaches

EXAMPLE = Example(
    key="rings",
    group="first",
    title=QT_TRANSLATE_NOOP("Gallery", "Three rings"),
    idea=QT_TRANSLATE_NOOP("Gallery", "Softmax gives each of three classes a probability."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "Three classes need three outputs. Softmax turns them into shares that add up to one, and the largest wins.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "Two closed boundaries, one within the other: the accuracy passes 99 %."),
            partial(ScoreReaches, 0.99),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "The loss falls below 0.02: the shares of the right class come close to one.",
            ),
            partial(LossBelow, 0.02),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "Cross-entropy looks only at the share of the right class. Pushing that up pushes the others "
        "down, since they share one sum.",
    ),
    formula=r"p_k = \frac{e^{z_k}}{\Sigma_j e^{z_j}}",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Four units first"),
            QT_TRANSLATE_NOOP("Gallery", "Half the lines: is that enough for two rings?"),
            graph=partial(with_changed, changes={"dense-1": {"units": 4}}),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Noise of 20 %"),
            QT_TRANSLATE_NOOP("Gallery", "The rings overlap, and no boundary is right for all"),
            data={"noise": 20.0},
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "softmax cross-entropy multiclass three classes"),
)
