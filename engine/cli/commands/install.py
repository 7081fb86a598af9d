"""``install``: brings what the recommenders need into this Python's environment."""

from __future__ import annotations

import json
import sys
import threading
from argparse import ArgumentParser, Namespace

from engine.cli.command import Command
from engine.cli.interrupts import Interrupts
from engine.cli.outcome import INTERRUPTED, Outcome
from engine.cli.streams import complain, say
from engine.extra_installer import Cancelled, Installation, has_nvidia_driver
from engine.extras import PACKAGES, missing
from engine.problems import EngineError, document_of


def install(arguments: Namespace) -> Outcome:
    """The command; a program at the other end (``--events``) cancels by ``stop`` on standard input, or by going."""
    wanted = missing()
    stopped = threading.Event()
    if arguments.events and sys.stdin is not None:
        threading.Thread(target=_listen, args=(stopped,), name="stop", daemon=True).start()
    with Interrupts() as interrupts:
        installation = Installation(_Teller(events=bool(arguments.events)), lambda: stopped.is_set() or interrupts.seen)
        try:
            if wanted:
                installation.run(gpu=has_nvidia_driver() and not arguments.cpu, any_build=arguments.any_build)
        except Cancelled:
            complain("Cancelled; everything is as it was.")
            return Outcome({"cancelled": True}, exit_code=INTERRUPTED)
        except EngineError as error:
            if arguments.events:
                say(json.dumps({"problem": document_of(error.problem)}))
            raise
    document = {"installed": list(wanted)}
    if arguments.events:
        say(json.dumps(document))
        return Outcome(document)
    names = ", ".join(PACKAGES[name] for name in wanted)
    return Outcome(document, [f"Installed: {names}." if wanted else "Nothing is missing."])


class _Teller:
    """Says how far it is: for people the installer's own lines, for programs a line of JSON each."""

    def __init__(self, *, events: bool) -> None:
        self._events = events

    def __call__(self, line: str, share: float | None) -> None:
        if self._events:
            say(json.dumps({"progress": share} if share is not None else {"line": line}))
        elif line:
            complain(line)


def _listen(stopped: threading.Event) -> None:
    """Until somebody says ``stop``, or nobody is there any more who could."""
    for line in sys.stdin:
        if line.strip() == "stop":
            break
    stopped.set()


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--cpu", action="store_true", help="the smaller build of PyTorch, without NVIDIA's GPUs")
    parser.add_argument("--any-build", action="store_true", help="the larger one too, where no other can be reached")
    parser.add_argument("--events", choices=("jsonl",), help="print how far it is, one JSON document per line")


COMMAND = Command(install, _add_arguments)
