"""How the switches of a network share the rows of its column: which stand in which, as (field, share of the width)."""

from __future__ import annotations

from collections.abc import Collection

Rows = tuple[tuple[tuple[str, int], ...], ...]

MORE = "more"
"""Stands for the button that shows all, or only the few; an empty name for nothing."""
GAP = 6

WIDE: Rows = (
    (("depth", 28), ("width", 18), ("activation", 26), ("initializer", 27), ("scale", 20)),
    (("normalisation", 28), ("skip", 18), ("clip_norm", 26), ("rate", 27), ("optimizer", 20)),
)
NARROW: Rows = (
    (("depth", 20), ("width", 20), ("activation", 34), ("initializer", 38)),
    (("scale", 20), ("normalisation", 37), ("skip", 26), ("clip_norm", 29)),
    (("rate", 24), ("optimizer", 34), ("", 54)),
)
TIGHT: Rows = (
    (("depth", 22), ("width", 22), ("activation", 56)),
    (("initializer", 66), ("scale", 34)),
    (("normalisation", 62), ("skip", 38)),
    (("clip_norm", 38), ("rate", 62)),
    (("optimizer", 62), (MORE, 38)),
)
ALWAYS = frozenset({"depth", "width", "activation", "initializer", "scale"})
LEAST = {
    "depth": 42, "width": 42, "activation": 92, "initializer": 98, "scale": 50, "normalisation": 92, "skip": 58,
    "clip_norm": 62, "rate": 58, "optimizer": 84, MORE: 52,
}  # fmt: skip
"""Pixels that each needs at least, in the order in which they stand."""


MOST_ROWS = 3


def packed(needed: Collection[str], room: int) -> Rows:
    """The most important switches and the button for the rest, as many in a row as so many pixels hold; in up to
    :data:`MOST_ROWS` those ``needed`` besides, and whichever else there is room for without one more row."""
    shown = ALWAYS | {MORE}
    for name in LEAST:
        if name in needed and len(_rows_of(shown | {name}, room)) <= MOST_ROWS:
            shown |= {name}
    rows = _rows_of(shown, room)
    for name in LEAST:
        grown = _rows_of(shown | {name}, room)
        if len(grown) == len(rows):
            shown, rows = shown | {name}, grown
    return rows


def _rows_of(shown: Collection[str], room: int) -> Rows:
    rows: list[list[tuple[str, int]]] = [[]]
    left = room
    for name, least in LEAST.items():
        if name not in shown:
            continue
        if rows[-1] and least > left:
            rows.append([])
            left = room
        rows[-1].append((name, least))
        left -= least + GAP
    return tuple(tuple(row) for row in rows)
