"""Ranges in the check list: each end on one line, however many functions there are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.workspaces.activations.fact_list import ENDS, FactList, end_text
from app.workspaces.activations.functions import ComparedFunction
from app.workspaces.activations.keys import LOW, OUTPUT_SET, RANGE, SLOPE_SET
from engine.activations import ACTIVATIONS
from engine.activations.scalar import scalar_of
from engine.activations.typed import read, scalar_of_typed

SIDE = 322
"""Pixels of the right column in a window of 1280."""


def listed(qtbot: QtBot, *keys: str) -> FactList:
    facts = FactList()
    qtbot.addWidget(facts)
    shown = tuple(ComparedFunction(key, key[:4], slot, scalar_of(ACTIVATIONS[key])) for slot, key in enumerate(keys))
    facts.show_functions(shown)
    facts.resize(SIDE, facts.sizeHint().height())
    facts.show()
    return facts


@pytest.mark.parametrize("keys", [("relu",), ("logistic", "tanh", "silu", "gelu", "gelu_tanh")])
def test_every_end_stands_whole_on_one_line_at_1280(qtbot: QtBot, keys: tuple[str, ...]) -> None:
    facts = listed(qtbot, *keys)
    for key in keys:
        for fact in ENDS:
            cell = facts.cells[key, fact]
            assert cell.height() < 24 and cell.width() >= cell.fontMetrics().horizontalAdvance(cell.text()), (key, fact)


@pytest.mark.parametrize(
    "texts",
    [
        ("x^x",),
        ("x^x", "-x^9", "x^99", "-exp(x^2)"),
        ("x^x", "-x^9", "x^99", "-exp(x^2)", "-x^3"),
        ("x^x", "relu(x)", "x", "tanh(x)", "1e300*x^3"),
    ],
)
def test_ends_of_typed_functions_however_large_stand_whole(qtbot: QtBot, texts: tuple[str, ...]) -> None:
    facts = FactList()
    shown = tuple(
        ComparedFunction(text, text, slot, scalar_of_typed(read(text), text, text, {}, -6.0, 6.0))
        for slot, text in enumerate(texts)
    )
    qtbot.addWidget(facts)
    facts.show_functions(shown)
    facts.resize(SIDE, facts.sizeHint().height())
    facts.show()
    assert facts.cells["x^x", "most_output"].text() == "46656*"
    for (key, fact), cell in facts.cells.items():
        if fact not in ENDS:
            continue
        assert cell.width() >= cell.fontMetrics().horizontalAdvance(cell.text()), (key, fact, cell.text())


@pytest.mark.parametrize(
    ("key", "ends"),
    [
        ("logistic", ("> 0", "< 1", "> 0", "0.25")), ("relu", ("0", "∞", "0", "1")),
        ("tanh", ("> −1", "< 1", "> 0", "1")), ("gelu", ("−0.17", "∞", "−0.13", "1.13")),
        ("leaky_relu", ("−∞", "∞", "0.01", "1")), ("softmax", ("> 0", "< 1", "> 0", "0.25")),
    ],
)  # fmt: skip
def test_an_end_that_is_never_reached_says_so(key: str, ends: tuple[str, ...]) -> None:
    function = ACTIVATIONS[key]
    profile = function.profile(function.parameter.default if function.parameter is not None else None)
    written = [end_text(profile, kind, is_low=bool(low)) for kind, *low in ENDS.values()]
    assert tuple(text.replace("\N{NARROW NO-BREAK SPACE}", " ") for text in written) == ends


def test_a_click_on_an_end_asks_where_it_comes_from(qtbot: QtBot) -> None:
    facts, asked = listed(qtbot, "gelu"), list[object]()
    facts.asked.connect(asked.append)
    for fact in ("least_output", "most_slope"):
        QTest.mouseClick(facts.cells["gelu", fact], Qt.MouseButton.LeftButton)
    assert asked == [(RANGE, OUTPUT_SET, "gelu", LOW), (RANGE, SLOPE_SET, "gelu")]
    assert "[−0.1289, 1.1289]" in facts.cells["gelu", "most_slope"].toolTip()
