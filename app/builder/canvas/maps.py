"""How a block's outputs become heat maps between −1 and +1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.builder.canvas.facts import function_of
from engine.graph import Block
from engine.training.snapshot import Snapshot


def raw_maps(block: Block, snapshot: Snapshot) -> NDArray[np.float32] | None:
    """The block's outputs over the plane, (units, side, side); None when the snapshot has none."""
    if block.declaration.is_end and snapshot.decision is not None:
        return snapshot.decision.outputs
    return snapshot.maps.get(block.id)


def scaled_maps(block: Block, maps: NDArray[np.float32]) -> NDArray[np.float32]:
    """The block's maps, scaled for the diverging colours.

    Inputs are scaled each by its own largest value, and those that the plane holds at their mean are neutral. A
    bounded activation is scaled by its bound, any other by the block's largest value. A lone probability p is shown as
    2p − 1, so that the boundary is neutral.
    """
    low, high = _output_range(block)
    if block.declaration.is_end and low == 0.0 and high == 1.0 and maps.shape[0] == 1:
        return np.asarray(2.0 * maps - 1.0, dtype=np.float32)
    if block.declaration.features(block.params) is not None:
        return np.where(_is_held(maps), np.float32(0.0), maps / _largest(maps, axis=(1, 2)))
    bound = max(abs(low), abs(high))
    return maps if bound == 1.0 else maps / _largest(maps, axis=None)


def scaled_weights(images: NDArray[np.float32]) -> NDArray[np.float32]:
    """Weights as images (units, height, width) on one scale: the block's largest ones, two in a hundred, are in full
    colour, so that a few of them do not make all others pale."""
    sizes = np.abs(images[np.isfinite(images)])
    full = float(np.quantile(sizes, 0.98)) if sizes.size else 0.0
    scaled: NDArray[np.float32] = np.clip(images / np.float32(full or 1.0), -1.0, 1.0)
    return scaled


def _is_held(maps: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which maps have one value everywhere, (units, 1, 1)."""
    return np.asarray(maps.max(axis=(1, 2), keepdims=True) == maps.min(axis=(1, 2), keepdims=True))


def _output_range(block: Block) -> tuple[float, float]:
    function = function_of(block)
    return (-np.inf, np.inf) if function is None else function.output_range


def _largest(maps: NDArray[np.float32], axis: tuple[int, int] | None) -> NDArray[np.float32]:
    with np.errstate(invalid="ignore"):
        sizes = np.max(np.abs(maps), axis=axis, keepdims=True)
    return np.where((sizes > 0) & np.isfinite(sizes), sizes, np.float32(1.0))
