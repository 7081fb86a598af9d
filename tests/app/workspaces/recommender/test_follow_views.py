"""The views of a followed user, on plain data: what they show is what was answered, in words that it bears out."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.kit.drawing.columns import Dots, Lines
from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Disc, Rectangle, Text
from app.kit.inks import colour, sign_ink
from app.kit.widgets.labels import Sentence, wrapped
from app.kit.words import JOINER
from app.workspaces.recommender.answers import Answers, read_answer
from app.workspaces.recommender.fields import Finder, ValueField
from app.workspaces.recommender.files import written_at
from app.workspaces.recommender.follow.evidence import (
    EvidenceTabs,
    NearItemsTab,
    NearLists,
    WorthTab,
    draw_near,
    lists_words,
    random_words,
    retrieval_words,
)
from app.workspaces.recommender.follow.evidence_plots import (
    PAUSE,
    HitRates,
    Stretch,
    WatchTimeLine,
    best_of,
    draw_hit_rates,
    draw_recall,
    draw_time_line,
    estimate_text,
    place_of,
    sittings_of,
    strongest,
    verdict,
)
from app.workspaces.recommender.follow.history_panel import SearchChips
from app.workspaces.recommender.follow.judge import Judge, JudgedRate, SplitWorth, Worth
from app.workspaces.recommender.follow.list_panel import (
    HEAD,
    ROW,
    ListPanel,
    ShownList,
    ShownRows,
    bar_of,
    draw_funnel,
    draw_shown_list,
    rows_of,
    withheld,
)
from app.workspaces.recommender.follow.section import FollowLayout
from app.workspaces.recommender.follow.session import FollowSession, Hues, usual_length
from app.workspaces.recommender.follow.why_panel import WhyPanel, about_item, draw_decisive, given_by, truth_words
from app.workspaces.recommender.map.scene import HUES
from engine.recommenders.judging.metrics import Estimate
from engine.recommenders.tasks.base import NETWORK
from engine.recommenders.tasks.candidates.answers import (
    CatalogueItem,
    MappedItems,
    NearWatch,
    Neighbour,
    Neighbours,
    SearchTime,
    SearchToken,
    WhyItem,
)
from engine.recommenders.tasks.ranking.answers import Assumed, ExpectedTime
from tests.app.workspaces.recommender.follow_data import (
    ALIEN,
    LOG,
    about,
    item,
    recommendation,
    retrieval,
    table,
    user,
    watch,
)
from tests.app.workspaces.recommender.follow_data import why as why_item

# --- Items ---------------------------------------------------------------------------------------------------------


def test_an_item_is_called_as_one_says_it_or_by_its_name() -> None:
    film = CatalogueItem("2571", "Matrix, The", {"year": 1999.0, "genres": "Action|Sci-Fi"}, 9)
    assert (film.label, film.year, film.sorts) == ("The Matrix", 1999, ("Action", "Sci-Fi"))
    bare = read_answer(CatalogueItem, {"item": "17", "title": None, "features": {"year": None}, "watches": 3})
    assert (bare.label, bare.year, bare.sorts, bare.watches) == ("17", None, (), 3)
    assert about_item(film).endswith(" · 9 watches in training"), "Data counts the held-out ones, too"


def test_the_commonest_sorts_have_colours_and_data_without_any_have_none() -> None:
    items = [
        item("1", "Drama"),
        item("2", "Drama"),
        item("3", "Rare", "Drama"),
        *(item(f"x{n}", f"S{n}") for n in range(9)),
    ]
    hues = Hues(items)
    assert hues.sorts[0] == "Drama" and len(hues.sorts) == 7
    assert hues.ink(item("4", "unheard of", "Drama")) == hues.ink(items[0]) != hues.ink(item("5"))
    assert colour(hues.ink(items[0])) == QColor(theme.current().series[HUES[0]]) and not Hues().ink(items[0])
    assert not Hues([item("1"), item("2")])


def test_an_item_of_the_map_has_its_label_and_its_sorts() -> None:
    found = {"items": ["a", "b"], "titles": ["A", None], "watches": [5, 2], "features": {"genres": ["X|Y", "Z"]}}
    shown = {"points": [[0.0, 1.0], [2.0, 3.0]], "shares": [0.5, 0.2], "of": 9}
    answer = found | shown | {"measure": "inner product", "dimensions": 4, "vectors": None}
    items = read_answer(MappedItems, answer).catalogue_items
    assert [one.label for one in items] == ["A", "b"] and items[0].sorts == ("X", "Y")


# --- The funnel ----------------------------------------------------------------------------------------------------


def test_what_was_watched_next_is_marked_where_it_stands(qapp: object) -> None:
    rows = rows_of(recommendation(), Hues())
    assert [(row.place, bool(row.mark), row.missed) for row in rows] == [
        ("1", False, False), ("2", True, False), ("3", False, False),
    ]  # fmt: skip
    rows = rows_of(recommendation(place=None, rank=76.5, score=1.0), Hues())
    assert len(rows) == 4 and rows[-1].missed and rows[-1].place == "76.5"
    assert [row.bar for row in rows] == [(0.0, pytest.approx(share)) for share in (1.0, 5 / 6, 4 / 6, 1 / 6)]
    data = ShownRows(rows, "alien")
    assert "missed" in rows[-1].spoken and data.place_of("alien") == 3 and data.place_of("none") == -1
    assert not rows_of(None, Hues())
    drawn = draw_shown_list(data, Frame(600, 108))
    assert drawn.order == ("s0", "s1", "s2", "alien") and drawn.current == "alien" and drawn.arrows_choose
    assert drawn.part("alien").spoken == rows[-1].spoken  # type: ignore[union-attr]
    assert drawn.table().rows[0] == ("1", "Title s0", 6.0, "1", "6.00")


def test_a_score_below_zero_has_its_bar_at_the_other_side_of_zero() -> None:
    assert [bar_of(score, (3.0, -1.0)) for score in (3.0, 0.0, -1.0)] == [(0.25, 1.0), (0.25, 0.25), (0.0, 0.25)]
    assert bar_of(-2.0, (-2.0, -4.0)) == (0.5, 1.0) and bar_of(0.0, (0.0,)) == (0.0, 0.0)


def test_watched_ones_are_named_that_would_have_been_shown() -> None:
    assert [one.item.name for one in withheld(recommendation())] == ["a"]
    assert not withheld(None)


def test_the_funnel_says_what_each_stage_leaves_and_how_long_it_takes(qapp: object) -> None:
    drawn = draw_funnel(recommendation(), Frame(640, 56))
    assert "Of 10 items, the 5 that score 2.50 or more" in drawn.description
    assert drawn.table().rows[1] == (0.0, 2.0, 3)
    texts = [mark.text for mark in drawn.marks if isinstance(mark, Text)]
    assert texts == [
        "10", "items, by v·u", "1.5 ms", "5", "fetched as nearest", "0.010 ms", "3", "shown, the nearest",
    ]  # fmt: skip
    instant = replace(recommendation(), funnel=replace(recommendation().funnel, ranking_ms=0.002))
    assert "< 0.01 ms" in [mark.text for mark in draw_funnel(instant, Frame(640, 56)).marks if isinstance(mark, Text)]
    assert not draw_funnel(None, Frame(640, 56)).marks


def test_the_list_is_a_hundredth_of_the_catalogue_at_most() -> None:
    lengths = {items: usual_length(items) for items in (7, 1_682, 2_000, 5_000, 9_066, 10_000, 84_000)}
    assert list(lengths.values()) == [3, 10, 20, 50, 50, 100, 100]


@pytest.mark.parametrize(("items", "offered"), [(9_066, (10, 20, 50, 100)), (48, (10, 20)), (30, (10,)), (7, (3,))])
def test_only_lists_are_offered_that_say_something(qtbot: QtBot, items: int, offered: tuple[int, ...]) -> None:
    """Of 30 items, 50 and 100 were offered, and the hit rate was 100 %."""
    session = FollowSession(Answers())
    panel = ListPanel(session, QWidget())
    qtbot.addWidget(panel)
    session.show_first(100)
    session._take_about(replace(about(), sizes=replace(about().sizes, items=items)))
    assert [panel.lengths.tabText(index) for index in range(panel.lengths.count())] == list(map(str, offered))
    assert session.length == (100 if 100 in offered else offered[0])
    assert panel.lengths.currentIndex() == offered.index(session.length)


MARKUP = "A <b>bold</b> film"


def test_titles_are_shown_letter_by_letter_in_every_tip(qtbot: QtBot) -> None:
    finder, searches = Finder("Find", "Type"), SearchChips()
    for widget in (finder, searches):
        qtbot.addWidget(widget)
    finder.offer([("m", MARKUP)])
    searches.show_tokens([SearchToken(1, MARKUP, 1)])
    tips = (finder._found.item(0).toolTip(), searches.chips[0].toolTip())
    assert all(f"<{JOINER}b>" in tip and "<b>" not in tip for tip in tips)


def test_a_text_without_room_ends_in_an_ellipsis_and_is_kept_whole(qtbot: QtBot) -> None:
    field = ValueField()
    qtbot.addWidget(field)
    field.show_text("Married-civ-spouse")
    assert field.elided_text(60).endswith("…") and field.elided_text(600) == field.text() == "Married-civ-spouse"


def test_enter_takes_only_what_is_found_alone(qtbot: QtBot) -> None:
    finder = Finder("Find", "Type")
    qtbot.addWidget(finder)
    picked: list[str] = []
    finder.picked.connect(picked.append)
    finder.setText("alie")
    finder.offer([("a", "Alien"), ("b", "Aliens")])
    qtbot.keyClick(finder, Qt.Key.Key_Return)
    assert not picked
    finder.offer([("b", "Aliens")])
    finder._offers.popup().hide()
    qtbot.keyClick(finder, Qt.Key.Key_Return)
    assert picked == ["b"]


def test_in_a_small_window_the_parts_follow_one_another(qtbot: QtBot) -> None:
    shown, tabs, why_ = (QWidget() for _ in range(3))
    layout = FollowLayout(shown, tabs, why_)
    qtbot.addWidget(layout)
    layout.show()

    def tops() -> list[int]:
        body = layout.widget()
        return [part.mapTo(body, QPoint(0, 0)).y() for part in (shown, tabs, why_)]

    for _ in range(2):
        layout.resize(620, 545)
        qtbot.waitUntil(lambda: tops()[2] > tops()[1] > 300)
        assert shown.width() > 560 and why_.width() > 560 and layout.verticalScrollBar().maximum() > 0
        layout.resize(1000, 545)  # wide enough for all, not high enough
        qtbot.waitUntil(lambda: tops()[2] == 0 and layout.verticalScrollBar().maximum() > 0)
        layout.resize(1000, 745)
        qtbot.waitUntil(lambda: tops()[2] == 0 and not layout.verticalScrollBar().maximum())
        assert tops()[1] > tops()[0] and shown.width() + why_.width() < 1000


def test_the_line_of_recall_never_folds_back() -> None:
    curve = [
        SearchTime(1, 0.4, 0.1),
        SearchTime(2, 0.6, 0.3),
        SearchTime(4, 0.8, 0.2),
        SearchTime(8, 0.8, 0.25),
        SearchTime(16, 1.0, 0.9),
    ]
    assert [one.probes for one in best_of(curve)] == [1, 4, 16]


def test_recall_is_drawn_upwards_and_time_to_the_right(qapp: object) -> None:
    curve = (SearchTime(1, 0.4, 0.1), SearchTime(2, 0.6, 0.3), SearchTime(4, 0.8, 0.2))
    found = retrieval(curve[1], *curve, k=10, lists=64)
    drawing = draw_recall(found, Frame(240, 110))
    dots = next(mark for mark in drawing.marks if isinstance(mark, Dots))
    served, exact = [mark for mark in drawing.marks if isinstance(mark, Disc)]
    assert (served.x, served.y) == dots.points[1] and exact.x > max(x for x, _ in dots.points)
    assert exact.y < dots.points[2][1] < dots.points[1][1] < dots.points[0][1]
    assert drawing.hit(*dots.points[2]).spoken == "4 lists: 0.20 ms, finds 80.0 %"  # type: ignore[union-attr]
    assert drawing.tip == "64 lists; measured over 50 users, the median of the times"
    assert drawing.table().rows[2] == (4, 0.8, 0.2) and not draw_recall(None, Frame(240, 110)).marks


@pytest.mark.parametrize("height", [211, 300, 333])
def test_the_list_shows_whole_rows(qtbot: QtBot, height: int) -> None:
    made = ShownList()
    qtbot.addWidget(made)
    made.resize(500, height)
    made.show_rows(ShownRows(rows_of(recommendation(), Hues()) * 6))
    made.show()
    seen = made.viewport().height()
    assert seen % ROW == 0 and seen + HEAD > height - ROW and made.verticalScrollBar().singleStep() == ROW


# --- Why -----------------------------------------------------------------------------------------------------------


def why(*given: float, read: bool = True) -> WhyItem:
    """The first is the nearest; ``read``: it too."""
    near = tuple(NearWatch(item(f"n{at}"), 0.9 - at / 10, 4.0 - one, read or at > 0) for at, one in enumerate(given))
    decisive = tuple(sorted((one for one in near if one.read), key=lambda one: -abs(4.0 - one.without)))
    return why_item(4.0, (3.0, 1.5, -0.5), near[:1], decisive)


def test_near_is_told_from_decisive(qtbot: QtBot) -> None:
    panel = WhyPanel()
    qtbot.addWidget(panel)
    for shown, said in (
        (why(0.1, 0.7), "Near is not the same as decisive: the nearest is Title n0."),
        (why(0.7, 0.1), "The nearest one is the decisive one here: Title n0."),
        (why(0.0, 0.3, read=False), "The nearest, Title n0, is too long ago"),
        (why(0.0, 0.001), "No single watched item"),
        (why(), "Nothing has been watched"),
    ):
        panel.show_why(shown)
        assert panel.fetched.near_words.text().startswith(said)
    panel.show_why(why(0.0, 0.3, -0.2, read=False), 200)
    near = panel.fetched.near.drawing
    assert near.description == (
        "Title n1: cosine 0.80; with it the score is higher by 0.30; "
        "Title n2: cosine 0.70; with it the score is lower by 0.20; Title n0: cosine 0.90; too long ago to be read"
    )
    assert near.table().rows[0][0] == "Title n1" and near.table().rows[2][2] == 0.0
    assert "4.00" in panel.fetched.result.text() and "place 1 of 200 fetched" in panel.fetched.result.text()
    for said in ("softmax 2.0 %", "cosine 0.50", "length of v 1.50", "3 products"):
        assert said in panel.fetched.result.toolTip()
    panel.show_why(None)
    assert panel.explained.isHidden()


def test_each_decisive_watch_says_what_it_adds_and_the_score_without_it(qapp: object) -> None:
    given = why(0.7, -0.25)
    drawn = draw_decisive((given.decisive, given.score), Frame(260, 80))
    texts = [mark.text for mark in drawn.marks if isinstance(mark, Text)]
    assert texts[2:] == ["Title n0", "+0.70", "3.30", "Title n1", "−0.25", "4.25"]
    bars = [mark for mark in drawn.marks if isinstance(mark, Rectangle) and mark.fill]
    assert [mark.fill for mark in bars] == [sign_ink(0.7), sign_ink(-0.25)]
    zero = bars[0].rect[0]
    assert zero == bars[1].rect[0] + bars[1].rect[2], "what lifts the score goes right of zero, what lowers it left"
    rows = [(mark.key, str(mark.tip)) for mark in drawn.marks if isinstance(mark, Rectangle) and mark.tip]
    assert ["higher by 0.70" in rows[0][1], "lower by 0.25" in rows[1][1]] == [True, True]
    assert [given for _, _, given in drawn.table().rows] == pytest.approx([0.7, -0.25])


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_what_a_watch_adds_checks_by_hand(score: float, without: float) -> None:
    """6.384 − 7.006 was shown as 6.38, 7.01 and −0.62: the three in sight have to agree."""
    added = given_by(NearWatch(ALIEN, 0.5, without, True), score)
    assert added == round(round(score, 2) - round(without, 2), 2) and abs(added - (score - without)) < 0.0101


TIME = ExpectedTime(
    83.3, 1.1695, 25.871, {"video_language": "English", "user_language": "English", "topic": "news"},
    {"since_topic": 90.0, "since_creator": 2160.0, "previous_impressions": 0.0}, ("since_creator",),
    Assumed((), {}, False), 80.0, 0.1, 800.0,
)  # fmt: skip


def test_the_seconds_that_order_the_list_are_explained(qtbot: QtBot) -> None:
    panel = WhyPanel()
    qtbot.addWidget(panel)
    panel.show_why(why(0.1), 200)
    assert panel.ordered.isHidden()
    panel.show_why(replace(why(0.1), ordered=TIME), 200)
    assert not panel.ordered.isHidden()
    for said in ("<sup>1.1695</sup> × 25.871 s", "83.3 s"):
        assert said in panel.ordered.result.text()
    assert math.exp(1.1695) * 25.871 == pytest.approx(83.3, abs=0.05)  # the printed numbers give the printed result
    facts = {name.full_text: value.text() for name, value in panel.ordered.facts}
    assert facts["language"] == "both English" and facts["creator watched last"] == "never"
    assert facts["topic watched last"].endswith(" ago") and facts["shown before"] == "never (assumed)"
    assert panel.ordered.others.text() == "news" and "isn't ranked" not in panel.ordered.result.text()
    panel.show_why(replace(why(0.1), ordered=TIME, rank=210.0), 200)
    assert "isn't ranked" in panel.ordered.result.text() and "so not fetched" in panel.fetched.result.text()


def test_what_happened_in_truth_is_said_as_far_as_it_is_known() -> None:
    of_alien = why(0.1)
    assert truth_words(of_alien, recommendation(), LOG) == "User 5 watched it next."
    written = replace(LOG, user='u 9, "x"')
    assert truth_words(of_alien, recommendation(), written) == 'u 9, "x" watched it next.'  # a name as it is written
    timed = replace(LOG, held_out=watch(ALIEN, 2**30, watch_seconds=438.0))
    words = truth_words(replace(of_alien, ordered=TIME), recommendation(), timed)
    assert words.startswith("User 5 watched it for 438 s. The site's own rule: 10.0 % click it")
    assert "then watch 800 s, so 80.0 s on average" in words
    assert not truth_words(replace(of_alien, item=item("x")), recommendation(), LOG)


def test_the_nearest_stand_in_a_column_for_each_table(qapp: object) -> None:
    near = (Neighbour(item("x"), 0.9, 3.0, 7.0), Neighbour(item("y"), 0.8, 4.0, 1.0))
    both = Neighbours(ALIEN, near, near[::-1], 2)
    drawn = draw_near(NearLists(both, "inner", (table(9066, 32, 2.1, 0.7),)), Frame(600, 260))
    texts = [mark.text for mark in drawn.marks if isinstance(mark, Text)]
    assert texts[1:5] == ["Title x", "3.00", "Title y", "4.00"] and "9,066 × 32" in texts[5]
    assert drawn.part((1, "x")).spoken == "Title x: 3.00; place 7 in the other table"  # type: ignore[union-attr]
    alone = draw_near(NearLists(replace(both, history_table=None)), Frame(600, 260))
    assert sum(isinstance(mark, Text) for mark in alone.marks) == 5


# --- What it is worth ----------------------------------------------------------------------------------------------


def judged(**rates: float) -> tuple[JudgedRate, ...]:
    return tuple(JudgedRate(who.replace("_", " "), Estimate(rate, 0.01)) for who, rate in rates.items())


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.013, "+1.3 ± 1.8 points, so the two are level."),
        (0.08, "so this network is better"),
        (-0.05, "so EASE is better"),
    ],
)
def test_a_difference_is_told_by_its_own_error(value: float, said: str) -> None:
    worth = Worth(
        671, 9066, 0.0, 0.0, judged(this_network=0.2, popular=0.1, EASE=0.19), {"EASE": Estimate(value, 0.018)}
    )
    assert said in verdict(worth) and strongest(worth) == worth.judged[2]
    same = Worth(671, 9066, 0.0, 0.0, judged(this_network=0.1, popular=0.1), {"popular": Estimate(0.0, 0.0)})
    assert "0.0 ± 0.0 points, so the two are level." in verdict(same)
    assert estimate_text(Estimate(math.nan, math.nan)) == "–" and estimate_text(Estimate(0.255, 0.017)) == "25.5 ± 1.7"
    assert estimate_text(Estimate(0.001, 0.0003)) == "0.10 ± 0.03"


def test_a_list_of_the_whole_catalogue_is_said_to_say_nothing(qtbot: QtBot) -> None:
    judge = Judge(Answers())
    tab = WorthTab(judge)
    qtbot.addWidget(tab)
    judge._worths = {k: Worth(60, 48, 0.0, 0.0, judged(this_network=0.3, popular=0.3), {}) for k in (20, 50)}
    judge.judge_at(50)
    assert "A list of 50 holds all 48 items, so hit rate@50 says nothing." in tab.words.text()
    judge.judge_at(20)
    assert "says nothing" not in tab.words.text()


def test_how_candidates_are_found_is_what_their_list_says() -> None:
    probed = SearchTime(2, 0.9, 0.1)
    found = retrieval(probed, probed)
    for lists, said in ((0, "Here all items are scanned"), (400, "found in an index of 400 lists")):
        assert said in retrieval_words(found, lists)


def test_lists_are_not_said_to_find_what_the_scan_finds_for_them() -> None:
    few, all_of_them = SearchTime(1, 0.025, 0.05), SearchTime(69, 1.0, 0.4)
    found = retrieval(SearchTime(1, 1.0, 0.18), few, all_of_them, lists=69, exact=0.2)
    said = "1 of 69 lists find 2.5 %; with the exact scan where they hold fewer than 200: 0.18 ms, finds 100 %"
    assert said in lists_words(found)
    assert "1 of 69 lists  0.050 ms, finds 2.5 %" in lists_words(replace(found, served=few))


def test_a_random_watch_is_said_to_lift_only_what_it_lifts() -> None:
    last = SplitWorth("last", 671, 0.0, 0.0, judged(this_network=0.25, EASE=0.24, popular=0.13))
    drawn = SplitWorth("random", 671, 0.0, 0.51, judged(EASE=0.4, popular=0.12))
    words = random_words(last, drawn, "last")
    assert "51 %" in words and "EASE from 24.0 % to 40.0 %" in words and "popular" not in words
    assert "Part of that is genuine" not in words
    fewer = random_words(replace(last, repeated=0.74), replace(drawn, repeated=0.69), "last")
    assert "Part of that is genuine: 74 % of the last watches" in fewer and "only 69 % of the random ones" in fewer
    assert "no figure there" in words and "no figure there" not in random_words(last, drawn, "random")


def test_a_checkpoint_is_judged_anew_only_when_it_is_another(qtbot: QtBot, tmp_path: Path) -> None:
    judge, checkpoint = Judge(Answers()), tmp_path / "some.safetensors"
    checkpoint.write_bytes(b"trained")
    assert judge.open(checkpoint, written_at(checkpoint)) and not judge.open(checkpoint, written_at(checkpoint))
    os.utime(checkpoint, ns=(0, 0))
    evidence = EvidenceTabs(FollowSession(Answers()), judge, QWidget())
    qtbot.addWidget(evidence)
    evidence.held_out.switch.setCurrentIndex(1)
    judge.want_splits()
    assert not judge.waits_for("split_study")
    judge.judge_at(50)
    for tab in (evidence.worth, evidence.held_out):
        assert "trained further since" in tab.waiting.words.text(), "another length is no news"
    assert judge.open(checkpoint, written_at(checkpoint))
    assert evidence.worth.waiting.words.text() == "Not computed yet."


# --- The time line -------------------------------------------------------------------------------------------------


def test_sittings_are_parted_by_long_pauses() -> None:
    times = [0, 60, PAUSE + 60, PAUSE + 70]
    assert [one.seconds for one in sittings_of(times)] == [60, 10]
    assert sittings_of([]) == []


STRIP = Frame(500, 100)


def test_a_watch_held_out_from_among_the_others_stands_among_them(qapp: object) -> None:
    assert WatchTimeLine(LOG).held_place is None  # it comes after them all
    among = WatchTimeLine(replace(LOG, held_out=watch(ALIEN, LOG.history[0].time)), known=True)
    assert among.held_place == LOG.history[0].time
    strokes, disc = strokes_and_disc(among)
    assert disc.x == strokes[0]
    between = WatchTimeLine(user(tuple(watch(item(str(at)), at) for at in (0, 1, 3)), watch(ALIEN, 2)), known=True)
    assert between.held_place == 1.5
    strokes, disc = strokes_and_disc(between)
    assert strokes[1] < disc.x < strokes[2]
    strokes, disc = strokes_and_disc(WatchTimeLine(LOG, known=True))
    assert disc.x > max(strokes)


def strokes_and_disc(line: WatchTimeLine) -> tuple[list[float], Disc]:
    """Where the watches stand, and the one that is held out."""
    marks = draw_time_line(line, STRIP).marks
    (disc,) = [mark for mark in marks if isinstance(mark, Disc)]
    return [x for mark in marks if isinstance(mark, Lines) for x, *_ in mark.ends], disc


def test_a_time_has_its_place_in_stretches_and_between_them() -> None:
    stretches = [Stretch((0, 100), 0.0, 108.0), Stretch((500, 600), 200.0, 308.0)]
    assert [place_of(stretches, time) for time in (-5, 0, 50, 100, 300, 550, 900)] == [4, 4, 54, 104, 154, 254, 304]


def test_what_was_drawn_at_random_is_not_called_the_next_or_the_last(qtbot: QtBot) -> None:
    session = FollowSession(Answers())
    judge = Judge(Answers(), session)
    evidence, listed = EvidenceTabs(session, judge, QWidget()), ListPanel(session, QWidget())
    for widget in (evidence, listed):
        qtbot.addWidget(widget)
    for held_out, heading, standing, mark in (
        ("last", "Last watch held out", "Title alien, watched next,", "watched next"),
        ("random", "Random watch held out", "Title alien, held out,", "held out"),
    ):
        session.about = about(held_out=held_out)
        session.recommendation = replace(recommendation(), drawn=session.drawn)
        judge._worths = {judge.length: Worth(5, 9, 0.2, 0.3, (), {})}
        session.about_known.emit()
        session.recommended.emit()
        judge.changed.emit()
        assert evidence.held_out.held.text() == heading and standing in listed.verdict.full_text
        assert next(row for row in listed.rows.rows if row.mark).spoken.endswith(mark)
        words = evidence.worth.words.text()
        assert "held-out watches have another" in words and "at most 70 % can be hit" in words
        assert "30 % of the held-out watches are of items watched before" in words
    assert evidence.held_out.switch.tabText(0) == "Its own"
    assert evidence.minimumSizeHint().width() < 500  # as wide as the page is at 150 %


def test_the_dot_of_the_verdict_follows_the_theme(qtbot: QtBot) -> None:
    session = FollowSession(Answers())
    session.recommendation = recommendation()
    listed = ListPanel(session, QWidget())
    qtbot.addWidget(listed)
    light = listed.dot.styleSheet()
    theme.set_theme("dark")
    try:
        assert listed.dot.styleSheet() != light
    finally:
        theme.set_theme("light")
    assert listed.dot.styleSheet() == light


def test_neighbours_are_told_by_what_they_were_asked_by(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    session = FollowSession(Answers())
    asked: list[tuple[str, Callable[[Neighbours], None]]] = []
    monkeypatch.setattr(session, "find_near", lambda _name, by, _count, then: asked.append((by, then)))
    monkeypatch.setattr(session, "look_at_tables", lambda _then: None)
    session.why = why_item(1.0, (1.0,), (), ())
    near = NearItemsTab(session)
    qtbot.addWidget(near)
    near.show()
    near.by.buttons["inner"].click()
    assert [by for by, _ in asked] == ["cosine", "inner"]
    asked[0][1](Neighbours(ALIEN, (Neighbour(item("x"), 0.9, 3.0, 7.0),), None, None))
    assert near._data.by == "cosine"  # the answer came after the switch


def test_a_log_without_times_has_an_order_and_no_dates(qapp: object) -> None:
    line = WatchTimeLine(LOG, known=True)
    said = draw_time_line(line, STRIP).description
    assert line.timed and said == "3 watches, from 2001-09-09 01:46 to 2001-09-09 01:46 (UTC)"
    line = WatchTimeLine(user(tuple(watch(item(name), at) for at, name in enumerate("abc"))), known=True)
    strokes = [x for mark in draw_time_line(line, STRIP).marks if isinstance(mark, Lines) for x, *_ in mark.ends]
    assert not line.timed and "has no times" in draw_time_line(line, STRIP).description
    assert strokes[2] - strokes[1] == pytest.approx(strokes[1] - strokes[0])
    nobody = draw_time_line(WatchTimeLine(None, known=True), STRIP)
    assert not nobody.description and [type(mark) for mark in nobody.marks] == [Text]
    assert not draw_time_line(WatchTimeLine(), STRIP).marks


def test_hit_rates_stand_on_one_axis_with_their_errors(qapp: object) -> None:
    judged = (
        JudgedRate(NETWORK, Estimate(0.20, 0.02)),
        JudgedRate("popular", Estimate(0.10, math.nan)),
        JudgedRate("random", Estimate(math.nan, math.nan)),
    )
    unknown = Estimate(math.nan, math.nan)
    drawing = draw_hit_rates(HitRates(judged, ((NETWORK, Estimate(0.25, 0.02)), ("popular", unknown))), Frame(400, 116))
    ring, network, popular = [mark for mark in drawing.marks if isinstance(mark, Disc)]
    assert ring.stroke and ring.x > network.x > popular.x
    whiskers = [mark for mark in drawing.marks if isinstance(mark, Lines) and mark.width == 1.6]
    left, _, right, _ = whiskers[0].ends[0]
    assert right - network.x == pytest.approx(network.x - left) == pytest.approx(0.2 * (network.x - popular.x))
    assert drawing.description.startswith("this network: 20.0 ± 2.0; ")
    assert drawing.table().rows[0] == (NETWORK, 0.20, 0.02) and not draw_hit_rates(HitRates(), STRIP).marks


def test_a_line_does_not_begin_with_a_per_cent_sign(qtbot: QtBot) -> None:
    label = wrapped("finds 97.5 %")
    qtbot.addWidget(label)
    assert label.text() == "finds 97.5 %" and QLabel.text(label) == "finds 97.5\N{NO-BREAK SPACE}%"


def test_a_sentence_is_shown_whole_and_in_a_single_line_where_that_is_all_there_is(qtbot: QtBot) -> None:
    words = "Missed: a film with a long title, watched next, is at place 180, a candidate that is not shown."
    label = Sentence(words)
    qtbot.addWidget(label)
    label.resize(240, 60)
    assert label.text() == words and label.heightForWidth(240) > label.fontMetrics().height() * 1.5
    label.set_single(single=True)
    assert label.text().endswith("…") and label.full_text == words and "place 180" in label.toolTip()
    label.set_single(single=False)
    assert label.text() == words and not label.toolTip()
