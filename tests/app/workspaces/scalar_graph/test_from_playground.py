"""What comes from the playground takes the place of what is open as an example does: undo brings that back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from app.workspaces.scalar_graph.canvas.painter import Nodes
from app.workspaces.scalar_graph.canvas.state import CanvasState
from app.workspaces.scalar_graph.layout import Knot
from app.workspaces.scalar_graph.sources import EXAMPLES
from engine.autodiff.document import ExpressionSheet
from engine.data import DataChoice, load
from engine.formats.expression import EXPRESSION
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training.scalar_graph import network_expression, unit_expression
from engine.training.session import Setup, TrainingSession
from tests.app.workspaces.scalar_graph.conftest import Bench

NEURON = ExpressionSheet(text="tanh(w1*x1 + b)", inputs={"w1": 0.5, "x1": 2.0, "b": -0.25})


def test_nobody_is_asked_and_undo_brings_back_what_was_open(bench: Bench, tmp_path: Path) -> None:
    document = bench.page.document
    bench.type("x*y")
    bench.open_example(EXAMPLES[3])
    unsaved = document.unsaved  # what was typed lies beneath
    path = tmp_path / "neuron.loom"
    EXPRESSION.write(path, "Unit 1", NEURON)
    bench.page.playground.request.written.emit(path)
    assert document.value == NEURON and document.title == "Unit 1" and document.path is None
    assert document.unsaved is unsaved is True
    document.undo_stack.undo()
    assert document.value.text == EXAMPLES[3].text
    document.undo_stack.undo()
    assert document.value.text == "x*y"


def test_examples_that_were_only_clicked_are_nothing_to_be_saved(bench: Bench, tmp_path: Path) -> None:
    document = bench.page.document
    for example in EXAMPLES:
        bench.open_example(example)
        assert not document.unsaved
    path = tmp_path / "neuron.loom"
    EXPRESSION.write(path, "Unit 1", NEURON)
    bench.page.playground.request.written.emit(path)
    assert document.value == NEURON and not document.unsaved


def test_what_cannot_be_read_is_said_and_what_is_open_stays(bench: Bench, tmp_path: Path) -> None:
    before = bench.page.document.value
    bench.page.playground.request.written.emit(tmp_path / "gone.loom")
    assert bench.page.document.value == before and bench.page.document.undo_stack.count() == 0
    assert bench.page.host.messages.text


def test_what_comes_from_the_playground_is_looked_at_along_a_weight(bench: Bench, tmp_path: Path) -> None:
    session = TrainingSession(Setup(feed_forward((2,)), load(DataChoice(name="circle")), Hyperparameters(), "numpy"))
    for name, sheet in (
        ("network", network_expression(session.trace((3,)))),
        ("neuron", unit_expression(session.trace((3,)), "dense-1", 0)),
    ):
        path = tmp_path / f"{name}.loom"
        EXPRESSION.write(path, name, sheet)
        bench.page.playground.request.written.emit(path)
        bench.wait()
        worked = bench.model.worked
        assert worked is not None and next(iter(worked.graph.variables)).startswith(("w", "x"))
        assert bench.model.leaf is not None and bench.model.leaf.startswith("w"), name
        assert bench.model.looked_at == worked.graph.index[bench.model.leaf]
        bench.model.choose(frozenset({"x1"}))
        bench.qtbot.waitUntil(lambda: bench.model.leaf == "x1")


def test_what_is_pointed_at_and_chosen_goes_with_its_example(bench: Bench) -> None:
    neuron, network = (next(one for one in EXAMPLES if one.key == key) for key in ("neuron", "network"))
    bench.open_example(neuron)
    bench.model.point("t")
    bench.model.choose(frozenset({"t"}))
    assert bench.model.pointed == "t"
    bench.open_example(network)  # which has a t as well
    assert bench.model.pointed is None and not bench.model.chosen
    bench.model.point("t")
    bench.rewrite("a*b")
    assert bench.model.pointed is None, "there is no t any more"


def test_no_frame_and_no_legend_stands_for_numbers_that_are_not_drawn(bench: Bench) -> None:
    _load_network(bench)
    bench.act("graph_end")
    canvas, legend = bench.canvas, bench.page.widget.stage.header.caption
    knot = next(knot for knot in canvas.shown.drawing.knots if knot.listed)
    for scale in (0.5, 0.6):
        canvas.viewport.zoom(scale / canvas.viewport.camera.scale)
        bench.rest()
        assert canvas.legible is _is_framed(canvas.shown, knot, scale) is bool(legend.full_text) is (scale > 0.54)
    for part in ("value", "gradient"):
        bench.act("graph_values" if part == "gradient" else "graph_gradients")
        assert legend.full_text == f"beneath a node its {part}"
        assert _is_framed(canvas.shown, knot, scale) is (part == "gradient")
        bench.act("graph_values" if part == "gradient" else "graph_gradients")


def test_an_edge_hangs_on_its_node_where_no_number_is_drawn_at_its_beginning(bench: Bench) -> None:
    _load_network(bench)
    drawing = bench.canvas.shown.drawing
    for knot in (knot for knot in drawing.knots if knot.listed):
        image = _stamped(bench.canvas.shown, knot, 0.5)
        for link in drawing.listed(knot):
            begin = knot.listed_box(link.line or 0)
            at = QPointF(begin.right(), begin.center().y() - 2.0) - knot.cell.topLeft() + QPointF(20, 20)
            assert any(image.pixelColor(int(at.x()) + by, int(at.y())).alpha() for by in (-1, 0, 1))


@pytest.mark.torch
def test_the_difference_is_that_of_the_gradients_that_are_known(bench: Bench) -> None:
    _load_network(bench)
    bench.act("graph_middle")
    bench.act("graph_step")
    bench.qtbot.waitUntil(lambda: bench.page.checks.found is not None)
    checked, dock = bench.page.checks.found, bench.page.widget.dock
    assert checked is not None and dock is not None
    assert checked.gaps[0][0].max() > 0.0, "some value differs in its last digit"
    assert dock.verdict.full_text.startswith("1 of ")
    assert dock.verdict.full_text.endswith("gradients known, each equal to PyTorch bit for bit")


def _load_network(bench: Bench) -> None:
    """A sample in a network of three and two units."""
    session = TrainingSession(Setup(feed_forward((3, 2)), load(DataChoice(name="circle")), Hyperparameters(), "numpy"))
    bench.load("network", network_expression(session.trace((3,))))


def _is_framed(shown: CanvasState, knot: Knot, scale: float) -> bool:
    """Whether the frame for what comes back along the edges of a node is painted."""
    image = _stamped(shown, knot, scale)
    frame = knot.listed_box(knot.listed - 1).translated(-knot.cell.topLeft() + QPointF(20, 20))
    return any(image.pixelColor(int(frame.left()) + by, int(frame.top())).alpha() for by in (-1, 0, 1))


def _stamped(shown: CanvasState, knot: Knot, scale: float) -> QImage:
    """A node as it is painted, with the corner of its cell at (20, 20)."""
    image = QImage(400, 400, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.translate(-knot.cell.topLeft() + QPointF(20, 20))
    Nodes(shown).stamp(knot.index, scale).paint(painter)
    painter.end()
    return image
