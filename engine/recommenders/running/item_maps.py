"""Maps of items: where their vectors lie after each epoch, in few dimensions, each map turned to fit the one before.

Principal components are only defined up to sign, and up to a rotation where variances are alike; and all vectors of a
network can turn together without changing what it predicts. So each map is brought to the previous one by the rotation
or reflection that leaves least between them (orthogonal Procrustes, Schönemann 1966): what still moves are the items.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.problems import UNWRITABLE, EngineError
from engine.recommenders.running.tensor_file import DAMAGED, JSON, read_header, read_tensor, write_tensors

MOST_COMPONENTS = 6
MOST_ITEMS = 100_000
"""Items of a map: the most watched ones."""
MOST_MAPS = 200
"""Maps of a run that are kept at most, evenly over its epochs: with many items each is some megabytes."""
FORMAT, VERSION = "neuroloom-item-map", "1"

Points = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ItemVectors:
    """Vectors of some items: ``items`` (n,) by number, ascending; ``vectors`` (n, dimensions)."""

    items: NDArray[np.int64]
    vectors: Points


@dataclass(frozen=True, slots=True)
class ItemMap:
    """``items`` (n,) by number, ascending; ``points`` (n, components); ``explained`` (components,): the share of the
    vectors' variance along each principal component, before the map was turned."""

    items: NDArray[np.int64]
    points: Points
    explained: NDArray[np.float64]


def map_of(of: ItemVectors, previous: ItemMap | None = None) -> ItemMap:
    """The map of some vectors, turned to fit the previous one where that has the same items; else each axis points to
    where its farthest item is."""
    points, explained = principal_components(of.vectors)
    if previous is None or not np.array_equal(previous.items, of.items):
        return ItemMap(of.items, points * _signs(points), explained)
    return ItemMap(of.items, aligned(points, previous.points), explained)


def principal_components(vectors: Points, most: int = MOST_COMPONENTS) -> tuple[Points, NDArray[np.float64]]:
    """Vectors (n, dimensions) about their mean, along the ``most`` directions of greatest variance, (n, components);
    and each one's share of the whole variance, (components,)."""
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    count = min(most, *vectors.shape)
    variances, directions = np.linalg.eigh(centred.T @ centred)  # ascending
    variances = np.maximum(variances[::-1], 0.0)
    points = centred @ directions[:, ::-1][:, :count]
    return points.astype(np.float32), variances[:count] / (variances.sum() or 1.0)


def aligned(points: Points, target: Points) -> Points:
    """Points (n, k) turned and mirrored as a whole so that the squares of what is left to ``target`` (n, k) are least:
    times U Vᵀ, where U S Vᵀ = pointsᵀ target."""
    left, _, right = np.linalg.svd(points.astype(np.float64).T @ target.astype(np.float64))
    found: Points = (points @ (left @ right)).astype(np.float32)
    return found


def _signs(points: Points) -> Points:
    """±1 for each axis, so that its farthest point is on its positive side, (k,)."""
    farthest = points[np.abs(points).argmax(axis=0), np.arange(points.shape[1])]
    return np.where(farthest < 0.0, -1.0, 1.0).astype(np.float32)


# Files ------------------------------------------------------------------------------------------------------------


class ItemMaps:
    """The maps of a run in a folder, a file an epoch; of a long run every second, fourth, … and the latest."""

    def __init__(self, folder: Path, most: int = MOST_MAPS) -> None:
        self._folder, self._most = folder, most
        self._latest: tuple[int, ItemMap] | None = None

    def path(self, epoch: int) -> Path:
        """Where the map after an epoch, from 0, lies."""
        return self._folder / f"{epoch}.safetensors"

    def add(self, epoch: int, of: ItemVectors) -> Path:
        """Write the map after an epoch, turned to fit the one before it. Raises EngineError."""
        found = map_of(of, self._before(epoch))
        path = self.path(epoch)
        try:
            self._folder.mkdir(exist_ok=True)
        except OSError as error:
            raise EngineError(UNWRITABLE(path=self._folder.name, reason=error.strerror or "error")) from error
        write_map(path, found)
        self._latest = epoch, found
        self._thin_out(epoch)
        return path

    def _thin_out(self, latest: int) -> None:
        apart = 1
        while latest // apart + 1 > self._most:
            apart *= 2
        for epoch in [known for known in self._epochs() if known < latest and known % apart]:
            with suppress(OSError):  # it is in nobody's way
                self.path(epoch).unlink()

    def _before(self, epoch: int) -> ItemMap | None:
        """The map of the latest epoch before this one that has one."""
        earlier = max((known for known in self._epochs() if known < epoch), default=None)
        if earlier is None:
            return None
        if self._latest is None or self._latest[0] != earlier:
            self._latest = earlier, read_map(self.path(earlier))
        return self._latest[1]

    def _epochs(self) -> Iterator[int]:
        return (int(path.stem) for path in self._folder.glob("*.safetensors") if path.stem.isdecimal())


def write_map(path: Path, of: ItemMap) -> None:
    """Write a map as a safetensors file: ``points`` and, as JSON, the rest. Raises EngineError."""
    import torch

    described = json.dumps({"items": of.items.tolist(), "explained": of.explained.tolist()}).encode()
    points = torch.from_numpy(np.ascontiguousarray(of.points))
    write_tensors(path, {"points": points}, {"format": FORMAT, "version": VERSION}, described)


def read_map(path: Path) -> ItemMap:
    """Read a map back. Raises EngineError for a file that holds none."""
    read_header(path)
    try:
        described = json.loads(read_tensor(path, JSON).numpy().tobytes())
        points = read_tensor(path, "points").numpy().copy()
        items = np.array(described["items"], np.int64)
        explained = np.array(described["explained"], np.float64)
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise EngineError(DAMAGED(path=path.name, detail="its description cannot be read.")) from error
    if points.shape != (len(items), len(explained)) or points.dtype != np.float32:
        raise EngineError(DAMAGED(path=path.name, detail="its points are not those of its items."))
    return ItemMap(items, points, explained)
