"""What ``make`` sets up: by uv, from PyTorch's index where that answers; by pip where uv can't be had."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.extra_installer import NO_BUILD
from engine.package_managers import uv_settings
from tools import set_up
from tools.set_up import install_packages, main

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform == "win32", reason="make's set-up is for shells"),
]
FAKE = """#!/bin/sh
echo "$*" >> '{log}'
case "$*" in {failing}) exit 1;; esac
"""


@pytest.fixture
def installed(tmp_path: Path, request: pytest.FixtureRequest) -> list[str]:
    """What is run to set up an environment whose interpreter fails at the commands that the test names."""
    log, python = tmp_path / "log", tmp_path / "environment" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(FAKE.format(log=log, failing=request.param or "nothing"))
    python.chmod(0o755)
    try:
        main([str(tmp_path / "environment"), "dev"])
        end = []
    except SystemExit as error:
        end = [str(error)]
    lines = log.read_text().splitlines()
    return [line.replace(str(python), "python") for line in lines if "install" in line] + end


BY_UV = "-P -m uv pip install --python python"
BY_PIP = "-P -m pip install --disable-pip-version-check"
ALL = "-e .[dev]"
LOOK = f"{BY_UV} --torch-backend=auto --dry-run torch"


@pytest.mark.parametrize("installed", [""], indirect=True)
def test_uv_installs_the_build_of_torch_that_fits(installed: list[str]) -> None:
    assert installed == [f"{BY_PIP} --quiet uv", LOOK, f"{BY_UV} --torch-backend=auto {ALL}"]


@pytest.mark.parametrize("installed", ["*--dry-run*"], indirect=True)
def test_where_pytorch_s_index_does_not_answer_the_registry_s_build_is_taken(installed: list[str]) -> None:
    assert installed == [f"{BY_PIP} --quiet uv", LOOK, f"{BY_UV} {ALL}"]


@pytest.mark.parametrize("installed", ["*--quiet*"], indirect=True)
def test_without_uv_pip_installs_all(installed: list[str]) -> None:
    assert installed == [f"{BY_PIP} --quiet uv", f"{BY_PIP} {ALL}"]


@pytest.mark.parametrize("installed", ["*uv*pip*"], indirect=True)
def test_where_uv_fails_pip_installs_all(installed: list[str]) -> None:
    by_uv = [LOOK, f"{BY_UV} {ALL}", f"{BY_UV} --offline {ALL}"]
    assert installed == [f"{BY_PIP} --quiet uv", *by_uv, f"{BY_PIP} {ALL}"]


@pytest.mark.parametrize("installed", ["*install*"], indirect=True)
def test_where_nothing_can_be_installed_a_sentence_says_so(installed: list[str]) -> None:
    assert installed[-1].startswith("neuroloom: the dependencies could not be installed; pip says why above.")


def test_a_set_up_that_was_killed_begins_anew_and_one_that_failed_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    monkeypatch.setattr(set_up, "make_environment", made.append)

    def killed(command: Sequence[str], *_: object, **__: object) -> bool:
        if "install" in command:
            raise KeyboardInterrupt
        return True

    monkeypatch.setattr(set_up, "succeeds", killed)
    with pytest.raises(KeyboardInterrupt):
        main([str(tmp_path), "dev"])
    assert not made
    monkeypatch.setattr(set_up, "succeeds", lambda command, *_, **__: "install" not in command)
    for _ in range(2):
        with pytest.raises(SystemExit):
            main([str(tmp_path), "dev"])
    assert made == [tmp_path]


def test_uv_looks_for_packages_where_pip_is_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "pip.conf"
    settings.write_text("[global]\nindex-url = https://mirror.example/simple\nfind-links = /wheels\n  /more\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    monkeypatch.setenv("PIP_CONSTRAINT", "/bounds.txt")
    monkeypatch.setenv("PIP_FIND_LINKS", "/own /wheels")
    found = uv_settings(sys.executable)
    assert found["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert found["UV_CONSTRAINT"] == "/bounds.txt" and found["UV_FIND_LINKS"] == "/own /wheels"


def test_without_apt_get_it_says_what_is_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match=r"Qt lacks libX\.so\. Install what gives them on your system"):
        install_packages("Qt lacks libX.so.", ["libx"])


def test_a_folder_that_is_no_environment_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    (tmp_path / "link").symlink_to(tmp_path)
    for folder in (tmp_path, tmp_path / "link"):
        with pytest.raises(SystemExit, match="is no virtual environment of ours"):
            set_up.make_environment(folder)
    assert (tmp_path / "letter.txt").read_text() == "dear"


# --- which Python ----------------------------------------------------------------------------------------------------

ROOT = Path(set_up.__file__).parents[1]


@pytest.mark.parametrize(
    ("bounds", "fitting"), [(">=3.2,<3.99", True), (">=3.2,<3.10", False), (">=3.98,<3.99", False)]
)
def test_the_project_says_which_python_fits(
    bounds: str, fitting: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text(f'[project]\nrequires-python = "{bounds}"\n')
    monkeypatch.setattr(set_up, "PROJECT", project)
    assert set_up.fits() is fitting
    with pytest.raises(SystemExit) as end:
        main(["--fits"])
    assert bool(end.value.code) is not fitting


@pytest.mark.skipif(not shutil.which("make"), reason="without make nobody calls it")
def test_make_says_which_python_it_needs(tmp_path: Path) -> None:
    goal = tmp_path / ".installed"
    command = ["make", str(goal), f"VENV={tmp_path}", "PYTHON=no-python"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.stderr.startswith("neuroloom: Python >=3.11,<3.14 is needed, and no-python is missing;")
    assert not goal.exists()


def test_whatever_names_versions_of_python_names_those_of_the_project() -> None:
    """Where they are written out, for nobody can read them from the project."""
    required = re.search(r'^requires-python = ">=3\.(\d+),<3\.(\d+)"$', (ROOT / "pyproject.toml").read_text(), re.M)
    assert required is not None
    versions = range(int(required[1]), int(required[2]))
    assert f"`python3` (3.{versions[0]} to 3.{versions[-1]})" in (ROOT / "README.md").read_text("utf-8")
    assert f'target-version = "py3{versions[0]}"' in (ROOT / "pyproject.toml").read_text()
    makefile = (ROOT / "Makefile").read_text()
    assert " ".join(["python3", *(f"python3.{minor}" for minor in reversed(versions))]) in makefile
    named = [*re.findall(r"PYTHON=python3\.(\d+)", makefile), *re.findall(r"Python 3\.(\d+)", NO_BUILD.template)]
    assert len(named) == 3 and all(int(minor) in versions for minor in named)
