"""The undo history of a document as immutable parts, which a journal writes down and a recovery builds anew.

A document tells its history as a :class:`History`: cheap, for it is made at every step, and holding nothing that is
ever changed in place, for it is written down in another thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from gc import get_referents
from itertools import count
from typing import Any

from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid

MACRO = "macro"
_serials = count(1)


@dataclass(frozen=True, slots=True)
class Step:
    """One command. ``kind`` and ``plain`` (text, numbers) are the document's own; ``things`` are immutable objects that
    its ``encoded`` makes plain, None among them. ``serial`` is another for every command there ever was."""

    serial: int
    kind: str
    label: str
    plain: Mapping[str, Any] = field(default_factory=dict)
    things: Mapping[str, object] = field(default_factory=dict)
    parts: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """``clean``: the index that is saved, −1 for none. ``book`` and ``things``: what there is beside the steps, plain
    and not. ``run``: what changes by itself, such as weights, where that is known for this moment. ``moves``, in one
    that is taken up again: steps that were done (True) or taken back since ``run`` was. ``saved``: in one that is taken
    up again, whether all of it, the run too, lies in the person's own file."""

    steps: tuple[Step, ...]
    index: int
    clean: int
    book: Mapping[str, Any]
    things: Mapping[str, object]
    run: object | None = None
    moves: tuple[tuple[bool, Step], ...] = ()
    saved: bool = False


class RecordedCommand(QUndoCommand):
    """A command that can be written down."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.serial = next(_serials)
        self._told: Step | None = None

    def told(self) -> Step:
        """The command as it is now: the same object while nothing of it is another. Sixty moments of two hundred steps
        each may wait to be written down."""
        now = self.step()
        if self._told is None or not same_step(self._told, now):
            self._told = now
        return self._told

    def step(self) -> Step:
        """The command as it is now."""
        raise NotImplementedError


class UndoStack(QUndoStack):
    """A stack that alone deletes its commands, also where it is garbage together with them."""

    def push(self, command: QUndoCommand) -> None:
        """Do it. What has become part of the step before it is emptied, for PySide never lets go of it."""
        super().push(command)
        if not isValid(command):
            vars(command).clear()

    def __del__(self) -> None:
        """Delete the commands before the collector clears anything: a command that it clears before its stack is given
        back to Python, which deletes it, and then the stack deletes it once more."""
        if isValid(self):
            held = get_referents(self)  # the last command may be the last to hold the stack's owner, and so the stack
            self.blockSignals(True)
            self.clear()
            del held


def same_step(one: Step, other: Step) -> bool:
    """Whether they say the same, of the same things."""
    return one is other or (
        one.serial == other.serial
        and one.label == other.label
        and one.plain == other.plain
        and same_things(one.things, other.things)
        and len(one.parts) == len(other.parts)
        and all(map(same_step, one.parts, other.parts))
    )


def same_things(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether these are the very same things under the same names."""
    return one.keys() == other.keys() and all(one[name] is other[name] for name in one)


def steps_of(stack: QUndoStack) -> tuple[Step, ...]:
    """All commands of a stack. Raises TypeError for one that cannot be written down."""
    return tuple(_step_of(stack.command(place)) for place in range(stack.count()))


def _step_of(command: QUndoCommand) -> Step:
    if isinstance(command, RecordedCommand):
        return command.told()
    if type(command) is not QUndoCommand:
        raise TypeError(f"{type(command).__name__} cannot be written down")
    parts = tuple(_step_of(command.child(place)) for place in range(command.childCount()))
    return Step(parts[0].serial if parts else 0, MACRO, command.text(), parts=parts)


def rebuild(stack: QUndoStack, history: History, made: Callable[[Step], QUndoCommand]) -> None:
    """Put a history on top of a stack, unsaid but for the end. Redo and undo of the commands must do nothing yet."""
    with _unsaid(stack):
        for step in history.steps:
            _push(stack, step, made)
        start = stack.count() - len(history.steps)  # below 0 where the limit has taken some away
        if history.clean >= 0 and start + history.clean >= 0:
            stack.setIndex(start + history.clean)
            stack.setClean()
        else:
            stack.resetClean()
        stack.setIndex(max(0, start + history.index))


def _push(stack: QUndoStack, step: Step, made: Callable[[Step], QUndoCommand]) -> None:
    if step.kind != MACRO:
        stack.push(made(step))
        return
    stack.beginMacro(step.label)
    for part in step.parts:
        _push(stack, part, made)
    stack.endMacro()


@contextmanager
def _unsaid(stack: QUndoStack) -> Iterator[None]:
    """Hundreds of steps are one change for who listens."""
    blocked = stack.blockSignals(True)
    try:
        yield
    finally:
        stack.blockSignals(blocked)


def tell(stack: QUndoStack) -> None:
    """Everything about the stack may be other."""
    stack.canUndoChanged.emit(stack.canUndo())
    stack.canRedoChanged.emit(stack.canRedo())
    stack.undoTextChanged.emit(stack.undoText())
    stack.redoTextChanged.emit(stack.redoText())
    stack.cleanChanged.emit(stack.isClean())
    stack.indexChanged.emit(stack.index())
