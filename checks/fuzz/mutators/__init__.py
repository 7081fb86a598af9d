"""How inputs are changed: bytes, and what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from checks.fuzz.target import Mutator


def several(*weighted: tuple[int, Mutator]) -> list[Mutator]:
    """A list to draw from, in which each is as often as its weight says."""
    return [mutator for weight, mutator in weighted for _ in range(weight)]


def one_of(*ways: Callable[[Random], str]) -> Callable[[Random], str]:
    """One of some ways to make up a text."""
    return lambda rng: rng.choice(ways)(rng)


def cut(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """The beginning alone."""
    return content[: rng.randrange(len(content) + 1)]
