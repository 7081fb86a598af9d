"""Real data sets, which lie in ``assets/data``; nothing is fetched from a network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import assets
from engine.data.choice import DataChoice
from engine.data.dataset import Dataset, InputColumn, Task
from engine.data.images import ImageShape
from engine.data.split import fit_scaling, split_rows


@dataclass(frozen=True, slots=True)
class RealSet:
    """A real set: its key, which its file is called by, and what it is.

    Columns of a ``shared_unit``, such as the pixels of an image, are standardised by one mean and deviation.
    ``image``: set where every row is one.
    """

    key: str
    title: str
    task: Task
    target_name: str
    rows: int
    description: str
    source: str
    shared_unit: bool = False
    image: ImageShape | None = None


def load_real(real: RealSet, choice: DataChoice) -> Dataset:
    """Load ``real``, split it by the choice's seed and share, and standardise it where the choice says so."""
    with np.load(assets.path(f"data/{real.key}.npz"), allow_pickle=False) as file:
        x, y = file["x"].astype(np.float64), file["y"].astype(np.float64)
        columns, classes = (tuple(str(name) for name in file[part]) for part in ("columns", "classes"))
    regression = real.task is Task.REGRESSION
    labels = None if regression else y.astype(np.int64)
    train, test = split_rows(len(x), choice.train_share, choice.seed_number, labels)
    means, deviations = fit_scaling(x[train].reshape(-1, 1) if real.shared_unit else x[train])
    means, deviations = (np.broadcast_to(values, len(columns)) for values in (means, deviations))
    centre, scale = (means, deviations) if choice.standardise else (0 * means, np.ones_like(deviations))
    target_centre, target_scale = 0.0, 1.0
    if choice.standardise and regression:
        target_centre, target_scale = (float(value) for value in fit_scaling(y[train]))
    inputs = tuple(
        InputColumn(name, (), float(mean), float(middle), float(size))
        for name, mean, middle, size in zip(columns, means, centre, scale, strict=True)
    )
    return Dataset(
        real.key,
        real.title,
        real.task,
        columns,
        (x - centre) / scale,
        (y - target_centre) / target_scale,
        classes,
        train,
        test,
        target_name=real.target_name,
        inputs=inputs,
        target_centre=target_centre,
        target_scale=target_scale,
        image=real.image,
    )


REAL_SETS: tuple[RealSet, ...] = (
    RealSet(
        "digits",
        "Digits",
        Task.MULTICLASS,
        "digit",
        1797,
        "Handwritten digits as 8×8 grey pixels.",
        "UCI Optical Recognition of Handwritten Digits (Alpaydin and Kaynak 1998), through scikit-learn",
        shared_unit=True,
        image=ImageShape(8, 8, tuple(range(64))),
    ),
    RealSet(
        "iris",
        "Iris",
        Task.MULTICLASS,
        "species",
        150,
        "Three species of iris by the length and width of sepal and petal.",
        "Fisher 1936, through scikit-learn",
    ),
    RealSet(
        "wine",
        "Wine",
        Task.MULTICLASS,
        "cultivar",
        178,
        "Wines from three grape cultivars, by chemical analysis.",
        "UCI Wine (Aeberhard and Forina 1992), through scikit-learn",
    ),
    RealSet(
        "breast-cancer",
        "Breast cancer",
        Task.BINARY,
        "diagnosis",
        569,
        "Malignant or benign, from measurements of cell nuclei.",
        "UCI Breast Cancer Wisconsin Diagnostic (Wolberg et al. 1995), through scikit-learn",
    ),
    RealSet(
        "diabetes",
        "Diabetes",
        Task.REGRESSION,
        "progression",
        442,
        "Progression of diabetes after one year, from ten baseline measurements.",
        "Efron et al. 2004, through scikit-learn",
    ),
)
