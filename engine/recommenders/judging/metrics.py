"""What predictions and rankings are worth: AUC, log loss, calibration, hit rate, NDCG, MAP; and how surely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.recommenders.answer_types import Number

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean and the standard error of that mean; the error is nan where no two values differ."""

    value: Number
    error: Number

    @property
    def margin(self) -> float:
        """The standard error; 0 where it is not known."""
        return self.error if np.isfinite(self.error) else 0.0


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """One bin of a calibration table: mean predicted value, mean observed value, number of examples."""

    predicted: Number
    observed: Number
    count: int


ROUNDING = 1e-6
"""Equal rows come to figures that differ by no more, relatively: networks compute in float32."""


def mean_of(values: ArrayLike) -> Estimate:
    """The mean over (n,) users or examples, each equal, with its standard error s/√n; nan where n is 0.

    The error is nan, too, where all values are alike: 0 hits in 5 don't say that all others miss as well.
    """
    of = np.asarray(values, np.float64)
    if not len(of):
        return Estimate(float("nan"), float("nan"))
    return Estimate(float(of.mean()), _known(_standard_error(of)))


def _standard_error(of: Floats) -> float:
    """s/√n, exactly 0 where all values are alike but for rounding; nan where there is but one."""
    if len(of) < 2:
        return float("nan")
    return float(of.std(ddof=1) / np.sqrt(len(of))) if np.ptp(of) > ROUNDING * np.abs(of).max() else 0.0


def _known(error: float) -> float:
    """A standard error, nan where it is 0: what never varied on these rows may on others."""
    return error if error > 0.0 else float("nan")


def _difference(value: float, error: float) -> Estimate:
    """A difference with its standard error, which may be 0 where the two agree in every row."""
    return Estimate(value, error if value == 0.0 else _known(error))


def paired(a: ArrayLike, b: ArrayLike) -> Estimate:
    """Mean difference ``a − b`` of two measurements (n,) of the same users in the same order, with its standard error.

    The error of paired differences is what tells two recommenders apart: users who are hard for both cancel.
    """
    first, second = np.asarray(a, np.float64), np.asarray(b, np.float64)
    if first.shape != second.shape:
        raise ValueError(f"paired measurements of shapes {first.shape} and {second.shape}")
    differences = first - second
    return _difference(mean_of(differences).value, _standard_error(differences))


# --- predictions of an outcome --------------------------------------------------------------------------------


def auc(labels: ArrayLike, scores: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Area under the ROC curve: the chance that a positive scores above a negative, a tie counting half.

    ``labels`` (n,) 0 or 1, ``scores`` (n,), ``weights`` (n,) of the examples. nan where one of the two is absent.
    """
    positive, score = np.asarray(labels) > 0, np.asarray(scores)
    weight = _weights(weights, len(score))
    _, group = np.unique(score, return_inverse=True)
    ups = np.bincount(group, weight * positive)
    downs = np.bincount(group, weight * ~positive)
    total = ups.sum() * downs.sum()
    below = np.cumsum(downs) - downs / 2
    return float((ups * below).sum() / total) if total > 0 else float("nan")


def auc_estimate(labels: ArrayLike, scores: ArrayLike) -> Estimate:
    """The same with its standard error (DeLong, DeLong and Clarke-Pearson 1988): of the share of negatives below each
    positive, and of positives above each negative, the variances of the means add up. nan as :func:`mean_of` has it."""
    positive, score = np.asarray(labels) > 0, np.asarray(scores)
    below = _places(score[positive], score[~positive])
    above = 1.0 - _places(score[~positive], score[positive])
    error = np.hypot(_standard_error(below), _standard_error(above))
    return Estimate(auc(labels, scores), _known(float(error)))


def auc_difference(labels: ArrayLike, scores: ArrayLike, others: ArrayLike) -> Estimate:
    """AUC of ``scores`` minus that of ``others`` (n,), on the same examples, with the standard error of that difference
    (DeLong, DeLong and Clarke-Pearson 1988): as :func:`auc_estimate`, of the differences of the two's shares."""
    positive = np.asarray(labels) > 0
    one, other = np.asarray(scores), np.asarray(others)
    ups, other_ups = (_places(of[positive], of[~positive]) for of in (one, other))
    downs, other_downs = (_places(of[~positive], of[positive]) for of in (one, other))
    error = np.hypot(_standard_error(ups - other_ups), _standard_error(downs - other_downs))
    return _difference(auc(labels, one) - auc(labels, other), float(error))


def _places(of: NDArray[np.floating], among: NDArray[np.floating]) -> Floats:
    """The share of ``among`` (m,) below each of ``of`` (n,), what ties counting half, (n,)."""
    ordered = np.sort(among)
    both = np.searchsorted(ordered, of) + np.searchsorted(ordered, of, side="right")
    return np.asarray(both / (2.0 * max(len(ordered), 1)), np.float64)


def log_losses(labels: ArrayLike, probabilities: ArrayLike) -> Floats:
    """``−[y ln p + (1 − y) ln(1 − p)]`` in nats of each example, (n,).

    Probabilities are clipped to [ε, 1 − ε], ε being that of float64, so that a certain error costs 36 and not ∞.
    """
    smallest = np.finfo(np.float64).eps
    p = np.clip(np.asarray(probabilities, np.float64), smallest, 1 - smallest)
    y = np.asarray(labels, np.float64)
    return np.asarray(-(y * np.log(p) + (1 - y) * np.log1p(-p)), np.float64)


def log_loss(labels: ArrayLike, probabilities: ArrayLike, weights: ArrayLike | None = None) -> float:
    """The mean of :func:`log_losses`, weighted by ``weights``; all (n,)."""
    losses = log_losses(labels, probabilities)
    return float(np.average(losses, weights=_weights(weights, len(losses))))


def calibration(
    labels: ArrayLike, predictions: ArrayLike, bins: int = 10, weights: ArrayLike | None = None
) -> tuple[CalibrationRow, ...]:
    """Predicted against observed, by ``bins`` equally full bins of the prediction, lowest first.

    ``labels`` and ``predictions`` (n,): outcomes and probabilities, or watch times and expected watch times. Both
    means of a row are weighted by ``weights``. Equal predictions share a bin, so that the order of the
    examples does not matter; bins that this leaves empty are left out.
    """
    outcome, predicted = np.asarray(labels, np.float64), np.asarray(predictions, np.float64)
    weight = _weights(weights, len(predicted))
    _, group, counts = np.unique(predicted, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - counts / 2
    bin_of = np.minimum((middle * bins / max(len(predicted), 1)).astype(np.int64), bins - 1)[group]
    sums = [np.bincount(bin_of, values, bins) for values in (weight, weight * predicted, weight * outcome)]
    filled = np.bincount(bin_of, minlength=bins)
    return tuple(
        CalibrationRow(float(sums[1][b] / sums[0][b]), float(sums[2][b] / sums[0][b]), int(filled[b]))
        for b in range(bins)
        if sums[0][b] > 0
    )


def calibration_error(labels: ArrayLike, predictions: ArrayLike, bins: int = 10) -> float:
    """By how much predicted and observed means differ, as a mean over the examples of :func:`calibration`'s bins
    (Naeini, Cooper and Hauskrecht 2015, with equally full bins). ``labels`` and ``predictions`` (n,); nan where n is 0.
    """
    rows = calibration(labels, predictions, bins)
    examples = sum(row.count for row in rows)
    off = sum(row.count * abs(row.predicted - row.observed) for row in rows)
    return off / examples if examples else float("nan")


def jackknife_error(
    measure: Callable[[NDArray[np.int64]], Floats], groups: NDArray[np.int64], most: int = 20
) -> Floats:
    """Standard errors of some figures, (figures,), by leaving out one group of examples after the other (the grouped
    jackknife: Efron and Stein 1981): √((g − 1) ÷ g · Σ (θᵢ − θ̄)²).

    ``measure``: the figures of some examples by their numbers. ``groups`` (n,): which examples belong together, a
    user's say; by these they are dealt into at most ``most`` groups. nan where there are fewer than two.
    """
    known, own = np.unique(groups, return_inverse=True)
    count = min(most, len(known))
    found = np.array([measure(np.flatnonzero(own % count != left)) for left in range(count)] if count > 1 else [])
    if not len(found):
        return measure(np.arange(len(own))) * np.nan
    return np.asarray(np.sqrt((count - 1) / count * ((found - found.mean(axis=0)) ** 2).sum(axis=0)), np.float64)


def weighted_per_user_loss(pages: ArrayLike, clicked: ArrayLike, watch_times: ArrayLike, scores: ArrayLike) -> float:
    """Share of the watch time that was mispredicted (Covington et al. 2016, §4.3).

    Every clicked impression is paired with every impression of the same page that was not clicked. Where the latter
    scores higher, the former's watch time is mispredicted; the loss is that over the watch time of all pairs.
    A tie counts half (the paper does not say), so that a constant score gets 0.5 and not 0.

    ``pages`` (n,) any ids that tell one user's page from another, ``clicked`` (n,) flags, ``watch_times`` (n,) seconds,
    ``scores`` (n,). nan where there is no pair, or none with watch time.
    """
    page, score, click = np.asarray(pages), np.asarray(scores), np.asarray(clicked).astype(bool)
    seconds = np.asarray(watch_times, np.float64)[click]
    # One number per (page, score), in their order, so that one sorted list answers for all pages.
    _, page = np.unique(page, return_inverse=True)
    values, level = np.unique(score, return_inverse=True)
    key = page * len(values) + level
    shown = np.sort(key[~click])
    begin = np.searchsorted(shown, page[click] * len(values))
    end = np.searchsorted(shown, (page[click] + 1) * len(values))
    lower = np.searchsorted(shown, key[click])
    not_higher = np.searchsorted(shown, key[click], side="right")
    wrong = (end - not_higher) + (not_higher - lower) / 2
    total = (seconds * (end - begin)).sum()
    return float((seconds * wrong).sum() / total) if total > 0 else float("nan")


def _weights(weights: ArrayLike | None, count: int) -> Floats:
    return np.ones(count) if weights is None else np.asarray(weights, np.float64)


# --- rankings with one item to find, whose rank is known -------------------------------------------------------


def hit_rate_of_ranks(ranks: Floats, k: int) -> Floats:
    """1 where the one relevant item has a rank of at most ``k``, (users,); ``ranks`` (users,) from 1, inf for a miss.

    With one relevant item this is the recall at ``k`` too.
    """
    return np.asarray(ranks <= k, np.float64)


def ndcg_of_ranks(ranks: Floats, k: int) -> Floats:
    """NDCG at ``k`` with one relevant item: 1/log₂(1 + rank), (users,)."""
    return np.where(ranks <= k, 1 / np.log2(1 + ranks), 0.0)


def average_precision_of_ranks(ranks: Floats, k: int) -> Floats:
    """Average precision at ``k`` with one relevant item: 1/rank, (users,)."""
    return np.where(ranks <= k, 1 / ranks, 0.0)
