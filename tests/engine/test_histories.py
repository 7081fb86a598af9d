"""A run's curves tell the truth: their end is what the snapshot shows, nothing is painted that was not measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.data import DataChoice, available_features, load
from engine.formats.base import NetworkFile
from engine.formats.loom import read_network_file, write_network_file
from engine.formats.progress import Event
from engine.graph import Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, remove_blocks, set_params, splice
from engine.graph.kinds.output import OutputParams
from engine.graph.model import NetworkGraph
from engine.hyperparameters import DEFAULT_RATE, Hyperparameters, Schedule
from engine.network.state import weights_of
from engine.training import measuring
from engine.training.events import bounded
from engine.training.history import MOST_PARKED, QUANTITIES, RunCurves
from engine.training.measuring import MeasuringPace
from engine.training.observer import Paced
from engine.training.progress import progress_of
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import Snapshot

CIRCLE = load(DataChoice(name="circle", samples=100))
HILLS = load(DataChoice(name="multi-gaussian", samples=60))


def session_of(graph: NetworkGraph | None = None, data=CIRCLE, **hyper: object) -> TrainingSession:
    return TrainingSession(Setup(graph or feed_forward((4, 3)), data, Hyperparameters.model_validate(hyper), "numpy"))


def tuned(session: TrainingSession, **hyper: object) -> Setup:
    return replace(session.setup, hyper=session.setup.hyper.model_copy(update=hyper))


def with_third_layer(graph: NetworkGraph) -> tuple[NetworkGraph, str]:
    graph, block_id = add_block(graph, "dense", 0, 0)
    return splice(graph, block_id, Wire(source="dense-2", target="output-1")), block_id


def assert_true(snapshot: Snapshot) -> None:
    """The curves end in what the header shows, at the same step; the loss is that of all points."""
    history = snapshot.history
    ends = ((history.train_loss, snapshot.train_loss), (history.test_loss, snapshot.test_loss),
            (history.accuracy, snapshot.accuracy))  # fmt: skip
    for curve, shown in ends:
        expected = shown if np.isfinite(shown) else np.inf
        assert curve.mean[-1] == expected
        assert curve.steps[-1] == snapshot.measured_step <= snapshot.step
        assert curve.epochs[-1] == pytest.approx(snapshot.measured_epoch)
    for stats in snapshot.layers if snapshot.step else ():
        for quantity, curves in history.layers.items():
            curve = curves[stats.block_id]
            assert curve.low[-1] <= getattr(stats, quantity) <= curve.high[-1]


@pytest.mark.parametrize(
    ("graph", "data", "hyper"),
    [
        (feed_forward((4, 3)), CIRCLE, {"learning_rate": 30.0, "optimizer": "sgd"}),
        (feed_forward((8, 8), activation="relu"), HILLS, {"learning_rate": 0.1, "batch_size": 1}),
        (feed_forward(()), CIRCLE, {}),
        (feed_forward((32, 32)), CIRCLE, {"batch_size": 1000, "learning_rate": 1.0}),
    ],
)
def test_the_curves_end_in_what_the_header_shows(graph: NetworkGraph, data, hyper: dict[str, object]) -> None:
    if data.classes == ():
        graph = set_params(graph, "output-1", activation="identity")
    session, draw = session_of(graph, data, **hyper), np.random.default_rng(1)
    assert_true(session.snapshot(maps=False))
    for _ in range(12):
        session.run_steps(int(draw.integers(1, 90)))
        assert_true(session.snapshot(fresh=bool(draw.integers(2)), maps=False))
    last = session.snapshot(maps=False)
    assert last.measured_step == last.step
    assert_true(last)


def test_what_is_shown_in_the_midst_of_an_epoch_is_of_these_weights_and_leaves_no_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(measuring, "SHARE", np.inf)  # after every epoch
    monkeypatch.setattr(measuring, "STALE_SECONDS", np.inf)
    watched, unseen = session_of(batch_size=30), session_of(batch_size=30)
    watched.snapshot(maps=False)
    unseen.snapshot(maps=False)
    watched.observer._evaluation = Paced(np.inf)  # every time
    for _ in range(12):
        watched.run_steps(7)
        unseen.run_steps(7)
        snapshot = watched.snapshot(fresh=False, maps=False)
        train, test = watched.observer.measure(watched.state)
        assert snapshot.is_of_one_step and snapshot.measured_step == snapshot.step
        assert (snapshot.train_loss, snapshot.test_loss) == (train.loss, test.loss)
        assert_true(snapshot)
    watched.run_epochs(1)
    unseen.run_epochs(1)
    seen, other = watched.snapshot(maps=False).history, unseen.snapshot(maps=False).history
    assert seen.train_loss.steps.tolist() == other.train_loss.steps.tolist()
    assert seen.train_loss.mean.tobytes() == other.train_loss.mean.tobytes()


def test_a_snapshot_says_when_not_all_of_it_is_of_one_step() -> None:
    session = session_of()
    assert session.snapshot(maps=False).is_of_one_step
    session.observer._evaluation._cost = np.inf  # never again unless asked for
    session.run_steps(3)
    assert not session.snapshot(fresh=False, maps=False).is_of_one_step
    assert session.snapshot(maps=False).is_of_one_step


@pytest.mark.torch
def test_the_loss_is_that_of_all_points_as_torch_has_it() -> None:
    import torch

    session = session_of(feed_forward((4, 3)), batch_size=7)
    session.run_epochs(20)
    snapshot = session.snapshot(maps=False)
    a = torch.tensor(CIRCLE.x[CIRCLE.train])
    for layer in ("dense-1", "dense-2", "output-1"):
        w, b = (torch.tensor(np.array(snapshot.weights[layer, name])) for name in ("W", "b"))
        a = torch.tanh(a @ w.T + b)
    target = torch.tensor(2.0 * CIRCLE.y[CIRCLE.train] - 1.0)
    loss = 0.5 * ((a[:, 0] - target) ** 2).mean().item()
    assert snapshot.train_loss == pytest.approx(loss, rel=1e-12)
    assert snapshot.history.train_loss.mean[-1] == snapshot.train_loss


def test_a_run_at_its_worst_is_drawn_at_what_it_costs() -> None:
    """At a rate of 30 the loss stands at 1.0 or so: the mean of what was measured, never the middle of a range."""
    session = session_of(learning_rate=30.0, optimizer="sgd")
    shown = []
    for _ in range(60):
        session.run_epochs(1)
        shown.append(session.snapshot(maps=False).train_loss)
    curve = session.snapshot(maps=False).history.train_loss
    late = curve.epochs > 20
    assert curve.mean[late].mean() == pytest.approx(np.mean(shown[20:]), abs=0.05)


def test_a_block_that_is_spliced_in_begins_there_and_the_loss_goes_on() -> None:
    session = session_of()
    session.run_epochs(100)
    graph, new = with_third_layer(session.setup.graph)
    session.change(replace(session.setup, graph=graph))
    session.run_epochs(3)
    history = session.snapshot(maps=False).history
    born = history.layers["delta"][new]
    assert born.steps[born.count > 0].min() >= 500
    assert born.count.sum() == 15
    assert history.layers["delta"]["dense-1"].count[0] == 1
    assert (history.train_loss.steps[0], history.train_loss.steps[-1]) == (0, 515)
    assert [(e.step, e.kind, e.parameters["block"]) for e in history.events] == [(500, "added", "Dense 3")]


def test_a_block_that_undo_brings_back_goes_on_and_a_namesake_does_not() -> None:
    session = session_of()
    session.run_epochs(4)
    before, weights = session.setup, weights_of(session.plan, session.state)
    without = remove_blocks(before.graph, ["dense-2"])  # which closes the gap
    session.change(replace(before, graph=without))
    session.run_epochs(4)
    session.change(before, weights)
    session.run_epochs(1)
    back = session.snapshot(maps=False).history.layers["delta"]["dense-2"]
    seen = back.steps[back.count > 0]
    assert seen.min() == 0 and not np.any((seen >= 20) & (seen < 40)) and seen.max() >= 40
    session.change(replace(before, graph=without))
    session.change(before)  # one of that name, not the one that was
    session.run_epochs(1)
    fresh = session.snapshot(maps=False).history.layers["delta"]["dense-2"]
    assert fresh.steps[fresh.count > 0].min() == 45


def test_curves_of_blocks_that_are_gone_are_kept_in_bounds() -> None:
    curves = RunCurves(("out",))
    for number in range(3 * MOST_PARKED):
        curves.follow((f"dense-{number}", "out"))
    assert curves._norms.rows <= len(QUANTITIES) * (MOST_PARKED + 4)


def test_every_change_is_marked_with_what_it_was() -> None:
    session = session_of(learning_rate=0.03)
    session.run_epochs(2)
    session.change(tuned(session, learning_rate=0.01))
    session.run_steps(1)
    session.change(tuned(session, optimizer="sgd", batch_size=25, l2=0.1, stop_after_epochs=900))
    session.run_steps(1)
    session.change(replace(session.setup, graph=set_params(session.setup.graph, "dense-1", activation="relu")))
    session.run_steps(1)
    session.set_weight("dense-1", "W", (0, 0), 3.0)
    session.set_weight("dense-1", "W", (0, 0), 3.1)
    session.run_steps(1)
    session.change(replace(session.setup, dataset=load(DataChoice(name="circle", samples=100, noise=20))))
    events = session.snapshot(maps=False).history.events
    assert [e.kind for e in events] == ["rate", "optimizer", "batch", "setting", "changed", "weights", "data"]
    assert (events[0].step, events[0].epoch) == (10, 2.0)
    assert events[0].parameters == {"before": 0.03, "after": 0.01}
    assert events[3].parameters == {"what": "l2", "before": 0.0, "after": 0.1}
    assert events[4].parameters == {
        "id": "dense-1", "block": "Dense 1", "what": "activation", "before": "tanh", "after": "relu",
    }  # fmt: skip
    assert events[5].parameters == {"id": "dense-1", "block": "Dense 1", "name": "W"}


def test_a_change_of_several_blocks_says_how_many() -> None:
    session = session_of(feed_forward((3, 3, 2)))
    session.run_epochs(1)
    graph = session.setup.graph
    for name in ("dense-1", "dense-2", "dense-3"):
        graph = set_params(graph, name, activation="relu")
    session.change(replace(session.setup, graph=set_params(graph, "dense-3", activation="elu")))
    (event,) = session.snapshot(maps=False).history.events
    assert (event.parameters["after"], event.parameters["count"]) == ("relu", 2)


def test_settings_are_written_as_what_they_are() -> None:
    session = session_of()
    graph = session.setup.graph
    session.run_epochs(1)
    session.change(tuned(session, shuffle=False, schedule=Schedule(kind="cosine"), clip_norm=1.5))
    without = graph.with_wires([wire for wire in graph.wires if wire.source != "dense-1"])
    wired = without.with_wires((*without.wires, *(wire for wire in graph.wires if wire.source == "dense-1")))
    session.change(replace(session.setup, graph=wired))
    told = [(event.kind, *event.parameters.values()) for event in session.snapshot(maps=False).history.events]
    assert ("setting", "shuffle", "on", "off") in told
    assert ("setting", "schedule", "constant", "cosine 100 0.1", pytest.approx(DEFAULT_RATE, rel=1e-3)) in told
    assert ("setting", "clip_norm", "off", 1.5) in told
    assert told[-1][0] == "wires"


def test_a_change_that_is_taken_back_at_once_leaves_no_mark() -> None:
    session = session_of(learning_rate=0.03)
    session.run_epochs(2)
    before = session.setup
    for rate in (0.02, 0.01, 0.03):
        session.change(tuned(session, learning_rate=rate))
    session.change(replace(before, graph=with_third_layer(before.graph)[0]))
    session.change(before)
    assert session.snapshot(maps=False).history.events == ()


@pytest.mark.parametrize("what", ["a long list", "wires", "data"])
def test_what_is_too_long_to_be_kept_leaves_no_mark_either_when_it_is_taken_back(what: str) -> None:
    dataset = load(DataChoice(name="digits"))
    features = tuple(feature.token for feature in available_features(dataset))
    graph = feed_forward((4,), features=features, output=OutputParams(loss="softmax_cross_entropy"))
    before = Setup(graph, dataset, Hyperparameters(), backend="numpy")
    session = TrainingSession(before)
    session.run_steps(3)
    if what == "data":
        after = replace(before, dataset=load(DataChoice(name="digits", seed=9)))
    elif what == "wires":
        after = replace(before, graph=graph.with_wires(tuple(reversed(graph.wires))))
    else:
        after = replace(before, graph=set_params(graph, "input-1", features=(*features[1:], features[0])))
    session.change(after)
    assert len(session.snapshot(maps=False).history.events) == 1
    session.change(before)
    assert session.snapshot(maps=False).history.events == ()


def test_another_block_under_the_same_name_is_no_change_taken_back() -> None:
    session = session_of()
    session.run_epochs(2)
    graph, _ = with_third_layer(session.setup.graph)
    session.change(replace(session.setup, graph=graph))
    session.run_steps(1)
    swapped = NetworkGraph.model_validate_json(graph.model_dump_json().replace('"dense-2"', '"other"'))
    session.change(replace(session.setup, graph=swapped))
    events = session.snapshot(maps=False).history.events
    assert [one.kind for one in events] == ["added", "removed", "added"]


def test_a_feature_in_place_of_another_is_marked() -> None:
    session = session_of(feed_forward((3,), features=("x1", "x2")))
    session.run_epochs(1)
    source = next(block.id for block in session.setup.graph.blocks if block.kind == "input")
    session.change(replace(session.setup, graph=set_params(session.setup.graph, source, features=("x1", "x1^2"))))
    (event,) = session.snapshot(maps=False).history.events
    assert (event.parameters["before"], event.parameters["after"]) == (
        "x1\x1fx2", "x1\x1fx1^2",
    )  # fmt: skip
    session.change(replace(session.setup, graph=set_params(session.setup.graph, source, features=("x1", "x2"))))
    assert session.snapshot(maps=False).history.events == ()


def test_a_rate_under_a_schedule_says_what_holds() -> None:
    session = session_of(learning_rate=0.4)
    session.change(tuned(session, schedule=Schedule(kind="step", epochs=1.0, factor=0.5)))
    session.run_epochs(2)
    session.change(tuned(session, learning_rate=0.2))
    event = session.snapshot(maps=False).history.events[-1]
    assert event.parameters == {"before": 0.4, "after": 0.2, "holds": 0.05}
    session.change(tuned(session, schedule=Schedule(kind="step", epochs=1.0, factor=0.1)))
    event = session.snapshot(maps=False).history.events[-1]
    assert event.parameters["before"] == "step 1 0.5" and event.parameters["after"] == "step 1 0.1"
    assert event.parameters["holds"] == pytest.approx(0.002)


def test_edits_before_the_first_step_leave_the_beginning_its_room() -> None:
    session = session_of()
    for at in range(80):
        session.set_weight("dense-1", "W", (0, 0), float(at))
        session.snapshot(maps=False)
    session.run_epochs(30)
    steps = session.snapshot(maps=False).history.batch_loss.steps
    train = session.snapshot(maps=False).history.train_loss.steps
    assert np.count_nonzero(train == 0) <= 2
    assert np.diff(steps[:60]).max() == 1


def test_a_slider_drawn_while_it_trains_leaves_one_mark() -> None:
    session = session_of(learning_rate=0.03)
    session.run_epochs(2)
    for rate in (0.02, 0.015, 0.01):
        session.change(tuned(session, learning_rate=rate))
        session.run_steps(2)
    (event,) = session.snapshot(maps=False).history.events
    assert (event.step, event.parameters) == (10, {"before": 0.03, "after": 0.01})


def test_more_marks_than_can_be_kept_are_counted() -> None:
    events = [Event(step, float(step), "rate", {"before": 0.1, "after": 0.2}) for step in (0, 10, 11, 12, 40)]
    kept = bounded(events, 3)
    assert [(one.step, one.kind) for one in kept] == [(0, "rate"), (10, "several"), (40, "rate")]
    assert kept[1].parameters == {"count": 3.0}


def test_a_gradient_of_zero_is_measured_as_zero() -> None:
    session = session_of(feed_forward((3,), activation="relu", output=OutputParams(activation="identity")))
    session.set_weights({("dense-1", "b"): np.full(3, -99.0)})  # dead: no gradient gets through
    session.run_epochs(2)
    curve = session.snapshot(maps=False).history.layers["weight_gradient"]["dense-1"]
    assert (curve.mean == 0.0).all() and len(curve.mean) == 10


def test_without_probes_only_snapshots_measure() -> None:
    session = session_of()
    session.run_steps(23, probe=False)
    session.snapshot(maps=False)
    session.run_steps(7, probe=False)
    history = session.snapshot(maps=False).history
    assert history.train_loss.steps.tolist() == [23, 30]
    assert history.layers["delta"]["dense-1"].count.sum() == 0
    assert history.batch_loss.steps.tolist() == list(range(30))


def test_a_data_set_without_test_rows_has_no_test_curve() -> None:
    alone = replace(CIRCLE, test=np.zeros(0, dtype=np.int64))
    session = session_of(data=alone)
    session.run_epochs(2)
    history = session.snapshot(maps=False).history
    assert history.test_loss.count.sum() == 0 and np.isnan(history.test_loss.mean).all()
    assert np.isfinite(history.train_loss.mean).all()


def test_training_for_a_while_ends_with_an_epoch_where_it_is_measured() -> None:
    session, alike = session_of(), session_of()
    session.run_for(0.0)
    assert session.cursor == 1  # how long a step takes is not known before
    session._step_seconds = 1e-3
    report = session.run_for(0.018)
    assert (report.steps, session.cursor) == (14, 15)  # 18 steps would end in the midst of an epoch of 5
    session._step_seconds = 1e-3
    assert session.run_for(0.003).steps == 3  # no epoch ends on the way
    session._step_seconds, session._pace = 1e-3, MeasuringPace()
    session.run_for(0.013, most=12)
    assert session.cursor == 30
    history = session.snapshot(fresh=False, maps=False).history
    assert history.train_loss.steps.tolist()[-1] == 30
    assert history.batch_loss.steps.tolist() == list(range(30))
    alike.run_steps(30, probe=False)
    assert session.state.theta.tobytes() == alike.state.theta.tobytes()


def test_training_for_a_while_ends_where_the_run_does() -> None:
    session = session_of(stop_after_epochs=2)
    session.run_steps(3)
    session._step_seconds = 1e-3
    session.run_for(1.0)
    assert session.finished and session.cursor == 10


@pytest.mark.parametrize("probe", [True, False])
def test_measuring_does_not_change_a_run(probe: bool) -> None:
    first, second = session_of(), session_of()
    report = first.run_steps(37, probe=probe)
    second.run_steps(37, probe=False)
    assert report.losses.shape == (37,)
    assert len(report.deltas) == (37 if probe else 0)
    assert first.state.theta.tobytes() == second.state.theta.tobytes()


def test_a_long_list_of_features_leaves_a_short_mark_and_a_file_that_opens(tmp_path: Path) -> None:
    dataset = load(DataChoice(name="digits"))
    features = tuple(feature.token for feature in available_features(dataset))
    graph = feed_forward((4,), features=features, output=OutputParams(loss="softmax_cross_entropy"))
    session = TrainingSession(Setup(graph, dataset, Hyperparameters(), backend="numpy"))
    session.run_steps(3)
    fewer = set_params(graph, "input-1", features=features[1:])
    session.change(replace(session.setup, graph=fewer))
    snapshot = session.snapshot(maps=False)
    event = snapshot.history.events[-1]
    assert (event.parameters["before"], event.parameters["after"]) == (64, 63)
    choice, weights = DataChoice(name="digits"), dict(snapshot.weights)
    kept = NetworkFile(fewer, Hyperparameters(), choice, weights, "", progress_of(snapshot))
    write_network_file(tmp_path / "digits.loom", kept)
    assert read_network_file(tmp_path / "digits.loom").progress is not None


def test_what_was_measured_of_other_weights_is_forgotten() -> None:
    dataset = load(DataChoice(name="circle"))
    session = TrainingSession(Setup(feed_forward((4,)), dataset, Hyperparameters(), backend="numpy"))
    session.run_epochs(50)
    session.snapshot(maps=False)
    session.set_weight("output-1", "b", (0,), 5.0)
    assert session.snapshot(fresh=False, maps=False).train_loss == session.snapshot(maps=False).train_loss > 0.5
