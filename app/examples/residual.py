"""Skip connections that carry the gradient past every layer."""

from __future__ import annotations

from functools import partial

from app.examples.example import Change, Example, ExampleWatch
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.graph.recast import with_every, without_kind
from engine.training.watching import ScoreReaches, SignalShare

EXAMPLE = Example(
    key="residual",
    group="trouble",
    title=QT_TRANSLATE_NOOP("Gallery", "Residual network"),
    idea=QT_TRANSLATE_NOOP("Gallery", "Skip connections carry the gradient past every layer."),
    note=QT_TRANSLATE_NOOP(
        "Gallery",
        "Twelve layers. A skip connection goes around each but the first and an Add joins it back, so a layer "
        "only has to learn what to add. Without the skips, the same layers lose the signal: in none of six runs of "
        "30,000 epochs did they get 65 % of the points right.",
    ),
    watch=(
        ExampleWatch(
            QT_TRANSLATE_NOOP(
                "Gallery",
                "Over the first 20 epochs ‖δ‖ of the first layer is never more than twenty times the last one’s, "
                "nor less than a twentieth.",
            ),
            partial(SignalShare, 0.05, 20.0, 20.0, from_start=True),
        ),
        ExampleWatch(
            QT_TRANSLATE_NOOP("Gallery", "The spirals come apart: the accuracy passes 90 %."),
            partial(ScoreReaches, 0.9),
        ),
    ),
    why=QT_TRANSLATE_NOOP(
        "Gallery",
        "On the way back the Add passes its error signal to both branches unchanged. The skip carries it past "
        "the layer, however small the layer’s weights and slope are.",
    ),
    formula=r"a^{(l)} = a^{(l-1)} + f(a^{(l-1)})",
    changes=(
        Change(
            QT_TRANSLATE_NOOP("Gallery", "Take the skips out"),
            QT_TRANSLATE_NOOP(
                "Gallery", "The same layers in a plain chain: the signal vanishes, and they stay below 65 %"
            ),
            graph=partial(without_kind, kind="add"),
        ),
        Change(
            QT_TRANSLATE_NOOP("Gallery", "ReLU in the branches"),
            QT_TRANSLATE_NOOP("Gallery", "Some units are dead from the start, but skips keep the signal"),
            graph=partial(with_every, kind="dense", activation="relu"),
        ),
    ),
    words=QT_TRANSLATE_NOOP("Gallery", "skip connection shortcut resnet add"),
)
