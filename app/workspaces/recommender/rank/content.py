"""What the views of ranking are shown: plain immutable data, read from the answers of the trained network.

A reader takes the answer's JSON document and raises KeyError, TypeError or ValueError for anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of network and data. ``impressions`` and ``users``: those that are judged on; ``hidden``: units of
    its layers; ``cure``, ``weighted``, ``powers``: whether it was trained with them."""

    impressions: int
    users: int
    click_rate: float
    hidden: tuple[int, ...]
    cure: bool
    weighted: bool
    powers: bool


@dataclass(frozen=True, slots=True)
class Points:
    """Some impressions, in seconds: ``rows``, ``users``, ``titles``, ``predicted`` and ``true``, each (points,).
    ``tenths``: means of equally many impressions each, by what was predicted: (predicted, true)."""

    rows: tuple[int, ...]
    users: tuple[str, ...]
    titles: tuple[str, ...]
    predicted: tuple[float, ...]
    true: tuple[float, ...]
    tenths: tuple[tuple[float, float], ...]
    spearman: float
    spearman_of_truth: float


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
    """One impression and its sum: Σ ``products`` + ``bias`` = ``z``, ``unit`` · e^z = ``predicted`` seconds. ``true`` =
    ``click_rate`` · ``seconds_if_clicked``; ``watched``: what happened, None without a click."""

    row: int
    user: str
    title: str
    predicted: float
    true: float
    watched: float | None
    click_rate: float
    seconds_if_clicked: float
    categories: Mapping[str, str]
    numbers: tuple[NumberRead, ...]
    history: tuple[str, ...]
    products: tuple[float, ...]
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
    """This network and, where there is one, that of the other setting of the cure. ``uncured_ratio``: what is promised
    without it, the mean of true ÷ (1 − p) over that of true."""

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
    error: float


def facts_of(found: Document) -> Facts:
    """What ``about`` says."""
    shown, spec = found["impressions"], found["spec"]
    hidden = tuple(int(units) for units in spec["hidden"])
    return Facts(
        int(shown["rows"]), int(shown["users"]), float(shown["click_rate"]), hidden, bool(found["cure"]),
        bool(found["weighted"]), bool(spec["powers"]),
    )  # fmt: skip


def points_of(found: Document) -> Points:
    """What ``scatter`` says."""
    return Points(
        tuple(map(int, found["rows"])),
        tuple(map(str, found["users"])),
        tuple(map(str, found["titles"])),
        _floats(found["predicted"]),
        _floats(found["true"]),
        tuple((float(one["predicted"]), float(one["true"])) for one in found["bins"]),
        _number(found["spearman_watched"]),
        _number(found["spearman_of_truth"]),
    )


def impression_of(found: Document) -> Impression:
    """What ``sum`` says."""
    shown = found["impression"]
    return Impression(
        int(shown["row"]), str(shown["user"]), str(shown["title"]), float(shown["predicted"]), float(shown["true"]),
        float(shown["watched"]) if shown["clicked"] else None, float(shown["click_rate"]),
        float(shown["seconds_if_clicked"]), {str(name): str(value) for name, value in shown["categories"].items()},
        tuple(_number_read_of(one) for one in found["numbers"]), tuple(map(str, shown["history"])),
        _floats(found["products"]), float(found["bias"]), float(found["z"]), float(found["unit"]),
        tuple(int(units) for units in found["hidden"]),
    )  # fmt: skip


def _number_read_of(found: Document) -> NumberRead:
    powers = {str(name): float(value) for name, value in found["powers"].items()}
    return NumberRead(str(found["name"]), float(found["value"]), bool(found["never"]), bool(found["placed"]), powers)


def rows_of(found: Document) -> tuple[int, ...]:
    """The rows that ``impressions`` has found, in its order."""
    return tuple(int(one["row"]) for one in found["impressions"])


def calibration_of(found: Document) -> Calibration:
    """What ``calibration`` says."""
    networks = tuple(
        Calibrated(bool(one["cure"]), float(one["ratio"]), tuple(_bin_of(row) for row in one["bins"]))
        for one in found["networks"]
    )
    return Calibration(int(found["rows"]), float(found["click_rate"]), float(found["uncured_ratio"]), networks)


def _bin_of(found: Document) -> Bin:
    return Bin(float(found["predicted"]), float(found["true"]), float(found["uncured"]), int(found["count"]))


def losses_of(found: Document) -> tuple[Loss, ...]:
    """What ``per_user_loss`` says, in its order."""
    return tuple(Loss(str(one["who"]), float(one["loss"]), _number(one["error"])) for one in found["models"])


def _number(value: float | None) -> float:
    """A number; what was not finite, which JSON cannot say, is NaN."""
    return NAN if value is None else float(value)


def _floats(found: Sequence[Any]) -> tuple[float, ...]:
    return tuple(_number(one) for one in found)
