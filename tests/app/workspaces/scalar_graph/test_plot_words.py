"""The plot says where one stands in a place that is free, in names and words that the graph and the panel use."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF

from app.kit.formula.boxes import lay_out
from app.kit.formula.trees import markup_of_name
from app.kit.plain_maths import plain_text
from app.kit.typeset import MathLabel
from app.workspaces.scalar_graph.dock import curve_card
from app.workspaces.scalar_graph.dock.curve_card import Run
from app.workspaces.scalar_graph.dock.plot import freest, places_about
from app.workspaces.scalar_graph.explanations.worked_lines import rule_box
from app.workspaces.scalar_graph.names import name_text
from engine.autodiff import text_of
from engine.autodiff.graph import in_labels
from tests.app.kit.background_rig import Faults, put_hook
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
LEAST_SIZE = 14.0
ROOM = QRectF(50.0, 10.0, 240.0, 120.0)


def crossed(box: QRectF, line: np.ndarray) -> bool:
    """Whether one of a thousand points of each piece lies in a box: slow, and another way than that of the program."""
    for (x, y), (next_x, next_y) in zip(line.T[:-1], line.T[1:], strict=True):
        share = np.linspace(0.0, 1.0, 1000)
        across, down = x + share * (next_x - x), y + share * (next_y - y)
        inside = (across > box.left()) & (across < box.right()) & (down > box.top()) & (down < box.bottom())
        if inside.any():
            return True
    return False


@pytest.mark.parametrize("seed", range(40))
def test_no_line_runs_through_words_that_have_a_free_place(seed: int) -> None:
    random = np.random.default_rng(seed)
    at = QPointF(random.uniform(60, 280), random.uniform(15, 125))
    xs = np.linspace(ROOM.left(), ROOM.right(), 60)
    shape = random.uniform(-1.5, 1.5) * (xs - at.x()) + random.uniform(-0.02, 0.02) * (xs - at.x()) ** 2
    curve = np.array([xs, at.y() + shape])
    down = np.array([[at.x(), at.x()], [ROOM.top(), ROOM.bottom()]])
    boxes = places_about(at, 92.0, ROOM)
    assert all(ROOM.contains(box) for box in boxes)
    free = [not (crossed(box, curve) or crossed(box, down)) for box in boxes]
    assert free[freest(boxes, [curve, down])] or not any(free)


def test_words_stay_where_they_stand_free() -> None:
    boxes = places_about(QPointF(170.0, 60.0), 60.0, ROOM)
    level = np.array([[50.0, 290.0], [60.0, 60.0]])
    assert freest(boxes, [level], former=3) == 3
    assert freest(boxes, [level, np.array([[boxes[3].center().x()] * 2, [0.0, 200.0]])], former=3) != 3


def test_the_words_of_the_plot_keep_clear_of_curve_and_tangent(bench: Bench) -> None:
    dock = bench.page.widget.dock
    assert dock is not None
    plot = dock.curve.plot

    def stands_at(value: float) -> bool:
        curve = plot.curve
        run = curve.run if curve is not None else None
        return isinstance(run, Run) and run.worked is bench.desk.worked and run.worked.inputs["x"] == value

    for value in (-5.0, -2.0, -0.5, 0.28, 1.0, 2.0, 4.0):
        bench.desk.set_input("x", value)
        bench.qtbot.waitUntil(partial(stands_at, value))
        curve = plot.curve
        assert curve is not None and curve.at[1] is not None
        plot.grab()
        box = plot.words_box(curve, QPointF(plot._x(curve, value), plot._y(curve.at[1])), 120.0)
        assert not crossed(box, np.array(plot._places(curve)))


def test_a_name_is_written_as_in_the_graph(bench: Bench) -> None:
    assert name_text("w4_1_1") == "w₄,₁,₁" and name_text("w12") == plain_text(markup_of_name("w12")) == "w₁₂"
    bench.type("w4_1_1^2")
    dock, right = bench.page.widget.dock, bench.page.widget.right
    assert dock is not None and right is not None
    bench.qtbot.waitUntil(lambda: "w_{4,1,1}" in dock.curve.title.text)
    assert right.nudge.moves.names[0].text == "$w_{4,1,1}$"
    assert right.nudge.moves.names[0].accessibleName() == "w₄,₁,₁"
    assert "w₄,₁,₁ = 1" in dock.curve.plot.accessibleDescription()
    slope = bench.page.bar.slope
    assert slope.caption.text == r"\partial y/\partial w_{4,1,1}"
    assert slope.caption.sizeHint().width() <= slope.width()


def test_a_caption_has_the_room_of_a_long_name(bench: Bench) -> None:
    bench.type("learning_rate^2")
    slope = bench.page.bar.slope
    assert plain_text(slope.caption.text) == "∂y/∂learning_rate"
    assert slope.caption.sizeHint().width() <= slope.width()
    bench.type("a_name_that_goes_on_and_on^2")
    assert plain_text(slope.caption.text) == "∂y/∂a_name_that_g…"


def test_a_name_with_several_indices_can_be_read_wherever_it_stands(bench: Bench) -> None:
    """Its figures are as high as those of a text of ten pixels, and it is not squeezed."""
    bench.page.host.window().resize(1280, 800)
    bench.type("t = w4_1_1*x1 + w4_1_2*x2\ntanh(t)")
    bench.desk.choose(frozenset({"w4_1_1"}))
    bench.act("graph_end")
    dock, right, stage = bench.page.widget.dock, bench.page.widget.right, bench.page.widget.stage
    assert dock is not None and right is not None
    bench.qtbot.waitUntil(lambda: "w_{4,1,1}" in dock.curve.title.text)
    dock.tabs.open_tab(3)
    right.show_card("nudge")
    nudge = right.nudge
    labels = [bench.page.bar.slope.caption, dock.curve.title, nudge.moves.names[0]]
    labels += [nudge.measured.caption, nudge.gradient.caption]
    for label in labels:
        assert isinstance(label, MathLabel) and "w_{4,1,1}" in label.text
        assert label._size >= LEAST_SIZE
        bench.qtbot.waitUntil(lambda label=label: label.width() >= label.sizeHint().width())  # type: ignore[misc]
    assert stage.header.formula.laid_out.size >= LEAST_SIZE
    assert stage.header.formula.width() >= stage.header.formula.sizeHint().width()


def test_what_cannot_be_measured_is_said_in_the_same_words(bench: Bench) -> None:
    bench.type("1/(x - 2)")
    dock, right = bench.page.widget.dock, bench.page.widget.right
    assert dock is not None and right is not None
    bench.act("graph_middle")
    said = right.nudge.measured.number.text()
    assert said == "not measurable"
    bench.qtbot.waitUntil(lambda: said in dock.curve.note.full_text)
    assert "NaN" not in dock.curve.note.full_text


def test_a_curve_that_cannot_be_worked_out_is_said_and_the_former_one_goes(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    dock = bench.page.widget.dock
    assert dock is not None
    card = dock.curve
    bench.qtbot.waitUntil(lambda: card.plot.curve is not None)
    faults = Faults(curve_card.run_of)
    monkeypatch.setattr(curve_card, "run_of", faults)
    hook = put_hook(monkeypatch)
    faults.errors = [MemoryError("no room")]
    bench.desk.set_input("x", 0.75)
    bench.qtbot.waitUntil(lambda: card.plot.curve is None)
    said = card.note.full_text
    assert "could not be worked out" in said and "not enough memory" in said
    assert card.note.accessibleName() in ("", said)
    bench.desk.set_input("x", 0.5)
    bench.qtbot.waitUntil(lambda: card.plot.curve is not None)
    assert "could not" not in card.note.full_text
    assert [type(error) for error in hook.errors] == [MemoryError]


def test_a_constant_in_a_rule_is_a_number_with_a_minus(bench: Bench) -> None:
    bench.type("1/(1 + exp(-2*x))")
    worked = bench.desk.worked
    assert worked is not None
    index = worked.graph.labels.index("v1")
    node = worked.graph.nodes[index]
    assert node.rule is not None and text_of(in_labels(worked.graph, index, node.rule.formula)) == "-2*x"
    said = lay_out(rule_box(worked.graph, index, slopes=True), 16.0).plain
    assert "−2" in said and "-" not in said
