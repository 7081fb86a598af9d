"""The client of the child that answers: the latest question of each key is answered, and whatever the child does, the
window says it in a sentence and goes on."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.kit.translation import sentence_of
from app.workspaces.recommender.answers import Answers, Ready
from engine.problems import UNREADABLE, Problem
from engine.recommenders.answer_types import Number
from tests.engine.recommenders.asked import SITE, trained

pytestmark = [pytest.mark.process, pytest.mark.slow]
CHILD = Path(__file__).with_name("hostile_child.py")


class Heard:
    """A client, and everything that it has said."""

    def __init__(self, qtbot: QtBot, answers: Answers) -> None:
        self.qtbot, self.answers = qtbot, answers
        self.got: list[tuple[str, Any]] = []
        self.problems: list[Problem] = []
        self.unanswered: list[str] = []
        self.lost: list[str] = []
        self.readies: list[Ready] = []
        answers.problem_found.connect(self.problems.append)
        answers.unanswered.connect(self.unanswered.append)
        answers.lost.connect(self.lost.append)
        answers.ready.connect(self.readies.append)

    def ask(
        self, name: str, called: str = "", *, kind: Any = None, key: str = "", once: bool = False, **parameters: object
    ) -> None:
        """Ask, and note the answer under ``called``."""
        note = lambda answer: self.got.append((called or name, answer))  # noqa: E731
        self.answers.ask(name, parameters, note, kind=kind, key=key, once=once)

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()))


@pytest.fixture
def hostile(qtbot: QtBot) -> Iterator[Heard]:
    """A client whose child behaves as the checkpoint's name says."""
    answers = Answers(command=lambda manner: [sys.executable, str(CHILD), manner.name])
    yield Heard(qtbot, answers)
    answers.close()


def test_questions_before_it_is_ready_wait_and_of_a_key_the_latest_is_asked(hostile: Heard) -> None:
    hostile.ask("echo", "first", of=1)
    hostile.ask("echo", "second", of=2)
    hostile.ask("echo", "other", key="other", of=3)
    assert not hostile.answers.busy  # nobody is there to answer
    hostile.answers.open(Path("good"))
    assert not hostile.got
    hostile.ask("echo", "first", of=1)
    hostile.ask("echo", "second", of=2)
    hostile.ask("echo", "other", key="other", of=3)
    assert hostile.answers.busy
    hostile.until(lambda: len(hostile.got) == 2)
    assert hostile.got == [("second", {"heard": 1, "of": 2}), ("other", {"heard": 2, "of": 3})]
    assert not hostile.answers.busy and hostile.readies == [Ready("candidates", "Hostile", ("echo",), 0.5)]


def test_what_is_asked_again_on_the_way_is_answered_once_and_last(hostile: Heard) -> None:
    hostile.answers.open(Path("good"))
    hostile.until(lambda: hostile.readies)
    for number in range(20):
        hostile.ask("echo", str(number), of=number)
    hostile.until(lambda: hostile.got)
    hostile.until(lambda: not hostile.answers.busy)
    assert hostile.got == [("19", {"heard": 2, "of": 19})]  # the first was on its way; those between were never asked


def test_what_is_forgotten_is_not_answered(hostile: Heard) -> None:
    hostile.answers.open(Path("good"))
    hostile.ask("echo", "unwanted", key="unwanted")
    hostile.answers.forget("unwanted")
    hostile.ask("echo", "wanted")
    hostile.until(lambda: hostile.got)
    assert hostile.got == [("wanted", {"heard": 1, "of": None})]


def test_a_problem_is_a_sentence_and_ends_nothing(hostile: Heard) -> None:
    hostile.answers.open(Path("good"))
    hostile.ask("wrong", key="mine")
    hostile.ask("echo")
    hostile.until(lambda: hostile.got)
    assert hostile.unanswered == ["mine"]
    assert hostile.problems == [UNREADABLE(path="a", reason="b")] and not hostile.lost


@dataclass(frozen=True)
class Echo:
    heard: int
    of: Number


def test_an_answer_is_read_as_a_record_and_one_that_cannot_be_is_a_problem(hostile: Heard) -> None:
    hostile.answers.open(Path("good"))
    hostile.ask("echo", key="number", kind=Echo)
    hostile.ask("echo", "word", key="word", kind=Echo, of="a word")
    hostile.until(lambda: hostile.problems)
    (_, read), *others = hostile.got
    assert read.heard == 1 and math.isnan(read.of) and not others
    assert hostile.unanswered == ["word"] and hostile.problems[0].code == "app.unreadable-answer"
    assert "of: " in hostile.problems[0].sentence


def test_garbage_is_passed_over(hostile: Heard) -> None:
    hostile.answers.open(Path("garbage"))
    hostile.ask("echo", key="one")
    hostile.ask("echo", key="two")
    hostile.until(lambda: hostile.readies)
    hostile.until(lambda: not hostile.answers.busy)
    assert not hostile.got and not hostile.problems and not hostile.lost


def test_silence_keeps_nobody_from_closing(hostile: Heard) -> None:
    hostile.answers.open(Path("silence"))
    hostile.ask("echo")
    assert hostile.answers.busy and hostile.answers.alive
    hostile.answers.close()
    assert not hostile.answers.busy and not hostile.answers.alive and not hostile.lost


@pytest.mark.parametrize(("end", "said"), [("die", "crashed (signal 9)"), ("leave", "unexpectedly (code 3)")])
def test_a_death_is_one_sentence_and_a_restart_asks_again(hostile: Heard, end: str, said: str) -> None:
    hostile.answers.open(Path("good"))
    hostile.ask("echo", "kept", of=5)
    hostile.until(lambda: hostile.got)
    hostile.ask(end)
    hostile.ask("echo", "kept", of=6)
    hostile.until(lambda: hostile.lost)
    (sentence,) = hostile.lost
    assert said in sentence and not hostile.answers.busy and not hostile.answers.alive
    hostile.answers.forget(end)
    hostile.ask("echo", "later", key="later", of=7)
    hostile.answers.restart()
    hostile.until(lambda: len(hostile.got) == 3)
    assert [(name, answer["of"]) for name, answer in hostile.got] == [("kept", 5), ("kept", 6), ("later", 7)]
    assert len(hostile.lost) == 1 and len(hostile.readies) == 2


def test_what_is_asked_once_is_asked_again_only_where_it_was_not_answered(hostile: Heard) -> None:
    hostile.answers.open(Path("good"))
    hostile.ask("wrong", once=True)
    hostile.ask("echo", "acted on", key="done", once=True)
    hostile.ask("echo", "shown", key="shown")
    hostile.until(lambda: len(hostile.got) == 2)
    hostile.ask("die", once=True)
    hostile.ask("echo", "waiting", key="waiting", once=True)
    hostile.until(lambda: hostile.lost)
    hostile.answers.forget("die")
    hostile.answers.restart()
    hostile.until(lambda: len(hostile.got) == 4 and not hostile.answers.busy)
    assert [name for name, _ in hostile.got] == ["acted on", "shown", "shown", "waiting"]
    assert hostile.unanswered == ["wrong"]


def test_what_cannot_be_started_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    heard = Heard(qtbot, Answers(command=lambda _: [str(tmp_path / "nothing")]))
    heard.answers.open(tmp_path)
    heard.until(lambda: heard.lost)
    assert "couldn't be started" in heard.lost[0] and not heard.answers.busy
    heard.answers.close()


def test_what_cannot_be_opened_is_the_child_s_own_sentence(hostile: Heard) -> None:
    hostile.answers.open(Path("refuse"))
    hostile.ask("echo")
    hostile.until(lambda: hostile.lost and not hostile.answers.alive)
    assert hostile.lost == ["This is {no} checkpoint."] and not hostile.problems
    assert not hostile.answers.busy


@pytest.mark.torch
def test_a_trained_network_is_asked_and_another_takes_its_place(
    qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = trained(tmp_path_factory.mktemp("site") / "site.safetensors", "candidates", *SITE, "--epochs", "1")
    heard = Heard(qtbot, Answers())
    heard.answers.open(site)
    heard.ask("recommend", history=["video 3"], shown=4)
    heard.until(lambda: heard.got)
    name, answer = heard.got[0]
    assert name == "recommend" and len(answer["shown"]) == 4 and heard.readies[0].model == "candidates"
    heard.ask("user", user="nobody")
    heard.until(lambda: heard.problems)
    assert "nobody" in sentence_of(heard.problems[0])
    heard.answers.open(site.with_name("none.safetensors"))
    assert heard.answers.model is None
    heard.until(lambda: heard.lost)
    heard.answers.close()
    assert len(heard.problems) == 1 and "none.safetensors" in heard.lost[0]
