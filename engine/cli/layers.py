"""The health of each layer, for machines and for people."""

from __future__ import annotations

from collections.abc import Sequence

from engine.cli.outcome import number, table
from engine.training.signal import telling_rows
from engine.training.snapshot import LayerStats, Snapshot
from engine.training.troubles import words_of
from engine.training.verdicts import Trouble, Verdict


def step_over_rows(rows: int) -> str:
    """Which training rows the norms of a network that isn't under way are measured over."""
    told = len(telling_rows(rows))
    return f"one step over {'all' if told == rows else f'{told} of'} {rows} training rows"


def layer_documents(snapshot: Snapshot) -> list[dict[str, object]]:
    """Each probed block's figures and verdicts, from the input's side to the output."""
    return [_document(layer, _verdicts_of(layer, snapshot.verdicts)) for layer in snapshot.layers]


def _document(layer: LayerStats, verdicts: Sequence[Verdict]) -> dict[str, object]:
    return {
        "block": layer.block_id,
        "weight_gradient": layer.weight_gradient,
        "bias_gradient": layer.bias_gradient,
        "delta": layer.judged_delta,
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
            number(layer.judged_delta),
            number(layer.update_ratio),
            ", ".join(_phrase(verdict) for verdict in _verdicts_of(layer, snapshot.verdicts)),
        ]
        for layer in snapshot.layers
    ]
    return table(["layer", "‖∂L/∂W‖", "‖∂L/∂b‖", "‖δ‖", "‖ΔW‖/‖W‖", "verdict"], rows)


def _phrase(verdict: Verdict) -> str:
    phrase = words_of(verdict).phrase.format(value=verdict.value, delta=verdict.delta)
    is_plain = verdict.is_alarm or verdict.trouble in (Trouble.STEADY, Trouble.REFERENCE)
    return phrase if is_plain else f"{phrase}, no alarm"


def _verdicts_of(layer: LayerStats, verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.block_id == layer.block_id]
