"""``train``: trains a network, reports on it and writes it."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil
from time import perf_counter

from engine.cli.command import Command
from engine.cli.commands.warm import compile_kernels
from engine.cli.interrupts import Interrupts
from engine.cli.layers import layer_documents, layer_lines, step_over_rows
from engine.cli.network_arguments import add_compute, add_data, add_network, add_training
from engine.cli.numbers import finite, place, positive
from engine.cli.outcome import FAILED, INTERRUPTED, OK, Outcome, TrainingDiverged, number, table
from engine.cli.progress import ProgressBar
from engine.cli.sources import Project, notices_document, open_project
from engine.cli.streams import complain
from engine.formats import check_place_for, write_network
from engine.network.state import weights_of
from engine.problems import Problem
from engine.rescue import written_somewhere
from engine.training.divergence import problem_of
from engine.training.observer import Measurement
from engine.training.progress import progress_of
from engine.training.session import TrainingSession
from engine.training.snapshot import Snapshot

DEFAULT_EPOCHS = 100
EVERY_EPOCH = 100
"""Runs of so many epochs are judged after each …"""
EVALUATIONS = 60
"""… and longer ones about so often: a hundred judgements take a seventh of a deep network's time. At fixed epochs, so
that the same run reports the same figures."""
CHUNK_SECONDS = 0.2
"""How long a call into a backend is to take: Ctrl-C waits for its end."""
SHOWN_EVALUATIONS = 10


@dataclass
class CommandRun:
    """A run under way: ``epochs`` to do, what ends it early, what it was judged to be so far, and in the end ``final``.
    ``chunk``: steps of the next call."""

    session: TrainingSession
    epochs: int
    stop_loss: float | None = None
    stop_score: float | None = None
    evaluations: list[Measurement] = field(default_factory=list)
    stopped: str = "epochs"
    seconds: float = 0.0
    chunk: int = 1

    @property
    def interval(self) -> int:
        """Epochs between two evaluations."""
        watched = self.stop_loss is not None or self.stop_score is not None
        return 1 if watched or self.epochs <= EVERY_EPOCH else ceil(self.epochs / EVALUATIONS)

    @property
    def last(self) -> Measurement:
        """The latest evaluation."""
        return self.evaluations[-1]

    @cached_property
    def final(self) -> Snapshot:
        """Everything about the network when it has been trained."""
        return self.session.snapshot(maps=False)


def train(arguments: Namespace) -> Outcome:
    """The command. Raises EngineError, or Diverged with nothing written."""
    if arguments.out is not None:
        check_place_for(arguments.out)
    with ProgressBar("Reading", arguments.progress) as bar:
        project = open_project(arguments, bar.at)
    session = project.session(arguments.backend, arguments.device)
    session.go_on()
    if session.backend.name == "numba":
        compile_kernels(arguments.progress)
    epochs = arguments.epochs or project.file.hyper.stop_after_epochs or DEFAULT_EPOCHS
    # The command counts the epochs itself: the file's own limit is about the window.
    session.setup = replace(session.setup, hyper=session.setup.hyper.model_copy(update={"stop_after_epochs": None}))
    run = CommandRun(session, epochs, arguments.stop_loss, arguments.stop_score)
    with Interrupts() as interrupts, ProgressBar("Training", arguments.progress) as bar:
        _train(run, bar, lambda: interrupts.seen)
    if session.failure is not None:
        raise TrainingDiverged(problem_of(session.failure, session.plan, session.range_faults()))
    elsewhere = None if arguments.out is None else _keep(arguments, project, run)
    interrupted = run.stopped == "interrupted"
    if interrupted:
        kept = f"the network so far is in {arguments.out}" if arguments.out else "nothing is written without --out"
        complain(f"Interrupted in epoch {session.epoch:.4g}; {kept}.")
    if elsewhere is not None:
        complain(elsewhere.sentence)
    code = INTERRUPTED if interrupted else OK if elsewhere is None else FAILED
    return Outcome(_document(arguments, project, run), _lines(arguments, project, run), code)


def _keep(arguments: Namespace, project: Project, run: CommandRun) -> Problem | None:
    """Write the network, elsewhere if it has to be: then ``out`` is that place, and this is what is to be said."""
    weights, progress = weights_of(run.session.plan, run.session.state), progress_of(run.final)
    trained = replace(project.file, weights=weights, progress=progress)
    arguments.out, elsewhere = written_somewhere(arguments.out, lambda place: write_network(place, trained))
    return elsewhere


def _train(run: CommandRun, bar: ProgressBar, interrupted: Callable[[], bool]) -> None:
    """Train in stretches of whole epochs, judging the network after each."""
    started = perf_counter()
    _evaluate(run)
    done = 0
    while done < run.epochs and run.stopped == "epochs":
        stretch = min(run.interval, run.epochs - done)
        _advance(run, stretch, interrupted, bar)
        if run.session.failure is not None:
            break
        done += stretch
        _evaluate(run)
        run.stopped = _reason_to_stop(run, interrupted())
    run.seconds = perf_counter() - started


def _advance(run: CommandRun, epochs: int, interrupted: Callable[[], bool], bar: ProgressBar) -> None:
    """Train so many epochs in calls of about :data:`CHUNK_SECONDS`; how they are cut does not change the numbers."""
    session, left = run.session, epochs * run.session.steps_per_epoch
    while left and session.failure is None and not interrupted():
        started = perf_counter()
        steps = min(run.chunk, left)
        left -= session.run_steps(steps, probe=False).steps
        passed = perf_counter() - started
        if passed >= CHUNK_SECONDS / 2:
            run.chunk = max(1, steps // 2)
        elif steps == run.chunk:
            run.chunk *= 2
        bar.at((session.epoch - run.evaluations[0].epoch) / run.epochs, f"test loss {number(run.last.test.loss)}")


def _evaluate(run: CommandRun) -> None:
    run.evaluations.append(run.session.judge())


def _reason_to_stop(run: CommandRun, interrupted: bool) -> str:
    if interrupted:
        return "interrupted"
    if run.stop_loss is not None and run.last.test.loss <= run.stop_loss:
        return "loss"
    if run.stop_score is not None and run.last.test.score >= run.stop_score:
        return "score"
    return "epochs"


def score_name(project: Project) -> str:
    """What the score is: ``accuracy`` for classes, ``r2`` for a regression."""
    return "accuracy" if project.dataset.classes else "r2"


def _document(arguments: Namespace, project: Project, run: CommandRun) -> dict[str, object]:
    session, score = run.session, score_name(project)
    return {
        "data": project.dataset.name,
        "notices": notices_document((*project.notices, *project.dataset.notices)),
        "backend": session.backend.name,
        "parameters": session.plan.size,
        "seed": project.file.hyper.seed,
        "stopped": run.stopped,
        "steps": session.updates,
        "epochs": session.epoch,
        "seconds": run.seconds,
        **_figures(run.last, score),
        "penalty": run.final.penalty,
        "learning_rate": run.final.learning_rate,
        "layers": layer_documents(run.final),
        "history": [{"epoch": e.epoch, **_figures(e, score)} for e in run.evaluations],
        "out": None if arguments.out is None else str(arguments.out),
    }


def _figures(measured: Measurement, score: str) -> dict[str, float]:
    return {
        "train_loss": measured.train.loss,
        "test_loss": measured.test.loss,
        f"train_{score}": measured.train.score,
        f"test_{score}": measured.test.score,
    }


def _lines(arguments: Namespace, project: Project, run: CommandRun) -> list[str]:
    session, data, score = run.session, project.dataset, score_name(project)
    lines = [notice.sentence for notice in (*project.notices, *data.notices)]
    lines.append(
        f"{data.title}: {len(data.train)} training and {len(data.test)} test rows,"
        f" {session.plan.size} parameters, {session.backend.name}"
    )
    every = ceil(len(run.evaluations) / SHOWN_EVALUATIONS)
    shown = [*run.evaluations[:-1:every], run.last]
    rows = [[number(e.epoch), *map(number, _figures(e, score).values())] for e in shown]
    lines += ["", *table(["epoch", *(name.replace("_", " ") for name in _figures(run.last, score))], rows), ""]
    basis = f"Norms and verdicts: {step_over_rows(run.final.train_rows)}."
    lines += [basis, "", *layer_lines(run.final)]
    if arguments.out is not None:
        lines += ["", f"Written to {arguments.out}."]
    return lines


def _add_arguments(parser: ArgumentParser) -> None:
    add_network(parser)
    add_data(parser)
    add_training(parser)
    add_compute(parser)
    run = parser.add_argument_group("run")
    run.add_argument("--epochs", type=positive, help="how many epochs (default: the network file's, or 100)")
    run.add_argument("--stop-loss", type=finite, metavar="LOSS", help="stop once the test loss is this or less")
    run.add_argument("--stop-score", type=finite, metavar="SCORE", help="stop once test accuracy or R² is this or more")
    run.add_argument("--out", type=place, metavar="FILE", help="write network and weights here")
    run.add_argument("--progress", action=BooleanOptionalAction, help="progress bar on stderr (default: on a terminal)")


COMMAND = Command(train, _add_arguments)
