"""The canvas without a mouse, and what it says to those who do not see it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import disconnect
from tests.app.builder.canvas_rig import Rig


@pytest.fixture
def rig(qtbot) -> Rig:
    return Rig(qtbot)


def test_tab_goes_through_the_blocks_in_the_order_of_the_pass(rig: Rig) -> None:
    seen = []
    for _ in range(4):
        rig.key(Qt.Key.Key_Tab)
        seen.append(rig.canvas.selection.focus)
    assert seen == ["input-1", "dense-1", "dense-2", "output-1"]
    rig.key(Qt.Key.Key_Backtab)
    assert rig.canvas.selection.focus == "dense-2"


def test_the_focused_block_is_described(rig: Rig) -> None:
    rig.canvas.selection.choose(["dense-2"])
    text = rig.canvas.accessibleDescription()
    assert "Dense 2" in text and "2 units" in text
    rig.canvas.selection.choose(["input-1"])
    assert "Input" in rig.canvas.accessibleDescription()


def test_arrows_move_the_selection_and_fold_into_one_step(rig: Rig) -> None:
    before = rig.graph
    rig.canvas.selection.choose(["dense-1"])
    for _ in range(3):
        rig.key(Qt.Key.Key_Down)
    rig.key(Qt.Key.Key_Right)
    moved = rig.graph.block("dense-1")
    assert (moved.x, moved.y) == (before.block("dense-1").x + 10, before.block("dense-1").y + 30)
    rig.assert_one_undoable_step(before)


def test_plus_and_minus_change_units(rig: Rig) -> None:
    before = rig.graph
    rig.canvas.selection.choose(["dense-1"])
    rig.key(Qt.Key.Key_Plus)
    rig.key(Qt.Key.Key_Plus)
    assert rig.graph.block("dense-1").params.units == 5
    rig.assert_one_undoable_step(before)
    rig.key(Qt.Key.Key_Minus)
    assert rig.graph.block("dense-1").params.units == 4


def test_w_wires_by_keyboard(qtbot) -> None:
    rig = Rig(qtbot, disconnect(feed_forward((3, 2)), Wire(source="dense-1", target="dense-2")))
    before = rig.graph
    rig.canvas.selection.choose(["dense-1"])
    rig.key(Qt.Key.Key_W)
    assert rig.canvas.pointing.keyboard_wire.wire.aimed.id == "dense-2"
    rig.key(Qt.Key.Key_Right)
    assert rig.canvas.pointing.keyboard_wire.wire.aimed.id == "output-1"
    rig.key(Qt.Key.Key_Left)
    rig.key(Qt.Key.Key_Return)
    assert rig.canvas.pointing.keyboard_wire is None
    assert Wire(source="dense-1", target="dense-2") in rig.graph.wires
    rig.assert_one_undoable_step(before)


def test_escape_gives_a_keyboard_wire_up(rig: Rig) -> None:
    before = rig.graph
    rig.canvas.selection.choose(["dense-1"])
    rig.key(Qt.Key.Key_W)
    rig.key(Qt.Key.Key_Escape)
    assert rig.canvas.pointing.keyboard_wire is None
    assert rig.graph == before


def test_a_opens_a_menu_that_adds_a_block(rig: Rig) -> None:
    rig.key(Qt.Key.Key_A)
    menu = rig.canvas.findChild(QMenu)
    labels = [action.text() for action in menu.actions()]
    assert "Dense" in labels and "Add" in labels
    menu.actions()[labels.index("Add")].trigger()
    menu.close()
    assert rig.canvas.selection.blocks == ("add-1",)


def test_select_all_and_delete(rig: Rig) -> None:
    rig.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(rig.canvas.selection.blocks) == 4
    rig.key(Qt.Key.Key_Delete)
    assert rig.graph == NetworkGraph()
    rig.canvas.grab()  # the hint of the empty canvas
    rig.document.undo_stack.undo()
    assert len(rig.graph.blocks) == 4


def test_every_action_teaches(rig: Rig) -> None:
    for name, action in rig.canvas.actions_by_name.items():
        assert action.text(), name
        assert len(action.statusTip()) > 10, name
        assert action.toolTip().startswith(action.statusTip()), name
        assert action.shortcut().toString(), name


def test_no_two_actions_share_a_shortcut(rig: Rig) -> None:
    keys = [keys.toString() for action in rig.canvas.actions_by_name.values() for keys in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_alt_and_arrows_go_from_neuron_to_neuron(rig: Rig) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    rig.canvas.selection.choose(["dense-1"])
    rig.key(Qt.Key.Key_Return)
    neuron = rig.canvas.selection.neuron
    assert (neuron.block_id, neuron.unit) == ("dense-1", 0)
    rig.key(Qt.Key.Key_Down, alt)
    assert rig.canvas.selection.neuron.unit == 1
    rig.key(Qt.Key.Key_Right, alt)
    assert rig.canvas.selection.neuron.block_id == "dense-2"
    rig.key(Qt.Key.Key_Escape)
    assert rig.canvas.selection.neuron is None
