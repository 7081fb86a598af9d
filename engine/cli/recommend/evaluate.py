"""``recommend evaluate``: a checkpoint on the rows kept from training, beside simpler models on the very same rows."""

from __future__ import annotations

from argparse import Namespace

from engine.cli.outcome import Outcome
from engine.cli.recommend.telling import change_document, change_lines, disagreement_lines, part_lines, verdict_lines
from engine.network.torch_backend import resolve_device
from engine.problems import EngineError, Problem, declare, document_of
from engine.recommenders.data.fingerprint import check_found
from engine.recommenders.data.profile.leaks import leaks_among
from engine.recommenders.judging.standing import few_rows
from engine.recommenders.running.checkpoints import load, read
from engine.recommenders.running.device import ready
from engine.recommenders.running.events import finite
from engine.recommenders.tasks.base import verdict
from engine.recommenders.tasks.companions import trained_companions
from engine.recommenders.tasks.data_change import change_among_new, change_of_data, copies_among_new
from engine.recommenders.tasks.opening import choice_in, kind_of, reopened

NEW = "Judged on {rows} added since its training."
OF_FILE = "In the whole file:"
OTHER = "Judged on {rows} that training didn't have in this form."
NOT_CARRIED = declare(
    "recommend.added-rows-unknown",
    "“{path}” doesn't contain its training rows, so new ones can't be told apart. Leave out --rows.",
)


def evaluate(arguments: Namespace) -> Outcome:
    """Judge a checkpoint on the rows that it was tested on, or on those that were added since."""
    checkpoint = read(arguments.checkpoint)
    kind, data = kind_of(checkpoint), choice_in(checkpoint, arguments.data)
    device = resolve_device(arguments.device)
    ready(checkpoint.training, device)
    task = reopened(checkpoint, device=device, data=data)
    load(checkpoint, task.network)
    change, copies = None, None
    of_file: tuple[Problem, ...] = ()
    if arguments.rows == "new":
        rows = checkpoint.rows()
        if rows is None:
            raise EngineError(NOT_CARRIED(path=checkpoint.path.name))
        check_found(data)
        task = kind.on_added_rows(task)
        file_now = kind.read_rows(data)
        now, of_file = file_now.frames, file_now.notices
        change = change_among_new(rows, now, "" if data.path is None else data.path.name)
        copies = copies_among_new(rows, now)
        judged = NEW if change is None else OTHER
        count = task.judged_rows
        lines = [] if change is None else [change.problem.sentence]
        lines.append(judged.format(rows="the one row" if count == 1 else f"{count:,} rows"))
    else:
        change = change_of_data(kind, checkpoint, data)
        lines = change_lines(change, arguments.data)
    companions = trained_companions(checkpoint, task)
    figures = verdict(task, companions)
    leaks = [leak.sentence for leak in leaks_among(task.notices)]
    notices = [notice for notice in task.notices if notice.sentence not in leaks and notice not in of_file]
    notices += [] if copies is None else [copies]
    notices += [*few_rows(task.judged_rows), *kind.doubts(checkpoint.model)]
    lines += [notice.sentence for notice in notices]
    compared_by = kind.compared_by(kind.best_in(checkpoint.model)[0])
    document = {
        "compared_by": compared_by,
        "figures": {who: dict(own) for who, own in figures.items()}, "judged_rows": task.judged_rows,
        "change": change_document(change), "leaks": leaks,
        "notices": [document_of(notice) for notice in notices],
        "file_notices": [document_of(notice) for notice in of_file],
    }  # fmt: skip
    compared = {who: finite(own) for who, own in figures.items()}, companions, compared_by
    doubts = [*disagreement_lines(*compared), *part_lines(*compared)]
    about_file = [OF_FILE, *(notice.sentence for notice in of_file)] if of_file else []
    return Outcome(document, [*lines, *verdict_lines(figures), *doubts, *leaks, *about_file])
