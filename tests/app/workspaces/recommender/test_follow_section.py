"""Following a user through a trained network, as a person does: with the real child behind it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from math import isfinite
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.workspaces.recommender.open_run import OpenRun
from tests.app.workspaces.recommender.follow_rig import Followed
from tests.engine.recommenders.asked import SITE, asked, opened, trained

pytestmark = [pytest.mark.process, pytest.mark.slow, pytest.mark.usefixtures("kept_children", "forked_engine")]
FEW = ("--epochs", "1", "--user-categories", "country,device")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trained(tmp_path_factory.mktemp("site") / "site.safetensors", "candidates", *SITE, *FEW)


@pytest.fixture
def followed(qtbot: QtBot, site: Path) -> Iterator[Followed]:
    run = OpenRun.at(site)
    run.open_answers()
    made = Followed(qtbot, run)
    made.until(lambda: made.session.why is not None)
    made.settled()
    yield made
    run.close()
    made.section.judge.stop()


def titles(followed: Followed) -> list[str]:
    return [row.item.name for row in followed.section.list.rows.rows if not row.missed]


def test_a_user_is_followed_edited_and_taken_back(followed: Followed, site: Path, qtbot: QtBot) -> None:
    section, session, user = followed.section, followed.session, followed.session.user
    assert user is not None and user.held_out is not None
    truth = opened(site)
    fresh = asked(truth, "recommend", user=user.user, shown=session.length)
    before = titles(followed)
    assert before == [one["item"]["item"] for one in fresh["shown"]]
    names = [watch.item.name for watch in reversed(user.history)]
    assert [row.item.name for row in section.history.list.rows] == names

    assert not section.edited
    section.history.list.choose(0)
    effect = section.history.list.rows[0]
    section.history.list.toggle(0)
    assert section.edited
    followed.until(lambda: len(session.trail) == 2)
    followed.settled()
    without = asked(truth, "recommend", user=user.user, history=[*reversed(names[1:])], shown=session.length)
    assert titles(followed) == [one["item"]["item"] for one in without["shown"]]
    gone = set(before[:10]) - set(titles(followed)[:10])
    assert effect.changed == len(gone)  # what the row had promised
    assert session.trail[1].rank == without["held_out"]["rank"]

    section.history.actions_made["undo"].trigger()
    followed.until(lambda: titles(followed) == before)
    assert not section.history.actions_made["undo"].isEnabled()


def test_an_item_is_found_by_typing_and_added(followed: Followed, qtbot: QtBot) -> None:
    section, search = followed.section, followed.section.history.search
    name = followed.session.popular[0].label
    section.activateWindow()
    search.setFocus()
    qtbot.keyClicks(search, name)
    followed.until(lambda: search._found.rowCount() and search._found.item(0).text().startswith(name))
    followed.until(search._offers.popup().isVisible)
    qtbot.keyClick(search._offers.popup(), Qt.Key.Key_Return)
    assert followed.document.history.entries[0].item.label == name and not search.text()
    assert section.history.edits.full_text == "1 added"
    followed.settled()


def test_what_is_read_of_a_user_besides_the_history_is_edited_too(followed: Followed, site: Path, qtbot: QtBot) -> None:
    section, session, truth = followed.section, followed.session, opened(site)
    profile, user = section.history.profile, followed.session.user
    assert user is not None and profile.isVisible() and list(profile.choices) == ["country", "device"]
    profile.part.heading.setChecked(True)
    assert {name: choice.currentText() for name, choice in profile.choices.items()} == user.categories
    before = titles(followed)

    country = profile.choices["country"]
    country.setCurrentIndex(0)
    country.activated.emit(0)
    followed.until(lambda: len(session.trail) == 2)
    unknown = asked(truth, "recommend", user=user.user, categories={"country": None}, shown=session.length)
    assert session.recommendation is not None and list(session.recommendation.vector) == unknown["vector"]
    assert country.currentText() == "unknown" and section.history.edits.full_text == "1 fact changed"

    section.activateWindow()
    profile.finder.setFocus()
    qtbot.keyClicks(profile.finder, "guitar")
    followed.until(profile.finder._offers.popup().isVisible)
    qtbot.keyClick(profile.finder._offers.popup(), Qt.Key.Key_Return)
    followed.until(lambda: len(session.trail) == 3)
    assert [chip.text() for chip in profile.chips.chips][-1] == "guitar"
    for _ in range(2):
        section.history.actions_made["undo"].trigger()
    followed.until(lambda: titles(followed) == before)
    assert country.currentText() == user.categories["country"] and not followed.document.edited

    section.history.actions_made["new"].trigger()
    followed.settled()
    assert country.currentText() == "unknown" and not profile.chips.chips
    country.setCurrentIndex(1)
    country.activated.emit(1)
    followed.until(lambda: len(session.trail) == 2)
    followed.settled()
    whom = {"history": [], "categories": {"country": country.currentText()}, "searches": []}
    assert titles(followed) == [one["item"]["item"] for one in asked(truth, "recommend", **whom, shown=10)["shown"]]


def test_a_missed_item_stands_below_the_list_with_its_place(followed: Followed) -> None:
    section, session = followed.section, followed.session
    for user in session.users:
        found = session.recommendation
        if found is not None and found.held_out is not None and found.held_out.place is None:
            break
        session.follow(user.user)
        followed.until(lambda user=user: session.user is not None and session.user.user == user.user)
        followed.until(lambda: session.recommendation is not None)
    assert found is not None and found.held_out is not None
    last = section.list.rows.rows[-1]
    assert last.missed and last.mark and last.item == found.held_out.item
    assert section.list.verdict.full_text.startswith("Missed: ")
    followed.settled()


def test_the_place_of_an_item_that_is_not_in_the_list_is_not_told(followed: Followed) -> None:
    section, session = followed.section, followed.session
    listed = {row.item.name for row in section.list.rows.rows}
    other = next(one.name for one in session.popular if one.name not in listed)
    assert section.why.place.text()
    session.choose(other)
    followed.until(lambda: session.why is not None and session.why.item.name == other)
    assert not section.why.place.text()
    followed.settled()


def test_an_empty_history_is_filled_by_hand(followed: Followed) -> None:
    followed.section.history.actions_made["new"].trigger()
    followed.settled()
    assert followed.session.user is None and len(titles(followed)) == followed.session.length
    assert followed.section.history.empty.isVisible() and not followed.section.history.list.isVisible()
    followed.document.add(followed.session.popular[0])
    followed.until(lambda: len(followed.session.trail) == 2)
    assert followed.session.popular[0].name not in titles(followed)
    followed.settled()


def test_a_lost_child_is_said_and_a_restart_goes_on_where_it_was(followed: Followed) -> None:
    section, session = followed.section, followed.session
    followed.document.remove(0)
    followed.until(lambda: len(session.trail) == 2)
    followed.settled()
    edited = titles(followed)
    child = followed.run.answers._child
    assert child is not None
    os.kill(child._process.processId(), signal.SIGKILL)
    followed.until(lambda: section.asking.lost.isVisible())
    assert "crashed" in section.asking.lost.text.text() and not section.list.isEnabled()
    section.asking.lost.wanted.click()
    followed.until(lambda: section.list.isEnabled())
    followed.settled()
    assert not section.asking.lost.isVisible()
    assert titles(followed) == edited and followed.document.history.entries[0].removed


def test_a_network_that_is_opened_anew_is_asked_anew(followed: Followed) -> None:
    section, session = followed.section, followed.session
    followed.document.remove(0)
    followed.until(lambda: len(session.trail) == 2)
    followed.settled()
    edited = titles(followed)
    followed.run.answers._drop_child()  # as it is after it was lost: what had been asked is forgotten then
    followed.run.open_answers()
    followed.until(lambda: session.effects is None)
    followed.settled()
    assert titles(followed) == edited and len(session.trail) == 1 and section.list.isEnabled()


def test_what_has_been_trained_on_is_said_and_neither_judged_nor_shown_as_if_it_held(followed: Followed) -> None:
    section, session, judge = followed.section, followed.session, followed.section.judge
    followed.until(lambda: judge.worth is not None)
    followed.run.changed.emit()
    assert section.asking.trained_on.isHidden()
    os.utime(followed.run.checkpoint)
    followed.run.changed.emit()
    assert section.asking.trained_on.isVisible()
    held_out = section.evidence.held_out
    held_out.switch.setCurrentIndex(1)  # asks for the figures
    assert not judge.waits_for("split_study") and "trained further since" in held_out.waiting.words.text()
    assert held_out.waiting.isVisibleTo(held_out)
    section.asking.trained_on.wanted.click()
    followed.until(lambda: judge.worth is None)  # it was that of the earlier weights
    followed.until(lambda: judge.worth is not None)
    followed.settled()
    assert section.asking.trained_on.isHidden() and len(session.trail) == 1


def test_hit_rates_have_errors_and_a_random_watch_its_words(followed: Followed) -> None:
    evidence, judge, session = followed.section.evidence, followed.section.judge, followed.session
    followed.until(lambda: judge.worth is not None)
    assert judge.worth is not None and judge.worth.judged[0].who == "this network"
    assert all(isfinite(judged.hit_rate.error) for judged in judge.worth.judged)
    assert evidence.worth.words.text().startswith("This network − ")
    held_out = evidence.held_out
    evidence.tabs.setCurrentIndex(evidence.pages.indexOf(held_out))
    held_out.switch.setCurrentIndex(1)
    assert held_out.waiting.isVisible() and not held_out.rates.isVisible()
    followed.until(lambda: judge.splits)
    assert "come after a random one" in held_out.words.text() and "no figure there" in held_out.words.text()
    assert not followed.section.judge._answers.alive  # it has nothing left to do

    before = judge.worth.judged[0].hit_rate.value
    assert session.length == 10 and len(titles(followed)) == 10
    followed.section.list.lengths.setCurrentIndex(3)
    followed.until(lambda: len(titles(followed)) == 100)
    assert "Hit rate@100" in [figure.label for figure in followed.section.figures]
    assert evidence.worth.heading.text() == "Hit rate@100" and judge.worth is not None
    assert judge.worth.judged[0].hit_rate.value >= before  # known of all lengths
    found = session.recommendation
    assert found is not None and found.held_out is not None and len(found.shown) == 100
    said = "of the 100 shown" if found.held_out.place is not None else "Missed"
    assert said in followed.section.list.verdict.full_text
    followed.settled()


def test_the_nearest_items_stand_in_both_tables_and_are_explained(followed: Followed, site: Path) -> None:
    evidence, session = followed.section.evidence, followed.session
    evidence.tabs.setCurrentIndex(evidence.pages.indexOf(evidence.near))
    near = evidence.near
    followed.until(lambda: near._data.neighbours is not None and near._data.tables)
    found, why = near._data.neighbours, session.why
    assert found is not None and why is not None and found.history_table is not None
    truth = asked(opened(site), "neighbours", item=why.item.name, count=10)
    assert [one.item.name for one in found.item_table] == [one["item"]["item"] for one in truth["item_table"]]
    assert found.common == truth["common"] and len(near._data.tables) == 2
    other = found.history_table[0].item
    near.view.chosen.emit((1, other.name))
    followed.until(lambda: session.why is not None and session.why.item == other)
    followed.until(lambda: near._data.neighbours is not None and near._data.neighbours.item == other)
    followed.settled()


def test_what_is_being_judged_goes_on_out_of_sight(followed: Followed) -> None:
    section, judge = followed.section, followed.section.judge
    followed.until(lambda: judge.worth is not None)
    section.evidence.held_out.switch.setCurrentIndex(1)
    assert "one of them took" in section.evidence.held_out.waiting.words.text()
    section.leave()
    assert judge.waits_for("split_study")
    followed.until(lambda: judge.splits)
    section.enter()
    assert section.evidence.held_out.waiting.isHidden()
