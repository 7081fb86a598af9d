"""Parquet files of every type that there is, damaged ones, and small ones that hold far too much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from engine.data import DataChoice, Limits, inspect, load
from engine.data.parquet_trial import check_room, try_out
from engine.data.plain_types import plain_frame, spans_in_seconds
from engine.data.sampling import Watch
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.profile.profiling import profile
from engine.recommenders.data.proposal.proposing import propose
from engine.recommenders.data.sources import data_source

N = 24
WHOLE = pl.Series(range(N), dtype=pl.Int64)
COLUMNS = {
    "span": WHOLE.cast(pl.Duration("us")),
    "span in ns": WHOLE.cast(pl.Duration("ns")),
    "list": pl.Series([[i] for i in range(N)]),
    "empty lists": pl.Series([[]] * N, dtype=pl.List(pl.Int64)),
    "struct": pl.Series([{"a": i} for i in range(N)]),
    "array": pl.Series([[i, i] for i in range(N)], dtype=pl.Array(pl.Int64, 2)),
    "decimal": pl.Series([Decimal(i) / 4 for i in range(N)], dtype=pl.Decimal(38, 10)),
    "bytes": pl.Series([bytes([i, 255]) for i in range(N)], dtype=pl.Binary),
    "text as bytes": pl.Series([f"x{i % 3}".encode() for i in range(N)], dtype=pl.Binary),
    "time of day": pl.Series([dt.time(i) for i in range(N)]),
    "date": pl.Series([dt.date(2020, 1, 1 + i) for i in range(N)]),
    "last date": pl.Series([2**31 - 1 - i for i in range(N)], dtype=pl.Int32).cast(pl.Date),
    "last moment": pl.Series([2**63 - 1 - i for i in range(N)], dtype=pl.Int64).cast(pl.Datetime("ms")),
    "first moment": pl.Series([i - 2**63 for i in range(N)], dtype=pl.Int64).cast(pl.Datetime("us", "UTC")),
    "levels": pl.Series([str(i % 3) for i in range(N)], dtype=pl.Categorical),
    "enum": pl.Series([str(i % 3) for i in range(N)], dtype=pl.Enum(["0", "1", "2"])),
    "unsigned": pl.Series([2**64 - 1 - i for i in range(N)], dtype=pl.UInt64),
    "long": pl.Series([2**120 + i for i in range(N)], dtype=pl.Int128),
    "nothing": pl.Series([None] * N, dtype=pl.Null),
    "truth": pl.Series([None if i % 3 else True for i in range(N)]),
    "floats": pl.Series([float("inf") if i % 3 else float("nan") for i in range(N)], dtype=pl.Float32),
    "^.*$": WHOLE,
    "*": WHOLE,
    "": WHOLE,
    "a\nb": WHOLE,
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("types") / "table.parquet"
    texts = pl.Series([f"x{i % 4}" for i in range(N)])
    pl.DataFrame({**COLUMNS, "n": WHOLE, "s": texts}).write_parquet(path)
    return path


@pytest.mark.process
def test_columns_of_all_types_beside_each_other_are_looked_at(written: Path) -> None:
    found = inspect(DataChoice(source="file", path=str(written)))
    unusable = {one.name for one in found.columns if one.kind == "unusable"}
    assert unusable == {"list", "empty lists", "struct", "array", "bytes"}
    assert {column.name for column in propose(written).columns} == {*COLUMNS, "n", "s"}


@pytest.mark.process
@pytest.mark.parametrize("name", COLUMNS)
def test_any_type_of_column_is_read_or_named_in_a_sentence(written: Path, name: str) -> None:
    place = str(written)
    own, table = data_source("file"), {"label": name}
    attempts: list[Callable[[], object]] = []
    for choice in ({"dates": "texts"}, {"dates": "leave-out"}, {"target": name}, {"features": (name,)}):
        attempts.append(partial(load, DataChoice.model_validate({"source": "file", "path": place, **choice})))
    for label in (table, {**table, "equals": "x1"}, {"label": "s", "equals": "x1", "categories": (name,)}):
        examples = RecommenderData.model_validate({"source": "file", "path": place, "table": label})
        attempts += [partial(profile, examples), partial(own.examples, examples)]
    for user, time in ((name, "n"), ("s", name)):
        items = {"path": place, "id": name, "title": "s"}
        log = {"source": "file", "path": place, "mapping": {"user": user, "item": "s", "time": time, "rating": time}}
        for data in map(RecommenderData.model_validate, (log, {**log, "item_table": items})):
            attempts += [partial(own.watches, data), partial(profile, data)]
    for attempt in attempts:
        try:
            attempt()
        except EngineError as error:
            assert "\n" not in error.problem.sentence and error.problem.code != "data.parquet-broken"


@pytest.mark.process
def test_spans_and_levels_are_numbers_and_texts(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    hours = pl.Series([3600 * i for i in range(N)], dtype=pl.Int64).cast(pl.Duration("ms")) * 1000
    pl.DataFrame({"span": hours, "level": COLUMNS["levels"], "y": WHOLE}).write_parquet(path)
    days = load(DataChoice(source="file", path=str(path), standardise=False, dates="texts"))
    assert days.x[:, 0].tolist() == pytest.approx([i / 24 for i in range(N)])
    seconds = data_source("file").examples(
        RecommenderData.model_validate({"source": "file", "path": path, "table": {"label": "y"}})
    )
    assert seconds.table["span"].to_list() == [3600.0 * i for i in range(N)]
    assert seconds.table["level"].dtype == pl.String


def test_dates_that_no_calendar_has_are_missing_and_counted() -> None:
    ends = pl.Series("at", [dt.date(1, 1, 1), dt.date(9999, 12, 31)])
    beyond = pl.Series("at", [-(2**31), 2_932_897], dtype=pl.Int32).cast(pl.Date)
    frame, lost = plain_frame(pl.DataFrame([pl.concat([ends, beyond, pl.Series("at", [None], dtype=pl.Date)])]))
    assert frame["at"].to_list() == [dt.date(1, 1, 1), dt.date(9999, 12, 31), None, None, None]
    assert lost == {"at": 2}
    moments = pl.Series("at", [dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59, 999999)])
    assert plain_frame(moments.to_frame())[1] == {}
    assert plain_frame(moments.dt.offset_by("1us").to_frame())[1] == {"at": 1}


def test_what_is_no_span_stays_itself() -> None:
    assert spans_in_seconds(WHOLE) is WHOLE
    assert spans_in_seconds(pl.Series([dt.timedelta(hours=1)])).to_list() == [3600.0]


@pytest.mark.process
def test_a_small_file_that_holds_far_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    pl.DataFrame({"s": pl.Series(["x" * 100_000]).gather([0] * 4000), "y": range(4000)}).write_parquet(path)
    facts = try_out(path, Watch("bomb"))
    assert (facts.rows, facts.columns) == (4000, 2) and facts.bytes == 4000 * 100_008
    assert path.stat().st_size < 1 << 20
    for read in (
        lambda: load(DataChoice(source="file", path=str(path))),
        lambda: load(DataChoice(source="file", path=str(path)), limits=Limits(rows=3000)),
        lambda: propose(path),
    ):
        with pytest.raises(EngineError) as error:
            read()
        assert error.value.problem.code == "data.parquet-too-large"
    check_room(path, facts, 100)  # so many rows of it there is room for


@pytest.mark.process
def test_a_file_cut_short_anywhere_is_one_sentence(tmp_path: Path) -> None:
    whole = tmp_path / "whole.parquet"
    pl.DataFrame({"a": range(50), "y": [i % 2 for i in range(50)]}).write_parquet(whole)
    content = whole.read_bytes()
    for at, end in enumerate((4, 12, len(content) // 2, len(content) - 9, len(content) - 1)):
        path = tmp_path / f"{at}.parquet"
        path.write_bytes(content[:end])
        with pytest.raises(EngineError) as error:
            load(DataChoice(source="file", path=str(path)))
        assert error.value.problem.code == "data.parquet-broken"
