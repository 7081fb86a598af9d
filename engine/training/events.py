"""What was changed in a run on its way: told from the setups before and after, and joined where it is one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from engine.data.dataset import Dataset
from engine.formats.progress import Event
from engine.graph.model import NetworkGraph
from engine.graph.naming import name_of
from engine.hyperparameters import Hyperparameters
from engine.schedules import SCHEDULES, Schedule
from engine.training.carry import SILENT, same_once_begun

LONGEST = 120
"""Of a text in an event: a file takes no more than 200."""
SEPARATOR = "\x1f"
"""Between the names of a list: the unit separator, which no name holds."""
LISTS = frozenset({"features"})
"""Settings that are lists."""
WAS, IS = "was", "is"
"""What stood before and after, in a few letters that are the same for the same: of what may be too long to keep."""

Change = tuple[str, dict[str, str | float]]
"""An event's kind and parameters."""


def same_problem(first: Dataset, second: Dataset) -> bool:
    """Whether two data sets ask the same question: the same set drawn, split or stirred anew, with the same columns and
    the same target. What learns another one begins anew."""

    def question(dataset: Dataset) -> tuple[object, ...]:
        return dataset.name, dataset.task, dataset.columns, dataset.classes, dataset.target_name

    return first is second or question(first) == question(second)


def graph_changes(before: NetworkGraph, after: NetworkGraph) -> list[Change]:
    """What to say of an edit of the graph, in few words; nothing where no number depends on it."""
    if same_once_begun(before, after):
        return []
    added = [block for block in after.blocks if block.id not in before]
    removed = [block for block in before.blocks if block.id not in after]
    found: list[Change] = []
    if removed:
        found.append(("removed", {**_block(before, removed[0].id), "count": len(removed)}))
    if added:
        found.append(("added", {**_block(after, added[0].id), "count": len(added)}))
    if found:
        return found
    changes = [(block.id, _field_change(before.block(block.id).params, block.params)) for block in after.blocks]
    changed = [(block_id, change) for block_id, change in changes if change is not None]
    if changed:
        block_id, first = changed[0]
        goal = first["what"], first.get("after")
        alike = sum((change["what"], change.get("after")) == goal for _, change in changed)
        return [("changed", {**_block(after, block_id), **first, **({"count": alike} if alike > 1 else {})})]
    return [("wires", _told_apart(_wiring(before), _wiring(after)))] if before.wires != after.wires else []


def data_change(before: Dataset, after: Dataset) -> Change:
    """The same set drawn or split anew, or another one."""
    return "data", _told_apart(_rows(before), _rows(after))


def _rows(dataset: Dataset) -> bytes:
    """What tells one drawing, or split, of a set from another."""
    sums = dataset.x.sum(), dataset.y.sum(), len(dataset.y)
    return b"/".join((str(sums).encode(), dataset.train.tobytes(), dataset.test.tobytes()))


def hyper_changes(before: Hyperparameters, after: Hyperparameters) -> list[Change]:
    """Every setting that is another and matters."""
    kinds = {"learning_rate": "rate", "batch_size": "batch", "optimizer": "optimizer"}
    found: list[Change] = []
    for name in type(after).model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if old != new and name not in SILENT:
            kind = kinds.get(name, "setting")
            values: dict[str, str | float] = {"before": _written(old), "after": _written(new)}
            found.append((kind, values if name in kinds else {"what": name, **values}))
    return found


def _block(graph: NetworkGraph, block_id: str) -> dict[str, str | float]:
    """Which block, and what it is called; ``titled`` where a person has called it so."""
    name = name_of(graph, block_id)
    return {"id": block_id[:LONGEST], "block": str(name), **({"titled": 1} if name.titled else {})}


def weights_change(graph: NetworkGraph, block_id: str, name: str) -> Change:
    """A number of a block's array set by hand."""
    return "weights", {**_block(graph, block_id), "name": name}


def _field_change(before: BaseModel, after: BaseModel) -> dict[str, str | float] | None:
    if type(before) is not type(after):
        return {"what": "kind"}
    for name in type(after).model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if old != new and name not in SILENT:
            told: dict[str, str | float] = {"what": name, "before": _written(old), "after": _written(new)}
            return told | _told_apart(_listing(old), _listing(new)) if name in LISTS else told
    return None


def _listing(names: Sequence[str]) -> bytes:
    return SEPARATOR.join(names).encode("utf-8", "replace")


def _wiring(graph: NetworkGraph) -> bytes:
    return _listing([repr(wire) for wire in graph.wires])


def _told_apart(before: bytes, after: bytes) -> dict[str, str | float]:
    return {WAS: sha256(before).hexdigest()[:16], IS: sha256(after).hexdigest()[:16]}


def _written(value: Any) -> str | float:
    """A setting as an event keeps it: a number as it is, anything else by its kind or its text."""
    if isinstance(value, bool) or value is None:
        return {True: "on", False: "off", None: "off"}[value]
    if isinstance(value, int | float):
        return value
    if isinstance(value, Schedule):
        return " ".join([value.kind, *(f"{getattr(value, name):g}" for name in SCHEDULES[value.kind].settings)])
    if isinstance(value, tuple | list):
        return _listed([str(one) for one in value])
    return str(getattr(value, "kind", value))[:LONGEST]


def _listed(names: Sequence[str]) -> str | float:
    """A list, of features for one, as its names; a long one as their number: a file keeps a mark, not the list."""
    text = SEPARATOR.join(names)
    return text if names and len(text) <= LONGEST else len(names)


def joined(last: Event | None, event: Event, *, at_once: bool = False) -> tuple[Event, ...]:
    """What stays of an event and the one before it where both fell on the same step, or followed ``at_once`` (a slider
    that is drawn while it trains): one change of one thing, or none where the later has taken the earlier back."""
    if last is None or (last.step != event.step and not at_once):
        return (event,) if last is None else (last, event)
    if {last.kind, event.kind} == {"added", "removed"} and _thing(last) == _thing(event):
        return ()
    if last.kind != event.kind or _thing(last) != _thing(event) or event.kind in ("added", "removed"):
        return last, event
    if not {"before", WAS} & last.parameters.keys() & event.parameters.keys():
        return (last,)
    begun = {key: last.parameters[key] for key in ("before", WAS) if key in last.parameters}
    parameters = {key: value for key, value in event.parameters.items() if key != WAS} | begun
    return () if _nothing(parameters) else (replace(last, parameters=parameters),)


def _nothing(parameters: Mapping[str, str | float]) -> bool:
    """Whether all is as it was. Numbers of a list's entries alone say nothing of what the entries are."""
    if WAS in parameters:
        return parameters[WAS] == parameters.get(IS)
    counted = parameters.get("what") in LISTS and not isinstance(parameters.get("after"), str)
    return parameters["before"] == parameters.get("after") and not counted


def _thing(event: Event) -> Mapping[str, object]:
    """What it is about. Blocks go by their ids: another one may bear the name of one that is gone."""
    block = event.parameters.get("id", event.parameters.get("block"))
    return {"block": block, **{key: event.parameters.get(key) for key in ("what", "name", "count")}}


def bounded(events: list[Event], most: int) -> list[Event]:
    """At most so many: the two that lie nearest to each other become one that counts them."""
    while len(events) > most:
        gaps = [after.step - before.step for before, after in pairwise(events)]
        at = gaps.index(min(gaps))
        first, second = events[at : at + 2]
        count = sum(float(one.parameters["count"]) if one.kind == "several" else 1.0 for one in (first, second))
        events = [*events[:at], Event(first.step, first.epoch, "several", {"count": count}), *events[at + 2 :]]
    return events
