"""From arguments to the choice of data, the model's spec and the training's settings."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engine.cli.sources import UsageError
from engine.recommenders.choice import GENERATED, SHIPPED, Mapped, RecommenderData, TableChoice
from engine.recommenders.settings import AdaGrad, Ftrl, Training
from engine.recommenders.wide_deep import WideDeepSpec
from engine.recommenders.wide_deep_store import STORE_SPEC
from engine.recommenders.youtube_candidates import CandidateSpec
from engine.recommenders.youtube_ranking import RankingSpec
from engine.validation import sentence_of

M = TypeVar("M", bound=BaseModel)

DEFAULT_DATA = {"wide-deep": "adult", "candidates": "movielens-small", "ranking": "video-site"}


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


def spec_of(arguments: Namespace) -> WideDeepSpec | CandidateSpec | RankingSpec:
    """The model's spec. Raises UsageError for a value out of range."""
    common = {"dimensions": arguments.dimensions, "hidden": arguments.hidden}
    if arguments.model == "wide-deep":
        crosses = tuple(tuple(cross.split(",")) for cross in arguments.cross or ())
        own: dict[str, Any] = {"parts": arguments.parts} | _given({"buckets": arguments.buckets})
        start = STORE_SPEC.model_dump() if arguments.data == "app-store" and not crosses else {"crosses": crosses}
        return _checked(WideDeepSpec, start | _given(common) | own)
    if arguments.model == "candidates":
        own = {name: getattr(arguments, name) for name in ("negatives", "drawn_by", "log_q", "per_user", "searches")}
        own |= {"example_age": arguments.example_age, "history": arguments.longest}
        return _checked(CandidateSpec, _given(common) | own | {"categories": arguments.user_categories})
    own = {name: getattr(arguments, name) for name in ("powers", "weighted", "cure")}
    return _checked(RankingSpec, _given(common) | own)


def training_of(arguments: Namespace, before: Training | None = None) -> Training:
    """The settings given, over those of ``before`` (a checkpoint's) or the defaults. Raises UsageError."""
    start = before or Training()
    names = ("epochs", "batch_size", "seed", "precision")
    changes = _given({name: getattr(arguments, name) for name in names})
    deep = start.deep.model_dump() | _given({"rate": arguments.lr})
    wide = start.wide.model_dump() | _given({"alpha": arguments.alpha, "l1": arguments.l1})
    whole = start.model_dump() | changes | {"deep": _checked(AdaGrad, deep), "wide": _checked(Ftrl, wide)}
    return _checked(Training, whole)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _checked(kind: type[M], values: Mapping[str, Any]) -> M:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise UsageError(sentence_of(error).sentence) from None
