"""A window that tests of the gradients share is put back so that none of them can tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.workspaces.gradients.moment import WEIGHTS
from app.workspaces.gradients.page import GradientsPage
from tests.app.standing import Standing, settle
from tests.app.window_state import differences, state_of
from tests.app.workspaces.gradients.conftest import PASSING, Stood, put_back, stood, window_of
from tests.app.workspaces.gradients.gradients_rig import SEVERAL, SMALL, WAIT_MS, Bench, middle_of


def pictures(page: GradientsPage) -> dict[str, QImage]:
    parts = {"side": page.side, "board": page.board, "top bar": page.top_bar}
    return {name: part.grab().toImage() for name, part in parts.items()}


def changed_places(before: dict[str, QImage], after: dict[str, QImage]) -> dict[str, tuple[int, int, int, int]]:
    """Return the box (left, top, right, bottom in pixels) of what differs in each picture that differs."""
    boxes = {}
    for name, picture in before.items():
        if picture.size() != after[name].size():
            boxes[name] = (0, 0, after[name].width(), after[name].height())
        elif picture != after[name]:
            rows, columns = np.nonzero(pixels(picture) != pixels(after[name]))
            boxes[name] = (int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max()))
    return boxes


def expect_alike(before: dict[str, QImage], after: dict[str, QImage]) -> None:
    assert changed_places(before, after) == {}


def pixels(picture: QImage) -> NDArray[np.uint32]:
    shown = picture.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(shown.constBits(), dtype=np.uint32).reshape(shown.height(), shown.width()).copy()


def handle(bench: Bench) -> None:
    """Everything is done that leaves a trace."""
    page, views = bench.page, bench.page.views
    page.actions["gradients_guess"].trigger()
    page.edits.of_one(0, {"skip": True}, "")
    bench.settled()
    page.side.guess.choose("larger")
    page.actions["gradients_guess"].trigger()
    bench.column(0).measures[WEIGHTS].trigger()
    page.top_bar.preset_actions["exploding"].trigger()
    bench.load(SMALL.model_copy(update={"configurations": SEVERAL, "seed": 5}))
    bench.train()
    views.course.go_to(3)
    views.course.choose_trend("loss")
    views.strip.choose_subject(2)
    page.board.strip.show_part("map")
    page.board.strip.map_kinds.buttons["loss"].click()
    bench.qtbot.waitUntil(lambda: page.bench.mapper.map_of(2, "loss") is not None, timeout=WAIT_MS)
    page.explain(1, "measured", 2)
    QTest.mouseMove(bench.column(0).chart, middle_of(bench.column(0).chart, 2).toPoint())
    bench.click(bench.column(0).settings.more)
    page.host.messages.say("a word")
    bench.window.resize(1440, 620)
    bench.click(page.board.strip.shared.change)
    bench.column(1).chart.setFocus(Qt.FocusReason.TabFocusReason)


def test_after_everything_a_window_is_as_one_that_has_stood_still(qtbot: QtBot) -> None:
    with stood() as one:
        page, window = one.page, window_of(one)
        put_back(one)  # rows that came one after another while they were worked out may stand a pixel lower
        settle()
        fresh, seen = state_of(window, PASSING), pictures(page)
        handle(Bench(one.opened, page, qtbot))
        assert len(differences(fresh, state_of(window, PASSING))) > 50
        put_back(one)
        settle()
        assert differences(fresh, state_of(window, PASSING)) == []
        qtbot.waitUntil(lambda: expect_alike(seen, pictures(page)))
        assert not page.sheet.unsaved and page.sheet.undo_stack.count() == 0 and page.sheet.path is None
        told_anew(one, qtbot)


def told_anew(one: Stood, qtbot: QtBot) -> None:
    """Nothing is kept but what is worked out of the experiment, and that comes out the same anew."""
    work = one.page.bench
    assert work.experiment == SMALL and work.run_of(0) is None and work.mapper.map_of(0, "signal") is None
    assert work.spread._known.value == one.draws and len(one.draws) == len(SMALL.configurations)
    work._treated, work.spread._known.value = None, {}
    work.treat(0)
    work.spread.want()
    qtbot.waitUntil(lambda: not work.treating(0) and not work.spread.busy, timeout=WAIT_MS)
    assert work.trials_of(0) == one.trials and work.spread._known.value == one.draws


def test_what_is_not_put_back_is_found_and_the_next_test_has_another_window(tmp_path: Path) -> None:
    standing: Standing[Stood] = Standing(stood, window_of, put_back, tmp_path, PASSING)
    standing.make_ready()
    assert standing.take_back() == []
    for number, leave in enumerate((lose_what_is_known, use_other_words), 1):
        before = standing.held
        leave(before)
        assert standing.take_back()
        standing.make_ready()
        assert standing.held is not before and standing.opened == 1 + number
    assert standing.take_back() == []
    standing.close()


def lose_what_is_known(one: Stood) -> None:
    one.draws.clear()


def use_other_words(one: Stood) -> None:
    one.page.top_bar.presets.setToolTip("?")
