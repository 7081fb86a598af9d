"""Values out of all bounds, for every option that takes one: a sentence and an exit code, never a traceback."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest

from engine.__main__ import main
from engine.cli import main as commands
from engine.cli.parser import build_parser

Captured = pytest.CaptureFixture[str]
ODD = ("0", "-3", "nan", "inf", "1000000000", "1" + "0" * 30, "", "x", "9" * 5000, "\udcff")


def options_of(*names: str) -> Iterator[str]:
    """The options of a command that take a value."""
    parser: argparse.ArgumentParser = build_parser()
    for name in names:
        subs = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
        parser = subs.choices[name]
    for action in parser._actions:
        if action.option_strings and action.nargs is None and not isinstance(action, argparse._HelpAction):
            yield action.option_strings[0]


@pytest.fixture(autouse=True, scope="module")
def one_parser() -> Iterator[None]:
    """The parser, which is the same for every value, is built once and not nine hundred times."""
    whole = cache(build_parser)
    with patch.object(commands, "build_parser", lambda _argv: whole()):
        yield


def check(capsys: Captured, *argv: str) -> int:
    code = main(list(argv))
    said = capsys.readouterr().err
    said.encode()
    assert code in (0, 1, 2, 3) and "Traceback" not in said and "Warning" not in said
    if code == 1:
        assert said.count("\n") == 1
    elif code == 2:
        assert "error: " in said.splitlines()[-1]
    return code


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text("age,job,bought\n" + "".join(f"{20 + i % 40},j{i % 5},{i % 2}\n" for i in range(60)))
    return path


@pytest.mark.parametrize("option", sorted(options_of("trace")))
def test_of_a_network(capsys: Captured, option: str) -> None:
    for value in ODD:
        begun = [] if option == "--hidden" else ["--hidden", "2"]
        check(capsys, "trace", "--data", "circle", *begun, f"{option}={value}")


@pytest.mark.parametrize("option", sorted(options_of("neuron")))
def test_of_a_neuron(capsys: Captured, option: str) -> None:
    for value in ODD:
        check(capsys, "neuron", f"{option}={value}")


@pytest.mark.parametrize("option", ["--seconds"])
@pytest.mark.parametrize("value", [value for value in ODD if value != "1000000000"])
def test_of_a_bench(capsys: Captured, option: str, value: str) -> None:
    assert check(capsys, "bench", f"{option}={value}") == 2
    assert check(capsys, "recommend", "bench", f"{option}={value}") == 2


@pytest.mark.parametrize("option", ["--epochs", "--stop-loss", "--stop-score", "--out"])
def test_of_training(capsys: Captured, option: str) -> None:
    for value in ("nan", "inf", "", "x", "1" + "0" * 30):
        if option == "--out" and value:
            continue
        if value in ("1" + "0" * 30,) and option != "--epochs":
            continue
        assert check(capsys, "train", "--data", "circle", "--samples", "20", f"{option}={value}") == 2


@pytest.mark.slow
@pytest.mark.parametrize("option", sorted({*options_of("recommend", "graph")} - {"--data", "--out", "--graph"}))
def test_of_a_recommender_s_network(capsys: Captured, table: Path, option: str) -> None:
    begun = ["recommend", "graph", "wide-deep", "--data", str(table)]
    begun += [] if option == "--label" else ["--label", "bought"]
    for value in ODD:
        check(capsys, *begun, f"{option}={value}")


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("--hidden", ("0", "-3", "1000000000")),
        ("--dimensions", ("0", "1000000000")),
        ("--at-least", ("nan", "inf")),
        ("--scale", ("11", "nan")),
        ("--quantiles", ("1000000000",)),
        ("--graph", ("",)),
    ],
)
def test_what_no_network_can_have_is_wrong_usage(
    capsys: Captured, table: Path, option: str, values: tuple[str, ...]
) -> None:
    for value in values:
        begun = ["recommend", "graph", "wide-deep", "--data", str(table), "--label", "bought"]
        assert check(capsys, *begun, f"{option}={value}") == 2


@pytest.mark.parametrize(
    "argv",
    [
        ["train", "--hidden", "3"], ["trace", "--index", "1"], ["recommend", "data", "--json"],
        ["recommend", "train", "wide-deep", "--json"], ["recommend", "ask", "--draft", "x", "about"],
    ],
)  # fmt: skip
def test_a_command_line_built_for_one_command_reads_it_as_the_whole_one_does(argv: list[str]) -> None:
    assert build_parser(argv).parse_args(argv) == build_parser().parse_args(argv)
