"""A pass as far as it is known: what its later stages come to is left out, so that nobody can show it too early."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from engine.graph.kinds.base import Array
from engine.training.trace import PassTrace, Phase, Stage, Withheld, units_of

GIVEN = ("target",)
"""Values of a stage that it does not work out: they come with the data."""


def so_far(trace: PassTrace, known: int) -> PassTrace:
    """The pass after its first ``known`` stages; the very same one where that is all of them.

    The other stages are still there, in order, with their blocks and formulas but :attr:`Stage.withheld` and without
    what they work out; the known ones are without what they hand on to the next. ``output`` keeps its shape
    (rows, outputs), and both it and ``loss`` are NaN until the stages are known that they come from; ``update`` is
    None until the last one is.
    """
    if known >= len(trace.stages):
        return trace
    stages = tuple(_known(stage) if place < known else _withheld(stage) for place, stage in enumerate(trace.stages))
    seen = {stage.phase for stage in stages[:known]}
    output_known = stages[known].phase is not Phase.FORWARD
    return replace(
        trace,
        stages=stages,
        output=trace.output if output_known else np.full_like(trace.output, np.nan),
        loss=trace.loss if Phase.LOSS in seen else math.nan,
        update=None,
    )


def is_known(trace: PassTrace, phase: Phase) -> bool:
    """Whether it is known what all stages of a phase come to in this pass."""
    return all(stage.withheld is None for stage in trace.stages if stage.phase is phase)


def _known(stage: Stage) -> Stage:
    if stage.phase is Phase.FORWARD:
        return stage
    if stage.phase is Phase.LOSS:  # its δ is what the output's backward stage comes to
        return replace(stage, values={name: value for name, value in stage.values.items() if name != "delta"}, kept={})
    return replace(stage, kept={})


def _withheld(stage: Stage) -> Stage:
    given: Mapping[str, Array] = {name: stage.values[name] for name in GIVEN if name in stage.values}
    withheld = Withheld(frozenset(stage.values) - given.keys(), *units_of(stage))
    return Stage(stage.phase, stage.block_id, stage.formula, given, {}, withheld)
