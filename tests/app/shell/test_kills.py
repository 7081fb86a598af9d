"""Working processes are killed at random moments: no more than the last command is lost. Here a few; as many as one
likes: ``python -m tests.kills``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kills.documents import KINDS
from tests.kills.judge import RHYTHMS, kill_once


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("seed", "rhythm"), [(1, RHYTHMS[0]), (2, RHYTHMS[2])])
def test_no_more_than_the_last_command_is_lost(
    qapp: object, tmp_path: Path, kind: str, seed: int, rhythm: float
) -> None:
    verdict = kill_once(kind, seed, rhythm, tmp_path / "run")
    assert verdict.good, verdict.outcome
