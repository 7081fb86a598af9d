"""Numbers as people write them: thousands set apart, a decimal comma, a sign of currency or per cent.

A column is read in one manner throughout. Which, the column itself decides; where it leaves two open (``1,234`` alone
may be 1234 or 1.234), what the rest of the file says decides, and that is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

STRAY_SHARE: Final = 0.05
"""A column of texts is one of numbers, or of dates, when at most one value in twenty is something else."""
PROBE: Final = 1000
"""So many values, spread evenly, tell whether a closer look is worth while."""

POINT, COMMA = ".", ","
_SPACES: Final = "[\u00a0\u2007\u2009\u202f]"
_CODES: Final = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP"
    " CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF"
    " IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD"
    " MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB"
    " RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD"
    " UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
"""Currencies by ISO 4217."""
_CURRENCY: Final = r"[A-Z]{0,3}\$|[€£¥￥₹₩₽]|kr\.?|Kč|zł|Ft|lei|Rs\.?|Fr\.|" + _CODES.replace(" ", "|")
_UNIT: Final = _CURRENCY + "|[元%％‰]"
_ONLY_GROUPS: Final = r"^[+-]?[1-9]\d{0,2}(?:\.\d{3})*$"
_LIKELY: Final = rf"^\(?[+−-]?\s*(?:{_CURRENCY})?\s*-?[\d.,'’ʼ\s]*\d[.,]?(?:[eE][+-]?\d+)?\s*(?:{_UNIT})?\)?$"
_Manner = tuple[str, str]
_MANNERS: Final[tuple[_Manner, ...]] = (
    (POINT, ""), (COMMA, ""), (POINT, COMMA), (COMMA, POINT), (POINT, " "), (COMMA, " "), (POINT, "'"), (COMMA, "'"),
)  # fmt: skip
"""Decimal sign and what sets thousands apart, the plainest first."""


@dataclass(frozen=True, slots=True)
class Numerals:
    """How a column's numbers are written, where not as a program would; ``example`` of the file was read as ``value``.

    ``other``: what the example would be in the other manner, where the column alone leaves both open.
    """

    decimal: str
    groups: str
    unit: str
    example: str
    value: float
    other: float | None = None


def read_numbers(
    texts: pl.Series, wanted: str | None, elsewhere: Callable[[], str]
) -> tuple[pl.Series, Numerals | None]:
    """``texts`` (blanks stripped) as Float64, null where they are no numbers; and how they are written, if not plainly.

    ``wanted`` is the decimal sign that a person asks for; ``elsewhere()`` the one that the rest of the file speaks for.
    """
    plain = texts.cast(pl.Float64, strict=False)
    if wanted is None and plain.null_count() == texts.null_count() and not _may_be_groups(texts, elsewhere):
        return plain, None
    probe = probe_of(texts)
    if 2 * int(probe.str.contains(_LIKELY).sum()) < max(1, len(probe)):
        return plain, None
    tidied, unit = _without_unit(texts)
    tied = _best(tidied, wanted)
    if tied is None:
        return plain, None
    chosen, other = _decide(tidied, tied, elsewhere)
    numbers = _parse(tidied, *chosen)
    alternative = None if other is None else _parse(tidied, *other)
    return numbers, _described(texts, numbers, plain, alternative, (*chosen, unit))


def decimal_sign(columns: Iterable[pl.Series]) -> str | None:
    """The decimal sign that most of a file's columns of texts can only be read with, if any."""
    votes = {POINT: 0, COMMA: 0}
    for texts in columns:
        bare, _ = _without_unit(probe_of(texts).str.strip_chars())
        if not bare.str.contains("[.,]").any():  # whole numbers tell nothing
            continue
        tied = _best(bare)
        if tied is not None and len(tied) == 1:
            votes[tied[0][0]] += 1
    if votes[POINT] == votes[COMMA]:
        return None
    return POINT if votes[POINT] > votes[COMMA] else COMMA


def plainly(value: float) -> str:
    """A number as a program writes it.

    >>> plainly(1234.0), plainly(0.5)
    ('1234', '0.5')
    """
    return f"{value:.15g}"


def _may_be_groups(texts: pl.Series, elsewhere: Callable[[], str]) -> bool:
    """Whether every point may set thousands apart, in a file that has decimal commas elsewhere."""
    dotted = bool(texts.str.contains(POINT, literal=True).any())
    return dotted and bool(texts.str.contains(_ONLY_GROUPS).all()) and elsewhere() == COMMA


def probe_of(texts: pl.Series) -> pl.Series:
    """So many of the values that are there as tell whether a closer look is worth while."""
    present = texts.drop_nulls() if texts.null_count() else texts
    step = len(present) // PROBE
    return present.gather_every(step) if step > 1 else present


def _manners(texts: pl.Series, wanted: str | None) -> list[_Manner]:
    """Those whose signs occur, and the plainest."""
    there = {sign for sign in (POINT, COMMA, " ", "'") if texts.str.contains(sign, literal=True).any()}
    signs = (wanted,) if wanted else (POINT, COMMA) if there & {POINT, COMMA} else (POINT,)
    return [manner for manner in _MANNERS if manner[0] in signs and (not manner[1] or manner[1] in there)]


def _best(texts: pl.Series, wanted: str | None = None) -> list[_Manner] | None:
    """The manners that read most of ``texts``, the first of those that read the same; None where they read few."""
    read = [(manner, _parse(texts, *manner)) for manner in _manners(texts, wanted)]
    most = max(numbers.count() for _, numbers in read)
    if not most:
        return None
    tied: list[tuple[_Manner, pl.Series]] = []
    for manner, numbers in read:
        if numbers.count() == most and not any(numbers.equals(before) for _, before in tied):
            tied.append((manner, numbers))
    return [manner for manner, _ in tied]


def _decide(texts: pl.Series, tied: list[_Manner], elsewhere: Callable[[], str]) -> tuple[_Manner, _Manner | None]:
    """The manner to read in, and the other one that was possible."""
    if len(tied) == 1:
        return tied[0], None
    sign = elsewhere()
    grouped = next((manner for manner in tied if manner[1]), tied[0])
    whole = texts.filter(texts.str.contains(r"^[+-]?\d+$")).cast(pl.Float64, strict=False).abs()
    if (whole >= 1000).any():  # thousands are not set apart here
        chosen = next((manner for manner in tied if not manner[1]), tied[0])
    elif (whole >= 100).any():  # up to 999 without a mark, from 1000 on with one
        chosen = grouped
    else:
        chosen = next((manner for manner in tied if manner[0] == sign), tied[0])
    return chosen, next(manner for manner in tied if manner != chosen)


def _without_unit(texts: pl.Series) -> tuple[pl.Series, str]:
    """Texts with usual blanks, apostrophes and minus signs, and without the unit that almost all of them bear."""
    tidied = texts.str.replace_all(_SPACES, " ").str.replace_all("[’ʼ]", "'").str.replace("−", "-", literal=True)
    # Accountants write a loss in brackets.
    tidied = tidied.str.replace(rf"^\(((?:{_CURRENCY})?[\d.,' ]+(?:{_UNIT})?)\)$", "-$1")
    found = tidied.str.extract(rf"^[+-]?\s*({_CURRENCY})\s*[+-]?[\d.,]")
    found = found.zip_with(found.is_not_null(), tidied.str.extract(rf"\d\s*({_UNIT})$"))
    counts = found.drop_nulls().value_counts(sort=True)
    present = len(texts) - texts.null_count()
    if not counts.height or counts["count"][0] < (1 - STRAY_SHARE) * present:
        return tidied, ""
    unit = str(counts[found.name][0])
    mark = re.escape(unit)
    bare = tidied.str.replace(rf"^([+-]?)\s*{mark}\s*", "$1").str.replace(rf"\s*{mark}$", "")
    if unit in "%％‰":  # 5 is not 5 %
        bare = bare.set(found.is_null(), None)
    return bare, unit


def _parse(texts: pl.Series, decimal: str, groups: str) -> pl.Series:
    """``texts`` as Float64 in one manner, null where that does not read them."""
    if not groups and decimal == POINT:
        return texts.cast(pl.Float64, strict=False)
    mark, apart = re.escape(decimal), re.escape(groups)
    whole = r"\d+"
    if groups:
        lakhs = rf"|[1-9]\d?(?:{apart}\d{{2}})+{apart}\d{{3}}" if groups == COMMA else ""
        whole = rf"(?:\d+|[1-9]\d{{0,2}}(?:{apart}\d{{3}})+{lakhs})"
    fits = texts.str.contains(rf"^[+-]?(?:{whole}(?:{mark}\d*)?|{mark}\d+)(?:[eE][+-]?\d+)?$|^[+-]?(?i:inf|infinity)$")
    read = texts.set(~fits.fill_null(False), None)
    if groups:
        read = read.str.replace_all(groups, "", literal=True)
    return read.str.replace(decimal, POINT, literal=True).cast(pl.Float64, strict=False)


def _described(
    texts: pl.Series, numbers: pl.Series, plain: pl.Series, alternative: pl.Series | None, manner: tuple[str, str, str]
) -> Numerals | None:
    """How the first number that is not written plainly, or could be another, was read; None where there is none."""
    telling = numbers.is_not_null() & numbers.ne_missing(plain)
    if alternative is not None:
        differing = numbers.ne(alternative).fill_null(False)  # null where one of the two cannot be read
        telling, alternative = (differing, alternative) if differing.any() else (telling, None)
    if not telling.any():
        return None
    at = int(telling.arg_true()[0])
    other = None if alternative is None else float(alternative[at])
    return Numerals(*manner, example=str(texts[at]), value=float(numbers[at]), other=other)
