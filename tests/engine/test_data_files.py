"""Data sets from files: what is found in them, what is done with it, and that it is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data import DataChoice, Dataset, Limits, Task, inspect, load
from engine.data.incoming import incoming
from engine.data.sampling import Watch
from engine.data.split import fit_scaling
from engine.data.standardising import standardised
from engine.data.table import read_table
from engine.problems import EngineError

ADULT = Path(__file__).parents[2].parent / "shared/data/adult.csv"
needs_adult = pytest.mark.skipif(not ADULT.exists(), reason="the census data set is not beside this checkout")

Write = Callable[[str | bytes], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(content: str | bytes) -> str:
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write_file


def from_file(path: str, limits: Limits | None = None, **settings: object) -> Dataset:
    return load(DataChoice.model_validate({"source": "file", "path": path, **settings}), limits=limits)


def codes(data: Dataset) -> list[str]:
    return [notice.code.removeprefix("data.notice-") for notice in data.notices]


def table(header: str, *rows: str, times: int = 5) -> str:
    return "\n".join([header, *(rows * times)]) + "\n"


# --- reading ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(write: Write, delimiter: str, ending: str) -> None:
    text = table("a,b,label", "1.5,2,x", "2.5,3,y", "3.5,,x").replace(",", delimiter).replace("\n", ending)
    data = from_file(write(text), standardise=False)
    assert data.columns == ("a", "b") and data.classes == ("x", "y") and len(data.x) == 15
    assert data.x[:2].tolist() == [[1.5, 2], [2.5, 3]]
    assert codes(data) == ["filled-numbers"]


@pytest.mark.parametrize(
    ("encoding", "word", "told"),
    [("utf-8", "é城", 0), ("utf-8-sig", "é城", 0), ("gb18030", "城市名称", 1), ("latin-1", "café", 1)],
)
def test_encodings(write: Write, encoding: str, word: str, told: int) -> None:
    text = table(f"größe,{word}" if "latin" in encoding else f"城,{word}", f"1,{word}", "2,b")
    data = from_file(write(text.encode(encoding)))
    assert data.target_name == word and data.classes == ("b", word)
    assert data.columns[0] in ("größe", "城")
    assert codes(data) == ["encoding"] * told


def test_decimal_commas_where_the_comma_is_no_delimiter(write: Write) -> None:
    data = from_file(write(table("a;y", "1,5;0", "-2,25;1")), standardise=False)
    assert data.x[:2, 0].tolist() == [1.5, -2.25]


def test_a_file_without_a_header(write: Write) -> None:
    data = from_file(write(table("5.1,3.5,setosa", "4.9,3.0,virginica")))
    assert data.columns == ("column1", "column2") and data.target_name == "column3"
    assert "no-header" in codes(data)
    texts = from_file(write(table("a,x", "b,y", "a,x")))
    assert texts.target_name == "column2"
    forced = from_file(write(table("a,x", "b,y", "a,x")), header=True)
    assert forced.target_name == "x"


def test_doubled_and_empty_names_are_told(write: Write) -> None:
    data = from_file(write(table(",a,a,,y", "0,1,2,3,0", "1,2,1,5,1")))
    assert data.columns == ("index", "a", "a_2", "column4")
    assert "renamed-columns" in codes(data)


def test_quoted_texts_with_delimiters_quotes_and_line_ends(write: Write) -> None:
    data = from_file(write('name,v,y\n"a, ""b""\nc",1,0\nd,2,1\n' + '"a, ""b""\nc",3,0\nd,4,1\n' * 3))
    assert data.columns == ('name=a, "b"\nc', "name=d", "v")


field = st.text(st.sampled_from('ab1 ,;"|\n'), max_size=4).filter(lambda text: text == text.strip())


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 4).flatmap(lambda k: st.lists(st.lists(field, min_size=k, max_size=k), min_size=3, max_size=8)))
def test_whatever_the_csv_module_writes_is_read_back(tmp_path_factory, rows: list[list[str]]) -> None:  # type: ignore[no-untyped-def]
    width = len(rows[0])
    text = io.StringIO()
    names = [f"n{at}" for at in range(width)]
    csv.writer(text, lineterminator="\n").writerows([names, *rows])
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(text.getvalue().encode())
    written = [row for row in rows if any(row)]
    frame = read_table(path, Limits(), Watch(str(path)), header=True).frame
    read = [["" if value is None else value for value in row] for row in frame.rows()]
    # Blank lines inside a quoted text are dropped, as they are between rows.
    squeezed = [[_without_blank_lines(value) for value in row] for row in written]
    assert [row for row in read if any(row)] == squeezed


def _without_blank_lines(text: str) -> str:
    lines = text.split("\n")
    return "\n".join([lines[0], *(line for line in lines[1:-1] if line.strip()), *lines[1:][-1:]])


def test_stray_quotes_are_read_as_the_csv_module_does(write: Write) -> None:
    data = from_file(write(table("size,y", '5" pipe,0', '6" pipe,1', '5", 6",1').replace(', 6"', ' 6"')))
    assert data.columns == ('size=5" 6"', 'size=5" pipe', 'size=6" pipe')


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    frame = pl.DataFrame(
        {
            "n": [1, 2, None, 4] * 5,
            "f": [0.5, float("nan"), 2.5, 3.5] * 5,
            "b": [True, False, True, True] * 5,
            "list": [[1], [2], [3], [4]] * 5,
            "y": ["u", "v", "u", None] * 5,
        }
    )
    frame.write_parquet(path)
    data = from_file(str(path), standardise=False, train_share=0.9)
    assert data.columns == ("n", "f", "b=false", "b=true") and data.classes == ("u", "v")
    assert len(data.x) == 15
    assert codes(data) == ["column-unusable", "rows-without-target", "filled-numbers"]
    sampled = from_file(str(path), Limits(rows=10), standardise=False)
    assert "sampled-rows" in codes(sampled)


# --- target and task ----------------------------------------------------------------------------------------
def test_the_target_is_the_usual_name_or_the_last_column_or_the_one_asked_for(write: Write) -> None:
    path = write(table("Label,a,b", "0,1,5.5", "1,2,7.5", "0,3,6.25"))
    assert from_file(path).target_name == "Label"
    assert from_file(path, target="b").task is Task.REGRESSION
    assert from_file(write(table("p,q", "1,0", "2,1"))).target_name == "q"


@pytest.mark.parametrize(
    ("values", "task", "classes"),
    [
        (["0", "1"], Task.BINARY, ("0", "1")),
        (["-1.5", "1"], Task.BINARY, ("-1.5", "1")),
        (["yes", "no"], Task.BINARY, ("no", "yes")),
        (["10", "9", "2"], Task.MULTICLASS, ("2", "9", "10")),
        (["a", "b", "c"], Task.MULTICLASS, ("a", "b", "c")),
        (["0.5", "1", "1.5"], Task.REGRESSION, ()),
        ([str(value) for value in range(11)], Task.REGRESSION, ()),
    ],
)
def test_the_task_follows_from_the_target(write: Write, values: list[str], task: Task, classes: tuple) -> None:  # type: ignore[type-arg]
    data = from_file(write(table("a,y", *(f"{at},{value}" for at, value in enumerate(values)))))
    assert (data.task, data.classes) == (task, classes)


def test_the_task_can_be_overridden(write: Write) -> None:
    path = write(table("a,y", "1,0", "2,1", "3,2"))
    assert from_file(path, task=Task.REGRESSION).classes == ()
    assert from_file(path, task=Task.MULTICLASS).classes == ("0", "1", "2")
    two = write(table("a,y", "1,0", "2,1"))
    assert from_file(two, task=Task.MULTICLASS).task is Task.MULTICLASS


def test_a_regressions_target_is_standardised_and_comes_back(write: Write) -> None:
    path = write(table("a,y", *(f"{at},{at * 3.5}" for at in range(20)), times=1))
    data, raw = from_file(path), from_file(path, standardise=False)
    assert data.y[data.train].mean() == pytest.approx(0) and data.y[data.train].std() == pytest.approx(1)
    assert data.target_in_units(data.y) == pytest.approx(raw.y)


def test_a_raw_table_is_standardised_as_if_it_had_been_loaded_so(write: Write) -> None:
    rows = [f"{17 + 7 * at % 73},{'abc'[at % 3]},{10**4 + 991 * at},{at * 3.7:.2f}" for at in range(60)]
    path = write(table("age,group,income,y", *rows, times=1))
    raw, wanted = from_file(path, standardise=False), from_file(path)
    made = standardised(raw)
    assert codes(raw) == ["raw-numbers"] and codes(made) == codes(wanted) == []
    assert np.array_equal(made.x, wanted.x) and np.array_equal(made.y, wanted.y)
    assert made.inputs == wanted.inputs and made.target_in_units(made.y) == pytest.approx(raw.y)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([f"{17 + 7 * at % 73},{10**4 + 991 * at},{at % 2}" for at in range(60)], "income"),
        ([f"{2 + at % 5},{at % 7 - 3},{at % 2}" for at in range(60)], None),  # as flowers are measured
        ([f"{at % 3 - 1},{int(at % 30 == 0)},{at % 2}" for at in range(90)], None),  # a rare category
        ([f"{at % 3 - 1},{1e-4 * (at % 7)},{at % 2}" for at in range(60)], "income"),
        ([f"{2000 + at % 7},{at % 5 - 2},{at % 2}" for at in range(60)], "age"),
        ([f"{at % 3 - 1},{at % 5 - 2},{1e5 + 100 * at}" for at in range(60)], "y"),
    ],
)
def test_numbers_far_from_standardised_ones_are_named(write: Write, rows: list[str], told: str | None) -> None:
    notices = from_file(write(table("age,income,y", *rows, times=1)), standardise=False).notices
    assert [notice.parameters["column"] for notice in notices] == ([told] if told else [])


@pytest.mark.parametrize("exponent", [-320, -307, -160, -6, 12, 148])
def test_numbers_of_any_size_are_scaled_truly(write: Write, exponent: int) -> None:
    numbers = [1.5 + at % 7 for at in range(40)]
    data = from_file(
        write(table("a,y", *(f"{one}e{exponent},{one}e{exponent}" for one in numbers), times=1)), task="regression"
    )
    usual = from_file(write(table("a,y", *(f"{one},{one}" for one in numbers), times=1)), task="regression")
    close = 1e-3 if exponent == -320 else 1e-12  # there are no finer numbers there
    assert np.array_equal(data.train, usual.train)
    assert data.x == pytest.approx(usual.x, abs=close) and data.y == pytest.approx(usual.y, abs=close)
    typed, plain = data.inputs[0].encode(float(f"1.5e{exponent}")), usual.inputs[0].encode(1.5)
    assert typed == pytest.approx(plain, abs=close)


def test_the_scaling_of_usual_numbers_is_theirs_to_the_bit() -> None:
    values = np.random.default_rng(3).normal(3.0, 40.0, (500, 3))
    centre, scale = fit_scaling(values)
    assert np.array_equal(centre, values.mean(axis=0)) and np.array_equal(scale, values.std(axis=0))


def test_a_number_too_large_to_compute_with_is_named_before_it_is_chosen(write: Write) -> None:
    rows = [f"{at},{at % 5},{at % 2}" for at in range(40)]
    rows[7] = "1e300,2,1"
    path = write(table("a,b,y", *rows, times=1))
    summary = inspect(DataChoice(source="file", path=path))
    said = "“a” has 1e300 in row 9 of the file (counting any header), a number too large to compute with (1 in all)"
    assert summary.notices[0].sentence.startswith(said)
    assert summary.columns[0].left_out == summary.notices[0] and summary.columns[1].left_out is None
    assert from_file(path, features=("b",)).columns == ("b",)
    with pytest.raises(EngineError, match="“a” has numbers too large to compute with, such as 1e300"):
        from_file(path, Limits(rows=39))


# --- columns ------------------------------------------------------------------------------------------------
def test_columns_that_teach_nothing_are_left_out_with_a_notice(write: Write) -> None:
    rows = [f"{at},name{at},same,,{at % 7},{at % 2}" for at in range(40)]
    data = from_file(write(table("id,name,constant,empty,a,y", *rows, times=1)))
    assert data.columns == ("a",)
    assert codes(data) == ["column-identifier", "column-identifier", "column-constant", "column-empty"]


def test_a_column_that_is_not_chosen_is_named_with_its_own_reason(write: Write) -> None:
    """The import sheet unticks it by itself, and then “left out: nothing” was said."""
    rows = [f"{at},same,{at % 7},{at % 5},{at % 2}" for at in range(40)]
    path = write(table("Nr,constant,a,b,y", *rows, times=1))
    left_out = {column.name: column.left_out for column in inspect(DataChoice(source="file", path=path)).columns}
    assert [name for name, why in left_out.items() if why is not None] == ["Nr", "constant"]
    data = from_file(path, features=["a"])
    assert codes(data) == ["column-identifier", "column-constant", "column-not-chosen"]
    assert [one.parameters["column"] for one in data.notices] == ["Nr", "constant", "b"]


@pytest.mark.parametrize("name", ["Nr", "id", "customer_id", "Row number", "kundenNr", "No."])
def test_whole_numbers_that_only_number_the_rows_are_proposed_as_left_out(write: Write, name: str) -> None:
    rows = [f"{at + 1},{at % 7},{at % 2}" for at in range(40)]
    data = from_file(write(table(f"{name},a,y", *rows, times=1)))
    assert data.columns == ("a",) and codes(data) == ["column-identifier"]


def test_the_only_column_of_numbers_is_an_input_however_it_is_called(write: Write) -> None:
    path = write(table("no,y", *(f"{at},{3 * at}" for at in range(40)), times=1))
    assert from_file(path).columns == ("no",)


@pytest.mark.parametrize("column", ["a", "y"])
def test_values_far_from_all_others_are_named(write: Write, column: str) -> None:
    """Two of them made R² −0.08, and a dead unit was named."""
    rows = [[at % 17, round(1.5 * (at % 17) + at % 3, 2)] for at in range(120)]
    place = ("a", "y").index(column)
    rows[5][place], rows[70][place] = 1e6, -4e5
    path = write(table("a,y", *(f"{a},{y}" for a, y in rows), times=1))
    data = from_file(path, task=Task.REGRESSION)
    (notice,) = [one for one in data.notices if one.code == "data.notice-outliers"]
    told = notice.parameters
    assert (told["column"], told["count"], told["value"], told["low"]) == (column, 2, "1e+06", "0")
    assert notice in inspect(DataChoice(source="file", path=path)).notices


def test_a_long_tail_is_no_outlier(write: Write) -> None:
    values = np.random.default_rng(0).lognormal(0.0, 1.0, 400)
    data = from_file(write(table("a,y", *(f"{a:.4f},{at % 2}" for at, a in enumerate(values)), times=1)))
    assert codes(data) == []


@pytest.mark.parametrize("bad", ["9,8,7", "9"])
def test_one_row_of_another_length_is_left_out_and_counted(write: Write, bad: str) -> None:
    rows = [f"{at % 7},{at % 2}" for at in range(40)]
    data = from_file(write(table("a,y", *rows[:20], bad, *rows[20:], times=1)))
    assert len(data.x) == 40 and codes(data) == ["cut-rows"]
    assert data.notices[0].parameters == {"expected": 2, "count": 1, "row": 22, "found": len(bad.split(","))}
    with pytest.raises(EngineError, match=r"Row 6 .* does not have 2 fields"):
        from_file(write(table("a,y", *rows[:4], *[bad] * 9, *rows[4:], times=1)))


def test_columns_chosen_by_hand_are_taken_in_that_order(write: Write) -> None:
    rows = [f"{at},name{at % 30},{at % 7},{at % 2}" for at in range(40)]
    path = write(table("id,name,a,y", *rows, times=1))
    assert from_file(path, features=["a", "id"]).columns == ("a", "id")
    assert len(from_file(path, features=["name"]).columns) == 30


def test_rare_levels_are_pooled(write: Write) -> None:
    rows = [f"c{at % 10 if at < 100 else at},{at % 2}" for at in range(103)]
    data = from_file(write(table("c,y", *rows, times=1)), Limits(levels=5))
    assert data.columns == ("c=c0", "c=c1", "c=c2", "c=c3", "c=other")
    assert data.x.sum(axis=1).tolist() == [1] * 103
    assert data.x[:, -1].sum() == 63
    assert codes(data) == ["levels-pooled"]
    assert data.encode_row({"c": "never seen"}).tolist() == [0, 0, 0, 0, 1]


def test_a_few_texts_among_numbers_count_as_missing(write: Write) -> None:
    rows = [f"{at},{at % 2}" for at in range(60)]
    data = from_file(write(table("a,y", *rows, "about 7,1", times=1)), standardise=False)
    assert data.columns == ("a",)
    assert codes(data) == ["not-numbers", "filled-numbers", "raw-numbers"]
    assert data.x[60, 0] == pytest.approx(data.x[data.train[data.train != 60], 0].mean())


@pytest.mark.parametrize("token", ["", "?", "NA", "n/a", "NaN", "null", " ? "])
def test_missing_values_by_either_rule(write: Write, token: str) -> None:
    path = write(table("a,c,y", "1,u,0", f"3,{token},1", f"{token},v,0", "5,u,1"))
    filled = from_file(path, standardise=False)
    assert filled.columns == ("a", "c=u", "c=v", "c=missing") and len(filled.x) == 20
    train = filled.train[filled.train % 4 != 2]
    assert filled.x[2, 0] == pytest.approx(filled.x[train, 0].mean())
    assert filled.x[1].tolist() == [3, 0, 0, 1]
    assert codes(filled) == ["filled-numbers", "filled-categories"]
    assert filled.encode_row({}) == pytest.approx([filled.x[2, 0], 0, 0, 1])
    dropped = from_file(path, missing="drop")
    assert len(dropped.x) == 10 and codes(dropped) == ["rows-with-missing", "column-constant"]


def test_columns_chosen_by_hand_drop_rows_too(write: Write) -> None:
    rows = [f"name{at if at else ''},{at % 7},{at % 2}".replace("name,", ",") for at in range(40)]
    path = write(table("name,a,y", *rows, times=1))
    assert len(from_file(path, missing="drop").x) == 40
    by_hand = from_file(path, missing="drop", features=["name"])
    assert by_hand.x.shape == (39, 39) and codes(by_hand) == ["column-not-chosen", "rows-with-missing"]


def test_rows_are_encoded_one_by_one_as_in_the_table(write: Write) -> None:
    data = from_file(write(table("a,c,y", "1,u,0", "3,v,1", "?,w,0", "5,,1")))
    rows: list[dict[str, float | str | None]] = [
        {"a": 1, "c": "u"},
        {"a": "3", "c": "v"},
        {"a": None, "c": "w"},
        {"a": 5.0, "c": None},
    ]
    for at, row in enumerate(rows):
        assert data.encode_row(row) == pytest.approx(data.x[at])


def test_fewer_rows_are_taken_where_the_matrix_would_be_large(write: Write) -> None:
    path = write(table("a,b,y", "1,2,0", "2,3,1", times=50))
    data = from_file(path, Limits(values=80))
    assert len(data.x) == 40 and codes(data) == ["sampled-rows"]


def test_a_file_is_summarised_for_choosing_columns(write: Write) -> None:
    choice = DataChoice(source="file", path=write(table("id,c,y", "1,u,0", "2,?,1", times=1)))
    summary = inspect(choice)
    assert summary.rows == 2 and summary.target == "y"
    name, text, target = summary.columns
    assert name.left_out is not None and name.left_out.code == "data.notice-column-identifier"
    assert (text.kind, text.missing, text.levels, text.left_out) == ("category", 1, 1, None)
    assert (target.kind, target.levels) == ("number", 2)


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("age,income,city,churn", "churn"),  # called so and of two values, before the numbers of “income”
        ("age,income,city,left", "left"),  # two values at the end
        ("left,income,city,age", "income"),  # no such column at the end
        ("age,target,city,left", "target"),  # nothing is plainer
        ("age,income,class,survived", "survived"),  # two values before three
        ("left,income,class,age", "class"),
        ("left,age,city,income", "income"),
        ("left,city,age", "age"),
    ],
)
def test_the_target_is_guessed_from_names_and_from_what_is_in_the_columns(
    write: Write, header: str, target: str
) -> None:
    made: dict[str, Callable[[int], object]] = {
        "age": lambda i: i % 61,
        "income": lambda i: 1000 + 7 * i,
        "target": lambda i: i / 3,
        "city": lambda i: "abcd"[i % 4],
        "class": lambda i: i % 3,
        "survived": lambda i: i % 2,
        "churn": lambda i: ("no", "yes")[i % 3 == 0],
        "left": lambda i: ("no", "yes")[i % 2],
    }
    names = header.split(",")
    rows = [",".join(str(made[name](i)) for name in names) for i in range(120)]
    path = write(table(header, *rows, times=1))
    choice = DataChoice(source="file", path=path)
    assert inspect(choice).target == load(choice).target_name == target


# --- against others -----------------------------------------------------------------------------------------
@needs_adult
def test_the_census_agrees_with_scikit_learn_and_the_csv_module() -> None:
    OneHotEncoder = pytest.importorskip("sklearn.preprocessing").OneHotEncoder
    StandardScaler = pytest.importorskip("sklearn.preprocessing").StandardScaler
    data = from_file(str(ADULT), train_share=0.8, seed=5)
    with ADULT.open(newline="") as file:
        header, *rows = list(csv.reader(file))
    assert data.task is Task.BINARY and data.classes == ("<=50K", ">50K") and data.target_name == "income"
    assert len(data.x) == len(rows) == 48_842
    assert data.y.tolist() == [float(row[-1] == ">50K") for row in rows]
    first = data.columns.index("workclass=Federal-gov")
    at = 0
    for name, cells in zip(header[:-1], np.array(rows, object).T[:-1], strict=True):
        column = data.inputs[header.index(name)]
        width = len(column.columns)
        ours = data.x[:, at : at + width]
        if column.levels:
            texts = np.where(cells == "?", "missing", cells)[:, None]
            theirs = OneHotEncoder(categories=[list(column.levels)], sparse_output=False).fit_transform(texts)
            assert np.array_equal(ours, theirs)
        else:
            numbers = cells.astype(np.float64)[:, None]
            theirs = StandardScaler().fit(numbers[data.train]).transform(numbers)
            assert np.allclose(ours, theirs, rtol=0, atol=1e-12)
        at += width
    assert at == data.x.shape[1] and first == 1
    share = [data.y[rows].mean() for rows in (data.train, data.test)]
    assert share[0] == pytest.approx(share[1], abs=1e-4)


# --- large files, progress, cancelling ----------------------------------------------------------------------
def test_a_large_file_is_sampled_evenly_whatever_its_order(write: Write) -> None:
    lines = [f"{at},{at // 20_000}" for at in range(40_000)]  # one class, then the other
    path = write(table("a,y", *lines, times=1))
    limits = Limits(file_bytes=40_000, block_bytes=1000, rows=2000)
    data = from_file(path, limits, standardise=False)
    assert codes(data) == ["sampled-file", "sampled-rows", "raw-numbers"]
    assert len(data.x) == 2000 and len(set(data.x[:, 0])) == 2000
    assert np.array_equal(data.y, data.x[:, 0] >= 20_000)
    assert 0.4 < data.y.mean() < 0.6
    again = from_file(path, limits, standardise=False)
    assert np.array_equal(data.x, again.x) and np.array_equal(data.train, again.train)


def test_rows_cut_by_quoted_line_ends_are_left_out_of_a_sample(write: Write) -> None:
    text = "".join(f'{at},"line, one\nline two {at % 3}",{at % 2}\n' for at in range(20_000))
    data = from_file(write("a,t,y\n" + text), Limits(file_bytes=30_000, block_bytes=1000), standardise=False)
    assert {"sampled-file"} <= set(codes(data))
    assert data.columns == ("a", *(f"t=line, one\nline two {at}" for at in range(3)))
    assert np.array_equal(data.y, data.x[:, 0] % 2)


def test_progress_rises_to_one(write: Write) -> None:
    seen: list[float] = []
    load(DataChoice(source="file", path=write(table("a,y", "1,0", "2,1"))), progress=seen.append)
    assert seen == sorted(seen) and seen[-1] == 1


def test_rows_with_outliers_are_left_out_as_chosen(write: Write) -> None:
    path = write("a,y\n" + "\n".join(f"{i % 50},{2 * (i % 50)}" for i in range(200)) + "\n100000,5\n")
    kept, left = from_file(path), from_file(path, outliers="drop")
    assert (len(kept.y), len(left.y)) == (201, 200)
    codes = {notice.code for notice in left.notices}
    assert "data.notice-rows-with-outliers" in codes and "data.notice-outliers" not in codes
    assert incoming(left).rows_out == 1
    assert np.allclose(left.x[left.train].std(), 1.0)  # measured on the rows that are left
