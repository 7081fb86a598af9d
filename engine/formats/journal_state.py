"""What a journal says of a document: its undo history, step by step, and what changes by itself.

Lines: ``journal`` (once, the first: whose document it is), ``thing`` (something that is referred to by its key, such as
a state or weights) and ``state``: how the history differs from that of the state before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from engine.formats.journal import BAD_LINE, Line, Unfit, ends_of, read_journal
from engine.problems import EngineError, declare

VERSION = 3
"""3 says curves in groups, 2 the document's title; what they said before is read."""
MOST_STEPS = 2000
NEWER = declare(
    "file.journal-newer", "The journal “{path}” was written by a newer Neuroloom; open it with that, or discard it."
)

_Key = Annotated[int, Field(ge=0)]
_Place = Annotated[int, Field(ge=0, le=MOST_STEPS)]
_Things = dict[str, _Key | None]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class HeaderEntry(_Strict):
    """``workspace``: the key of the one whose document this is."""

    version: Annotated[int, Field(ge=1)]
    workspace: str


class ThingEntry(_Strict):
    """``data`` is for the document's own reader."""

    key: _Key
    data: Any


class StepNote(_Strict):
    """One step of an undo history; a ``macro`` has ``parts``. ``things`` by what they are for the step."""

    kind: str
    label: str = ""
    plain: dict[str, Any] = {}
    things: _Things = {}
    parts: list[StepNote] = Field(default=[], max_length=MOST_STEPS)


_Put = Annotated[tuple[_Place, StepNote], Field(strict=False)]  # JSON knows no tuples


class FileNote(_Strict):
    """The person's own file that the document lies in, as it was found when the document was last seen saved: with
    file system's time of its last change, in ns."""

    path: str
    changed: int | None = None


class StateEntry(_Strict):
    """How a history differs from that before: so many steps have gone from its front, it then has ``length`` steps, and
    those that are others, or new, are ``put`` with their places. What is None is as it was.

    ``at``: seconds since 1970. ``needed``: there is something that lies in no file of the person's. ``clean``: the
    index that is saved, −1 for none. ``book``, ``things``: what there is beside the steps. ``run``: what changes by
    itself. ``title``: the document's, for who is asked about it.
    """

    kind: Literal["state"] = "state"
    at: FiniteFloat
    needed: bool = True
    index: _Place
    clean: Annotated[int, Field(ge=-1, le=MOST_STEPS)]
    drop: _Place = 0
    length: _Place
    put: list[_Put] = Field(default=[], max_length=MOST_STEPS)
    book: dict[str, Any] | None = None
    things: _Things | None = None
    run: _Key | None = None
    file: FileNote | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A step that was done, or taken back, after what changes by itself was last written down."""

    done: bool
    step: StepNote


@dataclass(slots=True)
class Told:
    """All that a journal says: the latest state, and what it refers to, as JSON by its keys."""

    workspace: str
    at: float = 0.0
    needed: bool = True
    steps: list[StepNote] = field(default_factory=list)
    index: int = 0
    clean: int = -1
    book: dict[str, Any] = field(default_factory=dict)
    things: _Things = field(default_factory=dict)
    run: int | None = None
    moves: list[Move] = field(default_factory=list)
    file: FileNote | None = None
    data: dict[int, Line] = field(default_factory=dict)

    def take(self, entry: StateEntry) -> None:
        """Follow one entry. Raises Unfit where it does not fit what there is; all is then as it was."""
        before = self.steps[entry.drop :]
        steps: list[StepNote | None] = [*before[: entry.length], *[None] * (entry.length - len(before))]
        for place, note in entry.put:
            if place >= entry.length:
                raise Unfit("a step beyond the end")
            steps[place] = note
        whole = [step for step in steps if step is not None]
        if len(whole) < len(steps) or max(entry.index, entry.clean) > entry.length:
            raise Unfit("a step is missing")
        if entry.run is not None:
            self.run, self.moves = entry.run, []
        else:
            self.moves += _moves(before, max(0, self.index - entry.drop), whole, entry)
        self.at, self.steps, self.index, self.clean, self.file = entry.at, whole, entry.index, entry.clean, entry.file
        self.needed = entry.needed
        self.book = self.book if entry.book is None else entry.book
        self.things = self.things if entry.things is None else entry.things


def _moves(before: list[StepNote], index: int, now: list[StepNote], entry: StateEntry) -> list[Move]:
    """What has been done between two states."""
    if entry.index < index:
        return [Move(False, step) for step in reversed(before[entry.index : index])]
    if entry.index > index:
        return [Move(True, step) for step in now[index : entry.index]]
    grown = entry.index > 0 and any(place == entry.index - 1 for place, _ in entry.put)
    return [Move(True, now[entry.index - 1])] if grown else []


def workspace_of(path: Path, lines: tuple[Line, ...]) -> str:
    """Whose document a journal is of. Raises EngineError."""
    try:
        if lines[0].kind != "journal":
            raise Unfit("no journal")
        header = HeaderEntry.model_validate(lines[0].parsed())
    except (Unfit, ValidationError) as error:
        raise EngineError(BAD_LINE(path=path.name)) from error
    if header.version > VERSION:
        raise EngineError(NEWER(path=path.name))
    return header.workspace


def read_told(path: Path, one_by_one: Callable[[Sequence[Line]], Iterable[Line]] = iter) -> Told:
    """What a journal says, up to the first line that does not fit; ``one_by_one`` hands out its lines, and may rest in
    between. Raises EngineError where it says no state."""
    lines = read_journal(path)
    told = Told(workspace_of(path, lines))
    states = 0
    for line in one_by_one(lines[1:]):
        try:
            if line.kind == "state":
                told.take(StateEntry.model_validate(line.parsed()))
                states += 1
            elif line.kind == "thing":
                told.data[_key_of(line)] = line
        except (Unfit, ValidationError):
            break
    if not states:
        raise EngineError(BAD_LINE(path=path.name))
    return told


def _key_of(line: Line) -> int:
    """The key of a thing, its data not parsed: they may be large."""
    head, comma, _ = line.content.removeprefix(b'{"key":').partition(b",")
    if not comma or not head.isdigit() or len(head) > 18:
        raise Unfit("a thing without a key")
    return int(head)


def thing_of(line: Line) -> Any:
    """The data of a thing. Raises Unfit."""
    try:
        return ThingEntry.model_validate(line.parsed()).data
    except ValidationError as error:
        raise Unfit("no thing") from error


@dataclass(frozen=True, slots=True)
class Glance:
    """Of a journal, what is needed to offer it: whose it is, when it last said something, the file and the title of the
    document that it is about, and whether there was anything to lose."""

    workspace: str
    at: float
    file: FileNote | None
    needed: bool
    title: str = ""


def glance_at(path: Path) -> Glance:
    """The head and the latest state of a journal alone, most of it unread. Raises EngineError where it says none."""
    head, tail = ends_of(path)
    workspace = workspace_of(path, head)
    for line in tail:
        try:
            if line.kind == "state":
                entry = StateEntry.model_validate(line.parsed())
                return Glance(workspace, entry.at, entry.file, entry.needed, entry.title)
        except (Unfit, ValidationError):
            continue
    raise EngineError(BAD_LINE(path=path.name))
