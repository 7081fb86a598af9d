"""An undo stack is the only one that deletes its commands, and what has become part of another command is let go."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from weakref import WeakSet

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand

import app
from app.kit.undo_stack import UndoStack

GARBAGE = """
import gc
from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand
from app.kit.undo_stack import UndoStack

class Owner(QObject):
    def __init__(self):
        super().__init__()
        self.stack = UndoStack(self)
        self.stack.indexChanged.connect(self.listen)

    def listen(self, index):
        heard.append(index)

def leave():
    commands = [QUndoCommand("step") for _ in range(3)] if {first} else []
    owner = Owner()
    for command in commands or [QUndoCommand("step") for _ in range(3)]:
        command.owner = owner
        owner.stack.push(command)
    if {cycle}:
        owner.itself = owner

def left():
    return sum(isinstance(one, (QUndoCommand, Owner, UndoStack)) for one in gc.get_objects())

gc.disable()
heard = []
leave()
assert left() == 5
gc.collect()
assert heard == [1, 2, 3], "nobody is told of the end"
assert left() == 0
print("alive")
"""


class Bag:
    """Something big that a command holds."""


class Merging(QUndoCommand):
    """Becomes part of the one before it."""

    def __init__(self, bag: Bag) -> None:
        super().__init__("step")
        self.bag = bag

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        assert isinstance(other, Merging)
        self.bag = other.bag
        return True


@pytest.mark.parametrize("cycle", [True, False], ids=["owner in a cycle", "owner held by commands only"])
@pytest.mark.parametrize("first", [True, False], ids=["commands first", "owner first"])
def test_a_stack_may_be_garbage_together_with_its_commands(first: bool, cycle: bool) -> None:
    """In a process of its own, which a command that is deleted twice ends. The collector clears what is older first."""
    script = GARBAGE.replace("{first}", str(first)).replace("{cycle}", str(cycle))
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stdout.strip()) == (0, "alive"), run.stderr


def test_a_stack_ends_with_its_parent(qapp: object) -> None:
    parent = QObject()
    stack, bags = UndoStack(parent), WeakSet[Bag]()
    for _ in range(3):
        bags.add(bag := Bag())
        command = QUndoCommand("step")
        command.bag = bag  # type: ignore[attr-defined]
        stack.push(command)
    del bag, command, stack, parent
    assert not bags


def test_what_has_become_part_of_another_step_is_let_go(qapp: object) -> None:
    """A drag is a hundred steps in one: each of them held a run, with its weights."""
    stack, bags = UndoStack(), WeakSet[Bag]()
    for _ in range(100):
        bags.add(bag := Bag())
        stack.push(Merging(bag))
    assert stack.count() == 1
    assert set(bags) == {bag}


def test_every_stack_of_the_program_is_one() -> None:
    root = Path(app.__file__).parent
    made = [str(path.relative_to(root)) for path in root.rglob("*.py") if " QUndoStack(" in path.read_text("utf-8")]
    assert made == []
