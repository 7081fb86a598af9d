"""A network at a moment: a quantity of its layers, the numbers that lead to it, and why, in words."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed, set_apart
from app.kit.numbers import counted, percent
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.verdict_words import tone_of
from app.kit.widgets.outline_tree import OutlineItem
from app.workspaces.gradients.words import (
    LETTERS,
    SILENCES,
    compared,
    dead_of_layer,
    dead_words,
    differing_fields,
    in_a_row,
    ratio_text,
    said,
    title_of,
    verdict_sentence,
    verdict_word,
)
from engine.activations.saturation import SATURATED_BELOW
from engine.gradients.evenness import uneven
from engine.gradients.figures import Figures
from engine.gradients.other_draws import OtherDraws
from engine.gradients.training import DeadUnits, GradientRun
from engine.gradients.verdict import Judgement, stuck_layers
from engine.graph.kinds.base import Array

DELTA, WEIGHTS, VARIANCE = "delta", "weights", "variance"
MEASURES = {
    DELTA: QT_TRANSLATE_NOOP("Gradients", "Error signal ‖δ‖"),
    WEIGHTS: QT_TRANSLATE_NOOP("Gradients", "Gradient ‖∂L/∂W‖"),
    VARIANCE: QT_TRANSLATE_NOOP("Gradients", "Forward, Var z"),
}
SYMBOLS = {DELTA: "‖δ‖", WEIGHTS: "‖∂L/∂W‖", VARIANCE: "Var z"}
MEASURE_TIPS = {
    DELTA: QT_TRANSLATE_NOOP("Gradients", "Root mean square of ‖∂L/∂z‖ over the samples: what verdicts are based on"),
    WEIGHTS: QT_TRANSLATE_NOOP("Gradients", "Norm of the weights' gradient, which may not show an explosion"),
    VARIANCE: QT_TRANSLATE_NOOP("Gradients", "Mean of z² on the way forward, measured and predicted"),
}
MEANINGS = {
    DELTA: QT_TRANSLATE_NOOP("Gradients", "Each step back multiplies by the weights and by the slope: f′·W."),
    WEIGHTS: QT_TRANSLATE_NOOP(
        "Gradients",
        "Verdicts are based on ‖δ‖. With zero biases ‖∂L/∂W‖ hides an explosion: its ratio doesn't change with "
        "the scale of the weights.",
    ),
    VARIANCE: QT_TRANSLATE_NOOP("Gradients", "Glorot & Bengio 2010; He et al. 2015: for weights drawn around 0."),
}
"""A sentence on the numbers of a measure."""

ROWS = {
    "factor": (
        QT_TRANSLATE_NOOP("Gradients", "‖f′·W‖"),
        QT_TRANSLATE_NOOP("Gradients", "What layer l’s f′ and the W behind it do to a signal of random direction"),
    ),
    "predicted": (
        QT_TRANSLATE_NOOP("Gradients", "predicted"),
        QT_TRANSLATE_NOOP("Gradients", "The same, as theory predicts it before any weight is drawn"),
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
    DELTA: (QT_TRANSLATE_NOOP("Gradients", "‖δ‖"), QT_TRANSLATE_NOOP("Gradients", "Size of the error signal")),
    WEIGHTS: (QT_TRANSLATE_NOOP("Gradients", "‖∂L/∂W‖"), QT_TRANSLATE_NOOP("Gradients", "Norm of the gradient")),
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


@dataclass(frozen=True, slots=True, eq=False)
class NumberRow:
    """A line of numbers, one for each layer; NaN where there is none. ``key`` names them for the card that says where
    they come from; ``main``: the row that the bars show."""

    key: str
    label: str
    tip: str
    values: Array
    main: bool = False

    @property
    def to_next(self) -> bool:
        """Return whether it is of what lies between a layer and the next, so that the last layer has none."""
        return self.key.removeprefix("delta_") in TO_NEXT


@dataclass(frozen=True, slots=True, eq=False)
class ShownLayers:
    """``ticks`` (depth,) or None where nothing is predicted; ``rows`` of numbers, of which the bars show the main one.
    ``relative``: these are norms over that of the last layer. ``anchor``: the layer from which the ticks are reckoned,
    where that is not the last one, for that is stuck."""

    measure: str
    rows: tuple[NumberRow, ...]
    ticks: Array | None
    step: int
    relative: bool = False
    anchor: int | None = None

    @property
    def main(self) -> NumberRow:
        """Return what the bars show."""
        return next(row for row in self.rows if row.main)

    @property
    def bars(self) -> Array:
        """Return how high they are, (depth,)."""
        return self.main.values

    @property
    def depth(self) -> int:
        """Number of hidden layers."""
        return len(self.bars)


def shown_of(figures: Figures, measure: str, run: GradientRun | None, step: int) -> ShownLayers:
    """Return what is to be seen of a network after so many steps; at step 0 with what theory predicts."""
    if measure == VARIANCE:
        return _variance(figures)
    if run is not None and step > 0:
        last_step = min(step, len(run.delta) - 1)
        stuck = figures.configuration.skip and len(run.delta[last_step]) in stuck_layers(run.delta[last_step])
        return _norms(
            run.delta[last_step] if measure == DELTA else run.weight_gradient[last_step],
            measure,
            last_step,
            stuck=stuck,
        )
    return _delta(figures) if measure == DELTA else _norms(figures.signal.weight_gradient, WEIGHTS, 0)


def _row(key: str, values: Array, *, main: bool = False) -> NumberRow:
    label, tip = ROWS[key.removeprefix("delta_")]
    return NumberRow(key, said(label), said(tip), values, main)


def _delta(figures: Figures) -> ShownLayers:
    signal, prediction = figures.signal, figures.prediction
    nothing = np.full(signal.depth, np.nan)
    predicted = nothing if prediction is None else np.append(prediction.factors, np.nan)
    rows: tuple[NumberRow, ...] = (
        _row("factor", np.append(signal.factors, np.nan)),
        _row("predicted", predicted),
        _row("product", signal.products),
    )
    last = figures.judgement.last or signal.depth
    relative = last == signal.depth and _is_unit(signal.delta[-1])
    main = _row("measured", signal.shares, main=True) if relative else _row("delta", signal.delta, main=True)
    ticks = None if prediction is None else _ticks(prediction.products, main.values, last)
    return ShownLayers(DELTA, (*rows, main), ticks, 0, relative, anchor=last if last < signal.depth else None)


def _is_unit(norm: float) -> bool:
    """Return whether other norms can be told by this one."""
    return norm > 0.0 and isfinite(norm)


def _ticks(products: Array, measured: Array, last: int) -> Array:
    """‖δ‖ as predicted from what is measured at the last layer that is not stuck: theory has how layers are to one
    another, and a stuck one would drag the ticks of all others down to its own ‖δ‖."""
    with np.errstate(all="ignore"):
        return np.asarray(products / products[last - 1] * measured[last - 1])


def _norms(norms: Array, measure: str, step: int, *, stuck: bool = False) -> ShownLayers:
    """Norms without a prediction: how one layer's is to the next one's, and to the last one's, unless that is
    ``stuck``."""
    with np.errstate(all="ignore"):
        steps, shares = np.append(norms[:-1] / norms[1:], np.nan), norms / norms[-1]
    kind = "delta_" if measure == DELTA else ""
    relative = _is_unit(norms[-1]) and not stuck
    main = _row(f"{kind}share", shares, main=True) if relative else _row(measure, norms, main=True)
    return ShownLayers(measure, (_row(f"{kind}step", steps), main), None, step, relative)


def _variance(figures: Figures) -> ShownLayers:
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
    return ShownLayers(VARIANCE, rows, predicted, 0)


def decades_of(several: tuple[ShownLayers, ...]) -> tuple[int, int]:
    """The whole decades that hold every bar and tick that is a positive number, two at least."""
    values = [heights for shown in several for heights in (shown.bars, shown.ticks) if heights is not None]
    known = [float(v) for array in values for v in array if isfinite(v) and v > 0.0]
    if not known:
        return -2, 0
    low, high = np.floor(np.log10(min(known)) - 0.08), np.ceil(np.log10(max(known)) - 0.01)
    return int(min(low, high - 2)), int(high)


LINE = frozenset({"slope", "spread", "norm", "depth", "ratio", "jump", "one_factor", "ends"})
"""Rows that are no layer's, but parts of the predicted line; their layer is 0."""
AT_START = LINE | {"factor", "predicted", "product", "variance", "variance_predicted", "variance_quotient"}
"""Rows that there are at the start alone, whatever moment is shown."""


@dataclass(frozen=True, slots=True)
class OriginKey:
    """The number ``row`` of a layer (from 1) of network ``number`` (from 0), after ``step`` steps."""

    number: int
    row: str
    layer: int
    step: int = 0

    def at(self, step: int) -> OriginKey:
        """The same number after so many steps. ‖δ‖ over that of the last layer has a name of its own at the start,
        where it stands beside what is predicted of it; of :data:`AT_START` there is no other moment."""
        if self.row in AT_START:
            return replace(self, step=0)
        if self.row in ("measured", "delta_share"):
            return replace(self, row="delta_share" if step else "measured", step=step)
        return replace(self, step=step)


@dataclass(frozen=True, slots=True)
class NetworkMoment:
    """``figures`` are those of the start; ``judgement``, ``delta`` (depth,), the ‖δ‖ of its layers, and ``dead``, their
    dead units, are as they are after ``step`` steps. ``draws``: what other draws of the weights give at the start, None
    where that is not known, or where ``drawn`` not known yet. ``dragged``: a number is being dragged, or was a moment
    ago: nothing that takes long is worked out meanwhile."""

    figures: Figures
    judgement: Judgement
    step: int
    delta: Array
    dead: DeadUnits
    draws: OtherDraws | None
    drawn: bool
    dragged: bool = False

    @property
    def tone(self) -> str:
        """Return the colour of the verdict and of its ratio."""
        return tone_of(self.judgement.trouble, is_alarm=self.judgement.is_alarm)

    @property
    def depth(self) -> int:
        """Number of hidden layers."""
        return self.figures.configuration.depth


APART = 2.0
"""A product of factors that is so many times what is measured, or less than that, is said to be of another thing."""


def moment_words(word: str, step: int) -> str:
    """A verdict in one word, with the moment that it is of."""
    bare = word.rstrip(".。")
    if not step:
        return _tr("{verdict} at the start.").format(verdict=bare)
    when = counted(step, _tr("after {count} {count:step|steps}"))
    return _tr("{verdict} {when}.").format(verdict=bare, when=when)


def reason_words(moment: NetworkMoment) -> str:
    """All there is to say, in as many sentences as are true; nothing of one layer alone."""
    if not _all_numbers(moment):
        return saturation_words(moment)
    if saturation := saturation_words(moment):  # then it is why layers are not alike, too
        return in_a_row((saturation, draw_words(moment)))
    return in_a_row((layer_words(moment), draw_words(moment), product_words(moment)))


def reason_text(moment: NetworkMoment) -> str:
    """The same, and why nothing is predicted. While numbers are dragged it is but one sentence, which stays."""
    silence = moment.figures.silence
    sentence = draw_words(moment) if moment.dragged else reason_words(moment)
    return in_a_row((sentence, "" if silence is None else said(SILENCES[silence])))


def _all_numbers(moment: NetworkMoment) -> bool:
    """Return whether there is something between layers, and every ‖δ‖ is a positive number."""
    return moment.depth > 1 and bool(np.isfinite(moment.delta).all() and (moment.delta > 0.0).all())


def saturation_words(moment: NetworkMoment) -> str:
    """Say that saturation makes the measured start differ from the prediction, how far units are saturated, and why
    that matters; empty where it doesn't."""
    parting = None if moment.step else moment.figures.parted
    if parting is None:
        return ""
    sentence = _tr(
        "Saturation makes it differ from the prediction: {share} of the slopes are below {limit} of the largest."
    )
    why = _tr(
        "The mean of f′² ({predicted} predicted, {measured} measured) comes from the few units left, and in "
        "{none} of the layers some sample meets none. The prediction is for wide layers; a width of {width} is "
        "too small."
    )
    why = why.format(
        predicted=ratio_text(parting.predicted),
        measured=ratio_text(parting.measured),
        none=percent(parting.closed.none),
        width=moment.figures.configuration.width,
    )
    return in_a_row((sentence.format(share=percent(parting.closed.share), limit=percent(SATURATED_BELOW)), why))


def layer_words(moment: NetworkMoment) -> str:
    """Return where the ratio comes about, if not in all layers alike."""
    uneven_layers = uneven(moment.delta[:-1] / moment.delta[1:])
    if uneven_layers is None:
        return ""
    if (jump := uneven_layers.jump) is not None:
        sentence = _tr(
            "Most of it is one jump: {factor} from layer {behind} to layer {layer}; the others are about {others}."
        )
        factor, others = _times(jump.factor), _times(jump.others)
        return sentence.format(factor=factor, behind=jump.layer + 1, layer=jump.layer, others=others)
    sentence = _tr("The layers differ: from {low} at layer {low_layer} to {high} at layer {high_layer}.")
    low, high = _times(uneven_layers.low), _times(uneven_layers.high)
    return sentence.format(low=low, low_layer=uneven_layers.low_layer, high=high, high_layer=uneven_layers.high_layer)


def _times(factor: float) -> str:
    """A factor, on one line."""
    return f"×\N{NO-BREAK SPACE}{ratio_text(factor)}"


def draw_words(moment: NetworkMoment) -> str:
    """Return that these weights are one draw of many, and how far those lie apart."""
    predicted = moment.figures.prediction is not None
    if moment.depth < 2:
        return ""
    if not moment.drawn:
        if predicted:
            return _tr("This is one draw of the weights, the prediction a mean over all; measuring others …")
        return _tr("This is one draw of the weights; measuring others …")
    if moment.draws is None:
        return ""
    sentence = _tr("This is one draw of the weights; {count} others start at {low} to {high}.")
    if predicted:
        sentence = _tr(
            "This is one draw of the weights, the prediction a mean over all; {count} others start at {low} to {high}."
        )
    return _of_draws(sentence, moment.draws)


def _of_draws(sentence: str, draws: OtherDraws) -> str:
    return sentence.format(count=draws.count, low=ratio_text(draws.low), high=ratio_text(draws.high))


def product_words(moment: NetworkMoment) -> str:
    """Why the product of the factors is not what is measured at the start, where they are far apart."""
    measured, product = moment.figures.judgement.ratio, float(moment.figures.signal.products[0])
    if moment.step or not (0.0 < measured < math.inf and 0.0 < product < math.inf):
        return ""
    if abs(math.log(product / measured)) < math.log(APART):
        return ""
    return _tr("The product differs, because ‖f′·W‖ is for a δ of random direction.")


EDITABLE = ("depth", "width", "scale", "rate")
"""The numbers of a network that can be typed over."""


def outline_of(
    moments: Sequence[NetworkMoment],
    shown: Sequence[ShownLayers],
    hidden: Collection[int] = (),
) -> tuple[OutlineItem, ...]:
    """A row for each network; under it its numbers, the verdict at the moment that is shown, and a row for each
    layer. Of those ``hidden`` nothing is told but what they are set to."""
    every = enumerate(zip(moments, shown, strict=True))
    differing = differing_fields([moment.figures.configuration for moment in moments]) if moments else frozenset()
    titles = [title_of(moment.figures.configuration, differing) for moment in moments]
    return tuple(_network(n, titles[n], moment, rows, hidden=n in hidden) for n, (moment, rows) in every)


def _network(number: int, name: str, moment: NetworkMoment, shown: ShownLayers, *, hidden: bool) -> OutlineItem:
    figures, judgement, at_start = moment.figures, moment.judgement, moment.step == 0
    c = figures.configuration
    names = {"depth": _tr("depth"), "width": _tr("width"), "scale": _tr("scale"), "rate": _tr("rate η")}
    settings = tuple(OutlineItem((number, field), names[field], number=float(getattr(c, field))) for field in EDITABLE)
    title = f"{LETTERS[number]} · {name}"
    if hidden:
        unknown = OutlineItem((number, "verdict"), _tr("hidden until you guess"))
        return OutlineItem((number, "network"), title, (*settings, unknown))
    sentence = compared(figures)[0]
    if not at_start:
        sentence = QCoreApplication.translate("VerdictCard", "at the start: {told}").format(told=sentence)
    dead = dead_words(moment.dead, c.width)
    note = in_a_row((verdict_sentence(judgement, c.depth), dead, sentence, reason_words(moment)))
    verdict = OutlineItem((number, "verdict"), moment_words(verdict_word(judgement), moment.step), note=note)
    rows = tuple(_layer(number, layer, shown, moment.dead) for layer in range(1, shown.depth + 1))
    layers = OutlineItem((number, "layers"), said(MEASURES[shown.measure]), rows)
    return OutlineItem((number, "network"), title, (*settings, verdict, layers))


def _layer(number: int, layer: int, shown: ShownLayers, dead: DeadUnits) -> OutlineItem:
    values = [(row.label, float(row.values[layer - 1])) for row in shown.rows]
    numbers = [f"{label} {ratio_text(value)}" for label, value in values if value == value]
    note = set_apart([listed(numbers), dead_of_layer(layer, dead[layer - 1])])
    title = _tr("Layer {layer}: {value}").format(layer=layer, value=ratio_text(float(shown.bars[layer - 1])))
    return OutlineItem((number, "layer", layer), title, note=note)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
