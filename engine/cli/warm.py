"""``warm``: compiles the fast kernels into their cache, so that the next start finds them ready."""

from __future__ import annotations

from argparse import Namespace
from time import perf_counter

from engine.cli.outcome import Outcome


def warm(arguments: Namespace) -> Outcome:
    """The command; quick where the cache is already full."""
    from engine.network.warm import fill_cache

    started = perf_counter()
    fill_cache(baseline=arguments.baseline)
    seconds = perf_counter() - started
    return Outcome({"seconds": seconds}, [f"The kernels are ready ({seconds:.1f} s)."])
