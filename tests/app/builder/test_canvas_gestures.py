"""The canvas worked by mouse: every gesture changes the document in one step that undo takes back whole."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.builder.canvas.blocks import BlockLook, caption_marks, caption_size
from app.builder.canvas.commands import TitleField
from app.builder.palette_drag import start_palette_drag
from app.kit.drawing.marks import Text
from engine.graph import Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, disconnect, set_params
from tests.app.builder.canvas_rig import Rig

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def rig(qtbot) -> Rig:
    return Rig(qtbot)


def carry_from_palette(rig: Rig, qtbot, kind: str, goal: QPoint) -> None:
    """What a palette does: it has the mouse, from the press to the release."""
    palette = QWidget()
    qtbot.addWidget(palette)
    QTest.mousePress(palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    start_palette_drag(kind, palette.mapToGlobal(QPoint(9, 9)))
    on_palette = palette.mapFromGlobal(rig.canvas.mapToGlobal(goal))
    QTest.mouseMove(palette, on_palette)
    assert rig.canvas.pointing.ghost is not None
    QTest.mouseRelease(palette, Qt.MouseButton.LeftButton, pos=on_palette)


def test_palette_drop_on_empty_ground_adds_a_block(rig: Rig, qtbot) -> None:
    before = rig.graph
    place = rig.canvas.camera.to_scene(QPointF(80, 560))
    carry_from_palette(rig, qtbot, "dense", QPoint(80, 560))
    added = [b for b in rig.graph.blocks if b.id not in before]
    assert [b.kind for b in added] == ["dense"]
    assert rig.graph.wires == before.wires
    assert abs(added[0].x - place.x()) <= 5 and abs(added[0].y - place.y()) <= 5
    assert rig.canvas.selection.blocks == (added[0].id,)
    rig.assert_one_undoable_step(before)


def test_palette_drop_on_a_block_puts_the_new_one_behind_it(rig: Rig, qtbot) -> None:
    before = rig.graph
    carry_from_palette(rig, qtbot, "dense", rig.pixel(rig.tile("dense-1", 1)))
    assert Wire(source="dense-1", target="dense-3") in rig.graph.wires
    assert Wire(source="dense-3", target="dense-2") in rig.graph.wires
    assert Wire(source="dense-1", target="dense-2") not in rig.graph.wires
    shapes = rig.canvas.scene.layout.shapes
    assert not shapes["dense-3"].body.intersects(shapes["dense-1"].body)
    rig.assert_one_undoable_step(before)


def test_palette_drop_of_what_fits_no_wire_lies_beside_the_block_beneath(rig: Rig, qtbot) -> None:
    before = rig.graph
    carry_from_palette(rig, qtbot, "input", rig.pixel(rig.tile("dense-1", 1)))
    (added,) = (block.id for block in rig.graph.blocks if block.id not in before)
    shapes = rig.canvas.scene.layout.shapes
    assert not any(shapes[added].body.intersects(shapes[block.id].body) for block in before.blocks)
    rig.assert_one_undoable_step(before)


def test_palette_drop_on_a_wire_splices(rig: Rig, qtbot) -> None:
    before = rig.graph
    middle = (rig.tile("dense-1", 1) + rig.tile("dense-2", 1)) / 2
    carry_from_palette(rig, qtbot, "dense", rig.pixel(middle))
    assert Wire(source="dense-1", target="dense-3") in rig.graph.wires
    assert Wire(source="dense-3", target="dense-2") in rig.graph.wires
    assert Wire(source="dense-1", target="dense-2") not in rig.graph.wires
    rig.assert_one_undoable_step(before)


def test_a_dense_block_is_held_and_dropped_with_the_activation_of_its_chain(rig: Rig, qtbot) -> None:
    for block_id in ("dense-1", "dense-2"):
        rig.document.edit("Change", graph=set_params(rig.graph, block_id, activation="relu"))
    place = rig.pixel((rig.tile("dense-1", 1) + rig.tile("dense-2", 1)) / 2)
    drag = start_palette_drag("dense", rig.canvas.mapToGlobal(place))
    held = {mark.text for mark in rig.canvas.pointing.ghost.marks() if isinstance(mark, Text)}
    assert any("ReLU" in text for text in held)
    drag._release(rig.canvas.mapToGlobal(place))
    assert rig.graph.block("dense-3").params.activation == "relu"


def test_escape_gives_a_palette_drag_up(rig: Rig) -> None:
    before = rig.graph
    drag = start_palette_drag("dense", rig.canvas.mapToGlobal(QPoint(80, 560)))
    assert rig.canvas.pointing.ghost is not None
    dropped: list[bool] = []
    drag.finished.connect(dropped.append)
    rig.key(Qt.Key.Key_Escape)
    assert dropped == [False]
    assert rig.canvas.pointing.ghost is None
    assert rig.graph == before


def test_wire_by_dragging_from_port_to_port(qtbot) -> None:
    whole = feed_forward((3, 2))
    rig = Rig(qtbot, disconnect(whole, Wire(source="dense-1", target="dense-2")))
    before = rig.graph
    rig.drag(rig.shape("dense-1").out_port, rig.shape("dense-2").in_port)
    assert Wire(source="dense-1", target="dense-2") in rig.graph.wires
    rig.assert_one_undoable_step(before)


def test_wire_may_be_drawn_backwards_from_an_input_port(qtbot) -> None:
    rig = Rig(qtbot, disconnect(feed_forward((3, 2)), Wire(source="dense-1", target="dense-2")))
    rig.drag(rig.shape("dense-2").in_port, rig.shape("dense-1").out_port)
    assert Wire(source="dense-1", target="dense-2") in rig.graph.wires


def test_a_refused_target_says_why_and_changes_nothing(rig: Rig, qtbot) -> None:
    before = rig.graph
    with qtbot.waitSignal(rig.canvas.message) as said:
        rig.press_and_move(rig.shape("dense-2").out_port, rig.shape("dense-1").in_port)
    assert "close a loop" in said.args[0]
    QTest.mouseRelease(rig.canvas, Qt.MouseButton.LeftButton, pos=rig.pixel(rig.shape("dense-1").in_port))
    assert rig.graph == before
    assert rig.document.undo_stack.count() == 0


def test_dragging_the_bar_beneath_a_block_changes_its_units_in_one_step(rig: Rig) -> None:
    before = rig.graph
    bar = rig.shape("dense-1").resize_handle.center()
    rig.drag(bar, bar + QPointF(0, 90))
    assert rig.graph.block("dense-1").params.units == 7
    assert rig.shape("dense-1").tiles.units == 7
    rig.assert_one_undoable_step(before)


def test_plus_and_minus_buttons_change_the_units(rig: Rig) -> None:
    rig.click(rig.shape("dense-1").more_handle.center())
    assert rig.graph.block("dense-1").params.units == 4
    rig.click(rig.shape("dense-1").fewer_handle.center())
    rig.click(rig.shape("dense-1").fewer_handle.center())
    assert rig.graph.block("dense-1").params.units == 2


def test_escape_takes_a_resize_back(rig: Rig) -> None:
    before = rig.graph
    bar = rig.shape("dense-1").resize_handle.center()
    rig.press_and_move(bar, bar + QPointF(0, 90))
    assert rig.graph != before
    rig.key(Qt.Key.Key_Escape)
    assert rig.graph == before


def test_moving_blocks_snaps_to_the_grid_and_is_one_step(rig: Rig) -> None:
    before = rig.graph
    rig.click(rig.shape("dense-1").caption_rect.center())
    rig.click(rig.shape("dense-2").caption_rect.center(), SHIFT)
    assert rig.canvas.selection.blocks == ("dense-1", "dense-2")
    grip = rig.tile("dense-1", 0)
    rig.drag(grip, grip + QPointF(33, 117))
    one, two = rig.graph.block("dense-1"), rig.graph.block("dense-2")
    assert (one.x % 10, one.y % 10) == (0, 0)
    assert one.y == pytest.approx(before.block("dense-1").y + 120)
    assert two.x - one.x == before.block("dense-2").x - before.block("dense-1").x
    rig.assert_one_undoable_step(before)


def test_a_moved_block_lines_up_with_another(rig: Rig) -> None:
    grip = rig.tile("dense-1", 0)
    rig.drag(grip, grip + QPointF(0, 4.5))
    assert rig.graph.block("dense-1").y == rig.graph.block("dense-2").y


def test_escape_puts_moved_blocks_back(rig: Rig) -> None:
    before = rig.graph
    grip = rig.tile("dense-1", 0)
    rig.press_and_move(grip, grip + QPointF(60, 90))
    assert rig.shape("dense-1").block.y != before.block("dense-1").y
    rig.key(Qt.Key.Key_Escape)
    assert rig.shape("dense-1").block == before.block("dense-1")
    assert rig.graph == before


@pytest.mark.parametrize("scale", [1.2, 0.6, 0.4])
def test_a_click_on_a_name_chooses_its_block_however_small_the_picture_is(rig: Rig, scale: float) -> None:
    rig.canvas.viewport.zoom(scale / rig.canvas.camera.scale)
    name, detail = caption_marks(rig.shape("dense-1"), BlockLook(), 200.0, caption_size(scale))
    for mark in (name, detail):
        left, top, width, height = mark.ink_rect
        for share in (0.05, 0.5, 0.95):
            rig.canvas.selection.clear()
            rig.click(QPointF(left + share * width, top + height / 2))
            assert rig.canvas.selection.blocks == ("dense-1",), (mark.text, share)


def double_click(rig: Rig, scene: QPointF) -> None:
    rig.click(scene)
    QTest.mouseDClick(rig.canvas, Qt.MouseButton.LeftButton, pos=rig.pixel(scene))


@pytest.mark.parametrize(("key", "title"), [(Qt.Key.Key_Return, "Edges"), (Qt.Key.Key_Escape, "")])
def test_a_double_click_on_a_name_renames_the_block(rig: Rig, key: Qt.Key, title: str) -> None:
    before = rig.graph
    double_click(rig, rig.shape("dense-1").caption_rect.center())
    (field,) = rig.canvas.findChildren(TitleField)
    assert field.hasFocus() and field.selectedText() == "Dense 1"
    QTest.keyClicks(field, "Edges")
    QTest.keyClick(field, key)
    assert rig.graph.block("dense-1").title == title and rig.canvas.hasFocus() and not field.isVisible()
    if title:
        rig.assert_one_undoable_step(before)


def test_rubber_band_selects_what_it_touches(rig: Rig) -> None:
    left, right = rig.shape("dense-1").body, rig.shape("dense-2").body
    rig.drag(left.topLeft() - QPointF(40, 90), right.bottomRight() + QPointF(30, 70))
    assert set(rig.canvas.selection.blocks) == {"dense-1", "dense-2"}
    rig.click(left.topLeft() - QPointF(40, 90))
    assert rig.canvas.selection.blocks == ()


def test_delete_joins_the_neighbours(rig: Rig) -> None:
    before = rig.graph
    rig.click(rig.shape("dense-2").caption_rect.center())
    rig.key(Qt.Key.Key_Delete)
    assert "dense-2" not in rig.graph
    assert Wire(source="dense-1", target="output-1") in rig.graph.wires
    rig.assert_one_undoable_step(before)


def test_deleting_a_plain_wire(qtbot) -> None:
    graph, add = add_block(feed_forward((3,)), "add", 160.0, 200.0)
    rig = Rig(qtbot, graph)
    rig.drag(rig.shape("dense-1").out_port, rig.shape(add).in_port)
    wire = Wire(source="dense-1", target=add)
    assert wire in rig.graph.wires
    rig.canvas.selection.choose_wire(wire)
    rig.key(Qt.Key.Key_Delete)
    assert wire not in rig.graph.wires


def test_copy_and_paste_keep_the_wires_among_the_copies(rig: Rig) -> None:
    before = rig.graph
    rig.canvas.selection.choose(["dense-1", "dense-2"])
    rig.key(Qt.Key.Key_C, CONTROL)
    rig.key(Qt.Key.Key_V, CONTROL)
    assert rig.canvas.selection.blocks == ("dense-3", "dense-4")
    assert Wire(source="dense-3", target="dense-4") in rig.graph.wires
    assert rig.graph.block("dense-3").params == before.block("dense-1").params
    rig.assert_one_undoable_step(before)


def test_cut_and_paste_elsewhere(rig: Rig, qtbot) -> None:
    rig.canvas.selection.choose(["dense-2"])
    rig.key(Qt.Key.Key_X, CONTROL)
    assert "dense-2" not in rig.graph
    rig.key(Qt.Key.Key_V, CONTROL)
    (pasted,) = (block.id for block in rig.graph.blocks if block.kind == "dense" and block.id != "dense-1")
    assert pasted != "dense-2"  # another block than the one that was cut
    assert rig.graph.block(pasted).params.units == 2


def test_pasting_something_else_says_so(rig: Rig, qtbot, qapp) -> None:
    qapp.clipboard().setText("{not a network")
    with qtbot.waitSignal(rig.canvas.message):
        rig.key(Qt.Key.Key_V, CONTROL)
    assert rig.document.undo_stack.count() == 0


def test_duplicate_is_one_step(rig: Rig) -> None:
    before = rig.graph
    rig.canvas.selection.choose(["dense-1"])
    rig.key(Qt.Key.Key_D, CONTROL)
    assert len(rig.graph.blocks) == len(before.blocks) + 1
    rig.assert_one_undoable_step(before)


@pytest.mark.parametrize("how", ["left", "centre", "right", "top", "middle", "bottom"])
def test_align(rig: Rig, how: str) -> None:
    before = rig.graph
    rig.canvas.edits.move({"dense-2": QPointF(370, 55)})
    rig.document.undo_stack.clear()
    moved = rig.graph
    rig.canvas.selection.choose(["dense-1", "dense-2", "output-1"])
    rig.canvas.actions_by_name[f"align_{how}"].trigger()
    edges = {
        "left": lambda b: b.left(), "right": lambda b: b.right(), "centre": lambda b: b.center().x(),
        "top": lambda b: b.top(), "bottom": lambda b: b.bottom(), "middle": lambda b: b.center().y(),
    }  # fmt: skip
    values = [edges[how](rig.shape(b).body) for b in ("dense-1", "dense-2", "output-1")]
    assert max(values) - min(values) < 1e-9
    assert before.wires == rig.graph.wires
    rig.assert_one_undoable_step(moved)


def test_distribute_makes_the_gaps_equal(rig: Rig) -> None:
    rig.canvas.edits.move({"dense-2": QPointF(300, 0)})
    rig.canvas.selection.choose(["dense-1", "dense-2", "output-1"])
    rig.canvas.actions_by_name["distribute_horizontally"].trigger()
    one, two, out = (rig.shape(b).body for b in ("dense-1", "dense-2", "output-1"))
    assert two.left() - one.right() == pytest.approx(out.left() - two.right())


def test_auto_layout_leaves_no_block_over_another(qtbot) -> None:
    graph = feed_forward((8, 40, 3))
    for kind in ("dense", "add", "dense"):
        graph, _ = add_block(graph, kind, 0.0, 0.0)
    rig = Rig(qtbot, graph)
    before = rig.graph
    rig.canvas.actions_by_name["arrange"].trigger()
    bodies = [shape.body for shape in rig.canvas.scene.layout.shapes.values()]
    assert not any(a.intersects(b) for i, a in enumerate(bodies) for b in bodies[:i])
    rig.assert_one_undoable_step(before)


def test_zoom_is_held_and_keeps_the_point_under_the_pointer(rig: Rig) -> None:
    anchor = QPointF(300, 200)
    fixed = rig.canvas.camera.to_scene(anchor)
    rig.canvas.viewport.zoom(100.0, anchor)
    assert rig.canvas.camera.scale == 4.0
    rig.canvas.viewport.zoom(1e-6, anchor)
    assert rig.canvas.camera.scale == 0.2
    held = rig.canvas.camera.to_scene(anchor)
    assert (held - fixed).manhattanLength() < 1e-6


def test_middle_button_pans(rig: Rig) -> None:
    at = QPointF(0, 0)
    first = rig.canvas.camera.to_view(at)
    rig.drag(at, at + QPointF(50, 30), button=Qt.MouseButton.MiddleButton)
    moved = rig.canvas.camera.to_view(at) - first
    assert moved.x() == pytest.approx(50 * rig.canvas.camera.scale, abs=1.5)
    assert rig.document.undo_stack.count() == 0


def test_blocks_added_from_the_keyboard_stand_side_by_side(rig: Rig) -> None:
    commands = rig.canvas.input._commands
    for _ in range(3):
        commands.add("dense")
    shapes = list(rig.canvas.scene.layout.shapes.values())
    for first, second in combinations(shapes, 2):
        assert not first.body.intersects(second.body)
    assert rig.canvas.selection.blocks == (shapes[-1].id,)
