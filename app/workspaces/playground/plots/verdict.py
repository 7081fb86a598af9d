"""Findings about a run in words, with what would mend them, and how a breakdown came about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import isfinite, log10
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.kit.numbers import accuracy_text, factor, grouped, loss_text, percent, scientific, short, significant
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of, worded, worded_name
from app.kit.verdict_words import gap_words, thresholds, tone_of
from engine.data.problems import OUTLIERS, RAW_NUMBERS
from engine.formats.progress import Cause, Diagnosis
from engine.network.contract import LARGEST_WEIGHT
from engine.network.function_gaps import FunctionGap, Lack
from engine.training.health import OVERGROWN
from engine.training.ranges import BARELY, RangeFault
from engine.training.snapshot import Snapshot
from engine.training.troubles import TROUBLES, words_of
from engine.training.verdicts import FAR_OFF, LearningState, Trouble, Verdict

if TYPE_CHECKING:
    from engine.training.remedies import Case, Remedy


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say: ``head``, what is in trouble, and ``text``, how one sees it. ``colour``: the theme's name.

    ``cures``: works out what would mend it, which takes longer than the words; None where nothing does. ``trouble``:
    the verdicts that a cure has to end, if it is about any. Findings that say the same are equal.
    """

    head: str
    text: str
    colour: str
    cures: Callable[[Case], tuple[Remedy, ...]] | None = field(default=None, compare=False)
    trouble: tuple[Verdict, ...] = field(default=(), compare=False)

    @property
    def is_alarm(self) -> bool:
        """Return whether somebody should look: else what would change it is offered, and not proposed."""
        return self.colour in ("warning", "danger")

    @property
    def sentence(self) -> str:
        """Both in one."""
        return f"{self.head} {self.text}".strip()

    def is_about(self, other: Finding) -> bool:
        """Return whether both are about one thing, which may have changed in extent meanwhile."""
        ours, theirs = ({(verdict.block_id, verdict.trouble) for verdict in each.trouble} for each in (self, other))
        return self.head == other.head or not ours.isdisjoint(theirs)


def layer_in(snapshot: Snapshot, block_id: str) -> str:
    """The name of a block of the run's network."""
    return worded_name(snapshot.plan.nodes[snapshot.plan.index_of(block_id)].name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Verdict", text)


def breakdown(snapshot: Snapshot) -> Finding:
    """Where a run broke down, how it came to that, and the ways back."""
    from engine.training.remedies import remedies_after

    failure = snapshot.failure
    assert failure is not None  # the run has broken down
    head = _tr("Stopped at step {step}.").format(step=grouped(failure.step))
    blamed = [" ".join(fault_words(fault)) for fault in snapshot.range_faults]
    if (raw := snapshot.dataset.notice_of(RAW_NUMBERS)) is not None:
        blamed.append(sentence_of(raw))
    found = snapshot.diagnosis
    told = chain(found, snapshot) if found is not None else []
    back = [_tr("Undo goes back to {moment}.").format(moment=sound_moment(snapshot))] if snapshot.can_go_back else []
    return Finding(head, " ".join([*blamed, *told, *back]), "danger", remedies_after)


def sound_moment(snapshot: Snapshot) -> str:
    """Say what a run that has broken down goes back to; nothing of another."""
    if snapshot.diagnosis is None:
        return ""
    step = snapshot.diagnosis.sound.updates
    return _tr("the weights of step {step}").format(step=grouped(step)) if step else _tr("the start weights")


def in_short(snapshot: Snapshot) -> str:
    """Where it broke down, in one line."""
    head, found = breakdown(snapshot).head, snapshot.diagnosis
    if snapshot.range_faults:
        return f"{head} {fault_words(snapshot.range_faults[0])[0]}"
    return head if found is None else f"{head} {chain(found, snapshot)[-1]}"


def fault_words(fault: RangeFault) -> tuple[str, str]:
    """Say what is out of range, and where the range ends or what shows it."""
    what = {
        "learning_rate": _tr("The learning rate is {value}."),
        "l1": _tr("The L1 penalty is {value}."),
        "l2": _tr("The L2 penalty is {value}."),
        "weight_decay": _tr("The weight decay is {value}."),
        "clip_norm": _tr("Gradients are cut to the norm {value}."),
        "gain": _tr("Start weights are drawn at the scale {value}."),
    }[fault.setting].format(value=significant(fault.value))
    if fault.moves_barely:
        return what, _tr("In all, its steps changed the weights by less than {share}.").format(share=percent(BARELY))
    end = (
        _tr("Hardly any network learns above {limit}.")
        if fault.is_too_large
        else _tr("Hardly any network learns below {limit}.")
    )
    return what, end.format(limit=significant(fault.limit))


def chain(found: Diagnosis, snapshot: Snapshot) -> list[str]:
    """The sentences from where it began to where it ended."""
    if found.cause is Cause.DATA:
        return [_tr("The data contains a value that isn't a finite number: no setting of the network cures that.")]
    if found.cause is Cause.WEIGHTS and found.began is not None:
        text = _tr("A weight of {layer} is {value} by itself.")
        return [text.format(layer=layer_in(snapshot, found.began.block_id), value=short(found.began.value))]
    return [*_beginning(found, snapshot), _end(found, snapshot)]


def _beginning(found: Diagnosis, snapshot: Snapshot) -> list[str]:
    said, growth, began = [], found.growth, found.began
    if growth is not None:
        text = _tr("From step {step} on ‖δ‖ of {layer} grew {factor}× a step.")
        layer = layer_in(snapshot, growth.block_id)
        said.append(text.format(step=grouped(growth.first), layer=layer, factor=factor(growth.factor)))
    if began is not None:
        layer, step = layer_in(snapshot, began.block_id), grouped(began.step)
        text = {
            "update": _tr("At step {step} the update of {layer} was {factor}× its weights."),
            "z": _tr("At step {step} the weighted sums z of {layer} reached {factor}."),
        }[began.quantity]
        said.append(text.format(step=step, layer=layer, factor=factor(began.value)))
    return said


def _end(found: Diagnosis, snapshot: Snapshot) -> str:
    failure = found.failure
    if failure.gap is not None:
        return " ".join(gap_finding(failure.gap, snapshot))
    text = {
        "z": _tr("The weighted sums z of {layer} were no longer finite."),
        "loss": _tr("The loss was no longer finite."),
        "gradient": _tr("The gradient of {layer} was no longer finite."),
        "weights": _tr("The weights of {layer} would no longer have been finite."),
        "growth": _tr("The weights of {layer} would have grown beyond {limit}."),
    }[failure.what]
    return text.format(layer=layer_in(snapshot, failure.block_id), limit=short(LARGEST_WEIGHT))


def gap_finding(gap: FunctionGap, snapshot: Snapshot) -> tuple[str, str]:
    """Say what a layer's function lacks, and what mends it."""
    mend = _tr("Choose another function.")
    if gap.lack is Lack.BOUND:
        mend = _tr("Choose another function, a lower rate or smaller weights.")
    return gap_words(gap, layer_in(snapshot, gap.block_id)), mend


LITTLE = 0.5
"""R² below which outliers are to be looked at first."""
NAMED = 4
"""So many units or layers are named one by one; more are counted."""


def findings(snapshot: Snapshot) -> tuple[Finding, ...]:
    """Judge a run: alarms first, the worst before all; of one without an alarm whether it learns."""
    from engine.training.remedies import remedies_for, remedies_for_settings, troubles

    if snapshot.failure is not None:
        return (breakdown(snapshot),)
    raw, faults = _raw_numbers(snapshot), list[Finding]()
    found, alarm = [], False
    for trouble in troubles(snapshot):
        head, text = _words(trouble, snapshot)
        tone = tone_of(trouble[0].trouble, is_alarm=trouble[0].is_alarm)
        found.append(Finding(head, text, tone, partial(remedies_for, trouble=trouble), trouble))
        alarm = alarm or trouble[0].is_alarm
    if snapshot.range_faults and (snapshot.by_heart or not snapshot.mastered):
        tone = "warning" if snapshot.is_well else "danger"
        words = (fault_words(fault) for fault in snapshot.range_faults)
        faults = [Finding(*told, tone, remedies_for_settings) for told in words]
    first = _by_heart(snapshot) if snapshot.by_heart else None if faults else _cause(snapshot, is_alarm=alarm)
    found = [first, *found] if first is not None else found
    if raw:  # what else there is, but for settings, ends with this cause
        found = [replace(finding, cures=finding.cures and raw[0].cures) for finding in found]
    found = sorted([*faults, *found], key=lambda finding: alarm and not finding.is_alarm)
    return (*raw, *_outliers(snapshot), *found)


def _cause(snapshot: Snapshot, *, is_alarm: bool) -> Finding | None:
    """What is behind the trouble, or the state of a network without an alarm."""
    if snapshot.is_held_by_lines:
        return _held_by_lines(snapshot)
    cause = _zero_weights(snapshot) or _large_start(snapshot) or (_large_step(snapshot) if is_alarm else None)
    return cause if cause is not None or is_alarm else _state(snapshot)


def _raw_numbers(snapshot: Snapshot) -> tuple[Finding, ...]:
    """That columns are far from standardised ones, where the network isn't learning. Before that is known, where some
    layer is in trouble or gives numbers that are overgrown but for the data."""
    from engine.training.remedies import remedies_for_raw_numbers

    notice = snapshot.dataset.notice_of(RAW_NUMBERS)
    is_ill = any(v.is_alarm for v in snapshot.verdicts) or any(
        layer.health.largest > OVERGROWN for layer in snapshot.layers
    )
    is_early = snapshot.learning is LearningState.UNKNOWN and not is_ill
    if notice is None or is_early or snapshot.is_well or snapshot.is_mostly_learnt:
        return ()
    head = _tr("The numbers aren't standardised.")
    return (Finding(head, sentence_of(notice), "warning", remedies_for_raw_numbers),)


def _outliers(snapshot: Snapshot) -> tuple[Finding, ...]:
    """That values far from all others rule what is learnt: where a regression explains little of its points, and while
    a classification isn't well."""
    from engine.training.remedies import remedies_for_outliers

    notice = snapshot.dataset.notice_of(OUTLIERS)
    if notice is None or not snapshot.step:
        return ()
    if snapshot.plan.target.classes:
        is_ill, head = not snapshot.is_well, _tr("The data has outliers.")
    else:
        is_ill, head = min(snapshot.accuracy, snapshot.train_accuracy) < LITTLE, _tr("Outliers rule the loss.")
    return (Finding(head, sentence_of(notice), "warning", remedies_for_outliers),) if is_ill else ()


def _state(snapshot: Snapshot) -> Finding:
    """Say whether it learns, and what arrives where least or most does."""
    if snapshot.mastered:
        return _learnt(snapshot)
    if snapshot.learning is LearningState.THROWN:
        return _thrown(snapshot)
    hidden = [v for v in snapshot.verdicts if v.delta and v.block_id != snapshot.plan.output.id]
    others = [verdict for verdict in hidden if verdict.trouble is not Trouble.REFERENCE and verdict.value > 0.0]
    worst = max(others, key=lambda verdict: abs(log10(verdict.value)), default=None)
    text = ""
    if worst is not None:
        text = _tr("‖δ‖ of {layer} is {ratio} × {last}’s; {low} to {high} is steady.").format(
            layer=layer_in(snapshot, worst.block_id),
            ratio=scientific(worst.value),
            last=_last_hidden(snapshot),
            **thresholds(),
        )
    if snapshot.learning is LearningState.FALLING:
        return _set_back(snapshot) if snapshot.is_set_back else Finding(_tr("Learning."), text, "good")
    is_alarm = worst is not None and worst.is_alarm
    tone = "text_muted" if worst is None else tone_of(worst.trouble, is_alarm=is_alarm)
    if snapshot.learning is LearningState.STANDING and snapshot.is_mostly_learnt and not is_alarm:
        return _mostly_learnt(snapshot)
    if snapshot.learning in _STILL:
        return Finding(_tr(_STILL[snapshot.learning]), text, tone if is_alarm else "text_muted")
    if worst is None or not is_alarm:
        return Finding(_tr("Too early to say."), text, "text_muted")
    return Finding(worded(TROUBLES[worst.trouble].title), text, tone)


_STILL = {
    LearningState.STANDING: QT_TRANSLATE_NOOP("Verdict", "The loss isn't falling."),
    LearningState.NO_BETTER: QT_TRANSLATE_NOOP("Verdict", "No better than one answer for all points."),
}


def _set_back(snapshot: Snapshot) -> Finding:
    text = _tr("The loss is {loss}; before the latest change it was down to {least}.").format(
        loss=loss_text(snapshot.train_loss), least=loss_text(snapshot.history.least_before_change)
    )
    return Finding(_tr("Learning again."), text, "text_muted")


def _held_by_lines(snapshot: Snapshot) -> Finding:
    """That linear units are linear together, where the loss does not fall."""
    from engine.training.remedies import remedies_for_linear

    text = _tr("So the network fits one flat plane.") if snapshot.plan.target.classes == 0 else _tr(
        "So the network draws straight lines alone, one for two classes."
    )  # fmt: skip
    return Finding(_tr("All hidden units are linear."), text, "warning", remedies_for_linear)


def _zero_weights(snapshot: Snapshot) -> Finding | None:
    """That hidden layers let nothing through, as their weights are 0 to the last one."""
    from engine.training.remedies import remedies_for_start, troubles

    found = troubles(snapshot)
    hidden = (snapshot.plan.nodes[index].id for index in snapshot.plan.probed)
    layers = [one for one in hidden if one != snapshot.plan.output.id and not snapshot.weights[one, "W"].any()]
    if snapshot.is_well or not found or not layers:
        return None
    head = _tr("All weights of {layers} are 0.").format(layers=_named(layers, snapshot))
    text = _tr("0 times anything is 0: no input and no gradient gets through.")
    return Finding(head, text, "warning", remedies_for_start, found[0])


def _named(block_ids: Collection[str], snapshot: Snapshot) -> str:
    """The names of layers; many are counted."""
    if len(block_ids) > NAMED:
        return _tr("{count} layers").format(count=len(block_ids))
    return listed(layer_in(snapshot, block_id) for block_id in block_ids)


def _large_start(snapshot: Snapshot) -> Finding | None:
    """That start weights were far too large, where a layer is in trouble and the network isn't learning."""
    from engine.training.remedies import large_starts, remedies_for_start, troubles

    found = troubles(snapshot)
    if snapshot.is_well or not found:
        return None
    starts = large_starts(snapshot)
    if not starts:
        return None
    head = _tr("Start weights are too large in {layers}.").format(layers=_named(starts, snapshot))
    text = _tr("They are up to {factor} times the usual.").format(factor=factor(max(starts.values())))
    return Finding(head, text, "warning", remedies_for_start, found[0])


_OF_UNITS = (Trouble.DEAD, Trouble.SATURATED, Trouble.OVERGROWN)
"""What large steps do to units."""


def _large_step(snapshot: Snapshot) -> Finding | None:
    """That the learning rate is too high, where a step was as large as the weights that it changed and units are dead,
    flat or overgrown. A signal that vanishes without any such unit has done so from the start."""
    from engine.training.remedies import remedies_for_large_steps, too_large_step, troubles

    step = too_large_step(snapshot)
    alarms = tuple(verdict for verdict in snapshot.verdicts if verdict.is_alarm)
    if snapshot.is_well or step is None or not any(verdict.trouble in _OF_UNITS for verdict in alarms):
        return None
    text = _tr("In one step the weights of {layer} changed by {factor} times their size.")
    text = text.format(layer=layer_in(snapshot, step[0]), factor=factor(step[1]))
    head = _tr("The learning rate {rate} is too high.").format(rate=significant(snapshot.learning_rate))
    return Finding(head, text, "danger", remedies_for_large_steps, troubles(snapshot)[0])


def _thrown(snapshot: Snapshot) -> Finding:
    from engine.training.remedies import remedies_for_large_steps

    text = _tr("It is {loss}, more than {times} times what one answer for all points costs.").format(
        loss=loss_text(snapshot.train_loss), times=significant(FAR_OFF)
    )
    return Finding(_tr("The loss is far off."), text, "danger", remedies_for_large_steps)


def _learnt(snapshot: Snapshot) -> Finding:
    from engine.training.remedies import remedies_for_settings

    regression = snapshot.plan.target.classes == 0
    text = _tr("R² is {score} on the training points, at a loss of {loss}.") if regression else _tr(
        "Every training point is right, at a loss of {loss}."
    )  # fmt: skip
    score = accuracy_text(snapshot.train_accuracy, regression)
    head = _tr("Solved.") if snapshot.solved else _tr("Learnt.")
    said = [text.format(score=score, loss=loss_text(snapshot.train_loss))]
    faults = snapshot.range_faults
    said += [" ".join(fault_words(fault)) for fault in faults]
    return Finding(head, " ".join(said), "good", remedies_for_settings if faults else None)


def _mostly_learnt(snapshot: Snapshot) -> Finding:
    regression = snapshot.plan.target.classes == 0
    text = _tr("R² is {score} on the training points; the loss isn't falling any more.") if regression else _tr(
        "{score} of the training points are right; the loss isn't falling any more."
    )  # fmt: skip
    score = accuracy_text(snapshot.train_accuracy, regression)
    return Finding(_tr("Mostly learnt."), text.format(score=score), "text_muted")


def _by_heart(snapshot: Snapshot) -> Finding:
    """The test points give it away; the reason, where there are more weights than points; and what would help."""
    from engine.training.remedies import remedies_by_heart

    regression = snapshot.plan.target.classes == 0
    train, test = (accuracy_text(score, regression) for score in (snapshot.train_accuracy, snapshot.accuracy))
    seen = _tr("R² is {train} on the training points and {test} on the test points.") if regression else _tr(
        "{train} of the training points are right, of the test points {test}."
    )  # fmt: skip
    said = [seen.format(train=train, test=test)]
    weights, points = snapshot.plan.size, len(snapshot.dataset.train)
    if weights > points:
        reason = _tr("{weights} weights for {points} points.")
        said.append(reason.format(weights=grouped(weights), points=grouped(points)))
    said.append(_tr("More points help, fewer inputs or units, L2 or dropout."))
    return Finding(_tr("Learnt by heart."), " ".join(said), "warning", remedies_by_heart)


def _words(trouble: Sequence[Verdict], snapshot: Snapshot) -> tuple[str, str]:
    if (gap := trouble[0].gap) is not None:
        return gap_finding(gap, snapshot)
    if trouble[0].trouble in (Trouble.VANISHING, Trouble.EXPLODING):
        return _signal_words(trouble, snapshot)
    return _units_head(trouble[0], snapshot), _units_text(trouble[0], snapshot)


def _last_hidden(snapshot: Snapshot) -> str:
    probed = snapshot.plan.probed
    return layer_in(snapshot, snapshot.plan.nodes[probed[-2] if len(probed) > 1 else probed[-1]].id)


def _signal_words(trouble: Sequence[Verdict], snapshot: Snapshot) -> tuple[str, str]:
    """Say of a signal that vanishes or explodes which layer gets none, or is furthest off."""
    silent = [verdict for verdict in trouble if verdict.is_silent or verdict.value == 0.0]
    worst = silent[-1] if silent else max(trouble, key=lambda verdict: abs(log10(verdict.value)))
    words, filling = words_of(worst), {"layer": layer_in(snapshot, worst.block_id), "last": _last_hidden(snapshot)}
    text = worded(words.text).format(share=scientific(worst.value), delta=short(worst.delta or 0.0, 2), **filling)
    return worded(words.heads[0]).format(**filling), text


def units_in_words(units: Sequence[int]) -> str:
    """``unit 5``, ``units 5 and 7``, ``units 1, 2 and 3``; more are counted."""
    numbers = [str(unit + 1) for unit in units]
    if len(numbers) == 1:
        return _tr("unit {number}").format(number=numbers[0])
    if len(numbers) > NAMED:
        return _tr("{count} units").format(count=len(numbers))
    return _tr("units {numbers} and {last}").format(numbers=listed(numbers[:-1]), last=numbers[-1])


def _units_head(verdict: Verdict, snapshot: Snapshot) -> str:
    node = snapshot.plan.nodes[snapshot.plan.index_of(verdict.block_id)]
    if node is snapshot.plan.output and verdict.trouble is Trouble.SATURATED:
        is_stuck = verdict.is_alarm and snapshot.step > 0  # else steps may yet free it, or do
        text = _tr("{layer} is stuck.") if is_stuck else _tr("{layer} is saturated.")
        return text.format(layer=worded_name(node.name))
    count, layer = len(verdict.units), worded_name(node.name)
    one, many, whole = map(worded, TROUBLES[verdict.trouble].heads)
    text = one if count == 1 else whole if count == node.width else many
    said = text.format(units=units_in_words(verdict.units), layer=layer)
    return said[:1].upper() + said[1:]


def _units_text(verdict: Verdict, snapshot: Snapshot) -> str:
    if not isfinite(verdict.value):
        return _tr("What comes out of it isn't a finite number for some training points.")
    text = worded(TROUBLES[verdict.trouble].text).format(
        points=grouped(len(snapshot.dataset.train)),
        value=short(verdict.value, 2),
        data=short(snapshot.dataset.largest, 2),
    )
    if verdict.trouble is not Trouble.SATURATED:
        return text
    if snapshot.mastered:
        return _tr("A network that is sure of its answers looks like this.")
    if verdict.block_id == snapshot.plan.output.id:
        return _tr("Where it is wrong, hardly any gradient comes back.")
    if not verdict.is_alarm and (snapshot.learning is not LearningState.UNKNOWN or snapshot.is_mostly_learnt):
        return _yet_learnt(snapshot)
    return text


def _yet_learnt(snapshot: Snapshot) -> str:
    if snapshot.learning is LearningState.FALLING:
        return _tr("f′ is nearly 0 for most training points; yet the loss falls.")
    regression = snapshot.plan.target.classes == 0
    text = _tr("f′ is nearly 0 for most training points; yet R² is {score} on them.") if regression else _tr(
        "f′ is nearly 0 for most training points; yet {score} of them are right."
    )  # fmt: skip
    return text.format(score=accuracy_text(snapshot.train_accuracy, regression))
