"""A network file in a picture's worth of numbers: its points, what it decides over the plane, how good it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.activations import activation
from engine.data.catalogue import load
from engine.data.dataset import Dataset, Task
from engine.formats.base import NetworkFile
from engine.graph.kinds.base import Array
from engine.losses import loss
from engine.network.choice import choose_backend
from engine.network.plan import Plan, WeightKey, compile_graph
from engine.network.state import initial_state, weights_of
from engine.training.observer import Observer
from engine.training.plane import plane_of, telling_columns
from engine.training.tables import target_of

POINTS = 160
"""More would only cover one another in a small picture."""
IMAGES = 9
"""So many images, three by three, are told apart in one."""


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """What a card shows. Places are shares 0 … 1 of the plane, the second feature upwards.

    ``at`` (n, 2) and ``values`` (n,): points and their class index or, in a regression, their value as −1 … 1 of the
    data's range. ``shares`` (h, w): the answer as −1 … 1, row 0 on top, where it is one value; else None, and
    ``winners`` (h, w) has the class that wins and ``leads`` (h, w) by how much, 0 … 1. ``columns``: the two that are
    shown, by index, of ``inputs`` columns in all; the others are held at their mean. ``weights`` counts parameters.
    ``score``: accuracy or R² on the test set. Where the rows are images, ``images`` (n, h, w) has training images of
    the first classes, 0 … 1, and ``seen`` (n, h, w) the weights of as many first-layer units over the pixels, −1 … 1 of
    the unit's largest; else both are empty.
    """

    task: Task
    names: tuple[str, ...]
    columns: tuple[int, int]
    at: Array
    values: Array
    shares: Array | None
    winners: NDArray[np.int64]
    leads: Array
    weights: int
    outputs: int
    score: float
    images: Array
    seen: Array

    @property
    def is_slice(self) -> bool:
        """Whether there are more features than the two that are shown."""
        return len(self.names) > 2


def portrait(file: NetworkFile) -> Portrait:
    """Look at a file's network with the file's own weights. Raises EngineError where its data or weights do not fit."""
    dataset = load(file.data)
    plan = compile_graph(file.graph, target_of(dataset))
    state = initial_state(plan, file.hyper.seed, file.hyper.optimizer, file.weights)
    columns = telling_columns(dataset)
    observer = Observer(plan, dataset)
    observer.look_at(columns)
    outputs = observer.decision(choose_backend(plan, "numpy", "cpu"), state, fresh=True).outputs.astype(np.float64)
    shares, winners, leads = _read(plan, dataset, outputs)
    at, values = _points(dataset, columns)
    return Portrait(
        dataset.task,
        dataset.columns,
        columns,
        at,
        values,
        shares,
        winners,
        leads,
        plan.size,
        plan.output.width,
        observer.evaluate(state, fresh=True).test.score,
        _images(dataset),
        _weight_images(plan, dataset, weights_of(plan, state)),
    )


def _read(plan: Plan, dataset: Dataset, outputs: Array) -> tuple[Array | None, NDArray[np.int64], Array]:
    """Outputs (k, h, w) as shares of one signed value, or as winners and their leads."""
    nothing = np.zeros(outputs.shape[1:])
    if len(outputs) > 1:
        ranked = np.sort(outputs, axis=0)
        return None, outputs.argmax(axis=0), np.clip(ranked[-1] - ranked[-2], 0.0, 1.0)
    if dataset.task is Task.REGRESSION:
        low, high = float(dataset.y.min()), float(dataset.y.max())
    else:
        low, high = loss(plan.output.params.loss).levels(activation(plan.output.params.activation))
    half = (high - low) / 2 or 1.0
    shares = np.clip((outputs[0] - (low + high) / 2) / half, -1.0, 1.0)
    return shares, nothing.astype(np.int64), nothing


def _points(dataset: Dataset, columns: tuple[int, int]) -> tuple[Array, Array]:
    """The training points, thinned evenly, as shares of the plane, and what each of them is."""
    rows = dataset.train[:: -(-len(dataset.train) // POINTS)]
    plane = plane_of(dataset, columns)
    low, high = np.array(plane.low), np.array(plane.high)
    at = (dataset.x[rows][:, list(columns)] - low) / np.where(high > low, high - low, 1.0)
    values = dataset.y[rows].astype(np.float64)
    if dataset.task is Task.REGRESSION:
        least, most = float(dataset.y.min()), float(dataset.y.max())
        values = (values - (least + most) / 2) / ((most - least) / 2 or 1.0)
    return at, values


def _images(dataset: Dataset) -> Array:
    """The first training image of each of the first classes."""
    if dataset.image is None:
        return np.zeros((0, 0, 0))
    labels = dataset.y[dataset.train]
    firsts = [int(np.flatnonzero(labels == label)[0]) for label in np.unique(labels)[:IMAGES]]
    return dataset.pictures(dataset.train[firsts])


def _weight_images(plan: Plan, dataset: Dataset, weights: Mapping[WeightKey, Array]) -> Array:
    """Weights of the first units that read the image itself, as images; none where a pixel is left out."""
    shape = dataset.image
    fed = [node for node in plan.nodes if (node.id, "W") in weights and node.sources == (0,)]
    if shape is None or not fed or not plan.inputs:
        return np.zeros((0, 0, 0))
    features = list(plan.inputs[0].params.features)
    names = [dataset.columns[column] for column in shape.columns]
    if not set(names) <= set(features):
        return np.zeros((0, 0, 0))
    array = weights[fed[0].id, "W"][:IMAGES, [features.index(name) for name in names]]
    largest = np.abs(array).max(axis=1, keepdims=True)
    images: Array = (array / np.where(largest > 0.0, largest, 1.0)).reshape(-1, shape.height, shape.width)
    return images
