"""Where a layer's typed function has no finite value or slope: the one place that decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engine.graph.kinds.base import Array
from engine.network.plan import Node


class Lack(StrEnum):
    """What a function lacks at a place."""

    VALUE = "value"  # log at −1
    BOUND = "bound"  # 1/x at 0, and what overflows
    SLOPE = "slope"  # sqrt at 0


@dataclass(frozen=True, slots=True)
class FunctionGap:
    """A finite weighted sum ``z`` at which the ``function`` of a block, as it is labelled, lacks a finite number."""

    block_id: str
    function: str
    lack: Lack
    z: float


def function_gap(node: Node, z: Array, a: Array) -> FunctionGap | None:
    """The first place in z and a (rows, units) where the node's function lacks something; a missing value before a
    missing slope. The catalogue's functions have both everywhere, so only a typed one can."""
    function = node.kind.function(node.params)
    if function is None or not function.is_typed:
        return None
    is_known = np.isfinite(z)
    with np.errstate(all="ignore"):
        slopes = function.derivative(z)
    for lack, is_lacking in ((Lack.VALUE, np.isnan(a)), (Lack.BOUND, np.isinf(a)), (Lack.SLOPE, ~np.isfinite(slopes))):
        places = is_known & is_lacking
        if places.any():
            return FunctionGap(node.id, function.label, lack, float(z[places][0]))
    return None


def last_gap(nodes: Sequence[Node], z: Sequence[Array], a: Sequence[Array]) -> FunctionGap | None:
    """The first gap that a backward pass comes to."""
    gaps = (function_gap(*place) for place in zip(reversed(nodes), reversed(z), reversed(a), strict=True))
    return next((gap for gap in gaps if gap is not None), None)
