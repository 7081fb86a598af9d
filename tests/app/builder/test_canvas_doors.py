"""The canvas's parts go through narrow doors: they work without the canvas, and their files form no circle."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtWidgets import QWidget

from app.builder.canvas.drawing import CanvasDrawing
from app.builder.canvas.edges import EdgeLayer, bundles_of, dead_edges
from app.builder.canvas.edits import CanvasEdits, Workbench
from app.builder.canvas.gestures import Gesture, Ghost, Pointing, gesture_for
from app.builder.canvas.hit import CanvasFinder, CanvasPart, tooltip_of
from app.builder.canvas.scene import Scene
from app.builder.canvas.selection import Selection
from app.kit.drawing.marks import Group, Mark, Text
from app.kit.scene.viewport import Viewport
from app.network.document import Document
from engine.data.choice import DataChoice
from engine.formats.base import NetworkFile
from engine.graph import NetworkGraph
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters

ROOT = Path(__file__).resolve().parents[3]
VIEW = "app.builder.canvas.view"
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """Everything that gestures and painters are handed, over a plain widget."""

    def __init__(self, widget: QWidget) -> None:
        self.document = Document(NetworkFile(feed_forward((3, 2)), Hyperparameters(), DataChoice(name="circle")))
        self.scene = Scene(self.document, widget)
        self.selection = Selection(widget)
        self.viewport = Viewport(widget, self.scene)
        self.viewport.fit()
        self.said: list[str] = []
        edits = CanvasEdits(self.document, widget)
        self.bench = Workbench(self.scene, self.selection, self.viewport, edits, self.said.append)
        self.document.graph_changed.connect(self.scene.follow_document)
        self.edges = EdgeLayer(widget)
        weights = {("dense-2", "W"): np.array([[0.5, -0.5, 0.1], [1.0, 0.2, 0.3]])}
        self.edges.bundles = bundles_of(self.scene.layout, weights)
        self.finder = CanvasFinder(self.scene, self.edges, self.viewport.camera, self.selection, lambda _point: None)

    def begin(self, scene_point: QPointF) -> Gesture:
        """Press the left button at a scene point."""
        point = self.viewport.camera.to_view(scene_point)
        gesture = gesture_for(self.bench, self.finder.hit(point), point, Qt.MouseButton.LeftButton, space=False)
        assert gesture is not None
        gesture.begin()
        return gesture

    def drag(self, start: QPointF, end: QPointF) -> Gesture:
        """Press, move; not released yet."""
        gesture = self.begin(start)
        gesture.moved(self.viewport.camera.to_view(end), NONE)
        return gesture


@pytest.fixture
def hands(qtbot) -> Hands:
    widget = QWidget()
    widget.resize(1000, 600)
    qtbot.addWidget(widget)
    hands = Hands(widget)
    yield hands
    hands.document.undo_stack.clear()


def test_a_move_previews_in_the_scene_and_lands_in_the_document(hands: Hands) -> None:
    before = hands.document.graph
    tile = hands.scene.layout["dense-1"].tiles.rect(0).center()
    gesture = hands.drag(tile, tile + QPointF(0.0, 120.0))
    assert hands.scene.layout["dense-1"].block.y == before.block("dense-1").y + 120
    assert hands.document.graph == before
    gesture.released(gesture.point, NONE)
    assert hands.document.graph.block("dense-1").y == before.block("dense-1").y + 120
    assert hands.selection.blocks == ("dense-1",)


def test_a_wire_that_is_refused_says_why(hands: Hands) -> None:
    layout = hands.scene.layout
    hands.drag(layout["dense-2"].out_port, layout["dense-1"].in_port)
    assert len(hands.said) == 1 and "close a loop" in hands.said[0]


def test_a_click_on_an_edge_chooses_it_with_its_wire_and_one_beside_it_nothing(hands: Hands) -> None:
    bundle = hands.edges.bundles[0]
    middle = (bundle.ends(0, 0)[0] + bundle.ends(0, 0)[1]) / 2
    gesture = hands.begin(middle)
    gesture.released(gesture.start, NONE)
    assert hands.selection.edge == bundle.edge(0, 0) and hands.selection.wire == bundle.wire
    gesture = hands.begin(hands.scene.bounds.bottomRight() + QPointF(30.0, 30.0))
    gesture.released(gesture.start, NONE)
    assert hands.selection.edge is None and hands.selection.wire is None


def test_choosing_a_block_lets_go_of_the_wire(hands: Hands, qtbot) -> None:
    hands.selection.choose_wire(hands.document.graph.wires[0])
    with qtbot.waitSignal(hands.selection.wire_changed):
        hands.selection.choose(["dense-1"])
    assert hands.selection.wire is None


def test_a_wire_that_is_gone_is_no_longer_chosen(hands: Hands) -> None:
    wire = hands.document.graph.wires[0]
    hands.selection.choose_wire(wire)
    hands.selection.keep(hands.document.graph)
    assert hands.selection.wire == wire
    hands.selection.keep(hands.document.graph.with_wires(hands.document.graph.wires[1:]))
    assert hands.selection.wire is None


def test_what_is_pointed_at_is_forgotten_with_its_block(hands: Hands) -> None:
    pointing = Pointing()
    tile = hands.scene.layout["dense-1"].tiles.rect(1).center()
    pointing.hovered = hands.finder.hit(hands.viewport.camera.to_view(tile))
    assert (pointing.hovered.part, pointing.hovered.unit) == (CanvasPart.NEURON, 1)
    pointing.forget_gone(hands.scene.layout)
    assert pointing.hovered.block_id == "dense-1"
    hands.scene.preview(feed_forward(()))
    pointing.forget_gone(hands.scene.layout)
    assert pointing.hovered.part is CanvasPart.NOTHING


def all_marks(marks: Iterable[Mark]) -> Iterator[Mark]:
    """The marks of a frame, those in groups too."""
    for mark in marks:
        yield from all_marks(mark.marks) if isinstance(mark, Group) else (mark,)


def test_a_frame_is_marks_that_say_what_is_chosen(hands: Hands) -> None:
    drawing = CanvasDrawing(hands.scene, hands.selection, Pointing(), hands.edges, hands.viewport.camera)

    def named(ink: str) -> list[str]:
        marks = all_marks(drawing.marks(hands.viewport.area, 1.0))
        return [mark.text for mark in marks if isinstance(mark, Text) and mark.bold and mark.ink == ink]

    assert named("accent") == [] and named("text") == ["Input", "Dense 1", "Dense 2", "Output"]
    hands.selection.choose(["dense-1"])
    assert named("accent") == ["Dense 1"] and named("text") == ["Input", "Dense 2", "Output"]
    halos = [m for m in all_marks(drawing.marks(hands.viewport.area, 1.0)) if getattr(m, "fill", "") == "accent 10%"]
    body = hands.scene.layout["dense-1"].body
    assert [QRectF(*halo.rect).contains(body) for halo in halos] == [True]


def test_the_keyboards_frame_goes_round_the_whole(hands: Hands) -> None:
    drawing = CanvasDrawing(hands.scene, hands.selection, Pointing(), hands.edges, hands.viewport.camera)
    without, focused = (list(all_marks(drawing.marks_above(hands.viewport.area, focused=f))) for f in (False, True))
    assert without == [] and [mark.stroke for mark in focused] == ["accent 45%"]


def test_an_empty_canvas_says_how_to_begin(hands: Hands) -> None:
    hands.scene.preview(NetworkGraph())
    drawing = CanvasDrawing(hands.scene, hands.selection, Pointing(), hands.edges, hands.viewport.camera)
    texts = [m.text for m in all_marks(drawing.marks(hands.viewport.area, 1.0)) if isinstance(m, Text)]
    assert texts[0] == "Weave your first network" and "press Play" in texts[1]


@pytest.mark.parametrize("compiled", [False, True])
def test_edges_of_a_dead_unit_are_dotted_in_the_picture(hands: Hands, qtbot, monkeypatch, compiled: bool) -> None:
    monkeypatch.setattr("app.builder.canvas.edges.kernels_ready", lambda: compiled)
    edges, camera = hands.edges, hands.viewport.camera
    (bundle,) = edges.bundles

    def inked(dead: dict[str, list[int]]) -> float:
        """How opaque the edges into the first unit are."""
        edges.refresh([bundle], camera, QSize(1000, 600), 1.0, dead)
        qtbot.waitUntil(lambda: edges.current)
        image = edges.picture(camera, 1.0).image()
        path = dead_edges([bundle], {"dense-2": [0]})
        places = [camera.to_view(path.pointAtPercent(share / 200)).toPoint() for share in range(201)]
        return sum(image.pixelColor(place).alphaF() for place in places) / len(places)

    whole, dotted = inked({}), inked({"dense-2": [0]})
    assert 0.05 < dotted < 0.7 * whole
    assert dead_edges([bundle], {"dense-2": [0, 7], "dense-1": []}).elementCount() == 3 * 4


# What gestures show -----------------------------------------------------------------------------------------------


def test_a_rubber_band_shows_its_box_once_it_is_dragged(hands: Hands) -> None:
    start = hands.scene.bounds.topLeft() - QPointF(20.0, 20.0)
    gesture = hands.begin(start)
    assert gesture.marks() == []
    gesture.moved(hands.viewport.camera.to_view(start + QPointF(60.0, 40.0)), NONE)
    (box,) = gesture.marks()
    assert box.rect == pytest.approx((start.x(), start.y(), 60.0, 40.0))


def test_a_move_shows_with_which_middle_the_block_lines_up(hands: Hands) -> None:
    tile, other = hands.scene.layout["dense-1"].tiles.rect(0).center(), hands.scene.layout["dense-2"].block
    (guide,) = hands.drag(tile, tile + QPointF(53.0, 3.0)).marks()  # the height of its neighbours, within reach
    assert guide.dashed and guide.start[1] == guide.end[1] == other.y
    assert hands.drag(tile + QPointF(53.0, 0.0), tile + QPointF(53.0, 400.0)).marks() == []


def test_a_wire_shows_whether_it_may_end_there(hands: Hands) -> None:
    layout = hands.scene.layout
    start = layout["dense-2"].out_port
    shown = []
    for goal in (start + QPointF(60.0, -300.0), layout["dense-1"].in_port):
        curve, *ends = hands.drag(start, goal).marks()
        shown.append((curve.stroke, curve.dashed, [end.fill for end in ends]))
    assert shown == [("text_muted", True, ["text_muted"]), ("danger", False, ["danger", "danger"])]


def test_a_held_block_shows_itself_and_the_wire_that_it_would_part(hands: Hands) -> None:
    ghost = Ghost(hands.scene, "dense")
    ghost.hold(hands.scene.bounds.bottomRight() + QPointF(200.0, 200.0), hands.finder)
    free = ghost.marks()
    assert "Dense" in [mark.text for mark in free if isinstance(mark, Text)]
    bundle = hands.edges.bundles[0]
    ghost.hold((bundle.ends(0, 0)[0] + bundle.ends(0, 0)[1]) / 2, hands.finder)
    assert ghost.wire == bundle.wire and [mark.stroke for mark in ghost.marks()[:2]] == ["accent 32%", "accent"]


def test_tooltips_need_a_hit_and_what_is_drawn(hands: Hands) -> None:
    tile = hands.scene.layout["input-1"].tiles.rect(0).center()
    hit = hands.finder.hit(hands.viewport.camera.to_view(tile))
    assert "this feature" in tooltip_of(hit, hands.scene, hands.edges)


# Circles ----------------------------------------------------------------------------------------------------------


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path, known: set[str]) -> set[str]:
    """The modules among ``known`` that a file imports anywhere: inside functions and for the type checker too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & known
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & known
            found |= inner or {node.module} & known
    return found


def graph_of_imports(*folders: str) -> dict[str, set[str]]:
    files = {module_of(path): path for folder in folders for path in (ROOT / folder).rglob("*.py")}
    return {name: imports_of(path, set(files)) - {name} for name, path in files.items()}


def on_circles(graph: dict[str, set[str]]) -> set[str]:
    """What is left when everything is taken away that imports nothing of the rest, or that nothing of it imports."""
    left = dict(graph)
    while True:
        imported = set().union(*(imports & set(left) for imports in left.values())) if left else set()
        free = [name for name, imports in left.items() if name not in imported or not imports & set(left)]
        if not free:
            return set(left)
        for name in free:
            del left[name]


def test_the_files_of_canvas_and_scene_form_no_circle() -> None:
    graph = graph_of_imports("app/builder/canvas", "app/kit")
    assert len(graph) > 50
    assert not on_circles(graph)


def test_a_circle_would_be_found() -> None:
    assert on_circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == {"b", "c"}


def test_no_part_of_the_builder_or_the_kit_imports_the_whole_canvas() -> None:
    graph = graph_of_imports("app/builder", "app/kit")
    assert not {name for name, imports in graph.items() if VIEW in imports}
