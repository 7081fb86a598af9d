"""The command line and the choice of a backend where PyTorch, faiss and scikit-learn are not installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from engine import extras
from engine.graph.build import feed_forward
from engine.graph.kinds.base import TargetSpec
from engine.network.choice import TORCH_FROM_PARAMETERS, choose_backend
from engine.network.plan import compile_graph
from engine.problems import EngineError

ROOT = Path(__file__).resolve().parents[2]


IN_ONE_PROCESS = """
import contextlib, io, json, sys
from tests.hidden import hide
hide()
from engine.cli.main import run
for arguments in json.loads(sys.argv[1]):
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    print(json.dumps([code, *(stream.buffer.getvalue().decode() for stream in (out, err))]))
"""


class Ended(NamedTuple):
    """How a command of the command line ended."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], Ended]:
    """How each command ends, one after another in an interpreter that cannot find what the extra brings."""
    commands = [*WORKING, *((*refused, "--json") for refused in REFUSED)]
    done = subprocess.run(
        [sys.executable, "-P", "-c", IN_ONE_PROCESS, json.dumps(commands)],
        cwd=tmp_path_factory.mktemp("empty"), capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    found = [Ended(*json.loads(line)) for line in done.stdout.splitlines()]
    return dict(zip(commands, found, strict=True))


def test_a_big_network_is_not_torchs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    plan = compile_graph(feed_forward((500, 500)), TargetSpec())
    assert plan.size >= TORCH_FROM_PARAMETERS
    assert choose_backend(plan).name == "numba"
    assert choose_backend(plan, compiled=False).name == "numpy"
    assert choose_backend(plan, device="cpu").name == "numba"


@pytest.mark.parametrize(("wanted", "device"), [("torch", "auto"), ("torch", "cpu"), ("auto", "cuda"), ("auto", "mps")])
def test_torch_or_a_gpu_that_is_named_is_said_to_be_missing(
    wanted: str, device: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    with pytest.raises(EngineError) as caught:
        choose_backend(compile_graph(feed_forward((3,)), TargetSpec()), wanted, device)
    assert caught.value.problem.code == "extras.missing"
    assert "PyTorch" in str(caught.value) and extras.INSTALL in str(caught.value)


WORKING = [
    ("--help",),
    ("recommend", "--help"),
    ("recommend", "train", "--help"),
    ("recommend", "data"),
    ("recommend", "data", "video-site", "--profile"),
    ("recommend", "runs", "."),
    ("recommend", "graph", "wide-deep"),
    ("datasets",),
    ("train", "--data", "iris", "--hidden", "4", "--epochs", "2"),
    ("train", "--data", "digits", "--hidden", "500,500", "--epochs", "1"),
    ("bench", "--seconds", "0.001"),
    ("gradients", "--depth", "3"),
    ("neuron",),
    ("expression", "x^2", "--at", "x=3"),
]
REFUSED = [
    ("train", "--backend", "torch"),
    ("train", "--device", "cuda"),
    ("gradients", "--backend", "torch"),
    ("recommend", "train", "wide-deep"),
    ("recommend", "evaluate", "some.safetensors"),
    ("recommend", "query", "some.safetensors"),
    ("recommend", "ask", "some.safetensors"),
    ("recommend", "answer", "some.safetensors"),
    ("recommend", "bench"),
]


@pytest.mark.process
@pytest.mark.parametrize("arguments", WORKING, ids=" ".join)
def test_what_needs_none_of_them_works(arguments: tuple[str, ...], ended: dict[tuple[str, ...], Ended]) -> None:
    command = ended[arguments]
    assert (command.code, command.err) == (0, "") and command.out


@pytest.mark.process
@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_what_needs_them_says_so_in_one_sentence(
    arguments: tuple[str, ...], ended: dict[tuple[str, ...], Ended]
) -> None:
    command = ended[*arguments, "--json"]
    assert command.code == 1 and command.err.count("\n") == 1
    assert "needs PyTorch" in command.err and extras.INSTALL in command.err
    assert json.loads(command.out.splitlines()[-1])["error"]["code"] == "extras.missing"
