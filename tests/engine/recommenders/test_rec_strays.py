"""A few rows that are no time or no number decide nothing: they are left out, counted, and named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from engine.problems import EngineError
from engine.recommenders.data.logs.loaders import load_log
from engine.recommenders.data.logs.mapped_table import ColumnMapping
from engine.recommenders.data.profile.profiling import profile
from engine.recommenders.data.profile.shapes import LogProfile
from engine.recommenders.data.proposal.choosing import choice_of
from engine.recommenders.data.proposal.proposing import propose

ROWS = 2000
MAPPING = ColumnMapping("user", "item", "time", rating="rating")
STRAYS = {100: ("-5", "4"), 200: ("0", "3"), 300: ("1600000300", "good"), 400: ("soon", "2")}


def _log(path: Path, strays: dict[int, tuple[str, str]] = STRAYS) -> Path:
    lines = ["user,item,time,rating"]
    for at in range(ROWS):
        time, rating = strays.get(at, (str(1_600_000_000 + at), str(1 + at % 5)))
        lines.append(f"u{at % 97},i{at % 89},{time},{rating}")
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_few_strays_do_not_turn_the_time_and_the_rating_off(tmp_path: Path) -> None:
    found = propose(_log(tmp_path / "own.csv"))
    assert found.roles == {"user": "user", "item": "item", "time": "time", "rating": "rating"}
    reason = next(one.reason.sentence for one in found.columns if one.name == "time")
    assert "“-5”" in reason and "3 of the first 2,000" in reason


def test_ratings_of_many_different_numbers_are_ratings_too(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    rows = [f"u{n % 7},i{n % 11},{1_600_000_000 + n},{1 + (n * 37 % 400) / 100}" for n in range(300)]
    path.write_text("user,item,time,rating\n" + "\n".join(rows) + "\n")
    assert propose(path).roles["rating"] == "rating"


def test_strays_are_left_out_counted_and_named_by_their_row(tmp_path: Path) -> None:
    path = _log(tmp_path / "own.csv")
    loaded = load_log(path, MAPPING)
    assert len(loaded.log) == ROWS - 4
    assert loaded.log.times.min() == 1_600_000_000 and np.isfinite(loaded.log.extras["rating"]).all()
    said = {one.code: one.parameters for one in loaded.notices}
    times, numbers = said["recommender.notice-rows-no-time"], said["recommender.notice-rows-no-number"]
    assert (times["count"], times["row"], times["value"]) == (3, 102, "-5")  # the header is row 1
    assert (numbers["count"], numbers["row"], numbers["value"]) == (1, 302, "good")


def test_the_profile_leaves_out_the_same_rows(tmp_path: Path) -> None:
    path = _log(tmp_path / "own.csv")
    proposed = propose(path)
    found = profile(choice_of(path, proposed.form, proposed.roles, proposed.yes))
    assert isinstance(found, LogProfile) and found.timeline is not None
    assert found.events == ROWS - 4 and found.missing.rows == 4
    assert {"recommender.notice-rows-no-time", "recommender.notice-rows-no-number"} <= {
        one.code for one in found.warnings
    }
    assert min(found.timeline.edges) > 1_599_000_000


def test_a_row_with_two_strays_is_left_out_once(tmp_path: Path) -> None:
    path = _log(tmp_path / "own.csv", STRAYS | {500: ("-5", "good")})
    loaded = load_log(path, MAPPING)
    assert [one.parameters["count"] for one in loaded.notices if "rows-no" in one.code] == [4, 1]
    assert len(loaded.log) == ROWS - 5


def test_numbers_of_another_age_are_times_where_they_are_not_few(tmp_path: Path) -> None:
    path = tmp_path / "steps.parquet"
    pl.DataFrame({"user": ["a"] * 40, "item": [f"i{n}" for n in range(40)], "time": range(-20, 20)}).write_parquet(path)
    loaded = load_log(path, ColumnMapping("user", "item", "time"))
    assert loaded.log.times.tolist() == list(range(-20, 20))


def test_a_column_that_holds_more_than_a_few_is_refused_by_row_and_value(tmp_path: Path) -> None:
    strays = {at: (str(1_600_000_000 + at), "good") for at in range(50, 300)}
    with pytest.raises(EngineError, match=r"“good”.*row 52.*250 of the first 2,000") as error:
        load_log(_log(tmp_path / "own.csv", strays), MAPPING)
    assert error.value.problem.code == "recommender.no-number"


def test_strays_of_later_batches_are_counted_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.recommenders.data.logs import delimited

    monkeypatch.setattr(delimited.whole_lines, "__defaults__", (4096,))
    said = {one.code: one.parameters for one in load_log(_log(tmp_path / "own.csv"), MAPPING).notices}
    assert said["recommender.notice-rows-no-number"]["row"] == 302
    assert said["recommender.notice-rows-no-time"]["count"] == 3
