"""The page as a tree: what is compared and what it is at the cursor, the axis, the parameters, and the layer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.listing import joined
from app.kit.numbers import fixed, grouped, percent
from app.kit.plain_maths import plain_text
from app.kit.translation import worded_name
from app.kit.widgets.outline_tree import OutlineItem
from app.workspaces.activations.compared import ComparedFunction
from app.workspaces.activations.effects import effect_words, share_words, without_number
from app.workspaces.activations.keys import CURSOR
from app.workspaces.activations.layer_view import LayerView
from app.workspaces.activations.words import axis_words, bounds_words, flat_words, slope_spoken
from engine.activations.comparison import Comparison
from engine.activations.shares import Shares

LOW, HIGH, PARAMETER = "low", "high", "parameter"


def outline_of(
    value: Comparison, shown: Sequence[ComparedFunction], view: LayerView | None, why: str, *, hidden: bool
) -> tuple[OutlineItem, ...]:
    """The whole tree. ``why``: what stands for a layer that is not there; ``hidden``: slopes are yet to be guessed."""
    axis = (
        OutlineItem(CURSOR, QCoreApplication.translate("ActivationsOutline", "Cursor x"), number=value.cursor),
        OutlineItem(LOW, QCoreApplication.translate("ActivationsOutline", "from"), number=value.low),
        OutlineItem(HIGH, QCoreApplication.translate("ActivationsOutline", "to"), number=value.high),
    )
    functions = tuple(_function(one, value.cursor, hidden=hidden) for one in shown)
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
        OutlineItem("compared", QCoreApplication.translate("ActivationsOutline", "Compared"), functions),
        OutlineItem("axis", QCoreApplication.translate("ActivationsOutline", "Axis"), axis),
        OutlineItem("parameters", QCoreApplication.translate("ActivationsOutline", "Parameters"), parameters),
        _layer(view, shown, why),
    )


def _function(one: ComparedFunction, x: float, *, hidden: bool) -> OutlineItem:
    y = one.scalar.at(x)[0]
    profile = one.scalar.profile
    flat, bounds, axis = "" if hidden else flat_words(profile), bounds_words(profile), axis_words(profile)
    not_yet = QCoreApplication.translate("ActivationsOutline", "not shown yet")
    slope_text, slopes = (not_yet, not_yet) if hidden else (slope_spoken(one, x), plain_text(profile.slope_set))
    children = (
        OutlineItem(
            (one.key, "y"), QCoreApplication.translate("ActivationsOutline", "y at the cursor"), note=fixed(y, 5)
        ),
        OutlineItem(
            (one.key, "slope"), QCoreApplication.translate("ActivationsOutline", "slope at the cursor"), note=slope_text
        ),
        OutlineItem(
            (one.key, "range"),
            QCoreApplication.translate("ActivationsOutline", "range of f"),
            note=plain_text(profile.output_set),
        ),
        OutlineItem(
            (one.key, "slopes"),
            QCoreApplication.translate("ActivationsOutline", "range of f′"),
            note=slopes,
        ),
        *(
            [OutlineItem((one.key, "axis"), QCoreApplication.translate("ActivationsOutline", "measured on"), note=axis)]
            if axis
            else []
        ),
        *(
            [
                OutlineItem(
                    (one.key, "flat"), QCoreApplication.translate("ActivationsOutline", "slope exactly 0"), note=flat
                )
            ]
            if flat
            else []
        ),
        *(
            [
                OutlineItem(
                    (one.key, "bounds"), QCoreApplication.translate("ActivationsOutline", "saturated"), note=bounds
                )
            ]
            if bounds
            else []
        ),
    )
    return OutlineItem(one.key, one.name, children, note=fixed(y, 3))


def _layer(view: LayerView | None, shown: Sequence[ComparedFunction], why: str) -> OutlineItem:
    if view is None:
        return OutlineItem("layer", QCoreApplication.translate("ActivationsOutline", "Layer"), note=why)
    found = view.histogram
    children = (
        OutlineItem("count", QCoreApplication.translate("ActivationsOutline", "z counted"), note=grouped(found.total)),
        OutlineItem("mean", QCoreApplication.translate("ActivationsOutline", "mean"), note=fixed(found.mean)),
        OutlineItem(
            "deviation", QCoreApplication.translate("ActivationsOutline", "deviation"), note=fixed(found.deviation)
        ),
        OutlineItem(
            "beyond",
            QCoreApplication.translate("ActivationsOutline", "beyond the axis"),
            note=grouped(found.below + found.above),
        ),
        *(OutlineItem(("effect", one.key), one.name, note=_effect(one, view.under(one.scalar))) for one in shown),
    )
    return OutlineItem("layer", worded_name(view.layer.name), children)


def _effect(one: ComparedFunction, shares: Shares | None) -> str:
    if shares is None or not one.by_itself:
        return effect_words(one, shares) if not one.by_itself else share_words(one, shares)
    parts = without_number(shares)
    if shares.off is not None:
        off = QCoreApplication.translate("ActivationsOutline", "off {share}, dead units {dead} of {units}")
        no_slope = QCoreApplication.translate("ActivationsOutline", "slope 0 for {share}, dead units {dead} of {units}")
        text = off if one.scalar.profile.silent else no_slope
        parts.append(text.format(share=percent(shares.off), dead=grouped(shares.dead), units=grouped(shares.units)))
    if shares.saturated is not None:
        parts.append(
            QCoreApplication.translate("ActivationsOutline", "saturated {share}").format(
                share=percent(shares.saturated)
            )
        )
    return joined(parts) or effect_words(one, shares)
