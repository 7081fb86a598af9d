"""What ``make`` sets up: by uv, from PyTorch's index where that answers; by pip where uv can't be had."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

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
