"""Ready-made graphs: the plain feed-forward chain."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from engine.graph.arrange import gap_between
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.input import InputParams
from engine.graph.kinds.output import OutputParams
from engine.graph.model import Block, NetworkGraph, Wire


def feed_forward(
    hidden: Sequence[int],
    *,
    features: tuple[str, ...] = ("x1", "x2"),
    activation: str = "tanh",
    initializer: str = "xavier_uniform",
    scale: float | None = None,
    output: OutputParams | None = None,
    outputs: int = 1,
) -> NetworkGraph:
    """Input → one dense block per entry of ``hidden`` (its units) → output, laid out from left to right.

    ``outputs``: how many units the output will have on its data, for which there is room then.
    """
    widths = (len(features), *hidden, outputs)
    places = accumulate((gap_between(*pair) for pair in pairwise(widths)), initial=0.0)
    blocks = [Block(id="input-1", kind="input", params=InputParams(features=features), x=next(places))]
    for number, units in enumerate(hidden, 1):
        params = DenseParams(units=units, activation=activation, initializer=initializer, scale=scale)
        blocks.append(Block(id=f"dense-{number}", kind="dense", params=params, x=next(places)))
    blocks.append(Block(id="output-1", kind="output", params=output or OutputParams(), x=next(places)))
    wires = [Wire(source=a.id, target=b.id) for a, b in pairwise(blocks)]
    return NetworkGraph(blocks=tuple(blocks), wires=tuple(wires))
