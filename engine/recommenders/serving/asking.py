"""What something trained can be asked: each ask is declared once, with the parameters that it takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.problems import EngineError, declare
from engine.validation import sentence_of

UNKNOWN_ASK = declare("recommender.unknown-ask", "Nothing here is called “{name}”; ask one of {known}.")


class Parameters(BaseModel):
    """Base of what an ask takes: immutable, and unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


Opened = TypeVar("Opened")
Given = TypeVar("Given", bound=Parameters)


@dataclass(frozen=True, slots=True)
class Ask(Generic[Opened, Given]):
    """One thing that can be asked. ``answer``: from what is opened and the parameters to a record, a frozen dataclass
    of numbers, texts, tuples, mappings and further records; it raises EngineError where there is no answer. Records lie
    in a recommender's ``answers.py``, which loads no torch: whoever asks reads the JSON of an answer by them."""

    name: str
    summary: str
    parameters: type[Given]
    answer: Callable[[Opened, Given], object]


@dataclass(frozen=True, slots=True)
class Askable(Generic[Opened]):
    """A trained thing, ``opened`` once and asked many times."""

    opened: Opened
    asks: Sequence[Ask[Opened, Any]]

    @property
    def names(self) -> tuple[str, ...]:
        """What can be asked."""
        return tuple(ask.name for ask in self.asks)

    def ask_named(self, name: str) -> Ask[Opened, Any]:
        """One ask. Raises EngineError naming the known ones."""
        for ask in self.asks:
            if ask.name == name:
                return ask
        raise EngineError(UNKNOWN_ASK(name=name, known=", ".join(self.names)))

    def answer(self, name: str, parameters: Mapping[str, object]) -> object:
        """The answer to parameters as JSON has them: a number is no text, and a text is no number.

        Raises EngineError for an unknown ask, for parameters that do not fit, and where there is no answer.
        """
        ask = self.ask_named(name)
        try:
            chosen = ask.parameters.model_validate_json(json.dumps(parameters), strict=True)
        except ValidationError as error:
            raise EngineError(sentence_of(error)) from None
        return ask.answer(self.opened, chosen)
