"""A saved expression opens at the moment at which it was saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.workspaces.scalar_graph.explanations import KINDS
from app.workspaces.scalar_graph.sources import example_named
from engine.formats.sheet import NO_VIEW
from engine.guesses import Kind
from tests.app.workspaces.scalar_graph.conftest import Bench


@pytest.fixture
def saved(bench: Bench, tmp_path: Path) -> Path:
    """At step 6, with Predict on and the rules in front; then all of it otherwise."""
    bench.open_example(example_named("neuron"))
    dock, path = bench.page.widget.dock, tmp_path / "exercise.loom"
    assert dock is not None
    bench.model.playback.go(6)
    dock.tabs.open_tab(1)
    bench.model.choose(frozenset({"x"}))
    bench.page.actions["graph_predict"].setChecked(True)
    count = bench.page.document.undo_stack.count()
    bench.page.document.save(path)
    assert bench.model.playback.at == 6 and bench.page.document.undo_stack.count() == count
    bench.page.actions["graph_predict"].setChecked(False)
    dock.tabs.open_tab(0)
    bench.act("graph_end")
    assert not bench.page.document.unsaved, "to look at it otherwise is no edit"
    bench.open_example(example_named("square"))
    return path


def test_opening_restores_the_moment(bench: Bench, saved: Path) -> None:
    bench.page.document.open(saved)
    bench.wait()
    dock, right = bench.page.widget.dock, bench.page.widget.right
    assert dock is not None and right is not None
    assert bench.model.playback.at == 6 and bench.model.state.step == 6
    assert dock.tabs.currentIndex() == 1 and bench.model.leaf == "x"
    assert bench.page.actions["graph_predict"].isChecked() and right.asking.guesses.open
    assert not bench.page.document.unsaved
    bench.page.document.undo_stack.undo()
    bench.wait()
    worked = bench.model.worked
    assert worked is not None and bench.model.playback.at == worked.middle, "the example has no moment of its own"


@pytest.mark.parametrize("steps_after", [0, 1])
def test_the_rule_is_that_of_the_node_that_was_read(bench: Bench, tmp_path: Path, steps_after: int) -> None:
    """A chosen node is read until the player goes on; what of it is chosen stays chosen."""
    bench.open_example(example_named("neuron"))
    right, path = bench.page.widget.right, tmp_path / "read.loom"
    assert right is not None and bench.model.worked is not None
    bench.model.playback.go(6)
    node = next(node for node in bench.model.worked.graph.nodes if node.rule is not None)
    bench.model.choose(frozenset({node.key}))
    bench.model.playback.go(6 + steps_after)
    read = right.rule.key
    assert (read == node.key) is (steps_after == 0)
    assert bench.page.widget.stage.header.formula._shown.lit == {read}
    bench.page.document.save(path)
    bench.open_example(example_named("square"))
    bench.page.document.open(path)
    bench.wait()
    assert right.rule.key == read and bench.model.chosen == {node.key}
    other = bench.model.worked.graph.nodes[-1]
    bench.model.choose(frozenset({other.key}))
    assert right.rule.key == other.key


def test_what_says_nothing_of_its_moment_opens_at_the_turn(bench: Bench, saved: Path) -> None:
    content = json.loads(saved.read_text())
    del content["view"]
    saved.write_text(json.dumps({**content, "version": 1}))
    bench.page.document.open(saved)
    bench.wait()
    worked = bench.model.worked
    assert worked is not None and bench.page.document.view == NO_VIEW
    assert bench.model.playback.at == worked.middle and not bench.page.actions["graph_predict"].isChecked()


def test_a_step_that_the_expression_does_not_have_is_its_last(bench: Bench, saved: Path) -> None:
    content = json.loads(saved.read_text())
    content["view"] |= {"step": 900, "predict": False}
    saved.write_text(json.dumps(content))
    bench.page.document.open(saved)
    bench.wait()
    assert bench.model.worked is not None and bench.model.playback.at == bench.model.worked.steps


def test_opening_restores_the_score_and_the_wrong_try(bench: Bench, tmp_path: Path) -> None:
    bench.open_example(example_named("neuron"))
    path, right = tmp_path / "exercise.loom", bench.page.widget.right
    assert right is not None and bench.model.worked is not None
    bench.model.playback.go(bench.model.worked.middle + 1 + KINDS.index(Kind.VALUE))
    bench.page.actions["graph_predict"].setChecked(True)
    asked = right.asking.guesses.question
    assert asked is not None and asked.kind is Kind.VALUE
    right.guess.choose("9e9")
    score, told, at = right.guess.score_text, right.guess._verdict.text(), bench.model.playback.at
    assert score == "first tries: 0 of 1 right" and told.endswith("Try once more.")
    bench.wait()
    assert right.guess._hint.isVisible(), "a hint helps most after a wrong try"
    bench.page.document.save(path)
    right.asking.guesses.give_up()
    bench.page.document.new()
    bench.wait()
    bench.page.document.open(path)
    bench.wait()
    assert bench.model.playback.at == at and right.asking.guesses.open
    assert (right.guess.score_text, right.guess._verdict.text()) == (score, told)
