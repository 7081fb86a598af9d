"""``validate``: everything that is wrong with a network file, block by block."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from engine.cli.command import Command
from engine.cli.numbers import network
from engine.cli.outcome import FAILED, OK, Outcome
from engine.cli.sources import network_from, notices_document
from engine.data import load
from engine.formats import NetworkFile
from engine.graph.validation import GraphProblem
from engine.graph.validation import validate as graph_problems
from engine.problems import EngineError
from engine.training.session import Setup, TrainingSession
from engine.training.tables import target_of


def validate(arguments: Namespace) -> Outcome:
    """The command. Raises EngineError where the file or its data cannot even be read."""
    file, notices = network_from(arguments.network)
    problems = _problems(file)
    blocking = [problem for problem in problems if problem.blocking]
    document: dict[str, object] = {"valid": not blocking, "problems": [_document(problem) for problem in problems]}
    if isinstance(arguments.network, str):
        document["notices"] = notices_document(notices)
    lines = [f"note: {notice.sentence}" for notice in notices]
    lines += [f"{'error' if p.blocking else 'note'}: {p.problem.sentence}" for p in problems]
    if not blocking:
        name = arguments.network.name if isinstance(arguments.network, Path) else "The link"
        lines.append(f"{name} is a valid network.")
    return Outcome(document, lines, FAILED if blocking else OK)


def _problems(file: NetworkFile) -> tuple[GraphProblem, ...]:
    """What the graph says and, where it says nothing, what comes up when its data flows through it."""
    dataset = load(file.data)
    problems = graph_problems(file.graph, target_of(dataset))
    if any(problem.blocking for problem in problems):
        return problems
    try:
        TrainingSession(Setup(file.graph, dataset, file.hyper, "numpy"), file.weights).snapshot(maps=False)
    except EngineError as error:
        return (*problems, GraphProblem(error.problem))
    return problems


def _document(problem: GraphProblem) -> dict[str, object]:
    return {
        "code": problem.problem.code,
        "sentence": problem.problem.sentence,
        "block": problem.block_id,
        "port": str(problem.port),
        "blocking": problem.blocking,
    }


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("network", type=network, metavar="NETWORK", help="a network file, or a link in quotes")


COMMAND = Command(validate, _add_arguments)
