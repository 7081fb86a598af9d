"""The engine as a process of its own: it is found wherever it is started, and is the same command line."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from engine.command import PROGRAMS, engine_command, package_command


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


@pytest.mark.parametrize(("name", "suffix"), [("neuroloom", ""), ("neuroloom-engine", ""), ("neuroloom.exe", ".exe")])
def test_in_a_bundle_there_is_no_python_and_its_two_programs_call_each_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, suffix: str
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / name))
    assert engine_command("warm") == [str(tmp_path / f"neuroloom-engine{suffix}"), "warm"]
    assert package_command("app", "a.loom") == [str(tmp_path / f"neuroloom{suffix}"), "a.loom"]


def test_the_programs_of_a_bundle_are_called_as_those_that_are_installed() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    installed = {**project["scripts"], **project["gui-scripts"]}
    assert {name: f"{package}.__main__:main" for package, name in PROGRAMS.items()} == installed
