"""Another graph in place of one whose numbers were shown: nothing of the former is read for the new one."""

from __future__ import annotations

import pytest

from app.workspaces.scalar_graph.table import NodeColumn
from tests.app.workspaces.scalar_graph.conftest import Bench
from tests.app.workspaces.scalar_graph.test_pass import cells

pytestmark = pytest.mark.shares_window
SHARED = "s = a*b\nt = s*s\nt + s"


def checked(bench: Bench) -> None:
    bench.qtbot.waitUntil(lambda: bench.page.checks.of(bench.model.worked) is not None)


@pytest.mark.torch
def test_opening_again_at_the_end_of_the_pass_reads_no_results_of_the_smaller_graph(bench: Bench) -> None:
    bench.act("graph_end")
    bench.act("graph_collapse")
    checked(bench)
    assert bench.model.worked is not None and len(bench.model.worked.graph.nodes) == 2
    bench.page.document.undo_stack.undo()
    assert cells(bench, NodeColumn.GRADIENT)[1:] == ["0.104994", "−0.104994", "−0.775803", "−0.775803", "1"]
    assert cells(bench, NodeColumn.CHECK)[1] == "asking …"
    checked(bench)
    assert cells(bench, NodeColumn.CHECK)[1:] == 5 * ["✓ diff 0"]


@pytest.mark.torch
def test_a_deleted_line_comes_back_at_the_end_of_the_pass(bench: Bench) -> None:
    bench.type(SHARED)
    bench.act("graph_end")
    checked(bench)
    bench.model.rewrite(SHARED.partition("\n")[2], "Cut")
    checked(bench)
    bench.page.document.undo_stack.undo()
    assert bench.model.state.complete
    checked(bench)
    assert set(cells(bench, NodeColumn.CHECK)) == {"✓ diff 0"}
