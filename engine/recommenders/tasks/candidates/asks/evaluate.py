"""``evaluate``: the held-out last watches, and how often the network and simpler models would have recommended them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.candidates.opened import OpenedCandidates
from engine.recommenders.tasks.candidates.worth import Difference, Judged, difference, judged

Places = Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1, max_length=20)]


class EvaluateParameters(Parameters):
    """``at``: lengths of the list of recommendations that are judged."""

    at: Places = Field(default=(10, 50, 200), description="lengths of the list")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """``users``: with a held-out watch, each counting the same. ``catalogue``: items ranked for each, less what they
    have watched. ``tied``: share of the held-out watches that have another at the same second; ``repeated``: of what
    was watched before, which is never recommended. ``recommenders``: the network first; ``differences``: the network
    minus each of the others."""

    users: int
    catalogue: int
    tied: float
    repeated: float
    recommenders: Sequence[Judged]
    differences: Sequence[Difference]


def answer(opened: OpenedCandidates, parameters: EvaluateParameters) -> Evaluated:
    """All of them on the very same users; fitting the simpler models takes seconds, the first time."""
    found = opened.evaluations
    (name, network), *others = found.items()
    return Evaluated(
        len(network.users),
        network.catalogue,
        opened.task.split.tied,
        opened.task.split.repeated,
        [judged(who, evaluation, parameters.at) for who, evaluation in found.items()],
        [difference(name, network, who, other, parameters.at) for who, other in others],
    )


ASK = Ask("evaluate", "the network and simpler models on the held-out last watches", EvaluateParameters, answer)
