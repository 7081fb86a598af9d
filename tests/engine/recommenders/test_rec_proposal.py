"""What is proposed for the columns of a file, and the choice that comes of it."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import polars as pl
import pytest

import assets
from engine.cli.main import run
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.logs.item_table import read_items
from engine.recommenders.data.logs.movielens import movielens_small
from engine.recommenders.data.profile.profiling import profile
from engine.recommenders.data.profile.shapes import LogProfile, TableProfile
from engine.recommenders.data.proposal.choosing import ItemsChoice, choice_of, problems_of
from engine.recommenders.data.proposal.proposing import as_form, propose, propose_items
from engine.recommenders.data.proposal.roles import Proposal, Yes
from engine.recommenders.data.remote.catalogue import CATALOGUE
from engine.recommenders.data.sources import data_source
from engine.recommenders.data.tables.adult import CATEGORIES, NUMBERS, adult

SHARED = Path(__file__).parents[3] / "../shared"


@pytest.fixture(scope="module")
def ratings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """MovieLens small as a person might have it: names of one's own, dates as texts."""
    path = tmp_path_factory.mktemp("own") / "seen.csv"
    frame = pl.read_parquet(assets.path("recommenders/movielens-small-ratings.parquet"))
    frame.select(
        pl.int_range(pl.len()).alias("row"),
        pl.col("user").alias("member_id"),
        pl.col("movie").alias("movieId"),
        pl.col("rating").alias("stars"),
        pl.from_epoch("timestamp").dt.strftime("%Y-%m-%d %H:%M:%S").alias("seen on"),
    ).write_csv(path)
    return path


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The films, but the ten that come first in the log's names, and one more that nobody has rated."""
    path = tmp_path_factory.mktemp("own") / "films.csv"
    left_out = [int(name) for name in movielens_small().item_names[:10]]
    frame = pl.read_parquet(assets.path("recommenders/movielens-small-films.parquet"))
    rated = pl.read_parquet(assets.path("recommenders/movielens-small-ratings.parquet"))["movie"].unique()
    frame = frame.filter(pl.col("movie").is_in(rated.implode()) & ~pl.col("movie").is_in(left_out))
    frame = pl.concat([frame, frame.head(1).with_columns(pl.lit(10**7, frame["movie"].dtype).alias("movie"))])
    frame.select("year", "title", pl.col("movie").alias("number"), "genres").write_csv(path)
    return path


def test_a_log_and_its_items(ratings: Path, films: Path) -> None:
    found = propose(ratings)
    assert found.form == "watches" and not found.problems and found.rows == 20_000
    assert found.roles == {
        "row": "unused", "member_id": "user", "movieId": "item", "stars": "rating", "seen on": "time",
    }  # fmt: skip
    assert all(column.reason.sentence.endswith(".") for column in found.columns)
    places = found.head.columns.index("movieId")
    items = propose_items(films, [row[places] for row in found.head.rows])
    assert items.roles == {"number": "id", "title": "title", "genres": "genres", "year": "item_column"}
    chosen = choice_of(ratings, found.form, found.roles, found.yes, ItemsChoice(films, items.roles))
    loaded = data_source("file").watches(chosen)
    truth = movielens_small()
    assert np.array_equal(loaded.log.times, truth.times) and np.array_equal(loaded.log.items, truth.items)
    titles = list(truth.item_features["title"])
    assert list(loaded.log.item_features["title"]) == [""] * 10 + [title.strip() for title in titles[10:]]
    years = np.asarray(truth.item_features["year"])[10:]
    assert np.array_equal(np.asarray(loaded.log.item_features["year"])[10:], years, equal_nan=True)
    said = {one.code.removeprefix("recommender."): one.parameters for one in loaded.notices}
    assert said["notice-items-unknown"]["count"] == 10 and said["notice-items-unused"]["count"] == 1
    told = profile(chosen)
    assert {one.code.removeprefix("recommender.") for one in told.warnings} >= {
        "notice-items-unknown", "notice-items-unused",
    }  # fmt: skip


def test_ids_written_otherwise_are_said(ratings: Path, tmp_path: Path) -> None:
    path = tmp_path / "films.csv"
    path.write_text("number,title\ntt01,One\ntt02,Two\n")
    found = propose(ratings)
    items = ItemsChoice(path, {"number": "id", "title": "title"})
    chosen = choice_of(ratings, found.form, found.roles, found.yes, items)
    said = data_source("file").watches(chosen).notices
    assert [one.code for one in said if "items" in one.code] == ["recommender.notice-no-items-known"]
    assert "“tt01”" in said[-1].sentence
    assert chosen.item_table is not None and RecommenderData.model_validate_json(chosen.model_dump_json()) == chosen


def test_the_first_row_of_an_id_counts_whatever_the_batch(films: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.data.sampling import Watch
    from engine.recommenders.data.data_choice import ItemTable
    from engine.recommenders.data.logs import delimited

    choice = ItemTable(path=films, id="number", title="title", columns=("year",))
    whole = read_items(choice, Watch("")).table
    monkeypatch.setattr(delimited.whole_lines, "__defaults__", (4096,))
    assert read_items(choice, Watch("")).table.equals(whole)
    firsts = pl.read_csv(films).unique("number", keep="first", maintain_order=True)
    assert whole["id"].to_list() == firsts["number"].cast(pl.String).to_list()


def test_the_census(tmp_path: Path) -> None:
    path = tmp_path / "census.csv"
    adult().write_csv(path)
    found = propose(path)
    assert found.form == "examples" and found.yes == Yes(equals=">50K")
    expected = dict.fromkeys(CATEGORIES, "category") | dict.fromkeys(NUMBERS, "number") | {"income": "label"}
    assert found.roles == expected | {"educational-num": "category"}  # sixteen whole numbers
    chosen = choice_of(path, found.form, found.roles, found.yes)
    read = data_source("file").examples(chosen)
    assert read.goal.labels(read.table).sum() == 11_687
    log = as_form(found, "watches")
    assert [one.code.removeprefix("recommender.") for one in log.problems] == [
        "notice-no-times", "proposal-no-pair",
    ]  # fmt: skip
    assert as_form(log, "examples") == found and as_form(found, "examples") is found


def _proposed(tmp_path: Path, head: str, rows: list[str]) -> Proposal:
    path = tmp_path / "own.csv"
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return propose(path)


def _reason(found: Proposal, column: str) -> str:
    return next(one.reason.sentence for one in found.columns if one.name == column)


def test_a_title_with_a_user_and_a_time_is_the_item_of_a_log(tmp_path: Path) -> None:
    found = _proposed(tmp_path, "user,title,timestamp", [f"u{n % 7},Film {n % 11},{10**9 + n}" for n in range(60)])
    assert found.form == "watches"
    assert found.roles == {"user": "user", "title": "item", "timestamp": "time"}
    assert "name suggests titles" in _reason(found, "title")


def test_seconds_watched_are_no_time_and_not_left_out(tmp_path: Path) -> None:
    rows = [f"{n % 7},{n % 11},{(n * 37) % 600},{1_600_000_000 + n}" for n in range(60)]
    found = _proposed(tmp_path, "user_id,video,seconds,ts", rows)
    assert found.roles == {"user_id": "user", "video": "item", "seconds": "watch_seconds", "ts": "time"}
    lengths = [f"{n % 7},{n % 11},{100 + n % 11},{1_600_000_000 + n}" for n in range(60)]
    assert _proposed(tmp_path, "user_id,video,duration,ts", lengths).roles["duration"] == "item_column"


def test_what_is_called_a_time_and_is_none_is_said_with_an_example(tmp_path: Path) -> None:
    told = _proposed(tmp_path, "user,item,timestamp", [f"{n % 7},{n % 11},12/{1 + n % 30}/2019" for n in range(60)])
    assert told.roles["timestamp"] == "time"
    found = _proposed(tmp_path, "user,item,timestamp", [f"{n % 7},{n % 11},12/{1 + n % 12}/2019" for n in range(60)])
    assert found.roles["timestamp"] == "unused"  # nothing tells whether the month comes first
    assert "“12/1/2019” can't be read as one" in _reason(found, "timestamp")


def test_no_reason_speaks_of_an_item_where_there_is_none(tmp_path: Path) -> None:
    found = _proposed(tmp_path, "who,size,yes", [f"{n % 7},{n % 3},{n % 2}" for n in range(60)])
    log = as_form(found, "watches")
    assert "Choose the item column first" in _reason(log, "size") and "within one item" not in _reason(log, "size")


def test_a_table_without_a_yes_or_no(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("colour,weight\n" + "\n".join(f"{'rgb'[n % 3]},{n / 7}" for n in range(60)) + "\n")
    found = propose(path)
    assert found.roles == {"colour": "category", "weight": "number"}
    assert [one.code for one in found.problems] == ["recommender.proposal-no-label"]
    with pytest.raises(EngineError, match="No column is the label"):
        choice_of(path, found.form, found.roles, found.yes)


@pytest.mark.parametrize("empty", ["", "?", "NA"])
def test_a_label_is_recognised_though_some_rows_lack_it(empty: str, tmp_path: Path) -> None:
    lines = [f"{20 + n % 40},{'rgb'[n % 3]},{(empty, '<=50K', '<=50K', '>50K')[n % 4]}" for n in range(60)]
    found = _proposed(tmp_path, "age,colour,income", lines)
    assert found.roles["income"] == "label" and found.yes == Yes(equals=">50K") and not found.problems
    assert "15 of the first 60 rows are empty and left out" in _reason(found, "income")
    labelled = data_source("file").examples(choice_of(Path(found.path), found.form, found.roles, found.yes))
    assert labelled.table.height == 45 and "15" in " ".join(notice.sentence for notice in labelled.notices)


def test_rows_are_counted_as_training_counts_them(tmp_path: Path) -> None:
    lines = [f"{20 + n % 40},{'rgb'[n % 3]},{('no', 'yes')[n % 2]}" for n in range(400)]
    lines[50:50] = ["33,r", "34,g"]
    lines[200:200] = ["33,r,yes,too much"]
    found = _proposed(tmp_path, "age,colour,bought", lines)
    labelled = data_source("file").examples(choice_of(Path(found.path), found.form, found.roles, found.yes))
    assert found.rows == labelled.table.height == 400
    assert [column.missing for column in found.columns] == [0, 0, 0]
    assert found.notices == labelled.notices and "fields: 3;" in found.notices[0].sentence


def test_what_is_missing_is_one_reading_everywhere(tmp_path: Path) -> None:
    texts = ("null", "NULL", "NA", "None", "?", "", "DE", "FR")
    lines = [f"{20 + n % 40},{texts[n % 8]},{('no', 'yes')[n % 2]}" for n in range(400)]
    found = _proposed(tmp_path, "age,country,bought", lines)
    choice = choice_of(Path(found.path), found.form, found.roles, found.yes)
    labelled, told = data_source("file").examples(choice), profile(choice)
    assert isinstance(told, TableProfile)
    missing = {"age": 0, "country": 300, "bought": 0}
    assert {column.name: column.missing for column in found.columns} == missing
    assert {column.name: column.missing for column in told.columns} == missing
    assert labelled.table["country"].null_count() == 300


def test_a_file_has_as_many_users_whatever_it_is_looked_at_as(tmp_path: Path) -> None:
    """“NA” was a user in a table and none in a log: three looks at one file counted 299, 298 and 299 users."""
    nobody = ["null"] * 26 + ["NA"] * 15
    users = [f"u{n % 30}" for n in range(400)] + nobody
    found = _proposed(tmp_path, "user,item,time", [f"{user},i{n % 11},{10**9 + n}" for n, user in enumerate(users)])
    path = Path(found.path)
    as_table = profile(RecommenderData(source="file", path=path), "examples")
    as_log = profile(choice_of(path, "watches", found.roles, found.yes), "watches")
    assert isinstance(as_table, TableProfile) and isinstance(as_log, LogProfile)
    proposed, column = found.columns[0], as_table.columns[0]
    assert (proposed.distinct, proposed.missing) == (column.distinct, column.missing) == (30, 41)
    assert (as_log.users, as_log.missing.user) == (30, 41)
    named = "Read as missing in “user”: “null” (26), “NA” (15)."
    for told in (as_table.warnings, as_log.warnings):
        assert named in [said.sentence for said in told]
    assert "41 rows without a user, an item or a time were dropped." in [said.sentence for said in as_log.warnings]


def test_counts_are_written_as_everywhere_else(tmp_path: Path) -> None:
    """“1500 rows” stood beside “1,500 rows”."""
    log = _proposed(tmp_path, "user_id,video,rank", [f"{n},{n % 1200},7" for n in range(1500)])
    assert "1,500 different values in the first 1,500 rows" in _reason(log, "user_id")
    assert "1,200 different values" in _reason(log, "video") and "all of the first 1,500 rows" in _reason(log, "rank")
    table = _proposed(tmp_path, "size,kind,income", [f"{n / 7},k{n % 9},{n % 2}" for n in range(1500)])
    assert "1,500 different numbers" in _reason(table, "size") and "in 1,500 rows" in _reason(table, "kind")


def test_rows_of_a_log_that_are_too_long_are_said(tmp_path: Path) -> None:
    lines = [f"p{n % 7},f{n % 11},{1_500_000_000 + n}" for n in range(400)]
    found = _proposed(tmp_path, "person,film,when", [*lines, "p1,f1,1500000000,too,much"])
    assert found.form == "watches" and found.rows == 400
    (notice,) = found.notices
    assert (
        notice.sentence == "Rows left out because they don't have 3 fields: 1; the first is row 402 of the file"
        " (counting any header), with 5."
    )


def test_a_table_with_an_outcome_or_in_which_nobody_recurs_is_no_log(tmp_path: Path) -> None:
    """A table of customers with a label was opened as a log of events."""
    labelled = _proposed(tmp_path, "customer,isbn,age,label", [f"c{n % 9},b{n % 7},{n},{n % 2}" for n in range(90)])
    assert labelled.form == "examples" and labelled.roles["label"] == "label"
    alone = _proposed(tmp_path, "customer,isbn,age", [f"c{n},b{n},{n % 50}" for n in range(90)])
    assert alone.form == "examples"
    log = _proposed(tmp_path, "customer,isbn,age", [f"c{n % 9},b{n},{n % 50}" for n in range(90)])
    assert log.form == "watches"


def test_a_table_and_a_log_say_rows_of_other_lengths_in_one_way(tmp_path: Path) -> None:
    broken = "p1,f1,3,too,much"
    table = _proposed(tmp_path, "age,height,label", [*(f"{n},{n / 7},{n % 2}" for n in range(400)), broken])
    log = _proposed(tmp_path, "person,film,age", [*(f"p{n % 7},f{n % 11},{n}" for n in range(400)), broken])
    assert table.form == "examples" and log.form == "watches" and table.notices == log.notices != ()


def test_a_whole_column_of_two_values_is_the_label_before_one_with_gaps(tmp_path: Path) -> None:
    lines = [f"{n / 7},{'yn'[n % 2]},{('', 'a', 'b')[n % 3]}" for n in range(60)]
    assert _proposed(tmp_path, "weight,sold,note", lines).roles["sold"] == "label"


def test_an_amount_that_differs_in_every_row_is_a_number_and_one_that_counts_rows_is_not(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [f"{700 + (7 * n) % 60},{9_000_000 + 7919 * n},{20_000 + 331 * n},{n % 2}" for n in range(60)]
    path.write_text("place,customer_id,income,bought\n" + "\n".join(rows) + "\n")
    found = propose(path)
    assert found.roles == {"place": "unused", "customer_id": "unused", "income": "number", "bought": "label"}
    assert _reason(found, "place") == _reason(found, "customer_id")
    choice = choice_of(path, found.form, {**found.roles, "place": "number"}, found.yes)
    told = [one.parameters["column"] for one in profile(choice).warnings if one.code.endswith("column-unique")]
    assert "place" in told and "income" not in told


def test_a_label_of_many_numbers_is_a_yes_from_the_median_on(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("colour,score\n" + "\n".join(f"{'rgb'[n % 3]},{n % 5}" for n in range(60)) + "\n")
    found = propose(path)
    assert found.roles["score"] == "label" and found.yes == Yes(at_least=2.0)


@pytest.mark.parametrize(
    ("form", "roles", "code"),
    [
        ("watches", {"a": "user"}, "choice-no-item"),
        ("watches", {"a": "item"}, "choice-no-user"),
        ("watches", {"a": "user", "b": "item", "c": "item"}, "choice-twice"),
        ("examples", {"a": "category"}, "choice-no-label"),
        ("examples", {"a": "label", "b": "unused"}, "choice-nothing-to-read"),
    ],
)
def test_what_is_wrong_with_roles(form: str, roles: dict[str, str], code: str) -> None:
    found = problems_of(form, roles)  # type: ignore[arg-type]  # checked where they come from
    assert [one.code for one in found] == [f"recommender.{code}"]
    assert found[0].sentence.endswith(".")


def test_items_without_an_id() -> None:
    items = ItemsChoice(Path("films.csv"), {"title": "title"})
    found = problems_of("watches", {"a": "user", "b": "item"}, items)
    assert [one.code for one in found] == ["recommender.choice-no-id"]


@pytest.mark.skipif(not (SHARED / "hostile").exists(), reason="the hostile files are not here")
def test_hostile_files_give_a_proposal_or_a_sentence() -> None:
    for path in sorted((SHARED / "hostile").iterdir()):
        try:
            found = propose(path)
        except EngineError as error:
            assert error.problem.sentence
        else:
            json.dumps(found.model_dump(mode="json"), allow_nan=False)


@pytest.mark.skipif(not (SHARED / "data").exists(), reason="the shared data are not here")
def test_known_files_need_no_mapping() -> None:
    assert propose(SHARED / "data" / "movietweetings").known == "MovieTweetings"


def test_the_command_line_proposes_flags_that_it_understands(ratings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recommend", "data", str(ratings), "--propose", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["flags"] == [
        "--user", "member_id", "--item", "movieId", "--time", "seen on", "--rating", "stars",
    ]  # fmt: skip
    assert run(["recommend", "data", str(ratings), "--profile", "--json", *document["flags"]]) == 0
    assert json.loads(capsys.readouterr().out)["events"] == 100_004
    assert run(["recommend", "data", str(ratings), "--propose"]) == 0
    assert "member_id" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    "name", ["user\nid", "user\tid", "it's a user", "user\x1b\\", "user\u2028id", "-user", "$user"]
)
def test_a_proposed_command_can_be_pasted(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line end stood there as a backslash and an n, and what begins with a minus was taken for a flag."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "my log.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([name, "item", "time"])
        rows.writerows([f"u{n % 20}", f"f{n % 30}", 1_500_000_000 + n] for n in range(300))
    assert run(["recommend", "data", str(path), "--propose"]) == 0
    line = capsys.readouterr().out.rstrip("\n").rpartition("To train on it:\n")[2]
    words = subprocess.run(["bash", "-c", f"printf '%s\\0' {line}"], capture_output=True, check=True).stdout
    program, *command = words.decode().split("\0")[:-1]
    assert program == "neuroloom-engine" and command[4] == str(path)
    assert run(["recommend", "data", str(path), "--profile", "--json", *command[5:-2]]) == 0
    assert json.loads(capsys.readouterr().out)["users"] == 20
    if name == "$user":
        pytest.importorskip("torch")
        assert run([*command, "--epochs", "1", "--device", "cpu"]) == 0
        assert (tmp_path / "runs" / "my log" / "checkpoint.safetensors").exists()


def test_no_flags_are_proposed_that_training_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"{n % 3},{n * 37 % 101},{n % 2}" for n in range(300)]
    (tmp_path / "comma.csv").write_text('"a,b",x,bought\n' + "\n".join(lines) + "\n")
    (tmp_path / "table.csv").write_text("a,x,bought\n" + "\n".join(lines) + "\n")
    with ZipFile(tmp_path / "table.zip", "w") as archive:
        archive.write(tmp_path / "table.csv", "table.csv")
    for name, why in (("comma.csv", "No flag can name “a,b”"), ("table.zip", "Unpack it")):
        assert run(["recommend", "data", str(tmp_path / name), "--propose", "--as", "examples"]) == 0
        said = capsys.readouterr().out
        assert why in said and "To train on it" not in said


def test_a_genre_of_one_name_is_not_said_to_be_several(tmp_path: Path) -> None:
    lines = [f"u{n % 20},f{n % 30},{1_500_000_000 + n},genre{n % 5}" for n in range(300)]
    found = _proposed(tmp_path, "user,item,time,genre", lines)
    assert found.roles["genre"] == "genres" and "each text names one, such as “genre" in _reason(found, "genre")


@pytest.mark.parametrize("look", ["--profile", "--propose"])
def test_the_name_of_data_that_are_not_there_says_how_to_get_them(
    look: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for entry in CATALOGUE:
        if entry.files:
            assert run(["recommend", "data", entry.name, look]) == 1
            said = capsys.readouterr().err
            assert said.startswith(f"{entry.title} isn't downloaded yet") and said.count("\n") == 1
            assert f"neuroloom-engine recommend data {entry.name} --get . --accept-licence" in said
    assert run(["recommend", "data", "file", look]) == 1
    assert "needs the path of a file" in capsys.readouterr().err
    assert run(["recommend", "graph", "candidates", "--data", "kuairec"]) == 1
    assert "isn't downloaded yet" in capsys.readouterr().err


def test_a_file_that_is_called_like_a_data_set_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kuairec").mkdir()
    (tmp_path / "kuairec" / "big_matrix.csv").write_text(
        "user_id,video_id,play_duration,video_duration,timestamp,watch_ratio\n"
    )
    assert run(["recommend", "data", "kuairec", "--propose"]) == 0
    assert "is KuaiRec" in capsys.readouterr().out


def test_a_log_of_ones_own_called_ratings_has_its_columns_proposed(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    lines = [f"{i % 9},{i % 7},{i % 5 + 1},{1_500_000_000 + i}" for i in range(90)]
    path.write_text("\n".join(["userId,itemId,rating,timestamp", *lines]))
    found = propose(path)
    assert not found.known and [column.role for column in found.columns] == ["user", "item", "rating", "time"]


def test_the_path_of_a_file_alone_says_what_is_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "shop.csv"
    path.write_text("\n".join(["age,bought", *(f"{20 + i % 50},{'no' if i % 3 else 'yes'}" for i in range(90))]))
    assert run(["recommend", "data", str(path)]) == 0
    alone = capsys.readouterr().out
    assert "90 rows, 2 columns" in alone
    assert run(["recommend", "data", str(path), "--profile"]) == 0
    assert capsys.readouterr().out == alone


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("用户,物品,时间,城市", ["user", "item", "time", "unused"]),
        ("城市,视频编号,时间戳,用户ID", ["unused", "item", "time", "user"]),
        ("用户编号,电影ID,日期,评分", ["user", "item", "time", "rating"]),
        ("会员号,商品_id,点击时间,播放时长", ["user", "item", "time", "watch_seconds"]),
        ("用户名,商品名称,时间,用户年龄", ["user", "item", "time", "unused"]),
    ],
)
def test_a_log_with_chinese_names_is_known_as_one(tmp_path: Path, header: str, roles: list[str]) -> None:
    names = header.split(",")
    values = {
        "user": [f"u{row % 7}" for row in range(60)],
        "item": [f"p{row % 11}" for row in range(60)],
        "time": [str(1_600_000_000 + 1000 * row) for row in range(60)],
        "rating": [str(1 + row % 5) for row in range(60)],
        "watch_seconds": [str(10 + 7 * row % 13) for row in range(60)],
        "unused": [("北京", "上海")[row % 2] for row in range(60)],
    }
    path = tmp_path / "日志.csv"
    pl.DataFrame({name: values[role] for name, role in zip(names, roles, strict=True)}).write_csv(path)
    found = propose(path)
    assert found.form == "watches" and not found.problems
    assert found.roles == dict(zip(names, roles, strict=True))


def test_a_table_with_chinese_names_has_the_label_that_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = range(60)
    pl.DataFrame(
        {
            "用户年龄": [20 + 7 * row % 40 for row in rows],
            "是否点击": [int(row % 3 == 0) for row in rows],
            "商品价格": [3.5 * (row % 13) for row in rows],
            "性别": ["男" if row % 2 else "女" for row in rows],
        }
    ).write_csv(path)
    found = propose(path)
    assert found.form == "examples" and found.yes == Yes(at_least=1.0)
    assert found.roles == {"用户年龄": "number", "是否点击": "label", "商品价格": "number", "性别": "category"}
