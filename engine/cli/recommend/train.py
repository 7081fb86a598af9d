"""``recommend train``: one process, or several under torchrun, from data to a checkpoint."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from engine.cli.interrupts import Interrupts
from engine.cli.outcome import DIVERGED, INTERRUPTED, OK, Outcome
from engine.cli.progress import ProgressBar
from engine.cli.recommend.assignment import Assignment, assigned
from engine.cli.recommend.stopping import Stopping
from engine.cli.recommend.telling import Emit, Teller, complain, epoch_line, silent
from engine.network.torch_backend import resolve_device
from engine.recommenders.data.sources import DataSource, data_source
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.checkpoints import Cursor
from engine.recommenders.running.deadline import Deadline
from engine.recommenders.running.device import ready
from engine.recommenders.running.distributed import Fleet, check_apart, device_of_rank, started_by_torchrun
from engine.recommenders.running.events import Event, noticed
from engine.recommenders.running.run import Ending, Flag, Run
from engine.recommenders.running.run_session import RunSession
from engine.recommenders.running.tensorboard import TensorBoard
from engine.recommenders.running.trainer import StepReport
from engine.recommenders.tasks import Task

EXIT_CODES = {"finished": OK, "stopped": INTERRUPTED, "diverged": DIVERGED}


def train(arguments: Namespace) -> Outcome:
    """Train a model anew, or go on from a checkpoint or with a run that is kept in a folder."""
    assignment = assigned(arguments)
    device = device_of_rank(resolve_device(assignment.device))
    with ExitStack() as stack:
        fleet = stack.enter_context(Fleet(device)) if started_by_torchrun() else None
        first = fleet is None or fleet.rank == 0
        bar = stack.enter_context(ProgressBar("training", None if first else False))
        if not first:
            arguments.json = False  # one document for all processes, from the first
        teller = Teller(
            bar, json_lines=arguments.events is not None and first, alone=assignment.folder is not None,
            board=stack.enter_context(TensorBoard(arguments.tensorboard)) if arguments.tensorboard and first else None,
        )  # fmt: skip
        session = stack.enter_context(_session(assignment, teller)) if assignment.folder and first else None
        file = None if session is None else session.folder.stop
        stop = Stopping(stack.enter_context(Interrupts()), listen=arguments.events is not None, file=file)
        if assignment.plan is not None and first:
            _say_terms(data_source(assignment.plan.data.source))
        task, cursor = assignment.task(device)
        ready(task.training, device)
        ending = _trained(assignment, task, cursor, fleet, teller, session, stop)
        return _report(ending, assignment, teller, first=first, quiet=arguments.events is not None or not first)


def _session(assignment: Assignment, teller: Teller) -> RunSession:
    """The work in the run's folder, which is made and given its plan where the run is new."""
    assert assignment.folder is not None and assignment.plan is not None
    if assignment.new:
        assignment.folder.begin(assignment.plan)
    return RunSession(assignment.folder, assignment.plan, lambda problem: teller(noticed(problem)))


def _say_terms(source: DataSource) -> None:
    """What is not free for every use says so where it is chosen."""
    if source.entry is not None and not source.entry.commercial:
        complain(f"{source.label}: {source.entry.terms}")


def _trained(
    assignment: Assignment, task: Task, cursor: Cursor, fleet: Fleet | None, teller: Teller,
    session: RunSession | None, stop: Stopping,
) -> Ending:  # fmt: skip
    first = fleet is None or fleet.rank == 0
    emit = _emit(teller, session) if first else silent
    if session is not None:
        session.goes_on(cursor)
    for notice in task.notices if first else ():
        complain(notice.sentence)
        if session is not None:
            session(noticed(notice))
    gradients: Callable[[PreparedRows], StepReport] | None = None
    if fleet is not None:
        check_apart(task.trainer)
        gradients = partial(fleet.gradients, task.trainer)
    deadline = None if assignment.time_limit is None else Deadline(assignment.time_limit)
    run = Run(
        task.trainer, task.batches, task.training, task.document(), task.figures if first else None, emit,
        assignment.out if first else None, assignment.every, stop=_agreed(stop, fleet), gradients=gradients,
        limit=None if deadline is None else _agreed(deadline, fleet),
    )  # fmt: skip
    return run.go(cursor)


def _emit(teller: Teller, session: RunSession | None) -> Emit:
    """To the log first: it is to know of what happens even where nobody reads the rest."""
    if session is None:
        return teller

    def both(event: Event) -> None:
        session(event)
        teller(event)

    return both


def _agreed(flag: Flag, fleet: Fleet | None) -> Flag:
    return flag if fleet is None else fleet.agreed(flag)


def _report(ending: Ending, assignment: Assignment, teller: Teller, *, first: bool, quiet: bool) -> Outcome:
    out: Path | None = assignment.out if first else None
    document = {
        "ending": ending.how,
        "epochs": [{"epoch": e.epoch, "loss": e.loss, "metrics": dict(e.metrics)} for e in teller.epochs],
        "checkpoint": None if out is None else str(out),
    }
    lines = [epoch_line(event, assignment.kind.best) for event in teller.epochs] + teller.notices
    if out is not None:
        lines.append(f"checkpoint: {out}")
    if ending.how == "stopped":
        lines.append("Stopped; --resume goes on from the checkpoint." if out else "Stopped.")
    return Outcome(document, [] if quiet else lines, EXIT_CODES[ending.how])
