"""``epochs auto``: the best epoch is found, kept and gone back to, to the same bits however a run is stopped."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.problems import EngineError
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.checkpoints import Best, Checkpoint, Cursor, load, read, restore, tensors_of
from engine.recommenders.running.events import EpochEnded, Finished, Kept, Started, Stepped
from engine.recommenders.running.settings import Training
from tests.engine.recommenders.test_rec_run import TRAINING, Given, assert_same, prepared_for

AUTO = TRAINING.model_copy(update={"epochs": "auto"})
STEPS = 4
FIGURES = {0: 0.05, 1: 0.1, 2: 0.3, 3: 0.2, 4: 0.25}
"""Before the first epoch and after each: the second is the best, and two more are no better."""


class Joining(PreparedBatches):
    """Withheld rows that count how often they have joined the others."""

    joined = 0

    def join(self) -> None:
        self.joined += 1


class Searched(Given):
    """A run that chooses by those figures."""

    def __init__(
        self, *, withheld: bool = False, figures: dict[int, float] = FIGURES, error: float = 0.0, **options: Any
    ) -> None:
        super().__init__(training=AUTO, choose_by="hits", evaluate=self.evaluate, **options)
        self.figures, self.error = figures, error
        if withheld:
            rows = prepared_for(self.network).take(np.arange(20))
            self.run._withheld = self.withheld = Joining(rows, AUTO)

    def evaluate(self) -> dict[str, float]:
        return {"other": 1.0, "hits.error": self.error, "hits": self.figures[self.trainer.step // STEPS]}


def after(epochs: int) -> Given:
    """So many epochs, without looking for any."""
    given = Given(training=TRAINING.model_copy(update={"epochs": epochs}))
    given.run.go()
    return given


def test_the_best_epoch_is_kept_and_said(tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    found = Searched(checkpoint=path)
    ending = found.run.go()
    best = Best(2, 2 * STEPS, 0.3)
    assert ending.how == "finished" and ending.cursor == Cursor(2, 0, 2 * STEPS, best=best, stage="done")
    expected = after(2).state()
    assert_same(found.state(), expected)
    assert found.trainer.step == 2 * STEPS
    assert [event.metrics["hits"] for event in found.of(EpochEnded)] == list(FIGURES.values())[1:]
    assert found.of(Kept) == [Kept(2, 4, "hits", 0.3, 2 * STEPS)]
    started, finished = found.events[0], found.events[-1]
    assert isinstance(started, Started) and (started.epochs, started.auto) == (50, True)
    assert isinstance(finished, Finished) and (finished.epochs, finished.updates) == (2, 2 * STEPS)
    assert all(event.remaining is None for event in found.of(Stepped))
    written = read(path)
    assert written.cursor == ending.cursor and not any(name.startswith("best/") for name in written.shapes)
    assert_same({name: written.tensor(name) for name in expected}, expected)


def test_a_checkpoint_that_is_replaced_while_it_is_read_is_taken_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is each epoch of a run that goes on, while a window opens it."""
    path, other = tmp_path / "run.safetensors", tmp_path / "other.safetensors"
    for epochs, where in ((1, path), (3, other)):
        Given(training=TRAINING.model_copy(update={"epochs": epochs}), checkpoint=where).run.go()
    expected, network, asked = after(3), Given().network, []
    tensor = Checkpoint.tensor

    def replaced(self: Checkpoint, name: str) -> torch.Tensor:
        asked.append(name)
        if len(asked) == 2:
            other.replace(path)
        return tensor(self, name)

    monkeypatch.setattr(Checkpoint, "tensor", replaced)
    assert load(read(path), network).cursor.epoch == 3
    assert_same({name: tensor for name, tensor in tensors_of(network).items()}, tensors_of(expected.network))


def test_no_more_epochs_than_are_allowed() -> None:
    found = Searched(figures={epoch: float(epoch) for epoch in range(9)})
    found.run._training = AUTO.model_copy(update={"most_epochs": 3})
    found.run._search._training = found.run._training  # type: ignore[union-attr]
    assert found.run.go().cursor.epoch == 3


def test_the_first_epoch_is_kept_where_no_figure_is_finite() -> None:
    found = Searched(figures={0: math.nan, 1: math.nan, 2: math.nan, 3: math.nan})
    assert found.run.go().cursor.best == Best(1, STEPS, None)
    assert found.of(Kept) == [Kept(1, 3, "hits", None, STEPS)]
    late = Searched(figures={0: math.nan, 1: math.nan, 2: 0.1, 3: math.nan, 4: 0.0})
    assert late.run.go().cursor.best == Best(2, 2 * STEPS, 0.1)


def test_a_network_that_no_epoch_makes_better_stays_as_it_began() -> None:
    found = Searched(withheld=True, figures={0: 0.4, 1: 0.1, 2: 0.3, 3: 0.4, 4: 0.2})
    began = found.state()
    assert found.run.go().cursor == Cursor(0, 0, 0, best=Best(0, 0, 0.4), stage="done")
    assert_same(found.state(), began)
    assert found.of(Kept) == [Kept(0, 4, "hits", 0.4, 0)] and found.withheld.joined == 1


@pytest.mark.parametrize(("fourth", "kept"), [(0.45, 0), (0.46, 4)])
def test_an_epoch_is_better_than_the_start_by_more_than_its_error(fourth: float, kept: int) -> None:
    """Among epochs that learned no such margin is asked for."""
    found = Searched(withheld=True, figures={0: 0.4, 1: 0.43, 2: 0.44, 3: 0.42, 4: fourth, 5: 0.3, 6: 0.3}, error=0.05)
    best = found.run.go().cursor.best
    assert best is not None and best.epochs == kept


def test_rows_that_were_withheld_are_learned_from_once() -> None:
    found = Searched(withheld=True)
    ending = found.run.go()
    expected = after(2)
    rows = found.withheld
    assert rows.joined == 1 and rows.steps == 2
    for step in range(rows.steps):
        expected.trainer.train(rows.batch(0, step))
    assert_same(found.state(), expected.state())
    assert (ending.cursor.epoch, ending.cursor.updates) == (2, 2 * STEPS + rows.steps)


@pytest.fixture(scope="module")
def whole() -> tuple[Searched, Cursor]:
    """A search that nobody stopped, and where it ended."""
    found = Searched(withheld=True)
    return found, found.run.go().cursor


@pytest.mark.parametrize("stop", [1, 8, 9, 12, 15, 16, 17, 18, 19])
def test_a_search_that_was_stopped_ends_as_if_it_had_not_been(
    stop: int, whole: tuple[Searched, Cursor], tmp_path: Path
) -> None:
    """Before, at and after the best epoch, and while the withheld rows are learned from: updates count on from the best
    epoch's then, so that the run is stopped by the number of steps that were told."""
    (uninterrupted, expected), path = whole, tmp_path / "run.safetensors"
    first = Searched(withheld=True, checkpoint=path)
    told = iter(range(1, 100))
    first.run._emit = lambda event: (
        first.events.append(event),
        setattr(first.flag, "on", first.flag.on or (isinstance(event, Stepped) and next(told) == stop)),
    )[0]
    ending = first.run.go()
    assert ending.how == ("stopped" if stop <= 18 else "finished")
    second = Searched(withheld=True, checkpoint=path)
    assert second.run.go(restore(read(path), second.trainer)).cursor == expected
    assert_same(second.state(), uninterrupted.state())
    assert len(first.of(Kept)) + len(second.of(Kept)) == 1


def test_a_checkpoint_of_a_search_is_used_as_its_best_epoch_and_gone_on_from_as_its_last(tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    found = Searched(checkpoint=path)
    found.stop_after = 2 * STEPS + 3
    found.run.go()
    used, went_on = Given(), Searched()
    load(read(path), used.network)
    assert_same(tensors_of(used.network), tensors_of(after(2).network))
    restore(read(path), went_on.trainer)
    assert_same(went_on.state(), found.state())
    assert not torch.equal(went_on.network.theta, used.network.theta)


def test_a_search_can_be_given_a_number_of_epochs_and_the_other_way_round(tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    Searched(checkpoint=path).run.go()
    longer = Given()
    assert longer.run.go(restore(read(path), longer.trainer)).cursor == Cursor(3, 0, 3 * STEPS)
    assert_same(longer.state(), after(3).state())
    again = Searched()
    assert again.run.go(restore(read(path), again.trainer)).how == "finished"
    assert [type(event) for event in again.events] == [Started, Finished]
    Given(checkpoint=path, training=TRAINING.model_copy(update={"epochs": 1})).run.go()
    searched = Searched()
    assert searched.run.go(restore(read(path), searched.trainer)).cursor.epoch == 2


def test_a_best_epoch_that_is_there_in_part_is_said(tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    found = Searched(checkpoint=path)
    found.stop_after = 2 * STEPS + 3
    found.run.go()
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"best/dense-1/W"', b'"best/dense-1/X"'))
    for use in (lambda: load(read(path), Given().network), lambda: restore(read(path), Searched().trainer)):
        with pytest.raises(EngineError, match="best epoch's tensors are missing"):
            use()


def test_epochs_are_a_number_or_auto() -> None:
    assert Training().epochs == "auto" and Training().limit == 50 and Training(epochs=7).limit == 7
    for wrong in ("many", 0, 1.5):
        with pytest.raises(ValueError, match="epochs"):
            Training.model_validate({"epochs": wrong})
