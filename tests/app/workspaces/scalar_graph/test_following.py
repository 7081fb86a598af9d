"""A graph too large to be read whole opens where it can be read, and the view follows the pass."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF

from app.workspaces.scalar_graph.canvas.painter import NUMBERS_FROM, WHOLE_FROM
from app.workspaces.scalar_graph.canvas.writing import Tone, inks
from app.workspaces.scalar_graph.sources import EXAMPLES
from app.workspaces.scalar_graph.stage import LEFT
from engine.autodiff.document import ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window

NEURON = "z = " + " + ".join(f"w{i}*x{i}" for i in range(1, 17)) + " + b\nz*sigmoid(z)"


def in_sight(bench: Bench) -> bool:
    current = bench.model.state.current
    assert current is not None
    viewport = bench.canvas.viewport
    box = viewport.camera.rect_to_view(bench.canvas.shown.drawing.knots[current].box)
    return viewport.area.adjusted(-1, -1, 1, 1).contains(box)


def test_a_neuron_with_sixteen_inputs_opens_legibly_at_its_end(bench: Bench) -> None:
    bench.load("neuron", ExpressionSheet(text=NEURON))
    viewport = bench.canvas.viewport
    assert viewport.camera.scale >= WHOLE_FROM
    assert in_sight(bench)
    bench.act("graph_fit")
    assert viewport.camera.scale < WHOLE_FROM and viewport.shows_all


def test_the_view_follows_each_step_clear_of_the_cards(bench: Bench) -> None:
    bench.load("neuron", ExpressionSheet(text=NEURON))
    bench.act("graph_begin")
    for _ in range(bench.model.playback.length - 1):
        bench.act("graph_step")
        assert in_sight(bench), bench.model.state.step
        assert bench.canvas.viewport.camera.scale >= NUMBERS_FROM


def test_most_steps_that_are_followed_pan_nothing(bench: Bench) -> None:
    bench.load("chain", ExpressionSheet(text="+".join(f"x{number}" for number in range(60))))
    bench.act("graph_begin")
    offsets = []
    for _ in range(40):
        bench.act("graph_step")
        assert in_sight(bench), bench.model.state.step
        offsets.append(bench.canvas.viewport.camera.offset)
    pans = sum(one != other for one, other in pairwise(offsets))
    assert 0 < pans <= 40 / 2
    away = [one - other for one, other in pairwise(offsets) if one != other]
    assert all(by.x() == round(by.x()) and by.y() == round(by.y()) for by in away)  # so that pictures still hold


def test_on_the_way_back_who_receives_comes_into_sight_as_well(bench: Bench) -> None:
    bench.load("neuron", ExpressionSheet(text=NEURON.replace(" + w9*x9", "").replace(" + w16*x16", "")))
    bench.act("graph_middle")
    drawing, viewport = bench.canvas.shown.drawing, bench.canvas.viewport
    assert not viewport.shows_all
    bench.act("graph_step")  # the seed
    while bench.model.playback.at < bench.model.playback.length:
        bench.act("graph_step")
        current = bench.model.state.current
        assert current is not None
        links = [drawing.links[index] for index in drawing.into[current]]
        for link in links:
            middle = viewport.camera.to_view(drawing.knots[link.source].centre)
            assert viewport.area.contains(middle), bench.model.state.step


def test_a_collapse_that_is_taken_back_is_seen_as_after_opening(bench: Bench) -> None:
    bench.load("neuron", ExpressionSheet(text=NEURON.replace("z*sigmoid(z)", "1/(1 + exp(-z))")))
    canvas, viewport = bench.canvas, bench.canvas.viewport
    exit_at = viewport.camera.rect_to_view(canvas.shown.drawing.exit)
    assert viewport.area.contains(exit_at)
    bench.act("graph_end")
    assert not viewport.area.contains(viewport.camera.rect_to_view(canvas.shown.drawing.exit))
    bench.model.collapse(bench.model.worked.shape.groups[0].keys, "σ")  # type: ignore[union-attr]
    bench.wait()
    bench.page.document.undo_stack.undo()
    bench.wait()
    now = viewport.camera.rect_to_view(canvas.shown.drawing.exit)
    assert viewport.area.contains(now) and (now.left(), now.width()) == (exit_at.left(), exit_at.width())


def test_who_asked_for_the_whole_keeps_it_while_it_plays(bench: Bench) -> None:
    bench.load("neuron", ExpressionSheet(text=NEURON))
    bench.act("graph_fit")
    scale = bench.canvas.viewport.camera.scale
    bench.act("graph_step")
    bench.act("graph_step")
    assert bench.canvas.viewport.camera.scale == scale


def deep_network(layers: int) -> str:
    lines = [f"h{n} = tanh(w{n}*h{n - 1} + b{n})" for n in range(1, layers + 1)]
    return "\n".join(["h0 = x", *lines, f"(h{layers} - t)^2"])


@pytest.mark.parametrize("layers", [30, 60])
def test_a_deep_network_opens_legibly_at_its_end_and_says_how_much_lies_before_it(bench: Bench, layers: int) -> None:
    text = deep_network(layers)
    bench.load("deep", ExpressionSheet(text=text))
    bench.qtbot.waitUntil(lambda: bench.model.worked is not None and bench.model.worked.shape.text == text)
    assert bench.canvas.viewport.camera.scale >= NUMBERS_FROM
    assert in_sight(bench)
    before = bench.page.widget.stage.hints.buttons[LEFT]
    assert before.isVisible() and int(before.text().split()[1]) > 4 * layers


@pytest.mark.parametrize("width", [960, 1100, 1280, 1340, 1440])
def test_where_a_part_is_read_no_number_is_cut_at_the_edge(bench: Bench, width: int) -> None:
    bench.page.widget.window().resize(width, 800)
    bench.load("deep", ExpressionSheet(text=deep_network(30)))
    viewport = bench.canvas.viewport
    bench.qtbot.waitUntil(lambda: len(bench.canvas.shown.drawing.knots) > 100 and not viewport.shows_all)
    boxes = [viewport.camera.rect_to_view(knot.box) for knot in bench.canvas.shown.drawing.knots]
    columns = [box.center().x() for box in boxes]
    assert any(x < 0 for x in columns)
    assert not [x for x in columns if -30 * viewport.camera.scale < x < 42 * viewport.camera.scale]


def test_small_graphs_are_shown_whole_and_stay_so(bench: Bench) -> None:
    for example in EXAMPLES:
        bench.open_example(example)
        if len(bench.canvas.shown.drawing.knots) < 12:
            bench.act("graph_step")
            assert bench.canvas.viewport.shows_all, example.key


FOURTEEN = "s = 1/(1+exp(-a*b))\nc = s*log(2)\nc - abs(a-2)"


def test_a_window_too_small_for_the_whole_shows_the_node_at_work(bench: Bench) -> None:
    bench.load("", ExpressionSheet(text=deep_network(4)))
    window, viewport = bench.page.widget.window(), bench.canvas.viewport
    window.resize(960, 600)
    bench.qtbot.waitUntil(lambda: bench.canvas.width() < 650)
    assert viewport.camera.scale >= NUMBERS_FROM and not viewport.shows_all
    for _ in range(3):
        bench.act("graph_back")
        assert in_sight(bench)
    window.resize(2200, 1300)
    bench.qtbot.waitUntil(lambda: bench.canvas.width() > 1000)
    assert viewport.shows_all


def test_the_way_back_to_the_start_leads_to_the_inputs(bench: Bench) -> None:
    bench.load("deep", ExpressionSheet(text=deep_network(30)))
    viewport, knots = bench.canvas.viewport, bench.canvas.shown.drawing.knots
    assert bench.model.worked is not None
    bench.model.playback.go(bench.model.worked.middle)
    bench.act("graph_begin")
    leftmost = min(knots, key=lambda knot: knot.centre.x())
    assert not viewport.shows_all and viewport.area.contains(viewport.camera.rect_to_view(leftmost.box))


def test_the_graph_is_never_out_of_sight(bench: Bench) -> None:
    viewport = bench.canvas.viewport
    for x, y in ((5000, 0), (-9000, 0), (0, 5000), (0, -9000)):
        viewport.pan(QPointF(x, y))
        shown = viewport.camera.rect_to_view(bench.canvas.drawn).intersected(viewport.area)
        assert shown.width() >= 59.0 and shown.height() >= 59.0


def test_a_wire_that_passes_by_is_drawn_as_a_wire(bench: Bench) -> None:
    bench.load("", ExpressionSheet(text=FOURTEEN))
    bench.act("graph_end")
    bench.page.widget.stage.show_parts(values=False, gradients=False, names=False)
    canvas = bench.canvas
    longest = [one for one in canvas.shown.drawing.links if one.lanes[1] is not None]
    link = max(longest, key=lambda one: one.path.boundingRect().width())
    canvas.viewport.zoom(4.0 / canvas.viewport.camera.scale)
    assert link.lanes[1] is not None
    middle = link.lanes[1].path.pointAtPercent(0.5)
    canvas.viewport.pan(canvas.viewport.area.center() - canvas.to_view(middle))
    around = canvas.viewport.visible
    drawing = canvas.shown.drawing
    assert not {link.source, link.target} & set(drawing.knots_in(around))
    colour = canvas.grab().toImage().pixelColor(canvas.to_view(middle).toPoint())
    assert colour == inks().lanes[Tone.POSITIVE] or colour == inks().lanes[Tone.NEGATIVE]


@pytest.mark.parametrize("height", [730, 750, 770])
def test_nothing_is_cut_at_the_top_of_a_part_that_fits_a_little_smaller(bench: Bench, height: int) -> None:
    window, viewport = bench.page.widget.window(), bench.canvas.viewport
    window.resize(1280, height)
    bench.qtbot.waitUntil(lambda: window.height() == height)
    bench.load("", ExpressionSheet(text=deep_network(5)))
    bench.qtbot.waitUntil(lambda: not viewport.shows_all)
    area = viewport.area.adjusted(0, -1, 0, 1)  # one pans by whole pixels
    for step in range(bench.model.playback.length + 1):
        bench.model.playback.go(step)
        for knot in bench.canvas.shown.drawing.knots:
            seen = viewport.camera.rect_to_view(knot.box)
            assert area.top() <= seen.top() and seen.bottom() <= area.bottom()
