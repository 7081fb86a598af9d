"""Wide & Deep as a graph of blocks (Cheng et al. 2016, figures 1 and 4): the template that people then edit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.cross import CrossParams
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.dropout import DropoutParams
from engine.graph.kinds.embedding import EmbeddingParams
from engine.graph.kinds.joint_logit import JointLogitParams
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.kinds.pooled import PooledParams
from engine.graph.kinds.transform import TransformParams
from engine.graph.model import NetworkGraph
from engine.problems import EngineError, declare
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.model.graph_draft import GraphDraft
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec

NO_SUCH_CATEGORY = declare(
    "recommender.no-such-category",
    "The cross “{cross}” names “{column}”, which isn't a category of this model. Choose from {columns}.",
)

EMPTY_CROSS = declare("recommender.empty-cross", "A cross names no column. Name one or more, or leave it out.")
CROSSED_TWICE = declare(
    "recommender.crossed-twice", "The cross {cross} names “{column}” twice; name each column of a cross once."
)


def wide_deep(fields: Fields, sizes: Mapping[str, int], spec: WideDeepSpec) -> NetworkGraph:
    """The graph for these columns; ``sizes``: of every category's and bag's vocabulary.

    Raises EngineError for a cross of nothing or of a column that is no category.
    """
    draft = GraphDraft()
    ids = {name: draft.add("categorical", CategoricalParams(column=name, size=sizes[name]), name, 0)
           for name in fields.crossable}  # fmt: skip
    bags = {name: draft.add("bag", BagParams(column=name, size=sizes[name]), name, 0) for name in fields.bags}
    logits: list[str] = []
    if spec.parts != "deep":
        logits.append(_wide(draft, ids, bags, spec))
    if spec.parts != "wide":
        logits.append(_deep(draft, list(ids.values()), list(bags.values()), fields.numbers, spec))
    draft.add("joint_logit", JointLogitParams(), "Joint logit", 5 + len(spec.hidden), logits)
    return draft.graph()


def _wide(draft: GraphDraft, single: Mapping[str, str], bags: Mapping[str, str], spec: WideDeepSpec) -> str:
    ids = {**single, **bags}
    members = list(dict.fromkeys(name for cross in spec.crosses for name in cross))
    for cross in spec.crosses:
        check_cross(cross, bags)
        for name in cross:
            if name not in ids:
                raise EngineError(NO_SUCH_CATEGORY(cross=" × ".join(cross), column=name, columns=", ".join(ids)))
    wired = list(ids.values()) if spec.plain_wide else []
    if spec.crosses:
        slots = tuple(tuple(members.index(name) for name in cross) for cross in spec.crosses)
        params = CrossParams(crosses=slots, buckets=spec.buckets)
        wired.append(draft.add("cross", params, "Crosses", 1, [ids[name] for name in members]))
    return draft.add("sparse_linear", None, "Wide", 2, wired)


def check_cross(cross: Sequence[str], bags: Collection[str]) -> None:
    """Raise EngineError unless it names columns, each once but for ``bags``: only of these are two values in a row."""
    if not cross:
        raise EngineError(EMPTY_CROSS())
    for at, name in enumerate(cross):
        if name in cross[:at] and name not in bags:
            raise EngineError(CROSSED_TWICE(cross=" × ".join(cross), column=name))


def _deep(
    draft: GraphDraft, ids: Sequence[str], bags: Sequence[str], numbers: Sequence[str], spec: WideDeepSpec
) -> str:
    parts: list[str] = []
    if ids:
        embedding = EmbeddingParams(dimensions=spec.dimensions, scale=spec.scale)
        parts.append(draft.add("embedding", embedding, "Embeddings", 2, ids))
    pooled = PooledParams(dimensions=spec.dimensions, scale=spec.scale)
    parts += [draft.add("pooled", pooled, f"Mean of {draft.title(bag)}", 2, [bag]) for bag in bags]
    straight: list[str] = []
    if numbers:
        parts.append(draft.add("numbers", NumbersParams(columns=tuple(numbers)), "Numbers", 0))
        straight = [parts[-1]] if spec.straight else []
        if spec.quantiles:
            parts[-1] = draft.add("transform", TransformParams(quantiles=spec.quantiles), "Quantiles", 2, [parts[-1]])
    last = draft.join(parts, 3)
    for at, units in enumerate(spec.hidden):
        params = DenseParams(units=units, activation="relu", initializer="he_normal")
        last = draft.add("dense", params, f"Deep {at + 1}", 4 + at, [last])
        if spec.dropout:
            last = draft.add("dropout", DropoutParams(rate=spec.dropout), "", 4 + at, [last])
    if straight:
        last = draft.add("concatenate", None, "", 4 + len(spec.hidden), [last, *straight])
    logit = DenseParams(units=1, activation="identity", bias=False)
    return draft.add("dense", logit, "Deep logit", 4 + len(spec.hidden), [last])
