"""``about``: what would be trained, on what, and what could be switched."""

from __future__ import annotations

from typing import Any

from engine.recommenders.data.sources import data_source
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.drafts.answers import AboutDraft
from engine.recommenders.tasks.drafts.draft import Draft


class AboutParameters(Parameters):
    """None."""


def answer(opened: Draft[Any], parameters: AboutParameters) -> AboutDraft:
    """What the plan and its data say of themselves."""
    template = opened.template(opened.spec)
    problem = opened.misfit(opened.graph)
    told = opened.graph if problem is None else template
    return AboutDraft(
        model=opened.model,
        label=opened.label,
        data=opened.data,
        data_label=data_source(opened.data.source).label,
        rows=opened.rows,
        spec=opened.spec_of(told, opened.spec).model_dump(mode="json"),
        graph=opened.graph,
        template=template,
        edited=opened.edited is not None,
        problem=None if problem is None else problem.problem,
        notice=opened.notice,
        columns=opened.columns,
        features=opened.features(told),
    )


ASK = Ask("about", "what would be trained, on what, and what could be switched", AboutParameters, answer)
