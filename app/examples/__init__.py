"""The examples, a file each: ``EXAMPLE`` declares one. Its network lies in ``assets/networks`` under the same key."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path

from app.examples.example import GROUPS, Change, Example, ExampleGroup, ExampleWatch

NAMES = (
    "blank",
    "single_unit",
    "xor",
    "circle",
    "rings",
    "two_spirals",
    "vanishing",
    "not_vanishing",
    "residual",
    "too_many_units",
    "plane",
    "multi_gaussian",
    "iris",
    "digits",
)
"""Their modules, in the order of the gallery; each says which group it belongs to."""

__all__ = [
    "GROUPS",
    "Change",
    "Example",
    "ExampleGroup",
    "ExampleWatch",
    "example_at",
    "example_of",
    "examples",
    "neighbours",
]


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """Every example, in order."""
    return tuple(import_module(f"app.examples.{name}").EXAMPLE for name in NAMES)


def example_of(key: str) -> Example:
    """The example of a key. Raises KeyError."""
    return {one.key: one for one in examples()}[key]


def example_at(path: Path) -> Example | None:
    """The example whose own file this is, if it is one's."""
    return next((one for one in examples() if one.path == path), None)


def neighbours(example: Example) -> tuple[Example | None, Example | None]:
    """The ones before and after it in its group."""
    group = [one for one in examples() if one.group == example.group]
    at = group.index(example)
    return (group[at - 1] if at else None), (group[at + 1] if at + 1 < len(group) else None)
