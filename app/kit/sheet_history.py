"""What a sheet's undo history is made of, and the same as plain data for its journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from app.kit.history import History, Step
from engine.formats.journal import Unfit

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Opened(Generic[V]):
    """What is open. ``title`` was given with the value ``named``. ``number`` is another for everything that is opened:
    the file that it lies in and what of it is saved are known by it, for undo takes no Save back."""

    value: V
    title: str
    named: V
    number: int


@dataclass(frozen=True, slots=True)
class Files(Generic[V]):
    """By the numbers of what was opened: the file that it lies in, what of it is saved, and what was open when another
    was opened in its place."""

    paths: dict[int, Path | None]
    saved: dict[int, V | None]
    under: dict[int, Opened[V]]


def things_of(opened: Opened[Any], files: Files[Any]) -> dict[str, object]:
    """What lies beside the steps of a history."""
    things: dict[str, object] = {"opened": opened}
    things |= {f"saved {number}": saved for number, saved in files.saved.items()}
    return things | {f"under {number}": under for number, under in files.under.items()}


def book_of(files: Files[Any]) -> dict[str, Any]:
    """… and what of that is plain."""
    return {"paths": {str(number): str(path) for number, path in files.paths.items() if path is not None}}


def encoded(thing: object) -> Any:
    """One of a sheet's things as plain data."""
    if isinstance(thing, Opened):
        value, named = thing.value.model_dump(mode="json"), thing.named.model_dump(mode="json")
        return {"value": value, "title": thing.title, "named": named, "number": thing.number}
    assert isinstance(thing, BaseModel)
    return {"saved": thing.model_dump(mode="json")}


def decoded(model: type[BaseModel], content: object) -> object:
    """What :func:`encoded` has made plain. Raises ValueError for anything else (pydantic's is one)."""
    if not isinstance(content, dict):
        raise Unfit("no thing of a sheet")
    if content.keys() == {"saved"}:
        return model.model_validate(content["saved"])
    title, number = content.get("title"), content.get("number")
    if not isinstance(title, str) or type(number) is not int:
        raise Unfit("nothing that was opened")
    return Opened(model.model_validate(content.get("value")), title, model.model_validate(content.get("named")), number)


class Numbered:
    """A history whose numbers are as another sheet counts: those that it has come first."""

    def __init__(self, history: History, first: int) -> None:
        """``first``: the next number there. Raises Unfit where the history is none of a sheet."""
        self._history = history
        told = sorted({one.number for one in self._all(history)} | {*_numbers(history.things, "saved ")})
        self._new = {number: first + place for place, number in enumerate(told)}

    def opened(self, one: object) -> Opened[Any]:
        """The same under its new number."""
        if not isinstance(one, Opened) or one.number not in self._new:
            raise Unfit("nothing that was opened")
        return replace(one, number=self._new[one.number])

    @property
    def now(self) -> Opened[Any]:
        """What is open; where that is lost, what the steps lead to."""
        history = self._history
        one = history.things.get("opened")
        if one is None and history.index:
            one = history.steps[history.index - 1].things.get("after")
        return self.opened(self.base if one is None and history.steps else one)

    @property
    def base(self) -> object:
        """What was open before the first step."""
        history = self._history
        return history.steps[0].things.get("before") if history.steps else history.things.get("opened")

    @property
    def files(self) -> Files[Any]:
        """Files, what is saved in them, and what lies beneath."""
        things, paths = self._history.things, self._history.book.get("paths")
        paths = paths if isinstance(paths, Mapping) else {}
        known = {self._new[number]: paths.get(str(number)) for number in self._new}
        return Files(
            {number: Path(path) if isinstance(path, str) else None for number, path in known.items()},
            {self._new[number]: things.get(f"saved {number}") for number in self._new},
            {self._new[n]: self.opened(things[f"under {n}"]) for n in _numbers(things, "under ") if n in self._new},
        )

    @staticmethod
    def _all(history: History) -> list[Opened[Any]]:
        told = [*history.things.values(), *(thing for step in history.steps for thing in step.things.values())]
        return [one for one in told if isinstance(one, Opened)]


def _numbers(things: Mapping[str, object], start: str) -> list[int]:
    return [int(name[len(start) :]) for name in things if name.startswith(start) and name[len(start) :].isdigit()]


def step_of(serial: int, label: str, before: Opened[Any], after: Opened[Any]) -> Step:
    """A step of a sheet."""
    return Step(serial, "step", label, things={"before": before, "after": after})
