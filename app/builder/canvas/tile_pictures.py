"""What a block's tiles show: maps over the plane of the data or, for data of images, what a person can see in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from app.builder.canvas.facts import function_of
from app.builder.canvas.geometry import BlockShape
from app.builder.canvas.maps import raw_maps
from app.builder.canvas.scene import Scene


class Style(Enum):
    """How a tile's values are coloured."""

    MAP = auto()
    """What a unit puts out, smoothly over a plane or as one level."""
    WEIGHTS = auto()
    """Weights, each a square; on one scale for the whole block."""
    INK = auto()
    """Ink of an image, 0 … 1."""


@dataclass(frozen=True, slots=True, eq=False)
class TilePictures:
    """``values`` (units, height, width), one picture a unit."""

    values: NDArray[np.float32]
    style: Style = Style.MAP


def pictures_of(shape: BlockShape, scene: Scene) -> TilePictures | None:
    """The pictures of a block's tiles; None where there is nothing to show yet, or where their colours would tell what
    is to be guessed.

    A plane of two pixels says nothing. So for data of images an input shows the image that is looked at, a block that
    weighs the image its weights as images, any other how strongly its units answer. Outputs are filled by their shares.
    """
    snapshot = scene.snapshot
    if snapshot is None:
        return None
    if scene.pixels is None:
        maps = None if scene.withholds(shape.id) else raw_maps(shape.block, snapshot)
        return None if maps is None else TilePictures(maps)
    if shape.picture is not None:
        return None if scene.seen is None else TilePictures(_each(scene.seen.ravel()), Style.INK)
    pixels, matrix = scene.layout.picture_into(shape.id), snapshot.weights.get((shape.id, "W"))
    if shape.block.declaration.is_end:
        return None
    if pixels is not None and matrix is not None and matrix.shape == (shape.width, len(pixels.names)):
        images = matrix.reshape(-1, pixels.height, pixels.width)
        return TilePictures(images.astype(np.float32), Style.WEIGHTS)
    answers = scene.answers_of(shape.id)
    return None if answers is None or answers.size != shape.width else TilePictures(_each(answers))


def _each(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """One value a unit as pictures of a single point."""
    return values.astype(np.float32).reshape(-1, 1, 1)


def output_shares(shape: BlockShape, scene: Scene) -> NDArray[np.float64] | None:
    """How far each output is up its range, 0 … 1, for the image that is looked at: softmax outputs are probabilities.
    None without an image, or where the outputs have no range."""
    answers, function = scene.answers_of(shape.id), function_of(shape.block)
    if answers is None or answers.size != shape.width or function is None:
        return None
    low, high = function.output_range
    if not np.isfinite([low, high]).all():
        return None
    return np.clip((answers - low) / (high - low), 0.0, 1.0)


def answer_shares(shape: BlockShape, scene: Scene) -> NDArray[np.float64] | None:
    """How strongly each unit of a block that weighs the image answers it, −1 … 1 of the strongest; None without one."""
    answers = scene.answers_of(shape.id)
    if answers is None or answers.size != shape.width or scene.layout.picture_into(shape.id) is None:
        return None
    most = float(np.abs(np.nan_to_num(answers)).max(initial=0.0))
    return None if shape.block.declaration.is_end or most == 0.0 else np.nan_to_num(answers) / most
