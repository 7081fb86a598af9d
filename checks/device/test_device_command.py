"""The device check itself: what it says and how it ends, without a GPU or libraries, and where something is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch

from checks.device import one_step, session, training
from checks.device.__main__ import main
from checks.device.findings import Finding, at_most, left_out, more_than, table
from checks.device.place import Place
from checks.device.session import PARTS
from checks.device.worlds import SMALL, WORLDS
from engine.recommenders.running import row_optimisers
from engine.recommenders.running.row_optimisers import RowGradients

ROOT = Path(__file__).resolve().parents[1]
ACCELERATOR = torch.cuda.is_available() or torch.backends.mps.is_available()


def document(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def outcomes(found: dict[str, Any], part: str) -> set[str]:
    return {finding["outcome"] for finding in found["parts"][part]}


SMALL_PARTS = [word for part in ("one-step", "memory", "repeat") for word in ("--only", part)]


def holds_on_the_cpu(found: dict[str, Any], told: str) -> None:
    assert found["device"] == "cpu" and not found["failed"]
    assert outcomes(found, "one-step") == {"held"} and "held" in outcomes(found, "memory")
    for finding in found["parts"]["one-step"]:
        assert finding["what"] in told
        assert finding["allowed"] is None or finding["value"] <= finding["allowed"]


@pytest.mark.slow
def test_the_check_runs_on_the_cpu(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "found.json"
    assert main(["--cpu", "--minutes", "5", "--json", str(out), *SMALL_PARTS]) == 0
    found = document(out)
    holds_on_the_cpu(found, capsys.readouterr().out)
    assert "left out" not in outcomes(found, "repeat")


@pytest.mark.slow
@pytest.mark.process
def test_the_command_runs_on_the_cpu_without_libraries(tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    absent = ("pydantic", "polars", "numba", "scipy", "safetensors", "PySide6")
    without = [argument for name in absent for argument in ("--without", name)]
    parts = [*SMALL_PARTS, "--only", "tests"]
    command = [sys.executable, "-m", "checks.device", "--cpu", "--minutes", "5", "--json", str(out), *parts, *without]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = document(out)
    holds_on_the_cpu(found, done.stdout)
    assert set(absent) <= found["lacking"].keys() and "left out" in outcomes(found, "repeat")
    assert outcomes(found, "tests") == {"left out"}
    assert "They need pydantic, polars, numba, scipy, not installed here." in done.stdout
    assert "without numba (taken for absent): the CPU's kernels run uncompiled" in done.stdout


@pytest.mark.skipif(ACCELERATOR, reason="there is an accelerator here")
def test_without_an_accelerator_it_says_so_and_ends_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "found.json"
    assert main(["--json", str(out)]) == 0
    assert "There is no accelerator here that the program uses" in capsys.readouterr().out
    assert document(out)["device"] is None and document(out)["parts"] == {}


def test_a_part_for_which_no_time_is_left_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cpu", "--only", "processes", "--minutes", "0.05"]) == 0
    assert "It takes up to 25 s, and" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--minutes", "nan"], "--minutes is nan; give 0.05 to 60."),
        (["--minutes", "-1"], "--minutes is -1; give 0.05 to 60."),
        (["--cpu", "--only", "nothing"], "There is no part “nothing”; choose among playground,"),
        (["--cpu", "--json", "/nowhere/found.json"], "“/nowhere/found.json” cannot be written: No such file"),
        (["--without", "torch"], "This check needs torch (taken for absent); install it."),
    ],
)
def test_what_cannot_be_followed_is_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


def broken(place: Place) -> Iterator[Finding]:
    yield at_most("a figure", 2.0, 1.0)
    raise ZeroDivisionError("in the middle")


def without_it(place: Place) -> Iterator[Finding]:
    raise ModuleNotFoundError("no", name="this_library")
    yield


def test_what_fails_is_said_and_the_other_parts_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = {"playground": broken, "one-step": without_it, "training": lambda place: iter([left_out("all", "why")])}
    for name, check in checks.items():
        module = ModuleType("part")
        vars(module)["check"] = check
        monkeypatch.setitem(sys.modules, f"checks.device.{PARTS[name].module}", module)
    out = tmp_path / "found.json"
    assert main(["--cpu", "--json", str(out), *(word for name in checks for word in ("--only", name))]) == 1
    found = document(out)
    assert found["failed"] and [one["outcome"] for one in found["parts"]["playground"]] == ["FAILED", "FAILED"]
    assert outcomes(found, "one-step") == outcomes(found, "training") == {"left out"}
    told = capsys.readouterr().out
    assert "ZeroDivisionError in test_device_command.py" in told and "It needs this_library" in told
    assert "0 held, 2 FAILED, 0 measured, 2 left out" in told


HANGING = """
import sys, time
from types import ModuleType
hanging = ModuleType("hanging")
hanging.check = lambda place: (time.sleep(600.0) for _ in range(1))
sys.modules["checks.device.memory"] = hanging
from checks.device import session
from checks.device.__main__ import main
session.GRACE = 0.0
session.PARTS["memory"] = session.Part("memory", 0.0, -1e9)  # begun however little time is left
sys.exit(main(["--cpu", "--only", "memory", "--minutes", "0.05", "--json", sys.argv[1]]))
"""


@pytest.mark.slow
@pytest.mark.process
def test_a_part_that_hangs_ends_with_the_time_and_what_was_found(tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    done = subprocess.run([sys.executable, "-c", HANGING, str(out)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and "It had not ended in time." in done.stdout
    assert outcomes(document(out), "memory") == {"FAILED"}


def test_no_number_is_never_good_enough() -> None:
    nan = float("nan")
    findings = [at_most("a", nan, 1.0), more_than("b", nan, 1.0)]
    assert {finding.outcome for finding in findings} == {"FAILED"}
    assert "2 FAILED" in table({"part": findings})


def test_a_wrong_gradient_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right = row_optimisers._by_torch

    def off(*arguments: Any) -> RowGradients:
        found = right(*arguments)
        return RowGradients(found.rows, found.values * 1.001)

    monkeypatch.setattr(one_step, "WORLDS", {"ranking": WORLDS["ranking"]})
    place = Place("cpu", SMALL, 128, float("inf"))
    assert all(finding.outcome == "held" for finding in one_step.check(place))
    monkeypatch.setattr(row_optimisers, "_by_torch", off)
    wrong = [finding.what for finding in one_step.check(place) if finding.outcome == "FAILED"]
    assert wrong == ["ranking: gradients, fp32"]


def test_a_wrong_optimiser_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right = row_optimisers.RowAdaGrad.update

    def slow(self: Any, table: torch.Tensor, gradients: RowGradients, share: float = 1.0) -> None:
        right(self, table, gradients, share if row_optimisers.on_cpu(table) else 0.9 * share)

    monkeypatch.setattr(training, "WORLDS", {"wide-deep": WORLDS["wide-deep"]})
    monkeypatch.setattr(row_optimisers.RowAdaGrad, "update", slow)
    findings = list(training.check(Place("cpu", SMALL, 128, float("inf"))))
    assert {finding.what for finding in findings if finding.outcome == "FAILED"} >= {"Wide & Deep, fp32: each loss"}


def test_every_part_can_be_loaded() -> None:
    assert {part.module for part in PARTS.values()} <= {
        path.stem for path in Path(session.__file__).parent.glob("*.py")
    }
