"""The neuron card and the edges: their numbers are the engine's, and what is typed reaches the network."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.builder.canvas.neuron_line import neuron_line
from app.builder.canvas.pass_drawing import number_marks, number_room
from app.builder.canvas.passes import UnitNumbers
from app.builder.canvas.selection import NeuronRef
from app.kit import look, theme
from app.kit.drawing.marks import Text
from app.kit.focused_field import is_typed_into
from app.kit.scene.curves import curve
from app.kit.scene.viewport import Camera
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, splice
from engine.training.lines.expression import Source, evaluate
from engine.training.lines.origin import origin_of
from engine.training.trace import Phase
from tests.app.builder.by_hand import holds, number
from tests.app.builder.canvas_rig import Rig

ROW = 37


@pytest.fixture
def rig(qtbot) -> Rig:
    return Rig(qtbot)


def card_of(rig: Rig):
    return rig.canvas.overlays.neuron_card


def plain(rich: str) -> str:
    """Rich text as it is read."""
    return html.unescape(re.sub(r"<[^>]*>", "", rich))


def traced(rig: Rig, phase: Phase, block_id: str, name: str, rows: tuple[int, ...] = (ROW,)) -> np.ndarray:
    trace = rig.trainer.session.trace(rows)
    stage = next(s for s in trace.stages if s.phase is phase and s.block_id == block_id)
    return stage.values[name]


@pytest.mark.parametrize("block_id", ["dense-1", "dense-2", "output-1"])
def test_the_lines_have_the_numbers_of_the_trace(rig: Rig, block_id: str) -> None:
    trace = rig.trainer.session.trace((ROW,))
    for unit in range(rig.shape(block_id).width):
        line = neuron_line(rig.canvas.snapshot, trace, NeuronRef(block_id, unit))
        z, a = (one.result.value for one in line.lines)
        assert line.rows == 1
        assert z == traced(rig, Phase.FORWARD, block_id, "z")[0, unit]
        assert a == line.a == traced(rig, Phase.FORWARD, block_id, "a")[0, unit]
        assert line.delta == traced(rig, Phase.BACKWARD, block_id, "delta")[0, unit]
        assert evaluate(line.lines[0].steps[0]) == pytest.approx(z, abs=1e-12)


def test_without_a_sample_the_card_says_so_and_shows_the_weights_alone(rig: Rig) -> None:
    """No z beside an a that is not its own, and no product with 0."""
    rig.canvas.selection.choose_neuron(NeuronRef("dense-2", 1))
    line = neuron_line(rig.canvas.snapshot, None, NeuronRef("dense-2", 1))
    assert (line.rows, line.lines, line.a, line.delta) == (0, (), None, None)
    card = card_of(rig)
    assert "no pass is playing" in card._source.text()
    text = plain(card._sum.text())
    assert text.startswith("z = ") and "· a₁ + " in text and "· 0" not in text
    assert "Play a sample’s pass" in card._result.text()


def test_the_card_checks_by_hand_and_keeps_the_order_of_the_weights(rig: Rig) -> None:
    rig.canvas.show_trace(rig.trainer.session.trace((ROW,)))
    for block_id in ("dense-1", "dense-2", "output-1"):
        rig.canvas.selection.choose_neuron(NeuronRef(block_id, 0))
        for text in (card_of(rig)._sum.text(), card_of(rig)._result.text().partition("<br>")[0]):
            assert holds(plain(text).partition(" = ")[2])
        weights = re.findall(r"href='W/0/(\d+)'", card_of(rig)._sum.text())
        assert weights == [str(column) for column in range(len(weights))]


@pytest.mark.parametrize("picked", [False, True])
def test_a_number_has_the_colour_of_its_sign_as_its_wire_has(rig: Rig, picked: bool) -> None:
    if picked:
        rig.canvas.show_trace(rig.trainer.session.trace((ROW,)))
    rig.canvas.selection.choose_neuron(NeuronRef("dense-2", 0))
    shown = re.findall(r"style='color:(#\w+);[^>]*>\(?([^<)]*)", card_of(rig)._sum.text())
    assert {text.startswith("−") for _, text in shown} == {True, False}
    for colour, text in shown:
        assert colour == look.signed_text(-1.0 if text.startswith("−") else 1.0).name()


def test_the_numbers_take_the_colours_of_another_theme_at_once(rig: Rig) -> None:
    rig.canvas.show_trace(rig.trainer.session.trace((ROW,)))
    rig.canvas.selection.choose_neuron(NeuronRef("dense-2", 0))
    before = re.findall(r"color:(#\w+)", card_of(rig)._sum.text())
    theme.set_theme("dark")
    try:
        after = re.findall(r"color:(#\w+)", card_of(rig)._sum.text())
        assert len(after) == len(before) and not set(after) & set(before)
        assert set(after) <= {look.signed_text(sign).name() for sign in (-1.0, 1.0)}
    finally:
        theme.set_theme("light")


def test_a_weight_of_next_to_nothing_is_shown_as_such(rig: Rig) -> None:
    rig.document.edit_weight("dense-1", "W", (0, 0), 4.05e-13)
    rig.canvas.selection.choose_neuron(NeuronRef("dense-1", 0))
    card = card_of(rig)
    card.expand()
    assert "4.05·10⁻¹³ · x₁" in plain(card._sum.text())
    assert card.boxes["W", (0, 0)].text() == "4.05e−13"  # as it can be typed
    assert rig.canvas.snapshot.weights["dense-1", "W"][0, 0] == 4.05e-13  # shown shortened, it is not set


def test_of_a_mini_batch_the_card_shows_the_first_sample(rig: Rig) -> None:
    trace = rig.trainer.session.trace((ROW, ROW + 1))
    rig.canvas.show_trace(trace)
    rig.canvas.selection.choose_neuron(NeuronRef("dense-1", 0))
    assert card_of(rig)._source.text() == f"sample {ROW}, the first of 2"
    line = neuron_line(rig.canvas.snapshot, trace, NeuronRef("dense-1", 0))
    assert line.a == traced(rig, Phase.FORWARD, "dense-1", "a", (ROW, ROW + 1))[0, 0]


def test_a_trace_of_another_network_is_not_mixed_in(rig: Rig) -> None:
    trace = rig.trainer.session.trace((ROW,))
    rig.canvas.edits.set_units("dense-1", 5)
    assert neuron_line(rig.canvas.snapshot, trace, NeuronRef("dense-2", 0)).rows == 0


def test_clicking_a_neuron_opens_its_card(rig: Rig, qtbot) -> None:
    rig.canvas.show_trace(rig.trainer.session.trace((ROW,)))
    with qtbot.waitSignal(rig.canvas.neuron_selected) as told:
        rig.click(rig.tile("dense-1", 2))
    assert told.args == ["dense-1", 2]
    card = card_of(rig)
    assert card.isVisible()
    z = traced(rig, Phase.FORWARD, "dense-1", "z")[0, 2]
    a = traced(rig, Phase.FORWARD, "dense-1", "a")[0, 2]
    assert number(plain(card._sum.text()).rpartition(" = ")[2]) == pytest.approx(z, rel=1e-2)
    assert number(plain(card._result.text().partition("<br>")[0]).rpartition(" = ")[2]) == pytest.approx(a, rel=1e-2)
    assert str(ROW) in card._source.text()


@pytest.mark.parametrize(("block_id", "name", "index"), [("dense-1", "W", (2, 1)), ("output-1", "b", (0,))])
def test_a_weight_set_on_the_card_reaches_the_network_and_is_undone(rig: Rig, block_id, name, index) -> None:
    rig.canvas.selection.choose_neuron(NeuronRef(block_id, index[0]))
    card_of(rig).expand()
    before = float(rig.canvas.snapshot.weights[block_id, name][index])
    box = card_of(rig).boxes[name, index]
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "1.25")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert rig.trainer.session.snapshot().weights[block_id, name][index] == 1.25
    assert rig.document.undo_stack.count() == 1
    rig.document.undo_stack.undo()
    assert rig.trainer.session.snapshot().weights[block_id, name][index] == before


def test_live_numbers_are_no_edits(rig: Rig) -> None:
    rig.canvas.selection.choose_neuron(NeuronRef("dense-1", 0))
    card_of(rig).expand()
    rig.trainer.session.run_epochs(2)
    rig.trainer.publish()
    shown = card_of(rig).boxes["W", (0, 1)].value()
    assert shown == pytest.approx(rig.canvas.snapshot.weights["dense-1", "W"][0, 1], abs=1e-4)
    assert rig.document.undo_stack.count() == 0


def test_clicking_an_edge_offers_its_weight(rig: Rig) -> None:
    bundle = next(b for b in rig.canvas.edges.bundles if b.wire.target == "dense-1")
    rig.click(curve(*bundle.ends(0, 0)).pointAtPercent(0.4))
    edge = rig.canvas.selection.edge
    assert (edge.source, edge.target, edge.row, edge.column) == ("input-1", "dense-1", 0, 0)
    editor = rig.canvas.overlays.edge_editor
    assert editor.isVisible()
    assert editor.box.hasFocus() and editor.box.lineEdit().selectedText()
    assert editor.box.value() == pytest.approx(bundle.weights[0, 0], abs=1e-4)
    editor.box.setValue(-0.5)
    assert rig.canvas.snapshot.weights["dense-1", "W"][0, 0] == -0.5
    rig.document.undo_stack.undo()
    assert rig.canvas.snapshot.weights["dense-1", "W"][0, 0] == pytest.approx(bundle.weights[0, 0])


def test_the_keyboard_goes_into_the_weight_and_back_to_the_canvas(rig: Rig) -> None:
    bundle = next(b for b in rig.canvas.edges.bundles if b.wire.target == "dense-1")
    rig.click(curve(*bundle.ends(0, 0)).pointAtPercent(0.4))
    box = rig.canvas.overlays.edge_editor.box
    QTest.keyClicks(box, "0.25")
    assert is_typed_into(box)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert rig.canvas.snapshot.weights["dense-1", "W"][0, 0] == 0.25
    assert rig.canvas.hasFocus() and not is_typed_into(box)


def residual() -> tuple[object, str]:
    graph = feed_forward((3, 3))
    graph, add = add_block(graph, "add", 300.0, 0.0)
    graph = splice(graph, add, next(w for w in graph.wires if w.source == "dense-2"))
    return connect(graph, "dense-1", add), add


def test_every_stage_of_a_pass_can_be_shown(qtbot) -> None:
    graph, add = residual()
    rig = Rig(qtbot, graph)
    trace = rig.trainer.session.trace((ROW, ROW + 1))
    for index, stage in enumerate(trace.stages):
        for progress in (0.0, 0.4, 0.8, 1.0):
            rig.canvas.show_stage(trace, index, progress)
            rig.canvas.grab()
        numbers = rig.canvas.moment.numbers(1.0)
        if stage.phase is Phase.FORWARD:
            assert np.allclose(numbers[stage.block_id].values, stage.values["a"][0])
    assert rig.canvas.moment.loss.loss == pytest.approx(trace.loss)
    rig.canvas.show_stage(None, 0, 0.0)
    assert rig.canvas.moment is None
    assert add in rig.graph


@pytest.mark.parametrize("scale", [0.5, 0.69, 1.0, 1.4])
def test_no_edge_of_a_tile_runs_through_its_number(rig: Rig, scale: float) -> None:
    """At 69 % the minus sign of −0.021 lay on it."""
    camera = Camera()
    camera.scale = scale
    shape = rig.shape("dense-1")
    numbers = UnitNumbers("δ", np.array([-0.021, -0.35, -12.3]))
    texts = [m for m in number_marks(shape, numbers, camera, fresh=True, below=True) if isinstance(m, Text)]
    for text, rect in zip(texts, shape.tiles.rects(), strict=True):
        tile, (left, _, wide, _) = camera.rect_to_view(rect), text.ink_rect
        inside = tile.left() + 1 < left and left + wide < tile.right() - 1
        (plate, _, plate_wide, _) = text.rect
        covered = plate <= tile.left() - 2 and plate + plate_wide >= tile.right() + 2
        assert inside or covered, text.text
        room = number_room(tile)
        assert room.left() < left and left + wide < room.right()


def test_the_card_has_delta_from_the_moment_on_that_the_tile_has(rig: Rig) -> None:
    """Going back in a pass, the tile said "δ ?" and the card the number."""
    trace = rig.trainer.session.trace((ROW,))
    rig.canvas.selection.choose_neuron(NeuronRef("dense-1", 1))
    shown = set()
    for index in (*range(len(trace.stages)), 0):
        for progress in (0.0, 0.8):
            rig.canvas.show_stage(trace, index, progress)
            signal = rig.canvas.moment.signals(progress).get("dense-1")
            assert ("δ" in card_of(rig)._result.text()) is (signal is not None), (index, progress)
            shown.add(signal is not None)
    assert shown == {False, True}


def test_pulses_carry_w_times_a_and_delta_times_w(rig: Rig) -> None:
    trace = rig.trainer.session.trace((ROW,))
    weights = rig.canvas.snapshot.weights["dense-2", "W"]
    places = {(s.phase, s.block_id): i for i, s in enumerate(trace.stages)}
    rig.canvas.show_stage(trace, places[Phase.FORWARD, "dense-2"], 0.5)
    a = traced(rig, Phase.FORWARD, "dense-1", "a")[0]
    assert np.allclose(rig.canvas.moment.flows[0].strength, weights * a)
    rig.canvas.show_stage(trace, places[Phase.BACKWARD, "dense-1"], 0.5)
    delta = traced(rig, Phase.BACKWARD, "dense-2", "delta")[0]
    assert np.allclose(rig.canvas.moment.flows[0].strength, weights * delta[:, None])


@pytest.mark.parametrize("units", [1, 5])
def test_a_pass_of_the_network_before_an_edit_can_be_painted(rig: Rig, units: int) -> None:
    """The next one comes a moment after the edit; the numbers of this one may be more or fewer than there are edges."""
    trace = rig.trainer.session.trace((ROW,))
    rig.canvas.edits.set_units("dense-1", units)
    for index in range(len(trace.stages)):
        for progress in (0.3, 0.9):
            rig.canvas.show_stage(trace, index, progress)
            rig.canvas.grab()


def test_a_problem_is_told_at_its_port(qtbot) -> None:
    graph, _ = add_block(feed_forward((3,)), "dense", 160.0, 260.0)
    rig = Rig(qtbot, graph)
    port = rig.shape("dense-2").in_port
    text = rig.canvas.tooltip_at(QPointF(rig.pixel(port)))
    assert "not wired" in text


def test_badges_explain_themselves(rig: Rig) -> None:
    badge = next(iter(rig.canvas.badges["dense-1"]))
    text = rig.canvas.tooltip_at(QPointF(rig.pixel(badge.rect.center())))
    assert "δ" in text or "units" in text


def test_the_last_snapshot_of_a_run_is_not_missed(rig: Rig, qtbot) -> None:
    rig.click(rig.tile("dense-1", 0))
    legible = rig.canvas.scene.legible
    legible.follow(rig.canvas.snapshot, running=False)
    weights = dict(rig.canvas.snapshot.weights)
    weights["dense-1", "W"] = weights["dense-1", "W"] + 1.0
    before = card_of(rig)._sum.text()
    legible.follow(replace(rig.canvas.snapshot, weights=weights), running=True)  # too soon after the other to be read
    assert card_of(rig)._sum.text() == before
    qtbot.waitUntil(lambda: card_of(rig)._sum.text() != before)


def follow_links(label) -> list[str]:
    """Click every link of a label; where each leads."""
    targets = re.findall(r"<a href='([^']*)'", label.text())
    for target in targets:
        label.linkActivated.emit(target)
    return targets


def test_every_number_of_a_pass_on_the_card_leads_to_where_it_comes_from(rig: Rig) -> None:
    trace = rig.trainer.session.trace((ROW,))
    rig.canvas.show_trace(trace)
    rig.canvas.selection.choose_neuron(NeuronRef("dense-2", 1))
    card, picked = card_of(rig), []
    rig.canvas.overlays.number_picked.connect(picked.append)
    follow_links(card._sum)
    follow_links(card._result)
    inputs = [Source("a", "dense-1", (i,)) for i in range(rig.shape("dense-1").width)]
    own = [Source(name, "dense-2", (1,)) for name in ("z", "a", "delta")]
    assert set(own) <= set(picked) <= {*own, *inputs} and set(picked) & set(inputs)
    picked.clear()
    card.expand()
    rows = {row.key: row for row in card._rows}
    rows["W", (1, 0)].origin.click()
    rows["b", (1,)].origin.click()
    assert picked == [Source("W", "dense-2", (1, 0)), Source("b", "dense-2", (1,))]
    for source in (*own, *picked):
        assert origin_of(trace, source) is not None


def test_without_a_pass_no_number_claims_to_come_from_one(rig: Rig) -> None:
    rig.canvas.selection.choose_neuron(NeuronRef("dense-2", 1))
    card = card_of(rig)
    card.expand()
    assert all(target[:2] in ("W/", "b/") for target in follow_links(card._sum))
    assert not any(row.origin.isVisible() for row in card._rows)
    rig.canvas.show_trace(rig.trainer.session.trace((ROW,)))
    assert all(row.origin.isVisible() for row in card._rows)


def test_the_weight_of_an_edge_leads_to_where_it_comes_from(rig: Rig) -> None:
    bundle = next(b for b in rig.canvas.edges.bundles if b.wire.target == "dense-1")
    rig.click(curve(*bundle.ends(0, 0)).pointAtPercent(0.4))
    editor, picked = rig.canvas.overlays.edge_editor, []
    assert not editor.origin.isVisible()
    rig.canvas.show_trace(rig.trainer.session.trace((ROW,)))
    rig.canvas.overlays.number_picked.connect(picked.append)
    editor.origin.click()
    assert picked == [Source("W", "dense-1", (0, 0))]


def test_the_rows_of_weights_stay_as_high_when_another_sample_is_followed(rig: Rig) -> None:
    rig.canvas.show_trace(rig.trainer.session.trace((ROW,)))
    rig.canvas.selection.choose_neuron(NeuronRef("dense-2", 0))
    card = card_of(rig)
    card.expand()
    boxes = card.boxes
    QTest.qWait(0)
    high = card._scroll.height()
    for row in (ROW + 1, ROW + 2):
        rig.canvas.show_trace(rig.trainer.session.trace((row,)))
        QTest.qWait(0)
        assert card._scroll.height() == high
        assert all(box.isVisible() and box.height() >= box.sizeHint().height() for box in card.boxes.values())
    assert card.boxes == boxes  # a number that is just being typed stays
    rig.canvas.selection.choose_neuron(NeuronRef("dense-2", 1))
    assert card._scroll.height() == high
