"""Children of the engine that are forks of one process which has torch already.

A child that imports torch costs two seconds of a processor before it does anything. Where its start is not the point,
a small program stands in its place: it hands its streams to a server, which forks, and what it forks does what the
command line says. Whoever has started the child talks with it, signals it, kills it and hears how it ended as if it
were the engine itself; but the process that works has another number.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from engine import command

ROOT = Path(__file__).parents[2]
STAND_IN = Path(__file__).with_name("stand_in.py")


class EngineForks:
    """The server, which is started when it is first needed."""

    def __init__(self) -> None:
        self._server: subprocess.Popen[bytes] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="forks-")

    @property
    def _socket(self) -> str:
        return str(Path(self._folder.name, "socket"))

    @contextmanager
    def used(self) -> Iterator[None]:
        """Within this, what ``engine_command`` names is a fork, where there are any."""
        if sys.platform != "linux":
            yield
            return
        if self._server is None:
            serve = [sys.executable, "-m", "tests.forks.server", self._socket]
            self._server = subprocess.Popen(serve, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            assert self._server.stdout is not None
            assert self._server.stdout.readline() == b"ready\n"
        run = (
            f"import runpy, sys; sys.argv[1:3] = [{self._socket!r}];"
            f" runpy.run_path({str(STAND_IN)!r}, run_name='__main__')"
        )
        with patch.object(command, "_RUN", run):
            yield

    def close(self) -> None:
        """End the server; what it has forked and nobody has ended goes on."""
        if self._server is not None:
            self._server.communicate()
        self._folder.cleanup()
