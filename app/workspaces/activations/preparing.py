"""What takes a while the first time, done in the background before anything is drawn."""

from __future__ import annotations

from app.kit.background import Job
from engine.activations.difference import gelu_difference


def prepare(_job: Job) -> tuple[float, float]:
    """GELU's error function is scipy's, which takes a fifth of a second to import; and where the two GELUs differ most
    takes a search."""
    return gelu_difference()
