"""What the extra brings, installed: which commands are run, what they leave, and what is said when they fail. The
installer is a script that does as it is told; nothing is downloaded."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, PathDistribution
from pathlib import Path

import pytest

from engine import atomic, extra_installer
from engine.__main__ import main
from engine.extra_installer import REQUIREMENTS, Cancelled, Installation
from engine.problems import EngineError

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform == "win32", reason="the script that stands for uv is a program by its first line"),
]
SITE = "lib/python3/site-packages"
PLAN = " + torch==2.9.0\n + faiss-cpu==1.15.0"
UV = """#!{python}
import json, os, pathlib, sys, time
here = pathlib.Path(__file__).parent
with open(here / "calls", "a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
if "--dry-run" in sys.argv:
    exec({look!r})
    print({plan!r})
    sys.exit()
prefix = pathlib.Path(sys.argv[sys.argv.index("--prefix") + 1])
site = prefix / {site!r}
site.mkdir(parents=True)
{body}
"""
PIP = f"""
import json, pathlib, sys
print("Progress 1 of 4")
if "--dry-run" in sys.argv:
    packages = [{{"metadata": {{"name": "torch", "version": "2.9.0"}}}}]
    pathlib.Path(sys.argv[sys.argv.index("--report") + 1]).write_text(json.dumps({{"install": packages}}))
else:
    (pathlib.Path(sys.argv[sys.argv.index("--prefix") + 1]) / {SITE!r} / "torch").mkdir(parents=True)
"""


class Rig:
    """An environment of a folder, a uv that runs what a test says, and what has been told."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.environment = folder, folder / "environment"
        self.site = self.environment / SITE
        (self.site / "numpy").mkdir(parents=True)
        self.told: list[tuple[str, float | None]] = []
        self.cancelled = threading.Event()

    def uv_does(self, body: str = "", *, look: str = "", plan: str = PLAN, place: Path | None = None) -> None:
        """Have uv plan this after it has run the lines ``look``, and run these to install; ``site`` is where to."""
        uv = (place or self.folder) / "uv"
        uv.write_text(UV.format(python=sys.executable, look=look, plan=plan, site=SITE, body=body))
        uv.chmod(0o755)

    @property
    def calls(self) -> list[list[str]]:
        """What uv has been called with."""
        return [json.loads(line) for line in (self.folder / "calls").read_text().splitlines()]

    def installed(self) -> set[str]:
        """What lies in the environment, as paths from its folder."""
        return {path.relative_to(self.environment).as_posix() for path in self.environment.rglob("*")} - set(FOLDERS)

    def tell(self, line: str, share: float | None) -> None:
        self.told.append((line, share))
        if "cancel now" in line:
            self.cancelled.set()

    def install(self, *, gpu: bool = False, any_build: bool = False) -> None:
        Installation(self.tell, self.cancelled.is_set).run(gpu=gpu, any_build=any_build)

    def refused(self, *, gpu: bool = False) -> str:
        """The sentence that an installation ends with."""
        with pytest.raises(EngineError) as refusal:
            self.install(gpu=gpu)
        return refusal.value.problem.sentence


FOLDERS = ("lib", "lib/python3", SITE)


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rig:
    made = Rig(tmp_path)
    monkeypatch.setattr(extra_installer, "missing", lambda: ("torch", "faiss", "sklearn"))
    monkeypatch.setattr(extra_installer, "_places", lambda: (made.site,))
    monkeypatch.setattr(extra_installer, "_environment_folder", lambda: made.environment)
    monkeypatch.setattr(extra_installer, "uv_settings", lambda python: {})
    monkeypatch.setattr(extra_installer, "size", lambda *, gpu: extra_installer.Size(0.0, 0.0))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("HOME", str(tmp_path))
    return made


def _fake_pip(python: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", PIP, *arguments]


def _absent(*names: str) -> Callable[[str], object]:
    return lambda name: None if name in names else object()


def test_it_asks_for_what_the_extra_names() -> None:
    project = tomllib.loads((Path(extra_installer.__file__).parents[1] / "pyproject.toml").read_text())["project"]
    assert sorted(REQUIREMENTS.values()) == sorted(project["optional-dependencies"]["torch"])


@pytest.mark.parametrize(("gpu", "build"), [(False, "cpu"), (True, "auto")])
def test_uv_looks_what_there_is_and_installs_these_very_versions(rig: Rig, gpu: bool, build: str) -> None:
    rig.uv_does("(site / 'torch').mkdir()\nprint('Installed 2 packages in 2ms')")
    rig.install(gpu=gpu)
    look, install = rig.calls
    command = ["pip", "install", "--python", sys.executable, f"--torch-backend={build}"]
    assert look == [*command, "--dry-run", *REQUIREMENTS.values()]
    staging = str(rig.site / extra_installer.STAGING / "prefix")
    assert install == [*command, "--no-deps", "--prefix", staging, "torch==2.9.0", "faiss-cpu==1.15.0"]
    assert ("Installed 2 packages in 2ms", None) in rig.told
    assert rig.installed() == {f"{SITE}/numpy", f"{SITE}/torch"}


def test_without_torch_s_own_index_the_registry_s_build_is_taken(rig: Rig) -> None:
    rig.uv_does(look="if any('torch-backend' in part for part in sys.argv):\n    print('dns error')\n    sys.exit(2)")
    rig.install()
    assert ["--torch-backend=cpu" in call for call in rig.calls] == [True, False, False]


def test_a_larger_build_than_was_said_is_not_taken_without_asking(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On Linux the package registry has PyTorch's build with NVIDIA's libraries alone."""
    monkeypatch.setattr(extra_installer, "size", lambda *, gpu: extra_installer.Size(3.0 if gpu else 0.25, 0.0))
    monkeypatch.setattr("engine.cli.commands.install.missing", lambda: ("torch", "faiss", "sklearn"))
    rig.uv_does(look="if '--torch-backend=cpu' in sys.argv:\n    sys.exit(2)", plan=f"{PLAN}\n + nvidia-cublas==13.0")
    assert "is about 3 GB to download" in rig.refused()
    assert all("--dry-run" in call for call in rig.calls)
    assert main(["install", "--cpu"]) == 1
    assert "use neuroloom-engine install --any-build to take it." in capsys.readouterr().err
    assert main(["install", "--cpu", "--any-build"]) == 0
    assert rig.calls[-1][-1] == "nvidia-cublas==13.0" and "--dry-run" not in rig.calls[-1]
    rig.install(gpu=True)  # which has been told of three gigabytes


def test_what_is_there_already_is_not_asked_for(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_installer, "missing", lambda: ("faiss",))
    rig.uv_does()
    rig.install()
    assert rig.calls[0] == ["pip", "install", "--python", sys.executable, "--dry-run", REQUIREMENTS["faiss"]]


def test_uv_is_told_where_pip_finds_packages(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_installer, "uv_settings", lambda python: {"UV_FIND_LINKS": "/wheels", "UV_OFFLINE": "1"})
    monkeypatch.setenv("UV_OFFLINE", "0")
    rig.uv_does("print(os.environ['UV_FIND_LINKS'], os.environ['UV_OFFLINE'])")
    rig.install()
    assert ("/wheels 0", None) in rig.told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("error: Failed to fetch: `https://…`\n  Caused by: dns error", "The package registry can't be reached"),
        ("WARNING: Retrying … NewConnectionError: Failed to establish a new connection", "can't be reached"),
        ("error: failed to copy file: No space left on device (os error 28)", "The disk is too full"),
        ("error: failed to create directory: Read-only file system (os error 30)", "can't be written to"),
        ("error: The interpreter at /usr is externally managed", "can't be written to"),
        ("  × No solution found when resolving dependencies", "There is no PyTorch, faiss, scikit-learn for"),
        ("error: something new", "The installer failed (“error: something new”)"),
        ("ImportError: no luck\nsys.path:\n  /usr", "The installer failed (“ImportError: no luck”)"),
        ("", "The installer failed (“”)"),
    ],
)  # fmt: skip
def test_what_went_wrong_is_said_in_a_sentence(
    rig: Rig, words: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra_installer, "find_spec", _absent("pip"))
    rig.uv_does(look=f"print({words!r}, file=sys.stderr)\nsys.exit(2)")
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


def test_where_uv_finds_nothing_pip_is_asked(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.uv_does(look="sys.exit(2)")
    monkeypatch.setattr(extra_installer, "pip_install", _fake_pip)
    rig.install()
    assert len(rig.calls) == 2 and rig.installed() == {f"{SITE}/numpy", f"{SITE}/torch"}
    assert ("", 0.25) in rig.told


# --- what becomes of the environment ---------------------------------------------------------------------------------


def test_what_failed_leaves_no_package_by_half_and_touches_nothing_of_others(rig: Rig) -> None:
    rig.uv_does(
        "(site / 'torch').mkdir()\n(site / 'torch' / 'a').write_text('')\n"
        f"pathlib.Path({str(rig.site)!r}, 'of-somebody-else').mkdir()\n"  # who installs at that moment
        "sys.exit(1)"
    )
    rig.refused()
    assert rig.installed() == {f"{SITE}/numpy", f"{SITE}/of-somebody-else"}


OLDER = {
    f"{SITE}/Old_Tool-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: Old_Tool\nVersion: 1.0\n",
    f"{SITE}/Old_Tool-1.0.dist-info/licenses/LICENSE": "free",
    f"{SITE}/Old_Tool-1.0.dist-info/RECORD": "old_tool/__init__.py,,\nold_tool/gone.py,,\n../../../bin/old,,\n"
    "Old_Tool-1.0.dist-info/METADATA,,\nOld_Tool-1.0.dist-info/RECORD,,\n",
    f"{SITE}/old_tool/__init__.py": "1",
    f"{SITE}/old_tool/gone.py": "1",
    f"{SITE}/old_tool/__pycache__/gone.cpython-311.pyc": "1",
    f"{SITE}/old_tool/plugin/of_somebody_else.py": "",
    "bin/old": "1",
}
"""A package that an installation would replace, as its files."""
NEWER = (
    "for name in ('old_tool', 'old_tool-2.0.dist-info'):\n    (site / name).mkdir()\n"
    "(site / 'old_tool' / '__init__.py').write_text('2')\n"
)
REPLACING = f"{PLAN}\n - old-tool==1.0\n + old-tool==2.0"


def _older(rig: Rig) -> None:
    for name, content in OLDER.items():
        path = rig.environment / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def test_another_version_takes_the_place_of_the_one_that_is_there(rig: Rig) -> None:
    _older(rig)
    rig.uv_does(NEWER, plan=REPLACING)
    rig.install()
    assert (rig.site / "old_tool" / "__init__.py").read_text() == "2"
    names = ("", "/__init__.py", "/plugin", "/plugin/of_somebody_else.py")
    new = {f"{SITE}/old_tool{name}" for name in names} | {f"{SITE}/old_tool-2.0.dist-info"}
    assert rig.installed() == {f"{SITE}/numpy", *new}


def test_what_was_replaced_is_put_back_where_the_rest_cannot_be_put_in_place(rig: Rig) -> None:
    _older(rig)
    (rig.site / "torch.py").write_text("mine")
    before = rig.installed()
    rig.uv_does(f"{NEWER}(site / 'torch.py').write_text('other')", plan=REPLACING)
    assert "is in the way" in rig.refused()
    assert rig.installed() == before
    assert all((rig.environment / name).read_text() == content for name, content in OLDER.items())


def test_what_neuroloom_itself_has_loaded_is_not_replaced(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_installer, "_own_packages", lambda: {"neuroloom", "old-tool"})
    _older(rig)
    before = rig.installed()
    rig.uv_does(plan=REPLACING)
    assert "would replace Old_Tool, which Neuroloom runs on; use uvx --from" in rig.refused()
    assert len(rig.calls) == 1 and rig.installed() == before


def test_what_neuroloom_runs_on_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    required = {
        "neuroloom": ["pydantic<3,>=2.10", "torch>=2.6; extra == 'torch'"],
        "pydantic": ["typing-extensions>=4.12", "pywin32; sys_platform == 'win32'"],
        "typing-extensions": [],
    }

    class Found:
        def __init__(self, name: str) -> None:
            if name not in required:
                raise PackageNotFoundError(name)
            self.requires = required[name]

    monkeypatch.setattr(extra_installer, "distribution", Found)
    assert extra_installer._own_packages() == {"neuroloom", "pydantic", "typing-extensions", "pywin32"}


def test_folders_that_several_packages_share_are_merged(rig: Rig) -> None:
    (rig.site / "nvidia").mkdir()
    (rig.site / "nvidia" / "__init__.py").write_text("")
    rig.uv_does(
        "for name in ('nvidia', 'nvidia/cudnn'):\n    (site / name).mkdir()\n"
        "(site / 'nvidia' / '__init__.py').write_text('')\n"
        "(prefix / 'bin').mkdir()\n(prefix / 'bin' / 'torchrun').write_text('')"
    )
    rig.install()
    names = ("numpy", "nvidia", "nvidia/__init__.py", "nvidia/cudnn")
    assert rig.installed() == {"bin", "bin/torchrun", *(f"{SITE}/{name}" for name in names)}


def test_a_file_that_is_in_the_way_stays_and_is_named(rig: Rig) -> None:
    (rig.site / "torch.py").write_text("mine")
    rig.uv_does("(site / 'faiss').mkdir()\n(site / 'torch.py').write_text('other')")
    assert rig.refused() == f"“{rig.site / 'torch.py'}” is in the way; move it elsewhere, then try again."
    assert rig.installed() == {f"{SITE}/numpy", f"{SITE}/torch.py"}
    assert (rig.site / "torch.py").read_text() == "mine"


def test_two_installations_at_once_do_not_meet(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "PATIENCE", 0.0)
    rig.uv_does()
    with atomic.alone_in(rig.site):
        assert rig.refused().startswith(f"Another Neuroloom is installing into “{rig.site}”")
    assert not (rig.folder / "calls").exists()


def test_what_a_killed_installation_has_left_is_taken_away(rig: Rig) -> None:
    (rig.site / extra_installer.STAGING / "prefix" / "torch").mkdir(parents=True)
    rig.uv_does("(site / 'faiss').mkdir()")
    rig.install()
    assert rig.installed() == {f"{SITE}/numpy", f"{SITE}/faiss"}


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
    assert rig.installed() == {f"{SITE}/numpy"}
    assert len(rig.calls) == 2
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
    rig.uv_does()
    assert f"about 1e+09 GB are needed in “{rig.site}”" in rig.refused()
    assert all("--dry-run" in call for call in rig.calls)


def test_an_environment_that_takes_nothing_is_said(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: path != rig.site)
    assert f"“{rig.site}” can't be written to. Install Neuroloom into your own environment" in rig.refused()


def test_an_environment_that_uvx_throws_away_is_not_added_to(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not extra_installer.is_thrown_away()
    (rig.environment / "CACHEDIR.TAG").touch()  # as uv marks every environment that it makes
    assert not extra_installer.is_thrown_away()
    (rig.folder / "CACHEDIR.TAG").touch()
    rig.uv_does()
    monkeypatch.setattr(extra_installer, "_origin", lambda: " @ file:///a%20folder")
    assert rig.refused() == (
        "Nothing can be added to a Neuroloom that uvx runs; end it, then use uvx --from"
        " 'neuroloom[torch] @ file:///a%20folder' neuroloom to start one with PyTorch, faiss, scikit-learn."
    )
    assert not (rig.folder / "calls").exists()


@pytest.mark.parametrize(
    ("record", "origin"),
    [
        (None, ""),
        ({"url": "file:///wheels/neuroloom.whl", "archive_info": {}}, " @ file:///wheels/neuroloom.whl"),
        ({"url": "file:///clone", "dir_info": {"editable": True}}, " @ file:///clone"),
        (
            {"url": "https://example.org/neuroloom", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            " @ git+https://example.org/neuroloom@abc",
        ),
    ],
)
def test_another_neuroloom_comes_from_where_this_one_came_from(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, record: dict[str, object] | None, origin: str
) -> None:
    folder = rig.folder / "neuroloom-1.0.dist-info"
    folder.mkdir()
    if record is not None:
        (folder / "direct_url.json").write_text(json.dumps(record))
    monkeypatch.setattr(extra_installer, "distribution", lambda name: PathDistribution(folder))
    rig.uv_does()
    wanted = shlex.quote(f"neuroloom[torch]{origin}")
    assert extra_installer.own_environment_line() == f"uvx --from {wanted} neuroloom"
    monkeypatch.setattr(extra_installer, "find_uv", lambda: None)
    made = rig.folder / "neuroloom-torch"  # in the person's home
    assert extra_installer.own_environment_line() == (
        f"{sys.executable} -m venv {made} && {made}/bin/pip install {wanted} && {made}/bin/neuroloom"
    )


def test_neither_uv_nor_pip(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_installer, "find_spec", _absent("uv", "pip"))
    monkeypatch.setenv("PATH", str(rig.site))
    assert rig.refused().startswith("Neither uv nor pip is available to install PyTorch, faiss, scikit-learn for")


def test_a_bundle_is_not_added_to(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "can't be added to the portable Neuroloom" in rig.refused()


def test_uv_is_found_where_a_desktop_has_no_path_to_it(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    place = rig.folder / ".local" / "bin"
    place.mkdir(parents=True)
    rig.uv_does(place=place)
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
    for line in (extra_installer.command_line(gpu=True), extra_installer.command_line(gpu=False, any_build=True)):
        assert line.startswith(f"{sys.executable} -P -m pip install") and line.endswith(
            "'torch>=2.6,<3' 'faiss-cpu>=1.15,<2' 'scikit-learn>=1.6,<2'"
        )


def test_without_uv_pip_brings_one_for_this_time(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_installer, "find_uv", lambda: None)
    rig.uv_does("(site / 'torch').mkdir()")

    def pip_install(python: str, *arguments: str) -> list[str]:
        target, name = Path(arguments[1]), arguments[2]
        assert arguments[0] == "--target" and name == "uv"
        return ["sh", "-c", f"mkdir -p '{target}/bin' && cp '{rig.folder}/uv' '{target}/bin'"]

    monkeypatch.setattr(extra_installer, "pip_install", pip_install)
    rig.install()
    assert rig.installed() == {f"{SITE}/numpy", f"{SITE}/torch"}


def test_where_uv_cannot_be_had_pip_does_it(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra_installer, "find_uv", lambda: None)

    def pip_install(python: str, *arguments: str) -> list[str]:
        return [sys.executable, "-c", "raise SystemExit(1)"] if "uv" in arguments else _fake_pip(python, *arguments)

    monkeypatch.setattr(extra_installer, "pip_install", pip_install)
    rig.install()
    assert rig.installed() == {f"{SITE}/numpy", f"{SITE}/torch"}


def test_the_command_says_each_line_and_how_it_ended(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("engine.cli.commands.install.missing", lambda: ("torch", "faiss", "sklearn"))
    monkeypatch.setattr(sys, "stdin", None)
    rig.uv_does("print('Installed 3 packages')")
    assert main(["install", "--events", "jsonl"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[-2:] == [{"line": "Installed 3 packages"}, {"installed": ["torch", "faiss", "sklearn"]}]
    monkeypatch.setattr(extra_installer, "find_spec", _absent("pip"))
    rig.uv_does(look="print('dns error')\nsys.exit(1)")
    assert main(["install", "--events", "jsonl"]) == 1
    found = capsys.readouterr()
    assert json.loads(found.out.splitlines()[-1])["problem"]["code"] == "install.no-network"
    assert found.err == "The package registry can't be reached. Check the network, then try again.\n"


def test_nothing_is_done_where_nothing_is_missing(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("engine.cli.commands.install.missing", lambda: ())
    rig.uv_does()
    assert main(["install"]) == 0
    assert capsys.readouterr().out == "Nothing is missing.\n"
    assert not (rig.folder / "calls").exists()
