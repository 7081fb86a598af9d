"""A stage of a pass in one sentence, for those who hear it: where it is, and the number of the unit looked at."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.builder.canvas.words import layer_name, unit_name
from app.builder.timeline.view import PassView
from app.kit.numbers import significant
from engine.training.trace import Phase, Stage


def _tr(text: str) -> str:
    return QCoreApplication.translate("PassSpoken", text)


def spoken(view: PassView, stage: Stage) -> str:
    """``Backward, Dense 2: δ of unit 1 is 0.0846``; without the number where it is withheld, to be guessed."""
    block = view.block(stage)
    name = layer_name(view.graph, stage.block_id)
    if stage.phase is Phase.LOSS and stage.withheld is not None:
        return _tr("Loss")
    if stage.phase is Phase.LOSS:
        loss = significant(float(stage.values["loss"].mean()))
        return _tr("Loss: {loss}").format(loss=loss)
    phase = {
        Phase.FORWARD: _tr("Forward, {block}"),
        Phase.BACKWARD: _tr("Backward, {block}"),
        Phase.UPDATE: _tr("Update, {block}"),
    }[stage.phase].format(block=name)
    number = _number(view, stage)
    if block is None or number is None:
        return phase
    symbol, value = number
    text = _tr("{where}: {symbol} of {unit} is {value}")
    unit = unit_name(block, view.unit(stage))
    return text.format(where=phase, symbol=symbol, unit=unit, value=significant(value))


def _number(view: PassView, stage: Stage) -> tuple[str, float] | None:
    """The symbol and the number that matter most at a stage; of a mini-batch its first row's, as the formula shows."""
    unit = view.unit(stage)
    for name, symbol in (("delta", "δ"), ("a", "a"), ("upstream", "∂L/∂a")):
        values = stage.values.get(name)
        if values is not None and unit < values.shape[1]:
            return symbol, float(values[0, unit])
    change = stage.values.get("b")
    if change is not None and unit < len(change):
        return _tr("change of the bias"), float(change[unit])
    return None
