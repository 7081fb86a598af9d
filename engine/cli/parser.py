"""The command line as a whole: its commands, its version and its help."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from engine.cli.command import CommandParser
from engine.cli.commands import SUMMARIES, command

PROGRAM = "neuroloom-engine"

DESCRIPTION = "Trains, traces and judges neural networks without a window. Files are those of Neuroloom (.loom)."
EXIT_CODES = """exit codes: 0 done · 1 something is wrong, said in one sentence · 2 wrong usage · 3 training diverged ·
130 interrupted (the result so far is written)"""


@cache
def program_version() -> str:
    """The installed version."""
    try:
        return version("neuroloom")
    except PackageNotFoundError:
        return "(not installed)"


def build_parser(argv: Sequence[str] | None = None) -> CommandParser:
    """The whole command line; ``command`` in what it parses names the command, None where none was given.

    ``argv``: what is to be parsed. Where it begins with a command, the others are left out. A command that is not named
    in it gets no arguments of its own, and its module isn't imported; nor does an action of ``recommend``: those of all
    its actions take as long as a small network trains.
    """
    parser = CommandParser(prog=PROGRAM, description=DESCRIPTION, epilog=EXIT_CODES, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {program_version()}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in argv[:1] if argv and argv[0] in SUMMARIES else SUMMARIES:
        summary = SUMMARIES[name]
        subparser = subparsers.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        subparser.argv = argv
        subparser.add_argument("--json", action="store_true", help="print one JSON document instead of text")
        if subparser.is_named(name):
            command(name).add_arguments(subparser)
    return parser
