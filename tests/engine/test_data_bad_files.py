"""Files and choices that cannot be learnt from: each gets one clear sentence."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.data import DataChoice, Limits, inspect, load, parquet_trial
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources import data_source
from engine.recommenders.data.tables.encoding import fit_encoder

HOSTILE = Path(__file__).parents[2].parent / "shared/hostile"
GOOD = "a,b,y\n" + "1,2,0\n2,1,1\n3,5,0\n4,3,1\n" * 3

BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b"\n \n\r\n", "is empty"),
    "header only": (b"a,b,c\n", "header but no rows"),
    "one column": (b"a\n1\n2\n3\n", "only one column"),
    "NULs": (b"a,b\n1,\0\n", "can't be read as a table"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "can't be read as a table"),
    "noise": (np.random.default_rng(0).integers(1, 256, 5000, np.uint8).tobytes(), "can't be read as a table"),
    "broken Parquet": (b"PAR1" + bytes(100), "not a readable Parquet file"),
    "long row": (b"a,b,y\n1,2,0\n1,2,3,4\n2,2,1\n", "Row 3 .* not have 3 fields like the first row but 4"),
    "short row": (b"a,b,y\n1,2,0\n1,2,0\n1,2\n2,2,1\n", "Row 4 .* but 2"),
    "open quote": (b'a,b,y\n1,2,0\n1,"2,0\n1,2,0\n3,4,1\n', "Row 3 .* quote"),
    "single class": (b"a,b,y\n1,2,yes\n2,3,yes\n3,4,yes\n4,3,yes\n", "“yes” in every row"),
    "constant number": (b"a,b,y\n1,2,7\n2,3,7\n3,4,7\n4,3,7\n", "“7” in every row"),
    "missing target": (b"a,b,y\n1,2,\n2,3,?\n3,4,NA\n4,3,NaN\n", "no value in any row"),
    "infinite": (
        b"a,b,y\n1,2,0\ninf,3,1\n3,-Infinity,1\n4,3,0\n",
        "“a” has inf in row 3 of the file .* too large .* .1 in all",
    ),
    "infinite target": (
        b"a,b,y\n1,2,0.5\n1,3,1e999\n3,1,1\n4,3,0\n",
        "“y” has 1e999 in row 3 of the file .* .1 in all",
    ),
    "too large": (
        b"a,b,y\n1,2,0\n2,3,1\n3,-2e300,1\n4,3e150,0\n",
        "“b” has -2e300 in row 4 of the file .* .2 in all",
    ),
    "too large, no header": (b"1,2\n2,3\n1e300,4\n2,5\n", "“column1” has 1e300 in row 3 of the file"),
    "too few rows": (b"a,b,y\n1,2,0\n2,3,1\n3,4,\n", "Too few usable rows are left .2."),
    "constant inputs": (b"a,b,y\n1,2,0\n1,2,1\n1,2,0\n1,2,1\n", "No column can serve"),
    "only names": (
        b"who,y\n" + b"".join(b"n%d,%d\n" % (at, at % 2) for at in range(50)),
        "No column can serve",
    ),
    "many classes": (b"a,y\n" + b"".join(b"%d,c%d\n" % (at, at) for at in range(150)), "150 classes"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_clear_sentence(tmp_path: Path, name: str) -> None:
    content, sentence = BAD[name]
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(EngineError, match=sentence) as caught:
        load(DataChoice(source="file", path=str(path)))
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"target": "z"}, "no column “z”; choose one of: a, b, y"),
        ({"features": ["a", "q"]}, "no column “q”"),
        ({"features": ["a", "y"]}, "both the target and an input"),
        ({"features": []}, "No column can serve"),
        ({"target": "a", "task": "binary"}, "4 classes, not two"),
        ({"path": None}, "No file is chosen"),
    ],
)
def test_a_choice_that_does_not_suit_the_file(tmp_path: Path, settings: dict[str, object], sentence: str) -> None:
    path = tmp_path / "good.csv"
    path.write_text(GOOD)
    with pytest.raises(EngineError, match=sentence):
        load(DataChoice.model_validate({"source": "file", "path": str(path), **settings}))


def test_texts_are_no_regression(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text(GOOD.replace(",0\n", ",no\n"))
    with pytest.raises(EngineError, match="contains text such as “no”"):
        load(DataChoice.model_validate({"source": "file", "path": str(path), "task": "regression"}))


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="doesn't exist"):
        load(DataChoice(source="file", path=str(tmp_path / "none.csv")))
    with pytest.raises(EngineError, match="it is a folder"):
        load(DataChoice(source="file", path=str(tmp_path)))
    with pytest.raises(EngineError, match="cannot be read"):
        load(DataChoice(source="file", path="x" * 5000))


def test_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    locked = tmp_path / "locked.csv"
    locked.write_text(GOOD)
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(EngineError, match="Permission denied"):
        load(DataChoice(source="file", path=str(locked)))


def test_limits_of_shape(tmp_path: Path) -> None:
    wide = tmp_path / "wide.csv"
    wide.write_text(GOOD)
    with pytest.raises(EngineError, match="3 columns, more than 2"):
        load(DataChoice(source="file", path=str(wide)), limits=Limits(columns=2))
    line = tmp_path / "line.csv"
    line.write_bytes(b"a," * 100_000)
    with pytest.raises(EngineError, match="line longer than"):
        load(DataChoice(source="file", path=str(line)), limits=Limits(file_bytes=10_000))


def test_a_line_too_long_is_not_called_a_file_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    path.write_bytes(b"a,b\n" + b"x" * 300_000 + b",1\n")
    with pytest.raises(EngineError, match="line longer than"):
        load(DataChoice(source="file", path=str(path)), limits=Limits(file_bytes=10_000))


def test_a_header_with_line_ends_is_read_whole_or_in_a_sample(tmp_path: Path) -> None:
    path = tmp_path / "price.csv"
    path.write_bytes(b'"price\n(EUR)",size,y\n' + b"".join(b"%d,%d,%d\n" % (at, at % 7, at % 2) for at in range(3000)))
    for limits in (None, Limits(file_bytes=8000, block_bytes=1000)):
        data = load(DataChoice(source="file", path=str(path)), limits=limits)
        assert data.columns == ("price\n(EUR)", "size") and data.target_name == "y"


SIGNS = [
    *',;\t|""\n\n\r1234 aé年-€%(\'',
    "1,234",
    "1.5",
    "2024-03-05",
    "03/04/2024",
    "\0",
    "\ufeff",
    "inf",
    "nan",
    "1e999",
]


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(SIGNS), max_size=60).map("".join),
    st.integers(1, 6),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
def test_whatever_a_file_holds_it_is_a_table_or_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str, times: int, encoding: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes("\n".join([text] * times).encode(encoding))
    for look in (inspect, load):
        try:
            look(DataChoice(source="file", path=str(path)))
        except EngineError as error:
            assert "{" not in str(error).replace(str(text), "")


@pytest.mark.process
@pytest.mark.skipif(not HOSTILE.exists(), reason="the files that did harm are not beside this checkout")
def test_the_files_that_did_harm_are_tables_or_one_sentence() -> None:
    told = {}
    for path in sorted(HOSTILE.iterdir()):
        if path.name == "README.md":
            continue
        try:
            data = load(DataChoice(source="file", path=str(path)))
            told[path.name] = data.columns[0]
        except EngineError as error:
            told[path.name] = error.problem.code
    assert {name: told[name] for name in told if name.endswith(".zip")} == dict.fromkeys(
        (name for name in told if name.endswith(".zip")), "data.file-archive"
    )
    assert told["abort.parquet"] == "data.parquet-broken"
    assert told["header-newline.csv"] == "price\n(EUR)" and told["freeze.csv"] == "a"


def test_a_parquet_file_of_things_that_are_no_values(tmp_path: Path) -> None:
    path = tmp_path / "lists.parquet"
    pl.DataFrame({"a": [[1], [2], [3], [4]], "y": [[0], [1], [0], [1]]}).write_parquet(path)
    with pytest.raises(EngineError, match="neither numbers nor text"):
        load(DataChoice(source="file", path=str(path)))


def test_loading_can_be_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "good.csv"
    path.write_text(GOOD)
    with pytest.raises(EngineError) as caught:
        load(DataChoice(source="file", path=str(path)), cancelled=lambda: True)
    assert caught.value.problem.code == "data.cancelled"


def test_values_typed_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "good.csv"
    path.write_text(GOOD.replace("1,2", "1,u").replace("2,1", "2,v").replace("3,5", "3,u").replace("4,3", "4,u"))
    data = load(DataChoice(source="file", path=str(path)))
    for row, sentence in (
        ({"a": "x", "b": "u"}, "isn.t a value for “a”; enter a finite"),
        ({"a": "nan", "b": "u"}, "finite number"),
        ({"a": 1, "b": "w"}, "choose one of: u, v"),
    ):
        with pytest.raises(EngineError, match=sentence):
            data.encode_row(row)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "settings", [{"noise": 81}, {"noise": float("nan")}, {"train_share": 1}, {"seed": -1}, {"colour": "red"}]
)
def test_a_choice_out_of_range_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        DataChoice.model_validate(settings)


def test_a_choice_comes_back_from_its_json() -> None:
    choice = DataChoice.model_validate(
        {"source": "points", "points": [{"x1": 1, "x2": 2, "label": 0}], "features": ["a"], "noise": 5}
    )
    assert DataChoice.model_validate_json(choice.model_dump_json()) == choice


@pytest.mark.process
def test_a_parquet_file_that_ends_its_reader_is_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "table.parquet"
    pl.DataFrame({"a": [1, 2, 3, 4], "y": [0, 1, 0, 1]}).write_parquet(path)
    with monkeypatch.context() as harm:
        child = tmp_path / "aborting.py"
        child.write_text("import os; os.abort()")
        harm.setattr(parquet_trial, "engine_command", lambda *_asked: [sys.executable, str(child)])
        with pytest.raises(EngineError, match="would end the program"):
            load(DataChoice(source="file", path=str(path)))
    os.utime(path)  # a file that is another one now is tried anew
    assert load(DataChoice(source="file", path=str(path))).columns == ("a",)
    harmed = tmp_path / "cancelled.parquet"
    harmed.write_bytes(path.read_bytes())
    waiting = tmp_path / "waiting.py"
    waiting.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(parquet_trial, "engine_command", lambda *_asked: [sys.executable, str(waiting)])
    with pytest.raises(EngineError) as caught:
        load(DataChoice(source="file", path=str(harmed)), cancelled=lambda: True)
    assert caught.value.problem.code == "data.cancelled"


ODD_NAMES = ("^a$", "^.*$", "*", "count", "values", "us\ner", "u\u2028v", "a\x0bb", "{0}", "%s", "<img src=/dev/zero>")


@pytest.mark.parametrize("name", ODD_NAMES)
def test_columns_are_called_as_they_are_called(tmp_path: Path, name: str) -> None:
    path = tmp_path / "odd.csv"
    rows = "".join(f"{i},t{i % 3},{i % 2}\n" for i in range(20))
    path.write_text(f'"{name}",text,y\n{rows}')
    data = load(DataChoice(source="file", path=str(path)))
    assert data.inputs[0].name == name
    examples = data_source("file").examples(
        RecommenderData.model_validate({"source": "file", "path": path, "table": {"label": "y"}})
    )
    assert examples.table.width == 3 and fit_encoder(examples.table, examples.fields).columns(examples.table).rows == 20


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a,b\n" + b"1,2\n" * 3 + b"3," + b"9" * (9 << 20) + b"\n", "data.line-too-long"),
        (b"\n" * (8 << 20), "data.file-empty"),
        (b" \n" * (4 << 20), "data.file-empty"),
        (b",".join(b"%d" % i for i in range(30_000)) + b"\n" + b",".join([b"1"] * 30_000), "data.too-many-columns"),
        (b"a,b\r" + b"1,2\r" * 5 + b"1,2,3\r", "data.ragged-rows"),
    ],
)
def test_what_has_no_end_is_a_sentence_soon(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "endless.csv"
    path.write_bytes(content)
    with pytest.raises(EngineError) as error:
        load(DataChoice(source="file", path=str(path)))
    assert error.value.problem.code == code
