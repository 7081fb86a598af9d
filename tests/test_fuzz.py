"""The fuzzers' corpus, and all that they once found, is read or refused in a sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checks.fuzz import looking
from checks.fuzz.judging import judged, plainly
from checks.fuzz.target import CORPUS, ENDED, NAMES, REGRESSIONS, inputs_of, target_of

INPUTS = [(name, path) for name in NAMES for path in inputs_of(name)]


def _name(value: object) -> str:
    return f"{value.parent.parent.name}-{value.name}" if isinstance(value, Path) else str(value)


@pytest.mark.parametrize(("name", "path"), [one for one in INPUTS if not one[1].name.startswith(ENDED)], ids=_name)
def test_inputs_are_read_or_refused(name: str, path: Path, tmp_path: Path) -> None:
    if name == "checkpoint":
        pytest.importorskip("torch")
    target = target_of(name)
    if target.again is not None:
        target = replace(target, run=target.again)
    found = judged(target, path.read_bytes(), tmp_path, plainly)
    assert found is None, found.told


@pytest.mark.process
@pytest.mark.parametrize(("name", "path"), [one for one in INPUTS if one[1].name.startswith(ENDED)], ids=_name)
def test_inputs_that_ended_the_process_do_so_no_more(name: str, path: Path) -> None:
    found = looking.looked_at(name, path)
    assert found is None, found.told


def test_every_target_has_a_corpus_and_no_other_has() -> None:
    assert {path.name for path in CORPUS.iterdir() if path.is_dir()} == set(NAMES)
    assert {path.name for path in REGRESSIONS.iterdir() if path.is_dir()} <= set(NAMES)
