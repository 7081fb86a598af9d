"""Runs a command and answers for what goes wrong: one sentence, an exit code, and never a traceback."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from engine.cli.outcome import DIVERGED, FAILED, INTERRUPTED, USAGE, Outcome, as_json, error_document
from engine.cli.parser import PROGRAM, build_parser
from engine.cli.sources import UsageError
from engine.cli.train import Diverged
from engine.problems import EngineError

MODULES = {
    "train": "train",
    "trace": "trace",
    "gradients": "gradients",
    "neuron": "neuron",
    "expression": "expression",
    "validate": "validate",
    "datasets": "listings",
    "blocks": "listings",
    "schema": "listings",
    "bench": "bench",
    "recommend": "recommend",
    "warm": "warm",
}
"""Where each command lives: a function of its name from the parsed arguments to an Outcome."""


def run(argv: Sequence[str]) -> int:
    """Parse ``argv``, do the command, print what it says; the exit code."""
    parser = build_parser()
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as stop:  # after --help, --version or a usage error
        return stop.code if isinstance(stop.code, int) else USAGE
    try:
        return _print(_command(arguments.command)(arguments), arguments.json)
    except EngineError as error:
        _complain(error, arguments.json)
        return DIVERGED if isinstance(error, Diverged) else FAILED
    except UsageError as error:
        print(f"{PROGRAM} {arguments.command}: error: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has had enough; keep Python from flushing into the void
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _command(name: str) -> Callable[[Namespace], Outcome]:
    module = import_module(f"engine.cli.{MODULES[name]}")
    command: Callable[[Namespace], Outcome] = getattr(module, name)
    return command


def _print(outcome: Outcome, json: bool) -> int:
    if json or outcome.lines:
        print(as_json(outcome.document) if json else "\n".join(outcome.lines), flush=True)
    return outcome.exit_code


def _complain(error: EngineError, json: bool) -> None:
    """Say what is wrong, and below it what a command has noted of the place."""
    if json:
        print(as_json(error_document(error.problem)), flush=True)
    print(error.problem.sentence, *getattr(error, "__notes__", ()), sep="\n", file=sys.stderr)
