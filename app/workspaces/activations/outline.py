"""The page as a tree: what is compared and what it is at the cursor, the axis, the parameters, and the layer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.listing import joined
from app.kit.numbers import fixed, grouped, percent
from app.kit.plain_maths import plain_text
from app.kit.translation import worded_name
from app.kit.widgets.outline_tree import OutlineItem
from app.workspaces.activations.functions import ComparedFunction, value_text
from app.workspaces.activations.keys import CURSOR
from app.workspaces.activations.layer_use import effect_words, share_words, without_number
from app.workspaces.activations.layer_watch import LayerView
from app.workspaces.activations.words import axis_words, bounds_words, flat_words, slope_spoken
from engine.activations.comparison import Comparison
from engine.activations.shares import Shares

LOW, HIGH, PARAMETER = "low", "high", "parameter"


def outline_of(
    value: Comparison, shown: Sequence[ComparedFunction], view: LayerView | None, why: str, *, hidden: bool
) -> tuple[OutlineItem, ...]:
    """The whole tree. ``why``: what stands for a layer that is not there; ``hidden``: slopes are yet to be guessed."""
    axis = (
        OutlineItem(CURSOR, _tr("Cursor x"), number=value.cursor),
        OutlineItem(LOW, _tr("from"), number=value.low),
        OutlineItem(HIGH, _tr("to"), number=value.high),
    )
    functions = tuple(_function(function, value.cursor, hidden=hidden) for function in shown)
    parameters = (
        OutlineItem("gamma", "Leaky ReLU γ", number=value.gamma),
        OutlineItem("alpha", "ELU α", number=value.alpha),
        *(
            OutlineItem((own.key, PARAMETER, name), f"{name}, {own.text}", number=number)
            for own in value.own
            for name, number in own.parameters.items()
        ),
    )
    return (
        OutlineItem("compared", _tr("Compared"), functions),
        OutlineItem("axis", _tr("Axis"), axis),
        OutlineItem("parameters", _tr("Parameters"), parameters),
        _layer(view, shown, why),
    )


def _function(function: ComparedFunction, x: float, *, hidden: bool) -> OutlineItem:
    y = function.scalar.at(x)[0]
    profile = function.scalar.profile
    flat, bounds, axis = "" if hidden else flat_words(profile), bounds_words(profile), axis_words(profile)
    not_yet = _tr("not shown yet")
    slope_text, slopes = (not_yet, not_yet) if hidden else (slope_spoken(function, x), plain_text(profile.slope_set))
    children = (
        OutlineItem((function.key, "y"), _tr("y at the cursor"), note=value_text(y, 5)),
        OutlineItem(
            (function.key, "slope"),
            _tr("slope at the cursor"),
            note=slope_text,
        ),
        OutlineItem(
            (function.key, "range"),
            _tr("range of f"),
            note=plain_text(profile.output_set),
        ),
        OutlineItem(
            (function.key, "slopes"),
            _tr("range of f′"),
            note=slopes,
        ),
        *([OutlineItem((function.key, "axis"), _tr("measured on"), note=axis)] if axis else []),
        *(
            [
                OutlineItem(
                    (function.key, "flat"),
                    _tr("slope exactly 0"),
                    note=flat,
                )
            ]
            if flat
            else []
        ),
        *([OutlineItem((function.key, "bounds"), _tr("saturated"), note=bounds)] if bounds else []),
    )
    return OutlineItem(function.key, function.name, children, note=value_text(y, 3))


def _layer(view: LayerView | None, shown: Sequence[ComparedFunction], why: str) -> OutlineItem:
    if view is None:
        return OutlineItem("layer", _tr("Layer"), note=why)
    histogram = view.histogram
    children = (
        OutlineItem("count", _tr("z counted"), note=grouped(histogram.total)),
        OutlineItem("mean", _tr("mean"), note=fixed(histogram.mean)),
        OutlineItem("deviation", _tr("deviation"), note=fixed(histogram.deviation)),
        OutlineItem(
            "beyond",
            _tr("beyond the axis"),
            note=grouped(histogram.below + histogram.above),
        ),
        *(
            OutlineItem(("effect", function.key), function.name, note=_effect(function, view.under(function.scalar)))
            for function in shown
        ),
    )
    return OutlineItem("layer", worded_name(view.layer.name), children)


def _effect(function: ComparedFunction, shares: Shares | None) -> str:
    if shares is None or not function.by_itself:
        return effect_words(function, shares) if not function.by_itself else share_words(function, shares)
    parts = without_number(shares)
    if shares.off is not None:
        off = _tr("off {share}, dead units {dead} of {units}")
        no_slope = _tr("slope 0 for {share}, dead units {dead} of {units}")
        text = off if function.scalar.profile.silent else no_slope
        parts.append(text.format(share=percent(shares.off), dead=grouped(shares.dead), units=grouped(shares.units)))
    if shares.saturated is not None:
        parts.append(_tr("saturated {share}").format(share=percent(shares.saturated)))
    return joined(parts) or effect_words(function, shares)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActivationsOutline", text)
