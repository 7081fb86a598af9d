"""Runs that are begun in forks of one process that has imported torch: where it is not the point how a run starts, it
need not take two seconds to begin. Each has its own process and its own session, as in the window."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any
from unittest.mock import patch

from app.workspaces.recommender import launching
from engine.command import engine_command

ROOT = Path(__file__).parents[4]


class Fork:
    """As much of a ``Popen`` as the window asks of a run that it has started."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """None while it runs; whoever has forked it has it buried at once."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def terminate(self) -> None:
        """Tell it to end."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)


@contextmanager
def forking_runs() -> Iterator[None]:
    """Within this, the window's runs are forks, where there are any."""
    if sys.platform != "linux":
        yield
        return
    command = [sys.executable, "-m", "tests.app.workspaces.recommender.forked_runs"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:

        def begin(command: Sequence[str], *, stderr: IO[bytes], **_: object) -> Fork:
            told = {"arguments": command[len(engine_command()) :], "errors": stderr.name, "environment": {**os.environ}}
            assert server.stdin is not None and server.stdout is not None
            server.stdin.write(json.dumps(told) + "\n")
            server.stdin.flush()
            return Fork(int(server.stdout.readline()))

        with patch.object(launching, "subprocess", SimpleNamespace(Popen=begin, DEVNULL=subprocess.DEVNULL)):
            yield


def serve() -> None:
    """Fork for each line of standard input, and say the fork's number."""
    import torch  # noqa: F401  what takes longest; nothing is computed before the fork

    from engine.recommenders.running import run  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # forks that have ended are let go
    for line in iter(sys.stdin.readline, ""):
        pid = os.fork()
        if not pid:
            train(json.loads(line))
        print(pid, flush=True)


def train(told: dict[str, Any]) -> None:
    """What a process of its own does with the same arguments; does not come back."""
    from engine.__main__ import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.environ.clear()
    os.environ.update(told["environment"])
    nowhere, errors = os.open(os.devnull, os.O_RDWR), os.open(told["errors"], os.O_WRONLY)
    for number, file in enumerate((nowhere, nowhere, errors)):
        os.dup2(file, number)
    code = 1
    try:
        code = main(told["arguments"])
    except BaseException:
        traceback.print_exc()
    os._exit(code)


if __name__ == "__main__":
    serve()
