"""The step that put a function into a layer, among the steps of two documents: undone and done again from either."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QUndoCommand, QUndoStack

from app.network.open_network import OpenNetwork
from app.workspaces.activations.layer_view import Layer


@dataclass(frozen=True, slots=True)
class _Place:
    """So many steps of a stack, the last of them this one."""

    stack: QUndoStack
    index: int
    last: QUndoCommand | None

    @classmethod
    def of(cls, stack: QUndoStack) -> _Place:
        """Where it stands now."""
        return cls(stack, stack.index(), stack.command(stack.index() - 1) if stack.index() else None)

    @property
    def there(self) -> bool:
        """Whether no other step has taken its place, done or undone."""
        count, index = self.stack.count(), self.index
        return count >= index and (not index or self.stack.command(index - 1) is self.last)


class PutStep:
    """``network`` and ``layer``: into which it was put, by the newest step there; ``own``: the stack of the comparison
    from which that was done."""

    def __init__(self, network: OpenNetwork, layer: Layer, own: QUndoStack) -> None:
        self.network, self.layer = network, layer
        self._put, self._own = _Place.of(network.undo_stack), _Place.of(own)

    @property
    def done(self) -> bool:
        """Whether it is in the layer, not undone."""
        return self._put.stack.index() == self._put.index

    @property
    def known(self) -> bool:
        """Whether it is the next to be undone or done again there. Undone, it is gone once the comparison goes on, as
        in any history."""
        near = self._put.stack.index() in (self._put.index - 1, self._put.index)
        return near and self._put.there and (self.done or self._own.stack.index() <= self._own.index)

    @property
    def _newest(self) -> bool:
        """Whether the comparison stands where it stood."""
        return self._own.there and self._own.stack.index() == self._own.index

    @property
    def undo_stack(self) -> QUndoStack | None:
        """The network's, where this is what undo would take back of both."""
        return self._put.stack if self._newest and self.done else None

    @property
    def redo_stack(self) -> QUndoStack | None:
        """The network's, where this is what redo would do again of both."""
        return self._put.stack if self._newest and not self.done else None
