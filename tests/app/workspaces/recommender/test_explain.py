"""Explain a row, on models that are trained here: the sum, its changes, the rows, the pairs, the three models."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from math import exp
from pathlib import Path
from typing import Any, cast

import numpy as np
import polars as pl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from scipy.special import expit

from app.kit import numbers
from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Line, text_width
from app.kit.focused_field import WholeNumbers
from app.kit.look import font
from app.kit.numbers import NOTHING, probability, read
from app.workspaces.recommender.answers import Then, read_answer
from app.workspaces.recommender.explain.crosses import (
    PhiView,
    Textbook,
    _phi_lines,
)
from app.workspaces.recommender.explain.editor import EditField, RowEditor
from app.workspaces.recommender.explain.explainer import (
    DEEP,
    JOINT,
    WIDE,
    CrossName,
    EditColumn,
    Explained,
    Explainer,
    KeptRow,
    KeptRows,
    Phi,
    PhiFactor,
    RowTerm,
    text_of,
)
from app.workspaces.recommender.explain.pairs import MemoryView, describe
from app.workspaces.recommender.explain.row_sum import adding_up, axis_ends, draw_waterfall, tip_of, written, written_in
from app.workspaces.recommender.explain.rows_panel import ROW_HEIGHT, RowsPanel
from app.workspaces.recommender.explain.section import ExplainView
from engine.cli.outcome import as_json
from engine.recommenders.judging.metrics import Estimate
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.wide_deep.answers import MODEL_PARTS, BrokenPair, HalfWithoutLoss, RowChange
from engine.recommenders.tasks.wide_deep.insight import answers
from tests.engine.recommenders.asked import opened, trained

CROSSES = ["--cross", "colour,shape", "--cross", "shape,x (binned)", "--cross", "colour,shape,x (binned)"]


class Directly:
    """Answers in the same process, one question after another, as the child does: the latest of each key."""

    def __init__(self, askable: Askable[Any]) -> None:
        self._askable = askable
        self._waiting: dict[str, tuple[str, Mapping[str, Any], Then, Any]] = {}

    def ask(self, name: str, parameters: Mapping[str, Any], then: Then, *, kind: Any = None, key: str = "") -> None:
        self._waiting.pop(key or name, None)
        self._waiting[key or name] = (name, json.loads(json.dumps(parameters)), then, kind)

    def run(self) -> None:
        while self._waiting:
            name, parameters, then, kind = self._waiting.pop(next(iter(self._waiting)))
            answer = json.loads(as_json({"answer": self._askable.answer(name, parameters)}))["answer"]
            then(read_answer(kind, answer))


class Opened:
    """A view on a model, and hands to work it with."""

    def __init__(self, qtbot: Any, askable: Askable[Any], companions: Mapping[str, Path]) -> None:
        self.askable, self._answers = askable, Directly(askable)
        self.explainer = Explainer(self._answers)
        self.view = ExplainView(self.explainer)
        qtbot.addWidget(self.view)
        self.view.resize(1280, 760)
        self.explainer.start(companions)
        self._answers.run()
        self.view.show()

    @property
    def row(self) -> Explained:
        assert self.explainer.row is not None
        return self.explainer.row

    def type(self, column: str, text: str) -> None:
        """Type a value into a field of the editor."""
        line = self.view.editor.fields[column].line
        line.setText(text)
        line.editingFinished.emit()
        self._answers.run()

    def run(self) -> None:
        self._answers.run()

    def fresh(self, **values: object) -> float:
        """What the network says of the row with these values, by a pass of its own."""
        of = self.askable.opened
        table = of.row(self.row.row).with_columns(
            **{name: pl.lit(value).cast(of.table.schema[name]) for name, value in values.items()}
        )
        return float(answers(of.network, of.model.prepare(of.network, table)).probability[0])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table in which red circles are bought, blue squares never shown, and x counts for a little."""
    path = tmp_path_factory.mktemp("toys")
    draw = np.random.default_rng(0)
    colour, shape = draw.choice(["red", "blue", "green"], 2000), draw.choice(["circle", "square", "star"], 2000)
    x = draw.normal(size=2000).round(2)
    shape[(colour == "blue") & (shape == "square")] = "circle"
    score = 3.0 * ((colour == "red") & (shape == "circle")) + x - 1.0
    bought = (draw.random(2000) < expit(score)).astype(int)
    pl.DataFrame({"colour": colour, "shape": shape, "x": x, "bought": bought}).write_csv(path / "toys.csv")
    return path


@pytest.fixture(scope="module")
def models(folder: Path) -> dict[str, Path]:
    table = ["wide-deep", "--data", str(folder / "toys.csv"), "--label", "bought", "--batch-size", "128", *CROSSES]
    return {
        part: trained(folder / f"{part}.safetensors", *table, "--epochs", "4", "--hidden", "8,4", "--parts", part)
        for part in MODEL_PARTS
    }


@pytest.fixture(scope="module")
def joint(models: dict[str, Path]) -> Askable[Any]:
    return opened(models[JOINT])


@pytest.fixture
def explained(qtbot: Any, joint: Askable[Any], models: dict[str, Path]) -> Opened:
    return Opened(qtbot, joint, {WIDE: models[WIDE], DEEP: models[DEEP]})


# --- the sum --------------------------------------------------------------------------------------------------------


def printed(text: str) -> float:
    value = read(text.replace("+", ""))
    assert value is not None, text
    return value


@pytest.mark.parametrize("height", [300, 420, 700])
def test_the_numbers_on_screen_add_up_in_their_printed_digits(explained: Opened, height: int) -> None:
    waterfall = explained.view.why.waterfall
    kept = explained.explainer.kept
    assert kept is not None
    for row in kept.rows[:25]:
        explained.explainer.choose_row(row.row)
        explained.run()
        waterfall.resize(500, height)
        shown = written_in(explained.row, height)
        told = waterfall.drawing.description.split("; ")
        *parts, logit = [printed(line.rsplit(" ", 1)[1]) for line in told]
        assert len(told) == len(shown.steps)
        assert round(sum(parts), 9) == logit == round(shown.wide + shown.deep + shown.bias, 9)
        assert round(sum(s.weight for s in shown.steps if s.kind in ("cross", "further", "single")), 9) == shown.wide
        assert probability(1 / (1 + exp(-logit))) == probability(row.probability)
        for step in shown.steps:  # a weight with a name is rounded as any number is, a sum gives one of the last digit
            most = 1.5 if step.kind in ("further", "single", "deep") else 0.5
            assert abs(step.weight - step.exact) <= 1.000001 * most * 10**-shown.decimals


@pytest.mark.parametrize("part", [WIDE, DEEP])
def test_half_a_model_has_a_sum_without_the_other_half(qtbot: Any, models: dict[str, Path], part: str) -> None:
    opened_half = Opened(qtbot, opened(models[part]), {})
    shown = written_in(opened_half.row, opened_half.view.why.waterfall.height())
    kinds = {step.kind for step in shown.steps}
    assert ("deep" in kinds) == (part == DEEP) and ("cross" in kinds) == (part == WIDE)
    assert round(sum(step.weight for step in shown.steps[:-1]), 9) == shown.logit
    assert ("wide" in opened_half.view.why.sum_line.drawing.description) == (part == WIDE)


def crossed(*weights: float) -> tuple[RowTerm, ...]:
    return tuple(RowTerm(("a", "b"), (str(at), "x"), (str(at), "x"), weight, 3) for at, weight in enumerate(weights))


def test_a_sum_whose_every_term_is_named_adds_up_too() -> None:
    weights = (0.00013333333, 0.00023333333, 0.00033333333)
    logit = 0.1 + sum(weights)
    row = Explained(0, {}, frozenset(), {}, 0.1, logit - 0.1, 0.0, logit, float(expit(logit)), None, "yes",
                    crossed(*weights), has_deep=False)  # fmt: skip
    shown = written(row, 12)
    assert round(sum(step.weight for step in shown.steps[:-1]), 9) == shown.logit


def test_what_weighs_nothing_is_printed_as_nothing() -> None:
    terms = crossed(0.0004, 0.0004, 0.0004, 0.0, 0.0, 0.0)
    row = Explained(0, {}, frozenset(), {}, -1.0, 0.0012, 0.1618, -0.837, float(expit(-0.837)), None, "yes", terms)
    shown = written(row, 4)
    assert [step.weight for step in shown.steps if step.kind == "further"] == [0.0]
    assert round(sum(step.weight for step in shown.steps[:-1]), 9) == shown.logit


def test_what_the_roundings_leave_goes_where_it_is_least() -> None:
    assert adding_up([1 / 3, 1 / 3, 1 / 3], 1.0, 2) == (0.34, 0.33, 0.33)
    assert adding_up([-1 / 3, -1 / 3, -1 / 3], -1.0, 2) == (-0.34, -0.33, -0.33)
    assert adding_up([], 0.0, 3) == ()


def test_a_change_moves_the_bars_and_not_what_they_are_measured_by(qapp: object) -> None:
    assert axis_ends([-1.14, 0.58]) == axis_ends([-1.02, 0.91]) == (-1.5, 1.0) and axis_ends([0.0]) == (0.0, 1.0)
    assert axis_ends([-7.2, -3.0]) == (-8.0, 0.0) and axis_ends([12.5, 31.0]) == (0.0, 40.0)
    rows = [Explained(0, {}, frozenset(), {}, -1.0, weight, 0.5, weight - 0.5, 0.4, None, "yes", crossed(weight))
            for weight in (0.2, 0.4)]  # fmt: skip
    before, after = (
        {mark for mark in draw_waterfall(row, Frame(500, 300)).marks if isinstance(mark, Line)} for row in rows
    )
    assert len(before & after) > 3  # the lines of the axis


# --- the editor -----------------------------------------------------------------------------------------------------


def test_a_change_moves_the_probability_as_a_fresh_pass_does(explained: Opened) -> None:
    colour = "green" if explained.row.values["colour"] != "green" else "red"
    explained.type("colour", colour)
    assert explained.row.changed == {"colour"}
    assert explained.row.probability == pytest.approx(explained.fresh(colour=colour), abs=1e-6)
    explained.type("x", "1,5")
    assert explained.row.probability == pytest.approx(explained.fresh(colour=colour, x=1.5), abs=1e-6)
    assert explained.explainer.said[JOINT] == pytest.approx(explained.row.probability, abs=1e-6)


def test_changes_are_undone_redone_and_put_back(explained: Opened) -> None:
    view, first = explained.view, explained.row
    assert not view.undo.isEnabled() and not view.editor.put_back.isEnabled()
    explained.type("x", "2")
    explained.type("x", "3")
    view.undo.trigger()
    explained.run()
    assert explained.row.values["x"] == 2.0 and view.redo.isEnabled()
    view.redo.trigger()
    view.editor.put_back.click()
    explained.run()
    assert explained.row == first and not explained.row.changed
    view.undo.trigger()
    explained.run()
    assert explained.row.values["x"] == 3.0
    explained.type("x", str(first.values["x"]))  # typed back by hand: no change of the data any more
    assert not explained.row.changed


def test_an_unknown_value_goes_to_its_bucket_and_that_is_said(explained: Opened) -> None:
    explained.type("colour", "mauve")
    assert explained.row.unknown == {"colour": "mauve"}
    assert "mauve" in explained.view.editor.note.text() and not explained.view.editor.note.isHidden()
    assert explained.row.probability == pytest.approx(explained.fresh(colour="mauve"), abs=1e-6)
    assert any(term.title.startswith("colour unknown") for term in explained.row.terms)
    explained.view.editor.put_back.click()
    explained.run()
    assert explained.view.editor.note.isHidden()


def test_a_number_outside_training_is_said_to_be(explained: Opened) -> None:
    note = explained.view.editor.note
    explained.type("x", "6025")
    (beyond,) = explained.row.outside
    ends = " to ".join(map(numbers.written, (beyond.least, beyond.most)))
    assert note.text() == f"x 6025 is outside the training range, {ends}." and not note.isHidden()
    explained.type("colour", "mauve")
    assert "mauve" in note.text() and "is outside the training range" in note.text()
    explained.view.editor.put_back.click()
    explained.run()
    assert note.isHidden()


def change_of(explained: Opened, **values: object) -> RowChange:
    found: RowChange = explained.askable.answer("change", {"row": explained.row.row, "values": values})
    return found


def test_a_broken_pair_of_columns_is_said_and_mended_by_moving_the_other_too(explained: Opened) -> None:
    editor, reading = explained.view.editor, explained.explainer.reading
    assert reading is not None and editor.broken.isHidden() and editor.mend.isHidden()
    answer = change_of(explained, colour="green")
    told = BrokenPair("colour", "green", "x", 1.5, -2.0)
    shown = reading.explained(replace(answer, broken=(told,)), {"colour": "green"})
    editor.show_row(shown, {})
    assert editor.broken.text() == "In training, colour green always has x 1.5; here it has −2."
    editor.mend.click()
    explained.run()
    assert explained.row.values["x"] == 1.5 and explained.row.changed == {"x"}
    assert editor.broken.isHidden() and editor.mend.isHidden()


def test_a_word_that_training_had_not_stays_in_its_field(explained: Opened) -> None:
    explained.view.activateWindow()
    fields = explained.view.editor.fields
    line = fields["colour"].line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "mauve")
    QTest.keyClick(line, Qt.Key.Key_Return)
    explained.run()
    assert line.hasFocus() and line.text() == "mauve"
    fields["x"].line.setFocus()
    explained.run()
    assert line.text() == "mauve" and explained.row.values["colour"] == "mauve"
    assert explained.row.unknown == {"colour": "mauve"}


@pytest.mark.parametrize("column", ["colour", "x"])
def test_the_first_click_selects_the_value_and_the_second_places_the_caret(
    explained: Opened, qtbot: QtBot, column: str
) -> None:
    """“HS” typed into “Masters” made “MastHSers”."""
    WholeNumbers(cast(QApplication, QApplication.instance()), explained.view)
    with qtbot.waitActive(explained.view):
        explained.view.activateWindow()
    line = explained.view.editor.fields[column].line
    was = line.text()
    for selected in (was, ""):
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(4, line.height() // 2))
        assert line.hasFocus() and line.selectedText() == selected
    line.clearFocus()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(4, line.height() // 2))
    QTest.keyClicks(line, "7")
    assert line.text() == "7"


@pytest.mark.parametrize(("height", "still"), [(760, True), (530, False)])
def test_a_warning_leaves_the_field_that_is_typed_in_in_sight(explained: Opened, height: int, still: bool) -> None:
    view, editor, reading = explained.view, explained.view.editor, explained.explainer.reading
    assert reading is not None
    view.resize(1280, height)
    view.activateWindow()
    before = explained.row
    answer = change_of(explained, colour="green")
    told = BrokenPair("colour" * 20, "green", "x" * 90, 1.5, -2.0)
    broken = reading.explained(replace(answer, broken=(told,)), {"colour": "green"})
    for name, field in editor.fields.items():
        field.line.setFocus()
        QApplication.processEvents()
        place = field.mapTo(view, QPoint())
        editor.show_row(broken, {})
        QApplication.processEvents()
        assert editor.broken.visibleRegion().boundingRect().height() == editor.broken.height() > 30, name
        assert field.visibleRegion().boundingRect().height() == field.height(), name
        assert field.mapTo(view, QPoint()) == place or not still, name
        editor.show_row(before, {})
        QApplication.processEvents()
        assert field.mapTo(view, QPoint()) == place or not still, name


def test_what_is_no_number_is_put_back(explained: Opened) -> None:
    before = explained.row
    explained.type("x", "much")
    assert explained.row is before and read(explained.view.editor.fields["x"].line.text()) == before.values["x"]


@pytest.mark.parametrize("value", [32236.49, 2020.7568306010929])
def test_a_field_shows_what_the_row_has_and_leaving_it_changes_nothing(qtbot: QtBot, value: float) -> None:
    """Income 32,236.49 stood there as 32240, and Tab made it so: a chance of 49.7 % became 53.9 %."""
    field, edited = EditField(EditColumn("income", "number")), list[object]()
    qtbot.addWidget(field)
    field.edited.connect(lambda *change: edited.append(change))
    field.show_value(value, changed=False, unknown=False)
    assert read(field.line.text()) == pytest.approx(value, rel=1e-11)
    field.line.editingFinished.emit()
    assert not edited


@pytest.mark.parametrize(("width", "columns"), [(290, 2), (400, 3)])
def test_the_probability_of_a_row_is_in_sight_in_a_narrow_page(qtbot: QtBot, width: int, columns: int) -> None:
    """At 150 % it lay beyond the right edge, and nothing scrolled to it."""
    names = ("plan", "even10", "income", "price")
    rows = tuple(KeptRow(number, ("free", "1290", "55477.75", "252057"), 0.24, True) for number in range(20))
    panel = RowsPanel()
    qtbot.addWidget(panel)
    panel.resize(width, 300)
    panel.show()
    panel.show_kept(KeptRows(names, rows, 20, 200, "yes", names[:3]))
    view = panel.view
    last = view.model().columnCount() - 1
    assert view.columnViewportPosition(last) + view.columnWidth(last) <= view.viewport().width()
    assert [view.isColumnHidden(at) for at in (1, 2, 3, 4)] == [at > columns for at in (1, 2, 3, 4)]
    view._choose_column(4, shown=True)
    panel.resize(width + 1, 300)
    assert not view.isColumnHidden(4)


@pytest.mark.parametrize("width", [280, 330, 400])
def test_a_column_whose_name_has_no_room_is_left_out(qtbot: QtBot, width: int) -> None:
    """At 150 % they were called “ed…” and “oc…”."""
    names = ("education", "occupation", "age")
    rows = tuple(KeptRow(number, ("HS-grad", "Machine-op-inspct", "65"), 0.24, True) for number in range(20))
    panel = RowsPanel()
    qtbot.addWidget(panel)
    panel.resize(width, 300)
    panel.show()
    panel.show_kept(KeptRows(names, rows, 20, 200, "yes", names))
    view, header = panel.view, panel.view.horizontalHeader()
    seen = [at for at in range(1, 1 + len(names)) if not view.isColumnHidden(at)]
    assert len(seen) >= 2
    for at in seen:
        assert header.sectionSize(at) >= header.fontMetrics().horizontalAdvance(names[at - 1]) + 9
    assert panel.finder.placeholderText() == "age = …"


def test_texts_have_the_width_that_they_need_where_there_is_room(qtbot: QtBot) -> None:
    """At 1280 pixels “weekend evening” stood there as “weekend e…”, beside a wider one that was cut all the same."""
    names, cells = ("item", "time"), ("The Lord of the Rings: The Two Towers, extended", "weekend evening")
    rows = tuple(KeptRow(number, cells, 0.24, True) for number in range(20))
    panel = RowsPanel()
    qtbot.addWidget(panel)
    panel.resize(420, 300)
    panel.show()
    panel.show_kept(KeptRows(names, rows, 20, 200, "yes", names))
    item, time = (panel.view.columnWidth(at) for at in (1, 2))
    needed = QFontMetrics(font(12)).horizontalAdvance(cells[1])
    assert item > time >= needed + 9 and item + time <= 420 - 64 - 102


@pytest.mark.parametrize(("yes", "said"), [(True, "Actual: stayed"), (False, "Actual: churned")])
def test_what_came_of_a_row_is_the_label_s_own_word(qtbot: QtBot, yes: bool, said: str) -> None:
    row = Explained(0, {}, frozenset(), {}, 0.1, 0.0, 0.0, 0.1, 0.52, yes, "stayed", (), otherwise="churned")
    editor = RowEditor(QAction(), QAction())
    qtbot.addWidget(editor)
    editor._say_truth(row)
    assert editor._truth.full_text == said
    editor._say_truth(replace(row, otherwise=None, yes=False))
    assert editor._truth.full_text == "Actual: not stayed"


def test_a_time_in_milliseconds_is_written_to_its_last_digit(qtbot: QtBot) -> None:
    """1681189346831 stood there as 1.68118934683e12."""
    field = EditField(EditColumn("stamp", "number", low=1672531200001.0, high=1704067199999.0))
    qtbot.addWidget(field)
    field.show_value(1681189346831.0, changed=False, unknown=False)
    assert field.line.text() == "1681189346831"
    assert "from 1672531200001 to 1704067199999" in field.control.toolTip()


@pytest.mark.parametrize("column", ["colour", "x"])
def test_escape_takes_back_what_was_typed_and_only_then_leaves(explained: Opened, qtbot: Any, column: str) -> None:
    left: list[bool] = []
    leave = QAction(explained.view)
    leave.setShortcut("Esc")
    leave.triggered.connect(lambda: left.append(True))
    explained.view.addAction(leave)
    before, line = explained.row, explained.view.editor.fields[column].line
    line.setFocus()
    shown = line.text()
    qtbot.keyClicks(line, "7")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == shown and not left
    line.editingFinished.emit()
    explained.run()
    assert explained.row == before
    finder = explained.view.rows.finder
    finder.setFocus()
    qtbot.keyClicks(finder, "red")
    qtbot.keyClick(finder, Qt.Key.Key_Escape)
    assert not finder.text() and explained.view.rows.model.rowCount() == 200 and not left


def test_an_answer_does_not_overwrite_what_is_being_typed(explained: Opened, qtbot: Any) -> None:
    explained.view.activateWindow()
    line = explained.view.editor.fields["x"].line
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    explained.explainer.change("colour", "mauve")
    line.selectAll()
    qtbot.keyClicks(line, "7")
    explained.run()
    assert explained.row.values["colour"] == "mauve" and line.text() == "7"
    qtbot.keyClicks(line, "3")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    explained.run()
    assert explained.row.values["x"] == 73.0


def test_a_value_is_not_overwritten_in_a_list_either(explained: Opened, qtbot: Any) -> None:
    explained.view.activateWindow()
    line = explained.view.editor.fields["colour"].line
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    was = line.text()
    line.selectAll()
    qtbot.keyClicks(line, "mau")
    explained.explainer.change("x", 3.0)
    explained.run()
    assert line.text() == "mau"
    line.take_back()
    assert line.text() == was


def test_a_change_taken_back_before_it_is_answered_is_none(explained: Opened) -> None:
    was = explained.row.values["x"]
    for value in (5.0, was):
        explained.explainer.change("x", value)
    explained.run()
    assert explained.row.values["x"] == was and not explained.row.changed


def test_a_row_that_is_not_there_yet_is_not_measured_by_the_former_one(explained: Opened) -> None:
    rows = explained.explainer.kept
    assert rows is not None
    former = explained.row
    other = next(one.row for one in rows.rows if one.row != former.row)
    explained.explainer.choose_row(other)
    explained.explainer.change("x", former.values["x"])
    explained.run()
    assert explained.row.row == other and explained.row.values["x"] == former.values["x"]


def test_nothing_of_the_former_row_is_shown_while_another_is_loading(explained: Opened) -> None:
    """While the answering program starts anew, the figures of the row before stood there for seconds."""
    view, kept = explained.view, explained.explainer.kept
    assert kept is not None
    other = next(row.row for row in kept.rows if row.row != explained.row.row)
    explained.explainer.choose_row(other)
    assert view.why._hint.full_text == "Loading …" and view.why._title.text() == "Why"
    assert not view.why.waterfall.drawing.marks and view.why.sum_line.isHidden()
    assert not view.editor.isEnabled() and view.editor._title.text() == "Row"
    assert {view.models._cells["row", key].text() for key in (JOINT, WIDE, DEEP)} == {NOTHING}
    assert all(not case.probabilities for case in explained.explainer.cases)
    explained.run()
    assert explained.row.row == other and view.editor.isEnabled() and view.why._title.text().startswith("Why ")


def test_of_a_changed_row_nobody_knows_the_truth(explained: Opened) -> None:
    assert explained.row.yes is not None
    explained.type("x", "4")
    assert explained.row.yes is None


# --- the rows -------------------------------------------------------------------------------------------------------


def test_the_rows_are_those_that_training_has_not_seen(explained: Opened) -> None:
    kept = explained.explainer.kept
    assert kept is not None and len(kept.rows) == kept.kept == 200 and kept.total == 2000
    assert {row.row for row in kept.rows} == {index + 2 for index in explained.askable.opened.task.rows.test.tolist()}
    assert explained.view.editor._title.text() == f"Row {explained.row.row:,} of the file", "after the header"


def test_filters_and_search_narrow_the_rows(explained: Opened) -> None:
    rows = explained.view.rows
    rows.filters.buttons["wrong"].click()
    wrong = [rows.model.at(place) for place in range(rows.model.rowCount())]
    assert wrong and all((row.probability >= 0.5) != row.yes for row in wrong)
    rows.filters.buttons["near"].click()
    near = [rows.model.at(place) for place in range(rows.model.rowCount())]
    assert near and all(abs(row.probability - 0.5) <= 0.1 for row in near)
    rows.filters.buttons["all"].click()
    rows.finder.setText("colour = red star")
    at = rows.model.kept.columns.index("colour"), rows.model.kept.columns.index("shape")
    found = [rows.model.at(place).cells for place in range(rows.model.rowCount())]
    assert found and all((cells[at[0]], cells[at[1]]) == ("red", "star") for cells in found)
    rows.finder.setText("no such thing")
    assert rows.model.rowCount() == 0 and not rows.nothing.isHidden()


def test_a_count_of_rows_is_not_told_as_whole_before_it_is(explained: Opened) -> None:
    rows, kept = explained.view.rows, explained.explainer.kept
    assert kept is not None and not kept.loading and rows.count.text() == "200 of 2,000"
    rows.filters.buttons["wrong"].click()
    wrong = sum(not row.right for row in kept.rows)
    assert rows.count.text() == f"{wrong} of 200"
    rows.show_kept(replace(kept, rows=kept.rows[:50], loading=True))
    some = sum(not row.right for row in kept.rows[:50])
    assert 0 < some < wrong and rows.count.text() == f"loading …, {some} so far"
    rows.filters.buttons["all"].click()
    assert rows.count.text() == "loading …, 50 of 200"
    rows.show_kept(replace(kept, rows=kept.rows[:50], loading=False))
    assert rows.count.text() == "the first 50 of 200"
    rows.filters.buttons["wrong"].click()
    assert rows.count.text() == f"{some} of the first 50"
    rows.show_kept(kept)
    assert rows.count.text() == f"{wrong} of 200"


def test_pages_of_rows_are_loading_until_the_last_is_there(explained: Opened) -> None:
    page, further = (explained.askable.answer("rows", {"limit": 150, "offset": offset}) for offset in (0, 150))
    reading = explained.explainer.reading
    assert reading is not None
    first = reading.kept(None, page, 5000)
    assert first.loading and len(first.rows) == 150
    second = reading.kept(first, further, 5000)
    assert not second.loading and len(second.rows) == 200
    assert not reading.kept(None, page, 150).loading, "more are not listed"


def test_rows_are_sorted_by_number_and_not_by_letter(explained: Opened) -> None:
    rows, last = explained.view.rows, explained.view.rows.model.columnCount() - 1
    rows.view.sortByColumn(last, Qt.SortOrder.DescendingOrder)
    chances = [rows.model.at(place).probability for place in range(rows.model.rowCount())]
    assert chances == sorted(chances, reverse=True)
    rows.view.sortByColumn(1 + rows.model.kept.columns.index("x"), Qt.SortOrder.AscendingOrder)
    numbers = [read(rows.model.at(p).cells[rows.model.kept.columns.index("x")]) for p in range(200)]
    assert numbers == sorted(numbers, key=lambda number: number or 0.0)


def test_choosing_a_row_explains_it_and_copying_takes_it_whole(explained: Opened, qtbot: Any) -> None:
    rows = explained.view.rows
    explained.type("x", "3")
    rows.view.selectRow(7)
    explained.run()
    chosen = rows.model.at(7)
    assert explained.row.row == chosen.row and not explained.row.changed and not explained.view.undo.isEnabled()
    assert explained.row.probability == pytest.approx(chosen.probability, abs=1e-6)
    qtbot.keyClick(rows.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    header, line = QGuiApplication.clipboard().text().strip().split("\n")
    assert header.startswith("row,") and line.startswith(f"{chosen.row},") and "probability" in header


# --- pairs and φ ----------------------------------------------------------------------------------------------------


def test_the_map_dashes_what_no_training_row_has(explained: Opened) -> None:
    shown = explained.explainer.map
    assert shown is not None and shown.cross.columns == ("colour", "shape")
    places = {shown.title((d, a)): (d, a) for d in range(len(shown.down)) for a in range(len(shown.across))}
    d, a = places["blue × square"]
    assert shown.counts[d][a] == 0 and shown.weights[d][a] == 0.0
    task = explained.askable.opened.task
    train = task.labelled.table[task.rows.train]
    d, a = places["red × circle"]
    both = train.filter((pl.col("colour") == "red") & (pl.col("shape") == "circle"))
    assert shown.counts[d][a] == both.height and shown.yes[d][a] == both["bought"].sum()


def test_both_pairs_are_put_into_the_row_under_all_three_models(explained: Opened, models: dict[str, Path]) -> None:
    shown, cases = explained.explainer.map, explained.explainer.cases
    assert shown is not None and [shown.title(case.place) for case in cases] == ["red × circle", "blue × square"]
    assert all(case.probabilities.keys() == set(MODEL_PARTS) for case in cases)
    assert cases[0].probabilities[JOINT] == pytest.approx(explained.fresh(colour="red", shape="circle"), abs=1e-6)
    assert cases[1].probabilities[JOINT] == pytest.approx(explained.fresh(colour="blue", shape="square"), abs=1e-6)
    view = explained.view.memory
    assert view.memorised.bars.drawing.description.startswith(f"wide only {probability(cases[0].probabilities[WIDE])}")
    place = next((d, a) for d in range(3) for a in range(3) if shown.title((d, a)) == "green × star")
    part = view.matrix.drawing.part(place)
    assert part is not None
    qtbot_click(view.matrix, QPoint(round(part.rect[0] + part.rect[2] / 2), round(part.rect[1] + part.rect[3] / 2)))
    explained.run()
    assert explained.explainer.cases[0].place == place and view.memorised.title.text() == "green × star"
    explained.type("x", "2")
    assert explained.explainer.cases[0].probabilities[JOINT] == pytest.approx(
        explained.fresh(colour="green", shape="star", x=2.0), abs=1e-6
    )


def qtbot_click(widget: Any, place: Any) -> None:
    from PySide6.QtTest import QTest

    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)


def test_a_cross_with_a_number_names_its_bins(explained: Opened) -> None:
    explained.explainer.choose_cross("shape × x (binned)")
    explained.run()
    shown = explained.explainer.map
    assert shown is not None and shown.cross.members == ("shape", "x")
    assert all(name.word.startswith("x ") for name in shown.down)
    assert all(case.probabilities.keys() == set(MODEL_PARTS) for case in explained.explainer.cases)


def test_phi_is_one_for_the_rows_own_product_alone(explained: Opened) -> None:
    explainer = explained.explainer
    assert explainer.reading is not None
    cross = explainer.reading.crosses[0]
    products = explainer.phi(cross)
    own = [phi for phi in products if phi.value == 1.0]
    assert len(own) == 1 and cross.features == 16  # three names and the unknown one, of each column
    assert [f.name for f in own[0].features] == [f"{name} = {explained.row.values[name]}" for name in cross.columns]


def test_a_weight_that_others_may_share_is_said_to_be(qtbot: Any, folder: Path) -> None:
    table = ["wide-deep", "--data", str(folder / "toys.csv"), "--label", "bought", "--parts", "wide", "--epochs", "1"]
    path = trained(folder / "hashed.safetensors", *table, "--cross", "colour,shape", "--buckets", "3")
    shared = Opened(qtbot, opened(path), {})
    shown, view = shared.explainer.map, shared.view.memory
    assert shown is not None and shown.cross.hashed
    places = {shown.title((d, a)): (d, a) for d in range(len(shown.down)) for a in range(len(shown.across))}
    said = describe(shown, places["blue × square"])
    assert "others may share" in said and "never moved" not in said
    assert "others may share" in view.unseen.seen.text() and "others may share" in view.memorised.seen.text()
    sum_ = written_in(shared.row, shared.view.why.waterfall.height())
    crosses = [step for step in sum_.steps if step.kind == "cross"]
    assert crosses and all("rows have one of them" in tip_of(sum_, step) for step in crosses)
    assert [phi.on for phi in shared.explainer.phi(shown.cross)][:1] == [None]


def test_a_weight_of_ones_own_has_its_own_rows(explained: Opened) -> None:
    shown = explained.explainer.map
    assert shown is not None and not shown.cross.hashed
    places = {shown.title((d, a)): (d, a) for d in range(len(shown.down)) for a in range(len(shown.across))}
    assert "has never moved" in describe(shown, places["blue × square"])
    sum_ = written_in(explained.row, explained.view.why.waterfall.height())
    named = [tip_of(sum_, step) for step in sum_.steps if step.kind == "cross"]
    assert named and not any("share" in tip for tip in named)


def test_the_textbooks_example_goes_factor_by_factor(qtbot: Any) -> None:
    book = Textbook()
    qtbot.addWidget(book)
    assert book.value == pytest.approx(0.18) and "0.18" in book.product.text()
    book.step.click()
    values = []
    for _ in range(4):
        book.step.click()
        values.append(book.value)
    assert values == pytest.approx([0.3, 0.3, 0.18, 0.18])
    book.ticks[3].click()
    assert book.value == pytest.approx(0.09)
    book.back.click()
    assert book.value == pytest.approx(0.18)


# --- three models ---------------------------------------------------------------------------------------------------


def test_the_three_models_stand_side_by_side(explained: Opened) -> None:
    shown = explained.explainer.comparison
    assert shown is not None and [model.parts for model in shown.parts] == list(MODEL_PARTS) and not shown.missing
    assert [model.who for model in shown.simpler] == ["logistic regression", "boosted trees"] and shown.rows == 200
    assert shown.own == JOINT and [one.minus for one in shown.between_parts] == [WIDE, DEEP]
    wide, deep, both = (model.log_loss.value for model in shown.parts)
    assert [one.log_loss.value for one in shown.between_parts] == pytest.approx([both - wide, both - deep])
    assert sum(one.count for one in shown.parts[0].calibration) == 200
    assert explained.view.models.missing.isHidden()


def test_a_simpler_model_that_train_shows_with_another_loss_is_told(explained: Opened) -> None:
    """A run judged long ago keeps its figures, and the two pages differed without a word."""
    shown, panel = explained.explainer.comparison, explained.view.models
    assert shown is not None
    regression, trees = shown.simpler
    panel.show_judged({regression.who: {"log_loss": 0.9}, trees.who: {"log_loss": trees.log_loss.value}})
    assert panel.judged.isVisible() and panel.judged.text() == (
        "Train shows logistic regression at 0.9000, as fitted when the run was judged; here it's fitted anew."
    )
    panel.show_judged({})
    assert panel.judged.isHidden()


@pytest.mark.parametrize(
    ("half", "said"),
    [
        (HalfWithoutLoss(WIDE, "log_loss", "level"), "On these rows wide only is level with both together. "),
        (HalfWithoutLoss(WIDE, "auc", "worse"), "On these rows wide only is better than both together by AUC. "),
        (None, ""),
    ],
)
def test_the_half_that_is_no_worse_is_the_one_that_train_names(
    explained: Opened, half: HalfWithoutLoss | None, said: str
) -> None:
    """Of two halves that were level, the deep one was named, though the wide one was the better of them."""
    shown, panel = explained.explainer.comparison, explained.view.models
    assert shown is not None
    level = tuple(replace(one, log_loss=Estimate(-0.001, 0.001)) for one in shown.differences)
    panel.show_comparison(replace(shown, differences=level, half_without_loss=half))
    assert panel.level.text().startswith(f"{said}A paired test:")


def test_on_a_narrow_page_the_models_are_a_tab(explained: Opened, qtbot: Any) -> None:
    view = explained.view
    assert view.models.parent() is not view.memory.parent()
    view.resize(898, 545)
    qtbot.waitUntil(lambda: view.models.parent() is view.memory.parent())
    assert view.width() == 898 and view.height() == 545  # no part of it needs more than the smallest window has
    view.resize(1280, 760)
    qtbot.waitUntil(lambda: view.models.parent() is not view.memory.parent())
    assert view.models.isVisible() and view.memory.isVisible()


def test_on_a_low_page_the_middle_scrolls_and_nothing_is_crushed(explained: Opened, qtbot: Any) -> None:
    view = explained.view
    view.resize(790, 445)
    qtbot.waitUntil(lambda: view.models.parent() is view.memory.parent())
    qtbot.waitUntil(lambda: view._middle.verticalScrollBar().maximum() > 0)
    memory = view.memory
    for case in (memory.memorised, memory.unseen):
        for part in (case.pill, case.title, case.bars):
            assert part.height() >= part.minimumSizeHint().height()
            assert part.geometry().bottom() <= case.rect().bottom(), "it would be cut off"
    assert memory.matrix.height() >= 200 and explained.view.rows.view.viewport().height() >= 2 * ROW_HEIGHT - 4
    view._middle.ensureWidgetVisible(memory.unseen.bars)
    assert memory.unseen.bars.visibleRegion().boundingRect() == memory.unseen.bars.rect()


def test_missing_companions_are_said(qtbot: Any, joint: Askable[Any]) -> None:
    alone = Opened(qtbot, joint, {})
    assert alone.explainer.comparison is not None and alone.explainer.comparison.missing == (WIDE, DEEP)
    missing = alone.view.models.missing
    assert not missing.isHidden() and "There is no wide only or deep only model beside" in missing.text()
    assert not alone.view.memory.note.isHidden()
    assert alone.view.memory.memorised.bars.drawing.description.startswith("wide only –")
    assert alone.explainer.cases[0].probabilities.keys() == {JOINT}


def test_a_model_without_crosses_says_so(qtbot: Any, folder: Path) -> None:
    table = ["wide-deep", "--data", str(folder / "toys.csv"), "--label", "bought", "--batch-size", "128"]
    path = trained(folder / "plain.safetensors", *table, "--epochs", "1", "--hidden", "4")
    plain = Opened(qtbot, opened(path), {})
    assert plain.explainer.map is None and not plain.view.memory.nothing.isHidden()
    assert not plain.view.phi.nothing.isHidden() and plain.row.terms


def test_the_strongest_crosses_are_those_that_the_network_has(explained: Opened) -> None:
    view, heavy = explained.view, explained.view.heavy
    assert not explained._answers._waiting  # nothing is asked before it is looked at
    view._tabs.setCurrentIndex(2)
    explained.run()
    table = heavy.list.table()
    weights = [float(row[1]) for row in table.rows]
    assert weights and weights == sorted(weights, key=lambda one: -abs(one))
    assert table.rows[0][0] == "colour=red × shape=circle"
    assert heavy.currentIndex() == 1 and heavy.list.drawing.keyed[0].spoken.startswith("colour=red × shape=circle")
    explained.explainer.start({})  # the network was opened anew
    explained.run()
    assert len(heavy.list.table().rows) == len(weights)


def test_enter_takes_the_only_value_that_has_what_was_typed(qtbot: QtBot, explained: Opened) -> None:
    line = explained.view.editor.fields["colour"].line
    line.setFocus()
    for typed, taken in (("gre", "green"), ("e", "e"), ("mauve", "mauve")):
        line.selectAll()
        qtbot.keyClicks(line, typed)
        explained.view.editor.fields["colour"].line.returnPressed.emit()
        line.editingFinished.emit()
        explained.run()
        assert explained.row.values["colour"] == taken


def test_rows_without_a_weight_are_not_called_memorised(qtbot: QtBot, explained: Opened) -> None:
    shown, case = explained.explainer.map, explained.explainer.cases[0]
    assert shown is not None
    view = explained.view.memory.memorised
    for weight, word in ((0.0, "seen, weight 0"), (0.0001, "seen, weight near 0"), (0.5, "memorised")):
        weights = [list(row) for row in shown.weights]
        weights[case.place[0]][case.place[1]] = weight
        view.show_case(replace(shown, weights=tuple(tuple(row) for row in weights)), case)
        assert view.pill.text() == word


def test_without_crosses_there_is_a_way_to_make_them(qtbot: QtBot) -> None:
    memory = MemoryView()
    qtbot.addWidget(memory)
    memory.show_crosses((), "")
    assert not memory.nothing.isHidden()
    with qtbot.waitSignal(memory.crosses_wanted):
        memory.choose.click()


def test_no_row_is_half_under_the_header_when_one_is_brought_into_sight(explained: Opened) -> None:
    view = explained.view.rows.view
    for at in (30, 61, 97):
        view.mark(explained.explainer.kept.rows[at].row)  # type: ignore[union-attr]  # there are rows
        assert view.verticalScrollBar().value() > 0
        assert view.rowViewportPosition(view.rowAt(0)) == 0


def test_the_lines_of_phi_are_whole_at_1280_pixels(qtbot: QtBot) -> None:
    view = PhiView()
    qtbot.addWidget(view)
    view.resize(526, 300)
    view.show()
    factors = (PhiFactor("education = Masters", "Masters", 0.0), PhiFactor("occupation = Sales", "Sales", 1.0))
    cross, phi = CrossName(("education", "occupation"), ("education", "occupation"), 255), Phi(factors, 0.192, 3216)
    view.show_crosses((cross,), cross.key)
    view.show_phi(cross, [phi])
    qtbot.waitUntil(view.factors.isVisible)
    *_named, numbers = _phi_lines(phi)
    assert numbers.endswith("3,216 training rows") and text_width(numbers, 12) <= view.factors.width()


def test_a_bag_is_read_out_as_the_language_does_it(in_chinese: None) -> None:
    assert text_of(("a", "b")) == "a、b" and text_of(()) == "–"
