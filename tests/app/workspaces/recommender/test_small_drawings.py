"""The small drawings of data and explanations, as marks: what is long, where it stands, what it says. No window."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QRectF

from app.kit.drawing.columns import Dots, Lines
from app.kit.drawing.drawing import Frame, reconcile
from app.kit.drawing.marks import Disc, Group, Mark, Rectangle, Text, text_width
from app.workspaces.recommender.data.charts import (
    LINE,
    BarsChart,
    Bin,
    NamedCount,
    ValueCounts,
    draw_bars_chart,
    draw_value_bars,
)
from app.workspaces.recommender.explain.crosses import (
    Heavy,
    draw_heavy,
)
from app.workspaces.recommender.explain.explainer import (
    CrossName,
    PairMap,
    ValueName,
)
from app.workspaces.recommender.explain.models_panel import (
    SIDE,
    CalibrationCurve,
    ModelLoss,
    draw_calibration_curve,
    draw_losses,
)
from app.workspaces.recommender.explain.pairs import (
    PairMatrix,
    draw_pairs,
)
from engine.recommenders.judging.metrics import CalibrationRow, Estimate

SIZE = Frame(420, 200)
pytestmark = pytest.mark.usefixtures("qapp")


def texts(marks: tuple[Mark, ...]) -> list[str]:
    return [mark.text for mark in marks if isinstance(mark, Text)]


def test_bars_are_as_long_as_their_counts_and_what_is_left_over_is_none() -> None:
    counts = (NamedCount("a", 400, 100), NamedCount("b", 100, 0), NamedCount("all others", 900, rest=True))
    drawing = draw_value_bars(ValueCounts(counts, ("value", "rows")), SIZE)
    widths = [mark.rect[2] for mark in drawing.marks if isinstance(mark, Rectangle) and mark.fill]
    assert widths[0] == pytest.approx(4 * widths[1]) and widths[2] == 0.0
    assert drawing.height == 3 * LINE and "25 %" in texts(drawing.marks)
    assert drawing.hit(300, LINE + 1).spoken == "b: 100, 0 % of them a yes"  # type: ignore[union-attr]
    assert drawing.table().header == ("value", "rows", "yes") and drawing.table().rows[0] == ("a", 400, 100)


def test_a_model_that_keeps_its_promise_lies_on_the_diagonal() -> None:
    bins = (CalibrationRow(0.02, 0.02, 10), CalibrationRow(0.08, 0.04, 1))
    drawing = draw_calibration_curve(CalibrationCurve(bins, 0.08, joint=True), Frame(SIDE, SIDE))
    dots = next(mark for mark in drawing.marks if isinstance(mark, Dots))
    assert dots.points[0][0] + dots.points[0][1] == pytest.approx(SIDE)  # the same share right and up
    assert dots.points[1][1] > SIDE - dots.points[1][0] and "10.0 %" in texts(drawing.marks)
    assert drawing.keyed[1].spoken == "1 row: predicted 8.0 %, came 4.0 %"


def test_whiskers_reach_one_standard_error_to_both_sides() -> None:
    models = (
        ModelLoss("joint", Estimate(0.30, 0.01), joint=True),
        ModelLoss("always the mean", Estimate(0.40, float("nan"))),
    )
    drawing = draw_losses(models, SIZE)
    first, second = [mark for mark in drawing.marks if isinstance(mark, Disc)]
    (whiskers,) = [mark for mark in drawing.marks if isinstance(mark, Lines) and mark.width == 1.5]
    left, _, right, _ = whiskers.ends[0]
    pixels = (second.x - first.x) / 0.10
    assert right - first.x == pytest.approx(first.x - left) == pytest.approx(0.01 * pixels)
    assert drawing.description == "joint 0.3000 ± 0.0100; always the mean 0.4000"
    assert drawing.table().rows[0] == ("joint", 0.30, 0.01)


def test_a_cross_has_a_bar_to_the_side_of_its_sign() -> None:
    weights = (Heavy("a=1 × b=2", "1 × 2", 0.8, 12, 0), Heavy("a=2 × b=2", "2 × 2", -0.4, 1, 3))
    drawing = draw_heavy(weights, SIZE)
    right, left = [mark.rect for mark in drawing.marks if isinstance(mark, Rectangle) and mark.fill]
    assert right[0] == left[0] + left[2] and right[2] == pytest.approx(2 * left[2])
    assert drawing.keyed[0].spoken == "a=1 × b=2: weight +0.800; 12 training rows"
    assert drawing.keyed[1].spoken == "a=2 × b=2 and 3 others that share its weight (hashed): −0.400; 1 training row"
    assert {"1 × 2", "2 × 2 (hashed)", "+0.800"} <= set(texts(drawing.marks))
    assert drawing.table().rows[1] == ("a=2 × b=2", -0.4, 1)


def pair_map(size: int = 3) -> PairMap:
    names = tuple(ValueName(str(at), f"value {at}", f"v{at}") for at in range(size))
    weights = tuple(tuple(float(down - across) for across in range(size)) for down in range(size))
    counts = tuple(tuple(4 * (down != across) for across in range(size)) for down in range(size))
    yes = tuple(tuple(1 * (down != across) for across in range(size)) for down in range(size))
    return PairMap(CrossName(("a", "b"), ("A", "B"), 9), names, names, weights, counts, yes, "bought")


def test_a_pair_is_a_cell_in_the_colour_of_its_weight_and_dashed_where_nothing_has_it() -> None:
    drawing = draw_pairs(PairMatrix(pair_map(), ((0, 2),), (1, 1)), Frame(320, 240))
    (cells,) = [mark for mark in drawing.marks if isinstance(mark, Group)]
    fills = {mark.key: (mark.fill, mark.dashed) for mark in cells.marks if isinstance(mark, Rectangle)}
    assert fills[0, 2] == ("diverging -100%", False) and fills[2, 0] == ("diverging 100%", False)
    assert fills[1, 1] == ("", True) and len(fills) == 9
    assert drawing.part((0, 2)).spoken == "v2 × v0: weight −2.000; 4 training rows, 25 % of them bought"  # type: ignore[union-attr]
    assert drawing.part((1, 1)).spoken == "v1 × v1: no training row has it, its weight has never moved"  # type: ignore[union-attr]
    assert drawing.step((1, 1), 1, 0) == (1, 2) and drawing.step((1, 1), 0, -1) == (0, 1)
    assert drawing.table().rows[1] == ("1", "0", -1.0, 4, 1)


@pytest.mark.parametrize("width", [190, 260, 400])
@pytest.mark.parametrize("own", [(3, 9), (3, 11), (15, 15), (0, 0)])
def test_names_of_framed_pairs_are_there_and_no_other_stands_where_theirs_would(
    width: float, own: tuple[int, int]
) -> None:
    """Some-college and its neighbour HS-grad among 16 narrow columns: the row's own name was left out."""
    shown, size = pair_map(16), 16
    chosen = ((4, 10), (5, 2))
    drawing = draw_pairs(PairMatrix(shown, chosen, own), Frame(width, 200))
    (cells,) = [mark for mark in drawing.marks if isinstance(mark, Group)]
    boxes = {mark.key: mark.rect for mark in cells.marks if isinstance(mark, Rectangle)}
    bottom = max(top + height for _, top, _, height in boxes.values())
    names = {f"value {at}": at for at in range(size)}
    written = [mark for mark in drawing.marks if isinstance(mark, Text) and mark.text in names]
    for axis, marks in (
        (1, [m for m in written if m.rect[1] > bottom]),
        (0, [m for m in written if m.align != "centre"]),
    ):
        framed = {place[axis] for place in (*chosen, own)}
        told = [names[mark.text] for mark in marks]
        assert framed <= set(told) and len(told) == len(set(told))
        spans = sorted((mark.ink_rect[1 - axis], mark.ink_rect[1 - axis] + mark.ink_rect[3 - axis]) for mark in marks)
        slack = 5.0 if axis == 0 else 0.0  # lines of text have room above and below their letters
        assert all(before[1] <= after[0] + slack for before, after in itertools.pairwise(spans))
        for mark, place in zip(marks, told, strict=True):
            start, length = mark.ink_rect[1 - axis], mark.ink_rect[3 - axis]
            for at in framed - {place} if place not in framed else ():
                cell = boxes[(at, 0) if axis == 0 else (0, at)]
                assert not start < cell[1 - axis] + cell[3 - axis] / 2 < start + length


@pytest.mark.parametrize("width", [190, 320])
def test_the_key_of_a_map_is_whole(width: float) -> None:
    drawing = draw_pairs(PairMatrix(pair_map(30)), Frame(width, 200))
    (said,) = [mark for mark in drawing.marks if isinstance(mark, Text) and mark.text.startswith("unseen")]
    assert text_width(said.text, 11) <= said.rect[2] and said.rect[0] + said.rect[2] <= width
    assert said.rect[1] + said.rect[3] <= 200


def test_the_pair_pointed_at_has_a_frame_and_a_map_of_many_is_drawn_once() -> None:
    data = PairMatrix(pair_map(30))
    still, pointed = draw_pairs(data, Frame(640, 480)), draw_pairs(data, Frame(640, 480, (3, 4)))
    marks, region = reconcile(still.marks, pointed.marks)
    part = pointed.part((3, 4))
    assert marks[0] is still.marks[0] and part is not None
    left, top, width, height = part.rect
    assert region.boundingRect().contains(QRectF(left, top, width, height).toRect())
    assert region.boundingRect().width() < width + 8


def test_what_was_pointed_at_before_the_data_changed_is_no_fault() -> None:
    chart = BarsChart((Bin("a", 3), Bin("b", 4)), what=("size", "users"))
    assert "a: 3 users" in texts(draw_bars_chart(chart, Frame(300, 200, 0)).marks)
    assert not any("users" in text for text in texts(draw_bars_chart(chart, Frame(300, 200, 15)).marks))
    gone, none = (
        draw_pairs(PairMatrix(pair_map()), Frame(320, 240, (7, 7))),
        draw_pairs(PairMatrix(pair_map()), Frame(320, 240)),
    )
    assert len(gone.marks) == len(none.marks)
