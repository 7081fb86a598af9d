"""``recommend ask``: one question to a checkpoint, by the very names that ``recommend answer`` knows."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from engine.cli.outcome import Outcome, UsageError, as_indented_json, text_table
from engine.cli.recommend.telling import change_document
from engine.network.torch_backend import resolve_device
from engine.recommenders.running.checkpoints import read
from engine.recommenders.running.device import ready
from engine.recommenders.running.run_folder import planned
from engine.recommenders.serving.asking import Askable, Parameters
from engine.recommenders.tasks.data_change import DataChange, change_of_data
from engine.recommenders.tasks.opening import askable, choice_in, drafted, kind_of


def ask(arguments: Namespace) -> Outcome:
    """Answer it as JSON; without a name, say what can be asked."""
    opened, change = (_drafted(arguments), None) if arguments.draft else _trained(arguments)
    if arguments.name is None:
        return _listed(opened)
    parameters = _parameters(arguments.given, opened.ask_named(arguments.name).parameters)
    document = {"answer": opened.answer(arguments.name, parameters), "change": change_document(change)}
    return Outcome(document, as_indented_json(document).splitlines())


def _drafted(arguments: Namespace) -> Askable[Any]:
    trained = None if arguments.rows_of is None else read(arguments.rows_of)
    return drafted(planned(arguments.checkpoint), trained=trained)


def _trained(arguments: Namespace) -> tuple[Askable[Any], DataChange | None]:
    checkpoint = read(arguments.checkpoint)
    device = resolve_device(arguments.device)
    ready(checkpoint.training, device)
    data = choice_in(checkpoint, arguments.data)
    return askable(checkpoint, device, data), change_of_data(kind_of(checkpoint), checkpoint, data)


def _listed(opened: Askable[Any]) -> Outcome:
    asks = [
        {"name": ask.name, "summary": ask.summary, "parameters": list(ask.parameters.model_fields)}
        for ask in opened.asks
    ]
    rows = [(ask.name, " ".join(ask.parameters.model_fields) or "–", ask.summary) for ask in opened.asks]
    return Outcome({"asks": asks}, text_table(rows) if rows else [])


def _parameters(given: list[str], model: type[Parameters]) -> dict[str, object]:
    """What was given, as JSON would have it. Raises UsageError for what is no pair of a name and a value."""
    found: dict[str, object] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise UsageError(f"“{text}” is no parameter and its value, such as shown=5")
        field = model.model_fields.get(name)
        found[name] = _value(value, None if field is None else field.annotation)
    return found


def _value(text: str, annotation: Any) -> object:
    """A text that a field takes as such, a list between commas, or whatever it is as JSON."""
    kinds = _kinds(annotation)
    if str in kinds:
        return text
    if text[:1] not in ("[", "{") and tuple in kinds:
        inner = kinds[tuple]
        return [part.strip() if str in inner else _json(part) for part in text.split(",") if part.strip()]
    return _json(text)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _kinds(annotation: Any) -> Mapping[Any, tuple[Any, ...]]:
    """The types that an annotation allows, each with what it holds."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return {annotation: ()}
    origin = get_origin(annotation)
    if origin is tuple:
        return {tuple: get_args(annotation)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {Mapping: get_args(annotation)}
    found: dict[Any, tuple[Any, ...]] = {}
    for part in get_args(annotation):
        found |= {str: ()} if isinstance(part, str) else _kinds(part)
    return found
