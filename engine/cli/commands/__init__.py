"""The commands, one module each, which declares a ``COMMAND``. A module is imported when its command is asked for."""

from __future__ import annotations

from importlib import import_module

from engine.cli.command import Command

NAMES = (
    "train",
    "trace",
    "gradients",
    "neuron",
    "expression",
    "validate",
    "datasets",
    "blocks",
    "schema",
    "bench",
    "recommend",
    "install",
    "warm",
)
"""Every command, in the order of the help."""


def command(name: str) -> Command:
    """The command of a name."""
    found: Command = import_module(f"{__name__}.{name}").COMMAND
    return found
