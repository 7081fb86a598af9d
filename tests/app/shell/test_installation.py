"""``neuroloom --version`` and ``--check`` answer on any machine, also where Qt cannot be loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.shell import installation
from app.shell.installation import version

QT = ("PySide6", "shiboken6")
EXTRA = ("torch", "faiss", "sklearn")
"""To import what it brings takes a check two thirds of its time."""
ABSENT = """
import sys
from importlib.machinery import PathFinder

class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] in {absent!r} else super().find_spec(name, path, target)

sys.meta_path = [Without if finder is PathFinder else finder for finder in sys.meta_path]
from app.__main__ import main
sys.exit(main({arguments!r}))
"""


def neuroloom(
    *arguments: str, home: Path, absent: tuple[str, ...] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in a home of its own, as if some packages were not installed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_") and name != "DISPLAY"}
    everything = kept | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"} | environment
    program = [sys.executable, "-c", ABSENT.format(absent=absent, arguments=arguments)]
    return subprocess.run(program, env=everything, capture_output=True, text=True, timeout=120, check=False)


def line(shown: subprocess.CompletedProcess[str], subject: str) -> str:
    found = [one for one in shown.stdout.splitlines() if f" {subject} " in f" {' '.join(one.split()[1:2])} "]
    assert len(found) == 1, shown.stdout + shown.stderr
    return found[0]


@pytest.mark.process
def test_all_is_well(tmp_path: Path) -> None:
    shown = neuroloom("--check", home=tmp_path)
    assert shown.returncode == 0 and not shown.stderr
    for subject in ("Neuroloom", "Python", "Packages", "Kernels", "Folders", "Qt", "Screen"):
        assert line(shown, subject).startswith("ok"), subject
    assert shown.stdout.endswith("\nThe window can open.\n")


@pytest.mark.process
def test_without_qt_the_version_is_said_and_the_check_names_it(tmp_path: Path) -> None:
    shown = neuroloom("--version", home=tmp_path, absent=QT)
    assert shown.returncode == 0 and shown.stdout == f"neuroloom {version()}\n"
    shown = neuroloom("--check", home=tmp_path, absent=(*QT, *EXTRA))
    assert shown.returncode == 1 and "Traceback" not in shown.stderr
    assert line(shown, "Qt").startswith("broken") and "Install it anew" in line(shown, "Qt")
    assert "before this is mended: Qt." in shown.stdout


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_the_check_fails_with_its_mend(tmp_path: Path) -> None:
    shown = neuroloom("--check", home=tmp_path, absent=EXTRA, QT_QPA_PLATFORM="xcb")
    assert shown.returncode == 1 and "Traceback" not in shown.stderr
    assert line(shown, "Screen").startswith("broken") and "DISPLAY isn't set. Start it in" in line(shown, "Screen")


# In this process, with all that brings torch in or starts Qt left out ------------------------------------------------

Check = Callable[[], tuple[int, list[str]]]


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """The code and the lines of ``--check``, where the extra is not installed."""
    monkeypatch.setattr(installation, "missing", lambda: list(installation.PACKAGES))
    monkeypatch.setattr(installation, "_screen_checks", lambda _for_qt: iter(()))

    def check() -> tuple[int, list[str]]:
        code = installation.print_check([])
        return code, capsys.readouterr().out.splitlines()

    return check


def test_without_torch_the_window_can_open_and_each_package_has_its_mend(checked: Check) -> None:
    code, lines = checked()
    assert code == 0
    for title in ("PyTorch", "faiss", "scikit-learn"):
        (found,) = [one for one in lines if title in one]
        assert found.startswith("missing") and "Install it" in found


@pytest.mark.skipif(sys.platform != "linux", reason="Qt links to system libraries on Linux alone")
def test_a_library_that_qt_lacks_is_named_with_its_package(
    checked: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ldd = tmp_path / "ldd"
    ldd.write_text("#!/bin/sh\nprintf '\\tlibxcb-cursor.so.0 => not found\\n'\n")
    ldd.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    code, lines = checked()
    assert code == 1
    (found,) = [line for line in lines if line.split()[1:2] == ["Qt"]]
    assert found.startswith("broken") and "libxcb-cursor.so.0" in found


def test_a_home_that_takes_nothing_is_said_and_the_window_can_open(checked: Check, tmp_path: Path) -> None:
    for name in ("config", "data", "state"):
        (tmp_path / name).write_text("no folder")
    code, lines = checked()
    folders = [line for line in lines if "Folders" in line]
    assert code == 0 and len(folders) == 2 and all(line.startswith("missing") for line in folders)
