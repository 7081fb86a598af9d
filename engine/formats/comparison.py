"""Comparisons of activations as files: which ones, at which parameters, over which stretch of x."""

from __future__ import annotations

from engine.activations.comparison import Comparison
from engine.formats.sheet import SheetFormat

COMPARISON = SheetFormat("neuroloom-comparison", 3, Comparison)
