"""Logs from each format that people have, and what becomes of input that is not as it should be."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.problems import EngineError, document_of, problem_in
from engine.recommenders.data.logs import delimited, file_set
from engine.recommenders.data.logs import gatherer as gather
from engine.recommenders.data.logs.formats import Format
from engine.recommenders.data.logs.gatherer import Gatherer, Loaded
from engine.recommenders.data.logs.loaders import as_watches, columns_at, load_log, recognise
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.logs.mapped_table import ColumnMapping
from engine.recommenders.running.events import noticed, told_by

SHARED = Path(__file__).parents[3] / "../shared/data"

U_ITEM = (
    "50|Star Wars (1977)|01-Jan-1977||http://us.imdb.com/x|0|1|1|0|0|0|0|0|0|0|0|0|0|0|1|1|0|1|0\n"
    "7|Misérables, Les (1995)|01-Jan-1995||http://us.imdb.com/y|0|0|0|0|0|0|0|0|1|0|0|0|1|0|0|0|0|0|0\n"
)
SETS: dict[Format, dict[str, bytes]] = {
    Format.MOVIELENS_100K: {
        "u.data": b"196\t50\t3\t881250949\n22\t7\t1\t878887116\n196\t7\t5\t881250900\n",
        "u.item": U_ITEM.encode("latin-1"),
        "u.user": b"22|25|M|writer|40206\n196|49|F|programmer|T8H1N\n",
    },
    Format.MOVIELENS_1M: {
        "ratings.dat": b"196::50::3::881250949\n22::7::1::878887116\n196::7::5::881250900\n",
        "movies.dat": "50::Star Wars: A New Hope (1977)::Action|Sci-Fi\n7::Misérables, Les (1995)::Drama\n".encode(
            "latin-1"
        ),
        "users.dat": b"22::M::25::20::40206\n196::F::45::12::T8H1N\n",
    },
    Format.MOVIELENS_CSV: {
        "ratings.csv": b"userId,movieId,rating,timestamp\r\n196,50,3.0,881250949\r\n22,7,1.0,878887116\r\n"
        b"196,7,5.0,881250900\r\n",
        "movies.csv": (
            'movieId,title,genres\r\n7,"Misérables, Les (1995)",Drama\r\n50,Star Wars (1977),Action|Sci-Fi\r\n'
        ).encode(),
    },
    Format.MOVIETWEETINGS: {
        "ratings.dat": b"196::0000050::3::881250949\n22::0000007::1::878887116\n196::0000007::5::881250900\n",
        "movies.dat": "0000050::Star Wars: x (1977)::Action\n0000007::Misérables, Les (1995)::Drama\n".encode(),
        "users.dat": b"22::177651718\n",
    },
    Format.KUAIREC: {
        "big_matrix.csv": b"user_id,video_id,play_duration,video_duration,time,date,timestamp,watch_ratio\n"
        b"196,50,3000,6000,1997-12-04 15:55:49.5,19971204,881250949.5,0.5\n"
        b"22,7,1000,2000,1997-11-07 07:18:36,19971107,878887116.0,0.5\n"
        b"196,7,5000,2500,1997-12-04 15:55:00,19971204,881250900.25,2.0\n",
        "small_matrix.csv": b"user_id,video_id,play_duration,video_duration,time,date,timestamp,watch_ratio\n"
        b"1,2,3000,6000,,,,0.5\n1,3,3000,6000,1997-12-04 15:55:49,19971204,881250949,0.5\n",
        "item_categories.csv": b'video_id,feat\n7,"[27, 9]"\n50,[8]\n',
    },
}


def written(files: dict[str, bytes], folder: Path, as_zip: bool) -> Path:
    if as_zip:
        with zipfile.ZipFile(folder / "set.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(f"data/{name}", content)
        return folder / "set.zip"
    (folder / "data").mkdir()
    for name, content in files.items():
        (folder / "data" / name).write_bytes(content)
    return folder


def rows(log: Log) -> list[tuple[str, str, int]]:
    return [
        (log.user_names[u], log.item_names[i], int(t)) for u, i, t in zip(log.users, log.items, log.times, strict=True)
    ]


def problem(call: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(EngineError) as raised:
        call()
    return raised.value.problem.code.removeprefix("recommender."), str(raised.value)


def codes(loaded: Loaded) -> dict[str, object]:
    return {
        notice.code.removeprefix("recommender.notice-"): next(iter(notice.parameters.values()), None)
        for notice in loaded.notices
    }


# --- the formats ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize("kind", list(SETS))
def test_each_format_gives_the_same_log(kind: Format, as_zip: bool, tmp_path: Path) -> None:
    path = written(SETS[kind], tmp_path, as_zip)
    assert recognise(path) is kind
    loaded = load_log(path)
    log = loaded.log
    first, second = ("0000007", "0000050") if kind is Format.MOVIETWEETINGS else ("7", "50")
    assert list(log.user_names) == ["22", "196"] and list(log.item_names) == [first, second]
    assert rows(log) == [("22", first, 878887116), ("196", first, 881250900), ("196", second, 881250949)]
    assert codes(loaded) == {"times-sorted": 1, "one-item": 1}
    if kind is Format.KUAIREC:
        assert log.extras["watch_seconds"].tolist() == [1.0, 5.0, 3.0]
        assert log.extras["video_seconds"].tolist() == [2.0, 2.5, 6.0]
        assert log.extras["watch_ratio"].tolist() == [0.5, 2.0, 0.5]
        assert log.item_features["tags"] == ["27|9", "8"]
    else:
        assert log.extras["rating"].tolist() == [1.0, 5.0, 3.0]
        assert log.item_features["title"][0] == "Misérables, Les"
        assert log.item_features["title"][1].startswith("Star Wars")
        assert log.item_features["year"].tolist() == [1995.0, 1977.0]
        assert log.item_features["genres"][0] == "Drama" or kind is Format.MOVIELENS_100K


def test_the_people_of_movielens(tmp_path: Path) -> None:
    log = load_log(written(SETS[Format.MOVIELENS_1M], tmp_path, False)).log
    assert log.user_features["age"].tolist() == [25.0, 45.0]
    assert log.user_features["gender"] == ["M", "F"]
    assert log.user_features["occupation"] == ["writer", "programmer"]
    assert log.user_features["zip"] == ["40206", "T8H1N"]


def test_the_flags_of_movielens_100k_are_genres(tmp_path: Path) -> None:
    log = load_log(written(SETS[Format.MOVIELENS_100K], tmp_path, True)).log
    assert log.item_features["genres"] == ["Drama|Musical", "Action|Adventure|Romance|Sci-Fi|War"]
    assert log.user_features["occupation"] == ["writer", "programmer"]


def test_the_small_matrix_where_that_is_the_file_chosen(tmp_path: Path) -> None:
    folder = written(SETS[Format.KUAIREC], tmp_path, False) / "data"
    loaded = load_log(folder / "small_matrix.csv")
    assert rows(loaded.log) == [("1", "3", 881250949)] and loaded.title == "KuaiRec (small matrix)"
    assert codes(loaded)["rows-incomplete"] == 1  # as in the real one, some rows have no time


def test_side_files_may_be_missing(tmp_path: Path) -> None:
    for kind in SETS:
        (tmp_path / kind).mkdir()
        name, content = next(iter(SETS[kind].items()))
        log = load_log(written({name: content}, tmp_path / kind, False)).log
        assert len(log) == 3 and not log.item_features


def test_movietweetings_as_it_is() -> None:
    path = SHARED / "movietweetings"
    if not path.exists():
        pytest.skip("MovieTweetings is not here")
    assert recognise(path) is Format.MOVIETWEETINGS
    log = load_log(path).log
    lines = (path / "ratings.dat").read_text().split()
    expected = sorted((line.split("::") for line in lines), key=lambda row: (int(row[0]), int(row[3])))
    assert rows(log) == [(user, film, int(time)) for user, film, _, time in expected]
    assert log.extras["rating"].tolist() == [float(row[2]) for row in expected]
    assert log.item_features["title"][log.item_names.index("0110912")] == "Pulp Fiction"


# --- any table --------------------------------------------------------------------------------------------------
MAPPING = ColumnMapping("who", "what", "when", "stars", "seconds")
TIMES = [
    ("0", "86400", "2000000000"),
    ("0.9", "86400.5", "2000000000.0"),
    ("0", "86400000", "2000000000000"),
    ("1970-01-01", "1970-01-02", "2033-05-18"),
    ("1970-01-01 00:00:00.7", "1970-01-02 00:00:00", "2033-05-18 03:33:20"),
    ("1970-01-01T00:00:00Z", "1970-01-02T01:00:00+01:00", "2033-05-18T03:33:20.25Z"),
    ("1970/01/01 00:00", "1970/01/02 00:00", "2033/05/18 03:33"),
]


@pytest.mark.parametrize("times", TIMES, ids=lambda times: times[2])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_csv_with_a_mapping(tmp_path: Path, times: tuple[str, str, str], separator: str) -> None:
    lines = [
        ["when", "note", "who", "what", "stars", "seconds"],
        [times[2], f'"two{separator} ""words"""', "Zoë", "x", "4.7", "12"],
        [times[0], '"a\nbreak"', " ann", "y", "NA", ""],
        [times[1], "", "ann", "x", "2", "7.25"],
    ]
    path = tmp_path / "table.csv"
    path.write_text("\n".join(separator.join(line) for line in lines), encoding="utf-8")
    log = load_log(path, MAPPING).log
    assert [row[:2] for row in rows(log)] == [("Zoë", "x"), ("ann", "y"), ("ann", "x")]
    expected = [2_000_000_000, 0, 86_400]
    exact = "." in times[2] or times[2].isdigit() or times[2].endswith("20")
    assert [t // 86_400 for t in log.times.tolist()] == [t // 86_400 for t in expected]
    assert not exact or log.times.tolist() == expected
    np.testing.assert_array_equal(log.extras["rating"], [4.7, np.nan, 2.0])
    np.testing.assert_array_equal(log.extras["watch_seconds"], [12.0, np.nan, 7.25])
    assert columns_at(path) == tuple(lines[0])


@pytest.mark.parametrize("kind", ["int", "float", "datetime", "zoned", "date", "text"])
def test_any_parquet_with_a_mapping(tmp_path: Path, kind: str) -> None:
    moments = [dt.datetime(2033, 5, 18), dt.datetime(1970, 1, 1), dt.datetime(1970, 1, 2)]
    seconds = [int((moment - dt.datetime(1970, 1, 1)).total_seconds()) for moment in moments]
    when = pl.Series("when", moments)
    when = {
        "int": pl.Series("when", seconds),
        "float": pl.Series("when", seconds, dtype=pl.Float64),
        "datetime": when,
        "zoned": when.dt.replace_time_zone("UTC").dt.convert_time_zone("Asia/Shanghai"),
        "date": when.cast(pl.Date),
        "text": when.dt.to_string("%Y-%m-%d %H:%M:%S"),
    }[kind]
    table = pl.DataFrame({"who": [10, 9, 9], "what": ["x", "y", "x"], "stars": [4, None, 2]}).with_columns(when)
    table.write_parquet(tmp_path / "table.parquet")
    loaded = load_log(tmp_path / "table.parquet", ColumnMapping("who", "what", "when", "stars"))
    assert rows(loaded.log) == [("9", "y", 0), ("9", "x", 86_400), ("10", "x", seconds[0])]
    np.testing.assert_array_equal(loaded.log.extras["rating"], [np.nan, 2.0, 4.0])
    assert columns_at(tmp_path / "table.parquet") == ("who", "what", "stars", "when")


def test_without_a_time_the_files_order_counts(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("who,what\nb,y\na,x\nb,x\na,x\nb,a\n")
    loaded = load_log(tmp_path / "t.csv", ColumnMapping("who", "what"))
    assert rows(loaded.log) == [("a", "x", 0), ("b", "y", 0), ("b", "x", 0), ("b", "a", 0)]
    assert codes(loaded) == {"no-times": None, "rows-repeated": 1, "one-item": 1}


def test_text_in_latin_1_is_read_and_said(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("who,what\nZoë,x\n".encode("latin-1"))
    loaded = load_log(tmp_path / "t.csv", ColumnMapping("who", "what"))
    assert loaded.log.user_names == ["Zoë"]
    assert "data.notice-encoding" in codes(loaded)


@pytest.mark.parametrize("encoding", ["gb18030", "latin-1", "utf-8", "utf-8-sig"])
def test_header_and_rows_share_one_way_to_tell_how_they_are_written(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, film = (["Zoë", "Bjørn"], "größe") if encoding == "latin-1" else (["张三", "李四"], "电影")
    lines = [f"{people[at % 2]};{at};{at % 5},5" for at in range(40)]
    content = f"who;{film};rating\n" + "\n".join(["plain;0;1,0", *lines]) + "\n"
    (tmp_path / "t.csv").write_bytes(content.encode(encoding))
    monkeypatch.setattr(delimited.whole_lines, "__defaults__", (100,))
    assert columns_at(tmp_path / "t.csv") == ("who", film, "rating")
    loaded = load_log(tmp_path / "t.csv", ColumnMapping("who", film, rating="rating"))
    assert set(loaded.log.user_names) == {"plain", *people}
    assert sorted(set(loaded.log.extras["rating"])) == [0.5, 1.0, 1.5, 2.5, 3.5, 4.5]
    told = [notice.parameters for notice in loaded.notices if "encoding" in notice.parameters]
    assert told == ([] if encoding.startswith("utf") else [{"encoding": encoding}])


def test_columns_without_a_name_of_their_own_get_one(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(",who,who\n0,a,x\n1,b,y\n")
    assert columns_at(tmp_path / "t.csv") == ("index", "who", "who_2")
    loaded = load_log(tmp_path / "t.csv", ColumnMapping("who", "who_2"))
    assert rows(loaded.log) == [("a", "x", 0), ("b", "y", 0)]


# --- rules ------------------------------------------------------------------------------------------------------
def test_rows_that_repeat_are_incomplete_or_out_of_order(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(
        "userId,movieId,rating,timestamp\n"
        "2,5,1.0,300\n2,4,2.0,100\n2,5,3.0,300\n,5,1.0,100\n2,,1.0,100\n2,9,1.0,\n1,5,4.0,300\n2,5,5.0,301\n2,4,,100\n"
    )
    loaded = load_log(tmp_path)
    assert rows(loaded.log) == [("1", "5", 300), ("2", "4", 100), ("2", "5", 300), ("2", "5", 301)]
    assert loaded.log.extras["rating"].tolist() == [4.0, 2.0, 1.0, 5.0]  # the first of those that repeat
    assert codes(loaded) == {"rows-incomplete": 3, "rows-repeated": 2, "times-sorted": 1, "one-item": 1}
    assert loaded.log.item_names == ["4", "5"]  # what only a dropped row names is no item


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (1, ["1 row without a user", "was dropped", "1 row repeats", "earlier one was kept", "of 1 user were",
             "1 user has a single row;"]),
        (2, ["2 rows without a user", "were dropped", "2 rows repeat", "earlier ones were kept", "of 2 users were",
             "2 users have a single row each;"]),
    ],
)  # fmt: skip
def test_words_agree_with_their_numbers(times: int, words: list[str], tmp_path: Path) -> None:
    lines = ["userId,movieId,rating,timestamp"]
    for at in range(times):
        lines += [f"{at},5,1.0,300", f"{at},4,2.0,100", f"{at},5,3.0,300", ",5,1.0,100", f"{900 + at},5,4.0,300"]
    (tmp_path / "ratings.csv").write_text("\n".join(lines) + "\n")
    notices = load_log(tmp_path).notices
    told = " ".join(notice.sentence for notice in notices)
    assert all(word in told for word in words), told
    assert [told_by(noticed(notice)) for notice in notices] == list(notices), "they come out of a log as they went in"
    assert [problem_in(document_of(notice)) for notice in notices] == list(notices)


@pytest.mark.parametrize("nobody", ["null", "NULL", "None", "NA", "NaN", "", " "])
def test_what_stands_for_nothing_is_no_user_and_no_item(tmp_path: Path, nobody: str) -> None:
    """“null” was a user with a history of its own."""
    (tmp_path / "t.csv").write_text(f"who,what\nann,x\n{nobody},x\nbob,{nobody}\n{nobody},y\nbob,y\n")
    loaded = load_log(tmp_path / "t.csv", ColumnMapping("who", "what"))
    assert (loaded.log.user_names, loaded.log.item_names) == (["ann", "bob"], ["x", "y"])
    assert codes(loaded)["rows-incomplete"] == 3


@pytest.mark.parametrize("place", [0, 20])
def test_one_row_of_too_many_fields_is_left_out_and_counted(tmp_path: Path, place: int) -> None:
    lines = [f"u{at % 6},i{at % 9},{100 + at}" for at in range(40)]
    lines.insert(place, "u1,i2,900,7,8")
    (tmp_path / "t.csv").write_text("who,what,t\n" + "\n".join(lines) + "\n")
    loaded = load_log(tmp_path / "t.csv", ColumnMapping("who", "what", "t"))
    assert len(loaded.log) == 40
    (notice,) = [one for one in loaded.notices if one.code == "data.notice-cut-rows"]
    assert notice.parameters == {"expected": 3, "count": 1, "row": place + 2, "found": 5}
    lines[5:5] = ["u1,i2,900,7"] * 9
    (tmp_path / "t.csv").write_text("who,what,t\n" + "\n".join(lines) + "\n")
    assert problem(lambda: load_log(tmp_path / "t.csv", ColumnMapping("who", "what", "t")))[0] == "field-count"


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 4), st.sampled_from([0, 1, 2, 50, -3])), min_size=1, max_size=60
    ),
    st.integers(1, 20),
    st.booleans(),
)
def test_batches_give_what_brute_force_gives(found: list[tuple[int, int, int]], batch: int, absurd: bool) -> None:
    if absurd:  # times that do not fit beside the user in one number
        found = [(user, item, time * 9 * 10**16) for user, item, time in found]
    gatherer = Gatherer("x", ["at"])
    table = pl.DataFrame(found, schema={"user": pl.Int64, "item": pl.Int64, "time": pl.Int64}, orient="row")
    table = table.with_columns(pl.int_range(table.height).cast(pl.Float64).alias("at"))
    for start in range(0, table.height, batch):
        gatherer.add(table[start : start + batch])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gather, "_SLICE", 3)  # so that what repeats lies on both sides of a slice's end
        patch.setattr(gather, "_UNITS", ())
        log, notices = gatherer.finish()
    firsts = {row: at for at, row in reversed(list(enumerate(found)))}
    expected = sorted(firsts.items(), key=lambda pair: (pair[0][0], pair[0][2], pair[1]))
    assert rows(log) == [(str(user), str(item), time) for (user, item, time), _ in expected]
    assert log.extras["at"].tolist() == [float(at) for _, at in expected]
    repeated = {notice.code: notice.parameters for notice in notices}.get("recommender.notice-rows-repeated")
    assert (repeated["count"] if repeated else 0) == len(found) - len(firsts)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.lists(st.text('a,"\nb\r', max_size=5), min_size=2, max_size=2), min_size=1, max_size=20),
    st.integers(1, 40),
)
def test_blocks_end_where_lines_end(table: list[list[str]], size: int) -> None:
    text = "a,b\n" + "".join(",".join('"' + field.replace('"', '""') + '"' for field in row) + "\n" for row in table)
    blocks = list(delimited.whole_lines(io.BytesIO(text.encode()), "x", '"', max(size, 20)))
    assert b"".join(blocks) == text.replace("\r\n", "\n").replace("\r", "\n").encode()
    for block in blocks:
        assert block.endswith(b"\n") and block.count(b'"') % 2 == 0


def test_lines_that_end_in_cr_alone_are_lines(tmp_path: Path) -> None:
    lines = ["userId,movieId,rating,timestamp", *(f"{at % 7},{at % 11},4.5,{at}" for at in range(300))]
    logs = []
    for end in ("\n", "\r"):
        (tmp_path / "ratings.csv").write_bytes(end.join([*lines, ""]).encode())
        logs.append(load_log(tmp_path).log)
    assert len(logs[0]) == 300 and rows(logs[0]) == rows(logs[1])


def test_many_blocks_make_one_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generator = random.Random(7)
    lines = [f"{generator.randrange(40)},{generator.randrange(30)},4.5,{at}" for at in range(5000)]
    (tmp_path / "ratings.csv").write_text("\n".join(["userId,movieId,rating,timestamp", *lines]))
    whole = load_log(tmp_path).log
    shares: list[float] = []
    monkeypatch.setattr(delimited.whole_lines, "__defaults__", (1000,))
    pieces = load_log(tmp_path, progress=shares.append).log
    assert rows(pieces) == rows(whole) and len(whole) == 5000
    assert len(shares) > 50 and shares == sorted(shares) and shares[-1] == 1.0
    assert problem(lambda: load_log(tmp_path, cancelled=lambda: len(shares) > 0))[0] == "data.cancelled"


def test_ratings_as_watches() -> None:
    of = np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([1, 2, 3])
    log = Log(*of, ["a", "b"], ["x", "y"], {"rating": np.array([3.5, 4.0, np.nan])})
    assert as_watches(log) is log
    liked = as_watches(log, 4.0)
    assert rows(liked) == [("a", "y", 2)] and liked.user_names == ["a", "b"]
    assert problem(lambda: as_watches(Log(*of, ["a", "b"], ["x", "y"]), 4.0))[0] == "no-ratings"


@pytest.mark.parametrize("name", ["ratings.csv", "big_matrix.csv"])
def test_a_table_called_like_a_known_one_is_a_table_of_its_own_columns(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("userId,itemId,rating,timestamp\n1,2,3,4\n")
    for place in (path, tmp_path):
        assert recognise(place) is Format.TABLE
    assert len(load_log(path, ColumnMapping("userId", "itemId")).log) == 1


def test_of_a_file_that_was_chosen_its_own_name_decides(tmp_path: Path) -> None:
    path = written({**SETS[Format.KUAIREC], **SETS[Format.MOVIELENS_CSV]}, tmp_path, False)
    place = next(path.rglob("ratings.csv"))
    assert recognise(place) is Format.MOVIELENS_CSV
    assert recognise(place.parent / "movies.csv") is Format.TABLE


# --- bad input --------------------------------------------------------------------------------------------------
BAD: list[tuple[str, str, ColumnMapping | None, str, list[str]]] = [
    ("ratings.csv", "userId,movie,rating,timestamp\n1,2,3,4\n", None, "needs-mapping", ["movie, rating", "--propose"]),
    ("ratings.csv", "", None, "data.file-empty", ["ratings.csv"]),
    ("ratings.csv", "userId,movieId,rating,timestamp\n", None, "data.header-only", ["ratings.csv"]),
    (
        "ratings.csv",
        "userId,movieId,rating,timestamp\n1,2,3,4\n1,2,3,yesterday\n",
        None,
        "not-a-number",
        ["Row 3", "“yesterday”", "time"],
    ),
    (
        "ratings.csv",
        "userId,movieId,rating,timestamp\n1,2,good,4\n",
        None,
        "not-a-number",
        ["Row 2", "“good”", "rating"],
    ),
    ("ratings.csv", "userId,movieId,rating,timestamp\n1,2,3,4,5\n", None, "field-count", ["Row 2", "5 fields", "4"]),
    ("u.data", "1\t2\t3\t4\x0b" * 9 + "\n", None, "field-count", ["Row 1", "28 fields", "4"]),
    ("ratings.csv", "userId,movieId,rating,timestamp\n1,2\n3,4\n", None, "field-count", ["Row 2", "2 fields", "4"]),
    ("ratings.csv", "userId,movieId,rating,timestamp\n,2,3,4\n", None, "no-rows", ["ratings.csv"]),
    ("ratings.dat", "1::2::3::4\n1::x::3::4\n", None, "not-a-number", ["Row 2", "“x”", "item"]),
    ("u.data", "\n\n", None, "data.file-empty", ["u.data"]),
    ("t.csv", "a,b\n1,2\n", None, "needs-mapping", ["a, b"]),
    ("t.csv", "a,b\n", None, "data.header-only", ["t.csv"]),
    ("t.csv", "a,b\n1,2\n", ColumnMapping("a", "c", "d"), "columns-missing", ["“c”, “d”", "“a”, “b”"]),
    ("t.csv", "a,b,t\n1,2,2020-01-01\n1,3,soon\n", ColumnMapping("a", "b", "t"), "no-time", ["“soon”", "“t”", "t.csv"]),
    ("t.csv", "a,b,t\n1,2,5\n", ColumnMapping("a", "b", "t", "t"), "", []),
    ("t.csv", "a,b,r\n1,2,many\n", ColumnMapping("a", "b", rating="r"), "no-number", ["“many”", "“r”"]),
    ("t.csv", "a,b\n1,\n", ColumnMapping("a", "b"), "no-rows", ["t.csv"]),
    ("t.csv", "a,b\n1,2\0\n", ColumnMapping("a", "b"), "data.file-binary", ["t.csv"]),
    ("t.csv", 'a,b\n1,"2\n', ColumnMapping("a", "b"), "data.broken-quotes", ["t.csv"]),
    ("t.parquet", "PAR1 and no more", ColumnMapping("a", "b"), "data.parquet-broken", ["t.parquet"]),
    ("notes.md", "hello", None, "other-name", ["notes.md", ".csv"]),
    ("t.xlsx", "PK\x03\x04\0\0cut off", None, "data.file-workbook", ["t.xlsx", "CSV"]),
    ("t.zipped", "PK\x03\x04\0\0cut off", None, "data.file-archive", ["t.zipped", "Unpack"]),
]


@pytest.mark.parametrize(("name", "content", "mapping", "code", "parts"), BAD)
def test_bad_input_is_one_clear_sentence(
    tmp_path: Path, name: str, content: str, mapping: ColumnMapping | None, code: str, parts: list[str]
) -> None:
    (tmp_path / name).write_text(content)
    if not code:
        assert len(load_log(tmp_path / name, mapping).log) == 1
        return
    found, sentence = problem(lambda: load_log(tmp_path / name, mapping))
    assert found == code
    assert all(part in sentence for part in parts)


def test_a_truncated_or_damaged_archive(tmp_path: Path) -> None:
    lines = "".join(f"{at % 97},{at * 7919 % 1009},4.0,{at}\n" for at in range(20_000))
    path = written({"ratings.csv": ("userId,movieId,rating,timestamp\n" + lines).encode()}, tmp_path, True)
    content = bytearray(path.read_bytes())
    path.write_bytes(content[:-30])
    assert problem(lambda: load_log(path))[0] == "archive-broken"
    for place in range(0, len(content), len(content) // 40):
        damaged = content.copy()
        damaged[place] ^= 0x55
        path.write_bytes(damaged)
        try:
            log = load_log(path).log
        except EngineError as error:
            assert str(path) in str(error)
        else:  # a byte that nothing depends on, such as a date
            assert log.times.sum() == sum(range(20_000))


@pytest.mark.parametrize("member", ["ratings.csv", "movies.csv"])
def test_an_archive_that_unpacks_to_far_too_much_is_given_up(
    member: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {**SETS[Format.MOVIELENS_CSV], member: SETS[Format.MOVIELENS_CSV][member] + b"9,9,9,9\r\n" * 100_000}
    path = written(files, tmp_path, as_zip=True)  # about 1 to 400
    assert len(load_log(path).log) >= 3
    monkeypatch.setattr(file_set, "_FREE_BYTES", 1 << 16)
    code, sentence = problem(lambda: load_log(path))
    assert code == "too-large" and str(100 * path.stat().st_size) in sentence
    monkeypatch.setattr(file_set, "_RATIO", 1000)
    assert len(load_log(path).log) >= 3
    monkeypatch.setattr(file_set, "_MOST_BYTES", 1 << 16)
    assert problem(lambda: load_log(path))[0] == "too-large"


def test_of_very_many_files_in_an_archive_the_first_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_set, "_MOST_FILES", 3)
    path = written({**SETS[Format.MOVIELENS_CSV], **{f"{at}.txt": b"" for at in range(9)}}, tmp_path, as_zip=True)
    assert file_set.file_set_at(path).members.keys() == {"ratings.csv", "movies.csv", "0.txt"}


def test_nothing_there_nothing_known_and_more_than_one_table(tmp_path: Path) -> None:
    assert problem(lambda: load_log(tmp_path / "none"))[0] == "data.file-missing"
    code, sentence = problem(lambda: recognise(tmp_path))
    assert code == "unknown-format" and "no files" in sentence
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("a,b\n1,2\n")
    assert "a.csv, b.csv" in problem(lambda: recognise(tmp_path))[1]
    assert problem(lambda: load_log(tmp_path, ColumnMapping("a", "b")))[0] == "not-one-table"
    assert recognise(tmp_path / "a.csv") is Format.TABLE
