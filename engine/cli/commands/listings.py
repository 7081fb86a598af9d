"""``datasets``, ``blocks`` and ``schema``: what there is to choose from, and what a network file looks like."""

from __future__ import annotations

import json
from argparse import Namespace

from engine.cli.outcome import Outcome, text_table
from engine.data import catalogue
from engine.formats.loom import NetworkDocument
from engine.graph.kinds import kinds


def datasets(arguments: Namespace) -> Outcome:
    """Every named data set."""
    entries = catalogue()
    document = {
        "datasets": [
            {
                "name": e.key,
                "title": e.title,
                "task": str(e.task),
                "kind": e.kind,
                "samples": e.samples,
                "description": e.description,
                "source": e.source,
            }
            for e in entries
        ]
    }
    return Outcome(document, text_table([(e.key, str(e.task), e.description) for e in entries]))


def blocks(arguments: Namespace) -> Outcome:
    """Every kind of block with its parameters and their defaults."""
    found = [(kind, kind.params_type()) for kind in kinds()]
    document = {
        "blocks": [
            {
                "kind": kind.key,
                "label": kind.label,
                "summary": kind.summary,
                "inputs": str(kind.arity),
                "formula": kind.formula(params),
                "parameters": params.model_dump(mode="json"),
                "schema": kind.params_type.model_json_schema(),
            }
            for kind, params in found
        ]
    }
    lines: list[str] = []
    for kind, params in found:
        settings = ", ".join(f"{name}={json.dumps(value)}" for name, value in params.model_dump(mode="json").items())
        lines += [f"{kind.key}: {kind.summary}", *([f"    {settings}"] if settings else [])]
    return Outcome(document, lines)


def schema(arguments: Namespace) -> Outcome:
    """The JSON Schema of network files."""
    return Outcome(network_schema(), schema_text().split("\n"))


def network_schema() -> dict[str, object]:
    """JSON Schema of a network file, one variant of a block for every kind."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **NetworkDocument.model_json_schema()}


def schema_text() -> str:
    """The schema as ``assets/schema/network-4.json`` holds it."""
    return json.dumps(network_schema(), ensure_ascii=False, indent=1)
