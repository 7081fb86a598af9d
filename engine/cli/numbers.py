"""Kinds of argument: numbers, lists of numbers and of texts."""

from __future__ import annotations

import argparse


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


def layers(text: str) -> tuple[int, ...]:
    """``8,8`` is two hidden layers; ``0`` is none."""
    return () if text.strip() == "0" else whole_numbers(text)
