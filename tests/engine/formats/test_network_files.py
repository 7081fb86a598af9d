"""Network files beside their data and their neighbours: weights that fit, no leftovers, sentences that can be read."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.cli.main import run
from engine.data import DataChoice
from engine.formats import loom as project
from engine.formats import read_network
from engine.formats.base import NetworkFile
from engine.formats.loom import read_network_file, write_network_file
from engine.graph import NetworkGraph, TargetSpec, Wire, validate
from engine.graph.build import feed_forward
from engine.graph.edit import set_params
from engine.graph.weights import check_weights, fitting_weights
from engine.problems import EngineError

TWO = TargetSpec(2)


def weights_for(units: int, outputs: int, seed: int = 0) -> dict[tuple[str, str], np.ndarray]:
    rng = np.random.default_rng(seed)
    return {("dense-1", "W"): rng.normal(size=(units, 2)), ("output-1", "W"): rng.normal(size=(outputs, units))}


def saved(folder: Path, name: str = "a.loom", seed: int = 0, outputs: int = 1) -> Path:
    path = folder / name
    data = DataChoice(name="circle", samples=40)
    write_network_file(path, NetworkFile(feed_forward((3,)), data=data, weights=weights_for(3, outputs, seed)))
    return path


# --- weights that fit --------------------------------------------------------------------------------------------


def test_an_outputs_rows_must_be_the_targets() -> None:
    graph = feed_forward((3,))
    check_weights(graph, TWO, weights_for(3, 1))
    check_weights(graph, TargetSpec(3), weights_for(3, 3))
    check_weights(graph, None, weights_for(3, 7))
    with pytest.raises(EngineError, match="shape 3 × 3, but the graph needs 1 × 3"):
        check_weights(graph, TWO, weights_for(3, 3))


def test_a_file_whose_output_is_of_other_data_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, outputs=3)  # read alone it is fine: what its data are is not known yet
    assert read_network_file(path).weights["output-1", "W"].shape == (3, 3)
    assert run(["trace", str(path)]) != 0
    assert "needs 1 × 3" in capsys.readouterr().err


def test_only_weights_that_an_edit_has_outdated_are_left_out() -> None:
    weights = weights_for(3, 1)
    graph = set_params(feed_forward((3,)), "dense-1", units=4)
    assert fitting_weights(feed_forward((3,)), TWO, weights).keys() == weights.keys()
    assert fitting_weights(graph, TWO, {**weights, ("gone", "W"): np.ones(2)}) == {}
    check_weights(graph, TWO, fitting_weights(graph, TWO, weights))


# --- files beside ------------------------------------------------------------------------------------------------


def test_saving_again_leaves_no_old_weights_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "INLINE_LIMIT", 0)
    other = saved(tmp_path, "a-b.loom", seed=9)
    stranger = tmp_path / "a-0123456789ab.safetensors"
    stranger.write_bytes(b"nobody's")
    for seed in range(3):
        path = saved(tmp_path, seed=seed)
    named = {json.loads(one.read_text())["weights"]["file"] for one in (path, other)}
    assert {one.name for one in tmp_path.glob("*.safetensors")} == {*named, stranger.name}
    np.testing.assert_array_equal(read_network_file(path).weights["dense-1", "W"], weights_for(3, 1, 2)["dense-1", "W"])
    assert read_network_file(other).weights

    saved(tmp_path, seed=2)  # the same weights again keep their file
    assert read_network_file(path).weights
    monkeypatch.setattr(project, "INLINE_LIMIT", 1000)
    saved(tmp_path, seed=2)
    assert {one.name for one in tmp_path.glob("a-*.safetensors")} == {
        stranger.name,
        json.loads(other.read_text())["weights"]["file"],
    }


def test_weights_that_another_name_was_given_to_are_never_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy under another name shares the first one's weights file: saving the copy must not take it away."""
    monkeypatch.setattr(project, "INLINE_LIMIT", 0)
    first = saved(tmp_path)
    (tmp_path / "copy.loom").write_bytes(first.read_bytes())
    saved(tmp_path, "copy.loom", seed=1)
    assert read_network_file(first).weights


@pytest.mark.parametrize("content", ["", "[]", '{"weights": {"file": 3}}', '{"weights": {"file": "../x.safetensors"}}'])
def test_whatever_stood_there_before_is_written_over(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.loom").write_text(content)
    assert read_network_file(saved(tmp_path)).weights


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_files_get_the_mode_that_the_umask_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, umask: int, mode: int
) -> None:
    monkeypatch.setattr(project, "INLINE_LIMIT", 0)
    before = os.umask(umask)
    try:
        saved(tmp_path)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()} == {mode}


# --- sentences ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ({"dense-1": {"W": 3}}, "weights.dense-1.W is 3; it must be a list."),
        ({"dense-1": 3}, "weights.dense-1 is 3; it must be an object"),
        ([1], "weights is [1]; it must be an object"),
        ({"file": "a.safetensors"}, "weights.sha256 is missing"),
        ({"file": "a.safetensors", "sha256": 3}, "weights.sha256 is 3; it must be text."),
        ({"file": {"W": 3}}, "weights.file.W is 3; it must be a list."),
    ],
)
def test_bad_weights_are_named_as_they_stand_in_the_file(tmp_path: Path, weights: Any, sentence: str) -> None:
    path = saved(tmp_path)
    document = json.loads(path.read_text())
    path.write_text(json.dumps(document | {"weights": weights}))
    with pytest.raises(EngineError) as error:
        read_network_file(path)
    assert sentence in str(error.value)
    assert "dict[" not in str(error.value)


def loose() -> NetworkGraph:
    graph = feed_forward((3,))
    return graph.with_wires(
        (*graph.wires, Wire(source="dense-1", target="gone"), Wire(source="lost", target="dense-1"))
    )


def test_a_wire_to_a_block_that_is_not_there_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    codes = {found.problem.code for found in validate(loose(), TWO)}
    assert "graph.loose-wire" in codes
    path = tmp_path / "loose.loom"
    write_network_file(path, NetworkFile(loose()))
    assert read_network_file(path).graph == loose()


@pytest.mark.parametrize("blocks", [1004, 2002])
def test_blocks_are_counted_before_anybody_builds_them(tmp_path: Path, blocks: int) -> None:
    path = tmp_path / "many.loom"
    write_network_file(path, NetworkFile(feed_forward((1,) * (blocks - 2))))
    with pytest.raises(EngineError, match=f"has {blocks:,} blocks, more than 500"):
        read_network(path)
