"""What the canvas shows, as plain data for those who paint it and for those who ask what is under the pointer."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QRectF

from app.kit.formula.boxes import Box, LaidOut, Maths, lay_out
from app.kit.formula.laid_out import formula_bytes
from app.kit.kept_within import kept_within
from app.workspaces.scalar_graph.canvas.drawing import EMPTY, Drawing
from app.workspaces.scalar_graph.canvas.labels import Labels
from app.workspaces.scalar_graph.sight import Sight

KEPT_BYTES = 8 << 20
"""Of small formulas: some two thousand, as many as can be read at once and those around them."""


@dataclass(frozen=True, slots=True)
class Faces:
    """What stands on the nodes: ``signs`` in them, ``names`` over them, and these as plain ``labels``; ``result``: the
    output's name."""

    signs: Sequence[Box] = ()
    names: Sequence[Box] = ()
    labels: Sequence[str] = ()
    result: Box = field(default_factory=lambda: Maths("y"))


@dataclass(slots=True)
class Shown:
    """What the painter paints: the drawing, what is known, and what is lit or chosen. ``frames``: round groups."""

    drawing: Drawing = EMPTY
    labels: Labels = field(default_factory=Labels)
    faces: Faces = field(default_factory=Faces)
    sight: Sight = field(default_factory=Sight)
    chosen: Collection[Hashable] = frozenset()
    lit: Collection[Hashable] = frozenset()
    focus: Hashable | None = None
    pulled: Hashable | None = None
    frames: Sequence[QRectF] = ()
    with_values: bool = True
    with_gradients: bool = True
    with_names: bool = True
    stale: bool = False


def not_yet() -> str:
    """What stands where nothing is known."""
    return QCoreApplication.translate("ScalarGraph", "not yet")


@kept_within(KEPT_BYTES, formula_bytes)
def laid_out(box: Box, size: float) -> LaidOut:
    """A small formula ready to be painted: there are hundreds in a frame, the same ones in the next."""
    return lay_out(box, size)
