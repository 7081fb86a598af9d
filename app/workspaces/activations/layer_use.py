"""The effect of each compared function on a layer's z; one can be put into the layer and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Rectangle, Text, call, text_width
from app.kit.drawing.number import NumberMark
from app.kit.drawing.view import DrawingView
from app.kit.listing import set_apart
from app.kit.numbers import NOTHING, grouped, percent
from app.kit.translation import sentence_of, worded_name
from app.kit.verdict_words import not_counted_words, undefined_words
from app.network.open_network import OpenNetwork
from app.workspaces.activations.functions import ComparedFunction, alpha_of
from app.workspaces.activations.keys import SHARE
from app.workspaces.activations.layer_watch import LayerView, LayerWatch, WatchedLayer
from app.workspaces.activations.words import axis_words, bounds_words, flat_words, limit_words
from app.workspaces.workspace import Host
from engine.activations import activation
from engine.activations.comparison import Comparison
from engine.activations.profile import Profile
from engine.activations.saturation import SATURATED_BELOW, saturation_limit
from engine.activations.shares import Shares
from engine.graph.edit import set_params
from engine.problems import EngineError

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
            NumberMark(
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
    words = _tr("Choose the activation for the button below")
    return f"{effect.name}: {effect.words}, {effect.share_text}\n{words}"


class EffectList(DrawingView):
    """``marked(key)``: by hand. ``asked(key)``: where a share comes from, (SHARE, function)."""

    marked = Signal(str)
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        least, name = QSize(180, 1), self.tr("How each activation does on the layer's z")
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
        self.set_data(tuple(effect_of(function, view, is_chosen=function.key == chosen) for function in shown))


def effect_of(shown: ComparedFunction, view: LayerView | None, *, is_chosen: bool) -> ActivationEffect:
    """Return what is to be said of a function; ``view``: None where the layer is not known yet."""
    shares = view.under(shown.scalar) if view is not None else None
    is_now = view is not None and view.layer.function.key == shown.in_layer
    words = effect_words(shown, shares)
    share, text = lost_share(shown, shares), share_words(shown, shares)
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
    """Return what each z was found to be under a typed function."""
    parts = without_number(shares)
    if shares is not None and shares.off is not None:
        count, total = grouped(round(shares.off * shares.count)), grouped(shares.count)
        parts += [_tr("slope 0 at {count} of {all} z").format(count=count, all=total), _dead_words(shares)]
    if saturation_limit(profile.slope) is not None:
        saturated = _tr("saturated, {where}, {slope} of the steepest on {axis}")
        slope, axis = percent(SATURATED_BELOW), axis_words(profile)
        parts.append(saturated.format(where=limit_words(profile), slope=slope, axis=axis))
    elif any(profile.slope):
        parts.append(not_counted_words())
    return set_apart(parts)


def _dead_words(shares: Shares) -> str:
    dead = _tr("dead units: {dead} of {units}")
    return dead.format(dead=grouped(shares.dead), units=grouped(shares.units))


def without_number(shares: Shares | None) -> list[str]:
    """Return for how many z there is no value, or none that can be written."""
    parts: list[str] = []
    if shares is not None and shares.undefined:
        parts.append(undefined_words(shares.undefined, shares.count))
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
    """Return that share as it is printed."""
    if shown.by_itself and shares is None:
        return _tr("not yet")
    value = lost_share(shown, shares)
    return NOTHING if value is None else percent(value)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a stack: a number of steps, and the last of them."""

    stack: QUndoStack
    index: int
    last: QUndoCommand | None

    @classmethod
    def of(cls, stack: QUndoStack) -> _Place:
        """Return where it stands now."""
        return cls(stack, stack.index(), stack.command(stack.index() - 1) if stack.index() else None)

    @property
    def there(self) -> bool:
        """Return whether no other step has taken its place, done or undone."""
        count, index = self.stack.count(), self.index
        return count >= index and (not index or self.stack.command(index - 1) is self.last)


class PutStep:
    """``network`` and ``layer``: into which it was put, by the newest step there; ``own``: the stack of the comparison
    from which that was done."""

    def __init__(self, network: OpenNetwork, layer: WatchedLayer, own: QUndoStack) -> None:
        self.network, self.layer = network, layer
        self._put, self._own = _Place.of(network.undo_stack), _Place.of(own)

    @property
    def done(self) -> bool:
        """Return whether it is in the layer, not undone."""
        return self._put.stack.index() == self._put.index

    @property
    def known(self) -> bool:
        """Return whether it is the next to be undone or done again there. Undone, it is gone once the comparison goes
        on, as in any history."""
        near = self._put.stack.index() in (self._put.index - 1, self._put.index)
        return near and self._put.there and (self.done or self._own.stack.index() <= self._own.index)

    @property
    def _newest(self) -> bool:
        """Return whether the comparison stands where it stood."""
        return self._own.there and self._own.stack.index() == self._own.index

    @property
    def undo_stack(self) -> QUndoStack | None:
        """The network's, where this is what undo would take back of both."""
        return self._put.stack if self._newest and self.done else None

    @property
    def redo_stack(self) -> QUndoStack | None:
        """The network's, where this is what redo would do again of both."""
        return self._put.stack if self._newest and not self.done else None


def refusal_of(candidate: ComparedFunction | None, layer: WatchedLayer | None) -> str:
    """Why a function cannot be put into a layer, in a sentence; empty where it can."""
    if candidate is None or layer is None:
        return ""
    name = worded_name(layer.name)
    if candidate.known is not None and layer.output:
        text = _tr("An output needs one of the tiles above. To use {function}, choose a layer before it.")
        return text.format(function=candidate.name)
    if layer.fixed:
        text = _tr("The loss determines the activation of {layer}. Choose another layer, or another loss there.")
        return text.format(layer=name)
    if not candidate.by_itself:
        return _tr(
            "Softmax belongs to an output with its loss, cross-entropy; choose that loss in the playground.",
        )
    if layer.function.key == candidate.in_layer:
        text = _tr("{layer} already uses {function}. Select another one, or add one from the tiles.")
        return text.format(layer=name, function=candidate.name)
    try:
        activation(candidate.in_layer)
    except EngineError as error:  # with its numbers in it may be too long
        return sentence_of(error.problem)
    return ""


def use(network: OpenNetwork, layer: WatchedLayer, candidate: ComparedFunction, value: Comparison) -> str:
    """Put it in, at the parameter that it is compared with, in one step of its document. Returns what is to
    be said."""
    name = worded_name(layer.name)
    alpha = alpha_of(value, candidate.key)
    graph = set_params(network.network.graph, layer.block_id, activation=candidate.in_layer, alpha=alpha)
    label = _tr("Use {function} in {layer}")
    network.network.edit(label.format(function=candidate.name, layer=name), graph=graph)
    text = _tr("{layer} in the playground now uses {function}. Ctrl+Z undoes it.")
    if candidate.known is not None:
        text = _tr(
            "{layer} in the playground now uses {function} and trains more slowly, without compiled kernels. "
            "Ctrl+Z undoes it.",
        )
    return text.format(layer=name, function=candidate.name)


class LayerDesk(QObject):
    """``changed``: another function is the candidate, or what was put in can, or cannot any more, be taken back from
    here. ``used(sentence)``: it has been put into the layer."""

    changed = Signal()
    used = Signal(str)

    def __init__(self, host: Host, watch: LayerWatch, own: QUndoStack, parent: QObject | None = None) -> None:
        """``own``: the comparison's steps, among which those that are done here have their place."""
        super().__init__(parent)
        self._host, self._watch, self._own = host, watch, own
        self._value: Comparison | None = None
        self._shown: tuple[ComparedFunction, ...] = ()
        self._marked: str | None = None
        self._put: PutStep | None = None
        self._told: tuple[object, ...] = ()
        self._said = ""
        own.indexChanged.connect(self._follow)

    def compare(self, value: Comparison, shown: Sequence[ComparedFunction]) -> None:
        """Offer these functions."""
        self._value, self._shown = value, tuple(shown)

    @property
    def candidate(self) -> ComparedFunction | None:
        """The function that would be put into the layer: the marked one, else the last taken in that can be.
        Where none can, the one that the layer has, which says so."""
        by_key = {function.key: function for function in self._shown}
        if self._marked in by_key:
            return by_key[self._marked]
        chosen = reversed(self._value.chosen) if self._value is not None else ()
        latest = [by_key[function.key] for function in chosen if function.key in by_key]
        layer = self._watch.layer
        fitting = [function for function in latest if not refusal_of(function, layer)]
        there = [function for function in latest if layer is not None and function.in_layer == layer.function.key]
        return next(iter([*fitting, *there, *latest]), None)

    @property
    def refusal(self) -> str:
        """Why the candidate cannot be put in; empty where it can."""
        return refusal_of(self.candidate, self._watch.layer)

    @property
    def ready(self) -> bool:
        """Return whether there is a layer that would take the candidate: also in the graph, which may be ahead of the
        numbers that the layers are known by."""
        network, layer = self._watch.network, self._watch.layer
        there = network is not None and layer is not None and layer.block_id in network.network.graph
        return there and self.candidate is not None and not self.refusal

    @Slot(str)
    def mark(self, key: str) -> None:
        """Make a function the candidate."""
        self._marked = key
        self.changed.emit()

    @Slot()
    def use(self) -> None:
        """Put the candidate into the layer, as a step of the playground's document."""
        network, layer, candidate = self._watch.network, self._watch.layer, self.candidate
        if not self.ready or network is None or layer is None or candidate is None or self._value is None:
            return
        self._said = sentence = use(network, layer, candidate, self._value)
        self._forget()
        self._put = PutStep(network, layer, self._own)
        network.undo_stack.indexChanged.connect(self._follow)
        acts = ((self.tr("Undo"), self.take_back), (self.tr("Show"), self.show_network))
        self._host.messages.say(sentence, "success", acts, passing=True)
        self.used.emit(sentence)
        self._follow()

    @property
    def put_into(self) -> str:
        """The layer into which a function was put by the playground's latest step, by its name; empty where there is
        none, or something else has been done there since."""
        return worded_name(self._put.layer.name) if self._put is not None and self._put.done else ""

    @property
    def undo_stack(self) -> QUndoStack | None:
        """Return what undo acts on where a function in a layer is the newest step; None for the comparison's own."""
        return self._put.undo_stack if self._put is not None else None

    @property
    def redo_stack(self) -> QUndoStack | None:
        """Return what redo acts on where a function in a layer was undone last; None for the comparison's own."""
        return self._put.redo_stack if self._put is not None else None

    @Slot()
    def take_back(self) -> None:
        """Undo in the playground what was put in, while it is the latest step there."""
        if self._put is not None and self._put.done:
            self._put.network.undo_stack.undo()

    @Slot()
    def _follow(self) -> None:
        """Steps have been done or undone, here or in the playground."""
        if self._put is not None and not self._put.known:
            self._forget()
        if self.undo_stack is None and self._said:
            if self._host.messages.text == self._said:
                self._host.messages.dismiss()  # what was said of undo holds no more
            self._said = ""
        now = self.put_into, self.undo_stack, self.redo_stack
        if now != self._told:
            self._told = now
            self.changed.emit()

    def _forget(self) -> None:
        if self._put is not None:
            self._put.network.undo_stack.indexChanged.disconnect(self._follow)
            self._put = None

    @Slot()
    def show_network(self) -> None:
        """Go to the playground."""
        if self._watch.network is not None:
            self._host.show(self._watch.network)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActivationEffects", text)
