"""Which columns only tell rows apart: one answer of both readers of a person's own table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from engine.data.catalogue import inspect
from engine.data.choice import DataChoice
from engine.data.identifiers import are_codes, is_identifier
from engine.recommenders.data.proposal.proposing import propose

RANDOM = np.random.default_rng(20261202)


def _drawn(low: int, high: int, rows: int) -> np.ndarray:
    return low + RANDOM.choice(high - low, rows, replace=False)


IDENTIFIERS = {
    "customer": _drawn(10_000, 99_999, 600),
    "Kundennummer": _drawn(10**6, 10**7, 80),
    "客户编号": _drawn(10**8, 10**9, 50),
    "dossier": _drawn(100_000, 130_000, 900),
    "passengerid": RANDOM.permutation(891) + 1,
    "PolicyNo": np.array([*_drawn(10**6, 10**7, 990), *range(5), *range(5)]),
    "x7": _drawn(10**7, 10**8, 80),
    "feld": np.sort(_drawn(10**8, 10**9, 500)),
}
MEASUREMENTS = {
    "household_income": RANDOM.lognormal(10.6, 0.6, 1000).round(),
    "population": RANDOM.lognormal(11, 1.5, 200).round(),
    "注册资本": RANDOM.lognormal(14, 2, 300).round(),
    "year_built": RANDOM.integers(1900, 2022, 300),
    "last_login": RANDOM.integers(1_600_000_000, 1_630_000_000, 5000),
    "elapsed": np.cumsum(RANDOM.integers(5, 30, 3000)),
    "speed": np.arange(1, 41),
    "dose": RANDOM.permutation(np.arange(0, 2000, 10)),
    "num_employees": _drawn(10, 4000, 60),
    "date": 20_200_101 + RANDOM.permutation(28),
    "x8": _drawn(1_000_000_000, 1_764_000_000, 400),
    "x9": np.unique(RANDOM.lognormal(np.log(3.5e5), 0.3, 400).clip(100_000, 999_999).round()),
    "towns": np.unique((100_000 * (1 + RANDOM.pareto(1.1, 600))).clip(None, 999_999).round())[:-1],
    "load": np.unique(RANDOM.normal(5.5e7, 1.2e7, 300).clip(1e7, 9.9e7).round()),
    "loan": RANDOM.permutation(np.arange(100_000, 1_000_000, 2500)),
}
PADDED = {
    "matriculation": ([f"{number:07d}" for number in _drawn(0, 10**5, 60)], True),
    "handle": ([f"{number:04d}" for number in range(1, 61)], True),
    "geburt": ([f"{day:02d}{month:02d}1990" for day in range(1, 29) for month in (2, 9)], False),
    "abfahrt": ([f"{hour:02d}{minute:02d}" for hour in range(24) for minute in (7, 39)], False),
    "ragged": ([f"0{number}" for number in range(1, 450, 3)], False),
}
"""Texts, and whether they are codes."""
AMOUNTS = {
    "worth": [f"${number:,}" for number in _drawn(100_000, 999_999, 300)],
    "värde": [f"{number:,} kr".replace(",", " ") for number in _drawn(1_000_000, 9_999_999, 300)],
    "rent": [f"EUR {number}" for number in _drawn(10_000, 99_999, 600)],
}


def _both_leave_out(path: Path, name: str, values: Sequence[str] | NDArray[np.int64]) -> tuple[bool, bool]:
    """Whether the playground and the recommenders propose to leave the column out of a table of three."""
    at = np.arange(len(values))
    table = pl.DataFrame({name: values, "weight": np.sin(at), "bought": at % 2})
    table.write_csv(path)
    column = inspect(DataChoice(source="file", path=str(path))).columns[0]
    return column.left_out is not None, propose(path).roles[name] == "unused"


@pytest.mark.parametrize("name", IDENTIFIERS)
def test_numbers_that_were_given_out_are_left_out_in_whatever_order(name: str, tmp_path: Path) -> None:
    assert _both_leave_out(tmp_path / "own.csv", name, IDENTIFIERS[name].astype(np.int64)) == (True, True)


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_measurements_that_differ_are_inputs(name: str, tmp_path: Path) -> None:
    assert _both_leave_out(tmp_path / "own.csv", name, MEASUREMENTS[name].astype(np.int64)) == (False, False)


@pytest.mark.parametrize("name", PADDED)
def test_zeros_before_numbers_make_them_codes_unless_clock_or_calendar_do(name: str, tmp_path: Path) -> None:
    texts, is_code = PADDED[name]
    assert _both_leave_out(tmp_path / "own.csv", name, texts) == (is_code, is_code)


@pytest.mark.parametrize("name", AMOUNTS)
def test_amounts_are_inputs_however_evenly_they_are_spread(name: str, tmp_path: Path) -> None:
    """“$520,889 was read as 520889” stood beside “like an identifier”."""
    assert _both_leave_out(tmp_path / "own.csv", name, AMOUNTS[name]) == (False, False)


def test_dates_that_all_differ_are_no_identifiers() -> None:
    days = [f"{day:02d}.{month:02d}.2021" for day in range(1, 29) for month in range(1, 13)]
    assert not is_identifier("geburt", pl.Series(days))
    assert not is_identifier("seen", pl.Series(days).str.to_date("%d.%m.%Y"))
    assert is_identifier("geburt", pl.Series([f"{day}x" for day in days]))


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("userID", True), ("用户ID", True), ("订单号", True), ("order", True), ("#", True), ("zip code", True),
     ("customers", False), ("customer_age", False), ("paid", False), ("numbers of rooms", False), ("尺寸", False)],
)  # fmt: skip
def test_a_name_decides_where_there_are_too_few_values_to_tell(name: str, is_one: bool) -> None:
    assert is_identifier(name, pl.Series([10432, 98213, 55120, 20377])) is is_one
    assert not is_identifier(name, pl.Series([10432, 98213, 55120, 55120]))
    assert not is_identifier(name, pl.Series([10432.5, 98213.0, 55120.0, 20377.0]))


def test_numbers_beyond_all_codes_are_none() -> None:
    beyond = pl.Series([*(10.0**power for power in range(100, 200)), float("inf"), float("nan"), None])
    assert not is_identifier("x", beyond) and not are_codes("x", pl.concat([beyond, beyond]))


def test_what_counts_up_is_an_axis_unless_its_name_says_otherwise() -> None:
    assert not is_identifier("speed", pl.Series(range(60))) and is_identifier("sample", pl.Series(range(60)))
