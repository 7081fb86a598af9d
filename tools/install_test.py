"""Tries each way in from nothing: builds the wheel, installs it into empty homes, and uses what is then there.

``make install-test`` runs all; ``python -m tools.install_test uvx pip`` some. Downloads several hundred megabytes for
each, for every home begins without a cache. Whatever is made is removed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple
from zipfile import ZipFile

from tools.virtual_screen import virtual_screen

ROOT = Path(__file__).resolve().parents[1]
PYTHON = os.path.realpath(sys.executable)
"""Not that of the environment which this runs in: what is made of it must not see its packages."""
PATIENCE = 90.0
"""Seconds that a window may take to stand: its first start on a machine compiles all sources."""
TRAINING = ("train", "--hidden", "8,8", "--activation", "tanh", "--data", "two-spirals", "--epochs", "50")
SOURCES = ("app", "engine", "assets", "pyproject.toml", "README.md", "LICENSE")
LEADING_OUT = (
    "XDG_",
    "UV_CACHE",
    "PIP_CACHE",
    "PIP_NO_CACHE",
    "PIPX_",
    "PYTHON",
    "VIRTUAL_ENV",
    "DISPLAY",
    "WAYLAND_",
)
"""How variables begin that would lead out of the empty home, or onto the screen of whoever runs this."""


class WayIn(NamedTuple):
    """How one comes by the program. Each command may have ``{home}``, ``{tools}``, ``{wheel}`` and ``{python}``."""

    install: tuple[str, ...]
    run: str
    """What the name of a program is put after."""


VENV = "{python} -m venv {home}/venv"
WAYS = {
    "pip": WayIn((VENV, "{home}/venv/bin/pip install {wheel}"), "{home}/venv/bin/"),
    "pip, torch": WayIn((VENV, "{home}/venv/bin/pip install {wheel}[torch]"), "{home}/venv/bin/"),
    "pipx": WayIn(("{tools}/pipx install --python {python} {wheel}",), "{home}/.local/bin/"),
    "uv tool": WayIn(("{tools}/uv tool install --python {python} {wheel}",), "{home}/.local/bin/"),
    "uvx": WayIn(
        ("{tools}/uvx --python {python} --from {wheel} neuroloom --version",),
        "{tools}/uvx --python {python} --from {wheel} ",
    ),
}


class InstallTestError(Exception):
    """A way in that does not lead there."""


class Trial(NamedTuple):
    """What a way in took: seconds to install and until the first and the second window; megabytes."""

    install: float
    received: float
    on_disk: float
    first: float
    second: float


def build_wheel(folder: Path) -> Path:
    """The wheel of this checkout, built of a copy: setuptools would take leftovers of earlier builds beside it in."""
    copy = folder / "sources"
    copy.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    call([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", str(folder), str(copy)], os.environ)
    (wheel,) = folder.glob("*.whl")
    check_content(wheel)
    return wheel


def check_content(wheel: Path) -> None:
    """It has every module and asset, and nothing else besides what says who made it. Raises InstallTestError."""
    with ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    files = (path for name in ("app", "engine", "assets") for path in (ROOT / name).rglob("*") if path.is_file())
    wanted = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    if packed != wanted:
        raise InstallTestError(f"the wheel lacks {sorted(wanted - packed)} and has {sorted(packed - wanted)} too much")


def call(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """What a command prints. Raises InstallTestError with its last words where it fails."""
    done = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        raise InstallTestError(f"{' '.join(command)} ended with {done.returncode}:\n{last}")
    return done.stdout


def empty_environment(home: Path) -> dict[str, str]:
    """The variables of a person who has nothing yet."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(LEADING_OUT)}
    return kept | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}


def attempt(way: WayIn, wheel: Path, tools: Path, home: Path) -> Trial:
    """Go one way in an empty home, and use all that is then there. Raises InstallTestError."""
    home.mkdir()
    environment = empty_environment(home)
    environment["PATH"] = f"{tools}{os.pathsep}{environment['PATH']}"

    def words(text: str) -> list[str]:
        return [word.format(home=home, tools=tools, wheel=wheel, python=PYTHON) for word in text.split()]

    def program(name: str, *arguments: str) -> list[str]:
        return [*words(way.run + name), *arguments]

    begun, received = monotonic(), megabytes_received()
    for command in way.install:
        call(words(command), environment)
    took, received = monotonic() - begun, megabytes_received() - received
    on_disk = megabytes_in(home)
    said = call(program("neuroloom", "--version"), environment)
    if said.split() != ["neuroloom", wheel.name.split("-")[1]]:
        raise InstallTestError(f"--version says “{said.strip()}”")
    trained = home / "spirals.loom"
    with screen(environment):
        first = open_window(program("neuroloom"), environment)
        second = open_window(program("neuroloom"), environment)
        print(call(program("neuroloom", "--check"), environment))
        call(program("neuroloom-engine", *TRAINING, "--out", str(trained)), environment)
        open_window(program("neuroloom", str(trained)), environment)
    return Trial(took, received, on_disk, first, second)


@contextmanager
def screen(environment: dict[str, str]) -> Iterator[None]:
    """A screen of its own for what is started with the environment, where Xvfb and xdotool can make one."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        yield
        return
    with virtual_screen(1280, 800) as display:
        environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        yield


def open_window(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """The seconds until a window stands; it is closed again. Raises InstallTestError where none comes."""
    begun = monotonic()
    with tempfile.TemporaryFile("w+") as said, ExitStack() as stack:
        child = subprocess.Popen(command, env=environment, cwd="/", stdout=said, stderr=said, start_new_session=True)
        stack.callback(child.wait)
        stack.callback(end_group, child.pid)
        stands = window_on_screen if "DISPLAY" in environment else window_in_files
        while not (window := stands(environment)):
            if child.poll() is not None or monotonic() - begun > PATIENCE:
                said.seek(0)
                raise InstallTestError(f"{' '.join(command)} opens no window:\n{said.read()}")
            sleep(0.05)
        took = monotonic() - begun
        if "DISPLAY" in environment:
            sleep(2.0)  # what follows the first frame may fail too
            call(["xdotool", "windowfocus", window, "key", "ctrl+q"], environment)
            if child.wait(timeout=PATIENCE):
                said.seek(0)
                raise InstallTestError(f"{' '.join(command)} ended with {child.returncode}:\n{said.read()}")
    return took


def end_group(leader: int) -> None:
    """Kill a process and its children, such as what uvx has started."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def window_on_screen(environment: Mapping[str, str]) -> str:
    """The number of the program's window on the screen; empty before there is one."""
    search = ["xdotool", "search", "--onlyvisible", "--name", "Neuroloom"]
    return next(
        iter(subprocess.run(search, env=environment, capture_output=True, text=True, check=False).stdout.split()), ""
    )


def window_in_files(environment: Mapping[str, str]) -> str:
    """The lock of the work that an open window keeps; empty before there is one."""
    return next((str(path) for path in Path(environment["HOME"]).rglob("*.lock") if "neuroloom" in path.parts), "")


def megabytes_in(folder: Path) -> float:
    """What lies in a folder, less the caches of installers, once each however many names it has."""
    files = (path.lstat() for path in folder.rglob("*") if ".cache" not in path.parts or "archive-v0" in path.parts)
    return sum({found.st_ino: found.st_size for found in files}.values()) / 1e6


def megabytes_received() -> float:
    """What has come over the network since this machine started, whoever asked for it; Linux alone counts that here."""
    counts = Path("/proc/net/dev")
    if not counts.exists():
        return 0.0
    lines = (line.partition(":") for line in counts.read_text("ascii").splitlines()[2:])
    return sum(float(numbers.split()[0]) for name, _, numbers in lines if name.strip() != "lo") / 1e6


def main(chosen: Sequence[str]) -> int:
    """Try the chosen ways, or all; 0 when each leads there."""
    failed = False
    rows: list[str] = []
    with tempfile.TemporaryDirectory(prefix="neuroloom-install-") as place:
        tools = Path(place, "tools")
        call([PYTHON, "-m", "venv", str(tools)], os.environ)
        call([str(tools / "bin" / "pip"), "install", "-q", "uv", "pipx"], os.environ)
        wheel = build_wheel(Path(place))
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")
        for name in chosen or WAYS:
            home = Path(place, "home")
            print(f"\n{name}: {'; '.join(WAYS[name].install)}", flush=True)
            try:
                trial = attempt(WAYS[name], wheel, tools / "bin", home)
                rows.append("".join([f"{name:<12}", *(f"{value:>12.1f}" for value in trial)]))
            except InstallTestError as error:
                failed = True
                rows.append(f"{name:<12}  FAILED")
                print(error, file=sys.stderr)
            shutil.rmtree(home)
    heads = ("seconds", "MB received", "MB on disk", "1st window", "2nd window")
    print("\n" + "".join([" " * 12, *(f"{head:>12}" for head in heads)]), *rows, sep="\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
