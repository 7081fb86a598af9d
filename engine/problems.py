"""Problems: what the engine says when something is wrong, as plain data.

A :class:`ProblemKind` is declared once, beside the code that finds the problem: a stable code and one English
sentence that says what is wrong and what would mend it. Calling the kind fills in the particulars. The command
line prints the sentence; the window translates the template by its code and fills in the same particulars.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_KINDS: dict[str, ProblemKind] = {}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its code, the sentence's template and what fills it in."""

    code: str
    template: str
    parameters: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The English sentence, filled in."""
        return self.template.format(**self.parameters)

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A declared kind of problem; call it with the template's fields to get a :class:`Problem`."""

    code: str
    template: str

    def __call__(self, **parameters: object) -> Problem:
        return Problem(self.code, self.template, MappingProxyType(parameters))


class EngineError(Exception):
    """Raised where the engine cannot go on; carries the :class:`Problem`."""

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
    """Every kind declared by the modules imported so far (the translations are checked against it)."""
    return tuple(_KINDS.values())


# What the system says of a file, whoever reads or writes it.
UNREADABLE = declare(
    "file.unreadable", "“{path}” cannot be read ({reason}); check that it exists and that you may open it."
)
UNWRITABLE = declare(
    "file.unwritable", "“{path}” cannot be written ({reason}); choose another place or free some space."
)
