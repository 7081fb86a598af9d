"""Gets the compiled kernels ready: compiles them once for a machine, and loads them into a process.

Compiling takes seconds and stalls a window even from another thread, so the program has a child process do it.
Nothing here imports numba before :func:`load` or :func:`fill_cache` is called.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from engine.atomic import write_atomically
from engine.command import engine_command
from engine.network.kernels.location import cache_folder

_loaded = False


def cache_is_filled() -> bool:
    """Whether every kernel lies compiled in the cache, for these sources, this numba and this processor."""
    try:
        found: object = json.loads(_marker().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return found == _circumstances()


def fill_command() -> list[str]:
    """The command line of the child process that fills the cache, wherever it is started."""
    return engine_command("warm")


def fill_cache(progress: Callable[[float], None] | None = None) -> None:
    """Compile every kernel into the cache; ``progress`` is told the share done, up to 1.

    Raises OSError where the cache cannot be written.
    """
    for done in _loading(every=True):
        if progress is not None:
            progress(done)
    marker = _marker()
    marker.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(marker, json.dumps(_circumstances()).encode())


def load() -> None:
    """Load the kernels in the calling thread: a fraction of a second from a filled cache, else seconds. Those of single
    precision, which few networks ask for, are loaded by the first that does."""
    for _ in _loading(every=False):
        pass


def ready() -> bool:
    """Whether :func:`load` is done, so that no kernel has to be compiled any more."""
    return _loaded


def _marker() -> Path:
    return cache_folder() / "filled.json"


def _circumstances() -> dict[str, str]:
    """What the compiled code depends on besides its sources."""
    from llvmlite import binding

    return {"numba": version("numba"), "processor": binding.get_host_cpu_name()}


def _loading(every: bool) -> Iterator[float]:
    """Call the kernels once with next to nothing; yields the share done."""
    global _loaded
    from engine.network import warming
    from engine.raster import edges, points

    bare = (warming.shuffle, warming.condense, warming.train, warming.train_on_single_rows, warming.look, warming.draw)
    steps = (edges.warm, *bare, points.warm, *([warming.train_in_single_precision] if every else []))
    for done, step in enumerate(steps, 1):
        step()
        yield done / len(steps)
    _loaded = True
