"""What a network's chart shows: one quantity of every layer, its prediction, and the numbers beneath."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np

from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.gradients.words import said
from engine.gradients.figures import Figures
from engine.gradients.training import Run
from engine.graph.kinds.base import Array

DELTA, WEIGHTS, VARIANCE = "delta", "weights", "variance"
MEASURES = {
    DELTA: QT_TRANSLATE_NOOP("Gradients", "‖δ‖, error signal"),
    WEIGHTS: QT_TRANSLATE_NOOP("Gradients", "‖∂L/∂W‖, gradient"),
    VARIANCE: QT_TRANSLATE_NOOP("Gradients", "Var z, forward"),
}
SYMBOLS = {
    DELTA: r"\Vert\delta^{(l)}\Vert",
    WEIGHTS: r"\Vert\partial L/\partial W^{(l)}\Vert",
    VARIANCE: r"\mathrm{Var}\,z^{(l)}",
}

ROWS = {
    "factor": (
        QT_TRANSLATE_NOOP("Gradients", "‖f′·W‖"),
        QT_TRANSLATE_NOOP(
            "Gradients", "What layer l’s f′ and the W behind it do to a signal of no particular direction"
        ),
    ),
    "predicted": (
        QT_TRANSLATE_NOOP("Gradients", "predicted"),
        QT_TRANSLATE_NOOP("Gradients", "The same, as theory has it before any weight is drawn"),
    ),
    "product": (
        QT_TRANSLATE_NOOP("Gradients", "product"),
        QT_TRANSLATE_NOOP("Gradients", "All factors ‖f′·W‖ from layer l up to the last but one, multiplied"),
    ),
    "measured": (
        QT_TRANSLATE_NOOP("Gradients", "measured"),
        QT_TRANSLATE_NOOP("Gradients", "‖δ‖ of layer l over that of the last hidden layer"),
    ),
    "step": (
        QT_TRANSLATE_NOOP("Gradients", "to next"),
        QT_TRANSLATE_NOOP("Gradients", "Layer l’s norm over that of layer l + 1"),
    ),
    "share": (
        QT_TRANSLATE_NOOP("Gradients", "to last"),
        QT_TRANSLATE_NOOP("Gradients", "Layer l’s norm over that of the last hidden layer"),
    ),
    "variance": (
        QT_TRANSLATE_NOOP("Gradients", "measured"),
        QT_TRANSLATE_NOOP("Gradients", "Mean of z² over samples and units"),
    ),
    "variance_predicted": (
        QT_TRANSLATE_NOOP("Gradients", "predicted"),
        QT_TRANSLATE_NOOP("Gradients", "n · Var W · E[a²] of the layer before"),
    ),
    "variance_quotient": (
        QT_TRANSLATE_NOOP("Gradients", "quotient"),
        QT_TRANSLATE_NOOP("Gradients", "Measured over predicted"),
    ),
}
"""Name and meaning of each row of numbers."""
TO_NEXT = frozenset({"factor", "predicted", "step"})


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A line of numbers under the bars, one for each layer; NaN where there is none. ``key`` names them for the card
    that says where they come from; ``main``: the row that the verdict goes by."""

    key: str
    label: str
    tip: str
    values: Array
    main: bool = False

    @property
    def to_next(self) -> bool:
        """Whether it is of what lies between a layer and the next, so that the last layer has none."""
        return self.key.removeprefix("delta_") in TO_NEXT


@dataclass(frozen=True, slots=True)
class Shown:
    """``bars`` (depth,), ``ticks`` (depth,) or None where nothing is predicted; ``rows`` beneath. ``anchor``: the layer
    from which the ticks are reckoned, where that is not the last one, for that is stuck."""

    measure: str
    bars: Array
    ticks: Array | None
    rows: tuple[NumberRow, ...]
    step: int
    anchor: int | None = None

    @property
    def depth(self) -> int:
        """Number of hidden layers."""
        return len(self.bars)


def shown_of(figures: Figures, measure: str, run: Run | None, step: int) -> Shown:
    """What is to be seen of a network after so many steps; at step 0 with what theory predicts."""
    if measure == VARIANCE:
        return _variance(figures)
    if run is not None and step > 0:
        at = min(step, len(run.delta) - 1)
        return _trained(run.delta[at] if measure == DELTA else run.weight_gradient[at], measure, at)
    return _delta(figures) if measure == DELTA else _plain(figures.signal.weight_gradient, WEIGHTS, 0)


def _row(key: str, values: Array, *, main: bool = False) -> NumberRow:
    label, tip = ROWS[key.removeprefix("delta_")]
    return NumberRow(key, said(label), said(tip), values, main)


def _delta(figures: Figures) -> Shown:
    signal, prediction = figures.signal, figures.prediction
    nothing = np.full(signal.depth, np.nan)
    predicted = nothing if prediction is None else np.append(prediction.factors, np.nan)
    rows = (
        _row("factor", np.append(signal.factors, np.nan)),
        _row("predicted", predicted),
        _row("product", signal.products),
        _row("measured", signal.shares, main=True),
    )
    last = figures.judgement.last or signal.depth
    ticks = None if prediction is None else _ticks(prediction.products, signal.delta, last)
    return Shown(DELTA, signal.delta, ticks, rows, 0, last if last < signal.depth else None)


def _ticks(products: Array, delta: Array, last: int) -> Array:
    """‖δ‖ as predicted from what is measured at the last layer that is not stuck: theory has how layers are to one
    another, and a stuck one would drag the ticks of all others down to its own ‖δ‖."""
    with np.errstate(all="ignore"):
        return np.asarray(products / products[last - 1] * delta[last - 1])


def _trained(norms: Array, measure: str, step: int) -> Shown:
    return _plain(norms, measure, step)


def _plain(norms: Array, measure: str, step: int) -> Shown:
    """Norms without a prediction: how one layer's is to the next one's, and to the last one's."""
    with np.errstate(all="ignore"):
        steps, shares = np.append(norms[:-1] / norms[1:], np.nan), norms / norms[-1]
    kind = "delta_" if measure == DELTA else ""
    rows = (
        _row(f"{kind}step", steps),
        _row(f"{kind}share", shares, main=True),
    )
    return Shown(measure, norms, None, rows, step)


def _variance(figures: Figures) -> Shown:
    signal, prediction = figures.signal, figures.prediction
    predicted = None if prediction is None else prediction.variance
    nothing = np.full(signal.depth, np.nan)
    with np.errstate(all="ignore"):
        quotient = nothing if predicted is None else signal.variance / predicted
    rows = (
        _row("variance", signal.variance, main=True),
        _row("variance_predicted", nothing if predicted is None else predicted),
        _row("variance_quotient", quotient),
    )
    return Shown(VARIANCE, signal.variance, predicted, rows, 0)


def decades_of(several: tuple[Shown, ...]) -> tuple[int, int]:
    """The whole decades that hold every bar and tick that is a positive number, two at least."""
    values = [one for shown in several for one in (shown.bars, shown.ticks) if one is not None]
    known = [float(v) for array in values for v in array if isfinite(v) and v > 0.0]
    if not known:
        return -2, 0
    low, high = np.floor(np.log10(min(known)) - 0.08), np.ceil(np.log10(max(known)) + 0.02)
    return int(min(low, high - 2)), int(high)
