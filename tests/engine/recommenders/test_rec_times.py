"""Times of a log are read by the grammar of dates that tables have, but never by guessing day or month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from engine.data.dates import read_dates
from engine.problems import EngineError
from engine.recommenders.data.logs import times
from engine.recommenders.data.logs.times import Times
from tests.engine.test_data_dates import FORMATS

MOMENTS = [
    datetime(1999, 1, 1, tzinfo=UTC) + timedelta(seconds=int(s))
    for s in np.random.default_rng(3).integers(0, 10**9, 60)
]


@pytest.mark.parametrize("form", [*FORMATS, "%Y-%m", "%Y-%m-%d %H:%M:%S+00:00", "%Y-%m-%dT%H:%M:%S.%fZ"])
def test_tables_and_logs_read_the_same_dates(form: str) -> None:
    """Each to the second that Python's own calendar gives."""
    texts = pl.Series("t", [moment.strftime(form) for moment in MOMENTS])
    meant = [datetime.strptime(text, form).replace(tzinfo=UTC).timestamp() // 1 for text in texts]
    assert Times("log.csv", "t").numbers(texts).to_list() == meant
    found = read_dates(texts, None, lambda: None)
    assert found is not None and not found[1].open
    first = datetime.fromisoformat(found[1].first).replace(tzinfo=UTC).timestamp()
    assert [(first + day * 86400 + 1e-5) // 1 for day in found[0]] == meant


def test_dates_that_may_be_of_either_order_are_open_in_a_table_and_no_times_in_a_log() -> None:
    texts = pl.Series("t", ["03/04/2024", "05/06/2024"])
    found = read_dates(texts, None, lambda: None)
    assert found is not None and found[1].open
    with pytest.raises(EngineError, match="03/04/2024"):
        Times("log.csv", "t").numbers(texts)
    by_month = Times("log.csv", "t")
    assert by_month.read(pl.Series("t", ["03/25/2024"])).to_list() == [1711324800]
    assert by_month.read(texts).to_list() == [1709510400, 1714953600]  # as the first batch has told
    assert Times("log.csv", "t").read(pl.Series("t", ["03.04.2024"])).to_list() == [1712102400]


def test_one_that_is_written_otherwise_is_read_among_plain_ones() -> None:
    texts = pl.Series(
        "t", ["2024-01-02 03:04:05", "2024/1/2 3:04:05", "24-01-02 03:04:05", " 2024-01-02 ", "soon", None]
    )
    assert Times("log.csv", "t").read(texts).to_list() == [1704164645, 1704164645, None, 1704153600, None, None]


def test_a_column_that_has_no_dates_is_tried_as_numbers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a log with a thousand such columns each was tried in eleven formats: seconds, which a fuzzer found."""
    monkeypatch.setattr(times, "seconds_of", lambda *args, **kwargs: pytest.fail("tried as dates"))
    assert Times("log.csv", "t").numbers(pl.Series(["12", "13.5"])).to_list() == [12.0, 13.5]
