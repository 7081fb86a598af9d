"""Operations that are dragged over the canvas and fall on a node: they go round what it stands for."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from typing import Protocol

from PySide6.QtCore import QPointF, SignalInstance
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from app.workspaces.scalar_graph.canvas.hit import Hit, Part
from app.workspaces.scalar_graph.operations import MIME


class Ground(Protocol):
    """The canvas, as far as dropping goes."""

    @property
    def dropped(self) -> SignalInstance: ...

    def hit(self, point: QPointF) -> Hit:
        """What is under a pixel."""

    def light(self, keys: Collection[Hashable]) -> None:
        """Light nodes."""


def enter(event: QDragEnterEvent) -> None:
    """Take operations, and nothing else."""
    if event.mimeData().hasFormat(MIME):
        event.acceptProposedAction()


def move(ground: Ground, event: QDragMoveEvent) -> None:
    """Light the node that it would fall on."""
    found = ground.hit(event.position())
    over = found.knot.key if found.part is Part.NODE and found.knot is not None else None
    ground.light({over} if over is not None else ())
    event.setAccepted(over is not None)


def drop(ground: Ground, event: QDropEvent) -> None:
    """Let it fall."""
    found = ground.hit(event.position())
    ground.light(())
    if found.part is Part.NODE and found.knot is not None:
        ground.dropped.emit(bytes(event.mimeData().data(MIME).data()).decode(), found.knot.key)
        event.acceptProposedAction()
