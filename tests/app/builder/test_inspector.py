"""The inspector: every control edits in one step and follows undo, previews end, the plot and the facts are true."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.builder.canvas.geometry import SceneLayout
from app.builder.canvas.layout import with_room_for_inputs
from app.builder.inspector.activation_plot import (
    PlottedActivation,
    curves_of,
    draw_activation,
    draw_twin_difference,
    reading_at,
    twin_difference,
)
from app.builder.inspector.inspector import ACTIVATION, FORMULA, SETTINGS, InspectorPanel
from app.builder.inspector.parameters import bounds_of
from app.kit import theme
from app.kit.announce import recorded
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Text
from app.kit.numbers import short
from app.kit.widgets.slider import LabelledSlider
from app.network.document import Document
from app.network.watched import Legible
from engine.activations import ACTIVATIONS
from engine.data import DataChoice
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, disconnect, set_params
from engine.graph.kinds import BlockParams, kinds, playground_kinds
from engine.losses import LOSSES
from engine.training.session import Setup, TrainingSession
from tests.app.network.document_rig import assert_one_step, new_document


class ListeningTrainer:
    """Writes down what it is asked to preview."""

    def __init__(self) -> None:
        self.legible = Legible()
        self.previews: list[tuple[str, str | None]] = []

    def preview(self, block_id: str, key: str | None) -> None:
        self.previews.append((block_id, key))


@pytest.fixture
def document(qapp: object) -> Document:
    return new_document()


@pytest.fixture
def trainer() -> ListeningTrainer:
    return ListeningTrainer()


@pytest.fixture
def inspector(document: Document, trainer: ListeningTrainer, qtbot: QtBot) -> InspectorPanel:
    made = InspectorPanel(document, trainer)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(321, 900)
    made.show()
    made.set_selection(("dense-1",))
    return made


@pytest.fixture
def other_theme() -> Iterator[None]:
    yield
    theme.set_theme("light")


def params(document: Document, block_id: str = "dense-1") -> BlockParams:
    return document.graph.block(block_id).params


def control(inspector: InspectorPanel, name: str, kind: str = "dense"):
    return inspector._forms[kind].controls[name]


def slider_in(place) -> LabelledSlider:
    return next(child for child in place.findChildren(LabelledSlider) if not child.isHidden())


# Parameters -------------------------------------------------------------------------------------------------------


def test_a_drag_of_the_slider_is_one_step(inspector: InspectorPanel, document: Document) -> None:
    units, before = control(inspector, "units"), document.state
    units.slider.setSliderDown(True)
    for position in (4, 6, 9):
        units.slider.setValue(position)
    units.slider.setSliderDown(False)
    assert params(document).units == 10
    assert_one_step(document, before)
    assert units.value == 4


@pytest.mark.parametrize(("typed", "kept"), [("9", 9), ("0", 1), ("99999", 4096), ("many", 4), ("nan", 4)])
def test_what_is_typed_stays_within_the_declared_bounds(
    inspector: InspectorPanel, document: Document, qtbot: QtBot, typed: str, kept: int
) -> None:
    field = control(inspector, "units").field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert params(document).units == kept


def test_a_number_beyond_its_bounds_is_said_with_what_is_taken(
    inspector: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    inspector.show_card(SETTINGS)
    field = control(inspector, "units").field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "999999")
    with recorded() as said:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said == [("the maximum is 4096", False)]
    assert params(document).units == 4096


def test_many_units_cover_no_other_block_and_a_drag_back_brings_all_back(
    inspector: InspectorPanel, document: Document
) -> None:
    before = document.graph
    for units in (64, 4096):
        inspector._edit("units", units, "drag")
        bodies = [shape.body for shape in SceneLayout(document.graph, document.widths).shapes.values()]
        assert all(not one.intersects(other) for one, other in combinations(bodies, 2))
    inspector._edit("units", before.block("dense-1").params.model_dump()["units"], "drag")
    assert document.graph == before


def test_data_of_many_columns_cover_no_other_block(tmp_path: Path, qapp: object, qtbot: QtBot) -> None:
    rows = [",".join([*("0123456789"[(row * at) % 7] for at in range(300)), "ab"[row % 2]]) for row in range(30)]
    (tmp_path / "wide.csv").write_text("\n".join([",".join([*(f"c{at}" for at in range(300)), "kind"]), *rows]))
    document = Document(NetworkFile(feed_forward((4,)), data=DataChoice(samples=60)), room=with_room_for_inputs)
    before = document.graph
    choice = DataChoice(source="file", path=str(tmp_path / "wide.csv"))
    with qtbot.waitSignal(document.dataset_loaded):
        document.choose_data(choice)
    bodies = [shape.body for shape in SceneLayout(document.graph, document.widths).shapes.values()]
    assert bodies[0].width() > 200.0
    assert all(not one.intersects(other) for one, other in combinations(bodies, 2))
    document.undo_stack.undo()
    assert document.graph == before


def test_a_value_that_the_block_refuses_changes_nothing(inspector: InspectorPanel, document: Document) -> None:
    before = document.state
    inspector._edit("units", 10**9)
    assert document.state == before and document.undo_stack.count() == 0
    assert control(inspector, "units").value == 4


def test_another_initialiser_forgets_a_number_that_meant_something_else(
    inspector: InspectorPanel, document: Document
) -> None:
    document.edit("Gain", graph=set_params(document.graph, "dense-1", scale=2.0))
    control(inspector, "initializer").picked.emit("he_normal")
    assert params(document).scale == 2.0  # a gain as well
    control(inspector, "initializer").picked.emit("constant")
    assert params(document).scale is None
    assert slider_in(control(inspector, "scale")).value == 0.1
    document.undo_stack.undo()
    assert params(document).scale == 2.0


def test_another_activation_forgets_the_parameter_of_the_last(inspector: InspectorPanel, document: Document) -> None:
    document.edit("Leaky", graph=set_params(document.graph, "dense-1", activation="leaky_relu", alpha=0.3))
    assert slider_in(control(inspector, "alpha")).value == 0.3
    inspector.activation.picker.cards["elu"].click()
    assert params(document).alpha is None
    assert slider_in(control(inspector, "alpha")).value == 1.0


KINDS = [one for one in playground_kinds() if one.params_type.model_fields]


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.key)
def test_every_parameter_of_every_kind_can_be_set(inspector: InspectorPanel, document: Document, kind) -> None:
    graph, block_id = add_block(document.graph, kind.key, 0, 0)
    document.edit("Add", graph=graph)
    inspector.set_selection((block_id,))
    elsewhere = {"features": inspector.features, "activation": inspector.activation}
    for name in kind.params_type.model_fields:
        widget = elsewhere[name] if name in elsewhere else inspector._forms[kind.key].controls[name]
        assert not (name in elsewhere and widget.isHidden())


def test_open_bounds_stay_open() -> None:
    momentum = bounds_of(next(one for one in playground_kinds() if one.key == "batch_norm").params_type, "momentum")
    assert 0.0 < momentum.low < 1e-9 and momentum.high == 1.0


def test_a_loss_that_the_data_do_not_allow_says_why(
    inspector: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(document.dataset_loaded):
        document.choose_data(DataChoice(name="plane", samples=60))
    inspector.set_selection(("output-1",))
    choice = control(inspector, "loss", "output")
    for row, one in enumerate(LOSSES.values()):
        problem = one.supports(document.target.classes)
        assert choice.model().item(row).isEnabled() == (problem is None)
        assert (problem is None) or str(problem) in choice.itemData(row, Qt.ItemDataRole.ToolTipRole)
    assert not all(choice.model().item(row).isEnabled() for row in range(choice.count()))


# Title ------------------------------------------------------------------------------------------------------------


def test_the_title_is_always_the_shown_blocks(inspector: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    inspector.title.setFocus()
    qtbot.keyClicks(inspector.title, "half")
    inspector.set_selection(("dense-2",))
    assert inspector.title.text() == "Dense 2"
    inspector.title.editingFinished.emit()
    assert document.undo_stack.count() == 0


# Activations ------------------------------------------------------------------------------------------------------


def test_the_arrow_keys_preview_and_enter_applies(
    inspector: InspectorPanel, document: Document, trainer: ListeningTrainer, qtbot: QtBot
) -> None:
    cards, before = inspector.activation.picker.cards, document.state
    order = list(cards)
    first = order[0]
    with qtbot.waitActive(inspector):
        inspector.activateWindow()
    cards[first].setFocus()
    qtbot.keyClick(cards[first], Qt.Key.Key_Right)
    assert cards[order[1]].hasFocus() and trainer.previews[-1] == ("dense-1", order[1])
    qtbot.keyClick(cards[order[1]], Qt.Key.Key_Down)
    below = next(key for key in order if cards[key].hasFocus())
    assert cards[below].x() == cards[order[1]].x() and cards[below].y() > cards[order[1]].y()
    qtbot.keyClick(cards[below], Qt.Key.Key_Return)
    assert params(document).activation == below
    assert trainer.previews[-1] == ("dense-1", None)
    assert_one_step(document, before)
    assert cards["tanh"].isChecked()


def test_a_preview_is_plotted_and_ends_when_the_cards_are_hidden(
    inspector: InspectorPanel, trainer: ListeningTrainer
) -> None:
    inspector.activation.picker.cards["relu"].enterEvent(None)
    assert plotted(inspector).key == "relu"
    inspector.hide()
    assert trainer.previews == [("dense-1", "relu"), ("dense-1", None)]
    assert plotted(inspector).key == "tanh"


def test_a_pointer_that_rests_where_it_has_picked_previews_nothing(
    inspector: InspectorPanel, trainer: ListeningTrainer, document: Document
) -> None:
    """Undo lays the cards out again under the pointer: the undone activation's numbers stood as the network's."""
    relu = inspector.activation.picker.cards["relu"]
    relu.enterEvent(None)
    relu.click()
    document.undo_stack.undo()
    relu.enterEvent(None)
    assert trainer.previews[-1] == ("dense-1", None)
    inspector.activation.picker.cards["gelu"].enterEvent(None)
    assert trainer.previews[-1] == ("dense-1", "gelu")


def test_the_network_is_summed_up_with_its_ends(inspector: InspectorPanel, document: Document) -> None:
    inspector.set_selection(())
    assert "2 inputs → 1 output" in inspector.summary.size_line.text()
    weights = [2 * 4 + 4, 4 * 3 + 3, 3 * 1 + 1]
    assert f"{sum(weights)} parameters" in inspector.summary.size_line.text()


def test_a_layer_that_nothing_leads_to_is_said_to_have_no_input(inspector: InspectorPanel, document: Document) -> None:
    inspector.set_selection(())
    assert "3 layers with weights" in inspector.summary.size_line.text()
    (last,) = document.graph.wires_into("output-1")
    document.edit("Delete", graph=disconnect(document.graph, last))
    text = "3 layers with weights, 1 of them without an input, 27 parameters"
    assert text in inspector.summary.size_line.text()
    (first,) = document.graph.wires_into("dense-1")
    document.edit("Delete", graph=disconnect(document.graph, first))
    assert inspector.summary.size_line.text().startswith(
        "4 blocks, 3 layers with weights, 3 of them without an input\n"
    )


def test_nothing_is_marked_where_several_blocks_differ(inspector: InspectorPanel, document: Document) -> None:
    document.edit("ReLU", graph=set_params(document.graph, "dense-2", activation="relu"))
    document.undo_stack.clear()
    before = document.state
    inspector.set_selection(("dense-1", "dense-2"))
    cards = inspector.activation.picker.cards
    assert not any(card.isChecked() for card in cards.values())
    cards["gelu"].click()
    assert cards["gelu"].isChecked()
    assert_one_step(document, before)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_the_facts_are_the_catalogues(inspector: InspectorPanel, key: str) -> None:
    function = ACTIVATIONS[key]
    inspector.activation.set_activation(key, None, fixed=not function.elementwise)
    facts = inspector.activation.details
    assert facts.output.text == function.output_set and facts.derivative.text == function.derivative_set
    assert facts.sentence.text() == function.fact
    assert facts.zero_centred.text() == ("yes" if function.zero_centred else "no")
    assert facts.differentiable.text() == ("yes" if function.differentiable else "no")
    for label, formula in ((facts.formula, function.formula), (facts.slope, function.derivative_formula)):
        assert label.text and label.text.replace("dfrac", "frac") in formula


@pytest.mark.parametrize("key", ["tanh", "gelu", "leaky_relu", "softmax"])
def test_curves_agree_with_autograd(key: str) -> None:
    curves = curves_of(key, None)
    torch = pytest.importorskip("torch")
    z = torch.tensor(curves.z, requires_grad=True)
    pair = torch.stack([z, torch.zeros_like(z)], dim=1)
    f = ACTIVATIONS[key].torch(z) if ACTIVATIONS[key].elementwise else torch.softmax(pair, dim=1)[:, 0]
    f.sum().backward()
    np.testing.assert_allclose(curves.f, f.detach().numpy(), atol=1e-9)
    np.testing.assert_allclose(curves.slope, z.grad.numpy(), atol=1e-9)


def plotted(inspector: InspectorPanel) -> PlottedActivation:
    data = inspector.activation.plot.data
    assert isinstance(data, PlottedActivation)
    return data


def words_of(drawing: Drawing) -> list[str]:
    return [mark.text for mark in drawing.marks if isinstance(mark, Text)]


def test_pointing_at_the_plot_reads_it() -> None:
    shown = PlottedActivation("tanh")
    assert not any("f′" in text for text in words_of(draw_activation(shown, Frame(300, 118))))
    drawing = draw_activation(shown, Frame(300, 118))
    for z in (-6.0, 0.0, 1.3, 6.0):
        part = drawing.part(z)
        assert part is not None
        middle = part.rect[0] + part.rect[2] / 2
        hit = drawing.hit(middle, 60)
        assert hit is not None and hit.key == z
        f, slope = reading_at("tanh", None, z)
        assert f"x = {short(z)}   f = {short(f)}   f′ = {short(slope)}" in words_of(
            draw_activation(shown, Frame(300, 118, z))
        )


def test_ones_own_function_is_typed_over(inspector: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    own = inspector.activation.own
    assert own.isHidden()
    document.edit("Own", graph=set_params(document.graph, "dense-1", activation="x*sigmoid(1.7*x)"))
    assert not own.isHidden() and own.text() == "x*sigmoid(1.7*x)"
    own.setFocus()
    for typed, kept in (("x*tanh(", "x*sigmoid(1.7*x)"), ("x*tanh(x)", "x*tanh(x)")):
        own.selectAll()
        with recorded() as said:
            qtbot.keyClicks(own, typed)
            qtbot.keyClick(own, Qt.Key.Key_Return)
        assert document.graph.block("dense-1").params.model_dump()["activation"] == kept
        assert own.text() == typed  # a mistake stays to be corrected
        assert bool(said) is (typed != kept)
    document.undo_stack.undo()
    assert own.text() == "x*sigmoid(1.7*x)"


def test_the_two_gelus_are_told_apart(inspector: InspectorPanel, document: Document) -> None:
    document.edit("GELU", graph=set_params(document.graph, "dense-1", activation="gelu"))
    compare, difference = inspector.activation.compare, inspector.activation.difference
    assert difference.isHidden()
    compare.choose("gelu_tanh")
    compare.picked.emit("gelu_tanh")
    assert not difference.isHidden()
    torch = pytest.importorskip("torch")
    z = torch.tensor(twin_difference()[0])
    gelu = torch.nn.functional.gelu
    largest = float((gelu(z, approximate="tanh") - gelu(z)).abs().max())
    assert f"{largest:.1e}".replace("e-04", "·10⁻⁴") in draw_twin_difference(None, Frame(300, 72)).description
    compare.choose("relu")
    compare.picked.emit("relu")
    assert difference.isHidden()


def test_the_live_numbers_are_the_layers_own(
    inspector: InspectorPanel, document: Document, trainer: ListeningTrainer
) -> None:
    session = TrainingSession(Setup(document.graph, document.dataset, document.hyper, backend="numpy"))
    session.run_steps(20)
    snapshot = session.snapshot(maps=False)
    for block_id in ("dense-1", "dense-2"):
        inspector.set_selection((block_id,))
        trainer.legible.follow(snapshot, running=False)
        stats = next(layer for layer in snapshot.layers if layer.block_id == block_id)
        assert plotted(inspector).histogram == tuple(stats.z_histogram.tolist())
        counts = f"saturated {len(stats.health.saturated)} of {stats.health.units}"
        assert counts in inspector.activation.health.text()
        assert inspector.activation.health.wordWrap()  # no part of it is cut


def test_what_lies_beyond_the_axis_is_said_and_not_drawn(
    inspector: InspectorPanel, document: Document, trainer: ListeningTrainer
) -> None:
    session = TrainingSession(Setup(document.graph, document.dataset, document.hyper, backend="numpy"))
    plan = session.snapshot(maps=False).plan
    first = next(node for node in plan.nodes if node.id == "dense-1")
    session.set_weights(
        {
            ("dense-1", "W"): np.zeros((first.width, plan.nodes[0].width)),
            ("dense-1", "b"): np.array([9.0] + [0.5] * (first.width - 1)),
        }
    )
    inspector.set_selection(("dense-1",))
    trainer.legible.follow(session.snapshot(maps=False), running=False)
    rows, plot = len(document.dataset.train), inspector.activation.plot
    words = f"{rows:,} of {rows * first.width:,} lie beyond this axis"
    assert plot.accessibleDescription() == words
    assert plotted(inspector).histogram is not None and plotted(inspector).histogram[-1] == 0


def test_what_came_while_it_was_out_of_sight_is_shown_when_it_is_back(
    inspector: InspectorPanel, document: Document, trainer: ListeningTrainer
) -> None:
    session = TrainingSession(Setup(document.graph, document.dataset, document.hyper, backend="numpy"))
    trainer.legible.follow(session.snapshot(maps=False), running=False)
    session.run_steps(20)
    inspector.hide()
    later = session.snapshot(maps=False)
    trainer.legible.follow(later, running=False)
    inspector.show()
    stats = next(layer for layer in later.layers if layer.block_id == "dense-1")
    assert plotted(inspector).histogram == tuple(stats.z_histogram.tolist())


def test_a_change_of_theme_repaints(inspector: InspectorPanel, other_theme: None) -> None:
    for part in (inspector.activation.plot, inspector.activation.picker):
        theme.set_theme("light")
        light = part.grab().toImage()
        theme.set_theme("dark")
        assert part.grab().toImage() != light


@pytest.mark.parametrize("key", [kind.key for kind in kinds()])
def test_a_block_of_any_kind_can_be_looked_at_and_what_the_data_says_is_not_set_by_hand(
    key: str, inspector: InspectorPanel, document: Document
) -> None:
    graph, block_id = add_block(document.graph, key, 0.0, 400.0)
    document.edit("add", graph=graph)
    inspector.set_selection((block_id,))
    assert inspector.block is not None and inspector.block.kind == key
    assert not {"column", "columns", "size", "items"} & inspector._forms[key].controls.keys()


def test_a_recommenders_numbers_and_names_are_edited_in_one_step_each(
    inspector: InspectorPanel, document: Document
) -> None:
    graph, block_id = add_block(document.graph, "sampled_softmax", 0.0, 400.0)
    document.edit("add", graph=graph)
    inspector.set_selection((block_id,))
    negatives, drawn_by = (control(inspector, name, "sampled_softmax") for name in ("negatives", "drawn_by"))
    assert negatives.value == 200
    document.undo_stack.clear()
    before = document.state
    negatives.edited.emit(50.0, "")
    assert params(document, block_id).model_dump()["negatives"] == 50
    assert_one_step(document, before)
    drawn_by.picked.emit("uniform")
    assert params(document, block_id).model_dump()["drawn_by"] == "uniform"
    assert_one_step(document, before)


def test_one_card_of_a_block_is_shown_at_a_time(inspector: InspectorPanel, qtbot: QtBot) -> None:
    def cards() -> list[str]:
        form = inspector._forms["dense"]
        parts = {ACTIVATION: inspector.activation, SETTINGS: form, FORMULA: inspector.formula}
        return [key for key, part in parts.items() if part.isVisible()]

    assert cards() == [ACTIVATION]
    for key in (SETTINGS, FORMULA):
        qtbot.mouseClick(inspector.chips[key], Qt.MouseButton.LeftButton)
        assert cards() == [key] == [key for key, chip in inspector.chips.items() if chip.isChecked()]
    inspector.set_selection(("dense-2",))
    assert cards() == [FORMULA], "the next block shows the same card"
    inspector.step_aside(True)
    assert cards() == [] and not any(chip.isChecked() for chip in inspector.chips.values())
    inspector.step_aside(False)
    assert cards() == [FORMULA]


def test_a_block_without_activation_has_no_cards_to_choose_from(inspector: InspectorPanel, document: Document) -> None:
    graph, block_id = add_block(document.graph, "dropout", 0, 0)
    document.edit("Add", graph=graph)
    inspector.set_selection((block_id,))
    assert not inspector.switch.isVisible()
    assert inspector._forms["dropout"].isVisible() and inspector.about.isVisible()
