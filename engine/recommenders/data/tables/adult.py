"""Adult census income, which comes with the program: the table that Wide & Deep networks are commonly shown on."""

from __future__ import annotations

from typing import Final

import polars as pl

import assets
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.labelled import LabelledTable

NUMBERS: Final = ("age", "fnlwgt", "educational-num", "capital-gain", "capital-loss", "hours-per-week")
CATEGORIES: Final = (
    "workclass",
    "education",
    "marital-status",
    "occupation",
    "relationship",
    "race",
    "gender",
    "native-country",
)
INCOME: Final = "income"
HIGH_INCOME: Final = ">50K"


def adult() -> pl.DataFrame:
    """48,842 people of the 1994 census: six whole numbers (Int64), eight texts and ``income`` (``<=50K``, ``>50K``).

    A missing text (workclass, occupation, native-country) is null. Rows stand in the order of the source, columns in
    that of the census. Becker and Kohavi, UCI Machine Learning Repository, 1996, CC BY 4.0; the licence, and what was
    changed, is in ``assets/recommenders/adult-LICENSE.txt``.
    """
    frame = pl.read_parquet(assets.path("recommenders/adult.parquet"))
    return frame.with_columns(pl.col(NUMBERS).cast(pl.Int64))


def census() -> LabelledTable:
    """Who earns more than 50,000 dollars a year, from the census' other columns."""
    return LabelledTable(adult(), Goal(INCOME, equals=HIGH_INCOME), Fields(CATEGORIES, NUMBERS))
