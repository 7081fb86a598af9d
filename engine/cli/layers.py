"""The health of each layer, for machines and for people."""

from __future__ import annotations

from collections.abc import Sequence

from engine.cli.outcome import number, table
from engine.training.snapshot import LayerStats, Snapshot
from engine.training.verdicts import Trouble, Verdict

_PHRASES = {
    Trouble.STEADY: "steady",
    Trouble.REFERENCE: "the reference",
    Trouble.FADING: "fading (‖δ‖ is {value:.2g} of the last hidden layer's)",
    Trouble.GROWING: "growing (‖δ‖ is {value:.2g} times the last hidden layer's)",
    Trouble.VANISHING: "vanishing (‖δ‖ is {value:.1e} of the last hidden layer's)",
    Trouble.EXPLODING: "exploding (‖δ‖ is {value:.1e} times the last hidden layer's)",
    Trouble.DEAD: "{value:.0%} of the units dead",
    Trouble.SATURATED: "{value:.0%} of the units saturated",
    Trouble.OVERGROWN: "units that give up to {value:.1e}",
    Trouble.NOT_FINITE: "not finite at {value:.3g}",
}


def layer_documents(snapshot: Snapshot) -> list[dict[str, object]]:
    """Each probed block's figures and verdicts, from the input's side to the output."""
    return [_document(layer, _verdicts_of(layer, snapshot.verdicts)) for layer in snapshot.layers]


def _document(layer: LayerStats, verdicts: Sequence[Verdict]) -> dict[str, object]:
    return {
        "block": layer.block_id,
        "weight_gradient": layer.weight_gradient,
        "bias_gradient": layer.bias_gradient,
        "delta": layer.delta,
        "update_ratio": layer.update_ratio,
        "dead": layer.dead,
        "saturated": layer.saturated,
        "verdicts": [
            {"trouble": str(v.trouble), "value": v.value, "units": list(v.units), "alarm": v.is_alarm} for v in verdicts
        ],
    }


def layer_lines(snapshot: Snapshot) -> list[str]:
    """A table: a line for each probed block."""
    rows = [
        [
            layer.block_id,
            number(layer.weight_gradient),
            number(layer.bias_gradient),
            number(layer.delta),
            number(layer.update_ratio),
            ", ".join(_phrase(verdict) for verdict in _verdicts_of(layer, snapshot.verdicts)),
        ]
        for layer in snapshot.layers
    ]
    return table(["layer", "‖∂L/∂W‖", "‖∂L/∂b‖", "‖δ‖", "‖ΔW‖/‖W‖", "verdict"], rows)


def _phrase(verdict: Verdict) -> str:
    if verdict.is_silent and verdict.delta:
        return f"vanishing (‖δ‖ is {number(verdict.delta)}, next to nothing beside the error)"
    return _PHRASES[verdict.trouble].format(value=verdict.value)


def _verdicts_of(layer: LayerStats, verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.block_id == layer.block_id]
