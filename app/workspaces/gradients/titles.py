"""What the networks of an experiment are called: by what they are, and by all in which they differ."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import significant
from app.kit.translation import worded
from app.workspaces.gradients.words import NORMALISATIONS, said
from engine.activations import activation
from engine.gradients.experiment import Configuration
from engine.initializers import initializer
from engine.optimizers import OPTIMIZERS


def differing_fields(configurations: Sequence[Configuration]) -> frozenset[str]:
    """The fields in which the networks are not all alike."""
    first, *others = configurations
    fields = Configuration.model_fields
    return frozenset(one for one in fields if any(getattr(o, one) != getattr(first, one) for o in others))


def title_of(configuration: Configuration, differing: Collection[str] = ()) -> str:
    """What a network is, in a few words: ``10 logistic layers, normal 0.1``; with the fields ``differing`` from network
    to network that one would not say otherwise."""
    c = configuration
    words = _tr("{depth} {activation} layers, {initialiser} {scale}").format(
        depth=c.depth,
        activation=worded(activation(c.activation).label),
        initialiser=worded(initializer(c.initializer).label),
        scale=significant(c.scale),
    )
    more = [said(NORMALISATIONS[c.normalisation])] if c.normalisation != "none" else []
    more += [_tr("skip")] if c.skip else []
    more += [_tr("clipping {norm}").format(norm=significant(c.clip_norm))] if c.clip_norm is not None else []
    more += [_tr("width {width}").format(width=c.width)] if "width" in differing else []
    more += [_tr("rate {rate}").format(rate=significant(c.rate))] if "rate" in differing else []
    more += [worded(OPTIMIZERS[c.optimizer].label)] if "optimizer" in differing else []
    return " + ".join([words, *more])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
