"""Columns that are alike and stand close together: one caption says what they all are, a number which each one is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QRectF

from app.builder.canvas.geometry import BlockShape

LEAST = 4
"""Fewer columns than this keep a caption each."""
NARROW = 130.0
"""So do columns with more room than this for a caption, in scene units."""

Run = tuple[BlockShape, ...]


def runs_of(columns: Iterable[BlockShape], rooms: dict[str, float]) -> tuple[Run, ...]:
    """Runs of columns at one height, side by side, of one kind and size, whose names count on and are nobody's own."""
    close = [shape for shape in columns if rooms.get(shape.id, NARROW) < NARROW]
    found = []
    for (title, *_), level in groupby(sorted(close, key=lambda s: (s.body.center().y(), s.body.left())), key=_alike):
        if title:
            continue
        run: list[BlockShape] = []
        for shape in level:
            if run and number_of(shape) != number_of(run[-1]) + 1:
                found.append(tuple(run))
                run = []
            run.append(shape)
        found.append(tuple(run))
    return tuple(run for run in found if len(run) >= LEAST)


def number_of(shape: BlockShape) -> int:
    """The number in a block's name; 0 where it has none."""
    last = shape.name.rpartition(" ")[2]
    return int(last) if last.isdecimal() else 0


def run_text(run: Run) -> str:
    """``Dense 1 to 10, each 6 units · logistic``."""
    text = QCoreApplication.translate("Canvas", "{first} to {last}, each {detail}")
    return text.format(first=run[0].name, last=number_of(run[-1]), detail=run[0].detail)


def span_of(run: Run) -> QRectF:
    """From the first column's left edge to the last one's right, as high as their captions."""
    first, last = run[0], run[-1]
    top = first.caption_rect
    return QRectF(first.body.left(), top.top(), last.body.right() - first.body.left(), top.height())


def _alike(shape: BlockShape) -> tuple[str, str, str, float, float]:
    """A name of one's own is never hidden: its column ends the run."""
    return shape.block.title, shape.block.kind, shape.detail, shape.body.top(), shape.body.height()
