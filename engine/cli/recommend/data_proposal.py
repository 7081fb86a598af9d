"""``recommend data FILE --propose``: what the columns of a person's own file may be, why, and as which command."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.cli.flags import options_of
from engine.cli.numbers import texts
from engine.cli.outcome import Outcome, UsageError, text_table
from engine.cli.parser import PROGRAM
from engine.cli.recommend.choices import place_named
from engine.problems import EngineError, declare, printable
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.profile.forms import Form
from engine.recommenders.data.profile.leaks import leaks_among
from engine.recommenders.data.proposal.choosing import choice_of
from engine.recommenders.data.proposal.proposing import as_form, propose
from engine.recommenders.data.proposal.roles import Proposal

NOT_IN_A_LIST = declare(
    "recommend.not-in-a-list",
    "No flag can name “{column}” among other columns, for its comma or outer blanks. Rename it in the file, or"
    " choose the columns in the window.",
)
MODELS: Mapping[Form, str] = {"watches": "candidates", "examples": "wide-deep"}
HEAD = ("column", "taken as", "different", "missing", "because")


def proposed(arguments: Namespace) -> Outcome:
    """Look at the head of a file. Raises EngineError, UsageError."""
    if arguments.name is None:
        raise UsageError("--propose needs the path of a file")
    found = propose(place_named(arguments.name))
    if arguments.form is not None:
        found = as_form(found, arguments.form)
    found, flags = _with_flags(found)
    return Outcome({**found.model_dump(mode="json"), "flags": flags}, list(_lines(found, flags)))


def _lines(found: Proposal, flags: list[str]) -> Iterator[str]:
    if found.known:
        yield f"{found.path} is {found.known}; its columns are known."
        return
    what = "a log of who did what" if found.form == "watches" else "a table of examples"
    yield f"{found.path}, by its first {found.rows:,} rows, is {what}:"
    yield ""
    rows = [
        (column.name, column.role.replace("_", " "), f"{column.distinct:,}", f"{column.missing:,}",
         column.reason.sentence)
        for column in found.columns
    ]  # fmt: skip
    yield from text_table([HEAD, *rows])
    leaks = leaks_among(found.problems)
    said = [*(one for one in found.problems if one not in leaks), *found.leaks_read(found.roles), *found.notices]
    if said:
        yield ""
        yield from (f"- {one.sentence}" for one in said)
    if flags:
        command = (PROGRAM, "recommend", "train", MODELS[found.form], *_flag("--data", found.path), *flags)
        kept = _flag("--run", str(Path("runs", Path(found.path).stem)))
        yield from ("", "To train on it:", " ".join(map(_as_typed, (*command, *kept))))


def _with_flags(found: Proposal) -> tuple[Proposal, list[str]]:
    """The proposal and the flags that say it; none where something is still to be chosen, the file is none that is
    trained on, or a name can't be in a list, which is a problem more then."""
    if found.known or found.refusals:
        return found, []
    try:
        choice = choice_of(Path(found.path), found.form, found.roles, found.yes)
    except EngineError:
        return found, []
    said: list[str] = []
    for option in options_of(RecommenderData, only=("mapping", "table", "item_table")):
        value = _at(choice, option.place)
        if value in (None, ()) or value == _default(option.place):
            continue
        text = ",".join(value) if isinstance(value, tuple) else str(value)
        if isinstance(value, tuple) and texts(text) != value:
            name = next(name for name in value if texts(name) != (name,))
            return found.model_copy(update={"problems": (*found.problems, NOT_IN_A_LIST(column=name))}), []
        said += _flag(option.flag, text)
    return found, said


def _flag(flag: str, text: str) -> list[str]:
    return [f"{flag}={text}"] if text.startswith("-") else [flag, text]


def _as_typed(flag: str) -> str:
    """A flag as a shell reads it: signs that can't be printed as bash, zsh and ksh write them."""
    if printable(flag) == flag:
        return shlex.quote(flag)
    escaped = flag.replace("\\", "\\\\").replace("'", "\\'")
    return f"$'{printable(escaped)}'"


def _at(model: object, place: tuple[str, ...]) -> object:
    for name in place:
        model = None if model is None else getattr(model, name)
    return model


def _default(place: tuple[str, ...]) -> object:
    return 1.0 if place == ("table", "at_least") else None
