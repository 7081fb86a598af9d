"""Expressions as files: what is typed into the computation graph, with the values of its variables."""

from __future__ import annotations

from engine.autodiff.document import ExpressionSheet
from engine.formats.sheet import SheetFormat

EXPRESSION = SheetFormat("neuroloom-expression", 3, ExpressionSheet)
