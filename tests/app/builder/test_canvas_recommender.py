"""A recommender's network on the canvas: nobody trains it there, so its units lie small in cards."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from app.builder.canvas.geometry import BARE_HEIGHT, SceneLayout
from app.builder.canvas.hit import hit_test
from app.workspaces.recommender.model.draft import laid_out
from engine.graph import NetworkGraph
from engine.graph.build import feed_forward
from engine.graph.validation import infer_widths
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.tasks.wide_deep.graph import wide_deep
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec


def wide_and_deep(columns: int = 12) -> NetworkGraph:
    names = tuple(f"c{at}" for at in range(columns))
    spec = WideDeepSpec(crosses=(names[:2],), hidden=(1024, 128, 64), dropout=0.1)
    return laid_out(wide_deep(Fields(categories=names), dict.fromkeys(names, 9), spec))


def layout_of(graph: NetworkGraph) -> SceneLayout:
    return SceneLayout(graph, infer_widths(graph, None)[0])


def test_the_template_is_laid_out_without_one_block_upon_another() -> None:
    shapes = list(layout_of(wide_and_deep()).shapes.values())
    for at, one in enumerate(shapes):
        assert not any(one.body.intersects(other.body) for other in shapes[at + 1 :]), one.id


def test_layers_of_any_width_are_about_as_high_and_their_ports_lie_on_their_cards() -> None:
    shapes = layout_of(wide_and_deep()).shapes
    for block_id, units in (("dense-1", 1024), ("dense-2", 128), ("dense-3", 64)):
        shape = shapes[block_id]
        assert shape.bare and shape.tiles is not None and shape.tiles.units == units
        assert shape.body.height() <= BARE_HEIGHT + 1
        assert shape.in_port is not None and shape.body.left() - shape.in_port.x() < 10
    assert not any(shape.bare for shape in layout_of(feed_forward((4,))).shapes.values())


def test_a_wire_that_is_quite_straight_can_be_hit() -> None:
    graph = wide_and_deep()
    layout = layout_of(graph)
    wire = graph.wires_from("dropout-1")[0]
    start, end = layout[wire.source].out_port, layout[wire.target].in_port
    assert start is not None and end is not None and start.y() == end.y()
    assert hit_test(layout, [], QPointF((start.x() + end.x()) / 2, start.y()), 1.0, 0.0).wire == wire
