"""The document of a workspace that is one value: edited in undoable steps, kept in files of its kind."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from app.kit.translation import worded_title
from app.kit.undo_stack import UndoStack
from app.kit.view_parts import KeptAnswers, ViewPart, restore_view, view_of
from engine.formats.sheet import NO_VIEW, SheetFormat, SheetView, T
from engine.problems import Problem

UNDO_LIMIT = 500
EDIT_ID = 1


@dataclass(frozen=True, slots=True)
class OpenedSheet(Generic[T]):
    """What is open. ``title`` was given with the value ``named``. ``number`` is another for everything that is opened:
    the file that it lies in and what of it is saved are known by it, for undo takes no Save back."""

    value: T
    title: str
    named: T
    number: int


class Sheet(QObject, Generic[T]):
    """One frozen value under a title, as :class:`app.workspaces.workspace.OpenDocument`.

    Views read ``value`` and listen to ``value_changed``; nobody changes the value in place, and nobody edits it from a
    slot of that signal. Unsaved is what differs from the value that was opened or saved, an answer that was judged
    since, and work that was never saved and lies, one undo away, under what was opened in its place.
    """

    changed = Signal()
    """Title, path or whether it is saved may be others."""
    progressed = Signal()
    """How it is looked at is another: a :class:`ViewPart` has changed, or something was measured meanwhile."""
    value_changed = Signal()
    """``value`` is another one, whoever has done it: an edit, undo, or opening."""
    replaced = Signal()
    """Another document is open in place of the one before, or that one again: what views keep beside it, such as what
    is chosen, is of no use any more. Before ``value_changed``."""
    arrived = Signal()
    """The same, after ``value_changed``: it can be looked at as it was when it was saved."""

    def __init__(
        self,
        form: SheetFormat[T],
        first: T,
        title: str,
        parent: QObject | None = None,
        *,
        fits: Callable[[T, T], bool] = lambda _named, _value: True,
        kept: Callable[[T], T] = lambda value: value,
        renewed: Callable[[T], Renewed[T] | None] = lambda _value: None,
    ) -> None:
        """``first``: what New begins with; ``title``: what stands for the name of one that has none. ``fits``: whether
        a title that was given with the one value still says what the other is. ``kept``: what of a value is written to
        a person's file, without what only undo needs. ``renewed``: what one that is brought in has to be by now."""
        super().__init__(parent)
        self._fits, self._kept, self._renewed = fits, kept, renewed
        self._look: Callable[[], SheetView] = lambda: self.view
        self.view_parts: tuple[ViewPart, ...] = ()
        self._answers = KeptAnswers()
        self._form, self._first, self._untitled = form, first, title
        self._paths: dict[int, Path | None] = {0: None}
        self._saved: dict[int, T | None] = {0: first}
        self._saved_views: dict[int, SheetView] = {0: NO_VIEW}  # how it was looked at when it was last saved
        self._views: dict[int, SheetView] = {}  # the same, or when it was last left
        self._under: dict[int, OpenedSheet[T]] = {}  # what was open when another was opened in its place
        self._opened: OpenedSheet[T] = OpenedSheet(first, "", first, 0)
        self._gesture = 0
        self.undo_stack = UndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)

    # What there is --------------------------------------------------------------------------------------------------

    @property
    def value(self) -> T:
        """What the document says at this moment."""
        return self._opened.value

    @property
    def path(self) -> Path | None:
        """The person's own file that it lies in, if it lies in one."""
        return self._paths[self._opened.number]

    @property
    def title(self) -> str:
        """Its name: its own while that fits, else its file's."""
        return worded_title(self._own_title) or (self.path.stem if self.path is not None else self._untitled)

    @property
    def named(self) -> T:
        """The value that its own title was given with."""
        return self._opened.named

    @property
    def view(self) -> SheetView:
        """How the document was looked at when it was last saved or left."""
        return self._views.get(self._opened.number, NO_VIEW)

    def keep_view(self, parts: Sequence[ViewPart], then: Callable[[], object] = lambda: None) -> None:
        """Save these parts of its page with the document from now on. Bring them back as they were saved, in this
        order and followed by ``then``, now and whenever it has ``arrived``.

        For a page whose parts are all there; until then ``view`` stays as it was saved. To look at a document otherwise
        is no edit: it is neither undone nor, but for answers, asked about when one closes.
        """

        def restore() -> None:
            restore_view(self.view, parts)
            then()

        self.view_parts, self._answers = tuple(parts), KeptAnswers(parts)
        self._look = partial(view_of, parts)
        for signal in self._answers.changed:
            signal.connect(self.changed)
        for part in parts:
            for signal in part.changed:
                signal.connect(self.progressed)
        self.arrived.connect(restore)
        restore()

    @property
    def _own_title(self) -> str:
        opened = self._opened
        return opened.title if self._fits(opened.named, opened.value) else ""

    @property
    def unsaved(self) -> bool:
        """Whether closing now would lose work."""
        here: OpenedSheet[T] | None = self._opened
        while here is not None:
            number, left = here.number, None if here is self._opened else self._views[here.number]
            if self._saved[number] != here.value or self._answers.are_unsaved(self._saved_views[number], left):
                return True
            here = self._under.get(here.number)
        return False

    @property
    def at_stake(self) -> bool:
        """Nothing else than that would be lost in a crash."""
        return self.unsaved

    @property
    def changing(self) -> bool:
        """Nothing but edits changes it."""
        return False

    @property
    def progress(self) -> str:
        """It comes no further by itself."""
        return ""

    def resume(self) -> None:
        """Nothing was changing it."""

    # Edits ----------------------------------------------------------------------------------------------------------

    def edit(self, label: str, value: T, *, merge: Hashable | None = None, title: str | None = None) -> None:
        """One undoable step; none where all is as it is already. ``title``: another one, for this value.

        Steps in a row with the same ``merge`` key become one, such as those of a number that is dragged, until
        :meth:`settle`, Save, undo or redo; together they are none where they come back to where they began.
        """
        after = replace(self._opened, value=value)
        if title is not None:
            after = replace(after, title=title, named=value)
        if after != self._opened:
            key = None if merge is None else (self._gesture, merge)
            self.undo_stack.push(_Step(self, label, self._opened, after, key))

    def settle(self) -> None:
        """A gesture has ended: the next edit is a step of its own."""
        self._gesture += 1

    def put(self, opened: OpenedSheet[T]) -> None:
        """Put in force what a step leads to; for the steps."""
        before, named = self._opened, self._names
        if opened.number != before.number:
            self._views[before.number] = self._look()
        self._opened = opened
        if opened.number != before.number:
            self.replaced.emit()
        if opened.number != before.number or opened.value != before.value:
            self.value_changed.emit()
        if opened.number != before.number:
            self.arrived.emit()
        if self._names != named:
            self.changed.emit()

    @property
    def _names(self) -> tuple[str, Path | None, bool]:
        """What ``changed`` tells of."""
        return self.title, self.path, self.unsaved

    # Files ----------------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """Start over; undo brings back what was open. Whether that is to be saved has been asked before."""
        self._load("", self._first, None, self.tr("New"))

    def load(self, title: str, value: T, path: Path | None = None) -> None:
        """Put something else in place of what is open, which undo brings back with its file: an example, a preset that
        replaces all. Nobody has been asked: work that was not saved still counts as that, beneath."""
        under = self._opened
        self._load(title, value, path, self.tr("Open"))
        self._under[self._opened.number] = under
        self.changed.emit()

    def check(self, path: Path) -> None:
        """Raises EngineError where a file cannot be opened, and changes nothing."""
        self._form.read(path)

    def open(self, path: Path, *, copy: bool = False) -> tuple[Problem, ...]:
        """Open a file in place of what is open; a ``copy`` has no file yet. Nothing is to be said but that it was
        renewed. Raises EngineError; what was open then stays. Whether that is to be saved has been asked before."""
        title, value, view = self._form.read_with_view(path)
        renewed = self._renewed(value)
        self._load(title, value, None if copy else path, self.tr("Open"), view)
        return self._renew(renewed)

    def _renew(self, renewed: Renewed[T] | None) -> tuple[Problem, ...]:
        if renewed is not None:
            self.edit(renewed.label, renewed.value, title=self._own_title or None)
        return () if renewed is None else (renewed.said,)

    def _load(self, title: str, value: T, path: Path | None, label: str, view: SheetView = NO_VIEW) -> None:
        self.settle()
        number = len(self._paths)
        self._note_saved(number, path, value, view)
        self.undo_stack.push(_Step(self, label, self._opened, OpenedSheet(value, title, value, number)))

    def when_settled(self, then: Callable[[], object], otherwise: Callable[[], object] | None = None) -> None:
        """At once: an edit is in force when it is done."""
        then()

    def save(self, path: Path) -> None:
        """Write it to a file, which is its own from then on. Raises EngineError; it then stays as it was."""
        view = self._look()
        self._form.write(path, self._own_title, self._kept(self.value), view)
        self.settle()
        number = self._opened.number
        self._note_saved(number, path, self.value, view)
        self._under.pop(number, None)  # whoever saves this has chosen it
        self.changed.emit()

    def _note_saved(self, number: int, path: Path | None, value: T, view: SheetView) -> None:
        self._paths[number], self._saved[number] = path, value
        self._views[number] = self._saved_views[number] = view

    def mark_unsaved(self) -> None:
        """It counts as unsaved until it is saved, whatever undo brings back."""
        self._saved[self._opened.number] = None
        self.changed.emit()

    # Recovery -------------------------------------------------------------------------------------------------------

    def snapshot(self) -> Callable[[], dict[str, bytes]]:
        """Freeze the document; the result makes its file in another thread."""
        title, value, view = self._own_title, self._kept(self.value), self._look()
        return lambda: {"document.loom": self._form.encode("document.loom", title, value, view)}

    def recover(self, path: Path, own: Path | None = None, *, unsaved: bool = True) -> tuple[Problem, ...]:
        """Take up a snapshot's file in place of what is open, which is one undo away where something was done with it;
        ``own``: the person's own file. As :meth:`open` otherwise."""
        title, value, view = self._form.read_with_view(path)
        renewed, touched = self._renewed(value), self.unsaved or self.undo_stack.count() > 0
        self._load(title, value, own, self.tr("Recover"), view)
        if not touched:
            self.undo_stack.clear()
        if unsaved:
            self.mark_unsaved()
        self.changed.emit()
        return self._renew(renewed)


class _Step(QUndoCommand):
    """From one value to another, and back."""

    def __init__(
        self,
        sheet: Sheet[Any],
        label: str,
        before: OpenedSheet[Any],
        after: OpenedSheet[Any],
        gesture: Hashable | None = None,
    ) -> None:
        super().__init__(label)
        self._sheet, self._before, self._after, self._gesture = sheet, before, after, gesture
        self._done = False

    def redo(self) -> None:
        """Put the later value in force."""
        if self._done:
            self._sheet.settle()
        self._done = True
        self._sheet.put(self._after)

    def undo(self) -> None:
        """Put the earlier value back."""
        self._sheet.settle()
        self._sheet.put(self._before)

    def id(self) -> int:
        """Qt asks only steps of one id whether they merge."""
        return -1 if self._gesture is None else EDIT_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over a following step of the same gesture; a gesture that comes back to its start is no step."""
        if not isinstance(other, _Step) or other._gesture != self._gesture:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True


V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Renewed(Generic[V]):
    """A value in today's words. ``label``: of the step that puts it in force; ``said``: the sentence about it."""

    label: str
    value: V
    said: Problem
