"""Search by inner product: the exact one against sorting, the approximate one against the exact."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.columns import Bags, bags_of
from engine.problems import EngineError
from engine.recommenders.serving import retrieval
from engine.recommenders.serving.retrieval import NONE, ApproximateIndex, ExactIndex, Found, recall_at


def clustered(items: int, seed: int = 0, dimension: int = 32, norms: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    """Item vectors in clusters of about a hundred, of varied length, and 50 queries from the same clusters."""
    rng = np.random.default_rng(seed)
    centres = rng.standard_normal((items // 100, dimension))

    def drawn(count: int) -> np.ndarray:
        return centres[rng.integers(0, len(centres), count)] + 0.3 * rng.standard_normal((count, dimension))

    lengths = np.exp(norms * rng.standard_normal((items, 1)))
    return (drawn(items) * lengths).astype(np.float32), drawn(50).astype(np.float32)


@pytest.fixture(scope="module")
def big() -> tuple[ExactIndex, ApproximateIndex, np.ndarray]:
    """Both indices of 40,000 items, and queries."""
    vectors, queries = clustered(40_000)
    return ExactIndex(vectors), ApproximateIndex(vectors, seed=1), queries


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 30), st.integers(1, 7))
def test_exact_search_is_a_sort_with_ties_by_lower_id(seed, items, k, block):
    rng = np.random.default_rng(seed)
    vectors = rng.integers(-2, 3, (items, 3)).astype(np.float32)  # small whole numbers: many ties, no rounding
    queries = rng.integers(-2, 3, (4, 3)).astype(np.float32)
    excluded = [rng.choice(items, rng.integers(0, items + 1), replace=False).tolist() for _ in range(4)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retrieval, "BLOCK", block)
        patch.setattr(retrieval, "QUERIES", 3)
        found = ExactIndex(vectors).search(queries, k, bags_of(excluded))
    for row in range(4):
        scores = vectors @ queries[row]
        left = [i for i in np.lexsort((np.arange(items), -scores)) if i not in excluded[row]][:k]
        assert found.ids[row].tolist() == left + [NONE] * (k - len(left))
        assert found.scores[row, : len(left)].tolist() == scores[left].tolist()
        assert np.isneginf(found.scores[row, len(left) :]).all()


@pytest.mark.torch
def test_approximate_search_finds_what_it_promised(big):
    exact, approximate, queries = big
    assert approximate.lists > 0 and approximate.probes <= approximate.lists / 64
    true, found = exact.search(queries, 200), approximate.search(queries, 200)
    assert recall_at(200, true, found) == pytest.approx(approximate.expected_recall, abs=0.03)
    assert recall_at(50, true, found) >= 0.97


@pytest.mark.torch
def test_approximate_scores_are_exact_inner_products_in_order(big):
    exact, approximate, queries = big
    found = approximate.search(queries, 100)
    vectors = exact._vectors
    for row in range(len(queries)):
        assert found.scores[row] == pytest.approx(vectors[found.ids[row]] @ queries[row], rel=1e-4)
        assert (np.diff(found.scores[row]) <= 0).all()
        assert len(set(found.ids[row].tolist())) == 100


@pytest.mark.torch
def test_a_long_vector_is_found_by_inner_product_and_not_by_distance():
    vectors, queries = clustered(6000, seed=2)
    vectors[123] = 50 * queries[0] / np.linalg.norm(queries[0])
    index = ApproximateIndex(vectors, exact_below=1000)
    assert index.lists > 0 and index.search(queries[:1], 10).ids[0, 0] == 123


@pytest.mark.torch
def test_the_excluded_never_come_and_k_still_do(big):
    exact, approximate, queries = big
    watched = exact.search(queries, 300).ids
    bags = Bags(watched.ravel(), np.arange(len(queries) + 1) * 300)
    for index in (exact, approximate):
        found = index.search(queries, 200, bags)
        assert (found.ids != NONE).all()
        assert not any(np.isin(found.ids[row], watched[row]).any() for row in range(len(queries)))
    everything_but = np.arange(40_000)[5:]
    rest = approximate.search(queries[:1], 10, Bags(everything_but, np.array([0, len(everything_but)])))
    assert sorted(rest.ids[0, :5].tolist()) == [0, 1, 2, 3, 4] and (rest.ids[0, 5:] == NONE).all()


@pytest.mark.torch
def test_more_than_the_lists_hold_is_answered_exactly(big):
    exact, approximate, queries = big
    assert recall_at(20_000, exact.search(queries[:2], 20_000), approximate.search(queries[:2], 20_000)) == 1


@pytest.mark.torch
def test_the_same_seed_gives_the_same_answers():
    vectors, queries = clustered(6000, seed=3)
    first, second = (ApproximateIndex(vectors, seed=7, exact_below=1000) for _ in range(2))
    assert first.probes == second.probes > 0
    assert first.search(queries, 50).ids.tolist() == second.search(queries, 50).ids.tolist()


def test_a_small_catalogue_is_answered_exactly():
    vectors, queries = clustered(3000)
    approximate = ApproximateIndex(vectors)
    assert approximate.lists == 0 and approximate.expected_recall == 1
    assert approximate.search(queries, 20).ids.tolist() == ExactIndex(vectors).search(queries, 20).ids.tolist()


def test_recall_counts_what_was_found_of_what_there_is():
    def found(*ids: int) -> Found:
        return Found(np.array([ids]), np.zeros((1, len(ids)), np.float32))

    assert recall_at(3, found(1, 2, 3, 4), found(3, 9, 1, 2)) == pytest.approx(2 / 3)
    assert recall_at(3, found(1, NONE, NONE), found(1, NONE, NONE)) == 1
    assert recall_at(2, found(NONE, NONE), found(NONE, NONE)) == 1


@pytest.mark.parametrize("index", [ExactIndex, ApproximateIndex])
def test_vectors_that_are_not_finite_and_queries_of_another_dimension_are_refused(index):
    vectors = np.ones((10, 4), np.float32)
    with pytest.raises(ValueError, match="dimension 4"):
        index(vectors).search(np.ones((2, 3), np.float32), 1)
    vectors[[2, 5], 1] = np.nan
    with pytest.raises(EngineError, match="2 of the item vectors"):
        index(vectors)


@pytest.mark.process
def test_faiss_is_imported_only_when_needed():
    code = "import sys, engine.recommenders.serving.retrieval; print('faiss' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
