"""What modules share that ask real children."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.app.workspaces.recommender.kept_children import keeping_children


@pytest.fixture(scope="module")
def kept_children(qapp: QApplication) -> Iterator[None]:
    """Children that have answered for a test answer for the next one of the module that opens the same."""
    with keeping_children():
        yield
