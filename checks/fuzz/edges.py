"""Coverage of the engine's own sources, as edges from line to line with how often they were taken, in powers of two."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import engine

_ROOT = str(Path(engine.__file__).parent)
_LINES = 24  # bits for all lines of the engine
_MOST = 200_000  # lines of one input that are counted


def pass_over(holder: Any, name: str) -> None:
    """Count no lines of a function of ``holder``: one that computes at length, and the same way whatever the input."""
    whole = getattr(holder, name)

    @wraps(whole)
    def unwatched(*arguments: Any, **named: Any) -> Any:
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            return whole(*arguments, **named)
        finally:
            sys.settrace(tracer)

    setattr(holder, name, unwatched)


class Edges:
    """What all inputs together have reached so far."""

    def __init__(self) -> None:
        self._bases: dict[int, int] = {}
        self._codes: list[CodeType] = []  # kept alive, so that no other code takes the place of one that is known
        self._next = 1
        self._last = 0
        self._left = 0
        self._taken: dict[int, int] = {}
        self.known: dict[int, int] = {}
        """Edge to the powers of two (as bits) in which it was taken."""

    def traced(self, call: Callable[[], Any]) -> Any:
        """Do something and count what it takes."""
        self._last, self._taken, self._left = 0, {}, _MOST
        sys.settrace(self._enter)
        try:
            return call()
        finally:
            sys.settrace(None)

    def gained(self) -> int:
        """How many edges, or powers of one, the last call was the first to take; they are known from now on."""
        new = 0
        for edge, count in self._taken.items():
            bit = 1 << min(count.bit_length(), 8)
            known = self.known.get(edge, 0)
            if not known & bit:
                self.known[edge] = known | bit
                new += 1
        return new

    def _enter(self, frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        base = self._bases.get(id(code))
        if base is None:
            base = self._number(code)
        return self._line if base else None

    def _number(self, code: CodeType) -> int:
        base = 0
        if code.co_filename.startswith(_ROOT):
            lines = [line for _, _, line in code.co_lines() if line is not None]
            base = self._next + 1 - min(lines, default=0)  # its first line comes next
            self._next += max(lines, default=0) - min(lines, default=0) + 2
            base = base or self._next  # 0 says: not ours
        self._bases[id(code)] = base
        self._codes.append(code)
        return base

    def _line(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            here = self._bases[id(frame.f_code)] + frame.f_lineno
            edge = self._last << _LINES | here
            self._last = here
            taken = self._taken
            taken[edge] = taken.get(edge, 0) + 1
            self._left -= 1
            if not self._left:
                sys.settrace(None)
        return self._line
