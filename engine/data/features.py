"""Input features: the columns themselves and, for two-column data, squares, the product and sines of them.

A token names a feature in the document: a column's own name, or for columns ``a`` and ``b`` one of ``a^2``,
``b^2``, ``a*b``, ``sin(a)``, ``sin(b)``. Tokens are looked up, never parsed, so a column may have any name;
one that is named like a derived feature is itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import Dataset
from engine.data.problems import FEATURE_UNKNOWN, FEATURES_TOO_MANY
from engine.problems import EngineError

Floats = NDArray[np.float64]
Formula = Callable[[Floats], Floats]  # (n, d) to (n,)
MOST_VALUES = 64 << 20
"""Numbers of a design matrix, half a gigabyte."""
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_INDEXED = re.compile(r"[a-z]\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature: its token in the document and its plain-text label, such as ``x1^2`` and ``x₁²``."""

    token: str
    label: str


def square(column: str) -> str:
    """Token of the square of a column."""
    return f"{column}^2"


def product(first: str, second: str) -> str:
    """Token of the product of two columns."""
    return f"{first}*{second}"


def sine(column: str) -> str:
    """Token of the sine (of radians) of a column."""
    return f"sin({column})"


def available_features(dataset: Dataset) -> tuple[Feature, ...]:
    """Every feature that ``dataset`` offers, its columns first."""
    return features_of(dataset.columns)


def features_of(columns: Sequence[str]) -> tuple[Feature, ...]:
    """Every feature of data with these columns; derived ones where there are exactly two."""
    names = {name: _label(name) for name in columns}
    features = dict(names)
    if len(columns) == 2:
        first, second = columns
        derived = {
            **{square(name): f"{label}²" for name, label in names.items()},
            product(first, second): _product_label(names[first], names[second]),
            **{sine(name): f"sin({label})" for name, label in names.items()},
        }
        features |= {token: label for token, label in derived.items() if token not in names}
    return tuple(Feature(token, label) for token, label in features.items())


def design_matrix(x: Floats, columns: Sequence[str], tokens: Iterable[str]) -> Floats:
    """Compute features: ``x`` (n, d) with its ``columns`` gives (n, k), one column for each of ``tokens``.

    Raises EngineError naming a token that the data does not offer, and for more numbers than :data:`MOST_VALUES`.
    """
    formulas = _formulas(columns)
    wanted = list(tokens)
    if len(wanted) * len(x) > MOST_VALUES:
        raise EngineError(FEATURES_TOO_MANY(features=len(wanted), rows=len(x), limit=MOST_VALUES))
    for token in wanted:
        if token not in formulas:
            known = ", ".join(list(formulas)[:20]) + (", …" if len(formulas) > 20 else "")
            raise EngineError(FEATURE_UNKNOWN(token=token, known=known))
    matrix = np.empty((len(x), len(wanted)))
    for at, token in enumerate(wanted):
        matrix[:, at] = formulas[token](x)
    return matrix


def _formulas(columns: Sequence[str]) -> dict[str, Formula]:
    own: dict[str, Formula] = {name: _column(at) for at, name in enumerate(columns)}
    if len(columns) != 2:
        return own
    a, b = columns
    derived: dict[str, Formula] = {
        square(a): lambda x: x[:, 0] ** 2,
        square(b): lambda x: x[:, 1] ** 2,
        product(a, b): lambda x: x[:, 0] * x[:, 1],
        sine(a): lambda x: np.sin(x[:, 0]),
        sine(b): lambda x: np.sin(x[:, 1]),
    }
    return derived | own


def _column(at: int) -> Formula:
    return lambda x: x[:, at]


def _label(name: str) -> str:
    """In one line, whatever breaks the name has in its file."""
    return name.translate(_SUBSCRIPTS) if _INDEXED.fullmatch(name) else " ".join(name.split())


def _product_label(first: str, second: str) -> str:
    return f"{first}{second}" if max(len(first), len(second)) == 2 else f"{first} · {second}"
