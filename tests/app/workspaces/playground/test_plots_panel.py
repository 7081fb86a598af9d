"""The plots panel over a real run: what is read off a plot, copied and saved is what the run recorded."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.kit.drawing.columns import Cells
from app.kit.numbers import read, scientific
from app.kit.verdict_words import ratio_words
from app.network.commands import DocumentState
from app.network.mending import Mender
from app.network.watched import Legible
from app.workspaces.playground.plots import verdict_row
from app.workspaces.playground.plots.layers import layers_of
from app.workspaces.playground.plots.panel import WIDE_LINE, PlotsPanel
from app.workspaces.playground.plots.tabs import (
    ActivationsTab,
    GradientsTab,
    OverviewTab,
    Tab,
    WeightsTab,
    signal_series,
)
from app.workspaces.playground.plots.verdict import Finding
from engine.data import DataChoice, load
from engine.formats.progress import Curve
from engine.graph.build import feed_forward
from engine.graph.edit import disconnect
from engine.graph.kinds import TargetSpec
from engine.graph.validation import GraphProblem, validate
from engine.hyperparameters import Hyperparameters
from engine.network.state import weights_of
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Evidence, LossCourse, judge

DATA = DataChoice(name="two-gaussians")


class StubDocument(QObject):
    problem_found = Signal(object)
    graph_changed = Signal()
    dataset_loaded = Signal()
    problems: tuple[GraphProblem, ...] = ()
    state = DocumentState(feed_forward([4, 3]), Hyperparameters(), DATA)
    dataset = load(DATA)


class StubTrainer(QObject):
    snapshot_published = Signal(object)
    snapshot_withdrawn = Signal()
    weights_heard = Signal()
    snapshot: Snapshot | None = None
    running = False
    compiled = False

    def __init__(self) -> None:
        super().__init__()
        self.legible = Legible(self)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    dataset = load(DataChoice(name="two-gaussians"))
    session = TrainingSession(Setup(feed_forward([4, 3]), dataset, Hyperparameters(), backend="numpy"))
    for _ in range(10):
        session.run_steps(20)
        session.snapshot(maps=False)
    return session.snapshot(maps=False)


@pytest.fixture
def empty_panel(qtbot: QtBot) -> Iterator[PlotsPanel]:
    document, trainer = StubDocument(), StubTrainer()
    mender = Mender(document, trainer)  # type: ignore[arg-type]
    made = PlotsPanel(document, trainer, mender)  # type: ignore[arg-type]
    mender.setParent(made)
    qtbot.addWidget(made)
    made.resize(1180, 300)
    made.show()
    qtbot.waitUntil(lambda: len(made._tabs) == 1)
    yield made
    made.hide()


@pytest.fixture
def panel(empty_panel: PlotsPanel, snapshot: Snapshot) -> PlotsPanel:
    empty_panel._trainer.legible.follow(snapshot, running=False)
    return empty_panel


def gradients(panel: PlotsPanel) -> GradientsTab:
    panel.show_tab(1)
    tab = panel.tab(1)
    assert isinstance(tab, GradientsTab)
    return tab


def test_before_the_first_snapshot_it_says_what_to_do(empty_panel: PlotsPanel) -> None:
    assert empty_panel._stack.currentWidget() is empty_panel._empty
    assert "Press Play" in empty_panel._empty.text()


def test_of_a_network_that_cannot_run_it_says_why(empty_panel: PlotsPanel) -> None:
    graph = feed_forward([4, 3])
    (wire,) = graph.wires_into("output-1")
    document = cast(Any, empty_panel._document)
    document.problems = validate(disconnect(graph, wire), TargetSpec())
    document.graph_changed.emit()
    assert empty_panel._empty.text() == "The input of “Output” is not wired; drag a wire to it from another block."
    document.problems = ()
    document.graph_changed.emit()
    assert "Press Play" in empty_panel._empty.text()


@pytest.mark.parametrize("quantity", ["weight_gradient", "bias_gradient", "delta", "update_ratio"])
def test_hover_reads_what_the_run_recorded(panel: PlotsPanel, snapshot: Snapshot, quantity: str) -> None:
    tab = gradients(panel)
    tab.quantity.setCurrentIndex(tab.quantity.findData(quantity))
    tab.chart.hover(12.4)
    curves = snapshot.history.layers[quantity]
    assert len(tab.chart.series) == 3
    for reading, curve in zip(tab.chart.read_at(12.4), curves.values(), strict=True):
        bucket = int(np.searchsorted(curve.epochs, 12.4, side="right")) - 1
        assert reading.value == curve.mean[bucket]
        assert reading.series.label in tab.chart.read_out.text()
    tab.chart.end_hover()
    assert tab.chart.read_out.isHidden()


def test_csv_holds_every_bucket(panel: PlotsPanel, snapshot: Snapshot, tmp_path: Path) -> None:
    card = gradients(panel).cards[0]
    card.copier.save_numbers(str(tmp_path / "gradients.csv"))
    with (tmp_path / "gradients.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    curve = snapshot.history.layers["weight_gradient"]["dense-2"]
    column = header.index("Dense 2 mean")
    assert [int(row[0]) for row in rows] == curve.steps.tolist()
    for place, values in enumerate((curve.mean, curve.low, curve.high), column):
        assert [float(row[place]) for row in rows] == values.tolist()


def test_every_card_copies_and_saves(panel: PlotsPanel, tmp_path: Path) -> None:
    for index in range(4):
        panel.show_tab(index)
        tab = panel.tab(index)
        assert tab.cards
        for number, card in enumerate(tab.cards):
            card.copier.copy_numbers()
            rows = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))
            assert len(rows) > 1 and {len(row) for row in rows} == {len(rows[0])}
            picture = tmp_path / f"{index}-{number}.png"
            card.copier.save_picture(str(picture))
            assert QImage(str(picture)).width() == card.width()


def test_a_file_that_cannot_be_written_is_one_sentence(panel: PlotsPanel, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(panel._document.problem_found) as caught:
        gradients(panel).cards[0].copier.save_numbers(str(tmp_path / "no" / "such.csv"))
    assert "cannot be written" in caught.args[0].sentence


def test_updates_of_a_network_that_is_well_are_no_alarm(panel: PlotsPanel, snapshot: Snapshot) -> None:
    bars = gradients(panel).bars
    assert snapshot.is_well and [bar.is_alarm for bar in bars.data] == [False] * len(snapshot.layers)
    panel._trainer.legible.follow(replace(snapshot, is_well=False), running=False)
    assert all(bar.is_alarm for bar in bars.data)


def test_strip_reads_the_layer_and_step(panel: PlotsPanel, snapshot: Snapshot) -> None:
    strip = gradients(panel).strip
    rows = [mark for mark in strip.drawing.marks if isinstance(mark, Cells)]
    said = strip.part_at(QRectF(*rows[1].rect).center()).spoken
    found = re.fullmatch(r"Dense 2 at step ([\d,]+): (.+)", said)
    assert found is not None
    curve = snapshot.history.layers["weight_gradient"]["dense-2"]
    bucket = int(np.flatnonzero(curve.steps == int(found[1].replace(",", "")))[0])
    assert curve.low[bucket] * 0.94 <= read(found[2]) <= curve.high[bucket] * 1.06  # two digits are written


def test_log_switch_keeps_the_numbers(panel: PlotsPanel) -> None:
    panel.show_tab(0)
    tab = panel.tab(0)
    assert isinstance(tab, OverviewTab)
    before = tab.loss.table().rows
    tab.log_axis.setChecked(False)
    assert not tab.loss.log and tab.loss.table().rows == before


def test_z_switch_shows_the_other_histogram(panel: PlotsPanel, snapshot: Snapshot) -> None:
    panel.show_tab(2)
    tab = panel.tab(2)
    assert isinstance(tab, ActivationsTab)
    assert tab.grid.data.cells[0].counts is snapshot.layers[0].a_histogram
    tab.pre_activation.setChecked(True)
    assert tab.grid.data.cells[0].counts is snapshot.layers[0].z_histogram
    assert (tab.grid.data.cells[0].edges[0], tab.grid.data.cells[0].edges[-1]) == (-6.0, 6.0)
    for cell, layer in zip(tab.grid.data.cells, snapshot.layers, strict=True):
        assert ("beyond" in cell.note) == ("beyond this axis" in cell.tip) == (layer.health.z_beyond > 0)


def test_what_lies_beyond_the_axis_of_z_is_said_first(panel: PlotsPanel, snapshot: Snapshot) -> None:
    panel.show_tab(2)
    tab = panel.tab(2)
    assert isinstance(tab, ActivationsTab)
    tab.pre_activation.setChecked(True)
    health = replace(snapshot.layers[0].health, z_beyond=1234, z_broken=0)
    stats = replace(snapshot.layers[0], health=health)
    cell = tab._cell(layers_of(snapshot.plan)[0], stats, frozenset())
    assert cell.note.startswith("1,234 beyond the axis · ")
    assert cell.tip.startswith(f"1,234 of {health.z_total:,} lie beyond this axis")


def test_weights_follow_the_selection_and_say_their_value(panel: PlotsPanel, snapshot: Snapshot) -> None:
    panel.show_tab(3)
    tab = panel.tab(3)
    assert isinstance(tab, WeightsTab)
    panel.select(("dense-2",))
    cells = next(mark for mark in tab.matrix.drawing.marks if isinstance(mark, Cells))
    left, top, width, height = cells.rect
    assert tab.matrix.part_at(QPointF(left + 1, top + 1)).key == ("W", 0, 0)
    assert tab.matrix.part_at(QPointF(left + width - 1, top + height - 1)).key == ("W", 2, 3)
    header, rows = tab.matrix.table().header, tab.matrix.table().rows
    assert header == ("unit", "w1", "w2", "w3", "w4", "b")
    assert rows[1][1:5] == snapshot.weights["dense-2", "W"][1].tolist()
    assert "bias of unit 2" in tab.matrix.drawing.part(("b", 1, 0)).spoken


def test_weight_histograms_count_every_weight(panel: PlotsPanel, snapshot: Snapshot) -> None:
    panel.show_tab(3)
    tab = panel.tab(3)
    assert isinstance(tab, WeightsTab)
    for cell in tab.grid.data.cells:
        assert cell.counts.sum() == snapshot.weights[cell.key, "W"].size


def test_nothing_is_drawn_while_hidden(panel: PlotsPanel, snapshot: Snapshot) -> None:
    tab = cast(OverviewTab, panel.front)
    shown = tab.loss.series
    panel.hide()
    panel._trainer.legible.follow(replace(snapshot, train_loss=0.125), running=False)
    assert tab.loss.series is shown
    panel.show()
    QTest.qWait(0)
    assert tab.loss.series[0].ending == "0.1250"


def shown_tabs(panel: PlotsPanel) -> list[str]:
    return [panel._bar.tabText(tab) for tab in range(panel._bar.count()) if panel._bar.isTabVisible(tab)]


def test_the_other_plots_are_in_a_menu_and_on_the_line_while_in_front(panel: PlotsPanel, qtbot: QtBot) -> None:
    page, other = QWidget(), QWidget()
    panel.add_page("pass", "Pass", "", page, first=True)
    panel.add_page("answers", "Confusion", "", other)
    assert shown_tabs(panel) == ["Curves", "Pass"]
    panel._fill_more()
    entries = {action.text(): action for action in panel.more.menu().actions()}
    assert list(entries) == ["Gradients", "Activations", "Weights", "Confusion"]
    entries["Activations"].trigger()
    assert shown_tabs(panel) == ["Curves", "Pass", "Activations"] and panel.front is panel.tab(2)
    panel._fill_more()
    assert [action.text() for action in panel.more.menu().actions() if action.isChecked()] == ["Activations"]
    panel.show_page(other)
    assert shown_tabs(panel) == ["Curves", "Pass", "Confusion"] and panel.front is other
    panel.name_page(other, "Residuals")
    assert shown_tabs(panel) == ["Curves", "Pass", "Residuals"]
    qtbot.mouseClick(panel._bar, Qt.MouseButton.LeftButton, pos=panel._bar.tabRect(1).center())
    assert panel.front is page and shown_tabs(panel) == ["Curves", "Pass"]


def test_every_tab_on_the_line_is_whole_whatever_is_in_front(panel: PlotsPanel, qtbot: QtBot) -> None:
    panel.add_page("pass", "Pass", "", QWidget(), first=True)
    panel.add_page("answers", "Confusion", "", QWidget())
    panel.resize(655, 300)  # between its columns in a window of 1280
    bar = panel._bar
    for tab in (4, 5, 3, 2, 1, 4, 0):
        panel.show_tab(tab)
        qtbot.waitUntil(lambda: bar.sizeHint().width() == bar.width())
        shown = [bar.tabRect(each) for each in range(bar.count()) if bar.isTabVisible(each)]
        assert all(bar.rect().contains(rect) for rect in shown) and panel.verdict_row.width() > 200


def test_the_verdict_stands_on_the_line_of_the_tabs(panel: PlotsPanel) -> None:
    panel.add_page("pass", "Pass", "", page := QWidget(), first=True)
    for show in (lambda: panel.show_tab(0), lambda: panel.show_page(page)):
        show()
        row, bar = panel.verdict_row, panel._bar
        assert row.isVisible() and row.x() >= panel.more.geometry().right()
        sentence = row.sentence.geometry().translated(row.pos())
        assert abs(sentence.center().y() - bar.geometry().center().y()) <= 2


def boxes(panel: PlotsPanel) -> list[QRect]:
    """Where the cards stand of the tab in front."""
    QApplication.processEvents()
    tab = cast(Tab, panel.front)
    return [QRect(card.mapTo(tab, QPoint()), card.size()) for card in tab.cards]


@pytest.mark.parametrize("plot", [0, 1], ids=["curves", "gradients"])
def test_cards_stand_one_above_the_other_where_they_are_too_narrow_beside_each_other(
    panel: PlotsPanel, plot: int
) -> None:
    panel.show_tab(plot)
    panel.resize(653, 290)  # between its columns in a window of 1280
    wide = boxes(panel)
    assert len({box.y() for box in wide}) == 1 and all(box.height() <= panel.front.height() for box in wide)
    panel.resize(285, 245)  # the same at 150 %
    narrow = boxes(panel)
    assert len({box.x() for box in narrow}) == 1 and all(above.bottom() < box.y() for above, box in pairwise(narrow))
    assert all(box.right() < panel.front.width() and box.width() > 230 for box in narrow)
    tab = panel.tab(plot)
    chart, head = (tab.loss, [tab.quantity, tab.log_axis]) if isinstance(tab, OverviewTab) else (tab.chart, [])
    assert chart.plot_box().width() > 90
    assert all(part.width() >= min(part.sizeHint().width(), part.maximumWidth()) for part in head)
    assert not any(one.geometry().intersects(other.geometry()) for one, other in combinations(head, 2))
    panel.resize(653, 290)
    assert boxes(panel) == wide


def test_what_a_plot_is_stands_at_its_heading_and_not_over_its_readings(panel: PlotsPanel) -> None:
    cards = [*panel.tab(0).cards, *panel.tab(1).cards]
    assert [card._heading.toolTip() != "" for card in cards] == [False, True, False, True, False]
    assert not any(card.toolTip() for card in cards)


def test_the_verdict_stands_below_the_tabs_where_these_leave_it_no_room(panel: PlotsPanel) -> None:
    panel.resize(WIDE_LINE - 1, 300)
    panel.layout().activate()
    row, bar = panel.verdict_row, panel._bar
    assert row.y() >= bar.geometry().bottom() and row.width() > 400
    panel.resize(WIDE_LINE, 300)
    panel.layout().activate()
    assert row.x() >= panel.more.geometry().right()


def test_no_page_lies_over_a_verdict_of_many_lines(panel: PlotsPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    page = QWidget()
    panel.add_page("high", "High", "", page)
    page.setMinimumHeight(104)
    panel.show_page(page)
    panel.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # as in a dock
    panel.resize(285, 245)  # at 150 %
    row = panel.verdict_row
    long = Finding("Stopped at step 84.", "The weights of Dense 1 would have grown beyond it. " * 4, "danger")
    monkeypatch.setattr(verdict_row, "findings", lambda _snapshot: (long,))
    panel._follow()
    QApplication.processEvents()
    assert row.sentence.height() > 60 and row.mapTo(panel, QPoint(0, row.height())).y() <= panel._stack.y()


def test_the_theme_is_followed(panel: PlotsPanel) -> None:
    before = panel.grab().toImage()
    theme.set_theme("dark")
    try:
        assert panel.grab().toImage() != before
    finally:
        theme.set_theme("light")


def test_badge_curve_label_and_verdict_are_one_number(empty_panel: PlotsPanel) -> None:
    graph = feed_forward([4, 3], activation="silu")
    session = TrainingSession(Setup(graph, load(DATA), Hyperparameters(), backend="numpy"))
    session.run_steps(200)
    panel, snapshot = empty_panel, session.snapshot(maps=False)
    panel._trainer.legible.follow(snapshot, running=False)
    tab = panel.tab(0)
    assert isinstance(tab, OverviewTab)
    (badge,) = (v for v in snapshot.verdicts if v.block_id == "dense-1" and v.delta is not None)
    first, last = tab.signal.series
    assert first.ending == ratio_words(badge) and last.ending == "1 ×"
    assert first.curve.mean[-1] == badge.value and set(last.curve.mean[last.curve.count > 0]) == {1.0}
    assert scientific(badge.value) in panel.verdict or badge.trouble.value not in panel.verdict


def test_the_reference_is_drawn_at_1_or_without_a_signal_at_0(empty_panel: PlotsPanel, snapshot: Snapshot) -> None:
    """Ratios were merged to so few points as are drawn: of some at 1 and some at 0 came a line at 0.3."""
    count = 3_000
    signals = np.random.default_rng(0).random(count) * (np.arange(count) // 25 % 3 > 0)
    curve = Curve(np.arange(count), np.arange(count) / 2.0, np.ones(count, np.int64), signals, signals, signals)
    layers = {**snapshot.history.layers, "delta": dict.fromkeys(snapshot.history.layers["delta"], curve)}
    empty_panel._trainer.legible.follow(
        replace(snapshot, history=replace(snapshot.history, layers=layers)), running=False
    )
    tab = cast(OverviewTab, empty_panel.front)
    for drawn in tab.signal._drawn:
        assert set(drawn.mean[:-1].tolist()) == {0.0, 1.0}
    assert tab._signal_card._subtitle.accessibleName() == "Dense 2 = 1, no signal = 0"


def test_where_the_last_layer_gets_no_signal_nothing_is_called_1(empty_panel: PlotsPanel, snapshot: Snapshot) -> None:
    """ "Dense 2 = 1" stood over "Dense 2 0 ×"."""
    first, last, output = snapshot.layers
    silent = replace(snapshot, layers=(first, replace(last, judged_delta=0.0), output))
    empty_panel._trainer.legible.follow(silent, running=False)
    card = cast(OverviewTab, empty_panel.front)._signal_card
    assert card._subtitle.accessibleName() == "Dense 2 gets no signal: nothing to compare with"


def test_the_names_of_the_lines_are_on_the_scale_of_the_axis(snapshot: Snapshot) -> None:
    """A size that is next to nothing stood at a line of ratios."""
    first, last, output = snapshot.layers
    tiny = replace(first, judged_delta=3e-9), replace(last, judged_delta=2e-9), output
    course = LossCourse(np.full(20, 0.5), 0.5)
    evidence = [Evidence(layer.block_id, layer.judged_delta) for layer in tiny]
    silent = replace(snapshot, layers=tiny, verdicts=judge(evidence, course).layers)
    assert all(verdict.is_silent for verdict in silent.verdicts[:2])
    assert [series.ending for series in signal_series(silent)] == ["1.50 ×", "1 ×"]


def test_layers_with_dead_units_have_their_signal_in_the_chart() -> None:
    """They have no badge on it: their curves began with nothing, and ended at the 0 of before a cure."""
    setups = [
        Setup(feed_forward([8] * 10, activation="relu", **start), load(DATA), Hyperparameters(), backend="numpy")
        for start in ({"initializer": "normal", "scale": 0.1}, {})
    ]
    session, other = map(TrainingSession, setups)
    for weights in ({}, weights_of(other.plan, other.state)):
        session.set_weights(weights)
        snapshot = session.snapshot(maps=False)
        *hidden, _output = snapshot.layers
        badges = {verdict.block_id for verdict in snapshot.verdicts if verdict.delta is not None}
        assert any(layer.block_id not in badges for layer in hidden)
        curves = [series.curve for series in signal_series(snapshot)]
        assert [curve.mean[-1] for curve in curves] == [
            layer.judged_delta / hidden[-1].judged_delta for layer in hidden
        ]
        assert all(curve.count[-1] and curve.mean[-1] > 0.0 for curve in curves)
        assert signal_series(snapshot)[-1].ending == "1 ×"
        session.run_epochs(3)


@pytest.mark.parametrize("activation", ["step", "0*x"])
def test_layers_that_never_got_a_signal_are_drawn_at_the_0_of_the_axis(
    empty_panel: PlotsPanel, activation: str
) -> None:
    graph = feed_forward([4, 3], activation=activation)
    session = TrainingSession(Setup(graph, load(DATA), Hyperparameters(), backend="numpy"))
    session.run_steps(200)
    empty_panel._trainer.legible.follow(session.snapshot(maps=False), running=False)
    tab = cast(OverviewTab, empty_panel.front)
    assert not tab.signal._hint.isVisibleTo(tab.signal)  # a curve that has grown does not wait to
    assert {reading.value for reading in tab.signal.read_at(20.0)} == {0.0}
    assert tab.signal.pixel_y(0.0) <= tab.signal.plot_box().bottom()


def test_without_a_hidden_layer_there_is_no_signal_to_compare(empty_panel: PlotsPanel) -> None:
    session = TrainingSession(Setup(feed_forward([]), load(DATA), Hyperparameters(), backend="numpy"))
    empty_panel._trainer.legible.follow(session.snapshot(maps=False), running=False)
    tab = cast(OverviewTab, empty_panel.front)
    assert tab.loss.isVisible() and not tab.signal.isVisible()


def test_no_curve_of_the_last_run_stays_when_another_begins(panel: PlotsPanel, snapshot: Snapshot) -> None:
    tab = cast(OverviewTab, panel.front)
    session = TrainingSession(Setup(feed_forward([2]), snapshot.dataset, Hyperparameters(), backend="numpy"), run=1)
    panel._trainer.legible.forget()
    assert panel.front is not tab
    panel._trainer.legible.follow(session.snapshot(maps=False), running=False)
    assert panel.front is tab
    assert [len(series.curve.steps) for series in tab.loss.series] == [1, 1]
    assert [series.curve.epochs.tolist() for series in tab.signal.series] == [[0.0]]
