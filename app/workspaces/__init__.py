"""The workspaces of the window, a folder each: its ``WORKSPACE`` declares it (:mod:`app.workspaces.workspace`)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.workspaces.workspace import Workspace

NAMES = ("playground", "neuron", "activations", "scalar_graph", "gradients", "recommender", "gallery")
"""Their folders, in the order of the rail; the first is where the program starts."""


def workspaces() -> tuple[Workspace, ...]:
    """Their declarations; nothing of them is built yet."""
    return tuple(import_module(f"app.workspaces.{name}").WORKSPACE for name in NAMES)
