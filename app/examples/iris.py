"""Three species of iris from four lengths."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.graph.recast import with_changed
from engine.training.watching import ScoreReaches

PETALS = QT_TRANSLATE_NOOP("Engine", "petal length (cm)"), QT_TRANSLATE_NOOP("Engine", "petal width (cm)")

EXAMPLE = Example(
    key="iris",
    group="real",
    title=QT_TRANSLATE_NOOP("Gallery", "Iris"),
    idea=QT_TRANSLATE_NOOP("Gallery", "Three species of iris from four lengths, Fisher 1936."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "A hundred and fifty flowers, four lengths each, three species. One species stands apart; "
        "the other two overlap a little.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "The species that stands apart and most of the others: the accuracy passes 80 %.",
            ),
            partial(ScoreReaches, 0.8),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The accuracy passes 90 %. What is left are flowers between two species."),
            partial(ScoreReaches, 0.9),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "The picture is a slice: two lengths are shown, the other two held at their mean. Petals separate the "
        "species best.",
    ),
    formula=r"p_k = \frac{e^{z_k}}{\Sigma_j e^{z_j}}",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Petals only"),
            QT_TRANSLATE_NOOP("Gallery", "Two of the four lengths: how much is lost?"),
            graph=partial(with_changed, changes={"input-1": {"features": PETALS}}),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Sepals only"),
            QT_TRANSLATE_NOOP("Gallery", "The other two lengths"),
            graph=partial(with_changed, changes={"input-1": {"features": ("sepal length (cm)", "sepal width (cm)")}}),
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "Fisher flowers table real data softmax"),
)
