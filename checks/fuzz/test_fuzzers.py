"""The fuzzers find what does harm, and nothing else."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from checks.fuzz import looking, running
from checks.fuzz.edges import Edges, pass_over
from checks.fuzz.judging import Finding, judged, plainly
from checks.fuzz.mutators.havoc import havoc
from checks.fuzz.mutators.thrift import Reader, written
from checks.fuzz.pool import Pool
from checks.fuzz.smaller import smaller
from checks.fuzz.target import CORPUS, NAMES, Target, seeds_of, target_of
from engine.problems import EngineError, Problem


def _once(content: bytes, folder: Path) -> None:
    """A reader with faults of every sort."""
    if b"panic" in content:
        raise IndexError("as of a list")
    if b"room" in content:
        raise EngineError(Problem("a.b", "No room.")) from MemoryError()
    if b"lines" in content:
        raise EngineError(Problem("a.b", "One\ntwo."))
    if b"fine" in content:
        raise EngineError(Problem("a.b", "Fine."))


FAULTY = Target(_once, [havoc])


@pytest.mark.parametrize("name", NAMES)
def test_changed_inputs_are_others(name: str) -> None:
    target, seeds, rng = target_of(name), seeds_of(name), Random(1)
    for mutator in dict.fromkeys(target.mutators):
        made = [mutator(rng.choice(seeds), rng, seeds) for _ in range(12)]
        assert len({*made, *seeds}) > len(seeds) + 2, mutator


@pytest.mark.parametrize(
    ("content", "kind"), [(b"panic", "exception"), (b"room", "memory"), (b"lines", "exception"), (b"fine", None)]
)
def test_what_is_wrong_is_found(content: bytes, kind: str | None, tmp_path: Path) -> None:
    found = judged(FAULTY, content, tmp_path, plainly)
    assert (found.kind if found else None) == kind


def test_the_least_input_that_does_the_same_is_what_is_left() -> None:
    assert smaller(b"a\nbcd panic e\nf\n" * 30, lambda one: b"panic" in one, 1000) == b"panic"
    tree = json.dumps({"a": [1, {"b": 2}, "x"], "c": {"d": None}}).encode()
    assert json.loads(smaller(tree, lambda one: b'"b": 2' in one and b'"a"' in one and _is_json(one), 200)) == {
        "a": [{"b": 2}]
    }


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True


def test_lines_that_are_new_are_told_from_known_ones() -> None:
    from engine.formats.known_links import is_link

    edges = Edges()

    def gained(call: Callable[[], object]) -> int:
        edges.traced(call)
        return edges.gained()

    assert gained(lambda: is_link("x")) > 0
    assert gained(lambda: is_link("y")) == 0
    assert gained(lambda: sorted([3, 2])) == 0


def test_functions_that_are_passed_over_count_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.formats import known_links

    monkeypatch.setattr(known_links, "is_link", known_links.is_link)
    pass_over(known_links, "is_link")
    edges = Edges()
    assert edges.traced(lambda: known_links.is_link("x")) is False
    assert edges.gained() == 0


def test_the_footer_of_a_parquet_file_is_read_and_written_to_the_byte() -> None:
    for path in sorted((CORPUS / "parquet").iterdir()):
        content = path.read_bytes()
        footer = content[-8 - int.from_bytes(content[-8:-4], "little") : -8]
        assert written(Reader(footer).struct()) == footer


def test_a_pool_makes_the_same_inputs_of_the_same_seed(tmp_path: Path) -> None:
    def made() -> list[bytes]:
        pool = Pool(target_of("expression"), tmp_path, Random(7))
        for content in seeds_of("expression"):
            pool.add(content, keep=False)
        return [pool.made() for _ in range(40)]

    assert made() == made() and len(set(made())) > 20


@pytest.mark.process
@pytest.mark.slow
def test_a_run_counts_and_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(running, "FOUND", tmp_path)
    tally = running.run("expression", 0.01, 3)  # its start alone takes longer, and then it makes one input
    assert tally.executions > 0 and tally.edges > 500 and tally.corpus >= 4 and tally.workers >= 1
    assert "executions" in capsys.readouterr().out


def test_the_end_of_a_child_is_told_by_its_signal(tmp_path: Path) -> None:
    (tmp_path / "ending.txt").write_text('  File "/x/engine/data/table.py", line 3 in read_table\n')
    assert looking.ended(-6, tmp_path, "") == Finding(
        "abort", "SIGABRT in table.py:read_table", '  File "/x/engine/data/table.py", line 3 in read_table\n'
    )
    assert looking.ended(-27, tmp_path, "").kind == "slow" and os.name == "posix"
