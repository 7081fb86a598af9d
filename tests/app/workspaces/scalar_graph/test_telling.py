"""What is said: the axis' numbers, what cannot be opened and why, what is wrong within a node, what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Text, text_width
from app.kit.translation import sentence_of
from app.workspaces.scalar_graph.plot import draw_curve
from engine.autodiff import check_group
from engine.problems import EngineError
from engine.training.scalar_graph import TOO_LARGE
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window


def test_the_axis_leaves_room_for_its_numbers(bench: Bench) -> None:
    bench.open_plot()
    assert bench.page.widget.dock is not None
    card = bench.page.widget.dock.curve
    bench.type("x*0 + 114960")
    bench.qtbot.waitUntil(lambda: card.curve is not None and card.curve.at[1] == 114960.0)
    marks = draw_curve(card.curve, Frame(400, 200)).marks
    heights = [mark for mark in marks if isinstance(mark, Text) and "right" in mark.align]
    assert len({mark.text for mark in heights}) == len(heights) > 1
    assert all(text_width(mark.text, mark.size) <= mark.rect[2] for mark in heights)


def test_a_network_too_large_says_so_before_the_click(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    action = bench.page.actions["graph_from_network"]
    assert action.isEnabled()
    reason = sentence_of(TOO_LARGE(limit=400))
    monkeypatch.setattr(bench.page.playground, "too_large", lambda: reason)
    bench.page.enter()
    assert not action.isEnabled() and action.toolTip() == reason
    monkeypatch.setattr(bench.page.playground, "too_large", lambda: "")
    bench.page.enter()
    assert action.isEnabled() and "400" in action.toolTip()


def test_a_fault_within_a_collapsed_node_is_named(bench: Bench) -> None:
    bench.type("s = a - b\n3 + log(s)^2")
    worked = bench.model.worked
    assert worked is not None
    bench.model.collapse(frozenset(node.key for node in worked.graph.nodes if node.rule is not None), "G")
    bench.model.set_input("a", -1.0)
    worked = bench.model.worked
    assert worked is not None and len(worked.graph.operations) == 1
    bench.act("graph_end")
    said = worked.faults[worked.graph.output]
    assert said.startswith("Within y: ") and "log" in said


def test_the_field_tells_of_definitions_while_it_has_the_keyboard(bench: Bench) -> None:
    field = bench.page.widget.field
    bench.canvas.setFocus()
    assert field.hint.isHidden()
    bench.edit.setFocus()
    bench.qtbot.waitUntil(lambda: not field.hint.isHidden())
    bench.type("t = x + y\nt*t")
    assert field.hint.isHidden()


def test_what_is_collapsed_is_told_from_what_there_is(bench: Bench) -> None:
    bench.act("graph_collapse")
    assert bench.page.widget.field.found.text() == "✓ 5 nodes, 1 leaf; 2 shown"
    bench.act("graph_open")
    assert bench.page.widget.field.found.text() == "✓ 5 nodes, 1 leaf"


def test_a_large_group_is_collapsed_away_from_the_window(bench: Bench) -> None:
    bench.type("tanh(a*b) + tanh(c*d) + tanh(f*g)*2 + h")
    worked = bench.model.worked
    assert worked is not None
    keys = frozenset(node.key for node in worked.graph.nodes if node.rule is not None)
    assert len(keys) > 6
    bench.model.collapse(keys, "G")
    assert bench.model.worked is worked  # not yet
    bench.qtbot.waitUntil(lambda: bench.model.worked is not worked)
    assert bench.model.worked is not None and len(bench.model.worked.graph.operations) == 1


def test_a_group_that_cannot_be_one_is_refused_as_before(bench: Bench) -> None:
    worked = bench.model.worked
    assert worked is not None
    with pytest.raises(EngineError):
        check_group(worked.graph, [worked.graph.nodes[worked.graph.output].key])


def test_the_graph_itself_is_saved_as_a_drawing_and_as_a_picture(bench: Bench, tmp_path: Path) -> None:
    copier = bench.page.widget.stage.copier
    drawing, picture = tmp_path / "graph.svg", tmp_path / "graph.png"
    copier.save_drawing(str(drawing))
    copier.save_picture(str(picture))
    assert drawing.read_text(encoding="utf-8").count("<path") > 20
    assert not QImage(str(picture)).isNull()
