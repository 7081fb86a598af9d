"""Flags derived from pydantic models: a field's name, type and description say all that argparse needs.

``per_user: int`` is ``--per-user N``, a bool ``--x`` and ``--no-x``, a Literal offers its choices, a tuple is a list
between commas. A tuple of tuples, or a mapping, is given again for each further one. A model within a model adds its
own flags. :class:`engine.flags.Flag` gives a field another name. A flag that is not given leaves the field as it is.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from engine.cli.numbers import finite, place, shortened, texts, whole, whole_numbers
from engine.cli.outcome import UsageError
from engine.flags import NO_FLAG, Flag
from engine.validation import sentence_of

M = TypeVar("M", bound=BaseModel)
_METAVARS: Mapping[object, str] = {int: "N", float: "V", str: "TEXT", Path: "PATH"}
_TYPES: Mapping[object, Callable[[str], object]] = {int: whole, float: finite, str: str, Path: place}


@dataclass(frozen=True, slots=True)
class Option:
    """One flag. ``place``: the field's names from the model down. ``reading``: how argparse reads a value of it.
    ``build``: from what argparse has gathered to what the field takes."""

    flag: str
    place: tuple[str, ...]
    reading: Mapping[str, Any]
    metavar: str | None
    help: str
    build: Callable[[Any], Any]


def options_of(*models: type[BaseModel], only: Iterable[str] | None = None) -> tuple[Option, ...]:
    """The flags of some models, in the order of their fields; ``only``: of these fields.

    A flag that several models have stands once. Raises ValueError where they read it differently, and TypeError for a
    field that no flag can say.
    """
    found: dict[str, Option] = {}
    for model in models:
        for option in _options(model, ()):
            if only is not None and option.place[0] not in only:
                continue
            known = found.setdefault(option.flag, option)
            if known.reading != option.reading:
                raise ValueError(
                    f"{option.flag} of {model.__name__} is read otherwise than {known.place[-1]} before it"
                )
    return tuple(found.values())


def add_options(group: argparse._ActionsContainer, options: Iterable[Option]) -> None:
    """Add the flags to a parser or a group of one; what is not given is None."""
    for option in options:
        reading: dict[str, Any] = dict(option.reading)
        if option.metavar is not None:
            reading["metavar"] = option.metavar
        # The flag itself as the place: so no field's name can be that of another argument.
        group.add_argument(option.flag, dest=option.flag, help=option.help, default=None, **reading)


def given(arguments: argparse.Namespace, model: type[BaseModel]) -> dict[str, Any]:
    """What was given of a model's flags, by field, models within it as dictionaries of their own."""
    found: dict[str, Any] = {}
    for option in _options(model, ()):
        value = getattr(arguments, option.flag, None)
        if value is not None:
            within = found
            for name in option.place[:-1]:
                within = within.setdefault(name, {})
            within[option.place[-1]] = option.build(value)
    return found


def laid_over(before: BaseModel, changes: Mapping[str, Any]) -> dict[str, Any]:
    """A model's values with some of them changed, models within it likewise."""
    values = before.model_dump()
    for name, change in changes.items():
        inner = getattr(before, name)
        values[name] = laid_over(inner, change) if isinstance(inner, BaseModel) else change
    return values


def checked(model: type[M], values: Mapping[str, Any]) -> M:
    """The model with these values. Raises UsageError, naming the flag, for one that does not fit."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        problem = sentence_of(error)
        place = tuple(part for part in error.errors(include_url=False)[0]["loc"] if isinstance(part, str))
        flags = {option.place: option.flag for option in _options(model, ())}
        flag = next((flags[place[:end]] for end in range(len(place), 0, -1) if place[:end] in flags), None)
        named = problem.parameters if flag is None else {**problem.parameters, "field": flag}
        raise UsageError(problem.template.format(**named)) from None


def _options(model: type[BaseModel], place: tuple[str, ...]) -> Iterable[Option]:
    for name, field in model.model_fields.items():
        flag = next((mark for mark in field.metadata if isinstance(mark, Flag)), Flag())
        if flag == NO_FLAG:
            continue
        kind = _bare(field.annotation)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _options(kind, (*place, name))
        else:
            yield _option(flag, (*place, name), kind, field)


def _option(flag: Flag, place: tuple[str, ...], kind: Any, field: FieldInfo) -> Option:
    reading, metavar, build = _reading(kind, ".".join(place))
    name = flag.name or place[-1].replace("_", "-")
    told = (field.description or "").replace("%", "%%")  # argparse fills its help in by %
    return Option(f"--{name}", place, reading, flag.metavar or metavar, told, build)


def _reading(kind: Any, place: str) -> tuple[Mapping[str, Any], str | None, Callable[[Any], Any]]:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is bool:
        return {"action": argparse.BooleanOptionalAction}, None, _same
    if kind in _METAVARS:
        return {"type": _TYPES[kind]}, _METAVARS[kind], _same
    if origin is Literal:
        return {"choices": inner}, None, _same
    if origin in (Union, UnionType) and (words := _words_beside_a_number(inner)):
        return {"type": _Whole(words)}, "|".join(("N", *words)), _same
    if origin is tuple and inner[1:] == (...,) and _bare(inner[0]) is int:
        return {"type": whole_numbers}, "N,…", _same
    if origin is tuple and inner == (str, ...):
        return {"type": texts}, "C,…", _same
    if origin is tuple and get_origin(inner[0]) is tuple:
        return {"action": "append", "type": texts}, "A,B", tuple
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"action": "append", "type": _pair}, "C=V", dict
    raise TypeError(f"{place} is of a type that no flag can say: {kind}")


def _words_beside_a_number(several: Sequence[Any]) -> tuple[str, ...]:
    """The words of ``int | Literal[…]``; none for any other types."""
    bare = [_bare(part) for part in several]
    words = [word for part in bare if get_origin(part) is Literal for word in get_args(part)]
    return tuple(words) if int in bare and len(bare) == 2 else ()


def _bare(annotation: Any) -> Any:
    """The type itself, without what else an annotation says and without None."""
    while get_origin(annotation) in (Annotated, Union, UnionType):
        several = get_origin(annotation) is not Annotated
        known = [part for part in get_args(annotation) if not (several and part is NoneType)]
        if several and len(known) > 1:
            return annotation
        annotation = known[0]
    return annotation


@dataclass(frozen=True, slots=True)
class _Whole:
    """Reads a whole number, or one of some words."""

    words: tuple[str, ...]

    def __call__(self, text: str) -> int | str:
        if text in self.words:
            return text
        try:
            return int(text)
        except ValueError:
            words = listed([f"“{word}”" for word in self.words])
            raise argparse.ArgumentTypeError(f"“{shortened(text)}” is neither a whole number nor {words}") from None


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"“{text}” is not a column and its value, such as country=DE")
    return name, value


def _same(value: Any) -> Any:
    return value


def listed(names: Sequence[str]) -> str:
    """``a, b or c``."""
    return " or ".join((", ".join(names[:-1]), names[-1]) if len(names) > 1 else names)
