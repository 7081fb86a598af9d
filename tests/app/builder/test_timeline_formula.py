"""What stands over the sheet: the stage's formula in symbols, whose numbers they are, and of which sample."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.builder.timeline.words import PassView, caption, numbered, place, symbols, title
from app.builder.timeline.written import write
from app.kit.formula.boxes import typeset
from engine.data import DataChoice, load
from engine.data.dataset import Dataset
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, splice
from engine.hyperparameters import Hyperparameters
from engine.training.lines.working import work_out
from engine.training.session import Setup, TrainingSession
from engine.training.trace import Phase


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(DataChoice(name="two-gaussians"))


@pytest.fixture(scope="module")
def session(dataset: Dataset) -> TrainingSession:
    made = TrainingSession(Setup(feed_forward([3, 2]), dataset, Hyperparameters(seed=3), backend="numpy"))
    made.run_steps(20)
    return made


def view_of(session: TrainingSession, rows: tuple[int, ...], neuron: tuple[str, int] | None = None) -> PassView:
    return PassView(session.trace(rows), session.setup.graph, neuron)


def test_every_stage_can_be_set_in_type(session: TrainingSession, qtbot: QtBot) -> None:
    for rows in ((5,), (1, 2, 3)):
        view = view_of(session, rows)
        for stage in view.trace.stages:
            assert typeset(symbols(view, stage), 15).width > 0
            for line in work_out(view.trace, stage, view.unit(stage)).lines:
                assert typeset(f"{line.name} = {line.symbols}", 15).width > 0


def test_layer_numbers_take_the_place_of_l() -> None:
    assert numbered(r"z^{(l)} = W^{(l)} a^{(l-1)} + \delta^{(l+1)}", 2) == r"z^{(2)} = W^{(2)} a^{(1)} + \delta^{(3)}"


def test_caption_says_where_the_pass_is(session: TrainingSession, dataset: Dataset) -> None:
    view = view_of(session, (5,))
    sample, x, target = caption(view, dataset)
    assert sample == "sample 5" and x.startswith("x = (") and target.startswith("target ")
    assert place(view, 1) == f"stage 2 of {len(view.trace.stages)}"
    assert title(view, view.trace.stages[1], 2) == "Dense 1 · unit 3"


def test_a_pass_keeps_the_numbers_that_it_was_made_with(session: TrainingSession) -> None:
    view = view_of(session, (5,), ("dense-1", 1))
    stage = view.trace.stages[1]
    before = [write(line).text for line in work_out(view.trace, stage, 1).lines]
    session.run_steps(20)
    assert [write(line).text for line in work_out(view.trace, stage, 1).lines] == before


def test_a_skip_connection_changes_what_the_symbols_say(session: TrainingSession) -> None:
    graph = feed_forward([3, 3])
    graph, add = add_block(graph, "add", 0.0, 0.0)
    graph = connect(splice(graph, add, graph.wires_into("output-1")[0]), "dense-1", add)
    view = view_of(TrainingSession(Setup(graph, session.setup.dataset, Hyperparameters(), backend="numpy")), (5,))
    lines = {(stage.phase, stage.block_id): symbols(view, stage) for stage in view.trace.stages}
    assert r"W^{(3)} a_{\mathrm{in}} + b" in lines[Phase.FORWARD, "output-1"]
    assert "W^{(2)} a^{(1)} + b" in lines[Phase.FORWARD, "dense-2"]
    assert lines[Phase.BACKWARD, "dense-1"].startswith(r"\delta^{(1)} = E \odot f'")
