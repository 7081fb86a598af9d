"""Data sets: toy sets, real sets, any CSV or Parquet file, and drawn points; split, encoded and batched."""

from __future__ import annotations

from engine.data.catalogue import DatasetEntry, catalogue, inspect, load
from engine.data.choice import DataChoice, DrawnPoint
from engine.data.dataset import Dataset, InputColumn, Task
from engine.data.features import Feature, available_features, design_matrix
from engine.data.sampling import Limits

__all__ = [
    "DataChoice",
    "Dataset",
    "DatasetEntry",
    "DrawnPoint",
    "Feature",
    "InputColumn",
    "Limits",
    "Task",
    "available_features",
    "catalogue",
    "design_matrix",
    "inspect",
    "load",
]
