"""How a run fares: whether it learns, and what is wrong with a layer. Every view that calls one well or ill asks here.

Layers are judged by ‖δ‖ (never by ‖∂L/∂W‖ alone), each beside the last hidden layer's and beside the error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from engine.graph.kinds.base import Array
from engine.network.function_gaps import FunctionGap, Lack

STEADY_RATIOS = (0.1, 10.0)
"""Within a factor of ten of the last hidden layer's ‖δ‖ a layer's counts as kept …"""
VANISHING_RATIO = 1e-3
EXPLODING_RATIO = 1e3
"""… and beyond a thousand it is lost, or out of hand."""
SILENT_SHARE = 1e-5
"""A ‖δ‖ below this share of the error that it comes from teaches nothing, whatever its neighbours get."""
SATURATED_SHARE = 0.5
FEWEST_LOSSES = 8
"""So many losses must have been measured before anything is said of their course."""
LOWER = 0.99
"""The loss falls while the latest quarter of its course has come below this share of the best before, and the loss
itself below this share of the first …"""
LOWER_PAIRS = 0.8
"""… and while so many pairs of a loss of that quarter and one of the quarter before say the same. Of losses that only
waver, as dropout or single steps make them, the least is one of the latest every fourth time …"""
BELOW_CONSTANT = 0.98
"""… and below this share of what one answer for all points costs: a network gets that far by its last bias alone."""
STANDS = 3
"""So many losses in a row must say that the loss doesn't fall before that alarms: a run that learns has spikes."""
FAR_OFF = 10.0
"""A loss of so many times that and more has been thrown off."""
SMALL_LOSS_SHARE = 0.1
"""Below this share of that, little is left to cure."""


class LearningState(StrEnum):
    """Whether a run learns."""

    UNKNOWN = "unknown"  # too few losses since the last change
    FALLING = "falling"
    STANDING = "standing"
    NO_BETTER = "no-better"  # than one answer for all points, whatever the loss does
    THROWN = "thrown"  # far above what that costs
    LEARNT = "learnt"
    BROKEN = "broken"  # some number is not finite


STILL = frozenset({LearningState.STANDING, LearningState.NO_BETTER})
"""The loss is known not to fall."""


class Trouble(StrEnum):
    """What is wrong with a layer, or what there is to say of one that is not in trouble."""

    STEADY = "steady"
    REFERENCE = "reference"
    FADING = "fading"
    GROWING = "growing"
    VANISHING = "vanishing"
    EXPLODING = "exploding"
    DEAD = "dead"
    SATURATED = "saturated"
    ALIKE = "alike"
    OVERGROWN = "overgrown"
    NOT_FINITE = "not-finite"


WITHIN_BOUNDS = frozenset({Trouble.STEADY, Trouble.REFERENCE, Trouble.FADING, Trouble.GROWING})
"""A signal arrives, if weaker or stronger: nothing needs a cure."""
UNREMARKABLE = frozenset({Trouble.STEADY, Trouble.REFERENCE})
"""Said of a layer of which there is nothing else to say."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A layer's state. ``value``: ‖δ⁽ˡ⁾‖/‖δ⁽ᴸ⁾‖ where it is about the signal, the share of units for dead and
    saturated, the greatest |a| for overgrown, z for not finite. ``units``: which units those are, from 0. ``delta``:
    ‖δ⁽ˡ⁾‖, None for units. ``gap``: what the layer's function lacks, of not finite alone. ``reference``: the block
    whose ‖δ‖ the signal is compared with, empty where no signal reaches that, None for units.
    ``is_alarm``: whether somebody should look; nothing is one in a network that learns."""

    block_id: str
    trouble: Trouble
    value: float
    units: tuple[int, ...] = ()
    delta: float | None = None
    is_alarm: bool = True
    gap: FunctionGap | None = None
    reference: str | None = None

    @property
    def is_silent(self) -> bool:
        """Whether the signal has vanished by its own size, and not beside the last hidden layer's."""
        return self.trouble is Trouble.VANISHING and (self.delta == 0.0 or self.value >= VANISHING_RATIO)

    def is_part_of(self, other: Verdict) -> bool:
        """Whether the other verdict is on the same trouble of the same block, and on these units at least."""
        same = self.block_id == other.block_id and self.trouble is other.trouble
        return same and set(self.units) <= set(other.units)


@dataclass(frozen=True, slots=True)
class RunVerdict:
    """Whether a run learns, and one or more verdicts per layer, in the plan's order. ``is_well``: the loss falls, or
    there is hardly any left. ``is_held_by_lines``: it isn't learning, and all its hidden units are linear."""

    learning: LearningState
    layers: tuple[Verdict, ...]
    is_well: bool
    is_held_by_lines: bool = False

    @property
    def quiet(self) -> tuple[Verdict, ...]:
        """The verdicts that are no alarm."""
        return tuple(layer for layer in self.layers if not layer.is_alarm)

    def is_worse_than(self, other: RunVerdict) -> bool:
        """Whether some layer is in a trouble to be looked at that the other verdict does not know of."""
        alarms = [layer for layer in self.layers if layer.is_alarm and layer.trouble not in WITHIN_BOUNDS]
        return any(not any(layer.is_part_of(known) for known in other.layers) for layer in alarms)


@dataclass(frozen=True, slots=True)
class LossCourse:
    """What tells whether a run learns. ``losses``: of all training points since the network was last changed,
    at times that lie equally far apart. ``constant_loss``: what the best answer that is the same for all points costs,
    infinite where that is not known. ``steepest``: of the loss function.
    ``is_learnt``, ``is_mostly_learnt``: see :mod:`engine.training.quality`. ``has_failed``: a number is not finite.
    ``is_untrained``: the weights are as they were drawn. ``is_linear``: all hidden units are. ``do_lines_suffice``: a
    linear network would learn most of the points. ``drawn``: the blocks whose weights the latest change drew anew, for
    the first epochs after it."""

    losses: Array = field(default_factory=lambda: np.zeros(0))
    constant_loss: float = np.inf
    steepest: float = np.inf
    is_learnt: bool = False
    is_mostly_learnt: bool = False
    has_failed: bool = False
    is_untrained: bool = False
    is_linear: bool = False
    do_lines_suffice: bool = False
    drawn: frozenset[str] = frozenset()

    @property
    def is_all_but_learnt(self) -> bool:
        """Whether hardly any error is left."""
        known = len(self.losses) > 0 and bool(np.isfinite(self.constant_loss))
        return self.is_learnt or (known and bool(self.losses[-1] < SMALL_LOSS_SHARE * self.constant_loss))

    @property
    def error(self) -> float:
        """The size of the error that the latest ‖δ‖ comes from, 0 where none is known. Of the latest two losses the
        smaller counts: ‖δ‖ was measured between them, and its last step may have thrown the loss off."""
        known = self.losses[-2:][np.isfinite(self.losses[-2:])]
        return self._error_of(float(known.min())) if len(known) else 0.0

    @property
    def constant_error(self) -> float:
        """The size of the error of the best answer that is the same for all points: the whole error of a run that was
        not thrown off. Infinite where it is not known."""
        return self._error_of(self.constant_loss)

    def _error_of(self, loss: float) -> float:
        """A squared error's size at this loss, or what another loss hands back at most."""
        return min(float(np.sqrt(2.0 * loss)), self.steepest)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a block is judged by: ‖δ‖ (None where it is not recorded), and which of its ``units`` are dead, saturated
    and overgrown; an output's ``saturated`` counts only units that are stuck with wrong answers.
    ``are_alike``: all its units have the same z. ``largest``: |a|. ``gap``: where its function has no number."""

    block_id: str
    delta: float | None
    units: int = 1
    dead: tuple[int, ...] = ()
    saturated: tuple[int, ...] = ()
    overgrown: tuple[int, ...] = ()
    are_alike: bool = False
    largest: float = 0.0
    gap: FunctionGap | None = None


def judge(blocks: Sequence[Evidence], course: LossCourse | None = None, before: RunVerdict | None = None) -> RunVerdict:
    """First whether the run learns, then every block with a recorded ‖δ‖, and others where their units are in trouble.
    ``before``: the verdict on the weights that the latest change started from.

    Blocks come in order from the input; the last is the output, where the signal starts. Ratios are to the last hidden
    layer's ‖δ‖. A ‖δ‖ of next to nothing, the output's too, is a signal that has vanished: nothing that hangs on it can
    learn. Where numbers are beyond all measure, no layer is called steady. Where a function has no number, nothing is
    said of what comes after it.
    """
    course = course if course is not None else LossCourse()
    learning, gap = _learning(course), _first_gap(blocks)
    if gap is not None:
        place = [block.block_id for block in blocks].index(gap.block_id)
        ahead = [verdict for block in blocks[:place] for verdict in _unit_verdicts(block)]
        return RunVerdict(learning, (*ahead, Verdict(gap.block_id, Trouble.NOT_FINITE, gap.z, gap=gap)), is_well=False)
    hidden = [block for block in blocks[:-1] if block.delta is not None]
    reference = hidden[-1] if hidden else None
    found: list[Verdict] = []
    is_falling = _is_falling(course, stands=1 if any(block.delta == 0.0 for block in hidden) else STANDS)
    for block in blocks:
        is_output = block is blocks[-1]
        verdicts = _signal_verdicts(block, reference, course, is_output=is_output)
        if not is_output and _stay_alike(block, course):
            verdicts.append(Verdict(block.block_id, Trouble.ALIKE, 1.0, tuple(range(block.units))))
        verdicts += _unit_verdicts(block)
        telling = [verdict for verdict in verdicts if verdict.trouble not in UNREMARKABLE]
        found += [
            replace(verdict, is_alarm=_is_alarm(verdict, learning, course, is_falling=is_falling, is_output=is_output))
            for verdict in telling or verdicts
        ]
    if course.has_failed or any(verdict.trouble is Trouble.OVERGROWN for verdict in found):
        found = [verdict for verdict in found if verdict.trouble not in WITHIN_BOUNDS]
    is_well = is_falling or (course.is_all_but_learnt and learning is not LearningState.BROKEN)
    verdict = RunVerdict(learning, tuple(found), is_well, _is_held_by_lines(learning, course) and not is_well)
    return verdict if before is None or learning is not LearningState.UNKNOWN else _quieted(verdict, before)


def _quieted(verdict: RunVerdict, before: RunVerdict) -> RunVerdict:
    """The verdict while too few losses are known after a change: what was no alarm before the change is none now."""
    layers = tuple(
        replace(layer, is_alarm=False)
        if (before.is_well and layer.trouble in WITHIN_BOUNDS) or any(layer.is_part_of(other) for other in before.quiet)
        else layer
        for layer in verdict.layers
    )
    is_well = verdict.is_well or (before.is_well and not any(layer.is_alarm for layer in layers))
    return replace(verdict, layers=layers, is_well=is_well)


def _first_gap(blocks: Sequence[Evidence]) -> FunctionGap | None:
    """Where the pass stops: at the first missing value or, on the way back, at the last missing slope."""
    gaps = [block.gap for block in blocks if block.gap is not None]
    return next((gap for gap in gaps if gap.lack is not Lack.SLOPE), gaps[-1] if gaps else None)


def _learning(course: LossCourse) -> LearningState:
    if course.has_failed:
        return LearningState.BROKEN
    if course.is_learnt:
        return LearningState.LEARNT
    return _state_of(course.losses, course.constant_loss)


def _state_of(losses: Array, constant_loss: float) -> LearningState:
    """What the losses alone say."""
    latest = len(losses) // 4
    if len(losses) < FEWEST_LOSSES:
        return LearningState.UNKNOWN
    best = float(losses[-latest:].min())
    if best > FAR_OFF * constant_loss:
        return LearningState.THROWN
    if best >= BELOW_CONSTANT * constant_loss:
        return LearningState.NO_BETTER
    is_lower = best < LOWER * float(losses[:-latest].min()) and _is_lower_throughout(losses, latest)
    return LearningState.FALLING if is_lower and _has_come_down(losses, constant_loss) else LearningState.STANDING


def _is_lower_throughout(losses: Array, latest: int) -> bool:
    """Whether so many of the latest losses lie below those just before, pair by pair, that it is no wavering."""
    pairs = losses[-latest:, None] < losses[-2 * latest : -latest]
    return float(pairs.mean()) >= LOWER_PAIRS


def _has_come_down(losses: Array, constant_loss: float) -> bool:
    """Whether the loss is lower than at first, and lower than one answer for all points costs."""
    return len(losses) > 1 and float(losses[-1]) < min(LOWER * float(losses[0]), BELOW_CONSTANT * constant_loss)


def _is_falling(course: LossCourse, stands: int) -> bool:
    """Whether the loss falls, or did at one of the latest ``stands`` losses. Only the latest counts where a layer gets
    no gradient: units that a large step has just killed aren't a spike."""
    if course.has_failed or course.is_learnt:
        return False
    ends = range(len(course.losses), max(len(course.losses) - stands, 0), -1)
    return any(_has_fallen(course.losses[:end], course.constant_loss) for end in ends)


def _has_fallen(losses: Array, constant_loss: float) -> bool:
    """Whether the loss falls at the end of its course, as far as that is known yet: only one that has come down can."""
    states = LearningState.FALLING, LearningState.UNKNOWN
    return _has_come_down(losses, constant_loss) and _state_of(losses, constant_loss) in states


def _is_held_by_lines(learning: LearningState, course: LossCourse) -> bool:
    """While too few losses are known, only of a problem that no line solves."""
    if learning is LearningState.UNKNOWN:
        return course.is_linear and not course.is_untrained and not course.do_lines_suffice
    return course.is_linear and learning in STILL


def _signal_verdicts(
    block: Evidence, reference: Evidence | None, course: LossCourse, *, is_output: bool
) -> list[Verdict]:
    delta = block.delta
    if delta is None:
        return []
    compared = reference if reference is not None else block
    ratio, named = signal_ratio(delta, compared.delta), compared.block_id if compared.delta else ""
    trouble = _signal_trouble(block, reference, course, ratio, is_output)
    return [Verdict(block.block_id, trouble, ratio, delta=delta, reference=named)]


def _signal_trouble(
    block: Evidence, reference: Evidence | None, course: LossCourse, ratio: float, is_output: bool
) -> Trouble:
    assert block.delta is not None  # it is judged by that
    if _has_vanished(block.delta, 1.0 if is_output else ratio, course):
        return Trouble.VANISHING
    if is_output:
        return Trouble.STEADY
    if block is reference:
        return Trouble.REFERENCE
    if ratio > EXPLODING_RATIO and block.delta > min(
        course.error, course.constant_error
    ):  # else the last one's is faint
        return Trouble.EXPLODING
    low, high = STEADY_RATIOS
    return Trouble.FADING if ratio < low else Trouble.GROWING if ratio > high else Trouble.STEADY


def _has_vanished(delta: float, ratio: float, course: LossCourse) -> bool:
    """A signal has vanished that is 0, or smaller than the error of one answer for all points and next to nothing:
    beside the last hidden layer's (``ratio``) or beside the error that it comes from.

    However large the others are, a layer whose ‖δ‖ is as large as a whole error moves.
    """
    is_faint = ratio < VANISHING_RATIO or (delta < SILENT_SHARE * course.error and not course.is_learnt)
    return delta == 0.0 or (is_faint and delta < course.constant_error)


def signal_ratio(delta: float, reference: float | None) -> float:
    """‖δ‖ over the last hidden layer's, which is zero where no signal reaches that: no gain then."""
    if not delta:
        return 0.0
    return delta / reference if reference else 1.0


def _stay_alike(block: Evidence, course: LossCourse) -> bool:
    """Whether steps have left the units of a layer alike. The first ones after it was drawn may yet tell them apart,
    as layers behind it do whose weights differ."""
    is_trained = block.delta is not None and not course.is_untrained and block.block_id not in course.drawn
    return is_trained and block.are_alike and not block.dead


def _unit_verdicts(block: Evidence) -> list[Verdict]:
    found = []
    if block.dead:
        found.append(Verdict(block.block_id, Trouble.DEAD, len(block.dead) / block.units, block.dead))
    saturated = len(block.saturated) / block.units
    if saturated >= SATURATED_SHARE:
        found.append(Verdict(block.block_id, Trouble.SATURATED, saturated, block.saturated))
    if block.overgrown:
        found.append(Verdict(block.block_id, Trouble.OVERGROWN, block.largest, block.overgrown))
    return found


def _is_alarm(
    verdict: Verdict, learning: LearningState, course: LossCourse, *, is_falling: bool, is_output: bool
) -> bool:
    """Saturated hidden units of a network that knows most of its points are what a sure network looks like, and a
    saturated output may free itself, so it is an alarm once the loss is known not to fall. Units that are alike count
    as one, which may be enough: they are an alarm once the loss is known not to fall. A signal that is merely weaker or
    stronger matters where nothing is learnt; a layer that gets none at all never learns, whatever the others do, unless
    it has just been drawn anew. Before a layer was trained, dead or saturated units are none unless all of it are: some
    of a wide layer often are, and the network learns without them."""
    if verdict.trouble in (Trouble.STEADY, Trouble.REFERENCE) or learning is LearningState.LEARNT:
        return False
    if verdict.trouble is Trouble.OVERGROWN or learning is LearningState.BROKEN:
        return True
    if course.is_all_but_learnt:
        return False
    if verdict.trouble is Trouble.VANISHING and verdict.delta == 0.0:
        return verdict.block_id not in course.drawn
    if verdict.trouble is Trouble.SATURATED and (
        learning is LearningState.UNKNOWN if is_output else course.is_mostly_learnt
    ):
        return False
    if verdict.trouble is Trouble.ALIKE and learning is LearningState.UNKNOWN:
        return False
    is_new = course.is_untrained or verdict.block_id in course.drawn
    if is_new and verdict.value < 1.0 and verdict.trouble in (Trouble.DEAD, Trouble.SATURATED):
        return False
    if verdict.trouble in WITHIN_BOUNDS and course.is_mostly_learnt:
        return False
    return not is_falling
