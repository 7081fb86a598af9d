"""Problems: what the engine says when something is wrong, as plain data.

A :class:`ProblemKind` is declared once, beside the code that finds the problem: a stable code and one English
sentence that says what is wrong and what would mend it. Calling the kind fills in the particulars. The command
line prints the sentence; the window translates the template by its code and fills in the same particulars.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from types import MappingProxyType
from typing import Any

_KINDS: dict[str, ProblemKind] = {}

LONGEST = 2000
"""Characters of anything that a sentence quotes; a path may have about so many."""
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_WORDS = re.compile(r"[^{}|]*\|[^{}|]*")
"""What a field of a template may say: the words that go with a number."""
_UNWRITTEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """A text on one line that can be written anywhere: line ends, control characters, signs that turn the writing round
    and halves of surrogate pairs become their escapes, as JSON has them too; bytes of a name that is no UTF-8 become
    those of bytes."""
    return _UNWRITTEN.sub(_escape, text)


def _escape(sign: re.Match[str]) -> str:
    code = ord(sign[0])
    if 0xDC80 <= code <= 0xDCFF:  # as os.fsdecode has a byte that is no text
        return f"\\x{code - 0xDC00:02x}"
    return _SHORT.get(sign[0]) or f"\\u{code:04x}"


def _quoted(value: object) -> object:
    """What fills in a template, as it is where that can be written on one line."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    clean = printable(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")
    return value if clean == text else clean


class _Sentences(Formatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        """Write the word that goes with a number: ``{rows:row|rows}`` is “row” where ``rows`` is 1."""
        if "|" not in format_spec:
            return super().format_field(value, format_spec)
        one, more = format_spec.split("|")
        return one if str(value) == "1" else more


def filled_in(template: str, parameters: Mapping[str, object]) -> str:
    """The sentence of a template, whose words agree with its numbers."""
    return _Sentences().vformat(template, (), parameters)


class Word(str):
    """A word that the engine itself declares, among what fills in a template: the window says it in its language."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its code, the sentence's template and what fills it in."""

    code: str
    template: str
    parameters: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The English sentence, filled in."""
        return filled_in(self.template, self.parameters)

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A declared kind of problem; call it with the template's fields to get a :class:`Problem`. A field may be another
    problem, whose sentence it then is, in whatever language the whole is said. Words that go with a number are written
    ``{count} {count:row|rows}``."""

    code: str
    template: str

    def __call__(self, **parameters: object) -> Problem:
        said = {name: _quoted(value) for name, value in parameters.items()}
        return Problem(self.code, self.template, MappingProxyType(said))


class EngineError(Exception):
    """Raised where the engine cannot go on; carries the :class:`Problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


class Misfit(ValueError):
    """Raised by a validator of several fields, with the sentence that names the field and what mends it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


def declare(code: str, template: str) -> ProblemKind:
    """Declare a problem kind. ``code`` is dotted and unique (``"graph.cycle"``); raises ValueError when taken."""
    if code in _KINDS:
        raise ValueError(f"problem code {code!r} is declared twice")
    kind = ProblemKind(code, template)
    _KINDS[code] = kind
    return kind


def declared_kinds() -> tuple[ProblemKind, ...]:
    """Every kind declared by the modules imported so far."""
    return tuple(_KINDS.values())


def document_of(problem: Problem) -> dict[str, object]:
    """The problem as JSON has it: its code, its sentence, and the template with what fills it in."""
    return {
        "code": problem.code,
        "sentence": problem.sentence,
        "template": problem.template,
        "parameters": particulars(problem),
    }


def particulars(problem: Problem) -> dict[str, str | int | float | bool | None]:
    """What fills in a problem's sentence, as JSON has it."""
    return {name: _plain(value) for name, value in problem.parameters.items()}


def _plain(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool | int):
        return value
    return value if isinstance(value, float) and math.isfinite(value) else str(value)


def problem_in(found: Mapping[str, object] | Problem) -> Problem:
    """Return the problem that a document tells: with its template, so that it can be translated, where that fills in to
    its sentence, else its sentence as it stands. Documents of old have no template; their code tells it."""
    if isinstance(found, Problem):
        return found
    code, sentence = str(found.get("code", "")), str(found.get("sentence", ""))
    template, parameters = found.get("template"), found.get("parameters")
    if not template and code in _KINDS:
        template = _KINDS[code].template
    told = Problem(code, str(template or ""), dict(parameters) if isinstance(parameters, Mapping) else {})
    if sentence and _names_parameters_only(told) and told.sentence == sentence:
        return told
    return Problem(code, "{sentence}", {"sentence": sentence})


def _names_parameters_only(problem: Problem) -> bool:
    """Whether a template, which may have come with a file, does no more than name what fills it in."""
    try:
        fields = [field for _, *field in Formatter().parse(problem.template) if field[0] is not None]
    except ValueError:
        return False
    return all(name in problem.parameters and _WORDS.fullmatch(spec or "|") and not turn for name, spec, turn in fields)


# What the system says of a file, whoever reads or writes it.
UNREADABLE = declare(
    "file.unreadable", "“{path}” cannot be read ({reason}); check that it exists and that you may open it."
)
UNWRITABLE = declare(
    "file.unwritable", "“{path}” cannot be written ({reason}); choose another place or free some space."
)
KEPT_ELSEWHERE = declare(
    "file.kept-elsewhere", "“{path}” cannot be written ({reason}). The result is in {kept} instead."
)
