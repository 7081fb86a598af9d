"""What the network is: its columns, its crosses and its largest wide weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.graph.columns import Columns
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.on_torch import as_bags
from engine.recommenders.data.sources import data_source
from engine.recommenders.data.tables.encoding import numbers_of
from engine.recommenders.data.tables.fields import binned_name
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import A_ROW
from engine.recommenders.tasks.wide_deep.answers import (
    AboutWideDeep,
    AllColumns,
    ColumnCondition,
    FeatureOn,
    Heaviest,
    HeavyWeight,
    NameColumn,
    NumberBin,
    NumberColumn,
    PartSize,
    PredictedGoal,
    TermKind,
    TrainedCross,
    TrainedCrosses,
    ValueCount,
)
from engine.recommenders.tasks.wide_deep.insight import (
    Product,
    Term,
    products_of,
    rows_with,
    strongest_crosses,
    title,
    value_name,
)
from engine.recommenders.tasks.wide_deep.opened import PARTS, OpenedWideDeep
from engine.recommenders.tasks.wide_deep.wide_terms import WideCross, wide_nodes, wide_terms, wide_weights


def tell_about(opened: OpenedWideDeep, parameters: Parameters) -> AboutWideDeep:
    """What the checkpoint and its table say of themselves."""
    task, fields, spec, goal = opened.task, opened.fields, opened.model.spec, opened.goal
    network, cursor = opened.network, opened.checkpoint.cursor
    tables = [network.tables[network.plan.nodes[at].id, "W"] for at in wide_nodes(network)]
    wide = sum(table.numel() for table in tables)
    return AboutWideDeep(
        data=task.data,
        data_label=data_source(task.data.source).label,
        notices=tuple(notice.sentence for notice in task.notices),
        rows_of_file=task.numbering.of_file is not None,
        goal=PredictedGoal(goal.column, goal.equals, goal.at_least, goal.otherwise(opened.table)),
        parts=tuple(_part(opened, part) for part in PARTS),
        categories=fields.categories,
        numbers=fields.numbers,
        bags=fields.bags,
        crosses=spec.crosses,
        weights=network.parameter_count(),
        wide_weights=wide,
        wide_kept=sum(int((table != 0).sum()) for table in tables),
        deep_weights=network.parameter_count() - wide,
        spec=spec,
        training=opened.checkpoint.training,
        epochs=cursor.epoch,
        updates=cursor.updates,
    )


def _part(opened: OpenedWideDeep, part: str) -> PartSize:
    rows = getattr(opened.task.rows, part)
    return PartSize(part, len(rows), float(np.mean(opened.labels[rows], dtype=np.float64)) if len(rows) else 0.0)


ABOUT = Ask("about", "the data, what is predicted, and the sizes", Parameters, tell_about)


class ColumnsParameters(Parameters):
    """``values``: how many of a column's values, the most frequent first; ``text``: in their names."""

    values: int = Field(default=100, ge=1, le=10_000, description="values of each column at most")
    text: str = Field(default="", max_length=1000, description="part of a value's name")


def tell_columns(opened: OpenedWideDeep, parameters: ColumnsParameters) -> AllColumns:
    """All columns."""
    fields = opened.fields
    return AllColumns(
        (
            *(_names(opened, name, False, parameters) for name in fields.categories),
            *(_names(opened, name, True, parameters) for name in fields.bags),
        ),
        tuple(_numbers(opened, name) for name in fields.numbers),
    )


def _names(opened: OpenedWideDeep, name: str, bag: bool, parameters: ColumnsParameters) -> NameColumn:
    vocabulary = opened.encoder.vocabularies[name]
    counts, yes = _counted(opened, name, vocabulary.size)
    order = 1 + np.argsort(-counts[1:], kind="stable")  # id 0 is for unknown names, which training has none of
    text = parameters.text.lower()
    found = (at for at in order.tolist() if text in vocabulary.name(at).lower())
    values = tuple(
        ValueCount(vocabulary.name(at), int(counts[at]), _share(yes[at], counts[at]))
        for at in islice(found, parameters.values)
    )
    return NameColumn(name, bag, len(vocabulary.names), values)


def _numbers(opened: OpenedWideDeep, name: str) -> NumberColumn:
    scale = opened.encoder.scales[name]
    values = numbers_of(opened.table[opened.task.rows.train], name)
    known = values.drop_nulls().to_numpy()
    counts, yes = _counted(opened, binned_name(name), len(scale.borders) + 1)
    bins = tuple(
        NumberBin(value_name(opened.encoder, binned_name(name), at), int(counts[at]), _share(yes[at], counts[at]))
        for at in range(len(counts))
    )
    quantiles = np.quantile(known, np.linspace(0.0, 1.0, 5)) if len(known) else np.full(5, np.nan)
    whole = bool((known == np.round(known)).all())
    missing = len(values) - len(known)
    return NumberColumn(name, scale.mean, scale.deviation, whole, missing, tuple(quantiles.tolist()), bins)


def _counted(opened: OpenedWideDeep, name: str, size: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """How often each id of a column occurs in the training rows, and in how many of them the outcome is a yes."""
    bags = as_bags(opened.train[name])
    labels = np.repeat(opened.labels[opened.task.rows.train], bags.lengths)
    counts = np.bincount(bags.ids, minlength=size).astype(np.int64)
    return counts, np.bincount(bags.ids, labels, minlength=size).astype(np.float64)


def _share(yes: float, rows: int) -> float:
    return float(yes / rows) if rows else float("nan")


COLUMNS = Ask("columns", "every column's values or range, for editing a row", ColumnsParameters, tell_columns)


class CrossesParameters(Parameters):
    """``row``: whose features are shown. ``columns``: a cross to try, of columns by name, which the network need not
    have."""

    row: int | None = Field(default=None, description=A_ROW)
    columns: tuple[str, ...] = Field(default=(), max_length=6, description="columns of a cross to try")


def tell_crosses(opened: OpenedWideDeep, parameters: CrossesParameters) -> TrainedCrosses:
    """All crosses of the network. Raises EngineError for an unknown row or column."""
    encoded = None if parameters.row is None else opened.encoder.columns(opened.row(parameters.row))
    for name in parameters.columns:
        opened.check_crossable(name)
    tried = () if encoded is None or not parameters.columns else _tried(opened, encoded, parameters.columns)
    return TrainedCrosses(tuple(_view(opened, cross, encoded) for cross in opened.crosses), tried)


def _view(opened: OpenedWideDeep, cross: WideCross, encoded: Columns | None) -> TrainedCross:
    within = slice(cross.begin, cross.begin + cross.size)
    weights, counts = wide_weights(opened.network, cross.node)[within], opened.counts[cross.node][within]
    terms = [] if encoded is None else wide_terms(opened.network, opened.encoder, encoded, 0)
    on = tuple(
        FeatureOn(term.name, _conditions(term.product), term.weight, int(opened.counts[term.node][term.row]))
        for term in terms
        if term.node == cross.node and within.start <= term.row < within.stop
    )
    seen, kept = int(np.count_nonzero(counts)), int(np.count_nonzero(weights))
    return TrainedCross(tuple(cross.columns), cross.features, cross.size, cross.hashed, seen, kept, on)


def _tried(opened: OpenedWideDeep, encoded: Columns, columns: Sequence[str]) -> tuple[FeatureOn, ...]:
    products = products_of(opened.encoder, columns, encoded, 0)
    return tuple(
        FeatureOn(
            title(product),
            _conditions(product),
            None,
            int(np.count_nonzero(rows_with(opened.encoder, product, opened.train))),
        )
        for product in products
    )


def _conditions(product: Product) -> tuple[ColumnCondition, ...]:
    return tuple(ColumnCondition(term.column, term.value) for term in product)


CROSSES = Ask("crosses", "each cross, and which of its features are 1 on a row", CrossesParameters, tell_crosses)


class HeaviestParameters(Parameters):
    """``least``: training rows that a weight is on in; those of a few rows say little of others."""

    kind: Literal["all", "single", "cross"] = Field(default="all", description="which weights")
    top: int = Field(default=20, ge=1, le=1000, description="how many")
    least: int = Field(default=5, ge=1, description="training rows that it is on in, at least")


def find_heaviest(opened: OpenedWideDeep, parameters: HeaviestParameters) -> Heaviest:
    """The wide half's largest weights; naming those of crosses takes a second or so."""
    found: list[HeavyWeight] = []
    if parameters.kind in ("all", "single"):
        found += _singles(opened, parameters.least)
    if parameters.kind != "single":
        found += _crosses(opened, parameters)
    return Heaviest(tuple(sorted(found, key=lambda heavy: -abs(heavy.weight))[: parameters.top]))


def _singles(opened: OpenedWideDeep, least: int) -> Iterator[HeavyWeight]:
    plan = opened.network.plan
    for at in wide_nodes(opened.network):
        weights, counts, begin = wide_weights(opened.network, at), opened.counts[at], 0
        for source, width in zip(plan.nodes[at].sources, plan.nodes[at].in_widths, strict=True):
            params, shift = plan.nodes[source].params, begin
            begin += width
            if not isinstance(params, CategoricalParams | BagParams):
                continue
            kept = (counts[shift:begin] >= least) & (weights[shift:begin] != 0.0)
            for id_ in np.flatnonzero(kept).tolist():
                product = (Term(params.column, value_name(opened.encoder, params.column, id_)),)
                yield _heavy(product, float(weights[shift + id_]), int(counts[shift + id_]), 0)


def _crosses(opened: OpenedWideDeep, parameters: HeaviestParameters) -> Iterator[HeavyWeight]:
    strong = strongest_crosses(opened.network, opened.encoder, opened.train, parameters.top, parameters.least)
    for one in strong:
        yield _heavy(one.products[0], one.weight, one.count, len(one.products) - 1)


def _heavy(product: Product, weight: float, rows: int, sharing: int) -> HeavyWeight:
    kind: TermKind = "single" if len(product) == 1 else "cross"
    conditions = tuple(ColumnCondition(term.column, term.value) for term in product)
    return HeavyWeight(title(product), kind, conditions, weight, rows, sharing)


HEAVIEST = Ask("heaviest", "the largest wide weights, by what they stand for", HeaviestParameters, find_heaviest)
