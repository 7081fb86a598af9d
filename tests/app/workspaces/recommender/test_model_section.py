"""The network of the next run: edited as any other, judged by its data, trained as a run of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.kit.folders import data_folder
from app.workspaces.recommender import open_run
from app.workspaces.recommender.model import drafting
from app.workspaces.recommender.model.crosses import (
    cross_block,
    crosses_of,
)
from app.workspaces.recommender.model.draft import RunDraft, beginning_of
from app.workspaces.recommender.model.run_panels import (
    DeviceRow,
    ExamplesPanel,
    SamplingPanel,
    VectorsPanel,
    WatchTimePanel,
)
from app.workspaces.recommender.model.section import ModelSection
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.page import (
    RUNS,
    RecommenderPage,
)
from engine.graph.edit import disconnect, remove_blocks, set_params
from engine.problems import UNWRITABLE, EngineError
from engine.recommenders.data.data_choice import RecommenderData, TableChoice
from engine.recommenders.running.plan import RunPlan, read_plan, write_plan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.runs import new_run
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.opening import drafted
from tests.app.shell.test_accessible_names import unnamed
from tests.app.window_rig import Opened, opened_window

WAIT_MS = 60_000
pytestmark = [pytest.mark.process, pytest.mark.slow, pytest.mark.usefixtures("kept_children", "forked_engine")]


def site(**spec: object) -> RunPlan:
    """Candidates on a small generated site."""
    return RunPlan(
        name="A small site",
        model="candidates",
        data=RecommenderData(source="video-site", events=3_000, items=200, users=300),
        spec={"dimensions": 8, "hidden": [8], "negatives": 20, **spec},
        training=Training(epochs=1, batch_size=64),
        device="cpu",
    )


def store(**spec: object) -> RunPlan:
    """Wide & Deep on a small generated store."""
    return RunPlan(
        name="A small store",
        model="wide-deep",
        data=RecommenderData(source="app-store", events=3_000),
        spec={"dimensions": 4, "hidden": [8], "crosses": [["installed_apps", "impression_app"]], **spec},
        training=Training(epochs=1, batch_size=64),
        device="cpu",
    )


@contextmanager
def recommender(qtbot: QtBot) -> Iterator[tuple[Opened, RecommenderPage]]:
    with opened_window(home="recommender") as opened:
        opened.window.visit("recommender")
        opened.window.pages.build_all()
        yield opened, cast(RecommenderPage, opened.window.pages.current)


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=WAIT_MS)


def model_of(page: RecommenderPage, folder: RunFolder, qtbot: QtBot) -> ModelSection:
    """The Model section of a run, its data open and its network judged."""
    page.home.open_wanted.emit(folder.path)
    show(page, "model")
    section = page.opened.section
    assert isinstance(section, ModelSection)
    until(qtbot, lambda: section.desk is not None and section.desk.header.checked is not None)
    return section


def show(page: RecommenderPage, key: str) -> None:
    assert page.opened is not None
    page.opened.show_section([kind.key for kind in page.opened.kinds].index(key))


@contextmanager
def alone(qtbot: QtBot, folder: RunFolder) -> Iterator[ModelSection]:
    """The section by itself, without a window round it, its data open and its network judged."""
    run, section = OpenRun.at(folder.path), ModelSection()
    qtbot.addWidget(section)
    section.show_run(run)
    run.follow()
    section.resize(1100, 700)
    section.show()
    try:
        until(qtbot, lambda: section.desk is not None and section.desk.header.checked is not None)
        yield section
    finally:
        run.close()


def planned(plan: RunPlan) -> RunFolder:
    return new_run(data_folder(RUNS), plan)


def units(draft: RunDraft) -> int:
    return draft.graph.block("dense-1").params.model_dump()["units"]


@pytest.mark.torch
def test_a_width_is_edited_undone_redone_and_kept_from_section_to_section(qtbot) -> None:
    with recommender(qtbot) as (opened, page):
        section = model_of(page, planned(site()), qtbot)
        draft, undo, redo = section.draft, opened.actions["undo"], opened.actions["redo"]
        assert draft is not None and not draft.edited
        before = section.desk.header.size_line.full_text
        assert "numbers to learn" in before and "tables" in before
        section.desk.panes.canvas.edits.set_units("dense-1", 12)
        assert units(draft) == 12 and draft.edited
        until(qtbot, lambda: section.desk.header.checked is not None)
        assert section.desk.header.size_line.full_text != before
        undo.trigger()
        assert units(draft) == 8 and not draft.edited
        redo.trigger()
        assert units(draft) == 12
        show(page, "data")
        assert not undo.isVisible()
        show(page, "model")
        assert page.opened.section is section and units(draft) == 12
        assert undo.isVisible() and undo.isEnabled()


def test_an_edited_graph_that_is_set_back_trains_what_is_drawn(qtbot) -> None:
    template = drafted(site()).opened.graph
    edited = site().model_copy(update={"graph": set_params(template, "dense-1", units=12)})
    with alone(qtbot, planned(edited)) as section:
        assert units(section.draft) == 12
        section.desk.panes.canvas.edits.set_units("dense-1", 8)
        plan = section.draft.plan("x")
    assert drafted(plan).opened.graph.block("dense-1").params.model_dump()["units"] == 8


def test_what_the_data_refuse_is_said_no_more_after_undo(qtbot) -> None:
    with alone(qtbot, planned(site())) as section:
        draft, header = section.draft, section.desk.header
        bag = next(block for block in draft.graph.blocks if block.kind == "bag")
        draft.document.edit("column", graph=set_params(draft.graph, bag.id, column="nope"))
        until(qtbot, lambda: header.checked is not None)
        assert "nope" in header.size_line.full_text and not section.train.isEnabled()
        draft.undo_stack.undo()
        until(qtbot, lambda: header.checked is not None)
        assert "numbers to learn" in header.size_line.full_text and section.train.isEnabled()


@pytest.mark.torch
def test_what_cannot_be_trained_is_one_sentence_and_not_trained(qtbot) -> None:
    with recommender(qtbot) as (opened, page):
        section = model_of(page, planned(site()), qtbot)
        draft = section.draft
        graph = draft.graph
        draft.document.edit("cut", graph=disconnect(graph, graph.wires_into("dense-1")[0]))
        assert not section.train.isEnabled() and not section.desk.header.train.isEnabled()
        assert "not wired" in section.desk.header.size_line.full_text
        section.desk.header.show_button.click()
        assert section.desk.panes.inspector.block is not None and section.desk.panes.inspector.block.id == "dense-1"
        opened.actions["undo"].trigger()
        until(qtbot, lambda: section.desk.header.checked is not None)
        assert section.train.isEnabled()
        bag = draft.graph.inputs[0]
        section.desk.panes.canvas.edits.rename(bag.id, "Mine")
        until(qtbot, lambda: section.desk.header.checked is not None)
        assert section.train.isEnabled()


@pytest.mark.torch
def test_a_run_that_has_not_begun_is_changed_in_place_and_another_is_not(qtbot) -> None:
    with recommender(qtbot) as (_opened, page):
        folder = planned(site())
        section = model_of(page, folder, qtbot)
        run = page.opened.run
        until(qtbot, lambda: run.doing == "planned")
        section.desk.panes.canvas.edits.set_units("dense-1", 12)
        assert section.train.text() == "Train this run"
        section.train.trigger()
        until(qtbot, lambda: run.doing == "finished")
        first = read_plan(folder.plan)
        assert first.graph is not None and first.graph.block("dense-1").params.model_dump()["units"] == 12
        assert first.name == "A small site"
        section.desk.panes.canvas.edits.set_units("dense-1", 16)
        assert section.train.text() == "Train as a new run"
        section.train.trigger()
        other = page.opened.run
        assert other is not run
        until(qtbot, lambda: other.doing == "finished")
        assert read_plan(folder.plan) == first
        second = read_plan(other.folder / "plan.json")
        assert second.name == "A small site · edited"
        assert second.graph is not None and second.graph.block("dense-1").params.model_dump()["units"] == 16
        assert trained_width(other.checkpoint) == 16


@pytest.mark.torch
def test_a_run_begins_with_the_device_that_was_chosen_for_it(qtbot) -> None:
    with alone(qtbot, planned(site())) as section:
        run = section._run
        until(qtbot, lambda: run.doing == "planned")
        section.findChild(DeviceRow).choice.picked.emit("auto")
        section.train.trigger()
        assert read_plan(run.run_folder.plan).device == "auto" and section.draft.base.device == "auto"
        until(qtbot, lambda: run.doing == "finished")


def test_a_start_that_fails_keeps_the_draft(qtbot, monkeypatch) -> None:
    def full(_path: Path, _plan: RunPlan) -> None:
        raise EngineError(UNWRITABLE(path="plan.json", reason="full"))

    with alone(qtbot, planned(site())) as section:
        run, said = section._run, []
        run.problem_found.connect(said.append)
        until(qtbot, lambda: run.doing == "planned")
        section.desk.panes.canvas.edits.set_units("dense-1", 12)
        with monkeypatch.context() as patched:
            patched.setattr(open_run, "write_plan", full)
            section.train.trigger()
        assert said == [UNWRITABLE(path="plan.json", reason="full")] and section.draft.edited
        assert read_plan(run.run_folder.plan).graph is None
        until(qtbot, run.run_folder.draft.exists)
        assert units(section.draft) == 12


@pytest.mark.parametrize("sign", ["lock", "log"])
def test_a_run_that_somebody_else_has_begun_keeps_its_plan(qtbot, sign: str) -> None:
    with alone(qtbot, planned(site())) as section:
        run, said = section._run, []
        run.problem_found.connect(said.append)
        until(qtbot, lambda: run.doing == "planned")
        section.desk.panes.canvas.edits.set_units("dense-1", 12)
        before = run.run_folder.plan.read_bytes()
        getattr(run.run_folder, sign).touch()  # before the next look at the folder
        section.train.trigger()
        assert said == [open_run.BEGUN_MEANWHILE()] and run.doing == "planned" and section.draft.edited
        assert run.run_folder.plan.read_bytes() == before


def trained_width(checkpoint: Path) -> int:
    from engine.recommenders.running.checkpoints import read

    return read(checkpoint).graph.block("dense-1").params.model_dump()["units"]


@pytest.mark.torch
def test_a_checkpoint_by_itself_trains_as_a_new_run_too(qtbot, tmp_path) -> None:
    import assets

    with recommender(qtbot) as (_opened, page):
        page.open_file(assets.path("recommenders/examples/candidates.safetensors"))
        show(page, "model")
        section = cast(ModelSection, page.opened.section)
        until(qtbot, lambda: section.desk is not None and section.desk.header.checked is not None)
        assert section.train.isEnabled() and section.draft.plan("again").graph is None


@pytest.mark.torch
def test_escape_lets_go_of_a_block_before_it_leaves_the_run(qtbot) -> None:
    with recommender(qtbot) as (_opened, page):
        section = model_of(page, planned(site()), qtbot)
        canvas = section.desk.panes.canvas
        canvas.setFocus()
        canvas.selection.choose(["dense-1"])
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)
        assert page.opened is not None and not canvas.selection.blocks
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)
        assert page.opened is None


@pytest.mark.torch
def test_a_draft_is_kept_where_the_page_is_left_and_one_step_takes_it_back(qtbot) -> None:
    folder = planned(site())
    with recommender(qtbot) as (opened, page):
        section = model_of(page, folder, qtbot)
        section.desk.panes.canvas.edits.set_units("dense-1", 12)
        opened.actions["run_back"].trigger()
        assert read_plan(folder.draft).graph.block("dense-1").params.model_dump()["units"] == 12
        section = model_of(page, folder, qtbot)
        assert units(section.draft) == 12
        opened.actions["undo"].trigger()
        assert units(section.draft) == 8
        until(qtbot, lambda: not folder.draft.exists())
        folder.draft.write_text("{")
        opened.actions["run_back"].trigger()
        folder.draft.write_text("{")
        section = model_of(page, folder, qtbot)
        assert units(section.draft) == 8
        assert "isn't the plan of a run" in opened.window.messages.text


def test_a_draft_that_says_less_is_taken_up_and_one_for_something_else_is_refused(qtbot) -> None:
    own = site()
    folder = planned(own)
    write_plan(folder.draft, own.model_copy(update={"spec": {"latest": 7}}))
    with alone(qtbot, folder) as section:
        assert section.draft.wish.spec["latest"] == 7 and section.draft.wish.spec["dimensions"] == 8
    others = (
        (own.model_copy(update={"data": RecommenderData(source="video-site", events=4_000)}), "other data"),
        (own.model_copy(update={"model": "ranking"}), "another model"),
        (own.model_copy(update={"spec": {"dimensions": "many"}}), "dimensions"),
    )
    for other, said in others:
        write_plan(folder.draft, other)
        found = beginning_of(OpenRun.at(folder.path), folder.path, of_file=True)(None)
        assert found.kept is None and said in found.problem.sentence


def test_data_that_do_not_open_are_said_and_tried_again_and_a_lost_child_loses_no_edit(qtbot, monkeypatch) -> None:
    real = drafting.draft_command
    hostile = [sys.executable, str(Path(__file__).with_name("hostile_child.py"))]
    monkeypatch.setattr(drafting, "draft_command", lambda plan, checkpoint=None: [*hostile, "refuse"])
    run, section = OpenRun.at(planned(site()).path), ModelSection()
    qtbot.addWidget(section)
    section.show_run(run)
    section.show()
    until(qtbot, section.lost.isVisible)
    assert section.lost.text.text() == "This is {no} checkpoint." and not section.train.isEnabled()
    monkeypatch.setattr(section.drafting, "_command", real)
    section.lost.wanted.click()
    until(qtbot, lambda: section.draft is not None)
    assert not section.lost.isVisible()
    section.desk.panes.canvas.edits.set_units("dense-1", 12)
    child = section.drafting._child
    child._process.kill()
    until(qtbot, section.lost.isVisible)
    assert units(section.draft) == 12
    section.lost.wanted.click()
    until(qtbot, lambda: section.desk.header.checked is not None and not section.lost.isVisible())
    assert units(section.draft) == 12
    run.close()


def test_a_child_that_is_started_again_begins_no_run_and_switches_nothing_twice(qtbot) -> None:
    with alone(qtbot, planned(site())) as section:
        draft, beside, shown = section.draft, [], []
        section.beside_wanted.connect(lambda plans, _names: beside.append(plans))
        section.plan_wanted.connect(shown.append)
        section.desk.features.rows["searches"].trial.click()
        section.desk.edits.train_flat()
        section.desk.features.rows["example_age"].box.click()
        until(qtbot, lambda: bool(beside) and bool(shown) and draft.undo_stack.index() == 1)
        draft.undo_stack.undo()
        until(qtbot, lambda: not section.drafting.busy)
        section.drafting._child._process.kill()
        until(qtbot, section.lost.isVisible)
        section.lost.wanted.click()
        until(qtbot, lambda: not section.lost.isVisible() and not section.drafting.busy)
        assert section.drafting.alive
        assert (len(beside), len(shown)) == (1, 1) and not draft.edited


# Features ---------------------------------------------------------------------------------------------------------


def test_a_feature_that_is_switched_changes_the_graph_and_is_one_step(qtbot) -> None:
    with alone(qtbot, planned(site())) as section:
        draft, rows = section.draft, section.desk.features.rows
        before = draft.state
        assert rows["searches"].box.isChecked() and rows["history"].box.isEnabled()
        assert any(block.title == "Searches" for block in draft.graph.blocks)
        rows["searches"].box.click()
        until(qtbot, lambda: draft.undo_stack.index() == 1)
        assert not any(block.title == "Searches" for block in draft.graph.blocks)
        assert draft.wish.spec["searches"] is False
        until(qtbot, lambda: not rows["searches"].box.isChecked())
        draft.undo_stack.undo()
        assert draft.state == before
        until(qtbot, lambda: rows["searches"].box.isChecked())
        draft.undo_stack.redo()
        until(qtbot, lambda: not rows["searches"].box.isChecked())
        rows["searches"].box.click()
        until(qtbot, lambda: any(block.title == "Searches" for block in draft.graph.blocks))


def test_two_switches_in_one_breath_are_both_taken(qtbot) -> None:
    with alone(qtbot, planned(site())) as section:
        rows = section.desk.features.rows
        rows["searches"].box.click()
        rows["example_age"].box.click()
        spec = lambda: section.draft.wish.spec  # noqa: E731
        until(qtbot, lambda: (spec()["searches"], spec()["example_age"]) == (False, False))


def test_another_question_that_fails_leaves_what_was_switched(qtbot) -> None:
    with alone(qtbot, planned(site())) as section:
        drafting, rows = section.drafting, section.desk.features.rows
        spec = lambda: section.draft.wish.spec  # noqa: E731
        drafting.redraw({"dimensions": -1}, section.draft.graph, lambda _graph: None, key="other")
        with qtbot.waitSignal(drafting.unanswered, timeout=WAIT_MS) as failed:
            rows["searches"].box.click()
        rows["example_age"].box.click()
        assert failed.args == ["other"]
        until(qtbot, lambda: (spec()["searches"], spec()["example_age"]) == (False, False))
        section.desk.edits.switch("none", {"dimensions": -1})
        with qtbot.waitSignal(drafting.unanswered, timeout=WAIT_MS):
            pass
        rows["example_age"].box.click()
        until(qtbot, lambda: spec()["example_age"] is True)


def test_latest_watches_come_back_as_many_as_the_draft_had(qtbot) -> None:
    with alone(qtbot, planned(site(latest=3))) as section:
        draft, row = section.draft, section.desk.features.rows["latest"]
        section.findChild(ExamplesPanel).fields["latest"].field.take(7)
        assert draft.wish.spec["latest"] == 7
        for on in (False, True):
            row.box.click()
            until(qtbot, lambda on=on: row.box.isChecked() is on)
            assert draft.wish.spec["latest"] == (7 if on else 0)


def test_sampling_and_examples_are_undoable_and_go_into_the_plan(qtbot) -> None:
    with alone(qtbot, planned(site())) as section:
        draft = section.draft
        sampling, examples = section.findChild(SamplingPanel), section.findChild(ExamplesPanel)
        first = draft.state
        assert sampling.note.text() == "Each example scores its own item and 20 draws from the 200 items."
        sampling.manner.buttons["uncorrected"].click()
        sampling.drawn_by.picked.emit("uniform")
        examples.held_out.buttons["random"].click()
        examples.fields["per_user"].field.take(7)
        section.desk.training.until.buttons["number"].click()
        assert draft.wish.training.epochs == 1 and draft.undo_stack.count() == 4  # that was chosen already
        section.desk.training.until.buttons["auto"].click()
        section.desk.training.until.buttons["number"].click()
        section.desk.training.minutes.field.take(2)
        plan = draft.plan("x")
        end = plan.graph.outputs[0].params.model_dump()
        assert (end["log_q"], end["drawn_by"], end["negatives"]) == (False, "uniform", 20)
        assert (plan.spec["held_out"], plan.spec["per_user"], plan.training.epochs) == ("random", 7, 10)
        assert plan.time_limit == 120
        assert draft.undo_stack.count() == 7
        while draft.undo_stack.canUndo():
            draft.undo_stack.undo()
        assert draft.state == first
        assert sampling.manner.key == "sampled" and examples.held_out.key == "last"


@pytest.mark.torch
def test_with_and_without_a_feature_are_two_runs_and_two_dimensions_are_one_click(qtbot) -> None:
    with recommender(qtbot) as (opened, page):
        section = model_of(page, planned(site()), qtbot)
        run = page.opened.run
        section.desk.features.rows["searches"].trial.click()
        root = data_folder(RUNS)
        names = ("A small site · with searches", "A small site · without searches")
        until(qtbot, lambda: all((root / name / "checkpoint.safetensors").exists() for name in names))
        assert page.opened.run is run
        assert all(name in opened.window.messages.text for name in names)
        with_it, without = (read_plan(root / name / "plan.json") for name in names)
        assert with_it.graph is None and with_it.spec["searches"]
        assert not any(block.title == "Searches" for block in without.graph.blocks)
        page.home.open_wanted.emit(root / names[0])
        until(qtbot, lambda: page.opened.run.doing == "finished")
        show(page, "model")
        section = page.opened.section
        until(qtbot, lambda: section.desk is not None and section.desk.header.checked is not None)
        section.desk.features.rows["example_age"].trial.click()  # the run itself is the one that has it
        third = f"{names[0]} · without example age"
        until(qtbot, lambda: (root / third / "checkpoint.safetensors").exists())
        assert third in opened.window.messages.text and f"“{names[0]}”" in opened.window.messages.text
        show(page, "train")
        until(qtbot, lambda: len(page.opened.section._others) == 2)
        show(page, "model")
        run = page.opened.run
        section.findChild(VectorsPanel).flat.click()
        until(qtbot, lambda: page.opened.run is not run)
        other = page.opened.run
        assert (other.plan.spec["dimensions"], other.plan.spec["hidden"]) == (2, [2])
        until(qtbot, lambda: other.doing == "finished")


def test_blocks_edited_by_hand_count_for_dimensions_and_for_the_flat_run(qtbot) -> None:
    with alone(qtbot, planned(site(hidden=[16, 8]))) as section:
        draft, vectors, plans = section.draft, section.desk.vectors, []
        section.plan_wanted.connect(plans.append)
        graph = set_params(draft.graph, "dense-1", units=33)
        for block in graph.blocks:
            if hasattr(block.params, "dimensions"):
                graph = set_params(graph, block.id, dimensions=16)
        draft.document.edit("by hand", graph=graph)
        vectors.flat.click()
        until(qtbot, lambda: bool(plans))
        made = plans[0]
        assert (made.spec["dimensions"], made.spec["hidden"]) == (2, [33, 2])
        units = [made.graph.block(name).params.model_dump()["units"] for name in ("dense-1", "dense-2")]
        assert units == [33, 2] and vectors.dimensions.field.value == 16


def test_a_ranking_network_is_switched_as_well(qtbot) -> None:
    plan = site().model_copy(update={"model": "ranking", "spec": {"hidden": [8], "dimensions": 4}})
    with alone(qtbot, planned(plan)) as section:
        draft, panel = section.draft, section.findChild(WatchTimePanel)
        before = len(draft.graph.blocks)
        panel.boxes["cure"].click()
        assert draft.wish.spec["cure"] is False and not panel.boxes["cure"].isChecked()
        assert "overestimates" in panel.note.text()
        section.desk.features.rows["history"].box.click()
        until(qtbot, lambda: len(draft.graph.blocks) == before - 2)
        panel.boxes["powers"].click()
        until(qtbot, lambda: draft.undo_stack.count() == 3)
        transform = next(block for block in draft.graph.blocks if block.kind == "transform")
        assert transform.params.model_dump()["powers"] == ("x",)
        while draft.undo_stack.canUndo():
            draft.undo_stack.undo()
        assert not draft.edited and panel.boxes["cure"].isChecked()


# Crosses ----------------------------------------------------------------------------------------------------------


@pytest.mark.torch
def test_a_cross_is_added_counted_and_trained(qtbot) -> None:
    with recommender(qtbot) as (opened, page):
        section = model_of(page, planned(store()), qtbot)
        draft, panel, dock = section.draft, section.desk.crosses, section.desk.dock
        assert panel.crosses == (("installed_apps", "impression_app"),)
        until(qtbot, lambda: "new features" in panel.total.text())
        before = draft.state
        panel.columns.set_ticked(("impression_app", "device_class"))
        panel.columns.toggled.emit("device_class", True)
        panel.add.click()
        assert len(panel.crosses) == 2 and draft.undo_stack.count() == 1
        header = section.desk.header
        until(qtbot, lambda: header.checked is not None and header.checked.parameters is not None)
        until(qtbot, lambda: bool(dock.bars.table().rows))
        assert section.desk.panes.dock.isVisible()
        added = panel.crosses[1]
        assert set(added) == {"impression_app", "device_class"}
        panel.columns.set_ticked(("installed_apps", "device_class"))
        panel.columns.toggled.emit("installed_apps", True)
        panel.change.click()
        assert set(panel.crosses[1]) == {"installed_apps", "device_class"}
        opened.actions["undo"].trigger()
        assert panel.crosses[1] == added
        opened.actions["undo"].trigger()
        assert draft.state == before
        opened.actions["redo"].trigger()
        until(qtbot, lambda: section.train.isEnabled())
        run = page.opened.run
        section.train.trigger()
        until(qtbot, lambda: run.doing == "finished")
        plan = read_plan(run.folder / "plan.json")
        assert plan.graph is not None
        assert crosses_of(plan.graph) == panel.crosses


def test_a_cross_is_counted_with_the_buckets_of_its_block(qtbot) -> None:
    with alone(qtbot, planned(store())) as section:
        draft, desk = section.draft, section.desk
        until(qtbot, lambda: desk._crossed is not None)
        whole = desk._crossed.crosses[0]
        block = cross_block(draft.graph)
        assert whole.weights == block.params.model_dump()["buckets"] < whole.features
        draft.document.edit("fewer", graph=set_params(draft.graph, block.id, buckets=5))
        until(qtbot, lambda: desk._crossed is not None and desk._crossed.crosses[0].weights == 5)
        draft.undo_stack.undo()
        until(qtbot, lambda: desk._crossed is not None and desk._crossed.crosses[0].weights == whole.weights)


def test_a_column_that_decides_the_label_alone_is_warned_of_until_no_block_reads_it(qtbot, tmp_path) -> None:
    path = tmp_path / "deals.csv"
    stages = ["won" if n % 3 == 0 else "lost" for n in range(400)]
    rows = [f"{n * 7919 % 100},{stage},{'tuv'[n % 7 % 3]},{int(stage == 'won')}" for n, stage in enumerate(stages)]
    path.write_text("size,stage,town,bought\n" + "\n".join(rows) + "\n")
    table = TableChoice(label="bought", categories=("stage", "town"), numbers=("size",))
    plan = store(crosses=[]).model_copy(update={"data": RecommenderData(source="file", path=path, table=table)})
    with alone(qtbot, planned(plan)) as section:
        draft, warnings = section.draft, section.desk.warnings
        assert warnings.isVisible() and warnings.text().startswith("“stage” alone predicts “bought” on held-out rows")
        readers = [block.id for block in draft.graph.blocks if getattr(block.params, "column", "") == "stage"]
        draft.document.edit("without", graph=remove_blocks(draft.graph, readers))
        until(qtbot, lambda: not warnings.isVisible())
        draft.undo_stack.undo()
        until(qtbot, lambda: warnings.isVisible())


@pytest.mark.parametrize("plan", [site(), store()], ids=["candidates", "wide-deep"])
def test_whatever_takes_the_keyboard_has_a_name_that_is_heard(qtbot, plan) -> None:
    with alone(qtbot, planned(plan)) as section:
        section.desk.panes.dock.show()
        for block in section.draft.graph.blocks:
            section.desk.panes.choose(block.id)
            assert list(unnamed(section)) == []


def test_phi_is_the_product_of_what_stands_above_it(qtbot) -> None:
    with alone(qtbot, planned(store())) as section:
        phi = section.desk.dock.phi
        section.desk.crosses.picked.emit(0)
        until(qtbot, lambda: phi.product.text != "")
        seen = set()
        for row in range(4):
            phi.row.setValue(row)
            until(qtbot, lambda: section.desk._crossed is not None)
            shown = section.desk._crossed.crosses[0].phi
            assert shown.product == min(member.x for member in shown.members)
            assert phi.product.text.endswith(f"= {shown.product}")
            seen.add(tuple(member.values for member in shown.members))
        assert len(seen) > 1


def test_the_device_of_a_run_that_rests_can_be_changed(qtbot) -> None:
    folder = planned(site())
    with alone(qtbot, folder) as section:
        row = section.findChild(DeviceRow)
        assert row.choice.key == "cpu" and row.choice.isEnabled()
        row.choice.picked.emit("auto")
        assert read_plan(folder.plan).device == "auto"
