"""Wide & Deep as a graph of blocks (Cheng et al. 2016, figures 1 and 4): the template that people then edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

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
from engine.recommenders.data.tables.encoding import Fields
from engine.recommenders.model.graph_draft import Draft

NO_SUCH_CATEGORY = declare(
    "wide-deep.no-such-category",
    "The cross “{cross}” names “{column}”, which is no category of this model; choose among {columns}.",
)


class WideDeepSpec(BaseModel):
    """``parts``: the joint model, or one half of it by itself. ``crosses``: sets of categories or bags by column name.
    ``plain_wide``: whether the wide part also has a weight for every single id. ``hidden``: layers of the deep part,
    each with ``dropout`` of that rate after it, 0 for none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parts: Literal["joint", "wide", "deep"] = "joint"
    crosses: tuple[tuple[str, ...], ...] = ()
    plain_wide: bool = True
    buckets: int = Field(default=100_000, ge=1)
    dimensions: int = Field(default=16, ge=1)
    hidden: tuple[int, ...] = (128, 64)
    dropout: float = Field(default=0.0, ge=0.0, le=0.95)
    quantiles: int = Field(default=100, ge=0)
    scale: float = Field(default=0.05, ge=0.0)


def wide_deep(fields: Fields, sizes: Mapping[str, int], spec: WideDeepSpec) -> NetworkGraph:
    """The graph for these columns; ``sizes``: of every category's and bag's vocabulary.

    Raises EngineError for a cross of a column that is no category.
    """
    draft = Draft()
    ids = {name: draft.add("categorical", CategoricalParams(column=name, size=sizes[name]), name, 0)
           for name in fields.crossable}  # fmt: skip
    bags = {name: draft.add("bag", BagParams(column=name, size=sizes[name]), name, 0) for name in fields.bags}
    logits: list[str] = []
    if spec.parts != "deep":
        logits.append(_wide(draft, {**ids, **bags}, spec))
    if spec.parts != "wide":
        logits.append(_deep(draft, list(ids.values()), list(bags.values()), fields.numbers, spec))
    draft.add("joint_logit", JointLogitParams(), "Joint logit", 5 + len(spec.hidden), logits)
    return draft.graph()


def _wide(draft: Draft, ids: Mapping[str, str], spec: WideDeepSpec) -> str:
    members = list(dict.fromkeys(name for cross in spec.crosses for name in cross))
    for cross in spec.crosses:
        for name in cross:
            if name not in ids:
                raise EngineError(NO_SUCH_CATEGORY(cross=" × ".join(cross), column=name, columns=", ".join(ids)))
    wired = list(ids.values()) if spec.plain_wide else []
    if spec.crosses:
        slots = tuple(tuple(members.index(name) for name in cross) for cross in spec.crosses)
        params = CrossParams(crosses=slots, buckets=spec.buckets)
        wired.append(draft.add("cross", params, "Crosses", 1, [ids[name] for name in members]))
    return draft.add("sparse_linear", None, "Wide", 2, wired)


def _deep(draft: Draft, ids: Sequence[str], bags: Sequence[str], numbers: Sequence[str], spec: WideDeepSpec) -> str:
    parts: list[str] = []
    if ids:
        embedding = EmbeddingParams(dimensions=spec.dimensions, scale=spec.scale)
        parts.append(draft.add("embedding", embedding, "Embeddings", 2, ids))
    pooled = PooledParams(dimensions=spec.dimensions, scale=spec.scale)
    parts += [draft.add("pooled", pooled, f"Mean of {draft.title(bag)}", 2, [bag]) for bag in bags]
    if numbers:
        parts.append(draft.add("numbers", NumbersParams(columns=tuple(numbers)), "Numbers", 0))
        if spec.quantiles:
            parts[-1] = draft.add("transform", TransformParams(quantiles=spec.quantiles), "Quantiles", 2, [parts[-1]])
    last = draft.add("concatenate", None, "", 3, parts) if len(parts) > 1 else parts[0]
    for at, units in enumerate(spec.hidden):
        params = DenseParams(units=units, activation="relu", initializer="he_normal")
        last = draft.add("dense", params, f"Deep {at + 1}", 4 + at, [last])
        if spec.dropout:
            last = draft.add("dropout", DropoutParams(rate=spec.dropout), "", 4 + at, [last])
    logit = DenseParams(units=1, activation="identity", bias=False)
    return draft.add("dense", logit, "Deep logit", 4 + len(spec.hidden), [last])
