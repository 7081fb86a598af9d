"""The examples of the gallery."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import assets
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.formats.base import NetworkFile
from engine.formats.loom import read_network_file


@dataclass(frozen=True)
class Example:
    """A network of the gallery. ``title`` and ``summary`` are source strings; ``name`` is the file's."""

    name: str
    title: str
    summary: str

    @property
    def path(self) -> Path:
        """Its file."""
        return assets.path(f"networks/{self.name}.loom")

    @cached_property
    def content(self) -> NetworkFile:
        """What its file holds."""
        return read_network_file(self.path)


EXAMPLES: tuple[Example, ...] = (
    Example("two-spirals", QT_TRANSLATE_NOOP("Gallery", "Two spirals"),
            QT_TRANSLATE_NOOP("Gallery", "Three layers bend the plane until two arms come apart, in seconds.")),
    Example("single-unit", QT_TRANSLATE_NOOP("Gallery", "AND with one unit"),
            QT_TRANSLATE_NOOP("Gallery", "A single unit draws one straight line; for AND that is enough.")),
    Example("xor", QT_TRANSLATE_NOOP("Gallery", "XOR"),
            QT_TRANSLATE_NOOP("Gallery", "No straight line parts these. Two hidden units can, given a good seed.")),
    Example("circle", QT_TRANSLATE_NOOP("Gallery", "Circle"),
            QT_TRANSLATE_NOOP("Gallery", "Four lines make a box, and the next layer rounds it off.")),
    Example("rings", QT_TRANSLATE_NOOP("Gallery", "Three rings"),
            QT_TRANSLATE_NOOP("Gallery", "More than two classes: softmax gives each its probability.")),
    Example("vanishing", QT_TRANSLATE_NOOP("Gallery", "Vanishing gradients"),
            QT_TRANSLATE_NOOP("Gallery", "Ten logistic layers: watch δ shrink layer by layer, until nothing learns.")),
    Example("not-vanishing", QT_TRANSLATE_NOOP("Gallery", "The same with ReLU and He"),
            QT_TRANSLATE_NOOP("Gallery", "Another activation and start, and the gradient reaches the first layer.")),
    Example("residual", QT_TRANSLATE_NOOP("Gallery", "Residual network"),
            QT_TRANSLATE_NOOP("Gallery", "Skip connections carry the gradient past every layer.")),
    Example("dropout", QT_TRANSLATE_NOOP("Gallery", "Too many units"),
            QT_TRANSLATE_NOOP("Gallery", "Few noisy samples learnt by heart: the test loss rises. Add dropout or L2.")),
    Example("iris", QT_TRANSLATE_NOOP("Gallery", "Iris"),
            QT_TRANSLATE_NOOP("Gallery", "Fisher's flowers of 1936: three species from four lengths.")),
    Example("digits", QT_TRANSLATE_NOOP("Gallery", "Handwritten digits"),
            QT_TRANSLATE_NOOP("Gallery", "64 pixels, 32 units, ten classes of real handwriting.")),
    Example("plane", QT_TRANSLATE_NOOP("Gallery", "Linear regression"),
            QT_TRANSLATE_NOOP("Gallery", "One unit without a bend fits a plane: this is linear regression.")),
    Example("multi-gaussian", QT_TRANSLATE_NOOP("Gallery", "Regression with hills"),
            QT_TRANSLATE_NOOP("Gallery", "ReLU units build a landscape out of folded planes.")),
)  # fmt: skip
