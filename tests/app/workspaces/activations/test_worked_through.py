"""From a slope at the cursor to the same function taken apart in the graph."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.workspaces.activations.functions import ComparedFunction
from app.workspaces.activations.keys import SLOPE, Y
from app.workspaces.activations.origins import expression_of
from app.workspaces.activations.page import ActivationsPage
from app.workspaces.scalar_graph.page import ScalarGraphPage
from engine.activations import ACTIVATIONS, activation
from engine.activations.scalar import scalar_of
from engine.autodiff import curve, graph_of, parse, patterns
from tests.app.window_rig import Opened
from tests.app.workspaces.activations.activations_rig import LEFT, press_part, tabled, type_own


def test_the_logistic_is_worked_through_at_the_cursor(page: ActivationsPage, opened: Opened, qtbot: QtBot) -> None:
    press_part(page.right.numbers, (SLOPE, "logistic"))
    assert page.right.origin.onward.text() == "See why, step by step"
    QTest.mouseClick(page.right.origin.onward, LEFT)
    graph = opened.window.pages.current
    assert isinstance(graph, ScalarGraphPage)
    assert (graph.document.value.text, graph.document.value.inputs) == ("1/(1 + exp(-x))", {"x": 1.2})
    assert graph.document.title == "logistic, worked through"
    assert graph.document.path is None
    graph.document.undo_stack.undo()
    assert graph.document.value.inputs == {"x": 2.0}  # what was open before


def test_the_whole_card_is_in_sight(page: ActivationsPage, opened: Opened, qtbot: QtBot) -> None:
    opened.window.resize(1280, 800)
    press_part(page.right.numbers, (SLOPE, "logistic"))
    column, card = page.right, page.right.origin
    qtbot.waitUntil(lambda: card.badge.state == "agrees")
    top = card.mapTo(column.viewport(), QPoint(0, 0)).y()
    assert column.verticalScrollBar().value() > 0
    assert top >= 0 and top + card.height() <= column.viewport().height()


def test_ones_own_goes_along_with_its_parameters(page: ActivationsPage, opened: Opened, qtbot: QtBot) -> None:
    type_own(page, "own-1", "z*tanh(b*z)")
    qtbot.waitUntil(lambda: "own-1" in tabled(page))
    page.edits.set_own_parameter("own-1", "b", 2.5)
    press_part(page.right.numbers, (SLOPE, "own-1"))
    QTest.mouseClick(page.right.origin.onward, LEFT)
    graph = opened.window.pages.current
    assert isinstance(graph, ScalarGraphPage)
    assert (graph.document.value.text, graph.document.value.inputs) == ("z*tanh(b*z)", {"b": 2.5, "z": 1.2})


def test_what_is_not_written_in_small_steps_leads_nowhere(page: ActivationsPage) -> None:
    for key in ("relu", "gelu"):
        press_part(page.right.numbers, (SLOPE, key))
        assert page.right.origin.onward.isHidden()
    press_part(page.right.numbers, (Y, "logistic"))
    assert page.right.origin.onward.isHidden()


@pytest.mark.parametrize(
    ("key", "beyond", "within"),
    [("tanh", 720.0, 700.0), ("tanh", -720.0, -700.0), ("logistic", -720.0, 720.0), ("softplus", 720.0, -720.0)],
)
def test_where_a_small_step_overflows_and_the_slope_does_not_there_is_no_way(
    key: str, beyond: float, within: float
) -> None:
    one = ComparedFunction(key, key, 0, scalar_of(activation(key)))
    assert math.isfinite(one.scalar.at(beyond)[1])
    assert expression_of(one, beyond) is None
    found = expression_of(one, within)
    assert found is not None and (found.text, found.inputs) == (ACTIVATIONS[key].steps, {"x": within})


@pytest.mark.parametrize("key", [key for key, one in ACTIVATIONS.items() if one.steps])
def test_what_is_written_is_that_function_and_has_a_short_slope_to_be_asked_about(key: str) -> None:
    graph, x = graph_of(parse(ACTIVATIONS[key].steps)), np.linspace(-4.0, 4.0, 17)
    np.testing.assert_allclose(curve(graph, "x", x).values, ACTIVATIONS[key].value(x), rtol=1e-12, atol=1e-12)
    assert [one.kind for one in patterns(graph)] == [key]
