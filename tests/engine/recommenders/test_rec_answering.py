"""``recommend answer`` and ``recommend ask``: good lines are answered, bad ones are told what is wrong, and nothing but
``stop`` or the end of the lines ends it."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from engine.cli.main import run
from engine.cli.outcome import as_json
from engine.command import engine_command
from engine.problems import document_of
from engine.recommenders.answer_types import AnsweredProblem, Number, Numbers
from engine.recommenders.serving.answering import NOT_JSON, conversation
from engine.recommenders.serving.asking import Ask, Askable, Parameters
from tests.engine.recommenders.asked import SITE, trained

ROOT = Path(__file__).parents[3]


class Shares(Parameters):
    whole: int
    among: int = 2


def shared(opened: str, parameters: Shares) -> dict[str, object]:
    return {"of": opened, "share": parameters.whole / parameters.among, "unknown": float("nan")}


ASKABLE = Askable("a cake", (Ask("share", "a share of it", Shares, shared),))


def replies(*lines: str | bytes) -> list[dict[str, Any]]:
    found = conversation(lines, ASKABLE, lambda problem: document_of(problem))
    return [json.loads(as_json(reply)) for reply in found]


def test_a_question_is_answered_under_its_id_and_what_is_not_finite_is_null() -> None:
    (reply,) = replies('{"id": 5, "ask": "share", "whole": 3}')
    assert reply == {"id": 5, "answer": {"of": "a cake", "share": 1.5, "unknown": None}}


@pytest.mark.parametrize(
    ("line", "id_", "code", "said"),
    [
        ("{", None, "recommender.question-not-json", "isn't JSON"),
        (b"\xff\xfe\xfa", None, "recommender.question-not-json", "isn't JSON"),
        ("[" * 100_000, None, "recommender.question-not-json", "isn't JSON"),
        ("7", None, "recommender.question-without-ask", "asks nothing"),
        ('{"id": 1}', 1, "recommender.question-without-ask", "asks nothing"),
        ('{"id": 1, "ask": 3}', 1, "recommender.question-without-ask", "asks nothing"),
        ('{"id": [1], "ask": "share", "whole": 1}', None, "recommender.question-id", "neither a whole number"),
        ('{"id": 1, "ask": "eat"}', 1, "recommender.unknown-ask", "share"),
        ('{"id": 1, "ask": "share"}', 1, "validation.missing", "whole"),
        ('{"id": 1, "ask": "share", "whole": "3"}', 1, "validation.not-whole", "whole"),
        ('{"id": 1, "ask": "share", "whole": NaN}', 1, "validation.not-whole", "whole"),
        ('{"id": 1, "ask": "share", "whole": 3, "half": 1}', 1, "validation.unknown-field", "half"),
        ('{"id": 1, "ask": "share", "whole": 3, "among": 0}', 1, "recommender.answer-failed", "ZeroDivisionError"),
    ],
)
def test_a_bad_line_is_a_problem_and_the_next_one_is_answered(
    line: str | bytes, id_: object, code: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = replies(line, '{"id": "next", "ask": "share", "whole": 2}')
    assert bad["id"] == id_ and bad["problem"]["code"] == code and said in bad["problem"]["sentence"]
    assert good["id"] == "next" and good["answer"]["share"] == 1.0


def test_blank_lines_are_passed_over_and_stop_ends_it() -> None:
    assert len(replies("", " \n", '{"ask": "share", "whole": 2}', '{"ask": "stop"}', '{"ask": "share"}')) == 1


# --- The commands --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trained(tmp_path_factory.mktemp("site") / "site.safetensors", "candidates", *SITE, "--epochs", "1")


@pytest.mark.torch
def test_ask_lists_what_can_be_asked_and_answers_it(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recommend", "ask", str(site), "--json"]) == 0
    assert {"about", "recommend"} <= {ask["name"] for ask in json.loads(capsys.readouterr().out)["asks"]}
    history = "history=video 3,never heard of"
    assert run(["recommend", "ask", str(site), "recommend", history, "shown=4", 'items=["video 7"]']) == 0
    answer = json.loads(capsys.readouterr().out)["answer"]
    assert len(answer["shown"]) == 4 and answer["visitor"]["unknown_items"] == ["never heard of"]
    assert [one["item"]["item"] for one in answer["items"]] == ["video 7"]


@pytest.mark.torch
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nonsense"], 1, "recommend"),
        (["search", "limit"], 2, "shown=5"),
        (["search", "limit=many"], 1, "limit"),
        (["search", "limt=3"], 1, "limt"),
        (["user", "user=nobody"], 1, "user 0"),
        (["recommend", "items=nothing"], 1, "no item"),
        (["recommend", 'categories={"shoe size": "42"}'], 1, "shoe size"),
    ],
)
def test_what_cannot_be_asked_is_said(
    site: Path, arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["recommend", "ask", str(site), *arguments]) == code
    assert said in capsys.readouterr().err


@pytest.mark.torch
@pytest.mark.slow
@pytest.mark.process
def test_a_child_answers_until_it_is_stopped(forked_engine: None, site: Path) -> None:
    child = subprocess.Popen(
        engine_command("recommend", "answer", str(site)),
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdin is not None and child.stdout is not None

    def say(line: bytes) -> dict[str, Any]:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(line + b"\n")
        child.stdin.flush()
        found: dict[str, Any] = json.loads(child.stdout.readline())
        return found

    ready = json.loads(child.stdout.readline())["ready"]
    assert ready["model"] == "candidates" and "recommend" in ready["asks"] and ready["opening_seconds"] > 0.0
    assert say(b'{"id": 1, "ask": "about"}')["answer"]["sizes"]["items"] == 200
    assert say(b"\xff")["problem"]["code"] == "recommender.question-not-json"
    assert say(b'{"id": 2, "ask": "\\ud800"}')["problem"]["code"] == "recommender.unknown-ask"
    assert say(b'{"id": 3, "ask": "recommend", "user": 3}')["problem"]["code"] == "validation.not-text"
    assert say(b'{"id": 4, "ask": "recommend", "user": "user 3"}')["id"] == 4
    child.stdin.write(b'{"ask": "stop"}\n')
    child.stdin.flush()
    assert child.wait(60) == 0 and child.stdout.read() == b""
    child.communicate()


def test_nobody_is_answered_where_standard_output_is_closed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", None)
        assert run(["recommend", "answer", str(tmp_path / "nowhere.safetensors")]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and said.startswith("Standard output cannot be written (it is closed)")


def test_nobody_can_ask_where_standard_input_is_closed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert run(["recommend", "answer", str(tmp_path / "nowhere.safetensors")]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["problem"]["code"] == "recommend.no-input"
    assert said.err.count("\n") == 1 and "Standard input is closed" in said.err


@pytest.mark.torch
@pytest.mark.slow
@pytest.mark.process
def test_the_end_of_the_lines_ends_it_and_what_cannot_be_opened_is_a_line_too(
    forked_engine: None, site: Path, tmp_path: Path
) -> None:
    command = partial(engine_command, "recommend", "answer")
    done = subprocess.run(command(str(site)), cwd=ROOT, capture_output=True, input=b"")
    assert done.returncode == 0 and len(done.stdout.splitlines()) == 1
    (tmp_path / "no.safetensors").write_bytes(b"nothing")
    refused = subprocess.run(command(str(tmp_path / "no.safetensors")), cwd=ROOT, capture_output=True, input=b"")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["problem"]["code"] == "recommender.checkpoint-not-ours"


@dataclass(frozen=True)
class Record:
    number: Number
    numbers: Numbers
    optional: float | None
    problem: AnsweredProblem | None


def test_what_json_cannot_say_comes_back_as_it_was() -> None:
    told = Record(math.inf, (1.0, math.nan), None, NOT_JSON(reason="none", example="one"))
    read = TypeAdapter(Record).validate_python(json.loads(as_json(told)))
    assert math.isnan(read.number) and read.numbers[0] == 1.0 and math.isnan(read.numbers[1])
    assert read.optional is None and read.problem == told.problem
