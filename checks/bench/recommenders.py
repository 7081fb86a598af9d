"""The recommender engine against its peers: ``python -m checks.bench.recommenders [adult] [pair]``, one thread.

Each group of rows is a function of its own. Settings were chosen on validation rows; every figure is of test rows.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import logit

from checks.bench.measure import Row, at_least, at_most
from engine.graph.columns import Bags, Columns
from engine.recommenders.data.tables.adult import CATEGORIES, HIGH_INCOME, INCOME, NUMBERS, adult
from engine.recommenders.data.tables.fields import Fields, binned_name
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.worlds.app_store.store import AppStore, AppStoreSpec, ImpressionChunk
from engine.recommenders.data.worlds.app_store.truth import NETFLIX, PAIR_RATE, PANDORA
from engine.recommenders.data.worlds.generated import joined
from engine.recommenders.judging.metrics import auc, log_loss
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.settings import AdaGrad, Ftrl, Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.tasks.wide_deep.insight import answers
from engine.recommenders.tasks.wide_deep.model import WideDeepModel
from engine.recommenders.tasks.wide_deep.spec import STORE_SPEC, WideDeepSpec
from tests.engine.recommenders.app_store_columns import store_columns, store_encoder

SEEDS = (0, 1, 2)
Floats = NDArray[np.float64]


def run_epoch(trainer: RecommenderTrainer, batches: PreparedBatches, epoch: int) -> None:
    """One epoch's steps."""
    for step in range(batches.steps):
        trainer.train(batches.batch(epoch, step))


# Adult, income > 50K ----------------------------------------------------------------------------------------------

EXACT = {"capital-gain": "exact gain", "capital-loss": "exact loss"}
"""Amounts that are mostly 0 and else one of a hundred: what each means is to be remembered, not interpolated."""
ADULT_FIELDS = Fields((*CATEGORIES, *EXACT.values()), NUMBERS)
ADULT_GOAL = Goal(INCOME, equals=HIGH_INCOME)
TELLING = ("education", "marital-status", "occupation", "relationship", "workclass", *EXACT.values(),
           binned_name("age"), binned_name("hours-per-week"))  # fmt: skip
ADULT_SPEC = WideDeepSpec(crosses=tuple(combinations(TELLING, 2)), dropout=0.1)
DEEP_WAYS = tuple(
    Training(epochs=epochs, deep=AdaGrad(rate=rate), decay=True) for epochs, rate in ((12, 0.03), (18, 0.02))
)
ADULT_MODELS: Mapping[str, tuple[WideDeepSpec, tuple[Training, ...]]] = {
    "joint": (ADULT_SPEC, tuple(
        DEEP_WAYS[1].model_copy(update={"wide": Ftrl(alpha=alpha, l1=l1)})
        for alpha, l1 in ((0.03, 0.01), (0.01, 0.01), (0.03, 0.03)))),
    "deep": (ADULT_SPEC.model_copy(update={"parts": "deep"}), DEEP_WAYS),
    # By itself the wide part learns faster: nobody else does its work.
    "wide": (ADULT_SPEC.model_copy(update={"parts": "wide"}), tuple(
        Training(epochs=25, wide=Ftrl(alpha=alpha, l1=0.01)) for alpha in (0.03, 0.06))),
}  # fmt: skip
"""Each is trained in some ways, of which the validation rows of a split choose one, as they choose the epoch."""


@dataclass(frozen=True, slots=True)
class Split:
    """A random 80/10/10 split of a table."""

    train: pl.DataFrame
    validation: pl.DataFrame
    test: pl.DataFrame


def split_of(table: pl.DataFrame, seed: int) -> Split:
    """One of the splits, by its seed."""
    order = np.random.default_rng(seed).permutation(table.height)
    first, second = int(table.height * 0.8), int(table.height * 0.9)
    return Split(table[order[:first]], table[order[first:second]], table[order[second:]])


def adult_table() -> pl.DataFrame:
    """Adult, its amounts twice: as numbers and as names."""
    return adult().with_columns(pl.col(name).cast(pl.String).alias(new) for name, new in EXACT.items())


@dataclass(frozen=True, slots=True)
class Outcome:
    """``auc`` of the test rows after the epoch with the best AUC of the ``validation`` rows; ``speed`` in samples/s."""

    validation: float
    auc: float
    speed: float


def train_and_test(split: Split, fields: Fields, goal: Goal, spec: WideDeepSpec, training: Training) -> Outcome:
    """Train for all epochs; the best on validation rows is tested."""
    model = WideDeepModel.build(split.train, goal, fields, spec, training)
    network = model.network(model.encoder.columns(split.train))
    rows, validation, test = (model.prepare(network, t) for t in (split.train, split.validation, split.test))
    trainer, batches = RecommenderTrainer(network, training), PreparedBatches(rows, training)
    trainer.planned = training.epochs * batches.steps
    best, found, spent = 0.0, 0.0, 0.0
    for epoch in range(training.epochs):
        start = perf_counter()
        run_epoch(trainer, batches, epoch)
        spent += perf_counter() - start
        reached = _auc(network, validation)
        if reached > best:
            best, found = reached, _auc(network, test)
    return Outcome(best, found, rows.rows * training.epochs / spent)


def best_way(split: Split, spec: WideDeepSpec, ways: Sequence[Training]) -> Outcome:
    """Adult, trained in each of these ways; the one that the validation rows prefer."""
    outcomes = [train_and_test(split, ADULT_FIELDS, ADULT_GOAL, spec, training) for training in ways]
    return max(outcomes, key=lambda outcome: outcome.validation)


def _auc(network: RecommenderNetwork, prepared: PreparedRows) -> float:
    return auc(prepared.targets, answers(network, prepared).logit)


def logistic_regression(split: Split, categories: Sequence[str] = CATEGORIES) -> float:
    """AUC of scikit-learn's, on one-hot categories and standardised numbers."""
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    hot = OneHotEncoder(handle_unknown="ignore")
    columns = make_column_transformer((StandardScaler(), slice(0, len(NUMBERS))), (hot, slice(len(NUMBERS), None)))
    return _peer(make_pipeline(columns, LogisticRegression(max_iter=1000)), split, categories)


def boosted_trees(split: Split, categories: Sequence[str] = CATEGORIES) -> float:
    """AUC of scikit-learn's HistGradientBoosting, categories as such or as numbers: what is better on validation."""
    from sklearn.compose import make_column_transformer
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OrdinalEncoder

    results = []
    for names in (None, list(range(len(NUMBERS), len(NUMBERS) + len(categories)))):
        numbered = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
        columns = make_column_transformer(
            ("passthrough", slice(0, len(NUMBERS))), (numbered, slice(len(NUMBERS), None))
        )
        trees = make_pipeline(columns, HistGradientBoostingClassifier(categorical_features=names, random_state=0))
        tried = _peer(trees, Split(split.train, split.train, split.validation), categories)
        results.append((tried, _peer(trees, split, categories)))
    return max(results)[1]


def _peer(model: Any, split: Split, categories: Sequence[str]) -> float:
    train, test = (
        t.select(*NUMBERS, pl.col(categories).fill_null("?")).to_numpy().astype(object)
        for t in (split.train, split.test)
    )
    scores = model.fit(train, ADULT_GOAL.labels(split.train)).predict_proba(test)[:, 1]
    return auc(ADULT_GOAL.labels(split.test), scores)


def adult_rows() -> list[Row]:
    """Test AUC, the median of three splits, and speed."""
    splits = [split_of(adult_table(), seed) for seed in SEEDS]
    ours = {name: [best_way(split, spec, ways) for split in splits] for name, (spec, ways) in ADULT_MODELS.items()}
    found = {name: median(outcome.auc for outcome in outcomes) for name, outcomes in ours.items()}
    linear, trees = (median(peer(split) for split in splits) for peer in (logistic_regression, boosted_trees))
    informed = {
        name: median(peer(split, ADULT_FIELDS.categories) for split in splits)
        for name, peer in (("regression", logistic_regression), ("trees", boosted_trees))
    }
    return [
        Row("Adult, one-hot logistic regression", linear, "AUC"),
        Row("Adult, boosted trees", trees, "AUC"),
        *(Row(f"… {name} with exact amounts", value, "AUC") for name, value in informed.items()),
        *(Row(f"Adult, {name}", found[name], "AUC") for name in ("wide", "deep", "joint")),
        at_least("… joint over logistic regression", found["joint"] - linear, "AUC", 0.007),
        at_least("… joint over regression, exact amounts", found["joint"] - informed["regression"], "AUC", 0.007),
        at_least("… joint over boosted trees", found["joint"] - trees, "AUC", -0.015),
        at_least("… joint over the better half", found["joint"] - max(found["wide"], found["deep"]), "AUC", 0.0),
        *(Row(f"Adult, {name}", median(o.speed for o in outcomes), "samples/s") for name, outcomes in ours.items()),
    ]


# The planted pair of §6.5 -----------------------------------------------------------------------------------------

PAIR_STORE = AppStoreSpec(impressions=600_000, users=200_000, test_share=0.5)
PAIR_TRAINING = Training(epochs=2, deep=AdaGrad(rate=0.01), wide=Ftrl(alpha=0.3, beta=0.002, l1=0.03))
PAIR_SEEDS = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class OnPair:
    """What one model says in the test part. ``pair_rate``: mean probability over impressions of Netflix × Pandora.
    ``pair_error``: mean |log-odds − the true ones| over them. ``unseen_loss``: log loss against the true rates over
    impressions of pairs that training never had; ``loss`` the same over the other impressions."""

    pair_rate: float
    pair_error: float
    unseen_loss: float
    loss: float
    auc: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One seed's: by part (``wide``, ``deep``, ``joint``). ``pairs``: impressions of the pair in the test part;
    ``best_unseen``: the log loss of the truth itself."""

    by: Mapping[str, OnPair]
    pairs: int
    best_unseen: float


def planted_pair(seed: int, store_spec: AppStoreSpec = PAIR_STORE) -> Measured:
    """Train each half and the joint model on the same impressions in the same way, and see what they have learned."""
    store = AppStore(replace(store_spec, seed=seed))
    everything = joined(list(store.chunks(2**17)))
    train, test = (everything.take(np.flatnonzero(everything.test == part)) for part in (False, True))
    encoder = store_encoder(store, train.columns)
    columns = [store_columns(encoder, chunk.columns) for chunk in (train, test)]
    labels = [chunk.installed.astype(np.float32) for chunk in (train, test)]
    found = {}
    for part in ("wide", "deep", "joint"):
        spec = STORE_SPEC.model_copy(update={"parts": part})
        model = WideDeepModel.of(encoder, labels[0], Goal("installed"), spec, PAIR_TRAINING)
        found[part] = _on_pair(model, columns, labels, test)
    pair, unseen = holds_pair(test), test.rates[test.withheld]
    return Measured(found, int(pair.sum()), log_loss(unseen, unseen))


def _on_pair(
    model: WideDeepModel, columns: Sequence[Columns], labels: Sequence[NDArray[np.float32]], test: ImpressionChunk
) -> OnPair:
    network = model.network(columns[0])
    rows, tested = (model.prepare_columns(network, c, y) for c, y in zip(columns, labels, strict=True))
    trainer, batches = RecommenderTrainer(network, model.training), PreparedBatches(rows, model.training)
    for epoch in range(model.training.epochs):
        run_epoch(trainer, batches, epoch)
    said = answers(network, tested)
    pair, unseen = holds_pair(test), test.withheld
    return OnPair(
        float(said.probability[pair].mean()),
        float(np.abs(said.logit[pair] - logit(PAIR_RATE)).mean()),
        log_loss(test.rates[unseen], said.probability[unseen]),
        log_loss(test.rates[~unseen], said.probability[~unseen]),
        auc(test.installed, said.logit),
    )


def holds_pair(chunk: ImpressionChunk) -> NDArray[np.bool_]:
    """Which impressions show Pandora to somebody who has Netflix, (rows,)."""
    installed = chunk.columns["installed_apps"]
    assert isinstance(installed, Bags)
    owners = np.repeat(np.arange(installed.rows), installed.lengths)
    has_netflix = np.zeros(installed.rows, bool)
    has_netflix[owners[installed.ids == NETFLIX]] = True
    return has_netflix & (np.asarray(chunk.columns["impression_app"]) == PANDORA)


def pair_rows() -> list[Row]:
    """What is remembered and what generalises, over five seeds."""
    all_seeds = [planted_pair(seed) for seed in PAIR_SEEDS]
    rows = [at_least("Planted pair, fewest test impressions", min(m.pairs for m in all_seeds), "rows", 2_000)]
    for part in ("wide", "deep", "joint"):
        rates = [measured.by[part].pair_rate for measured in all_seeds]
        rows.append(Row(f"Planted pair, {part}, median of 5", median(rates), "installs"))
        if part != "deep":
            off = [abs(rate / PAIR_RATE - 1.0) for rate in rates]
            rows.append(at_most("… off the true rate, median of 5", median(off), "of it", 0.15))
            rows.append(Row("… the worst seed", max(off), "of it"))
    times = [m.by["deep"].pair_error / m.by["joint"].pair_error for m in all_seeds]
    rows.append(at_least("… log-odds error of deep, fewest times", min(times), "× joint's", 2.0))
    for part in ("deep", "joint"):
        better = [m.by["wide"].unseen_loss - m.by[part].unseen_loss for m in all_seeds]
        rows.append(at_least(f"Pairs never seen, {part} better than wide, median", 1000 * median(better), "mnat", 0.0))
        rows.append(Row("… the worst seed", 1000 * min(better), "mnat"))
    gap = [m.by["wide"].unseen_loss - m.best_unseen for m in all_seeds]
    rows.append(Row("… the truth better than wide, median", 1000 * median(gap), "mnat"))
    return rows


# All --------------------------------------------------------------------------------------------------------------


def beside(name: str) -> Callable[[], list[Row]]:
    """The rows of the module ``rec_<name>`` beside this one."""
    return lambda: importlib.import_module(f"checks.bench.rec_{name}").run()  # type: ignore[no-any-return]


GROUPS: Mapping[str, Callable[[], list[Row]]] = {
    "adult": adult_rows,
    "pair": pair_rows,
    **{name: beside(name) for name in ("defaults", "movielens", "candidates", "ranking", "scale", "answers")},
}


def run(names: Sequence[str] = tuple(GROUPS)) -> list[Row]:
    """The rows of the named groups."""
    import torch

    torch.set_num_threads(1)
    return [row for name in names for row in GROUPS[name]()]


def main() -> int:
    """Print the named groups' rows, or all; 1 when a bar is missed."""
    from checks.bench.measure import print_table

    parser = argparse.ArgumentParser(prog="python -m checks.bench.recommenders", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="GROUP", help=f"which of: {', '.join(GROUPS)} (all)")
    names = parser.parse_args().names or list(GROUPS)
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        parser.error(f"no group named {', '.join(unknown)}; there are: {', '.join(GROUPS)}")
    rows = run(names)
    print_table(rows)
    return 1 if any(row.ok is False for row in rows) else 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
