"""Gradient experiments from the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.cli.main import run

Captured = pytest.CaptureFixture[str]
SMALL = ("--depth", "10", "--activation", "logistic", "--init", "normal", "--scale", "0.1")
HE = "depth=10,activation=relu,init=he"


def machine(capsys: Captured, *arguments: str) -> dict[str, Any]:
    assert run(["gradients", *arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def person(capsys: Captured, *arguments: str) -> str:
    assert run(["gradients", *arguments]) == 0
    return capsys.readouterr().out


def complaint(capsys: Captured, *arguments: str) -> tuple[int, str]:
    code = run(["gradients", *arguments])
    said = capsys.readouterr()
    assert not said.out and "Traceback" not in said.err
    return code, said.err


def test_two_networks_side_by_side(capsys: Captured) -> None:
    first, second = machine(capsys, *SMALL, "--against", HE)["networks"]
    assert first["ratio"] < 1e-4 and first["verdict"]["trouble"] == "vanishing"
    assert second["configuration"]["initializer"] == "he_normal" and second["configuration"]["scale"] == 1.0
    assert 0.1 < second["ratio"] < 10.0 and second["predicted_ratio"] == pytest.approx(1.0)
    assert len(first["layers"]["delta"]) == 10 and len(first["layers"]["factor"]) == 9
    assert first["training"] is None


def test_the_same_as_the_playgrounds_command_says_of_a_file(capsys: Captured, tmp_path: object) -> None:
    from pathlib import Path

    from engine.formats import write_network
    from engine.gradients.building import network_file
    from engine.gradients.experiment import Configuration, Experiment

    path = Path(str(tmp_path)) / "small.loom"
    write_network(path, network_file(Experiment(configurations=(Configuration(),)), 0, ""))
    of_file = machine(capsys, str(path), "--backend", "numpy")["layers"]
    (of_experiment,) = machine(capsys, *SMALL)["networks"]
    assert [one["delta"] for one in of_file[:-1]] == pytest.approx(of_experiment["layers"]["delta"], rel=1e-11)


def test_steps_are_trained(capsys: Captured) -> None:
    (one,) = machine(capsys, "--depth", "3", "--width", "4", "--lr", "0.5", "--steps", "5")["networks"]
    assert one["training"]["steps"] == 5 and len(one["training"]["ratios"]) == 6
    assert one["training"]["ratios"][0] == pytest.approx(one["ratio"])
    assert "after 5 steps" in person(capsys, "--depth", "3", "--width", "4", "--steps", "5")


def test_a_run_that_breaks_down_says_so(capsys: Captured) -> None:
    exploding = ("--depth", "10", "--activation", "identity", "--scale", "1", "--steps", "5")
    assert "broke down" in person(capsys, *exploding)
    clipped = person(capsys, *exploding, "--clip", "1")
    assert "after 5 steps" in clipped and "broke down" not in clipped


def test_people_read_a_table_and_a_sentence(capsys: Captured) -> None:
    said = person(capsys, *SMALL, "--against", "normalisation=batch")
    assert "vanishing: layer 1 gets" in said and "out of bounds from layer 7" in said
    assert "nothing is predicted with batch norm" in said
    assert "one constant" in person(capsys, "--depth", "2", "--init", "constant")
    assert "one hidden layer alone" in person(capsys, "--depth", "1")
    assert "no signal at all" in person(capsys, "--depth", "2", "--activation", "step")
    stuck = person(capsys, "--depth", "50", "--init", "normal", "--scale", "1", "--skip")
    assert "saturated: layer 1 gets 14.02 times what layer 49 gets" in stuck and "next to 0: 41, 43, 47, 50" in stuck


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--depth", "60"), 1, "50 or less"),
        (("--depth", "3", "--width", "0"), 1, "1 or more"),
        (("--depth", "3", "--init", "hee"), 1, "no initialiser called 'hee'"),
        (("--depth", "3", "--activation", "softmax"), 1, "mixes the units"),
        (("--depth", "3", "--data", "iris"), 1, "choose"),
        (("--depth", "3", "--against", "nonsense"), 2, "no field and its value"),
        (("--depth", "3", "--against", "colour=3"), 2, "no field and its value"),
        (("--depth", "3", "--against", "depth=many"), 1, "whole number"),
        (("--depth", "3", "--hidden", "4,4"), 2, "--hidden is of no use"),
        (("--depth", "3", "--momentum", "0.5"), 2, "--momentum is of no use"),
        (("some.loom", "--depth", "3"), 2, "--network is of no use"),
        (("--depth", "3", *(["--against", "depth=2"] * 4)), 1, "configurations"),
    ],
)
def test_what_cannot_be_is_one_sentence(capsys: Captured, arguments: tuple[str, ...], code: int, words: str) -> None:
    found, said = complaint(capsys, *arguments)
    assert found == code and words in said and said.count("\n") == 1
