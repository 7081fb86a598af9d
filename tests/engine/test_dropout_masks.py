"""Dropout masks: one stream a step, block and seed, none a shifted copy of another."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from engine.graph.kinds.base import MaskSource


def kept(step: int, block_id: str = "dropout-1", seed: int = 0, rate: float = 0.5) -> list[bool]:
    return (MaskSource(seed, step).keep(block_id, (8, 16), rate).ravel() > 0.0).tolist()


def test_a_steps_mask_is_no_shifted_copy_of_the_step_before() -> None:
    """96 equal bits in a row are no accident (2⁻⁹⁶); Philox gives four numbers for each count."""
    for step in range(20):
        windows = sliding_window_view(np.array(kept(step)), 96)
        following = sliding_window_view(np.array(kept(step + 1)), 96)
        assert not {tuple(w) for w in windows.tolist()} & {tuple(w) for w in following.tolist()}


def test_masks_differ_by_step_block_and_seed_and_are_drawn_anew_alike() -> None:
    masks = [kept(0), kept(1), kept(0, "dropout-2"), kept(0, seed=1)]
    assert len({tuple(mask) for mask in masks}) == 4
    assert kept(7) == kept(7)


def test_the_kept_share_is_one_less_the_rate_over_many_steps() -> None:
    masks = [MaskSource(3, step).keep("dropout-1", (4, 8), 0.3) for step in range(500)]
    share = float(np.mean([mask > 0.0 for mask in masks]))
    assert abs(share - 0.7) < 4.0 * np.sqrt(0.21 / (500 * 32))  # four standard errors
    assert np.unique(masks).tolist() == [0.0, 1.0 / 0.7]
