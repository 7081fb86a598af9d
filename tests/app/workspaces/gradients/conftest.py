"""A window on the page of gradients that the tests of a module share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLayout, QScrollBar
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from app.workspaces.gradients import bench as gradients_bench
from app.workspaces.gradients.bench import JobResult
from app.workspaces.gradients.moment import DELTA
from app.workspaces.gradients.page import GradientsPage
from engine.data.dataset import Dataset
from engine.gradients.doctor import Trial, try_cures
from engine.gradients.experiment import Experiment
from engine.gradients.other_draws import OtherDraws
from tests.app.standing import Standing, forget_guesses, let_go, shares, until
from tests.app.window_rig import Opened
from tests.app.workspaces.gradients.gradients_rig import Bench, opened_bench, opened_small

SIZE = (1280, 800)


@dataclass(frozen=True)
class Stood:
    """A window on the small experiment, and what was worked out of that once it had stood still: the doctor's trials of
    its first network, what other draws give, and the verdicts that were said."""

    opened: Opened
    page: GradientsPage
    trials: tuple[Trial, ...]
    draws: dict[object, OtherDraws | None]
    said: tuple[str, ...]


@contextmanager
def stood() -> Iterator[Stood]:
    """A window that has stood still until nothing more of it is worked out."""
    with opened_small() as (opened, page):
        bench, views = page.bench, page.views
        until(lambda: bench.spread.is_known(0) and bench.spread.is_known(1) and bool(views._said))
        bench.treat(0)
        until(lambda: bool(bench.trials_of(0)) and not bench.treating(0))
        until(lambda: not bench.spread.busy)  # a result is known before the page has heard of it
        yield Stood(opened, page, bench.trials_of(0), bench.spread._known.value, views._said)


def put_back(one: Stood) -> None:
    """As it was once it had stood still: the experiment first, for what hides it or looks at it closely goes by it."""
    page, window = one.page, one.opened.window
    views, board = page.views, page.board
    call_off(page)
    page.actions["gradients_guess"].setChecked(False)
    page.side.card.put_away()
    page.sheet.new()
    page.sheet.undo_stack.clear()
    views.strip._rest.stop()  # what would be worked out next is known
    until(lambda: page.bench.current and not page.bench._start.busy)
    forget(one)
    window.messages.dismiss()
    window.resize(*SIZE)
    views.strip.subject = 0
    board.strip.offer_doctor(False)
    board.strip.show_part("training")
    board.strip.shared.set_open(False)
    views.strip.map.choose_kind("signal")
    board.strip.map_kinds.choose("signal")
    views.course.choose_trend("ratio")
    board.open_settings(False)
    page.views.choose_measure(DELTA)
    views.strip.follow()
    views.strip._rest.stop()
    look_away(page)


def call_off(page: GradientsPage) -> None:
    """Nothing is worked out or played any more, and no run is gone on with."""
    for work in (page.bench._trainer, page.bench._doctor, page.bench.mapper._scanner, page.bench.spread._work):
        work.cancel()
    page.views.course.playback.pause()
    page.bench._runs = {}


def forget(one: Stood) -> None:
    """What was worked out of other experiments, what was seen of them, and what was answered."""
    page, bench = one.page, one.page.bench
    bench._treated, bench._trials, bench.treated_share = bench._start_key(0), JobResult(one.trials), 1.0
    bench.mapper._mapped, bench.mapper._map = None, JobResult(None)
    bench.spread._known = JobResult(dict(one.draws))
    predictions = page.views.predictions
    predictions._known.clear()
    predictions._seen.clear()
    forget_guesses(predictions.guesses)
    page.views._said = one.said


def look_away(page: GradientsPage) -> None:
    """Nothing is pointed at or scrolled, and everything has its place."""
    board = page.board
    for view in (*(column.chart for column in board.columns), *board.strip.layers.tables):
        view._focused_key = None
        view._refresh()
    for part in (*(column.chart for column in board.columns), board.strip.map):
        QApplication.sendEvent(part, QEvent(QEvent.Type.Leave))
    until(lambda: all(column.verdict.formula._next is None for column in board.columns))
    page.enter()
    let_go(page.widget)
    QApplication.processEvents()
    for layout in page.widget.findChildren(QLayout):
        layout.invalidate()
    board._sized, board._barred, board._aligned = False, None, None
    board.split.setSizes([1, 1])
    board.strip.split.setSizes([800, 400])
    board.align()
    for bar in page.widget.findChildren(QScrollBar):
        bar.setValue(bar.minimum())


def window_of(one: Stood) -> MainWindow:
    """Its window."""
    return one.opened.window


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing[Stood]]:
    found = Standing(stood, window_of, put_back, tmp_path_factory.mktemp("standing"))
    yield found
    found.close()


@pytest.fixture
def standing_window(request: pytest.FixtureRequest, qapp: QApplication, standing: Standing[Stood]) -> None:
    if "bench" in request.fixturenames and shares(request):
        standing.make_ready()
    elif "qtbot" in request.fixturenames:
        standing.close()


@pytest.fixture
def bench(request: pytest.FixtureRequest, standing: Standing[Stood], qtbot: QtBot) -> Iterator[Bench]:
    if shares(request):
        yield Bench(standing.held.opened, standing.held.page, qtbot)
        standing.take_back()
    else:
        with opened_bench(qtbot) as found:
            yield found


@pytest.fixture(scope="module")
def cures_tried_once() -> Iterator[None]:
    """Where many tests ask the doctor of the same network, the first has its cures tried, and others hear at once what
    came of it."""
    known: dict[tuple[Experiment, int], tuple[Trial, ...]] = {}

    def tried(
        experiment: Experiment,
        number: int,
        dataset: Dataset,
        *,
        compiled: bool,
        cancelled: Callable[[], bool],
        found: Callable[[tuple[Trial, ...]], None],
        progress: Callable[[float], None],
    ) -> None:
        key = experiment, number
        if key in known:
            found(known[key])
            progress(1.0)
            return
        trials = try_cures(
            experiment, number, dataset, compiled=compiled, cancelled=cancelled, found=found, progress=progress
        )
        if not cancelled():
            known[key] = trials

    with patch.object(gradients_bench, "try_cures", tried):
        yield
