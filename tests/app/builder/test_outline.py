"""The outline: a tree that keeps its rows through any edits, and does by keyboard what the canvas does by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from app.builder.canvas.badges import badges_of
from app.builder.canvas.selection import EdgeRef, NeuronRef
from app.builder.outline.content import NETWORK, Content, OutlinePart, OutlinePlace, OutlineRow, Readings, row
from app.builder.outline.model import NetworkOutlineModel
from app.builder.outline.panel import OutlinePanel
from app.builder.outline.view import fitting_texts
from app.kit.announce import recorded
from app.kit.numbers import read
from app.network.document import Document
from engine.data.choice import DataChoice
from engine.formats.base import NetworkFile
from engine.graph import Wire
from engine.graph.build import feed_forward
from engine.graph.validation import problems_by_block
from engine.training.verdicts import Trouble, Verdict
from tests.app.builder.canvas_rig import Rig
from tests.app.network.test_undo_property import EDITS, Edit, _apply

Spoken = Qt.ItemDataRole.AccessibleTextRole


class OutlineRig(Rig):
    """The outline beside a canvas, the keyboard in the tree."""

    def __init__(self, qtbot, graph=None) -> None:
        super().__init__(qtbot, graph)
        self.panel = OutlinePanel(
            self.document, self.trainer, self.canvas.bench, self.canvas.commands, self.canvas.actions_by_name
        )
        self.view, self.model = self.panel.view, self.panel.model
        self.panel.resize(280, 500)
        qtbot.addWidget(self.panel)
        with qtbot.waitActive(self.panel):
            self.panel.show()
            self.panel.activateWindow()
        self.view.setFocus()

    def go(self, place: OutlinePlace) -> None:
        """Put the keyboard at a row."""
        self.view.setCurrentIndex(self.model.index_of(place))

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the tree."""
        QTest.keyClick(self.view, key, modifiers)

    def spoken(self, place: OutlinePlace) -> str:
        """What is heard of a row."""
        return self.model.index_of(place).data(Spoken)

    def pick(self, text: str) -> None:
        """Choose an entry of the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(action for action in menu.actions() if action.text() == text)
        assert action.isEnabled(), action.toolTip()
        menu.setActiveAction(action)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    def type_over(self, text: str, key=Qt.Key.Key_Return) -> None:
        """Type into the editor of the row."""
        editor = self.view.findChildren(QLineEdit)[-1]  # the one before may still be on its way out
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, key)
        QApplication.processEvents()  # the delegate lets the editor see the key first


def block(block_id: str) -> OutlinePlace:
    return OutlinePlace(OutlinePart.BLOCK, block_id)


@pytest.fixture
def rig(qtbot) -> Iterator[OutlineRig]:
    yield OutlineRig(qtbot)


# The model --------------------------------------------------------------------------------------------------------


def content_of(document: Document) -> Content:
    names = {block.id: block.id for block in document.graph.blocks}
    problems = problems_by_block(document.problems)
    return Content(document.title, document.graph, names, document.widths, problems, Readings({}))


def rows_under(model: NetworkOutlineModel, index: QModelIndex) -> list[object]:
    """Every row, level by level, as the model tells it."""
    children = [model.index(row, 0, index) for row in range(model.rowCount(index))]
    return [(model.place(child), rows_under(model, child)) for child in children]


@settings(max_examples=6)
@given(st.lists(st.tuples(st.sampled_from(EDITS[:8]), *[st.integers(0, 99)] * 3), min_size=1, max_size=8))
def test_the_model_follows_any_edits_as_qt_asks_of_models(qapp: object, edits: list[Edit]) -> None:
    document = Document(NetworkFile(feed_forward((2,)), data=DataChoice(samples=40)))
    model = NetworkOutlineModel(content_of(document))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    rows_under(model, QModelIndex())
    document.graph_changed.connect(lambda: model.show(content_of(document)))
    for edit in edits:
        _apply(document, edit)
        assert rows_under(model, QModelIndex()) == rows_under(NetworkOutlineModel(content_of(document)), QModelIndex())
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
        assert rows_under(model, QModelIndex()) == rows_under(NetworkOutlineModel(content_of(document)), QModelIndex())
    while document.undo_stack.canRedo():
        document.undo_stack.redo()
    assert rows_under(model, QModelIndex()) == rows_under(NetworkOutlineModel(content_of(document)), QModelIndex())
    document.undo_stack.clear()
    tester.deleteLater()


def test_a_row_that_stays_keeps_its_index(rig: OutlineRig) -> None:
    kept = QPersistentModelIndex(rig.model.index_of(OutlinePlace(OutlinePart.WEIGHT, "dense-2", 1, 2)))
    rig.view.expand(rig.model.index_of(block("dense-2")))
    rig.canvas.edits.add_beside("dense", "input-1", after=True)
    rig.document.undo_stack.undo()
    rig.canvas.edits.set_units("dense-2", 5)
    assert rig.model.place(kept) == OutlinePlace(OutlinePart.WEIGHT, "dense-2", 1, 2)
    assert rig.view.isExpanded(rig.model.index_of(block("dense-2")))


def test_nothing_is_made_of_rows_that_nobody_has_opened(qtbot) -> None:
    rig = OutlineRig(qtbot, feed_forward((64,) * 8))
    looked_at = [place for place in rig.model._branches if place is not None and place.part is OutlinePart.UNIT]
    assert not looked_at


# Words ------------------------------------------------------------------------------------------------------------


def test_every_row_is_complete_in_itself(rig: OutlineRig) -> None:
    assert "2 units" in rig.spoken(block("dense-2")) and "fed by" in rig.spoken(block("dense-2"))
    weights = rig.trainer.snapshot.weights
    text = rig.spoken(OutlinePlace(OutlinePart.WEIGHT, "dense-2", 1, 0))
    assert rig.panel.model.content.names["dense-1"] in text and rig.panel.model.content.names["dense-2"] in text
    value = text.rpartition(", ")[2].replace("−", "-")
    assert float(value) == pytest.approx(weights["dense-2", "W"][1, 0], rel=6e-3)


def test_the_verdict_is_said_while_it_is_of_this_network(rig: OutlineRig) -> None:
    assert "× · " in rig.spoken(block("dense-1"))
    rig.canvas.edits.unwire(rig.graph.wires_into("dense-2")[0])
    assert "× · " not in rig.spoken(block("dense-1"))


def test_a_problem_is_said_at_its_block(rig: OutlineRig) -> None:
    wire = rig.graph.wires_into("dense-2")[0]
    rig.canvas.edits.unwire(wire)
    wrong = rig.spoken(block("dense-2"))
    assert wrong.count(". ") >= 1 and "?" not in wrong
    rig.document.undo_stack.undo()
    assert rig.spoken(block("dense-2")) != wrong


def test_a_title_from_a_file_is_plain_text(rig: OutlineRig) -> None:
    rig.canvas.edits.rename("dense-1", "<b>bold</b>")
    index = rig.model.index_of(block("dense-1"))
    assert index.data() == "<b>bold</b>"
    assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_screen_reader_finds_a_tree_whose_rows_say_themselves(rig: OutlineRig) -> None:
    tree = QAccessible.queryAccessibleInterface(rig.view)
    assert tree.role() == QAccessible.Role.Tree
    heard = [tree.child(number).text(QAccessible.Text.Name) for number in range(tree.childCount())]
    assert rig.spoken(block("dense-2")) in heard
    assert tree.text(QAccessible.Text.Name) and tree.text(QAccessible.Text.Description)


# What is chosen ---------------------------------------------------------------------------------------------------


def test_what_the_tree_chooses_the_canvas_chooses(rig: OutlineRig) -> None:
    selection = rig.canvas.selection
    rig.go(block("dense-1"))
    assert selection.blocks == ("dense-1",)
    rig.go(OutlinePlace(OutlinePart.UNIT, "dense-2", 1))
    assert selection.neuron == NeuronRef("dense-2", 1)
    rig.go(OutlinePlace(OutlinePart.WEIGHT, "dense-2", 1, 2))
    assert selection.edge == EdgeRef("dense-1", "dense-2", 1, 2)
    rig.go(OutlinePlace(OutlinePart.TARGET, "input-1", wire=rig.graph.wires_from("input-1")[0]))
    assert selection.wire == rig.graph.wires_from("input-1")[0]
    assert rig.view.current == OutlinePlace(OutlinePart.TARGET, "input-1", wire=rig.graph.wires_from("input-1")[0])
    rig.canvas.edits.set_units("dense-2", 3)
    assert rig.view.current == OutlinePlace(OutlinePart.TARGET, "input-1", wire=rig.graph.wires_from("input-1")[0])
    assert rig.view.hasFocus()


def test_enter_opens_the_card_of_the_unit_and_closes_it_where_it_stands(rig: OutlineRig) -> None:
    unit = OutlinePlace(OutlinePart.UNIT, "dense-1", 2)
    rig.go(unit)
    rig.press(Qt.Key.Key_Return)
    assert rig.canvas.selection.neuron is None and rig.view.current == unit
    rig.press(Qt.Key.Key_Return)
    assert rig.canvas.selection.neuron == NeuronRef("dense-1", 2)


def test_what_the_canvas_chooses_the_tree_chooses(rig: OutlineRig) -> None:
    selection = rig.canvas.selection
    selection.choose_neuron(NeuronRef("dense-1", 2))
    assert rig.view.current == OutlinePlace(OutlinePart.UNIT, "dense-1", 2)
    selection.choose_edge(EdgeRef("input-1", "dense-1", 1, 0), rig.graph.wires_into("dense-1")[0])
    assert rig.view.current == OutlinePlace(OutlinePart.WEIGHT, "dense-1", 1, 0)
    selection.choose(["dense-1", "dense-2"])
    chosen = {rig.model.place(index) for index in rig.view.selectionModel().selectedRows()}
    assert chosen == {block("dense-1"), block("dense-2")}
    assert selection.blocks == ("dense-1", "dense-2")
    selection.clear()
    assert not rig.view.selectionModel().selectedRows()


def test_where_a_row_goes_the_next_one_is_chosen(rig: OutlineRig) -> None:
    rig.canvas.selection.choose(["dense-1", "output-1"])
    rig.press(Qt.Key.Key_Delete)
    assert list(rig.graph.by_id) == ["input-1", "dense-2"]
    left = rig.view.current
    assert left in (block("input-1"), block("dense-2"))
    assert rig.canvas.selection.blocks == (left.block_id,)
    rig.document.undo_stack.undo()
    assert rig.model.rowCount(rig.model.index_of(NETWORK)) == 4


def test_any_edits_and_choices_leave_tree_and_canvas_at_one(rig: OutlineRig) -> None:
    draw = Random(5)
    for _ in range(40):
        number = draw.randrange(100)
        if draw.random() < 0.3 and rig.document.undo_stack.canUndo():
            rig.document.undo_stack.undo()
        else:
            _apply(rig.document, (draw.choice(EDITS[:8]), number, draw.randrange(100), number))
        rows = rig.model.index_of(NETWORK)
        index = rig.model.index(number % max(1, rig.model.rowCount(rows)), 0, rows)
        if index.isValid():
            rig.view.setExpanded(index, draw.random() < 0.5)
            rig.view.setCurrentIndex(index)
            assert block(rig.canvas.selection.focus) == rig.view.current
        assert set(rig.canvas.selection.blocks) <= set(rig.graph.by_id)


# By keyboard ------------------------------------------------------------------------------------------------------


def test_a_block_is_added_after_and_before(rig: OutlineRig) -> None:
    before = rig.graph
    rig.go(block("dense-1"))
    rig.press(Qt.Key.Key_A)
    rig.pick("Dropout")
    assert Wire(source="dense-1", target="dropout-1") in rig.graph.wires
    assert Wire(source="dropout-1", target="dense-2") in rig.graph.wires
    assert rig.view.current == block("dropout-1")
    rig.assert_one_undoable_step(before)
    rig.go(block("dense-1"))
    rig.press(Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    rig.pick("Dense")
    assert Wire(source="dense-3", target="dense-1") in rig.graph.wires


def test_what_cannot_be_added_is_offered_with_the_reason(rig: OutlineRig) -> None:
    rig.go(block("input-1"))
    rig.press(Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert not any(action.isEnabled() for action in menu.actions())
    assert all("port" in action.toolTip() for action in menu.actions())
    menu.close()


def test_wires_are_drawn_and_taken_away(rig: OutlineRig) -> None:
    before = rig.graph
    rig.go(block("input-1"))
    rig.press(Qt.Key.Key_W)
    rig.pick(rig.model.content.names["dense-2"])
    assert Wire(source="input-1", target="dense-2") in rig.graph.wires
    rig.assert_one_undoable_step(before)
    rig.document.undo_stack.undo()
    wire = rig.graph.wires_into("dense-1")[0]
    rig.go(OutlinePlace(OutlinePart.SOURCE, "dense-1", wire=wire))
    assert not rig.panel.commands.has_activation
    rig.press(Qt.Key.Key_Delete)
    assert wire not in rig.graph.wires
    rig.document.undo_stack.undo()
    rig.go(block("dense-1"))
    rig.press(Qt.Key.Key_X)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    rig.pick(menu.actions()[0].text())
    assert wire not in rig.graph.wires


def test_units_blocks_and_places_change_as_on_the_canvas(rig: OutlineRig) -> None:
    rig.go(block("dense-1"))
    rig.press(Qt.Key.Key_Plus)
    rig.press(Qt.Key.Key_Plus)
    assert rig.graph.block("dense-1").params.units == 5
    assert rig.model.rowCount(rig.model.index_of(block("dense-1"))) == 2 + 5
    x = rig.graph.block("dense-1").x
    rig.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert rig.graph.block("dense-1").x == x + 10
    rig.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert "dense-3" in rig.graph and rig.view.current == block("dense-3")
    rig.press(Qt.Key.Key_Delete)
    assert "dense-3" not in rig.graph
    rig.go(block("dense-1"))
    rig.press(Qt.Key.Key_C)
    rig.pick("ReLU")
    assert rig.graph.block("dense-1").params.activation == "relu"
    rig.press(Qt.Key.Key_Return)
    assert rig.canvas.selection.neuron == NeuronRef("dense-1", 0)


def test_a_weight_and_a_bias_are_typed_over(rig: OutlineRig) -> None:
    place = OutlinePlace(OutlinePart.WEIGHT, "dense-1", 2, 1)
    rig.go(place)
    before = rig.model.value(place)
    rig.press(Qt.Key.Key_Return)
    rig.type_over("0.75")
    assert rig.trainer.snapshot.weights["dense-1", "W"][2, 1] == 0.75
    assert rig.model.value(place) == 0.75
    rig.document.undo_stack.undo()
    assert rig.trainer.snapshot.weights["dense-1", "W"][2, 1] == before
    rig.go(OutlinePlace(OutlinePart.UNIT, "dense-2", 1))
    rig.press(Qt.Key.Key_F2)
    rig.type_over("-1,5")
    assert rig.trainer.snapshot.weights["dense-2", "b"][1] == -1.5
    steps = rig.document.undo_stack.count()
    rig.press(Qt.Key.Key_F2)
    with recorded() as said:
        rig.type_over("", Qt.Key.Key_Return)
    assert rig.document.undo_stack.count() == steps and not said


@pytest.mark.parametrize("typed", ["abc", "nan", "1e999"])
def test_what_is_no_weight_is_said(rig: OutlineRig, typed: str) -> None:
    place = OutlinePlace(OutlinePart.WEIGHT, "dense-1", 2, 1)
    rig.go(place)
    before, steps = rig.model.value(place), rig.document.undo_stack.count()
    rig.press(Qt.Key.Key_Return)
    with recorded() as said:
        rig.type_over(typed)
    assert [(typed in text, urgent) for text, urgent in said] == [(True, True)]
    assert rig.model.value(place) == before and rig.document.undo_stack.count() == steps


def test_a_block_is_renamed(rig: OutlineRig) -> None:
    rig.go(block("dense-2"))
    rig.press(Qt.Key.Key_F2)
    rig.type_over("Edges")
    assert rig.graph.block("dense-2").title == "Edges"
    assert rig.view.current == block("dense-2") and rig.spoken(block("dense-2")).startswith("Edges")


def test_a_sample_is_chosen_and_its_pass_asked_for(rig: OutlineRig, qtbot) -> None:
    asked: list[int] = []
    rig.panel.row_wanted.connect(asked.append)
    rig.press(Qt.Key.Key_P)
    from app.builder.outline.panel import SampleDialog

    dialog = rig.panel.window().findChild(SampleDialog)
    assert dialog is not None and dialog.about.text()
    dialog.row.setValue(7)
    dialog.play.click()
    assert asked == [7]


def test_every_action_teaches(rig: OutlineRig) -> None:
    for name, action in rig.panel.actions_by_name.items():
        assert action.text() and action.toolTip() != action.text(), name
    keys = [keys.toString() for action in rig.panel.actions_by_name.values() for keys in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_a_unit_in_trouble_says_so(qtbot) -> None:
    rig = OutlineRig(qtbot, feed_forward((4,), activation="relu"))
    rig.trainer.session.set_weights({("dense-1", "b"): np.array([-1e3, 0.0, 0.0, 0.0])})
    rig.trainer.publish()
    rig.panel._refresh()
    rows = [rig.model.index_of(OutlinePlace(OutlinePart.UNIT, "dense-1", unit)).data(Spoken) for unit in (0, 1)]
    assert "dead" in rows[0] and "dead" not in rows[1]
    assert "dead" in rig.model.index_of(OutlinePlace(OutlinePart.BLOCK, "dense-1")).data(Spoken)


def test_an_output_says_what_its_badge_says(qtbot) -> None:
    rig = OutlineRig(qtbot, feed_forward((4,), activation="relu"))
    snapshot = rig.trainer.session.snapshot(maps=False)
    verdicts = (
        Verdict("output-1", Trouble.VANISHING, 0.0, delta=0.0),
        Verdict("output-1", Trouble.SATURATED, 1.0, (0,)),
    )
    rig.model.content = replace(rig.model.content, readings=Readings({}, replace(snapshot, verdicts=verdicts)))
    shape = rig.canvas.scene.layout.shapes["output-1"]
    assert row(rig.model.content, block("output-1")).alarm == "unit 1 saturated"
    assert [badge.words for badge in badges_of(shape, verdicts)] == ["unit 1 saturated"]


def test_a_signal_s_alarm_is_one_word_that_a_narrow_outline_has_room_for(qtbot) -> None:
    rig = OutlineRig(qtbot, feed_forward((4,), activation="relu"))
    snapshot = rig.trainer.session.snapshot(maps=False)
    verdict = Verdict("dense-1", Trouble.VANISHING, 3.7e-6, delta=1e-6)
    rig.model.content = replace(rig.model.content, readings=Readings({}, replace(snapshot, verdicts=(verdict,))))
    ill = row(rig.model.content, block("dense-1"))
    assert ill.alarm == fitting_texts(ill, QFontMetrics(QFont()), 160)[2] == "vanishing"
    assert "3.7·10⁻⁶ × · vanishing" in ill.spoken


def test_a_name_stays_whole_beside_a_long_alarm(qtbot) -> None:
    long = OutlineRow(
        "Dense 3", "ReLU · 8 → 8", "units 1, 2 and 3 saturated, 2.1·10⁻⁹ × · vanishing", spoken="all of it"
    )
    metrics = QFontMetrics(QFont())
    wide = metrics.horizontalAdvance
    for width in (140, 180, 220, 300, 600):
        name, detail, alarm = fitting_texts(long, metrics, width)
        assert name == long.name and alarm and sum(map(wide, (name, detail, alarm))) <= width
        assert alarm == long.alarm or (alarm.endswith("…") and not detail)
    endless = fitting_texts(replace(long, name="Dense " * 40), metrics, 200)
    assert endless[0].endswith("…") and endless[2].endswith("…")


def test_card_and_outline_are_of_the_same_step_while_it_trains(qtbot) -> None:
    rig = OutlineRig(qtbot, feed_forward((3,)))
    place, seen = OutlinePlace(OutlinePart.WEIGHT, "dense-1", 0, 1), set()
    rig.canvas.selection.choose_neuron(NeuronRef("dense-1", 0))
    card = rig.canvas.overlays.neuron_card
    card.expand()
    rig.trainer.running = True
    for _ in range(5):
        rig.trainer.session.run_steps(20)
        rig.trainer.publish()
        rig.panel._refresh()  # as a pass that moves on has it do
        told = read(rig.model.index_of(place).data(Qt.ItemDataRole.EditRole))
        assert card.boxes["W", (0, 1)].value() == pytest.approx(told, rel=1e-3)
        seen.add(told)
    rig.trainer.session.run_steps(20)  # which a slow machine may have shown of the others by now, but not of these
    rig.trainer.running = False
    rig.trainer.publish()
    told = read(rig.model.index_of(place).data(Qt.ItemDataRole.EditRole))
    assert told not in seen and card.boxes["W", (0, 1)].value() == pytest.approx(told, rel=1e-3)
