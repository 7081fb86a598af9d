"""Working processes are killed at random moments, here one of a kind: no more than the last command is lost. As many as
one likes, in five rhythms: ``python -m checks.kills``."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.kills.documents import KINDS
from checks.kills.judge import RHYTHMS, kill_once


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.parametrize("kind", KINDS)
def test_no_more_than_the_last_command_is_lost(qapp: object, tmp_path: Path, kind: str) -> None:
    """On a machine that leaves the process too little time, once more at a slower rhythm."""
    for slower in (1, 4):
        verdict = kill_once(kind, 2, RHYTHMS[2] * slower, tmp_path / f"run-{slower}")
        if not verdict.is_late and verdict.acts > 2:
            break
    assert verdict.good and verdict.acts > 2, verdict
