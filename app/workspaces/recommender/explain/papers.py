"""The paper's own figures, to stand beside ours: Cheng et al., Wide & Deep Learning for Recommender Systems, DLRS 2016,
table 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.workspaces.recommender.explain.content import DEEP, JOINT, WIDE

PAPER_AUC: Final[Mapping[str, float]] = {WIDE: 0.726, DEEP: 0.722, JOINT: 0.728}
"""Offline, on app store impressions of a later time."""
PAPER_GAIN: Final[Mapping[str, float]] = {WIDE: 0.0, DEEP: 0.029, JOINT: 0.039}
"""Acquisitions in the live experiment, as a share more than the wide model's."""
