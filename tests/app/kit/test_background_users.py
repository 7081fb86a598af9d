"""What works in the background survives every error there, follows the latest request and is silent after its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from app.builder.canvas.edges import Bundle, EdgeLayer
from app.kit.background import ABANDONED
from app.kit.scene.viewport import Camera
from app.network import evaluator, file_look, loading
from app.network.evaluator import Evaluator
from app.network.file_look import FileLooker
from app.network.loading import DatasetLoader
from engine.data import DataChoice
from engine.graph import Wire
from engine.problems import Problem
from engine.raster import edges
from engine.training.session import Setup, TrainingSession
from tests.app.kit.background_rig import INTERNAL_ERRORS, Faults, Hook, await_end_of, held, odd_file, put_hook
from tests.app.network.document_rig import new_document


class User:
    """One of those who work in the background. ``calls``: its work, to be broken; ``delivered``: what came of it."""

    thread: str
    every_job_delivers = True
    says_problems = False

    def __init__(self, qtbot: QtBot, calls: Faults) -> None:
        self.qtbot, self.calls = qtbot, calls
        self.delivered: list[object] = []
        self.failed: list[Problem] = []
        self.asked = 0

    def ask(self) -> None:
        """A request that differs from the one before."""
        raise NotImplementedError

    def latest_is_shown(self) -> bool:
        """Whether what came last answers the latest request."""
        raise NotImplementedError

    def end(self) -> None:
        """Its end."""
        raise NotImplementedError

    def settle(self) -> None:
        """Wait until its thread has ended and been heard."""
        await_end_of(self.qtbot, self.thread)


class Loading(User):
    thread, every_job_delivers, says_problems = "dataset-loader", False, True

    def __init__(self, qtbot: QtBot, patch: pytest.MonkeyPatch, _folder: Path) -> None:
        super().__init__(qtbot, Faults(loading.load))
        patch.setattr(loading, "load", self.calls)
        self.loader = DatasetLoader()
        self.busy: list[bool] = []
        self.loader.loading_changed.connect(self.busy.append)
        self.loader.loaded.connect(lambda choice, _dataset, _label, _merge: self.delivered.append(choice.seed))
        self.loader.failed.connect(self.failed.append)

    def ask(self) -> None:
        self.asked += 1
        self.loader.start(DataChoice(samples=5_001, seed=self.asked), "", None)

    def latest_is_shown(self) -> bool:
        return self.delivered[-1:] == [self.asked] and not self.loader.busy and self.busy[-1] is False

    def end(self) -> None:
        shiboken6.delete(self.loader)


class Looking(User):
    thread, every_job_delivers, says_problems = "file-looker", False, True

    def __init__(self, qtbot: QtBot, patch: pytest.MonkeyPatch, folder: Path) -> None:
        super().__init__(qtbot, Faults(file_look.inspect))
        patch.setattr(file_look, "inspect", self.calls)
        self._folder = folder
        self.looker = FileLooker()
        self.looker.looked.connect(lambda look: self.delivered.append(look.rows[0][0]))
        self.looker.failed.connect(self.failed.append)

    def ask(self) -> None:
        self.asked += 1
        path = self._folder / f"{self.asked}.csv"
        path.write_text("a,b\n" + f"{self.asked},2\n3,4\n5,6\n", encoding="utf-8")
        self.looker.start(DataChoice(source="file", path=str(path)))

    def latest_is_shown(self) -> bool:
        return self.delivered[-1:] == [str(self.asked)]

    def end(self) -> None:
        shiboken6.delete(self.looker)


class Evaluating(User):
    thread = "evaluator"

    def __init__(self, qtbot: QtBot, patch: pytest.MonkeyPatch, _folder: Path) -> None:
        super().__init__(qtbot, Faults(evaluator.evaluate))
        patch.setattr(evaluator, "evaluate", self.calls)
        patch.setattr(evaluator, "INTERVAL_MS", 1)
        document = new_document()
        self._dataset = document.dataset
        self._session = TrainingSession(Setup(document.graph, document.dataset, document.hyper, compiled=False))
        self.evaluator = Evaluator()
        self.evaluator.evaluated.connect(self.delivered.append)

    def ask(self) -> None:
        self.asked += 1
        self._session.run_steps(1)
        self.snapshot = self._session.snapshot(maps=False)
        self.evaluator.request(self.snapshot, self._dataset, test=True)

    def latest_is_shown(self) -> bool:
        dataset, snapshot = self._dataset, self.snapshot
        now = self.calls.real(snapshot.plan, snapshot.weights, dataset, dataset.test)
        return bool(self.delivered) and np.array_equal(self.delivered[-1].confusion, now.confusion)

    def end(self) -> None:
        shiboken6.delete(self.evaluator)


class DrawingEdges(User):
    thread = "edges"

    def __init__(self, qtbot: QtBot, patch: pytest.MonkeyPatch, _folder: Path) -> None:
        super().__init__(qtbot, Faults(edges.EdgeRaster.render))
        patch.setattr(edges.EdgeRaster, "render", lambda raster, *rest, **named: self.calls(raster, *rest, **named))
        patch.setattr("app.builder.canvas.edges.kernels_ready", lambda: True)
        self.layer = EdgeLayer()
        self.layer.refreshed.connect(lambda: self.delivered.append(self.layer.current))

    def ask(self) -> None:
        self.asked += 1
        bundle = Bundle(
            Wire(source="in", target="out"),
            0.0,
            np.array([20.0]),
            60.0,
            np.array([30.0]),
            np.full((1, 1), self.asked / 4),
        )
        self.layer.refresh([bundle], Camera(), QSize(64, 48), 1.0)

    def latest_is_shown(self) -> bool:
        return self.layer.current

    def end(self) -> None:
        shiboken6.delete(self.layer)


@pytest.fixture(params=[Loading, Looking, Evaluating, DrawingEdges], ids=lambda kind: kind.thread)
def user(
    request: pytest.FixtureRequest, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[User]:
    made: User = request.param(qtbot, monkeypatch, tmp_path)
    yield made
    made.settle()


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Hook:
    return put_hook(monkeypatch)


@pytest.mark.parametrize("error", INTERNAL_ERRORS, ids=lambda error: type(error).__name__)
def test_an_internal_error_is_reported_once_and_the_next_request_served(
    user: User, hook: Hook, error: BaseException
) -> None:
    user.calls.errors = [error]
    user.ask()
    user.qtbot.waitUntil(lambda: hook.errors == [error])
    assert user.delivered == [] and len(user.failed) == user.says_problems
    user.ask()
    user.qtbot.waitUntil(user.latest_is_shown)
    user.settle()
    assert hook.errors == [error] and len(user.delivered) == 1 and len(user.failed) == user.says_problems


def test_a_problem_of_the_engine_is_no_internal_error(user: User, hook: Hook) -> None:
    user.calls.errors = [odd_file()]
    user.ask()
    user.settle()
    assert [problem.code for problem in user.failed] == ["test.odd-file"] * user.says_problems
    user.ask()
    user.qtbot.waitUntil(user.latest_is_shown)
    assert hook.errors == []


def test_requests_during_a_slow_job_end_with_the_latest(user: User, hook: Hook) -> None:
    with held(user.calls) as gate:
        user.ask()
        user.qtbot.waitUntil(gate.reached.is_set)
        for _ in range(4):
            user.ask()
    user.qtbot.waitUntil(user.latest_is_shown)
    user.settle()
    beside = 0 if user.every_job_delivers else ABANDONED
    assert user.calls.calls == 2 + beside, "the others in between were never begun"
    assert len(user.delivered) == (2 if user.every_job_delivers else 1)
    assert (user.failed, hook.errors) == ([], [])


@pytest.mark.parametrize("error", [None, MemoryError()], ids=["result", "error"])
def test_nothing_is_delivered_after_the_end(user: User, hook: Hook, error: BaseException | None) -> None:
    with held(user.calls) as gate:
        user.ask()
        user.qtbot.waitUntil(gate.reached.is_set)
        user.calls.errors = [error] if error is not None else []
        user.end()
    user.settle()
    assert (user.delivered, user.failed, hook.errors) == ([], [], [])


def test_the_picture_shown_keeps_its_pixels_when_the_next_fails(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, hook: Hook
) -> None:
    drawing = DrawingEdges(qtbot, monkeypatch, tmp_path)
    drawing.ask()
    qtbot.waitUntil(drawing.latest_is_shown)
    shown = drawing.layer._image.copy()
    drawing.calls.errors = [MemoryError()]
    drawing.ask()
    qtbot.waitUntil(lambda: len(hook.errors) == 1)
    assert drawing.layer._image == shown
    drawing.ask()
    qtbot.waitUntil(drawing.latest_is_shown)
    assert drawing.layer._image != shown
    drawing.settle()
