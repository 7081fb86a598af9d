"""What a trained ranking answers, as the views take it: a record for each ask.

Fields are named and placed as in the answer; :func:`at` says where one is that has another name here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from app.workspaces.recommender.answers import Document, Number, Numbers, at


def _means(bins: list[Document]) -> list[tuple[object, object]]:
    return [(bin["predicted"], bin["true"]) for bin in bins]


def _watched(impression: Document) -> object:
    return impression["watched"] if impression["clicked"] else None


def _rows(impressions: list[Document]) -> list[object]:
    return [impression["row"] for impression in impressions]


@dataclass(frozen=True, slots=True)
class Facts:
    """``about``: network and data. ``impressions`` and ``users``: those that are judged on; ``hidden``: units of
    its layers; ``cure``, ``weighted``, ``powers``: whether it was trained with them."""

    impressions: Annotated[int, at("impressions", "rows")]
    users: Annotated[int, at("impressions", "users")]
    click_rate: Annotated[Number, at("impressions", "click_rate")]
    hidden: Annotated[tuple[int, ...], at("spec", "hidden")]
    cure: bool
    weighted: bool
    powers: Annotated[bool, at("spec", "powers")]


@dataclass(frozen=True, slots=True)
class Points:
    """``scatter``: some impressions, in seconds: ``rows``, ``users``, ``titles``, ``predicted`` and ``true``, each
    (points,). ``tenths``: means of equally many impressions each, by what was predicted: (predicted, true)."""

    rows: tuple[int, ...]
    users: tuple[str, ...]
    titles: tuple[str, ...]
    predicted: Numbers
    true: Numbers
    tenths: Annotated[tuple[tuple[float, float], ...], at("bins"), BeforeValidator(_means)]
    spearman: Annotated[Number, at("spearman_watched")]
    spearman_of_truth: Number


@dataclass(frozen=True, slots=True)
class NumberRead:
    """``powers``: what the network reads of a number, by name; ``placed``: whether ``x`` is its place, 0 to 1;
    ``never``: it is hours since something that has not been watched yet."""

    name: str
    value: float
    never: bool
    placed: bool
    powers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Impression:
    """``sum``: one impression and its sum: Σ ``products`` + ``bias`` = ``z``, ``unit`` · e^z = ``predicted`` seconds.
    ``true`` = ``click_rate`` · ``seconds_if_clicked``; ``watched``: what happened, None without a click."""

    row: Annotated[int, at("impression", "row")]
    user: Annotated[str, at("impression", "user")]
    title: Annotated[str, at("impression", "title")]
    predicted: Annotated[float, at("impression", "predicted")]
    true: Annotated[float, at("impression", "true")]
    watched: Annotated[float | None, at("impression"), BeforeValidator(_watched)]
    click_rate: Annotated[float, at("impression", "click_rate")]
    seconds_if_clicked: Annotated[float, at("impression", "seconds_if_clicked")]
    categories: Annotated[Mapping[str, str], at("impression", "categories")]
    numbers: tuple[NumberRead, ...]
    history: Annotated[tuple[str, ...], at("impression", "history")]
    products: Numbers
    bias: float
    z: float
    unit: float
    hidden: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """Mean seconds of impressions with about the same prediction; ``uncured``: what weights without the cure promise
    there."""

    predicted: float
    true: float
    uncured: float
    count: int


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A network: ``ratio`` = predicted ÷ true over all impressions."""

    cure: bool
    ratio: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """``calibration``: this network and, where there is one, that of the other setting of the cure. ``uncured_ratio``:
    what is promised without it, the mean of true ÷ (1 − p) over that of true."""

    rows: int
    click_rate: float
    uncured_ratio: float
    networks: tuple[Calibrated, ...]

    def of(self, *, cure: bool) -> Calibrated | None:
        """The network with the cure, or without."""
        return next((one for one in self.networks if one.cure == cure), None)


@dataclass(frozen=True, slots=True)
class Loss:
    """A weighted per-user loss and its standard error, both shares."""

    who: str
    loss: float
    error: Number


@dataclass(frozen=True, slots=True)
class Losses:
    """``per_user_loss``."""

    models: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class ListedImpressions:
    """``impressions``: the rows that were found, in their order."""

    rows: Annotated[tuple[int, ...], at("impressions"), BeforeValidator(_rows)]
