"""``recommend answer``: a trained checkpoint, or a run yet to be trained, that another program talks with, in lines of
JSON."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from time import perf_counter
from typing import Any

from engine.cli.outcome import Outcome, as_json
from engine.cli.streams import OUTPUT_LOST, standard_output
from engine.extras import PACKAGES, need
from engine.network.torch_backend import resolve_device
from engine.problems import EngineError, Problem, Word, declare, document_of
from engine.recommenders.running.checkpoints import read
from engine.recommenders.running.device import ready
from engine.recommenders.running.run_folder import planned
from engine.recommenders.serving.answering import conversation
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.base import TaskKind
from engine.recommenders.tasks.known import task_kind
from engine.recommenders.tasks.opening import askable, choice_in, drafted, kind_of

NOT_OPENED = declare(
    "recommend.answers-not-opened",
    "“{path}” couldn't be opened to answer ({reason}). This is a bug in the program; please report it.",
)

NO_INPUT = declare(
    "recommend.no-input",
    "Standard input is closed, so no question can be asked. Keep it open, or ask one question with “recommend ask”.",
)


def answer(arguments: Namespace) -> Outcome:
    """Say that it is ready, then answer until standard input ends or says stop.

    Raises EngineError where the checkpoint or the plan cannot be opened, or nobody could ask anything, after the
    problem is said as a line too.
    """
    if sys.stdout is None:
        raise EngineError(OUTPUT_LOST(reason="it is closed"))
    try:
        if sys.stdin is None:
            raise EngineError(NO_INPUT())
        begin = perf_counter()
        kind, opened = _opened(arguments)
        seconds = perf_counter() - begin
    except EngineError as error:
        _write({"problem": _described(error.problem)})
        raise
    except Exception as error:
        # The window says this in place of a code that nobody can do anything about.
        reason = f"{type(error).__name__}: {error}"
        _write({"problem": _described(NOT_OPENED(path=arguments.checkpoint.name, reason=reason))})
        raise
    _write({"ready": {"model": kind.key, "label": kind.label, "asks": opened.names, "opening_seconds": seconds}})
    for reply in conversation(sys.stdin.buffer, opened, _described):
        _write(reply)
    return Outcome({})


def _opened(arguments: Namespace) -> tuple[TaskKind[Any], Askable[Any]]:
    if arguments.draft:
        plan = planned(arguments.checkpoint)
        trained = None if arguments.rows_of is None else read(arguments.rows_of)
        return task_kind(plan.model), drafted(plan, trained=trained)
    need(Word("A recommender"), *PACKAGES)
    checkpoint = read(arguments.checkpoint)
    device = resolve_device(arguments.device)
    ready(checkpoint.training, device)
    return kind_of(checkpoint), askable(checkpoint, device, choice_in(checkpoint, arguments.data))


def _described(problem: Problem) -> Mapping[str, object]:
    found = document_of(problem)
    assert isinstance(found, dict)
    return found


def _write(document: Mapping[str, object]) -> None:
    # Half a surrogate pair, which a question may have put into a sentence, is no UTF-8; as its escape it is JSON.
    with standard_output():
        sys.stdout.buffer.write(as_json(document).encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()
