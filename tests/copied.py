"""Source that the program offers for copying, run as a person would who pastes it: without the program."""

from __future__ import annotations

import builtins
from types import ModuleType
from typing import Any

import pytest

OURS = ("engine", "app", "assets", "tests", "checks")


def run_copied(program: str) -> dict[str, object]:
    """Run it, our own text, where none of our packages can be imported; what it sets for all of torch is put back.
    Returns the program's names."""
    torch = pytest.importorskip("torch")
    before = torch.get_default_dtype()
    names: dict[str, object] = {"__builtins__": {**vars(builtins), "__import__": _import}}
    try:
        exec(compile(program, "copied", "exec"), names)
    finally:
        torch.set_default_dtype(before)
    return names


def _import(name: str, *rest: Any, **named: Any) -> ModuleType:
    if name.partition(".")[0] in OURS:
        raise ModuleNotFoundError(f"a copied program has no “{name}”")
    return builtins.__import__(name, *rest, **named)
