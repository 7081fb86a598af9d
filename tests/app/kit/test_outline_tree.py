"""The outline beside a drawing: rows stay through changes, numbers are typed over, keys walk."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.kit.announce import recorded
from app.kit.widgets.outline_tree import OutlineItem, OutlineTree


def network(w: float = 0.5, *, last: bool = False, swapped: bool = False) -> tuple[OutlineItem, ...]:
    weights = (OutlineItem("w1", "weight w₁", number=w), OutlineItem("w2", "weight w₂", number=-1.0, note="from x₂"))
    unit = OutlineItem("unit", "the unit", tuple(reversed(weights)) if swapped else weights, note="sum 1.50")
    inputs = OutlineItem("in", "inputs", (OutlineItem("x1", "x₁"), OutlineItem("deep", "x₂", (OutlineItem("z", "z"),))))
    return (inputs, unit, OutlineItem("out", "output")) if last else (inputs, unit)


@pytest.fixture
def tree(qtbot: QtBot) -> OutlineTree:
    made = OutlineTree("Outline of the unit")
    qtbot.addWidget(made)
    made.show_items(network())
    made.resize(260, 260)
    with qtbot.waitExposed(made):
        made.show()
    return made


def texts(tree: OutlineTree) -> list[str]:
    """Every row that is in sight, in order."""
    found, index = [], tree.outline.index(0, 0)
    while index.isValid():
        found.append(index.data())
        index = tree.indexBelow(index)
    return found


def at(tree: OutlineTree, key: object) -> QModelIndex:
    index = tree.outline.index_of(key)
    assert index.isValid()
    return index


def point(tree: OutlineTree, key: object) -> QPoint:
    return tree.visualRect(at(tree, key)).center()


def test_it_is_a_sound_model(tree: OutlineTree) -> None:
    tester = QAbstractItemModelTester(tree.outline, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for items in (network(last=True), network(swapped=True), (), network(2.0), network(2.5)):
        tree.show_items(items)
    assert tester.model() is tree.outline


def test_top_rows_are_open_and_deeper_ones_are_not(tree: OutlineTree) -> None:
    assert texts(tree) == ["inputs", "x₁", "x₂", "the unit", "weight w₁", "weight w₂"]


def test_what_is_open_chosen_and_in_sight_stays(tree: OutlineTree) -> None:
    tree.setExpanded(at(tree, "deep"), True)
    tree.setExpanded(at(tree, "unit"), False)
    tree.setCurrentIndex(at(tree, "z"))
    tree.show_items((OutlineItem("new", "new one", (OutlineItem("n", "n"),)), *network(last=True, swapped=True)))
    assert texts(tree) == ["new one", "n", "inputs", "x₁", "x₂", "z", "the unit", "output"]
    assert tree.current == "z"
    tree.setExpanded(at(tree, "unit"), True)
    assert texts(tree)[-3:-1] == ["weight w₂", "weight w₁"]


def test_the_chosen_row_may_go(tree: OutlineTree) -> None:
    tree.setCurrentIndex(at(tree, "w1"))
    chosen: list[object] = []
    tree.chosen.connect(chosen.append)
    tree.show_items(network()[:1])
    assert tree.current != "w1" and not chosen


def test_other_numbers_in_the_same_rows_are_told_for_rows_in_sight(tree: OutlineTree) -> None:
    told: list[object] = []
    tree.outline.dataChanged.connect(lambda index, _end, _roles: told.append(tree.outline.key(index)))
    tree.show_items(network(0.75))
    assert told == ["w1"]
    assert at(tree, "w1").data(Qt.ItemDataRole.AccessibleTextRole) == "weight w₁ 0.75"
    tree.setExpanded(at(tree, "unit"), False)
    tree.show_items(network(0.8))
    assert told == ["w1"]


def test_the_person_chooses_and_the_drawing_does(tree: OutlineTree) -> None:
    chosen: list[object] = []
    tree.chosen.connect(chosen.append)
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=point(tree, "unit"))
    QTest.keyClick(tree, Qt.Key.Key_Down)
    assert chosen == ["unit", "w1"]
    tree.show_chosen("z")
    assert tree.current == "z" and tree.isExpanded(at(tree, "deep")) and chosen == ["unit", "w1"]
    tree.show_chosen(None)
    assert tree.current is None


def test_pointing_at_rows(tree: OutlineTree) -> None:
    seen: list[object] = []
    tree.pointed.connect(seen.append)
    QTest.mouseMove(tree.viewport(), point(tree, "w1"))
    QTest.mouseMove(tree.viewport(), point(tree, "unit"))
    QTest.mouseMove(tree.viewport(), QPoint(5, 255))
    assert seen == ["w1", "unit", None]


def editor(tree: OutlineTree) -> QLineEdit:
    (found,) = [one for one in tree.viewport().findChildren(QLineEdit) if one.isVisible()]
    return found


def test_a_number_is_typed_over(qtbot: QtBot, tree: OutlineTree) -> None:
    tree.setCurrentIndex(at(tree, "w1"))
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert editor(tree).text() == "0.5"
    QTest.keyClicks(editor(tree), "-1,25")
    with qtbot.waitSignal(tree.number_edited, check_params_cb=lambda key, value: (key, value) == ("w1", -1.25)):
        QTest.keyClick(editor(tree), Qt.Key.Key_Return)


def test_what_is_no_number_is_refused(tree: OutlineTree) -> None:
    edited: list[object] = []
    tree.number_edited.connect(lambda key, _value: edited.append(key))
    tree.setCurrentIndex(at(tree, "w1"))
    QTest.keyClick(tree, Qt.Key.Key_F2)
    QTest.keyClicks(editor(tree), "inf")
    with recorded() as said:
        QTest.keyClick(editor(tree), Qt.Key.Key_Return)
        QApplication.processEvents()
    assert not edited and "such as 0.5" in said[0][0]


def test_a_row_without_a_number_is_not_typed_over(tree: OutlineTree) -> None:
    tree.setCurrentIndex(at(tree, "x1"))
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert not [one for one in tree.viewport().findChildren(QLineEdit) if one.isVisible()]


def test_two_rows_with_one_key_are_refused(tree: OutlineTree) -> None:
    with pytest.raises(ValueError, match="'x1'"):
        tree.show_items((OutlineItem("x1", "a"), OutlineItem("x1", "b")))
    assert texts(tree)[0] == "inputs"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_lit_rows_have_a_ground(qtbot: QtBot, tree: OutlineTree, name: str) -> None:
    theme.set_theme(name)
    QApplication.processEvents()
    plain = tree.grab().toImage()
    tree.light({"w1"})
    lit = tree.grab().toImage()
    row = tree.viewport().mapTo(tree, tree.visualRect(at(tree, "w1")).topLeft()) + QPoint(2, 2)
    other = tree.viewport().mapTo(tree, tree.visualRect(at(tree, "w2")).topLeft()) + QPoint(2, 2)
    assert plain.pixel(row) != lit.pixel(row) and plain.pixel(other) == lit.pixel(other)
    tree.light(())
    assert tree.grab().toImage() == plain
    theme.set_theme("light")
