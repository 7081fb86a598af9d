"""The types of an answer's fields that JSON has otherwise than Python."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from engine.problems import Problem, problem_in

Number = Annotated[float, BeforeValidator(lambda value: float("nan") if value is None else value)]
"""A number: what is not finite, which JSON cannot say, is null there and NaN here."""
Numbers = tuple[Number, ...]
AnsweredProblem = Annotated[Problem, BeforeValidator(problem_in)]
"""A problem, which JSON has as code, sentence and parameters."""
