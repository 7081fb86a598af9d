"""The kind of file that comparisons are kept in."""

from __future__ import annotations

from engine.activations.comparison import Comparison
from engine.formats.sheet import SheetFormat

FORM = SheetFormat("neuroloom-comparison", 2, Comparison)
