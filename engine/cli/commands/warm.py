"""``warm``: compiles the fast kernels into their cache; and the same before the first command that trains with them."""

from __future__ import annotations

import subprocess
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from time import perf_counter, sleep

from engine.cli.command import Command
from engine.cli.interrupts import Interrupts
from engine.cli.outcome import Outcome
from engine.cli.progress import ProgressBar
from engine.cli.streams import complain
from engine.network.warm import cache_is_filled, fill_cache, fill_command

COMPILING = "Compiling the fast kernels, once for this version; it takes a minute or two, and Ctrl+C stops it."
NOT_KEPT = "The kernels can't be kept, so they are compiled for this run alone."
LOOK_SECONDS = 0.1
"""How long Ctrl+C waits at most."""


def warm(arguments: Namespace) -> Outcome:
    """The command; quick where the cache is already full."""
    started = perf_counter()
    with ProgressBar("Compiling", arguments.progress) as bar:
        bar.at(0.0)
        fill_cache(bar.at, baseline=arguments.baseline)
    seconds = perf_counter() - started
    return Outcome({"seconds": seconds}, [f"The kernels are ready ({seconds:.1f} s)."])


def compile_kernels(progress: bool | None = None) -> None:
    """Fill the cache where it isn't full, and say so; ``progress``: whether a bar is shown, by default on a terminal.

    A child does it: LLVM hears no signal for many seconds, a child can be killed at any moment. Raises
    KeyboardInterrupt.
    """
    if cache_is_filled():
        return
    complain(COMPILING)
    flag = [] if progress is None else ["--progress" if progress else "--no-progress"]
    # In a session of its own, so that Ctrl+C on a terminal reaches this process alone.
    with (
        Interrupts() as interrupts,
        subprocess.Popen([*fill_command(), *flag], stdout=subprocess.DEVNULL, start_new_session=True) as child,
    ):
        while child.poll() is None:
            if interrupts.seen:
                child.kill()
                raise KeyboardInterrupt
            sleep(LOOK_SECONDS)
    if child.returncode:  # it has said why
        complain(NOT_KEPT)


def _add_arguments(parser: ArgumentParser) -> None:
    help_text = "for any processor of the last ten years, into the program itself, as bundles carry them"
    parser.add_argument("--baseline", action="store_true", help=help_text)
    parser.add_argument("--progress", action=BooleanOptionalAction, help="progress bar on stderr")


COMMAND = Command(warm, _add_arguments)
