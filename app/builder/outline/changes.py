"""What an edit has made of the network, in sentences for those who hear it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from app.builder.canvas.words import function_of, units_of, units_text
from app.kit.listing import joined, listed
from app.kit.numbers import grouped
from app.kit.translation import worded, worded_name
from engine.graph import Block, NetworkGraph
from engine.graph.naming import names_of

MOST = 4
"""More sentences than this are too many to listen to."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Changes", text)


def changes(before: NetworkGraph, after: NetworkGraph) -> str:
    """What is new and what is gone, what is wired otherwise and what is set otherwise; empty when nothing is."""
    found = list(_changes(before, after)) or list(_moves(before, after))
    if len(found) > MOST:
        more = _tr("and {count} more changes").format(count=grouped(len(found) - MOST + 1))
        found = [*found[: MOST - 1], more]
    return joined(found)


def _changes(before: NetworkGraph, after: NetworkGraph) -> Iterator[str]:
    old, new = ({key: worded_name(name) for key, name in names_of(graph).items()} for graph in (before, after))
    gone = [block.id for block in before.blocks if block.id not in after]
    come = [block.id for block in after.blocks if block.id not in before]
    for block_id in gone:
        yield _tr("{name} removed").format(name=old[block_id])
    for block_id in come:
        yield _tr("{name} added").format(name=new[block_id])
    if not gone and not come:  # else the wires have changed with their blocks
        yield from _wires(before, after, new)
    stayed = [(before.block(block.id), block) for block in after.blocks if block.id in before]
    for was, now in stayed:
        yield from _settings(was, now, old[now.id], new[now.id])


def _moves(before: NetworkGraph, after: NetworkGraph) -> Iterator[str]:
    """Blocks at other places: worth a word where nothing else has made them move."""
    names = names_of(after)
    stayed = [(before.block(block.id), block) for block in after.blocks if block.id in before]
    moved = [worded_name(names[now.id]) for was, now in stayed if (was.x, was.y) != (now.x, now.y)]
    if moved:
        yield _tr("{names} moved").format(names=listed(moved))


def _wires(before: NetworkGraph, after: NetworkGraph, names: dict[str, str]) -> Iterator[str]:
    old, new = ([(wire.source, wire.target) for wire in graph.wires] for graph in (before, after))
    for source, target in (ends for ends in old if ends not in new):
        text = _tr("wire from {source} to {target} removed")
        yield text.format(source=names.get(source, source), target=names.get(target, target))
    for source, target in (ends for ends in new if ends not in old):
        text = _tr("{source} wired to {target}")
        yield text.format(source=names.get(source, source), target=names.get(target, target))


def _settings(was: Block, now: Block, old_name: str, new_name: str) -> Iterator[str]:
    if was.title != now.title:
        yield _tr("{old} is now called {name}").format(old=old_name, name=new_name)
    if was.params == now.params:
        return
    units, function = units_of(now), function_of(now)
    if units is not None and units != units_of(was):
        yield f"{new_name}: {units_text(units)}"
    elif function is not None and function != function_of(was):
        yield f"{new_name}: {worded(function.label)}"
    else:
        yield _tr("{name} changed").format(name=new_name)
