"""The network of the next run: edited as any other, judged by its data, trained as a run of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from app.kit.folders import data_folder
from app.workspaces.recommender.model.draft import Draft
from app.workspaces.recommender.model.section import ModelSection
from app.workspaces.recommender.page import RUNS, RecommenderPage
from engine.graph.edit import disconnect
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.plan import RunPlan, read_plan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.runs import new_run
from engine.recommenders.running.settings import Training
from tests.app.window_rig import Opened, opened_window

WAIT_MS = 60_000
pytestmark = [pytest.mark.process, pytest.mark.slow]


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
    with opened_window() as opened:
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


def planned(plan: RunPlan) -> RunFolder:
    return new_run(data_folder(RUNS), plan)


def units(draft: Draft) -> int:
    return draft.graph.block("dense-1").params.model_dump()["units"]


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


def trained_width(checkpoint: Path) -> int:
    from engine.recommenders.running.checkpoints import read

    return read(checkpoint).graph.block("dense-1").params.model_dump()["units"]


def test_a_checkpoint_by_itself_trains_as_a_new_run_too(qtbot, tmp_path) -> None:
    import assets

    with recommender(qtbot) as (_opened, page):
        page.open_file(assets.path("recommenders/examples/candidates.safetensors"))
        show(page, "model")
        section = cast(ModelSection, page.opened.section)
        until(qtbot, lambda: section.desk is not None and section.desk.header.checked is not None)
        assert section.train.isEnabled() and section.draft.plan("again").graph is None
