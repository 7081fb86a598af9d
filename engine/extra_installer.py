"""Installs what ``neuroloom[torch]`` brings into the environment of the Python that runs this, by uv or else by pip.

First a dry run says what would be installed. Then that is installed into a folder of its own beside the packages, and
moved in place at the end, by renaming: what fails or is cancelled has touched nothing that is there.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions, version
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from queue import Empty, SimpleQueue

from engine.atomic import alone_in
from engine.command import is_bundle
from engine.extras import INSTALL, PACKAGES, missing
from engine.package_managers import PATIENCE, pip_install, uv_install, uv_settings
from engine.problems import EngineError, Problem, declare

REQUIREMENTS = {"torch": "torch>=2.6,<3", "faiss": "faiss-cpu>=1.15,<2", "sklearn": "scikit-learn>=1.6,<2"}
"""What to ask the package registry for, by the name that is imported; as ``pyproject.toml`` has it."""
LOOK_SECONDS = 0.1
"""From one look at whether somebody has cancelled to the next."""
END_SECONDS = 5.0
LAST_LINES = 60
"""What is kept of the installer's words, to see what went wrong."""
DISTRIBUTION = "neuroloom"
"""What the program is called, and what it is installed as."""
ANY_BUILD = "--any-build"
"""The argument of the command that takes the large build where no other can be had."""
STAGING = ".neuroloom-install"
"""The folder beside the packages that they are installed into first."""
RAW_PROGRESS = (24, 1)
"""The first pip that says how far it is in a line of its own."""
GIGABYTE = 1e9

NO_INSTALLER = declare(
    "install.no-installer",
    "Neither uv nor pip is available to install {packages} for {python}. Install uv, then try again.",
)
BUNDLED = declare(
    "install.bundled",
    "{packages} can't be added to the portable Neuroloom. Use the one that has it, or install Neuroloom with "
    "uv or pip.",
)
THROWN_AWAY = declare(
    "install.thrown-away",
    "Nothing can be added to a Neuroloom that uvx runs; end it, then use {command} to start one with {packages}.",
)
READ_ONLY = declare(
    "install.read-only",
    "“{path}” can't be written to. Install Neuroloom into your own environment (with {command}), or ask its "
    "administrator.",
)
NO_NETWORK = declare("install.no-network", "The package registry can't be reached. Check the network, then try again.")
NO_ROOM = declare(
    "install.no-room", "The disk is too full: about {size} GB are needed in “{path}”. Free some, then try again."
)
NO_BUILD = declare(
    "install.no-build",
    "There is no {packages} for this Python ({version}) on this system; install Neuroloom with Python 3.12.",
)
FAILED = declare("install.failed", "The installer failed (“{reason}”). Its log says why. Fix that, then try again.")
REPLACES = declare(
    "install.replaces",
    "Installing {packages} would replace {replaced}, which Neuroloom runs on; use {command} to install it"
    " anew with them.",
)
ONLY_LARGER = declare(
    "install.only-larger",
    "PyTorch's own index, which has the build without NVIDIA's libraries, can't be reached, and the package registry's"
    " is about {download} GB to download and {disk} GB on the disk; try again later, or use {command} to take it.",
)
IN_THE_WAY = declare("install.in-the-way", "“{path}” is in the way; move it elsewhere, then try again.")
AT_WORK = declare(
    "install.at-work", "Another Neuroloom is installing into “{path}”; wait until it's done, then try again."
)

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
_PLANNED = re.compile(r"\s*\+ ([\w.-]+)==(\S+)")
"""What uv would install, as its dry run says it."""


class Cancelled(Exception):
    """Somebody wanted no more of an installation; everything is as it was."""


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
    if is_thrown_away():
        return THROWN_AWAY(packages=_listed(missing()), command=own_environment_line())
    if not os.access(_place(), os.W_OK):
        return _read_only()
    if find_uv() is None and find_spec("pip") is None:
        return NO_INSTALLER(packages=_listed(missing()), python=sys.executable)
    return None


def command_line(*, gpu: bool, any_build: bool = False) -> str:
    """The line by which a person installs what is missing into this environment, in a terminal."""
    names, uv = missing(), find_uv()
    build = "" if any_build else _torch_build(names, gpu=gpu)
    if uv is not None:
        return _shown(uv_install(uv, sys.executable, *_requirements(names), torch_build=build))
    if sys.platform == "linux" and build == "cpu":  # what pip finds there is the build for GPUs
        then = uv_install(_module("uv"), sys.executable, *_requirements(names), torch_build="cpu")
        return f"{_shown(pip_install(sys.executable, 'uv'))} && {_shown(then)}"
    return _shown(pip_install(sys.executable, *_requirements(names)))


def own_environment_line() -> str:
    """The line by which a person starts a Neuroloom that has it all, in an environment of its own, in a terminal."""
    wanted = f"{DISTRIBUTION}[torch]{_origin()}"
    if (uv := find_uv()) is not None:
        run = ["uvx"] if len(uv) == 1 else [*uv, "tool", "run"]
        return _shown([*run, "--from", wanted, DISTRIBUTION])
    folder = Path.home() / f"{DISTRIBUTION}-torch"
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    make = [sys.executable, "-m", "venv", str(folder)]
    fill, start = [str(programs / "pip"), "install", wanted], [str(programs / DISTRIBUTION)]
    return " && ".join(map(_shown, (make, fill, start)))


def _origin() -> str:
    """Where this Neuroloom was installed from, as a requirement says it (PEP 610); nothing for the registry."""
    try:
        record = distribution(DISTRIBUTION).read_text("direct_url.json")
    except PackageNotFoundError:
        record = None
    if record is None:
        return ""
    origin = json.loads(record)
    if "vcs_info" in origin:
        return f" @ {origin['vcs_info']['vcs']}+{origin['url']}@{origin['vcs_info']['commit_id']}"
    return f" @ {origin['url']}"


def is_thrown_away() -> bool:
    """Whether this environment lies in a cache, as uv's for ``uvx`` do; there is a mark in the folder of a cache."""
    return any((folder / "CACHEDIR.TAG").exists() for folder in _environment_folder().parents)


def find_uv() -> list[str] | None:
    """The command that runs uv; a window that was not started from a shell may not have its folder on the path."""
    found = shutil.which("uv") or shutil.which("uv", path=str(Path.home() / ".local" / "bin"))
    if found is not None:
        return [found]
    return _module("uv") if find_spec("uv") is not None else None


@dataclass(frozen=True, slots=True)
class PackageSource:
    """Where packages are taken from: by uv from PyTorch's own index, by uv from the package registry, or by pip."""

    uv: tuple[str, ...] = ()
    torch_build: str = ""

    def dry_run(self, requirements: Sequence[str], report: Path) -> list[str]:
        """The command that says what would be installed. uv prints it; pip writes it into a file."""
        if self.uv:
            return uv_install(self.uv, sys.executable, "--dry-run", *requirements, torch_build=self.torch_build)
        return pip_install(sys.executable, _pip_bar(), "--dry-run", "--report", str(report), *requirements)

    def installation(self, versions: Mapping[str, str], prefix: Path) -> list[str]:
        """The command that installs these very versions under another prefix than the environment's."""
        exact = ["--no-deps", "--prefix", str(prefix), *(f"{name}=={number}" for name, number in versions.items())]
        if self.uv:
            return uv_install(self.uv, sys.executable, *exact, torch_build=self.torch_build)
        return pip_install(sys.executable, _pip_bar(), "--ignore-installed", "--no-compile", *exact)


@dataclass(frozen=True, slots=True)
class InstallPlan:
    """What a dry run says: the version of each package that would be installed."""

    source: PackageSource
    versions: Mapping[str, str]

    @property
    def is_for_gpu(self) -> bool:
        """Whether it has the large build of PyTorch: with NVIDIA's libraries beside it, or, on Windows, in it."""
        return any(name.startswith("nvidia-") or "+cu" in number for name, number in self.versions.items())

    @property
    def replaced(self) -> list[Distribution]:
        """The packages of the environment that it would replace by another version."""
        planned = {_normalised(name) for name in self.versions}
        places = [str(place) for place in _places()]
        return [found for found in distributions(path=places) if _normalised(found.name) in planned]


class Installation:
    """Installs what is missing, once. ``tell(line, share)`` hears every line of the installer, and the share of the
    present download that is done where that is known; ``is_cancelled`` is asked ten times a second."""

    def __init__(self, tell: Callable[[str, float | None], None], is_cancelled: Callable[[], bool]) -> None:
        self._tell, self._is_cancelled = tell, is_cancelled

    def run(self, *, gpu: bool, any_build: bool = False) -> None:
        """Install it. Raises EngineError, or Cancelled; the environment is then as it was.

        ``any_build``: also the large build of PyTorch for NVIDIA's GPUs where no other can be had, without ``gpu``.
        """
        problem = obstacle()
        if problem is not None:
            raise EngineError(problem)
        with _staging_folder() as folder:
            plan = self._plan(folder, gpu=gpu)
            _check(plan, may_be_large=gpu or any_build)
            self._do(plan.source.installation(plan.versions, folder / "prefix"), self._environment(plan.source))
            _exchange(folder, plan.replaced)

    def _plan(self, folder: Path, *, gpu: bool) -> InstallPlan:
        """By the first source that has everything."""
        names = missing()
        failure: EngineError | None = None
        for source in self._sources(folder, _torch_build(names, gpu=gpu)):
            if failure is not None:
                self._tell("That failed; trying another way.", None)
            try:
                return InstallPlan(source, self._look(source, _requirements(names), folder / "report.json"))
            except EngineError as error:
                if error.problem.code in (NO_ROOM.code, READ_ONLY.code):
                    raise
                failure = error
        assert failure is not None, "without uv and pip there is an obstacle"
        raise failure

    def _sources(self, folder: Path, torch_build: str) -> Iterator[PackageSource]:
        """In the order in which they are tried. pip is the last: where a network lets only pip through, its settings
        say how."""
        uv = find_uv() or self._bring_uv(folder / "uv")
        if uv is not None and torch_build:
            yield PackageSource(tuple(uv), torch_build)
        if uv is not None:
            yield PackageSource(tuple(uv))
        if find_spec("pip") is not None:
            yield PackageSource()

    def _bring_uv(self, folder: Path) -> list[str] | None:
        """A uv for this installation; None where that fails for a reason that pip may not have."""
        try:
            self._do(pip_install(sys.executable, "--target", str(folder), "uv"), {})
        except EngineError as error:
            if error.problem.code in (NO_ROOM.code, READ_ONLY.code, NO_NETWORK.code):
                raise
            return None
        found = shutil.which("uv", path=str(folder / "bin"))
        return [found] if found is not None else None

    def _look(self, source: PackageSource, requirements: Sequence[str], report: Path) -> dict[str, str]:
        """The version of each package that would be installed."""
        lines = self._do(source.dry_run(requirements, report), PATIENCE | self._environment(source))
        if source.uv:
            versions = {found[1]: found[2] for line in lines if (found := _PLANNED.match(line)) is not None}
        else:
            packages = (entry["metadata"] for entry in json.loads(report.read_text("utf-8"))["install"])
            versions = {package["name"]: package["version"] for package in packages}
        if not versions:  # the installer takes for installed what can't be found
            raise EngineError(_problem_in(lines[-LAST_LINES:]))
        return versions

    def _environment(self, source: PackageSource) -> dict[str, str]:
        """Variables for the installer; what the person has set counts more."""
        return (uv_settings(sys.executable) if source.uv else {}) | os.environ

    # One command ------------------------------------------------------------------------------------------------------

    def _do(self, command: Sequence[str], environment: Mapping[str, str]) -> list[str]:
        """Run it to its end; all that it prints. Raises EngineError where it fails."""
        self._tell(_shown(command), None)
        lines: list[str] = []
        if self._follow(command, environment, lines) != 0:
            raise EngineError(_problem_in(lines[-LAST_LINES:]))
        return lines

    def _follow(self, command: Sequence[str], environment: Mapping[str, str], heard: list[str]) -> int:
        """Hear what it prints until it ends; the exit code."""
        try:
            child = _started(command, environment)
        except OSError as error:
            raise EngineError(FAILED(reason=error.strerror or str(error))) from None
        lines: SimpleQueue[str | None] = SimpleQueue()
        reader = threading.Thread(target=_read, args=(child, lines), name="installer", daemon=True)
        reader.start()
        try:
            while (line := self._next(lines)) is not None:
                self._hear(line, heard)
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

    def _hear(self, line: str, heard: list[str]) -> None:
        share = _SHARE.match(line)
        if share is not None:
            self._tell("", int(share[1]) / max(int(share[2]), 1))
            return
        heard.append(line)
        self._tell(line, None)


def _check(plan: InstallPlan, *, may_be_large: bool) -> None:
    """Raises EngineError where what is planned should not be installed."""
    own = _own_packages()
    loaded = [each.name for each in plan.replaced if _normalised(each.name) in own or each.files is None]
    if loaded:
        names = {"packages": _listed(missing()), "replaced": ", ".join(loaded)}
        raise EngineError(REPLACES(**names, command=own_environment_line()))
    needed = size(gpu=plan.is_for_gpu)
    if plan.is_for_gpu and not may_be_large:
        command = f"{INSTALL} {ANY_BUILD}"
        raise EngineError(ONLY_LARGER(download=f"{needed.download:g}", disk=f"{needed.disk:g}", command=command))
    if shutil.disk_usage(_place()).free < needed.disk * GIGABYTE:
        raise EngineError(_no_room(gpu=plan.is_for_gpu))


# The commands ---------------------------------------------------------------------------------------------------------


def _requirements(names: Iterable[str]) -> list[str]:
    return [REQUIREMENTS[name] for name in names]


def _torch_build(names: Sequence[str], *, gpu: bool) -> str:
    """Which build of PyTorch uv is to take from PyTorch's own index; none where it is there already."""
    if "torch" not in names:
        return ""
    return "auto" if gpu else "cpu"


def _module(name: str) -> list[str]:
    """``python -m name``, whatever lies in the folder where the program was started."""
    return [sys.executable, "-P", "-m", name]


def _pip_bar() -> str:
    try:
        numbers = tuple(int(part) for part in version("pip").split(".")[:2] if part.isdecimal())
    except PackageNotFoundError:
        numbers = ()
    return f"--progress-bar={'raw' if numbers >= RAW_PROGRESS else 'off'}"


def _shown(command: Sequence[str]) -> str:
    """A command as one types it."""
    if sys.platform != "win32":
        return shlex.join(command)
    return " ".join(f'"{part}"' if set(part) & set(' <>&|"') else part for part in command)


# The child ------------------------------------------------------------------------------------------------------------


def _started(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """The installer as the leader of a group of its own, so that its children can be ended with it."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, **environment, **_QUIET},
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


def _environment_folder() -> Path:
    """The folder of the environment, which schemes such as ``lib/python3.12/site-packages`` start from."""
    return Path(sys.prefix)


def _place() -> Path:
    """The folder that torch will lie in."""
    return _places()[0]


def _normalised(name: str) -> str:
    """A package's name as the registry compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@contextmanager
def _staging_folder() -> Iterator[Path]:
    """An empty folder beside the packages, for one installation at a time. Raises EngineError."""
    folder = _place() / STAGING
    with ExitStack() as stack:
        try:
            stack.enter_context(alone_in(_place()))
            shutil.rmtree(folder, ignore_errors=True)  # what a killed installation has left
            folder.mkdir()
        except BlockingIOError:
            raise EngineError(AT_WORK(path=_place())) from None
        except OSError as error:
            raise EngineError(_problem_in([str(error)])) from None
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        yield folder


def _own_packages() -> set[str]:
    """The packages that Neuroloom itself needs: a window may have them loaded."""
    found: set[str] = set()
    ahead = [DISTRIBUTION]
    while ahead:
        name = _normalised(ahead.pop())
        if name in found:
            continue
        found.add(name)
        with suppress(PackageNotFoundError):  # what only other systems need
            required = (entry for entry in distribution(name).requires or () if "extra ==" not in entry)
            ahead += [re.split(r"[^\w.-]", entry, maxsplit=1)[0] for entry in required]
    return found


def _exchange(folder: Path, replaced: Iterable[Distribution]) -> None:
    """Move what was installed under ``prefix`` into the environment, and what it replaces out of it; or nothing.

    Raises EngineError.
    """
    environment = _environment_folder()
    old = [file for package in replaced for file in _files_of(package)]
    moves: list[tuple[Path, Path]] = []
    try:
        for file in old:
            _move(file, folder / "replaced" / file.relative_to(environment), moves)
        _merge(folder / "prefix", environment, moves)
    except BaseException as error:
        for source, goal in reversed(moves):
            goal.rename(source)
        if isinstance(error, OSError | ValueError):
            raise EngineError(_problem_in([str(error)])) from None
        raise
    emptied = {parent for file in old for parent in file.parents if environment in parent.parents}
    for parent in sorted(emptied, reverse=True):  # what lies in a folder before the folder
        with suppress(OSError):  # there is something in it
            parent.rmdir()


def _files_of(package: Distribution) -> set[Path]:
    """The files of an installed package, with what Python has compiled of them."""
    found = {Path(os.path.normpath(str(file.locate()))) for file in package.files or ()}
    compiled = (path.parent.glob(f"__pycache__/{path.stem}.*.pyc") for path in found if path.suffix == ".py")
    records = (path.parent.rglob("*") for path in found if path.name == "METADATA")
    return {path for path in {*found, *chain(*compiled, *records)} if path.is_file()}


def _merge(source: Path, target: Path, moves: list[tuple[Path, Path]]) -> None:
    """Move what is in one folder into another. What is in both stays as it is in the latter, if it is the same."""
    for entry in sorted(source.iterdir()):
        goal = target / entry.name
        if not os.path.lexists(goal):
            _move(entry, goal, moves)
        elif entry.is_dir() and goal.is_dir():
            _merge(entry, goal, moves)
        elif not (goal.is_file() and entry.read_bytes() == goal.read_bytes()):
            raise EngineError(IN_THE_WAY(path=goal))


def _move(source: Path, goal: Path, moves: list[tuple[Path, Path]]) -> None:
    """Move a file or folder, and note it, so that it can be moved back."""
    goal.parent.mkdir(parents=True, exist_ok=True)
    source.rename(goal)
    moves.append((source, goal))


# What goes wrong ------------------------------------------------------------------------------------------------------


def _problem_in(lines: Sequence[str]) -> Problem:
    """What the installer's last words come to."""
    text = "\n".join(lines).lower()
    kind = next((kind for kind, signs in _SIGNS if any(sign in text for sign in signs)), FAILED)
    if kind is NO_ROOM:
        return _no_room(gpu=has_nvidia_driver())
    if kind is READ_ONLY:
        return _read_only()
    if kind is NO_BUILD:
        return NO_BUILD(packages=_listed(missing()), version=".".join(map(str, sys.version_info[:2])))
    return NO_NETWORK() if kind is NO_NETWORK else FAILED(reason=_last_error(lines))


def _last_error(lines: Sequence[str]) -> str:
    """The last line that speaks of an error; else the last one."""
    said = [line.strip() for line in lines if line.strip()]
    return next((line for line in reversed(said) if "error" in line.lower()), said[-1] if said else "")


def _read_only() -> Problem:
    return READ_ONLY(path=_place(), command=own_environment_line())


def _no_room(*, gpu: bool) -> Problem:
    return NO_ROOM(size=f"{size(gpu=gpu).disk:g}", path=_place())


def _listed(names: Sequence[str]) -> str:
    return ", ".join(PACKAGES[name] for name in names)
