"""What all tests of the recommenders share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.extras import has_torch
from tests.few_trees import few_trees


@pytest.fixture(autouse=True, scope="module")
def trees_beside_a_run(request: pytest.FixtureRequest) -> Iterator[None]:
    """Few of them, but where they are what is tested."""
    if not has_torch() or request.node.name == "test_rec_opponents.py":
        yield
        return
    with few_trees():
        yield
