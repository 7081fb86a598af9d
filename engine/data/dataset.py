"""The data set as a network sees it: numbers, their split into training and test rows, and how they came
about.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.data.images import ImageShape
from engine.data.problems import INPUT_VALUE
from engine.problems import EngineError, Problem, ProblemKind, Word

MISSING_LEVEL = "missing"
OTHER_LEVEL = "other"
_DAY = timedelta(days=1)
TOY_BOUNDS = (-6.0, 6.0)
TOY_CLASSES = (Word("negative"), Word("positive"))


class Task(StrEnum):
    """What is to be learnt."""

    BINARY = "binary"
    MULTICLASS = "multiclass"
    REGRESSION = "regression"


@dataclass(frozen=True, slots=True)
class InputColumn:
    """One column of the source and how it becomes numbers.

    A numeric column (no ``levels``) becomes ``(value − centre) / scale``, a missing value being ``fill``
    first; a categorical one becomes one 0/1 indicator per level. A column of dates is numeric: the days since ``since``
    (ISO 8601).
    """

    name: str
    levels: tuple[str, ...] = ()
    fill: float = 0.0
    centre: float = 0.0
    scale: float = 1.0
    since: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the encoded columns: the name itself, or ``name=level`` for every level."""
        return tuple(f"{self.name}={level}" for level in self.levels) if self.levels else (self.name,)

    def encode(self, value: float | str | None) -> NDArray[np.float64]:
        """Encode one value as a person enters it, ``None`` being missing, to shape ``(len(columns),)``.

        An unknown level counts as "other" where that exists. Raises EngineError where it makes no sense.
        """
        if not self.levels:
            return np.array([(self._number(value) - self.centre) / self.scale])
        level = MISSING_LEVEL if value is None else str(value)
        if level not in self.levels and OTHER_LEVEL in self.levels:
            level = OTHER_LEVEL
        if level not in self.levels:
            wanted = f"choose one of: {', '.join(self.levels)}"
            raise EngineError(INPUT_VALUE(value=level, column=self.name, wanted=wanted))
        return np.array([float(level == known) for known in self.levels])

    def _number(self, value: float | str | None) -> float:
        if value is None:
            return self.fill
        try:
            number = self._days(value) if self.since and isinstance(value, str) else float(value)
        except ValueError:
            number = np.nan
        if not np.isfinite(number):
            wanted = f"enter a date such as {self.since}" if self.since else "enter a finite number"
            raise EngineError(INPUT_VALUE(value=value, column=self.name, wanted=wanted))
        return number

    def _days(self, text: str) -> float:
        """Days from ``since`` to a date of ISO 8601; NaN where it is none."""
        with suppress(ValueError, OverflowError):
            moment = datetime.fromisoformat(text.strip())
            if moment.tzinfo is not None:  # as the dates of a file are read
                moment = moment.astimezone(UTC).replace(tzinfo=None)
            return float((moment - datetime.fromisoformat(self.since)) / _DAY)
        return np.nan

    def date(self, days: float) -> str:
        """The date (ISO 8601) so many whole days after ``since``, which has to be there."""
        return str(np.datetime64(self.since, "D") + np.timedelta64(int(np.floor(days)), "D"))


def _largest(numbers: NDArray[np.float64], rows: NDArray[np.int64]) -> float:
    """The greatest |number| (n, d) of the rows without one that is not finite; 0 of no such rows."""
    sizes = np.maximum(numbers.max(axis=1, initial=0.0), -numbers.min(axis=1, initial=0.0))[rows]
    return float(sizes.max(initial=0.0, where=np.isfinite(sizes)))


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """An immutable data set; its arrays are read-only.

    ``x`` (n, d) holds the inputs as the network sees them, ``y`` (n,) the class index (classification) or the
    value (regression); ``train`` and ``test`` are row indices. Binary class 0 is the negative one (target −1
    or 0), class 1 the positive. A standardised regression target turns back into its own units by
    :meth:`target_in_units`. ``view`` is set where the decision view has fixed bounds, as for toy sets.
    """

    name: str
    title: str
    task: Task
    columns: tuple[str, ...]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    classes: tuple[str, ...]
    train: NDArray[np.int64]
    test: NDArray[np.int64]
    notices: tuple[Problem, ...] = ()
    target_name: str = "target"
    inputs: tuple[InputColumn, ...] = ()
    target_centre: float = 0.0
    target_scale: float = 1.0
    view: tuple[float, float] | None = None
    image: ImageShape | None = None
    common_share: float = field(init=False, default=0.0)
    """Which share of the training rows has the most common class; 0 of a regression and of no rows."""
    largest: float = field(init=False, default=0.0)
    """The greatest |number| of the training rows' inputs and, in a regression, targets."""

    def __post_init__(self) -> None:
        if self.task is not Task.REGRESSION and len(self.train):
            counts = np.bincount(self.y[self.train].astype(np.int64))
            object.__setattr__(self, "common_share", float(counts.max() / len(self.train)))
        targets = _largest(self.y[:, None], self.train) if self.task is Task.REGRESSION else 0.0
        object.__setattr__(self, "largest", max(_largest(self.x, self.train), targets))
        for array in (self.x, self.y, self.train, self.test):
            array.flags.writeable = False

    def bounds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """``(low, high)``, each of shape (d,): the range of every column over all rows, or the fixed view."""
        if self.view is None:
            return self.x.min(axis=0), self.x.max(axis=0)
        low, high = self.view
        return np.full(len(self.columns), low), np.full(len(self.columns), high)

    def notice_of(self, kind: ProblemKind) -> Problem | None:
        """The notice of this kind, None where there is none."""
        return next((notice for notice in self.notices if notice.code == kind.code), None)

    @property
    def column_means(self) -> NDArray[np.float64]:
        """Mean of every column over the training rows, shape (d,): where columns out of view are held."""
        means: NDArray[np.float64] = self.x[self.train].mean(axis=0)
        return means

    def target_in_units(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn (standardised) regression values of any shape back into the target's own units."""
        return values * self.target_scale + self.target_centre

    def pictures(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The rows as images, (n, height, width), 0 without ink and 1 all ink. Only for data that are images."""
        return self.as_pictures(self.x[rows])

    def as_pictures(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Rows of inputs (n, d), of the data set or not, as images, as :meth:`pictures` has them."""
        assert self.image is not None
        centre, scale = self._pixel_scaling()
        # Standardising and back leaves rounding errors, which must not pass for ink.
        pixels = ((x[:, list(self.image.columns)] * scale + centre) / self.image.full).round(9)
        return np.asarray(pixels.clip(0.0, 1.0).reshape(-1, self.image.height, self.image.width))

    def encode_picture(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        """An image of pixels 0 … ``image.full``, (height, width), as a row (d,); other columns at their mean."""
        assert self.image is not None
        centre, scale = self._pixel_scaling()
        row = self.column_means
        row[list(self.image.columns)] = (pixels.ravel() - centre) / scale
        return row

    def inked(self) -> NDArray[np.bool_]:
        """Which pixels carry ink in any training image, (height, width)."""
        return np.asarray((self.pictures(self.train) > 0).any(axis=0))

    def _pixel_scaling(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Centre and scale of every pixel's column; pixels are numbers, a column each."""
        assert self.image is not None
        sources = {source.name: source for source in self.inputs}
        pixels = [sources[self.columns[column]] for column in self.image.columns]
        return np.array([p.centre for p in pixels]), np.array([p.scale for p in pixels])

    def encode_row(self, values: Mapping[str, float | str | None]) -> NDArray[np.float64]:
        """Encode one row by source column, absent or ``None`` being missing, to shape (d,).

        Raises EngineError where a value makes no sense for its column.
        """
        return np.concatenate([column.encode(values.get(column.name)) for column in self.inputs])
