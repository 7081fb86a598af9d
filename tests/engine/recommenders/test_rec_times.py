"""How a column's times are written is found by trying; what cannot be a date is not tried as one."""

from __future__ import annotations

import polars as pl
import pytest

from engine.recommenders.data.logs import times
from engine.recommenders.data.logs.times import Times

WRITTEN = (
    "2024-01-02",
    "2024/1/2",
    " 2024-01-02",
    "+2024-01-02",
    "24-01-02 03:04",
    "2024-01-02T03:04:05.5Z",
    "2024-01-02 03:04:05+01:00",
)


@pytest.mark.parametrize("text", WRITTEN)
def test_whatever_a_format_reads_looks_like_a_date(text: str) -> None:
    read = [one for one in times._FORMATS if times._read(pl.Series([text]), one).count()]
    assert read and pl.Series([text]).str.contains(times._DATED).all()


def test_a_column_that_has_no_dates_is_tried_as_numbers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a log with a thousand such columns each was tried in eleven formats: seconds, which a fuzzer found."""
    real, tried = times._read, list[str]()
    monkeypatch.setattr(times, "_read", lambda texts, written: tried.append(written) or real(texts, written))
    assert Times("log.csv", "t").numbers(pl.Series(["12", "13.5"])).to_list() == [12.0, 13.5]
    assert set(tried) == {times._NUMBER}
    tried.clear()
    assert Times("log.csv", "t").numbers(pl.Series(["12", "2024-01-02"][1:])).to_list() == [1704153600]
    assert set(tried) == set(times._FORMATS)
