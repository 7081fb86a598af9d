"""The verdict in one sentence: what is wrong with the gradients, where, and what helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import factor, percent
from app.kit.translation import worded_name
from engine.network.plan import Plan
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Trouble, Verdict

_ORDER = (Trouble.EXPLODING, Trouble.VANISHING, Trouble.DEAD, Trouble.SATURATED)


@dataclass(frozen=True, slots=True)
class Headline:
    """``colour``: the theme's name for it. ``more``: the other sentences, for the tooltip."""

    text: str
    colour: str
    more: tuple[str, ...] = ()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Verdict", text)


def headline(snapshot: Snapshot) -> Headline:
    """The worst trouble first; without any, how even the gradients are."""
    if snapshot.failure is not None:
        text = _tr("Training has stopped: the numbers are no longer finite. Undo, or lower the learning rate.")
        return Headline(text, "danger")
    names = {node.id: worded_name(node.name) for node in snapshot.plan.nodes}
    found = {kind: [v for v in snapshot.verdicts if v.trouble is kind] for kind in _ORDER}
    sentences = [_sentence(kind, found[kind], names, snapshot.plan) for kind in _ORDER if found[kind]]
    if not sentences:
        return Headline(_healthy(snapshot.verdicts), "good")
    colour = "danger" if found[Trouble.EXPLODING] else "warning"
    return Headline(sentences[0], colour, tuple(sentences[1:]))


def _healthy(verdicts: Sequence[Verdict]) -> str:
    ratios = [v.value for v in verdicts[:-1] if v.trouble is Trouble.HEALTHY and v.value > 0]
    if len(ratios) < 2:
        return _tr("Gradients are healthy.")
    text = _tr("Gradients are healthy: from layer to layer ‖δ‖ stays within a factor of {factor}.")
    return text.format(factor=factor(max(ratios) / min(ratios)))


def _sentence(kind: Trouble, verdicts: Sequence[Verdict], names: dict[str, str], plan: Plan) -> str:
    worst = max(verdicts, key=lambda v: v.value)
    if kind is Trouble.VANISHING and verdicts[-1].value == 0.0:
        text = _tr("No gradient reaches {layer}: ‖δ‖ is exactly zero there, so nothing can learn; try {cure}.")
        return text.format(layer=names[verdicts[-1].block_id], cure=_cure(plan))
    if kind is Trouble.VANISHING:
        text = _tr("Gradients vanish from {layer} towards the input: ‖δ‖ falls {factor}×; try {cure}.")
        fall = 1 / max(1e-300, min(v.value for v in verdicts))
        return text.format(layer=names[verdicts[-1].block_id], factor=factor(fall), cure=_cure(plan))
    if kind is Trouble.EXPLODING:
        text = _tr(
            "Gradients explode from {layer} towards the input: ‖δ‖ grows {factor}×; "
            "try Xavier or He initialisation, layer norm, or clip the gradient."
        )
        return text.format(layer=names[verdicts[-1].block_id], factor=factor(worst.value))
    text = {
        Trouble.DEAD: _tr(
            "{share} of the units of {layer} are dead, zero for every training sample; "
            "try Leaky ReLU or a smaller learning rate."
        ),
        Trouble.SATURATED: _tr(
            "{share} of the units of {layer} are saturated, where f′ is nearly zero; "
            "try smaller initial weights or layer norm."
        ),
    }[kind]
    return text.format(share=percent(worst.value), layer=names[worst.block_id])


def _cure(plan: Plan) -> str:
    """A saturating activation is the first suspect; without one it is the initialisation."""
    used = {getattr(plan.nodes[index].block.params, "activation", "") for index in plan.probed[:-1]}
    if used & {"logistic", "tanh", "step"}:
        return _tr("ReLU with He initialisation, layer norm, or a skip connection")
    return _tr("He initialisation, layer norm, or a skip connection")
