"""From arguments to the choice of data, the model's spec and the training's settings."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engine.cli.sources import UsageError
from engine.recommenders.data.data_choice import GENERATED, SHIPPED, Mapped, RecommenderData, TableChoice
from engine.recommenders.running.settings import AdaGrad, Ftrl, Training
from engine.recommenders.tasks.presets import Preset, preset
from engine.validation import sentence_of

M = TypeVar("M", bound=BaseModel)

DEFAULT_DATA = {"wide-deep": "adult", "candidates": "movielens-small", "ranking": "video-site"}

_COMMON = {"dimensions": "dimensions", "hidden": "hidden"}
_NAMES = {
    "wide-deep": {**_COMMON, "parts": "parts", "buckets": "buckets"},
    "candidates": {
        **_COMMON, "negatives": "negatives", "drawn_by": "drawn_by", "log_q": "log_q", "per_user": "per_user",
        "searches": "searches", "example_age": "example_age", "history": "longest", "categories": "user_categories",
    },
    "ranking": {**_COMMON, "powers": "powers", "weighted": "weighted", "cure": "cure"},
}  # fmt: skip
"""Of each model, the field of its spec and the argument that sets it."""


def data_of(arguments: Namespace) -> RecommenderData:
    """The choice of data. Raises UsageError for arguments that do not go together."""
    name = arguments.data or DEFAULT_DATA[arguments.model]
    known = name in (*SHIPPED, *GENERATED)
    return _checked(RecommenderData, {
        "source": name if known else "file",
        "path": None if known else Path(name),
        "mapping": _mapped(arguments),
        "table": _table(arguments),
        "least_rating": arguments.least_rating,
        "events": arguments.size,
        "items": arguments.items,
        "users": arguments.users,
        "seed": arguments.data_seed,
    })  # fmt: skip


def _mapped(arguments: Namespace) -> Mapped | None:
    names = {name: getattr(arguments, name) for name in ("user", "item", "time", "rating", "watch_seconds")}
    given = {name: column for name, column in names.items() if column is not None}
    if not given:
        return None
    if "user" not in given or "item" not in given:
        raise UsageError("--user and --item are needed together: a table of watches says who watched what")
    return Mapped(**given)


def _table(arguments: Namespace) -> TableChoice | None:
    if arguments.label is None:
        return None
    return TableChoice(
        label=arguments.label, equals=arguments.equals, at_least=arguments.at_least,
        categories=arguments.categories, numbers=arguments.numbers, bags=arguments.bags,
    )  # fmt: skip


def start_of(arguments: Namespace) -> Preset:
    """The spec and the training: those of the preset for model and data, with what is given laid over them.

    Raises UsageError for a value out of range.
    """
    start = preset(arguments.model, data_of(arguments).source)
    names = _NAMES[arguments.model]
    given = _given({field: getattr(arguments, argument) for field, argument in names.items()})
    if arguments.model == "wide-deep" and arguments.cross is not None:
        given["crosses"] = tuple(tuple(cross.split(",")) for cross in arguments.cross)
    spec = _checked(type(start.spec), start.spec.model_dump() | given)
    return Preset(spec, training_of(arguments, start.training))


def training_of(arguments: Namespace, before: Training) -> Training:
    """The settings given, over those of ``before``. Raises UsageError."""
    names = ("epochs", "batch_size", "seed", "precision", "decay")
    changes = _given({name: getattr(arguments, name) for name in names})
    deep = before.deep.model_dump() | _given({"rate": arguments.lr})
    wide = before.wide.model_dump() | _given({"alpha": arguments.alpha, "l1": arguments.l1})
    whole = before.model_dump() | changes | {"deep": _checked(AdaGrad, deep), "wide": _checked(Ftrl, wide)}
    return _checked(Training, whole)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _checked(kind: type[M], values: Mapping[str, Any]) -> M:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise UsageError(sentence_of(error).sentence) from None
