"""``heaviest``: the largest weights of the wide half, by what they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.wide_deep.answers import Condition, Heaviest, HeavyWeight, TermKind
from engine.recommenders.tasks.wide_deep.insight import Product, Term, strongest_crosses, title, value_name
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep
from engine.recommenders.tasks.wide_deep.wide_terms import wide_nodes, wide_weights


class HeaviestParameters(Parameters):
    """``least``: training rows that a weight is on in; those of a few rows say little of others."""

    kind: Literal["all", "single", "cross"] = Field(default="all", description="which weights")
    top: int = Field(default=20, ge=1, le=1000, description="how many")
    least: int = Field(default=5, ge=1, description="training rows that it is on in, at least")


def answer(opened: OpenedWideDeep, parameters: HeaviestParameters) -> Heaviest:
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
    conditions = tuple(Condition(term.column, term.value) for term in product)
    return HeavyWeight(title(product), kind, conditions, weight, rows, sharing)


ASK = Ask("heaviest", "the largest wide weights, by what they stand for", HeaviestParameters, answer)
