"""Dates as numbers of days, held to Python's own calendar; what is open is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from engine.data import DataChoice, Dataset, InputColumn, inspect, load
from engine.data.dates import Dates, read_clock, read_dates
from engine.problems import EngineError
from tests.engine.test_data_files import codes


def read(values: list[str], day_first: bool | None = None, elsewhere: bool | None = None) -> tuple[list[float], Dates]:
    found = read_dates(pl.Series("v", values), day_first, lambda: elsewhere)
    assert found is not None
    return found[0].to_list(), found[1]


FORMATS = [
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y年%m月%d日", "%d %b %Y",
    "%d-%b-%Y", "%B %d, %Y", "%d %B %Y", "%d/%m/%y", "%d.%m.%y", "%d-%m-%y", "%m-%d-%y", "%y-%m-%d",
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S.%f", "%d/%m/%Y %H:%M", "%m/%d/%Y %I:%M:%S %p", "%Y年%m月%d日 %H时%M分%S秒", "%Y年%m月%d日%H:%M",
    "%Y-%m-%dT%H:%M:%S%z", "%a, %d %b %Y %H:%M:%S GMT",
]  # fmt: skip


def written_in(form: str) -> tuple[list[str], list[float], str]:
    """Sixty moments as they are written, in days since the earliest day, and that day, by Python's calendar."""
    rng = np.random.default_rng(3)
    moments = [datetime(1999, 1, 1, tzinfo=UTC) + timedelta(seconds=int(s)) for s in rng.integers(0, 10**9, 60)]
    texts = [moment.strftime(form) for moment in moments]
    meant = [datetime.strptime(text, form).replace(tzinfo=UTC) for text in texts]
    first = min(meant).replace(hour=0, minute=0, second=0, microsecond=0)
    return texts, [(moment - first) / timedelta(days=1) for moment in meant], first.date().isoformat()


@pytest.mark.parametrize("form", FORMATS)
def test_a_column_of_dates_is_read_as_pythons_calendar_counts(form: str) -> None:
    texts, meant, first = written_in(form)
    days, dates = read(texts)
    assert days == pytest.approx(meant, abs=1e-9)
    assert dates.first == first and not dates.open


@pytest.mark.parametrize("form", FORMATS)
def test_a_tables_column_of_dates_gets_to_be_read_as_such(form: str, tmp_path: Path) -> None:
    """Numbers and times of day are read before dates: what passes for one of them is never asked for its day."""
    texts, meant, first = written_in(form)
    choice = tabled(tmp_path, {"day": texts, "y": [0, 1] * 30})
    (column, _) = inspect(choice).columns
    assert column.dates is not None and column.dates.first == first
    assert load(choice).x[:, 0] == pytest.approx(meant, abs=1e-9)


def test_digits_alone_are_a_number_in_a_table(tmp_path: Path) -> None:
    """20240305 may be an amount or a customer's, and nobody could take the reading back: no setting says “numbers”."""
    numbers = [20240305 + at for at in range(20)]
    choice = tabled(tmp_path, {"day": [str(number) for number in numbers], "y": [0, 1] * 10})
    assert inspect(choice).columns[0].dates is None
    assert load(choice).x[:, 0].tolist() == numbers


def tabled(folder: Path, columns: dict[str, list[str] | list[int]]) -> DataChoice:
    """A CSV file of these columns, its numbers as they are."""
    pl.DataFrame(columns).write_csv(folder / "t.csv")
    return DataChoice(source="file", path=str(folder / "t.csv"), standardise=False)


def test_digits_need_no_zeros_and_zones_count() -> None:
    assert read(["2024年3月5日", "2024年12月25日"])[0] == [0, 295]
    assert read(["5.3.2024", "25.12.2024"])[0] == [0, 295]
    days, _ = read(["2024-03-05T12:00:00+08:00", "2024-03-05T04:00:00Z", "2024-03-04T23:30:00-04:30"])
    assert days == pytest.approx([4 / 24] * 3, abs=1e-9)
    assert read(["2024-03", "2023-12"])[0] == [91, 0]


@pytest.mark.parametrize("form", ["%y-%m-%d", "%d-%m-%y"])
def test_of_two_readings_of_short_years_that_of_the_shorter_span_holds(form: str) -> None:
    meant = [datetime(2021, 1, 1) + timedelta(days=day) for day in range(0, 700, 7)]
    days, dates = read([moment.strftime(form) for moment in meant])
    assert days == [moment.toordinal() - meant[0].toordinal() for moment in meant] and dates.first == "2021-01-01"


@pytest.mark.parametrize("form", ["%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%I:%M:%S %p"])
def test_times_of_day_are_read_as_pythons_clock_counts_hours(form: str) -> None:
    moments = [datetime(2021, 1, 1) + timedelta(seconds=97 * at) for at in range(800)]
    texts = [moment.strftime(form) for moment in moments]
    meant = [datetime.strptime(text, form) for text in texts]
    found = read_clock(pl.Series("v", [*texts, "noon", None]))
    assert found is not None
    hours = [
        (moment - moment.replace(hour=0, minute=0, second=0, microsecond=0)) / timedelta(hours=1) for moment in meant
    ]
    assert found[0].to_list() == [*(pytest.approx(hour, abs=1e-9) for hour in hours), None, None]
    assert (found[1].example, found[1].value) == (texts[0], pytest.approx(hours[0]))


def test_texts_are_no_times_of_day() -> None:
    assert read_clock(pl.Series("v", ["red", "12", "25:00", "3:75"])) is None


def test_day_and_month_are_told_apart_by_the_column_then_by_others_then_by_a_person() -> None:
    for first, second in (("25/03/2024", "04/03/2024"), ("03/25/2024", "03/04/2024")):
        days, dates = read([first, second])
        assert (days, dates.open) == ([21, 0], False)
    values = ["03/04/2024", "05/06/2024"]
    by_day, by_month = [0.0, 63.0], [0.0, 63.0]
    days, dates = read(values)
    assert dates.open and dates.read == "2024-04-03" and days == by_day
    days, dates = read(values, elsewhere=False)
    assert not dates.open and dates.read == "2024-03-04" and days == by_month
    assert read(values, day_first=False)[1].read == "2024-03-04"
    assert read(values, day_first=True, elsewhere=False)[1].read == "2024-04-03"
    assert not read(["03.04.2024", "05.06.2024"])[1].open


@pytest.mark.parametrize(
    "values", [["2024-02-30"] * 9, ["13/13/2024"] * 9, ["a", "b"], ["10.0.0.1"], ["1.2.3"], ["2024-01-01", "soon"], []]
)
def test_what_is_no_date_is_none(values: list[str]) -> None:
    assert read_dates(pl.Series("v", values, dtype=pl.String), None, lambda: None) is None


def table(tmp_path: Path, text: str, **settings: object) -> Dataset:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    choice = {"source": "file", "path": str(path), "standardise": False, **settings}
    return load(DataChoice.model_validate(choice))


ROWS = "day,b,y\n" + "".join(f"0{at}/03/2024,{at * at},{at % 2}\n" for at in range(1, 10))


def test_a_files_dates_are_days_or_left_out_or_texts_and_it_is_told(tmp_path: Path) -> None:
    data = table(tmp_path, ROWS)
    assert data.columns == ("day", "b") and data.x[:, 0].tolist() == list(range(9))
    assert codes(data) == ["dates-open", "raw-numbers"] and "2024-03-01" in data.notices[0].sentence
    by_month = table(tmp_path, ROWS, dates="month-first")
    assert by_month.x[:3, 0].tolist() == [0, 31, 60] and codes(by_month) == ["dates", "raw-numbers"]
    without = table(tmp_path, ROWS, dates="leave-out")
    assert without.columns == ("b",) and "dates-left-out" in codes(without)
    assert len(table(tmp_path, ROWS, dates="texts", features=("day",)).columns) == 9
    summary = inspect(DataChoice(source="file", path=str(tmp_path / "t.csv")))
    assert (
        summary.columns[0].dates is not None and summary.notices == data.notices[:1]
    )  # what the numbers are like is seen once they are read


def test_another_column_tells_the_order(tmp_path: Path) -> None:
    other = ROWS.replace("day,b", "day,end").replace("\n0", "\n0")
    lines = [line.split(",") for line in other.splitlines()]
    for at, line in enumerate(lines[1:], 1):
        line[1] = f"12/{at + 12}/2024"
    data = table(tmp_path, "\n".join(map(",".join, lines)) + "\n")
    assert data.x[:3, 0].tolist() == [0, 31, 60] and codes(data) == ["dates", "dates", "raw-numbers"]


def test_a_few_strays_among_dates_count_as_missing_and_are_told(tmp_path: Path) -> None:
    rows = "".join(f"2024-03-{at % 28 + 1:02},{at},{at % 2}\n" for at in range(60))
    data = table(tmp_path, "day,b,y\n" + rows + "soon,1,0\n")
    assert codes(data) == ["dates", "not-dates", "filled-numbers", "raw-numbers"]
    assert data.notices[1].sentence.endswith("(such as “soon”) count as missing: 1.")


def test_dates_can_be_the_target_and_parquets_own_are_read(tmp_path: Path) -> None:
    assert table(tmp_path, ROWS, target="day").y.tolist() == list(range(9))
    moments = [datetime(2024, 3, 5, 12) + timedelta(days=at) for at in range(8)]
    frame = pl.DataFrame({
        "when": moments, "day": [moment.date() for moment in moments],
        "span": [timedelta(hours=12 * at) for at in range(8)], "y": [0, 1] * 4,
    })  # fmt: skip
    frame.write_parquet(tmp_path / "t.parquet")
    data = load(DataChoice(source="file", path=str(tmp_path / "t.parquet"), standardise=False))
    assert data.columns == ("when", "day", "span")
    assert data.x[1].tolist() == [1.5, 1, 0.5] and codes(data) == ["dates", "dates"]


def test_a_date_is_typed_as_a_date_or_as_days() -> None:
    column = InputColumn("day", since="2024-03-05", centre=2.0, scale=4.0)
    assert column.encode("2024-03-11").tolist() == column.encode(6).tolist() == [1.0]
    assert column.encode("2024-03-11 12:00").tolist() == [1.125] and column.date(6.5) == "2024-03-11"
    with pytest.raises(EngineError, match="such as 2024-03-05"):
        column.encode("soon")


@pytest.mark.parametrize(
    ("typed", "days"),
    [("2024-03-06T10:00:00Z", 1 + 10 / 24), ("2024-03-06T01:00:00+02:00", 23 / 24), ("20240306", 1.0)],
)
def test_a_typed_date_is_read_in_utc_and_before_it_is_taken_for_a_number(typed: str, days: float) -> None:
    assert InputColumn("day", since="2024-03-05").encode(typed) == pytest.approx([days])


@pytest.mark.parametrize("typed", ["2024", "3.5", "0001-01-01T00:00:00+05:00"])
def test_what_is_typed_into_a_date_column_has_to_be_a_date(typed: str) -> None:
    with pytest.raises(EngineError, match="enter a date"):
        InputColumn("day", since="2024-03-05").encode(typed)


@pytest.mark.parametrize(("day_first", "stray"), [(False, "13/02/2024"), (True, "02/13/2024")])
def test_a_persons_choice_wins_over_one_stray_date(day_first: bool, stray: str) -> None:
    ambiguous = [f"{first:02}/{second:02}/2024" for first in range(1, 13) for second in range(1, 13)]
    days, dates = read([*ambiguous, stray], day_first)
    assert days[-1] is None and not dates.open
    assert days[1] == (31.0 if day_first else 1.0)
