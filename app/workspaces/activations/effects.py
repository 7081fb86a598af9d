"""What a layer's own z would make of each compared function: off, dead and saturated, kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Rectangle, Text, call, text_width
from app.kit.drawing.number import Number
from app.kit.drawing.view import DrawingView
from app.kit.listing import set_apart
from app.kit.numbers import NOTHING, grouped, percent
from app.workspaces.activations.compared import ComparedFunction
from app.workspaces.activations.keys import SHARE
from app.workspaces.activations.layer_view import LayerView
from app.workspaces.activations.words import axis_words, bounds_words, flat_words, limit_words
from engine.activations.profile import Profile
from engine.activations.saturation import SATURATED_BELOW, least_slope
from engine.activations.shares import Shares

ROW, HEIGHT, BAR, LINE = 31.0, 30.0, 5.0, 14.0
"""Pixels from row to row, of a row, of its bar, and of a line of words that has no room beside the name."""
LEFT, NUMBER_GAP, WORDS = 24.0, 10.0, 11.0
CHOOSE = "choose"
"""(CHOOSE, function): a row; (SHARE, function): its number."""


@dataclass(frozen=True, slots=True)
class ActivationEffect:
    """A function under which the layer's z fare so. ``share``: what is lost, None where that is not known."""

    key: str
    name: str
    ink: str
    words: str
    share: float | None
    share_text: str
    is_now: bool
    is_chosen: bool


def draw_effects(effects: tuple[ActivationEffect, ...], frame: Frame) -> Drawing:
    """Draw a line and a bar each; the chosen one is what the button would put into the layer."""
    marks, top = list[Mark](), 0.0
    for effect in effects:
        more = _words_height(effect, frame.width)
        marks += _row(effect, top, more, frame)
        top += ROW + more
    description = "; ".join(f"{effect.name}: {effect.words}, {effect.share_text}" for effect in effects)
    return Drawing(tuple(marks), description=description, height=max(top - (ROW - HEIGHT), 0.0))


def _words_height(effect: ActivationEffect, width: float) -> float:
    """Return the height of the lines that the words take beneath the name; 0 where they have room beside it."""
    now = text_width(_tr("now"), 10, bold=True) + 22.0 if effect.is_now else 0.0
    taken = LEFT + text_width(effect.name, 13, bold=True) + now + text_width(effect.share_text, 13, bold=True)
    words = text_width(effect.words, WORDS)
    if words <= width - taken - 26.0:
        return 0.0
    return LINE * ceil(words / (0.9 * max(width - LEFT - 8.0, 1.0)))  # lines of words are not filled to the end


def _row(effect: ActivationEffect, top: float, more: float, frame: Frame) -> list[Mark]:
    row, number = (CHOOSE, effect.key), (SHARE, effect.key)
    right, hand = frame.width - 8.0, Qt.CursorShape.PointingHandCursor
    ground = "accent_soft" if effect.is_chosen else "raised" if frame.pointed in (row, number) else ""
    wide = text_width(effect.share_text, 13, bold=True)
    place = (right - wide, top + 2.0, wide, 20.0)
    middle = right - wide - NUMBER_GAP
    marks: list[Mark] = [
        Rectangle(
            (0, top, frame.width, HEIGHT + more), ground, corner=7.0, key=row, tip=call(_tip, effect), cursor=hand
        ),
        Disc(13.0, top + 12.0, 5.0, effect.ink),
        Text(effect.name, (LEFT, top + 2.0, middle - LEFT, 20.0), 13, align="left middle", elide=True, bold=True),
    ]
    left = LEFT + text_width(effect.name, 13, bold=True) + 8.0
    if effect.is_now:
        now = _tr("now")
        pill = text_width(now, 10, bold=True) + 14.0
        marks += [
            Rectangle((left, top + 4.0, pill, 16.0), "track", corner=8.0),
            Text(now, (left, top + 4.0, pill, 16.0), 10, bold=True),
        ]
        left += pill + 8.0
    if more:
        words = (LEFT, top + 20.0, frame.width - LEFT - 8.0, more)
        marks.append(Text(effect.words, words, WORDS, "text_muted", "left top", wrap=True))
    else:
        words = (left, top + 3.0, max(middle - left, 0.0), 20.0)
        marks.append(Text(effect.words, words, WORDS, "text_muted", "left middle"))
    if effect.share is None:
        marks.append(Text(effect.share_text, place, 13, "text_muted", "right middle", bold=True))
    else:
        ink = "accent" if frame.pointed == number else "text"
        tip = _tr("Where does this number come from?")
        marks.append(
            Number(
                effect.share_text, place, 13, ink, "right middle", bold=True, value=effect.share, key=number, tip=tip,
                cursor=hand,
            )
        )  # fmt: skip
    return [*marks, *_bar(effect, top + HEIGHT + more - 7.0, frame.width - 16.0)]


def _bar(effect: ActivationEffect, top: float, width: float) -> list[Mark]:
    marks: list[Mark] = [Rectangle((8.0, top, width, BAR), "track", corner=BAR / 2)]
    if effect.share:
        long = max(width * min(effect.share, 1.0), BAR)
        marks.append(Rectangle((8.0, top, long, BAR), effect.ink, corner=BAR / 2))
    return marks


def _tip(effect: ActivationEffect) -> str:
    what = _tr("Choose the activation that the button below puts into the layer")
    return f"{effect.name}: {effect.words}, {effect.share_text}\n{what}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActivationEffects", text)


class EffectList(DrawingView):
    """``marked(key)``: by hand. ``asked(key)``: where a share comes from, (SHARE, function)."""

    marked = Signal(str)
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        least, name = QSize(180, 1), self.tr("What the layer's z make of each activation")
        super().__init__(draw_effects, (), hint=QSize(200, 30), least=least, name=name, parent=parent)
        self.chosen.connect(self._take_key)

    @Slot(object)
    def _take_key(self, key: tuple[str, str]) -> None:
        if key[0] == CHOOSE:
            self.marked.emit(key[1])
        else:
            self.asked.emit(key)

    def show_effects(self, shown: Sequence[ComparedFunction], view: LayerView | None, chosen: str | None) -> None:
        """A row for each function; ``chosen``: the one that is marked."""
        self.set_data(tuple(effect_of(one, view, is_chosen=one.key == chosen) for one in shown))


def effect_of(shown: ComparedFunction, view: LayerView | None, *, is_chosen: bool) -> ActivationEffect:
    """Return what is to be said of a function; ``view``: None where the layer is not known yet."""
    shares = view.under(shown.scalar) if view is not None else None
    is_now = view is not None and view.layer.function.key == shown.in_layer
    words, share, text = effect_words(shown, shares), lost_share(shown, shares), share_words(shown, shares)
    return ActivationEffect(shown.key, shown.name, shown.ink, words, share, text, is_now, is_chosen)


def effect_words(shown: ComparedFunction, shares: Shares | None) -> str:
    """The rule, and what of z and of units it says."""
    profile = shown.scalar.profile
    if not shown.by_itself:
        return _tr("needs all z at once: not counted")
    if profile.flat_everywhere:
        return _tr("slope 0 at every z: nothing is learnt")
    if profile.measured is not None:
        return _measured_words(profile, shares)
    parts: list[str] = []
    if flat := flat_words(profile):
        off = _tr("off, {where}")
        no_slope = _tr("slope 0, {where}")
        parts.append((off if profile.silent else no_slope).format(where=flat))
        if shares is not None:
            parts.append(_dead_words(shares))
    if smooth := bounds_words(profile):
        parts.append(_tr("saturated, {where}").format(where=smooth))
    return set_apart(parts) or _tr("neither off nor saturated anywhere")


def _measured_words(profile: Profile, shares: Shares | None) -> str:
    """What each z was found to be under a typed function."""
    parts = without_number(shares)
    if shares is not None and shares.off is not None:
        parts += [_tr("slope 0"), _dead_words(shares)]
    if isfinite(least_slope(profile.slope)):
        saturated = _tr("saturated, {where}, {slope} of the steepest on {axis}")
        words = saturated.format(where=limit_words(profile), slope=percent(SATURATED_BELOW), axis=axis_words(profile))
        parts.append(words)
    else:
        parts.append(_tr("saturation not counted: f′ has no largest value"))
    return set_apart(parts)


def _dead_words(shares: Shares) -> str:
    dead = _tr("dead units: {dead} of {units}")
    return dead.format(dead=grouped(shares.dead), units=grouped(shares.units))


def without_number(shares: Shares | None) -> list[str]:
    """For how many z there is no value, or none that can be written."""
    parts: list[str] = []
    if shares is not None and shares.undefined:
        text = _tr("undefined for {count} of {all} z")
        parts.append(text.format(count=grouped(shares.undefined), all=grouped(shares.count)))
    if shares is not None and shares.overflown:
        text = _tr("too large for a number for {count} of {all} z")
        parts.append(text.format(count=grouped(shares.overflown), all=grouped(shares.count)))
    return parts


def lost_share(shown: ComparedFunction, shares: Shares | None) -> float | None:
    """The share through which nothing, or hardly anything, comes; None where it is not known, or cannot be said."""
    if shares is None or not shown.by_itself:
        return None
    if shares.lost is None and (shown.scalar.profile.measured is not None or shares.overflown):
        return None
    return shares.lost or 0.0


def share_words(shown: ComparedFunction, shares: Shares | None) -> str:
    """That share as it is printed."""
    if shown.by_itself and shares is None:
        return _tr("not yet")
    value = lost_share(shown, shares)
    return NOTHING if value is None else percent(value)
