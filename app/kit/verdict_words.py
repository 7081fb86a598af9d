"""Words, numbers and colours of the engine's verdicts on layers, the same in every view."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.kit.numbers import grouped, percent, scientific, short, significant
from app.kit.translation import worded
from engine.network.function_gaps import FunctionGap, Lack
from engine.training.troubles import TROUBLES, words_of
from engine.training.verdicts import EXPLODING_RATIO, STEADY_RATIOS, VANISHING_RATIO, Trouble, Verdict

FEW = 3
"""So many units are named; more are counted."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Verdict", text)


def tone_of(trouble: Trouble, *, is_alarm: bool) -> str:
    """The theme's colour: what is no alarm is good where all is well, and else muted."""
    tone = TROUBLES[trouble].tone if is_alarm or trouble is Trouble.STEADY else "muted"
    return "text_muted" if tone == "muted" else tone


def trouble_word(trouble: Trouble) -> str:
    """A verdict in one word."""
    return worded(TROUBLES[trouble].word)


def trouble_words() -> dict[str, str]:
    """The words for every trouble, to fill a text's placeholders: ``{vanishing_word}``."""
    return {f"{trouble.name.lower()}_word": trouble_word(trouble) for trouble in TROUBLES}


def thresholds() -> dict[str, str]:
    """What a layer's ‖δ‖ is judged by, to fill a text's placeholders."""
    return {
        "low": significant(STEADY_RATIOS[0]),
        "high": significant(STEADY_RATIOS[1]),
        "vanishing": significant(VANISHING_RATIO),
        "exploding": short(EXPLODING_RATIO),
    }


def explanation(verdict: Verdict) -> str:
    """The badge's tooltip: why it is there and, where somebody should act, what helps."""
    words = words_of(verdict)
    text = worded(words.explanation)
    if verdict.is_alarm and words.help:
        text = f"{text} {worded(words.help)}"
    if verdict.gap is not None:
        return f"{gap_words(verdict.gap, _tr('this layer'))} {text}"
    share, size = percent(verdict.value), short(verdict.delta or 0.0, 2)
    return text.format(value=scientific(verdict.value), percent=share, delta=size, **thresholds())


def gap_words(gap: FunctionGap, layer: str) -> str:
    """What the function of a layer lacks, in a sentence."""
    text = {
        Lack.VALUE: _tr("{function} has no value at {z}, a weighted sum of {layer}."),
        Lack.BOUND: _tr("{function} isn't finite at {z}, a weighted sum of {layer}."),
        Lack.SLOPE: _tr("The slope of {function} isn't finite at {z}, a weighted sum of {layer}."),
    }[gap.lack]
    return text.format(function=gap.function, z=short(gap.z), layer=layer)


def not_counted_words() -> str:
    """Why saturation isn't counted: the function's slope has no bound."""
    return _tr("saturation not counted: f′ has no largest value")


def undefined_words(undefined: int, total: int) -> str:
    """For how many z a function has no value."""
    return _tr("undefined for {count} of {all} z").format(count=grouped(undefined), all=grouped(total))


def ratio_words(verdict: Verdict) -> str:
    """A layer's ‖δ‖ beside the reference, ``3.16 ×``; by itself where it, or the reference's, is next to nothing."""
    if (verdict.is_silent or verdict.reference == "") and verdict.delta:
        return f"‖δ‖ {short(verdict.delta, 2)}"
    return f"{ratio_number(verdict.value)} ×"


def ratio_number(ratio: float) -> str:
    """How many times the reference's ‖δ‖: ``3.16``, and ``1`` of the reference itself."""
    return "1" if ratio == 1.0 else scientific(ratio)


def verdict_words(verdict: Verdict, units: int) -> str:
    """A verdict as a badge says it: ``3.16 × · steady``, ``unit 4 dead``. ``units``: of the block."""
    word = trouble_word(verdict.trouble)
    if verdict.gap is not None:
        return word
    if not verdict.units:
        return f"{ratio_words(verdict)} · {word}"
    return _tr("{units} {trouble}").format(units=which_units(verdict, units), trouble=word)


def fewer_words(verdict: Verdict, units: int) -> tuple[str, ...]:
    """The same where there is less room, ever shorter: ``3.16 ×``; ``2 dead``, ``2 of 6``."""
    if verdict.gap is not None:
        return (trouble_word(verdict.trouble),)
    if not verdict.units:
        return (ratio_words(verdict),)
    count = len(verdict.units)
    told = _tr("{count} {trouble}").format(count=count, trouble=trouble_word(verdict.trouble))
    return told, _tr("{count} of {units}").format(count=count, units=units)


def which_units(verdict: Verdict, units: int) -> str:
    """Which of a block's units it is about: few by their numbers, more by how many they are."""
    numbers = listed(str(unit + 1) for unit in verdict.units)
    if len(verdict.units) == 1:
        return _tr("unit {number}").format(number=numbers)
    if len(verdict.units) == units or len(verdict.units) > FEW:
        return _tr("{count} of {units}").format(count=len(verdict.units), units=units)
    return _tr("units {numbers}").format(numbers=numbers)
