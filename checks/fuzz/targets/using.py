"""What a person's own file of data is used for: one use for each input, by its bytes, so that many inputs are tried."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path

from engine.data import DataChoice, inspect, load
from engine.problems import EngineError
from engine.recommenders.data.data_choice import ItemTable, Mapped, RecommenderData, TableChoice
from engine.recommenders.data.profile.profiling import profile
from engine.recommenders.data.proposal.proposing import as_form, propose, propose_items, yes_of
from engine.recommenders.data.proposal.roles import Proposal
from engine.recommenders.data.sources import data_source

_COLUMNS = 8

Use = Callable[[Path], object]


def use_one(path: Path, content: bytes, uses: tuple[Use, ...]) -> None:
    """Use a file in the way that its content decides."""
    uses[blake2b(content, digest_size=1).digest()[0] % len(uses)](path)


def use_all(path: Path, uses: tuple[Use, ...]) -> None:
    """Use a file in every way; each may refuse it by itself."""
    for use in uses:
        with suppress(EngineError):
            use(path)


def _inspect(path: Path) -> None:
    inspect(DataChoice(source="file", path=str(path)))


def _load(path: Path, **how: object) -> None:
    load(DataChoice.model_validate({"source": "file", "path": str(path), **how}))


def _profile(path: Path) -> None:
    profile(RecommenderData(source="file", path=path))


def _watches(path: Path) -> None:
    """As a log, by the proposed roles; where these leave something open, the first and the last column will do."""
    found = propose(path)
    data = RecommenderData(source="file", path=path)
    if not found.known:
        data = _mapped(path, as_form(found, "watches"))
    data_source("file").watches(data)


def _streamed(path: Path) -> None:
    found = propose(path)
    profile(RecommenderData(source="file", path=path) if found.known else _mapped(path, as_form(found, "watches")))


def _mapped(path: Path, found: Proposal) -> RecommenderData:
    names = {role: name for name, role in reversed(found.roles.items())}
    columns = list(found.roles)
    user, item = names.get("user", columns[0]), names.get("item", columns[-1])
    how = {role: names.get(role) for role in ("time", "rating", "watch_seconds")}
    mapping = Mapped(user=user, item=item, **how)
    items = ItemTable(
        path=path, id=item, title=names.get("title"), genres=names.get("genres"), columns=tuple(columns[:2])
    )
    return RecommenderData(source="file", path=path, mapping=mapping, item_table=items)


def _items(path: Path) -> None:
    """As a table of the items of a log."""
    for items in ((), ("0", "1", "Oslo")):
        propose_items(path, items)


def _examples(path: Path) -> None:
    found = propose(path)
    if not found.known:
        found = as_form(found, "examples")
    names = {role: name for name, role in reversed(found.roles.items())}
    label = names.get("label", list(found.roles)[-1] if found.roles else "label")
    for column in found.head.columns[:_COLUMNS]:
        yes_of(found.head, column)
    table = TableChoice(label=label, equals=found.yes.equals, at_least=found.yes.at_least)
    data = RecommenderData(source="file", path=path, table=table)
    profile(data)
    data_source("file").examples(data)


ANY: tuple[Use, ...] = (
    _inspect,
    _load,
    partial(_load, header=True, dates="texts", decimal="comma", missing="drop"),
    partial(_load, dates="day-first", decimal="plain", standardise=False),
    _profile,
    _watches,
    _streamed,
    _items,
    _examples,
)
LOGS: tuple[Use, ...] = (_profile, _watches, _streamed)
