"""``cross``: what crosses of columns would make of the training rows, and which of their features a row switches on
(Cheng et al. 2016, equation 1): φ(x) = Π xᵢ over the columns that are crossed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

import numpy as np
from pydantic import Field

from engine.graph.columns import UNKNOWN, Columns
from engine.graph.kinds.on_torch import as_bags
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import A_ROW
from engine.recommenders.tasks.drafts.asks import ASKS as ANY_DRAFT
from engine.recommenders.tasks.wide_deep.answers import (
    ColumnCondition,
    Combination,
    CrossMember,
    DraftCross,
    DraftCrosses,
    RowProduct,
)
from engine.recommenders.tasks.wide_deep.cross_counts import CrossCounts, numbered
from engine.recommenders.tasks.wide_deep.draft import DraftWideDeep
from engine.recommenders.tasks.wide_deep.insight import Term, title, value_name

Names = Annotated[tuple[str, ...], Field(max_length=6)]


class CrossParameters(Parameters):
    """``crosses``: sets of columns by name. ``row``: of the table, whose features are told. ``buckets``: ids of a cross
    at most, without it as many as the spec says."""

    crosses: Annotated[tuple[Names, ...], Field(max_length=200)]
    row: int | None = Field(default=None, description=A_ROW)
    buckets: int | None = Field(default=None, ge=1, description="ids of a cross, at most")
    shown: int = Field(default=8, ge=0, le=1000, description="combinations to show of each cross")


def answer(opened: DraftWideDeep, parameters: CrossParameters) -> DraftCrosses:
    """What each cross makes. Raises EngineError for an unknown row or column, and for a cross that is too large."""
    encoded = None if parameters.row is None else opened.encoder.columns(opened.row(parameters.row))
    views = tuple(_view(opened, cross, encoded, parameters) for cross in parameters.crosses)
    return DraftCrosses(
        views,
        sum(view.features for view in views),
        sum(view.seen for view in views),
        sum(view.weights for view in views),
        opened.train.rows,
        float(opened.outcomes.mean(dtype=np.float64)),
    )


def _view(
    opened: DraftWideDeep, cross: Sequence[str], encoded: Columns | None, parameters: CrossParameters
) -> DraftCross:
    counts = opened.counts_of(tuple(cross))
    frequent = tuple(
        _combination(opened, cross, counts, int(counts.numbers[at])) for at in counts.frequent[: parameters.shown]
    )
    weights = min(counts.possible, parameters.buckets or opened.spec.buckets)
    phi = None if encoded is None else _phi(opened, cross, counts, encoded)
    hashed = counts.possible > weights
    return DraftCross(tuple(cross), counts.possible, len(counts.numbers), weights, hashed, frequent, phi)


def _combination(opened: DraftWideDeep, cross: Sequence[str], counts: CrossCounts, number: int) -> Combination:
    ids = counts.ids(number)
    terms = tuple(Term(name, value_name(opened.encoder, name, id_)) for name, id_ in zip(cross, ids, strict=True))
    rows, yes = counts.of(number)
    return Combination(
        title(terms),
        tuple(ColumnCondition(term.column, term.value) for term in terms),
        rows,
        rows / opened.train.rows,
        yes / rows if rows else None,
        any(_is_unknown(opened, name, id_) for name, id_ in zip(cross, ids, strict=True)),
    )


def _phi(opened: DraftWideDeep, cross: Sequence[str], counts: CrossCounts, encoded: Columns) -> RowProduct:
    members = tuple(_member(opened, name, encoded) for name in cross)
    product = int(all(member.x for member in members))
    numbers = np.unique(as_bags(numbered(cross, counts.widths, encoded)).ids)
    on = [_combination(opened, cross, counts, number) for number in numbers.tolist()]
    return RowProduct(members, product, tuple(sorted(on, key=lambda feature: (feature.unknown, -feature.rows))))


def _member(opened: DraftWideDeep, name: str, encoded: Columns) -> CrossMember:
    ids = [id_ for id_ in as_bags(encoded[name]).ids.tolist() if not _is_unknown(opened, name, id_)]
    values = tuple(dict.fromkeys(value_name(opened.encoder, name, id_) for id_ in ids))
    return CrossMember(name, values, int(bool(values)))


def _is_unknown(opened: DraftWideDeep, name: str, id_: int) -> bool:
    """Whether an id is the bucket for unknown values; bins of numbers have none."""
    return id_ == UNKNOWN and name in opened.encoder.vocabularies


CROSS = Ask("cross", "what crosses make of the training rows, and of a chosen one", CrossParameters, answer)
ASKS: Final[tuple[Ask[Any, Any], ...]] = (*ANY_DRAFT, CROSS)
