"""Texts and numbers that readers have stumbled over, here and elsewhere."""

from __future__ import annotations

from random import Random

NUMBERS = (
    "0", "-0", "1", "-1", "0.5", "-0.0", "1e308", "-1e308", "1e309", "-1e309", "5e-324", "1e-400", "NaN", "nan",
    "Infinity", "-Infinity", "inf", "2147483647", "2147483648", "-2147483649", "4294967296", "9007199254740993",
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e18", "1e19",
    "1_000", "0x10", "0b1", "010", "1.", ".5", "+1", "1,5", "1.234,56", "1 234", "1'234", "١٢٣", "½", "²", "1e", "e5",
    "1e99999999", "9" * 400, "0." + "3" * 400, "9" * 5000, "1" + "0" * 30,
)  # fmt: skip
TEXTS = (
    "", " ", "\t", "\n", "\r", "\r\n", "\u2028", "\x0b", "\x0c", "\x1c", "\x85", "\x00", "\x1a", "\x7f",
    "\ufeff", "\ufffe",
    "\ud800", "\udcff", "\U0010ffff", "\u202e", "a\u0301", "İ", "ß", "ﬁ", "中文", "🙂", "‮", '"', "'", '""',
    "\\", "\\u0000",
    "/", "//", "..", "../..", "/dev/zero", "NUL", "a/b", "W", "b", "#", "%s", "{}", "{0}", "{path}", "%",
    "$", "^.*$", "*",
    "<img src=/dev/zero>", "<b>", "&amp;", "true", "null", "None", "na", "?", "-", "__class__",
    "__metadata__", "x" * 300,
    "x" * 70_000, "(" * 300, "[" * 2000,
)  # fmt: skip
DATES = (
    "2024-02-29", "2023-02-29", "0000-00-00", "9999-12-31", "10000-01-01", "0001-01-01", "1970-01-01T00:00:00Z",
    "03/04/2024", "31.12.99", "2024-01-01 25:61:61", "2024-01-01T00:00:00.123456789+14:00", "12:30", "1e12",
    "99999999999999",
    "253402300800", "-62135596801", "20240101", "Jan 1, 2024",
)  # fmt: skip


def number(rng: Random) -> str:
    """A number as a text, or nearly one."""
    way = rng.randrange(4)
    if way == 0:
        return str(rng.randrange(-10, 1000))
    if way == 1:
        return repr(rng.gauss(0, 10.0 ** rng.randrange(-6, 12)))
    return rng.choice(NUMBERS)


def word(rng: Random) -> str:
    """Any of these."""
    return rng.choice((rng.choice(TEXTS), rng.choice(TEXTS), number(rng), rng.choice(DATES)))
