"""Whose numbers they are: the title over the sheet, the muted line beside it, and how far the pass has come."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.builder.timeline.view import PassView
from app.kit.numbers import fixed, plain
from app.kit.translation import worded_name
from engine.data.dataset import Dataset
from engine.graph.kinds.base import Array
from engine.graph.naming import name_of
from engine.training.trace import Phase, Stage

_MOST_VALUES = 4
_MOST_ROWS = 12
"""So many rows of a batch are named."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("PassCaption", text)


def title(view: PassView, stage: Stage, unit: int | None = None) -> str:
    """``Dense 2 · unit 3``: whose numbers they are."""
    name = worded_name(name_of(view.graph, stage.block_id))
    if unit is None or stage.phase is Phase.LOSS:
        return name
    return _tr("{block} · unit {unit}").format(block=name, unit=unit + 1)


def place(view: PassView, index: int) -> str:
    """``stage 5 of 18``."""
    return _tr("stage {index} of {count}").format(index=index + 1, count=len(view.trace.stages))


def caption(view: PassView, dataset: Dataset) -> list[str]:
    """``sample 37``, ``x = (1.42, −0.88)``, ``target +1``."""
    rows = view.trace.rows
    if len(rows) > 1:
        numbers_of = _tr("numbers of sample {row}").format(row=rows[0])
        batch = _tr("next step's mini-batch of {count}") if view.trace.is_next else _tr("mini-batch of {count}")
        return [batch.format(count=len(rows)), numbers_of]
    if not rows:
        inputs = next(iter(view.trace.inputs.values()), None)
        return [_tr("your input"), *([] if inputs is None else [f"x = {_vector(inputs[0])}"])]
    x = dataset.x[rows[0]] if rows[0] < len(dataset.x) else ()
    named = _tr("sample {row}").format(row=rows[0])
    return [named, f"x = {_vector(x)}", _target(view, rows[0], dataset)]


def rows_tip(view: PassView) -> str:
    """The first samples of a batch; empty for a pass of one sample."""
    rows = view.trace.rows
    if len(rows) < 2:
        return ""
    named = ", ".join(str(row) for row in rows[:_MOST_ROWS])
    if len(rows) > _MOST_ROWS:
        return _tr("Samples {rows}, … ({count} in all)").format(rows=named, count=len(rows))
    return _tr("Samples {rows}").format(rows=named)


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
