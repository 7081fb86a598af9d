"""The data set of points that a person has drawn with the mouse."""

from __future__ import annotations

import numpy as np

from engine.data.choice import DataChoice
from engine.data.dataset import TOY_BOUNDS, TOY_CLASSES, Dataset, InputColumn, Task
from engine.data.problems import POINTS_LABEL, POINTS_ONE_CLASS, POINTS_TOO_FEW
from engine.data.split import Rows, split_rows
from engine.data.toys import COLUMNS
from engine.problems import EngineError

TITLE = "Drawn points"
NEEDED_POINTS = 4
HIGHEST_CLASS = 9


def load_points(choice: DataChoice) -> Dataset:
    """The drawn points as a data set: classes by default, values where the task is regression.

    Raises EngineError for fewer than :data:`NEEDED_POINTS` points, a single class or a label that is no
    class.
    """
    if len(choice.points) < NEEDED_POINTS:
        raise EngineError(POINTS_TOO_FEW(points=len(choice.points), needed=NEEDED_POINTS))
    x = np.array([(point.x1, point.x2) for point in choice.points])
    y = np.array([point.label for point in choice.points])
    task, labels = Task.REGRESSION, None
    classes: tuple[str, ...] = ()
    if choice.task is not Task.REGRESSION:
        labels = _class_labels(y)
        task, classes = _task_and_classes(int(labels.max()) + 1, choice.task)
    train, test = split_rows(len(x), choice.train_share, choice.seed_number, labels)
    inputs = tuple(InputColumn(name) for name in COLUMNS)
    return Dataset("points", TITLE, task, COLUMNS, x, y, classes, train, test, inputs=inputs, view=TOY_BOUNDS)


def _class_labels(y: np.ndarray) -> Rows:
    wrong = (y != np.round(y)) | (y < 0) | (y > HIGHEST_CLASS)
    if wrong.any():
        raise EngineError(POINTS_LABEL(label=float(y[wrong][0]), highest=HIGHEST_CLASS))
    if len(np.unique(y)) < 2:
        raise EngineError(POINTS_ONE_CLASS())
    return y.astype(np.int64)


def _task_and_classes(count: int, wanted: Task | None) -> tuple[Task, tuple[str, ...]]:
    if count <= 2:
        return wanted or Task.BINARY, TOY_CLASSES
    return Task.MULTICLASS, tuple(f"class {label}" for label in range(1, count + 1))
