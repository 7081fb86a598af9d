"""What is to be predicted of a table's rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.data.columns import VALUES
from engine.problems import EngineError, declare
from engine.recommenders.data.needed_columns import require_columns

GOAL_NOT_NUMERIC = declare(
    "recommender.goal-not-numeric",
    "“{column}” should be compared with a number but doesn't contain numbers. Choose the text that counts as a yes "
    "instead.",
)
GOAL_MISSING = declare(
    "recommender.goal-missing",
    "{count} {count:row|rows} of “{column}” {count:is|are} empty; leave rows without an outcome out of the table.",
)
NO_SUCH_OUTCOME = declare(
    "recommender.no-such-outcome",
    "“{column}” is “{value}” in no training row. Choose a text that occurs as the yes: {known}.",
)
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be predicted: that ``column`` holds the text ``equals`` or, without it, a number ≥ ``at_least``."""

    column: str
    equals: str | None = None
    at_least: float = 1.0

    def labels(self, table: pl.DataFrame) -> NDArray[np.float32]:
        """0 or 1 for each row, (rows,). Raises EngineError where the column is missing, empty or of another sort."""
        require_columns([self.column], table.columns)
        outcomes = table[self.column].alias(VALUES)
        if outcomes.null_count():
            raise EngineError(GOAL_MISSING(column=self.column, count=outcomes.null_count()))
        if self.equals is not None and not _is_utf_8(self.equals):
            return np.zeros(table.height, np.float32)
        if self.equals is not None:
            return (outcomes.cast(pl.String) == self.equals).to_numpy().astype(np.float32)
        try:
            return (outcomes.cast(pl.Float64) >= self.at_least).to_numpy().astype(np.float32)
        except pl.exceptions.InvalidOperationError:
            raise EngineError(GOAL_NOT_NUMERIC(column=self.column)) from None

    def otherwise(self, table: pl.DataFrame) -> str | None:
        """The only other text that the column holds; None where there are more, or numbers are compared."""
        if self.equals is None:
            return None
        others = table[self.column].alias(VALUES).drop_nulls().cast(pl.String).unique().to_list()
        found = [text for text in others if text != self.equals]
        return found[0] if len(found) == 1 else None

    def check_met(self, table: pl.DataFrame) -> None:
        """Raise EngineError where a text is a yes that no row has, naming the most frequent ones that there are."""
        if self.equals is None or self.labels(table).any():
            return
        counted = table[self.column].alias(VALUES).cast(pl.String).value_counts(sort=True)[VALUES]
        known = ", ".join(f"“{value}”" for value in counted[:MOST_NAMED]) + (", …" if len(counted) > MOST_NAMED else "")
        raise EngineError(NO_SUCH_OUTCOME(column=self.column, value=self.equals, known=known))


def _is_utf_8(text: str) -> bool:
    """Whether a text can be in a table at all."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
