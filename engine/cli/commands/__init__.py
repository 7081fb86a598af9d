"""The commands, one module each, which declares a ``COMMAND``. A module is imported when its command is asked for."""

from __future__ import annotations

from importlib import import_module

from engine.cli.command import Command

SUMMARIES = {
    "train": "Train a network and report on it.",
    "trace": "Show one pass, stage by stage: forward, loss, backward, update.",
    "gradients": "Show what becomes of the gradients from layer to layer, and what is wrong.",
    "neuron": "Show what one unit does on a truth table, whether one can do it, and why not.",
    "expression": "Show the value, local derivatives and gradient of every node of an expression.",
    "validate": "Check a network file against its data.",
    "datasets": "List the named data sets.",
    "blocks": "List the kinds of blocks and their parameters.",
    "schema": "Print the JSON Schema of network files.",
    "bench": "Compare the speed of the backends on some standard networks.",
    "recommend": "Train, judge and ask the recommenders.",
    "install": "Install PyTorch and what else the recommenders need.",
    "warm": "Compile the fast kernels into their cache.",
}
"""What the help says of every command, in its order."""


def command(name: str) -> Command:
    """The command of a name."""
    found: Command = import_module(f"{__name__}.{name}").COMMAND
    return found
