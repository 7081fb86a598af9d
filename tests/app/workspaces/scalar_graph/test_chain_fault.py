"""The chain rule so far where a slope means nothing: its products say so, also those that are finite."""

from __future__ import annotations

import math

import pytest
from PySide6.QtGui import QColor

from app.kit import theme
from app.workspaces.scalar_graph.explanations.chain import ROW, ChainRows
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window


def _colours(rows: ChainRows, number: int) -> set[str]:
    """Of the right third of a row, where its bar and its product are."""
    picture = rows.grab().toImage()
    ratio = picture.devicePixelRatio()
    left, top = int(ratio * rows.width() * 0.66), int(ratio * ROW * number)
    return {
        QColor(picture.pixelColor(x, y)).name()
        for x in range(left, picture.width())
        for y in range(top, int(top + ratio * ROW))
    }


def test_a_finite_product_that_means_nothing_has_the_colour_of_a_fault(bench: Bench) -> None:
    bench.load("", bench.page.document.value.model_copy(update={"text": "3/(1/x)", "inputs": {"x": 0.0}}))
    bench.act("graph_end")
    right = bench.page.widget.right
    assert right is not None
    right.show_card("chain")
    rows = right.chain.rows
    bench.qtbot.waitUntil(lambda: len(rows.links) == 3 and rows.isVisible())
    finite = [link.product is not None and math.isfinite(link.product) for link in rows.links]
    assert any(finite) and all(link.hollow for link in rows.links)
    colours = theme.current()
    for number, _ in enumerate(rows.links):
        found = _colours(rows, number)
        assert colours.danger in found and colours.positive not in found and colours.negative not in found
    assert f"! {1}" in rows.accessibleDescription()
    bench.desk.set_input("x", 2.0)
    bench.qtbot.waitUntil(lambda: not any(link.hollow for link in rows.links))
    assert all(colours.danger not in _colours(rows, number) for number in range(3))
