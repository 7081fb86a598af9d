"""The page of activations in a whole window, beside a playground unless a module opens it otherwise; modules that are
marked ``shares_window`` have one for all their tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.workspaces.activations.page import ActivationsPage
from tests.app.standing import Standing, shares
from tests.app.window_rig import Opened
from tests.app.workspaces.activations.activations_rig import (
    Opener,
    beside_a_playground,
    page_of,
    put_back,
    window_of,
)


@pytest.fixture(scope="module")
def opener() -> Opener:
    """What opens the window of a module."""
    return beside_a_playground


@pytest.fixture(scope="module")
def standing(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing[Opened]]:
    found = Standing(opener, window_of, put_back, tmp_path_factory.mktemp("standing"))
    yield found
    found.close()


@pytest.fixture
def standing_window(request: pytest.FixtureRequest, qapp: QApplication, standing: Standing[Opened]) -> None:
    if "opened" in request.fixturenames and shares(request):
        standing.make_ready()
    elif not shares(request):
        standing.close()


@pytest.fixture
def opened(
    request: pytest.FixtureRequest, standing: Standing[Opened], opener: Opener, nothing_left_behind: None
) -> Iterator[Opened]:
    if shares(request):
        yield standing.held
        standing.take_back()
    else:
        with opener() as found:
            yield found


@pytest.fixture
def page(opened: Opened) -> ActivationsPage:
    return page_of(opened)
