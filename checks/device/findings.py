"""What a check has found: a figure, what was allowed, and whether that held. As a table, and as JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Literal

Outcome = Literal["held", "FAILED", "measured", "left out"]


@dataclass(frozen=True, slots=True)
class Finding:
    """``value`` in ``unit``; at most ``allowed`` where something is asked of it. ``note``: the reason, or what else is
    to be known."""

    what: str
    outcome: Outcome
    value: float | None = None
    unit: str = ""
    allowed: float | None = None
    note: str = ""


def at_most(what: str, value: float, allowed: float, unit: str = "", note: str = "") -> Finding:
    """A figure that must not exceed what is allowed; NaN does."""
    return Finding(what, "held" if value <= allowed else "FAILED", value, unit, allowed, note)


def more_than(what: str, value: float, bar: float, unit: str = "", note: str = "") -> Finding:
    """A figure that has to exceed a bar; NaN does not."""
    return Finding(
        what, "held" if value > bar else "FAILED", value, unit, None, f"more than {bar:g}; {note}".rstrip("; ")
    )


def is_so(what: str, found: bool, note: str = "") -> Finding:
    """A fact that has to hold."""
    return Finding(what, "held" if found else "FAILED", note=note)


def measured(what: str, value: float, unit: str, note: str = "") -> Finding:
    """A figure of which nothing is asked."""
    return Finding(what, "measured", value, unit, note=note)


def left_out(what: str, why: str) -> Finding:
    """What was not tried."""
    return Finding(what, "left out", note=why)


def failed(what: str, why: str) -> Finding:
    """What could not be carried through."""
    return Finding(what, "FAILED", note=why)


def as_json(parts: Mapping[str, Sequence[Finding]]) -> dict[str, list[dict[str, object]]]:
    """The findings by part; what is not finite is a text, for JSON has no such numbers."""
    return {name: [_document(finding) for finding in findings] for name, findings in parts.items()}


def _document(finding: Finding) -> dict[str, object]:
    value: float | str | None = finding.value
    if finding.value is not None and not math.isfinite(finding.value):
        value = str(finding.value)
    return {
        "what": finding.what, "outcome": finding.outcome, "value": value, "unit": finding.unit,
        "allowed": finding.allowed, "note": finding.note,
    }  # fmt: skip


def table(parts: Mapping[str, Sequence[Finding]]) -> str:
    """All findings as a plain-text table, part by part; the reasons of what failed or was left out stand below each."""
    every = [finding for findings in parts.values() for finding in findings]
    wide = max((len(finding.what) for finding in every), default=0)
    told: list[str] = []
    for name, findings in parts.items():
        told += ["", name.upper()]
        for finding in findings:
            told += _lines(finding, wide)
    counts = {outcome: sum(finding.outcome == outcome for finding in every) for outcome in _ORDER}
    return "\n".join([*told, "", ", ".join(f"{count} {outcome}" for outcome, count in counts.items())])


def _lines(finding: Finding, wide: int) -> list[str]:
    value = "" if finding.value is None else f"{finding.value:,.4g}"
    allowed = "" if finding.allowed is None else f"≤ {finding.allowed:g}"
    line = f"  {finding.what:<{wide}}  {value:>9} {finding.unit:<10} {allowed:<8} {finding.outcome}"
    if finding.outcome in ("held", "measured"):
        return [f"{line}  {finding.note}".rstrip()]
    return [line, fill(finding.note, 116, initial_indent=" " * 6, subsequent_indent=" " * 6)]


_ORDER: tuple[Outcome, ...] = ("held", "FAILED", "measured", "left out")
