"""What blocks are called: one name for one thing, wherever it is shown or said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from engine.graph.model import Block, NetworkGraph, topological_order


class BlockName(str):
    """A block's name. ``titled``: a person or their data has it so, and it is no word to translate."""

    __slots__ = ("titled",)
    titled: bool

    def __new__(cls, text: str, *, titled: bool = False) -> BlockName:
        name = super().__new__(cls, text)
        name.titled = titled
        return name


def names_of(graph: NetworkGraph) -> Mapping[str, BlockName]:
    """Every block's name by its id: its title, else its noun with its place among those of that noun, from the input's
    side: ``Dense 1``, ``Dense 2``, ``Output``. Blocks that no input reaches come last, so that one which lies ready
    does not rename the others. Hidden layers have a number even where there is one; the rest only among several."""
    names: Mapping[str, BlockName] | None = graph.kept.get("names")
    if names is None:
        names = graph.kept["names"] = MappingProxyType(_named(graph))
    return names


def _named(graph: NetworkGraph) -> dict[str, BlockName]:
    order = _from_the_input(graph)
    nouns = {block.id: block.declaration.noun(block.params) for block in order}
    several = {noun for noun, count in Counter(nouns.values()).items() if count > 1}
    seen: Counter[str] = Counter()
    names = {}
    for block in order:
        noun, kind = nouns[block.id], block.declaration
        seen[noun] += 1
        numbered = noun in several or (kind.probed and not kind.is_end)
        usual = f"{noun} {seen[noun]}" if numbered else noun
        names[block.id] = BlockName(block.title or usual, titled=_is_own(block))
    return names


def name_of(graph: NetworkGraph, block_id: str) -> BlockName:
    """One block's name; of a block that is not there, its id."""
    return names_of(graph).get(block_id, BlockName(block_id, titled=True))


def _is_own(block: Block) -> bool:
    """Whether a block has a title that a person, or their data, gave it."""
    if not block.title or block.title == getattr(block.params, "column", None):
        return bool(block.title)
    from engine.graph.given_titles import is_given  # the network that a start shows has no titles

    return not is_given(block.title)


def _from_the_input(graph: NetworkGraph) -> list[Block]:
    """The blocks as the signal meets them, then those that it does not reach."""
    reached = {block.id for block in graph.inputs}
    ordered, _ = topological_order(graph)
    for block_id in ordered:
        if any(wire.source in reached for wire in graph.wires_into(block_id)):
            reached.add(block_id)
    ids = dict.fromkeys([*(i for i in ordered if i in reached), *(block.id for block in graph.blocks)])
    return [graph.block(block_id) for block_id in ids]
