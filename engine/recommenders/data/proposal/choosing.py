"""From roles of columns to the choice of data that training reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.data_choice import ItemTable, Mapped, RecommenderData, TableChoice
from engine.recommenders.data.profile.forms import Form
from engine.recommenders.data.proposal.roles import SEVERAL, Role, Yes

NO_USER = declare(
    "recommender.choice-no-user", "No column is the user. Choose one, or treat the file as a table.",
)  # fmt: skip
NO_ITEM = declare(
    "recommender.choice-no-item", "No column is the item. Choose one, or treat the file as a table.",
)  # fmt: skip
NO_LABEL = declare("recommender.choice-no-label", "No column is the label. Choose one, or treat the file as a log.")
NOTHING_TO_READ = declare(
    "recommender.choice-nothing-to-read", "Every column but the label is left out; choose one to predict it from."
)
TWICE = declare(
    "recommender.choice-twice",
    "“{first}” and “{second}” cannot both be the {role}; choose another role for one of them.",
)
NO_ID = declare(
    "recommender.choice-no-id", "No column of “{path}” holds the ids of the items; choose the one that does."
)


@dataclass(frozen=True, slots=True)
class ItemsChoice:
    """A table of items and what its columns are."""

    path: Path
    roles: Mapping[str, Role]


def problems_of(form: Form, roles: Mapping[str, Role], items: ItemsChoice | None = None) -> tuple[Problem, ...]:
    """What is wrong with roles, one sentence each."""
    return tuple(_problems(form, roles, items))


def _problems(form: Form, roles: Mapping[str, Role], items: ItemsChoice | None) -> Iterator[Problem]:
    yield from _twice(roles)
    present = set(roles.values())
    if form == "examples":
        if "label" not in present:
            yield NO_LABEL()
        if present <= {"label", "unused"}:
            yield NOTHING_TO_READ()
        return
    if "user" not in present:
        yield NO_USER()
    if "item" not in present:
        yield NO_ITEM()
    if items is not None:
        yield from _twice(items.roles)
        if "id" not in items.roles.values():
            yield NO_ID(path=items.path.name)


def _twice(roles: Mapping[str, Role]) -> Iterator[Problem]:
    of: dict[Role, str] = {}
    for name, role in roles.items():
        if role in of and role not in SEVERAL:
            yield TWICE(first=of[role], second=name, role=role.replace("_", " "))
        of.setdefault(role, name)


def choice_of(
    path: Path, form: Form, roles: Mapping[str, Role], yes: Yes, items: ItemsChoice | None = None
) -> RecommenderData:
    """The choice of data. Raises EngineError with the first thing that is wrong with the roles."""
    if wrong := problems_of(form, roles, items):
        raise EngineError(wrong[0])
    return _table(path, roles, yes) if form == "examples" else _log(path, roles, items)


def _named(roles: Mapping[str, Role], role: Role) -> str | None:
    return next((name for name, has in roles.items() if has == role), None)


def _all(roles: Mapping[str, Role], role: Role) -> tuple[str, ...]:
    return tuple(name for name, has in roles.items() if has == role)


def _table(path: Path, roles: Mapping[str, Role], yes: Yes) -> RecommenderData:
    table = TableChoice(
        label=_named(roles, "label") or "", equals=yes.equals, at_least=yes.at_least, numbers=_all(roles, "number"),
        categories=_all(roles, "category"), bags=_all(roles, "bag"),
    )  # fmt: skip
    return RecommenderData(source="file", path=path, table=table)


def _log(path: Path, roles: Mapping[str, Role], items: ItemsChoice | None) -> RecommenderData:
    mapping = Mapped(
        user=_named(roles, "user") or "", item=_named(roles, "item") or "", time=_named(roles, "time"),
        rating=_named(roles, "rating"), watch_seconds=_named(roles, "watch_seconds"),
    )  # fmt: skip
    described = _items(items.path, items.roles, "id") if items is not None else _items(path, roles, "item")
    return RecommenderData(source="file", path=path, mapping=mapping, item_table=described)


def _items(path: Path, roles: Mapping[str, Role], key: Role) -> ItemTable | None:
    """What a table says of items beside their ids; None where that is nothing."""
    title, genres, more = _named(roles, "title"), _named(roles, "genres"), _all(roles, "item_column")
    if title is None and genres is None and not more:
        return None
    return ItemTable(path=path, id=_named(roles, key) or "", title=title, genres=genres, columns=more)
