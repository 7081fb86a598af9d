"""Kinds of argument: numbers, lists of numbers and of texts, and where a network comes from."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

MOST_SECONDS = 1e8
LARGEST = 10**9
"""Of whole numbers that count something: epochs, rows, updates."""


def whole(text: str) -> int:
    """A whole number. Raises ArgumentTypeError, also for one of more digits than anything here has."""
    try:
        return int(text)
    except ValueError:  # Python reads no number of more than 4,300 digits
        raise argparse.ArgumentTypeError(f"“{shortened(text)}” is not a whole number") from None


def positive(text: str) -> int:
    """A whole number from 1 to 10⁹."""
    number = whole(text)
    if not 1 <= number <= LARGEST:
        raise argparse.ArgumentTypeError(f"“{shortened(text)}” is not a whole number from 1 to {LARGEST:,}")
    return number


def finite(text: str) -> float:
    """A decimal number that is not infinite."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise argparse.ArgumentTypeError(f"“{shortened(text)}” is not a finite number")
    return number


def seconds(text: str) -> float:
    """A number of seconds above 0, up to some three years."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0.0 < number <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"“{shortened(text)}” is not a number of seconds above 0")
    return number


def place(text: str) -> Path:
    """A file or a folder. Raises ArgumentTypeError for a name that is empty."""
    if not text.strip():
        raise argparse.ArgumentTypeError("a name is missing; name a file or a folder")
    return Path(text)


def shortened(text: str) -> str:
    """So much of what was typed as a sentence has room for."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def texts(text: str) -> tuple[str, ...]:
    """Texts between commas."""
    return tuple(part.strip() for part in text.split(","))


def whole_numbers(text: str) -> tuple[int, ...]:
    """Whole numbers between commas."""
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{shortened(text)}” is not a list of whole numbers such as 8,8") from None


def decimals(text: str) -> tuple[float, ...]:
    """Decimal numbers between commas."""
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{shortened(text)}” is not a list of numbers such as 1,-0.5") from None


def layers(text: str) -> tuple[int, ...]:
    """``8,8`` is two hidden layers; ``0`` is none."""
    return () if text.strip() == "0" else whole_numbers(text)


def network(text: str) -> Path | str:
    """A network file, or a link in which a network is said."""
    from engine.formats import is_link  # needs more than most commands do

    return text if "://" in text or is_link(text) else place(text)


def assignments(text: str) -> dict[str, float]:
    """Values by name, such as ``x=2,y=3``."""
    found: dict[str, float] = {}
    for part in texts(text):
        name, _, value = (side.strip() for side in part.partition("="))
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not (name and math.isfinite(number)):
            raise argparse.ArgumentTypeError(f"“{shortened(part)}” is not a name with its value, such as x=2")
        found[name] = number
    return found
