"""The settings that a link may name, and the words on both sides."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

START = "https://playground.tensorflow.org/#"

CHOICES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "activation": {"relu": "relu", "tanh": "tanh", "sigmoid": "logistic", "linear": "identity"},
        "regularization": {"none": "none", "L1": "l1", "L2": "l2"},
        "dataset": {
            "circle": "circle",
            "xor": "exclusive-or",
            "gauss": "two-gaussians",
            "spiral": "two-spirals",
        },
        "regDataset": {"reg-plane": "plane", "reg-gauss": "multi-gaussian"},
        "problem": {"classification": "classification", "regression": "regression"},
    }
)
"""Settings of which one word is chosen: the page's words and ours. What it takes unasked is in :data:`DEFAULTS`."""

FEATURES: Mapping[str, str] = MappingProxyType(
    {
        "x": "x1",
        "y": "x2",
        "xSquared": "x1^2",
        "ySquared": "x2^2",
        "xTimesY": "x1*x2",
        "sinX": "sin(x1)",
        "sinY": "sin(x2)",
    }
)
"""The inputs, in the order in which the page feeds them in."""

DEFAULTS: Mapping[str, str | float | bool | tuple[int, ...] | None] = MappingProxyType(
    {
        "activation": "tanh",
        "regularization": "none",
        "batchSize": 10.0,
        "dataset": "circle",
        "regDataset": "reg-plane",
        "learningRate": 0.03,
        "regularizationRate": 0.0,
        "noise": 0.0,
        "networkShape": (4, 2),
        "seed": None,
        "showTestData": False,
        "discretize": False,
        "percTrainData": 50.0,
        "x": True,
        "y": True,
        "xTimesY": False,
        "xSquared": False,
        "ySquared": False,
        "cosX": False,
        "sinX": False,
        "cosY": False,
        "sinY": False,
        "collectStats": False,
        "tutorial": None,
        "problem": "classification",
        "initZero": False,
        "hideText": False,
    }
)
"""Every setting, with what the page takes where a link does not name it, in the order in which it writes them."""

WITHOUT_EFFECT = ("cosX", "cosY")
OF_THE_PAGE = ("collectStats", "tutorial", "hideText")
HIDE = "_hide"
"""Ends the names of settings that hide a control of the page."""

CLASSIFIED, REGRESSED = 500, 1200
"""How many points the page draws for classes and for a regression."""
FIRST_BIAS = 0.1
LARGEST_NOISE, NOISE_INSTEAD = 80.0, 50.0
"""Above the first the page takes the second."""
