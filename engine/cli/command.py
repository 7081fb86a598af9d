"""What a module of engine/cli/commands declares: the function and the arguments of its command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from engine.cli.outcome import Outcome
from engine.cli.streams import standard_output
from engine.problems import printable

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class CommandParser(argparse.ArgumentParser):
    """Says what is wrong on one line, and does not pass over it where its help cannot be written.

    ``argv``: what is to be parsed. Commands and actions that it doesn't name need no arguments of their own; None: all
    do.
    """

    argv: Sequence[str] | None = None

    def is_named(self, command: str) -> bool:
        """Whether what is to be parsed may name a command or an action."""
        return self.argv is None or command in self.argv

    def error(self, message: str) -> NoReturn:
        """End with the usage and what is wrong."""
        super().error(printable(message))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if message and file is sys.stdout:
            with standard_output():
                print(message, end="", flush=True)
        else:
            super()._print_message(message, file)


def add_nothing(parser: CommandParser) -> None:
    """Add no arguments."""


class Command(NamedTuple):
    """A command: what it does, and what adds its arguments to its parser."""

    run: Callable[[argparse.Namespace], Outcome]
    add_arguments: Callable[[CommandParser], None] = add_nothing
