"""Runs a command and answers for what goes wrong: one sentence, an exit code, and never a traceback."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from engine.cli.commands import command
from engine.cli.outcome import (
    DIVERGED,
    FAILED,
    INTERRUPTED,
    USAGE,
    Outcome,
    TrainingDiverged,
    UsageError,
    as_json,
    error_document,
)
from engine.cli.parser import PROGRAM, build_parser
from engine.cli.streams import complain, only_sentences, say
from engine.extras import PACKAGES, lacks
from engine.problems import EngineError, Word, declare, printable
from engine.validation import sentence_of

NO_MEMORY = declare(
    "cli.no-memory",
    "There isn't enough memory for this. Choose fewer units, features or rows, or close other programs.",
)
NO_TEXT = declare("cli.no-text", "“{text}” isn't valid UTF-8. Type it in UTF-8.")
SYSTEM_REFUSED = declare(
    "cli.system-refused", "The system refused something on the way ({reason}); check the files and folders named."
)


def run(argv: Sequence[str]) -> int:
    """Parse ``argv``, do the command, print what it says; the exit code."""
    try:
        with only_sentences():
            return _answered(argv)
    except BrokenPipeError:  # whoever read our output has had enough
        return FAILED
    except EngineError as error:  # standard output itself is lost
        complain(error.problem.sentence)
        return FAILED


def _answered(argv: Sequence[str]) -> int:
    parser = build_parser(argv)
    try:
        arguments = parser.parse_args(argv)
        if arguments.command is None or getattr(arguments, "action", "") is None:
            parser.parse_args([*argv, "--help"])  # of the command whose action was left out
    except SystemExit as stop:  # after --help, --version or a usage error
        return stop.code if isinstance(stop.code, int) else USAGE
    try:
        return _print(command(arguments.command).run(arguments), arguments.json)
    except EngineError as error:
        return _told(error, arguments.json)
    except UsageError as error:
        complain(f"{PROGRAM} {arguments.command}: error: {error}")
        return USAGE
    except ValidationError as error:  # a value that only what is built of it refuses
        complain(f"{PROGRAM} {arguments.command}: error: {sentence_of(error).sentence}")
        return USAGE
    except ModuleNotFoundError as error:
        if error.name not in PACKAGES:
            raise
        return _told(EngineError(lacks(Word("This command"), error.name)), arguments.json)
    except KeyboardInterrupt:
        complain("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except MemoryError:
        return _told(EngineError(NO_MEMORY()), arguments.json)
    except UnicodeEncodeError as error:  # half a surrogate pair, of what was typed in bytes that are no UTF-8
        return _told(EngineError(NO_TEXT(text=error.object[:60])), arguments.json)
    except OSError as error:
        return _told(EngineError(SYSTEM_REFUSED(reason=error.strerror or error)), arguments.json)


def _print(outcome: Outcome, json: bool) -> int:
    if json or outcome.lines:
        say(as_json(outcome.document) if json else "\n".join(map(printable, outcome.lines)))
    return outcome.exit_code


def _told(error: EngineError, json: bool) -> int:
    """Say what is wrong, and below it what a command has noted of the place; the exit code."""
    for said in (error.problem.sentence, *getattr(error, "__notes__", ())):
        for line in said.split("\n"):
            complain(line)
    if json:
        say(as_json(error_document(error.problem)))
    return DIVERGED if isinstance(error, TrainingDiverged) else FAILED
