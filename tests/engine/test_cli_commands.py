"""The command line, in process: what each command prints, writes and returns."""

from __future__ import annotations

import io
import json
import os
import pkgutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from time import sleep
from typing import Any

import numpy as np
import pytest

from engine import kernel_cache
from engine.__main__ import main
from engine.cli import commands
from engine.cli.command import add_nothing
from engine.cli.commands import SUMMARIES
from engine.cli.commands import command as command_of
from engine.cli.commands.warm import COMPILING, NOT_KEPT, compile_kernels
from engine.cli.main import run
from engine.cli.parser import PROGRAM
from engine.cli.progress import ProgressBar
from engine.data import DataChoice, catalogue, load
from engine.formats.base import NetworkFile, write_network
from engine.formats.loom import read_network_file
from engine.graph.build import feed_forward
from engine.graph.kinds import kinds
from engine.hyperparameters import Hyperparameters
from engine.network.state import weights_of
from engine.training.progress import progress_of
from engine.training.session import Setup, TrainingSession

Captured = pytest.CaptureFixture[str]
QUICK = ("--backend", "numpy", "--samples", "60")


def machine(capsys: Captured, *argv: str, code: int = 0) -> Any:
    """Run a command with ``--json``; stdout is exactly one JSON document."""
    assert main([*argv, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def person(capsys: Captured, *argv: str, code: int = 0) -> str:
    """Run a command as a person would; what it prints."""
    assert main(list(argv)) == code
    return capsys.readouterr().out


def trained(path: Path, *argv: str) -> Path:
    """A network file after two epochs on the circle."""
    assert main(["train", "--data", "circle", "--hidden", "4", "--epochs", "2", *QUICK, *argv, "--out", str(path)]) == 0
    return path


# --- train -------------------------------------------------------------------------------------------------------


def test_a_trained_file_is_trained_on_as_if_it_had_never_been_put_away(tmp_path: Path, capsys: Captured) -> None:
    build = ("--data", "circle", "--hidden", "4", *QUICK)
    whole, half, rest = (tmp_path / f"{name}.loom" for name in ("whole", "half", "rest"))
    assert main(["train", *build, "--epochs", "5", "--out", str(whole)]) == 0
    assert main(["train", *build, "--epochs", "3", "--out", str(half)]) == 0
    capsys.readouterr()
    report = machine(capsys, "train", str(half), "--epochs", "2", "--backend", "numpy", "--out", str(rest))
    assert report["epochs"] == 5.0
    first, second = read_network_file(whole), read_network_file(rest)
    assert all(first.weights[key].tobytes() == second.weights[key].tobytes() for key in first.weights)
    assert first.progress is not None and second.progress is not None
    assert (first.progress.epoch, first.progress.optimizer_step) == (5.0, second.progress.optimizer_step)


def test_training_reports_and_writes_the_network_with_its_weights(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "a.loom"
    report = machine(capsys, "train", "--data", "circle", "--hidden", "8,4", "--activation", "relu", "--epochs", "30",
                     "--lr", "0.05", "--optimizer", "sgd", "--batch-size", "5", "--out", str(path), *QUICK)  # fmt: skip
    assert (report["epochs"], report["steps"], report["stopped"]) == (30.0, 180, "epochs")
    assert report["history"][0]["train_loss"] > report["train_loss"]
    assert report["history"][-1]["test_accuracy"] == report["test_accuracy"]
    assert [layer["block"] for layer in report["layers"]] == ["dense-1", "dense-2", "output-1"]
    file = read_network_file(path)
    assert (file.hyper.learning_rate, file.hyper.optimizer, file.hyper.batch_size) == (0.05, "sgd", 5)
    assert (file.data.name, file.data.samples) == ("circle", 60)
    assert file.weights["dense-1", "W"].shape == (8, 2)
    again = machine(capsys, "train", str(path), "--epochs", "1", "--lr", "1e-12", "--backend", "numpy")
    assert again["history"][0]["test_loss"] == report["test_loss"]


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path, capsys: Captured) -> None:
    first, second, other = (
        trained(tmp_path / name, "--seed", seed).read_bytes() for name, seed in (("a", "5"), ("b", "5"), ("c", "6"))
    )
    assert first == second
    assert first != other
    capsys.readouterr()


def test_the_fast_kernels_give_the_same_bytes_every_time(tmp_path: Path, capsys: Captured) -> None:
    first, second = (trained(tmp_path / name, "--backend", "numba", "--seed", "5").read_bytes() for name in ("a", "b"))
    assert first == second
    capsys.readouterr()


def test_training_goes_on_from_given_weights_in_given_order(tmp_path: Path, capsys: Captured) -> None:
    """One full-batch SGD step on a single linear unit is what the formula says."""
    start, end = tmp_path / "start.loom", tmp_path / "end.loom"
    step = ("--epochs", "1", "--no-shuffle", "--batch-size", "1000", "--optimizer", "sgd", "--lr", "0.1")
    main(["train", "--data", "plane", "--hidden", "0", *step, *QUICK, "--out", str(start)])
    main(["train", str(start), *step, "--backend", "numpy", "--out", str(end)])
    capsys.readouterr()
    from engine.data import load

    before, after = read_network_file(start), read_network_file(end)
    data = load(before.data)
    x, y = data.x[data.train], data.y[data.train]
    w, b = before.weights["output-1", "W"], before.weights["output-1", "b"]
    error = (x @ w.T + b)[:, 0] - y
    np.testing.assert_allclose(after.weights["output-1", "W"], w - 0.1 * (error @ x / len(x)), rtol=1e-12)
    np.testing.assert_allclose(after.weights["output-1", "b"], b - 0.1 * error.mean(), rtol=1e-12)


def test_a_network_is_fitted_to_other_data(tmp_path: Path, capsys: Captured) -> None:
    path = trained(tmp_path / "a.loom")
    capsys.readouterr()
    report = machine(capsys, "train", str(path), "--data", "iris", "--epochs", "1", "--backend", "numpy")
    assert report["parameters"] == 4 * 4 + 4 + 3 * 4 + 3
    report = machine(capsys, "train", str(path), "--data", "diabetes", "--epochs", "1", "--backend", "numpy")
    assert "test_r2" in report


def test_a_csv_file_is_data(tmp_path: Path, capsys: Captured) -> None:
    rows = [f"{i},{i % 7},{'yes' if i % 2 else 'no'}" for i in range(40)]
    table = tmp_path / "table.csv"
    table.write_text("a,b,answer\n" + "\n".join(rows) + "\n")
    report = machine(capsys, "train", "--data", str(table), "--epochs", "2", "--backend", "numpy")
    assert report["data"] == "table.csv"
    assert "test_accuracy" in report
    report = machine(capsys, "train", "--data", str(table), "--target", "a", "--columns", "b", "--epochs", "1",
                     "--backend", "numpy", "--hidden", "3")  # fmt: skip
    assert "test_r2" in report
    assert report["parameters"] == 3 + 3 + 3 + 1


def test_every_setting_can_be_given(tmp_path: Path, capsys: Captured) -> None:
    path = trained(
        tmp_path / "a.loom", "--initializer", "normal", "--scale", "0.2", "--loss", "binary_cross_entropy",
        "--features", "x1,x1^2,sin(x2)", "--noise", "20", "--train-share", "0.7", "--data-seed", "3", "--optimizer",
        "adamw", "--weight-decay", "0.1", "--beta1", "0.8", "--l1", "0.001", "--l2", "0.01", "--clip", "2",
        "--schedule", "step", "--schedule-epochs", "9", "--schedule-factor", "0.5", "--no-shuffle", "--seed", "8",
    )  # fmt: skip
    capsys.readouterr()
    file = read_network_file(path)
    dense, output = (file.graph.block(i).params.model_dump() for i in ("dense-1", "output-1"))
    assert (dense["initializer"], dense["scale"], output["loss"]) == ("normal", 0.2, "binary_cross_entropy")
    assert file.graph.block("input-1").params.model_dump()["features"] == ("x1", "x1^2", "sin(x2)")
    assert (file.data.noise, file.data.train_share, file.data.seed) == (20, 0.7, 3)
    hyper = file.hyper
    assert (hyper.weight_decay, hyper.beta1, hyper.l1, hyper.l2, hyper.clip_norm) == (0.1, 0.8, 0.001, 0.01, 2)
    assert (hyper.schedule.kind, hyper.schedule.epochs, hyper.schedule.factor) == ("step", 9, 0.5)
    assert (hyper.shuffle, hyper.seed) == (False, 8)


@pytest.mark.parametrize(("rule", "reason"), [(("--stop-loss", "1e9"), "loss"), (("--stop-score", "0"), "score")])
def test_a_run_can_stop_early(capsys: Captured, rule: tuple[str, str], reason: str) -> None:
    report = machine(capsys, "train", "--data", "circle", "--epochs", "50", *QUICK, *rule)
    assert (report["stopped"], report["epochs"]) == (reason, 1.0)


def test_a_person_reads_a_table(capsys: Captured) -> None:
    text = person(capsys, "train", "--data", "circle", "--epochs", "20", *QUICK)
    assert "test accuracy" in text
    assert "‖δ‖" in text
    assert "the reference" in text


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C as a terminal's process has it: what a shell starts in its background is told to ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_writes_what_there_is(
    interruptible: None, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signal comes during the third call into the backend, as Ctrl-C would."""
    from engine.training.session import TrainingSession

    calls, original = 0, TrainingSession.run_steps

    def interrupted(self: TrainingSession, count: int, *, probe: bool = True) -> Any:
        nonlocal calls
        calls += 1
        if calls == 3:
            os.kill(os.getpid(), signal.SIGINT)
        return original(self, count, probe=probe)

    monkeypatch.setattr(TrainingSession, "run_steps", interrupted)
    path = tmp_path / "a.loom"
    argv = ["train", "--data", "circle", "--epochs", "1000", *QUICK, "--out", str(path), "--json"]
    assert main(argv) == 130
    printed = capsys.readouterr()
    assert json.loads(printed.out)["stopped"] == "interrupted"
    assert str(path) in printed.err
    assert read_network_file(path).weights
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


# --- the other commands ------------------------------------------------------------------------------------------


def test_a_trace_of_a_row_and_of_the_same_values_typed(tmp_path: Path, capsys: Captured) -> None:
    path = str(trained(tmp_path / "a.loom"))
    capsys.readouterr()
    row = machine(capsys, "trace", path, "--index", "4")
    assert row["rows"] == [4]
    assert [s["phase"] for s in row["stages"]] == ["forward"] * 3 + ["loss"] + ["backward"] * 2 + ["update"] * 2
    x = ",".join(map(str, row["inputs"]["input-1"][0]))
    label = "positive" if row["target"] == [[1.0]] else "negative"
    typed = machine(capsys, "trace", path, f"--x={x}", "--y", label)
    assert (typed["loss"], typed["stages"]) == (row["loss"], row["stages"])
    assert machine(capsys, "trace", path, f"--x={x}", "--y", str(int(label == "positive"))) == typed
    batch = machine(capsys, "trace", path, "--index", "4,5,6")
    assert len(batch["target"]) == 3
    assert "BACKWARD" in person(capsys, "trace", path)


def test_typed_values_are_scaled_as_the_data_was(capsys: Captured) -> None:
    iris = machine(capsys, "trace", "--data", "iris", "--x", "5.1,3.5,1.4,0.2", "--y", "setosa")
    assert abs(iris["inputs"]["input-1"][0][0]) < 3.0  # standardised: 5.1 cm is not 5.1 deviations
    assert iris["target"] == [[1.0, 0.0, 0.0]]
    diabetes = machine(capsys, "trace", "--data", "diabetes", "--x", ",".join(["0"] * 10), "--y", "150")
    assert abs(diabetes["target"][0][0]) < 1.0


def test_gradients_judge_a_deep_logistic_network(capsys: Captured) -> None:
    deep = ("--hidden", ",".join(["16"] * 10), "--activation", "logistic", "--initializer", "normal", "--scale", "0.1")
    report = machine(capsys, "gradients", "--data", "circle", *deep, "--backend", "numpy")
    assert report["layers"][0]["delta"] < 1e-4 * report["layers"][-2]["delta"]
    assert [v["trouble"] for v in report["layers"][0]["verdicts"]] == ["vanishing"]
    assert "vanishing" in person(capsys, "gradients", "--data", "circle", *deep, "--backend", "numpy")


def test_gradients_judge_a_saved_run_as_the_window_does(tmp_path: Path, capsys: Captured) -> None:
    """Of Vanishing gradients after 196 epochs layer 6 was fading in the window and vanishing on the command line."""
    path, data = tmp_path / "a.loom", DataChoice(name="circle", samples=60)
    setup = Setup(feed_forward((6,) * 8, activation="logistic"), load(data), Hyperparameters(), "numpy")
    session = TrainingSession(setup)
    session.run_epochs(3)
    progress = progress_of(session.snapshot(maps=False))
    weights = weights_of(session.plan, session.state)
    write_network(path, NetworkFile(setup.graph, setup.hyper, data, weights, "", progress))
    judged = session.snapshot(maps=False).verdicts
    shown = {(verdict.block_id, verdict.trouble.value, round(verdict.value, 12)) for verdict in judged}
    report = machine(capsys, "gradients", str(path), "--backend", "numpy")
    told = {
        (one["block"], found["trouble"], round(found["value"], 12))
        for one in report["layers"]
        for found in one["verdicts"]
    }
    assert told == shown and report["verdict_steps"] == 3
    deltas = {one["block"]: one["delta"] for one in report["layers"]}
    assert deltas == {layer.block_id: layer.judged_delta for layer in session.snapshot(maps=False).layers}
    basis = (
        "‖δ‖ and verdicts: the run's last 3 steps, as in the window. Other norms: one step over all 30 training rows."
    )
    assert basis in person(capsys, "gradients", str(path))
    fresh = person(capsys, "gradients", str(path), "--data", "moons", "--samples", "60")
    assert "Norms and verdicts: one step over all 30 training rows." in fresh


def test_a_trained_networks_verdicts_are_of_the_norms_in_its_table(capsys: Captured) -> None:
    """A batch that switches every unit of a layer off left ‖δ‖ 0 beside “steady”."""
    constant = ("--hidden", "6,6,6", "--activation", "relu", "--initializer", "constant", "--scale", "0.5")
    report = machine(capsys, "train", *constant, "--optimizer", "adam", "--lr", "0.03", "--epochs", "15")
    last = report["layers"][-2]["delta"]
    for layer in report["layers"]:
        (verdict,) = layer["verdicts"]
        assert layer["delta"] > 0.0
        if verdict["trouble"] != "alike":  # which such start weights leave the units of the first layers
            assert verdict["value"] == pytest.approx(layer["delta"] / last)
        assert layer["weight_gradient"] > 0.0
    told = person(capsys, "train", *constant, "--samples", "4000", "--epochs", "1")
    assert "Norms and verdicts: one step over 1000 of 2000 training rows." in told


def test_what_is_no_alarm_is_told_as_none(capsys: Captured) -> None:
    """“100% of the units saturated” stood in the table of a network that had solved its points."""
    sure = ("train", "--data", "circle", "--hidden", "4", "--activation", "tanh", "--lr", "0.03", "--epochs", "300")
    (found,) = (v for v in machine(capsys, *sure)["layers"][0]["verdicts"] if v["trouble"] == "saturated")
    assert not found["alarm"] and "of the units saturated, no alarm" in person(capsys, *sure)


@pytest.mark.torch
def test_gradients_are_those_of_the_whole_training_set(tmp_path: Path, capsys: Captured) -> None:
    import torch

    from engine.data import load

    path = trained(tmp_path / "a.loom", "--loss", "binary_cross_entropy")
    capsys.readouterr()
    report = machine(capsys, "gradients", str(path), "--backend", "numpy")
    file = read_network_file(path)
    data = load(file.data)
    w = {key: torch.tensor(array, requires_grad=True) for key, array in file.weights.items()}
    hidden = torch.tanh(torch.tensor(data.x[data.train]) @ w["dense-1", "W"].T + w["dense-1", "b"])
    z = hidden @ w["output-1", "W"].T + w["output-1", "b"]
    loss = torch.nn.functional.binary_cross_entropy_with_logits(z[:, 0], torch.tensor(data.y[data.train]))
    loss.backward()  # type: ignore[no-untyped-call]
    assert report["train_loss"] == pytest.approx(loss.item())
    for layer in report["layers"]:
        assert layer["weight_gradient"] == pytest.approx(w[layer["block"], "W"].grad.norm().item())
        assert layer["bias_gradient"] == pytest.approx(w[layer["block"], "b"].grad.norm().item())


def test_data_sets_and_blocks_are_listed(capsys: Captured) -> None:
    sets = machine(capsys, "datasets")["datasets"]
    assert [s["name"] for s in sets] == [entry.key for entry in catalogue()]
    found = machine(capsys, "blocks")["blocks"]
    assert [b["kind"] for b in found] == [kind.key for kind in kinds()]


def test_the_schema_is_printed(capsys: Captured) -> None:
    assert machine(capsys, "schema") == json.loads(person(capsys, "schema"))


def test_a_sound_file_is_valid(tmp_path: Path, capsys: Captured) -> None:
    path = str(trained(tmp_path / "a.loom"))
    capsys.readouterr()
    assert machine(capsys, "validate", path) == {"valid": True, "problems": []}
    assert "valid" in person(capsys, "validate", path)


def test_the_speed_table_has_a_figure_for_every_backend(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.cli.commands import bench

    monkeypatch.setattr(bench, "NETWORKS", bench.NETWORKS[:1])
    monkeypatch.setattr(bench, "ROWS", 40)
    report = machine(capsys, "bench", "--seconds", "0.001")
    assert set(report["networks"][0]) == {"network", *bench._columns()}
    assert all(value > 0 for key, value in report["networks"][0].items() if key != "network")


def test_version_help_and_wrong_usage(capsys: Captured) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("neuroloom-engine ")
    assert main(["train", "--help"]) == 0
    assert "--batch-size" in capsys.readouterr().out
    for argv in (["fly"], ["train", "--epochs", "0"], ["train", "--hidden", "a"], ["train", "--optimizer", "x"]):
        assert main(argv) == 2
        assert "usage" in capsys.readouterr().err


def test_every_module_of_a_command_is_listed() -> None:
    assert {module.name for module in pkgutil.iter_modules(commands.__path__)} == set(SUMMARIES)


@pytest.mark.process
def test_the_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from engine.cli.main import run; run(['--help']); "
        "sys.exit(', '.join({'torch', 'numba', 'polars'} & sys.modules.keys()) or 0)"
    )
    child = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert child.returncode == 0, child.stderr


@pytest.mark.parametrize("command", SUMMARIES)
def test_every_command_has_a_help(command: str, capsys: Captured) -> None:
    assert main([command, "--help"]) == 0
    assert f"usage: {PROGRAM} {command} " in capsys.readouterr().out


@pytest.mark.parametrize("command", [name for name in SUMMARIES if command_of(name).add_arguments is add_nothing])
def test_every_listing_is_one_document(command: str, capsys: Captured) -> None:
    assert machine(capsys, command) and person(capsys, command).strip()


@pytest.mark.parametrize(("argv", "listed"), [([], "recommend"), (["recommend"], "evaluate")])
def test_a_command_that_is_left_out_is_answered_by_the_help(argv: list[str], listed: str, capsys: Captured) -> None:
    assert main(argv) == 0
    said = capsys.readouterr()
    assert said.out.startswith("usage: neuroloom-engine") and f"\n    {listed}" in said.out and not said.err


# --- kernels that are still to be compiled ---------------------------------------------------------------------------


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that holds nothing yet; this process has its kernels from another."""
    import_module("engine.network.warming")
    folder = tmp_path / "kernels"
    monkeypatch.setattr(kernel_cache, "cache_folder", lambda: folder)
    monkeypatch.setattr(kernel_cache._Chosen, "cache", None)
    return folder


TRAINED = ("train", "--data", "circle", "--hidden", "4", "--epochs", "2", "--samples", "60")


def test_kernels_are_compiled_once_and_it_is_said(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def fill() -> list[str]:
        kernel_cache.make_folder(kernel_cache.own_cache())
        kernel_cache.own_cache().note_filled()
        return [sys.executable, "-c", "import sys; print(sys.argv[1:])"]

    monkeypatch.setattr("engine.cli.commands.warm.fill_command", fill)
    assert main(TRAINED) == 0
    said = capsys.readouterr()
    assert said.err == f"{COMPILING}\n" and said.out.startswith("Circle")
    assert main(TRAINED) == 0
    assert capsys.readouterr().err == ""


def test_what_trains_without_kernels_compiles_none(empty_cache: Path, capsys: Captured) -> None:
    assert main([*TRAINED, "--backend", "numpy"]) == 0
    assert capsys.readouterr().err == "" and not empty_cache.exists()


@pytest.mark.process
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_compiling_can_be_stopped_at_any_moment(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, number: signal.Signals
) -> None:
    """LLVM hears no signal for many seconds: the child that it works in is ended."""
    started = empty_cache.with_name("pid")
    works = f"import os, time; open({str(started)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    monkeypatch.setattr("engine.cli.commands.warm.fill_command", lambda: [sys.executable, "-c", works])

    def stop_once_started() -> None:
        while not started.exists() or not started.read_text():
            sleep(0.01)
        os.kill(os.getpid(), number)

    threading.Thread(target=stop_once_started).start()
    assert main(TRAINED) == 130
    assert capsys.readouterr().err.splitlines() == [COMPILING, "Interrupted."]
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text()), 0)


def test_kernels_that_cannot_be_kept_are_said_and_the_run_goes_on(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("engine.cli.commands.warm.fill_command", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    compile_kernels()
    assert capsys.readouterr().err.splitlines() == [COMPILING, NOT_KEPT]


# --- the progress bar --------------------------------------------------------------------------------------------


def test_the_bar_fills_and_leaves_nothing_behind() -> None:
    stream = io.StringIO()
    with ProgressBar("Training", shown=True, stream=stream) as bar:
        bar.at(0.5, "test loss 0.1")
        bar.at(1.0)
    text = stream.getvalue()
    assert " 50%  test loss 0.1" in text
    assert "100%" in text
    assert text.endswith("\r\x1b[K")


def test_there_is_no_bar_where_nobody_looks() -> None:
    stream = io.StringIO()
    with ProgressBar("Training", stream=stream) as bar:
        bar.at(1.0)
    assert stream.getvalue() == ""


def test_the_help_imports_no_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.cli.commands.import_module", lambda name: pytest.fail(f"{name} is imported"))
    assert run(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"    {name}" in told for name in SUMMARIES)
