"""What columns of a person's own table are read as: the same by the playground, by training and by the proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from engine.data.catalogue import inspect
from engine.data.choice import DataChoice
from engine.recommenders.data.proposal.proposing import propose
from engine.recommenders.data.tables.encoding import numbers_of
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.labelled import read_examples

RANDOM = np.random.default_rng(20261203)
ROWS = 600


def _drawn(low: int, high: int, rows: int = ROWS) -> list[int]:
    """Different whole numbers by lot."""
    return RANDOM.choice(np.unique(RANDOM.integers(low, high, 4 * rows)), rows, replace=False).tolist()


def _recurring(values: Sequence[object], rows: int = ROWS) -> list[object]:
    return [values[at] for at in RANDOM.integers(0, len(values), rows)]


def _moments(written: str, since: str = "2021-01-04", seconds: int = 86_400 * 1000) -> list[str]:
    first = datetime.fromisoformat(since)
    return [(first + timedelta(seconds=passed)).strftime(written) for passed in _drawn(0, seconds)]


AMOUNTS = RANDOM.lognormal(8, 1, ROWS)

LEFT_OUT: dict[str, Sequence[object]] = {
    "seq": range(1, ROWS + 1),
    "laufend": range(ROWS),
    "beleg": range(5001, 5001 + ROWS),
    "vorgang": np.cumsum(RANDOM.choice([1, 1, 1, 1, 1, 2, 3], ROWS)).tolist(),
    "rückwärts": range(ROWS, 0, -1),
    "hash": _drawn(0, 2**62),
    "digest": _drawn(-(2**63), 2**63 - 1),
    "crc": _drawn(0, 2**32),
    "token": [f"{number:016x}" for number in _drawn(0, 2**62)],
    "url": [f"https://example.org/{number}" for number in _drawn(0, 10**6)],
}
CATEGORIES: dict[str, Sequence[object]] = {
    "kd": _recurring(_drawn(10**7, 10**8, 200)),
    "filiale": _recurring(_drawn(10**5, 10**6, 60)),
    "session": _recurring(_drawn(0, 2**62, 200)),
    "artikel": _recurring([f"A-{number}" for number in _drawn(1000, 9999, 200)]),
}
NUMBERS: dict[str, Sequence[object]] = {
    "betrag": [f"${amount:,.2f}" for amount in AMOUNTS],
    "umsatz": [f"{amount:,.2f} €".translate(str.maketrans(",.", ".,")) for amount in AMOUNTS],
    "金额": [f"￥{amount * 100:,.0f}" for amount in AMOUNTS],
    "saldo": [f"${amount:,.2f}" if at % 3 else f"(${amount:,.2f})" for at, amount in enumerate(AMOUNTS)],
    "anteil": [f"{share:.3f}%" for share in RANDOM.uniform(0, 100, ROWS)],
    "start": _moments("%H:%M:%S"),
    "finish": _moments("%I:%M:%S %p"),
    "tag1": _moments("%y-%m-%d", seconds=86_400 * 700),
    "gesehen": _moments("%Y-%m-%d %H:%M:%S"),
    "kauf": _moments("%d.%m.%Y %H:%M"),
    "born": _moments("%b %d, %Y", "1950-01-01", 86_400 * 20_000),
    "gebucht": [str(date(2021, 1, 4) + timedelta(days=day)) for day in range(ROWS)],
    "sensor": RANDOM.normal(0, 1, ROWS).tolist(),
    "brutto": np.unique(RANDOM.lognormal(12, 1, 4 * ROWS).round())[RANDOM.permutation(ROWS)].astype(int).tolist(),
    "elapsed": np.cumsum(RANDOM.integers(5, 30, ROWS)).tolist(),
    "created": np.sort(_recurring(_drawn(1_600_000_000, 1_700_000_000, 200))).tolist(),
    "fnlwgt": _recurring(RANDOM.lognormal(12, 0.5, 400).round().astype(int).tolist()),
}
EXPECTED = {
    **dict.fromkeys(LEFT_OUT, "left out"),
    **dict.fromkeys(CATEGORIES, "category"),
    **dict.fromkeys(NUMBERS, "number"),
}


def _uses(path: Path, name: str, values: Sequence[object]) -> tuple[str, str, str]:
    """What the playground, training and the proposal read a column as, in a table of three."""
    at = np.arange(len(values))
    pl.DataFrame({name: [str(value) for value in values], "weight": np.sin(at), "bought": at % 2}).write_csv(path)
    column = inspect(DataChoice(source="file", path=str(path))).columns[0]
    fields = read_examples(path, Goal("bought", at_least=1.0), Fields()).fields
    trained = "category" if name in fields.categories else "number" if name in fields.numbers else "left out"
    proposed = propose(path).roles[name]
    return (
        "left out" if column.left_out is not None else str(column.kind),
        trained,
        "left out" if proposed == "unused" else proposed,
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_all_three_readers_use_a_column_alike(name: str, tmp_path: Path) -> None:
    values = {**LEFT_OUT, **CATEGORIES, **NUMBERS}[name]
    assert _uses(tmp_path / "own.csv", name, values) == (EXPECTED[name],) * 3


def test_what_was_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    at = np.arange(60)
    clock = [f"{hour % 24:02d}:30:00" for hour in at]
    days = [str(date(2021, 1, 4) + timedelta(days=int(day))) for day in at]
    prices = [f"${1000 + price:,}.50" for price in at]
    pl.DataFrame({"start": clock, "seen": days, "price": prices, "bought": at % 2}).write_csv(path)
    said = [str(notice) for notice in propose(path).notices]
    assert said == [str(notice) for notice in read_examples(path, Goal("bought", at_least=1.0), Fields()).notices]
    assert said == [
        "In “start”, times of day were read as hours: “00:30:00” as 0.5, and all others likewise.",
        "“seen” contains dates, which were read as years: “2021-01-04” as 2021.01.",
        "In “price”, “$1,000.50” was read as 1000.5, and all numbers likewise.",
    ]


def test_a_number_that_is_asked_for_stays_one_though_it_recurs_like_a_code(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    pl.DataFrame({"kd": CATEGORIES["kd"], "bought": np.arange(ROWS) % 2}).write_csv(path)
    found = read_examples(path, Goal("bought", at_least=1.0), Fields(numbers=("kd",)))
    assert numbers_of(found.table, "kd").to_list() == CATEGORIES["kd"]
