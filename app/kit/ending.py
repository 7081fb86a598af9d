"""The end of the process, whatever its threads are doing."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import NoReturn

from app.kit.folders import drop_passing_files
from engine.command import package_command

MOMENT_SECONDS = 2.0


def others_ended(seconds: float) -> bool:
    """Wait for the other Python threads for so long at most; whether all have ended.

    While Python takes itself down, a daemon thread that comes back to it is ended where it stands. Where that is within
    C++ that may not be left by an exception, as in calls of Qt's or torch's that have let go of the GIL, its runtime
    aborts the process: "terminate called without an active exception". (Python 3.14 has such threads sleep instead.)
    """
    end = monotonic() + seconds
    others = [thread for thread in threading.enumerate() if thread is not threading.current_thread()]
    known = [thread for thread in others if not isinstance(thread, threading._DummyThread)]  # those cannot be joined
    for thread in known:
        thread.join(max(end - monotonic(), 0.0))
    return not any(thread.is_alive() for thread in known)


def hand_over(arguments: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Run the program anew in this process's place. What has to be kept lies on the disk, at worst among the passing
    files, which a later start sweeps away."""
    command = package_command("app", *arguments)
    os.execve(command[0], command, dict(environment))


def leave(status: int) -> int:
    """The exit status, to be handed on; where threads do not end in a moment, the process ends here with it.

    For when everything is closed and nothing is left to be written: what still runs has results that nobody wants, and
    cannot be stopped, such as an import or a long multiplication.
    """
    if not others_ended(MOMENT_SECONDS):
        drop_passing_files()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # a program without a console has none
                stream.flush()
        os._exit(status)
    return status
