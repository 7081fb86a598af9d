"""The parts of the map by themselves: finding titles, placing names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF

from app.workspaces.recommender.map.item_map import find_titles
from app.workspaces.recommender.map.view import NameWish, PlacedName, place_names

NOTHING = np.empty((0, 4))
ROOM = QRectF(0, 0, 200, 100)


def place(wishes: list[NameWish], room: QRectF, taken: np.ndarray, before: dict[int, PlacedName]) -> list[PlacedName]:
    return list(place_names(wishes, room, taken, before).values())


def wish(row: int, x: float, y: float, width: float = 60.0) -> NameWish:
    return NameWish(row, (x, y), 3.0, width, strong=False)


def test_titles_are_found_by_any_part_those_that_begin_with_it_first() -> None:
    titles = ["brief encounter", "the alien", "alien", "aliens", "alien\nalien", ""]
    assert find_titles(titles, "alien") == [2, 3, 4, 1]
    assert find_titles(titles, " ALIEN ", 2) == [2, 3]
    assert find_titles(titles, "") == find_titles(titles, "  ") == find_titles(titles, "zebra") == []


def test_the_first_names_get_their_place_and_no_two_overlap() -> None:
    made = place([wish(row, 100, 50 + row) for row in range(12)], ROOM, NOTHING, {})
    assert [label.row for label in made][:4] == [0, 1, 2, 3][: len(made)]
    assert all(not one.box.intersects(other.box) for one in made for other in made if one is not other)


def test_a_name_at_the_edge_goes_to_the_other_side_or_nowhere() -> None:
    (label,) = place([wish(0, 195, 50)], ROOM, NOTHING, {})
    assert label.side == 1 and ROOM.contains(label.box)
    assert place([wish(0, 195, 50, width=300)], ROOM, NOTHING, {}) == []


def test_marks_are_not_covered() -> None:
    (label,) = place([wish(0, 100, 50)], ROOM, np.array([(104, 40, 184, 60)]), {})
    assert label.side == 1


def test_what_was_asked_for_has_its_name_over_marks_if_need_be() -> None:
    everywhere = np.array([(0, 0, 200, 100)])
    asked = replace(wish(0, 100, 50), urgent=True)
    assert [label.row for label in place([asked, wish(1, 20, 20)], ROOM, everywhere, {})] == [0]
    (label,) = place([asked], ROOM, np.array([(104, 40, 184, 60)]), {})
    assert label.side == 1


def test_a_name_stays_on_its_side_while_that_is_free() -> None:
    (before,) = place([wish(0, 100, 50)], ROOM, np.array([(104, 40, 184, 60)]), {})
    (after,) = place([wish(0, 100, 50)], ROOM, NOTHING, {0: before})
    assert after.side == before.side == 1


def test_however_many_marks_there_are_a_name_covers_none_and_finds_what_room_is_left() -> None:
    random = np.random.default_rng(3)
    corners = random.uniform((0, 0), (195, 95), (3000, 2))
    corners = corners[~((corners[:, 0] > 90) & (corners[:, 0] < 170) & (corners[:, 1] > 30) & (corners[:, 1] < 60))]
    marks = np.concatenate([corners, corners + 3.0], axis=1)
    made = place([wish(at, x, y) for at, (x, y) in enumerate(corners[:200].tolist())], ROOM, marks, {})
    assert made and not any(
        label.box.intersects(QRectF(left, top, right - left, bottom - top))
        for label in made
        for left, top, right, bottom in marks.tolist()
    )
