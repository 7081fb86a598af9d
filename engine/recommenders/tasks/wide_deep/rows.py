"""One row's probability as a sum that can be read and checked by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.special import expit

from engine.graph.naming import name_of
from engine.recommenders.data.tables.encoding import numbers_of
from engine.recommenders.data.tables.fields import SEPARATOR, binned_name
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.tasks.wide_deep.answers import (
    BlockActivations,
    CellValue,
    ColumnCondition,
    RowSum,
    TermKind,
    WideTermShown,
)
from engine.recommenders.tasks.wide_deep.insight import answers, value_name
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep
from engine.recommenders.tasks.wide_deep.wide_terms import WideTerm, wide_nodes, wide_terms


def summed(opened: OpenedWideDeep, row: pl.DataFrame, activations: bool = False) -> RowSum:
    """A table's only row, taken apart."""
    columns = opened.encoder.columns(row)
    terms = wide_terms(opened.network, opened.encoder, columns, 0)
    prepared = opened.model.prepare_columns(opened.network, columns, np.zeros(1, np.float32))
    found = answers(opened.network, prepared)
    wide, deep, bias = sum(term.weight for term in terms), float(found.deep[0]), float(found.bias)
    logit = wide + deep + bias
    bins = {
        name: value_name(opened.encoder, binned_name(name), int(np.asarray(columns[binned_name(name)])[0]))
        for name in opened.fields.numbers
    }
    return RowSum(
        values_of(opened, row),
        bins,
        tuple(unknown_of(opened, row)),
        tuple(_shown(opened, term) for term in sorted(terms, key=lambda term: -abs(term.weight))),
        bias,
        wide,
        deep,
        logit,
        float(expit(logit)),
        _activations(opened, prepared) if activations else (),
    )


def values_of(opened: OpenedWideDeep, row: pl.DataFrame) -> dict[str, CellValue]:
    """What a table's only row holds, by column: texts, numbers, and a bag's names."""
    fields = opened.fields
    found: dict[str, CellValue] = {}
    for name in fields.categories:
        found[name] = row[name].cast(pl.String).item()
    for name in fields.numbers:
        found[name] = numbers_of(row, name).item()
    for name in fields.bags:
        found[name] = _parts(row, name)
    return found


def unknown_of(opened: OpenedWideDeep, row: pl.DataFrame) -> list[str]:
    """The columns of ids in which a table's only row has a name that training did not have, or no name where each
    training row had one."""
    known = opened.encoder.vocabularies
    cells = {name: row[name].cast(pl.String).item() for name in opened.fields.categories}
    found = [
        name
        for name, cell in cells.items()
        if (name not in opened.gaps if cell is None else cell not in known[name].names)
    ]
    return found + [name for name in opened.fields.bags if set(_parts(row, name)) - set(known[name].names)]


def _parts(row: pl.DataFrame, name: str) -> tuple[str, ...]:
    return tuple(part for part in (row[name].cast(pl.String).item() or "").split(SEPARATOR) if part)


def _shown(opened: OpenedWideDeep, term: WideTerm) -> WideTermShown:
    conditions = tuple(ColumnCondition(condition.column, condition.value) for condition in term.product)
    kind: TermKind = "single" if len(conditions) == 1 else "cross"
    return WideTermShown(term.name, kind, conditions, term.weight, int(opened.counts[term.node][term.row]))


def _activations(opened: OpenedWideDeep, prepared: PreparedRows) -> tuple[BlockActivations, ...]:
    """All blocks of the only row that numbers flow out of, but for the wide half and the joint logit."""
    network, plan = opened.network, opened.network.plan
    _, found = network.outputs(prepared)
    left_out = {*wide_nodes(network), len(plan.nodes) - 1}
    return tuple(
        BlockActivations(plan.nodes[at].id, name_of(network.graph, plan.nodes[at].id), plan.nodes[at].block.kind,
                    tuple(values[0].cpu().numpy().tolist()))
        for at, values in sorted(found.items()) if at not in left_out
    )  # fmt: skip
