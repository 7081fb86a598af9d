"""Wires under the pointer: found along the curve that is drawn, deleted while a weight's field is open, and menus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLineF, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.builder.canvas.hit import EDGE_REACH, CanvasPart
from app.builder.canvas.wires import drawn_curves
from app.kit.drawing.marks import Text
from app.kit.numbers import no_number, significant, written
from app.kit.scene.curves import curve
from app.kit.translation import sentence_of
from app.kit.widgets.say_beside import BesideNote
from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, splice
from tests.app.builder.canvas_rig import Rig

ALONG = (0.15, 0.3, 0.5, 0.7, 0.85)


@pytest.fixture
def rig(qtbot) -> Rig:
    return Rig(qtbot)


def with_block(qtbot, kind: str) -> tuple[Rig, object]:
    """A network with a block of a kind after its first layer, and the grey wire that leads to it."""
    graph, added = add_block(feed_forward((6, 6)), kind, 160.0, 90.0)
    graph = splice(graph, added, next(w for w in graph.wires if w.source == "dense-1"))
    rig = Rig(qtbot, graph)
    rig.canvas.edits.arrange()
    return rig, next(w for w in graph.wires if w.target == added)


@pytest.mark.parametrize("kind", ["dropout", "layer_norm", "batch_norm"])
def test_a_grey_wire_is_hit_along_every_strand_that_is_drawn(qtbot, kind: str) -> None:
    rig, wire = with_block(qtbot, kind)
    strands = drawn_curves(rig.canvas.scene.layout, wire).toSubpathPolygons()
    assert len(strands) == 6
    for strand in strands:
        left, right = strand.first().x(), strand.last().x()
        for share in ALONG:
            at = min(strand, key=lambda point: abs(point.x() - (left + share * (right - left))))
            hit = rig.canvas._finder.hit(QPointF(rig.pixel(at)))
            assert hit.part is CanvasPart.WIRE and hit.wire == wire, (kind, share)
    rig.click(strands[0].at(strands[0].size() // 2))
    assert rig.canvas.selection.wire == wire
    rig.key(Qt.Key.Key_Delete)
    assert wire not in rig.graph.wires


def test_the_weight_stands_on_the_wire_alone_and_the_tip_says_what_it_does(rig: Rig) -> None:
    bundle = next(b for b in rig.canvas.edges.bundles if b.wire.target == "dense-2")
    place = rig.pixel(curve(*bundle.ends(0, 1)).pointAtPercent(0.4))
    QTest.mouseMove(rig.canvas, place)
    marks = rig.canvas._drawing._edges_on_top()
    assert [m.text for m in marks if isinstance(m, Text)] == [f"w = {significant(float(bundle.weights[0, 1]))}"]
    tip = rig.canvas.tooltip_at(QPointF(place))
    assert "neuron 2 of Dense 1 → neuron 1 of Dense 2" in tip and "w times" in tip and "w =" not in tip


def test_an_edge_is_hit_from_a_comfortable_way_off_and_nothing_where_nothing_is_drawn(rig: Rig) -> None:
    bundle = next(b for b in rig.canvas.edges.bundles if b.wire.target == "dense-1")
    top = rig.canvas.camera.to_view(curve(*bundle.ends(0, 0)).pointAtPercent(0.3))
    assert rig.canvas._finder.hit(top - QPointF(0, EDGE_REACH - 1)).edge == bundle.edge(0, 0)
    assert rig.canvas._finder.hit(top - QPointF(0, 3 * EDGE_REACH)).part is CanvasPart.NOTHING


def close_by() -> NetworkGraph:
    """A layer before an input that lies beside the output: in reach of the output's port is the input too."""
    graph, dense = add_block(NetworkGraph(), "dense", -200.0, -60.0)
    graph, near = add_block(graph, "input", -110.0, -30.0)
    graph, _ = add_block(graph, "output", 0.0, -90.0)
    return connect(graph, near, dense)


def test_a_wire_goes_to_the_nearest_port_that_may_take_it(qtbot) -> None:
    rig = Rig(qtbot, close_by())
    port, stranger = rig.shape("output-1").in_port, rig.shape("input-1")
    assert QLineF(port, stranger.body.center()).length() < 100.0
    rig.drag(rig.shape("dense-1").out_port, port)
    assert Wire(source="dense-1", target="output-1") in rig.graph.wires


@pytest.mark.parametrize(("source", "target"), [("output-1", "dense-1"), ("dense-1", "input-1")])
def test_a_refusal_names_the_block_by_its_title(qtbot, source: str, target: str) -> None:
    refusal = Rig(qtbot, close_by()).canvas.edits.refusal(source, target)
    assert refusal is not None and ("“Input”" in sentence_of(refusal) or "“Output”" in sentence_of(refusal))


def test_delete_of_a_weight_removes_its_wire_and_undo_brings_it_back(rig: Rig) -> None:
    bundle = next(b for b in rig.canvas.edges.bundles if b.wire.target == "dense-2")
    rig.click(curve(*bundle.ends(0, 0)).pointAtPercent(0.4))
    box = rig.canvas.overlays.edge_editor.box
    assert box.hasFocus()
    rig.trainer.session.run_epochs(1)
    rig.trainer.publish()  # a weight that lives stays selected, so that a key replaces it
    assert box.untouched
    QTest.keyClick(box, Qt.Key.Key_Delete)
    assert bundle.wire not in rig.graph.wires
    assert rig.canvas.hasFocus() and not box.isVisible()
    rig.document.undo_stack.undo()
    assert bundle.wire in rig.graph.wires


def test_delete_is_the_field_s_once_something_was_typed(rig: Rig) -> None:
    bundle = next(b for b in rig.canvas.edges.bundles if b.wire.target == "dense-2")
    rig.click(curve(*bundle.ends(0, 0)).pointAtPercent(0.4))
    box = rig.canvas.overlays.edge_editor.box
    QTest.keyClicks(box, "12")
    QTest.keyClick(box, Qt.Key.Key_Home)
    QTest.keyClick(box, Qt.Key.Key_Delete)
    assert box.cleanText() == "2" and bundle.wire in rig.graph.wires


@pytest.mark.parametrize("typed", ["abc", "nan", "1-"])
def test_what_is_no_weight_is_said_and_changes_nothing(rig: Rig, typed: str) -> None:
    bundle = next(b for b in rig.canvas.edges.bundles if b.wire.target == "dense-2")
    rig.click(curve(*bundle.ends(0, 0)).pointAtPercent(0.4))
    box, steps = rig.canvas.overlays.edge_editor.box, rig.document.undo_stack.count()
    before = box.value()
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    notes = [note.text() for note in box.window().findChildren(BesideNote)]
    assert notes == [no_number(typed, before)] and box.isVisible()
    assert box.value() == before and box.cleanText() == written(before)
    assert rig.document.undo_stack.count() == steps


@pytest.mark.parametrize("typed", ["2", "abc"])
def test_escape_takes_back_what_was_typed(rig: Rig, typed: str) -> None:
    bundle = next(b for b in rig.canvas.edges.bundles if b.wire.target == "dense-2")
    rig.click(curve(*bundle.ends(0, 0)).pointAtPercent(0.4))
    box, steps = rig.canvas.overlays.edge_editor.box, rig.document.undo_stack.count()
    before = box.value()
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert (box.value(), box.cleanText()) == (before, written(before)) and rig.canvas.hasFocus()
    assert rig.document.undo_stack.count() == steps and not box.window().findChildren(BesideNote)


def menu_at(rig: Rig, point: QPoint | None) -> list[QAction]:
    """The entries of the menu that a right click at a pixel, or the menu key, opens."""
    reason = QContextMenuEvent.Reason.Keyboard if point is None else QContextMenuEvent.Reason.Mouse
    at = point if point is not None else QPoint(5, 5)
    QApplication.sendEvent(rig.canvas, QContextMenuEvent(reason, at, rig.canvas.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entries = [entry for entry in menu.actions() if not entry.isSeparator() and entry.menu() is None]
    menu.close()
    return entries


def named(rig: Rig, *names: str) -> list[QAction]:
    return [rig.canvas.actions_by_name[name] for name in names]


@pytest.mark.parametrize("by_mouse", [True, False])
def test_a_right_click_on_a_wire_offers_what_can_be_done_with_it(rig: Rig, by_mouse: bool) -> None:
    bundle = next(b for b in rig.canvas.edges.bundles if b.wire.target == "dense-2")
    middle = curve(*bundle.ends(0, 0)).pointAtPercent(0.4)
    if not by_mouse:
        rig.click(middle)
    assert [action.isEnabled() for action in named(rig, "delete")] == [not by_mouse]
    (delete,) = menu_at(rig, rig.pixel(middle) if by_mouse else None)
    assert [delete] == named(rig, "delete") and rig.canvas.selection.wire == bundle.wire
    delete.trigger()
    assert bundle.wire not in rig.graph.wires and not delete.isEnabled()


def test_a_right_click_on_a_block_chooses_it_and_offers_the_actions_for_it(rig: Rig) -> None:
    *entries, asked = menu_at(rig, rig.pixel(rig.shape("dense-1").caption_rect.center()))
    picked: list[str] = []
    rig.canvas.selection.badge_picked.connect(picked.append)
    asked.trigger()
    assert asked.text() == "Where does its ‖δ‖ come from?" and picked == ["dense-1"]
    assert rig.canvas.selection.blocks == ("dense-1",)
    assert entries == named(
        rig, "neuron_details", "more_units", "fewer_units", "wire", "cut", "copy", "duplicate", "delete"
    )
    assert all(entry.isEnabled() and not entry.shortcut().isEmpty() for entry in entries)


def test_a_right_click_on_one_of_several_blocks_keeps_them_chosen(rig: Rig) -> None:
    rig.canvas.selection.choose(["dense-1", "dense-2"])
    menu_at(rig, rig.pixel(rig.tile("dense-1", 0)))
    assert rig.canvas.selection.blocks == ("dense-1", "dense-2")


def test_a_right_click_on_bare_ground_offers_what_concerns_the_whole(rig: Rig) -> None:
    entries = menu_at(rig, QPoint(30, 560))
    expected = ("add_block", "paste", "select_all", "arrange", "zoom_fit", "zoom_in", "zoom_out", "zoom_actual")
    assert entries == named(rig, *expected)
