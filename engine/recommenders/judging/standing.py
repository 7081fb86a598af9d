"""Whether one figure is better than another, by what is known of their errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Literal

from engine.problems import Problem, declare

FEW_ROWS = declare(
    "recommender.few-rows-judged",
    "Figures on only {count} {count:row|rows} say little. Judge on more before you rely on them.",
)
LIST_OF_ALL = declare(
    "recommender.list-holds-catalogue",
    "A list of {k} holds all {items} {items:item|items}, so hit rate@{k} says nothing.",
)
LENGTHS, COMPARED_AT = (10, 50, 200), 50
"""Lengths of the list of recommendations that are judged, and the longest by which an epoch is chosen."""
FEW = 20
"""Rows, of which each moves a share by five points or more."""
Standing = Literal["better", "level", "worse"]
SURE = 2.0
"""Whatever is told of a difference goes by this: one of so many standard errors is no accident, as about one in twenty
would be."""
ERROR = ".error"
"""Behind a figure's name: that of its standard error."""
APART = ".apart"
"""Behind the name of a rival's figure: that of the standard error of the network's figure minus the rival's, measured
pair by pair on the same rows."""

MEAN = "the mean for all"
"""The rival that says the same of every row: whoever is no better has learnt nothing."""
LOWER_IS_BETTER = frozenset({"log_loss", "calibration_error"})


@dataclass(frozen=True, slots=True)
class Rival:
    """The best of those that a network is compared with, by one figure. ``gain``: by how much of the rival's figure the
    network is better, below 0 where it is worse. ``error``: of the difference of the two figures, None where theirs are
    not known; ``standing`` likewise. ``paired``: whether the error was measured in pairs."""

    name: str
    value: float
    gain: float
    error: float | None = None
    standing: Standing | None = None
    paired: bool = False


def few_rows(judged: int | None) -> tuple[Problem, ...]:
    """Say that figures are of few rows; nothing where they are not, or where nobody knows."""
    return (FEW_ROWS(count=judged),) if judged is not None and judged < FEW else ()


def list_of_all(k: int, items: int) -> tuple[Problem, ...]:
    """Say that the ``k`` first places hold a whole catalogue of ``items``; nothing where they don't."""
    return (LIST_OF_ALL(k=k, items=f"{items:,}"),) if k >= items else ()


def judged_lengths(items: int, lengths: Sequence[int] = LENGTHS) -> tuple[int, ...]:
    """The lengths of a list that say something in a catalogue of so many items: those that hold at most half of it, as
    in a list of all everything is a hit; half of it where all are longer."""
    return tuple(at for at in lengths if 2 * at <= items) or (max(items // 2, 1),)


def compared_length(items: int) -> int:
    """The length by which a new run on so many items chooses its epoch and is compared."""
    return max(at for at in judged_lengths(items) if at <= COMPARED_AT)


def rival_of(
    own: Mapping[str, float | None], others: Mapping[str, Mapping[str, float | None]], figure: str, *, higher: bool
) -> Rival | None:
    """The best of the others by a figure, of which ``higher`` values are better or lower ones; None where nobody has
    it.

    The error is the paired one where it was measured. A verdict without it has the two figures' own errors: those are
    added as of different rows, which is too much for figures that go up and down together, so that who is called better
    is so by the paired error too.
    """
    value = own.get(figure)
    found = {name: one for name, figures in others.items() if (one := figures.get(figure)) is not None}
    if value is None or not found:
        return None
    name = (max if higher else min)(found, key=lambda key: found[key])
    better = value - found[name] if higher else found[name] - value
    error = _error(own, others[name], figure)
    gain = better / abs(found[name]) if found[name] else 0.0
    standing = None if error is None else standing_of(better, error)
    return Rival(name, found[name], gain, error, standing, paired=others[name].get(figure + APART) is not None)


def disagreement(
    own: Mapping[str, float | None], others: Mapping[str, Mapping[str, float | None]], figures: Sequence[str]
) -> tuple[tuple[str, Rival], tuple[str, Rival]] | None:
    """A figure by which a network is better than all others and one by which it is worse than the best of them, both
    beyond the error; None where the figures don't disagree so."""
    rivals = {figure: rival_of(own, others, figure, higher=figure not in LOWER_IS_BETTER) for figure in figures}
    pairs = {rival.standing: (figure, rival) for figure, rival in rivals.items() if rival is not None}
    better, worse = pairs.get("better"), pairs.get("worse")
    return None if better is None or worse is None else (better, worse)


def part_without_loss(
    own: Mapping[str, float | None], parts: Mapping[str, Mapping[str, float | None]], figures: Sequence[str]
) -> tuple[str, Rival] | None:
    """The part of a network that, trained by itself, is no worse than the whole, and the figure that shows it.

    It is the first figure by which a part is better, else the first one by which a part is level that is level by all
    of them; of several parts, the best by that figure. None where there is none, or nothing is known of the errors.
    """
    rivals: list[tuple[str, Rival]] = []
    for figure in figures:
        higher = figure not in LOWER_IS_BETTER
        found = (rival_of(own, {name: part}, figure, higher=higher) for name, part in parts.items())
        known = (rival for rival in found if rival is not None and rival.standing is not None)
        rivals += [(figure, rival) for rival in sorted(known, key=lambda rival: rival.value, reverse=higher)]
    surely = next((pair for pair in rivals if pair[1].standing == "worse"), None)
    beaten = {rival.name for _, rival in rivals if rival.standing == "better"}
    return surely or next((pair for pair in rivals if pair[1].name not in beaten), None)


def _error(own: Mapping[str, float | None], other: Mapping[str, float | None], figure: str) -> float | None:
    if (apart := other.get(figure + APART)) is not None:
        return apart
    mine, theirs = own.get(figure + ERROR), other.get(figure + ERROR)
    return None if mine is None or theirs is None else hypot(mine, theirs)


def standing_of(better: float, error: float) -> Standing:
    """What a difference says, ``better`` above 0 for who is asked about, with its standard error: level within
    :data:`SURE` of them."""
    if abs(better) <= SURE * error:
        return "level"
    return "better" if better > 0 else "worse"
