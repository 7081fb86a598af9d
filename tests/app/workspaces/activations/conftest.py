"""The page of activations in a whole window, beside a playground unless a module opens it otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.workspaces.activations.page import ActivationsPage
from tests.app.window_rig import Opened
from tests.app.workspaces.activations.activations_rig import beside_a_playground, page_of


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    with beside_a_playground(qtbot) as found:
        yield found


@pytest.fixture
def page(opened: Opened) -> ActivationsPage:
    return page_of(opened)
