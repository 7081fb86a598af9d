"""``crosses``: each cross-product transformation, and which of its many features is 1 on a row (Cheng et al. 2016,
equation 1): φ(x) = Π xᵢ over the columns that are crossed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import Field

from engine.graph.columns import Columns
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.wide_deep.answers import Condition, FeatureOn, TrainedCross, TrainedCrosses
from engine.recommenders.tasks.wide_deep.insight import Product, products_of, rows_with, title
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep
from engine.recommenders.tasks.wide_deep.wide_terms import WideCross, wide_terms, wide_weights


class CrossesParameters(Parameters):
    """``row``: whose features are shown. ``columns``: a cross to try, of columns by name, which the network need not
    have."""

    row: int | None = Field(default=None, description="a row of the table, from 0")
    columns: tuple[str, ...] = Field(default=(), max_length=6, description="columns of a cross to try")


def answer(opened: OpenedWideDeep, parameters: CrossesParameters) -> TrainedCrosses:
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


def _conditions(product: Product) -> tuple[Condition, ...]:
    return tuple(Condition(term.column, term.value) for term in product)


ASK = Ask("crosses", "each cross, and which of its features are 1 on a row", CrossesParameters, answer)
