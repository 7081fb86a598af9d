"""Where the figures of a layer come from: mean and deviation of its z, and the share that a function would lose."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import percent, to_digits
from app.kit.origin.facts import Fact, Parent
from app.kit.translation import worded_name
from app.workspaces.activations.compared import ComparedFunction
from app.workspaces.activations.keys import DEVIATION, MEAN, OFF, SATURATED, SHARE, UNDEFINED
from app.workspaces.activations.layer_view import LayerView
from app.workspaces.activations.words import axis_words, bounds_words, flat_words, limit_words
from engine.activations.saturation import SATURATED_BELOW
from engine.activations.shares import Shares
from engine.training.layer_check import check_deviation, check_mean, check_share

DIGITS = 4


def layer_fact(view: LayerView | None, shown: Sequence[ComparedFunction], key: Hashable) -> Fact | None:
    """(MEAN,), (DEVIATION,), or (SHARE, OFF or SATURATED, function); None where it is known no more."""
    if view is None or not isinstance(key, tuple):
        return None
    if key[0] == MEAN:
        return _mean(view)
    if key[0] == DEVIATION:
        return _deviation(view)
    if key[0] == SHARE:
        one = next((one for one in shown if one.key == key[-1]), None)
        return _sum_of_shares(view, one, key) if one is not None and len(key) == 2 else _share(view, one, key)
    return None


def _place(view: LayerView) -> str:
    text = QCoreApplication.translate("LayerOrigins", "all {count} z of {layer}")
    return text.format(count=to_digits(float(view.z.size), 12), layer=worded_name(view.layer.name))


def _finite(view: LayerView) -> int:
    return view.histogram.total - view.histogram.broken


def _mean(view: LayerView) -> Fact:
    mean, count = view.histogram.mean, _finite(view)
    worked = f"{to_digits(mean * count, 6)} ÷ {count} = {to_digits(mean, DIGITS)}"
    formula = r"\bar{z} = \frac{1}{n}\sum_k z_k"
    z = view.z
    return Fact((MEAN,), r"\bar{z}", _place(view), mean, formula, worked, check=lambda: check_mean(z))


def _deviation(view: LayerView) -> Fact:
    found, z = view.histogram, view.z
    formula = r"s = \sqrt{\frac{1}{n}\sum_k (z_k - \bar{z})^2}"
    parent = Parent(r"\bar{z}", _place(view), found.mean, (MEAN,))
    return Fact(
        (DEVIATION,), "s", _place(view), found.deviation, formula, "", (parent,), check=lambda: check_deviation(z)
    )


def _sum_of_shares(view: LayerView, one: ComparedFunction, key: Hashable) -> Fact | None:
    """Off, saturated and undefined together; the one of them that there is, where there is only one."""
    shares = view.under(one.scalar)
    if shares is None or shares.lost is None:
        return None
    named = (
        (OFF, _flat_word(one), shares.off),
        (SATURATED, QCoreApplication.translate("LayerOrigins", "saturated"), shares.saturated),
        (UNDEFINED, QCoreApplication.translate("LayerOrigins", "undefined"), shares.nowhere),
    )
    parts = [(kind, name, value) for kind, name, value in named if value is not None]
    if len(parts) == 1:
        return _share(view, one, (SHARE, parts[0][0], one.key))
    parents = tuple(Parent(rf"\mathrm{{{kind}}}", name, value, (SHARE, kind, one.key)) for kind, name, value in parts)
    worked = f"{' + '.join(to_digits(value, DIGITS) for *_, value in parts)} = {to_digits(shares.lost, DIGITS)}"
    formula = "p = " + " + ".join(rf"\mathrm{{{kind}}}" for kind, *_ in parts)
    return Fact(key, "p", _place(view), shares.lost, formula, worked, parents)


def _flat_word(one: ComparedFunction) -> str:
    """What it is to be where f' is exactly 0."""
    if one.scalar.profile.silent:
        return QCoreApplication.translate("LayerOrigins", "off")
    return QCoreApplication.translate("LayerOrigins", "slope 0")


def _flat_sentence(one: ComparedFunction) -> str:
    if one.scalar.profile.silent:
        return QCoreApplication.translate(
            "LayerOrigins", "{function} is off where {where}: its slope is exactly 0 there."
        )
    return QCoreApplication.translate("LayerOrigins", "The slope of {function} is exactly 0 where {where}.")


def _nowhere(view: LayerView, one: ComparedFunction, shares: Shares, key: Hashable) -> Fact | None:
    """The share of z at which one's own has no value."""
    if shares.nowhere is None:
        return None
    text = QCoreApplication.translate("LayerOrigins", "{function} was worked out at every z: at these it has no value.")
    worked = f"{shares.undefined} ÷ {shares.count} = {to_digits(shares.nowhere, DIGITS)}"
    said = text.format(function=one.name)
    return Fact(key, "p", _place(view), shares.nowhere, r"p = \frac{k}{n}", worked, sentence=said)


def _measured_share(
    view: LayerView, one: ComparedFunction, key: tuple[Hashable, ...], share: float, count: int
) -> Fact:
    """The share of z at which the slope of a typed function is 0, or hardly more."""
    profile = one.scalar.profile
    if key[1] == OFF:
        said = QCoreApplication.translate("LayerOrigins", "{function} was worked out at every z: these have slope 0.")
    else:
        said = QCoreApplication.translate(
            "LayerOrigins",
            "{function} was worked out at every z: these have {where}, {slope} of the steepest slope on {axis}.",
        )
    slope = percent(SATURATED_BELOW)
    said = said.format(function=one.name, where=limit_words(profile), slope=slope, axis=axis_words(profile))
    worked = f"{count} ÷ {view.z.size} = {to_digits(share, DIGITS)}"
    return Fact(key, "p", _place(view), share, r"p = \frac{k}{n}", worked, sentence=said)


def _share(view: LayerView, one: ComparedFunction | None, key: Hashable) -> Fact | None:
    shares = view.under(one.scalar) if one is not None else None
    if one is None or shares is None or not isinstance(key, tuple):
        return None
    if key[1] == UNDEFINED:
        return _nowhere(view, one, shares, key)
    off, profile, z = key[1] == OFF, one.scalar.profile, view.z
    share = shares.off if off else shares.saturated
    if share is None:
        return None
    count = round(share * z.size)
    if profile.measured is not None:
        return _measured_share(view, one, key, share, count)
    where = flat_words(profile) if off else bounds_words(profile)
    said = (
        _flat_sentence(one)
        if off
        else QCoreApplication.translate(
            "LayerOrigins",
            "{function} is saturated where {where}: beyond that its slope stays below {slope} of its steepest.",
        )
    )
    low, high = (profile.flat_below, profile.flat_above) if off else profile.bounds
    return Fact(
        key,
        "p",
        _place(view),
        share,
        r"p = \frac{k}{n}",
        f"{count} ÷ {z.size} = {to_digits(share, DIGITS)}",
        sentence=said.format(function=one.name, where=where, slope=percent(SATURATED_BELOW)),
        check=lambda: check_share(z, low, high, closed=off),
    )
