"""Other people's Wide & Deep on the same rows, features and batches: run where they are installed.

    pip install deepctr-torch torch-rechub          # in an environment of their own
    python checks/bench/peers.py ROWS.npz [THREADS]

``ROWS.npz`` is what ``checks.bench.rec_movielens`` writes: ``ids`` (rows, fields) int64,
``sizes`` (fields,), ``labels`` (rows,), and the row numbers ``train``, ``valid`` and ``test``. Prints for each peer the
samples per second of its own training loop and the AUC on the test rows, its best epoch chosen on the valid ones.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

DIMENSIONS, HIDDEN, BATCH, EPOCHS = 16, (128, 64), 1024, 4
Rows = dict[str, np.ndarray]


def deepctr(rows: Rows) -> tuple[float, float]:
    """Samples per second and test AUC of DeepCTR-Torch's WDL, by its own ``fit``."""
    from deepctr_torch.inputs import SparseFeat
    from deepctr_torch.models import WDL

    names = [f"f{i}" for i in range(rows["ids"].shape[1])]
    fields = [SparseFeat(n, int(s), embedding_dim=DIMENSIONS) for n, s in zip(names, rows["sizes"], strict=True)]
    model = WDL(fields, fields, dnn_hidden_units=HIDDEN, device="cpu", l2_reg_linear=0.0, l2_reg_embedding=0.0)
    model.compile("adagrad", "binary_crossentropy", metrics=[])

    def inputs(part: str) -> dict[str, np.ndarray]:
        return {name: rows["ids"][rows[part], i] for i, name in enumerate(names)}

    def epoch() -> None:
        model.fit(inputs("train"), rows["labels"][rows["train"]], batch_size=BATCH, epochs=1, verbose=0)

    return _measured(rows, epoch, lambda part: model.predict(inputs(part), 8192)[:, 0])


def rechub(rows: Rows) -> tuple[float, float]:
    """Samples per second and test AUC of Torch-RecHub's WideDeep, by its own CTRTrainer."""
    from torch_rechub.basic.features import SparseFeature
    from torch_rechub.models.ranking import WideDeep
    from torch_rechub.trainers import CTRTrainer
    from torch_rechub.utils.data import DataGenerator

    names = [f"f{i}" for i in range(rows["ids"].shape[1])]
    fields = [SparseFeature(n, int(s), DIMENSIONS) for n, s in zip(names, rows["sizes"], strict=True)]
    model = WideDeep(fields, fields, {"dims": list(HIDDEN), "dropout": 0.0, "activation": "relu"})
    trainer = CTRTrainer(
        model, optimizer_fn=torch.optim.Adam, optimizer_params={"lr": 1e-3}, n_epoch=1, device="cpu", model_path="/tmp"
    )

    def loader(part: str) -> Any:
        x = {name: rows["ids"][rows[part], i] for i, name in enumerate(names)}
        generator = DataGenerator(x, rows["labels"][rows[part]])
        return generator.generate_dataloader(batch_size=BATCH, split_ratio=[1.0, 0.0])[0]

    train = loader("train")

    def predict(part: str) -> np.ndarray:
        model.eval()
        with torch.no_grad():
            x = {name: torch.as_tensor(rows["ids"][rows[part], i]) for i, name in enumerate(names)}
            found: np.ndarray = model(x).numpy()
        return found

    return _measured(rows, lambda: trainer.train_one_epoch(train), predict)


def _measured(rows: Rows, epoch: Callable[[], None], predict: Callable[[str], np.ndarray]) -> tuple[float, float]:
    rates, scores = [], []
    for _ in range(EPOCHS):
        begin = perf_counter()
        epoch()
        rates.append(len(rows["train"]) / (perf_counter() - begin))
        scores.append([roc_auc_score(rows["labels"][rows[part]], predict(part)) for part in ("valid", "test")])
    return float(np.median(rates)), float(max(scores)[1])


def main(path: str, threads: int = 1) -> None:
    """Measure every peer that is installed."""
    torch.set_num_threads(threads)
    rows = dict(np.load(path))
    known = (("DeepCTR-Torch", "deepctr_torch", deepctr), ("Torch-RecHub", "torch_rechub", rechub))
    for name, package, measure in known:
        if importlib.util.find_spec(package) is None:
            print(f"{name}: not installed")
            continue
        rate, auc = measure(rows)
        print(f"{name}: {rate:,.0f} samples/s, AUC {auc:.4f}")


if __name__ == "__main__":
    main(sys.argv[1], *(int(argument) for argument in sys.argv[2:]))
