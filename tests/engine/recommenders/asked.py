"""Small trained checkpoints that the tests of asks share, and asking them as the command line would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from engine.cli.main import run
from engine.cli.outcome import as_json
from engine.extras import missing
from engine.recommenders.running.checkpoints import read
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.opening import askable

SITE = ["--data", "video-site", "--size", "5000", "--users", "300", "--items", "200"]


def trained(path: Path, *arguments: str) -> Path:
    """A checkpoint that ``recommend train`` writes; without PyTorch the test is skipped."""
    if missing():
        pytest.skip(f"training needs {', '.join(missing())}")
    assert run(["recommend", "train", *arguments, "--device", "cpu", "--out", str(path)]) == 0
    return path


def opened(path: Path) -> Askable[Any]:
    """A checkpoint, open to questions."""
    return askable(read(path))


def asked(of: Askable[Any], name: str, **parameters: object) -> dict[str, Any]:
    """An answer as a program reads it: by its record, which gives the very document again."""
    answer = of.answer(name, parameters)
    found: dict[str, Any] = json.loads(as_json(answer))
    assert json.loads(as_json(TypeAdapter(type(answer)).validate_python(found))) == found
    return found
