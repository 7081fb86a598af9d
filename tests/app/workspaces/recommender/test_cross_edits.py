"""Crosses of a graph by name: what is put in comes out, and nothing else of the graph changes."""

from __future__ import annotations

from app.workspaces.recommender.model.crosses import (
    cross_block,
    crosses_of,
    with_crosses,
)
from engine.graph.validation import validate
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.tasks.drafts.answers import DraftColumn
from engine.recommenders.tasks.wide_deep.graph import wide_deep
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec

SIZES = {"a": 4, "b": 5, "c": 6, "tags": 7}
COLUMNS = [DraftColumn(name, "bag" if name == "tags" else "category", size) for name, size in SIZES.items()]
FIELDS = Fields(categories=("a", "b", "c"), bags=("tags",))


def graph(*crosses: tuple[str, ...], **spec: object):
    return wide_deep(FIELDS, SIZES, WideDeepSpec(crosses=crosses, hidden=(4,), **spec))


def problems(found) -> list[str]:
    return [one.problem.sentence for one in validate(found, None) if one.blocking]


def test_what_is_put_in_comes_out() -> None:
    wanted = (("a", "b"), ("b", "tags", "c"))
    for first in (graph(("a", "b")), graph(), graph(("c", "tags"), ("a", "c"))):
        made = with_crosses(first, wanted, COLUMNS)
        assert crosses_of(made) == wanted
        assert not problems(made)


def test_the_template_of_the_same_crosses_is_met_again() -> None:
    first, other = graph(("a", "b")), graph(("a", "b"), ("a", "c"))
    made = with_crosses(first, (("a", "b"), ("a", "c")), COLUMNS)
    assert set(made.wires) == set(other.wires)
    assert [b.params for b in made.blocks] == [b.params for b in other.blocks]


def test_without_crosses_the_block_goes_and_the_wide_part_keeps_its_single_values() -> None:
    made = with_crosses(graph(("a", "b")), (), COLUMNS)
    assert cross_block(made) is None and not problems(made)
    assert set(made.wires) == set(graph().wires)


def test_a_wide_part_is_made_where_there_is_none_and_a_column_that_nobody_reads() -> None:
    deep = graph(parts="deep")
    kept = deep.with_parts(
        (block for block in deep.blocks if block.title != "c"),
        (wire for wire in deep.wires if deep.block(wire.source).title != "c"),
    )
    made = with_crosses(kept, (("a", "c"),), COLUMNS)
    assert crosses_of(made) == (("a", "c"),)
    assert [block.kind for block in made.blocks if block.kind in ("cross", "sparse_linear")] == [
        "sparse_linear",
        "cross",
    ]
