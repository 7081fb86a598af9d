"""What is written to the two streams: on one line, whatever is in it, and a disk that is full is a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.__main__ import main
from engine.problems import declare, printable

Captured = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[2]
QUOTING = declare("test.quoting", "“{name}” is {count:g}.")
FULL = Path("/dev/full")

needs_a_full_disk = pytest.mark.skipif(not FULL.exists(), reason="only Linux has a disk that is always full")


def test_what_is_quoted_is_on_one_line_and_can_be_written_anywhere() -> None:
    problem = QUOTING(name="a\nb\u2028c\x0bd\udcff\u202ee", count=2.0)
    assert problem.sentence == "“a\\nb\\u2028c\\u000bd\\xff\\u202ee” is 2."
    problem.sentence.encode()
    assert str(QUOTING(name=Path("/tmp/\udcff"), count=1).parameters["name"]) == "/tmp/\\xff"
    assert len(QUOTING(name="x" * 10**6, count=1).sentence) < 3000


def test_what_needs_no_escape_stays_itself() -> None:
    name = Path("/tmp/é 汉 ‰")
    assert QUOTING(name=name, count=1).parameters["name"] is name
    assert printable("plain – “text” 😀") == "plain – “text” 😀"


@pytest.mark.parametrize("name", ["\udcff", "a\nb", "\u2028", "x" * 5000])
@pytest.mark.parametrize(
    "command", [["trace", "--data"], ["trace"], ["validate"], ["trace", "--hidden"], ["neuron", "--table"]]
)
def test_names_that_nothing_can_be_called_are_a_sentence(capsys: Captured, command: list[str], name: str) -> None:
    assert main([*command, name]) in (1, 2)
    told = capsys.readouterr()
    told.err.encode()
    assert len(told.err.splitlines()[-1]) > 20 and "Traceback" not in told.err
    assert told.err.startswith("usage") or told.err.count("\n") == 1


def test_a_name_that_is_no_utf_8_is_an_escape_in_json(capsys: Captured) -> None:
    assert main(["validate", "\udcff.loom", "--json"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert "“\\xff.loom”" in error["sentence"]


@needs_a_full_disk
@pytest.mark.process
@pytest.mark.parametrize("command", [["datasets"], ["--help"], ["validate", "missing.loom", "--json"], ["--version"]])
def test_a_full_disk_behind_standard_output_is_one_sentence(command: list[str]) -> None:
    with FULL.open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "engine", *command],
            stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    assert ended.returncode == 1
    said = ended.stderr.splitlines()
    assert said[-1].startswith("Standard output cannot be written (No space left on device)")
    assert len(said) == (2 if "validate" in command else 1)


@pytest.mark.process
def test_a_reader_that_has_gone_is_no_noise() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "engine", "schema"],
        stdout=writer, stderr=subprocess.PIPE, cwd=ROOT, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (1, b"")
