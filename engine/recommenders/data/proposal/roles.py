"""What a column of a person's own file can be, and what is proposed for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from engine.data.problems import FILE_ARCHIVE
from engine.problems import Problem
from engine.recommenders.data.profile.forms import Form
from engine.recommenders.data.profile.leaks import leaks_among
from engine.recommenders.data.profile.shapes import Head, Said

LogRole = Literal["user", "item", "time", "rating", "watch_seconds", "title", "genres", "item_column", "unused"]
ItemRole = Literal["id", "title", "genres", "item_column", "unused"]
TableRole = Literal["label", "category", "number", "bag", "unused"]
Role = LogRole | ItemRole | TableRole

LOG_ROLES: tuple[LogRole, ...] = get_args(LogRole)
ITEM_ROLES: tuple[ItemRole, ...] = get_args(ItemRole)
TABLE_ROLES: tuple[TableRole, ...] = get_args(TableRole)
SEVERAL: frozenset[Role] = frozenset({"item_column", "category", "number", "bag", "unused"})
"""What more than one column can be."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class ProposedColumn(_Frozen):
    """A column, what it probably is, why, and what else is known of it from the head: how many of its values differ,
    how many are missing. ``readable_as``: what it can be read as, of one that is left out because it leaks."""

    name: str
    role: Role
    reason: Said
    distinct: int
    missing: int
    readable_as: Role | None = None


class Yes(_Frozen):
    """What counts as a yes in the label: the text ``equals`` or, without it, numbers from ``at_least`` on."""

    equals: str | None = None
    at_least: float = 1.0


class Proposal(_Frozen):
    """``known``: what the files are called where they need no mapping. ``rows``: how many of the first were looked at.
    ``problems``: what is in the way, or has to be known. ``notices``: which rows of the file are left out."""

    path: str
    form: Form
    known: str = ""
    columns: tuple[ProposedColumn, ...] = ()
    rows: int = 0
    yes: Yes = Yes()
    head: Head
    problems: tuple[Said, ...] = ()
    notices: tuple[Said, ...] = ()

    @property
    def refusals(self) -> tuple[Problem, ...]:
        """Why the file can't be learned from, whatever its columns are taken for."""
        return tuple(problem for problem in self.problems if problem.code == FILE_ARCHIVE.code)

    @property
    def roles(self) -> dict[str, Role]:
        """The columns' roles by name."""
        return {column.name: column.role for column in self.columns}

    def leaks_read(self, roles: Mapping[str, Role]) -> tuple[Problem, ...]:
        """The columns that decide the label alone, as long as it is the label and they are read."""
        leaks = leaks_among(self.problems)
        return tuple(
            leak
            for leak in leaks
            if roles.get(str(leak.parameters["label"])) == "label"
            and roles.get(str(leak.parameters["column"])) != "unused"
        )
