"""A file keeps a run: opened again it goes on bit for bit, shows its curves, and a damaged one gets one sentence."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assets import __file__ as assets_file
from engine.data import DataChoice, load
from engine.formats import loom
from engine.formats.base import NetworkFile
from engine.formats.loom import read_network_file, write_network_file
from engine.formats.progress import MOST_STEPS
from engine.graph import Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, splice
from engine.graph.kinds.output import OutputParams
from engine.graph.model import NetworkGraph
from engine.hyperparameters import Hyperparameters, Schedule
from engine.training.history import MEASURED, named_curves
from engine.training.progress import progress_of
from engine.training.remedies import Case, edit_of, remedies_after
from engine.training.session import Setup, TrainingSession
from engine.training.signal import over_rows
from engine.training.trial import _copy

DATA = DataChoice(name="circle", samples=60)


def with_everything() -> NetworkGraph:
    """Dropout draws by the step, batch norm keeps running statistics."""
    graph, block_id = add_block(feed_forward((6, 4)), "dropout", 0, 0)
    graph = splice(graph, block_id, Wire(source="dense-1", target="dense-2"))
    graph, block_id = add_block(graph, "batch_norm", 0, 0)
    return splice(graph, block_id, Wire(source="dense-2", target="output-1"))


def session_of(hyper: Hyperparameters, file: NetworkFile | None = None) -> TrainingSession:
    graph = with_everything() if file is None else file.graph
    setup = Setup(graph, load(DATA), hyper, "numpy")
    return TrainingSession(setup, file.weights if file else None, progress=file.progress if file else None)


def file_of(session: TrainingSession) -> NetworkFile:
    snapshot = session.snapshot(maps=False)
    return NetworkFile(session.setup.graph, session.setup.hyper, DATA, snapshot.weights, "x", progress_of(snapshot))


@pytest.mark.parametrize("inline_limit", [loom.INLINE_LIMIT, 0])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam", "adamw"])
def test_n_and_m_steps_are_n_steps_save_open_and_m_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, optimizer: str, inline_limit: int
) -> None:
    monkeypatch.setattr(loom, "INLINE_LIMIT", inline_limit)
    hyper = Hyperparameters(optimizer=optimizer, batch_size=7, schedule=Schedule(kind="cosine"), seed=3)
    whole, first = session_of(hyper), session_of(hyper)
    whole.run_steps(43 + 29)
    first.run_steps(43)
    write_network_file(tmp_path / "a.loom", file_of(first))
    again = session_of(hyper, read_network_file(tmp_path / "a.loom"))
    assert (again.updates, again.cursor, again.epoch) == (43, 43, first.epoch)
    again.run_steps(29)
    for name in ("theta", "buffers", "slots"):
        assert getattr(again.state, name).tobytes() == getattr(whole.state, name).tobytes()
    assert again.state.step == whole.state.step
    assert again.snapshot(maps=False).train_loss == whole.snapshot(maps=False).train_loss


def test_a_file_brings_epoch_losses_curves_and_marks_back(tmp_path: Path) -> None:
    session = session_of(Hyperparameters())
    session.run_epochs(30)
    session.set_weight("dense-1", "W", (0, 0), 2.0)
    session.run_epochs(400)
    before = session.snapshot(maps=False)
    write_network_file(tmp_path / "a.loom", file_of(session))
    again = session_of(Hyperparameters(), read_network_file(tmp_path / "a.loom"))
    after = again.snapshot(maps=False)
    assert (after.epoch, after.step, after.train_loss) == (before.epoch, before.step, before.train_loss)
    assert after.history.events == before.history.events
    kept, shown = named_curves(before.history), named_curves(after.history)
    assert shown.keys() == kept.keys()
    for name, curve in shown.items():
        first, last = kept[name].mean[0], kept[name].mean[-1]
        assert (curve.steps[0], curve.mean[0]) == (kept[name].steps[0], pytest.approx(first, rel=1e-6))
        assert curve.low[-1] <= last * (1 + 1e-6) and last <= curve.high[-1] * (1 + 1e-6)
        assert name not in MEASURED or curve.mean[-1] == pytest.approx(last, rel=1e-6)
        total = (kept[name].mean * kept[name].count).sum()
        assert (curve.mean * curve.count).sum() == pytest.approx(total, rel=1e-3 if name in MEASURED else 1e-6)
        assert curve.high.max() == pytest.approx(kept[name].high.max(), rel=1e-6)
    again.run_epochs(5)
    later = again.snapshot(maps=False).history
    assert later.train_loss.steps[-1] == before.step + 15
    assert np.all(np.diff(later.train_loss.steps) >= 0)


def test_a_file_stays_small_however_long_the_run(tmp_path: Path) -> None:
    session = session_of(Hyperparameters())
    session.run_epochs(30)
    write_network_file(tmp_path / "short.loom", file_of(session))
    session.run_epochs(600)
    write_network_file(tmp_path / "long.loom", file_of(session))
    assert (tmp_path / "long.loom").stat().st_size < 400_000


def test_zero_and_infinity_are_kept(tmp_path: Path) -> None:
    session = session_of(Hyperparameters())
    session.run_epochs(2)
    file = file_of(session)
    curve = file.progress.curves["train_loss"]
    curve.mean[0], curve.low[0], curve.high[0] = np.inf, 0.0, np.inf
    write_network_file(tmp_path / "a.loom", file)
    read = read_network_file(tmp_path / "a.loom").progress.curves["train_loss"]
    assert (read.mean[0], read.low[0], read.high[0]) == (np.inf, 0.0, np.inf)


def test_an_untrained_network_is_written_as_older_programs_read_it(tmp_path: Path) -> None:
    session = session_of(Hyperparameters())
    write_network_file(tmp_path / "a.loom", file_of(session))
    document = json.loads((tmp_path / "a.loom").read_text(encoding="utf-8"))
    assert document["version"] == 1 and "progress" not in document
    session.run_steps(1)
    write_network_file(tmp_path / "a.loom", file_of(session))
    assert json.loads((tmp_path / "a.loom").read_text(encoding="utf-8"))["version"] == 2


BUNDLED = sorted((Path(assets_file).parent / "networks").glob("*.loom"))
FIRST_VERSION = [path for path in BUNDLED if json.loads(path.read_text(encoding="utf-8"))["version"] == 1]


@pytest.mark.parametrize("path", FIRST_VERSION, ids=lambda p: p.stem)
def test_files_of_the_first_version_open_as_before(path: Path) -> None:
    assert read_network_file(path).progress is None


def saved(tmp_path: Path, session: TrainingSession) -> tuple[Path, dict]:
    path = tmp_path / "a.loom"
    write_network_file(path, file_of(session))
    return path, json.loads(path.read_text(encoding="utf-8"))


def _line(document: dict) -> dict:
    return document["progress"]["curves"][0]["lines"]["train_loss"]


SPOILT = {
    "falling steps": (lambda d: d["progress"]["curves"][0].update(steps="3 2 1"), "progress.curves[0].steps"),
    "steps beyond": (lambda d: d["progress"].update(updates=4), "progress.curves[0].steps"),
    "epochs beyond": (lambda d: d["progress"].update(cursor=1), "progress.curves[0].epochs"),
    "word": (lambda d: d["progress"]["curves"][0].update(epochs="one two"), "progress.curves[0].epochs"),
    "short": (lambda d: _line(d).update(mean="1.0"), "progress.curves[0].lines.train_loss"),
    "NaN": (lambda d: _line(d).update(mean=_line(d)["mean"].replace(" ", " nan ").rsplit(" ", 1)[0]), "train_loss"),
    "negative": (lambda d: d["progress"].update(cursor=-1), "progress.cursor"),
    "far": (lambda d: d["progress"].update(cursor=2**61), "progress.cursor"),
    "many": (lambda d: d["progress"].update(steps_per_epoch=2**61), "progress.steps_per_epoch"),
    "never": (lambda d: d["progress"].update(steps_per_epoch=0), "progress.steps_per_epoch"),
    "missing": (lambda d: d["progress"].pop("updates"), "progress.updates"),
    "more": (lambda d: d["progress"].update(surprise=1), "progress.surprise"),
    "no section": (lambda d: d.update(progress=[1]), "progress"),
    "huge": (lambda d: d["progress"]["curves"][0].update(steps="9" * 40), "progress.curves[0].steps"),
    "long": (lambda d: d["progress"]["curves"][0].update(steps="1 " * 10**5), "progress.curves[0].steps"),
    "points": (lambda d: d["progress"]["curves"][0].update(steps="1 " * 5000, epochs="1 " * 5000), "curves[0].steps"),
    "memory": (lambda d: d["progress"].update(memory={"dense-1": {"W": ["x"]}}), "progress.memory.dense-1.W"),
    "shape": (lambda d: d["progress"]["memory"]["dense-1"].update(b=[[1.0] * 9] * 2), "progress.memory.dense-1.b"),
    "vectors": (lambda d: d["progress"].update(optimizer="momentum"), "progress.memory.dense-1.W"),
    "optimiser": (lambda d: d["progress"].update(optimizer="lion"), "progress.optimizer"),
    "infinite": (lambda d: d["progress"]["memory"]["dense-1"].update(b=[[float("inf")] * 6] * 2), "memory.dense-1.b"),
    "held": (lambda d: d["progress"].update(stuck={"dense-1": {"b": [7] * 6}}), "progress.stuck.dense-1.b"),
    "held shape": (lambda d: d["progress"].update(stuck={"dense-1": {"b": [1]}}), "progress.stuck.dense-1.b"),
    "event": (lambda d: d["progress"]["events"].append({"step": 99, "epoch": 0.0, "kind": "data"}), "progress.events"),
    "unknown": (lambda d: d["progress"].update(pace=3), "progress"),
    "signal of no block": (lambda d: d["progress"]["signal"].update(norms=[1.0]), "progress.signal.norms"),
    "signal below 0": (lambda d: d["progress"]["signal"]["norms"].update({"dense-1": -1.0}), "progress.signal.norms"),
    "signal of a long time": (lambda d: d["progress"]["signal"].update(steps=10**9), "progress.signal.steps"),
    "uncounted": (lambda d: d["progress"]["events"].append({"step": 1, "epoch": 0.1, "kind": "several"}), "events[0]"),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> str:
    session = session_of(Hyperparameters())
    session.run_epochs(3)
    session.snapshot(maps=False)
    return json.dumps(saved(tmp_path_factory.mktemp("sound"), session)[1])


@pytest.mark.parametrize("how", SPOILT)
def test_a_damaged_progress_is_left_out_with_one_sentence(tmp_path: Path, sound: str, how: str) -> None:
    document, path = json.loads(sound), tmp_path / "a.loom"
    path.write_text(sound, encoding="utf-8")
    whole = read_network_file(path)
    assert whole.progress is not None and not whole.notices
    spoil, where = SPOILT[how]
    spoil(document)
    path.write_text(json.dumps(document), encoding="utf-8")
    file = read_network_file(path)
    assert file.progress is None and len(file.notices) == 1
    assert where in file.notices[0].parameters["where"] and "a.loom" in file.notices[0].sentence
    assert (file.graph, file.hyper, file.data) == (whole.graph, whole.hyper, whole.data)
    assert all(np.array_equal(file.weights[key], array) for key, array in whole.weights.items())


def test_a_damaged_memory_beside_the_file_is_left_out_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loom, "INLINE_LIMIT", 0)
    session = session_of(Hyperparameters())
    session.run_steps(3)
    file = file_of(session)
    file.progress.memory["dense-1", "b"][0, 0] = np.nan
    write_network_file(tmp_path / "a.loom", file)
    read = read_network_file(tmp_path / "a.loom")
    assert read.progress is None and read.notices[0].parameters["where"] == "progress.memory.dense-1.b"
    assert read.weights.keys() == file.weights.keys()


def broken_down(rate: float = 3.0) -> TrainingSession:
    """A run that has learnt with Adam, and then got far too large a rate."""
    graph = feed_forward((3,), activation="relu", output=OutputParams(activation="identity"))
    session = TrainingSession(Setup(graph, load(DATA), Hyperparameters(optimizer="adam", batch_size=10), "numpy"))
    session.run_epochs(2)
    session.snapshot(maps=False)
    rates = {"learning_rate": rate, "optimizer": "sgd"}
    session.change(replace(session.setup, hyper=session.setup.hyper.model_copy(update=rates)))
    session.run_epochs(40)
    assert session.diagnose() is not None
    return session


@pytest.mark.parametrize("inline_limit", [loom.INLINE_LIMIT, 0])
@pytest.mark.parametrize("rate", [3.0, 1e300])
def test_a_breakdown_is_told_again_with_its_cures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inline_limit: int, rate: float
) -> None:
    monkeypatch.setattr(loom, "INLINE_LIMIT", inline_limit)
    session = broken_down(rate)
    before = session.snapshot(maps=False)
    write_network_file(tmp_path / "a.loom", file_of(session))
    again = session_of(session.setup.hyper, read_network_file(tmp_path / "a.loom"))
    after = again.snapshot(maps=False)
    assert (after.failure, after.can_go_back, after.learning) == (before.failure, before.can_go_back, before.learning)
    told, known = after.diagnosis, before.diagnosis
    assert told is not None and known is not None and told.sound.progress is not None
    assert replace(told, sound=known.sound) == known
    assert told.sound.progress.curves.keys() == known.sound.progress.curves.keys()
    assert told.sound.progress.events == known.sound.progress.events
    cases = Case(again.setup, after), Case(session.setup, before)
    assert remedies_after(cases[0]) == remedies_after(cases[1]) != ()
    backs = [_copy(case, edit_of(case, remedies_after(case)[0])) for case in cases]
    for back in backs:
        back.run_steps(20)
    assert backs[0].state.theta.tobytes() == backs[1].state.theta.tobytes()
    again.failure = None  # as Play does
    again.run_steps(1)
    again.snapshot(maps=False)
    kept = again.sound_weights()
    assert all(np.array_equal(kept[key], array) for key, array in session.sound_weights().items())


def test_a_first_step_that_is_refused_is_told_again(tmp_path: Path) -> None:
    session = session_of(Hyperparameters(optimizer="sgd", learning_rate=1e300))
    session.run_steps(1)
    assert session.diagnose() is not None and session.updates == 0
    write_network_file(tmp_path / "a.loom", file_of(session))
    again = session_of(session.setup.hyper, read_network_file(tmp_path / "a.loom"))
    assert again.failure == session.failure and again.snapshot(maps=False).diagnosis is not None


def _breakdown(document: dict) -> dict:
    return document["progress"]["breakdown"]


SPOILT_BREAKDOWN = {
    "no block": (lambda b: b.pop("block"), "block"),
    "quantity": (lambda b: b.update(what="mood"), "what"),
    "gap": (lambda b: b.update(gap={"block": "dense-1", "function": "f", "lack": "luck", "z": 1.0}), "gap.lack"),
    "cause": (lambda b: b.update(cause="moon"), "cause"),
    "of another cause": (lambda b: b.update(cause="data"), "began.quantity"),
    "word": (lambda b: b["began"].update(value="much"), "began.value"),
    "endless": (lambda b: b.update(gradient=float("inf")), "gradient"),
    "infinite": (lambda b: b["weights"]["dense-1"].update(b=[float("nan")] * 3), "weights.dense-1.b"),
    "shape": (lambda b: b["weights"]["dense-1"].update(b=[1.0]), "weights"),
    "none": (lambda b: b.update(weights={}), "weights"),
    "later": (lambda b: b["progress"].update(updates=10**6), "progress.updates"),
    "memory": (lambda b: b["progress"].update(memory={"dense-1": {"b": [[1.0] * 9] * 2}}), "progress.memory.dense-1.b"),
    "nested": (lambda b: b["progress"].update(breakdown={"block": "dense-1"}), "progress.breakdown"),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    return json.dumps(saved(tmp_path_factory.mktemp("broken"), broken_down())[1])


@pytest.mark.parametrize("how", SPOILT_BREAKDOWN)
def test_a_damaged_breakdown_is_left_out_with_one_sentence(tmp_path: Path, broken: str, how: str) -> None:
    document, path = json.loads(broken), tmp_path / "a.loom"
    spoil, where = SPOILT_BREAKDOWN[how]
    spoil(_breakdown(document))
    path.write_text(json.dumps(document), encoding="utf-8")
    file = read_network_file(path)
    assert file.progress is None and len(file.notices) == 1
    assert f"progress.breakdown.{where}" in file.notices[0].parameters["where"]


@pytest.mark.parametrize("part", ["block", "began", "growth"])
def test_a_breakdown_of_a_block_that_there_is_not_is_none(tmp_path: Path, broken: str, part: str) -> None:
    document, path = json.loads(broken), tmp_path / "a.loom"
    section = _breakdown(document)
    (section if part == "block" else section[part])["block"] = "dense-9"
    path.write_text(json.dumps(document), encoding="utf-8")
    file = read_network_file(path)
    session = session_of(file.hyper, file)
    assert session.failure is None and session.updates == file.progress.updates


def _places(value: object) -> list[tuple[object, object]]:
    """Every container in a document with a key of it."""
    found = []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += [(value, key), *_places(inner)]
    return found


NUMBERS = (True, -1, 0, 1, 2**61, 1e308, float("nan"), float("inf"))
STRANGE = (*NUMBERS, None, "", "nan", "x", "1 2 3", [], [[]], {}, {"W": 1})
LETTERS = ("-", "9", " ", "e9", "nan", "")


@pytest.mark.parametrize("kind", ["sound", "broken"])
def test_whatever_becomes_of_a_progress_the_network_opens_and_trains(
    tmp_path: Path, request: pytest.FixtureRequest, kind: str
) -> None:
    dice, path, dropped = random.Random(8), tmp_path / "a.loom", 0
    dataset, text = load(DATA), request.getfixturevalue(kind)
    for _ in range(150):
        document = json.loads(text)
        for _ in range(dice.randint(1, 3)):
            container, key = dice.choice(_places({"": document["progress"]})[1:] or [(document, "progress")])
            old = container[key]
            if isinstance(old, str) and dice.random() < 0.5:
                at = dice.randrange(len(old) + 1)
                container[key] = old[:at] + dice.choice(LETTERS) + old[at + dice.randrange(2) :]
            elif isinstance(container, dict) and dice.random() < 0.3:
                del container[key]
            else:
                container[key] = dice.choice(STRANGE)
        path.write_text(json.dumps(document), encoding="utf-8")
        file = read_network_file(path)
        assert (file.progress is None) == bool(file.notices)
        dropped += file.progress is None
        if file.progress is None and dropped > 1:
            continue  # what is left is the same file as the first time
        session = TrainingSession(Setup(file.graph, dataset, file.hyper, "numpy"), file.weights, progress=file.progress)
        case = Case(session.setup, session.snapshot(maps=False))
        for remedy in remedies_after(case):
            edit_of(case, remedy)
        session.run_steps(1)
        session.snapshot(maps=False)
    assert 50 < dropped < 150


def test_the_farthest_place_that_a_file_may_name_can_be_trained_on_from(tmp_path: Path, sound: str) -> None:
    document, path = json.loads(sound), tmp_path / "a.loom"
    document["progress"].update(cursor=MOST_STEPS - 1, steps_per_epoch=1, updates=MOST_STEPS - 1)
    path.write_text(json.dumps(document), encoding="utf-8")
    session = session_of(Hyperparameters(batch_size=1), read_network_file(path))
    steps = session.steps_per_epoch
    assert session.cursor == (MOST_STEPS - 1) * steps and session.epoch == MOST_STEPS - 1
    assert session.run_steps(steps + 1).steps == steps + 1
    assert session.failure is None and session.epoch == MOST_STEPS + 1 / steps


def test_memory_of_another_optimiser_is_not_laid(tmp_path: Path) -> None:
    session = session_of(Hyperparameters(optimizer="adam"))
    session.run_steps(9)
    path, document = saved(tmp_path, session)
    document["training"]["optimizer"] = "adamw"  # of the same form
    path.write_text(json.dumps(document), encoding="utf-8")
    file = read_network_file(path)
    again = session_of(file.hyper, file)
    assert (again.updates, again.state.step) == (9, 0) and not again.state.slots.any()
    document["training"]["optimizer"] = "adam"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert session_of(session.setup.hyper, read_network_file(path)).state.step == 9


def test_a_file_that_names_no_optimiser_is_laid_by_its_form(tmp_path: Path) -> None:
    session = session_of(Hyperparameters(optimizer="adam"))
    session.run_steps(9)
    path, document = saved(tmp_path, session)
    del document["progress"]["optimizer"], document["progress"]["stuck"]
    path.write_text(json.dumps(document), encoding="utf-8")
    again = session_of(session.setup.hyper, read_network_file(path))
    assert again.state.slots.tobytes() == session.state.slots.tobytes()


@pytest.mark.parametrize("inline_limit", [loom.INLINE_LIMIT, 0])
def test_what_l1_holds_at_zero_is_kept_apart_from_what_merely_is_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inline_limit: int
) -> None:
    monkeypatch.setattr(loom, "INLINE_LIMIT", inline_limit)
    hyper = Hyperparameters(optimizer="sgd", l1=0.2, l1_at_zero="sticks", leftover="carry", batch_size=7)

    def under_way() -> TrainingSession:
        session = session_of(hyper)
        session.run_steps(60)
        session.set_weight("output-1", "W", (0, 1), 0.0)  # zero by hand, and free to leave it
        return session

    whole, first = under_way(), under_way()
    assert 0 < whole.state.stuck.sum() < (whole.state.theta == 0.0).sum()
    write_network_file(tmp_path / "a.loom", file_of(first))
    again = session_of(hyper, read_network_file(tmp_path / "a.loom"))
    assert again.state.stuck.tobytes() == whole.state.stuck.tobytes()
    for session in (whole, again):
        session.run_steps(40)
    assert again.state.theta.tobytes() == whole.state.theta.tobytes()


def test_first_weights_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_of(Hyperparameters())
    first = session.snapshot(maps=False).weights
    session.run_steps(3)
    for limit in (loom.INLINE_LIMIT, 0):
        monkeypatch.setattr(loom, "INLINE_LIMIT", limit)
        for progress in (file_of(session).progress, None):
            file = replace(file_of(session), first=first, progress=progress)
            write_network_file(tmp_path / "a.loom", file)
            read = read_network_file(tmp_path / "a.loom")
            assert read.first.keys() == first.keys() and read.weights.keys() == file.weights.keys()
            assert all(np.array_equal(read.first[key], first[key]) for key in first)


def test_memory_that_does_not_fit_is_left_out() -> None:
    session = session_of(Hyperparameters())
    session.run_steps(5)
    file = file_of(session)
    file.progress.memory["dense-1", "W"] = np.zeros((2, 9, 9))
    again = session_of(Hyperparameters(), file)
    again.run_steps(1)
    assert again.updates == 6


def test_the_same_weights_show_the_same_gradients_and_verdicts_after_opening(tmp_path: Path) -> None:
    session = session_of(Hyperparameters(seed=3, batch_size=7))
    session.run_steps(43)
    write_network_file(tmp_path / "a.loom", file_of(session))
    opened = session_of(Hyperparameters(seed=3, batch_size=7), read_network_file(tmp_path / "a.loom"))

    def shown(one: TrainingSession) -> list[tuple[float, ...]]:
        layers = one.snapshot(maps=False).layers
        return [(layer.weight_gradient, layer.bias_gradient, layer.delta, layer.update_ratio) for layer in layers]

    assert shown(opened) == shown(session)
    assert verdicts(opened) == verdicts(session)
    for one in (session, opened):
        one.run_steps(3)
    assert shown(opened) == shown(session)
    for one in (session, opened):
        one.run_epochs(2)
    assert verdicts(opened) == verdicts(session)  # nothing is left of what the file has brought
    opened.set_weight("dense-1", "W", (0, 0), 3.0)
    assert shown(opened) != shown(session)


def verdicts(session: TrainingSession) -> list[tuple[object, ...]]:
    return [(one.block_id, one.trouble, one.value, one.units) for one in session.snapshot(maps=False).verdicts]


def test_a_file_that_keeps_no_signal_is_judged_over_all_points_at_its_weights(tmp_path: Path) -> None:
    session = session_of(Hyperparameters(seed=3, batch_size=7))
    session.run_steps(43)
    path, document = saved(tmp_path, session)
    kept = document["progress"].pop("signal")
    assert kept["steps"] == session.steps_per_epoch
    assert [*kept["norms"]] == [layer.block_id for layer in session.snapshot(maps=False).layers]
    path.write_text(json.dumps(document), encoding="utf-8")
    file = read_network_file(path)
    assert file.progress is not None and not file.notices
    opened = session_of(Hyperparameters(seed=3, batch_size=7), file)
    norms = over_rows(opened.plan, opened.state, opened.backend, opened._job(0, probe=True))
    assert norms is not None
    judged = [one for one in opened.snapshot(maps=False).verdicts if one.delta is not None]
    assert [one.value for one in judged] == pytest.approx(list(norms / norms[-2]), rel=1e-12)


def test_a_few_steps_of_an_epoch_are_kept_with_what_is_still_to_come_of_it(tmp_path: Path) -> None:
    """After a weight was set by hand an epoch's steps are not together until later; a file in between changes nothing
    about when that is."""
    session = session_of(Hyperparameters(seed=3, batch_size=7))
    session.run_steps(43)
    session.set_weight("dense-1", "W", (0, 0), 0.5)
    session.run_steps(2)
    opened = session_of(Hyperparameters(seed=3, batch_size=7), file_of(session))
    assert verdicts(opened) == verdicts(session)
    for one in (session, opened):
        one.run_steps(session.steps_per_epoch - 2)
    assert [one[2] for one in verdicts(opened)] == pytest.approx([one[2] for one in verdicts(session)], rel=1e-12)
