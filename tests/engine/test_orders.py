"""Shuffles: each epoch's is its own, however far a run goes."""

from __future__ import annotations

from itertools import pairwise
from weakref import ref

import numpy as np
import pytest

from engine.network.kernels.shuffles import shuffled_rows
from engine.network.spare import let_go
from engine.schedules import Schedule, rates
from engine.training import orders
from engine.training.orders import EPOCHS_A_BLOCK, batches, epoch_order


@pytest.mark.parametrize("rows", [12, 25, 60])
def test_no_two_epochs_shuffle_alike_across_the_blocks_they_are_drawn_in(rows: int) -> None:
    epochs = 6 * EPOCHS_A_BLOCK
    seen = {tuple(epoch_order(rows, 0, epoch, True).tolist()) for epoch in range(epochs)}
    assert len(seen) == epochs  # 12! ≈ 5·10⁸: two alike are no accident


@pytest.mark.parametrize(
    ("rows", "epochs", "seed"), [(1, 3, 0), (2, 64, 1), (7, 64, 5), (250, 64, 2**63 - 1), (5003, 2, 3)]
)
@pytest.mark.parametrize("block", [0, 1, 9])
def test_the_compiled_shuffles_are_numpys(rows: int, epochs: int, seed: int, block: int) -> None:
    stream = np.random.Generator(np.random.Philox(key=[seed, 0x5EED], counter=[0, 0, 0, block]))
    wanted = stream.permuted(np.tile(np.arange(rows), (epochs, 1)), axis=1)
    np.testing.assert_array_equal(shuffled_rows(rows, epochs, (seed, 0x5EED), block), wanted)


def test_what_is_forgotten_is_drawn_again_alike() -> None:
    before = epoch_order(40, 7, 100, True).copy()
    kept = [
        ref(epoch_order(40, 7, 100, True).base),
        ref(batches(40, 10, 8, True, first_step=4, count=400).offsets.base),
        ref(rates(Schedule(), 0.125, 0, 1000, 4).base),
    ]
    let_go()
    assert all(one() is not None for one in kept), "there is something to forget"
    orders.forget_stretches()
    assert [one() for one in kept] == [None, None, None]
    np.testing.assert_array_equal(epoch_order(40, 7, 100, True), before)


def test_positions_are_visited_evenly_over_many_epochs() -> None:
    """χ² of how often row 0 comes at each place; 99.9 % quantile of 9 degrees of freedom."""
    places = [int(np.flatnonzero(epoch_order(10, 4, epoch, True) == 0)[0]) for epoch in range(2000)]
    counts = np.bincount(places, minlength=10)
    assert float(((counts - 200.0) ** 2 / 200.0).sum()) < 27.88


def test_batches_across_a_block_border_are_the_epochs_own() -> None:
    taken = batches(12, 4, 1, True, first_step=3 * (EPOCHS_A_BLOCK - 1), count=6)
    before, after = (epoch_order(12, 1, EPOCHS_A_BLOCK - 1 + k, True) for k in range(2))
    np.testing.assert_array_equal(taken.order, np.concatenate([before, after]))


@pytest.mark.parametrize("compiled", [True, False])
def test_epochs_asked_for_in_any_stretches_are_the_same(compiled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "_COMPILED", "engine.network.kernels.shuffles" if compiled else "nowhere")
    rows, last = 9, 5 * EPOCHS_A_BLOCK
    shuffles = orders._Shuffles(rows, 4)
    wanted = np.concatenate([epoch_order(rows, 4, epoch, True) for epoch in range(last)])
    for first, end in ((0, 1), (1, 3), (3, 200), (200, 201), (190, 320), (60, 70), (319, 320)):
        found = shuffles.epochs(first, end - 1)
        np.testing.assert_array_equal(found, wanted[first * rows : end * rows])
        assert not found.flags.writeable


@pytest.mark.parametrize(("rows", "size"), [(10, 3), (7, 2), (12, 4), (5, 9), (8, 7)])
@pytest.mark.parametrize("first", [0, 1, 4])
def test_rows_that_are_carried_come_first_in_the_next_epoch(rows: int, size: int, first: int) -> None:
    """Written out: rows flow on, an update falls due after every ``size``-th row of an epoch."""
    waiting: list[int] = []
    written: list[list[int]] = []
    for epoch in range(12):
        for number, row in enumerate(epoch_order(rows, 2, epoch, True).tolist(), 1):
            waiting.append(row)
            if number % min(size, rows) == 0:
                written.append(waiting)
                waiting = []
    taken = batches(rows, size, 2, True, first, 5, "carry")
    found = [taken.order[a:b].tolist() for a, b in pairwise(taken.offsets)]
    assert found == written[first : first + 5]
