"""The map of depth × scale in words: a cell, and the key to its colours."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import fixed, power_of_ten, significant
from app.workspaces.gradients.words import LARGEST, ratio_text
from engine.gradients.scan import STEPS, Map, MapKind

GUESS = math.log(2.0)
"""The cross-entropy of whoever answers one half."""


def key_words(known: Map) -> list[tuple[float, str]]:
    """Five values and what stands beside their colours."""
    if known.kind == "loss":
        ends = {0: _tr("loss 0"), 4: _tr("a mere guess")}
        return [(GUESS * at / 4, ends.get(at, significant(GUESS * at / 4, 2))) for at in range(5)]
    words = {10: _tr("explodes"), 0: _tr("arrives"), -10: _tr("vanishes")}
    names = {at: power_of_ten(at) if at else "1" for at in (10, 5, 0, -5, -10)}
    return [(float(at), f"{name} {words.get(at, '')}".strip()) for at, name in names.items()]


def end_words(known: Map) -> dict[float, str]:
    """What stands for a figure that is no number, by the infinity that it is kept as."""
    if known.kind == "loss":
        return {math.inf: _tr("broke down")}
    return {-math.inf: _tr("no signal at all"), math.inf: _tr("beyond any float")}


def title_words(kind: MapKind) -> str:
    """What the map is of, with the moment."""
    if kind == "loss":
        return _tr("Loss after {steps} steps").format(steps=STEPS)
    return _tr("Ratio at the start")


def progress_words(known: Map | None, *, under_way: bool) -> list[str]:
    """How far a map has come, the fullest first; nothing where all of it is known."""
    if known is None or known.complete:
        return [""]
    numbers = {"known": known.known, "all": known.values.size}
    full = _tr("{known} of {all} cells") if under_way else _tr("stopped at {known} of {all} cells")
    return [full.format(**numbers), _tr("{known} of {all}").format(**numbers), ""]


def is_beside(known: Map, row: int, column: int) -> bool:
    """Whether the figure of a cell is of the layers beside one that is saturated."""
    return known.beside is not None and bool(known.beside[row, column])


def cell_words(known: Map, row: int, column: int) -> str:
    """A cell in words."""
    value = float(known.values[row, column])
    where = _tr("depth {depth}, scale {scale}: {found}")
    depth, scale = known.depths[row], significant(known.scales[column])
    told = where.format(depth=depth, scale=scale, found=_found(known, value))
    if not is_beside(known, row, column) or value != value:
        return told
    return _tr("{told}, of the layers beside one that is saturated").format(told=told)


def _found(known: Map, value: float) -> str:
    if value != value:
        return _tr("not yet")
    if value in (ends := end_words(known)):
        return ends[value]
    if known.kind == "signal":
        return ratio_of(value)
    return _tr("loss {loss} after {steps} steps").format(loss=ratio_text(value), steps=known.steps)


def ratio_of(logarithm: float) -> str:
    """A ratio by its power of ten, be it beyond those of a float."""
    if abs(logarithm) < LARGEST - 1.0:
        return ratio_text(10.0**logarithm)
    whole = math.floor(logarithm)
    return f"{fixed(10.0 ** (logarithm - whole), 1)}·{power_of_ten(whole)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("MapView", text)
