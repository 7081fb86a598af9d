"""``recommend train``: one process, or several under torchrun, from data to a checkpoint."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from engine.cli.interrupts import Interrupts
from engine.cli.outcome import DIVERGED, FAILED, INTERRUPTED, OK, Outcome, UsageError
from engine.cli.progress import ProgressBar
from engine.cli.recommend.assignment import Assignment, assigned
from engine.cli.recommend.setting import Setting
from engine.cli.recommend.stopping import Stopping
from engine.cli.recommend.telling import (
    Teller,
    cut_line,
    disagreement_lines,
    epoch_line,
    kept_line,
    part_lines,
    verdict_lines,
)
from engine.cli.streams import complain
from engine.network.torch_backend import resolve_device
from engine.problems import Problem
from engine.recommenders.data.profile.leaks import leaks_among
from engine.recommenders.data.sources import DataSource, data_source
from engine.recommenders.judging.standing import few_rows
from engine.recommenders.running.checkpoints import Cursor
from engine.recommenders.running.device import ready
from engine.recommenders.running.distributed import Fleet, check_apart, device_of_rank, started_by_torchrun
from engine.recommenders.running.events import EpochEnded, OutOfTime, noticed
from engine.recommenders.running.flags import AnyOf, Deadline
from engine.recommenders.running.run import Ending, Run
from engine.recommenders.running.run_session import RunSession
from engine.recommenders.running.tensorboard import TensorBoard
from engine.recommenders.tasks.base import Figures, RecommenderTask
from engine.recommenders.tasks.companions import companions_of
from engine.recommenders.tasks.company import TaskCompany

EXIT_CODES = {"finished": OK, "stopped": INTERRUPTED, "diverged": DIVERGED}


def train(arguments: Namespace) -> Outcome:
    """Train a model anew, or go on from a checkpoint or with a run that is kept in a folder."""
    assignment = assigned(arguments)
    if assignment.companions and started_by_torchrun():
        raise UsageError("companions are trained in one process; leave --companions away under torchrun")
    device = device_of_rank(resolve_device(assignment.device))
    with ExitStack() as stack:
        setting = _setting(arguments, assignment, device, stack)
        if assignment.plan is not None and setting.first:
            _say_terms(data_source(assignment.plan.data.source))
        task, cursor = assignment.task(device)
        ready(task.training, device)
        ending = _trained(assignment, task, cursor, setting)
        quiet = arguments.events is not None or not setting.first
        return _report(ending, assignment, setting, task, quiet=quiet)


def _setting(arguments: Namespace, assignment: Assignment, device: str, stack: ExitStack) -> Setting:
    """The other processes, the run's folder, who is told, and who may stop it; all of it left with the stack."""
    fleet = stack.enter_context(Fleet(device)) if started_by_torchrun() else None
    first = fleet is None or fleet.rank == 0
    if not first:
        arguments.json = False  # one document for all processes, from the first
    bar = stack.enter_context(ProgressBar("training", None if first else False))
    board = stack.enter_context(TensorBoard(arguments.tensorboard)) if arguments.tensorboard and first else None
    events = arguments.events is not None
    teller = Teller(bar, json_lines=events and first, board=board, alone=assignment.folder is not None)
    session = stack.enter_context(_session(assignment, teller)) if assignment.folder is not None and first else None
    stop_file = None if session is None else session.folder.stop
    stop = Stopping(stack.enter_context(Interrupts()), listen=events, file=stop_file)
    return Setting(fleet, teller, session, stop)


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


def _trained(assignment: Assignment, task: RecommenderTask, cursor: Cursor, setting: Setting) -> Ending:
    session, first = setting.session, setting.first
    if session is not None:
        session.goes_on(cursor)
    for notice in (*task.notices, *_changes(assignment)) if first else ():
        complain(notice.sentence)
        if session is not None:
            session(noticed(notice))
    if setting.fleet is not None:
        check_apart(task.trainer)
    deadline = None if assignment.time_limit is None else Deadline(assignment.time_limit)
    document = task.document()
    run = Run(
        task.trainer, task.batches, task.training, document, _evaluation(task, setting), setting.emit,
        assignment.out if first else None, assignment.every, stop=setting.agreed(setting.stop),
        gradients=setting.gradients(task.trainer), choose_by=assignment.kind.best_in(document)[0],
        withheld=task.withheld,
        limit=None if deadline is None else setting.agreed(deadline),
        company=None if session is None else _company(assignment, task, session, setting, deadline),
        rows=task.snapshot if first else None,
    )  # fmt: skip
    return run.go(cursor)


def _changes(assignment: Assignment) -> list[Problem]:
    change = assignment.change()
    return [] if change is None else [*change.problems]


def _evaluation(task: RecommenderTask, setting: Setting) -> Callable[[], Figures] | None:
    """What all processes stop by, all have to know; else it is enough that the first one does."""
    if setting.fleet is not None and task.training.epochs == "auto":
        return partial(setting.fleet.figures, task.figures)
    return task.figures if setting.first else None


def _company(
    assignment: Assignment, task: RecommenderTask, session: RunSession, setting: Setting, deadline: Deadline | None
) -> TaskCompany:
    companions = []
    if assignment.companions:
        ended = setting.stop if deadline is None else AnyOf(setting.stop, deadline)
        companions = companions_of(
            task, session.folder.companions, setting.emit, assignment.kind.best_in(task.document())[0], ended
        )
    stop = setting.stop if setting.fleet is None else None  # several processes agree on that between two steps
    return TaskCompany(task, session.folder, setting.emit, stop, companions)


def _report(ending: Ending, assignment: Assignment, setting: Setting, task: RecommenderTask, *, quiet: bool) -> Outcome:
    teller, leaks = setting.teller, leaks_among(task.notices)
    out = (teller.saved or assignment.out) if setting.first else None
    document = {
        "ending": ending.how,
        "epochs": [_document(event) for event in teller.epochs],
        "kept": None if teller.kept is None else teller.kept.epochs,
        "out_of_time": None if teller.cut is None else _document(teller.cut),
        "judged": None if teller.verdict is None else teller.verdict.figures,
        "judged_rows": None if teller.verdict is None else teller.verdict.rows,
        "leaks": [leak.sentence for leak in leaks],
        "checkpoint": None if out is None else str(out),
    }
    best = assignment.kind.best_in(kept := task.document())
    lines = [epoch_line(event, best) for event in teller.epochs]
    lines += [] if teller.cut is None else [cut_line(teller.cut, best)]
    lines += [] if teller.kept is None else [kept_line(teller.kept, teller.epochs)]
    lines += teller.notices
    if teller.verdict is not None:
        lines += verdict_lines(teller.verdict.figures)
        compared = teller.verdict.figures, teller.companions, assignment.kind.compared_by(best[0])
        lines += [*disagreement_lines(*compared), *part_lines(*compared)]
        lines += [doubt.sentence for doubt in few_rows(teller.verdict.rows)]
    lines += [doubt.sentence for doubt in assignment.kind.doubts(kept)]
    lines += [leak.sentence for leak in leaks]
    if out is not None:
        lines.append(f"checkpoint: {out}")
    if ending.how == "stopped":
        lines.append("Stopped; --resume goes on from the checkpoint." if out else "Stopped.")
    elsewhere = out is not None and str(out) != str(assignment.out)
    code = FAILED if elsewhere and ending.how == "finished" else EXIT_CODES[ending.how]
    return Outcome(document, [] if quiet else lines, code)


def _document(event: EpochEnded | OutOfTime) -> dict[str, object]:
    return {"epoch": event.epoch, "loss": event.loss, "metrics": dict(event.metrics)}
