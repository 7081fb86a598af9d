"""The events of a run in a few words, as the plots mark them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.kit.charts.marks import Mark
from app.kit.numbers import grouped, written
from app.kit.translation import worded, worded_name
from engine.activations import ACTIVATIONS
from engine.formats.progress import Event
from engine.graph.naming import BlockName
from engine.optimizers import OPTIMIZERS
from engine.training.snapshot import Snapshot


def marks_of(snapshot: Snapshot) -> list[Mark]:
    """What was changed on the way, where it was."""
    return [Mark(event.epoch, label_of(event)) for event in snapshot.history.events]


def label_of(event: Event) -> str:
    """``+ Dense 3``, ``rate 0.03 → 0.01`` …"""
    tell = _TELLERS.get(event.kind)
    return tell(event) if tell is not None else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Moments", text)


def _block(event: Event) -> str:
    name = str(event.parameters.get("block", ""))
    return worded_name(BlockName(name, titled="titled" in event.parameters))


def _value(value: str | float) -> str:
    if not isinstance(value, str):
        return written(float(value))
    for declared in (OPTIMIZERS, ACTIVATIONS):
        if value in declared:
            return worded(declared[value].label)
    return value


def _from_to(event: Event) -> str:
    return f"{_value(event.parameters.get('before', ''))} → {_value(event.parameters.get('after', ''))}"


def _added(event: Event) -> str:
    count = int(event.parameters.get("count", 1))
    return f"+ {_block(event)}" if count == 1 else _tr("+ {count} blocks").format(count=grouped(count))


def _removed(event: Event) -> str:
    count = int(event.parameters.get("count", 1))
    return f"− {_block(event)}" if count == 1 else _tr("− {count} blocks").format(count=grouped(count))


def _changed(event: Event) -> str:
    what, block = event.parameters.get("what"), _block(event)
    if what == "activation":
        return f"{block}: {_value(event.parameters.get('after', ''))}"
    if what == "units":
        return _tr("{block}: {change} units").format(block=block, change=_from_to(event))
    return _tr("{block} changed").format(block=block)


def _weights(event: Event) -> str:
    if "block" not in event.parameters:
        return _tr("weights replaced")
    return _tr("{name} of {block} by hand").format(name=event.parameters.get("name", ""), block=_block(event))


def _setting(event: Event) -> str:
    what = str(event.parameters.get("what", "")).replace("_", " ")
    return f"{what} {_from_to(event)}"


_TELLERS: dict[str, Callable[[Event], str]] = {
    "added": _added,
    "removed": _removed,
    "changed": _changed,
    "wires": lambda _event: _tr("wires changed"),
    "rate": lambda event: _tr("rate {change}").format(change=_from_to(event)),
    "batch": lambda event: _tr("batch {change}").format(change=_from_to(event)),
    "optimizer": lambda event: _value(event.parameters.get("after", "")),
    "setting": _setting,
    "data": lambda _event: _tr("data changed"),
    "weights": _weights,
    "several": lambda event: _tr("{count} changes").format(count=grouped(float(event.parameters.get("count", 0)))),
}
