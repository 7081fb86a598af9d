"""What the verdict row says: each trouble by the name of what is in it, in words, with what would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.kit.numbers import accuracy_text, factor, grouped, loss_text, scientific, short
from app.kit.translation import worded_name
from app.workspaces.playground.plots.breakdown import breakdown
from app.workspaces.playground.plots.finding import Finding, layer_in
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Trouble, Verdict

NAMED = 4
"""So many units are named one by one; more are counted."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Verdict", text)


def findings(snapshot: Snapshot) -> tuple[Finding, ...]:
    """What there is to say of a run, the worst first; of a healthy or a learnt one, that it is so."""
    from engine.training.remedies import remedies_for, troubles

    if snapshot.failure is not None:
        return (breakdown(snapshot),)
    found = []
    for trouble in troubles(snapshot):
        head, text = _words(trouble, snapshot)
        found.append(Finding(head, text, _colour(trouble[0], snapshot), partial(remedies_for, trouble=trouble)))
    if snapshot.by_heart:
        found.insert(0, _by_heart(snapshot))
    elif snapshot.mastered or not found:
        found.insert(0, _well(snapshot))
    return tuple(found)


def _colour(verdict: Verdict, snapshot: Snapshot) -> str:
    """What still looks odd in a network that has learnt its points is worth a note, and so are units that are
    saturated in one that has learnt most of them."""
    if snapshot.mastered or snapshot.learns_in_spite_of(verdict):
        return "text_muted"
    return "warning" if verdict.trouble is Trouble.SATURATED else "danger"


def _well(snapshot: Snapshot) -> Finding:
    if snapshot.mastered:
        regression = snapshot.plan.target.classes == 0
        text = _tr("R² is {score} on the training points, at a loss of {loss}.") if regression else _tr(
            "Every training point is right, at a loss of {loss}."
        )  # fmt: skip
        score = accuracy_text(snapshot.train_accuracy, regression)
        head = _tr("Solved.") if snapshot.solved else _tr("Learnt.")
        return Finding(head, text.format(score=score, loss=loss_text(snapshot.train_loss)), "good")
    healthy = [verdict.value for verdict in snapshot.verdicts if verdict.trouble is Trouble.HEALTHY]
    ratios = [value for value in healthy[:-1] if value > 0]
    if not healthy:
        return Finding("", "", "text_muted")
    text = ""
    if len(ratios) > 1:
        text = _tr("From layer to layer ‖δ‖ stays within a factor of {factor}.").format(
            factor=factor(max(ratios) / min(ratios))
        )
    return Finding(_tr("Gradients are healthy."), text, "good")


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
    kind = trouble[0].trouble
    if kind is Trouble.VANISHING:
        return _vanishing(trouble, snapshot)
    if kind is Trouble.EXPLODING:
        return _exploding(trouble, snapshot)
    return _units_head(trouble[0], snapshot), _units_text(trouble[0], snapshot)


def _last_hidden(snapshot: Snapshot) -> str:
    probed = snapshot.plan.probed
    return layer_in(snapshot, snapshot.plan.nodes[probed[-2] if len(probed) > 1 else probed[-1]].id)


def _vanishing(trouble: Sequence[Verdict], snapshot: Snapshot) -> tuple[str, str]:
    silent = [verdict for verdict in trouble if verdict.value == 0.0]
    if silent:
        layer = layer_in(snapshot, silent[-1].block_id)
        text = _tr("‖δ‖ is 0 there: nothing up to it can learn.")
        return _tr("No gradient reaches {layer}.").format(layer=layer), text
    worst = min(trouble, key=lambda verdict: verdict.value)
    text = _tr("{layer} gets {share} of the error signal of {last}.").format(
        layer=layer_in(snapshot, worst.block_id), share=scientific(worst.value), last=_last_hidden(snapshot)
    )
    return _tr("Gradients vanish."), text


def _exploding(trouble: Sequence[Verdict], snapshot: Snapshot) -> tuple[str, str]:
    worst = max(trouble, key=lambda verdict: verdict.value)
    text = _tr("{layer} gets {factor}× the error signal of {last}.").format(
        layer=layer_in(snapshot, worst.block_id), factor=factor(worst.value), last=_last_hidden(snapshot)
    )
    return _tr("Gradients explode."), text


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
        return _tr("{layer} is stuck.").format(layer=worded_name(node.name))
    count, layer = len(verdict.units), worded_name(node.name)
    one, many, whole = {
        Trouble.DEAD: (
            _tr("{units} of {layer} is dead."),
            _tr("{units} of {layer} are dead."),
            _tr("All units of {layer} are dead."),
        ),
        Trouble.SATURATED: (
            _tr("{units} of {layer} is saturated."),
            _tr("{units} of {layer} are saturated."),
            _tr("All units of {layer} are saturated."),
        ),
        Trouble.OVERGROWN: (
            _tr("{units} of {layer} is overgrown."),
            _tr("{units} of {layer} are overgrown."),
            _tr("All units of {layer} are overgrown."),
        ),
    }[verdict.trouble]
    text = one if count == 1 else whole if count == node.width else many
    said = text.format(units=units_in_words(verdict.units), layer=layer)
    return said[:1].upper() + said[1:]


def _units_text(verdict: Verdict, snapshot: Snapshot) -> str:
    points = grouped(len(snapshot.dataset.train))
    if verdict.trouble is Trouble.OVERGROWN:
        text = _tr("Up to {value} comes out of it, from data of about 1.")
        return text.format(value=short(verdict.value, 2))
    if verdict.trouble is Trouble.DEAD:
        return _tr("0 for all {points} training points: no gradient comes back.").format(points=points)
    if snapshot.mastered:
        return _tr("So is a network that is sure of what it says.")
    if verdict.block_id == snapshot.plan.output.id:
        return _tr("Where it is wrong, hardly any gradient comes back.")
    if snapshot.learns_in_spite_of(verdict):
        return _yet_learnt(snapshot)
    return _tr("f′ is nearly 0 for most of {points} training points.").format(points=points)


def _yet_learnt(snapshot: Snapshot) -> str:
    regression = snapshot.plan.target.classes == 0
    text = _tr("f′ is nearly 0 for most training points; yet R² is {score} on them.") if regression else _tr(
        "f′ is nearly 0 for most training points; yet {score} of them are right."
    )  # fmt: skip
    return text.format(score=accuracy_text(snapshot.train_accuracy, regression))
