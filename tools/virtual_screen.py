"""A screen of our own for programs that need one: Xvfb, at a display number that nobody has."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def virtual_screen(width: int, height: int, *options: str) -> Iterator[str]:
    """The display's name, such as ``:3``, while there is one. Raises OSError where Xvfb is missing or fails."""
    reading, writing = os.pipe()
    with open(reading, encoding="ascii") as numbers:
        try:
            command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", *options]
            server = subprocess.Popen(
                [*command, "-nolisten", "tcp"], pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        finally:
            os.close(writing)
        try:
            number = numbers.readline().strip()  # empty where it ended instead
            if not number:
                raise OSError("Xvfb could not make a screen")
            yield f":{number}"
        finally:
            server.terminate()
            server.wait()
