"""Checkpoints: everything comes back to the bit, nothing is lost, and what is wrong with a file is said."""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors import safe_open

from engine.graph.columns import Columns, bags_of
from engine.graph.model import NetworkGraph
from engine.problems import EngineError
from engine.recommenders.data.tables.fields import Fields, binned_name
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows, prepare
from engine.recommenders.running import tensor_file
from engine.recommenders.running.checkpoints import (
    Cursor,
    load,
    optimiser_tensors_of,
    read,
    restore,
    save,
    tensors_of,
)
from engine.recommenders.running.settings import AdaGrad, Training
from engine.recommenders.running.tensor_file import JSON
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.tasks.wide_deep.graph import wide_deep
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec

ROWS = 60
SIZES = {"city": 5, "device": 3, binned_name("age"): 4, "apps": 11}
MODEL = {"vocabularies": {"city": ["Zürich", "São Paulo", 'a "quoted" one']}, "cuts": [0.1, 2.0]}
CURSOR = Cursor(2, 1, 7, 0.1 + 0.2, 48.0)


def graph(**changes: object) -> NetworkGraph:
    spec = {"crosses": (("city", "apps"),), "hidden": (8, 4), "dimensions": 3, "scale": 0.5, "quantiles": 5, **changes}
    fields = Fields(("city", "device"), ("age",), ("apps",))
    return wide_deep(fields, SIZES, WideDeepSpec.model_validate(spec))


def batch_for(network: RecommenderNetwork) -> PreparedRows:
    draw = np.random.default_rng(0)
    columns = {
        "city": draw.integers(0, 5, ROWS),
        "device": draw.integers(0, 3, ROWS),
        "age": draw.normal(size=ROWS).astype(np.float32),
        binned_name("age"): draw.integers(0, 4, ROWS),
        "apps": bags_of([draw.integers(0, 11, draw.integers(0, 5)).tolist() for _ in range(ROWS)]),
    }
    targets = (draw.random(ROWS) < 0.4).astype(np.float32)
    return prepare(network.plan, Columns(columns, ROWS), targets, buffers=network.buffer_views())


def trained(steps: int = 3, graph_: NetworkGraph | None = None, **changes: object) -> RecommenderTrainer:
    network = RecommenderNetwork(graph_ or graph(), seed=1)
    network.buffers.copy_(torch.linspace(-2.0, 2.0, len(network.buffers)))
    trainer = RecommenderTrainer(network, Training.model_validate({"batch_size": 16, "seed": 1, **changes}))
    batch = batch_for(network)
    for _ in range(steps):
        trainer.train(batch)
    return trainer


def everything(trainer: RecommenderTrainer) -> dict[str, torch.Tensor]:
    return {name: t.clone() for name, t in (tensors_of(trainer.network) | optimiser_tensors_of(trainer)).items()}


def same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> bool:
    return first.keys() == second.keys() and all(torch.equal(first[name], second[name]) for name in first)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, torch.Tensor]]:
    path = tmp_path_factory.mktemp("written") / "run [1].safetensors"
    trainer = trained()
    save(path, trainer, CURSOR, MODEL)
    return path, everything(trainer)


def sentence_of(path: Path, trainer: RecommenderTrainer | None = None) -> str:
    with pytest.raises(EngineError) as found:
        checkpoint = read(path)
        assert trainer is not None
        restore(checkpoint, trainer)
    return found.value.problem.sentence


def test_everything_comes_back_to_the_bit(written: tuple[Path, dict[str, torch.Tensor]]) -> None:
    path, before = written
    checkpoint = read(path)
    assert checkpoint.cursor == CURSOR and checkpoint.model == MODEL
    assert checkpoint.graph == graph() and checkpoint.training == Training(batch_size=16, seed=1)
    fresh = trained(0)
    assert not same(everything(fresh), before)
    assert restore(checkpoint, fresh) == CURSOR
    assert same(everything(fresh), before) and fresh.step == 7


def test_the_safetensors_library_reads_the_same_tensors(written: tuple[Path, dict[str, torch.Tensor]]) -> None:
    path, before = written
    with safe_open(path, framework="np") as file:
        assert set(file.keys()) == {*before, "model.json"}
        for name, tensor in before.items():
            np.testing.assert_array_equal(file.get_tensor(name), tensor.numpy(), strict=True)
        assert file.metadata()["format"] == "neuroloom-recommender"
    names = {"dense-1/W", "opt/dense-1/W/squares", "sparse-linear-1/W", "opt/sparse-linear-1/W/linear", "transform-1/"}
    for name in names:
        assert any(key.startswith(name) for key in before), name


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0.0, 1.0, exclude_max=True))
def test_a_file_cut_anywhere_is_said_to_be(
    cut: float, written: tuple[Path, dict[str, torch.Tensor]], tmp_path: Path
) -> None:
    whole = written[0].read_bytes()
    path = tmp_path / "cut.safetensors"
    path.write_bytes(whole[: int(cut * len(whole))])
    sentence = sentence_of(path)
    assert "truncated" in sentence or (int(cut * len(whole)) < 9 and "isn't a recommender's checkpoint" in sentence)


@pytest.mark.parametrize(
    "content",
    [b"", b"user,item\n1,2\n" * 9, b"\x80\x04" + b"." * 99, (0).to_bytes(8, "little") + b"{}",
     (2).to_bytes(8, "little") + b"{}", (2).to_bytes(8, "little") + b"{]", (9).to_bytes(8, "little") + b'{"a": 12}'],
)  # fmt: skip
def test_other_files_are_no_checkpoints(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    path.write_bytes(content)
    assert sentence_of(path).startswith("“other.safetensors” isn't a recommender's checkpoint")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert "cannot be read" in sentence_of(tmp_path / "none.safetensors")
    assert "cannot be read" in sentence_of(tmp_path)


def rewritten(written: Path, path: Path, edit: dict[str, str | None]) -> Path:
    """The file with some of its metadata changed, or removed."""
    whole = written.read_bytes()
    length = int.from_bytes(whole[:8], "little")
    header = json.loads(whole[8 : 8 + length])
    header["__metadata__"].update(edit)
    header["__metadata__"] = {key: value for key, value in header["__metadata__"].items() if value is not None}
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + whole[8 + length :])
    return path


@pytest.mark.parametrize(
    ("edit", "part"),
    [
        ({"version": "2"}, "format version 2, and this Neuroloom reads version 1"),
        ({"format": "other"}, "isn't a recommender's checkpoint"),
        ({"cursor": '{"epoch": -1}'}, "is damaged"),
        ({"cursor": "["}, "is damaged"),
        ({"graph": None}, "is damaged"),
        ({"graph": '{"blocks": [{"id": "a", "kind": "no-such-kind"}]}'}, "“no-such-kind” is unknown to this version"),
        ({"training": '{"epochs": "many"}'}, "is damaged"),
    ],
)
def test_what_is_wrong_with_a_description_is_said(
    edit: dict[str, str | None], part: str, written: tuple[Path, dict[str, torch.Tensor]], tmp_path: Path
) -> None:
    assert part in sentence_of(rewritten(written[0], tmp_path / "x.safetensors", edit))


def changed(whole: NetworkGraph, block_id: str, **update: object) -> NetworkGraph:
    blocks = [
        block.model_copy(update={"params": block.params.model_copy(update=update)}) if block.id == block_id else block
        for block in whole.blocks
    ]
    return whole.with_blocks(blocks)


def test_checkpoints_of_other_graphs_name_the_block(written: tuple[Path, dict[str, torch.Tensor]]) -> None:
    path = written[0]
    wider = sentence_of(path, trained(0, graph(hidden=(9, 4))))
    assert "of block “Deep 1” is 8" in wider and "in the checkpoint and 9" in wider
    assert "“W” of block “Embeddings” is 12 × 3 in the checkpoint and 12 × 4 in" in sentence_of(
        path, trained(0, changed(graph(), "embedding-1", dimensions=4))
    )
    relu = sentence_of(path, trained(0, changed(graph(), "dense-2", activation="tanh")))
    assert "“Deep 2” has other settings in the checkpoint than in the graph" in relu
    whole = graph()
    swapped = [
        wire.model_copy(update={"slot": 1 - wire.slot}) if wire.target == "concatenate-1" and wire.slot < 2 else wire
        for wire in whole.wires
    ]
    assert "is wired otherwise" in sentence_of(path, trained(0, whole.with_wires(swapped)))
    assert "is in the checkpoint alone" in sentence_of(path, trained(0, graph(parts="wide")))


def test_titles_and_places_make_no_other_graph(written: tuple[Path, dict[str, torch.Tensor]]) -> None:
    moved = graph().with_blocks(
        [block.model_copy(update={"title": "", "x": block.x + 9.0}) for block in graph().blocks]
    )
    fresh = trained(0, moved)
    restore(read(written[0]), fresh)
    assert same(everything(fresh), written[1])


def test_batches_that_would_be_others_are_refused_and_rates_are_not(
    written: tuple[Path, dict[str, torch.Tensor]],
) -> None:
    checkpoint = read(written[0])
    for name, value in (("seed", 2), ("batch_size", 32), ("shuffle", False)):
        before = everything(other := trained(0, **{name: value}))
        assert f"was saved with {name} {getattr(checkpoint.training, name)}; this run has {value}" in sentence_of(
            written[0], other
        )
        assert same(everything(other), before)
    restore(checkpoint, trained(0, epochs=99, deep=AdaGrad(rate=0.1)))


def test_weights_alone_can_be_used_and_not_trained_on(
    written: tuple[Path, dict[str, torch.Tensor]], tmp_path: Path
) -> None:
    path, before = written
    trainer = trained()
    metadata = safe_open(path, framework="np").metadata()
    tensor_file.write_tensors(tmp_path / "w.safetensors", tensors_of(trainer.network), metadata, b"{}")
    bare, fresh = read(tmp_path / "w.safetensors"), trained(0)
    with pytest.raises(EngineError, match=r"lacks the optimiser's memory of “W” of block “Deep 1”|of “[Wb]”"):
        restore(bare, fresh)
    load(bare, fresh.network)
    for name, tensor in tensors_of(fresh.network).items():
        assert torch.equal(tensor, before[name])
    with pytest.raises(KeyError):
        bare.tensor("opt/dense-1/W/squares")


class _FullDisk:
    """Lets so many bytes through, then says that there is no space left."""

    def __init__(self, file: object, room: int) -> None:
        self._file, self._room = file, room

    def write(self, content: memoryview) -> int:
        self._room -= memoryview(content).nbytes
        if self._room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._file.write(content)  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("room", [0, 3000, 6000])
def test_a_full_disk_loses_nothing(room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run.safetensors"
    save(path, trained(1), Cursor(0, 1, 1), MODEL)
    before, whole = path.read_bytes(), tensor_file._write
    monkeypatch.setattr(tensor_file, "_write", lambda file, *rest: whole(_FullDisk(file, room), *rest))
    with pytest.raises(EngineError, match=r"“run\.safetensors” cannot be written \(No space left on device\)"):
        save(path, trained(2), Cursor(0, 2, 2), MODEL)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_an_interruption_while_writing_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run.safetensors"
    save(path, trained(1), Cursor(0, 1, 1), MODEL)
    before = path.read_bytes()

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(path, trained(2), Cursor(0, 2, 2), MODEL)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_what_killed_runs_have_left_behind_is_removed_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "run [1].safetensors"
    old, young, other = (tmp_path / f".{name}.part" for name in (f"{path.name}.1", f"{path.name}.2", "run 1.x.1"))
    for left in (old, young, other):
        left.write_bytes(b"x")
    for left in (old, other):
        os.utime(left, (time.time() - 9999, time.time() - 9999))
    save(path, trained(0), Cursor(), {})
    assert not old.exists() and young.exists() and other.exists()


def test_numbers_that_are_not_finite_are_not_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    trainer = trained()
    save(path, trainer, CURSOR, MODEL)
    content = bytearray(path.read_bytes())
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    start = 8 + int.from_bytes(content[:8], "little")
    name = max((n for n in header if n.count("/") == 1), key=lambda n: header[n]["data_offsets"][1])
    at = start + header[name]["data_offsets"][0]
    for number in (float("nan"), float("inf")):
        content[at : at + 4] = np.array([number], "<f4").tobytes()
        path.write_bytes(bytes(content))
        other = trained(0)
        before = everything(other)
        with pytest.raises(EngineError, match="aren't finite"):
            restore(read(path), other)
        with pytest.raises(EngineError, match="aren't finite"):
            load(read(path), other.network)
        assert all(torch.equal(before[key], tensor) for key, tensor in everything(other).items())


def _with_header(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    content = path.read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    change(header)
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + content[8 + length :])


CRAFTED: dict[str, Callable[[dict[str, Any]], object]] = {
    "another type": lambda header: header["out/b"].update(dtype="F16"),
    "whole numbers": lambda header: header["out/b"].update(dtype="I32"),
    "a negative size": lambda header: header["out/b"].update(shape=[-1]),
    "a size that is no number": lambda header: header["out/b"].update(shape=["1"]),
    "no shape": lambda header: header["out/b"].pop("shape"),
    "no list": lambda header: header.update({"out/b": 7}),
    "a huge size": lambda header: header["out/b"].update(shape=[2**40, 2**40]),
    "places beyond the end": lambda header: header["out/b"].update(data_offsets=[0, 2**62]),
    "places that are no numbers": lambda header: header["out/b"].update(data_offsets=[0, float("inf")]),
    "a document of another type": lambda header: header[JSON].update(dtype="F32"),
    "no metadata": lambda header: header.pop("__metadata__"),
    "metadata that is a list": lambda header: header.update(__metadata__=[]),
    "a graph that is a number": lambda header: header["__metadata__"].update(graph=7),
}


@pytest.mark.parametrize("case", CRAFTED)
def test_crafted_headers_are_one_sentence(tmp_path: Path, case: str) -> None:
    path = tmp_path / "run.safetensors"
    trainer = trained(0)
    save(path, trainer, CURSOR, MODEL)

    def change(header: dict[str, Any]) -> None:
        name = next(n for n in header if n.count("/") == 1)
        if "out/b" not in header:
            header["out/b"] = header.pop(name)
        CRAFTED[case](header)

    _with_header(path, change)
    with pytest.raises(EngineError) as error:
        load(read(path), trained(0).network)
    assert error.value.problem.code.startswith("recommender.checkpoint-")


def test_a_header_that_is_far_too_long_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    with path.open("wb") as file:
        file.write((90_000_000).to_bytes(8, "little") + b"{")
        file.truncate(1 << 34)  # sparse: it takes no room
    with pytest.raises(EngineError, match="isn't a recommender's checkpoint"):
        read(path)
