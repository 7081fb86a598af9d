"""The parts of the map by themselves: finding titles, placing names."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from app.workspaces.recommender.map.finding import TitleIndex
from app.workspaces.recommender.map.labels import Wish, place

ROOM = QRectF(0, 0, 200, 100)


def wish(row: int, x: float, y: float, width: float = 60.0) -> Wish:
    return Wish(row, QPointF(x, y), 3.0, width, strong=False)


def test_titles_are_found_by_any_part_those_that_begin_with_it_first() -> None:
    titles = ["The Alien", "ALIENS", "Alien", "Brief encounter", "alien\nalien", ""]
    index = TitleIndex(titles, [3, 0, 2, 1, 4, 5])
    assert index.find("alien") == [2, 1, 4, 0]
    assert index.find(" ALIEN ", most=2) == [2, 1]
    assert index.find("brief") == [3]
    assert index.find("") == index.find("  ") == index.find("zebra") == []
    assert TitleIndex([], []).find("a") == []


def test_a_search_does_not_run_from_one_title_into_the_next() -> None:
    assert TitleIndex(["ab", "cd"], [0, 1]).find("b\nc") == []
    assert TitleIndex(["ab", "bb"], [0, 1]).find("b") == [1, 0]


def test_the_first_names_get_their_place_and_no_two_overlap() -> None:
    made = place([wish(row, 100, 50 + row) for row in range(12)], ROOM, [], 14.0, {})
    assert [label.row for label in made][:4] == [0, 1, 2, 3][: len(made)]
    assert all(not one.box.intersects(other.box) for one in made for other in made if one is not other)


def test_a_name_at_the_edge_goes_to_the_other_side_or_nowhere() -> None:
    (label,) = place([wish(0, 195, 50)], ROOM, [], 14.0, {})
    assert label.side == 1 and ROOM.contains(label.box)
    assert place([wish(0, 195, 50, width=300)], ROOM, [], 14.0, {}) == []


def test_marks_are_not_covered() -> None:
    (label,) = place([wish(0, 100, 50)], ROOM, [QRectF(104, 40, 80, 20)], 14.0, {})
    assert label.side == 1


def test_a_name_stays_on_its_side_while_that_is_free() -> None:
    (before,) = place([wish(0, 100, 50)], ROOM, [QRectF(104, 40, 80, 20)], 14.0, {})
    (after,) = place([wish(0, 100, 50)], ROOM, [], 14.0, {0: before})
    assert after.side == before.side == 1
