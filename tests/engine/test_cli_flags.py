"""Flags derived from pydantic models: what each type becomes, what was given, and what contradicts itself."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from engine.cli.flags import add_options, checked, given, laid_over, listed, options_of
from engine.cli.outcome import UsageError
from engine.flags import NO_FLAG, Flag


class Inner(BaseModel):
    rate: Annotated[float, Flag("lr", "ETA")] = Field(default=0.5, gt=0.0, description="how fast")
    guard: float = 1e-8


class Required(BaseModel):
    who: str
    what: str | None = None


class Outer(BaseModel):
    batch_size: int = Field(default=8, ge=1, description="rows of a step")
    name: str | None = None
    folder: Path | None = None
    log_q: bool = True
    by: Literal["one", "two"] = "one"
    often: int | Literal["auto"] = 1
    hidden: tuple[int, ...] = (4, 2)
    columns: tuple[str, ...] = ()
    crosses: Annotated[tuple[tuple[str, ...], ...], Flag("cross")] = ()
    category: Mapping[str, str] = Field(default_factory=dict)
    inner: Inner = Inner()
    maybe: Required | None = None
    secret: Annotated[int, NO_FLAG] = 3


def parsed(*arguments: str, models: tuple[type[BaseModel], ...] = (Outer,)) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    add_options(parser, options_of(*models))
    return parser.parse_args(arguments)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", {}),
        ("--batch-size 3", {"batch_size": 3}),
        ("--name me", {"name": "me"}),
        ("--folder a/b", {"folder": Path("a/b")}),
        ("--log-q", {"log_q": True}),
        ("--no-log-q", {"log_q": False}),
        ("--by two", {"by": "two"}),
        ("--often 3", {"often": 3}),
        ("--often auto", {"often": "auto"}),
        ("--hidden 8,8,1", {"hidden": (8, 8, 1)}),
        ("--columns a,b", {"columns": ("a", "b")}),
        ("--cross a,b --cross c,d,e", {"crosses": (("a", "b"), ("c", "d", "e"))}),
        ("--category country=DE --category device=a=b", {"category": {"country": "DE", "device": "a=b"}}),
        ("--lr 0.1", {"inner": {"rate": 0.1}}),
        ("--lr 0 --guard 2 --who x", {"inner": {"rate": 0.0, "guard": 2.0}, "maybe": {"who": "x"}}),
    ],
)
def test_what_is_given_is_by_field(arguments: str, expected: dict[str, Any]) -> None:
    assert given(parsed(*arguments.split()), Outer) == expected


def test_every_field_but_the_hidden_one_has_its_flag_and_help() -> None:
    options = {option.flag: option for option in options_of(Outer)}
    assert "--secret" not in options and "--rate" not in options and "--crosses" not in options
    assert options["--lr"].help == "how fast" and options["--lr"].metavar == "ETA"
    assert options["--batch-size"].metavar == "N" and options["--batch-size"].help == "rows of a step"
    assert [option.flag for option in options_of(Outer, only=("inner", "by"))] == ["--by", "--lr", "--guard"]


@pytest.mark.parametrize("arguments", ["--batch-size x", "--by three", "--hidden 8,a", "--category DE", "--lr fast"])
def test_what_does_not_read_is_refused_by_argparse(arguments: str) -> None:
    with pytest.raises(argparse.ArgumentError):
        parsed(*arguments.split())


def test_values_lie_over_those_before_deep_down() -> None:
    before = Outer(batch_size=5, inner=Inner(guard=1.0))
    after = checked(Outer, laid_over(before, given(parsed("--lr", "0.1", "--no-log-q"), Outer)))
    assert after == Outer(batch_size=5, log_q=False, inner=Inner(rate=0.1, guard=1.0))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--batch-size 0", "--batch-size is 0; it must be 1 or more."),
        ("--lr 0", "--lr is 0.0; it must be greater than 0.0."),
        ("--what x", "--who is missing; add it."),
    ],
)
def test_what_is_out_of_range_is_said_of_the_flag(arguments: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        checked(Outer, given(parsed(*arguments.split()), Outer))
    assert str(raised.value) == said


def test_a_flag_of_several_models_stands_once_and_is_read_alike() -> None:
    class Like(BaseModel):
        batch_size: int = Field(default=99, ge=1, le=100)

    class Unlike(BaseModel):
        batch_size: float = 1.0

    both = parsed("--batch-size", "3", models=(Outer, Like))
    assert given(both, Outer) == given(both, Like) == {"batch_size": 3}
    with pytest.raises(ValueError, match="--batch-size of Unlike is read otherwise"):
        options_of(Outer, Unlike)


def test_a_type_that_no_flag_can_say_is_an_error_of_the_program() -> None:
    class Odd(BaseModel):
        numbers: tuple[float, int] = (1.0, 1)

    class Either(BaseModel):
        inner: int | str = 1

    with pytest.raises(TypeError, match="numbers is of a type that no flag can say"):
        options_of(Odd)
    with pytest.raises(TypeError, match="inner is of a type that no flag can say"):
        options_of(Either)


def test_a_field_may_be_called_as_another_argument_and_described_with_a_per_cent() -> None:
    class Named(BaseModel):
        model: str = Field(default="", description="100 % of it")

    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    add_options(parser, options_of(Named))
    arguments = parser.parse_args(["mine", "--model", "theirs"])
    assert arguments.model == "mine" and given(arguments, Named) == {"model": "theirs"}
    assert "100 % of it" in parser.format_help()


def test_names_are_listed() -> None:
    assert [listed(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a or b", "a, b or c"]
