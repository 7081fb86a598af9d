"""The muted line under the formula: which sample, which layer, which stage."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.builder.timeline.view import PassView
from app.kit.numbers import fixed, plain
from app.kit.translation import worded
from engine.data.dataset import Dataset
from engine.graph.kinds.base import Array
from engine.training.trace import Stage

_MOST_VALUES = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("PassCaption", text)


def captions(view: PassView, stage: Stage, index: int, dataset: Dataset) -> list[str]:
    """``sample 37 · x = (1.42, −0.88) · target +1 · layer 2 of 4 · stage 5 of 18``, and shorter wordings of it."""
    sample, where = _sample(view, dataset), _layer(view, stage)
    at = _tr("stage {index} of {count}").format(index=index + 1, count=len(view.trace.stages))
    unit = _tr("unit {unit}").format(unit=view.unit(stage) + 1)
    choices = ([*sample, where, at, unit], [*sample, where, at], [sample[0], *sample[2:], where, at], [sample[0], at])
    return [" · ".join(part for part in parts if part) for parts in choices]


def _sample(view: PassView, dataset: Dataset) -> list[str]:
    rows = view.trace.rows
    if len(rows) > 1:
        numbers_of = _tr("numbers of sample {row}").format(row=rows[0])
        return [_tr("mini-batch of {count}").format(count=len(rows)), numbers_of]
    if not rows:
        inputs = next(iter(view.trace.inputs.values()), None)
        return [_tr("your input"), "" if inputs is None else f"x = {_vector(inputs[0])}"]
    x = dataset.x[rows[0]] if rows[0] < len(dataset.x) else ()
    named = _tr("sample {row}").format(row=rows[0])
    return [named, f"x = {_vector(x)}", _target(view, rows[0], dataset)]


def _vector(values: Array | tuple[float, ...]) -> str:
    shown = ", ".join(fixed(float(v)) for v in values[:_MOST_VALUES])
    return f"({shown}, …)" if len(values) > _MOST_VALUES else f"({shown})"


def _target(view: PassView, row: int, dataset: Dataset) -> str:
    target = view.trace.target[0]
    if len(target) == 1:
        value = float(target[0])
        text = f"+{plain(value)}" if dataset.classes and value > 0 else fixed(value, 0 if value.is_integer() else 2)
    else:
        text = dataset.classes[int(dataset.y[row])]
    return _tr("target {target}").format(target=text)


def _layer(view: PassView, stage: Stage) -> str:
    number = view.layer_number(stage.block_id)
    if number:
        return _tr("layer {number} of {count}").format(number=number, count=len(view.layer_ids()))
    block = view.block(stage)
    return "" if block is None else (block.title or worded(block.declaration.label))
