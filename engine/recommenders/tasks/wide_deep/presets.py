"""Where Wide & Deep starts from, by the data that it is to learn."""

from __future__ import annotations

from itertools import combinations

from engine.recommenders.data.tables.fields import binned_name
from engine.recommenders.running.settings import AdaGrad, Ftrl, Training
from engine.recommenders.tasks.base import Preset
from engine.recommenders.tasks.wide_deep.spec import STORE_SPEC, WideDeepSpec

_TELLING = (
    "education", "marital-status", "occupation", "relationship", "workclass",
    binned_name("age"), binned_name("hours-per-week"), binned_name("capital-gain"),
)  # fmt: skip

# Of a table that nobody knows anything about: numbers straight to the logit, which few rows are enough for; much
# dropout and embeddings that begin small, for what has more weights than rows would be learned by heart, while the wide
# part learns fast what single columns say; and batches that give a small table some steps.
ANY = Preset(
    WideDeepSpec(straight=True, dropout=0.5, scale=0.01),
    Training(batch_size="auto", deep=AdaGrad(rate=0.02), wide=Ftrl(alpha=0.1, l1=1e-4)),
)
ADULT = Preset(
    WideDeepSpec(crosses=tuple(combinations(_TELLING, 2)), dropout=0.1),
    Training(deep=AdaGrad(rate=0.02), wide=Ftrl(alpha=0.03, l1=0.01)),
)
APP_STORE = Preset(STORE_SPEC, Training(deep=AdaGrad(rate=0.01), wide=Ftrl(alpha=0.3, beta=0.002, l1=0.03)))
