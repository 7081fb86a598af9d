"""Sheets: the small documents of workspaces, such as an expression with its inputs or a comparison of functions.

A sheet is one JSON, ``{"format": TAG, "version": N, "title": …, "content": {…}, "view": {…}}``, in a ``.loom`` file;
its content is a frozen pydantic model that the owner declares. Nothing in a file is ever executed; whatever is wrong
with one is a sentence, and a file that could not be read again is not written.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.atomic import write_atomically
from engine.formats.kind import document_kind, or_foreign, other_document
from engine.guesses import GuessRecord
from engine.opening import open_file
from engine.problems import UNREADABLE, UNWRITABLE, EngineError, declare
from engine.validation import sentence_of

MOST_BYTES = 4 * 1024 * 1024
"""So large a sheet may be; a person's are a few kilobytes."""
LONGEST_TITLE = 200
LONGEST_WHOLE = 320
"""Digits of a whole number in a file; the largest float has fewer."""
LATEST_VERSION = 1_000_000
MOST_STEPS = 1_000_000
MOST_COMPARED = 100
MOST_NUMBERS = 4096
MOST_KNOWN = 64
MOST_PARTS = 64
MOST_SELECTED = 1000
LONGEST_KEY = 200

TOO_LONG = declare(
    "file.sheet-too-long",
    "“{path}” is larger than {limit} MB, too large for a document of this kind. Choose another file.",
)
NO_SHEET = declare(
    "file.sheet-unreadable", "“{path}” is damaged: it isn't valid JSON (line {line}). Choose another file."
)
LONG_TO_WRITE = declare(
    "file.sheet-too-long-to-write", "“{path}” would be larger than {limit} MB. Remove something, then save."
)
NEWER_SHEET = declare(
    "file.sheet-newer",
    "“{path}” has format version {version}, and this Neuroloom reads version {known}; open it with a newer Neuroloom.",
)
BAD_SHEET = declare(
    "file.sheet-damaged", "“{path}” is damaged: {detail} Fix it in a text editor, or choose another file."
)
UNFIT_SHEET = declare(
    "file.sheet-unfit", "“{path}” wasn't written because it couldn't be read back: {detail} Correct that, then save."
)

_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

T = TypeVar("T", bound=BaseModel)

PartName = Annotated[str, Field(min_length=1, max_length=40)]
Key = Annotated[str, Field(max_length=LONGEST_KEY)]


class SheetView(BaseModel):
    """How a document was looked at when it was saved: the ``step`` played to, the ``tab`` in front, and whether
    numbers were asked for before they were shown. What it says nothing of stays as it is. ``before``: the number that
    each hidden one is compared with, None for what isn't hidden. ``known``: the rows of a table whose numbers have been
    guessed or revealed. ``guesses``: the score and what was answered. ``curves``: what was measured meanwhile, as its
    page records it. ``selected``: keys of what is selected. By name, as its page declares them: ``switches``, such as
    whether a section is unfolded; ``choices``, such as which card is in front; ``numbers``, such as the speed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    step: int | None = Field(default=None, ge=0, le=MOST_STEPS)
    tab: str = Field(default="", max_length=40)
    predict: bool | None = None
    before: list[Annotated[float, Field(gt=0.0)] | None] = Field(default_factory=list, max_length=MOST_COMPARED)
    known: list[Annotated[int, Field(ge=0, lt=MOST_KNOWN)]] = Field(default_factory=list, max_length=MOST_KNOWN)
    guesses: GuessRecord | None = None
    curves: str = Field(default="", max_length=MOST_BYTES // 2)
    selected: list[Key] = Field(default_factory=list, max_length=MOST_SELECTED)
    switches: dict[PartName, bool] = Field(default_factory=dict, max_length=MOST_PARTS)
    choices: dict[PartName, Key] = Field(default_factory=dict, max_length=MOST_PARTS)
    numbers: dict[PartName, Annotated[list[float], Field(max_length=MOST_NUMBERS)]] = Field(
        default_factory=dict, max_length=MOST_PARTS
    )


NO_VIEW = SheetView()
"""Says nothing."""


class _Envelope(BaseModel):
    """What lies round the content of every sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format: str
    version: int = Field(ge=1, le=LATEST_VERSION)
    title: str = Field(default="", max_length=LONGEST_TITLE)
    content: dict[str, Any]
    view: SheetView = NO_VIEW


@dataclass(frozen=True, slots=True)
class SheetFormat(Generic[T]):
    """One kind of sheet. ``model``: its content, a frozen pydantic model with bounds, which lets nothing else in."""

    tag: str
    version: int
    model: type[T]

    def recognises(self, path: Path) -> bool:
        """Whether a file says that it is one, told from its head; never raises."""
        return document_kind(path) == self.tag

    def read(self, path: Path) -> tuple[str, T]:
        """Title and content of a file. Raises EngineError with one sentence whatever is wrong with it."""
        title, content, _view = self.read_with_view(path)
        return title, content

    def read_with_view(self, path: Path) -> tuple[str, T, SheetView]:
        """The same, and how it was looked at."""
        envelope = self._opened(path, _parsed(path, _text_of(path)))
        try:
            return _on_one_line(envelope.title), self.model.model_validate(envelope.content), envelope.view
        except ValidationError as error:
            raise EngineError(BAD_SHEET(path=path.name, detail=sentence_of(error))) from error

    def write(self, path: Path, title: str, content: T, view: SheetView = NO_VIEW) -> None:
        """Write atomically: either the whole new file is there or the old one still is. Raises EngineError."""
        data = self.encode(path.name, title, content, view)
        try:
            write_atomically(path, data)
        except OSError as error:
            raise EngineError(UNWRITABLE(path=path.name, reason=error.strerror or "error")) from error

    def encode(self, name: str, title: str, content: T, view: SheetView = NO_VIEW) -> bytes:
        """What is written to the file ``name``. Raises EngineError where that could not be read again."""
        document = {
            "format": self.tag,
            "version": self.version,
            "title": title[:LONGEST_TITLE],
            "content": content.model_dump(mode="json"),
            "view": view.model_dump(mode="json", exclude_defaults=True),
        }
        try:
            self.model.model_validate(document["content"])
            text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
            data = text.encode()
        except ValidationError as error:
            raise EngineError(UNFIT_SHEET(path=name, detail=sentence_of(error))) from error
        except ValueError as error:  # a number that is none, half a surrogate pair
            raise EngineError(UNFIT_SHEET(path=name, detail=f"{error}.")) from error
        if len(data) > MOST_BYTES:
            raise EngineError(LONG_TO_WRITE(path=name, limit=MOST_BYTES // 2**20))
        return data

    def _opened(self, path: Path, document: object) -> _Envelope:
        tag = document.get("format") if isinstance(document, dict) else None
        if not isinstance(document, dict) or tag != self.tag:
            raise EngineError(other_document(path, tag))
        version = document.get("version")
        if type(version) is int and self.version < version <= LATEST_VERSION:
            raise EngineError(NEWER_SHEET(path=path.name, version=version, known=self.version))
        try:
            return _Envelope.model_validate(document)
        except ValidationError as error:
            raise EngineError(BAD_SHEET(path=path.name, detail=sentence_of(error))) from error


def _text_of(path: Path) -> str:
    try:
        with open_file(path) as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise EngineError(UNREADABLE(path=path.name, reason=error.strerror or "error")) from error
    if len(data) > MOST_BYTES:
        raise EngineError(or_foreign(path, TOO_LONG(path=path.name, limit=MOST_BYTES // 2**20)))
    try:
        return data.decode("utf-8-sig")  # some editors put a byte order mark
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise EngineError(or_foreign(path, NO_SHEET(path=path.name, line=line))) from error


def _parsed(path: Path, text: str) -> object:
    """The JSON, in which every number is finite."""
    try:
        return json.loads(text, parse_constant=_refused, parse_float=_finite, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise EngineError(or_foreign(path, NO_SHEET(path=path.name, line=error.lineno))) from error
    except RecursionError as error:
        raise EngineError(BAD_SHEET(path=path.name, detail="it is nested too deeply.")) from error
    except ValueError as error:  # a number that is none, or too long
        raise EngineError(BAD_SHEET(path=path.name, detail=f"{error}.")) from error


def _on_one_line(title: str) -> str:
    """A title without line breaks, control characters and signs that turn the writing round."""
    return _UNSHOWN.sub(" ", title)


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_WHOLE:
        raise ValueError(f"{digits[:20]}… has {len(digits)} digits, and no number here has so many")
    return int(digits)


def _refused(name: str) -> float:
    raise ValueError(f"{name} is no finite number")


def _finite(digits: str) -> float:
    value = float(digits)
    if not isfinite(value):
        raise ValueError(f"{digits[:20]} is no finite number")
    return value
