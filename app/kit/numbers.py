"""Numbers as people read and type them: the one writer of numbers in the window, with a named style for every place.

The pieces at the top are shared; a style is a few lines on them. What is very small or very large is written with its
power of ten, ``1.2·10⁻⁹``; ``1.2e−9`` stands where it can be typed. Files for programs (CSV, JSON) write numbers whole.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from engine.problems import filled_in

MINUS = "−"
NOTHING = "–"
"""Stands where there is no number."""

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_BASELINE = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_RECENT = timedelta(days=300)
"""So long a day of the year stands for itself."""
TIMES_TEN = "·10"
"""Stands before a raised exponent."""


# What the styles share ---------------------------------------------------------------------------------------------


def rounded(value: float, digits: int = 2) -> float:
    """The value cut to so many significant digits: a number still, to be written or kept.

    >>> rounded(0.012345), rounded(98765.0, 3)
    (0.012, 98800.0)
    """
    return float(f"{value:.{digits}g}")


def _minus(text: str) -> str:
    """The text with a real minus sign; none before a zero."""
    return (text if any(digit in "123456789" for digit in text) else text.lstrip("-")).replace("-", MINUS)


def _not_finite(value: float) -> str:
    return "NaN" if math.isnan(value) else ("∞" if value > 0 else f"{MINUS}∞")


def _parts(value: float, decimals: int) -> tuple[str, int]:
    """Mantissa, with so many decimals, and exponent of ten."""
    mantissa, exponent = f"{value:.{decimals}e}".split("e")
    return mantissa, int(exponent)


def _by_exponent(value: float, decimals: int, *, trimmed: bool = False) -> str:
    """``1.2·10⁻⁵``: mantissa and power of ten; ``trimmed`` takes the zeros off the mantissa's end."""
    mantissa, exponent = _parts(value, decimals)
    if trimmed and "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{_minus(mantissa)}{TIMES_TEN}{str(exponent).translate(_SUPERSCRIPTS)}"


_SHORTEST, _LONGEST = 1e-3, 1e15
"""Numbers of another size are written with a power of ten where every digit counts."""
_SHORTEST_READ = 1e-2
"""Numbers below it are written with a power of ten in text, charts and tables."""


# Values ------------------------------------------------------------------------------------------------------------


def short(value: float, digits: int = 3) -> str:
    """A value in running text and read-outs: three significant digits, with the zeros at their end; beside a power of
    ten, two.

    >>> short(0.4423), short(2.0), short(-1.2e-5), short(0.0052), short(41300.0), short(float("inf"))
    ('0.442', '2.00', '−1.2·10⁻⁵', '5.2·10⁻³', '41,300', '∞')
    >>> short(1.2e-9, 2), short(0.4423, 2), short(9.996), short(10.0)
    ('1.2·10⁻⁹', '0.44', '10.0', '10.0')
    """
    if not math.isfinite(value):
        return _not_finite(value)
    if value == 0:
        return "0"
    size = abs(value) if abs(value) >= 1000 else rounded(abs(value), digits)
    if size >= 1e6 or size < _SHORTEST_READ:
        return _by_exponent(value, max(digits - 2, 1))
    if size >= 1000:
        return _minus(grouped(value))
    decimals = max(0, digits - 1 - math.floor(math.log10(size)))
    return _minus(f"{value:.{min(decimals, 3)}f}")


def of_data(value: float) -> str:
    """A number of the data: a whole one with all its digits, which standardising may leave a hair off, others short.

    >>> of_data(3.0000000000000004), of_data(-361000.0), of_data(0.4423), of_data(1e20)
    ('3', '−361,000', '0.442', '1.0·10²⁰')
    """
    is_whole = abs(value) < _LONGEST and abs(value - round(value)) <= 1e-9 * max(1.0, abs(value))
    return _minus(grouped(round(value))) if is_whole else short(value)


def within(value: float, low: float, high: float) -> str:
    """A value of a scale: short, unless that would write both of its ends alike; then to a tenth of their distance or
    finer.

    >>> within(0.5, 0.0, 1.0), within(2020.25, 2020.1, 2020.4), within(1e12 + 59, 1e12, 1e12 + 59)
    ('0.500', '2,020.25', '1,000,000,000,059')
    >>> within(3.000004e20, 3e20, 3.00001e20)
    '3.0000040·10²⁰'
    """
    if not low < high or not math.isfinite(high - low) or not math.isfinite(value) or short(low) != short(high):
        return short(value)
    place = math.floor(math.log10(high - low)) - 1
    size = max(abs(low), abs(high), abs(value))
    if _SHORTEST <= size < _LONGEST:
        return _minus(grouped(value, max(0, -place)))
    return _by_exponent(value, max(0, _parts(value, 0)[1] - place)) if value else "0"


def significant(value: float, digits: int = 3) -> str:
    """A value on the canvas and in its cards: at most so many significant digits, no zeros at their end.

    >>> significant(0.4423), significant(2.0), significant(-1.2), significant(3.1e-5), significant(41300.0)
    ('0.442', '2', '−1.2', '3.1·10⁻⁵', '4.13·10⁴')
    """
    if not math.isfinite(value):
        return _not_finite(value)
    if value == 0.0:
        return "0"
    text = f"{value:.{digits}g}"
    if "e" in text or not 1e-3 <= abs(value) < 1e5:
        return _by_exponent(value, digits - 1, trimmed=True)
    return _minus(text)


def in_tile(value: float) -> str:
    """A value in a tile: three digits at most, of which two are decimals, or three below 0.1.

    >>> in_tile(0.4423), in_tile(-12.34), in_tile(412.6), in_tile(0.005), in_tile(-0.0346), in_tile(4321.0), in_tile(0)
    ('0.44', '−12.3', '413', '0.005', '−0.035', '4·10³', '0.00')
    """
    size = abs(value)
    if not math.isfinite(value) or size >= 1000 or 0 < size < 0.001:
        return significant(value, 1)
    return _minus(f"{value:.{3 if 0 < size < 0.0995 else 2 if size < 10 else 1 if size < 100 else 0}f}")


def fixed(value: float, decimals: int = 2) -> str:
    """A weight or an activation among others: so many decimals; very small and very large ones by their exponent.

    >>> fixed(-0.0), fixed(-0.034), fixed(0.0004), fixed(12345.0), fixed(1.0, 0)
    ('0.00', '−0.03', '4.0·10⁻⁴', '12,345', '1')
    """
    if not math.isfinite(value) or (value != 0 and not 10**-decimals / 2 <= abs(value) < 1e4):
        return short(value)
    return _minus(f"{value:.{decimals}f}")


def dragged(value: float, decimals: int = 2) -> str:
    """A number that can be changed where it stands: so many decimals, and up to two more where it has them.

    >>> dragged(0.5), dragged(-0.499), dragged(1 / 3), dragged(0.0004), dragged(12345.0)
    ('0.50', '−0.499', '0.3333', '0.0004', '12,345')
    """
    more = next((more for more in range(3) if round(value, decimals + more) == value), 2)
    return fixed(value, decimals + more)


def signed(value: float, decimals: int = 2) -> str:
    """A term of a sum that is read from top to bottom: so many decimals, and its sign in any case.

    >>> signed(0.2423, 3), signed(-1.16), signed(0.0, 1), signed(-0.0001, 3)
    ('+0.242', '−1.16', '0.0', '0.000')
    """
    if not math.isfinite(value):
        return _not_finite(value)
    text = f"{value:+.{decimals}f}"
    return _minus(text if float(text) else text[1:])


def with_error(value: float, error: float, decimals: int, *, sign: bool = False) -> str:
    """A figure ± its error, to the same place (:func:`engine.uncertainty.digits_with_error`); alone where no error is
    known. ``sign``: a difference, with its sign in any case.

    >>> with_error(0.5902, 0.0304, 4), with_error(-0.05741, 0.0304, 4), with_error(0.0526, 0.0475, 4, sign=True)
    ('0.5902 ± 0.0304', '−0.0574 ± 0.0304', '+0.0526 ± 0.0475')
    >>> with_error(3.2e-7, 1.899e-7, 4), with_error(0.1, 0.03, 1), with_error(0.0, 0.0, 1, sign=True)
    ('(3.2 ± 1.9)·10⁻⁷', '0.10 ± 0.03', '0.0 ± 0.0')
    """
    from engine.uncertainty import digits_with_error  # no first frame shows an error

    if not (math.isfinite(value) and math.isfinite(error)):
        return signed(value, decimals) if sign else fixed(value, decimals)
    text, apart, exponent = digits_with_error(value, error, decimals)
    plus = "+" if sign and float(text) > 0 else ""
    both = f"{plus}{_minus(text)} ± {apart}"
    return f"({both})·{power_of_ten(exponent)}" if exponent else both


def mathtext(value: float, decimals: int = 2) -> str:
    r"""``fixed`` as mathtext, inside a formula: the minus a sign and no difference, powers of ten typeset.

    >>> print(mathtext(-0.034), mathtext(-0.0004), mathtext(float("-inf")))
    {-}0.03 {-}4.0{\cdot}10^{-4} {-}\infty
    """
    text = fixed(float(value), decimals).replace(MINUS, "-")
    if text.startswith("-"):
        text = "{-}" + text[1:]
    if TIMES_TEN in text:
        mantissa, exponent = text.split(TIMES_TEN)
        return rf"{mantissa}{{\cdot}}10^{{{exponent.translate(_BASELINE)}}}"
    return text.replace("NaN", r"\mathrm{NaN}").replace("∞", r"\infty")


def scientific(value: float) -> str:
    """A ratio or a norm of any size: three digits near 1, else two and the power of ten.

    >>> scientific(0.125), scientific(5.0), scientific(0.00123), scientific(41300.0), scientific(0.0)
    ('0.125', '5.00', '1.2·10⁻³', '4.1·10⁴', '0')
    """
    if value == 0 or not math.isfinite(value) or _SHORTEST_READ <= rounded(abs(value), 3) < 1e3:
        return short(value)
    return _by_exponent(value, 1)


def factor(value: float) -> str:
    """How many times as much: two digits, from ten thousand on the power of ten alone.

    >>> factor(3.24), factor(448.0), factor(98765.0)
    ('3.2', '450', '10⁵')
    """
    if not math.isfinite(value):
        return _not_finite(value)
    if value < 1e4:
        return short(rounded(value), 2)
    return power_of_ten(_parts(value, 0)[1])


def percent(share: float) -> str:
    """A share as whole per cent, a half rounded up; something that is there is never shown as 0 %.

    >>> percent(0.125), percent(0.625), percent(0.001), percent(0.0)
    ('13 %', '63 %', '<1 %', '0 %')
    """
    if 0 < share < 0.005:
        return "<1 %"
    return f"{math.floor(round(100 * share, 9) + 0.5)} %"


def probability(share: float) -> str:
    """A probability as per cent with one decimal; 0 % and 100 % only where it is exactly that.

    >>> probability(0.6987), probability(0.0002), probability(0.99996), probability(1.0), probability(float("nan"))
    ('69.9 %', '<0.1 %', '>99.9 %', '100 %', '–')
    """
    if not math.isfinite(share):
        return NOTHING
    if share in (0.0, 1.0):
        return f"{100 * share:.0f} %"
    if share < 0.001:
        return "<0.1 %"
    return ">99.9 %" if share > 0.999 else f"{100 * share:.1f} %"


# Arithmetic --------------------------------------------------------------------------------------------------------

_LEAST_DECIMAL, _MOST_DECIMAL = 1e-4, 1e6
"""Numbers of another size are written with a power of ten in a line of arithmetic."""


def to_digits(value: float, digits: int) -> str:
    """A number in a line of arithmetic: so many significant digits, none of its integer part cut, whole if it is short.

    >>> to_digits(0.30391, 3), to_digits(-4.05e-13, 3), to_digits(12345.6, 3), to_digits(0.5, 4), to_digits(9.996, 3)
    ('0.304', '−4.05·10⁻¹³', '12346', '0.5', '10.0')
    """
    if not math.isfinite(value):
        return _not_finite(value)
    mantissa, _, exponent = _digits_text(value, digits).partition("e")
    return _minus(mantissa) + (f"·{power_of_ten(int(exponent))}" if exponent else "")


def whole(value: float) -> str:
    """A setting in a line of arithmetic: every digit that it was given.

    >>> whole(0.999), whole(1e-8), whole(10.0)
    ('0.999', '1·10⁻⁸', '10')
    """
    return to_digits(value, 12)


def every_digit(value: float) -> str:
    """A number with all the digits that tell it from its neighbours, to be held beside another program's.

    >>> every_digit(0.1), every_digit(-0.0846090406402806)
    ('0.1', '−0.0846090406402806')
    """
    return to_digits(value, len(repr(abs(value)).partition("e")[0].replace(".", "").lstrip("0")) or 1)


def as_written(value: float, digits: int) -> float:
    """What :func:`to_digits` says, as a number.

    >>> as_written(0.30391, 3), as_written(12345.6, 3)
    (0.304, 12346.0)
    """
    return float(_digits_text(value, digits)) if math.isfinite(value) else value


def last_place(value: float, digits: int) -> float:
    """What one in the last of the digits stands for.

    >>> last_place(0.30391, 3), last_place(12345.6, 3)
    (0.001, 1.0)
    """
    exponent = _parts(value, digits - 1)[1]
    decimal = _LEAST_DECIMAL <= abs(value) < _MOST_DECIMAL
    return float(f"1e{min(0, exponent - digits + 1) if decimal else exponent - digits + 1}")


def _digits_text(value: float, digits: int) -> str:
    mantissa, exponent = _parts(value, digits - 1)
    if value == 0:
        return "0"
    if _LEAST_DECIMAL <= abs(value) < _MOST_DECIMAL:
        text = f"{value:.{max(0, digits - 1 - exponent)}f}"
        return text.rstrip("0").rstrip(".") if "." in text and float(text) == value else text
    if float(f"{mantissa}e{exponent}") == value and "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{exponent}"


# Counts and axes ---------------------------------------------------------------------------------------------------


def grouped(value: float, decimals: int = 0) -> str:
    """A count, its thousands set apart.

    >>> grouped(28672), grouped(12.34, 1)
    ('28,672', '12.3')
    """
    return f"{value:,.{decimals}f}"


def counted(number: int, template: str) -> str:
    """Fill a count into a template, whose nouns agree with it as in :func:`engine.problems.filled_in`.

    >>> counted(1, "{count} {count:unit|units}"), counted(1200, "{count} {count:unit|units}")
    ('1 unit', '1,200 units')
    """
    return filled_in(template, {"count": grouped(number)})


def count(value: float) -> str:
    """A number of steps on an axis.

    >>> count(900), count(12000), count(1.5e6)
    ('900', '12k', '1.5M')
    """
    for size, unit in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.4g}{unit}"
    return f"{value:.0f}"


def plain(value: float, digits: int = 4) -> str:
    """A tick of a linear axis, an entry of a list: so many digits at most, no zeros at their end.

    >>> plain(0.25), plain(-2.0), plain(1e300), plain(-1.5e-7), plain(1.0005e20, 6)
    ('0.25', '−2', '1·10³⁰⁰', '−1.5·10⁻⁷', '1.0005·10²⁰')
    """
    text = f"{value:.{digits}g}"
    return _by_exponent(value, digits - 1, trimmed=True) if "e" in text else _minus(text)


def decade(exponent: int) -> str:
    """A tick of a logarithmic axis: plain from 0.001 to 1000, a power of ten beyond.

    >>> decade(-5), decade(-1), decade(0), decade(3), decade(12)
    ('10⁻⁵', '0.1', '1', '1000', '10¹²')
    """
    return typed(10.0**exponent) if abs(exponent) < 4 else power_of_ten(exponent)


def power_of_ten(exponent: int) -> str:
    """A power of ten in running text.

    >>> power_of_ten(-3)
    '10⁻³'
    """
    return "10" + str(exponent).translate(_SUPERSCRIPTS)


# The read-outs of a run --------------------------------------------------------------------------------------------


def epoch_text(epoch: float) -> str:
    """Epochs; within one to two decimals, never rounded up to an end not reached; from ten million on in millions.

    >>> epoch_text(900.0), epoch_text(380.6), epoch_text(0.999), epoch_text(1234567.0), epoch_text(12345678.0)
    ('900', '380.6', '0.99', '1,234,567', '12.34M')
    """
    if epoch >= 1e7:
        return f"{math.floor(epoch / 1e4) / 100:.2f}M"
    hundredths = math.floor(round(100 * epoch, 6))
    return grouped(int(epoch)) if epoch == int(epoch) else grouped(hundredths / 100, 2).removesuffix("0")


def loss_text(loss: float) -> str:
    """Four decimals, or two to five digits where those would hide or flood the value.

    >>> loss_text(0.23456), loss_text(123.456), loss_text(0.00001), loss_text(float("nan"))
    ('0.2346', '123.46', '1.0·10⁻⁵', 'NaN')
    """
    if not math.isfinite(loss):
        return "NaN" if math.isnan(loss) else "∞"
    if loss >= 1e4 or 0 < loss < 1e-4:
        return _by_exponent(loss, 1)
    return f"{loss:.4f}" if loss < 10 else f"{loss:.5g}"


def accuracy_text(accuracy: float, regression: bool) -> str:
    """Share of correct classes in per cent; in regression R², never more digits than fit.

    >>> accuracy_text(0.9312, False), accuracy_text(0.9312, True), accuracy_text(-1e6, True)
    ('93.1 %', '0.931', '< −100')
    >>> accuracy_text(-58.594, True)
    '−58.594'
    """
    if not math.isfinite(accuracy):
        return NOTHING
    if regression:
        return _minus(f"{accuracy:.3f}") if accuracy > -100 else f"< {MINUS}100"
    return f"{100 * accuracy:.1f} %"


def speed_text(speed: float) -> str:
    """Epochs per second to two or three digits; nothing while it does not run.

    >>> speed_text(12345.0), speed_text(0.123), speed_text(0.0)
    ('12,300 ep/s', '0.12 ep/s', '–')
    """
    if not speed > 0:
        return NOTHING
    shown = grouped(rounded(speed, 3)) if speed >= 10 else f"{speed:.2g}"
    return QCoreApplication.translate("Speed", "{count} ep/s").format(count=shown)


# Times and sizes ---------------------------------------------------------------------------------------------------


def duration(seconds: float) -> str:
    """How long something takes, in the two units that matter.

    >>> duration(4.2), duration(178), duration(5400), duration(0.3), duration(200_000), duration(float("nan"))
    ('4 s', '2 min 58 s', '1 h 30 min', '<1 s', '56 h', '–')
    """
    if not math.isfinite(seconds):
        return NOTHING
    whole_seconds = round(seconds)
    minutes, hours = whole_seconds // 60, whole_seconds // 3600
    if whole_seconds < 1:
        return QCoreApplication.translate("Durations", "<1 s")
    if minutes < 1:
        return QCoreApplication.translate("Durations", "{s} s").format(s=whole_seconds)
    if hours < 1:
        return QCoreApplication.translate("Durations", "{min} min {s} s").format(min=minutes, s=whole_seconds % 60)
    if hours < 10:
        return QCoreApplication.translate("Durations", "{h} h {min} min").format(h=hours, min=minutes % 60)
    return QCoreApplication.translate("Durations", "{h} h").format(h=round(seconds / 3600))


def moment(at: float) -> str:
    """When something was, given in Unix seconds: by the clock today, by day and clock before, by the date long ago.

    >>> len(moment(0.0))
    10
    """
    when, now = datetime.fromtimestamp(at), datetime.now()
    if when.date() == now.date():
        return f"{when:%H:%M}"
    return f"{when:%m-%d %H:%M}" if abs(now - when) < _RECENT else f"{when:%Y-%m-%d}"


def size_text(size: float) -> str:
    """So many bytes, in thousands of thousands.

    >>> size_text(402116), size_text(1.1e9), size_text(800)
    ('0.4 MB', '1.1 GB', '1 kB')
    """
    if size >= 1e9:
        return f"{size / 1e9:.1f} GB"
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{max(size / 1e3, 1.0):.0f} kB"


# Typed numbers -----------------------------------------------------------------------------------------------------


def written(value: float) -> str:
    """A value in a field, ready to be typed over: four significant digits at most, no needless zeros.

    >>> written(1000000), written(0.03), written(-1.5e-7)
    ('1000000', '0.03', '−1.5e−7')
    """
    if value == int(value) and abs(value) < 1e7:
        return _minus(f"{int(value)}")
    return typed(rounded(value, 4))


def whole_number(value: float) -> str:
    """A whole number in a field, to its last digit.

    >>> whole_number(2.0**53), whole_number(-3.0)
    ('9007199254740992', '−3')
    """
    return _minus(f"{value:.0f}")


def in_powers(value: float) -> str:
    """A value in a field with room for few letters, in two digits and a power of ten.

    >>> in_powers(1000000), in_powers(0.000012345), in_powers(-123456)
    ('1e6', '1.2e−5', '−1.2e5')
    """
    mantissa, power = f"{value:.1e}".split("e")
    return _minus(f"{mantissa.removesuffix('.0')}e{int(power)}")


def setting_text(value: float) -> str:
    """A setting such as a rate, alike in its field and in every sentence and button about it: three significant digits
    at most, two where three are long, and beyond four zeros a power of ten.

    >>> setting_text(0.078125), setting_text(0.00078125), setting_text(0.000078125), setting_text(1e9)
    ('0.0781', '0.00078', '7.8·10⁻⁵', '1·10⁹')
    """
    texts = [to_digits(rounded(value, digits), digits) for digits in (3, 2)]
    return next((text for text in texts if len(text) <= 7), texts[-1])


def typed(value: float) -> str:
    """A value in a field with all that it is, up to twelve digits.

    >>> typed(-0.123456), typed(2.0), typed(1e-7)
    ('−0.123456', '2', '1e−7')
    """
    return _minus(f"{value:.12g}".replace("e-0", "e-").replace("e+", "e"))


def read(text: str) -> float | None:
    """The finite number that a person has typed, or copied from the window; else None.

    >>> read("−0,5"), read("30 %"), read("1.2·10⁻⁹"), read("much")
    (-0.5, 30.0, 1.2e-09, None)
    """
    value = _parsed(text)
    return value if math.isfinite(value) else None


def is_number(text: str) -> bool:
    """Return whether a text is a number, be it one that :func:`read` finds out of range.

    >>> is_number("−1e309"), is_number("much")
    (True, False)
    """
    return not math.isnan(_parsed(text))


def _parsed(text: str) -> float:
    """Return what Python reads, which may be infinite; NaN for what it cannot read."""
    mantissa, _, exponent = text.replace(MINUS, "-").replace(",", ".").strip(" %").partition(TIMES_TEN)
    try:
        return float(f"{mantissa}e{exponent.translate(_BASELINE)}" if exponent else mantissa)
    except ValueError:
        return math.nan


def no_number(text: str, example: float = 0.5) -> str:
    """Say why :func:`read` cannot read a text, and name an ``example`` that its field takes.

    >>> no_number("much"), no_number("−1e309", -0.42)
    ("“much” isn't a number. Type one such as 0.5.", '“−1e309” is out of range. Type a number such as −0.42.')
    """
    if any(map(str.isdecimal, text)) and math.isinf(_parsed(text)):
        said = QCoreApplication.translate("Numbers", "“{text}” is out of range. Type a number such as {example}.")
    else:
        said = QCoreApplication.translate("Numbers", "“{text}” isn't a number. Type one such as {example}.")
    return said.format(text=text if len(text) <= 20 else text[:20] + "…", example=written(example))


def bounds_words(value: float, low: float, high: float) -> str:
    """What is said when the nearest allowed number is taken in place of a typed one.

    >>> bounds_words(1300, 1, 300), bounds_words(0, 1, 300)
    ('the maximum is 300', 'the minimum is 1')
    """
    if value > high:
        return QCoreApplication.translate("Numbers", "the maximum is {high}").format(high=written(high))
    if value < low:
        return QCoreApplication.translate("Numbers", "the minimum is {low}").format(low=written(low))
    text = QCoreApplication.translate("Numbers", "Whole numbers from {low} to {high} only; the nearest one is used.")
    return text.format(low=written(low), high=written(high))
