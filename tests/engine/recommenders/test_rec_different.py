"""The different ones among many numbers, against Python's own sets."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.recommenders.data.different import different


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3)))
def test_they_are_those_of_a_set_in_order(numbers: list[int]) -> None:
    found = different(np.array(numbers, np.int64))
    assert found.dtype == np.int64 and found.tolist() == sorted(set(numbers))
