"""The engine as a process of its own: it is found wherever it is started, and is the same command line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from engine.command import engine_command


@pytest.mark.process
def test_the_engine_starts_from_any_folder_and_takes_its_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    (tmp_path / "engine.py").write_text("raise SystemExit('the present folder was looked into')")
    done = subprocess.run(engine_command("train", "--epochs", "-1"), cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2, done.stderr
    assert "epochs" in done.stderr
    listed = subprocess.run(engine_command("--help"), cwd=tmp_path, capture_output=True, text=True)
    assert listed.returncode == 0 and "warm" in listed.stdout
