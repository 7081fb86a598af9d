"""What a command hands back, and how it is written: one JSON document for machines, lines of text for people."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import numpy as np
from pydantic import BaseModel

from engine.problems import EngineError, Problem, document_of
from engine.uncertainty import digits_with_error

OK = 0
FAILED = 1
USAGE = 2
DIVERGED = 3
INTERRUPTED = 130


class UsageError(Exception):
    """Arguments that each make sense but not together; the message is for after "error:"."""


class TrainingDiverged(EngineError):
    """Training stopped because numbers were no longer finite or beyond all measure."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``document`` is what ``--json`` prints, ``lines`` what a person reads instead."""

    document: Mapping[str, object]
    lines: Sequence[str] = field(default_factory=tuple)
    exit_code: int = OK


def as_json(document: object) -> str:
    """Strict JSON: arrays become nested lists, dataclasses and models objects, and what is not finite becomes null."""
    return json.dumps(_plain(document), ensure_ascii=False, allow_nan=False)


def as_indented_json(document: Mapping[str, object]) -> str:
    """The same over several lines, for people: lists of numbers stay on one."""
    return _indented(_plain(document))


def _indented(value: Any, margin: str = "") -> str:
    inner = margin + "  "
    if isinstance(value, dict) and value:
        lines = [
            f"{inner}{json.dumps(key, ensure_ascii=False)}: {_indented(item, inner)}" for key, item in value.items()
        ]
        return "{\n" + ",\n".join(lines) + f"\n{margin}}}"
    if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        return "[\n" + ",\n".join(inner + _indented(item, inner) for item in value) + f"\n{margin}]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Problem):
        return document_of(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def error_document(problem: Problem) -> dict[str, object]:
    """The document of a command that failed."""
    return {"error": document_of(problem)}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table: the first column flush left, the others flush right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return [_aligned(row, widths) for row in (head, *rows)]


def text_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of columns of text, all flush left; the last is as long as it likes."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.ljust(width) if column == 0 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([first, *others]).rstrip()


def number(value: float) -> str:
    """A number at four significant digits; at more where one below 1 would read 1."""
    digits = next(digits for digits in range(4, 18) if value >= 1.0 or f"{value:.{digits}g}" != "1")
    return f"{value:.{digits}g}"


def number_with_error(value: float, error: float) -> str:
    """A number ± its standard error, to the same place."""
    text, apart, exponent = digits_with_error(value, error, 4)
    return f"({text} ± {apart})e{exponent:+03d}" if exponent else f"{text} ± {apart}"
