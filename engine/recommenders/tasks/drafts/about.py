"""``about``: what would be trained, on what, and what could be switched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.recommenders.data.sources import data_source
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.drafts.draft import ColumnView, Draft, Feature, Rows, Said


class AboutParameters(Parameters):
    """None."""


@dataclass(frozen=True, slots=True)
class About:
    """``spec``: what the graph agrees with, nothing left open. ``graph``: what would be trained; ``edited``: whether it
    is a person's, and not the ``template`` of what was asked for. ``problem``: what keeps it from being trained; spec
    and features are the template's then. ``notice``: whose rows all this is of, where the file has changed."""

    model: str
    label: str
    data: Mapping[str, Any]
    data_label: str
    rows: Rows
    spec: Mapping[str, Any]
    graph: Mapping[str, Any]
    template: Mapping[str, Any]
    edited: bool
    problem: Said | None
    notice: Said | None
    columns: Sequence[ColumnView]
    features: Sequence[Feature]


def answer(opened: Draft[Any], parameters: AboutParameters) -> About:
    """What the plan and its data say of themselves."""
    template = opened.template(opened.spec)
    problem = opened.misfit(opened.graph)
    told = opened.graph if problem is None else template
    return About(
        model=opened.model,
        label=opened.label,
        data=opened.data.model_dump(mode="json"),
        data_label=data_source(opened.data.source).label,
        rows=opened.rows,
        spec=opened.spec_of(told, opened.spec).model_dump(mode="json"),
        graph=opened.graph.model_dump(mode="json"),
        template=template.model_dump(mode="json"),
        edited=opened.edited is not None,
        problem=None if problem is None else Said.of(problem.problem),
        notice=None if opened.notice is None else Said.of(opened.notice),
        columns=opened.columns,
        features=opened.features(told),
    )


ASK = Ask("about", "what would be trained, on what, and what could be switched", AboutParameters, answer)
