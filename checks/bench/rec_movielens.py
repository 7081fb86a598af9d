"""Wide & Deep on MovieLens, rating ≥ 4: samples per second and AUC, and those of other people's on the same rows.

The model is the one that every library has: embeddings of 16 dimensions of user, film, year and set of genres, two
layers of 128 and 64 units, and a weight for each id; batches of 1024, one thread. Where the environment variable
``PEERS_PYTHON`` names an interpreter that has deepctr-torch and torch-rechub, ``peers.py`` runs in it, in turn.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import torch

from checks.bench.measure import Row, at_least
from engine.graph.columns import Columns
from engine.recommenders.data.logs.movielens import movielens_small
from engine.recommenders.data.tables.encoding import fit_encoder
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.labelled import rated
from engine.recommenders.data.tables.random_split import split_at_random
from engine.recommenders.judging.metrics import auc
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows, prepare
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.settings import AdaGrad, Ftrl, Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.tasks.wide_deep.graph import wide_deep
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec

FIELDS = Fields(("user", "item", "year", "genres"))
TRAINING = Training(epochs=4, batch_size=1024, deep=AdaGrad(rate=0.02), wide=Ftrl(alpha=0.05, l1=1e-4))
PEERS = Path(__file__).with_name("peers.py")
Rows = dict[str, np.ndarray]


def rows_of() -> Rows:
    """What ``peers.py`` reads."""
    examples = rated(movielens_small())
    parts = split_at_random(examples.table.height, 0)
    encoder = fit_encoder(examples.table[parts.train], FIELDS)
    columns = encoder.columns(examples.table)
    return {
        "ids": np.stack([np.asarray(columns[name]) for name in FIELDS.categories], axis=1),
        "sizes": np.array([encoder.vocabularies[name].size for name in FIELDS.categories]),
        "labels": examples.goal.labels(examples.table),
        "train": parts.train, "valid": parts.valid, "test": parts.test,
    }  # fmt: skip


def ours(rows: Rows) -> tuple[float, float]:
    """Samples per second and test AUC, the best epoch chosen on the valid rows."""
    columns = Columns({name: rows["ids"][:, i] for i, name in enumerate(FIELDS.categories)}, len(rows["ids"]))
    sizes = dict(zip(FIELDS.categories, rows["sizes"].tolist(), strict=True))
    network = RecommenderNetwork(wide_deep(FIELDS, sizes, WideDeepSpec(dimensions=16, hidden=(128, 64))))
    prepared = prepare(network.plan, columns, rows["labels"])
    trainer, batches = RecommenderTrainer(network, TRAINING), PreparedBatches(prepared.take(rows["train"]), TRAINING)
    trainer.gradients(batches.batch(0, 0))  # the kernels are loaded
    rates, scores = [], []
    for epoch in range(TRAINING.epochs):
        begin = perf_counter()
        for step in range(batches.steps):
            trainer.train(batches.batch(epoch, step))
        rates.append(batches.rows / (perf_counter() - begin))
        scores.append([_auc(network, prepared.take(rows[part])) for part in ("valid", "test")])
    return median(rates), max(scores)[1]


def _auc(network: RecommenderNetwork, part: PreparedRows) -> float:
    return auc(part.targets, network.outputs(part)[0][len(network.plan.nodes) - 1][:, 0].numpy())


def peers(rows: Rows) -> list[tuple[str, float, float]]:
    """Name, samples per second and test AUC of each that is installed."""
    python = os.environ.get("PEERS_PYTHON")
    if python is None:
        return []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.npz"
        np.savez(path, **rows)
        done = subprocess.run([python, str(PEERS), str(path)], check=True, capture_output=True, text=True)
    found = re.findall(r"^(\S+): ([\d,]+) samples/s, AUC ([\d.]+)$", done.stdout, re.MULTILINE)
    return [(name, float(rate.replace(",", "")), float(area)) for name, rate, area in found]


def run() -> list[Row]:
    """Every row."""
    torch.set_num_threads(1)
    rows = rows_of()
    others = peers(rows)
    rate, area = ours(rows)
    table = [Row("MovieLens, Wide & Deep", rate, "samples/s"), Row("… its AUC", area, "")]
    for name, other, their_area in others:
        table += [Row(name, other, "samples/s"), Row("… its AUC", their_area, "")]
    if others:
        table.append(at_least("… than the fastest of them", rate / max(o[1] for o in others), "× as fast", 2.0))
        table.append(at_least("… AUC above the best of theirs by", area - max(o[2] for o in others), "", 0.0))
    return table
