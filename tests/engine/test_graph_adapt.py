"""A graph fitted to other data ends in an output that can reach the targets."""

from __future__ import annotations

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.graph.adapt import adapt
from engine.graph.build import feed_forward
from engine.graph.kinds import TargetSpec
from engine.graph.kinds.output import OutputParams

COLUMNS = ("x1", "x2")


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_a_regression_gives_up_outputs_that_are_bounded(key: str) -> None:
    graph = adapt(feed_forward((3,), output=OutputParams(activation=key)), COLUMNS, COLUMNS, TargetSpec(0))
    params = graph.block("output-1").params.model_dump()
    bounded = bool(np.isfinite(ACTIVATIONS[key].output_range).all())
    assert params["activation"] == ("identity" if bounded else key)
    assert (key in ("step", "logistic", "tanh", "softmax")) == bounded
