"""The experiment as a tree: every network with its settings, its verdict and the numbers of its layers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed, set_apart
from app.kit.widgets.outline_tree import OutlineItem
from app.workspaces.gradients.moment import MEASURES, Moment, Shown
from app.workspaces.gradients.reasons import moment_words, reason_words
from app.workspaces.gradients.words import (
    LETTERS,
    compared,
    dead_of_layer,
    dead_words,
    differing_fields,
    in_a_row,
    ratio_text,
    said,
    title_of,
    verdict_sentence,
    verdict_word,
)
from engine.gradients.training import DeadUnits

EDITABLE = ("depth", "width", "scale", "rate")
"""The numbers of a network that can be typed over."""


def outline_of(
    moments: Sequence[Moment],
    shown: Sequence[Shown],
    hidden: Collection[int] = (),
) -> tuple[OutlineItem, ...]:
    """A row for each network; under it its numbers, the verdict at the moment that is shown, and a row for each
    layer. Of those ``hidden`` nothing is told but what they are set to."""
    every = enumerate(zip(moments, shown, strict=True))
    differing = differing_fields([one.figures.configuration for one in moments]) if moments else frozenset()
    titles = [title_of(one.figures.configuration, differing) for one in moments]
    return tuple(_network(n, titles[n], one, what, hidden=n in hidden) for n, (one, what) in every)


def _network(number: int, name: str, moment: Moment, shown: Shown, *, hidden: bool) -> OutlineItem:
    figures, judgement, at_start = moment.figures, moment.judgement, moment.step == 0
    c = figures.configuration
    names = {"depth": _tr("depth"), "width": _tr("width"), "scale": _tr("scale"), "rate": _tr("rate η")}
    settings = tuple(OutlineItem((number, field), names[field], number=float(getattr(c, field))) for field in EDITABLE)
    title = f"{LETTERS[number]} · {name}"
    if hidden:
        unknown = OutlineItem((number, "verdict"), _tr("hidden until you guess"))
        return OutlineItem((number, "network"), title, (*settings, unknown))
    told = compared(figures)[0]
    if not at_start:
        told = QCoreApplication.translate("VerdictCard", "at the start: {told}").format(told=told)
    dead = dead_words(moment.dead, c.width)
    note = in_a_row((verdict_sentence(judgement, c.depth), dead, told, reason_words(moment)))
    verdict = OutlineItem((number, "verdict"), moment_words(verdict_word(judgement), moment.step), note=note)
    rows = tuple(_layer(number, layer, shown, moment.dead) for layer in range(1, shown.depth + 1))
    layers = OutlineItem((number, "layers"), said(MEASURES[shown.measure]), rows)
    return OutlineItem((number, "network"), title, (*settings, verdict, layers))


def _layer(number: int, layer: int, shown: Shown, dead: DeadUnits) -> OutlineItem:
    values = [(row.label, float(row.values[layer - 1])) for row in shown.rows]
    numbers = [f"{label} {ratio_text(value)}" for label, value in values if value == value]
    note = set_apart([listed(numbers), dead_of_layer(layer, dead[layer - 1])])
    title = _tr("Layer {layer}: {value}").format(layer=layer, value=ratio_text(float(shown.bars[layer - 1])))
    return OutlineItem((number, "layer", layer), title, note=note)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
