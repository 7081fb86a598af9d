"""Installs what ``neuroloom[torch]`` brings into the environment of the Python that runs this, by uv or else by pip."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from ctypes.util import find_library
from dataclasses import dataclass
from importlib import invalidate_caches
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue

from engine.command import is_bundle
from engine.extras import PACKAGES, missing
from engine.problems import EngineError, Problem, declare

REQUIREMENTS = {"torch": "torch>=2.6,<3", "faiss": "faiss-cpu>=1.15,<2", "sklearn": "scikit-learn>=1.6,<2"}
"""What to ask the package registry for, by the name that is imported; as ``pyproject.toml`` has it."""
LOOK_SECONDS = 0.1
"""From one look at whether somebody has cancelled to the next."""
END_SECONDS = 5.0
LAST_LINES = 60
"""What is kept of the installer's words, to see what went wrong."""
FALLBACK = "PyTorch's own index can't be reached; the package registry's build is taken, which may be larger."
"""What is told between the two."""
RAW_PROGRESS = (24, 1)
"""The first pip that says how far it is in a line of its own."""
GIGABYTE = 1e9

NO_INSTALLER = declare(
    "install.no-installer",
    "Neither uv nor pip is there to install {packages} for {python}; install uv, then try again.",
)
BUNDLED = declare(
    "install.bundled",
    "{packages} can't be added to the portable Neuroloom; take the one that has it, or install Neuroloom by uv or pip.",
)
READ_ONLY = declare(
    "install.read-only",
    "“{path}” can't be written to; install Neuroloom into an environment of your own, or ask whoever looks after it.",
)
NO_NETWORK = declare(
    "install.no-network", "The package registry can't be reached; look after the network, then try again."
)
NO_ROOM = declare(
    "install.no-room", "The disk is too full: about {size} GB are needed in “{path}”. Free some, then try again."
)
NO_BUILD = declare(
    "install.no-build",
    "There is no {packages} for this Python ({version}) on this system; install Neuroloom with Python 3.12.",
)
FAILED = declare("install.failed", "The installer gave up (“{reason}”); its log says why. Mend that, then try again.")

# What uv, pip and the systems below them say, in lower case; the first group that is found is what went wrong.
_SIGNS = (
    (NO_ROOM, ("no space left", "os error 28", "not enough space", "disk quota exceeded")),
    (READ_ONLY, ("read-only file system", "permission denied", "access is denied", "externally managed",
                 "externally-managed", "not writeable")),
    (NO_NETWORK, ("failed to fetch", "error sending request", "dns error", "name resolution", "connection error",
                  "failed to establish a new connection", "connection refused", "connection reset", "timed out",
                  "network is unreachable", "no route to host", "max retries exceeded", "could not connect",
                  "failed to download")),
    (NO_BUILD, ("no matching distribution", "no solution found", "no wheels with a matching", "no version of")),
)  # fmt: skip
_QUIET = {
    "NO_COLOR": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONIOENCODING": "utf-8",
    "PIP_NO_INPUT": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}
"""What keeps an installer from asking, and from saying what nobody has asked."""
_SHARE = re.compile(r"Progress (\d+) of (\d+)")
_REPLACED = re.compile(r"\s*-\s+(\S+)==\S+|\s*Found existing installation: (\S+) \S+")


class Cancelled(Exception):
    """Somebody wanted no more of an installation; what it had begun is taken away again."""


@dataclass(frozen=True, slots=True)
class Size:
    """About how many gigabytes are downloaded, and how many then lie on the disk."""

    download: float
    disk: float


def size(*, gpu: bool) -> Size:
    """Of what is missing, with the build of PyTorch for NVIDIA's GPUs or the one for the processor alone."""
    if "torch" not in missing():
        return Size(0.04, 0.12)
    return Size(3.0, 7.0) if gpu and sys.platform != "darwin" else Size(0.25, 0.9)


def has_nvidia_driver() -> bool:
    """Whether NVIDIA's driver is installed, without which PyTorch's build for its GPUs is of no use."""
    library = "nvcuda" if sys.platform == "win32" else "cuda"
    return shutil.which("nvidia-smi") is not None or find_library(library) is not None


def obstacle() -> Problem | None:
    """What keeps anything from being installed, as far as that is known beforehand."""
    if is_bundle():
        return BUNDLED(packages=_listed(missing()))
    place = _place()
    if not os.access(place, os.W_OK):
        return READ_ONLY(path=place)
    if find_uv() is None and find_spec("pip") is None:
        return NO_INSTALLER(packages=_listed(missing()), python=sys.executable)
    return None


def command_line(*, gpu: bool) -> str:
    """The line by which a person installs what is missing into this environment, in a terminal."""
    names, uv = missing(), find_uv()
    if uv is not None:
        return _shown(_by_uv(uv, names, gpu=gpu, chosen_build=True))
    if sys.platform == "linux" and not gpu and "torch" in names:  # what pip finds there is the build for GPUs
        bring, then = _by_pip(["uv"]), _by_uv(_module("uv"), names, gpu=gpu, chosen_build=True)
        return f"{_shown(bring)} && {_shown(then)}"
    return _shown(_by_pip(_requirements(names)))


def find_uv() -> list[str] | None:
    """The command that runs uv; a window that was not started from a shell may not have its folder on the path."""
    found = shutil.which("uv") or shutil.which("uv", path=str(Path.home() / ".local" / "bin"))
    if found is not None:
        return [found]
    return _module("uv") if find_spec("uv") is not None else None


class Installation:
    """Installs what is missing, once. ``tell(line, share)`` hears every line of the installer, and the share of the
    present download that is done where that is known; ``is_cancelled`` is asked ten times a second."""

    def __init__(self, tell: Callable[[str, float | None], None], is_cancelled: Callable[[], bool]) -> None:
        self._tell, self._is_cancelled = tell, is_cancelled
        self.replaced: list[str] = []
        """The packages of which there was another version: what has been imported of them stays as it was until the
        program starts again."""

    def run(self, *, gpu: bool) -> None:
        """Install it. Raises EngineError, or Cancelled; the environment is then as it was."""
        self._check(gpu=gpu)
        names = missing()
        uv = find_uv() or self._bring_uv()
        if uv is not None and "torch" in names:
            try:
                self._do(_by_uv(uv, names, gpu=gpu, chosen_build=True))
                return
            except EngineError as error:
                if error.problem.code in (NO_ROOM.code, READ_ONLY.code):
                    raise
                self._tell(FALLBACK, None)
        self._install_from_registry(uv, names, gpu=gpu)

    def _check(self, *, gpu: bool) -> None:
        problem = obstacle()
        if problem is None and shutil.disk_usage(_place()).free < size(gpu=gpu).disk * GIGABYTE:
            problem = _no_room(gpu=gpu)
        if problem is not None:
            raise EngineError(problem)

    def _install_from_registry(self, uv: Sequence[str] | None, names: Sequence[str], *, gpu: bool) -> None:
        """By pip where it is there: mirrors and folders of wheels are mostly made known to pip alone."""
        if uv is None or find_spec("pip") is not None:
            self._do(_by_pip([f"--progress-bar={_pip_bar()}", *_requirements(names)]))
        else:
            self._do(_by_uv(uv, names, gpu=gpu, chosen_build=False))

    def _bring_uv(self) -> list[str] | None:
        """Install uv, which alone can choose the build; None where that fails for a reason that pip may not have."""
        try:
            self._do(_by_pip(["uv"]))
        except EngineError as error:
            if error.problem.code in (NO_ROOM.code, READ_ONLY.code, NO_NETWORK.code):
                raise
            return None
        invalidate_caches()
        return find_uv()

    # One command ------------------------------------------------------------------------------------------------------

    def _do(self, command: Sequence[str]) -> None:
        """Run it to its end. Where it is cancelled or fails, what is new in the environment is taken away."""
        before = _entries()
        self._tell(_shown(command), None)
        last: deque[str] = deque(maxlen=LAST_LINES)
        try:
            code = self._follow(command, last)
        except BaseException:
            _take_away(_entries() - before)
            raise
        if code != 0:
            _take_away(_entries() - before)
            raise EngineError(_problem_in(last))

    def _follow(self, command: Sequence[str], last: deque[str]) -> int:
        """Hear what it prints until it ends; the exit code."""
        try:
            child = _started(command)
        except OSError as error:
            raise EngineError(FAILED(reason=error.strerror or str(error))) from None
        lines: SimpleQueue[str | None] = SimpleQueue()
        reader = threading.Thread(target=_read, args=(child, lines), name="installer", daemon=True)
        reader.start()
        try:
            while (line := self._next(lines)) is not None:
                self._hear(line, last)
            return child.wait()
        finally:
            _kill(child)
            reader.join(END_SECONDS)  # until its children have gone too: none writes where things are taken away

    def _next(self, lines: SimpleQueue[str | None]) -> str | None:
        while True:
            if self._is_cancelled():
                raise Cancelled
            try:
                return lines.get(timeout=LOOK_SECONDS)
            except Empty:
                continue

    def _hear(self, line: str, last: deque[str]) -> None:
        share = _SHARE.match(line)
        if share is not None:
            self._tell("", int(share[1]) / max(int(share[2]), 1))
            return
        last.append(line)
        replaced = _REPLACED.fullmatch(line)
        if replaced is not None:
            self.replaced.append(replaced[1] or replaced[2])
        self._tell(line, None)


# The commands ---------------------------------------------------------------------------------------------------------


def _requirements(names: Iterable[str]) -> list[str]:
    return [REQUIREMENTS[name] for name in names]


def _by_uv(uv: Sequence[str], names: Sequence[str], *, gpu: bool, chosen_build: bool) -> list[str]:
    """``chosen_build``: from PyTorch's index, the build for the driver that is there or for the processor alone."""
    build = [f"--torch-backend={'auto' if gpu else 'cpu'}"] if chosen_build and "torch" in names else []
    return [*uv, "pip", "install", "--python", sys.executable, *build, *_requirements(names)]


def _by_pip(requirements: Sequence[str]) -> list[str]:
    return [*_module("pip"), "install", *requirements]


def _module(name: str) -> list[str]:
    """``python -m name``, whatever lies in the folder where the program was started."""
    return [sys.executable, "-P", "-m", name]


def _pip_bar() -> str:
    try:
        numbers = tuple(int(part) for part in version("pip").split(".")[:2] if part.isdecimal())
    except PackageNotFoundError:
        return "off"
    return "raw" if numbers >= RAW_PROGRESS else "off"


def _shown(command: Sequence[str]) -> str:
    """A command as one types it."""
    if sys.platform != "win32":
        return shlex.join(command)
    return " ".join(f'"{part}"' if set(part) & set(' <>&|"') else part for part in command)


# The child ------------------------------------------------------------------------------------------------------------


def _started(command: Sequence[str]) -> subprocess.Popen[str]:
    """The installer as the leader of a group of its own, so that its children can be ended with it."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, **_QUIET},
        start_new_session=sys.platform != "win32",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _read(child: subprocess.Popen[str], lines: SimpleQueue[str | None]) -> None:
    """In a thread: hand on every line, and None at the end."""
    assert child.stdout is not None
    with child.stdout:
        for line in child.stdout:
            lines.put(line.rstrip())
    lines.put(None)


def _kill(child: subprocess.Popen[str]) -> None:
    """End it with all its children, where it has not ended by itself."""
    if child.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(child.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):  # it has just ended
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()


# The environment ------------------------------------------------------------------------------------------------------


def _places() -> tuple[Path, ...]:
    """The folders in which the packages of this environment lie; mostly one."""
    return tuple(dict.fromkeys(Path(sysconfig.get_path(kind)) for kind in ("platlib", "purelib")))


def _place() -> Path:
    """The folder that torch will lie in."""
    return _places()[0]


def _entries() -> frozenset[Path]:
    """What lies there."""
    return frozenset(entry for place in _places() if place.is_dir() for entry in place.iterdir())


def _take_away(entries: Iterable[Path]) -> None:
    """Delete what an installation has begun, so that no package is there by half."""
    for entry in entries:
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            with suppress(OSError):
                entry.unlink()
    invalidate_caches()


# What goes wrong ------------------------------------------------------------------------------------------------------


def _problem_in(lines: Sequence[str]) -> Problem:
    """What the installer's last words come to."""
    text = "\n".join(lines).lower()
    kind = next((kind for kind, signs in _SIGNS if any(sign in text for sign in signs)), FAILED)
    if kind is NO_ROOM:
        return _no_room(gpu=has_nvidia_driver())
    if kind is READ_ONLY:
        return READ_ONLY(path=_place())
    if kind is NO_BUILD:
        return NO_BUILD(packages=_listed(missing()), version=".".join(map(str, sys.version_info[:2])))
    return NO_NETWORK() if kind is NO_NETWORK else FAILED(reason=_last_error(lines))


def _last_error(lines: Sequence[str]) -> str:
    """The last line that speaks of an error; else the last one."""
    said = [line.strip() for line in lines if line.strip()]
    return next((line for line in reversed(said) if "error" in line.lower()), said[-1] if said else "")


def _no_room(*, gpu: bool) -> Problem:
    return NO_ROOM(size=f"{size(gpu=gpu).disk:g}", path=_place())


def _listed(names: Sequence[str]) -> str:
    return ", ".join(PACKAGES[name] for name in names)
