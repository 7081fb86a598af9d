"""Columns of a recommender's data: bags of any length, taken row by row, and columns that agree on their rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.graph.columns import Bags, Columns, bags_of

LISTS = st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=1, max_size=8)


@given(LISTS, st.data())
def test_bags_hold_what_the_lists_hold_in_any_order_of_rows(lists: list[list[int]], data: st.DataObject) -> None:
    bags = bags_of(lists)
    assert bags.rows == len(lists)
    assert bags.lengths.tolist() == [len(ids) for ids in lists]
    assert [bags.bag(row).tolist() for row in range(bags.rows)] == lists
    rows = data.draw(st.lists(st.integers(0, len(lists) - 1), max_size=10))
    taken = bags.take(np.array(rows, np.int64))
    assert [taken.bag(row).tolist() for row in range(taken.rows)] == [lists[row] for row in rows]


def test_columns_take_the_same_rows_of_every_column() -> None:
    columns = Columns(
        {"age": np.array([20, 30, 40], np.float32), "city": np.array([1, 0, 2]), "seen": bags_of([[5], [], [6, 7]])}, 3
    )
    taken = columns.take(np.array([2, 0]))
    seen = taken["seen"]
    assert taken.rows == 2 and set(taken.of) == {"age", "city", "seen"}
    np.testing.assert_array_equal(taken["age"], [40, 20])  # type: ignore[arg-type]
    np.testing.assert_array_equal(taken["city"], [2, 1])  # type: ignore[arg-type]
    assert isinstance(seen, Bags) and seen.ids.tolist() == [6, 7, 5] and seen.offsets.tolist() == [0, 2, 3]


@pytest.mark.parametrize("short", [np.zeros(2, np.float32), bags_of([[1], [2]])], ids=["numbers", "bags"])
def test_a_column_of_another_length_is_refused_by_name(short: np.ndarray | Bags) -> None:
    with pytest.raises(ValueError, match="'short' has 2 rows, the others have 3"):
        Columns({"long": np.zeros(3, np.int64), "short": short}, 3)
