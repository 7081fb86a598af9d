"""Inputs that are the pixels of an image."""

from __future__ import annotations

from dataclasses import dataclass

from app.builder.canvas.facts import features_of
from engine.data.dataset import Dataset
from engine.graph import Block, NetworkGraph


@dataclass(frozen=True, slots=True)
class Pixels:
    """The pixels of the data's images: their columns' names line by line, and the images' sides."""

    names: tuple[str, ...]
    height: int
    width: int

    def are_all_of(self, block: Block) -> bool:
        """Whether the block feeds in the image: every pixel, in its place."""
        return features_of(block) == self.names


def image_into(graph: NetworkGraph, block_id: str, pixels: Pixels | None) -> Pixels | None:
    """The image that a block weighs directly and alone, pixel by pixel; None where it is fed anything else."""
    wires = graph.wires_into(block_id)
    if pixels is None or len(wires) != 1 or wires[0].source not in graph:
        return None
    weighs = graph.block(block_id).declaration.probed
    return pixels if weighs and pixels.are_all_of(graph.block(wires[0].source)) else None


def pixels_of(dataset: Dataset) -> Pixels | None:
    """The pixels of the data set; None where its rows are no images."""
    image = dataset.image
    if image is None:
        return None
    return Pixels(tuple(dataset.columns[column] for column in image.columns), image.height, image.width)
