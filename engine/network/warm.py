"""Gets the compiled kernels ready: compiles them once for a machine, and loads them into a process.

Compiling takes seconds and stalls a window even from another thread, so the program has a child process do it.
Nothing here imports numba before :func:`load` or :func:`fill_cache` is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine import kernel_cache
from engine.command import engine_command

_loaded = False


def cache_is_filled() -> bool:
    """Whether this process finds every kernel compiled."""
    return kernel_cache.cache_in_use().is_filled()


def fits_this_processor() -> bool:
    """Whether every kernel is compiled for this very processor; else what a bundle carries may be in use."""
    return kernel_cache.own_cache().is_filled()


def fill_command() -> list[str]:
    """The command line of the child process that fills the cache, wherever it is started."""
    return engine_command("warm")


def fill_cache(progress: Callable[[float], None] | None = None, *, baseline: bool = False) -> None:
    """Compile every kernel for this processor, or into the ``baseline`` that a bundle carries; ``progress`` is told the
    share done, up to 1.

    Raises OSError where the cache cannot be written.
    """
    cache = kernel_cache.baseline_cache() if baseline else kernel_cache.own_cache()
    kernel_cache.make_folder(cache)
    kernel_cache.use(cache)
    for done in _loading(every=True):
        if progress is not None:
            progress(done)
    cache.note_filled()


def load() -> None:
    """Load the kernels in the calling thread: a fraction of a second from a filled cache, else seconds. Those of single
    precision, which few networks ask for, are loaded by the first that does."""
    for _ in _loading(every=False):
        pass


def ready() -> bool:
    """Whether :func:`load` is done, so that no kernel has to be compiled any more."""
    return _loaded


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
