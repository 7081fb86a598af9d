"""What there is to say of a number that is shown: how it came about, from which others, and who can check it."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from app.kit.formula.boxes import Box
from engine.value_check import CheckedValue, Oracle

Shown = str | Box
"""A formula: mathtext (numbers in it as :func:`app.kit.numbers.to_digits` prints them, words outside of ``$…$``), or a
box of :mod:`app.kit.formula.boxes`."""


@dataclass(frozen=True, slots=True)
class Parent:
    """A number that another comes from. ``name``: mathtext; ``place``: where it is, in words; ``value``: None where it
    is not known yet; ``key``: what the card asks for when it is clicked; ``printed``: the number as it stands
    elsewhere, where that is with other digits than four."""

    name: str
    place: str
    value: float | None
    key: Hashable
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A number and where it comes from.

    ``worked``: the formula with the numbers in. ``sentence``: what it means, or where it was given. ``check``: asks
    PyTorch, or who stands in for it, in another thread; None for what is given. It returns None where there is nothing
    to say of it, and raises EngineError where only PyTorch could tell. ``code``: lines of Python that come to it.
    ``more``: parents that are not listed. ``paths``: (name, value) of the terms that it is the sum of. ``printed``: as
    a parent's. ``onward``: what a link says that leads to where it is worked through.
    """

    key: Hashable
    name: str
    place: str
    value: float | None
    formula: Shown = ""
    worked: Shown = ""
    parents: tuple[Parent, ...] = ()
    sentence: str = ""
    check: Callable[[], CheckedValue[float] | None] | None = None
    code: str | Callable[[], str | None] = ""
    more: int = 0
    paths: tuple[tuple[str, float], ...] = ()
    printed: str = ""
    onward: str = ""

    @property
    def lines_of_code(self) -> str:
        """The code, written now where it was not yet."""
        return self.code if isinstance(self.code, str) else self.code() or ""


RELATIVE, ABSOLUTE = 1e-9, 1e-14
"""Two double-precision ways to one number may end so far apart."""


@dataclass(frozen=True, slots=True)
class OracleComparison:
    """Our value of the number ``key`` beside that of PyTorch or who stands in for it. ``error``: how far off theirs may
    be by its own account."""

    key: Hashable
    ours: float
    theirs: float
    by: Oracle = Oracle.TORCH
    error: float = 0.0

    @property
    def difference(self) -> float:
        """How far apart they are; 0 where both are the same infinity, or both no number."""
        same = self.ours == self.theirs or (math.isnan(self.ours) and math.isnan(self.theirs))
        return 0.0 if same else abs(self.ours - self.theirs)

    @property
    def agrees(self) -> bool:
        """Whether rounding, and their error, explain the difference."""
        if not (math.isfinite(self.ours) and math.isfinite(self.theirs)):
            return self.difference == 0.0
        return self.difference <= RELATIVE * max(abs(self.ours), abs(self.theirs)) + ABSOLUTE + self.error
