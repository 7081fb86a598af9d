"""Why a ratio is what it is, in sentences: whether the layers are alike, and what is chance in one draw of weights."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.kit.numbers import counted, percent
from app.workspaces.gradients.moment import Moment
from app.workspaces.gradients.words import SILENCES, in_a_row, ratio_text, said
from engine.gradients.evenness import uneven
from engine.gradients.other_draws import OtherDraws

APART = 2.0
"""A product of factors that is so many times what is measured, or less than that, is said to be of another thing."""


def moment_words(word: str, step: int) -> str:
    """A verdict in one word, with the moment that it is of."""
    bare = word.rstrip(".。")
    if not step:
        return _tr("{verdict} at the start.").format(verdict=bare)
    when = counted(step, _tr("after 1 step"), _tr("after {count} steps"))
    return _tr("{verdict} {when}.").format(verdict=bare, when=when)


def reason_words(moment: Moment) -> str:
    """All there is to say, in as many sentences as are true; nothing of one layer alone."""
    if not _all_numbers(moment):
        return parted_words(moment)
    if parted := parted_words(moment):  # then it is why layers are not alike, too
        return in_a_row((parted, draw_words(moment)))
    return in_a_row((layer_words(moment), draw_words(moment), product_words(moment)))


def reason_text(moment: Moment) -> str:
    """The same, and why nothing is predicted. While numbers are dragged it is but one sentence, which stays."""
    silence = moment.figures.silence
    told = draw_words(moment) if moment.dragged else reason_words(moment)
    return in_a_row((told, "" if silence is None else said(SILENCES[silence])))


def _all_numbers(moment: Moment) -> bool:
    """Whether there is something between layers, and every ‖δ‖ is a positive number."""
    return moment.depth > 1 and bool(np.isfinite(moment.delta).all() and (moment.delta > 0.0).all())


def parted_words(moment: Moment) -> str:
    """That it is saturation that parts what is measured at the start from what is predicted, with how far units are
    saturated, and why that matters; nothing where that is not so."""
    found = None if moment.step else moment.figures.parted
    if found is None:
        return ""
    told = _tr("Saturation parts it from the prediction: {share} of the slopes are below 5 % of the largest.")
    why = _tr(
        "The mean of f′² ({predicted} predicted, {measured} measured) is that of the few that are left, and in {none}"
        " of the layers a sample meets none: a mean over wide layers, which a width of {width} is too small for."
    )
    why = why.format(
        predicted=ratio_text(found.predicted),
        measured=ratio_text(found.measured),
        none=percent(found.closed.none),
        width=moment.figures.configuration.width,
    )
    return in_a_row((told.format(share=percent(found.closed.share)), why))


def layer_words(moment: Moment) -> str:
    """Where the ratio comes about, if not in all layers alike."""
    found = uneven(moment.delta[:-1] / moment.delta[1:])
    if found is None:
        return ""
    if (jump := found.jump) is not None:
        told = _tr("Most of it is one jump: {factor} from layer {behind} to layer {layer}; the others about {others}.")
        factor, others = _times(jump.factor), _times(jump.others)
        return told.format(factor=factor, behind=jump.layer + 1, layer=jump.layer, others=others)
    told = _tr("The layers are not alike: from {low} at layer {low_layer} to {high} at layer {high_layer}.")
    low, high = _times(found.low), _times(found.high)
    return told.format(low=low, low_layer=found.low_layer, high=high, high_layer=found.high_layer)


def _times(factor: float) -> str:
    """A factor, on one line."""
    return f"×\N{NO-BREAK SPACE}{ratio_text(factor)}"


def draw_words(moment: Moment) -> str:
    """That these weights are one draw of many, and how far those lie apart."""
    predicted = moment.figures.prediction is not None
    if moment.depth < 2:
        return ""
    if not moment.drawn:
        if predicted:
            return _tr("This is one draw of the weights, the prediction a mean over all; others are being measured …")
        return _tr("This is one draw of the weights; others are being measured …")
    if moment.draws is None:
        return ""
    told = _tr("This is one draw of the weights; {count} others start at {low} to {high}.")
    if predicted:
        told = _tr(
            "This is one draw of the weights, the prediction a mean over all; {count} others start at {low} to {high}."
        )
    return _of_draws(told, moment.draws)


def _of_draws(told: str, draws: OtherDraws) -> str:
    return told.format(count=draws.count, low=ratio_text(draws.low), high=ratio_text(draws.high))


def product_words(moment: Moment) -> str:
    """Why the product of the factors is not what is measured at the start, where they are far apart."""
    measured, product = moment.figures.judgement.ratio, float(moment.figures.signal.products[0])
    if moment.step or not (0.0 < measured < math.inf and 0.0 < product < math.inf):
        return ""
    if abs(math.log(product / measured)) < math.log(APART):
        return ""
    return _tr("The product is another, for ‖f′·W‖ is of a δ of no particular direction.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
