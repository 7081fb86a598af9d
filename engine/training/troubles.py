"""What each trouble of a layer is called, and how it is explained, in every view and on the command line.

Its threshold and how it is found are in :mod:`engine.training.verdicts`, its cures in :mod:`engine.training.remedies`.
Views fill in what the texts leave open: layers by their names, numbers, and the thresholds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.problems import Word
from engine.training.verdicts import Trouble, Verdict


@dataclass(frozen=True, slots=True)
class TroubleWords:
    """``word``: the trouble in one word; ``title``: as a heading, where a whole network can have it. ``tone``: good,
    muted, warning or danger. ``explanation``: the tooltip of its badge; ``help``: what that adds of an alarm.
    ``phrase``: on the command line. ``heads``: the head of a finding, of units for one, several and all of a layer;
    ``text``: how one sees it. ``across``: what a network of equal layers does to the signal."""

    word: Word
    tone: str
    explanation: Word
    phrase: str
    heads: tuple[Word, ...] = ()
    text: str = ""
    across: str = ""
    title: str = ""
    help: str = ""


_VANISHING = TroubleWords(
    Word("vanishing"),
    "danger",
    Word(
        "Over the training points the error signal δ has shrunk to {value} times that of the last hidden layer, "
        "because each layer on the way back multiplied it by a factor below 1. This layer hardly learns."
    ),
    "vanishing (‖δ‖ is {value:.1e} of the last hidden layer's)",
    (Word("Gradients vanish."),),
    Word("{layer} gets {share} of the error signal of {last}."),
    Word(
        "From layer {layer} back, less than {vanishing} of layer {last}’s ‖δ‖ arrives;"
        " layer {first} gets {share} of it."
    ),
    title=Word("Vanishing."),
    help=Word(
        "What helps: ReLU instead of logistic, Xavier or He initialisation, a normalisation, or a skip connection "
        "(Add)."
    ),
)
_FAINT = replace(
    _VANISHING,
    explanation=Word(
        "Over the training points the size ‖δ‖ of the error signal is {delta} here: next to nothing beside the error "
        "that is left, so the layer does not learn."
    ),
    phrase="vanishing (‖δ‖ is {delta:.3g}, next to nothing beside the error)",
    heads=(Word("Hardly any gradient reaches {layer}."),),
    text=Word("‖δ‖ is {delta} there, next to nothing beside the error that is left."),
    across=Word("Layer {layer} gets almost no signal: ‖δ‖ is {delta}, negligible compared with the error."),
    help="",
)
"""A signal that has vanished by its own size, whatever its neighbours get …"""
_SILENT = replace(
    _VANISHING,
    explanation=Word(
        "No error signal reaches this layer: δ is exactly 0 for every training point, so no step changes its weights."
    ),
    phrase="vanishing (‖δ‖ is 0)",
    heads=(Word("No gradient reaches {layer}."),),
    text=Word("‖δ‖ is 0 there: the loss moves none of its weights."),
    across=Word("Layer {layer} gets no signal at all: ‖δ‖ is exactly 0."),
    help="",
)
"""… and one that never arrives."""

TROUBLES: Mapping[Trouble, TroubleWords] = {
    Trouble.STEADY: TroubleWords(
        Word("steady"),
        "good",
        Word(
            "Over the training points the size ‖δ‖ of this layer’s error signal is {value} times that of the last "
            "hidden layer; {low} to {high} is steady."
        ),
        "steady",
        title=Word("Steady."),
    ),
    Trouble.REFERENCE: TroubleWords(
        Word("reference"),
        "muted",
        Word(
            "The last hidden layer: the other layers’ error signals ‖δ‖ are measured by its own, which counts as 1. "
            "That says nothing of its health."
        ),
        "the reference",
        title=Word("One layer."),
    ),
    Trouble.FADING: TroubleWords(
        Word("fading"),
        "warning",
        Word(
            "Over the training points the size ‖δ‖ of this layer’s error signal is {value} times that of the last "
            "hidden layer: weaker, but it arrives. Below {vanishing} it has vanished, unless it is as large as a whole "
            "error."
        ),
        "fading (‖δ‖ is {value:.2g} of the last hidden layer's)",
        title=Word("Fading."),
    ),
    Trouble.GROWING: TroubleWords(
        Word("growing"),
        "warning",
        Word(
            "Over the training points the size ‖δ‖ of this layer’s error signal is {value} times that of the last "
            "hidden layer: larger, but not out of hand. Above {exploding} it explodes."
        ),
        "growing (‖δ‖ is {value:.2g} times the last hidden layer's)",
        title=Word("Growing."),
    ),
    Trouble.VANISHING: _VANISHING,
    Trouble.EXPLODING: TroubleWords(
        Word("exploding"),
        "danger",
        Word(
            "Over the training points the error signal δ has grown to {value} times that of the last hidden layer, "
            "because each layer on the way back multiplied it by a factor above 1."
        ),
        "exploding (‖δ‖ is {value:.1e} times the last hidden layer's)",
        (Word("Gradients explode."),),
        Word("{layer} gets {share}× the error signal of {last}."),
        Word(
            "From layer {layer} back, ‖δ‖ is more than {exploding} times layer {last}’s;"
            " layer {first} gets {share} times it."
        ),
        title=Word("Exploding."),
        help=Word("What helps: a smaller initialisation (Xavier, He), a normalisation, or gradient clipping."),
    ),
    Trouble.DEAD: TroubleWords(
        Word("dead"),
        "danger",
        Word(
            "{percent} of the units give 0 for every training point, so no gradient passes them and they can’t come "
            "back."
        ),
        "{value:.0%} of the units dead",
        (
            Word("{units} of {layer} is dead."),
            Word("{units} of {layer} are dead."),
            Word("All units of {layer} are dead."),
        ),
        Word("0 for all {points} training points: no gradient comes back."),
        help=Word("What helps: Leaky ReLU or ELU, a smaller learning rate, He initialisation."),
    ),
    Trouble.SATURATED: TroubleWords(
        Word("saturated"),
        "warning",
        Word(
            "{percent} of the units sit where their activation is flat for most training points: f′ is nearly 0, so "
            "little gradient passes."
        ),
        "{value:.0%} of the units saturated",
        (
            Word("{units} of {layer} is saturated."),
            Word("{units} of {layer} are saturated."),
            Word("All units of {layer} are saturated."),
        ),
        Word("f′ is nearly 0 for most of {points} training points."),
        title=Word("Saturated."),
        help=Word("What helps: smaller initial weights, ReLU, or a normalisation before the activation."),
    ),
    Trouble.ALIKE: TroubleWords(
        Word("alike"),
        "warning",
        Word(
            "All units of this layer give the same for every training point and get the same gradient, so steps leave "
            "them the same: together they do no more than one."
        ),
        "all units alike",
        (
            Word("{units} of {layer} is alike."),
            Word("{units} of {layer} are alike."),
            Word("All units of {layer} are alike."),
        ),
        Word("They have the same weights and learn the same: together they do no more than one unit."),
        help=Word("What helps: start weights that differ, such as Xavier’s or He’s."),
    ),
    Trouble.OVERGROWN: TroubleWords(
        Word("overgrown"),
        "danger",
        Word("Units give values up to {value}: the next steps may be too large for any number."),
        "units that give up to {value:.1e}",
        (
            Word("{units} of {layer} is overgrown."),
            Word("{units} of {layer} are overgrown."),
            Word("All units of {layer} are overgrown."),
        ),
        Word("Up to {value} comes out of it, from data of up to {data}."),
        help=Word(
            "What helps: standardised numbers where the data is large, else drawing the layer anew, a smaller learning "
            "rate, or gradient clipping."
        ),
    ),
    Trouble.NOT_FINITE: TroubleWords(
        Word("not finite"),
        "danger",
        Word("No number comes out of it. Choose another function."),
        "not finite at {value:.3g}",
    ),
}


def words_of(verdict: Verdict) -> TroubleWords:
    """The words for a verdict: a signal that has vanished by its own size has others than one beside its neighbours."""
    if not verdict.is_silent and (verdict.trouble is not Trouble.VANISHING or verdict.value != 0.0):
        return TROUBLES[verdict.trouble]
    return silence_words(verdict.delta or 0.0)


def silence_words(delta: float) -> TroubleWords:
    """The words for a signal of next to nothing, or of nothing at all."""
    return _FAINT if delta else _SILENT
