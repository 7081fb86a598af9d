"""The generated app store: its truth holds in what is drawn, and what is drawn does not depend on how it is read."""

from __future__ import annotations

import tracemalloc
from copy import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2_contingency, norm
from sklearn.metrics import roc_auc_score

from engine.graph.columns import Bags, Columns, bags_of
from engine.problems import EngineError
from engine.recommenders.data.worlds.app_store.store import BLOCK, AppStore, AppStoreSpec, ImpressionChunk, app_name
from engine.recommenders.data.worlds.app_store.truth import NETFLIX, PANDORA, make_pairs
from engine.recommenders.data.worlds.generated import joined

SPEC = AppStoreSpec(impressions=200_000, seed=3)


pytestmark = pytest.mark.slow  # a store of some size is drawn anew, and its frequencies counted


@pytest.fixture(scope="module")
def store() -> AppStore:
    return AppStore(SPEC)


@pytest.fixture(scope="module")
def everything(store: AppStore) -> ImpressionChunk:
    return joined(list(store.chunks(50_000)))


def smooth_rate(store: AppStore, columns: Columns) -> np.ndarray:
    """The rates without the exceptions: the best that pure generalisation could say, (rows,)."""
    smooth = copy(store)
    smooth.exceptions = make_pairs({}, store.spec.apps)
    return smooth.rate(columns)


def installed(chunk: ImpressionChunk) -> Bags:
    bags = chunk.columns["installed_apps"]
    assert isinstance(bags, Bags)
    return bags


def holds(chunk: ImpressionChunk, app: int) -> np.ndarray:
    """Which rows have an app installed."""
    bags = installed(chunk)
    found = np.zeros(bags.rows, bool)
    found[np.repeat(np.arange(bags.rows), bags.lengths)[bags.ids == app]] = True
    return found


def pairs_of(chunk: ImpressionChunk) -> set[tuple[int, int]]:
    bags, shown = installed(chunk), np.asarray(chunk.columns["impression_app"])
    met = np.zeros((SPEC.apps + 1, SPEC.apps + 1), bool)
    met[bags.ids, np.repeat(shown, bags.lengths)] = True
    return set(zip(*(places.tolist() for places in np.nonzero(met)), strict=True))


def test_columns_are_those_of_google_play(store: AppStore, everything: ImpressionChunk) -> None:
    assert list(everything.columns.of) == ["age", "installs", "device_class", "installed_apps", "impression_app"]
    bags, shown = installed(everything), np.asarray(everything.columns["impression_app"])
    assert len(everything) == SPEC.impressions
    np.testing.assert_array_equal(everything.columns["installs"], bags.lengths)
    np.testing.assert_array_equal(everything.index, np.arange(SPEC.impressions))
    assert bags.ids.min() >= 1 and bags.ids.max() <= SPEC.apps
    assert shown.min() >= 1 and shown.max() <= SPEC.apps
    assert not np.any(np.repeat(shown, bags.lengths) == bags.ids), "an app was shown to somebody who has it"
    devices = np.asarray(everything.columns["device_class"])
    assert set(np.unique(devices)) == set(range(1, len(store.names("device_class"))))
    ages = np.asarray(everything.columns["age"])
    assert ages.min() >= 13 and ages.max() <= 80 and np.all(ages == np.round(ages))


def test_bags_hold_no_app_twice(everything: ImpressionChunk) -> None:
    bags = installed(everything)
    rows = np.repeat(np.arange(bags.rows), bags.lengths)
    keys = rows * (SPEC.apps + 1) + bags.ids
    assert np.all(np.diff(keys) > 0)


def test_a_user_stays_the_same_person(everything: ImpressionChunk) -> None:
    for name in ("age", "device_class"):
        values = np.asarray(everything.columns[name])
        first = np.full(SPEC.users, -1.0)
        first[everything.users] = values
        np.testing.assert_array_equal(first[everything.users], values)


@pytest.fixture(scope="module")
def smaller() -> AppStore:
    return AppStore(AppStoreSpec(impressions=40_000, users=1000, apps=120))


@pytest.fixture(scope="module")
def parts(smaller: AppStore) -> dict[str | None, ImpressionChunk]:
    """All of it, and each of its parts, read at once."""
    return {part: joined(list(smaller.chunks(10**6, part))) for part in (None, "train", "test")}


@pytest.mark.parametrize("part", [None, "train", "test"])
@pytest.mark.parametrize("size", [999, BLOCK, 23_456])
def test_chunks_of_any_size_hold_the_same(
    smaller: AppStore, parts: dict[str | None, ImpressionChunk], part: str | None, size: int
) -> None:
    whole = parts[part]
    chunks = list(AppStore(smaller.spec).chunks(size, part))
    assert [len(chunk) for chunk in chunks[:-1]] == [size] * (len(chunks) - 1)
    again = joined(chunks)
    for name in ("installed", "rates", "index", "users", "withheld", "test"):
        np.testing.assert_array_equal(getattr(again, name), getattr(whole, name))
    for name in whole.columns.of:
        found, expected = again.columns[name], whole.columns[name]
        if isinstance(found, Bags):
            np.testing.assert_array_equal(found.ids, expected.ids)
            np.testing.assert_array_equal(found.offsets, expected.offsets)
        else:
            np.testing.assert_array_equal(found, expected)


def test_a_longer_store_begins_with_the_shorter_one() -> None:
    short = joined(list(AppStore(AppStoreSpec(impressions=5_000)).chunks(5_000)))
    first = next(AppStore(AppStoreSpec(impressions=10**8)).chunks(5_000))
    for name in ("rates", "installed", "users", "withheld", "test"):
        np.testing.assert_array_equal(getattr(first, name), getattr(short, name))


def test_another_seed_is_another_store() -> None:
    one, two = (next(AppStore(AppStoreSpec(impressions=2000, seed=seed)).chunks(2000)) for seed in (1, 2))
    assert np.mean(np.asarray(one.columns["impression_app"]) == np.asarray(two.columns["impression_app"])) < 0.2


def test_the_planted_pair_has_its_rates(everything: ImpressionChunk) -> None:
    shown = np.asarray(everything.columns["impression_app"]) == PANDORA
    both = shown & holds(everything, NETFLIX)
    alone = shown & ~both
    assert np.all(np.abs(everything.rates[both] - 0.10) < 1e-12)
    assert np.all(np.abs(everything.rates[alone] - 0.01) < 1e-12)
    assert both.sum() >= 2000
    for rows, rate in ((both, 0.10), (alone, 0.01)):
        assert binomtest(int(everything.installed[rows].sum()), int(rows.sum()), rate).pvalue > 1e-4


@pytest.mark.parametrize("share", [0.0, 0.005, 0.1])
def test_the_planted_pair_has_the_share_that_is_asked_for(share: float) -> None:
    chunk = joined(list(AppStore(AppStoreSpec(impressions=40_000, pair_share=share)).chunks(40_000)))
    both = (np.asarray(chunk.columns["impression_app"]) == PANDORA) & holds(chunk, NETFLIX)
    assert binomtest(int(both.sum()), len(chunk), share).pvalue > 1e-4


def test_netflix_says_nothing_else_about_a_user(everything: ImpressionChunk) -> None:
    has = holds(everything, NETFLIX)
    people = np.unique(everything.users, return_index=True)[1]
    table = np.zeros((2, 6))
    np.add.at(table, (has[people].astype(int), np.asarray(everything.columns["device_class"])[people] - 1), 1)
    assert chi2_contingency(table).pvalue > 1e-4
    ages = np.asarray(everything.columns["age"], float)[people]
    difference = ages[has[people]].mean() - ages[~has[people]].mean()
    assert abs(difference) < 4 * ages.std() * np.sqrt(1 / has[people].sum() + 1 / (~has[people]).sum())


def test_smooth_part_knows_nothing_of_the_planted_pair(store: AppStore, everything: ImpressionChunk) -> None:
    pandora = everything.take(np.flatnonzero(np.asarray(everything.columns["impression_app"]) == PANDORA))
    np.testing.assert_allclose(smooth_rate(store, pandora.columns), 0.01, rtol=1e-12)


def test_labels_are_drawn_at_their_true_rates(everything: ImpressionChunk) -> None:
    order = np.argsort(everything.rates)
    for rows in np.array_split(order, 10):
        expected = everything.rates[rows].sum()
        deviation = np.sqrt((everything.rates[rows] * (1 - everything.rates[rows])).sum())
        assert abs(everything.installed[rows].sum() - expected) < norm.isf(1e-5) * deviation + 0.5
    others = np.asarray(everything.columns["impression_app"]) != PANDORA
    assert 0.009 < everything.rates[others].mean() < 0.011


def test_rate_agrees_with_the_chunks(store: AppStore, everything: ImpressionChunk) -> None:
    rows = np.random.default_rng(0).integers(len(everything), size=500)
    np.testing.assert_allclose(store.rate(everything.columns.take(rows)), everything.rates[rows], rtol=1e-6)


def test_exceptions_move_the_log_odds_by_what_they_say(store: AppStore, everything: ImpressionChunk) -> None:
    rows = np.arange(3000)
    columns = everything.columns.take(rows)
    lifts = {
        (a, b): lift
        for a, b, lift in zip(
            store.exceptions.installed.tolist(),
            store.exceptions.shown.tolist(),
            store.exceptions.lifts.tolist(),
            strict=True,
        )
    }
    bags, shown = installed(everything.take(rows)), np.asarray(columns["impression_app"])
    expected = [sum(lifts.get((a, int(shown[row])), 0.0) for a in bags.bag(row).tolist()) for row in rows]
    true, smooth = store.rate(columns), smooth_rate(store, columns)
    found = np.log(true / (1 - true)) - np.log(smooth / (1 - smooth))
    np.testing.assert_allclose(found, expected, atol=1e-9)
    assert np.count_nonzero(np.array(expected) > 0) > 50 and np.count_nonzero(np.array(expected) < 0) > 50


def test_generalising_and_remembering_are_both_worth_something(store: AppStore, everything: ImpressionChunk) -> None:
    smooth = smooth_rate(store, everything.columns)
    _, lift = store.exceptions.count_and_lift(installed(everything), np.asarray(everything.columns["impression_app"]))
    labels = everything.installed
    whole = roc_auc_score(labels, everything.rates)
    assert roc_auc_score(labels, smooth) > 0.65
    assert roc_auc_score(labels, lift) > 0.60
    assert whole > max(roc_auc_score(labels, smooth), roc_auc_score(labels, lift)) + 0.05


def test_training_part_has_no_withheld_pair_and_test_part_has_them(
    smaller: AppStore, parts: dict[str | None, ImpressionChunk]
) -> None:
    everything, train, test = parts[None], parts["train"], parts["test"]
    unseen = set(zip(smaller.never_seen.installed.tolist(), smaller.never_seen.shown.tolist(), strict=True))
    assert len(unseen) == smaller.spec.never_seen > 0
    assert not unseen & pairs_of(train)
    assert unseen <= pairs_of(test)
    assert not train.withheld.any() and not train.test.any() and test.test.all()
    np.testing.assert_array_equal(np.sort(np.concatenate([train.index, test.index])), everything.index)
    others = ~everything.withheld
    assert binomtest(int(everything.test[others].sum()), int(others.sum()), smaller.spec.test_share).pvalue > 1e-4


def test_smooth_part_tells_the_truth_where_pairs_are_withheld(store: AppStore, everything: ImpressionChunk) -> None:
    withheld = everything.take(np.flatnonzero(everything.withheld))
    assert len(withheld) > 1000
    np.testing.assert_allclose(smooth_rate(store, withheld.columns), withheld.rates, rtol=1e-6)
    assert withheld.rates.std() > 0.5 * withheld.rates.mean(), "one constant would do as well"


def test_rows_made_by_hand_have_a_rate(store: AppStore) -> None:
    columns = Columns(
        {
            "age": np.array([30, 30, 30], np.float32),
            "installs": np.array([0, 1, 2], np.float32),
            "device_class": np.array([1, 1, 1]),
            "installed_apps": bags_of([[], [NETFLIX], [5, 0]]),
            "impression_app": np.array([PANDORA, PANDORA, 7]),
        },
        3,
    )
    rates = store.rate(columns)
    np.testing.assert_allclose(rates[:2], [0.01, 0.10], rtol=1e-12)
    assert 0 < rates[2] < 1


def test_apps_have_names_of_their_own(store: AppStore) -> None:
    names = store.names("impression_app")
    assert len(names) == SPEC.apps + 1
    assert names[0] == "(unknown)" and names[NETFLIX] == "netflix" and names[PANDORA] == "pandora"
    assert names[-1] == names[SPEC.apps] and names[3:5] == [names[3], names[4]]
    many = [app_name(app) for app in range(60_000)]
    assert len(set(many)) == len(many)
    with pytest.raises(IndexError):
        names[SPEC.apps + 1]


def test_a_million_apps_stream_in_bounded_memory() -> None:
    def peak(impressions: int) -> int:
        store = AppStore(AppStoreSpec(impressions=impressions, users=10**6, apps=10**5))
        tracemalloc.start()
        for _ in store.chunks(1000):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    once = peak(BLOCK)
    assert once < 100e6
    assert peak(6 * BLOCK) < 1.3 * once


@settings(deadline=None, max_examples=25)
@given(
    impressions=st.integers(1, 3000),
    users=st.integers(4, 10_000),
    apps=st.integers(100, 3000),
    seed=st.integers(0, 2**63 - 1),
    exceptions=st.integers(0, 300),
    never_seen=st.integers(0, 300),
    size=st.integers(1, 4000),
)
def test_stores_of_any_size_are_sound(
    impressions: int, users: int, apps: int, seed: int, exceptions: int, never_seen: int, size: int
) -> None:
    spec = AppStoreSpec(
        impressions=impressions, users=users, apps=apps, seed=seed, exceptions=exceptions, never_seen=never_seen
    )
    store = AppStore(spec)
    chunk = joined(list(store.chunks(max(size, impressions // 5))))
    assert len(chunk) == impressions
    assert np.all((chunk.rates > 0) & (chunk.rates < 1)) and np.all(chunk.users < users)
    assert len(store.exceptions) == exceptions + 1 and len(store.never_seen) == never_seen


@pytest.mark.parametrize("wrong", [{"impressions": 0}, {"apps": 99}, {"users": 0}, {"seed": -1}, {"pair_share": 0.5}])
def test_a_store_out_of_range_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(EngineError, match="choose a value from"):
        AppStore(AppStoreSpec(**wrong))


def test_chunks_of_nothing_and_parts_that_do_not_exist_are_refused(store: AppStore) -> None:
    with pytest.raises(EngineError, match="chunk size"):
        store.chunks(0)
    with pytest.raises(KeyError):
        store.chunks(10, "validation")
