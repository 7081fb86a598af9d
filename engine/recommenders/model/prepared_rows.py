"""A data set as a graph reads it: everything that no weight has a part in, worked out once for all rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags, Column, Columns, Ids, Numbers
from engine.graph.kinds.base import Arity, Carries, Context
from engine.graph.kinds.on_torch import LookupKind, TorchColumnKind
from engine.network.plan import Node, Plan
from engine.problems import EngineError, declare

if TYPE_CHECKING:
    from torch import Tensor

MISSING_COLUMN = declare(
    "recommender.missing-column",
    "“{block}” reads the column “{column}”, which the data does not have; choose one of {columns}.",
)
WRONG_COLUMN = declare(
    "recommender.wrong-column", "“{block}” needs {wanted} from the column “{column}”; choose another column for it."
)
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PreparedRows:
    """Rows ready for a network. ``keys``: per lookup node's index the rows of its table, (rows, k) or bags.
    ``numbers``: per node's index what flows out of it, (rows, width), for nodes that no weight comes before.
    ``targets`` (rows,): labels in 0 … 1, or ids of items. ``weights`` (rows,): of each row in the loss.
    """

    keys: Mapping[int, Ids | Bags]
    numbers: Mapping[int, Floats]
    targets: NDArray[Any]
    weights: Floats | None = None

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.targets)

    def take(self, rows: NDArray[np.int64]) -> PreparedRows:
        """Some rows, in the given order."""
        keys = {at: k.take(rows) if isinstance(k, Bags) else k[rows] for at, k in self.keys.items()}
        numbers = {at: values[rows] for at, values in self.numbers.items()}
        weights = None if self.weights is None else self.weights[rows]
        return PreparedRows(keys, numbers, self.targets[rows], weights)


def still_nodes(plan: Plan) -> frozenset[int]:
    """Indices of the nodes that no weight has a part in, and that are the same in training as outside it."""
    still: set[int] = set()
    for index, node in enumerate(plan.nodes):
        moves = node.slots or node.tables or node.kind.changes_in_training
        if not moves and all(source in still for source in node.sources) and node is not plan.output:
            still.add(index)
    return frozenset(still)


def prepare(
    plan: Plan,
    columns: Columns,
    targets: NDArray[Any],
    weights: Floats | None = None,
    buffers: Mapping[tuple[str, str], Tensor] | None = None,
) -> PreparedRows:
    """Work out what the plan reads of the data, ``buffers`` being the network's own by (block id, name).

    Raises EngineError naming the block whose column is not there or is of another sort.
    """
    still = still_nodes(plan)
    found: dict[int, Column] = {}
    keys: dict[int, Ids | Bags] = {}
    for index, node in enumerate(plan.nodes):
        inputs = [found[source] for source in node.sources if source in found]
        if isinstance(node.kind, LookupKind):
            keys[index] = node.kind.keys(node.params, inputs, node.in_widths)
        elif index in still:
            found[index] = _column(node, inputs, columns, buffers or {})
    wanted = {source for at, node in enumerate(plan.nodes) if at not in still for source in node.sources}
    numbers = {
        at: np.ascontiguousarray(found[at], np.float32)
        for at in sorted(wanted & still)
        if plan.nodes[at].kind.gives is Carries.NUMBERS
    }
    return PreparedRows(keys, numbers, targets, weights)


def _column(node: Node, inputs: list[Column], columns: Columns, buffers: Mapping[tuple[str, str], Tensor]) -> Column:
    if not isinstance(node.kind, TorchColumnKind):
        return _by_torch(node, inputs, buffers)
    if node.kind.arity is Arity.NONE:
        inputs = [_found(node, name, columns) for name in node.kind.sources(node.params)]
    return node.kind.column(node.params, inputs, node.in_widths)


def _found(node: Node, name: str, columns: Columns) -> Column:
    block = node.block.title or node.id
    if name not in columns.of:
        raise EngineError(MISSING_COLUMN(block=block, column=name, columns=", ".join(columns.of)))
    column = columns[name]
    whole = isinstance(column, Bags) or np.issubdtype(column.dtype, np.integer)
    if node.kind.gives is Carries.IDS and not whole:
        raise EngineError(WRONG_COLUMN(block=block, column=name, wanted="ids"))
    if node.kind.gives is Carries.NUMBERS and isinstance(column, Bags):
        raise EngineError(WRONG_COLUMN(block=block, column=name, wanted="one number per row"))
    return column


def _by_torch(node: Node, inputs: list[Column], buffers: Mapping[tuple[str, str], Tensor]) -> Numbers:
    """A node of another kind, such as a transform, over all rows at once."""
    import torch

    own = {slot.spec.name: buffers[slot.key].cpu() for slot in node.buffers}
    tensors = [torch.from_numpy(np.ascontiguousarray(column, np.float32)) for column in inputs]
    with torch.no_grad():
        done: Numbers = node.kind.torch(node.params, tensors, own, Context(node.id))[1].numpy()
    return done
