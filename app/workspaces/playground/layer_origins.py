"""Where the numbers of a layer's badge and of *Update ÷ weight* come from."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.kit.numbers import grouped, scientific, to_digits
from app.kit.origin.facts import Fact, Parent
from app.kit.translation import worded_name
from app.kit.verdict_words import ratio_number
from engine.graph.kinds.base import Array
from engine.training.signal import telling_rows
from engine.training.signal_check import can_redo_rows, check_norm, exact_root_mean_square, row_norms
from engine.training.snapshot import LayerStats, Snapshot
from engine.training.verdicts import Verdict
from engine.value_check import CheckedValue, Oracle

RATIO, NORM, UPDATE = "ratio", "norm", "update"
_NORM_NAME = r"\Vert\delta^{{({layer})}}\Vert"
SINGLE_ERROR = 1e-5
"""How far off, as a share, ‖δ‖ may be that is measured in single precision."""


class LayerKey(NamedTuple):
    """A number of a layer: ``RATIO`` of its badge, ``NORM``, its ‖δ‖, or ``UPDATE``, its update ÷ weight."""

    kind: str
    block_id: str


def layer_fact(snapshot: Snapshot, key: LayerKey, *, is_single: bool) -> Fact | None:
    """Return where the number comes from; None where there is no such (any more). ``is_single``: the run trains in
    single precision."""
    if key.kind == UPDATE:
        stats = next((layer for layer in snapshot.layers if layer.block_id == key.block_id), None)
        return None if stats is None else _update(snapshot, key, stats)
    norms = {layer.block_id: layer.judged_delta for layer in snapshot.layers}
    if key.block_id not in norms:
        return None
    verdict = next((v for v in snapshot.verdicts if v.block_id == key.block_id and v.delta is not None), None)
    if key.kind == NORM or verdict is None or verdict.is_silent or len(_probed(snapshot)) < 2:
        return _norm(snapshot, LayerKey(NORM, key.block_id), norms[key.block_id], is_single=is_single)
    return _ratio(snapshot, key, verdict, norms)


def _ratio(snapshot: Snapshot, key: LayerKey, verdict: Verdict, norms: dict[str, float]) -> Fact:
    reference = _probed(snapshot)[-2]
    above, below = norms[key.block_id], norms.get(reference, 0.0)
    name = rf"\frac{{{_name(snapshot, key.block_id)}}}{{{_name(snapshot, reference)}}}"
    blocks = [block_id for block_id in dict.fromkeys((key.block_id, reference)) if block_id in norms]
    said = _tr("How much of the error signal of {layer}, the last hidden layer, arrives here.")
    if key.block_id == reference:
        said = _tr("{layer} is the last hidden layer, by which the others are measured.")
    return Fact(
        key,
        name,
        _tr("error signal of {layer} over that of {reference}").format(
            layer=_layer(snapshot, key.block_id), reference=_layer(snapshot, reference)
        ),
        verdict.value,
        worked=rf"\frac{{{to_digits(above, 4)}}}{{{to_digits(below, 4)}}}" if below else "",
        parents=tuple(_parent(snapshot, block_id, norms[block_id]) for block_id in blocks),
        sentence=said.format(layer=_layer(snapshot, reference)),
        code=f"print({above!r} / {below!r})  # Neuroloom: {verdict.value!r}\n" if below else "",
        printed=ratio_number(verdict.value),
    )


def _norm(snapshot: Snapshot, key: LayerKey, value: float, *, is_single: bool) -> Fact:
    steps = snapshot.delta_steps
    place = _tr("size of the error signal of {layer}").format(layer=_layer(snapshot, key.block_id))
    if steps is not None:
        norms = steps[:, _probed(snapshot).index(key.block_id)]
        said = _tr(
            "Over the latest {steps} steps, each measured with the weights that it had. Those weights aren't kept, so "
            "the ‖δ‖ of a single step can't be worked out again here."
        ).format(steps=grouped(len(norms)))
        return Fact(
            key,
            _name(snapshot, key.block_id),
            place,
            value,
            r"\sqrt{\frac{1}{S}\sum_s \Vert\delta_s\Vert^2}",
            rf"S = {len(norms)}",
            sentence=said,
            check=lambda: CheckedValue(exact_root_mean_square(norms), Oracle.ARITHMETIC),
            code=lambda: _code(norms, value),
        )
    rows = len(telling_rows(snapshot.train_rows))
    said = _tr("Measured on {rows} training rows with the weights after step {step}.")
    can_redo = can_redo_rows(snapshot)
    if not can_redo:
        said += " " + _tr(
            "Dropout and batch statistics make each pass another one, so it can't be worked out again here."
        )
    return Fact(
        key,
        _name(snapshot, key.block_id),
        place,
        value,
        r"\sqrt{\frac{1}{N}\sum_i \Vert\delta_i\Vert^2},\quad \delta_i = \frac{\partial L_i}{\partial z_i}",
        rf"N = {rows}",
        sentence=said.format(rows=grouped(rows), step=grouped(snapshot.step)),
        check=_check(snapshot, key.block_id, SINGLE_ERROR * value if is_single else 0.0) if can_redo else None,
        code=(lambda: _code(row_norms(snapshot, key.block_id), value)) if can_redo else "",
    )


def _update(snapshot: Snapshot, key: LayerKey, stats: LayerStats) -> Fact:
    said = _tr(
        "Measured at the latest step or, while none is done with these weights, at one over the training rows on a "
        "copy. The weights before that step aren't kept, so it can't be worked out again here."
    )
    return Fact(
        key,
        r"\frac{\Vert\Delta W\Vert}{\Vert W\Vert}",
        _tr("update ÷ weight of {layer}").format(layer=_layer(snapshot, key.block_id)),
        stats.update_ratio,
        r"\Vert W\Vert = \sqrt{\sum_{i,j} w_{ij}^2}",
        sentence=said,
        printed=scientific(stats.update_ratio),
    )


def _check(snapshot: Snapshot, block_id: str, error: float) -> Callable[[], CheckedValue[float]]:
    def ask() -> CheckedValue[float]:
        found = check_norm(snapshot, block_id)
        return CheckedValue(found.value, found.by, error)

    return ask


def _code(norms: Array, value: float) -> str:
    numbers = ", ".join(map(repr, np.asarray(norms, np.float64).tolist()))
    root = "(sum(norm * norm for norm in norms) / len(norms)) ** 0.5"
    return f"norms = [{numbers}]\nprint({root})  # Neuroloom: {value!r}\n"


def _parent(snapshot: Snapshot, block_id: str, norm: float) -> Parent:
    place = _tr("size of the error signal of {layer}").format(layer=_layer(snapshot, block_id))
    return Parent(_name(snapshot, block_id), place, norm, LayerKey(NORM, block_id))


def _name(snapshot: Snapshot, block_id: str) -> str:
    return _NORM_NAME.format(layer=_probed(snapshot).index(block_id) + 1)


def _probed(snapshot: Snapshot) -> list[str]:
    return [snapshot.plan.nodes[index].id for index in snapshot.plan.probed]


def _layer(snapshot: Snapshot, block_id: str) -> str:
    return worded_name(snapshot.plan.nodes[snapshot.plan.index_of(block_id)].name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerOrigins", text)
