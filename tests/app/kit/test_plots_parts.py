"""Parts of the plots that need no window: names, numbers, thinning, verdicts, colours."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize
from pytestqt.qtbot import QtBot

from app.kit.charts.layer_plots import (
    LEAST_CELL,
    HistogramPlot,
    Histograms,
    LayerUpdate,
    LayerWeights,
    draw_histograms,
    draw_updates,
    draw_weights,
)
from app.kit.colourmap import diverging_colour, diverging_image, readable_on, sequential_image
from app.kit.drawing.columns import Cells, Rectangles
from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Rectangle, Text, text_width
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable, csv_text
from app.kit.numbers import count, decade, fixed, loss_text, percent, power_of_ten, scientific, setting_text, short
from app.kit.widgets.frame import scrolled
from app.workspaces.playground.plots.layers import layers_of
from app.workspaces.playground.plots.remedy_words import label_of, tip_of
from app.workspaces.playground.plots.verdict import findings
from engine.data import DataChoice, Task, load
from engine.graph.build import feed_forward
from engine.graph.edit import set_params
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import DEFAULT_RATE, Hyperparameters
from engine.network.state import weights_of
from engine.training.remedies import Case, large_starts, remedies_for_settings, too_large_step
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import Snapshot
from engine.training.trial import proven_remedies
from engine.training.verdicts import Evidence, LearningState, LossCourse, Trouble, Verdict, judge


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    dataset = load(DataChoice(name="two-gaussians"))
    graph = feed_forward([4, 3], activation="logistic")
    return TrainingSession(Setup(graph, dataset, Hyperparameters(), backend="numpy")).snapshot(maps=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.4423, "0.442"), (-1.2e-5, "−1.2·10⁻⁵"), (41300.0, "41,300"), (0.0, "0"), (float("inf"), "∞"), (2.0, "2.00")],
)
def test_short(value: float, text: str) -> None:
    assert short(value) == text


def test_other_numbers() -> None:
    assert (fixed(-0.034), fixed(0.0004), fixed(0.0)) == ("−0.03", "4.0·10⁻⁴", "0.00")
    assert (count(900), count(12000), count(1.5e6)) == ("900", "12k", "1.5M")
    assert (decade(-3), power_of_ten(-3), scientific(0.00123)) == ("0.001", "10⁻³", "1.2·10⁻³")
    assert (percent(0.125), percent(0.001), percent(0.0)) == ("13 %", "<1 %", "0 %")
    assert (percent(10 / 16), percent(0.285), percent(0.624)) == ("63 %", "29 %", "62 %")  # a half goes up


def test_the_ink_of_an_update_says_whether_it_is_well() -> None:
    inks = [LayerUpdate("", ratio).ink for ratio in (1e-3, 5e-5, 5e-2, 1e-6, 0.5)]
    assert inks == ["good", "warning", "warning", "text_muted", "danger"]
    quiet = [LayerUpdate("", ratio, is_alarm=False).ink for ratio in (1e-3, 5e-5, 5e-2, 0.5)]
    assert quiet == ["good", "text_muted", "text_muted", "text_muted"]


def test_an_update_is_a_bar_on_a_logarithmic_track(qapp: object) -> None:
    ratios = (1e-6, 1e-3, 1.0, 0.0, math.inf, math.nan)
    drawing = draw_updates(tuple(LayerUpdate("Dense 1", ratio) for ratio in ratios), Frame(400, 200))
    boxes = [mark for mark in drawing.marks if isinstance(mark, Rectangle) and mark.corner]
    shares = [bar.rect[2] / track.rect[2] for track, bar in zip(boxes[::2], boxes[1::2], strict=True)]
    assert shares == pytest.approx((0.0, 0.5, 1.0, 0.0, 1.0, 0.0), abs=0.03)
    assert [drawing.part(row) is not None for row in range(6)] == 6 * [True]


def test_csv_quotes_and_reads_back() -> None:
    assert csv_text(ExportTable(("a, b", "c"), [(0.1, "x"), (3, 1e-17)])) == '"a, b",c\n0.1,x\n3,1e-17\n'


def test_layers_are_named_and_coloured(snapshot: Snapshot) -> None:
    layers = layers_of(snapshot.plan)
    assert [layer.short for layer in layers] == ["Dense 1", "Dense 2", "Output"]
    assert layers[0].name == "Dense 1 · logistic"
    assert len({layer.colour.name() for layer in layers}) == 3


def with_verdicts(snapshot: Snapshot, *verdicts: Verdict) -> Snapshot:
    return replace(snapshot, verdicts=verdicts)


def test_healthy_gradients_do_not_say_yet_whether_it_learns(snapshot: Snapshot) -> None:
    ids = ("dense-1", "dense-2", "output-1")
    kinds = (Trouble.STEADY, Trouble.REFERENCE, Trouble.STEADY)
    verdicts = [
        Verdict(block_id, kind, ratio, delta=0.01 * ratio, is_alarm=False)
        for block_id, kind, ratio in zip(ids, kinds, (0.5, 1, 3), strict=True)
    ]
    (found,) = findings(with_verdicts(snapshot, *verdicts))
    assert (found.head, found.colour) == ("Too early to say.", "text_muted")
    assert found.text == "‖δ‖ of Dense 1 is 0.500 × Dense 2’s; 0.1 to 10 is steady."


def test_vanishing_names_the_layer_and_what_is_left_of_the_signal(snapshot: Snapshot) -> None:
    (found,) = findings(with_verdicts(snapshot, Verdict("dense-1", Trouble.VANISHING, 1e-5)))
    assert found.sentence == "Gradients vanish. Dense 1 gets 1.0·10⁻⁵ of the error signal of Dense 2."


def test_the_worst_comes_first_and_every_unit_is_named(snapshot: Snapshot) -> None:
    dead = Verdict("dense-1", Trouble.DEAD, 0.5, (1, 3))
    worst, units = findings(with_verdicts(snapshot, dead, Verdict("dense-1", Trouble.EXPLODING, 2e3)))
    assert worst.colour == "danger" and worst.sentence.startswith("Gradients explode. Dense 1 gets 2.0·10³×")
    assert units.head == "Units 2 and 4 of Dense 1 are dead."


@pytest.mark.parametrize(
    ("verdict", "head"),
    [
        (Verdict("dense-1", Trouble.DEAD, 0.25, (2,)), "Unit 3 of Dense 1 is dead."),
        (Verdict("dense-2", Trouble.DEAD, 1.0, (0, 1, 2)), "All units of Dense 2 are dead."),
        (Verdict("dense-2", Trouble.SATURATED, 2 / 3, (0, 2)), "Units 1 and 3 of Dense 2 are saturated."),
        (Verdict("dense-1", Trouble.OVERGROWN, 2e5, (0,)), "Unit 1 of Dense 1 is overgrown."),
        (Verdict("output-1", Trouble.SATURATED, 1.0, (0,)), "Output is saturated."),  # no step is done yet
    ],
)
def test_units_are_called_by_their_numbers(snapshot: Snapshot, verdict: Verdict, head: str) -> None:
    assert findings(with_verdicts(snapshot, verdict))[0].head == head


def test_a_solved_network_gets_notes_and_no_warning(snapshot: Snapshot) -> None:
    learnt = judge(
        [Evidence("dense-1", 1e-9, 4, saturated=(0, 1, 2)), Evidence("output-1", 1e-9)], LossCourse(is_learnt=True)
    )
    solved = replace(snapshot, train_accuracy=1.0, accuracy=1.0, train_loss=0.001, learning=learnt.learning)
    well, note = findings(with_verdicts(solved, *learnt.layers))
    assert (well.head, well.colour, note.colour) == ("Solved.", "good", "text_muted")


def test_a_loss_far_above_one_answer_for_all_points_is_an_alarm_by_itself(snapshot: Snapshot) -> None:
    """One of 1.5 million that lay still got a grey "The loss isn't falling."."""
    thrown = replace(snapshot, learning=LearningState.THROWN, train_loss=1.5e6)
    (said,) = findings(with_verdicts(thrown, Verdict("dense-2", Trouble.REFERENCE, 1.0, delta=1e-3)))
    assert said.is_alarm and said.cures is not None
    assert (
        said.sentence == "The loss is far off. It is 1.5·10⁶, more than 10 times what one answer for all points costs."
    )
    level = replace(snapshot, learning=LearningState.NO_BETTER)
    (said,) = findings(with_verdicts(level, Verdict("dense-2", Trouble.REFERENCE, 1.0, delta=1e-3)))
    assert (said.head, said.colour) == ("No better than one answer for all points.", "text_muted")


def test_what_is_said_of_a_network_without_an_alarm_is_of_the_layer_that_is_furthest_off(snapshot: Snapshot) -> None:
    far = Verdict("dense-1", Trouble.EXPLODING, 5e3, delta=5.0, is_alarm=False)
    stands = replace(snapshot, learning=LearningState.STANDING, train_accuracy=0.6)
    first, note = findings(with_verdicts(stands, far, Verdict("dense-2", Trouble.REFERENCE, 1.0, delta=1e-3)))
    assert first.head == "The loss isn't falling." and first.text.startswith("‖δ‖ of Dense 1 is 5.0·10³ × Dense 2’s")
    assert (first.colour, note.colour) == ("text_muted", "text_muted")


def test_a_network_that_stands_still_near_the_answer_is_said_to_have_learnt_most(snapshot: Snapshot) -> None:
    stands = replace(snapshot, learning=LearningState.STANDING, train_accuracy=0.976, accuracy=0.97)
    (said,) = findings(with_verdicts(stands, Verdict("dense-2", Trouble.REFERENCE, 1.0, delta=1e-3, is_alarm=False)))
    assert said.sentence == "Mostly learnt. 97.6 % of the training points are right; the loss isn't falling any more."
    assert said.colour == "text_muted"


def test_colour_maps(qtbot: QtBot) -> None:
    image = diverging_image(np.array([[-1.0, 0.0, 1.0]]))
    assert [image.pixelColor(x, 0).name() for x in range(3)] == [diverging_colour(v).name() for v in (-1, 0, 1)]
    strip = sequential_image(np.array([[np.nan, 0.0, 1.0]]))
    assert [strip.pixelColor(x, 0).alpha() for x in range(3)] == [0, 255, 255]  # blank is what was not measured
    light, dark = readable_on(diverging_colour(1.0)), readable_on(diverging_colour(0.0))
    assert light.lightness() > dark.lightness()


@pytest.mark.process
def test_the_panel_comes_without_its_plots() -> None:
    late = "{'pyqtgraph', 'torch'}"
    panels = "app.workspaces.playground.plots.panel, app.builder.timeline.panel"
    check = f"import sys, {panels}; sys.exit(bool({late} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


@pytest.mark.parametrize(("width", "text"), [(400, "Dense 1 · logistic · more"), (116, "Dense 1 · logistic")])
def test_words_over_a_histogram_lose_whole_parts(qapp: object, width: int, text: str) -> None:
    cell = HistogramPlot("a", "Dense 1 · logistic · more", np.ones(4, np.int64), np.linspace(-1, 1, 5), "positive")
    title = next(
        mark for mark in draw_histograms(Histograms((cell,)), Frame(width, 90)).marks if isinstance(mark, Text)
    )
    assert title.text == text


def test_many_histograms_wrap_into_rows_that_scroll_and_none_is_squeezed(qtbot: QtBot) -> None:
    view = DrawingView(draw_histograms, Histograms(), hint=QSize(240, 120), least=QSize(*LEAST_CELL))
    area = scrolled(view)
    qtbot.addWidget(area)
    cell = HistogramPlot("", "", np.ones(32, np.int64), np.linspace(-1.5, 1.5, 33), "positive")
    area.resize(560, 190)
    area.show()
    for many in (3, 21):
        names = [f"Dense {number}" for number in range(1, many + 1)]
        view.set_data(Histograms(tuple(replace(cell, key=name, title=f"{name} · tanh") for name in names)))
        qtbot.waitUntil(lambda many=many: (area.verticalScrollBar().maximum() > 0) == (many > 3))
        boxes = [QRectF(*view.drawing.part((name, -1)).rect) for name in names]
        assert all(text_width(name, 11, True) < box.width() for name, box in zip(names, boxes, strict=True))
        assert all(not a.intersects(b) for a, b in combinations(boxes, 2))
        assert all(view.rect().contains(box.toAlignedRect()) for box in boxes)
        assert min(box.height() for box in boxes) >= 70
        found = view.part_at(boxes[-1].center())
        assert found is not None and found.key[0] == names[-1]


def test_a_histogram_says_its_bins_and_its_note(qapp: object) -> None:
    counts = np.array([0, 3, 1, 0])
    cell = HistogramPlot("a", "Dense 1", counts, np.linspace(-1, 1, 5), "series 0 of 3", "a note", tip="what it means")
    drawing = draw_histograms(Histograms((cell,), "a"), Frame(300, 120))
    said = {part.key: part.spoken for part in drawing.keyed}
    assert said["a", 1] == "−0.500 to 0: 3 (75 %)" and said["a", -1] == "a note\nwhat it means"
    assert sum(row[3] for row in drawing.table().rows) == 4
    bars = next(mark for mark in drawing.marks if isinstance(mark, Rectangles) and mark.fills)
    assert bars.rects[0][3] == pytest.approx(3 * bars.rects[1][3])


def test_weights_are_cells_that_say_their_value(qapp: object) -> None:
    shown = LayerWeights(np.array([[0.5, -1.0], [0.25, math.nan], [0.0, 2.0]]), np.array([1.0, -2.0, 0.0]))
    drawing = draw_weights(shown, Frame(400, 200))
    cells = [mark for mark in drawing.marks if isinstance(mark, Cells)]
    assert [(cell.rows, cell.columns) for cell in cells] == [(3, 2), (3, 1)]
    left, top, wide, high = cells[0].rect_of(0, 1)
    part = drawing.hit(left + wide / 2, top + high / 2)
    assert part is not None and part.key == ("W", 0, 1)
    assert part.spoken == "W[1, 2] = −1.00, from input 2 to unit 1"
    assert drawing.part(("b", 1, 0)).spoken == "bias of unit 2: −2.00"
    lit = draw_weights(shown, Frame(400, 200, part.key)).marks
    assert any(isinstance(mark, Rectangle) and mark.rect == part.rect for mark in lit)
    assert drawing.table().rows[0] == [1, 0.5, -1.0, 1.0]


def test_outliers_are_named_before_dead_units_where_a_regression_explains_little(tmp_path: Path) -> None:
    """R² was −0.08 for two of them, and a dead unit was blamed."""
    rows = [f"{at % 17},{1.5 * (at % 17)}" for at in range(120)]
    rows[5], rows[70] = "4,1e6", "9,-4e5"
    (tmp_path / "t.csv").write_text("\n".join(["a,y", *rows]))
    data = load(DataChoice(source="file", path=str(tmp_path / "t.csv"), task=Task.REGRESSION))
    graph = feed_forward((3,), features=data.columns)
    session = TrainingSession(Setup(graph, data, Hyperparameters(), "numpy"))
    session.run_steps(20)
    snapshot = session.snapshot()
    dead = Verdict("dense-1", Trouble.DEAD, 0.3, units=(1,))
    first = findings(with_verdicts(snapshot, dead))[0]
    assert first.head == "Outliers rule the loss."
    assert "“y” has 2 values far from the others, such as 1e+06" in first.text
    clean = replace(snapshot, dataset=replace(data, notices=()))
    assert findings(with_verdicts(clean, dead))[0].head != first.head


def test_outliers_are_named_before_the_cures_while_a_classification_is_not_well(tmp_path: Path) -> None:
    rows = [f"{at % 7},{at % 5},{'ab'[at % 2]}" for at in range(60)]
    rows[5] = "1e6,2,a"
    (tmp_path / "t.csv").write_text("\n".join(["a,b,y", *rows]))
    data = load(DataChoice(source="file", path=str(tmp_path / "t.csv")))
    session = TrainingSession(
        Setup(feed_forward((3,), features=data.columns, activation="tanh"), data, Hyperparameters(), "numpy")
    )
    assert findings(session.snapshot())[0].head != "The data has outliers."
    session.run_steps(20)
    ill = with_verdicts(session.snapshot(), Verdict("dense-1", Trouble.SATURATED, 1.0, units=(0, 1, 2)))
    first, second, *_ = findings(replace(ill, is_well=False))
    assert first.head == "The data has outliers." and "“a” has 1 value far from the others" in first.text
    assert first.cures is not None and second.cures is not None
    assert findings(replace(ill, is_well=True))[0].head == second.head


def test_raw_numbers_are_named_with_their_cure_where_the_network_does_not_learn(tmp_path: Path) -> None:
    """No setting helped, and no sentence named them."""
    rows = [f"{17 + 7 * at % 73},{10_000 + 37_991 * at % 990_000},{'ab'[at % 2]}" for at in range(120)]
    (tmp_path / "t.csv").write_text("\n".join(["age,income,y", *rows]))
    data = load(DataChoice(source="file", path=str(tmp_path / "t.csv"), standardise=False))
    hyper = Hyperparameters()
    session = TrainingSession(Setup(feed_forward((3,), features=data.columns), data, hyper, "numpy"))
    session.run_epochs(1)
    snapshot = session.snapshot()
    assert not snapshot.is_well
    first = findings(snapshot)[0]
    assert first.head == "The numbers aren't standardised." and "“income” has mean" in first.text
    assert first.cures is not None
    (remedy,) = first.cures(Case(session.setup, snapshot))
    assert label_of(remedy, snapshot) == "Standardise" and "mean 0 and deviation 1" in tip_of(remedy, snapshot)
    assert findings(replace(snapshot, is_well=True))[0].head != first.head
    clean = replace(snapshot, dataset=replace(data, notices=()))
    assert findings(clean)[0].head != first.head
    ill = [Verdict("dense-1", Trouble.OVERGROWN, 1.1e6, (0, 1)), Verdict("dense-1", Trouble.DEAD, 0.3, (2,))]
    first, *others = findings(with_verdicts(snapshot, *ill))
    assert first.head == "The numbers aren't standardised." and len(others) == 2
    assert others[0].text == "Up to 1.1·10⁶ comes out of it, from data of up to 995,532."
    for other in others:
        assert other.cures is not None
        assert [remedy.key for remedy in other.cures(Case(session.setup, snapshot))] == ["standardise"]


def test_raw_numbers_are_named_from_the_start_where_units_are_large_by_them_alone(tmp_path: Path) -> None:
    rows = [f"{10_000 + 37_991 * at % 990_000},{at % 7},{'ab'[at % 2]}" for at in range(120)]
    (tmp_path / "t.csv").write_text("\n".join(["income,rooms,y", *rows]))
    data = load(DataChoice(source="file", path=str(tmp_path / "t.csv"), standardise=False))
    output = OutputParams(loss="binary_cross_entropy")
    graph = feed_forward((3,), features=data.columns, activation="softplus", output=output)
    session = TrainingSession(Setup(graph, data, Hyperparameters(), "numpy"))
    snapshot = session.snapshot()
    assert snapshot.layers[0].health.largest > 1e5 and snapshot.learning is LearningState.UNKNOWN
    assert Trouble.OVERGROWN not in {verdict.trouble for verdict in snapshot.verdicts}
    heads = [finding.head for finding in findings(snapshot)]
    assert heads[0] == "The numbers aren't standardised." and not any("overgrown" in head for head in heads)


def test_a_layer_without_a_signal_is_not_said_to_be_lost_for_good(snapshot: Snapshot) -> None:
    silent = Verdict("dense-2", Trouble.VANISHING, 0.0, delta=0.0)
    assert findings(with_verdicts(snapshot, silent))[0].sentence == (
        "No gradient reaches Dense 2. ‖δ‖ is 0 there: the loss moves none of its weights."
    )


@pytest.mark.parametrize("largest", [float("nan"), float("inf")])
def test_what_is_no_finite_number_is_said_in_words(snapshot: Snapshot, largest: float) -> None:
    first = findings(with_verdicts(snapshot, Verdict("dense-2", Trouble.OVERGROWN, largest, units=(0, 1, 2))))[0]
    assert first.text == "What comes out of it isn't a finite number for some training points."


def test_an_output_that_is_saturated_from_the_start_is_never_called_steady() -> None:
    graph = feed_forward((8, 8, 8), activation="silu", initializer="he_uniform")
    graph = set_params(graph, "dense-1", activation="relu", scale=10.0)
    session = TrainingSession(Setup(graph, load(DataChoice(name="two-spirals")), Hyperparameters(), "numpy"))
    assert session.snapshot(maps=False).layers[-1].health.stuck == (0,)
    first = findings(session.snapshot(maps=False))[0]
    assert (first.head, first.is_alarm) == ("Start weights are too large in Dense 1.", True)
    session.run_epochs(1)
    heads = [finding.head for finding in findings(session.snapshot(maps=False))]
    assert heads[:2] == ["Start weights are too large in Dense 1.", "Output is saturated."]  # and free before long


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_weights_of_zero_are_the_cause_and_drawing_them_the_cure(activation: str) -> None:
    graph = feed_forward((4, 3), activation=activation, initializer="zeros")
    session = TrainingSession(Setup(graph, load(DataChoice(name="circle")), Hyperparameters(), "numpy"))
    for _ in range(20):
        session.run_epochs(1)
        session.judge()
    snapshot = session.snapshot(maps=False)
    first = findings(snapshot)[0]
    assert (first.head, first.is_alarm) == ("All weights of Dense 1, Dense 2 are 0.", True)
    case = Case(session.setup, snapshot)
    assert first.cures is not None
    (cure,) = proven_remedies(case, first.cures(case), first.trouble, most=1)
    assert cure.key == "initialise" and {"dense-1", "dense-2"} <= set(cure.blocks)


def test_of_many_start_weights_the_layers_are_counted() -> None:
    """Six names and what a reset does made seven lines of the verdict."""
    graph = feed_forward((4,) * 6, activation="tanh", initializer="normal", scale=5.0)
    session = TrainingSession(Setup(graph, load(DataChoice(name="circle")), Hyperparameters(), "numpy"))
    session.run_epochs(1)
    first = findings(session.snapshot(maps=False))[0]
    assert first.head == "Start weights are too large in 6 layers."
    assert re.fullmatch(r"They are up to \d+ times the usual\.", first.text)


@pytest.mark.parametrize("activation", ["relu", "tanh", "silu"])
def test_start_weights_that_are_far_too_large_are_named_and_drawn_anew(activation: str) -> None:
    graph = feed_forward((6, 6, 4), activation=activation)
    usual, large = graph, graph
    for block_id in ("dense-2", "dense-3"):
        large = set_params(large, block_id, scale=10.0)
    circle = load(DataChoice(name="circle"))
    session = TrainingSession(Setup(large, circle, Hyperparameters(learning_rate=0.03, seed=1)))
    session.run_epochs(1)
    snapshot = session.snapshot(maps=False)
    first = findings(snapshot)[0]
    assert first.head == "Start weights are too large in Dense 2, Dense 3."
    case = Case(session.setup, snapshot)
    assert first.cures is not None
    (remedy,) = proven_remedies(case, first.cures(case), most=1)
    assert label_of(remedy, snapshot) == "Fitting start weights"
    trained = TrainingSession(Setup(usual, circle, Hyperparameters(learning_rate=0.03, seed=1)))
    trained.change(replace(trained.setup, graph=large))  # the scale alone: no weight is larger yet
    assert not large_starts(trained.snapshot(maps=False))


def test_a_rate_at_which_no_weight_changes_is_named_where_little_error_is_left_and_calmly_where_none_is() -> None:
    setup = Setup(feed_forward((6, 3)), load(DataChoice(name="circle")), Hyperparameters(learning_rate=0.03))
    for epochs, is_mastered in ((6, False), (40, True)):
        session = TrainingSession(setup)
        session.run_epochs(epochs)
        session.change(replace(setup, hyper=setup.hyper.model_copy(update={"learning_rate": 1e-300})))
        session.run_steps(3)
        snapshot = session.snapshot(maps=False)
        assert snapshot.is_well and snapshot.mastered is is_mastered
        first = findings(snapshot)[0]
        assert first.is_alarm is not is_mastered and "The learning rate is 1·10⁻³⁰⁰." in first.sentence
        case = Case(session.setup, snapshot)
        assert first.cures is not None
        (remedy,) = proven_remedies(case, first.cures(case), most=1)
        assert label_of(remedy, snapshot) == f"Use rate {DEFAULT_RATE}"


def test_a_rate_that_is_too_high_is_named_and_what_lowers_it_mends() -> None:
    circle = load(DataChoice(name="circle"))
    mended = []
    for seed in range(1, 7):
        for optimizer in ("sgd", "adam"):
            for activation in ("relu", "tanh"):
                hyper = Hyperparameters(learning_rate=0.5, optimizer=optimizer, seed=seed)
                session = TrainingSession(Setup(feed_forward((6, 3), activation=activation), circle, hyper))
                session.run_epochs(40)
                snapshot = session.snapshot(maps=False)
                first = findings(snapshot)[0]
                if snapshot.is_well:
                    assert not first.is_alarm
                    continue
                assert first.head == "The learning rate 0.5 is too high." and first.cures is not None
                case = Case(session.setup, snapshot)
                proven = proven_remedies(case, first.cures(case), first.trouble, most=1)
                mended += [(remedy.value or 1.0) < 0.5 for remedy in proven]
    assert len(mended) >= 8 and all(mended)


def test_a_rate_that_is_too_low_is_named_and_the_usual_one_mends() -> None:
    hyper = Hyperparameters(learning_rate=1e-6, optimizer="sgd")
    session = TrainingSession(Setup(feed_forward((6, 3)), load(DataChoice(name="circle")), hyper))
    for _ in range(10):
        session.run_epochs()
        session.judge()
    snapshot = session.snapshot(maps=False)
    (first, *_) = findings(snapshot)
    told = "The learning rate is 1·10⁻⁶. In all, its steps changed the weights by less than 1 %."
    assert first.sentence == told and first.is_alarm and first.cures is not None
    case = Case(session.setup, snapshot)
    (cure,) = proven_remedies(case, first.cures(case), first.trouble, most=1)
    assert label_of(cure, snapshot) == f"Use rate {setting_text(DEFAULT_RATE)}"


def test_a_signal_that_vanishes_from_the_start_is_not_put_down_to_the_rate() -> None:
    graph = feed_forward((8,) * 10, activation="logistic", initializer="normal", scale=0.1)
    graph = set_params(graph, "output-1", initializer="normal", scale=0.1)
    hyper = Hyperparameters(learning_rate=0.1, optimizer="sgd", batch_size=10, seed=3)
    session = TrainingSession(Setup(graph, load(DataChoice(name="circle")), hyper))
    for _ in range(12):
        session.run_epochs(5)
        session.snapshot(maps=False)
    snapshot = session.snapshot(maps=False)
    assert too_large_step(snapshot) is not None
    first = findings(snapshot)[0]
    assert first.is_alarm and first.head == "Gradients vanish."
    assert not any("too high" in finding.sentence for finding in findings(snapshot))


def test_learning_after_a_change_that_cost_much_says_what_the_loss_was() -> None:
    circle = load(DataChoice(name="circle", samples=60))
    session = TrainingSession(Setup(feed_forward((8,)), circle, Hyperparameters(learning_rate=0.05), "numpy"))
    session.run_epochs(80)
    least = float(min(session.snapshot(maps=False).history.train_loss.low))
    start = TrainingSession(session.setup)
    session.set_weights(weights_of(start.plan, start.state))
    heads = set()
    for _ in range(40):
        session.run_epochs(1)
        snapshot = session.snapshot(maps=False)
        first = findings(snapshot)[0]
        if snapshot.learning is LearningState.FALLING and snapshot.is_set_back and not snapshot.by_heart:
            assert first.head == "Learning again." and first.colour == "text_muted"
            assert first.text.endswith(f"before the latest change it was down to {loss_text(least)}.")
        heads.add(first.head)
    assert "Learning again." in heads


def test_a_network_of_linear_units_is_told_that_it_is_linear() -> None:
    xor = load(DataChoice(name="exclusive-or", samples=120))
    graph = feed_forward((2,), activation="identity")
    session = TrainingSession(Setup(graph, xor, Hyperparameters(learning_rate=0.03), "numpy"))
    for _ in range(300):
        session.run_epochs(1)
        session.judge()
    first = findings(session.snapshot(maps=False))[0]
    assert first.head == "All hidden units are linear." and first.is_alarm and first.cures is not None


def test_a_rate_that_is_too_low_has_a_button_that_says_the_usual_one() -> None:
    session = TrainingSession(Setup(feed_forward((4,)), load(DataChoice(name="circle", samples=60)), Hyperparameters(
        learning_rate=1e-300
    ), "numpy"))  # fmt: skip
    for _ in range(12):
        session.run_epochs(1)
    snapshot = session.snapshot(maps=False)
    (remedy,) = remedies_for_settings(Case(session.setup, snapshot))
    assert label_of(remedy, snapshot) == f"Use rate {DEFAULT_RATE}"
    assert "the weights stay as they are" in tip_of(remedy, snapshot)
