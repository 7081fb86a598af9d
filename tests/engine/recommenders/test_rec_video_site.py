"""The generated video site: ordered watches, drifting popularity, and an expected watch time that is exact."""

from __future__ import annotations

import tracemalloc
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, chisquare
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LinearRegression

from engine.graph.columns import Bags
from engine.problems import EngineError
from engine.recommenders.data.worlds.generated import Chunk, joined
from engine.recommenders.data.worlds.video_site.catalogue import DAY, DAYS, VideoCatalogue, make_catalogue
from engine.recommenders.data.worlds.video_site.impressions import HISTORY, RankingChunk
from engine.recommenders.data.worlds.video_site.site import VideoSite, VideoSiteSpec
from engine.recommenders.data.worlds.video_site.truth import NEVER
from engine.recommenders.data.worlds.video_site.watches import OPENING, WatchChunk, seconds_watched
from engine.recommenders.data.worlds.video_site.words import LANGUAGES, TOPICS, WORDS, token_count, token_of

SPEC = VideoSiteSpec(users=2500, items=3000, events=100_000, seed=5)


@pytest.fixture(scope="module")
def site() -> VideoSite:
    return VideoSite(SPEC)


@pytest.fixture(scope="module")
def watches(site: VideoSite) -> WatchChunk:
    return site.watches()


@pytest.fixture(scope="module")
def shown(site: VideoSite) -> RankingChunk:
    return joined(list(site.impressions(50_000)))


def same(found: Chunk, expected: Chunk) -> None:
    """Assert that two chunks hold the same, bags and columns included."""
    for name in found.__dataclass_fields__:
        one, two = getattr(found, name), getattr(expected, name)
        columns = zip(one.of.values(), two.of.values(), strict=True) if name == "columns" else [(one, two)]
        for left, right in columns:
            if isinstance(left, Bags):
                np.testing.assert_array_equal(left.offsets, right.offsets)
                left, right = left.ids, right.ids
            np.testing.assert_array_equal(left, right)


def test_log_keeps_its_contract(site: VideoSite, watches: WatchChunk) -> None:
    log = site.log()
    assert len(log) == SPEC.events and log.user_count == SPEC.users and log.item_count == SPEC.items
    assert log.users.dtype == log.items.dtype == log.times.dtype == np.int64
    moved = np.diff(log.users)
    assert np.all(moved >= 0), "not ordered by user"
    assert np.all(np.diff(log.times)[moved == 0] >= 0), "a user's watches are not ordered by time"
    assert log.users[-1] < SPEC.users and log.items.min() >= 0 and log.items.max() < SPEC.items
    assert log.times.min() >= OPENING and log.times.max() < OPENING + DAYS * DAY
    assert set(log.user_features) >= {"country", "device", "gender", "age"}
    assert set(log.item_features) >= {"title", "topic", "uploaded"}
    assert all(len(values) == SPEC.users for values in log.user_features.values())
    assert all(len(values) == SPEC.items for values in log.item_features.values())
    assert len(set(log.item_features["title"])) == SPEC.items
    assert log.item_names[7] == "video 7" and log.user_names[-1] == f"user {SPEC.users - 1}"
    np.testing.assert_array_equal(log.extras["watch_seconds"], watches.watch_seconds)
    durations = site.catalogue.duration(log.items)
    assert np.all((log.extras["watch_seconds"] >= 0) & (log.extras["watch_seconds"] <= durations))


def test_features_describe_the_same_world_as_the_columns(site: VideoSite, shown: RankingChunk) -> None:
    log = site.log()
    for column, feature in (("country", "country"), ("device", "device"), ("user_language", "language")):
        names = site.names(column)
        codes = np.asarray(shown.columns[column])[:300]
        assert [names[c] for c in codes] == [log.user_features[feature][u] for u in shown.users[:300]]
    for column, feature in (("topic", "topic"), ("video_language", "language"), ("video", "title")):
        names, items = site.names(column), np.asarray(shown.columns["video"])[:300] - 1
        codes = np.asarray(shown.columns[column])[:300]
        assert [names[c] for c in codes] == [log.item_features[feature][i] for i in items]


@pytest.mark.parametrize("size", [777, 40_000])
def test_chunks_of_any_size_hold_the_same(site: VideoSite, watches: WatchChunk, shown: RankingChunk, size: int) -> None:
    again = VideoSite(SPEC)
    chunks = list(again.chunks(size))
    same(joined(chunks), watches)
    same(joined(list(again.impressions(size))), shown)
    assert {len(chunk) for chunk in chunks[:-1]} == {size}


def test_another_seed_is_another_site(watches: WatchChunk) -> None:
    other = next(VideoSite(VideoSiteSpec(users=2500, items=3000, events=100_000, seed=6)).chunks(5000))
    assert np.mean(other.items == watches.items[:5000]) < 0.05


def test_nothing_is_watched_or_shown_before_its_upload(
    site: VideoSite, watches: WatchChunk, shown: RankingChunk
) -> None:
    uploaded = OPENING + site.catalogue.uploaded
    assert np.all(watches.times >= uploaded[watches.items])
    assert np.all(shown.times >= uploaded[np.asarray(shown.columns["video"]) - 1])
    fresh = uploaded[watches.items] > OPENING
    assert 0.2 < fresh.mean() < 0.8, "fresh videos are watched too, but are not all that is watched"


def test_shares_drift_as_videos_age(site: VideoSite, watches: WatchChunk) -> None:
    """Popularity rises after the upload, then decays: the hottest of one month are not those of the next."""
    month = (watches.times - OPENING) // (30 * DAY)
    first, last = (np.bincount(watches.items[month == m], minlength=SPEC.items) for m in (0, 2))
    hottest = np.argsort(first)[-20:]
    assert np.all(last[hottest] / last.sum() < first[hottest] / first.sum())
    age = (watches.times - OPENING) // DAY - site.catalogue.uploaded[watches.items] // DAY
    # Views by age of videos whose 30 days after the upload lie within the span, so that no age is cut off.
    whole = (site.catalogue.uploaded[watches.items] >= 0) & (site.catalogue.uploaded[watches.items] < 60 * DAY)
    views = np.bincount(age[whole], minlength=31)
    assert views[0] == 0
    assert views[2] > views[1] * 1.1 and views[3] > 2.0 * views[15]


def test_a_video_is_picked_at_its_exact_share() -> None:
    catalogue: VideoCatalogue = make_catalogue(400, 1)
    draw = np.random.default_rng(0)
    for shelf, day in ((2, 0), (3, 45), (7, 89)):
        picked = catalogue.pick(np.full(40_000, shelf), np.full(40_000, day), draw.random((2, 40_000)))
        on_shelf = np.flatnonzero(catalogue.shelves[catalogue.creators] == shelf)
        assert set(picked) <= set(on_shelf)
        expected = np.array([catalogue.share(item, day) for item in on_shelf])
        np.testing.assert_allclose(expected.sum(), 1.0, rtol=1e-9)
        counts = np.bincount(picked, minlength=catalogue.count)[on_shelf]
        assert np.all(counts[expected == 0] == 0)
        often = expected * 40_000 > 5
        rest = [counts[~often].sum()], [expected[~often].sum() * 40_000]
        found, wanted = np.append(counts[often], rest[0]), np.append(expected[often] * 40_000, rest[1])
        assert chisquare(found[wanted > 0], wanted[wanted > 0]).pvalue > 1e-4


def test_numbers_at_the_edges_pick_from_the_right_shelf() -> None:
    catalogue = make_catalogue(2000, 0)
    shelves = np.repeat(np.arange(catalogue.topics * len(LANGUAGES)), DAYS)
    days = np.tile(np.arange(DAYS), catalogue.topics * len(LANGUAGES))
    for edge in (0.0, np.nextafter(1.0, 0.0)):
        items = catalogue.pick(shelves, days, np.full((2, len(days)), edge))
        np.testing.assert_array_equal(catalogue.shelves[catalogue.creators[items]], shelves)
        assert np.all(catalogue.uploaded[items] < days * DAY)


def test_watches_follow_interests(site: VideoSite, watches: WatchChunk) -> None:
    """A user's watches concentrate on fewer topics than everybody's, and on the user's language."""
    log = site.as_log(watches)
    topic = site.catalogue.topic(watches.items)
    counts = np.zeros((SPEC.users, site.catalogue.topics))
    np.add.at(counts, (watches.users, topic), 1)
    busy = counts[counts.sum(1) >= 20]
    own = ((busy / busy.sum(1, keepdims=True)) ** 2).sum(1).mean()
    everybody = ((counts.sum(0) / counts.sum()) ** 2).sum()
    assert own > 2.0 * everybody
    spoken = np.array([LANGUAGES.index(language) for language in log.user_features["language"]])
    assert 0.8 < np.mean(site.catalogue.language(watches.items) == spoken[watches.users]) < 0.97


def test_few_watch_a_video_twice(watches: WatchChunk) -> None:
    pairs = np.unique(watches.users * SPEC.items + watches.items)
    assert len(pairs) > 0.95 * SPEC.events


def test_searches_tell_what_is_watched_next(site: VideoSite, watches: WatchChunk) -> None:
    names, topics = site.names("searches"), site.catalogue.topics
    lengths = watches.searches.lengths
    assert set(np.unique(lengths)) == {0, 1, 3}
    assert binomtest(int((lengths > 0).sum()), len(lengths), 0.25).pvalue > 1e-4
    assert watches.searches.ids.min() >= 1 and watches.searches.ids.max() < len(names)
    rows = np.flatnonzero(lengths == 3)[:500]
    agreed = 0
    for row in rows:
        unigram, word, bigram = (names[token] for token in watches.searches.bag(row))
        assert bigram == f"{unigram} {word}"
        agreed += unigram in TOPICS[int(site.catalogue.topic(watches.items[row : row + 1])[0])]
    assert agreed > 0.5 * len(rows)
    assert names[0] == "(unknown)" and len(names) == token_count(topics)
    texts = [token_of(token, len(TOPICS)) for token in range(token_count(len(TOPICS)))]
    repeated = {text for text in texts if texts.count(text) > 1}
    assert repeated <= set(WORDS) | {"(unknown)"}


def test_columns_agree_with_a_replay_of_the_watches(site: VideoSite, watches: WatchChunk, shown: RankingChunk) -> None:
    """History, times since and previous impressions, recomputed one by one."""
    columns, catalogue = shown.columns, site.catalogue
    per_user: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for user, time, item in zip(watches.users.tolist(), watches.times.tolist(), watches.items.tolist(), strict=True):
        per_user[user].append((time, item))
    seen: dict[tuple[int, int], int] = defaultdict(int)
    topic_of, creator_of = catalogue.topic(np.arange(SPEC.items)), catalogue.creators
    history = columns["history"]
    assert isinstance(history, Bags)
    for row in range(4000):
        user, time, item = int(shown.users[row]), int(shown.times[row]), int(columns["video"][row]) - 1
        before = [(t, i) for t, i in per_user[user] if t < time]
        assert (history.bag(row) - 1).tolist() == [i for _, i in before[-HISTORY:]]
        for name, kind in (("since_topic", topic_of), ("since_creator", creator_of)):
            last = max((t for t, i in before if kind[i] == kind[item]), default=None)
            expected = NEVER if last is None else (time - last) / 3600
            assert columns[name][row] == pytest.approx(expected, rel=1e-5)
        assert columns["previous_impressions"][row] == seen[user, item]
        seen[user, item] += 1
    assert len(seen) < 3000, "videos are shown again"


def test_truth_is_a_function_of_the_columns(site: VideoSite, shown: RankingChunk) -> None:
    rows = np.random.default_rng(1).integers(len(shown), size=1000)
    truth = site.truth(shown.columns.take(rows))
    np.testing.assert_allclose(truth.click_rates, shown.click_rates[rows], rtol=1e-12)
    np.testing.assert_allclose(truth.expected_seconds, shown.expected_seconds[rows], rtol=1e-12)
    np.testing.assert_allclose(shown.click_rates * shown.seconds_if_clicked, shown.expected_seconds, rtol=1e-12)
    assert 0.05 < shown.click_rates.mean() < 0.4


def test_expected_watch_time_is_exact_by_monte_carlo(site: VideoSite, shown: RankingChunk) -> None:
    """40,000 draws for each of some rows: every mean within 4.5 of its own standard errors."""
    rows = np.linspace(0, len(shown) - 1, 40).astype(int)
    truth, draw, repeats = site.truth(shown.columns.take(rows)), np.random.default_rng(2), 40_000
    clicked = draw.random((repeats, len(rows))) < truth.click_rates
    wide = np.broadcast_to(truth.durations, clicked.shape), np.broadcast_to(truth.shares, clicked.shape)
    seconds = np.where(clicked, seconds_watched(draw, *wide), 0.0)
    error = (seconds.mean(0) - truth.expected_seconds) / (seconds.std(0) / np.sqrt(repeats))
    assert np.abs(error).max() < 4.5


def test_what_happened_agrees_with_the_truth(shown: RankingChunk) -> None:
    """Per decile of the truth the sums of clicks and of seconds are within 4.5 standard errors."""
    assert np.all((shown.watch_seconds > 0) <= shown.clicked)
    for rows in np.array_split(np.argsort(shown.expected_seconds), 10):
        rates = shown.click_rates[rows]
        error = shown.clicked[rows].sum() - rates.sum()
        assert abs(error) < 4.5 * np.sqrt((rates * (1 - rates)).sum())
        error = shown.watch_seconds[rows].sum() - shown.expected_seconds[rows].sum()
        assert abs(error) < 4.5 * shown.watch_seconds[rows].std() * np.sqrt(len(rows))


def test_truth_is_not_log_linear(site: VideoSite, shown: RankingChunk) -> None:
    """Given every fact as a feature, a log-linear model leaves much of the truth that trees find."""
    columns, rows = shown.columns, np.arange(20_000)
    items = np.asarray(columns["video"])[rows] - 1
    history = columns["history"]
    assert isinstance(history, Bags)
    topics = np.asarray(columns["topic"]) - 1
    alike = site.catalogue.topic(history.ids - 1) == np.repeat(topics, history.lengths)
    owner = np.repeat(np.arange(history.rows), history.lengths)
    interest = np.bincount(owner[alike], minlength=history.rows) / np.maximum(history.lengths, 1)
    same_language = np.asarray(columns["user_language"]) == np.asarray(columns["video_language"])
    numbers = ("since_topic", "since_creator", "previous_impressions", "device", "age_group", "topic")
    facts = [np.asarray(columns[name], float)[rows] for name in (*numbers, "video_language")]
    facts += [interest[rows], same_language[rows].astype(float)]
    facts += [site.catalogue.quality(items), np.log(site.catalogue.duration(items))]
    features, target = np.stack(facts, 1), np.log(shown.expected_seconds[rows])
    train, test = rows < 15_000, rows >= 15_000
    linear = LinearRegression().fit(features[train], target[train]).score(features[test], target[test])
    trees = HistGradientBoostingRegressor(max_iter=80, random_state=0).fit(features[train], target[train])
    assert linear < 0.83
    assert trees.score(features[test], target[test]) > linear + 0.1


@pytest.mark.slow
def test_three_times_the_events_stream_in_the_same_memory() -> None:
    def peak(users: int) -> int:
        site = VideoSite(VideoSiteSpec(users=users, items=5_000, events=40 * users, impressions=20 * users))
        tracemalloc.start()
        for _ in site.chunks(5000):
            pass
        for _ in site.impressions(5000):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    once = peak(1500)
    assert once < 30e6
    assert peak(4500) < 1.3 * once  # all watches at once would take more than twice as much


@settings(deadline=None, max_examples=25)
@given(
    users=st.integers(1, 3000),
    items=st.integers(100, 5000),
    events=st.integers(1, 4000),
    impressions=st.integers(0, 2000),
    seed=st.integers(0, 2**63 - 1),
)
def test_sites_of_any_size_are_sound(users: int, items: int, events: int, impressions: int, seed: int) -> None:
    site = VideoSite(VideoSiteSpec(users, items, events, seed, impressions))
    log = site.log()
    assert len(log) == events
    assert sum(len(chunk) for chunk in site.impressions(700)) == impressions
    assert np.all(np.diff(log.users * (DAYS * DAY) + log.times - OPENING) >= 0)
    assert np.all(log.times >= OPENING + site.catalogue.uploaded[log.items])


@pytest.mark.parametrize("wrong", [{"items": 99}, {"users": 0}, {"events": 0}, {"users": 1, "events": 200_000}])
def test_a_site_out_of_range_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(EngineError, match="choose a value from"):
        VideoSite(VideoSiteSpec(**wrong))


def test_unknown_names_and_empty_chunks_are_refused(site: VideoSite) -> None:
    with pytest.raises(KeyError):
        site.names("weather")
    with pytest.raises(EngineError, match="chunk size"):
        site.chunks(0)
