"""Labels and tips of remedies: two or three words, and a sentence that says what one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import setting_text
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.playground.plots.verdict import layer_in, units_in_words
from engine.training.snapshot import Snapshot

if TYPE_CHECKING:
    from engine.training.ranges import RangeFault
    from engine.training.remedies import Remedy


def _tr(text: str) -> str:
    return QCoreApplication.translate("Remedy", text)


def label_of(remedy: Remedy, snapshot: Snapshot) -> str:
    """The words on the button."""
    texts = {
        "revive": _tr("Revive {units}"),
        "reinitialise": _tr("Re-initialise {layer}") if len(remedy.blocks) == 1 else _tr("Re-initialise"),
        "initialise": _tr("Fitting start weights"),
        "leaky": _tr("Leaky ReLU"),
        "relu": _tr("ReLU + He"),
        "relu_he": _tr("ReLU + He"),
        "relu_instead": _tr("ReLU + He"),
        "leaky_he": _tr("Leaky ReLU + He"),
        "tanh_xavier": _tr("tanh + Xavier"),
        "bend_tanh": _tr("tanh + Xavier"),
        "bend_relu": _tr("ReLU + He"),
        "output_tanh": _tr("tanh at the output"),
        "halve_rate": _tr("Rate {value}"),
        "start_slower": _tr("Anew, rate {value}"),
        "clip": _tr("Clip at {value}"),
        "layer_norm": _tr("Layer norm"),
        "skip": _tr("Skip connections"),
        "l2": _tr("L2 {value}"),
        "dropout": _tr("Dropout"),
        "usual_settings": _settings_label(remedy.faults, snapshot),
        "standardise": _tr("Standardise"),
        "back_slower": _tr("Back, rate {value}"),
        "back_clipped": _tr("Back, clip at {value}"),
        "restart_smaller": _tr("Smaller start weights"),
    }
    return texts[remedy.key].format(**_particulars(remedy, snapshot))


def tip_of(remedy: Remedy, snapshot: Snapshot) -> str:
    """The button's tooltip: what it does, and that undo takes it back."""
    texts = {
        "revive": _tr("Draw the incoming weights of {units} of {layer} anew, on for half of the training points."),
        "reinitialise": _tr("Draw the weights of {layers} anew; the other layers keep what they have learnt."),
        "initialise": _tr(
            "Give {layers} the initialiser made for their activation, He's or Xavier's, and draw their weights by it."
        ),
        "leaky": _tr("Leaky ReLU in {layers}: its slope is never zero, so units that are off can come back."),
        "relu": _tr("ReLU in {layers}, with weights drawn for it: it does not flatten out where z is large."),
        "relu_instead": _tr("ReLU in {layers}, with He's start weights: it has a value and a slope everywhere."),
        "relu_he": _tr("ReLU in {layers}, with He's start weights: its slope is 1 where a unit is on."),
        "leaky_he": _tr("Leaky ReLU in {layers}, with He's start weights: its slope is never zero."),
        "tanh_xavier": _tr("tanh in {layers}, with Xavier's start weights: its slope is up to four times as steep."),
        "bend_tanh": _tr("tanh in {layers}, with Xavier's start weights: its bend lets the boundary curve."),
        "bend_relu": _tr("ReLU in {layers}, with He's start weights: its bend lets the boundary curve."),
        "output_tanh": _tr("tanh at the output: a step has no slope to learn by."),
        "halve_rate": _tr("Half the learning rate: {value}."),
        "start_slower": _tr(
            "Draw all weights anew and learn at the rate {value}: single steps were as large as the weights themselves."
        ),
        "clip": _tr("Cut every gradient to the norm {value} at most, so that no single step is too large."),
        "layer_norm": _tr("Put a layer norm behind {layers}: what goes on has mean 0 and variance 1."),
        "skip": _tr("Lead the signal round {layers} by an Add behind each."),
        "l2": _tr("An L2 penalty of {value} on all weights: only what many points ask for is worth a large weight."),
        "dropout": _tr("A dropout behind {layers}: units fall silent at random, so that none can rely on another."),
        "usual_settings": _settings_tip(remedy, snapshot),
        "standardise": _tr("Scale the table's numbers to mean 0 and deviation 1; the weights stay as they are."),
        "back_slower": _tr("Go back to the last sound weights; from there on, the learning rate is {value}."),
        "back_clipped": _tr(
            "Go back to the last sound weights; from there on, every gradient is cut to the norm {value}."
        ),
        "restart_smaller": _tr("Draw the weights of {layers} anew, smaller than they were."),
    }
    said = texts[remedy.key]
    if remedy.redrawn:
        said += " " + _tr("The weights of {redrawn} are drawn anew too.")
    said = said.format(**_particulars(remedy, snapshot))
    return f"{said} {_tr('Undo takes it back.')}"


def _particulars(remedy: Remedy, snapshot: Snapshot) -> dict[str, str]:
    layers = [layer_in(snapshot, block_id) for block_id in remedy.blocks]
    return {
        "units": units_in_words(remedy.units) if remedy.units else "",
        "layer": layers[0] if layers else "",
        "layers": layers_in_words(layers),
        "redrawn": layers_in_words([layer_in(snapshot, block_id) for block_id in remedy.redrawn]),
        "value": setting_text(remedy.value) if remedy.value is not None else "",
        "settings": _tr(" and ").join(_tr(_SETTINGS[fault.setting]) for fault in remedy.faults),
    }


_SETTINGS = {
    "learning_rate": QT_TRANSLATE_NOOP("Remedy", "the learning rate"),
    "l1": QT_TRANSLATE_NOOP("Remedy", "L1"),
    "l2": QT_TRANSLATE_NOOP("Remedy", "L2"),
    "weight_decay": QT_TRANSLATE_NOOP("Remedy", "the weight decay"),
    "clip_norm": QT_TRANSLATE_NOOP("Remedy", "clipping"),
    "gain": QT_TRANSLATE_NOOP("Remedy", "the scale of the start weights"),
}


def _settings_label(faults: tuple[RangeFault, ...], snapshot: Snapshot) -> str:
    """What a button says that brings settings back into range: the one, or that they are several, and which weights
    the run then goes on with."""
    setting = faults[0].setting if len(faults) == 1 else ""
    if setting == "gain":
        return _tr("Usual start weights")
    words = {
        "learning_rate": _tr("rate {value}"),
        "l1": _tr("L1 {value}"),
        "l2": _tr("L2 {value}"),
        "weight_decay": _tr("weight decay {value}"),
        "clip_norm": _tr("no clipping"),
    }.get(setting, _tr("usual settings"))
    if snapshot.diagnosis is None and not any(fault.is_too_large for fault in faults):
        return words[:1].upper() + words[1:]
    return (_tr("Anew, {settings}") if snapshot.diagnosis is None else _tr("Back, {settings}")).replace(
        "{settings}", words
    )


def _settings_tip(remedy: Remedy, snapshot: Snapshot) -> str:
    if snapshot.diagnosis is not None:
        return _tr("Set {settings} to what is usual, and go back to the last sound weights.")
    if any(fault.is_too_large for fault in remedy.faults):
        return _tr("Set {settings} to what is usual, and draw all weights anew.")
    return _tr("Set {settings} to what is usual; the weights stay as they are.")


def layers_in_words(layers: list[str]) -> str:
    """``Dense 1``, ``Dense 1 and Dense 2``; more by how many they are."""
    if len(layers) > 2:
        return _tr("{count} layers").format(count=len(layers))
    return _tr(" and ").join(layers)
