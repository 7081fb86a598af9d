"""Bad input: one clear sentence on stderr, the same in the JSON, a non-zero exit, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.__main__ import main
from engine.data.problems import FILE_EMPTY, FILE_NOT_REGULAR, HEADER_ONLY
from engine.formats.base import NetworkFile
from engine.formats.loom import write_network_file
from engine.graph.build import feed_forward
from engine.problems import ProblemKind

Captured = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[2]


def complaint(capsys: Captured, *argv: str, code: int = 1) -> tuple[str, str]:
    """(code, sentence) of a command that fails, the same for machines and for people."""
    assert main(list(argv)) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert main([*argv, "--json"]) == code
    error = json.loads(capsys.readouterr().out)["error"]
    assert told.err == error["sentence"] + "\n"
    assert told.err.count("\n") == 1
    return error["code"], error["sentence"]


# --- data --------------------------------------------------------------------------------------------------------

ROWS = [f"{i},{i * i},{i % 2}" for i in range(20)]
TABLES: dict[str, tuple[str, str]] = {
    "empty": ("", "data.file-empty"),
    "only a header": ("a,b,c\n", "data.header-only"),
    "one column": ("a\n1\n2\n3\n4\n5\n", "data.too-few-columns"),
    "texts that all differ": ("a,b\n" + "\n".join(f"k{i},v{i}" for i in range(200)), "data.no-inputs"),
    "a single class": ("a,b\n" + "\n".join(f"{i},yes" for i in range(20)), "data.target-single-class"),
    "constant columns": ("a,b\n" + "\n".join(f"5,{i % 2}" for i in range(20)), "data.no-inputs"),
    "a target without values": ("a,b\n" + "\n".join(f"{i}," for i in range(20)), "data.target-all-missing"),
    "nothing but NaN": ("a,b\n" + "\n".join(f"nan,{i % 2}" for i in range(20)), "data.no-inputs"),
    "too few rows": ("a,b\n1,0\n2,1\n", "data.too-few-rows"),
    "infinite values": ("a,b\n" + "\n".join(f"{i or 'inf'},{i % 2}" for i in range(20)), "data.number-too-large"),
}


@pytest.mark.parametrize("case", TABLES)
def test_each_bad_table(tmp_path: Path, capsys: Captured, case: str) -> None:
    content, code = TABLES[case]
    table = tmp_path / "table.csv"
    table.write_text(content)
    assert complaint(capsys, "train", "--data", str(table))[0] == code


def test_binary_files_folders_and_missing_files(tmp_path: Path, capsys: Captured) -> None:
    image = tmp_path / "image.csv"
    image.write_bytes(bytes(range(256)) * 20)
    assert complaint(capsys, "train", "--data", str(image))[0] == "data.file-binary"
    assert complaint(capsys, "train", "--data", str(tmp_path / "none.csv"))[0] == "data.file-missing"
    assert complaint(capsys, "train", "--data", str(tmp_path))[0].startswith("data.file-")


def test_a_column_or_a_set_that_is_not_there(tmp_path: Path, capsys: Captured) -> None:
    table = tmp_path / "table.csv"
    table.write_text("a,b,c\n" + "\n".join(ROWS))
    code, sentence = complaint(capsys, "train", "--data", str(table), "--target", "z")
    assert code == "data.column-unknown"
    assert "a, b, c" in sentence
    code, sentence = complaint(capsys, "train", "--data", "three-moons")
    assert code == "data.set-unknown"
    assert "moons" in sentence


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--noise", "90", "--noise is 90.0; it must be 80.0 or less"),
        ("--samples", "3", "--samples is 3; it must be 10 or more"),
        ("--train-share", "1", "--train-share is 1.0; it must be 0.9 or less"),
        ("--lr", "0", "--lr is 0.0; it must be greater than 0"),
        ("--lr", "nan", "--lr is nan; it must be a finite number"),
        ("--batch-size", "0", "--batch-size is 0"),
        ("--l2", "-1", "--l2 is -1.0"),
        ("--seed", "-1", "--seed is -1"),
        ("--schedule-factor", "2", "--schedule-factor is 2.0"),
        ("--hidden", "4,-1", "units is -1; it must be 1 or more"),
        ("--activation", "tan", "There is no activation called 'tan'; choose one of"),
        ("--initializer", "x", "There is no initialiser called 'x'; choose one of"),
        ("--loss", "hinge", "There is no loss called 'hinge'; choose one of"),
        ("--features", "x1,x3", "There is no input feature “x3”"),
    ],
)
def test_each_setting_out_of_bounds(capsys: Captured, option: str, value: str, words: str) -> None:
    assert words in complaint(capsys, "train", "--data", "circle", f"{option}={value}")[1]


def test_a_loss_that_does_not_suit_the_data(capsys: Captured) -> None:
    assert complaint(capsys, "train", "--data", "plane", "--loss", "softmax_cross_entropy")[0] == "loss.needs-classes"


# --- networks ----------------------------------------------------------------------------------------------------

Change = Callable[[dict[str, Any]], Any]
NETWORKS: dict[str, tuple[Change, str]] = {
    "another version": (lambda d: d.update(version=99), "file.other-version"),
    "a cycle": (
        lambda d: d["graph"].update(
            blocks=[*d["graph"]["blocks"], {"id": "sum", "kind": "add"}],
            wires=[
                {"source": "input-1", "target": "sum"},
                {"source": "dense-1", "target": "sum", "slot": 1},
                {"source": "sum", "target": "dense-1"},
                {"source": "dense-1", "target": "output-1"},
            ],
        ),
        "graph.cycle",
    ),
    "an unknown block": (lambda d: d["graph"]["blocks"][1].update(kind="attention"), "graph.unknown-kind"),
    "an open port": (lambda d: d["graph"].update(wires=d["graph"]["wires"][1:]), "graph.open-port"),
    "weights of the wrong shape": (
        lambda d: d.update(weights={"dense-1": {"W": [[1.0], [2.0]]}}),
        "graph.wrong-shape",
    ),
    "data that is not there": (
        lambda d: d.update(data={"source": "file", "path": "/nowhere/table.csv"}),
        "data.file-missing",
    ),
    "a feature that is not there": (
        lambda d: d["graph"]["blocks"][0]["params"].update(features=["height"]),
        "data.feature-unknown",
    ),
}


def network_file(folder: Path, change: Change | None = None) -> str:
    """A network file, spoilt by ``change``."""
    path = folder / "a.loom"
    write_network_file(path, NetworkFile(feed_forward((3,))))
    if change is not None:
        document = json.loads(path.read_text(encoding="utf-8"))
        change(document)
        path.write_text(json.dumps(document))
    return str(path)


@pytest.mark.parametrize("command", ["train", "trace", "gradients"])
@pytest.mark.parametrize("case", NETWORKS)
def test_each_bad_network(tmp_path: Path, capsys: Captured, command: str, case: str) -> None:
    change, code = NETWORKS[case]
    assert complaint(capsys, command, network_file(tmp_path, change))[0] == code


@pytest.mark.parametrize("case", ["a cycle", "an open port", "a feature that is not there"])
def test_validation_lists_what_is_wrong(tmp_path: Path, capsys: Captured, case: str) -> None:
    change, code = NETWORKS[case]
    path = network_file(tmp_path, change)
    assert main(["validate", path, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert not found["valid"]
    assert code in {problem["code"] for problem in found["problems"]}
    assert main(["validate", path]) == 1
    assert capsys.readouterr().out.startswith("error: ")


def test_files_that_are_no_networks(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "a.loom"
    assert complaint(capsys, "train", str(path))[0] == "file.unreadable"
    path.write_text("not a network")
    assert complaint(capsys, "train", str(path))[0] == "file.foreign"
    path.write_text("{}")
    assert complaint(capsys, "validate", str(path))[0] == "file.not-ours"


@pytest.mark.parametrize(
    ("tag", "workspace"),
    [
        ("neuroloom-comparison", "Activations"),
        ("neuroloom-experiment", "Gradients"),
        ("neuroloom-expression", "Graph"),
        ("neuroloom-neuron", "Neuron"),
    ],
)
def test_a_document_of_another_workspace_is_told_by_its_name(
    tmp_path: Path, capsys: Captured, tag: str, workspace: str
) -> None:
    path = tmp_path / "a.loom"
    path.write_text(json.dumps({"format": tag, "version": 1, "content": {}}))
    code, sentence = complaint(capsys, "validate", str(path))
    assert code == "file.other-workspace"
    assert f"“a.loom” was saved in {workspace}." in sentence


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, capsys: Captured) -> None:
    out = str(tmp_path / "none" / "a.loom")
    assert complaint(capsys, "train", "--data", "circle", "--epochs", "1", "--out", out)[0] == "file.unwritable"


# --- training and tracing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("backend", ["numpy", "numba", "torch"])
def test_a_learning_rate_of_1e9(tmp_path: Path, capsys: Captured, backend: str) -> None:
    out = tmp_path / "a.loom"
    argv = ("train", "--data", "circle", "--lr", "1e9", "--out", str(out), "--backend", backend, "--device", "cpu")
    code, sentence = complaint(capsys, *argv, code=3)
    assert code == "training.far-out"
    assert "at step 0" in sentence
    assert "the learning rate is 1e+09" in sentence
    assert not out.exists()


def test_numbers_that_stop_being_finite(capsys: Captured) -> None:
    linear = ("--data", "plane", "--hidden", "0", "--optimizer", "sgd", "--batch-size", "1", "--backend", "numpy")
    code, sentence = complaint(capsys, "train", *linear, "--lr", "9", code=3)
    assert code in ("training.runaway", "training.non-finite")
    assert "“Output”" in sentence


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("--index", "9999"), "training.trace-no-such-row"),
        (("--index=-1",), "training.trace-no-such-row"),
        (("--x", "1"), "cli.values-expected"),
        (("--x", "1,two"), "data.input-value"),
        (("--x", "1,inf"), "data.input-value"),
        (("--x", "1,2", "--y", "green"), "cli.no-such-target"),
        (("--x", "1,2", "--y", "7"), "cli.no-such-target"),
    ],
)
def test_each_sample_that_cannot_be_traced(capsys: Captured, argv: tuple[str, ...], code: str) -> None:
    assert complaint(capsys, "trace", "--data", "circle", *argv)[0] == code


@pytest.mark.parametrize(
    "argv",
    [
        ("trace", "--index", "1", "--x", "1,2"),
        ("trace", "--index", "1", "--y", "1"),
        ("train", "a.loom", "--hidden", "3"),
        ("train", "a.loom", "--loss", "squared_error"),
    ],
)
def test_options_that_contradict_each_other(capsys: Captured, argv: tuple[str, ...]) -> None:
    assert main(list(argv)) == 2
    assert "error:" in capsys.readouterr().err


@pytest.mark.torch
def test_a_device_that_is_not_there(capsys: Captured) -> None:
    nowhere = ("--backend", "torch", "--device", "warp:0")
    assert complaint(capsys, "train", "--data", "circle", *nowhere)[0] == "network.no-device"


# --- as a program ------------------------------------------------------------------------------------------------


def program(*argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "engine", *argv], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.process
def test_the_program_trains(tmp_path: Path) -> None:
    out = tmp_path / "ä.loom"
    done = program("train", "--data", "circle", "--epochs", "1", "--backend", "numpy", "--json", "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["out"] == str(out)
    assert out.exists()


@pytest.mark.process
def test_the_program_fails_with_one_sentence() -> None:
    done = program("train", "/nowhere/at/all.loom")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("“all.loom” cannot be read")
    assert done.stderr.count("\n") == 1


@pytest.mark.torch
@pytest.mark.parametrize(
    ("content", "code"), [("", FILE_EMPTY), ("\n \n", FILE_EMPTY), ("a,b\n", HEADER_ONLY), (None, FILE_NOT_REGULAR)]
)
def test_every_command_says_the_same_of_a_bad_file(
    tmp_path: Path, capsys: Captured, content: str | None, code: ProblemKind
) -> None:
    """An empty one “is empty” to one command and “has no rows” to another; of a folder called like a table the known
    data sets were listed."""
    path = tmp_path / "table.csv"
    if content is None:
        path.mkdir()
    else:
        path.write_text(content)
    expected = code(path=path, reason="it is a folder").sentence
    for command in (
        ["train", "--data", path, "--target", "a"],
        ["recommend", "data", path, "--propose"],
        ["recommend", "data", path, "--profile"],
        ["recommend", "train", "wide-deep", "--data", path, "--label", "a"],
        ["recommend", "train", "candidates", "--data", path],
        ["recommend", "train", "candidates", "--data", path, "--user", "a", "--item", "b"],
    ):
        assert main([str(word) for word in command]) == 1
        assert capsys.readouterr().err.strip() == expected, command
