"""Where a run starts from when nothing else is asked for: by model, and by the data that it is to learn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from engine.recommenders.data.tables.encoding import binned_name
from engine.recommenders.running.settings import AdaGrad, Ftrl, Training
from engine.recommenders.tasks.candidates.graph import CandidateSpec
from engine.recommenders.tasks.ranking.graph import RankingSpec
from engine.recommenders.tasks.wide_deep.graph import WideDeepSpec
from engine.recommenders.tasks.wide_deep.store import STORE_SPEC

ModelName = Literal["wide-deep", "candidates", "ranking"]
Spec = WideDeepSpec | CandidateSpec | RankingSpec

EVERY_WATCH = 1_000_000
"""As ``per_user``: no user has so many."""
_TELLING = (
    "education", "marital-status", "occupation", "relationship", "workclass",
    binned_name("age"), binned_name("hours-per-week"), binned_name("capital-gain"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preset:
    """A model's spec and how it is trained."""

    spec: Spec
    training: Training


def preset(model: ModelName, source: str) -> Preset:
    """The start for a model on data of this source (:class:`engine.recommenders.data.data_choice.RecommenderData`)."""
    if model == "wide-deep":
        return _WIDE_DEEP.get(source, Preset(WideDeepSpec(), _STEADY))
    if model == "candidates":
        return _FILMS if source == "movielens-small" else Preset(CandidateSpec(), Training(epochs=8, decay=True))
    return Preset(RankingSpec(), Training(epochs=5, decay=True))


_STEADY = Training(epochs=5, deep=AdaGrad(rate=0.02), wide=Ftrl(alpha=0.05, l1=1e-4))
_WIDE_DEEP = {
    "adult": Preset(
        WideDeepSpec(crosses=tuple(combinations(_TELLING, 2)), dropout=0.1),
        Training(epochs=15, deep=AdaGrad(rate=0.02), wide=Ftrl(alpha=0.03, l1=0.01)),
    ),
    "app-store": Preset(
        STORE_SPEC, Training(epochs=3, deep=AdaGrad(rate=0.01), wide=Ftrl(alpha=0.3, beta=0.002, l1=0.03))
    ),
}
# Its users rated in one or two sittings: every watch is an example, and an example's age says little. With nine
# thousand films and few users the whole softmax is quick, and a sample of it would learn too little from each.
_FILMS = Preset(
    CandidateSpec(negatives=0, per_user=EVERY_WATCH, example_age=False),
    Training(epochs=12, deep=AdaGrad(rate=0.1)),
)
