"""Work that outlives a crash: every open document is kept, and what a crashed window has left is offered."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction

from app.kit.background import Background, Job, Work
from app.kit.errors import problem_of, record
from app.kit.folders import data_folder, passing_folder
from app.kit.listing import listed
from app.kit.translation import sentence_of
from app.shell.messages import MessageBar
from app.shell.pages import Pages
from app.workspaces.workspace import MessageKind, Offer, OpenDocument, Page
from engine.problems import EngineError, Problem, printable

if TYPE_CHECKING:  # loaded after the first frame
    from app.shell.autosave import Autosave
    from app.shell.files import Files
    from app.shell.leftovers import Leftover


PAINTING_MS = 50
"""So long the window has to paint what was brought back, before the page of the next document is built."""


class Recovery(QObject):
    """An :class:`Autosave` for each page's document, and the way back for those of other windows."""

    recovered = Signal(object)
    """A document has been brought back."""
    taken_over = Signal()
    """All that was handed over is open."""

    def __init__(self, pages: Pages, messages: MessageBar, files: Files, action: QAction, parent: QObject) -> None:
        """``action`` opens the list of what can be recovered (:meth:`choose`)."""
        super().__init__(parent)
        self._pages, self._messages, self._files, self._action = pages, messages, files, action
        action.setEnabled(False)
        action.triggered.connect(self.choose)
        self._kept: dict[Page, Autosave] = {}
        self._recovered: set[str] = set()
        self._dealt_with: set[Path] = set()
        self._waiting: list[tuple[str, Leftover]] = []
        self._problems: list[str] = []
        self._aside: list[tuple[Leftover, Path]] = []
        self._afterwards: Callable[[], object] = self.offer
        self._take_read: Callable[[object], object] = lambda _read: None
        self._painting = QTimer(self, singleShot=True, interval=PAINTING_MS)
        self._painting.timeout.connect(self._next)
        self._reading = Background("recovery", latest_only=False, tells=True, parent=self)
        self._reading.done.connect(self._go_on)
        self._reading.failed.connect(self._fail)

    def keep(self, page: Page, document: OpenDocument) -> None:
        """Keep snapshots of a page's document from now on."""
        if page in self._kept:
            return
        from app.shell.autosave import Autosave

        self._kept[page] = Autosave(document, self._pages.workspace_of(page).key, self, lambda: page.bookmark)

    def of(self, page: Page) -> Autosave:
        """The keeper of a page's document. Raises KeyError for a page without one."""
        return self._kept[page]

    def save_now(self) -> None:
        """Write every snapshot before returning, whatever goes wrong with one of them."""
        self._each(lambda autosave: autosave.save_now())

    def hand_over(self) -> list[Path] | None:
        """Snapshots of all documents, the one that was in sight last at the end, written for a window that takes this
        one's place; None where one cannot be written."""
        kept = sorted(self._kept, key=lambda page: page.document is self._pages.last_document)
        if not all([self._kept[page].hand_over() for page in kept]):
            return None
        return [self._kept[page].path for page in kept]

    def close(self, *, keep: bool = False) -> None:
        """The window closes properly: nothing is left behind but what it was still reading, and snapshots to keep."""
        self._painting.stop()
        self._reading.close()
        self._each(lambda autosave: autosave.close(keep=keep))

    def _each(self, act: Callable[[Autosave], None]) -> None:
        with ExitStack() as stack:
            for autosave in self._kept.values():
                stack.callback(act, autosave)

    def leftovers(self) -> tuple[Leftover, ...]:
        """What windows that did not close properly have left, the latest first."""
        from app.shell.leftovers import leftovers

        return tuple(one for one in leftovers() if one.path not in self._dealt_with)

    # Offering -----------------------------------------------------------------------------------------------------

    @Slot()
    def offer(self) -> None:
        """Offer the latest work in every workspace of windows that did not close properly, in one message; once that is
        dealt with, what is older. What is no use is set aside, and the same message says so."""
        self._say_offer(self._latest())

    @Slot()
    def look(self) -> None:
        """Let the list be opened while there is something in it."""
        self._action.setEnabled(not self._waiting and bool(self.leftovers()))

    @Slot()
    def choose(self) -> None:
        """Open the list of all that can be recovered."""
        from app.shell.dialogs.recover import RecoverDialog

        self.offer()  # it stands until the list is answered
        works = [(one, self._place(one.workspace)) for one in self._usable()]
        if works:
            questions = self._files.questions
            dialog = RecoverDialog(works, questions.window)
            dialog.recover_wanted.connect(lambda chosen: self._ask({one.workspace: one for one in chosen}))
            dialog.discard_wanted.connect(self._discard)
            questions.show(dialog)

    def _usable(self) -> list[Leftover]:
        """What can be recovered, the latest first; what is no use is set aside."""
        return [one for one in self.leftovers() if not self._set_aside(one)]

    def _latest(self) -> dict[str, Leftover]:
        return {one.workspace: one for one in reversed(self._usable())}

    def _say_offer(self, latest: Mapping[str, Leftover], note: str = "", more: Sequence[Offer] = ()) -> None:
        """Say what can be recovered, a ``note`` with ``more`` offers, and what went wrong."""
        said, openings = list(dict.fromkeys(self._problems)), [*self._openings()]
        offers, lasts = [*more, *openings], bool(latest or openings)
        kind: MessageKind = "problem" if said else "warning" if latest else "notice"
        if note:
            said.insert(0, note)
        self._problems, self._aside = [], []
        if latest:
            several = len(latest) > 1
            others = len(self.leftovers()) - len(latest)
            if others:
                said.insert(0, self.tr("{count} more can be chosen.").format(count=others))
            said.insert(0, self._several(latest) if several else self._single(*next(iter(latest.items()))))
            offers[:0] = [
                (self.tr("Recover all") if several else self.tr("Recover"), partial(self._ask, latest)),
                *([(self.tr("Choose…"), self.choose)] if several or others else []),
                (self.tr("Discard all") if several else self.tr("Discard"), partial(self._discard, latest.values())),
            ]
        if said:
            self._messages.say(" ".join(said), kind, offers, lasting=lasts)
        self.look()

    def _openings(self) -> Iterator[Offer]:
        """A button for each document just set aside that can be opened."""
        for one, place in self._aside:
            words = self.tr("Open it") if len(self._aside) == 1 else self.tr("Open the one of {when}")
            yield words.format(when=f"{one.when:%Y-%m-%d %H:%M:%S}"), partial(self._open_aside, place)

    def _open_aside(self, place: Path) -> None:
        """Open it as a copy. What else the message offered is offered still."""
        self.offer()
        self._files.open(place, copy=True)

    def _set_aside(self, leftover: Leftover) -> bool:
        """Put by what is not to be offered: what the person's own file is ahead of, what cannot be read, and what has
        failed too often."""
        from app.shell.leftovers import MOST_TRIES

        if leftover.standing == "earlier":
            text = self.tr("Unsaved work of {when} was left by an earlier version; it is set aside as {path}.")
        elif leftover.standing == "damaged" or leftover.workspace not in self._pages.workspaces:
            text = self.tr("Unsaved work of {when} cannot be read; it is set aside as {path}.")
        elif leftover.standing == "overtaken":
            text = self.tr("“{file}” was saved after the unsaved work of {when}, which is set aside as {path}.")
        elif leftover.tries >= MOST_TRIES:
            text = self.tr("Unsaved work of {when} could not be recovered in two attempts; it is set aside as {path}.")
        else:
            return False
        place = leftover.set_aside()
        when = f"{leftover.when:%Y-%m-%d %H:%M}"
        self._problems.append(text.format(file=leftover.name, when=when, path=place))
        if place.name != leftover.path.name and leftover.workspace in self._pages.workspaces:
            self._aside.append((leftover, place))
        return True

    def _single(self, key: str, leftover: Leftover) -> str:
        text = self.tr("Neuroloom was not closed properly. Unsaved work of {when} can be recovered: {document}.")
        return text.format(when=f"{leftover.when:%Y-%m-%d %H:%M}", document=self._document(key, leftover))

    def _several(self, latest: Mapping[str, Leftover]) -> str:
        text = self.tr("Neuroloom was not closed properly. {count} documents of {when} can be recovered: {places}.")
        when = max(one.when for one in latest.values())
        places = listed(self._document(key, one) for key, one in latest.items())
        return text.format(count=len(latest), when=f"{when:%Y-%m-%d %H:%M}", places=places)

    def _document(self, key: str, leftover: Leftover) -> str:
        """Which one it is: by its name, where that is known, and its workspace."""
        place = self._place(key)
        if not leftover.name:
            return place
        return self.tr("“{name}” ({place})").format(name=printable(leftover.name), place=place)

    def _place(self, key: str) -> str:
        return QCoreApplication.translate("Workspaces", self._pages.workspaces[key].label)

    # Recovering ---------------------------------------------------------------------------------------------------

    def take_over(self, snapshots: Sequence[Path], key: str, bookmarks: Sequence[Sequence[str]] = ()) -> None:
        """Open the documents that a window handed over (:meth:`hand_over`), and show the workspace it showed.

        ``bookmarks``: the key of a workspace without a document and its page's bookmark each.
        """
        from app.shell.leftovers import Leftover
        from engine.formats.snapshot import read_header

        latest: dict[str, Leftover] = {}
        self._afterwards = partial(self._end_taking_over, key, bookmarks, latest)
        for path in reversed(snapshots):
            try:
                header = read_header(path)
                latest[header.workspace] = Leftover(path, datetime.now(), header)
            except EngineError as error:
                self._problems.append(sentence_of(error.problem))
        self._recover(latest)
        if self._waiting:
            self._messages.say(self.tr("Opening what was open …"))  # until all is

    def _end_taking_over(self, key: str, bookmarks: Sequence[Sequence[str]], latest: Mapping[str, Leftover]) -> None:
        for workspace, *bookmark in bookmarks:
            self._pages.page(workspace).open_bookmark(bookmark)
        for workspace, leftover in latest.items():
            document = self._pages.page(workspace).document
            if workspace in self._recovered and document is not None and leftover.header and leftover.header.changing:
                document.resume()
        self._pages.visit(key)
        self.offer()
        self.taken_over.emit()

    def _ask(self, latest: Mapping[str, Leftover]) -> None:
        """Recover, after a question for each document with unsaved work in whose place another would come. The offer
        stands until all are answered."""
        unsaved = [self._pages.page(key) for key in latest if self._pages.has(key)]
        unsaved = [page for page in unsaved if page.document is not None and page.document.unsaved]
        if unsaved:
            self._say_offer(latest)
        self._ask_next(latest, unsaved)

    def _ask_next(self, latest: Mapping[str, Leftover], unsaved: Sequence[Page]) -> None:
        if unsaved:
            self._files.when_safe(unsaved[0], lambda: self._ask_next(latest, unsaved[1:]))
        else:
            self._recover(latest)

    def _recover(self, latest: Mapping[str, Leftover]) -> None:
        """Bring them back behind the page of the latest, that one first; what cannot be read is said and stays."""
        self._messages.withdraw()
        if latest:
            self._pages.visit(next(iter(latest)))
        self._waiting = list(latest.items())[::-1]
        self._action.setEnabled(False)  # until the next offer
        self._next()

    @Slot()
    def _next(self) -> None:
        """Read the next one, or offer what is left."""
        if not self._waiting:
            self._messages.dismiss()
            self._afterwards, afterwards = self.offer, self._afterwards
            afterwards()
            return
        key, one = self._waiting[-1]
        if self._pages.page(key).document is None:
            self._waiting.pop()
            self._next()
            return
        one.note_try()
        self._read(partial(_extracted, one.path), self._open)

    def _read(self, work: Work, then: Callable[[Any], object]) -> None:
        """Do something in the background, and then that with what comes of it."""
        self._take_read = then
        self._reading.request(work)

    @Slot(object)
    def _go_on(self, read: object) -> None:
        self._take_read(read)

    def _open(self, path: Path) -> None:
        """Open the document's file, which lies in a folder of its own; what takes long is read in the background."""
        page = self._pages.page(self._waiting[-1][0])
        work = page.reading(path, copy=True)
        if work is None:
            self._bring_back(path)
        else:
            self._read(work, partial(self._take, path))

    def _take(self, path: Path, read: object) -> None:
        self._pages.page(self._waiting[-1][0]).take_read(read)
        self._bring_back(path)

    def _bring_back(self, path: Path) -> None:
        """Put a file in its document, and go on with the next. The snapshot is taken away once the document's own
        keeper has written one."""
        key, one = self._waiting[-1]
        page = self._pages.page(key)
        assert page.document is not None and one.header is not None
        own = None if one.header.own is None else Path(one.header.own)
        try:
            said = page.document.recover(path, own, unsaved=one.header.unsaved)
            if one.header.beside:
                page.open_bookmark(one.header.beside)
            self.keep(page, page.document)
        except Exception as error:
            record(error)
            self._fail(problem_of(error))
            return
        finally:
            shutil.rmtree(path.parent, ignore_errors=True)
        self._problems += map(sentence_of, said)
        self._waiting.pop()
        self.recovered.emit(page.document)
        self._kept[page].save(one.remove)
        self._recovered.add(key)
        self._dealt_with.add(one.path)
        self._painting.start()

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        """It stays; the second time it is set aside."""
        self._waiting.pop()
        self._problems.append(sentence_of(problem))
        self._next()

    def _discard(self, works: Iterable[Leftover]) -> None:
        """Set them aside. That can be taken back."""
        from app.shell.leftovers import MOST_SET_ASIDE, SET_ASIDE

        self._messages.withdraw()
        aside = [(one, one.set_aside()) for one in works]
        text = self.tr("What was discarded is kept in {path}, which holds the latest {count} documents.")
        note = text.format(path=data_folder("recovery") / SET_ASIDE, count=MOST_SET_ASIDE)
        self._say_offer(self._latest(), note, [(self.tr("Bring back"), partial(self._put_back, aside))])

    def _put_back(self, aside: Sequence[tuple[Leftover, Path]]) -> None:
        for one, place in aside:
            one.put_back(place)
        self.offer()


def _extracted(path: Path, _job: Job) -> Path:
    """The document's file of a snapshot, in a folder of its own."""
    from engine.formats.snapshot import extract_snapshot

    return extract_snapshot(path, passing_folder())[1]
