"""What a file says in words that mean something else by now is put in others when it is brought in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from engine.problems import Problem

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Renewed(Generic[V]):
    """A value in today's words. ``label``: of the step that puts it in force; ``said``: the sentence about it."""

    label: str
    value: V
    said: Problem
