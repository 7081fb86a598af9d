"""The page of gradients as a window first shows it, with one network alone and beside a playground: each test has a
window of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.workspaces.gradients.board import NetworkColumn
from engine.formats.snapshot import extract_snapshot
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import figures_of
from engine.gradients.scan import Map
from tests.app.told import everything_told
from tests.app.workspaces.gradients.gradients_rig import SEVERAL, SMALL, WAIT_MS, middle_of, opened_bench, words_of_map


@pytest.mark.parametrize("count", [2, 3, 4])
def test_every_column_is_whole_and_stands_at_one_height(qtbot: QtBot, count: int) -> None:
    with opened_bench(qtbot, experiment=Experiment(configurations=SEVERAL[:count])) as bench:
        board, bar = bench.page.board, bench.page.top_bar
        bench.window.resize(1280, 800)

        def settled() -> bool:
            tops = {(one.chart.y(), one.verdict.y(), one.settings.y()) for one in board.columns}
            apart = all(a.geometry().right() < b.geometry().left() for a, b in pairwise((bar.step, *bar.ratios)))
            return apart and len(tops) == 1 and sum(one.width() for one in board.columns) <= board.width()

        qtbot.waitUntil(settled, timeout=WAIT_MS)
        assert board.columns[-1].geometry().right() <= board.width()
        for column in board.columns:
            assert column.title.text() == column.title.full_text
            assert column.title.height() >= column.title.heightForWidth(column.title.width())
        assert all(one.caption.sizeHint().width() <= one.width() for one in bar.ratios)


def test_the_ratios_in_the_bar_take_the_colours_of_another_theme(qtbot: QtBot) -> None:
    """Switched to dark, they kept the light theme's until the next number."""
    with opened_bench(qtbot) as bench:
        bar, before = bench.page.top_bar, theme.current().name
        shown = [one.value.styleSheet() for one in bar.ratios]
        try:
            theme.set_theme("dark" if before == "light" else "light")
            assert all(one.value.styleSheet() != style for one, style in zip(bar.ratios, shown, strict=True))
        finally:
            theme.set_theme(before)
        assert [one.value.styleSheet() for one in bar.ratios] == shown


def test_before_the_first_numbers_a_column_says_that_they_are_being_measured(qtbot: QtBot) -> None:
    column = NetworkColumn(0, SEVERAL[0])
    qtbot.addWidget(column)
    column.show_configuration(SEVERAL[0], (), removable=False)
    assert column.chart.numbers.shown is None and "measuring" in column.verdict.sentence
    with opened_bench(qtbot) as bench:
        assert "measuring" not in bench.column(0).verdict.sentence


def test_draws_under_way_are_called_off_by_an_edit(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_args: object, cancelled: Callable[[], bool], **_more: object) -> None:
        while not cancelled():
            pause.wait(0.005)

    pause = threading.Event()
    monkeypatch.setattr("app.workspaces.gradients.bench.other_draws", endless)
    with opened_bench(qtbot) as bench:
        qtbot.waitUntil(lambda: bench.page.bench.spread.busy, timeout=WAIT_MS)
        bench.page.edits.of_one(0, {"scale": 0.3}, "")
        assert not bench.page.bench.spread.busy


def test_a_map_says_what_is_not_known_yet_how_far_it_has_come_and_can_be_stopped(qtbot: QtBot) -> None:
    slow = SMALL.model_copy(update={"configurations": (Configuration(depth=4, width=32),), "samples": 200})
    with opened_bench(qtbot, experiment=slow) as bench:
        board, action = bench.page.board, bench.page.actions["gradients_map"]
        assert not action.isEnabled()
        board.strip.show_part("map")
        board.strip.map_kinds.buttons["loss"].click()

        def known() -> Map:
            found = bench.page.bench.mapper.map_of(0, "loss")
            assert found is not None
            return found

        qtbot.waitUntil(lambda: bench.page.bench.mapper.map_of(0, "loss") is not None and known().known > 1)
        assert action.isEnabled() and action.text() == "Stop"
        bench.press(board.strip.map, Qt.Key.Key_M)
        assert not bench.page.bench.mapper.under_way(0, "loss") and not known().complete
        stopped = known()
        assert {"not yet", "predicted edge"} <= set(words_of_map(stopped))
        assert f"stopped at {stopped.known} of {stopped.values.size}" in everything_told(bench.page.widget)
        assert "Loss after 50 steps" in everything_told(bench.page.widget)
        row, column = np.argwhere(np.isnan(stopped.values))[0]
        place = middle_of(board.strip.map, (stopped.depths[row], stopped.scales[column])).toPoint()
        empty = board.strip.map.grab().toImage().pixelColor(place)
        assert empty == theme.colour("surface") != theme.colour("track")
        assert action.isEnabled() and action.text() == "Go on"
        bench.page.views.strip._look_for_part()
        assert not bench.page.bench.mapper.under_way(0, "loss")  # nobody but who stopped it goes on
        bench.press(board.strip.map, Qt.Key.Key_M)
        qtbot.waitUntil(lambda: known().known > stopped.known, timeout=WAIT_MS)
        old = ~np.isnan(stopped.values)
        np.testing.assert_array_equal(known().values[old], stopped.values[old])


@pytest.mark.slow
def test_open_in_playground_gives_the_same_network_with_the_same_start(qtbot: QtBot) -> None:
    with opened_bench(qtbot, playground=True) as bench:
        bench.column(0).open.click()
        playground = bench.opened.page
        qtbot.waitUntil(lambda: bench.window.pages.current is playground, timeout=WAIT_MS)
        expected = figures_of(SMALL)[0].signal.delta

        def same() -> None:
            snapshot = playground.trainer.snapshot
            assert snapshot is not None
            deltas = [layer.delta for layer in snapshot.layers[:-1]]
            np.testing.assert_allclose(deltas, expected, rtol=1e-9)

        qtbot.waitUntil(same, timeout=WAIT_MS)


@pytest.mark.slow
def test_open_in_playground_goes_on_from_the_moment_that_is_shown(qtbot: QtBot) -> None:
    learns = Experiment(configurations=(SMALL.configurations[1], SMALL.configurations[0]), samples=20, steps=8)
    with opened_bench(qtbot, playground=True, experiment=learns) as bench:
        bench.train()
        bench.page.views.course.go_to(5)
        column, run = bench.column(0), bench.page.bench.run_of(0)
        assert "after 5 steps" in column.open.toolTip() and run is not None
        column.open.click()
        playground = bench.opened.page
        qtbot.waitUntil(lambda: bench.window.pages.current is playground, timeout=WAIT_MS)

        def same() -> None:
            snapshot = playground.trainer.snapshot
            assert snapshot is not None and snapshot.step == 5
            assert snapshot.train_loss == pytest.approx(run.loss[5], rel=1e-9)
            deltas = [one.delta for one in snapshot.layers[:-1]]
            np.testing.assert_allclose(deltas, run.delta[5], rtol=1e-9)

        qtbot.waitUntil(same, timeout=WAIT_MS)
        assert abs(run.loss[5] - run.loss[0]) > 1e-3  # it is not the start that was opened


def test_finished_runs_come_back_after_a_crash(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_bench(qtbot) as bench:
        page, keeper = bench.page, bench.window.recovery.of(bench.page)
        page.edits.of_one(0, {"scale": 0.7}, "")
        bench.settled()
        bench.train()
        run = page.bench.run_of(0)
        qtbot.waitUntil(lambda: not keeper._soon.isActive(), timeout=WAIT_MS)
        assert run is not None and keeper._writer.flush(60.0)
        _header, file = extract_snapshot(keeper.path, tmp_path)
        page.bench._keep([])
        page.sheet.recover(file)
        found = page.bench.run_of(0)
        assert found is not None and found.loss.tobytes() == run.loss.tobytes()
