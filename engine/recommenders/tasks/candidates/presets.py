"""Where candidate generation starts from; the rest depends on the log, see
:mod:`engine.recommenders.tasks.candidates.rules`."""

from __future__ import annotations

from engine.recommenders.running.settings import AdaGrad, Training
from engine.recommenders.tasks.base import Preset
from engine.recommenders.tasks.candidates.spec import CandidateChoice

ANY = Preset(CandidateChoice(), Training(deep=AdaGrad(rate=0.1)))
