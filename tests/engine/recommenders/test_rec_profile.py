"""What a profile says of data, held to polars and numpy on the same data."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from engine.cli.main import run
from engine.command import engine_command
from engine.data.sampling import Watch
from engine.problems import EngineError
from engine.recommenders.data.data_choice import ItemTable, Mapped, RecommenderData, TableChoice
from engine.recommenders.data.logs.loaders import load_log
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.logs.mapped_table import ColumnMapping
from engine.recommenders.data.logs.movielens import movielens_small
from engine.recommenders.data.logs.stream import stream_of_log
from engine.recommenders.data.profile.bins import GrowingBins, doubling
from engine.recommenders.data.profile.log_profile import profile_log
from engine.recommenders.data.profile.log_tally import LogTally
from engine.recommenders.data.profile.profiling import profile
from engine.recommenders.data.profile.shapes import LogProfile, TableProfile
from engine.recommenders.data.profile.table_profile import profile_table
from engine.recommenders.data.sources import data_source
from engine.recommenders.data.tables.adult import adult
from engine.recommenders.data.tables.encoding import fit_encoder
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.random_split import split_at_random
from engine.recommenders.judging.next_watch import hold_out_last

SHARED = Path(__file__).parents[3] / "../shared"
MAPPED = Mapped(user="u", item="i", time="t", rating="r")
COLUMNS = ColumnMapping("u", "i", "t", "r")


def log_of(data: RecommenderData) -> LogProfile:
    found = profile(data, "watches")
    assert isinstance(found, LogProfile)
    return found


def table_of(data: RecommenderData) -> TableProfile:
    found = profile(data, "examples")
    assert isinstance(found, TableProfile)
    return found


def codes(found: LogProfile | TableProfile) -> list[str]:
    return [said.code.removeprefix("recommender.") for said in found.warnings]


def agrees(found: LogProfile, log: Log, *, bins: bool = True) -> None:
    """Every count of a profile against the log itself; ``bins``: those of time too, where both have whole seconds."""
    split = hold_out_last(log)
    of_user, of_item = np.bincount(log.users), np.bincount(log.items)
    of_user, of_item = of_user[of_user > 0], of_item[of_item > 0]
    assert (found.users, found.items, found.events) == (len(of_user), len(of_item), len(log))
    assert found.held_out == len(split.users)
    for spread, counts in ((found.history, of_user), (found.popularity, of_item)):
        edges = [*spread.least, 2 * spread.least[-1]]
        assert list(spread.counts) == np.histogram(counts, np.array(edges) - 0.5)[0].tolist()
        assert (spread.median, spread.most) == (np.median(counts), counts.max())
        assert spread.mean == pytest.approx(counts.mean())
    assert found.timeline is not None
    assert (found.timeline.first, found.timeline.last) == (log.times.min(), log.times.max())
    assert (sum(found.timeline.events), sum(found.timeline.held_out)) == (len(log), found.held_out)
    if bins:
        edges = np.array(found.timeline.edges)
        assert list(found.timeline.events) == np.histogram(log.times, edges)[0].tolist()
        assert list(found.timeline.held_out) == np.histogram(split.times, edges)[0].tolist()
    most = sorted(np.bincount(log.items).tolist(), reverse=True)[: len(found.top)]
    assert [item.events for item in found.top] == most


def tied_share(log: Log) -> float:
    frame = pl.DataFrame({"user": log.users, "time": log.times})
    return float(frame.is_duplicated().mean())  # type: ignore[arg-type]


def test_movielens_small_as_a_log() -> None:
    log = movielens_small()
    found = log_of(RecommenderData(source="movielens-small"))
    agrees(found, log)
    assert found.ties == pytest.approx(tied_share(log)) and found.looked_at == 1.0
    values, counts = np.unique(log.extras["rating"], return_counts=True)
    assert [float(value) for value in found.numbers["rating"].values] == values.tolist()
    assert list(found.numbers["rating"].counts) == counts.tolist()
    assert codes(found) == ["profile-ties", "profile-item-everywhere"]
    everywhere = found.warnings[1].parameters
    assert everywhere == {"item": "Forrest Gump", "share": "51 %"}
    assert found.top[0].title == "Forrest Gump" and "title" in found.head.columns


def test_only_what_is_rated_high_enough() -> None:
    found = log_of(RecommenderData(source="movielens-small", least_rating=4.0))
    log = movielens_small()
    agrees(found, log.take(log.extras["rating"] >= 4.0))


def test_a_generated_site_is_streamed() -> None:
    data = RecommenderData(source="video-site", events=9_000, users=700, items=300)
    found = log_of(data)
    agrees(found, data_source("video-site").watches(data).log)
    assert found.catalogue == 300 and found.items < 300
    seconds = found.numbers["watch_seconds"]
    watched = data_source("video-site").watches(data).log.extras["watch_seconds"]
    assert list(seconds.counts) == np.histogram(watched, np.array(seconds.edges))[0].tolist()


@pytest.mark.skipif(not (SHARED / "data").exists(), reason="the shared data are not here")
def test_movietweetings_from_its_files() -> None:
    path = SHARED / "data" / "movietweetings"
    found = log_of(RecommenderData(source="file", path=path))
    agrees(found, load_log(path).log)


@pytest.mark.skipif(not (SHARED / "data").exists(), reason="the shared data are not here")
def test_titles_and_genres_from_a_table_of_items() -> None:
    path = SHARED / "data" / "movielens-latest-small.csv"
    mapping = Mapped(user="userId", item="movieId", time="timestamp", rating="rating")
    table = ItemTable(path=path, id="movieId", title="title", genres="genres", columns=("year",))
    data = RecommenderData(source="file", path=path, mapping=mapping, item_table=table)
    found = log_of(data)
    assert found.top[0].title == "Forrest Gump" and found.top[0].events == 341
    log = data_source("file").watches(data).log
    agrees(found, log)
    truth = movielens_small()
    titles = dict(zip(truth.item_names, truth.item_features["title"], strict=True))
    assert [titles[name].strip() for name in log.item_names] == list(log.item_features["title"])
    assert log.item_features.keys() == {"title", "genres", "year"}


@pytest.mark.skipif(not (SHARED / "hostile").exists(), reason="the hostile files are not here")
@pytest.mark.parametrize("name", sorted(path.name for path in (SHARED / "hostile").glob("*")))
def test_hostile_files_give_a_profile_or_a_sentence(name: str) -> None:
    path = SHARED / "hostile" / name
    for data in (
        RecommenderData(source="file", path=path),
        RecommenderData(source="file", path=path, mapping=MAPPED),
        RecommenderData(source="file", path=path, table=TableChoice(label="bought")),
    ):
        try:
            found = profile(data)
        except EngineError as error:
            assert error.problem.sentence.endswith(".")
        else:
            json.dumps(found.model_dump(mode="json"), allow_nan=False)


# Logs of one's own --------------------------------------------------------------------------------------------------


def written(folder: Path, rows: list[str]) -> Path:
    path = folder / "log.csv"
    path.write_text("u,i,t,r\n" + "\n".join(rows) + "\n")
    return path


def own(path: Path, **changes: object) -> RecommenderData:
    return RecommenderData(source="file", path=path, mapping=MAPPED.model_copy(update=changes))


def test_what_is_dropped_is_counted_as_in_training(tmp_path: Path) -> None:
    draw = np.random.default_rng(0)
    rows = [f"{u},{i},{t},{r}" for u, i, t, r in draw.integers(1, [9, 5, 40, 6], (400, 4)).tolist()]
    rows += [",3,5,1", "2,,5,1", "2,3,,1", ",,9,1"]
    path = written(tmp_path, rows)
    found, loaded = log_of(own(path)), load_log(path, COLUMNS)
    agrees(found, loaded.log)
    assert found.ties == pytest.approx(tied_share(loaded.log))
    assert found.missing.model_dump() == {"user": 2, "item": 2, "time": 1, "rows": 4}
    told = {said.code: dict(said.parameters) for said in loaded.notices}
    mine = {said.code: dict(said.parameters) for said in found.warnings}
    for code in ("recommender.notice-rows-incomplete", "recommender.notice-rows-repeated"):
        assert mine[code] == told[code]
    assert sum(found.numbers["rating"].counts) == len(loaded.log)


def test_times_in_milliseconds_are_told_in_seconds(tmp_path: Path) -> None:
    start = 1_500_000_000_000
    path = written(tmp_path, [f"{n % 5},{n % 7},{start + 500 * n},1" for n in range(60)])
    found = log_of(own(path))
    agrees(found, load_log(path, COLUMNS).log, bins=False)
    assert "notice-times-scaled" in codes(found)


@pytest.mark.parametrize(
    ("rows", "changes", "expected"),
    [
        (["a,x,1,1", "b,x,2,1", "c,y,3,1"], {}, ["profile-nothing-held-out", "profile-item-everywhere"]),
        (["a,x,7,1", "a,y,7,1", "b,x,7,1"], {}, ["profile-times-equal", "profile-many-single"]),
        (["a,x,1,1", "a,y,2,1", "b,z,3,1"], {"time": None}, ["notice-no-times", "profile-many-single"]),
        (["a,x,-900000,1", "a,y,2,1"], {}, ["profile-times-strange"]),
        (["a,x,1,1", "a,y,9000000000,1"], {}, ["profile-times-strange"]),
    ],
)
def test_what_harms_is_said(tmp_path: Path, rows: list[str], changes: dict[str, object], expected: list[str]) -> None:
    found = codes(log_of(own(written(tmp_path, rows), **changes)))
    assert [code for code in expected if code not in found] == []
    if "time" in changes:
        assert "profile-ties" not in found


def test_without_times_a_pair_counts_once(tmp_path: Path) -> None:
    path = written(tmp_path, ["a,x,1,1", "a,x,2,1", "a,y,3,1", "b,z,4,1", "b,x,4,1"])
    found = log_of(own(path, time=None))
    assert (found.events, found.timeline, found.ties) == (4, None, None)
    assert found.events == len(load_log(path, ColumnMapping("u", "i")).log)


def test_a_log_without_a_complete_row(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="user, an item and a time"):
        log_of(own(written(tmp_path, [",x,1,1"])))


def test_beyond_so_many_rows_ties_are_told_by_some_of_the_users() -> None:
    data = RecommenderData(source="video-site", events=30_000, users=3_000, items=400)
    log = data_source("video-site").watches(data).log
    tally, whole = LogTally(kept=4_000), LogTally()
    for batch in stream_of_log(log, "", Watch("")).batches:
        for start in range(0, batch.height, 1_000):
            tally.add(batch[start : start + 1_000])
        whole.add(batch)
    side, exact = tally.settle(1), whole.settle(1)
    assert not tally.whole and tally.halvings == 3 and whole.whole
    assert side.rows <= 4_000 and side.users / 3_000 == pytest.approx(1 / 8, rel=0.25)
    assert (exact.rows, exact.users) == (30_000, len(np.unique(log.users)))
    kept = tally.of_user, whole.of_user
    assert np.array_equal(*kept) and np.array_equal(tally.of_item, whole.of_item)
    assert side.with_commonest / side.users == pytest.approx(exact.with_commonest / exact.users, abs=0.05)


# Bins ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_bins_are_those_of_numpy_in_any_order(seed: int) -> None:
    draw = np.random.default_rng(seed)
    whole = draw.integers(0, 10 ** (seed + 1), 500) - seed * 40
    numbers = whole if seed % 2 else draw.normal(seed, 10.0**seed, 500)
    bins = GrowingBins(32)
    for part in np.array_split(draw.permutation(numbers), 7):
        bins.add(part)
    assert len(bins.counts) <= 32
    assert bins.counts.tolist() == np.histogram(numbers, bins.edges)[0].tolist()
    coarse = bins.coarsened(9)
    assert len(coarse.counts) <= 9
    assert coarse.counts.tolist() == np.histogram(numbers, coarse.edges)[0].tolist()
    bins.remove(numbers[:100])
    assert bins.counts.tolist() == np.histogram(numbers[100:], bins.edges)[0].tolist()


def test_doubling_bins() -> None:
    least, counts = doubling(np.array([1, 1, 2, 3, 4, 7, 8, 1023, 1024]))
    assert least == [1 << level for level in range(11)]
    assert counts.tolist() == [2, 2, 2, 1, 0, 0, 0, 0, 0, 1, 1]
    assert doubling(np.zeros(0, np.int64))[0] == []


# Tables -------------------------------------------------------------------------------------------------------------


def test_the_census() -> None:
    found, table = table_of(RecommenderData(source="adult")), adult()
    assert found.rows == table.height and found.label is not None
    high = table["income"] == ">50K"
    assert found.label.positive == high.sum()
    split = split_at_random(found.rows, 3)
    assert found.parts == (len(split.train), len(split.valid), len(split.test))
    for column in found.columns:
        values = table[column.name]
        assert column.missing == values.null_count() and column.distinct == values.drop_nulls().n_unique()
        assert column.bars is not None
        if column.kind == "number" and column.bars.edges:
            expected = np.histogram(values.to_numpy(), column.bars.edges)[0]
            yes = np.histogram(values.filter(high).to_numpy(), column.bars.edges)[0]
        else:
            texts = values.cast(pl.String)
            expected = [(texts == value).sum() for value in column.bars.values]
            yes = [(texts == value).filter(high).sum() for value in column.bars.values]
        assert list(column.bars.counts) == list(expected)
        if column.use != "label":
            assert list(column.bars.positive) == list(yes)
        assert sum(column.bars.counts) + column.bars.others + column.missing == table.height
    assert {column.name: column.use for column in found.columns}["income"] == "label"
    assert found.warnings == ()


def test_bins_of_years_are_whole_and_days_within_a_month_have_names_of_their_own(tmp_path: Path) -> None:
    """Years were counted from 1991.29 to 1992.58, and several days of a short log were called 2021.01."""
    path = tmp_path / "short.csv"
    rows = [f"{1990 + at % 32},2021-01-{4 + at % 12:02},{at % 2}" for at in range(96)]
    path.write_text("\n".join(["year,day,y", *rows]), encoding="utf-8")
    years, days, _ = table_of(RecommenderData(source="file", path=path)).columns
    assert years.bars is not None and days.bars is not None
    assert years.bars.edges == tuple(range(1990, 2024, 2)) and set(years.bars.counts) == {6}
    assert len(set(days.bars.values)) == 12


def test_bags_are_counted_part_by_part() -> None:
    found = table_of(RecommenderData(source="movielens-small"))
    genres = next(column for column in found.columns if column.name == "genres")
    log = movielens_small()
    parts = pl.Series(log.item_features["genres"]).gather(log.items).str.split("|").explode().value_counts()
    expected = dict(parts.iter_rows())
    assert genres.kind == "bag" and genres.distinct == len(expected)
    assert genres.bars is not None
    assert list(genres.bars.counts) == [expected[value] for value in genres.bars.values]


def test_what_harms_in_a_table_is_said(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [f"{n},same,,{n / 7:.3f},{int(n == 3)}" for n in range(100)]
    path.write_text("row,constant,empty,measured,bought\n" + "\n".join(rows) + "\n")
    chosen = TableChoice(label="bought", categories=("row", "constant", "empty"), numbers=("measured",))
    found = table_of(RecommenderData(source="file", path=path, table=chosen))
    assert codes(found) == [
        "profile-label-rare", "profile-column-unique", "profile-column-constant", "profile-column-empty",
    ]  # fmt: skip
    named = [said.parameters["column"] for said in found.warnings]
    assert named == ["bought", "row", "constant", "empty"]
    inferred = table_of(RecommenderData(source="file", path=path, table=TableChoice(label="bought")))
    assert [said.code for said in inferred.warnings] == [
        "data.notice-column-identifier", "data.notice-column-constant", "data.notice-column-empty",
        "recommender.notice-how-to-keep", "recommender.profile-label-rare",
    ]  # fmt: skip
    always = table_of(RecommenderData(source="file", path=path, table=TableChoice(label="bought", at_least=0.0)))
    assert "profile-label-same" in codes(always)
    common = TableChoice(label="bought", equals="0")
    assert "profile-label-common" in codes(table_of(RecommenderData(source="file", path=path, table=common)))
    assert codes(table_of(RecommenderData(source="file", path=path)))[0] == "profile-no-label"


def test_of_a_log_whose_columns_nobody_named_no_label_is_asked(tmp_path: Path) -> None:
    """--propose knew that it is one."""
    path = tmp_path / "watch.csv"
    path.write_text("user,item,time\n" + "".join(f"u{n % 7},i{n % 11},{1_700_000_000 + n}\n" for n in range(60)))
    (said, *_) = table_of(RecommenderData(source="file", path=path)).warnings
    assert said.sentence == (
        "This looks like a log of who did what, which needs no label. Name “user” as its user column and “item” as its"
        " item column."
    )


# The command line ---------------------------------------------------------------------------------------------------


def test_the_command_line_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, ["a,x,1,1", "a,y,2,1", "b,z,3,2"])
    asked = ["recommend", "data", str(path), "--user", "u", "--item", "i", "--time", "t", "--rating", "r", "--profile"]
    assert run([*asked, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["users"], document["items"], document["events"], document["held_out"]) == (2, 3, 3, 1)
    assert all(said["sentence"] for said in document["warnings"])
    assert LogProfile.model_validate(document).events == 3
    assert run(asked) == 0
    assert "3 events of 2 users and 3 items" in capsys.readouterr().out
    assert run(["recommend", "data", "adult", "--profile"]) == 0
    said = capsys.readouterr().out
    assert "11,687 rows, 24 %" in said and "rows to train on" in said
    assert run(["recommend", "data", str(path), "--profile"]) == 0
    said = capsys.readouterr().out
    assert "--propose" in said and "train on" not in said  # it isn't known what can be learned from
    assert run(["recommend", "data", "--profile"]) == 2
    assert run(["recommend", "data", str(path), "--profile", "--as", "watches"]) == 1
    assert "Say which column" in capsys.readouterr().err


def test_the_streamed_profile_is_that_of_the_log() -> None:
    log = movielens_small()
    streamed = profile_log(stream_of_log(log, "x", Watch("x")))
    agrees(streamed, log)


@pytest.mark.process
def test_a_program_hears_how_far_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, ["a,x,1,1", "a,y,2,1", "b,z,3,2"])
    program, *rest = engine_command("recommend", "data", str(path), "--user", "u", "--item", "i", "--profile")
    done = subprocess.run(
        [program, *rest, "--events", "jsonl"], input=b"", capture_output=True, timeout=120, check=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert "profile" in lines[-1] and lines[:-1] and all(0.0 < line["progress"] <= 1.0 for line in lines[:-1])


def test_the_mean_of_the_largest_numbers_is_a_number() -> None:
    table = pl.DataFrame({"x": [1.5e308, 1.5e308, 1e308]})
    (column,) = profile_table(table, "large", None, Fields(), ()).columns
    assert column.mean == pytest.approx(4e307 / 3 * 10)


def test_what_counts_as_missing_is_what_the_network_is_given_as_missing() -> None:
    table = pl.DataFrame({"x": [1e300, float("inf"), None, 1.0, 2.0, 3.0]})
    fields = Fields(numbers=("x",))
    (column,) = profile_table(table, "huge", None, fields, ()).columns
    assert (column.missing, column.least, column.most) == (3, 1.0, 3.0)
    given = fit_encoder(table, fields).columns(table)["x"]
    assert isinstance(given, np.ndarray) and int((given == given[2]).sum()) - 1 == column.missing  # 2 is the mean


def test_a_column_has_one_profile_whoever_chose_what_it_is_read_as(tmp_path: Path) -> None:
    """A whole number was one to five with a mean, or five texts, depending on whether its use had been named."""
    rows = [f"{at % 5 + 1},{'true' if at % 3 else 'false'},0{at % 4},{at % 7}.50,{at % 2}" for at in range(60)]
    path = tmp_path / "shop.csv"
    path.write_text("\n".join(["stars,member,code,price,bought", *rows]) + "\n")

    def columns_of(**fields: tuple[str, ...]) -> dict[str, Any]:
        choice = RecommenderData(source="file", path=path, table=TableChoice(label="bought", **fields))
        found = profile(choice)
        assert isinstance(found, TableProfile)
        return {column.name: column.model_dump(exclude={"use"}) for column in found.columns}

    chosen = columns_of()
    named = columns_of(categories=("stars", "member", "code", "price"))
    assert chosen["stars"]["kind"] == "number" and chosen["stars"]["mean"] == 3.0
    assert named == chosen
    left_out = columns_of(numbers=("price",))  # “batch” and “seq”, whole numbers that were left out, held texts
    assert {name: column["kind"] for name, column in left_out.items()} == {
        name: column["kind"] for name, column in chosen.items()
    }
    unlabelled = profile(RecommenderData(source="file", path=path), "examples")
    assert isinstance(unlabelled, TableProfile)
    assert {column.name: column.kind for column in unlabelled.columns} == {
        name: column["kind"] for name, column in named.items()
    }
