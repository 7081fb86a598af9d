"""What the gradient doctor found, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import factor, grouped, short, significant
from app.workspaces.playground.plots.finding import Finding, layer_in
from engine.network.contract import LARGEST_WEIGHT
from engine.training.doctor import Cause, Diagnosis
from engine.training.ranges import RangeFault
from engine.training.snapshot import Snapshot


def _tr(text: str) -> str:
    return QCoreApplication.translate("Verdict", text)


def breakdown(snapshot: Snapshot) -> Finding:
    """Where a run broke down, how it came to that, and the ways back."""
    from engine.training.remedies import remedies_after

    failure = snapshot.failure
    assert failure is not None  # the run has broken down
    head = _tr("Stopped at step {step}.").format(step=grouped(failure.step))
    blamed = [" ".join(fault_words(fault)) for fault in snapshot.range_faults]
    found = snapshot.diagnosis
    told = chain(found, snapshot) if found is not None else []
    back = _tr("Undo brings the last finite weights back.")
    return Finding(head, " ".join([*blamed, *told, back]), "danger", remedies_after)


def in_short(snapshot: Snapshot) -> str:
    """Where it broke down, in one line."""
    head, found = breakdown(snapshot).head, snapshot.diagnosis
    if snapshot.range_faults:
        return f"{head} {fault_words(snapshot.range_faults[0])[0]}"
    return head if found is None else f"{head} {chain(found, snapshot)[-1]}"


def fault_words(fault: RangeFault) -> tuple[str, str]:
    """What is out of range, and where the range ends."""
    what = {
        "learning_rate": _tr("The learning rate is {value}."),
        "l1": _tr("The L1 penalty is {value}."),
        "l2": _tr("The L2 penalty is {value}."),
        "weight_decay": _tr("The weight decay is {value}."),
        "clip_norm": _tr("Gradients are cut to the norm {value}."),
        "gain": _tr("Start weights are drawn at the scale {value}."),
    }[fault.setting]
    end = (
        _tr("Hardly any network learns above {limit}.")
        if fault.is_too_large
        else _tr("Hardly any network learns below {limit}.")
    )
    return what.format(value=significant(fault.value)), end.format(limit=significant(fault.limit))


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
    text = {
        "z": _tr("The weighted sums z of {layer} were no longer finite."),
        "loss": _tr("The loss was no longer finite."),
        "gradient": _tr("The gradient of {layer} was no longer finite."),
        "weights": _tr("The weights of {layer} would no longer have been finite."),
        "growth": _tr("The weights of {layer} would have grown beyond {limit}."),
    }[failure.what]
    return text.format(layer=layer_in(snapshot, failure.block_id), limit=short(LARGEST_WEIGHT))
