"""A file keeps a run: opened again it goes on bit for bit, shows its curves, and a damaged one gets one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assets import __file__ as assets_file
from engine.data import DataChoice, load
from engine.formats import loom
from engine.formats.base import NetworkFile
from engine.formats.loom import read_network_file, write_network_file
from engine.graph import Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, splice
from engine.graph.model import NetworkGraph
from engine.hyperparameters import Hyperparameters, Schedule
from engine.problems import EngineError
from engine.training.history import named_curves
from engine.training.progress import progress_of
from engine.training.session import Setup, TrainingSession

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
        assert curve.mean[-1] == pytest.approx(last, rel=1e-6)
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


def _spoil(document: dict, how: str) -> None:
    progress = document["progress"]
    group = progress["curves"][0]
    spoilt = {
        "steps": lambda: group.update(steps="3 2 1"),
        "word": lambda: group.update(epochs="one two"),
        "short": lambda: next(iter(group["lines"].values())).update(mean="1.0"),
        "negative": lambda: progress.update(cursor=-1),
        "never": lambda: progress.update(steps_per_epoch=0),
        "more": lambda: progress.update(surprise=1),
        "huge": lambda: group.update(steps="9" * 40),
        "memory": lambda: progress.update(memory={"dense-1": {"W": ["x"]}}),
    }
    spoilt[how]()


@pytest.mark.parametrize("how", ["steps", "word", "short", "negative", "never", "more", "huge", "memory"])
def test_a_damaged_progress_gets_its_sentence(tmp_path: Path, how: str) -> None:
    session = session_of(Hyperparameters())
    session.run_epochs(3)
    path = tmp_path / "a.loom"
    write_network_file(path, file_of(session))
    document = json.loads(path.read_text(encoding="utf-8"))
    _spoil(document, how)
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(EngineError, match=r"a\.loom"):
        read_network_file(path)


def test_memory_that_does_not_fit_is_left_out() -> None:
    session = session_of(Hyperparameters())
    session.run_steps(5)
    file = file_of(session)
    file.progress.memory["dense-1", "W"] = np.zeros((2, 9, 9))
    again = session_of(Hyperparameters(), file)
    again.run_steps(1)
    assert again.updates == 6
