"""The map of items, as a person meets it: by mouse, by keys, by ear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from app.kit import announce, theme
from app.kit.drawing.columns import Dots
from app.kit.drawing.marks import Disc, Group, Picture, Rectangle
from app.kit.kernels import notifier
from app.workspaces.recommender.map import view as map_view
from app.workspaces.recommender.map.item_map import ItemMapPanel
from app.workspaces.recommender.map.scene import MapContent
from engine.recommenders.serving.tour import first_two
from tests.app.workspaces.recommender.map_rig import content, show_now

LEFT = Qt.MouseButton.LeftButton
NONE, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[ItemMapPanel]:
    """A map of 400 items, in sight; closed at the end."""
    widget = ItemMapPanel()
    qtbot.addWidget(widget)
    widget.resize(800, 400)
    widget.set_content(content())
    widget.show()
    qtbot.waitExposed(widget)
    widget.view.setFocus()
    yield widget
    widget.close_work()
    widget.hide()


def move(widget: ItemMapPanel, to: QPointF, buttons: Qt.MouseButton = Qt.MouseButton.NoButton, keys=NONE) -> None:
    kind = QMouseEvent.Type.MouseMove
    place = QPointF(widget.view.mapToGlobal(to))
    QApplication.sendEvent(widget.view, QMouseEvent(kind, to, place, LEFT, buttons, keys))


def drag(widget: ItemMapPanel, start: QPointF, by: QPointF, keys=NONE) -> None:
    QTest.mousePress(widget.view, LEFT, keys, start.toPoint())
    for step in (0.5, 1.0):
        move(widget, start + by * step, LEFT, keys)
    QTest.mouseRelease(widget.view, LEFT, keys, (start + by).toPoint())


def place(widget: ItemMapPanel, row: int) -> QPointF:
    return widget.view.at(row)


def lonely(widget: ItemMapPanel) -> int:
    """The item that is farthest from its nearest neighbour."""
    places = widget.scene.places
    away = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(away, np.inf)
    return int(away.min(axis=1).argmax())


def test_hovering_says_which_item_it_is_and_a_click_picks_it(shown: ItemMapPanel, qtbot: QtBot) -> None:
    row = lonely(shown)
    move(shown, place(shown, row))
    show_now(shown.view)
    assert shown.view.data.pointed == row  # it has a card
    with qtbot.waitSignal(shown.item_picked) as picked:
        QTest.mouseClick(shown.view, LEFT, NONE, place(shown, row).toPoint())
    assert picked.args == [row]
    move(shown, QPointF(1, 1))
    show_now(shown.view)
    assert shown.view.data.pointed is None


def test_dragging_pans_and_picks_nothing(shown: ItemMapPanel, qtbot: QtBot) -> None:
    before, row = place(shown, 0), lonely(shown)
    with qtbot.assertNotEmitted(shown.item_picked):
        drag(shown, QPointF(place(shown, row).toPoint()), QPointF(60, -30))
    assert place(shown, 0) == before + QPointF(60, -30)


def test_keys_pan_zoom_show_all_and_pick_the_middle(shown: ItemMapPanel, qtbot: QtBot) -> None:
    camera = shown.view.viewport.camera
    whole, before = camera.scale, place(shown, 0)
    QTest.keyClick(shown.view, Qt.Key.Key_Right)
    assert place(shown, 0).x() < before.x()
    QTest.keyClick(shown.view, Qt.Key.Key_Up)
    assert place(shown, 0).y() > before.y()
    QTest.keyClick(shown.view, Qt.Key.Key_Plus)
    assert camera.scale > whole
    QTest.keyClick(shown.view, Qt.Key.Key_Minus)
    assert camera.scale == pytest.approx(whole)
    QTest.keyClick(shown.view, Qt.Key.Key_0)
    assert camera.scale == whole and place(shown, 0) == before
    middle = QPointF(shown.view.rect().center())
    away = [(place(shown, row) - middle) for row in range(400)]
    nearest = min(range(400), key=lambda row: QPointF.dotProduct(away[row], away[row]))
    with qtbot.waitSignal(shown.item_picked) as picked:
        QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert picked.args == [nearest]


def test_the_wheel_with_ctrl_zooms_about_the_pointer(shown: ItemMapPanel) -> None:
    row = lonely(shown)
    at = place(shown, row)
    wheel = QWheelEvent(
        at, QPointF(shown.view.mapToGlobal(at)), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, CONTROL,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    before = shown.view.viewport.camera.scale
    QApplication.sendEvent(shown.view, wheel)
    assert shown.view.viewport.camera.scale > 1.2 * before
    assert (place(shown, row) - at).manhattanLength() < 1e-6


def test_a_title_is_found_and_flown_to(shown: ItemMapPanel, qtbot: QtBot) -> None:
    QTest.keyClick(shown, Qt.Key.Key_F, CONTROL)
    assert QApplication.focusWidget() is shown.finder or shown.finder.hasFocus() or not shown.isActiveWindow()
    QTest.keyClicks(shown.finder, "film 37")
    offers = offered(shown, qtbot)
    assert offers.accessibleName() == "Find an item" and offers.currentIndex().data() == "Film 37"
    with announce.recorded() as said, qtbot.waitSignal(shown.item_picked) as picked:
        QTest.keyClick(offers, Qt.Key.Key_Return)
    assert "Film 37" in said[0][0] and "Comedy" in said[0][0]
    assert picked.args == [37]  # it is explained, as one that is clicked
    assert offers.isHidden() and not shown.finder.text()
    until_landed(qtbot, shown)
    middle = QPointF(shown.view.width() / 2, shown.view.height() / 2)
    assert (place(shown, 37) - middle).manhattanLength() < 2
    show_now(shown.view)
    shown.grab()
    assert shown.view.names[37].strong
    with qtbot.waitSignal(shown.item_picked) as picked:
        QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert picked.args == [37]


def until_landed(qtbot: QtBot, shown: ItemMapPanel) -> None:
    qtbot.waitUntil(lambda: shown.view._flight.state() == QVariantAnimation.State.Stopped)


def test_what_is_in_view_is_a_list_that_can_be_heard(shown: ItemMapPanel, qtbot: QtBot) -> None:
    shown.finder.setFocus()
    QTest.keyClick(shown.finder, Qt.Key.Key_Down)
    offers = offered(shown, qtbot)
    titles = [offers.model().index(row, 0).data() for row in range(offers.model().rowCount())]
    assert titles == [f"Film {row}" for row in range(40)]  # the most popular first
    QTest.keyClick(offers, Qt.Key.Key_Down)
    QTest.keyClick(offers, Qt.Key.Key_Return)
    assert shown.scene.found == 1
    until_landed(qtbot, shown)


def offered(shown: ItemMapPanel, qtbot: QtBot) -> QAbstractItemView:
    """Wait for the list of what is found."""
    offers = shown.finder._offers.popup()
    qtbot.waitUntil(offers.isVisible)
    return offers


def test_it_says_in_words_what_it_shows(shown: ItemMapPanel) -> None:
    shown.set_content(replace(shown.content, watched=(3, 4), shown=(8,)))
    said = shown.view.accessibleDescription()
    assert "400 items" in said and "2 watched: Film 3, Film 4" in said and "1 shown: Film 8" in said
    assert shown.view.accessibleName() == "Item map"
    share = shown.scene.share(first_two(4))
    assert f"two principal directions, {round(100 * share)} % of the variance" in said
    coordinates = shown.content.coordinates.astype(np.float64)
    variances = coordinates.var(axis=0)
    assert share == pytest.approx(0.6 * variances[:2].sum() / variances.sum(), rel=1e-4)


def test_items_without_a_place_are_counted_and_left_out(shown: ItemMapPanel) -> None:
    broken = content(seed=3)
    broken.coordinates[:7] = np.nan
    shown.set_content(broken)
    show_now(shown.view)
    shown.grab()
    assert "7 without a place" in shown.view.accessibleDescription()
    shown.fly_to(0)
    assert shown.view._flight.state() == QVariantAnimation.State.Stopped


def test_colours_can_be_chosen_and_are_neither_blue_nor_orange(shown: ItemMapPanel) -> None:
    colours = shown.scene.colours
    assert [name for _colour, name in colours.entries] == ["Drama", "Comedy", "Horror"]
    signs = {theme.colour(name).name() for name in ("positive", "negative")}
    assert not signs & {colour.name() for colour, _name in colours.entries}
    assert colours.colour(0) == colours.colour(3) != colours.colour(1)
    shown.colouring.setCurrentIndex(2)
    shown.colouring.activated.emit(2)
    assert shown.scene.key == "year" and shown.scene.colours.ends == ("1950", "1951")
    assert shown.scene.colours.colour(2) == shown.scene.colours.colour(5)  # not known
    shown.set_content(content(seed=1))
    assert shown.colouring.key == "year"  # kept with another map


@pytest.mark.parametrize("drawn_by", ["hand", "kernels"])
def test_points_have_the_colour_of_their_kind_in_both_themes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, drawn_by: str
) -> None:
    monkeypatch.setattr(map_view.warm, "ready", lambda: drawn_by == "kernels")
    widget = ItemMapPanel()
    qtbot.addWidget(widget)
    widget.resize(800, 400)
    widget.set_content(content())
    widget.show()
    try:
        for name in ("light", "dark"):
            theme.set_theme(name)
            row = lonely(widget)
            show_now(widget.view)
            image = widget.view.grab().toImage()
            seen = QColor(image.pixel((place(widget, row) * image.devicePixelRatio()).toPoint()))
            wanted = widget.scene.colours.colour(row)
            assert max(abs(seen.red() - wanted.red()), abs(seen.green() - wanted.green())) < 70
    finally:
        theme.set_theme("light")
        widget.close_work()
        widget.hide()


def test_pointing_at_another_item_leaves_the_points_picture_as_it_is(
    shown: ItemMapPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_view.warm, "ready", lambda: True)
    shown.set_content(content(seed=2))
    show_now(shown.view)
    before, row = shown.view.drawing.marks, lonely(shown)
    move(shown, place(shown, row))
    show_now(shown.view)
    assert shown.view.drawing.marks != before
    assert isinstance(before[0], Picture) and shown.view.drawing.marks[0] is before[0]
    shown.view.viewport.pan(QPointF(30, 20))
    show_now(shown.view)
    assert shown.view.drawing.marks[0] is not before[0]


def test_the_most_important_points_are_dots_until_the_kernels_are_loaded(
    shown: ItemMapPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_view.warm, "ready", lambda: False)
    monkeypatch.setattr(map_view, "MOST_DOTS", 10)
    shown.set_content(content(seed=2))
    show_now(shown.view)
    dots = shown.view.drawing.marks[0]
    assert isinstance(dots, Group)
    points = [point for mark in dots.marks if isinstance(mark, Dots) for point in mark.points]
    wanted = [place(shown, row).toTuple() for row in shown.scene.order[:10].tolist()]
    np.testing.assert_allclose(sorted(points), sorted(wanted), atol=1e-3)
    monkeypatch.setattr(map_view.warm, "ready", lambda: True)
    Thread(target=notifier().loaded.emit).start()
    qtbot.waitUntil(lambda: isinstance(shown.view.drawing.marks[0], Picture))


def test_names_keep_apart_and_within_the_edge(shown: ItemMapPanel) -> None:
    shown.set_content(replace(shown.content, watched=tuple(range(20, 40)), shown=tuple(range(50, 60))))
    show_now(shown.view)
    shown.grab()
    labels = list(shown.view.names.values())
    assert len(labels) > 15
    room = shown.view.viewport.area
    for index, label in enumerate(labels):
        assert room.contains(label.box)
        assert not any(label.box.intersects(other.box) for other in labels[:index])
    assert 0 in shown.view.names  # the most popular one


def test_the_ground_of_a_name_hides_no_mark(shown: ItemMapPanel) -> None:
    show_now(shown.view)
    drawn = shown.view.drawing.marks
    grounds = [at for at, mark in enumerate(drawn) if isinstance(mark, Rectangle) and mark.fill.startswith("surface ")]
    assert len(grounds) == len(shown.view.names) > 0
    assert max(grounds) < min(at for at, mark in enumerate(drawn) if isinstance(mark, Disc))


def test_names_stay_with_their_items_while_the_map_is_panned(shown: ItemMapPanel) -> None:
    show_now(shown.view)
    shown.grab()
    before = set(shown.view.names)
    drag(shown, QPointF(300, 150), QPointF(12, 6))
    show_now(shown.view)
    shown.grab()
    assert len(before & set(shown.view.names)) > 0.8 * len(before)


def test_the_visitor_moves_to_where_another_history_puts_them(shown: ItemMapPanel, qtbot: QtBot) -> None:
    first, second = np.zeros(4), np.array([2.0, 1.0, 0.0, 0.0])
    shown.set_content(replace(shown.content, user=first))
    places, begin = shown.scene.places, shown.view.way()[-1]
    stops: list[QPointF] = []
    shown.scene.marks_changed.connect(lambda: stops.append(shown.view.way()[-1]))
    shown.set_content(replace(shown.content, user=second, trail=(first,)))
    assert shown.scene.places is places  # nothing else moves
    qtbot.waitUntil(lambda: shown.scene._from is None)
    end = shown.view.way()[-1]
    assert shown.view.way()[0] == begin
    assert end.x() > begin.x() and end.y() < begin.y()
    between = [stop for stop in stops if begin.x() < stop.x() < end.x()]
    assert between and all(abs((stop - begin).y() / (stop - begin).x() - (end - begin).y() / (end - begin).x()) < 0.01
                           for stop in between)  # fmt: skip


def test_the_tour_turns_and_leads_back_to_the_very_first_view(shown: ItemMapPanel, qtbot: QtBot) -> None:
    before = shown.scene.places.copy()
    QTest.keyClick(shown.view, Qt.Key.Key_T)
    assert shown.turning.playing and shown.tour.isChecked()
    qtbot.waitUntil(lambda: not shown.turning.upright)
    assert np.allclose(shown.scene.frame.T @ shown.scene.frame, np.eye(2))
    QTest.mouseClick(shown.tour, LEFT)
    assert not shown.turning.playing and not shown.tour.isChecked()
    shown.turning.play()
    for _ in range(200):
        shown.turning.advance(0.1)
    assert "across" in shown.caption.full_text and not shown.turning.upright
    show_now(shown.view)
    shown.grab()
    assert np.isfinite(shown.scene.places).all() and not np.allclose(shown.scene.places, before)
    QTest.keyClick(shown.view, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: shown.turning.upright)
    show_now(shown.view)
    shown.grab()
    assert np.allclose(shown.scene.places, before, atol=1e-3)
    assert "two principal directions" in shown.caption.full_text and not shown.back.isEnabled()


@pytest.mark.parametrize("way", ["ctrl", "mode", "keys"])
def test_the_frame_is_turned_by_hand(shown: ItemMapPanel, way: str) -> None:
    if way == "keys":
        QTest.keyClick(shown.view, Qt.Key.Key_Right, SHIFT)
    else:
        if way == "mode":
            QTest.mouseClick(shown.turn, LEFT)
        drag(shown, QPointF(300, 150), QPointF(80, 0), CONTROL if way == "ctrl" else NONE)
    frame = shown.scene.frame
    assert abs(frame[2, 0]) > 0.05 and frame[2, 1] == pytest.approx(0.0)  # the third direction comes in, across only
    assert shown.back.isEnabled()


def test_two_directions_have_nothing_to_turn_to_and_may_be_the_truth(shown: ItemMapPanel) -> None:
    shown.set_content(content(directions=2, dimensions=2))
    assert shown.tour.isHidden() and shown.turn.isHidden() and shown.back.isHidden()
    QTest.keyClick(shown.view, Qt.Key.Key_T)
    assert not shown.turning.playing
    assert "this map shows the whole model" in shown.caption.full_text
    assert shown.scene.wide == 1.0  # its distances are kept


def test_a_hidden_map_stands_still(shown: ItemMapPanel) -> None:
    shown.turning.play()
    shown.hide()
    assert not shown.turning.playing


def test_it_begins_empty_and_says_so(qtbot: QtBot) -> None:
    widget = ItemMapPanel()
    qtbot.addWidget(widget)
    widget.show()
    widget.grab()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_T, Qt.Key.Key_0, Qt.Key.Key_Plus, Qt.Key.Key_Left):
        QTest.keyClick(widget.view, key)
    QTest.keyClicks(widget.finder, "film")
    assert widget.content is None and widget.view.accessibleDescription() == "No map yet"
    widget.close_work()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"titles": ["one"]}, "1 titles"),
        ({"watched": (400,)}, "not on the map"),
        ({"user": np.zeros(3)}, "other directions"),
        ({"shares": np.zeros(2)}, "are no map"),
        ({"groups": (replace(content().groups[0], values=np.zeros(3, np.int64)),)}, "one value for each"),
    ],
)
def test_parts_that_do_not_fit_are_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        content(**changes)


def test_a_part_of_a_catalogue_is_said_to_be_one(shown: ItemMapPanel) -> None:
    shown.set_content(content(catalogue=9066))
    assert "the 400 most popular of 9,066 items" in shown.caption.full_text
    bare = MapContent(np.zeros((1, 2), np.float32), np.ones(2) / 2, ["7"])
    shown.set_content(bare)
    show_now(shown.view)
    shown.grab()
    assert "1 item" in shown.caption.full_text


def test_in_a_narrow_room_the_caption_comes_before_the_key(shown: ItemMapPanel, qtbot: QtBot) -> None:
    shown.set_content(replace(shown.content, watched=(1, 2), user=np.ones(4)))
    assert shown.key.isVisible()
    shown.resize(540, 300)
    assert not shown.key.isVisible()
    qtbot.waitUntil(lambda: shown.caption.text().startswith("two principal"))  # laid out a little later
    shown.resize(900, 300)
    assert shown.key.isVisible()
