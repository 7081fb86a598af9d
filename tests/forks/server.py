"""Forks a process for each stand-in that asks: ``python -m tests.forks.server SOCKET``, until its input ends."""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import random
import select
import signal
import socket
import sys
import traceback
from contextlib import suppress
from typing import Any

from engine.extras import has_torch
from tests.few_trees import few_trees

STREAMS = (0, 1, 2)
JUDGES = tuple(
    f"sklearn.{name}" for name in ("ensemble", "feature_extraction.text", "impute", "linear_model", "preprocessing")
)
"""What the models beside a run are made of, which they import when they are first asked for."""


def serve(place: str) -> None:
    """Fork a guard for each connection."""
    prepare()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(place)
    listening.listen(64)
    print("ready", flush=True)
    while True:
        readable = select.select([listening, sys.stdin], [], [])[0]
        if sys.stdin in readable:
            bury()
            return
        bury()
        asking, _ = listening.accept()
        if not os.fork():
            listening.close()
            guard(asking)
        asking.close()


def prepare() -> None:
    """Import what takes long; nothing is computed before the fork."""
    gc.disable()
    if has_torch():
        for library in ("torch", *JUDGES):
            importlib.import_module(library)
        few_trees().__enter__()  # for as long as the server lives
    numba = importlib.import_module("numba.core.registry").cpu_target
    for context in (numba.typing_context, numba.target_context):
        context.refresh()  # or the first kernel of each fork would import half of numba
    for package in ("engine.cli", "engine.recommenders"):
        found = importlib.import_module(package)
        for module in pkgutil.walk_packages(found.__path__, f"{package}."):
            importlib.import_module(module.name)
    gc.collect()
    gc.enable()
    gc.freeze()  # no fork looks through all this again, for which the memory that they share would be copied


def bury() -> None:
    """Let go of the guards that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def guard(asking: socket.socket) -> None:
    """Fork the child, kill it when its stand-in has gone, else say how it ended; does not come back."""
    streams = socket.recv_fds(asking, 1, 3)[1]
    lines = asking.makefile("rw", encoding="utf-8")
    told = json.loads(lines.readline())
    child = os.fork()
    if not child:
        os.close(asking.detach())
        work(told, streams)
    for stream in (*streams, *STREAMS):
        os.close(stream)
    try:
        lines.write(f"{child}\n")
        lines.flush()
        ended = os.pidfd_open(child)
        if ended not in select.select([ended, asking], [], [])[0]:
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        lines.write(f"{code}\n")
        lines.flush()
    except OSError:  # nobody is there to hear it
        os.kill(child, signal.SIGKILL)
    finally:
        os._exit(0)


def work(told: dict[str, Any], streams: list[int]) -> None:
    """What a process of its own does with the same arguments; does not come back."""
    from engine.__main__ import main

    os.setsid()
    os.chdir(told["folder"])
    os.environ.clear()
    os.environ.update(told["environment"])
    random.seed()
    for stream, number in zip(streams, STREAMS, strict=True):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", buffering=1)  # noqa: SIM115  as new as the streams
    code: object = 1
    try:
        code = main(told["arguments"])
    except SystemExit as ending:
        code = ending.code
    except BaseException:
        traceback.print_exc()
    for out in (sys.stdout, sys.stderr):
        out.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    serve(sys.argv[1])
