"""``evaluate``: the held-out last watches, and how often the network and simpler models would have recommended them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.candidates.answers import Evaluated
from engine.recommenders.tasks.candidates.opened import OpenedCandidates
from engine.recommenders.tasks.candidates.worth import difference, judged

Places = Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1, max_length=20)]


class EvaluateParameters(Parameters):
    """``at``: lengths of the list of recommendations that are judged."""

    at: Places = Field(default=(10, 50, 200), description="lengths of the list")


def answer(opened: OpenedCandidates, parameters: EvaluateParameters) -> Evaluated:
    """All of them on the very same users; fitting the simpler models takes seconds, the first time."""
    found = opened.evaluations
    (name, network), *others = found.items()
    return Evaluated(
        len(network.users),
        network.catalogue,
        opened.task.split.tied,
        opened.task.split.repeated,
        tuple(judged(who, evaluation, parameters.at) for who, evaluation in found.items()),
        tuple(difference(name, network, who, other, parameters.at) for who, other in others),
    )


ASK = Ask("evaluate", "the network and simpler models on the held-out last watches", EvaluateParameters, answer)
