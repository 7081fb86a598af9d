"""``blocks``: what a network can be built of."""

from __future__ import annotations

import json
from argparse import Namespace

from engine.cli.command import Command
from engine.cli.outcome import Outcome
from engine.graph.kinds import kinds


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


COMMAND = Command(blocks)
