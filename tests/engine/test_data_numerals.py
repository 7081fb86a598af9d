"""Numbers as people write them: one manner a column, and what is open is decided by evidence and told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from engine.data import DataChoice, Dataset, inspect, load
from engine.data.numerals import COMMA, POINT, read_numbers
from tests.engine.test_data_files import codes


def read(values: list[str], wanted: str | None = None, elsewhere: str = POINT) -> list[float | None]:
    return read_numbers(pl.Series("v", values), wanted, lambda: elsewhere)[0].to_list()


def written(value: Decimal, decimal: str, groups: str) -> str:
    """By hand, without a locale."""
    whole, _, rest = f"{abs(value)}".partition(".")
    parts: list[str] = []
    while len(whole) > 3 and groups:
        whole, last = whole[:-3], whole[-3:]
        parts.insert(0, last)
    text = groups.join([whole, *parts]) + (decimal + rest if rest else "")
    return ("-" if value < 0 else "") + text


@pytest.mark.parametrize("groups", ["", ",", ".", " ", "\u202f", "\u00a0", "'", "’"])
@pytest.mark.parametrize("decimal", [".", ","])
def test_a_column_written_in_one_manner_is_read_in_it(decimal: str, groups: str) -> None:
    if groups == decimal:
        return
    cents = np.random.default_rng(1).integers(-(10**9), 10**9, 300)
    values = [Decimal(int(cent)) / 100 for cent in cents]
    texts = [written(value, decimal, groups) for value in values]
    assert read(texts) == pytest.approx([float(value) for value in values], rel=1e-15)


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        (["1,234,567", "12"], [1234567, 12]),
        (["12,34,567", "1,00,000"], [1234567, 100000]),
        (["0,123", "0,5"], [0.123, 0.5]),
        (["1,234", "512"], [1234, 512]),
        (["1,234", "1512"], [1.234, 1512]),
        (["1.234", "2.5"], [1.234, 2.5]),
        (["1,234", "2,5"], [1.234, 2.5]),
        (["12 %", "7%"], [12, 7]),
        (["$1,200.50", "-$5"], [1200.5, -5]),
        (["5,00 €", "1.000,00 €"], [5, 1000]),
        (["¥1,234", "¥12"], [1234, 12]),
        (["(1,200)", "3,000"], [-1200, 3000]),
        (["EUR 1,234.50", "EUR 12.00"], [1234.5, 12]),
        (["1,234.50 USD", "99.99 USD"], [1234.5, 99.99]),
        (["31 000 kr", "900 kr"], [31000, 900]),
        (["31\u00a0000\u00a0kr", "900\u00a0kr"], [31000, 900]),
        (["CHF 12'500.00", "CHF 80.50"], [12500, 80.5]),
        (["1.234,56 EUR", "7,50 EUR"], [1234.56, 7.5]),
        (["-45.00 GBP", "12.50 GBP"], [-45, 12.5]),
        (["12,50 zł", "100,00 zł"], [12.5, 100]),
        (["JPY5,000", "JPY800"], [5000, 800]),
        (["Rs. 1,20,000", "Rs. 950"], [120000, 950]),
        (["US$ 1,200.50", "-US$ 5"], [1200.5, -5]),
        (["(EUR 1,200)", "EUR 3,000"], [-1200, 3000]),
        (["−5", "+3"], [-5, 3]),
        (["1e3", "2.5E-1"], [1000, 0.25]),
    ],
)
def test_what_the_column_itself_decides(values: list[str], numbers: list[float]) -> None:
    assert read(values) == numbers


@pytest.mark.parametrize(
    "values", [["1,2,3", "4,5,6"], ["1.2.3", "4.5.6"], ["10.0.0.1", "1.1.1.1"], ["a", "b"], ["12-34", "1:2"], ["5 $ 5"]]
)
def test_what_is_no_number_stays_none(values: list[str]) -> None:
    assert read(values) == [None] * len(values)


@pytest.mark.parametrize(
    "values",
    [
        ["A 100", "A 101"], ["Room 12", "Room 3"], ["BMW 320", "BMW 118"], ["B2", "B11"], ["LH 1234", "LH 430"],
        ["10 Downing St", "11 Downing St"], ["mon 12", "mon 13"], ["Fr 12", "Fr 13"], ["3 May", "17 May"],
        ["12 EURO4", "5 EURO4"], ["EUR 12", "USD 14"],
    ],
)  # fmt: skip
def test_letters_beside_a_number_are_a_currency_or_make_it_a_name(values: list[str]) -> None:
    """The last: numbers of two currencies cannot be compared."""
    assert read(values) == [None] * len(values)


def test_what_is_open_follows_the_rest_of_the_file_and_is_told() -> None:
    for values in (["1,234", "2,345"], ["1.234", "2.345"]):
        mark = values[0][1]
        for sign in (POINT, COMMA):
            expected = [1.234, 2.345] if mark == sign else [1234, 2345]
            assert read(values, elsewhere=sign) == expected
            assert read(values, wanted=sign) == expected
    _, numerals = read_numbers(pl.Series(["1,234"]), None, lambda: POINT)
    assert numerals is not None and (numerals.value, numerals.other) == (1234, 1.234)


def load_text(tmp_path: Path, text: str, **settings: object) -> Dataset:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    choice = {"source": "file", "path": str(path), "standardise": False, **settings}
    return load(DataChoice.model_validate(choice))


def test_the_delimiter_and_the_other_columns_speak_for_a_decimal_sign(tmp_path: Path) -> None:
    rows = [("1,234", "5"), ("2,345", "6"), ("3,456", "7"), ("4,567", "8")]
    with_comma = "a,b,y\n" + "".join(f'"{a}",{b},{at % 2}\n' for at, (a, b) in enumerate(rows))
    data = load_text(tmp_path, with_comma)
    assert data.x[:, 0].tolist() == [1234, 2345, 3456, 4567] and codes(data) == ["numerals-open", "raw-numbers"]
    assert "it could also be 1.234" in data.notices[0].sentence
    with_semicolon = "a;b;y\n" + "".join(f"{a};{b};{at % 2}\n" for at, (a, b) in enumerate(rows))
    assert load_text(tmp_path, with_semicolon).x[:, 0].tolist() == [1.234, 2.345, 3.456, 4.567]
    by_others = with_semicolon.replace(";5;", ";5.25;").replace(";6;", ";6.5;")
    assert load_text(tmp_path, by_others).x[:, 0].tolist() == [1234, 2345, 3456, 4567]
    # The column that tells need not be an input.
    assert load_text(tmp_path, by_others, features=("a",)).x[:, 0].tolist() == [1234, 2345, 3456, 4567]
    assert load_text(tmp_path, by_others, decimal="comma", features=("a",)).x[0, 0] == 1.234
    points = by_others.replace("5.25", "5,25").replace("6.5", "6,5").replace("1,234", "1.234").replace(
        "2,345", "2.345").replace("3,456", "3.456").replace("4,567", "4.567")  # fmt: skip
    assert load_text(tmp_path, points).x[:, 0].tolist() == [1234, 2345, 3456, 4567]


def test_what_was_done_is_told_once_for_columns_written_alike(tmp_path: Path) -> None:
    rows = "".join(f"{at},5;{at}.000,75;{at},1;1.{at}00,0;{at % 2}\n" for at in range(1, 9))
    data = load_text(tmp_path, "a;b;c;d;y\n" + rows)
    assert data.x[0].tolist() == [1.5, 1000.75, 1.1, 1100.0]
    *told, raw = data.notices
    assert raw.code == "data.notice-raw-numbers"
    assert [notice.sentence for notice in told] == [
        "In “a”, “c”, “1,5” was read as 1.5, and all numbers likewise.",
        "In “b”, “d”, “1.000,75” was read as 1000.75, and all numbers likewise.",
    ]
    summary = inspect(DataChoice(source="file", path=str(tmp_path / "t.csv")))
    assert summary.notices == tuple(told)


def test_a_mixture_of_currencies_is_no_number(tmp_path: Path) -> None:
    rows = "".join(f"{'$' if at % 2 else '€'}{at % 4},{at},{at % 2}\n" for at in range(16))
    assert load_text(tmp_path, "price,b,y\n" + rows).columns[0] == "price=$1"


def test_files_of_before_are_read_as_they_were(tmp_path: Path) -> None:
    rows = "".join(f'"1,{at % 3}00",2024-01-0{at % 3 + 1},{at},{at % 2}\n' for at in range(12))
    data = load_text(tmp_path, "n,day,b,y\n" + rows, decimal="plain", dates="texts")
    assert data.columns[:4] == ("n=1,000", "n=1,100", "n=1,200", "day=2024-01-01") and not data.notices


def test_a_column_half_with_points_and_half_with_commas_has_no_other_reading() -> None:
    texts = pl.Series(["1.5", "1,5"] * 20)
    numbers, numerals = read_numbers(texts, None, lambda: ".")
    assert numbers.count() >= 20
    assert numerals is None or numerals.other is None
