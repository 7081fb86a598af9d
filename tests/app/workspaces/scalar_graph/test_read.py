"""What was met in reading: what stood though it was no longer so, and what said more than it did."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from app.kit.announce import recorded
from app.kit.formula.view import FormulaView
from app.workspaces.scalar_graph.computation import GradientOf, ShareOf, SlopeOf, ValueOf
from app.workspaces.scalar_graph.explanations.origin import fact_of
from tests.app.workspaces.scalar_graph.conftest import Bench
from tests.copied import run_copied

pytestmark = pytest.mark.shares_window


def group_all(bench: Bench) -> None:
    worked = bench.model.worked
    assert worked is not None
    bench.model.collapse(frozenset(worked.graph.nodes[index].key for index in worked.graph.operations), "f")


def test_a_group_of_the_same_name_and_other_parts_has_its_own_rule(bench: Bench) -> None:
    bench.model.rewrite("(x + 1)^2", "test")
    dock = bench.page.widget.dock
    assert dock is not None
    dock.tabs.open_tab(1)
    group_all(bench)
    for text, rule in (("(x + 1)^3", "(u + 1)³"), ("(x + 5)^3", "(u + 5)³")):
        bench.model.rewrite(text, "test")
        assert rule in dock.rules.widget().findChildren(FormulaView)[0].accessibleName()


def test_of_what_cannot_be_read_no_code_is_copied(bench: Bench) -> None:
    dock = bench.page.widget.dock
    assert dock is not None
    dock.tabs.open_tab(2)
    assert dock.code.copy.isEnabled()
    QGuiApplication.clipboard().setText("kept")
    bench.model.rewrite("(x +", "test")
    with recorded() as said:
        dock.code.copy.click()
        dock.code._copy()
    assert not dock.code.copy.isEnabled()
    assert (QGuiApplication.clipboard().text(), list(said)) == ("kept", [])


@pytest.mark.parametrize("grouped", [False, True])
def test_the_code_beside_a_number_prints_that_number(
    bench: Bench, capsys: pytest.CaptureFixture[str], grouped: bool
) -> None:
    bench.model.rewrite("a = x*y; 1/(1 + exp(-a))", "test")
    bench.model.set_input("x", 0.5)
    if grouped:
        group_all(bench)
    worked = bench.model.worked
    assert worked is not None
    state = worked.state(worked.steps)
    asked: list[object] = []
    for node in worked.graph.nodes:
        asked += [ValueOf(node.key), GradientOf(node.key)]
        asked += [kind(node.key, slot) for slot in range(len(node.parents)) for kind in (ShareOf, SlopeOf)]
    printed = 0
    for key in asked:
        fact = fact_of(worked, state, key)  # type: ignore[arg-type]
        if fact is None or not fact.lines_of_code:
            continue
        run_copied(fact.lines_of_code)
        assert float(capsys.readouterr().out) == pytest.approx(fact.value, rel=1e-12)
        printed += 1
    assert printed >= 5
