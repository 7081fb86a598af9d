"""Deep networks: one caption over columns that are alike, captions and badges that stay readable."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF

from app.builder.canvas.badges import badge_size, badges_of, note_of
from app.builder.canvas.blocks import LARGEST, BlockLook, Run, caption_marks, caption_size, run_text, runs_of
from app.builder.canvas.geometry import CARD_HEIGHT, SceneLayout, shape_of
from app.builder.canvas.hit import tooltip_of_badge
from app.builder.canvas.layout import arranged
from app.examples import example_of
from app.kit.verdict_words import explanation, ratio_words
from engine.graph import NetworkGraph
from engine.graph.build import feed_forward
from engine.graph.edit import move_blocks, set_params, set_title
from engine.training.verdicts import Evidence, Trouble, Verdict, judge
from tests.app.builder.canvas_rig import Rig


def tight(graph: NetworkGraph, gap: float = 80.0) -> NetworkGraph:
    return move_blocks(graph, {block.id: (gap * number, 0.0) for number, block in enumerate(graph.blocks)})


def runs_in(graph: NetworkGraph, units: tuple[int, ...]) -> tuple[Run, ...]:
    widths = {f"dense-{number}": count for number, count in enumerate(units, 1)} | {"input-1": 2, "output-1": 1}
    layout = SceneLayout(graph, widths)
    return runs_of(layout.shapes.values(), layout.caption_rooms)


def texts_of(units: tuple[int, ...], gap: float = 80.0) -> list[str]:
    return [run_text(run) for run in runs_in(tight(feed_forward(units), gap), units)]


def test_columns_that_are_alike_share_a_caption_that_says_which_they_are() -> None:
    assert texts_of((6,) * 10) == ["Dense 1 to 10, each 6 units · tanh"]
    assert texts_of((6,) * 4 + (3,) * 4) == ["Dense 1 to 4, each 6 units · tanh", "Dense 5 to 8, each 3 units · tanh"]
    assert texts_of((6, 6, 6)) == []
    assert texts_of((6, 6, 3, 6, 6)) == []
    assert texts_of((6,) * 10, gap=180.0) == []


def test_names_that_a_person_gave_are_never_hidden() -> None:
    named = feed_forward((6,) * 9)
    for number in range(1, 5):
        named = set_title(named, f"dense-{number}", f"Feature {number}")
    assert [run_text(run) for run in runs_in(tight(named), (6,) * 9)] == ["Dense 5 to 9, each 6 units · tanh"]
    one = set_title(feed_forward((6,) * 9), "dense-5", "The narrow one")
    assert [len(run) for run in runs_in(tight(one), (6,) * 9)] == [4, 4]


def test_a_column_at_another_height_keeps_its_own() -> None:
    graph = tight(feed_forward((6,) * 9))
    graph = move_blocks(graph, {"dense-5": (graph.block("dense-5").x, 300.0)})
    assert [run_text(run) for run in runs_in(graph, (6,) * 9)] == [
        "Dense 1 to 4, each 6 units · tanh",
        "Dense 6 to 9, each 6 units · tanh",
    ]


@pytest.mark.parametrize("key", ["vanishing", "not-vanishing"])
def test_the_ten_layers_of_the_gallery_are_large_enough_in_a_small_window(qtbot, key: str) -> None:
    rig = Rig(qtbot, example_of(key).opening)
    rig.canvas.resize(656, 405)
    rig.canvas.viewport.fit()
    scale = rig.canvas.camera.scale
    assert scale > 0.55 and 13.0 * caption_size(scale) * scale > 10.0
    assert run_text(rig.canvas._drawing._runs[0]).startswith("Dense 1 to 10, each 6 units")
    rects = sorted((badge.rect for group in rig.canvas.badges.values() for badge in group), key=lambda r: r.x())
    assert len(rects) >= 10
    assert all(left.right() <= right.left() for left, right in pairwise(rects))
    rig.canvas.grab()


def test_auto_layout_moves_the_columns_of_a_deep_network_together_and_leaves_others() -> None:
    deep, units = feed_forward((6,) * 10), {f"dense-{n}": 6 for n in range(1, 11)} | {"input-1": 2, "output-1": 1}
    layout = SceneLayout(arranged(deep, units), units)
    bodies = [shape.body for shape in layout.shapes.values()]
    assert layout.bounds.width() < 1150
    assert all(right.left() - left.right() >= 40.0 for left, right in pairwise(bodies))
    few = feed_forward((6, 6, 6))
    assert [block.x for block in arranged(few, units).blocks] == [0.0, 180.0, 360.0, 540.0, 720.0]


@pytest.mark.parametrize("function", ["tanh", "max(0, x) - 0.1*exp(-x^2)*sin(3*x)"])
@pytest.mark.parametrize("room", [220.0, 130.0, 80.0])
def test_a_layer_says_its_units_or_its_function_also_where_that_is_typed(function: str, room: float) -> None:
    graph = set_params(feed_forward((8,)), "dense-1", activation=function)
    shape = SceneLayout(graph, {"dense-1": 8})["dense-1"]
    name, detail = caption_marks(shape, BlockLook(), room)
    assert name.text == "Dense 1" and detail.text in (shape.detail, shape.setting)
    assert detail.elide and detail.rect[2] == room


def test_a_badge_without_room_says_its_number_alone() -> None:
    shape = SceneLayout(feed_forward((6,)), {"dense-1": 6})["dense-1"]
    verdict = Verdict("dense-1", Trouble.VANISHING, 0.002)
    (wide,), (narrow,) = badges_of(shape, (verdict,)), badges_of(shape, (verdict,), 72.0)
    assert "vanishing" in wide.text
    assert "vanishing" not in narrow.text and narrow.rect.width() <= 72.0
    assert not shape.body.contains(narrow.rect.center()) and narrow.rect.top() > shape.body.bottom()
    stacked = badges_of(shape, (verdict, Verdict("dense-1", Trouble.DEAD, 0.5, (0, 1))))
    assert stacked[0].rect.bottom() < stacked[1].rect.top()
    assert QPointF(narrow.rect.center()).x() == pytest.approx(shape.body.center().x())
    assert badge_size(1.0) == badge_size(0.69) == 1.0  # nothing is larger where it can be read
    (small,) = badges_of(shape, (verdict,), 150.0, badge_size(0.3))
    assert small.size > 1.5 and small.rect.width() <= 150.0 and small.rect.top() == wide.rect.top()


@pytest.mark.parametrize(("trouble", "fewer"), [(Trouble.DEAD, "2 dead"), (Trouble.SATURATED, "2 of 6")])
def test_badges_about_units_stay_within_their_column(trouble: Trouble, fewer: str) -> None:
    shape = SceneLayout(feed_forward((6,)), {"dense-1": 6})["dense-1"]
    (pair,) = badges_of(shape, (Verdict("dense-1", trouble, 1 / 3, (0, 1)),), 72.0)
    assert pair.text == fewer and pair.rect.width() <= 72.0
    assert pair.words == f"units 1, 2 {trouble.value}" and pair.words in tooltip_of_badge(pair)
    one = Verdict("dense-1", trouble, 1 / 6, (3,))
    (roomy,), (tight_one,) = badges_of(shape, (one,)), badges_of(shape, (one,), 72.0)
    assert roomy.text == roomy.words and tight_one.rect.width() <= 72.0
    for badge in (roomy, tight_one):  # beside the unit's tile it lay over its wires, and over the next block
        assert badge.rect.top() > shape.body.bottom()


@pytest.mark.parametrize(("value", "text"), [(0.0072, "7.2·10⁻³ ×"), (0.0043, "4.3·10⁻³ ×"), (0.25, "0.250 ×")])
def test_a_badge_says_two_digits_of_its_ratio_however_small(value: float, text: str) -> None:
    verdict = Verdict("dense-1", Trouble.FADING, value, delta=0.1)
    assert ratio_words(verdict) == text
    silent = Verdict("dense-1", Trouble.VANISHING, 0.5, delta=1.2e-9)
    assert ratio_words(silent) == "‖δ‖ 1.2·10⁻⁹" and "is 1.2·10⁻⁹ here" in explanation(silent)


def test_the_tips_of_badges_say_the_bounds_that_verdicts_go_by(monkeypatch: pytest.MonkeyPatch) -> None:
    tips = [explanation(Verdict("dense-1", kind, 2.0)) for kind in (Trouble.STEADY, Trouble.FADING, Trouble.GROWING)]
    bounds = ("0.1 to 10 is steady", "Below 0.001 it has vanished", "Above 1,000 it explodes")
    assert all(words in tip for words, tip in zip(bounds, tips, strict=True))
    monkeypatch.setattr("app.kit.verdict_words.STEADY_RATIOS", (0.2, 5.0))
    monkeypatch.setattr("app.kit.verdict_words.EXPLODING_RATIO", 500.0)
    assert "0.2 to 5 is steady" in explanation(Verdict("dense-1", Trouble.STEADY, 2.0))
    assert "Above 500 it explodes" in explanation(Verdict("dense-1", Trouble.GROWING, 20.0))


def test_every_trouble_is_explained_and_one_that_cuts_a_layer_off_as_such() -> None:
    tips = {kind: explanation(Verdict("dense-1", kind, 2.0, delta=0.5)) for kind in Trouble}
    assert len(set(tips.values())) == len(Trouble) and not any("{" in tip for tip in tips.values())
    assert "exactly 0" in explanation(Verdict("dense-1", Trouble.VANISHING, 0.0, delta=0.0))


@pytest.mark.parametrize(
    "trouble", [Trouble.VANISHING, Trouble.EXPLODING, Trouble.DEAD, Trouble.SATURATED, Trouble.OVERGROWN]
)
def test_only_a_badge_that_alarms_says_what_helps(trouble: Trouble) -> None:
    units = () if trouble in (Trouble.VANISHING, Trouble.EXPLODING) else (0,)
    alarm = Verdict("dense-1", trouble, 1e-4, units)
    assert "What helps:" in explanation(alarm)
    assert "helps" not in explanation(replace(alarm, is_alarm=False))


def test_what_the_badges_measure_is_said_once_left_of_the_first() -> None:
    shapes = SceneLayout(feed_forward((6, 6)), {"dense-1": 6, "dense-2": 6}).shapes
    verdicts = {
        "dense-1": Verdict("dense-1", Trouble.STEADY, 3.16, delta=0.1, reference="dense-2"),
        "dense-2": Verdict("dense-2", Trouble.REFERENCE, 1.0, delta=0.03, reference="dense-2"),
    }
    badges = {key: badges_of(shapes[key], (verdict,)) for key, verdict in verdicts.items()}
    note = note_of(badges, shapes)
    assert note is not None and note[0] == "error signal ‖δ‖,\nDense 2 = 1"
    assert note[1].right() < badges["dense-1"][0].rect.left()
    assert note_of({"dense-2": badges["dense-2"]}, shapes) is None, "one number needs no explanation"


def test_the_layer_that_badges_compare_with_is_named_while_it_has_another_badge() -> None:
    """It was no more once the last layer was saturated, and its neighbour's "1.97 × · steady" hung in the air."""
    shapes = SceneLayout(feed_forward((6, 6)), {"dense-1": 6, "dense-2": 6}).shapes
    beside, *saturated = judge(
        (Evidence("dense-1", 0.2, 6), Evidence("dense-2", 0.1, 6, saturated=tuple(range(6))), Evidence("output-1", 0.1))
    ).layers[:2]
    assert saturated[0].trouble is Trouble.SATURATED
    badges = {v.block_id: badges_of(shapes[v.block_id], (v,)) for v in (beside, *saturated)}
    note = note_of(badges, shapes)
    assert note is not None and note[0] == "error signal ‖δ‖,\nDense 2 = 1"


def test_where_no_signal_reaches_the_last_layer_there_is_nothing_to_compare_with() -> None:
    shapes = SceneLayout(feed_forward((6, 6)), {"dense-1": 6, "dense-2": 6}).shapes
    layers = judge((Evidence("dense-1", 0.2, 6), Evidence("dense-2", 0.0, 6), Evidence("output-1", 0.1))).layers[:2]
    badges = {v.block_id: badges_of(shapes[v.block_id], (v,)) for v in layers}
    note = note_of(badges, shapes)
    assert note is not None and "= 1" not in note[0] and "nothing to compare" in note[0]
    assert [badge.words for (badge,) in badges.values()] == ["‖δ‖ 0.20 · steady", "0 × · vanishing"]


def test_a_caption_stays_above_the_cards_beside_its_column() -> None:
    graph = feed_forward((1,))
    shape = shape_of(graph.block("dense-1"), "Deep logit", 1, bare=True)
    card_top = shape.body.center().y() - CARD_HEIGHT / 2
    assert shape.body.top() > card_top, "one bare unit is lower than a card"
    for mark in caption_marks(shape, BlockLook(), 220.0, LARGEST):
        assert mark.rect[1] + mark.rect[3] <= card_top
