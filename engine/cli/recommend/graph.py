"""``recommend graph``: the network that a model has of some data, before it is trained: to look at, or as a file to
edit and to train with ``recommend train --graph``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from engine.cli.outcome import Outcome, table
from engine.cli.recommend.choices import data_of, start_of
from engine.formats import NetworkFile, check_place_for, read_network, write_network
from engine.problems import EngineError
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.drafts.answers import GraphCheck
from engine.recommenders.tasks.drafts.asks import CheckParameters, check_graph
from engine.recommenders.tasks.drafts.draft import Draft
from engine.recommenders.tasks.known import task_kind
from engine.recommenders.tasks.opening import drafted

HEAD = ("block", "kind", "width", "to learn", "reads")


def graph(arguments: Namespace) -> Outcome:
    """Draw up the template, or check the graph of a file; write it to a file where one is named.

    Raises EngineError for data that cannot be read, and for a graph that does not fit them.
    """
    if arguments.out is not None:
        check_place_for(arguments.out)
    kind = task_kind(arguments.model)
    data = data_of(arguments, kind)
    start = start_of(arguments, kind, data.source)
    edited = None if arguments.graph is None else read_network(arguments.graph).graph
    spec = start.spec.model_dump(mode="json")
    plan = RunPlan(name=kind.label, model=kind.key, data=data, spec=spec, training=start.training, graph=edited)
    opened: Askable[Draft[Any]] = drafted(plan)
    draft = opened.opened
    if (problem := draft.misfit(draft.graph)) is not None:
        raise EngineError(problem.problem)
    found = check_graph(draft, CheckParameters())
    if arguments.out is not None:
        write_network(arguments.out, NetworkFile(draft.graph, title=kind.label))
    document = {
        "model": kind.key,
        "spec": draft.spec_of(draft.graph, draft.spec).model_dump(mode="json"),
        "graph": draft.graph.model_dump(mode="json"),
        "parameters": found.parameters,
        "file": None if arguments.out is None else str(arguments.out),
    }
    return Outcome(document, _lines(found, arguments.out))


def _lines(found: GraphCheck, out: Path | None) -> list[str]:
    rows = [
        (block.name, block.kind, f"{block.width:,}", f"{block.parameters:,}", ", ".join(block.reads))
        for block in found.blocks
    ]
    sizes = found.parameters
    assert sizes is not None
    lines = table(HEAD, rows)
    lines.append(f"{sizes.total:,} to learn: tables {sizes.tables:,}, wide {sizes.wide:,}, tower {sizes.tower:,}")
    return lines if out is None else [*lines, f"{out} holds it; edit it, then train it with --graph {out}"]
