"""The layers that the plots speak of: their names and colours, the same in every plot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from app.builder.canvas.words import pretty_feature
from app.kit import theme
from app.kit.charts.marks import EpochMark
from app.kit.charts.series import Series
from app.kit.numbers import grouped, read, setting_text, written
from app.kit.translation import worded, worded_name
from engine.activations import ACTIVATIONS
from engine.formats.progress import Curve, Event
from engine.graph.naming import BlockName
from engine.network.plan import Node, Plan
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from engine.training.events import SEPARATOR
from engine.training.ring import nothing
from engine.training.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Layer:
    """One probed block. ``short``: its name, which fits a legend; ``name`` says what it is too."""

    block_id: str
    short: str
    name: str
    index: int
    count: int

    @property
    def ink(self) -> str:
        """Return the name of its colour."""
        return f"series {self.index} of {self.count}"

    @property
    def colour(self) -> QColor:
        """The layer's colour in the present theme; the output's is always the same."""
        return theme.series_colour(self.index, self.count)


def layers_of(plan: Plan) -> tuple[Layer, ...]:
    """The probed blocks from the input's side to the output."""
    nodes = [plan.nodes[index] for index in plan.probed]
    return tuple(_layer(node, index, len(nodes)) for index, node in enumerate(nodes))


def layer_series(snapshot: Snapshot, quantity: str, chosen: str = "") -> list[Series]:
    """A curve of the history for every layer, in the layers' colours; the ``chosen`` one shows its range."""
    curves = snapshot.history.layers.get(quantity, {})
    return [_series(layer, curves.get(layer.block_id) or nothing(), chosen) for layer in layers_of(snapshot.plan)]


def _series(layer: Layer, curve: Curve, chosen: str) -> Series:
    mine = layer.block_id == chosen
    return Series(
        layer.short,
        layer.colour,
        curve,
        curve if mine else None,
        first=mine or layer.index in (0, layer.count - 1),
        averaged=True,
    )


def _layer(node: Node, index: int, count: int) -> Layer:
    short, detail = worded_name(node.name), worded(node.kind.detail(node.params))
    return Layer(node.id, short, f"{short} · {detail}" if detail else short, index, count)


def marks_of(snapshot: Snapshot) -> list[EpochMark]:
    """Return the marks of the changes that were made to a run."""
    return [EpochMark(event.epoch, label_of(event)) for event in snapshot.history.events]


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
        return setting_text(float(value))
    for declared in (OPTIMIZERS, ACTIVATIONS):
        if value in declared:
            return worded(declared[value].label)
    return value


def _from_to(event: Event) -> str:
    return f"{_value(event.parameters.get('before', ''))} → {_value(event.parameters.get('after', ''))}"


def _count(event: Event) -> float:
    count = event.parameters.get("count", 1)
    return 1 if isinstance(count, str) else count


def _added(event: Event) -> str:
    count = _count(event)
    return f"+ {_block(event)}" if count == 1 else _tr("+ {count} blocks").format(count=grouped(count))


def _removed(event: Event) -> str:
    count = _count(event)
    return f"− {_block(event)}" if count == 1 else _tr("− {count} blocks").format(count=grouped(count))


def _changed(event: Event) -> str:
    what, block, count = event.parameters.get("what"), _block(event), _count(event)
    if count > 1:
        block = _tr("{count} blocks").format(count=grouped(count))
    if what == "activation":
        return f"{block}: {_value(event.parameters.get('after', ''))}"
    if what == "features":
        return f"{block}: {_swapped(event)}"
    if what == "units":
        return _tr("{block}: {change} units").format(block=block, change=_from_to(event))
    return _tr("{block} changed").format(block=block)


def _swapped(event: Event) -> str:
    """What came to a list and what went; of a long list how many entries it had and has."""
    before, after = (event.parameters.get(key, "") for key in ("before", "after"))
    if not (isinstance(before, str) and isinstance(after, str)):
        sizes = [len(side.split(SEPARATOR)) if isinstance(side, str) else int(side) for side in (before, after)]
        return " → ".join(grouped(size) for size in sizes) if sizes[0] != sizes[1] else _tr("other inputs")
    old, new = before.split(SEPARATOR), after.split(SEPARATOR)
    came = [f"+{pretty_feature(name)}" for name in new if name not in old]
    went = [f"−{pretty_feature(name)}" for name in old if name not in new]
    return " ".join(came + went) or _tr("in another order")


def _rate(event: Event) -> str:
    """The rate, and what a schedule has made of it by then."""
    changed = _tr("rate {change}").format(change=_from_to(event))
    return changed + _holding(event)


def _holding(event: Event) -> str:
    holds = event.parameters.get("holds")
    if not isinstance(holds, int | float):
        return ""
    return _tr(", now {rate}").format(rate=setting_text(float(holds)))


def _weights(event: Event) -> str:
    if "block" not in event.parameters:
        return _tr("weights replaced")
    return _tr("{name} of {block} by hand").format(name=event.parameters.get("name", ""), block=_block(event))


def _setting(event: Event) -> str:
    what = str(event.parameters.get("what", ""))
    if what == "schedule":
        before, after = (_schedule(str(event.parameters.get(key, ""))) for key in ("before", "after"))
        return f"{before} → {after}{_holding(event)}"
    if what == "precision":
        single = event.parameters.get("after") == "float32"
        return _tr("single precision") if single else _tr("double precision")
    return f"{what.replace('_', ' ')} {_from_to(event)}"


def _schedule(text: str) -> str:
    """``cosine 100 0.1`` as it is called, with its numbers."""
    kind, *numbers = text.split() or [""]
    label = worded(SCHEDULES[kind].label) if kind in SCHEDULES else kind
    read_numbers = (read(number) for number in numbers)
    return " ".join([label, *(written(number) for number in read_numbers if number is not None)])


_TELLERS: dict[str, Callable[[Event], str]] = {
    "added": _added,
    "removed": _removed,
    "changed": _changed,
    "wires": lambda _event: _tr("wires changed"),
    "rate": _rate,
    "batch": lambda event: _tr("batch {change}").format(change=_from_to(event)),
    "optimizer": lambda event: _value(event.parameters.get("after", "")),
    "setting": _setting,
    "data": lambda _event: _tr("data changed"),
    "weights": _weights,
    "several": lambda event: _tr("{count} changes").format(count=grouped(_count(event))),
}
