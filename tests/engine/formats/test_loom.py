"""Network files: what is written is read back bit for bit, and whatever is wrong gets one sentence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assets import __file__ as assets_file
from engine import atomic
from engine.atomic import write_atomically
from engine.cli.commands.schema import network_schema, schema_text
from engine.data import DataChoice, load
from engine.formats import loom as project
from engine.formats.base import NetworkFile
from engine.formats.loom import VERSION, read_network_file, write_network_file
from engine.formats.sheet import SheetView
from engine.graph.build import feed_forward
from engine.graph.kinds import kinds
from engine.graph.validation import validate
from engine.guesses import GuessRecord, KeptGuess
from engine.hyperparameters import Hyperparameters
from engine.problems import EngineError
from engine.training.session import Setup, TrainingSession
from engine.training.tables import target_of

ASSETS = Path(assets_file).parent
BUNDLED = sorted((ASSETS / "networks").glob("*.loom"))

Change = Callable[[dict[str, Any]], Any]


def a_network(seed: int = 0) -> NetworkFile:
    """A 2-3-1 network with weights that no short decimal holds."""
    rng = np.random.default_rng(seed)
    weights = {
        ("dense-1", "W"): rng.normal(size=(3, 2)),
        ("dense-1", "b"): rng.normal(size=3) * 1e-300,
        ("output-1", "W"): rng.normal(size=(1, 3)) * 1e30,
        ("output-1", "b"): np.array([np.nextafter(1.0, 2.0)]),
    }
    hyper = Hyperparameters(optimizer="sgd", learning_rate=0.1 + 0.2, seed=7)
    return NetworkFile(feed_forward((3,)), hyper, DataChoice(name="circle", noise=10), weights, "Kreis ○")


def same(first: NetworkFile, second: NetworkFile) -> bool:
    """Whether two files hold the same, the weights bit for bit."""
    return (
        (first.graph, first.hyper, first.data, first.title) == (second.graph, second.hyper, second.data, second.title)
        and first.weights.keys() == second.weights.keys()
        and all(first.weights[key].tobytes() == second.weights[key].tobytes() for key in first.weights)
    )


@pytest.mark.parametrize("inline_limit", [project.INLINE_LIMIT, 0])
def test_what_is_written_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inline_limit: int) -> None:
    monkeypatch.setattr(project, "INLINE_LIMIT", inline_limit)
    path = tmp_path / "a.loom"
    write_network_file(path, a_network())
    assert same(read_network_file(path), a_network())
    assert len(list(tmp_path.iterdir())) == (1 if inline_limit else 2)


def test_many_weights_lie_beside_the_file(tmp_path: Path) -> None:
    graph = feed_forward((200, 600))
    data = load(DataChoice())
    weights = TrainingSession(Setup(graph, data, Hyperparameters(), "numpy")).sound_weights()
    path = tmp_path / "wide.loom"
    write_network_file(path, NetworkFile(graph, weights=weights))
    named = json.loads(path.read_text())["weights"]
    assert hashlib.sha256((tmp_path / named["file"]).read_bytes()).hexdigest() == named["sha256"]
    assert same(read_network_file(path), NetworkFile(graph, weights=weights))


def test_a_save_that_fails_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.loom"
    write_network_file(path, a_network(0))

    def full_disk(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full_disk)
    with pytest.raises(EngineError, match="No space left on device"):
        write_network_file(path, a_network(1))
    assert same(read_network_file(path), a_network(0))
    assert list(tmp_path.iterdir()) == [path]


def test_a_saved_file_can_be_read_by_whoever_may_read_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    write_atomically(tmp_path / "saved", b"x")
    assert (tmp_path / "saved").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_file_cannot_be_written_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="cannot be written"):
        write_network_file(tmp_path / "none" / "a.loom", a_network())


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "a.loom"
    write_network_file(path, a_network())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert same(read_network_file(path), a_network())


# --- bad files ---------------------------------------------------------------------------------------------------


def _dense(document: dict[str, Any]) -> dict[str, Any]:
    return document["graph"]["blocks"][1]


CHANGES: dict[str, tuple[Change, str, str]] = {
    "another version": (lambda d: d.update(version=VERSION + 1), "file.other-version", "newer Neuroloom"),
    "no version": (lambda d: d.pop("version"), "file.other-version", "None"),
    "another format": (lambda d: d.update(format="keras"), "file.not-ours", "not a Neuroloom document"),
    "an unknown block": (lambda d: _dense(d).update(kind="attention"), "graph.unknown-kind", "attention"),
    "an unknown activation": (
        lambda d: _dense(d)["params"].update(activation="tan"),
        "activation.unknown",
        "'tan'",
    ),
    "an unknown initialiser": (
        lambda d: _dense(d)["params"].update(initializer="x"),
        "initializer.unknown",
        "'x'",
    ),
    "an unknown loss": (
        lambda d: d["graph"]["blocks"][2]["params"].update(loss="hinge"),
        "loss.unknown",
        "'hinge'",
    ),
    "an unknown setting": (lambda d: _dense(d)["params"].update(size=3), "file.bad-content", "size isn't known"),
    "no units": (lambda d: _dense(d)["params"].update(units=0), "file.bad-content", "units is 0"),
    "parameters that are a number": (lambda d: _dense(d).update(params=3), "file.bad-content", "is 3"),
    "no kind": (lambda d: _dense(d).pop("kind"), "file.bad-content", "kind is missing"),
    "no graph": (lambda d: d.pop("graph"), "file.bad-content", "graph is missing"),
    "a place that is no number": (lambda d: _dense(d).update(x=float("nan")), "file.bad-content", "finite"),
    "a negative learning rate": (
        lambda d: d["training"].update(learning_rate=-1),
        "file.bad-content",
        "learning_rate is -1",
    ),
    "an id with a slash": (lambda d: _dense(d).update(id="a/b"), "file.bad-content", "id is 'a/b'"),
    "weights of the wrong shape": (
        lambda d: d["weights"]["dense-1"].update(W=[[1.0, 2.0]]),
        "graph.wrong-shape",
        "1 × 2, but the graph needs 3 × 2",
    ),
    "a bias that is a table": (lambda d: d["weights"]["dense-1"].update(b=[[1.0]]), "graph.wrong-shape", "1 × 1"),
    "output weights of the wrong width": (
        lambda d: d["weights"]["output-1"].update(W=[[1.0]]),
        "graph.wrong-shape",
        "any × 3",
    ),
    "ragged weights": (
        lambda d: d["weights"]["dense-1"].update(W=[[1.0], [2.0, 3.0]]),
        "file.bad-weights",
        "rectangular",
    ),
    "weights that are no numbers": (
        lambda d: d["weights"]["dense-1"].update(b=["a", "b", "c"]),
        "file.bad-weights",
        "“b” of block “dense-1”",
    ),
    "weights that are not finite": (
        lambda d: d["weights"]["dense-1"].update(b=[1.0, float("inf"), 0.0]),
        "file.bad-weights",
        "finite",
    ),
    "a missing weight": (lambda d: d["weights"]["dense-1"].update(b=[1.0, None, 0.0]), "file.bad-weights", "“b”"),
    "weights of no block": (lambda d: d["weights"].update(ghost={"W": [1.0]}), "graph.no-such-array", "“ghost”"),
    "weights of another name": (
        lambda d: d["weights"]["dense-1"].update(gamma=[1.0]),
        "graph.no-such-array",
        "“gamma”",
    ),
    "weights that are a number": (lambda d: d.update(weights=3), "file.bad-content", "weights"),
    "weights beside it that are not there": (
        lambda d: d.update(weights={"file": "b.safetensors", "sha256": "0"}),
        "file.weights-missing",
        "b.safetensors",
    ),
    "weights beside it in another folder": (
        lambda d: d.update(weights={"file": "../b.safetensors", "sha256": "0"}),
        "file.bad-content",
        "weights",
    ),
    "weights beside it without a name": (
        lambda d: d.update(weights={"file": "", "sha256": "0"}),
        "file.bad-content",
        "weights",
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_each_bad_document_gets_its_sentence(tmp_path: Path, case: str) -> None:
    change, code, words = CHANGES[case]
    path = tmp_path / "a.loom"
    write_network_file(path, a_network())
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document))
    with pytest.raises(EngineError) as caught:
        read_network_file(path)
    assert caught.value.problem.code == code
    sentence = caught.value.problem.sentence
    assert words in sentence
    assert "\n" not in sentence


CONTENTS = {
    "empty": b"",
    "text": b"hello",
    "binary": bytes(range(256)),
    "cut off": b'{"format": "neuroloom-network", "ver',
    "nested too deeply": b"[" * 200_000,
    "a number of thousands of digits": b'{"version": ' + b"1" * 10_000 + b"}",
    "a list": b"[1, 2]",
    "null": b"null",
}


@pytest.mark.parametrize("case", CONTENTS)
def test_each_file_that_is_no_network_gets_its_sentence(tmp_path: Path, case: str) -> None:
    path = tmp_path / "a.loom"
    path.write_bytes(CONTENTS[case])
    with pytest.raises(EngineError, match=r"“a\.loom” is") as caught:
        read_network_file(path)
    assert caught.value.problem.code in ("file.foreign", "file.not-json", "file.not-ours")


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.loom", tmp_path):
        with pytest.raises(EngineError, match="cannot be read"):
            read_network_file(path)


def test_weights_that_were_changed_after_saving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "INLINE_LIMIT", 0)
    path = tmp_path / "a.loom"
    write_network_file(path, a_network())
    beside = next(tmp_path.glob("*.safetensors"))
    content = bytearray(beside.read_bytes())
    content[-1] ^= 1
    beside.write_bytes(content)
    with pytest.raises(EngineError, match="SHA-256"):
        read_network_file(path)


def test_weights_that_are_no_safetensors_whatever_their_digest(tmp_path: Path) -> None:
    path, beside = tmp_path / "a.loom", tmp_path / "b.safetensors"
    write_network_file(path, a_network())
    beside.write_bytes(b"nonsense")
    document = json.loads(path.read_text(encoding="utf-8"))
    document["weights"] = {"file": beside.name, "sha256": hashlib.sha256(b"nonsense").hexdigest()}
    path.write_text(json.dumps(document))
    with pytest.raises(EngineError, match=r"b\.safetensors"):
        read_network_file(path)


def test_weights_of_a_block_that_is_not_wired_up_are_kept(tmp_path: Path) -> None:
    file = a_network()
    unwired = NetworkFile(file.graph.with_wires(()), file.hyper, file.data, file.weights, file.title)
    path = tmp_path / "a.loom"
    write_network_file(path, unwired)
    assert same(read_network_file(path), unwired)


def test_a_file_of_before_means_its_table_as_it_was_read_then(tmp_path: Path) -> None:
    path = tmp_path / "a.loom"
    network = a_network()
    now = NetworkFile(network.graph, network.hyper, DataChoice(source="file", path="t.csv"), network.weights, "")
    write_network_file(path, now)
    assert read_network_file(path).data == now.data
    document = json.loads(path.read_text(encoding="utf-8"))
    del document["data"]["dates"], document["data"]["decimal"]
    path.write_text(json.dumps(document))
    before = read_network_file(path).data
    assert (before.dates, before.decimal) == ("texts", "plain")


def test_a_file_of_the_first_version_has_the_fields_that_programs_of_its_time_know(tmp_path: Path) -> None:
    network, path = a_network(), tmp_path / "a.loom"
    write_network_file(path, network)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document.keys() == {"format", "version", "title", "graph", "training", "data", "weights"}
    assert document["training"].keys() == {
        *("optimizer", "learning_rate", "batch_size", "l1", "l2", "clip_norm", "momentum", "beta1", "beta2", "rho"),
        *("epsilon", "weight_decay", "schedule", "shuffle", "stop_after_epochs", "seed"),
    }
    assert document["data"].keys() == {
        *("source", "name", "noise", "samples", "train_share", "seed", "path", "target", "features", "header"),
        *("missing", "standardise", "task", "points"),
    }
    carried = NetworkFile(network.graph, Hyperparameters(leftover="carry"), DataChoice(decimal="comma"))
    write_network_file(path, carried)
    assert same(read_network_file(path), carried)  # what is not as it was then is said


@pytest.mark.parametrize("dates", ["texts", "days", "leave-out"])
@pytest.mark.parametrize("decimal", ["plain", "point", None])
def test_how_a_table_is_read_is_kept_whatever_the_file_leaves_unsaid(tmp_path: Path, dates: str, decimal: str) -> None:
    choice = DataChoice(source="file", path="t.csv", dates=dates, decimal=decimal)
    write_network_file(tmp_path / "a.loom", NetworkFile(a_network().graph, data=choice))
    assert read_network_file(tmp_path / "a.loom").data == choice
    said = json.loads((tmp_path / "a.loom").read_text(encoding="utf-8"))["data"]
    assert ("dates" in said, "decimal" in said) == (dates != "texts", decimal != "plain")


@pytest.mark.parametrize("inline_limit", [project.INLINE_LIMIT, 0])
def test_what_was_answered_of_the_pass_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inline_limit: int
) -> None:
    monkeypatch.setattr(project, "INLINE_LIMIT", inline_limit)
    met = [KeptGuess(question="first", answer="+"), KeptGuess(question="second", answer=0.5, again=True)]
    network, path = (
        replace(a_network(), view=SheetView(guesses=GuessRecord(right=1, asked=2, met=met))),
        tmp_path / "a.loom",
    )
    write_network_file(path, network)
    read = read_network_file(path)
    assert same(read, network) and read.view == network.view
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["version"] == 3, "what reads version 2 alone says that it is newer, not that it is damaged"
    document["guesses"]["right"] = 3
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(EngineError, match=r"damaged.*can't be right 3 times out of 2. Correct “right” or “asked”"):
        read_network_file(path)


def test_a_file_says_a_version_more_only_where_its_pass_is_kept(tmp_path: Path) -> None:
    path, view = tmp_path / "a.loom", SheetView(predict=True, tab="pass", numbers={"rows": [7.0], "stage": [2.0, 1.0]})
    for network, version in ((a_network(), 1), (replace(a_network(), view=view), 4)):
        network = replace(network, first={}, progress=None)
        write_network_file(path, network)
        assert json.loads(path.read_text(encoding="utf-8"))["version"] == version
        assert read_network_file(path).view == network.view


# --- what comes with the program ---------------------------------------------------------------------------------


def test_the_published_schema_is_the_program_s_own() -> None:
    published = (ASSETS / "schema" / "network-5.json").read_text(encoding="utf-8")
    assert published.rstrip("\n") == schema_text()


def test_the_schema_has_a_variant_for_every_kind() -> None:
    definitions: Any = network_schema()["$defs"]
    variants = {v["properties"]["kind"]["const"]: v["properties"]["params"] for v in definitions["Block"]["oneOf"]}
    assert variants.keys() == {kind.key for kind in kinds()}
    for kind in kinds():
        assert variants[kind.key].get("properties", {}).keys() == kind.params_type.model_fields.keys()


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_every_bundled_network_fits_its_data_and_trains(path: Path) -> None:
    file = read_network_file(path)
    dataset = load(file.data)
    assert [p.problem.sentence for p in validate(file.graph, target_of(dataset))] == []
    session = TrainingSession(Setup(file.graph, dataset, file.hyper, "numpy"), file.weights)
    session.run_steps(2)
    assert session.failure is None


def test_there_are_bundled_networks() -> None:
    assert BUNDLED
