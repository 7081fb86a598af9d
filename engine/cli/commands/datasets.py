"""``datasets``: the named data sets."""

from __future__ import annotations

from argparse import Namespace

from engine.cli.command import Command
from engine.cli.outcome import Outcome, text_table
from engine.data import catalogue


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


COMMAND = Command(datasets)
