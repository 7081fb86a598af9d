"""The measures against scikit-learn, brute force and figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, ndcg_score, roc_auc_score
from sklearn.metrics import log_loss as sklearn_log_loss

from engine.recommenders.judging import metrics


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(2, 80), st.integers(1, 12), st.booleans())
def test_auc_and_log_loss_are_those_of_scikit_learn_ties_and_weights_included(seed, count, levels, weighted):
    rng = np.random.default_rng(seed)
    labels = np.r_[0, 1, rng.integers(0, 2, count - 2)]
    scores = rng.integers(0, levels + 1, count) / levels
    weights = rng.uniform(0.1, 5, count) if weighted else None
    assert metrics.auc(labels, scores, weights) == pytest.approx(roc_auc_score(labels, scores, sample_weight=weights))
    ours = metrics.log_loss(labels, scores, weights)
    assert ours == pytest.approx(sklearn_log_loss(labels, scores, sample_weight=weights), rel=1e-9, abs=1e-12)


def test_auc_of_one_class_is_not_a_number():
    assert np.isnan(metrics.auc([1, 1, 1], [0.1, 0.2, 0.3]))


def test_a_certain_error_costs_a_finite_loss():
    assert metrics.log_loss([1, 0], [0.0, 0.0]) == pytest.approx(36.04 / 2, abs=0.01)


def test_calibration_of_true_probabilities_lies_on_the_diagonal():
    rng = np.random.default_rng(3)
    probabilities = rng.uniform(0, 1, 200_000)
    rows = metrics.calibration(rng.random(len(probabilities)) < probabilities, probabilities)
    assert [row.count for row in rows] == [20_000] * 10
    for number, row in enumerate(rows):
        assert row.predicted == pytest.approx((number + 0.5) / 10, abs=0.005)
        assert row.observed == pytest.approx(row.predicted, abs=0.015)


def test_calibration_keeps_equal_predictions_together_whatever_their_order():
    labels, predictions = np.r_[np.ones(30), np.zeros(30)], np.repeat([0.4, 0.6], 30)
    shuffled = np.random.default_rng(0).permutation(60)
    rows = metrics.calibration(labels, predictions)
    again = metrics.calibration(labels[shuffled], predictions[shuffled])
    assert [(row.observed, row.count) for row in again] == [(row.observed, row.count) for row in rows]
    assert [(row.observed, row.count) for row in rows] == [(1.0, 30), (0.0, 30)]
    assert [row.predicted for row in rows] == pytest.approx([0.4, 0.6])


def test_weighted_calibration_counts_an_example_of_weight_three_thrice():
    weighted = metrics.calibration([1, 0, 1], [0.1, 0.2, 0.9], 1, weights=[3, 1, 1])
    thrice = metrics.calibration([1, 1, 1, 0, 1], [0.1, 0.1, 0.1, 0.2, 0.9], 1)
    assert weighted[0].predicted == pytest.approx(thrice[0].predicted)
    assert weighted[0].observed == pytest.approx(thrice[0].observed)


def test_weighted_per_user_loss_by_hand():
    # Page 7: watched 10 s at 0.3 against 0.9 (wrong) and 0.1 (right); page 8: 30 s at 0.5 against 0.2 (right).
    pages, clicked = [7, 7, 7, 8, 8], [1, 0, 0, 1, 0]
    assert metrics.weighted_per_user_loss(pages, clicked, [10, 0, 0, 30, 0], [0.3, 0.9, 0.1, 0.5, 0.2]) == 10 / 50


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(1, 6))
def test_weighted_per_user_loss_is_that_of_all_pairs(seed, count, pages):
    rng = np.random.default_rng(seed)
    page, click = rng.integers(0, pages, count), rng.random(count) < 0.4
    seconds, score = rng.exponential(100, count), rng.integers(-3, 3, count) / 3
    wrong = total = 0.0
    for i in np.flatnonzero(click):
        for j in np.flatnonzero(~click & (page == page[i])):
            total += seconds[i]
            wrong += seconds[i] * ((score[j] > score[i]) + 0.5 * (score[j] == score[i]))
    ours = metrics.weighted_per_user_loss(page, click, seconds, score)
    assert np.isnan(ours) if total == 0 else ours == pytest.approx(wrong / total)


def test_a_constant_score_mispredicts_half():
    assert metrics.weighted_per_user_loss([0, 0, 1, 1], [1, 0, 0, 1], [5, 0, 0, 9], [0, 0, 0, 0]) == 0.5


@pytest.mark.parametrize("k", [1, 5, 20])
def test_one_item_to_find_is_judged_as_scikit_learn_judges_it(k):
    """Among twenty items, at each rank in turn."""
    found, scores = np.eye(20), np.arange(20.0, 0.0, -1.0)
    ranks = np.append(np.arange(1.0, 21), np.inf)
    precision = [average_precision_score(truth, scores) for truth in found[:k]]
    assert metrics.hit_rate_of_ranks(ranks, k).sum() == k
    assert metrics.ndcg_of_ranks(ranks, k) == pytest.approx(
        [*(ndcg_score([truth], [scores], k=k) for truth in found), 0]
    )
    assert metrics.average_precision_of_ranks(ranks, k) == pytest.approx([*precision, *[0] * (21 - k)])


def test_the_error_of_a_mean_and_of_a_paired_difference():
    rng = np.random.default_rng(5)
    hard = rng.normal(0, 10, 400)
    a, b = hard + rng.normal(1, 1, 400), hard
    assert metrics.mean_of([1.0, 2.0, 3.0]) == metrics.Estimate(2.0, pytest.approx(1 / np.sqrt(3)))
    difference = metrics.paired(a, b)
    assert difference.value == pytest.approx(1, abs=0.15) and difference.error == pytest.approx(0.05, rel=0.2)
    assert difference.error < metrics.mean_of(a).error / 5
    assert np.isnan(metrics.mean_of([4.0]).error) and np.isnan(metrics.mean_of([]).value)
    with pytest.raises(ValueError, match="paired"):
        metrics.paired([1.0], [1.0, 2.0])


# How surely ---------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(4, 60), st.integers(1, 12))
def test_the_error_of_an_auc_is_delongs(seed, count, levels):
    rng = np.random.default_rng(seed)
    labels = np.r_[0, 0, 1, 1, rng.integers(0, 2, count - 4)]
    scores = rng.integers(0, levels + 1, count) / levels
    ups, downs = scores[labels == 1], scores[labels == 0]
    wins = (ups[:, None] > downs) + (ups[:, None] == downs) / 2  # (positives, negatives), each pair written out
    variance = wins.mean(axis=1).var(ddof=1) / len(ups) + wins.mean(axis=0).var(ddof=1) / len(downs)
    found = metrics.auc_estimate(labels, scores)
    assert found.value == pytest.approx(wins.mean())
    assert np.nan_to_num(found.error) == pytest.approx(np.sqrt(variance), abs=1e-12)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(4, 60), st.integers(1, 12))
def test_the_error_of_a_difference_of_aucs_is_delongs(seed, count, levels):
    rng = np.random.default_rng(seed)
    labels = np.r_[0, 0, 1, 1, rng.integers(0, 2, count - 4)]
    scores = rng.integers(0, levels + 1, (2, count)) / levels
    ups, downs = scores[:, labels == 1], scores[:, labels == 0]
    wins = (ups[..., None] > downs[:, None]) + (ups[..., None] == downs[:, None]) / 2  # (2, positives, negatives)
    s_up, s_down = np.cov(wins.mean(axis=2)), np.cov(wins.mean(axis=1))
    variance = np.array([1, -1]) @ (s_up / ups.shape[1] + s_down / downs.shape[1]) @ np.array([1, -1])
    found = metrics.auc_difference(labels, *scores)
    assert found.value == pytest.approx(wins[0].mean() - wins[1].mean())
    assert np.nan_to_num(found.error) == pytest.approx(np.sqrt(max(variance, 0.0)), abs=1e-7)


def test_the_error_of_an_auc_is_how_much_it_varies():
    rng = np.random.default_rng(5)
    labels = rng.random((400, 300)) < 0.3
    scores = labels + rng.normal(size=labels.shape)
    found = [metrics.auc_estimate(y, s) for y, s in zip(labels, scores, strict=True)]
    spread = np.std([one.value for one in found])
    assert np.mean([one.error for one in found]) == pytest.approx(spread, rel=0.1)


@pytest.mark.parametrize("all_alike", [[0.0] * 5, [1.0] * 5, [0.1] * 3])
def test_what_is_alike_in_all_rows_has_no_error(all_alike):
    """0 right of 5 had the error 0.0000, as if no row could ever be right."""
    assert np.isnan(metrics.mean_of(all_alike).error)
    but_for_rounding = np.full(10, 0.812997115) + np.arange(10) * 1e-9
    assert np.isnan(metrics.mean_of(but_for_rounding).error), "it was 0.812997115 ± 0.000000001"
    assert np.isnan(metrics.paired(all_alike, np.array(all_alike) - 1.0).error)
    assert metrics.paired(all_alike, all_alike) == metrics.Estimate(0.0, 0.0)  # two that agree in every row are level


def test_an_auc_of_one_has_no_error():
    labels, parted, level = [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9], [0.5] * 4
    assert metrics.auc_estimate(labels, parted) == metrics.Estimate(1.0, pytest.approx(np.nan, nan_ok=True))
    assert np.isnan(metrics.auc_difference(labels, parted, level).error)


def test_an_auc_of_one_class_has_no_error():
    assert np.isnan(metrics.auc_estimate([1, 1, 1], [0.1, 0.2, 0.3]).error)


def test_the_jackknife_of_a_mean_is_its_standard_error():
    values = np.random.default_rng(0).normal(size=15)

    def means(rows):
        return np.array([values[rows].mean(), 2 * values[rows].mean()])

    expected = metrics.mean_of(values).error
    assert metrics.jackknife_error(means, np.arange(15)) == pytest.approx([expected, 2 * expected])


def test_the_jackknife_leaves_out_all_that_belongs_together():
    values = np.random.default_rng(0).normal(size=40)
    both, owners = np.repeat(values, 3), np.repeat(np.arange(40), 3)
    found = metrics.jackknife_error(lambda rows: np.array([both[rows].mean()]), owners, most=40)
    assert found == pytest.approx([metrics.mean_of(values).error])
    assert np.isnan(metrics.jackknife_error(lambda rows: np.array([1.0]), np.zeros(9, np.int64))).all()


def test_the_calibration_error_is_what_predicted_and_observed_differ_by():
    labels, predictions = np.r_[np.ones(30), np.zeros(30)], np.repeat([0.9, 0.2], 30)
    assert metrics.calibration_error(labels, predictions) == pytest.approx((0.1 + 0.2) / 2)
    rng = np.random.default_rng(3)
    probabilities = rng.uniform(0, 1, 200_000)
    assert metrics.calibration_error(rng.random(200_000) < probabilities, probabilities) < 0.01
    assert np.isnan(metrics.calibration_error([], []))
