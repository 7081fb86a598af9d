"""The doctor's bars and the key to the map: where a ratio lies, and what every sign stands for."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Group, Line, Text
from app.workspaces.gradients.depth_map import STEP, TOLD, MapData, cell_words, draw_map, step_of
from app.workspaces.gradients.doctor import BARS, GAIN, HEAD, LOSS, RATIO, axis_marks, share_of, span_of
from app.workspaces.gradients.words import ratio_text
from engine.gradients.experiment import Configuration
from engine.gradients.scan import Map
from tests.app.workspaces.gradients.gradients_rig import SMALL, WAIT_MS, Bench, words_of_doctor, words_of_map

pytestmark = pytest.mark.shares_window


def tried(bench: Bench, number: int) -> bool:
    return len(bench.page.bench.trials_of(number)) > 2


def test_1_is_in_the_middle_and_a_ratio_on_its_own_side_of_it() -> None:
    assert share_of(1.0, 9) == 0.5
    places = [share_of(one, 4) for one in (0.0, 1e-9, 1e-4, 0.01, 1.0, 100.0, 1e4, 1e9, math.inf)]
    known = [one for one in places if one is not None]
    assert len(known) == 9 and known == sorted(known) and known[1] == known[2] and known[0] < known[1]
    assert [a + b for a, b in zip(known, reversed(known), strict=True)] == pytest.approx([1.0] * 9)
    assert share_of(math.nan, 4) is None


def test_the_axis_reaches_as_far_as_the_network_is_off() -> None:
    assert span_of(1.2e-9, (1e20,)) == 9 and span_of(3.3e3, ()) == 4 and span_of(0.5, ()) == 2
    assert span_of(0.0, (1e-5, 0.0, 3.0)) == 5 and span_of(math.nan, (math.nan,)) == 2


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("width", [60, 110, 300])
def test_no_two_numbers_of_the_axis_overlap(width: int) -> None:
    marks = axis_marks(250, (0.0, 0.0, width, 13.0))
    assert marks[0].text == "1" and (len(marks) == 3 or width < 300)
    rects = sorted(mark.rect for mark in marks)
    assert all(a[0] + a[2] <= b[0] for a, b in pairwise(rects))
    assert rects[0][0] >= 0.0 and rects[-1][0] + rects[-1][2] <= width


def test_the_doctors_tick_lies_left_of_1_for_what_vanishes_and_right_for_what_explodes(
    qtbot: QtBot, bench: Bench
) -> None:
    both = (SMALL.configurations[0], Configuration(depth=8, activation="identity", scale=1.0))
    bench.begin(SMALL.model_copy(update={"configurations": both}))
    doctor = bench.page.board.strip.doctor
    for number, side in enumerate((-1, 1)):
        bench.page.views.strip.ask_doctor(number)
        qtbot.waitUntil(partial(tried, bench, number), timeout=WAIT_MS)
        qtbot.waitUntil(lambda number=number: doctor.shown.number == number and bool(doctor.shown.trials))
        before, head = bench.page.bench.figures[number].judgement.judged, doctor.view.drawing.part((HEAD, BARS))
        tick = next(mark for mark in doctor.view.drawing.marks if isinstance(mark, Line) and mark.stroke == "danger")
        assert ratio_text(before) in words_of_doctor(doctor) and head is not None
        assert (tick.start[0] - head.rect[0] - head.rect[2] / 2) * side > 0.2 * head.rect[2]


@pytest.mark.usefixtures("qapp")
def test_every_sign_of_the_map_is_in_its_key() -> None:
    values = np.array([[-3.0, -np.inf, np.inf, np.nan, 320.4]])
    beside = np.array([[True, False, False, False, False]])
    known = Map("signal", (10,), (0.1, 0.2, 0.5, 1.0, 2.0), values, np.array([np.nan]), 0.8, beside=beside)
    words = words_of_map(known)
    assert words[-4:] == ["not yet", "no signal at all", "beyond any float", "beside a saturated one"]
    told = [cell_words(known, 0, column) for column in range(5)]
    assert [one.partition(": ")[2].partition(",")[0] for one in told] == [
        "1.0·10⁻³", "no signal at all", "beyond any float", "not yet", "2.5·10³²⁰",
    ]  # fmt: skip
    assert step_of(9, 140.0) * 9 + TOLD <= 140.0 and step_of(5, 300.0) == STEP
    still = draw_map(MapData(known), Frame(360, 200)).marks[0]
    assert isinstance(still, Group) and {"depth", "scale"} <= {one.text for one in still.marks if isinstance(one, Text)}
    plain = replace(known, values=np.array([[-3.0, -1.0, 0.0, 1.0, 2.0]]), beside=None)
    assert len(words_of_map(plain)) == 5


def test_the_heads_of_the_doctor_stand_on_the_same_lines(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(SMALL)
    bench.page.views.strip.ask_doctor(0)
    qtbot.waitUntil(lambda: tried(bench, 0) and bool(bench.page.board.strip.doctor.shown.trials), timeout=WAIT_MS)
    drawing = bench.page.board.strip.doctor.view.drawing
    heads = [part for quantity in (BARS, RATIO, GAIN, LOSS) if (part := drawing.part((HEAD, quantity))) is not None]
    assert len(heads) == 4 and len({(head.rect[1], head.rect[3]) for head in heads}) == 1
    one = next(mark for mark in drawing.marks if isinstance(mark, Text) and mark.text == "1" and mark.size == 10)
    assert one.rect[1] + one.rect[3] == heads[0].rect[1] + heads[0].rect[3]
