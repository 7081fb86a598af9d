"""Hyper-parameters: bounds, and the one sentence that a wrong one is answered with."""

from __future__ import annotations

import math
from typing import Literal

import pytest
from pydantic import BaseModel, ValidationError

from engine.hyperparameters import Hyperparameters, Schedule, parse_hyperparameters
from engine.problems import EngineError
from engine.validation import sentence_of


def test_survive_json() -> None:
    chosen = Hyperparameters(
        optimizer="adamw", learning_rate=1e9, clip_norm=2.5, schedule=Schedule(kind="cosine", epochs=7)
    )
    assert Hyperparameters.model_validate_json(chosen.model_dump_json()) == chosen
    assert parse_hyperparameters(chosen.model_dump()) == chosen


def test_nothing_given_is_the_defaults() -> None:
    assert parse_hyperparameters({}) == Hyperparameters()


@pytest.mark.parametrize(
    ("field", "value", "code", "words"),
    [
        ("learning_rate", 0.0, "not-above", "learning_rate is 0.0; it must be greater than 0"),
        ("learning_rate", -1, "not-above", "greater than 0"),
        ("learning_rate", math.inf, "not-finite", "a finite number"),
        ("learning_rate", math.nan, "not-finite", "a finite number"),
        ("learning_rate", "fast", "not-a-number", "learning_rate is 'fast'; it must be a number"),
        ("learning_rate", None, "not-a-number", "it must be a number"),
        ("batch_size", 0, "too-small", "batch_size is 0; it must be 1 or more"),
        ("batch_size", 2.5, "not-whole", "a whole number"),
        ("batch_size", 10**400, "too-large", "1000000000 or less"),
        ("momentum", 1.0, "not-below", "less than 1"),
        ("epsilon", 2.0, "too-large", "1.0 or less"),
        ("shuffle", "perhaps", "not-true-or-false", "true or false"),
        ("optimizer", "lion", "not-a-choice", "optimizer is 'lion'; choose 'sgd', 'momentum'"),
        ("schedule", 3, "not-an-object", "schedule is 3; it must be an object"),
        ("learnig_rate", 0.1, "unknown-field", "learnig_rate isn't known here"),
        ("clip_norm", 0.0, "not-above", "greater than 0"),
        ("stop_after_epochs", 0, "too-small", "1 or more"),
    ],
)
def test_a_wrong_value_is_one_sentence(field: str, value: object, code: str, words: str) -> None:
    with pytest.raises(EngineError) as raised:
        parse_hyperparameters({field: value})
    assert raised.value.problem.code == f"validation.{code}"
    sentence = raised.value.problem.sentence
    assert words in sentence
    assert sentence.endswith(".") and "\n" not in sentence and len(sentence) < 200


def test_a_nested_field_is_named_by_its_path() -> None:
    with pytest.raises(EngineError, match=r"^schedule\.factor is 3; it must be 1\.0 or less\.$"):
        parse_hyperparameters({"schedule": {"factor": 3}})


@pytest.mark.parametrize("values", [[], "adam", None, 3])
def test_something_else_altogether(values: object) -> None:
    with pytest.raises(EngineError, match=r"^The document is .* an object with named fields\.$"):
        parse_hyperparameters(values)


class Row(BaseModel):
    name: str
    cells: list[int]
    kind: Literal["a", "b"] = "a"


class Page(BaseModel):
    rows: list[Row]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"rows": [{"cells": []}]}', "rows[0].name is missing; add it."),
        ('{"rows": [{"name": "r", "cells": [1, "x"]}]}',
         "rows[0].cells[1] is 'x'; it must be a whole number."),
        ('{"rows": [{"name": 5, "cells": []}]}', "rows[0].name is 5; it must be text."),
        ('{"rows": 5}', "rows is 5; it must be a list."),
        ('{"rows": [{"name": "r", "cells": [], "kind": "c"}]}', "rows[0].kind is 'c'; choose 'a' or 'b'."),
        ('{"rows": ',
         "This is not readable as JSON (EOF while parsing a value at line 1 column 9); correct it there."),
    ],
)  # fmt: skip
def test_sentences_for_other_documents(text: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Page.model_validate_json(text)
    assert sentence_of(raised.value).sentence == sentence
