"""Where compiled kernels are kept: one folder for each state of their sources, so that no stale one is ever loaded.

Numba looks at the one file that a kernel stands in, and would miss that a kernel it calls, in another file, has
changed. It is imported only when a kernel is made: the program asks for the folder before it loads any.

A bundle also carries kernels that any processor of the last ten years can run. They train until those for this very
processor are compiled.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FunctionType
from typing import Any

from engine.atomic import write_atomically

ENGINE = Path(__file__).parent
HERE = ENGINE / "network" / "kernels"
PREFIX = "kernels-"

Kernel = Callable[..., Any]

# What numba calls a processor is LLVM's name. x86-64-v3 is Intel's Haswell of 2013, which polars needs as well.
_X86 = platform.machine().lower() in ("x86_64", "amd64")
BASELINE = "x86-64-v3" if _X86 else "generic"
"""The processor that a bundle's kernels are compiled for."""
_NEEDED = frozenset(("avx2", "bmi", "bmi2", "f16c", "fma", "lzcnt", "movbe") if _X86 else ())
"""What a processor must have to run them, in LLVM's words."""


@dataclass(frozen=True, slots=True)
class KernelCache:
    """A folder of compiled kernels, and LLVM's name of the ``processor`` that they are for: None for this machine's."""

    folder: Path
    processor: str | None = None

    def is_filled(self) -> bool:
        """Whether every kernel lies in it, of these sources, for this numba and its processor."""
        try:
            found: object = json.loads(self._marker.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return found == self._circumstances()

    def note_filled(self) -> None:
        """Every kernel lies in it now. Raises OSError."""
        write_atomically(self._marker, json.dumps(self._circumstances()).encode())

    @property
    def _marker(self) -> Path:
        return self.folder / "filled.json"

    def _circumstances(self) -> dict[str, str]:
        """What the compiled code depends on besides its sources."""
        from llvmlite import binding

        return {"numba": version("numba"), "processor": self.processor or binding.get_host_cpu_name()}


def sources() -> tuple[Path, ...]:
    """Every module that kernels, the rasteriser's included, are compiled from or take their constants from."""
    constants = (
        *sorted((ENGINE / "activations" / "kinds").glob("*.py")),
        *sorted((ENGINE / "optimizers" / "kinds").glob("*.py")),
        ENGINE / "graph" / "kinds" / "compiled.py",
        ENGINE / "losses.py",
        ENGINE / "optimizers" / "spec.py",
        ENGINE / "network" / "contract.py",
    )
    return (*sorted(HERE.glob("*.py")), *sorted((ENGINE / "raster").glob("*.py")), *constants)


@lru_cache(maxsize=1)
def source_digest() -> str:
    """A short digest of those sources and of the Python they run on."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sources():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """The folder for these sources, beside them or, where that may not be written, in the person's own cache."""
    beside = HERE / "__pycache__"
    writable = os.access(beside if beside.exists() else HERE, os.W_OK)
    return (beside if writable else _personal_folder() or beside) / f"{PREFIX}{source_digest()}"


def own_cache() -> KernelCache:
    """The kernels for this machine's processor."""
    return KernelCache(cache_folder())


def baseline_cache() -> KernelCache:
    """The kernels that a bundle carries."""
    return KernelCache(HERE / "baseline" / f"{PREFIX}{source_digest()}", BASELINE)


def _personal_folder() -> Path | None:
    """None for somebody who has no home."""
    try:
        if sys.platform == "win32":
            base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Caches"
        else:
            base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        return None
    return Path(base) / "neuroloom"


class _Chosen:
    """The cache of this process, once it is decided: numba compiles for one processor in each process."""

    cache: KernelCache | None = None
    passing: TemporaryDirectory[str] | None = None


def cache_in_use() -> KernelCache:
    """The cache that this process loads its kernels from: that for its processor, or until that is filled the bundle's
    where there is one that runs here. Where nothing can be kept, a folder that goes with the process."""
    if _Chosen.cache is None:
        own, baseline = own_cache(), baseline_cache()
        instead = not own.is_filled() and baseline.is_filled() and _runs_here()
        use(baseline if instead else own)
    assert _Chosen.cache is not None
    return _Chosen.cache


def use(cache: KernelCache) -> None:
    """From now on this process takes its kernels from there; to be said before any is declared."""
    _Chosen.cache = cache


def make_folder(cache: KernelCache) -> None:
    """Make a cache's folder, in place of those of earlier sources. Raises OSError."""
    if not cache.folder.exists():
        for stale in cache.folder.parent.glob(f"{PREFIX}*"):
            shutil.rmtree(stale, ignore_errors=True)
        cache.folder.mkdir(parents=True, exist_ok=True)


def _is_writable(cache: KernelCache) -> bool:
    """Whether what is compiled can be kept there; the folder is made."""
    try:
        make_folder(cache)
    except OSError:
        return False
    return os.access(cache.folder, os.W_OK)


def _passing_copy(cache: KernelCache) -> KernelCache:
    """A copy that goes with the process: numba ends a call whose kernel is compiled and cannot be kept."""
    _Chosen.passing = TemporaryDirectory(prefix=f"neuroloom-{os.getpid()}-")
    folder = Path(_Chosen.passing.name)
    for path in cache.folder.glob("**/*.nb?"):
        place = folder / path.relative_to(cache.folder)
        place.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, place)
    return KernelCache(folder, cache.processor)


def _runs_here() -> bool:
    """Whether this machine's processor can run what is compiled for :data:`BASELINE`."""
    from llvmlite import binding

    return all(binding.get_host_cpu_features().get(feature) for feature in _NEEDED)


def compiled(**options: Any) -> Callable[[Kernel], Kernel]:
    """Have numba compile a function at its first call, with these options of ``njit``, and keep what it compiles."""

    def declare(function: Kernel) -> Kernel:
        from numba import njit

        with _numba_cache():
            kernel: Kernel = njit(cache=True, **options)(function)
        return kernel

    return declare


@contextmanager
def _numba_cache() -> Iterator[None]:
    """While it lasts, numba gives :func:`cache_in_use` to the kernels that are declared."""
    from numba.core import config

    cache = cache_in_use()
    if not _is_writable(cache):
        use(cache := _passing_copy(cache))
    settings = vars(config)  # which numba fills from the environment, unseen by type checkers
    if cache.processor is not None:
        settings["CPU_NAME"], settings["CPU_FEATURES"] = cache.processor, ""
    before, settings["CACHE_LOCATOR_CLASSES"] = settings["CACHE_LOCATOR_CLASSES"], f"{__name__}.KernelLocator"
    try:
        yield
    finally:
        settings["CACHE_LOCATOR_CLASSES"] = before


class KernelLocator:
    """Tells numba where it keeps one kernel; numba makes it, by :meth:`from_function`.

    Its own locators keep what they compile under the absolute path and the date of a source: a bundle lies elsewhere on
    every machine, and has no sources.
    """

    def __init__(self, function: FunctionType) -> None:
        self._folder = cache_in_use().folder / function.__module__
        self._line = function.__code__.co_firstlineno

    @classmethod
    def from_function(cls, function: FunctionType, _file: str) -> KernelLocator:
        """The locator of a function, whatever file it stands in."""
        return cls(function)

    def ensure_cache_path(self) -> None:
        """Make the folder, which numba asks for before it writes there. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)

    def get_cache_path(self) -> str:
        """The folder."""
        return str(self._folder)

    def get_source_stamp(self) -> str:
        """By what a stale kernel is known: the state of all sources."""
        return source_digest()

    def get_disambiguator(self) -> str:
        """What tells functions of the same name in the same module from one another."""
        return str(self._line)
