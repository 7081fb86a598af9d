"""What is said of a table that came in: rows and columns that are learnt from, and what was left out."""

from __future__ import annotations

from dataclasses import replace

from engine.data import DataChoice, Dataset, load
from engine.data.incoming import incoming
from engine.data.problems import CUT_SAMPLED_ROWS, NO_HEADER, ROWS_WITH_MISSING, SAMPLED_FILE, SAMPLED_ROWS
from engine.problems import Problem


def noticed(*notices: Problem) -> Dataset:
    return replace(load(DataChoice(name="iris")), notices=notices)


def test_rows_that_were_not_drawn_count_as_left_out() -> None:
    found = incoming(noticed(SAMPLED_ROWS(kept="150", rows="400"), ROWS_WITH_MISSING(count="3")))
    assert (found.rows, found.rows_out, found.sampled, found.more) == (150, 253, False, ())


def test_of_a_file_read_in_places_nobody_knows_how_many_rows_are_left_out() -> None:
    found = incoming(noticed(SAMPLED_FILE(megabytes=900, rows=150, places=64), CUT_SAMPLED_ROWS(expected=5, count=2)))
    assert (found.rows_out, found.sampled, found.more) == (2, True, ())


def test_other_notices_are_told() -> None:
    found = incoming(noticed(NO_HEADER()))
    assert (found.rows_out, found.columns_out, found.sampled, found.more) == (0, (), False, (NO_HEADER(),))
