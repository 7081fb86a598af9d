"""Answers as JSON documents, and what every reader of them needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Document = Mapping[str, Any]
Reader = Callable[[Document], None]
"""Takes an answer."""


def floats(found: Sequence[Any]) -> tuple[float, ...]:
    """Numbers; what was not finite, which JSON cannot say, is NaN."""
    return tuple(float("nan") if one is None else float(one) for one in found)
