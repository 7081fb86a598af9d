"""Small images in a grid: with a caption each, to be clicked, or gone through by the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit.colourmap import ink_image
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Picture, Rect, Rectangle, Text, call, text_width
from app.kit.drawing.view import DrawingView

CAPTION_HEIGHT = 16


@dataclass(frozen=True, slots=True)
class ImageItem:
    """One image: ``pixels`` (height, width) of 0 … 1. ``caption`` and, in the colour of errors, ``wrong`` go below it;
    ``words`` say it to those who point at it or hear it."""

    row: int
    pixels: NDArray[np.float64] = field(repr=False, compare=False)
    caption: str = ""
    wrong: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ImageGridLayout:
    """Where images lie: ``side``, ``gap`` and ``foot`` in pixels; ``lines``: 0 for as many as there is height for."""

    side: int
    gap: int
    foot: int
    lines: int

    def columns_in(self, width: float) -> int:
        """Return how many images stand side by side."""
        return max(1, int((width + self.gap) // (self.side + self.gap)))

    def lines_in(self, height: float) -> int:
        """Return how many lines of images there is room for."""
        return self.lines or max(1, int((height + self.gap) // (self.side + self.foot + self.gap)))

    def box(self, index: int, width: float) -> Rect:
        """Return where an image lies in so wide a grid."""
        columns = self.columns_in(width)
        line, column = divmod(index, columns)
        free = width - columns * (self.side + self.gap) + self.gap
        spread = min(free / (columns - 1), 0.5 * self.gap) if columns > 1 and self.lines else 0.0
        step = self.side + self.gap
        return column * (step + spread), line * (step + self.foot), self.side, self.side


def draw_images(shown: tuple[ImageGridLayout, tuple[ImageItem, ...]], frame: Frame) -> Drawing:
    """Draw as many images as there is room for. Keys are their rows."""
    layout, items = shown
    marks: list[Mark] = []
    for index, item in enumerate(items[: layout.columns_in(frame.width) * layout.lines_in(frame.height)]):
        left, top, side, _side = layout.box(index, frame.width)
        ink, width = ("accent", 2.0) if item.row == frame.pointed else ("border", 1.0)
        edge = left + 0.5, top + 0.5, side - 1, side - 1
        marks += [
            Picture((left, top, side, side), call(ink_image, item.pixels)),
            Rectangle(edge, "", ink, width, 3, key=item.row, tip=item.words, cursor=Qt.CursorShape.PointingHandCursor),
        ]
        if layout.foot:
            plain, wrong = text_width(item.caption, 11), text_width(item.wrong, 11, True)
            start, foot = left + (side - plain - wrong) / 2, (top + side + 1, layout.foot)
            marks.append(Text(item.caption, (start, foot[0], plain, foot[1]), 11, "text_muted", "left middle"))
            marks.append(
                Text(item.wrong, (start + plain, foot[0], wrong, foot[1]), 11, "negative", "left middle", bold=True)
            )
    return Drawing(tuple(marks))


class ImageGrid(DrawingView):
    """``picked(row)``: an image was clicked, or Enter was pressed on it. As many columns as fit, ``lines`` lines."""

    picked = Signal(int)

    def __init__(
        self, side: int, *, lines: int = 0, captions: bool = True, gap: int = 6, parent: QWidget | None = None
    ) -> None:
        """``side`` of an image in pixels; ``lines``: as many at most, 0 for as many as there is height for."""
        self.layout_of_images = layout = ImageGridLayout(side, gap, CAPTION_HEIGHT if captions else 0, lines)
        self.items: tuple[ImageItem, ...] = ()
        """All images, those that do not fit too."""
        hint = QSize(5 * (side + gap), (lines or 2) * (side + layout.foot + gap) - gap)
        super().__init__(draw_images, (layout, ()), hint=hint, least=QSize(side, side + layout.foot), parent=parent)
        policy = QSizePolicy.Policy.Fixed if lines else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, policy)
        self.chosen.connect(self.picked.emit)

    @property
    def shown(self) -> int:
        """Return how many images fit, of those there are."""
        return len(self.drawing.keyed)

    def set_items(self, items: Sequence[ImageItem]) -> None:
        """Show other images."""
        self.items = tuple(items)
        self.set_data((self.layout_of_images, self.items))
