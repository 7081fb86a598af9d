"""``recommend train``: one process, or several under torchrun, from data to a checkpoint."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from engine.cli.flags import listed
from engine.cli.interrupts import Interrupts
from engine.cli.outcome import DIVERGED, INTERRUPTED, OK, Outcome
from engine.cli.progress import ProgressBar
from engine.cli.recommend.choices import data_of, start_of, training_of
from engine.cli.recommend.stopping import Stopping
from engine.cli.recommend.telling import Emit, Teller, epoch_line, kept_line, silent
from engine.cli.sources import UsageError
from engine.network.torch_backend import resolve_device
from engine.recommenders.data.sources import DataSource, data_source
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.checkpoints import Cursor, read, restore
from engine.recommenders.running.device import ready
from engine.recommenders.running.distributed import Fleet, check_apart, device_of_rank, started_by_torchrun
from engine.recommenders.running.run import Ending, Run
from engine.recommenders.running.tensor_file import check_writable
from engine.recommenders.running.tensorboard import TensorBoard
from engine.recommenders.running.trainer import StepReport
from engine.recommenders.tasks import Figures, Task, TaskKind, task_kind, task_kinds
from engine.recommenders.tasks.opening import kind_of, opened, reopened

EXIT_CODES = {"finished": OK, "stopped": INTERRUPTED, "diverged": DIVERGED}


def train(arguments: Namespace) -> Outcome:
    """Train a model anew, or go on from a checkpoint."""
    if (arguments.model is None) == (arguments.resume is None):
        known = listed([kind.key for kind in task_kinds()])
        raise UsageError(f"name a model ({known}), or go on with --resume FILE")
    if arguments.out is not None:
        check_writable(arguments.out)
    device = device_of_rank(resolve_device(arguments.device))
    with ExitStack() as stack:
        fleet = stack.enter_context(Fleet(device)) if started_by_torchrun() else None
        bar = stack.enter_context(ProgressBar("training", None if fleet is None or fleet.rank == 0 else False))
        if fleet is not None and fleet.rank:
            arguments.json = False  # one document for all processes, from the first
        kind, task, cursor = _task(arguments, device)
        ready(task.training, device)
        stop = Stopping(stack.enter_context(Interrupts()), listen=arguments.events is not None)
        return _trained(arguments, kind, task, cursor, fleet, bar, stop, stack)


def _task(arguments: Namespace, device: str) -> tuple[TaskKind[Any], Task, Cursor]:
    if arguments.resume is None:
        kind = task_kind(arguments.model)
        data = data_of(arguments, kind)
        _say_terms(data_source(data.source))
        start = start_of(arguments, kind, data.source)
        return kind, opened(kind, data, start.spec, start.training, device, data.seed), Cursor()
    checkpoint = read(arguments.resume)
    task = reopened(checkpoint, training_of(arguments, checkpoint.training), device)
    return kind_of(checkpoint), task, restore(checkpoint, task.trainer)


def _say_terms(source: DataSource) -> None:
    """What is not free for every use says so where it is chosen."""
    if source.entry is not None and not source.entry.commercial:
        print(f"{source.label}: {source.entry.terms}", file=sys.stderr)


def _trained(
    arguments: Namespace, kind: TaskKind[Any], task: Task, cursor: Cursor, fleet: Fleet | None, bar: ProgressBar,
    stop: Stopping, stack: ExitStack,
) -> Outcome:  # fmt: skip
    first = fleet is None or fleet.rank == 0
    for notice in task.notices if first else ():
        print(notice.sentence, file=sys.stderr)
    board = stack.enter_context(TensorBoard(arguments.tensorboard)) if arguments.tensorboard and first else None
    teller = Teller(bar, json_lines=arguments.events is not None and first, board=board)
    emit: Emit = teller if first else silent
    gradients: Callable[[PreparedRows], StepReport] | None = None
    evaluate: Callable[[], Figures] | None = task.figures
    if fleet is not None:
        check_apart(task.trainer)
        gradients = partial(fleet.gradients, task.trainer)
        # What all stop by, all have to know; else one is enough.
        chosen = task.training.epochs == "auto"
        evaluate = partial(fleet.figures, task.figures) if chosen else task.figures if first else None
    out: Path | None = (arguments.out or arguments.resume) if first else None
    run = Run(
        task.trainer, task.batches, task.training, task.document(), evaluate, emit, out, arguments.every,
        stop=stop if fleet is None else fleet.agreed(stop), gradients=gradients, choose_by=kind.best[0],
        withheld=task.withheld,
    )  # fmt: skip
    return _report(run.go(cursor), kind.best, teller, out, quiet=arguments.events is not None or not first)


def _report(ending: Ending, best: Sequence[str], teller: Teller, out: Path | None, *, quiet: bool) -> Outcome:
    document = {
        "ending": ending.how,
        "epochs": [{"epoch": e.epoch, "loss": e.loss, "metrics": dict(e.metrics)} for e in teller.epochs],
        "kept": None if teller.kept is None else teller.kept.epochs,
        "checkpoint": None if out is None else str(out),
    }
    lines = [epoch_line(event, best) for event in teller.epochs]
    lines += [kept_line(teller.kept)] if teller.kept is not None else []
    lines += teller.notices
    if out is not None:
        lines.append(f"checkpoint: {out}")
    if ending.how == "stopped":
        lines.append("Stopped; --resume goes on from the checkpoint." if out else "Stopped.")
    return Outcome(document, [] if quiet else lines, EXIT_CODES[ending.how])
