"""The way from one run to the usual one of other data: the latest that is trained, else a new one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.workspaces.recommender.explain.pairs import MemoryView
from app.workspaces.recommender.home.starts import Start, plan_of
from app.workspaces.recommender.other_runs import (
    LatestRunFinder,
    latest_of,
)
from app.workspaces.recommender.page import RecommenderPage
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.runs import new_run
from tests.app.window_rig import opened_window

STORE = Start("wide-deep", RecommenderData(source="app-store"))


def planned(root: Path, start: Start, day: int, *, trained: bool) -> RunFolder:
    plan = plan_of(start, "cpu").model_copy(update={"created": datetime(2026, 1, day, tzinfo=UTC)})
    folder = new_run(root, plan)
    if trained:
        folder.checkpoint.write_bytes(b"weights")
    return folder


def test_the_latest_that_is_trained_is_meant_and_nothing_else(tmp_path: Path) -> None:
    assert latest_of(tmp_path / "nowhere", STORE) is None
    planned(tmp_path, Start.usual("wide-deep"), 5, trained=True)
    planned(tmp_path, STORE, 4, trained=False)
    assert latest_of(tmp_path, STORE) is None  # one that was never begun says nothing
    first = planned(tmp_path, STORE, 1, trained=True)
    assert latest_of(tmp_path, STORE) == first.path
    smaller = Start("wide-deep", RecommenderData(source="app-store", events=1000))
    latest = planned(tmp_path, smaller, 2, trained=True)
    assert latest_of(tmp_path, STORE) == latest.path


def test_it_is_opened_where_there_is_one_and_begun_where_there_is_none(qtbot: QtBot, tmp_path: Path) -> None:
    finder = LatestRunFinder(tmp_path)
    with qtbot.waitSignal(finder.start_wanted) as begun:
        finder.find(STORE)
    assert begun.args == [STORE]
    folder = planned(tmp_path, STORE, 1, trained=True)
    with qtbot.waitSignal(finder.open_wanted) as opened:
        finder.find(STORE)
    assert opened.args == [folder.path]
    finder.close()


@pytest.mark.torch
def test_the_page_leads_from_other_data_to_the_store(qtbot: QtBot) -> None:
    with opened_window(home="recommender") as opened:
        opened.window.visit("recommender")
        opened.window.pages.build_all()
        page = opened.window.pages.current
        assert isinstance(page, RecommenderPage)
        census = planned(page.root, Start.usual("wide-deep"), 1, trained=False)
        store = planned(page.root, STORE, 1, trained=True)
        page.open_file(census.path)
        assert page.opened is not None
        page.opened.latest_run_wanted.emit(STORE)
        qtbot.waitUntil(lambda: page.opened is not None and page.opened.run.folder == store.path)
        assert page.heading[0] == "App store"


def test_the_link_is_offered_by_other_data_alone(qtbot: QtBot) -> None:
    view = MemoryView()
    qtbot.addWidget(view)
    assert view.store.isHidden()
    view.offer_store(offered=True)
    assert not view.store.isHidden()
    with qtbot.waitSignal(view.store_wanted):
        view.store.click()
