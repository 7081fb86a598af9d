"""Stands in the place of a child: hands its streams and its arguments to the server, passes signals on, and ends as the
fork ends. Imports little, for it is started often. ``sys.argv``: itself, the server's socket, the arguments."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys


def main() -> None:
    """Ends this process as the fork has ended."""
    place, *arguments = sys.argv[1:]
    told = json.dumps({"arguments": arguments, "environment": dict(os.environ), "folder": os.getcwd()})
    server = socket.socket(socket.AF_UNIX)
    server.connect(place)
    socket.send_fds(server, [b"+"], [0, 1, 2])
    lines = server.makefile("rw", encoding="utf-8")
    lines.write(told + "\n")
    lines.flush()
    fork = int(lines.readline())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: os.kill(fork, number))
    for stream in (0, 1, 2):
        os.close(stream)  # or whoever reads from the fork would wait for this too
    code = int(lines.readline())
    if code < 0:
        signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
        os.kill(os.getpid(), -code)
    os._exit(code)


if __name__ == "__main__":
    main()
