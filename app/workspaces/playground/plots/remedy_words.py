"""Labels and tips of remedies: two or three words, and a sentence that says what one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import setting_text
from app.kit.translation import QT_TRANSLATE_NOOP, worded
from app.workspaces.playground.plots.verdict import layer_in, sound_moment, units_in_words
from engine.training.snapshot import Snapshot

if TYPE_CHECKING:
    from engine.training.ranges import RangeFault
    from engine.training.remedies import Remedy


def _tr(text: str) -> str:
    return QCoreApplication.translate("Remedy", text)


def label_of(remedy: Remedy, snapshot: Snapshot) -> str:
    """The words on the button."""
    from engine.training.remedies import cure

    said = worded(cure(remedy.key).label_of(remedy, snapshot)).format(**_particulars(remedy, snapshot))
    if remedy.setting is None:
        return said
    setting = label_of(remedy.setting, snapshot)
    return _tr("{cure}, {setting}").format(cure=said, setting=setting[:1].lower() + setting[1:])


def tip_of(remedy: Remedy, snapshot: Snapshot) -> str:
    """The button's tooltip: what it does, and that undo takes it back."""
    done = (remedy,) if remedy.setting is None else (remedy, remedy.setting)
    return " ".join([*(_effect_of(each, snapshot) for each in done), _tr("Undo takes it back.")])


def _effect_of(remedy: Remedy, snapshot: Snapshot) -> str:
    from engine.training.remedies import cure

    text = worded(cure(remedy.key).tip_of(remedy, snapshot))
    if remedy.redrawn:
        text += " " + _tr("The weights of {redrawn} are drawn anew too.")
    return text.format(**_particulars(remedy, snapshot))


def _particulars(remedy: Remedy, snapshot: Snapshot) -> dict[str, str]:
    layers = [layer_in(snapshot, block_id) for block_id in remedy.blocks]
    value = setting_text(remedy.value) if remedy.value is not None else ""
    return {
        "units": units_in_words(remedy.units) if remedy.units else "",
        "layer": layers[0] if layers else "",
        "layers": layers_in_words(layers),
        "redrawn": layers_in_words([layer_in(snapshot, block_id) for block_id in remedy.redrawn]),
        "value": value,
        "moment": sound_moment(snapshot),
        "setting": _setting_in_words(remedy.faults).format(value=value),
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


def _setting_in_words(faults: tuple[RangeFault, ...]) -> str:
    """What a button sets that brings settings back into range: the one, or that they are several."""
    setting = faults[0].setting if len(faults) == 1 else ""
    return {
        "learning_rate": _tr("rate {value}"),
        "l1": _tr("L1 {value}"),
        "l2": _tr("L2 {value}"),
        "weight_decay": _tr("weight decay {value}"),
        "clip_norm": _tr("no clipping"),
    }.get(setting, _tr("usual settings"))


def layers_in_words(layers: list[str]) -> str:
    """``Dense 1``, ``Dense 1 and Dense 2``; more by how many they are."""
    if len(layers) > 2:
        return _tr("{count} layers").format(count=len(layers))
    return _tr(" and ").join(layers)
