"""The contract between the window and its workspaces: all that either knows of the other.

A workspace is declared by a :class:`Workspace`, plain data that costs nothing. On the first visit the window calls its
``build`` and gets a :class:`Page`, which brings a widget, its part of the top bar, its actions, and the document that
is open in it or none. Rail, menus, shortcuts (Space among them: it does what the action with that shortcut does),
undo and redo, Save, autosave, dropped files and the question before closing all go by the page that is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from PySide6.QtCore import QByteArray, QObject, QSize, Signal, SignalInstance
from PySide6.QtGui import QAction, QUndoStack
from PySide6.QtWidgets import QWidget

from app.kit.actions import ActionSet, ActionSpec
from app.kit.background import Work
from engine.problems import Problem

MessageKind = Literal["problem", "warning", "notice", "success"]
Offer = tuple[str, Callable[[], object]]
"""A button of a message: its label, and what it does."""


class Messages(Protocol):
    """The strip under the top bar: one message at a time, the latest."""

    @property
    def text(self) -> str:
        """What is being said; empty when nothing is."""

    def say(
        self,
        text: str,
        kind: MessageKind = "notice",
        offers: Sequence[Offer] = (),
        *,
        passing: bool = False,
        lasting: bool = False,
    ) -> None:
        """Show a message with its offers. A ``passing`` one goes away by itself; a ``lasting`` one comes back after
        whatever is said in between, until it is answered or closed."""

    def say_problem(self, problem: Problem, offers: Sequence[Offer] = ()) -> None:
        """Say what is wrong and what would mend it."""

    def amend(self, text: str, more: Sequence[Offer] = ()) -> None:
        """Put the message that is shown in other words, its offers kept and ``more`` added."""

    def dismiss(self) -> None:
        """Take the message away."""


class Memory(Protocol):
    """What is remembered between starts of a page's layout and choices. Names are the page's own: no other page sees
    them."""

    def layout(self, part: str) -> QByteArray | None:
        """The remembered state of a splitter, None where there is none."""

    def set_layout(self, part: str, state: QByteArray) -> None:
        """Remember the state of a splitter."""

    def shown(self, panel: str, usual: bool = True) -> bool:
        """Whether the panel was left open; ``usual`` for one that was neither opened nor closed yet."""

    def set_shown(self, panel: str, shown: bool) -> None:
        """Remember whether the panel is open."""

    def noted(self, name: str) -> str:
        """A choice that was noted under a name; empty where there is none."""

    def note(self, name: str, choice: str) -> None:
        """Remember a choice under a name."""


class Host(Protocol):
    """What the window offers a page."""

    @property
    def messages(self) -> Messages:
        """Where to say what happens by itself."""

    @property
    def memory(self) -> Memory:
        """What is remembered between starts."""

    def size(self) -> QSize:
        """The window's size in pixels, for first layouts."""

    def window(self) -> QWidget:
        """The window itself, as the parent of a dialog."""

    def open_copy(self, path: Path, then: Callable[[], object] = lambda: None) -> None:
        """Open a file as a start for work of one's own, in the workspace that reads it: saving will ask for a name.

        What is unsaved there is asked about first. ``then`` is called once the file is open.
        """

    def open_link(self, text: str) -> None:
        """Open the network that a link says, in the workspace that reads such links; unsaved work is asked about first.
        What is wrong with it is said."""

    def choose_file(self, kind: FileKind | None = None) -> None:
        """Let the person choose a file of any kind, to be opened; or of this kind, which the workspace that reads it
        takes as a start for work of one's own."""

    def elsewhere(self) -> OpenDocument | None:
        """The document that was in sight last on another page, if there is one: it may be at work all the while."""

    def go_back(self) -> None:
        """Show the page of that document again."""

    def documents(self) -> tuple[OpenDocument, ...]:
        """The documents of all pages there are, in the order of the rail; a page looks among them for what it knows,
        such as a network, and works with that."""

    def show(self, document: OpenDocument) -> None:
        """Bring the page of one of those documents into sight."""


class OpenDocument(Protocol):
    """The document of a page, as the window needs it. ``changed``: title, path or whether it is saved may be others."""

    @property
    def changed(self) -> SignalInstance:
        """Emitted without arguments."""

    @property
    def progressed(self) -> SignalInstance:
        """Emitted without arguments: something that is no edit, such as training, has changed it."""

    @property
    def undo_stack(self) -> QUndoStack:
        """Every edit is a command on it."""

    @property
    def path(self) -> Path | None:
        """The person's own file that it lies in, if it lies in one."""

    @property
    def title(self) -> str:
        """Its name."""

    @property
    def unsaved(self) -> bool:
        """Whether closing now would lose work."""

    @property
    def at_stake(self) -> bool:
        """Whether a crash would lose anything: what is unsaved, and what has come by itself, however little."""

    @property
    def changing(self) -> bool:
        """Whether something that is no edit, such as training, is changing it right now."""

    @property
    def progress(self) -> str:
        """How far it has come by itself, in words, such as ``epoch 880``; empty where there is no such thing."""

    def resume(self) -> None:
        """Go on with what was changing it when it was handed over."""

    def when_settled(self, then: Callable[[], object], otherwise: Callable[[], object] | None = None) -> None:
        """Call it once everything that was edited is in what would be saved: at once where nothing is under way to
        another thread, and ``otherwise`` in its place where another document is open by then."""

    def new(self) -> None:
        """Start over."""

    def check(self, path: Path) -> None:
        """Raises EngineError where a file cannot be opened, and changes nothing."""

    def open(self, path: Path, *, copy: bool = False) -> tuple[Problem, ...]:
        """Open a file in place of what is open; with ``copy`` it does not become the document's own. What there is to
        say about it. Raises EngineError; what was open then stays."""

    def save(self, path: Path) -> None:
        """Write it to a file, which is its own from then on. What is still under way (:meth:`when_settled`) stays
        unsaved. Raises EngineError; it then stays as it was."""

    def mark_unsaved(self) -> None:
        """It counts as unsaved until it is saved: its file holds something else, or there is none."""

    def snapshot(self) -> Callable[[], Mapping[str, bytes]]:
        """Freeze the document as it is now. The result makes the files that Save would write, by name, the document's
        own first; it is called in another thread. Asked at every step: quick."""

    def recover(self, path: Path, own: Path | None = None, *, unsaved: bool = True) -> tuple[Problem, ...]:
        """Take up a snapshot, whose files lie at ``path``, as the document that lies in the person's ``own`` file, with
        what is not saved there unless it is handed over as it was saved. What is open is one undo away where something
        was done with it. What there is to say about it. Raises EngineError."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A sort of files for dialogs: a source string of the context ``Files``, and suffixes with their dots."""

    label: str
    suffixes: tuple[str, ...]

    @property
    def patterns(self) -> str:
        """``*.csv *.tsv``"""
        return " ".join(f"*{suffix}" for suffix in self.suffixes)


class Page(QObject):
    """A workspace at work, made on its first visit. A subclass sets ``widget`` and ``actions``, and whatever else it
    has, in ``__init__``; the objects stay the same for as long as the page lives."""

    renamed = Signal()
    """``heading`` is another, or whether there is a way back."""
    aside_changed = Signal()
    """:meth:`aside` returns other parts."""
    undo_changed = Signal()
    """``undo_stack`` or ``redo_stack`` is another one."""

    widget: QWidget
    """What is shown."""
    actions: ActionSet
    """The page's actions; owned by ``widget``, so that their shortcuts work while it is shown."""
    menus: Mapping[str, str] = {}
    """Menus of its own, by key, in order: source strings of the context ``Actions``. They stand before Help."""
    tips: Mapping[str, str] = {}
    """What the window's own actions (``new``, ``save``, ``undo`` …) mean here, in the window's language."""
    mouse: Sequence[tuple[str, str]] = ()
    """What the mouse does on the page, for the help: a gesture and its effect, in the window's language."""
    ground: QWidget | None = None
    """The part of it that gives messages room at its foot, by its contents margins; the whole of it unless given."""
    bar: QWidget | None = None
    """Its part of the top bar, which may come with the last of its parts."""
    document: OpenDocument | None = None
    """What is open in it. A page without has no Save, autosave and question before closing."""
    heading: tuple[str, str] = ("", "")
    """Title and subtitle of the top bar where there is no document to name."""
    way_back: QAction | None = None
    """One of its actions, which leads out of what is open in it; the top bar has it before the title while it can be
    done."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.host = host

    @property
    def undo_stack(self) -> QUndoStack | None:
        """What undo acts on, and redo with it, None where there is nothing of the kind: the document's. A page without
        a document may have one too, of what is edited in it and kept without being saved; it may be another at any
        time."""
        return self.document.undo_stack if self.document is not None else None

    @property
    def redo_stack(self) -> QUndoStack | None:
        """What redo acts on: what undo does, but where steps of two documents are one history."""
        return self.undo_stack

    def parts(self) -> Iterable[Callable[[], object]]:
        """What the home page builds after the first frame, one a turn, and any other at once when it is first visited.
        It may be a generator, which is asked for the next part when that is to be built."""
        return ()

    def start(self) -> None:
        """Everything is built: threads may start."""

    def enter(self) -> None:
        """The page has come into sight: take the keyboard. Asked again when all its parts are there, unless somebody
        has put the keyboard elsewhere."""
        self.widget.setFocus()

    def aside(self) -> Sequence[QWidget]:
        """What a presentation leaves out, so that the picture and its player stand alone. A panel with a question that
        the player waits for is not among it; emit ``aside_changed`` when the question comes or goes."""
        return ()

    def present(self, on: bool) -> None:
        """A presentation begins, with less round the picture, or is over."""

    def replaces(self, path: Path) -> bool:
        """Whether opening this file takes the place of the open document, so that unsaved work is asked about."""
        return True

    def reading(self, path: Path, *, copy: bool = False) -> Work | None:
        """What reads a file in another thread before it is opened, where that takes longer than a frame or two; what
        comes of it is for :meth:`take_read`. Raises nothing: what is wrong with a file, opening it says."""
        return None

    may_find_data = False
    """Whether a file whose data are gone can be opened with others: :meth:`find_data`."""

    def find_data(self, path: Path, table: Path) -> None:
        """A file's data are in this table by now: opening it next takes them from there."""

    def take_read(self, read: object) -> None:
        """Keep what has been read of a file, for :meth:`open_file`, which may follow."""

    def open_file(self, path: Path, *, copy: bool = False) -> tuple[Problem, ...]:
        """Open a file that :attr:`Workspace.reads`, as the document unless a page does it otherwise; with ``copy`` it
        does not become the document's own file. Returns what is to be said about it.

        Raises EngineError; what was open then stays.
        """
        if self.document is None:
            raise NotImplementedError
        return self.document.open(path, copy=copy)

    def open_link(self, text: str) -> tuple[Problem, ...]:
        """Open a link that :attr:`Workspace.reads_link` in place of the open document; what is to be said about it.

        Raises EngineError; what was open then stays.
        """
        raise NotImplementedError

    @property
    def bookmark(self) -> tuple[str, ...]:
        """What is open beside its document or without one, in words that :meth:`open_bookmark` takes in another
        window: one that starts again, or that recovers the document."""
        return ()

    def open_bookmark(self, bookmark: Sequence[str]) -> None:
        """Open what a page of the same workspace had open. What is gone by now is said."""

    def asks_before_closing(self, go_on: Callable[[], object]) -> bool:
        """Whether the window has to wait with closing: the page then asks the person, and calls ``go_on`` once nothing
        stands in the way. Meanwhile, and so within that call, it says False."""
        return False

    def close(self) -> None:
        """The window closes for good: remember the layout, stop every thread, let go of the document. Its undo steps
        are forgotten afterwards, while those who listen to them still live."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The declaration of a workspace. ``build`` imports what it needs, so that nothing is loaded before the visit.

    ``key``: unique, and the name of its icon. ``label``: a source string of the context ``Workspaces``, for the rail.
    ``visit``: the action that leads to it. ``reads``: whether it opens a file, told from its name and first bytes.
    """

    key: str
    label: str
    visit: ActionSpec
    build: Callable[[Host], Page]
    reads: Callable[[Path], bool] = lambda path: False
    reads_link: Callable[[str], bool] = lambda text: False
    """Whether it opens a link, told from its text; a quick look that never raises."""
    check_link: Callable[[str], None] = lambda text: None
    """Raises the EngineError that opening such a link would raise; quick enough for a click."""
    links: tuple[str, ...] = ()
    """How the links that it opens begin, for people."""
    files: tuple[FileKind, ...] = ()
    """What Open offers; where there is a document, its own kind comes first, and Save writes that."""
