"""What the extra brings, installed: which commands are run, what they leave, and what is said when they fail. The
installer is a script that does as it is told; nothing is downloaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import extra_installer
from engine.__main__ import main
from engine.extra_installer import REQUIREMENTS, Cancelled, Installation
from engine.problems import EngineError

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform == "win32", reason="the script that stands for uv is a program by its first line"),
]
SCRIPT = """#!{python}
import json, os, pathlib, sys, time
here = pathlib.Path(__file__).parent
with open(here / "calls", "a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
{body}
"""


class Rig:
    """An environment of a folder, a uv that runs what a test says, and what has been told."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.site = folder, folder / "site"
        self.site.mkdir()
        (self.site / "numpy").mkdir()
        self.told: list[tuple[str, float | None]] = []
        self.cancelled = threading.Event()

    def uv_does(self, body: str) -> None:
        """Have uv run these lines of Python; ``site`` is the environment."""
        uv = self.folder / "uv"
        uv.write_text(SCRIPT.format(python=sys.executable, body=f"site = pathlib.Path({str(self.site)!r})\n{body}"))
        uv.chmod(0o755)

    @property
    def calls(self) -> list[list[str]]:
        """What uv has been called with."""
        return [json.loads(line) for line in (self.folder / "calls").read_text().splitlines()]

    def tell(self, line: str, share: float | None) -> None:
        self.told.append((line, share))
        if "cancel now" in line:
            self.cancelled.set()

    def install(self, *, gpu: bool = False) -> Installation:
        made = Installation(self.tell, self.cancelled.is_set)
        made.run(gpu=gpu)
        return made

    def refused(self, *, gpu: bool = False) -> str:
        """The sentence that an installation ends with."""
        with pytest.raises(EngineError) as refusal:
            self.install(gpu=gpu)
        return refusal.value.problem.sentence


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rig:
    made = Rig(tmp_path)
    monkeypatch.setattr(extra_installer, "missing", lambda: ("torch", "faiss", "sklearn"))
    monkeypatch.setattr(extra_installer, "_places", lambda: (made.site,))
    monkeypatch.setattr(extra_installer, "size", lambda *, gpu: extra_installer.Size(0.0, 0.0))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("HOME", str(tmp_path))
    return made


def _absent(*names: str) -> Callable[[str], object]:
    return lambda name: None if name in names else object()


def test_it_asks_for_what_the_extra_names() -> None:
    project = tomllib.loads((Path(extra_installer.__file__).parents[1] / "pyproject.toml").read_text())["project"]
    assert sorted(REQUIREMENTS.values()) == sorted(project["optional-dependencies"]["torch"])


@pytest.mark.parametrize(("gpu", "build"), [(False, "cpu"), (True, "auto")])
def test_uv_takes_the_build_for_what_is_there(rig: Rig, gpu: bool, build: str) -> None:
    rig.uv_does("print('Installed 3 packages in 2ms')")
    assert not rig.install(gpu=gpu).replaced
    (call,) = rig.calls
    assert call == [
        "pip", "install", "--python", sys.executable, f"--torch-backend={build}", *REQUIREMENTS.values()
    ]  # fmt: skip
    assert ("Installed 3 packages in 2ms", None) in rig.told


def test_without_torch_s_own_index_the_registry_s_build_is_taken(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_installer, "find_spec", _absent("pip"))
    rig.uv_does("if any('torch-backend' in part for part in sys.argv):\n    print('dns error')\n    sys.exit(2)")
    rig.install()
    first, second = rig.calls
    assert [part for part in first if part not in second] == ["--torch-backend=cpu"]
    assert (extra_installer.FALLBACK, None) in rig.told


def test_what_is_there_already_is_not_asked_for(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_installer, "missing", lambda: ("faiss",))
    monkeypatch.setattr(extra_installer, "find_spec", _absent("pip"))
    rig.uv_does("")
    rig.install()
    assert rig.calls == [["pip", "install", "--python", sys.executable, REQUIREMENTS["faiss"]]]


@pytest.mark.parametrize(
    "line", [" - numpy==2.4.0", "  Attempting uninstall: numpy\n    Found existing installation: numpy 2.4.0"]
)
def test_packages_that_were_exchanged_are_noticed(rig: Rig, line: str) -> None:
    rig.uv_does(f"print({line!r})")
    assert rig.install().replaced == ["numpy"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("error: Failed to fetch: `https://…`\n  Caused by: dns error", "The package registry can't be reached"),
        ("WARNING: Retrying … NewConnectionError: Failed to establish a new connection", "can't be reached"),
        ("error: failed to copy file: No space left on device (os error 28)", "The disk is too full"),
        ("error: failed to create directory: Read-only file system (os error 30)", "can't be written to"),
        ("error: The interpreter at /usr is externally managed", "can't be written to"),
        ("  × No solution found when resolving dependencies", "There is no PyTorch, faiss, scikit-learn for"),
        ("error: something new", "The installer gave up (“error: something new”)"),
        ("ImportError: no luck\nsys.path:\n  /usr", "The installer gave up (“ImportError: no luck”)"),
        ("", "The installer gave up (“”)"),
    ],
)  # fmt: skip
def test_what_went_wrong_is_said_in_a_sentence(
    rig: Rig, words: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra_installer, "find_spec", _absent("pip"))
    rig.uv_does(f"print({words!r}, file=sys.stderr)\nsys.exit(2)")
    assert sentence in rig.refused()


@pytest.mark.parametrize("name", ["pip", "uv"])
def test_a_file_where_the_program_was_started_does_not_stand_in_for_a_module(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "typing.py").write_text("raise SystemExit('this is not the library')")
    (tmp_path / f"{name}.py").write_text("raise SystemExit('this is not the installer')")
    monkeypatch.chdir(tmp_path)
    found = subprocess.run([*extra_installer._module(name), "--version"], capture_output=True, text=True, check=False)
    assert "this is not" not in found.stderr + found.stdout


def test_pip_knows_of_mirrors_that_uv_does_not(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.uv_does("sys.exit(2)")
    monkeypatch.setattr(extra_installer, "_by_pip", lambda wanted: [sys.executable, "-c", "print('by pip')", *wanted])
    rig.install()
    assert ("by pip", None) in rig.told and len(rig.calls) == 1


def test_what_failed_leaves_no_package_by_half(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_installer, "find_spec", _absent("pip"))
    rig.uv_does(
        "(site / 'torch').mkdir()\n(site / 'torch' / 'a').write_text('')\n(site / 'six.py').write_text('')\nsys.exit(1)"
    )
    rig.refused()
    assert [entry.name for entry in rig.site.iterdir()] == ["numpy"]


def test_cancelling_ends_the_whole_tree_and_leaves_everything_as_it_was(rig: Rig) -> None:
    rig.uv_does(
        "import subprocess\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "(here / 'pids').write_text(f'{os.getpid()} {child.pid}')\n"
        "(site / 'torch').mkdir()\n"
        "print('cancel now', flush=True)\n"
        "time.sleep(600)"
    )
    with pytest.raises(Cancelled):
        rig.install()
    assert [entry.name for entry in rig.site.iterdir()] == ["numpy"]
    assert len(rig.calls) == 1
    for pid in map(int, (rig.folder / "pids").read_text().split()):
        while not _is_over(pid):  # the system takes a moment; a process that is left would be waited for until the end
            time.sleep(0.01)


def _is_over(pid: int) -> bool:
    """Whether a process has ended; one that nobody has asked after is a zombie."""
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip()[:1] in ("", "Z")


# --- what is known beforehand ----------------------------------------------------------------------------------------


def test_a_full_disk_is_said_before_anything_is_downloaded(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_installer, "size", lambda *, gpu: extra_installer.Size(1.0, 1e9))
    assert f"about 1e+09 GB are needed in “{rig.site}”" in rig.refused()
    assert not (rig.folder / "calls").exists()


def test_an_environment_that_takes_nothing_is_said(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: path != rig.site)
    assert f"“{rig.site}” can't be written to; install Neuroloom into an environment of your own" in rig.refused()


def test_neither_uv_nor_pip(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_installer, "find_spec", _absent("uv", "pip"))
    monkeypatch.setenv("PATH", str(rig.site))
    assert rig.refused().startswith("Neither uv nor pip is there to install PyTorch, faiss, scikit-learn for")


def test_a_bundle_is_not_added_to(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "can't be added to the portable Neuroloom" in rig.refused()


def test_uv_is_found_where_a_desktop_has_no_path_to_it(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.uv_does("")
    place = rig.folder / ".local" / "bin"
    place.mkdir(parents=True)
    (rig.folder / "uv").rename(place / "uv")
    monkeypatch.setenv("PATH", str(rig.site))
    assert extra_installer.find_uv() == [str(place / "uv")]


# --- the commands ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere pip's build is the one for the processor")
def test_the_line_to_type_brings_uv_first_where_pip_would_bring_the_build_for_gpus(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra_installer, "find_spec", _absent("uv"))
    monkeypatch.setenv("PATH", str(rig.site))
    first, second = extra_installer.command_line(gpu=False).split(" && ")
    assert first.startswith(f"{sys.executable} -P -m pip install") and first.endswith(" uv")
    assert "-m uv pip install" in second and "--torch-backend=cpu 'torch>=2.6,<3'" in second
    assert extra_installer.command_line(gpu=True).endswith(
        "'torch>=2.6,<3' 'faiss-cpu>=1.15,<2' 'scikit-learn>=1.6,<2'"
    )


def test_without_uv_pip_brings_it_and_does_the_rest_where_it_cannot(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_installer, "find_spec", _absent("uv"))
    monkeypatch.setattr(extra_installer, "find_uv", lambda: None)
    done: list[list[str]] = []

    def by_pip(requirements: list[str]) -> list[str]:
        done.append(requirements)
        body = "import sys\nprint('Progress 1 of 4')\nsys.exit('uv' in sys.argv)"
        return [sys.executable, "-c", body, *requirements]

    monkeypatch.setattr(extra_installer, "_by_pip", by_pip)
    rig.install()
    assert done == [["uv"], [done[1][0], *REQUIREMENTS.values()]]
    assert done[1][0] in ("--progress-bar=raw", "--progress-bar=off")
    assert ("", 0.25) in rig.told


def test_the_command_says_each_line_and_how_it_ended(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("engine.cli.install.missing", lambda: ("torch", "faiss", "sklearn"))
    monkeypatch.setattr(sys, "stdin", None)
    rig.uv_does("print('Resolved 3 packages')")
    assert main(["install", "--events", "jsonl"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[-2:] == [
        {"line": "Resolved 3 packages"}, {"installed": ["torch", "faiss", "sklearn"], "replaced": []}
    ]  # fmt: skip
    monkeypatch.setattr(extra_installer, "find_spec", _absent("pip"))
    rig.uv_does("print('dns error')\nsys.exit(1)")
    assert main(["install", "--events", "jsonl"]) == 1
    found = capsys.readouterr()
    assert json.loads(found.out.splitlines()[-1])["problem"]["code"] == "install.no-network"
    assert found.err == "The package registry can't be reached; look after the network, then try again.\n"


def test_nothing_is_done_where_nothing_is_missing(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("engine.cli.install.missing", lambda: ())
    rig.uv_does("")
    assert main(["install"]) == 0
    assert capsys.readouterr().out == "Nothing is missing.\n"
    assert not (rig.folder / "calls").exists()
