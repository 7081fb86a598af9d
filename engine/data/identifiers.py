"""Columns that only tell rows apart, such as customers' numbers, and codes that recur, as opposed to measurements."""

from __future__ import annotations

import re
from typing import Final, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.data.dates import read_dates

_ALMOST_ALL: Final = 0.98
"""Share of different values from which on a column may tell rows apart."""
_FEW_TEXTS: Final = 20
_EXPECTED_REPEATS: Final = 8.0
"""From so many on it says something that there are hardly any: none of 8 happens once in 3,000 times."""
_FEW_DIGITS: Final = 6
"""Digits from which on numbers of one length may be codes: hardly anything is measured as finely."""
_FEW_BITS: Final = 31
"""The same of bits, as hashes have."""
_MOST_BITS: Final = 128
_EXACT: Final = 2.0**53
"""Up to this floats tell whole numbers apart."""
_FEW_NUMBERS: Final = 50
_LONG_AXIS: Final = 100
"""Rows up to which numbers that rise by one may be an axis, such as a speed; later they count the rows."""
_EVEN: Final = 3.857
"""Anderson and Darling's statistic (1954), which even draws exceed once in 100 times."""
_VALUES: Final = "values"
"""What a series is called meanwhile: to polars a name such as “^a$” is a pattern."""
_CLOCK: Final = ("%H%M", "%H%M%S")
_CALENDAR: Final = ("%d%m%y", "%m%d%y", "%y%m%d", "%d%m%Y", "%m%d%Y")

_RUN: Final = re.compile(r"[\u4e00-\u9fff]+|(?:(?![\u4e00-\u9fff])[^\W\d_])+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ANYWHERE: Final = frozenset(
    {"id", "ids", "uid", "uuid", "guid", "pid", "cid", "identifier", "rowname", "rownames", "rownum",
     "unnamed", "lfd", "isbn", "ssn", "iban", "imei"}
)  # fmt: skip
_LAST: Final = frozenset(
    {"no", "nr", "num", "number", "nummer", "numero", "numéro", "número", "key", "code", "ref",
     "reference", "idx"}
)  # fmt: skip
_THINGS: Final = frozenset(
    {"account", "asin", "barcode", "case", "client", "contract", "customer", "employee", "index",
     "invoice", "item", "kunde", "member", "observation", "obs", "order", "participant", "passenger",
     "patient", "phone", "policy", "postcode", "product", "record", "row", "sample", "serial", "sku", "student",
     "subject", "telephone", "ticket", "transaction", "user", "zip", "用户", "会员", "顾客", "客户", "账户", "患者",
     "病人", "员工", "学生"}
)  # fmt: skip
"""A column called by such a word alone says which one: “customer”, but not “customers” or “customer age”."""
_COMPOUND: Final = re.compile(
    rf".*(?:nummer|nr)|(?:{'|'.join(sorted(_THINGS))}|movie|film|song|book)(?:id|no|num|number|key|code)"
)
"""The same in one word: “Kundennummer”, “passengerid”."""
_CHINESE: Final = re.compile(r".*(?:号|号码|编码|代码|条码|邮编|电话|标识|标识符|主键|索引)")
_MEASURED: Final = frozenset(
    {"time", "timestamp", "date", "datetime", "ts", "epoch", "year", "month", "week", "day", "hour",
     "minute", "second", "seconds", "ms", "step", "iteration", "age", "rank", "ranking", "position",
     "price", "cost", "amount", "income", "salary", "revenue", "sales", "population", "count", "total",
     "size", "weight", "height", "length", "width", "depth", "distance", "area", "volume",
     "temperature", "jahr", "monat", "tag", "datum", "zeit", "时间", "时间戳", "日期", "年", "年份", "月", "月份",
     "日", "天", "小时", "年龄", "排名", "名次", "价格", "金额", "收入", "工资", "人口", "数量", "距离", "面积"}
)  # fmt: skip


Spelling = Literal["plain", "padded", "amount"]
"""How whole numbers are written: with zeros before them, as codes are, or as amounts are, in groups or with a unit."""
_PLAIN: Final = r"^[+-]?[\d.]+(?:[eE][+-]?\d+)?$"


def is_identifier(name: str, values: pl.Series, spelling: Spelling = "plain") -> bool:
    """Whether a column only tells rows apart; ``values``: numbers or texts, null where missing.

    Almost all differ. Besides, the name says so, or they are many texts and no dates, or they are whole numbers that
    were given out: nobody pads a measured one, those of a narrow range would repeat, and long ones aren't spread evenly
    over all of their length. Nobody writes such a number with a currency.
    """
    is_numeric, values = values.dtype.is_numeric(), values.alias(_VALUES)
    present = values.drop_nulls() if not values.dtype.is_float() else values.drop_nans().drop_nulls()
    if is_numeric and not _are_whole(present):
        return False
    if not _almost_all_differ(present):
        return False
    words = _words(name)
    if _names_identifiers(name, words):
        return True
    if not is_numeric:
        return differ_as_texts(present) and not _are_dates(present)
    if spelling == "amount" or _MEASURED & set(words):
        return False
    numbers = present.cast(pl.Float64).to_numpy()
    return spelling == "padded" or _fill_their_length(numbers) or (not _is_letter(words) and _were_given_out(numbers))


def are_codes(name: str, numbers: pl.Series) -> bool:
    """Whether numbers that recur are names in digits: spread evenly over all of their length, as if drawn by lot, which
    would hardly ever draw one twice."""
    present = numbers.alias(_VALUES).cast(pl.Float64)
    present = present.filter(present.is_finite())
    if _MEASURED & set(_words(name)) or not _are_whole(present) or _almost_all_differ(present):
        return False
    distinct = present.unique().to_numpy()
    return len(present) - len(distinct) > 10.0 * _expected_repeats(present.to_numpy()) and _fill_their_length(distinct)


def differ_as_texts(values: pl.Series) -> bool:
    """Whether values taken as texts differ in almost every row, and aren't just few."""
    present = values.alias(_VALUES).drop_nulls()
    return present.n_unique() > _FEW_TEXTS and _almost_all_differ(present)


def spelling_of(texts: pl.Series) -> Spelling:
    """How numbers are written, of which the texts have most."""
    present = texts.alias(_VALUES).drop_nulls()
    if _are_padded(present):
        return "padded"
    plain = present.str.contains(_PLAIN).sum()
    return "plain" if plain >= len(present) / 2 else "amount"


def _are_padded(present: pl.Series) -> bool:
    """Whether texts are whole numbers with zeros before them, all of one length, and neither dates nor times."""
    if not len(present) or not present.str.contains(r"^0\d").any():
        return False
    length = present.str.len_bytes()
    if length.min() != length.max() or not present.str.contains(r"^\d+$").all():
        return False
    times = (present.str.to_time(form, strict=False) for form in _CLOCK)
    dates = (present.str.to_date(form, strict=False) for form in _CALENDAR)
    return all(read.null_count() for read in (*times, *dates))


def _almost_all_differ(present: pl.Series) -> bool:
    distinct = present.n_unique()
    return distinct >= 2 and distinct >= _ALMOST_ALL * len(present)


def _are_dates(present: pl.Series) -> bool:
    return present.dtype.is_temporal() or (
        present.dtype == pl.String and read_dates(present, None, lambda: None) is not None
    )


def _are_whole(numbers: pl.Series) -> bool:
    return numbers.dtype.is_integer() or bool((numbers == numbers.floor()).all())


def _words(name: str) -> list[str]:
    """The words of a name in small letters: ``userID`` and ``user_id`` are ``user`` and ``id``."""
    return [word.lower() for run in _RUN.findall(name) for word in _CAMEL.split(run)]


def _is_letter(words: list[str]) -> bool:
    """Whether a name is a variable, such as x₁."""
    return [len(word) for word in words] == [1] and words[0].isascii()


def _names_identifiers(name: str, words: list[str]) -> bool:
    if not words:
        return name.strip() in ("", "#", "№")
    return (
        not _ANYWHERE.isdisjoint(words)
        or words[-1] in _LAST
        or _THINGS.issuperset(words)
        or any(_COMPOUND.fullmatch(word) or _CHINESE.fullmatch(word) for word in words)
    )


def _were_given_out(numbers: NDArray[np.float64]) -> bool:
    """Whether whole numbers repeat far less than draws from their range would, which repeat least if it is uniform.

    Numbers in steps, and those that ascend or descend in the file, may be an axis, such as a time or a speed, unless
    most of many follow the one before by one.
    """
    rows, ascending, expected = len(numbers), np.unique(numbers), _expected_repeats(numbers)
    if expected < _EXPECTED_REPEATS or rows - len(ascending) > expected / 10.0:
        return False
    jumps, steps = np.diff(numbers), np.diff(ascending).astype(np.int64)
    is_sorted = bool((jumps >= 0).all() or (jumps <= 0).all())
    counts_rows = rows > _LONG_AXIS and float(np.median(np.abs(jumps))) == 1.0
    return (counts_rows or not is_sorted) and int(np.gcd.reduce(steps)) == 1


def _expected_repeats(numbers: NDArray[np.float64]) -> float:
    """How often as many even draws of whole numbers from their range would repeat one."""
    rows = len(numbers)
    return rows * (rows - 1) / (2.0 * float(np.ptp(numbers) + 1.0)) if rows else 0.0


def _fill_their_length(numbers: NDArray[np.float64]) -> bool:
    """Whether many different whole numbers lie evenly among all of as many digits, or bits, with or without a sign.

    What is measured gathers somewhere, and timestamps and years fill a small part of those of their length.
    """
    top = float(np.abs(numbers).max(initial=1.0))
    digits, bits = np.floor(np.log10(top)), np.floor(np.log2(top)) + 1.0
    if len(numbers) < _FEW_NUMBERS or bits > _MOST_BITS:
        return False
    if top < _EXACT and int(np.gcd.reduce(np.diff(np.unique(numbers)).astype(np.int64))) != 1:
        return False
    return (digits + 1 >= _FEW_DIGITS and _are_even(numbers, 10.0**digits, 10.0 ** (digits + 1))) or (
        bits >= _FEW_BITS and any(_are_even(numbers, low, 2.0**bits) for low in (0.0, -(2.0**bits)))
    )


def _are_even(numbers: NDArray[np.float64], low: float, high: float) -> bool:
    """Whether numbers lie from ``low`` to ``high`` as even draws do, by the test of Anderson and Darling."""
    shares = np.sort((numbers - low + 0.5) / (high - low))
    if shares[0] <= 0.0 or shares[-1] >= 1.0:
        return False
    weights = 2.0 * np.arange(1, len(shares) + 1) - 1.0
    distance = -len(shares) - float(np.mean(weights * (np.log(shares) + np.log1p(-shares[::-1]))))
    return distance < _EVEN
