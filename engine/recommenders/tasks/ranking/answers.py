"""What a trained ranking answers: a record for each ask, which the asks fill and the window reads. Free of torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.recommenders.answer_types import Number, Numbers
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.ranking.spec import RankingSpec


@dataclass(frozen=True, slots=True)
class JudgedImpressions:
    """Of the users that are judged on. ``click_rate``: share that was clicked; ``mean_seconds``: watched, over all;
    ``true_seconds``: expected by the generator's own truth."""

    rows: int
    users: int
    click_rate: Number
    mean_seconds: Number
    true_seconds: Number


@dataclass(frozen=True, slots=True)
class AboutRanking:
    """``about``. ``training_rows``: impressions that are learned from, ``choice_rows`` those that an epoch is chosen
    by. ``unit``: the seconds that weigh as much as one negative. ``updates`` and ``epochs``: how far it has been
    trained."""

    data: RecommenderData
    data_label: str
    impressions: JudgedImpressions
    training_rows: int
    choice_rows: int
    videos: int
    categories: tuple[str, ...]
    numbers: tuple[str, ...]
    weighted: bool
    cure: bool
    unit: float
    parameters: int
    spec: RankingSpec
    training: Training
    epochs: int
    updates: int


@dataclass(frozen=True, slots=True)
class Impression:
    """``predicted``, ``true`` and ``watched``: seconds; ``watched`` is 0 without a click. ``true`` = ``click_rate`` ·
    ``seconds_if_clicked``, the generator's truth. ``categories``: by column; ``history``: the titles watched before,
    the latest last."""

    row: int
    user: str
    video: str
    title: str
    predicted: float
    true: float
    watched: float
    clicked: bool
    click_rate: float
    seconds_if_clicked: float
    categories: Mapping[str, str]
    numbers: Mapping[str, float]
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundImpressions:
    """``impressions``. ``found``: how many there are in all."""

    found: int
    impressions: tuple[Impression, ...]


@dataclass(frozen=True, slots=True)
class NumberRead:
    """What the network makes of a number: its ``powers`` by name, of which ``x`` is where it is ``placed`` among those
    of the training impressions, 0 to 1, or the number itself. ``never``: it is hours since something that has not been
    watched yet."""

    name: str
    value: float
    never: bool
    placed: bool
    powers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ImpressionSum:
    """``sum``. ``products`` (n,): W_k x_k of the inputs x (n,) of the last layer; Σ ``products`` + ``bias`` = ``z``,
    ``unit`` · e^z = ``impression.predicted`` seconds. ``hidden``: units of the layers before."""

    impression: Impression
    numbers: tuple[NumberRead, ...]
    products: Numbers
    bias: float
    z: float
    unit: float
    hidden: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ErrorBin:
    """Impressions of about the same expected time: means in seconds, and ``error``, the mean of |predicted − true|."""

    predicted: float
    true: float
    watched: float
    error: float
    count: int


@dataclass(frozen=True, slots=True)
class Scatter:
    """``scatter``: some impressions, ``rows``, ``users``, ``titles``, ``predicted`` and ``true``, each (points,).
    ``spearman_truth`` and ``spearman_watched``: rank correlation of all predictions with the true expectation and with
    what was watched, which even the truth itself, ``spearman_of_truth``, can only guess at. ``error``: the mean of
    |predicted − true|; ``bins``: equally many impressions each, by what was predicted."""

    rows: tuple[int, ...]
    users: tuple[str, ...]
    titles: tuple[str, ...]
    predicted: Numbers
    true: Numbers
    spearman_truth: Number
    spearman_watched: Number
    spearman_of_truth: Number
    error: Number
    bins: tuple[ErrorBin, ...]


@dataclass(frozen=True, slots=True)
class TimeBin:
    """Mean seconds of the impressions of about the same expected time: ``predicted``, ``true``, ``watched``, and
    ``uncured``, what weights without the cure come to where they fit exactly: true ÷ (1 − p)."""

    predicted: float
    true: float
    watched: float
    uncured: float
    count: int


@dataclass(frozen=True, slots=True)
class NetworkCalibration:
    """``cure``: whether the network was trained with it. ``ratio``: predicted ÷ true over all impressions."""

    who: str
    cure: bool
    weighted: bool
    ratio: Number
    bins: tuple[TimeBin, ...]


@dataclass(frozen=True, slots=True)
class TimeCalibration:
    """``calibration``: this network and, where it was asked for, another. ``uncured_ratio``: what the ratio of weights
    without the cure would be, over all impressions. ``click_rate``: the mean true rate."""

    rows: int
    click_rate: Number
    uncured_ratio: Number
    networks: tuple[NetworkCalibration, ...]

    def of(self, *, cure: bool) -> NetworkCalibration | None:
        """Return the network with the cure, or without."""
        return next((network for network in self.networks if network.cure == cure), None)


@dataclass(frozen=True, slots=True)
class UserLoss:
    """``loss``: where an impression that was not clicked scores higher than one of its page that was, the latter's
    watch time is mispredicted; its share of all. ``error``: the loss's standard error, as another sample would have
    other users."""

    who: str
    loss: Number
    error: Number


@dataclass(frozen=True, slots=True)
class UserLosses:
    """``per_user_loss``. ``models``: this network, the others, the generator's own truth, below which nothing can go
    but by luck, each video's mean so far, and the mean for all, a constant. ``pages`` and ``clicks``: what the loss is
    measured on."""

    pages: int
    clicks: int
    models: tuple[UserLoss, ...]


# The second stage of candidate generation -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Assumed:
    """What was not known of a visitor. ``unknown``: columns that got the bucket for unknown values. ``hours``: of these
    columns, what stands for the time since something that was watched nobody knows when. ``never_shown``: no candidate
    is taken to have been shown before, as a log of watches does not say."""

    unknown: tuple[str, ...]
    hours: Mapping[str, float]
    never_shown: bool = True

    @property
    def columns(self) -> frozenset[str]:
        """All columns of which the log says nothing."""
        return frozenset((*self.unknown, *self.hours, *(("previous_impressions",) if self.never_shown else ())))


@dataclass(frozen=True, slots=True)
class ExpectedTime:
    """For how long a visitor is expected to watch an item: ``seconds`` = ``unit`` · e^``z``, z being Wx + b.

    ``categories`` and ``numbers``: what the model reads, by column; ``never``: the numbers that are hours since
    something that has not been watched yet. ``assumed``: what was not known of the visitor. ``true_seconds`` =
    ``click_rate`` · ``seconds_if_clicked``: the generator's truth of the same columns.
    """

    seconds: float
    z: float
    unit: float
    categories: Mapping[str, str]
    numbers: Mapping[str, float]
    never: tuple[str, ...]
    assumed: Assumed
    true_seconds: float
    click_rate: float
    seconds_if_clicked: float
