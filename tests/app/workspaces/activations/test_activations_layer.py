"""What the page of activations says of a layer, in a whole window beside a playground that trains."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from math import isclose
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.kit.drawing.columns import Rectangles
from app.kit.drawing.number import NumberMark
from app.kit.numbers import fixed, percent, to_digits
from app.workspaces.activations import layer_watch
from app.workspaces.activations.functions import slot_ink
from app.workspaces.activations.keys import CURSOR, DEVIATION, MEAN, NOW, OFF, SATURATED, SHARE, SLOPE, UNDEFINED, Y
from app.workspaces.activations.layer_use import ROW
from app.workspaces.activations.page import ActivationsPage
from app.workspaces.activations.right_panel import RULE, UseFoot
from app.workspaces.activations.rules import rule_words
from app.workspaces.activations.words import zone_words
from engine.activations import ACTIVATIONS, activation
from engine.activations.saturation import SATURATED_BELOW
from engine.formats.loom import read_network_file
from engine.graph.edit import remove_blocks
from engine.guesses import GuessVerdict, judge
from tests.app.kit.background_rig import Faults, held, put_hook
from tests.app.told import every_mark, everything_told, written
from tests.app.window_rig import Opened
from tests.app.workspaces.activations.activations_rig import (
    LEFT,
    chosen,
    effect_on,
    listed,
    mark_function,
    press_part,
    text_of,
    type_own,
)

pytestmark = pytest.mark.shares_window


def looks_by_faults(monkeypatch: pytest.MonkeyPatch) -> Faults:
    """What looks at a layer from now on, to be told what goes wrong."""
    put_hook(monkeypatch)
    faults = Faults(layer_watch.look)
    monkeypatch.setattr(layer_watch, "look", faults)
    return faults


def counted(page: ActivationsPage) -> np.ndarray:
    view = page.watch.view
    assert view is not None
    return view.z


def test_no_key_is_lost_to_a_field_after_use(page: ActivationsPage, qtbot: QtBot) -> None:
    page.right.foot.use.setFocus()
    QTest.mouseClick(page.right.foot.use, LEFT)
    assert page.plots.hasFocus()
    qtbot.waitUntil(lambda: page.watch.layer is not None and page.watch.layer.function.key == "gelu")
    assert page.plots.hasFocus()
    page.left.own.editors["own-1"].field.setFocus()
    page.desk.mark("relu")
    page.actions["activations_use"].trigger()  # by its keys, the field keeps the keyboard
    assert page.left.own.editors["own-1"].field.hasFocus()


def test_slopes_stand_nowhere_until_they_are_guessed(page: ActivationsPage, opened: Opened) -> None:
    page.edits.set_cursor(0.5)
    opened.actions["activations_outline"].trigger()
    assert "0.7864" in everything_told(opened.window)
    opened.actions["activations_predict"].trigger()
    assert page.predicting.hiding
    told = everything_told(opened.window)
    assert [one.name for one in page.shown if fixed(one.scalar.at(0.5)[1], 4) in told] == []
    assert "appears once you've answered, on the right" in written(page.plots) and "thick strokes" not in written(
        page.plots
    )
    numbers = page.right.numbers.drawing
    assert [mark.printed for mark in numbers.marks if isinstance(mark, NumberMark) and mark.hidden] == ["?"] * 4
    assert numbers.part((RULE, "tanh")) is None and page.right.numbers.table().rows[0][2] == ""
    assert page._fact_of((SLOPE, "tanh")) is None and page.plots.drawing.part((SLOPE, "tanh")) is None
    assert not any("′" in column for column in page.plots.table().header)
    cursor = page.plots.drawing.part(CURSOR)
    assert cursor is not None and "not shown" in cursor.spoken
    card = page.right.guess
    card.choose("smaller")  # σ'(0.5) = 0.235 is smaller than tanh'(0.5) = 0.786
    assert card.score_text == "first tries: 1 of 1 right"
    assert "once you've guessed" not in written(page.plots) and "thick strokes" in written(page.plots)
    assert text_of(page, (SLOPE, "tanh")) == "0.7864"
    page.edits.set_cursor(1.0)
    assert page.predicting.hiding
    card.choose("0.42")
    assert card.score_text == "first tries: 2 of 2 right"
    page.edits.set_cursor(-1.0)
    card._reveal.click()
    assert not page.predicting.hiding
    assert card.score_text == "first tries: 2 of 2 right"  # what is only revealed does not count
    opened.actions["activations_predict"].trigger()
    assert not card.isVisible()


def test_with_the_slope_its_formula_is_hidden(page: ActivationsPage, qtbot: QtBot) -> None:
    type_own(page, "own-1", "tanh(x)*x")
    editor = page.left.own.editors["own-1"]
    qtbot.waitUntil(lambda: editor.derivative.isVisible() or editor.about.isVisible())
    page.edits.set_cursor(0.5)
    page.actions["activations_predict"].trigger()
    assert page.predicting.hiding
    assert not editor.derivative.isVisible() and not editor.about.isVisible()
    told = everything_told(page.widget)
    assert [words for one in page.shown if len(words := rule_words(one)) > 2 and words in told] == []
    card = page.right.guess
    card._reveal.click()
    assert editor.derivative.isVisible() or editor.about.isVisible()
    page.edits.set_cursor(0.6)
    assert card.shows_field and "f goes from" in card._hint.text(), "what helps is no rule, and gives no slope away"
    asked = page.predicting._guesses.question
    assert asked is not None
    low, high = (
        float(text.replace("−", "-").rstrip(".")) for text in card._hint.text().split("from ")[1].split(" to ")
    )
    assert judge(asked.asked, (high - low) / 0.2) is GuessVerdict.RIGHT
    page.actions["activations_predict"].trigger()


def test_an_exercise_reopens_with_its_score_and_what_was_answered(page: ActivationsPage, tmp_path: Path) -> None:
    path, card, predict = tmp_path / "exercise.loom", page.right.guess, page.actions["activations_predict"]
    page.edits.set_cursor(0.5)
    predict.trigger()
    card.choose("smaller")
    score, told = card.score_text, card._verdict.text()
    assert score == "first tries: 1 of 1 right" and told.startswith("Right, smaller")
    page.document.save(path)
    page.edits.set_cursor(1.0)
    card.choose("7")
    predict.trigger()
    page.document.open(path)
    assert (card.score_text, card._verdict.text()) == (score, told) and not page.predicting.hiding
    page.edits.set_cursor(1.0)
    assert page.predicting.hiding and card._verdict.text() == ""
    predict.trigger()


def test_f_in_place_of_its_slope_is_told(page: ActivationsPage) -> None:
    page.edits.set_cursor(0.5)
    page.actions["activations_predict"].trigger()
    page.predicting._guesses.give_up()
    page.edits.set_cursor(1.0)
    asked, card = page.predicting._guesses.question, page.right.guess
    assert asked is not None and card.shows_field
    card.choose(f"{asked.mistakes[0][1]:.4f}")
    assert card._verdict.text() == "That uses the function's value f, not its slope f′. Try once more."
    assert page.predicting.hiding
    page.actions["activations_predict"].trigger()


def test_a_typed_activation_is_put_into_a_layer_trained_saved_and_undone(
    page: ActivationsPage, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    network, key = opened.page.network, page.left.layers.key
    before = network.graph.block(key).params.activation  # type: ignore[attr-defined]
    type_own(page, "own-1", "x*sigmoid(b*x)")
    qtbot.waitUntil(lambda: "own-1" in listed(page))
    page.edits.set_own_parameter("own-1", "b", 1.7)
    mark_function(page, "own-1")
    assert page.right.foot.use.text() == "Use own 1 in Dense 3"
    QTest.mouseClick(page.right.foot.use, LEFT)
    assert network.graph.block(key).params.activation == "x*sigmoid(1.7*x)"  # type: ignore[attr-defined]
    assert "without compiled kernels" in opened.window.messages.text
    qtbot.waitUntil(lambda: page.watch.layer is not None and page.watch.layer.function.is_typed)
    qtbot.waitUntil(lambda: page.watch.view is not None and page.watch.view.layer.function.is_typed)
    assert page.right.foot.why.text().startswith("Dense 3 already uses own 1")
    assert "typed" in zone_words(page.watch.layer.function, page.watch.layer.profile)[0]  # type: ignore[union-attr]
    z, view = counted(page), page.watch.view
    slopes = np.abs(activation("x*sigmoid(1.7*x)").derivative(z))
    saturated = float((slopes < SATURATED_BELOW * 1.0998).mean())
    assert view is not None and view.now.saturated == pytest.approx(saturated, abs=1e-3)
    trainer = opened.page.trainer
    assert trainer.snapshot is not None and trainer.snapshot.backend == "numpy"
    start = trainer.snapshot.train_loss
    trainer.play()
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.epoch > 3, timeout=20_000)
    trainer.pause()
    qtbot.waitUntil(lambda: not trainer.running)
    assert trainer.snapshot.train_loss < start
    path = tmp_path / "own.loom"
    opened.page.document.save(path)
    assert read_network_file(path).graph.block(key).params.activation == "x*sigmoid(1.7*x)"  # type: ignore[attr-defined]
    QTest.mouseClick(page.right.foot.undo, LEFT)
    assert network.graph.block(key).params.activation == before  # type: ignore[attr-defined]


def test_an_output_takes_no_typed_activation_and_says_so(page: ActivationsPage, qtbot: QtBot) -> None:
    type_own(page, "own-1", "x^2")
    qtbot.waitUntil(lambda: "own-1" in listed(page))
    page.watch.choose(next(one.block_id for one in page.watch.layers if one.output))
    page.desk.mark("own-1")
    assert page.desk.refusal.startswith("An output needs one of the tiles above")
    assert page.right.foot.use.isHidden()


def test_where_nothing_can_be_put_into_the_layer_it_is_said_in_the_buttons_place(
    page: ActivationsPage, qtbot: QtBot
) -> None:
    for key in ("logistic", "tanh", "relu"):
        page.edits.toggle(key)
    assert page.right.foot.use.text() == "Use GELU in Dense 3"
    QTest.mouseClick(page.right.foot.use, LEFT)
    qtbot.waitUntil(lambda: page.watch.layer is not None and page.watch.layer.function.key == "gelu")
    assert page.right.foot.use.isHidden()
    assert page.right.foot.why.text().startswith("Dense 3 already uses GELU. Select another one")


def test_where_an_own_activation_is_undefined_it_is_counted_and_said(page: ActivationsPage, qtbot: QtBot) -> None:
    type_own(page, "own-1", "sqrt(x)")
    qtbot.waitUntil(lambda: page.watch.view is not None and "own-1" in page.watch.view.shares)
    z = counted(page)
    effect = effect_on(page, "own-1")
    assert f"undefined for {(z < 0).sum():,} of {z.size:,} z" in effect.words
    assert isclose(effect.share or 0.0, float((z < 0).mean()), abs_tol=1e-12)
    assert page.right.checks.cells["own-1", "left"].text() == "undef.*"  # type: ignore[union-attr]
    assert (
        "own 1 on −6 … 6: from 0 to 2.45, slope 0.204 to ∞; it ends at x = 0 and has no value beyond."
        in page.right.advice.text()
    )
    slope = page.shown[-1].scalar.slope
    assert np.isnan(slope(np.array([-1.0])))[0]
    type_own(page, "own-1", "tanh(x)")
    qtbot.waitUntil(lambda: f"|f′| < {SATURATED_BELOW}" in effect_on(page, "own-1").words)
    assert "undefined" not in effect_on(page, "own-1").words  # never that of the expression before
    tanh = float((np.abs(1.0 - np.tanh(z) ** 2) < SATURATED_BELOW).mean())
    qtbot.waitUntil(lambda: isclose(effect_on(page, "own-1").share or 0.0, tanh, abs_tol=1e-12))
    found = page._fact_of((SHARE, "own-1"))
    assert found is not None and found.sentence is not None
    limit = f"|f′| < {SATURATED_BELOW}, {percent(SATURATED_BELOW)} of"
    assert f"worked out at every z: these have {limit} the steepest slope on −6 … 6" in found.sentence


def test_a_limit_gives_no_hidden_slope_away(page: ActivationsPage, qtbot: QtBot) -> None:
    type_own(page, "own-1", "x*sigmoid(1.7*x)")
    qtbot.waitUntil(lambda: "own-1" in listed(page))
    limit = f"|f′| < {to_digits(SATURATED_BELOW * 1.0998, 2)}"
    qtbot.waitUntil(lambda: f"saturated, {limit}" in effect_on(page, "own-1").words)
    end = page.right.checks.cells["own-1", "most_output"]
    assert end.text() == "6*" and end.accessibleName() == "own 1, highest f: 6"  # type: ignore[union-attr]
    page.actions["activations_predict"].trigger()
    assert page.predicting.hiding and not page.right.effects.isVisible()
    assert page._fact_of((SHARE, "own-1")) is None
    page.actions["activations_predict"].trigger()
    assert limit in effect_on(page, "own-1").words


def test_undefined_z_are_a_share_of_their_own(page: ActivationsPage, qtbot: QtBot) -> None:
    type_own(page, "own-1", "sqrt(x)")
    qtbot.waitUntil(lambda: page.watch.view is not None and "own-1" in page.watch.view.shares)
    page.right.explain((SHARE, "own-1"))
    card, z = page.right.origin, counted(page)
    assert card.key == (SHARE, UNDEFINED, "own-1")  # its slope has no largest value: nothing else is counted
    found = page._fact_of((SHARE, "own-1"))
    assert found is not None
    assert found.value == float((z < 0).mean())


def test_the_histogram_is_of_the_layers_own_z(page: ActivationsPage, opened: Opened, qtbot: QtBot) -> None:
    snapshot = opened.page.trainer.snapshot
    assert snapshot is not None
    qtbot.waitUntil(lambda: page.watch.view is not None and page.watch.view.wanted.snapshot is snapshot)
    view = page.watch.view
    assert view is not None
    stats = next(one for one in snapshot.layers if one.block_id == view.layer.block_id)
    assert view.histogram.total == stats.health.z_total
    assert view.histogram.below + view.histogram.above == stats.health.z_beyond
    inside = int(stats.z_histogram[8:24].sum())  # −3 … 3
    edges = np.linspace(-6, 6, len(view.histogram.counts) + 1)
    assert int(view.histogram.counts[(edges[:-1] >= -3) & (edges[1:] <= 3)].sum()) == inside


def test_it_follows_training_and_says_nothing_of_what_is_gone(
    page: ActivationsPage, opened: Opened, qtbot: QtBot
) -> None:
    before = counted(page)
    opened.page.trainer.play()
    qtbot.waitUntil(lambda: page.watch.view is not None and not np.array_equal(counted(page), before))
    opened.page.trainer.pause()
    qtbot.waitUntil(lambda: not opened.page.trainer.running)
    graph = opened.page.network.graph
    opened.page.network.edit("cut", graph=remove_blocks(graph, [graph.outputs[0].id]))
    qtbot.waitUntil(lambda: page.watch.view is None)
    assert page.right.foot.use.isHidden()
    assert "no values" in page.left.counted.text()
    opened.page.network.undo_stack.undo()
    qtbot.waitUntil(lambda: page.watch.view is not None)


def test_a_layer_that_cannot_be_counted_is_said_and_its_former_numbers_go(
    page: ActivationsPage, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = looks_by_faults(monkeypatch)
    faults.errors = [MemoryError("no room")]
    opened.page.trainer.step()
    qtbot.waitUntil(lambda: page.watch.view is None)
    why = page.watch.why
    assert "couldn't be counted" in why and "enough memory" in why
    assert page.left.counted.text() == why and page.plots.accessibleDescription().endswith(why)
    assert opened.window.messages.text == ""
    opened.page.trainer.step()
    qtbot.waitUntil(lambda: page.watch.view is not None)
    assert "couldn't" not in page.watch.why


def test_a_look_that_failed_is_tried_again_on_the_same_numbers(
    page: ActivationsPage, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = looks_by_faults(monkeypatch)
    faults.errors = [MemoryError("no room")]
    opened.page.trainer.step()
    qtbot.waitUntil(lambda: "couldn't" in page.watch.why)
    snapshot = opened.page.trainer.snapshot
    qtbot.waitUntil(lambda: page.watch.view is not None)
    assert page.watch.view is not None and page.watch.view.wanted.snapshot is snapshot
    assert faults.calls == 2 and "couldn't" not in page.watch.why


def test_why_a_layer_could_not_be_counted_is_not_said_of_the_next(
    page: ActivationsPage, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layer_watch, "AGAIN_S", 3600.0)
    faults = looks_by_faults(monkeypatch)
    faults.errors = [MemoryError("no room")]
    opened.page.trainer.step()
    qtbot.waitUntil(lambda: "couldn't" in page.watch.why)
    other = next(one for one in page.watch.layers if one != page.watch.layer)
    with held(faults) as gate:
        page.watch.choose(other.block_id)
        qtbot.waitUntil(gate.reached.is_set)  # at once, although the first is left alone for a while
        assert page.watch.view is None and page.plots.accessibleDescription().endswith(page.watch.why)
        assert page.watch.why.startswith("not yet")
    qtbot.waitUntil(lambda: page.watch.view is not None and page.watch.view.layer == other)


def test_a_failure_that_comes_when_another_layer_is_looked_at_is_not_its_own(
    page: ActivationsPage, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = looks_by_faults(monkeypatch)
    other = next(one for one in page.watch.layers if one != page.watch.layer)
    page.watch.changed.connect(lambda: said.append(page.watch.why))
    said: list[str] = []
    with held(faults) as gate:
        faults.errors = [MemoryError("no room")]
        opened.page.trainer.step()
        qtbot.waitUntil(gate.reached.is_set)
        page.watch.choose(other.block_id)
    qtbot.waitUntil(lambda: page.watch.view is not None and page.watch.view.layer == other)
    assert faults.errors == [] and not any("couldn't" in one for one in said)


def test_a_layer_that_is_gone_from_the_graph_but_not_yet_from_the_numbers_takes_nothing(
    page: ActivationsPage, opened: Opened, qtbot: QtBot
) -> None:
    network, layer = opened.page.network, page.watch.layer
    assert layer is not None and page.desk.candidate is not None
    page.desk.mark(next(one.key for one in page.shown if one.key != layer.function.key))
    assert page.desk.ready
    network.edit("cut", graph=remove_blocks(network.graph, [layer.block_id]))
    before = network.graph
    page.desk.use()
    assert network.graph is before and not page.desk.ready
    network.undo_stack.undo()


def test_a_function_is_put_into_the_layer_and_undone_in_the_playground(
    page: ActivationsPage, opened: Opened, qtbot: QtBot
) -> None:
    network = opened.page.network
    block_id = page.left.layers.key
    before = network.graph.block(block_id).params.activation  # type: ignore[attr-defined]
    mark_function(page, "relu")
    assert "ReLU" in page.right.foot.use.text()
    QTest.mouseClick(page.right.foot.use, LEFT)
    assert network.graph.block(block_id).params.activation == "relu"  # type: ignore[attr-defined]
    assert "now uses ReLU" in opened.window.messages.text
    qtbot.waitUntil(lambda: page.watch.layer is not None and page.watch.layer.function.key == "relu")
    assert not page.right.foot.use.isEnabled()
    assert page.document.undo_stack.count() == 0
    opened.actions["activations_show"].trigger()
    assert opened.window.pages.current is opened.page
    opened.actions["undo"].trigger()
    assert network.graph.block(block_id).params.activation == before  # type: ignore[attr-defined]


def test_the_figures_of_a_layer_say_where_they_come_from(page: ActivationsPage, qtbot: QtBot) -> None:
    card, z = page.right.origin, counted(page)
    press_part(page.plots, (MEAN,))
    assert card.key == (MEAN,)
    assert f"÷ {z.size} =" in card._worked.text
    qtbot.waitUntil(lambda: card.badge.state == "agrees")
    press_part(page.plots, (DEVIATION,))
    qtbot.waitUntil(lambda: card.key == (DEVIATION,) and card.badge.state == "agrees")
    press_part(page.right.effects, (SHARE, "relu"))
    assert cast(Hashable, card.key) == (SHARE, OFF, "relu")
    assert card._worked.text.replace("\u2009", " ").startswith(str(int((z <= 0).sum())))
    qtbot.waitUntil(lambda: card.badge.state == "agrees")


def test_the_share_in_the_bar_says_where_it_comes_from(page: ActivationsPage, qtbot: QtBot) -> None:
    card, z, bar = page.right.origin, counted(page), page.bar
    limit = page.watch.layer.profile.bounds[0]  # type: ignore[union-attr]
    share = float((z < limit).mean())
    assert bar.saturated.value.text() == percent(share)
    QTest.mouseClick(bar.saturated.value, LEFT)
    assert card.key == (SHARE, SATURATED, NOW) and card.isVisible()
    assert card._worked.text.replace("\u2009", " ").startswith(f"{int((z < limit).sum())} ÷ {z.size}")
    qtbot.waitUntil(lambda: card.badge.state == "agrees")


def test_softmax_says_that_it_is_drawn_for_two_units_and_is_not_counted(page: ActivationsPage, qtbot: QtBot) -> None:
    page.edits.toggle("softmax")
    assert text_of(page, (Y, "softmax")) == text_of(page, (Y, "logistic"))
    assert "(x, 0)" in written(page.plots)
    assert "not counted" in effect_on(page, "softmax").words
    assert page.watch.view is not None
    assert "softmax" not in page.watch.view.shares
    page.edits.toggle("softmax")
    assert "(x, 0)" not in written(page.plots)


def test_another_layer_is_looked_at(page: ActivationsPage, qtbot: QtBot) -> None:
    layers = page.left.layers
    layers.setCurrentIndex(0)
    layers.picked.emit(layers.key)
    qtbot.waitUntil(lambda: page.watch.view is not None and page.watch.view.layer.block_id == layers.itemData(0))
    layers.setCurrentIndex(layers.count() - 1)
    layers.picked.emit(layers.key)
    qtbot.waitUntil(lambda: page.watch.view is not None and page.watch.view.layer.output)


def test_the_shares_are_those_of_the_rule_written_beside_them(page: ActivationsPage) -> None:
    z = counted(page)
    low, high = ACTIVATIONS["tanh"].saturation_bounds()
    view = page.watch.view
    assert view is not None
    assert view.shares["tanh"].saturated == pytest.approx(((z < low) | (z > high)).mean())
    assert view.shares["relu"].off == pytest.approx((z <= 0).mean())
    assert f"|z| > {high:.2f}" in effect_on(page, "tanh").words


def test_bars_are_in_the_colour_of_their_function(page: ActivationsPage) -> None:
    layer = page.watch.layer
    assert layer is not None
    if layer.function.key not in chosen(page):
        page.edits.toggle(layer.function.key)
    (slot,) = [one.slot for one in page.shown if one.key == layer.function.key]
    (bars,) = [mark for mark in every_mark(page.plots) if isinstance(mark, Rectangles)]
    assert f"{slot_ink(slot)} 55%" in bars.fills


def test_what_was_put_into_a_layer_is_undone_by_the_button_beside_it(page: ActivationsPage, opened: Opened) -> None:
    network, foot = opened.page.network, page.right.foot
    block_id = page.left.layers.key
    before = network.graph.block(block_id).params.activation  # type: ignore[attr-defined]
    assert foot.undo.isHidden()
    mark_function(page, "relu")
    QTest.mouseClick(foot.use, LEFT)
    assert foot.undo.isVisible()
    assert page.watch.layer is not None
    assert foot.undo.text() == f"Undo in {page.watch.layer.name}"
    QTest.mouseClick(foot.undo, LEFT)
    assert network.graph.block(block_id).params.activation == before  # type: ignore[attr-defined]
    assert foot.undo.isHidden()
    QTest.mouseClick(foot.use, LEFT)
    network.edit("Other", hyper=network.hyper.model_copy(update={"batch_size": 7}))
    assert foot.undo.isHidden()  # it would undo something else


def test_undo_is_of_the_newest_step_wherever_it_was_done(page: ActivationsPage, opened: Opened, qtbot: QtBot) -> None:
    page.edits.set_parameter("gamma", 0.2)
    page.edits.settle()
    mark_function(page, "relu")
    value, layer = page.document.value, page.watch.layer
    assert layer is not None
    before = layer.function.key
    page.desk.use()
    undo, network = opened.window.action_set["undo"], opened.page.network

    def used() -> str:
        return str(network.graph.block(layer.block_id).params.model_dump()["activation"])

    assert used() != before and layer.name in undo.text()
    assert "Ctrl+Z undoes it" in opened.window.messages.text
    undo.trigger()
    assert opened.window.messages.text == ""
    assert used() == before and page.document.value == value
    assert layer.name not in undo.text()
    qtbot.waitUntil(lambda: page.desk.ready)
    page.desk.use()
    page.edits.set_parameter("gamma", 0.3)
    page.edits.settle()
    undo.trigger()
    assert used() != before and page.document.value == value


def test_undo_and_redo_go_through_the_steps_of_both_documents_as_they_were_done(
    page: ActivationsPage, opened: Opened
) -> None:
    page.edits.set_parameter("gamma", 0.2)
    page.edits.settle()
    mark_function(page, "relu")
    network, key, window = opened.page.network, page.left.layers.key, opened.window

    def now() -> tuple[object, str]:
        return page.document.value, str(network.graph.block(key).params.model_dump()["activation"])

    states = [now()]
    page.desk.use()
    states.append(now())
    page.edits.set_parameter("gamma", 0.3)
    states.append(now())
    page.edits.settle()
    page.edits.set_parameter("gamma", 0.4)
    states.append(now())
    assert len({str(one) for one in states}) == 4
    for _turn in range(2):
        for state in reversed(states[:-1]):
            QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            assert now() == state
        assert "ReLU" in window.action_set["redo"].text() and window.action_set["redo"].isEnabled()
        for state in states[1:]:
            QTest.keyClick(
                window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            )
            assert now() == state
        assert not window.action_set["redo"].isEnabled()


def test_what_was_undone_is_done_again_in_the_playground_too_and_then_undone_here(
    page: ActivationsPage, opened: Opened
) -> None:
    mark_function(page, "relu")
    network, undo, redo = opened.page.network, opened.window.action_set["undo"], opened.window.action_set["redo"]
    steps = network.undo_stack.index()
    page.desk.use()
    undo.trigger()
    assert network.undo_stack.index() == steps and page.right.foot.undo.isHidden() and redo.isEnabled()
    network.undo_stack.redo()
    assert page.right.foot.undo.isVisible() and not redo.isEnabled()
    undo.trigger()
    assert network.undo_stack.index() == steps


def test_redo_does_nothing_in_the_playground_once_anything_else_was_done(page: ActivationsPage, opened: Opened) -> None:
    mark_function(page, "relu")
    network, undo, redo = opened.page.network, opened.window.action_set["undo"], opened.window.action_set["redo"]
    page.desk.use()
    undo.trigger()
    page.edits.set_parameter("gamma", 0.3)  # here
    assert not redo.isEnabled() and page.desk.redo_stack is None
    undo.trigger()
    assert redo.isEnabled() and page.desk.redo_stack is None
    page.desk.use()
    undo.trigger()
    network.edit("Other", hyper=network.hyper.model_copy(update={"batch_size": 7}))  # there
    assert page.desk.redo_stack is None and page.desk.undo_stack is None
    graph, steps = network.graph, network.undo_stack.index()
    redo.trigger()
    assert network.graph == graph and network.undo_stack.index() == steps


@pytest.mark.parametrize("width", [180, 240, 500])
def test_no_button_of_the_foot_is_cut(qtbot: QtBot, width: int) -> None:
    foot = UseFoot()
    qtbot.addWidget(foot)
    foot.show_layer("softplus", "Dense 1", "", "Dense 1")
    foot.setGeometry(0, 0, width, foot.height_for(width))
    foot.show()
    for button in (foot.use, foot.undo):
        assert button.width() >= button.sizeHint().width() and foot.rect().contains(button.geometry())
    assert (foot.undo.text() == "Undo in Dense 1") is (width == 500)


def test_the_foot_is_in_sight_however_much_is_compared(page: ActivationsPage, opened: Opened, qtbot: QtBot) -> None:
    opened.window.resize(1280, 700)
    for key in ("logistic", "tanh", "relu", "elu", "gelu"):
        if key not in [one.key for one in page.document.value.chosen]:
            page.edits.toggle(key)
    qtbot.waitUntil(lambda: page.right.verticalScrollBar().maximum() > 0)
    page.right.verticalScrollBar().setValue(0)
    column, use = page.right, page.right.foot.use
    assert use.isVisible()
    assert column.rect().contains(use.geometry().translated(column.foot.pos()))
    assert not column.viewport().geometry().intersects(column.foot.geometry())


@pytest.mark.parametrize(
    "keys",
    [
        ("logistic", "tanh", "relu", "gelu", "silu"),
        ("leaky_relu", "elu", "softplus", "gelu", "silu"),
        ("identity", "step", "softmax", "gelu_tanh", "silu"),
    ],
)
def test_what_the_layer_makes_of_five_functions_is_whole_at_1280(
    page: ActivationsPage, opened: Opened, qtbot: QtBot, keys: tuple[str, ...]
) -> None:
    """In a window that leaves room for its title bar on a screen of 1280 × 800."""
    opened.window.resize(1280, 772)
    now = {chosen.key for chosen in page.document.value.chosen}
    for key in now - set(keys):
        page.edits.toggle(key)
    for key in keys:
        if key not in now:
            page.edits.toggle(key)
    qtbot.waitUntil(lambda: set(listed(page)) == set(keys))
    right, effects = page.right, page.right.effects

    def is_whole() -> bool:
        foot = effects.mapTo(right.viewport(), QPoint(0, effects.height())).y()
        fits = right.verticalScrollBar().maximum() == 0 and foot <= right.viewport().height()
        return fits and effects.height() >= ROW * len(keys) - 1

    qtbot.waitUntil(is_whole)  # a column that is too tall first has its old height


def test_a_question_cuts_no_row_of_the_column(page: ActivationsPage, opened: Opened, qtbot: QtBot) -> None:
    """With Predict and four functions at 1280 × 800, the row of the last one was cut at the fold."""
    opened.window.resize(1280, 772)
    if len(page.document.value.chosen) < 5:
        page.edits.toggle("silu")
    qtbot.waitUntil(lambda: len(listed(page)) == 5)
    page.actions["activations_predict"].trigger()
    right, card = page.right, page.right.guess
    qtbot.waitUntil(lambda: card.isVisible() and right.verticalScrollBar().maximum() == 0)
    card._reveal.click()
    assert not page.predicting.hiding
    qtbot.waitUntil(lambda: right.verticalScrollBar().maximum() == 0)
    assert not right.effects.isVisible()
    page.actions["activations_predict"].trigger()
    assert right.effects.isVisible()


def test_the_chip_of_the_network_is_as_wide_as_its_name(
    page: ActivationsPage, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.window.resize(1440, 900)
    chip = page.bar.network
    for title in ("my", "A longer name of a network"):
        monkeypatch.setattr(type(opened.page.network), "title", title)
        page.bar.show_layer(page.watch.network, page.watch.layer, page.watch.view)
        qtbot.waitUntil(partial(_holds_just, chip, title))


def _holds_just(chip: QLabel, title: str) -> bool:
    whole = chip.fontMetrics().horizontalAdvance(title)
    return chip.text() == title and whole <= chip.width() < whole + 30


def test_a_saved_comparison_asks_as_it_did(page: ActivationsPage, tmp_path: Path) -> None:
    page.edits.set_cursor(0.5)
    page.actions["activations_predict"].trigger()
    path = tmp_path / "exercise.loom"
    page.document.save(path)
    page.actions["activations_predict"].trigger()
    assert not page.document.unsaved
    page.document.new()
    assert not page.predicting.on
    page.document.open(path)
    assert page.predicting.hiding and page.document.value.cursor == 0.5
    page.actions["activations_predict"].trigger()
