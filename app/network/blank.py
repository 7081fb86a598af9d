"""A blank network: an input wired to an output, and nothing between."""

from __future__ import annotations

from engine.data import available_features
from engine.data.choice import DataChoice
from engine.data.dataset import Dataset
from engine.formats.base import NetworkFile
from engine.graph.adapt import adapt
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training.tables import target_of


def blank_network(choice: DataChoice, dataset: Dataset) -> NetworkFile:
    """What New begins with: on the data that are loaded, fitted to them, without a name."""
    tokens = [feature.token for feature in available_features(dataset)]
    target = target_of(dataset)
    chain = feed_forward((), features=dataset.columns, outputs=target.classes)
    graph = adapt(chain, tokens, dataset.columns, target)
    return NetworkFile(graph, Hyperparameters(), choice)
