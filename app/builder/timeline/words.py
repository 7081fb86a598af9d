"""A pass as the timeline looks at it, and what is said of it: titles, the muted line, formulas, sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.builder.canvas.words import layer_name, unit_name
from app.kit.numbers import grouped, plain, significant
from app.kit.translation import worded_name
from engine.activations import activation
from engine.data.dataset import Dataset
from engine.graph.kinds.base import Array
from engine.graph.model import Block, NetworkGraph
from engine.graph.naming import name_of
from engine.training.trace import PassTrace, Phase, Stage, unit_in_sight

_MOST_VALUES = 4
_MOST_ROWS = 12
"""So many rows of a batch are named."""


@dataclass(frozen=True, slots=True)
class PassView:
    """``neuron``: the selected one as (block id, unit)."""

    trace: PassTrace
    graph: NetworkGraph
    neuron: tuple[str, int] | None = None

    def block(self, stage: Stage) -> Block | None:
        """The stage's block, None if it has been deleted since."""
        return self.graph.by_id.get(stage.block_id)

    def layer_number(self, block_id: str) -> int:
        """1, 2, … for dense and output blocks in the order of the pass; 0 for any other block."""
        numbered = self.layer_ids()
        return numbered.index(block_id) + 1 if block_id in numbered else 0

    def layer_ids(self) -> list[str]:
        """The dense and output blocks in the order of the forward pass."""
        ids = [stage.block_id for stage in self.trace.stages if stage.phase is Phase.FORWARD]
        return [i for i in ids if i in self.graph and self.graph.block(i).declaration.probed]

    def unit(self, stage: Stage) -> int:
        """The neuron whose numbers are shown: the selected one, else the strongest."""
        return unit_in_sight(stage, self.neuron)


# Whose numbers they are ----------------------------------------------------------------------------------------------


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
        return [batch.format(count=grouped(len(rows))), numbers_of]
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
        return _tr("Samples {rows}, … ({count} in all)").format(rows=named, count=grouped(len(rows)))
    return _tr("Samples {rows}").format(rows=named)


def _vector(values: Array | tuple[float, ...]) -> str:
    shown = ", ".join(significant(float(value)) for value in values[:_MOST_VALUES])
    return f"({shown}, …)" if len(values) > _MOST_VALUES else f"({shown})"


def _target(view: PassView, row: int, dataset: Dataset) -> str:
    target = view.trace.target[0]
    if len(target) == 1:
        value = float(target[0])
        text = f"+{plain(value)}" if dataset.classes and value > 0 else significant(value)
    else:
        text = dataset.classes[int(dataset.y[row])]
    return _tr("target {target}").format(target=text)


# Formulas ------------------------------------------------------------------------------------------------------------


def symbols(view: PassView, stage: Stage) -> str:
    """The stage's formula as mathtext, ``(l)`` replaced by the layer's number."""
    block = view.block(stage)
    number = view.layer_number(stage.block_id)
    if block is None:
        return stage.formula
    if number and stage.phase is Phase.FORWARD:
        return numbered(_from_true_source(view, block.id, _affine(block)), number)
    if number and stage.phase is Phase.BACKWARD:
        return numbered(_from_true_source(view, block.id, _backward(view, stage, block)), number)
    if stage.phase is Phase.UPDATE:
        return numbered(_update(stage, bool(number)), number)
    return numbered(stage.formula.replace(r"\sum_", r"\Sigma_"), number)  # limits beside it: one line high


def numbered(formula: str, number: int) -> str:
    """``(l−1)``, ``(l)`` and ``(l+1)`` as numbers."""

    def replace(match: re.Match[str]) -> str:
        return f"({number + int(match[1] or 0)})"

    return re.sub(r"\(l([+-]1)?\)", replace, formula)


def _affine(block: Block) -> str:
    bias = " + b^{(l)}" if getattr(block.params, "bias", True) else ""
    return rf"z^{{(l)}} = W^{{(l)}} a^{{(l-1)}}{bias} \quad a^{{(l)}} = {function_name(block)}(z^{{(l)}})"


def function_name(block: Block) -> str:
    """The layer's activation as mathtext: its own, or the one that comes with the loss."""
    function = block.declaration.function(block.params) or activation("identity")
    words = function.label.replace(" ", r"\ ")
    return rf"\mathrm{{{words}}}"


def _from_true_source(view: PassView, block_id: str, formula: str) -> str:
    """``a^{(l-1)}`` holds only where the layer before (or the input) is wired straight to this one."""
    number = view.layer_number(block_id)
    sources = [view.graph.block(wire.source) for wire in view.graph.wires_into(block_id)]
    straight = all(s in view.graph.inputs if number == 1 else view.layer_number(s.id) == number - 1 for s in sources)
    return (
        formula
        if straight
        else formula.replace(r"a^{(l-1)\top}", r"a_{\mathrm{in}}^{\top}").replace("a^{(l-1)}", r"a_{\mathrm{in}}")
    )


def _backward(view: PassView, stage: Stage, block: Block) -> str:
    """δ from the next layer's where that is the only one behind; else from E = ∂L/∂a, whatever has sent it."""
    number = view.layer_number(block.id)
    behind = [view.layer_number(wire.target) for wire in view.graph.wires_from(block.id)]
    delta = stage.formula.partition(r",\quad")[0]  # what E stands for would make the line too long
    if block.declaration.is_end:
        delta = delta.replace(r"\delta_k", r"\delta_k^{(l)}")
    elif "(l+1)" in delta and behind != [number + 1]:
        delta = r"\delta^{(l)} = E \odot f'(z^{(l)})"
    return rf"{delta} \quad \partial L/\partial W^{{(l)}} = \delta^{{(l)}} a^{{(l-1)\top}}"


def _update(stage: Stage, layer: bool) -> str:
    if not layer:
        return stage.formula
    bias = r" \quad b^{(l)} \leftarrow b^{(l)} + \Delta b^{(l)}" if "b" in stage.values else ""
    return rf"W^{{(l)}} \leftarrow W^{{(l)}} + \Delta W^{{(l)}}{bias}"


# For those who hear it -----------------------------------------------------------------------------------------------


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


def _tr(text: str) -> str:
    return QCoreApplication.translate("PassView", text)
