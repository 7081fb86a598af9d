"""Ranges in the check list: on one line where the width can be shared out so."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.kit.formula.view import MARGIN, FormulaView
from app.workspaces.activations.checks import FACTS, SET_PIXELS, SQUEEZED, CheckList, Want, shared
from app.workspaces.activations.compared import ComparedFunction
from engine.activations import ACTIVATIONS
from engine.activations.scalar import scalar_of

SIDE = 322
"""Pixels of the right column in a window of 1280."""


def listed(qtbot: QtBot, *keys: str) -> CheckList:
    checks = CheckList()
    qtbot.addWidget(checks)
    shown = tuple(ComparedFunction(key, key[:4], slot, scalar_of(ACTIVATIONS[key])) for slot, key in enumerate(keys))
    checks.show_functions(shown)
    checks.resize(SIDE, checks.sizeHint().height())
    checks.show()
    return checks


def view_of(checks: CheckList, key: str, fact: str) -> FormulaView:
    view = checks.cells[key, fact]
    assert isinstance(view, FormulaView)
    return view


@pytest.mark.parametrize("added", [(), ("gelu",), ("tanh", "gelu")])
def test_sets_stand_on_one_line_and_can_be_read_at_1280(qtbot: QtBot, added: tuple[str, ...]) -> None:
    checks = listed(qtbot, "logistic", "relu", *added)
    for (key, fact), view in checks.cells.items():
        if fact in FACTS[-2:]:
            assert isinstance(view, FormulaView)
            assert view.laid_out.height < 1.5 * SET_PIXELS, (key, fact)
            assert view.width() - 2 * MARGIN >= SQUEEZED * view.laid_out.width - 1.0, (key, fact)


def test_the_widest_are_taken_apart_where_all_do_not_fit_and_stand_whole_again_where_there_is_room(
    qtbot: QtBot,
) -> None:
    checks = listed(qtbot, "logistic", "tanh", "silu", "gelu", "gelu_tanh")
    high, low = view_of(checks, "gelu", "slope"), view_of(checks, "logistic", "slope")
    assert high.laid_out.height > 1.5 * SET_PIXELS > low.laid_out.height
    checks.resize(2 * SIDE, checks.height())
    assert high.laid_out.height < 1.5 * SET_PIXELS


def test_columns_are_as_wide_as_was_shared_out(qtbot: QtBot) -> None:
    checks = listed(qtbot, "logistic", "tanh", "step", "elu")
    spare = sum(head.width() for head in checks.heads.values()) / sum(checks._widths.values())
    assert spare >= 1.0
    for key, width in checks._widths.items():
        assert width >= checks.cells[key, "right"].sizeHint().width()
        assert checks.heads[key].width() == pytest.approx(spare * width, abs=1.0)


def test_columns_together_are_no_wider_than_their_room() -> None:
    wants = [Want(30, (r"[-0.13, 1.13]", r"(0, 1)")), Want(40, (r"[-0.1004, 1.1004]", r"(0, 1)")), Want(30, ("x",))]
    whole = shared(wants, 1000.0)
    for room in range(130, 300, 7):
        widths = shared(wants, room)
        assert sum(widths) <= room
        assert all(width <= most for width, most in zip(widths, whole, strict=True))
    assert shared(wants, sum(whole)) == whole
