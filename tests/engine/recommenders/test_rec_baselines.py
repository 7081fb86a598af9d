"""Baselines against brute force and against ridge regressions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

from engine.problems import EngineError
from engine.recommenders.data.logs.log import Log
from engine.recommenders.judging import baselines
from engine.recommenders.judging.baselines import EASE, ItemKNN, Popular, RecentPopular
from tests.engine.recommenders.logs_and_examples import ordered

DAY = 86_400


def a_log(seed: int, users: int = 30, items: int = 12, watches: int = 150) -> Log:
    """Random watches, some repeated."""
    rng = np.random.default_rng(seed)
    columns = (rng.integers(0, count, watches) for count in (users, items, 100 * DAY))
    return ordered(Log(*columns, [str(u) for u in range(users)], [str(i) for i in range(items)]))


def dense(log: Log) -> np.ndarray:
    watched = np.zeros((log.user_count, log.item_count))
    watched[log.users, log.items] = 1
    return watched


def everybody(log: Log) -> np.ndarray:
    return np.arange(log.user_count)


def test_popular_counts_watches():
    log = a_log(0)
    expected = [(log.items == item).sum() for item in range(12)]
    assert Popular.fit(log).scores(np.array([3, 5])).tolist() == [expected, expected]


def test_recent_popular_counts_the_last_days_and_breaks_ties_by_all():
    watches = [(0, 0), (10, 1), (11, 1), (12, 2), (95, 2), (96, 3), (97, 4), (98, 4), (100, 0)]  # (day, item)
    times, items = np.array([day * DAY for day, _ in watches]), np.array([item for _, item in watches])
    log = Log(np.zeros(9, np.int64), items, times, ["u"], [str(i) for i in range(6)])
    scores = RecentPopular.fit(log, days=10).scores(np.array([0]))[0]
    assert np.argsort(-scores, kind="stable").tolist() == [4, 0, 2, 3, 1, 5]  # 4: two; 0 and 2: one, two ever; 3: one
    assert scores[0] == scores[2] > scores[3]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(1, 14), st.sampled_from([0.0, 2.0, 20.0]))
def test_item_knn_is_brute_force(seed, neighbours, shrinkage):
    log = a_log(seed)
    watched = dense(log)
    lengths = np.sqrt(watched.sum(axis=0))
    similarity = np.zeros((12, 12))
    for i in range(12):
        likeness = {
            j: watched[:, i] @ watched[:, j] / (lengths[i] * lengths[j] + shrinkage)
            for j in range(12)
            if j != i and watched[:, i] @ watched[:, j] > 0
        }
        nearest = sorted(likeness, key=lambda j: (-np.float32(likeness[j]), j))[:neighbours]
        similarity[nearest, i] = [likeness[j] for j in nearest]
    model = ItemKNN.fit(log, neighbours, shrinkage)
    assert model.scores(everybody(log)) == pytest.approx(watched @ similarity, abs=1e-5)


def test_item_knn_does_not_depend_on_its_blocks(monkeypatch):
    log = a_log(1)
    whole = ItemKNN.fit(log, 3).scores(everybody(log))
    monkeypatch.setattr(baselines, "BLOCK", 5)
    assert ItemKNN.fit(log, 3).scores(everybody(log)).tolist() == whole.tolist()


@pytest.mark.parametrize(("seed", "penalty"), [(0, 1.0), (1, 10.0), (2, 300.0)])
def test_ease_is_a_ridge_regression_of_each_item_on_the_others(seed, penalty, monkeypatch):
    monkeypatch.setattr(baselines, "BLOCK", 5)
    log = a_log(seed)
    watched = dense(log)
    scores = EASE.fit(log, penalty).scores(everybody(log))
    for item in range(12):
        others = np.delete(watched, item, axis=1)
        ridge = Ridge(alpha=penalty, fit_intercept=False).fit(others, watched[:, item])
        assert scores[:, item] == pytest.approx(ridge.predict(others), abs=1e-4)


def test_ease_leaves_rare_items_unscored():
    log = a_log(3, watches=40)
    watchers = dense(log).sum(axis=0)
    model = EASE.fit(log, at_least=4)
    assert 0 < len(model.items) < 12
    assert np.isneginf(model.scores(np.array([0]))[0]).tolist() == (watchers < 4).tolist()
    assert np.isneginf(EASE.fit(log, at_least=99).scores(np.array([0]))).all()


def test_ease_says_what_to_do_when_it_would_need_too_much_memory():
    with pytest.raises(EngineError, match=r"EASE over 12 items needs .* Keep only items with more watches"):
        EASE.fit(a_log(0), memory=500)
