"""``schema``: what a network file looks like."""

from __future__ import annotations

import json
from argparse import Namespace

from engine.cli.command import Command
from engine.cli.outcome import Outcome
from engine.formats.loom import NetworkDocument


def schema(arguments: Namespace) -> Outcome:
    """The JSON Schema of network files."""
    return Outcome(network_schema(), schema_text().split("\n"))


def network_schema() -> dict[str, object]:
    """JSON Schema of a network file, one variant of a block for every kind."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **NetworkDocument.model_json_schema()}


def schema_text() -> str:
    """The schema as ``assets/schema/network-5.json`` holds it."""
    return json.dumps(network_schema(), ensure_ascii=False, indent=1)


COMMAND = Command(schema)
