"""A stage's line of symbols, with its layer's number in it."""

from __future__ import annotations

import re

from app.builder.timeline.view import PassView
from engine.activations import activation
from engine.graph.model import Block
from engine.training.trace import Phase, Stage


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
