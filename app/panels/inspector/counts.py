"""How much of what there is in a block and in the whole network."""

from __future__ import annotations

from math import prod

from app.document import Document


def parameter_count(document: Document, block_id: str) -> int | None:
    """How many trainable numbers the block has; None while the widths are not known."""
    graph, widths = document.graph, document.widths
    sources = [wire.source for wire in graph.wires_into(block_id)]
    if block_id not in widths or any(source not in widths for source in sources):
        return None
    block = graph.block(block_id)
    specs = block.declaration.parameters(block.params, [widths[s] for s in sources], widths[block_id])
    return sum(prod(spec.shape) for spec in specs if spec.trainable)


def network_parameter_count(document: Document) -> int:
    """How many trainable numbers all blocks whose widths are known have."""
    return sum(parameter_count(document, block.id) or 0 for block in document.graph.blocks)
