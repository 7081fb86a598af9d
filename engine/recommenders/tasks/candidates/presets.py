"""Where candidate generation starts from, by the data that it is to learn."""

from __future__ import annotations

from engine.recommenders.running.settings import AdaGrad, Training
from engine.recommenders.tasks.base import Preset
from engine.recommenders.tasks.candidates.spec import CandidateSpec

EVERY_WATCH = 1_000_000
"""As ``per_user``: no user has so many."""

ANY = Preset(CandidateSpec(), Training(epochs=8, decay=True))
# Its users rated in one or two sittings: every watch is an example, and an example's age says little. With nine
# thousand films and few users the whole softmax is quick, and a sample of it would learn too little from each.
FILMS = Preset(
    CandidateSpec(negatives=0, per_user=EVERY_WATCH, example_age=False),
    Training(epochs=12, deep=AdaGrad(rate=0.1)),
)
