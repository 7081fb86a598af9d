"""What a section of an open run is: a view of its own, chosen by the switch in the bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from app.workspaces.recommender.open_run import OpenRun


@dataclass(frozen=True, slots=True)
class Figure:
    """A number for the bar: what it is, and itself in words; ``accent`` for the one that matters most. ``tip`` says at
    more length what it is."""

    label: str
    text: str
    accent: bool = False
    tip: str = ""


class Section(QWidget):
    """Built when it is first looked at, for one open run.

    ``key``: unique among the sections. ``label``, ``tip``: source strings of the context ``Sections``. ``models``: the
    keys of the :class:`engine.recommenders.tasks.TaskKind` that it is for. ``asks``: whether it talks with the trained
    network, and so needs a checkpoint.
    """

    key: ClassVar[str]
    label: ClassVar[str]
    tip: ClassVar[str] = ""
    models: ClassVar[frozenset[str]]
    asks: ClassVar[bool] = True

    figures_changed = Signal()
    """``figures`` are others."""
    undo_changed = Signal()
    """``undo_stack`` is another."""
    plan_wanted = Signal(object)
    """A plan that is to be begun as a run of its own, and shown."""
    beside_wanted = Signal(object, object)
    """A tuple of plans that are to be begun beside what is shown, and the names of all the runs that can be compared
    then."""
    said = Signal(str)
    """A sentence that is to be said in passing."""

    section_wanted = Signal(str)
    """Another section of the same run is to be shown, by its key."""
    latest_run_wanted = Signal(object)
    """A ``Start``: the latest trained run of it is to be shown, in this section; a new one where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures: tuple[Figure, ...] = ()
        """What it has for the bar, in order; those at the end give way where there is no room."""

    def set_figures(self, *figures: Figure) -> None:
        """Have other figures in the bar."""
        if figures != self.figures:
            self.figures = figures
            self.figures_changed.emit()

    @property
    def undo_stack(self) -> QUndoStack | None:
        """What the window's undo acts on while the section is shown; None where that is nothing."""
        return None

    @property
    def edited(self) -> bool:
        """Whether somebody has made edits here that are gone once the run is left."""
        return False

    def show_run(self, run: OpenRun) -> None:
        """Show this run, once."""
        raise NotImplementedError

    def enter(self) -> None:
        """It has come into sight: take the keyboard."""
        self.setFocus()

    def leave(self) -> None:
        """It is in sight no more."""
