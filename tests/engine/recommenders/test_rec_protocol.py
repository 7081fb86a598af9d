"""Held-out watches and their ranks in the whole catalogue, on small logs by hand and on MovieTweetings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.columns import bags_of
from engine.recommenders.data.logs.log import Log
from engine.recommenders.judging.baselines import EASE, Popular, RecentPopular
from engine.recommenders.judging.metrics import paired
from engine.recommenders.judging.next_watch import Split, evaluate_full, hold_out_last, hold_out_random, rank_of_targets
from engine.recommenders.judging.standing import compared_length
from tests.engine.recommenders.logs_and_examples import ordered

RATINGS = Path(__file__).parents[3] / "../shared/data/movietweetings/ratings.dat"


def a_log(watches: list[tuple[int, int, int]], users: int, items: int) -> Log:
    """A log from (user, item, time), in source order."""
    of = np.array(watches, np.int64).reshape(-1, 3)
    return ordered(Log(of[:, 0], of[:, 1], of[:, 2], [f"u{u}" for u in range(users)], [f"i{i}" for i in range(items)]))


def test_the_last_watch_is_held_out_and_of_a_tie_the_last_in_the_source():
    log = a_log([(2, 5, 9), (0, 1, 30), (0, 2, 10), (2, 3, 9), (1, 4, 7), (2, 0, 1)], users=4, items=6)
    split = hold_out_last(log)
    assert split.users.tolist() == [0, 2]  # user 1 has one watch, user 3 none
    assert split.items.tolist() == [1, 3]
    assert split.times.tolist() == [30, 9]
    assert split.train.items.tolist() == [2, 4, 0, 5]
    assert split.tied == 0.5 and split.repeated == 0.0


def test_a_held_out_watch_of_what_is_watched_in_training_too_is_a_repeat():
    log = a_log([(0, 1, 1), (0, 2, 2), (0, 1, 3), (1, 1, 1), (1, 2, 2), (2, 0, 1), (2, 0, 2)], users=3, items=3)
    assert hold_out_last(log).repeated == pytest.approx(2 / 3)
    assert np.isnan(hold_out_last(a_log([(0, 1, 1)], users=1, items=3)).repeated)


def test_a_random_watch_is_held_out_by_the_seed_each_watch_alike_likely():
    log = a_log([(user, item, item) for user in range(3000) for item in range(3)], users=3000, items=3)
    split, again = hold_out_random(log, 4), hold_out_random(log, 4)
    assert split.items.tolist() == again.items.tolist() != hold_out_random(log, 5).items.tolist()
    assert np.bincount(split.items) / 3000 == pytest.approx([1 / 3] * 3, abs=0.04)
    assert len(split.train) == 6000 and split.tied == 0


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_nothing_is_lost_between_training_and_held_out(seed, last):
    rng = np.random.default_rng(seed)
    log = a_log([tuple(rng.integers(0, 6, 3)) for _ in range(rng.integers(0, 40))], users=6, items=6)
    split = hold_out_last(log) if last else hold_out_random(log, seed)
    held = zip(split.users.tolist(), split.items.tolist(), split.times.tolist(), strict=True)
    kept = zip(split.train.users.tolist(), split.train.items.tolist(), split.train.times.tolist(), strict=True)
    everything = zip(log.users.tolist(), log.items.tolist(), log.times.tolist(), strict=True)
    assert sorted([*held, *kept]) == sorted(everything)
    assert (np.bincount(log.users, minlength=6) >= 2).sum() == len(split.users)


def test_a_rank_counts_half_of_the_tied_and_skips_the_seen():
    scores = np.array([[5, 3, 3, 3, 9, 1.0]])
    assert rank_of_targets(scores, np.array([1])).tolist() == [4]  # two higher, two tied
    assert rank_of_targets(scores, np.array([1]), bags_of([[0, 2]])).tolist() == [2.5]
    assert rank_of_targets(scores, np.array([1]), bags_of([[2, 0, 2]])).tolist() == [2.5]  # watched twice
    assert rank_of_targets(np.zeros((1, 101)), np.array([17])).tolist() == [51]


def test_what_cannot_be_recommended_is_a_miss_and_what_is_not_a_number_beats_nothing():
    scores = np.array([[1, np.nan, -np.inf, 0.5]])
    ranks = [rank_of_targets(scores, np.array([item]))[0] for item in range(4)]
    assert ranks == [1, np.inf, np.inf, 2]
    assert rank_of_targets(scores, np.array([0]), bags_of([[0]])).tolist() == [np.inf]
    assert np.isneginf(scores[0, 2]) and scores[0, 0] == 1  # the caller's scores are left alone


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(1, 7))
def test_evaluation_in_batches_is_brute_force_over_the_catalogue(seed, batch):
    rng = np.random.default_rng(seed)
    pairs = [(user, int(item)) for user in range(8) for item in rng.choice(9, rng.integers(0, 6), replace=False)]
    log = a_log([(user, item, time) for time, (user, item) in enumerate(pairs)], users=8, items=9)
    split, table = hold_out_last(log), rng.integers(0, 5, (8, 9)).astype(float)
    found = evaluate_full(lambda users: table[users], split, (2,), batch)
    for user, item, rank in zip(split.users, split.items, found.ranks, strict=True):
        seen = set(split.train.items[split.train.users == user].tolist())
        others = [table[user, other] for other in range(9) if other not in seen and other != item]
        own = table[user, item]
        assert rank == 1 + sum(o > own for o in others) + sum(o == own for o in others) / 2
    if len(split.users):
        assert found.metrics["HR@2"].value == pytest.approx(np.mean(found.ranks <= 2))
    assert found.catalogue == 9


def test_scores_of_another_shape_are_refused():
    split = hold_out_last(a_log([(0, 0, 1), (0, 1, 2)], users=1, items=3))
    with pytest.raises(ValueError, match="3 items"):
        evaluate_full(lambda users: np.zeros((1, 2)), split)


@pytest.mark.parametrize(
    ("items", "told"),
    [(400, {10, 50, 200}), (399, {10, 50}), (100, {10, 50}), (99, {10}), (20, {10}), (19, {9}), (3, {1}), (2, {1})],
)
def test_a_list_of_more_than_half_the_catalogue_is_not_judged(items: int, told: set[int]) -> None:
    """HR@50 of 30 items was printed, which is 1 for every recommender that leaves no item out."""
    split = hold_out_last(a_log([(0, 0, 1), (0, 1, 2)], users=1, items=items))
    found = evaluate_full(Popular.fit(split.train).scores, split)
    assert {int(name.partition("@")[2]) for name in found.metrics} == told
    assert compared_length(items) == max(told - {200}), "a run chooses its epoch by one of them"


def of_known_items(split: Split) -> Split:
    """Leave out the held-out items that nobody watches in training, as figures reported elsewhere often do."""
    return split.of_rows(split.rows[np.isin(split.items, split.train.items)])


def test_an_item_that_training_never_saw_counts_unless_left_out():
    split = hold_out_last(a_log([(0, 0, 1), (0, 1, 2), (1, 2, 1), (1, 0, 2)], users=2, items=3))
    assert evaluate_full(Popular.fit(split.train).scores, split, (1,)).metrics["HR@1"].value == 0.5
    assert of_known_items(split).items.tolist() == [0]


# --- MovieTweetings, 100,000 ratings -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ratings() -> Log:
    """Every rating a watch."""
    if not RATINGS.exists():
        pytest.skip("MovieTweetings is not in ../shared/data")
    lines = [line.split("::") for line in RATINGS.read_text().splitlines()]
    user_names, users = np.unique([line[0] for line in lines], return_inverse=True)
    item_names, items = np.unique([line[1] for line in lines], return_inverse=True)
    times = np.array([int(line[3]) for line in lines])
    return ordered(Log(users, items, times, user_names.tolist(), item_names.tolist()))


def hit_rate(split: Split, model: Popular | RecentPopular | EASE) -> float:
    return evaluate_full(model.scores, split, (50,)).metrics["HR@50"].value


def test_movietweetings_of_everybody(ratings):
    split = hold_out_last(ratings)
    assert len(split.users) == 9097 and split.tied == 0 and split.train.item_count == 10_506
    popular = evaluate_full(Popular.fit(split.train).scores, split, (50,))
    recent = evaluate_full(RecentPopular.fit(split.train).scores, split, (50,))
    assert popular.metrics["HR@50"].value == pytest.approx(0.369, abs=0.002)
    assert popular.metrics["HR@50"].error == pytest.approx(0.005, abs=0.0002)
    assert recent.metrics["HR@50"].value == pytest.approx(0.390, abs=0.002)
    difference = paired(recent.ranks <= 50, popular.ranks <= 50)
    assert difference.value > 3 * difference.error


def test_movietweetings_of_users_with_five_and_items_seen_in_training(ratings):
    split = of_known_items(hold_out_last(ratings.take(np.bincount(ratings.users)[ratings.users] >= 5)))
    assert hit_rate(split, Popular.fit(split.train)) == pytest.approx(0.359, abs=0.01)
    assert hit_rate(split, RecentPopular.fit(split.train, days=30)) == pytest.approx(0.404, abs=0.01)
    assert hit_rate(split, EASE.fit(split.train, at_least=5)) == pytest.approx(0.408, abs=0.01)
