"""Where any number of the page comes from: those at the cursor, of the layer, and the ends of ranges."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from app.kit.origin.facts import Fact
from app.workspaces.activations.keys import RANGE, SLOPE, SLOPE_SET
from app.workspaces.activations.layer_origins import layer_fact
from app.workspaces.activations.layer_view import LayerView
from app.workspaces.activations.origins import fact_of
from app.workspaces.activations.range_origins import range_fact
from app.workspaces.activations.shown import Shown


def fact_at(
    shown: Sequence[Shown], view: LayerView | None, cursor: float, key: Hashable, *, hiding: bool
) -> Fact | None:
    """The fact behind a key; None of a slope, or a range of slopes, while one is still to be guessed, and of what is
    compared no more."""
    if hiding and isinstance(key, tuple) and (key[0] == SLOPE or key[:2] == (RANGE, SLOPE_SET)):
        return None
    return fact_of(shown, cursor, key) or layer_fact(view, shown, key) or range_fact(shown, key)
