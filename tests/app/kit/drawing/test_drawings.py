"""Drawings as data: what differs between two, where arrow keys lead, what is copied. No window."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from app.kit.drawing.drawing import Drawing, reconcile, remembered
from app.kit.drawing.marks import Disc, Group, Mark, Rectangle, call
from app.kit.drawing.number import NumberMark
from app.kit.export import ExportTable

pytestmark = pytest.mark.usefixtures("qapp")


def row(*keys: str, ink: str = "accent") -> tuple[Disc, ...]:
    return tuple(Disc(20.0 * ord(key), 10, 5, ink, key=key) for key in keys)


def test_equal_marks_stay_the_same_objects_and_nothing_is_repainted() -> None:
    old = row("a", "b")
    marks, region = reconcile(old, row("a", "b"))
    assert all(mark is was for mark, was in zip(marks, old, strict=True)) and region.isEmpty()


def test_only_what_differs_is_repainted() -> None:
    old = row("a", "b", "c")
    changed = Disc(20.0 * ord("b"), 10, 8, "text", key="b")
    marks, region = reconcile(old, (old[0], changed, old[2]))
    assert marks == (old[0], changed, old[2])
    assert region.boundingRect() == changed.area
    assert not region.contains(old[0].area.center()) and not region.contains(old[2].area.center())


@pytest.mark.parametrize(
    ("before", "after", "repainted"),
    [
        ("abc", "abcd", "d"),
        ("abc", "bc", "a"),
        ("abcd", "acd", "b"),
        ("abcd", "aXYcd", "bXY"),
        ("abcde", "be", "acd"),
    ],
)
def test_marks_are_matched_by_their_keys(before: str, after: str, repainted: str) -> None:
    old, new = row(*before), row(*after)
    marks, region = reconcile(old, new)
    assert marks == new
    known = {mark.key: mark for mark in old}
    assert all(mark is known[mark.key] for mark in marks if mark.key in known)
    places = {mark.key: mark.area.center() for mark in (*old, *new)}
    assert {key for key, place in places.items() if region.contains(place)} == set(repainted)


def test_marks_in_another_order_are_repainted_where_they_overlap() -> None:
    left, right = Rectangle((0, 0, 20, 20), "accent", key=1), Rectangle((10, 0, 20, 20), "text", key=2)
    extra = Rectangle((90, 90, 5, 5), "text", key=3)
    marks, region = reconcile((left, right), (right, left, extra))
    assert marks[:2] == (right, left) and region.contains(QPoint(15, 10))


def test_a_group_is_drawn_again_only_when_its_arguments_change_and_not_when_it_moves() -> None:
    drawn = []

    def draw(ink: str) -> tuple[Mark, ...]:
        drawn.append(ink)
        return row("a", "b", ink=ink)

    def whole(ink: str, x: float) -> tuple[Mark, ...]:
        return (Group(call(draw, ink), shift=(x, 0.0)),)

    old = whole("accent", 0.0)
    _ = old[0].bounds
    (moved,), region = reconcile(old, whole("accent", 30.0))
    assert moved.bounds.left() == old[0].bounds.left() + 30 and drawn == ["accent"]
    assert region.boundingRect() == old[0].area.united(moved.area)
    (inked,), region = reconcile((moved,), whole("text", 30.0))
    assert isinstance(inked, Group) and inked.marks == row("a", "b", ink="text") and drawn == ["accent", "text"]
    assert region.boundingRect().width() <= moved.area.width() + 2


def test_one_part_of_a_group_is_repainted_alone() -> None:
    def draw(inks: tuple[str, ...]) -> list[Mark]:
        return [Rectangle((100.0 * place, 0, 10, 10), ink) for place, ink in enumerate(inks)]

    old: tuple[Mark, ...] = (Group(call(draw, ("accent", "accent", "accent"))),)
    _ = old[0].bounds
    _, region = reconcile(old, (Group(call(draw, ("accent", "text", "accent"))),))
    assert region.contains(QPoint(105, 5)) and not region.contains(QPoint(5, 5)) and not region.contains(QPoint(205, 5))


def test_arrow_keys_go_to_the_nearest_mark_in_their_direction() -> None:
    grid = tuple(Disc(40.0 * x, 30.0 * y, 5, "text", key=(x, y)) for y in range(3) for x in range(3))
    drawing = Drawing(grid)
    assert drawing.step(None, 1, 0) == (0, 0)
    assert drawing.step((1, 1), 1, 0) == (2, 1) and drawing.step((1, 1), -1, 0) == (0, 1)
    assert drawing.step((1, 1), 0, 1) == (1, 2) and drawing.step((1, 1), 0, -1) == (1, 0)
    assert drawing.step((2, 1), 1, 0) is None


def test_an_order_is_followed_to_its_ends() -> None:
    drawing = Drawing(row("a", "b", "c"), order=("c", "a", "b"))
    assert drawing.step(None, 1, 0) == "c" and drawing.step(None, -1, 0) == "b"
    assert drawing.step("c", 0, 1) == "a" and drawing.step("b", 1, 0) == "b" and drawing.step("c", -1, 0) == "c"
    assert Drawing(order=()).step(None, 1, 0) is None


def test_a_table_lists_the_numbers_unless_the_view_says_another_one() -> None:
    numbers = (
        NumberMark("0.5", (0, 0, 40, 20), value=0.512, key=1, tip="first"),
        NumberMark("2.0", (0, 20, 40, 20), value=2.0, key=2, tip="second", hidden=True),
        NumberMark("7", (0, 40, 40, 20), value=7.0),
    )
    assert Drawing(numbers).table() == ExportTable(("number", "value"), [("first", 0.512)])
    assert Drawing(numbers, numbers=call(ExportTable, ("x",), ((1,),))).table() == ExportTable(("x",), ((1,),))


def test_results_are_remembered_by_comparing_arguments() -> None:
    made = []

    @remembered(2)
    def double(values: list[int]) -> list[int]:
        made.append(values)
        return [2 * value for value in values]

    assert double([1]) == double([1]) == [2] and len(made) == 1
    double([2]), double([3]), double([1])
    assert made == [[1], [2], [3], [1]]


def test_arrays_are_compared_by_identity() -> None:
    made: list[int] = []

    @remembered()
    def total(values: np.ndarray) -> float:
        made.append(1)
        return float(values.sum())

    values = np.ones(3)
    assert total(values) == total(values) == total(np.ones(3)) == 3.0
    assert len(made) == 2
