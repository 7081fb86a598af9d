"""Kinds of argument: numbers, lists of numbers and of texts, and where a network comes from."""

from __future__ import annotations

import argparse
import math
from pathlib import Path


def positive(text: str) -> int:
    """A whole number from 1 on."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def texts(text: str) -> tuple[str, ...]:
    """Texts between commas."""
    return tuple(part.strip() for part in text.split(","))


def whole_numbers(text: str) -> tuple[int, ...]:
    """Whole numbers between commas."""
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a list of whole numbers such as 8,8") from None


def decimals(text: str) -> tuple[float, ...]:
    """Decimal numbers between commas."""
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a list of numbers such as 1,-0.5") from None


def layers(text: str) -> tuple[int, ...]:
    """``8,8`` is two hidden layers; ``0`` is none."""
    return () if text.strip() == "0" else whole_numbers(text)


def network(text: str) -> Path | str:
    """A network file, or a link in which a network is said."""
    from engine.formats import is_link  # needs more than most commands do

    return text if "://" in text or is_link(text) else Path(text)


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
            raise argparse.ArgumentTypeError(f"“{part}” is not a name with its value, such as x=2")
        found[name] = number
    return found
