"""A history is edited, every edit can be undone, and each row says what its watch does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.kit.drawing.columns import Rectangles
from app.kit.drawing.drawing import Frame
from app.workspaces.recommender.answers import Answers
from app.workspaces.recommender.follow.history_panel import (
    HistoryList,
    HistoryPanel,
    HistoryRow,
    HistoryRows,
    ProfilePanel,
    draw_history,
    history_rows,
    row_tops,
    still_text,
)
from app.workspaces.recommender.follow.session import (
    FollowSession,
    HistoryDocument,
    HistoryEntry,
    Hues,
    UserProfile,
    WatchEffects,
    WatchHistory,
    history_of,
)
from engine.recommenders.tasks.candidates.answers import FoundUsers, ListedUser, SearchToken, UserCategory
from tests.app.workspaces.recommender.follow_data import EFFECTS, LOG, about, item


@pytest.fixture
def document(qtbot: QtBot) -> HistoryDocument:
    made = HistoryDocument()
    made.begin(history_of(LOG))
    return made


def shown(document: HistoryDocument) -> str:
    """Names, the latest first; those taken out in brackets."""
    return " ".join(f"({one.item.name})" if one.removed else one.item.name for one in document.history.entries)


def test_the_latest_comes_first_and_is_asked_about_last(document: HistoryDocument) -> None:
    assert shown(document) == "c b a" and document.history.names == ("a", "b", "c") and not document.edited


def test_every_edit_can_be_undone_and_made_again(document: HistoryDocument) -> None:
    seen = [shown(document)]
    for edit in (
        lambda: document.add(item("d")),
        lambda: document.remove(2),
        lambda: document.move(0, 3),
        lambda: document.put_back(1),
        lambda: document.remove(0),
        document.reset,
    ):
        edit()
        seen.append(shown(document))
    assert seen == ["c b a", "d c b a", "d c (b) a", "c (b) a d", "c b a d", "(c) b a d", "c b a"]
    for before in reversed(seen[:-1]):
        document.stack.undo()
        assert shown(document) == before
    for after in seen[1:]:
        document.stack.redo()
        assert shown(document) == after


def test_what_is_taken_out_stays_struck_and_is_not_asked_about(document: HistoryDocument) -> None:
    document.remove(1)
    assert document.history.names == ("a", "c") and document.history.removed == 1 and document.edited
    document.remove(1)
    document.remove(7)
    document.put_back(0)
    document.move(0, 5)
    assert document.stack.count() == 1  # none of these was an edit
    document.put_back(1)
    assert document.history.names == ("a", "b", "c") and not document.edited


def test_an_edited_history_comes_back_by_undo_after_another_user(document: HistoryDocument) -> None:
    others: list[str | None] = []
    document.user_changed.connect(lambda: others.append(None if document.user is None else document.user.user))
    document.begin(history_of(LOG), LOG)
    document.add(item("d"))
    document.begin(WatchHistory())
    assert document.user is None and not document.edited and document.history.kept == 0
    document.add(item("e"))
    document.stack.undo()
    document.stack.undo()
    assert document.user == LOG and document.edited and shown(document) == "d c b a"
    document.stack.undo()
    assert not document.edited and document.user == LOG
    document.stack.redo()
    document.stack.redo()
    assert document.user is None and others == ["5", None, "5", None]


def test_a_history_as_in_the_log_is_no_step_to_another_user(document: HistoryDocument) -> None:
    document.add(item("d"))
    document.stack.undo()
    document.begin(WatchHistory())
    assert not document.stack.canUndo() and not document.stack.canRedo()


def test_only_the_latest_watches_are_read() -> None:
    history = WatchHistory(
        (
            HistoryEntry(item("d")),
            HistoryEntry(item("c"), 3, removed=True),
            HistoryEntry(item("b"), 2),
            HistoryEntry(item("a"), 1),
        )
    )
    assert history.read(2) == {0, 2} and history.added == 1 and history.kept == 3


def test_what_is_said_of_somebody_is_edited_as_their_history_is(document: HistoryDocument) -> None:
    guitar, piano = SearchToken(7, "guitar", 1), SearchToken(9, "piano", 1)
    document.begin(replace(document.history, profile=UserProfile({"country": "US"}, (guitar,))))
    words: list[str] = []
    document.changed.connect(words.append)
    document.say("country", None)
    document.say("country", "NP")
    document.search(piano)
    document.unsearch(guitar)
    assert document.history.profile == UserProfile({"country": "NP"}, (piano,)) and document.said == 3
    assert words == ["country: unknown", "country: NP", "searched: piano", "not searched: guitar"]
    document.say("country", "NP")
    document.search(piano)
    document.unsearch(guitar)
    assert document.stack.count() == 4  # none of these was an edit
    document.remove(0)
    document.reset()
    assert document.history.profile == UserProfile({"country": "US"}, (guitar,)) and not document.edited
    document.stack.undo()
    assert shown(document) == "(c) b a" and document.said == 3
    for _ in range(5):
        document.stack.undo()
    assert not document.edited and shown(document) == "c b a"


def test_a_network_that_reads_nothing_else_asks_for_nothing_else(qtbot: QtBot) -> None:
    session = FollowSession(Answers())
    panel = ProfilePanel(session)
    qtbot.addWidget(panel)
    assert panel.isHidden()  # nothing is known yet
    for told, hidden in ((about(search_tokens=9), False), (about(), True)):
        session.about = told
        session.about_known.emit()
        assert panel.isHidden() is hidden and not panel.choices
    session.about = about(UserCategory("country", ("US",)))
    session.about_known.emit()
    session.document.begin(WatchHistory(profile=UserProfile({"country": "NP"})))
    country = panel.choices["country"]
    assert [country.itemText(at) for at in range(country.count())] == ["unknown", "US", "NP, new to it"]
    assert country.currentIndex() == 2 and panel.finder.isHidden() is False and panel.finder.parentWidget().isHidden()


class Asked(Answers):
    """Nobody answers; what is waited for can be seen."""

    @property
    def waited_for(self) -> set[str]:
        return set(self._latest)


def test_effects_are_gone_as_soon_as_the_history_is_another(qtbot: QtBot) -> None:
    session = FollowSession(answers := Asked())
    panel = HistoryPanel(session)
    qtbot.addWidget(panel)
    session.document.begin(history_of(LOG))
    session.effects = EFFECTS
    session.effects_found.emit()
    assert panel.list.rows[2].effect == "2 of 10 change"
    answers.ask("what_if", {}, lambda _found: None)  # of the history as it was
    session.document.remove(1)
    assert [row.effect for row in panel.list.rows] == ["not yet known", "taken out", "not yet known"]
    assert answers.waited_for == {"recommend"}


def test_what_was_asked_of_somebody_is_not_answered_of_another(qtbot: QtBot) -> None:
    session = FollowSession(answers := Asked())
    session.choose("alien")
    assert answers.waited_for == {"why"}
    session.follow_nobody()
    assert answers.waited_for == {"recommend"} and session.chosen is None


def test_undo_follows_the_user_before_again(qtbot: QtBot) -> None:
    session = FollowSession(answers := Asked())
    panel = HistoryPanel(session)
    qtbot.addWidget(panel)
    session._take_user(LOG)
    session.document.remove(0)
    session._take_user(replace(LOG, user="7"))
    assert session.user is not None and session.user.user == "7" and panel.actions_made["undo"].isEnabled()
    panel.actions_made["undo"].trigger()
    assert session.user == LOG and session.document.history.names == ("a", "b")
    assert panel.user.text() == "User 5" and answers.waited_for == {"recommend"}


def test_whether_the_order_counts_is_said(qtbot: QtBot) -> None:
    session = FollowSession(Asked())
    panel = HistoryPanel(session)
    qtbot.addWidget(panel)
    said = ((0, "order doesn't matter"), (1, "only for the last watch"), (3, "only for the last 3;"))
    for latest, words in said:
        session.about = about(latest=latest)
        session.about_known.emit()
        assert words in panel.about.toolTip() and "at most 20 watches" in panel.about.toolTip()


def test_a_user_is_found_as_they_are_shown(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    session = FollowSession(Asked())
    panel = HistoryPanel(session)
    qtbot.addWidget(panel)
    asked: list[str] = []

    def search(text: str, then: Callable[[FoundUsers], None]) -> None:
        asked.append(text)
        found = (ListedUser("1", 7, True, {}),) if text == "1" else ()
        then(FoundUsers(len(found), found))

    monkeypatch.setattr(session, "search_users", search)
    panel.user.wanted.emit("User 1")
    assert asked == ["User 1", "1"] and panel.user._found.item(0).text() == "User 1 · 7 watches"
    panel.user.wanted.emit("user x")
    assert asked[2:] == ["user x"]
    said = [panel.user._found.item(line).text() for line in range(panel.user._found.rowCount())]
    assert said == ["not in the training rows", "try another user"]
    assert not any(panel.user._found.item(line).isEnabled() for line in range(2))


# --- The rows ------------------------------------------------------------------------------------------------------


def rows_of(
    document: HistoryDocument, longest: int = 50, effects: WatchEffects | None = EFFECTS
) -> tuple[HistoryRow, ...]:
    return history_rows(document.history, effects, longest, Hues())


def test_each_row_says_what_its_watch_does(document: HistoryDocument) -> None:
    document.remove(1)
    latest, struck, first = rows_of(document)
    assert (latest.changed, latest.effect) == (5, "5 of 10 change")
    assert latest.detail == "Without it: Title v, Title w, Title x and 2 more; Title alien rises from 6 to 3."
    assert struck.removed and struck.changed is None and not struck.detail
    assert first.detail == ("Left out, it is recommended itself; Without it: Title x; Title alien falls from 6 to 16.")
    assert first.spoken.startswith("Title a. 2 of 10 change. Left out")


def test_a_followed_item_that_is_watched_is_not_told_as_if_it_were_recommended(document: HistoryDocument) -> None:
    """Of itself nothing is said, which would stand beside “left out, it is recommended itself”."""
    rows = rows_of(document, effects=replace(EFFECTS, followed=item("a")))
    details = {row.item.name: row.detail for row in rows}
    assert details["a"] == "Left out, it is recommended itself; Without it: Title x."
    assert details["b"].endswith("; Title a, if it were recommended again, stays at 6.")


def test_what_is_not_known_or_not_read_is_said_to_be(document: HistoryDocument) -> None:
    rows = rows_of(document, 2)
    assert [row.effect for row in rows] == ["5 of 10 change", "0 of 10 change", "too long ago to be read"]
    assert "the same without it" in rows[1].detail and "stays at 6" in rows[1].detail
    assert {row.effect for row in rows_of(document, effects=None)} == {"not yet known"}


def test_only_watches_that_change_something_have_pips(document: HistoryDocument) -> None:
    rows = rows_of(document)
    drawn = draw_history(HistoryRows(rows), Frame(248, 400))
    pips = [mark for mark in drawn.marks if isinstance(mark, Rectangles)]
    assert [mark.fills.count("accent") for mark in pips] == [5, 2]  # of “c” and “a”; “b” changes nothing
    tops = row_tops(HistoryRows(rows), 248)
    assert tops[2] - tops[1] < tops[1] - tops[0] == tops[3] - tops[2]
    chosen = row_tops(HistoryRows(rows, 1), 248)
    assert chosen[2] - chosen[1] > tops[2] - tops[1] and drawn.order == (0, 1, 2)
    assert still_text(rows) == "Without “Title b” the nearest 10 stay the same."
    assert still_text(rows[1:2]) == "Without any one of them the nearest 10 stay the same."
    assert not still_text(rows[:1])


def test_several_watches_of_an_item_are_told_of_and_taken_out_together(
    qtbot: QtBot, view: HistoryList, document: HistoryDocument
) -> None:
    document.add(item("a"))
    assert shown(document) == "a c b a"
    row = view.rows[0]
    assert row.watches == 2 and row.effect == "2 of 10 change · all 2"
    assert row.detail.startswith("This is for all 2 watches of it; Left out, it is recommended itself")
    click(qtbot, view, ("button", 0))
    (menu,) = view.findChildren(QMenu)
    assert [one.text() for one in menu.actions()] == ["Remove this watch", "Remove all 2 watches of it"]
    menu.actions()[1].trigger()
    menu.close()
    assert shown(document) == "(a) c b (a)"
    document.stack.undo()
    view.choose(0)
    qtbot.keyClick(view.view, Qt.Key.Key_Delete)
    assert shown(document) == "(a) c b a" and view.rows[3].watches == 1
    document.stack.undo()
    qtbot.keyClick(view.view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    assert shown(document) == "(a) c b (a)"


@pytest.fixture
def view(qtbot: QtBot, document: HistoryDocument) -> HistoryList:
    made = HistoryList()
    document.changed.connect(lambda _words: made.show_rows(rows_of(document)))
    made.show_rows(rows_of(document))
    made.remove_wanted.connect(document.remove)
    made.remove_all_wanted.connect(document.remove_all)
    made.put_back_wanted.connect(document.put_back)
    made.move_wanted.connect(document.move)
    qtbot.addWidget(made)
    made.resize(248, 400)
    made.show()
    made.activateWindow()
    made.view.setFocus()
    made.choose(1)
    return made


def click(qtbot: QtBot, view: HistoryList, key: object) -> None:
    part = view.view.drawing.part(key)  # type: ignore[arg-type]
    assert part is not None
    left, top, width, height = part.rect
    middle = QPoint(round(left + width / 2), round(top + height / 2))
    qtbot.mouseClick(view.view, Qt.MouseButton.LeftButton, pos=middle)


def test_keys_take_out_put_back_and_move(qtbot: QtBot, view: HistoryList, document: HistoryDocument) -> None:
    qtbot.keyClick(view.view, Qt.Key.Key_Delete)
    assert shown(document) == "c (b) a"
    qtbot.keyClick(view.view, Qt.Key.Key_Delete)
    assert shown(document) == "c b a"
    qtbot.keyClick(view.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert shown(document) == "b c a" and view.data.chosen == 0
    qtbot.keyClick(view.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert shown(document) == "b c a"
    qtbot.keyClick(view.view, Qt.Key.Key_Down)
    assert view.data.chosen == 1


def test_the_mouse_drags_a_row_to_another_place(qtbot: QtBot, view: HistoryList, document: HistoryDocument) -> None:
    tops = row_tops(view.data, 248)
    start, end = QPoint(80, round(tops[0]) + 12), QPoint(120, round(tops[3]) + 12)
    qtbot.mousePress(view.view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.view, (start + end) / 2)
    qtbot.mouseMove(view.view, end)
    qtbot.mouseRelease(view.view, Qt.MouseButton.LeftButton, pos=end)
    assert shown(document) == "b a c" and view.data.gap is None


def test_a_row_is_dropped_nowhere_once_the_watches_are_others(
    qtbot: QtBot, view: HistoryList, document: HistoryDocument
) -> None:
    end = QPoint(120, round(row_tops(view.data, 248)[3]) + 12)
    qtbot.mousePress(view.view, Qt.MouseButton.LeftButton, pos=QPoint(80, 12))
    qtbot.mouseMove(view.view, end / 2)
    qtbot.mouseMove(view.view, end)
    qtbot.waitUntil(lambda: view.data.gap == 3)
    view.show_rows(tuple(replace(row, effect="known by now") for row in view.rows))
    assert view.data.gap == 3
    view.show_rows(view.rows[:1])
    assert view.data.gap is None and len(view.view.drawing.order) == 1
    qtbot.mouseRelease(view.view, Qt.MouseButton.LeftButton, pos=end)
    assert shown(document) == "c b a"


def test_arrow_keys_go_on_from_the_chosen_row_after_a_click_on_a_cross(
    qtbot: QtBot, view: HistoryList, document: HistoryDocument
) -> None:
    click(qtbot, view, ("button", 2))
    assert shown(document) == "c b (a)" and view.data.chosen == 1
    qtbot.keyClick(view.view, Qt.Key.Key_Up)
    assert view.data.chosen == 0
    click(qtbot, view, ("button", 2))
    qtbot.keyClick(view.view, Qt.Key.Key_Down)
    assert view.data.chosen == 1


def test_the_mouse_takes_out_and_puts_back(qtbot: QtBot, view: HistoryList, document: HistoryDocument) -> None:
    for expected in ("(c) b a", "c b a"):
        click(qtbot, view, ("button", 0))
        assert shown(document) == expected
