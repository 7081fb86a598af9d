"""Names for the engine's answers: titles of networks, cures, verdicts and the reasons for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache, reduce
from math import inf

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.kit.numbers import NOTHING, power_of_ten, scientific, short, significant
from app.kit.translation import QT_TRANSLATE_NOOP, worded
from app.kit.verdict_words import thresholds, trouble_words
from engine.activations import activation
from engine.gradients.doctor import CureKey, Trial, Why
from engine.gradients.experiment import Configuration
from engine.gradients.figures import Figures
from engine.gradients.predicted import Silence
from engine.gradients.verdict import Judgement, Reason, decades
from engine.initializers import initializer
from engine.optimizers import OPTIMIZERS
from engine.training.troubles import TROUBLES, silence_words
from engine.training.verdicts import EXPLODING_RATIO, VANISHING_RATIO, Trouble

PRESET_WORDS: dict[str, tuple[str, str, str]] = {
    "vanishing": (
        QT_TRANSLATE_NOOP("Gradients", "{vanishing_word}"),
        QT_TRANSLATE_NOOP("Gradients", "logistic against ReLU with He"),
        QT_TRANSLATE_NOOP("Gradients", "Each logistic layer passes on a tenth. Why do nine of them leave nothing?"),
    ),
    "exploding": (
        QT_TRANSLATE_NOOP("Gradients", "{exploding_word}"),
        QT_TRANSLATE_NOOP("Gradients", "weights too large, identity"),
        QT_TRANSLATE_NOOP("Gradients", "Weights four times too large: each layer multiplies the signal by four."),
    ),
    "rate": (
        QT_TRANSLATE_NOOP("Gradients", "Smaller rate, no cure"),
        QT_TRANSLATE_NOOP("Gradients", "η against η/100"),
        QT_TRANSLATE_NOOP("Gradients", "Train both: the rate scales all layers equally, so the ratio stays."),
    ),
    "cures": (
        QT_TRANSLATE_NOOP("Gradients", "Cures, one at a time"),
        QT_TRANSLATE_NOOP("Gradients", "activation, start, norm, skip"),
        QT_TRANSLATE_NOOP("Gradients", "Ask the doctor about A and apply one cure; undo, and try the next."),
    ),
    "clipping": (
        QT_TRANSLATE_NOOP("Gradients", "Clipping"),
        QT_TRANSLATE_NOOP("Gradients", "bounds the step, not the ratio"),
        QT_TRANSLATE_NOOP(
            "Gradients", "Train both: one breaks down; the other’s steps are bounded, but its ratio isn't."
        ),
    ),
    "depth": (
        QT_TRANSLATE_NOOP("Gradients", "How deep can it go?"),
        QT_TRANSLATE_NOOP("Gradients", "the ratio against depth and scale"),
        QT_TRANSLATE_NOOP("Gradients", "Click in the map: only near the edge does the signal get through all layers."),
    ),
}
"""Title, what differs, and what to watch, by the preset's key."""


LETTERS = "ABCD"
"""The networks' names, in order."""
SERIES = 9
"""Their colours are the first of so many."""

NORMALISATIONS = {
    "none": QT_TRANSLATE_NOOP("Gradients", "none"),
    "layer": QT_TRANSLATE_NOOP("Gradients", "layer norm"),
    "batch": QT_TRANSLATE_NOOP("Gradients", "batch norm"),
}
CURES = {
    CureKey.RELU_HE: QT_TRANSLATE_NOOP("Gradients", "ReLU with He"),
    CureKey.RELU: QT_TRANSLATE_NOOP("Gradients", "ReLU alone"),
    CureKey.TANH_XAVIER: QT_TRANSLATE_NOOP("Gradients", "tanh with Xavier"),
    CureKey.START: QT_TRANSLATE_NOOP("Gradients", "{initialiser} alone"),
    CureKey.CRITICAL: QT_TRANSLATE_NOOP("Gradients", "Scale {scale}: the edge"),
    CureKey.LAYER_NORM: QT_TRANSLATE_NOOP("Gradients", "Layer normalisation"),
    CureKey.BATCH_NORM: QT_TRANSLATE_NOOP("Gradients", "Batch normalisation"),
    CureKey.SKIP: QT_TRANSLATE_NOOP("Gradients", "Skip connections"),
    CureKey.CLIP: QT_TRANSLATE_NOOP("Gradients", "Clipping at 1"),
    CureKey.SLOWER: QT_TRANSLATE_NOOP("Gradients", "Rate ÷ 100"),
}
REASONS = {
    Why.WORKS: QT_TRANSLATE_NOOP("Gradients", "The signal arrives."),
    Why.HELPS: QT_TRANSLATE_NOOP("Gradients", "Better, but not enough on its own."),
    Why.STEP_ONLY: QT_TRANSLATE_NOOP("Gradients", "It bounds the step; the ratio stays."),
    Why.NOT_ENOUGH: QT_TRANSLATE_NOOP("Gradients", "Hardly any nearer to 1."),
    Why.UNLEARNT: QT_TRANSLATE_NOOP(
        "Gradients", "The signal arrives, but after {steps} steps the loss is higher than without it."
    ),
    Why.WORSE: QT_TRANSLATE_NOOP("Gradients", "The ratio is further from 1 than before."),
    Why.BROKE_DOWN: QT_TRANSLATE_NOOP("Gradients", "Its numbers don't stay finite."),
}
SILENCES = {
    Silence.BATCH_NORM: QT_TRANSLATE_NOOP(
        "Gradients", "No prediction: batch norm makes the samples of a batch depend on each other."
    ),
    Silence.CONSTANT: QT_TRANSLATE_NOOP(
        "Gradients", "No prediction: the theory is for weights drawn at random around 0, not for a constant."
    ),
}


LARGEST = 308.0
"""Powers of ten that a float holds."""
MOST_NAMED = 3
"""So many layers are named one by one."""
NO_RATIO = QT_TRANSLATE_NOOP("Gradients", "There is no ratio: the last layer’s ‖δ‖ is 0 as well.")


FIELDS = {
    "depth": QT_TRANSLATE_NOOP("Gradients", "depth"),
    "width": QT_TRANSLATE_NOOP("Gradients", "width"),
    "activation": QT_TRANSLATE_NOOP("Gradients", "activation"),
    "initializer": QT_TRANSLATE_NOOP("Gradients", "start weights"),
    "scale": QT_TRANSLATE_NOOP("Gradients", "scale"),
    "normalisation": QT_TRANSLATE_NOOP("Gradients", "normalisation"),
    "skip": QT_TRANSLATE_NOOP("Gradients", "skip connections"),
    "clip_norm": QT_TRANSLATE_NOOP("Gradients", "clipping"),
    "rate": QT_TRANSLATE_NOOP("Gradients", "rate"),
    "optimizer": QT_TRANSLATE_NOOP("Gradients", "optimiser"),
    "data": QT_TRANSLATE_NOOP("Gradients", "data"),
    "noise": QT_TRANSLATE_NOOP("Gradients", "noise"),
    "samples": QT_TRANSLATE_NOOP("Gradients", "samples"),
    "steps": QT_TRANSLATE_NOOP("Gradients", "steps"),
    "seed": QT_TRANSLATE_NOOP("Gradients", "seed"),
}
"""Names of fields in the list of steps to undo."""


def preset_title(key: str) -> str:
    """Return the title of a ready-made experiment."""
    title = said(PRESET_WORDS[key][0]).format(**trouble_words())
    return title[:1].upper() + title[1:]


def cure_name(key: CureKey, configuration: Configuration) -> str:
    """Return what a cure is called, with what it makes of the network."""
    name = worded(initializer(configuration.initializer).label)
    return said(CURES[key]).format(initialiser=name, scale=significant(configuration.scale))


def verdict_word(judgement: Judgement) -> str:
    """The verdict in one word."""
    return worded(TROUBLES[judgement.trouble].title)


def said(text: str) -> str:
    """A source string of this workspace in the window's language."""
    return QCoreApplication.translate("Gradients", text)


def in_a_row(sentences: Iterable[str]) -> str:
    """Sentences one after another, those that are empty left out, joined as the language does it."""
    known = [part for part in sentences if part] or [""]
    return reduce(lambda sentence, part: _tr("{told} {next}").format(told=sentence, next=part), known)


def passes_on(judgement: Judgement, depth: int) -> str:
    """Return what a layer does to the signal, as a sentence for a healthy network, and as where it is lost for
    another."""
    if judgement.reason is Reason.SINGLE:
        return _tr("With one hidden layer there is nothing between layers to lose a signal in.")
    if judgement.reason is Reason.OVERFLOW:
        return _tr("From layer {layer} backward, numbers exceed the range of a float.").format(
            layer=judgement.starts_at
        )
    if judgement.reason is Reason.SILENT:
        sentence = worded(silence_words(judgement.size).across)
        sentence = sentence.format(layer=judgement.starts_at, delta=short(judgement.size, 2))
        is_last = not judgement.size and judgement.share != judgement.share
        return in_a_row((sentence, _tr(NO_RATIO))) if is_last else sentence
    if judgement.reason is Reason.STUCK:
        return _tr(
            "‖δ‖ arrives through the skip connections around them: layer {first} gets {share} times layer {last}’s."
        )
    is_vanishing = judgement.trouble is Trouble.VANISHING
    is_kept = judgement.share >= VANISHING_RATIO if is_vanishing else judgement.share <= EXPLODING_RATIO
    if is_kept and (across := TROUBLES[judgement.trouble].across):  # beyond bounds on the way, and not at its end
        return worded(across)
    if judgement.share < 1.0:
        return _tr("Each step back keeps {each} of ‖δ‖ on average: layer {first} gets {share} of layer {last}’s.")
    return _tr("Each step back multiplies ‖δ‖ by {each} on average: layer {first} gets {share} times layer {last}’s.")


def verdict_sentence(judgement: Judgement, depth: int) -> str:
    """The verdict in one sentence, with the layer where it starts and the ratio; and what layers are stuck."""
    steps = max(judgement.last - judgement.first, 1)
    sentence = passes_on(judgement, depth).format(
        layer=judgement.starts_at,
        share=ratio_text(judgement.share),
        each=ratio_text(judgement.share ** (1.0 / steps)),
        first=judgement.first,
        last=judgement.last,
        **thresholds(),
    )
    stuck = stuck_words(judgement.stuck)
    return in_a_row((stuck, sentence))


def stuck_words(layers: Sequence[int]) -> str:
    """Return which layers let next to nothing through themselves; nothing where none does."""
    if not layers:
        return ""
    if len(layers) == 1:
        return _tr("Layer {layer}’s own slope is almost 0.").format(layer=layers[0])
    shown = listed([str(layer) for layer in layers[-MOST_NAMED:]])
    if len(layers) > MOST_NAMED:
        return _tr("The slopes of {count} layers ({layers} …) are almost 0.").format(count=len(layers), layers=shown)
    return _tr("The slopes of layers {layers} are almost 0.").format(layers=shown)


def dead_words(dead: Sequence[Sequence[int]], width: int) -> str:
    """Say which units are dead, few of one layer by their numbers; nothing where none is."""
    where = [(layer, units) for layer, units in enumerate(dead, 1) if units]
    if not where:
        return ""
    if len(where) > 1:
        sentence = _tr("{count} units in {layers} layers are dead: 0 for every sample.")
        return sentence.format(count=sum(len(units) for _, units in where), layers=len(where))
    layer, units = where[0]
    if len(units) > MOST_NAMED:
        sentence = _tr("{count} of layer {layer}’s {width} units are dead: 0 for every sample.")
        return sentence.format(count=len(units), layer=layer, width=width)
    single, several = (
        _tr("Unit {units} of layer {layer} is dead: 0 for every sample."),
        _tr("Units {units} of layer {layer} are dead: 0 for every sample."),
    )
    return (single if len(units) == 1 else several).format(units=_numbers(units), layer=layer)


def dead_list(dead: Sequence[Sequence[int]]) -> list[str]:
    """Name every dead unit, a line for each layer that has some."""
    return [sentence for layer, units in enumerate(dead, 1) if (sentence := dead_of_layer(layer, units))]


def dead_of_layer(layer: int, units: Sequence[int]) -> str:
    """Name a layer's dead units; nothing where none is."""
    return _tr("Layer {layer}, dead: {units}").format(layer=layer, units=_numbers(units)) if units else ""


def _numbers(units: Sequence[int]) -> str:
    return listed(str(unit + 1) for unit in units)


def compared(figures: Figures) -> list[str]:
    """Prediction and measurement side by side, the fullest first. The measurement stands in the verdict as well."""
    measured = _tr("measured {measured}").format(measured=ratio_text(figures.judgement.ratio))
    if figures.prediction is None:
        return [measured]
    predicted = _tr("predicted {predicted}").format(predicted=ratio_text(figures.prediction.ratio))
    return [_tr("{predicted}, {measured}").format(predicted=predicted, measured=measured), predicted]


def reason_of(trial: Trial) -> str:
    """Return what a cure is worth, and why."""
    if trial.why is Why.NOT_ENOUGH and decades(trial.ratio) == inf:
        return _tr("There is no signal with it, either.")
    return said(REASONS[trial.why]).format(steps=trial.steps)


def gain_text(before: float, trial: Trial) -> str:
    """Return how many times nearer to 1 a cure brings the ratio; where one of the two is 0 or no number, which."""
    known = [decades(ratio) < inf for ratio in (before, trial.ratio)]
    if all(known):
        most = _tr("over × {number}").format(number=power_of_ten(round(LARGEST)))
        return "× 1" if trial.gain == 1.0 else most if trial.gain == inf else f"× {ratio_text(trial.gain)}"
    if not any(known) or before != before or trial.ratio != trial.ratio:
        return NOTHING
    if known[1]:
        return _tr("from {ratio}").format(ratio=ratio_text(before))
    return _tr("to {ratio}").format(ratio=ratio_text(trial.ratio))


def gained(before: float, trial: Trial) -> str:
    """Return how a gain comes about, with its numbers; where one of them is none to divide by, that."""
    if max(far := [decades(ratio) for ratio in (before, trial.ratio)]) == inf:
        sentence = _tr("From {ratio} to {after}: no factor can be given for 0 or for something that isn't a number.")
        return sentence.format(ratio=ratio_text(before), after=ratio_text(trial.ratio))
    if max(far) > LARGEST:
        return ""
    off, now = (10.0**power for power in far)
    sentence = _tr("{ratio} is off from 1 by a factor of {off}, {after} by {now}: {off} ÷ {now} = {gain}")
    return sentence.format(
        ratio=ratio_text(before),
        off=ratio_text(off),
        after=ratio_text(trial.ratio),
        now=ratio_text(now),
        gain=ratio_text(trial.gain),
    )


@lru_cache(maxsize=4096)
def ratio_text(value: float) -> str:
    """A ratio of norms: as a plain number near 1, else with its power of ten; a dash where there is none."""
    if value != value:
        return NOTHING
    return "1" if value == 1.0 else scientific(value)


def differing_fields(configurations: Sequence[Configuration]) -> frozenset[str]:
    """The fields in which the networks are not all alike."""
    first, *others = configurations
    fields = Configuration.model_fields
    return frozenset(field for field in fields if any(getattr(o, field) != getattr(first, field) for o in others))


def title_of(configuration: Configuration, differing: Collection[str] = ()) -> str:
    """Return what a network is, in a few words: ``10 logistic layers, normal 0.1``; with the fields ``differing`` from
    network to network that one would not say otherwise."""
    c = configuration
    words = _tr("{depth} {activation} layers, {initialiser} {scale}").format(
        depth=c.depth,
        activation=worded(activation(c.activation).label),
        initialiser=worded(initializer(c.initializer).label),
        scale=significant(c.scale),
    )
    more = [said(NORMALISATIONS[c.normalisation])] if c.normalisation != "none" else []
    more += [_tr("skip")] if c.skip else []
    more += [_tr("clipping {norm}").format(norm=significant(c.clip_norm))] if c.clip_norm is not None else []
    more += [_tr("width {width}").format(width=c.width)] if "width" in differing else []
    more += [_tr("rate {rate}").format(rate=significant(c.rate))] if "rate" in differing else []
    more += [worded(OPTIMIZERS[c.optimizer].label)] if "optimizer" in differing else []
    return " + ".join([words, *more])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
