"""Runs: resumed to the bit, stopped, diverged, short of memory; what they say of themselves is read back."""

from __future__ import annotations

import math
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.columns import Columns, bags_of
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.dropout import DropoutParams
from engine.graph.kinds.embedding import EmbeddingParams
from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.graph.model import Block, NetworkGraph, Wire
from engine.problems import EngineError, Problem, document_of, problem_in
from engine.recommenders.data.logs.gatherer import ROWS_INCOMPLETE
from engine.recommenders.data.tables.fields import Fields, binned_name
from engine.recommenders.model.graph_draft import GraphDraft
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows, prepare
from engine.recommenders.running import run as run_module
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.checkpoints import Cursor, optimiser_tensors_of, read, restore, tensors_of
from engine.recommenders.running.device import keep_freed_memory
from engine.recommenders.running.events import (
    Diverged,
    EpochEnded,
    Event,
    Finished,
    Noticed,
    Saved,
    Started,
    Stepped,
    Stopped,
    failed,
    from_json,
    noticed,
    to_json,
    told_by,
)
from engine.recommenders.running.micro_batches import gradients_in_parts
from engine.recommenders.running.run import OTHER_DATA, Run
from engine.recommenders.running.settings import Training
from engine.recommenders.running.tensorboard import TensorBoard, crc32c
from engine.recommenders.running.trainer import RecommenderTrainer, StepReport
from engine.recommenders.tasks.wide_deep.graph import wide_deep
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec

ROWS = 60
SIZES = {"city": 5, "device": 3, binned_name("age"): 4, "apps": 11}
TRAINING = Training(epochs=3, batch_size=16, seed=5)


def graph(between: str = "dropout") -> NetworkGraph:
    """Wide & Deep with another block between its hidden layers."""
    fields = Fields(("city", "device"), ("age",), ("apps",))
    spec = WideDeepSpec(crosses=(("city", "apps"),), hidden=(8, 4), dimensions=3, scale=0.5, quantiles=0)
    whole = wide_deep(fields, SIZES, spec)
    params = {"params": DropoutParams(rate=0.4)} if between == "dropout" else {}
    extra = Block.model_validate({"id": "between", "kind": between, "title": "Between", **params})
    wires = [w for w in whole.wires if (w.source, w.target) != ("dense-1", "dense-2")]
    wires += [Wire(source="dense-1", target="between"), Wire(source="between", target="dense-2")]
    return NetworkGraph(blocks=(*whole.blocks, extra), wires=tuple(wires))


def prepared_for(network: RecommenderNetwork, weighted: bool = True) -> PreparedRows:
    draw = np.random.default_rng(0)
    columns = {
        "city": draw.integers(0, 5, ROWS),
        "device": draw.integers(0, 3, ROWS),
        "age": draw.normal(size=ROWS).astype(np.float32),
        binned_name("age"): draw.integers(0, 4, ROWS),
        "apps": bags_of([draw.integers(0, 11, draw.integers(0, 5)).tolist() for _ in range(ROWS)]),
    }
    targets = (draw.random(ROWS) < 0.4).astype(np.float32)
    weights = draw.integers(0, 4, ROWS).astype(np.float32) if weighted else None
    return prepare(network.plan, Columns(columns, ROWS), targets, weights)


class Flag:
    def __init__(self) -> None:
        self.on = False

    def is_set(self) -> bool:
        return self.on


class Given:
    """A run of a fresh trainer, and what it has said."""

    def __init__(
        self, make: Callable[..., RecommenderTrainer] = RecommenderTrainer, between: str = "dropout", **options: Any
    ) -> None:
        self.network = RecommenderNetwork(graph(between), seed=5)
        training = options.pop("training", TRAINING)
        self.trainer = make(self.network, training)
        self.batches = PreparedBatches(prepared_for(self.network), training)
        self.events: list[Event] = []
        self.flag = Flag()
        self.stop_after: int | None = None
        options = {"report": 1, "stop": self.flag, "emit": self.take, **options}
        self.run = Run(self.trainer, self.batches, training, {"name": "model"}, **options)

    def take(self, event: Event) -> None:
        self.events.append(event)
        self.flag.on = isinstance(event, Stepped) and event.updates == self.stop_after

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    def state(self) -> dict[str, torch.Tensor]:
        return {k: t.clone() for k, t in (tensors_of(self.network) | optimiser_tensors_of(self.trainer)).items()}


def assert_same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> None:
    assert first.keys() == second.keys()
    for name, tensor in first.items():
        assert torch.equal(tensor, second[name]), name


@pytest.fixture(scope="module")
def uninterrupted() -> Given:
    whole = Given()
    assert whole.run.go().how == "finished"
    return whole


@pytest.mark.parametrize("after", [1, 3, 4, 6, 11, 12])
def test_a_resumed_run_is_the_uninterrupted_one_to_the_bit(after: int, uninterrupted: Given, tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    first = Given(checkpoint=path)
    first.stop_after = after
    ending = first.run.go()
    assert ending.how == "stopped" and ending.cursor.updates == after
    assert isinstance(first.events[-2], Saved)
    assert first.events[-1] == Stopped(ending.cursor.epoch, ending.cursor.step, after)
    second = Given(checkpoint=path)
    checkpoint = read(path)
    cursor = restore(checkpoint, second.trainer)
    assert cursor == ending.cursor and checkpoint.model == {"name": "model"}
    assert second.run.go(cursor).how == "finished"
    assert_same(second.state(), uninterrupted.state())
    losses = [(e.updates, e.loss, e.gradients) for e in first.of(Stepped) + second.of(Stepped)]
    assert losses == [(e.updates, e.loss, e.gradients) for e in uninterrupted.of(Stepped)]
    epochs, whole = first.of(EpochEnded) + second.of(EpochEnded), uninterrupted.of(EpochEnded)
    assert [(e.epoch, e.loss) for e in epochs] == [(e.epoch, e.loss) for e in whole]
    stopped_behind_it = after // 4 if after % 4 == 0 else None
    of_epochs = [e.gradients if e.epoch + 1 != stopped_behind_it else {} for e in whole]
    assert [e.gradients for e in epochs] == of_epochs
    final = read(path)
    assert final.cursor == Cursor(3, 0, 12)
    assert_same({name: final.tensor(name) for name in second.state()}, uninterrupted.state())


def test_a_finished_run_can_be_given_more_epochs(uninterrupted: Given, tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    short = Given(checkpoint=path, training=TRAINING.model_copy(update={"epochs": 2}))
    short.run.go()
    longer = Given()
    assert longer.run.go(restore(read(path), longer.trainer)).cursor == Cursor(3, 0, 12)
    assert_same(longer.state(), uninterrupted.state())
    again = Given()
    assert again.run.go(Cursor(3, 0, 12)).how == "finished"
    assert [type(event) for event in again.events] == [Started, Finished]


def test_events_tell_the_run(tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    scores = iter([0.5, math.nan, 0.75])
    given_ = Given(checkpoint=path, every=3, report=2, evaluate=lambda: {"auc": next(scores)})
    given_.run.go()
    started = given_.events[0]
    assert started == Started(ROWS, 4, 3, given_.network.parameter_count(), "cpu", torch.get_num_threads())
    assert [event.updates for event in given_.of(Saved)] == [3, 4, 6, 8, 9, 12, 12]
    assert [event.metrics for event in given_.of(EpochEnded)] == [{"auc": 0.5}, {"auc": None}, {"auc": 0.75}]
    steps = given_.of(Stepped)
    assert [(e.epoch, e.step, e.updates) for e in steps[:3]] == [(0, 2, 2), (0, 4, 4), (1, 2, 6)]
    assert all(e.samples_per_second > 0.0 and set(e.gradients) == set(steps[0].gradients) for e in steps)
    learning = {"sparse-linear-1", "embedding-1", "pooled-1", "dense-1", "dense-2", "dense-3", "joint-logit-1"}
    assert set(steps[0].gradients) == learning
    assert steps[0].remaining is not None and steps[-1].remaining == pytest.approx(0.0)
    assert isinstance(given_.events[-1], Finished)


def test_reported_losses_and_norms_are_those_of_the_steps(uninterrupted: Given) -> None:
    """Against a loop written out here, with norms by numpy."""
    network = RecommenderNetwork(graph(), seed=5)
    trainer = RecommenderTrainer(network, TRAINING)
    batches = PreparedBatches(prepared_for(network), TRAINING)
    sums = np.zeros(2)
    for step, event in enumerate(uninterrupted.of(Stepped)[:4]):
        batch = batches.batch(0, step)
        report = trainer.train(batch)
        assert event.loss == pytest.approx(report.loss, rel=1e-12)
        dense = {slot.key: slot.view(report.gradient.numpy()) for slot in network.plan.slots()}
        expected = math.hypot(*(np.linalg.norm(dense["dense-1", name]) for name in ("W", "b")))
        assert event.gradients["dense-1"] == pytest.approx(expected, rel=1e-5)
        table = np.linalg.norm(report.rows["embedding-1", "W"].values.numpy())
        assert event.gradients["embedding-1"] == pytest.approx(table, rel=1e-5)
        assert batch.weights is not None
        weight = float(batch.weights.sum())
        sums += report.loss * weight, weight
    ended = uninterrupted.of(EpochEnded)[0]
    assert ended.loss == pytest.approx(sums[0] / sums[1], rel=1e-9)
    assert ended.gradients == uninterrupted.of(Stepped)[3].gradients  # which is the epoch's last update


@pytest.mark.slow
def test_no_more_than_five_events_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = {"now": 0.0}

    def tick() -> float:
        clock["now"] += 0.008
        return clock["now"]

    monkeypatch.setattr("engine.recommenders.running.throughput.perf_counter", tick)
    monkeypatch.setattr(run_module, "SHORT", 0)
    given_ = Given(report=None, training=TRAINING.model_copy(update={"epochs": 25}))
    given_.run.go()
    steps = [event.updates for event in given_.of(Stepped)]
    assert (steps[0], steps[-1]) == (1, 25 * given_.batches.steps)
    assert 4 < len(steps) <= 2 + clock["now"] / run_module.INTERVAL


def test_a_short_run_tells_of_its_steps_by_number_and_not_by_the_clock() -> None:
    """Twelve steps within a second had two or three points, and others in every run alike."""
    told = []
    for _ in range(2):
        given_ = Given(report=None)
        given_.run.go()
        told.append([(event.updates, event.loss) for event in given_.of(Stepped)])
    assert told[0] == told[1]
    assert [updates for updates, _ in told[0]] == [*range(1, TRAINING.limit * given_.batches.steps + 1)]


# What goes wrong ------------------------------------------------------------------------------------------------------


class Spoiled(RecommenderTrainer):
    """Before update number 6 it does something to the network or to the report."""

    spoil: Callable[[RecommenderNetwork], None] = staticmethod(lambda network: None)  # type: ignore[assignment]
    report: Callable[[StepReport], None] = staticmethod(lambda report: None)  # type: ignore[assignment]

    def gradients(self, batch: PreparedRows, masks: Any = None) -> StepReport:
        if self.step == 6:
            self.spoil(self.network)
        report = super().gradients(batch, masks)
        if self.step == 6:
            self.report(report)
        return report


def spoil_table(network: RecommenderNetwork) -> None:
    network.tables["pooled-1", "W"].fill_(math.nan)


def spoil_layer(network: RecommenderNetwork) -> None:
    network.view(("dense-2", "W"))[0, 0] = math.inf


def spoil_gradient(report: StepReport) -> None:
    report.rows["embedding-1", "W"].values[0, 0] = math.inf


def spoil_square(report: StepReport) -> None:
    report.gradient[0] = 1e25  # finite, but its square is not


@pytest.mark.parametrize(
    ("hook", "spoil", "block", "what", "sentence"),
    [
        ("spoil", spoil_table, "pooled-1", "z", "the pre-activation of “Mean of apps”"),
        ("spoil", spoil_layer, "dense-2", "z", "the pre-activation of “Deep 2”"),
        ("report", spoil_gradient, "embedding-1", "gradient", "the gradient of “Embeddings”"),
        ("report", spoil_square, None, "gradient", "the gradient of “"),
    ],
)
def test_a_run_that_diverges_names_step_and_block_and_keeps_the_checkpoint(
    hook: str, spoil: Any, block: str | None, what: str, sentence: str, tmp_path: Path
) -> None:
    made = type("Made", (Spoiled,), {hook: staticmethod(spoil)})
    path = tmp_path / "run.safetensors"
    given_ = Given(made, checkpoint=path)
    ending = given_.run.go()
    assert ending.how == "diverged" and ending.failure is not None and ending.cursor.updates == 6
    assert (ending.failure.step, ending.failure.what) == (6, what)
    expected = block or given_.network.plan.slots()[0].block_id
    last = given_.events[-1]
    assert isinstance(last, Diverged) and last.block == expected
    assert f"at step 6: {sentence}" in last.sentence
    assert given_.trainer.step == 6  # the update was not made
    kept = read(path)
    assert kept.cursor == Cursor(1, 0, 4)
    assert all(bool(torch.isfinite(kept.tensor(name)).all()) for name in kept.shapes)


def test_weights_that_are_not_finite_are_never_saved(tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    given_ = Given(checkpoint=path, evaluate=lambda: spoil_layer(given_.network) or {})
    ending = given_.run.go()
    assert ending.failure is not None and (ending.failure.block_id, ending.failure.what) == ("dense-2", "weights")
    assert not path.exists()


def test_a_failed_step_leaves_running_statistics_alone() -> None:
    made = type("Made", (Spoiled,), {"report": staticmethod(spoil_gradient)})
    given_ = Given(made, between="batch_norm")
    before: list[torch.Tensor] = []
    take = given_.take
    given_.run._emit = lambda event: (take(event), before.append(given_.network.buffers.clone()))[0]
    given_.run.go()
    assert isinstance(given_.events[-1], Diverged)
    assert torch.equal(given_.network.buffers, before[-2]) and not torch.equal(before[0], before[-2])


def test_what_cannot_be_written_is_a_notice_under_way_and_goes_elsewhere_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, epochs = tmp_path / "later" / "run.safetensors", iter(range(3))

    def evaluate() -> dict[str, float]:
        if next(epochs) == 1:
            path.parent.mkdir()
        return {}

    given_ = Given(checkpoint=path, evaluate=evaluate)
    assert given_.run.go().how == "finished"
    assert [event.code for event in given_.of(Noticed)] == ["file.unwritable"]
    assert [event.updates for event in given_.of(Saved)] == [8, 12] and read(path).cursor == Cursor(3, 0, 12)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    given_ = Given(checkpoint=tmp_path / "nowhere" / "run.safetensors")
    assert given_.run.go().how == "finished"
    assert given_.of(Noticed)[-1].code == "file.kept-elsewhere"
    assert given_.of(Saved)[-1].path == str(tmp_path / "run-2.safetensors")
    assert read(tmp_path / "run-2.safetensors").cursor == Cursor(3, 0, 12)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere too"))
    given_ = Given(checkpoint=tmp_path / "nowhere" / "run.safetensors")
    with pytest.raises(EngineError, match="cannot be written"):
        given_.run.go()
    assert [event.code for event in given_.of(Noticed)] == ["file.unwritable", "file.unwritable"]


def test_no_rows_and_other_data_are_said() -> None:
    given_ = Given()
    with pytest.raises(EngineError, match="interrupted after batch 9 of an epoch, but this data has only 4"):
        given_.run.go(Cursor(0, 9, 9))
    nothing = PreparedBatches(prepared_for(given_.network).take(np.zeros(0, np.int64)), TRAINING)
    with pytest.raises(EngineError, match="no rows to train on"):
        Run(given_.trainer, nothing, TRAINING, {}).go()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts page faults so")
def test_memory_that_a_step_frees_is_there_for_the_next() -> None:
    if not keep_freed_memory():
        pytest.skip("this C library keeps nothing")
    import resource

    def faults() -> int:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        torch.ones(10_000_000).sum()  # 40 MB, beyond what is kept otherwise
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

    faults()
    assert sum(faults() for _ in range(5)) < 10_000_000 * 4 / resource.getpagesize()


# Parts ----------------------------------------------------------------------------------------------------------------


def spread(report: StepReport, trainer: RecommenderTrainer) -> dict[str, np.ndarray]:
    """Gradients over whole tables."""
    found = {"theta": report.gradient.numpy()}
    for key, rows in report.rows.items():
        whole = np.zeros(trainer.network.tables[key].shape, np.float32)
        np.add.at(whole, rows.rows.numpy(), rows.values.numpy())
        found["/".join(key)] = whole
    return found


def assert_parts_are_the_whole(trainer: RecommenderTrainer, batch: PreparedRows, parts: int) -> None:
    whole, added = trainer.gradients(batch), gradients_in_parts(trainer, batch, parts)
    assert added.loss == pytest.approx(whole.loss, rel=1e-6, abs=1e-6)
    expected, found = spread(whole, trainer), spread(added, trainer)
    assert expected.keys() == found.keys()
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, rtol=1e-5, atol=1e-6, err_msg=name)
    for key, rows in whole.rows.items():
        assert sorted(rows.rows.tolist()) == added.rows[key].rows.tolist() or parts == 1


@settings(deadline=None, max_examples=12)
@given(parts=st.integers(1, 80), weighted=st.booleans(), step=st.integers(0, 5))
def test_parts_add_up_to_the_whole_batch(parts: int, weighted: bool, step: int) -> None:
    trainer = RecommenderTrainer(RecommenderNetwork(graph(), seed=5), TRAINING)
    trainer.step = step  # other masks each time
    trainer.network.tables["sparse-linear-1", "W"].normal_(generator=torch.Generator().manual_seed(3))
    assert_parts_are_the_whole(trainer, prepared_for(trainer.network, weighted), parts)


@pytest.mark.parametrize("negatives", [0, 6])
def test_parts_add_up_for_softmax_over_items(negatives: int) -> None:
    draw, data = GraphDraft(), np.random.default_rng(0)
    city = draw.add("categorical", CategoricalParams(column="city", size=5), "city", 0)
    u = draw.add("embedding", EmbeddingParams(dimensions=3, scale=0.5), "u", 1, [city])
    draw.add("sampled_softmax", SampledSoftmaxParams(items=9, negatives=negatives, scale=0.5), "Items", 2, [u])
    network = RecommenderNetwork(draw.graph(), seed=5)
    targets = data.integers(0, 9, ROWS)
    trainer = RecommenderTrainer(network, TRAINING, np.bincount(targets, minlength=9))
    batch = prepare(network.plan, Columns({"city": data.integers(0, 5, ROWS)}, ROWS), targets)
    assert_parts_are_the_whole(trainer, batch, 7)


class Small(RecommenderTrainer):
    """A device with memory for five rows."""

    room = 5

    def gradients(self, batch: PreparedRows, masks: Any = None) -> StepReport:
        if batch.rows > self.room:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return super().gradients(batch, masks)


def test_a_device_short_of_memory_trains_to_the_same_network_and_says_so_once(uninterrupted: Given) -> None:
    given_ = Given(Small)
    assert given_.run.go().how == "finished"
    notices = given_.of(Noticed)
    assert [notice.code for notice in notices] == ["recommender.in-parts"]
    assert "too little memory for 16 rows at once, so each batch is processed in 4 parts" in notices[0].sentence
    expected = uninterrupted.state()
    for name, tensor in given_.state().items():
        torch.testing.assert_close(tensor, expected[name], rtol=1e-3, atol=1e-5)


@pytest.mark.slow
def test_memory_that_holds_no_row_and_batch_norm_in_parts_are_said() -> None:
    nothing = type("Nothing", (Small,), {"room": 0})
    with pytest.raises(EngineError, match="splitting the batch wouldn't help"):
        Given(nothing).run.go()
    with pytest.raises(EngineError, match="“Between” needs the statistics of all of them"):
        Given(Small, between="batch_norm").run.go()


# Files ----------------------------------------------------------------------------------------------------------------

SOME_EVENTS: list[Event] = [
    Started(10, 2, 3, 99, "cpu", 2, 1, 1),
    Stepped(0, 1, 1, 0.1 + 0.2, {"dense-1": 1e-300}, 5.0, 123456, None),
    EpochEnded(0, 2, 0.5, 1.5, 20.0, {"auc": 0.75, "ndcg@10": None}, {"dense-1": 0.25}),
    Saved("run.safetensors", 2),
    Noticed("a.code", "“Ünïcode”\nin two lines."),
    Diverged(3, "dense-1", "z", "Training stopped."),
    Stopped(1, 2, 3),
    Finished(3, 6, 1.25),
]


@pytest.mark.parametrize("event", SOME_EVENTS)
def test_an_event_is_one_line_and_comes_back(event: Event) -> None:
    line = to_json(event)
    assert "\n" not in line and from_json(line) == event


def test_what_a_run_says_can_be_said_in_another_language() -> None:
    """Not only the English sentence is written down, but what it was made of."""
    problem = ROWS_INCOMPLETE(count=20)
    for event in (noticed(problem), failed(problem)):
        told = told_by(from_json(to_json(event)))  # type: ignore[arg-type]  # one of the two
        assert (told.template, told.parameters) == (problem.template, {"count": 20})
    undeclared = Problem("other.process", "{count} {count:row|rows}.", {"count": 2})
    assert problem_in(document_of(undeclared)) == undeclared, "its module isn't loaded here"
    inner = OTHER_DATA(step=problem, steps=2)
    assert told_by(noticed(inner)).sentence == inner.sentence


@pytest.mark.parametrize(
    "template",
    ["", "{path.__class__}", "{path:>999999999}", "{path:a|b|c}", "{path:{x}|a}", "{path!x}", "{other}", "{", "Other."],
)
def test_a_template_that_does_not_make_the_sentence_is_not_used(template: str) -> None:
    assert told_by(Noticed("a.code", "Said {path}.", template, {"path": "p"})).sentence == "Said {path}."


def test_what_is_no_event_is_refused() -> None:
    for wrong in ("{", "[1]", '{"event": "other"}', '{"event": "stopped", "epoch": 1}', '{"event": 3}', "9" * 5000):
        with pytest.raises(ValueError):
            from_json(wrong)
    with pytest.raises(ValueError, match="JSON"):
        to_json(Finished(1, 1, math.nan))


def crc_bit_by_bit(content: bytes) -> int:
    """CRC-32C by dividing polynomials over GF(2), most significant bit first, as RFC 3720 defines it."""
    bits = [byte >> bit & 1 for byte in content for bit in range(8)]
    bits = [bit ^ (at < 32) for at, bit in enumerate([*bits, *[0] * 32])]
    remainder = 0
    for bit in bits:
        remainder = remainder << 1 | bit
        if remainder >> 32:
            remainder ^= 0x11EDC6F41
    return int(f"{remainder ^ 0xFFFFFFFF:032b}"[::-1], 2)


def test_crc32c_is_the_standards() -> None:
    assert crc32c(b"123456789") == 0xE3069283
    assert crc32c(bytes(32)) == 0x8A9136AA and crc32c(b"\xff" * 32) == 0x62A8AB43  # RFC 3720, B.4
    for content in (b"abcd", bytes(range(256))):
        assert crc32c(content) == crc_bit_by_bit(content)


def fields(content: bytes) -> Iterator[tuple[int, Any]]:
    """A protocol buffer's fields: (number, value)."""
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte, at = content[at], at + 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(content):
        number, wire = divmod(varint(), 8)
        size = {1: 8, 5: 4}.get(wire) or (varint() if wire == 2 else 0)
        value: Any = content[at : at + size] if wire else varint()
        at += size
        yield number, struct.unpack("<d", value)[0] if wire == 1 else value


def records(content: bytes) -> Iterator[bytes]:
    while content:
        (length,), head = struct.unpack("<Q", content[:8]), content[:8]
        body, rest = content[12 : 12 + length], content[12 + length :]
        for part, stored in ((head, content[8:12]), (body, rest[:4])):
            crc = crc_bit_by_bit(part)
            assert struct.unpack("<I", stored)[0] == ((crc >> 15) + (crc << 17) + 0xA282EAD8) % 2**32
        yield body
        content = rest[4:]


def write_board(folder: Path) -> Path:
    with TensorBoard(folder) as board:
        for event in SOME_EVENTS:
            board(event)
        board.write(10**6, {"größe": -1.5})
    (path,) = folder.iterdir()
    assert path.name.startswith("events.out.tfevents.")
    return path


def test_event_files_are_as_tensorboard_defines_them(tmp_path: Path) -> None:
    first, *others = records(write_board(tmp_path / "new" / "board").read_bytes())
    assert dict(fields(first))[3] == b"brain.Event:2" and dict(fields(first))[1] > 1e9
    found = []
    for other in others:
        event = dict(fields(other))
        values = [dict(fields(value)) for number, value in fields(event[5]) if number == 1]
        found.append((event[2], {v[1].decode(): struct.unpack("<f", v[2])[0] for v in values}))
    tiny, close = 0.0, pytest.approx(0.3)
    assert found == [
        (1, {"loss": close, "samples_per_second": 5.0, "gradient/dense-1": tiny}),
        (2, {"epoch/loss": 0.5, "epoch/auc": 0.75}),
        (10**6, {"größe": -1.5}),
    ]


def test_tensorboard_itself_reads_them(tmp_path: Path) -> None:
    loader = pytest.importorskip("tensorboard.backend.event_processing.event_file_loader")
    events = list(loader.EventFileLoader(str(write_board(tmp_path))).Load())
    assert events[0].file_version == "brain.Event:2" and events[-1].step == 10**6


def test_a_board_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineError, match=r"/file” cannot be written \(it is a file, not a folder\)"):
        TensorBoard(tmp_path / "file")
