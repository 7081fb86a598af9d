"""The command line and the choice of a backend where PyTorch, faiss and scikit-learn are not installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import extras
from engine.graph.build import feed_forward
from engine.graph.kinds.base import TargetSpec
from engine.network.choice import TORCH_FROM_PARAMETERS, choose_backend
from engine.network.plan import compile_graph
from engine.problems import EngineError

ROOT = Path(__file__).resolve().parents[2]


def engine(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command line, in an interpreter that cannot find what the extra brings."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "tests.hidden", *arguments],
        cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


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


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.parametrize("arguments", WORKING, ids=" ".join)
def test_what_needs_none_of_them_works(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = engine(*arguments, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_what_needs_them_says_so_in_one_sentence(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = engine(*arguments, "--json", folder=tmp_path)
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert "needs PyTorch" in done.stderr and extras.INSTALL in done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["error"]["code"] == "extras.missing"
