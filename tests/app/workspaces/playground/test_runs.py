"""The runs of a network: which are kept, what is told of each, and how they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Picture, Polyline, Text
from app.network import kept as kept_module
from app.network.kept import total_bytes
from app.workspaces.playground.runs.cards import DELETE, draw_cards
from app.workspaces.playground.runs.curves import EPOCH, draw_curves, table_of
from app.workspaces.playground.runs.model import RunShown, RunsModel, RunsShown, letter_of, origin_text
from app.workspaces.playground.runs.pane import RunsPane
from engine.formats.progress import Curve
from engine.training import checkpoints
from tests.app.network.document_rig import new_document, running
from tests.app.network.test_go_to import Rewound

FRAME = Frame(680, 400)


@pytest.fixture
def rewound(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rewound]:
    monkeypatch.setattr(checkpoints, "MOST_SHARE", 1e9)
    document = new_document()
    with running(document) as trainer:
        yield Rewound(document, trainer, qtbot)


@pytest.fixture
def model(rewound: Rewound) -> Iterator[RunsModel]:
    model = RunsModel(rewound.document, rewound.trainer)
    yield model
    model.close()


def branched(rewound: Rewound) -> int:
    """Six epochs, then back to the third and another rate for two more; the step at which they part."""
    rewound.train(6)
    step = rewound.go_to(rewound.timeline.steps[3])
    rewound.choose_rate(0.005)
    rewound.train(2)
    return step


def whole(model: RunsModel, qtbot: QtBot) -> RunsShown:
    """All that can be told, pictures too."""
    trainer = model._trainer
    qtbot.waitUntil(lambda: trainer.legible.snapshot is trainer.snapshot)
    qtbot.waitUntil(lambda: all(run.picture is not None for run in model.shown().runs))
    return model.shown()


def test_a_change_made_after_going_back_is_a_branch_that_names_what_differs(
    rewound: Rewound, model: RunsModel, qtbot: QtBot
) -> None:
    branched(rewound)
    shown = whole(model, qtbot)
    first, second = shown.runs
    assert (first.letter, second.letter, shown.present) == ("A", "B", second.number)
    assert (first.epoch, second.epoch, second.parted, second.parent) == (6.0, 5.0, 3.0, "A")
    assert origin_text(second) == "Branch of A at 3" and origin_text(first) == "From the start"
    assert first.settings == () and second.settings == ("rate 0.02 → 0.005",)
    assert second.losses.epochs[0] == 3.0


def test_its_figures_are_those_that_were_shown(rewound: Rewound, model: RunsModel, qtbot: QtBot) -> None:
    rewound.train(6)
    end = rewound.trainer.snapshot
    assert end is not None
    rewound.document.begin_anew()
    rewound.train(1)
    first = whole(model, qtbot).runs[0]
    assert (first.test_loss, first.accuracy) == (end.test_loss, end.accuracy)
    assert first.losses.mean[-1] == end.test_loss


def test_a_run_that_was_left_is_taken_up_again_at_its_end_and_undo_leads_back(
    rewound: Rewound, model: RunsModel, qtbot: QtBot
) -> None:
    branched(rewound)
    there, first = rewound.settle(), whole(model, qtbot).runs[0]
    weights = rewound.document.present_weights()
    model.open(first.number)
    assert rewound.settle() == max(rewound.weights) and rewound.document.hyper.learning_rate == 0.02
    assert rewound.timeline.number == first.number and model.count == 2
    rewound.document.undo_stack.undo()
    assert rewound.settle() == there
    assert all(np.array_equal(array, rewound.document.present_weights()[key]) for key, array in weights.items())


def test_nothing_is_kept_of_what_was_not_trained(rewound: Rewound, model: RunsModel) -> None:
    rewound.settle()
    rewound.document.begin_anew()
    rewound.document.begin_anew(5)
    rewound.settle()
    assert model.stored == () and model.count == 0


def test_a_change_at_the_end_goes_on_with_the_same_run(rewound: Rewound, model: RunsModel) -> None:
    rewound.train(2)
    rewound.choose_rate(0.005)
    rewound.train(2)
    assert model.count == 1


def test_a_deleted_run_comes_back_with_undo_and_the_present_one_stays(
    rewound: Rewound, model: RunsModel, qtbot: QtBot
) -> None:
    branched(rewound)
    first, second = (run.number for run in whole(model, qtbot).runs)
    model.delete(second)
    assert model.count == 2
    model.delete(first)
    assert model.count == 1 and origin_text(model.shown().runs[0]) == "From epoch 3"
    rewound.document.undo_stack.undo()
    assert model.count == 2


def test_runs_of_another_network_are_not_among_them(rewound: Rewound, model: RunsModel) -> None:
    branched(rewound)
    rewound.document.load_file(rewound.document.to_file(), None)
    rewound.settle()
    assert model.stored == ()
    rewound.document.undo_stack.undo()
    rewound.settle()
    assert len(model.stored) >= 1


def test_their_memory_is_bounded_oldest_first(
    rewound: Rewound, model: RunsModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_module, "MOST_BYTES", 60_000)
    monkeypatch.setattr(kept_module, "MOST_RUNS", 3)
    for seed in range(5):
        rewound.train(8)
        rewound.document.begin_anew(seed)
        rewound.settle()
    stored = model.stored
    assert 1 <= len(stored) <= 3 and (total_bytes(stored) <= 60_000 or len(stored) == 1)
    assert len(list(stored[0].checkpoints)) <= len(list(stored[-1].checkpoints))


# Drawings ---------------------------------------------------------------------------------------------------------


def curve(*losses: float) -> Curve:
    count = np.arange(len(losses))
    values = np.array(losses)
    return Curve(count * 10, count.astype(float), np.ones_like(count), values, values, values)


A = RunShown(3, "A", 4.0, curve(0.9, 0.5, 0.2, 0.1, 0.05), (), test_loss=0.05, accuracy=0.9)
B = RunShown(7, "B", 3.0, curve(0.9, 0.5, 0.4, 0.3), ("rate 0.02 → 0.005",), "A", 2.0, 0.3, 0.8)
BOTH = RunsShown((A, B), 7, 3.0)


def test_the_eye_is_on_the_present_run_or_on_the_one_pointed_at() -> None:
    for data, number in ((BOTH, 7), (replace(BOTH, lit=3), 3)):
        lines = [mark for mark in draw_curves(data, FRAME).marks if isinstance(mark, Polyline)]
        assert [line.key for line in lines if line.stroke == "good"] == [("curve", number)] and len(lines) == 2
        assert lines[-1].key == ("curve", number)


def test_names_at_the_ends_of_the_curves_are_their_last_values() -> None:
    texts = {mark.text for mark in draw_curves(BOTH, FRAME).marks if isinstance(mark, Text)}
    assert {"A  0.0500", "B  0.3000", "rate 0.02 → 0.005", "Test loss after each epoch"} <= texts


def test_only_a_run_that_is_not_open_can_be_forgotten() -> None:
    for number, has in ((3, True), (7, False)):
        drawing = draw_cards(BOTH, Frame(680, 400, number))
        assert ((DELETE, number) in {part.key for part in drawing.keyed}) is has


@pytest.mark.parametrize("width", [170, 340, 680, 1200])
def test_cards_stand_within_the_width(width: int) -> None:
    drawing = draw_cards(BOTH, Frame(width, 400))
    assert all(part.rect[0] >= 0 and part.rect[0] + part.rect[2] <= width + 1 for part in drawing.keyed)
    assert drawing.height is not None and all(part.rect[1] + part.rect[3] <= drawing.height for part in drawing.keyed)


def test_a_figure_that_is_not_known_yet_is_no_number() -> None:
    unknown = replace(A, test_loss=float("nan"), accuracy=float("nan"))
    drawing = draw_cards(RunsShown((unknown,)), FRAME)
    assert [mark.text for mark in drawing.marks if isinstance(mark, Text)].count("…") == 2
    assert not any(isinstance(mark, Picture) for mark in drawing.marks)


def test_the_table_lists_every_run() -> None:
    rows = list(table_of(BOTH.runs, regression=False).rows)
    assert rows[1] == ("B", "Branch of A at 2", "rate 0.02 → 0.005", 3.0, 0.3, 0.8)


def test_letters_go_on_after_z() -> None:
    assert [letter_of(place) for place in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]


def test_the_pane_lights_a_run_in_both_views_opens_it_and_takes_the_present_one_back(
    rewound: Rewound, model: RunsModel, qtbot: QtBot
) -> None:
    branched(rewound)
    first = whole(model, qtbot).runs[0].number
    pane = RunsPane(model)
    qtbot.addWidget(pane)
    pane.resize(680, 700)
    pane.show()
    pane.refresh()
    pane.curves.pointed.emit(("curve", first))
    assert pane.cards._data.lit == pane.curves._data.lit == first
    pane.cards.chosen.emit(first)
    assert rewound.settle() == max(rewound.weights) and rewound.timeline.number == first
    pane.curves.edited.emit(EPOCH, 1.1)
    assert rewound.settle() == rewound.timeline.steps[1]
