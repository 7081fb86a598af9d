"""The whole way of somebody who tries a recommender: trained, interrupted, gone on with, asked, and tried on a file of
their own; and all of it is found again."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.kit.folders import data_folder
from app.workspaces.recommender import page as pages
from app.workspaces.recommender.data.mapping_dialog import MappingDialog
from app.workspaces.recommender.explain.section import ExplainSection
from app.workspaces.recommender.follow.section import FollowSection
from app.workspaces.recommender.home.starts import Start, plan_of
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.page import (
    RUNS,
    RecommenderPage,
)
from app.workspaces.recommender.section import RunSection
from app.workspaces.recommender.train.section import TrainSection
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.run_lock import holder_of
from engine.recommenders.running.run_state import RunState
from engine.recommenders.running.settings import Training
from tests.app.window_rig import Opened, opened_window
from tests.forks import EngineForks

pytestmark = [
    pytest.mark.slow,
    pytest.mark.process,
    pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal"),
]
WAIT_MS = 120_000
EPOCHS = 6
SMALL: dict[str, tuple[dict[str, Any], dict[str, Any], Training]] = {
    "wide-deep": (
        {},
        {"dimensions": 2, "hidden": [4], "crosses": [["education", "occupation"]]},
        Training(epochs=EPOCHS, batch_size=512),
    ),
    "candidates": (
        {"least_rating": 5.0},
        {"dimensions": 4, "hidden": [4], "negatives": 20},
        Training(epochs=EPOCHS, batch_size=96),
    ),
}
"""The data that come with the program and a network that is trained in seconds: changes of data and spec."""
OWN = {
    "wide-deep": "age,city,bought\n" + "".join(f"{20 + at % 40},c{at % 5},{at % 3 % 2}\n" for at in range(300)),
    "candidates": "userId,itemId,timestamp\n"
    + "".join(f"u{at % 30},i{at * at % 17},{1_600_000_000 + at}\n" for at in range(300)),
}


def small(start: Start, device: str) -> RunPlan:
    """The plan of a start, but small; one of a file of one's own as it is, but for its epochs."""
    plan = plan_of(start, device)
    if start.data.path is not None:
        return plan.model_copy(
            update={"training": plan.training.model_copy(update={"epochs": 100}), "companions": False}
        )
    data, spec, training = SMALL[start.model]
    changed = {"data": plan.data.model_copy(update=data), "spec": {**plan.spec, **spec}, "training": training}
    return plan.model_copy(update={**changed, "companions": False})


class Journey:
    """A window on the page of the recommenders, and what a person does and waits for."""

    def __init__(self, qtbot: QtBot, opened: Opened) -> None:
        self.qtbot, self.opened = qtbot, opened
        opened.window.visit("recommender")
        opened.window.pages.build_all()
        self.page = cast(RecommenderPage, opened.window.pages.current)

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    @property
    def run(self) -> OpenRun:
        assert self.page.opened is not None
        return self.page.opened.run

    @property
    def section(self) -> RunSection:
        assert self.page.opened is not None and self.page.opened.section is not None
        return self.page.opened.section

    @property
    def state(self) -> RunState:
        assert self.run.state is not None
        return self.run.state

    def go(self) -> None:
        """The strong button: pause, or go on."""
        self.opened.actions["run_go"].trigger()

    def look_at(self, kind: type[RunSection]) -> None:
        assert self.page.opened is not None
        self.page.opened.show_section(self.page.opened.kinds.index(kind))

    def runs(self, status: str) -> list[str]:
        """The names of the listed runs with a status."""
        return [one.plan.name for one in self.page.home.runs if isinstance(one, RunState) and one.status == status]


@contextmanager
def journey(qtbot: QtBot, home: str) -> Iterator[Journey]:
    with opened_window(home=home) as opened:
        yield Journey(qtbot, opened)


@pytest.mark.parametrize("model", list(SMALL))
@pytest.mark.torch
def test_from_home_to_a_trained_network_and_home_again(
    engine_forks: EngineForks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: str
) -> None:
    """Wide & Deep begins in a window that has a playground, and is gone on with by a process as the window starts it;
    all others have torch already."""
    monkeypatch.setattr(pages, "plan_of", small)
    with journey(qtbot, "playground" if model == "wide-deep" else "recommender") as way:
        with engine_forks.used():
            trains_and_is_paused(way, model)
        with nullcontext() if model == "wide-deep" else engine_forks.used():
            goes_on(way)
        name = way.state.plan.name
        with engine_forks.used():
            is_killed(way)
            {"wide-deep": is_explained, "candidates": is_followed}[model](way)
            own = learns_from_a_file(way, model, tmp_path)
        way.opened.actions["run_back"].trigger()
        way.until(lambda: way.runs("finished") == [name] and way.runs("stopped") == [own])
    with engine_forks.used(), journey(qtbot, "recommender") as again:
        again.until(lambda: again.runs("finished") == [name] and again.runs("stopped") == [own])
        again.page.home.open_wanted.emit(data_folder(RUNS) / name)
        again.until(lambda: again.run.doing == "finished" and again.run.answerable)
        assert not again.opened.actions["run_go"].isVisible()


def trains_and_is_paused(way: Journey, model: str) -> None:
    """Begun at home, and paused."""
    way.qtbot.mouseClick(way.page.home.cards[model].train, Qt.MouseButton.LeftButton)
    way.until(lambda: way.run.doing == "running" and way.state.epochs > 0)
    way.go()
    way.until(lambda: way.run.doing == "stopped")
    assert 0 < way.state.epochs < EPOCHS


def goes_on(way: Journey) -> None:
    """Where it was paused."""
    kept = way.state.epochs
    way.go()
    way.until(lambda: way.run.doing == "running" and way.state.epochs > kept)


def is_killed(way: Journey) -> None:
    """Killed, gone on with, and finished."""
    assert way.run.run_folder is not None
    holder = holder_of(way.run.run_folder.lock)
    assert holder is not None
    os.kill(holder.pid, signal.SIGKILL)
    way.until(lambda: way.run.doing == "killed")
    assert "ended from outside" in cast(TrainSection, way.section).sentence.full_text
    assert way.opened.actions["run_go"].text() == "Resume" and not way.opened.window.messages.isVisible()
    way.go()
    way.until(lambda: way.run.doing == "finished")
    assert way.state.epochs == EPOCHS


def is_explained(way: Journey) -> None:
    """A row's sum moves with a value that is changed."""
    way.look_at(ExplainSection)
    section = cast(ExplainSection, way.section)
    way.until(lambda: section.explainer.row is not None)
    before = section.explainer.row
    assert before is not None and not section.view.memory.store.isHidden()
    section.explainer.change("age", 75.0)
    way.until(lambda: section.explainer.row is not None and "age" in section.explainer.row.changed)
    after = section.explainer.row
    assert after is not None and after.probability != before.probability
    assert "wide" in section.view.why.sum_line.drawing.description and section.view.why.waterfall.drawing.marks


def is_followed(way: Journey) -> None:
    """A history is edited: what each watch does, why an item stands there, and where u is on the map."""
    way.look_at(FollowSection)
    section = cast(FollowSection, way.section)
    session = section.session
    way.until(lambda: session.effects is not None and session.why is not None)
    shown, effect = [row.item.name for row in section.list.rows.rows], section.history.list.rows[0]
    section.history.list.choose(0)
    section.history.list.toggle(0)
    way.until(lambda: len(session.trail) == 2)
    assert session.recommendation is not None and effect.changed is not None
    now = [one.item.name for one in session.recommendation.shown]
    assert len(set(shown[:10]) - set(now[:10])) == effect.changed
    way.until(lambda: session.why is not None and session.why.item.name == session.chosen)
    way.until(lambda: section.map.map.scene.content is not None and section.map.map.scene.content.user is not None)


def learns_from_a_file(way: Journey, model: str, folder: Path) -> str:
    """A table or log of one's own, through the dialog; paused, so that the way ends. The run's name."""
    way.opened.actions["run_back"].trigger()
    path = folder / "own.csv"
    path.write_text(OWN[model], "utf-8")
    way.page.home.own.file_wanted.emit(path)
    dialog = cast(MappingDialog, way.opened.window.findChildren(MappingDialog)[-1])
    way.until(dialog.use.isEnabled)
    way.qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    assert way.run.model == model and way.run.data.path == path
    way.until(lambda: way.run.doing == "running" and way.state.epochs > 0)
    way.go()
    way.until(lambda: way.run.doing == "stopped")
    return way.state.plan.name
