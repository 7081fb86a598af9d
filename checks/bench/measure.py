"""What every benchmark needs: medians, ratios taken turn by turn in one run, and one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure; ``bar`` says what is asked of it ("" for nothing) and ``ok`` whether it is
    reached."""

    name: str
    value: float
    unit: str
    bar: str = ""
    ok: bool | None = None


def at_least(name: str, value: float, unit: str, bar: float) -> Row:
    """A figure that should reach ``bar``."""
    return Row(name, value, unit, f"≥ {bar:g}", value >= bar)


def at_most(name: str, value: float, unit: str, bar: float) -> Row:
    """A figure that should not exceed ``bar``."""
    return Row(name, value, unit, f"≤ {bar:g}", value <= bar)


def seconds(work: Work) -> float:
    """How long one call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def median_seconds(work: Work, repeat: int) -> float:
    """The median over ``repeat`` calls, after one call to warm up."""
    work()
    return median(seconds(work) for _ in range(repeat))


def interleaved(slow: Work, fast: Work, repeat: int) -> list[float]:
    """How many times as long ``slow`` takes as ``fast``: one ratio a turn, the two taking turns.

    What disturbs the machine disturbs both, so the median of the ratios is steadier than the ratio of
    medians.
    """
    fast()
    return [seconds(slow) / seconds(fast) for _ in range(repeat)]


def format_table(rows: Sequence[Row]) -> str:
    """The rows as a plain-text table."""
    verdicts = {True: "reached", False: "MISSED", None: ""}
    cells = [(row.name, f"{row.value:,.4g}", row.unit, row.bar, verdicts[row.ok]) for row in rows]
    heads = ("what", "value", "unit", "bar", "")
    widths = [max(len(line[column]) for line in [heads, *cells]) for column in range(len(heads))]
    lines = []
    for name, value, *rest in [heads, *cells]:
        tail = "  ".join(text.ljust(width) for text, width in zip(rest, widths[2:], strict=True))
        lines.append(f"{name.ljust(widths[0])}  {value.rjust(widths[1])}  {tail}".rstrip())
    return "\n".join(lines)


def print_table(rows: Sequence[Row]) -> None:
    """Print the rows as a plain-text table."""
    print(format_table(rows))
