"""Where compiled kernels are kept: one folder for each state of the sources, so that no stale one is ever loaded.

Numba looks at the one file that a kernel stands in, and would miss that a kernel it calls, in another file, has
changed. Imports numba only when a kernel is made: the program asks for the folder before it loads any.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
ENGINE = HERE.parents[1]
PREFIX = "kernels-"


def sources() -> tuple[Path, ...]:
    """Every module that kernels, the rasteriser's included, are compiled from or take their constants from."""
    constants = (
        ENGINE / "graph" / "kinds" / "compiled.py",
        ENGINE / "activations" / "catalogue.py",
        ENGINE / "losses.py",
        ENGINE / "optimizers.py",
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
    return (beside if writable else _personal_folder()) / f"{PREFIX}{source_digest()}"


def _personal_folder() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "neuroloom"


@contextmanager
def numba_cache() -> Iterator[None]:
    """While it lasts, numba gives :func:`cache_folder` to the kernels that are declared.

    A folder that is not there yet takes the place of those of earlier sources.
    """
    from numba.core import config

    folder = cache_folder()
    if not folder.exists():
        for stale in folder.parent.glob(f"{PREFIX}*"):
            shutil.rmtree(stale, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
    settings = vars(config)  # which numba fills from the environment, unseen by type checkers
    before, settings["CACHE_DIR"] = settings["CACHE_DIR"], str(folder)
    try:
        yield
    finally:
        settings["CACHE_DIR"] = before
