"""Parts of the Model section by themselves: which columns a block reads, which kinds there are, what a draft plans."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from pydantic import ValidationError
from PySide6.QtCore import QPoint, QRect, Qt, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Line, Rectangle
from app.workspaces.recommender.answers import read_answer
from app.workspaces.recommender.model.crosses import (
    CombinationBars,
    CrossDock,
    CrossesPanel,
    PhiCard,
    draw_combinations,
    product_text,
    title_of,
)
from app.workspaces.recommender.model.desk import ColumnPicker, first_problem, offered
from app.workspaces.recommender.model.draft import (
    RunDraft,
    laid_out,
    same_network,
    with_layout,
)
from app.workspaces.recommender.model.run_panels import FeatureRow
from app.workspaces.recommender.rank.sum_card import lines_of
from engine.cli.outcome import as_json
from engine.graph.edit import move_blocks, remove_blocks, set_params
from engine.graph.model import NetworkGraph
from engine.graph.validation import GraphProblem
from engine.problems import Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.row_numbers import RowNumbers
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.drafts.answers import AboutDraft, DraftColumn, DraftFeature, DraftRows, GraphCheck
from engine.recommenders.tasks.ranking.answers import Impression
from engine.recommenders.tasks.wide_deep.answers import ColumnCondition, Combination, CrossMember, RowProduct
from engine.recommenders.tasks.wide_deep.graph import wide_deep
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec

SIZES = {"job": 4, "town": 5, "age (binned)": 6, "tags": 7}
COLUMNS = (
    DraftColumn("job", "category", 4),
    DraftColumn("town", "category", 5),
    DraftColumn("age (binned)", "bins", 6),
    DraftColumn("tags", "bag", 7),
    DraftColumn("age", "number", None),
    DraftColumn("hours", "number", None),
)
SPEC = WideDeepSpec(crosses=(("job", "town"),), hidden=(4,))


def template(**spec: object) -> NetworkGraph:
    fields = Fields(categories=("job", "town", "age (binned)"), bags=("tags",), numbers=("age",))
    return laid_out(wide_deep(fields, SIZES, SPEC.model_copy(update=spec)))


def about(graph: NetworkGraph | None = None, spec: WideDeepSpec = SPEC) -> AboutDraft:
    drawn, data = template(), RecommenderData(source="adult")
    return AboutDraft(
        "wide-deep", "Wide & Deep", data, "Adult", DraftRows(100, 80, "rows"), spec.model_dump(mode="json"),
        graph or drawn, drawn, graph is not None, None, None, COLUMNS, (),
    )  # fmt: skip


def plan(**values: object) -> RunPlan:
    return RunPlan(
        name="A run", model="wide-deep", data=RecommenderData(source="adult"), training=Training(), **values
    )  # fmt: skip


@pytest.fixture
def draft(qapp: object) -> RunDraft:
    return RunDraft(plan(), about())


def block_of(draft: RunDraft, title: str) -> str:
    return next(block.id for block in draft.graph.blocks if block.title == title)


def picker(draft: RunDraft, qtbot: QtBot, title: str) -> ColumnPicker:
    made = ColumnPicker(draft.document, about())
    qtbot.addWidget(made)
    made.set_selection((block_of(draft, title),))
    return made


def test_a_block_reads_another_column_of_its_sort_in_one_step(draft: RunDraft, qtbot: QtBot) -> None:
    shown = picker(draft, qtbot, "job")
    assert [shown.one.itemData(at) for at in range(shown.one.count())] == ["job", "town", "age (binned)"]
    assert shown.note.text() == "3 known values, and one place for unknown ones"
    block_id = block_of(draft, "job")
    shown.one.picked.emit("age (binned)")
    block = draft.graph.block(block_id)
    assert (block.params.model_dump()["column"], block.params.model_dump()["size"]) == ("age (binned)", 6)
    assert block.title == "age (binned)"
    assert shown.note.text() == "6 bins of the number"
    assert draft.undo_stack.count() == 1
    draft.undo_stack.undo()
    assert not draft.edited


def test_numbers_are_ticked_and_a_block_that_reads_wires_has_no_columns(draft: RunDraft, qtbot: QtBot) -> None:
    shown = picker(draft, qtbot, "Numbers")
    shown.several.toggled.emit("hours", True)
    assert draft.graph.block(block_of(draft, "Numbers")).params.model_dump()["columns"] == ("age", "hours")
    shown.set_selection((block_of(draft, "Deep 1"),))
    assert shown.block is None and not shown.isVisibleTo(shown.parentWidget())


def test_only_kinds_of_this_recommender_are_offered() -> None:
    keys = [kind.key for kind in offered(template())]
    assert {"dense", "cross", "embedding", "joint_logit", "categorical"} <= set(keys)
    assert not {"input", "output", "sampled_softmax", "weighted_logistic"} & set(keys)


def test_a_plan_has_the_graph_only_where_its_spec_does_not_draw_it(draft: RunDraft) -> None:
    assert draft.plan("x").graph is None and not draft.edited
    graph = draft.graph
    draft.document.edit("move", graph=move_blocks(graph, {"dense-1": (5.0, 5.0)}))
    assert draft.plan("x").graph is None and not draft.edited
    draft.document.edit("width", graph=set_params(draft.graph, "dense-1", units=9))
    made = draft.plan("x")
    assert made.graph == draft.graph and draft.edited
    assert (made.model, made.data, made.device) == ("wide-deep", draft.base.data, draft.base.device)
    assert len(draft.plan("x" * 300).name) == 200


def test_a_graph_that_was_edited_before_is_planned_as_it_is_drawn(qapp: object) -> None:
    """The spec of such a run is told of its graph: it does not draw up the template of the plan's own."""
    edited = set_params(template(), "dense-1", units=9)
    described = about(edited, SPEC.model_copy(update={"hidden": (9,)}))
    draft = RunDraft(plan(graph=edited), described)
    assert draft.plan("x").graph is not None
    draft.document.edit("back", graph=template())
    made = draft.plan("x")
    assert made.graph == template()
    again = RunDraft(plan(graph=edited), described)
    again.take_up(made)
    assert again.edited and same_network(again.graph, template())
    again = RunDraft(plan(graph=edited), described)
    again.take_up(made.model_copy(update={"graph": None}))
    assert same_network(again.graph, template())


def test_a_draft_that_is_rebased_on_an_edited_graph_goes_on_to_plan_it(draft: RunDraft) -> None:
    first = draft.state
    draft.edit("spec", wish=draft.wish.with_spec({"parts": "deep"}), graph=set_params(draft.graph, "dense-1", units=9))
    draft.rebase(draft.plan("x"))
    draft.edit("back", graph=first.graph)
    assert draft.plan("x").graph is not None


def test_a_remark_is_taken_back_once_the_graph_is_another(draft: RunDraft) -> None:
    draft.document.edit("width", graph=set_params(draft.graph, "dense-1", units=9))
    draft.document.remark(GraphProblem(Problem("x.y", "The data have no such column.", {}), "dense-1"))
    draft.edit("seed", wish=draft.wish.with_training(seed=9))
    assert first_problem(draft) is not None
    draft.undo_stack.undo()
    assert first_problem(draft) is not None
    draft.undo_stack.undo()
    assert first_problem(draft) is None and not draft.document.remarks


def test_steps_of_one_gesture_are_one_and_one_that_comes_back_is_none(draft: RunDraft) -> None:
    wish = draft.wish
    for seed in (1, 2, 3):
        draft.edit("seed", wish=wish.with_training(seed=seed), merge="drag")
    assert draft.undo_stack.count() == 1 and draft.wish.training.seed == 3
    draft.edit("seed", wish=wish, merge="drag")
    assert draft.undo_stack.count() == 0 and not draft.edited
    draft.edit("limit", wish=wish.with_limit(60.0))
    assert draft.plan("x").time_limit == 60.0
    draft.reset()
    assert not draft.edited and draft.undo_stack.count() == 2


def test_an_earlier_draft_is_taken_up_in_one_step_and_rebased_on(draft: RunDraft) -> None:
    kept = draft.plan("x").model_copy(update={"graph": set_params(draft.graph, "dense-1", units=9)})
    draft.take_up(kept)
    assert draft.edited and draft.undo_stack.count() == 1
    draft.rebase(kept)
    assert not draft.edited and draft.base is kept


def test_answers_are_read_and_a_graph_that_is_the_template_is_laid_out() -> None:
    raw = wide_deep(Fields(categories=("job", "town")), {"job": 4, "town": 5}, SPEC).model_dump(mode="json")
    column = {"name": "job", "sort": "category", "size": 4, "feature": None}
    answer = json.loads(as_json(about())) | {"graph": raw, "template": raw, "columns": [column]}
    found = with_layout(read_answer(AboutDraft, answer))
    assert found.graph is found.template and same_network(found.graph, NetworkGraph.model_validate(raw))
    assert found.crossable == (DraftColumn("job", "category", 4),) and found.rows.rows == 100
    problem = {"code": "x.y", "sentence": "Mend {it}.", "parameters": {}}
    empty = GraphCheck(None, "dense-1", None, (), (), (), None, ())
    checked = read_answer(GraphCheck, json.loads(as_json(empty)) | {"problem": problem})
    assert checked.problem is not None and checked.problem.sentence == "Mend {it}." and checked.parameters is None
    with pytest.raises(ValidationError):
        read_answer(GraphCheck, {})


def test_no_cross_is_added_where_there_is_no_end_that_it_could_be_for(qtbot: QtBot) -> None:
    drawn = template(parts="deep", crosses=())
    draft = RunDraft(plan(), about(drawn))
    panel = CrossesPanel(draft, about())
    qtbot.addWidget(panel)
    assert panel.total.text().startswith("No crosses") and not panel.remove.isEnabled()
    panel.columns.set_ticked(("job", "town"))
    panel.columns.toggled.emit("town", True)
    assert panel.add.isEnabled()
    draft.document.edit("no end", graph=remove_blocks(drawn, [block.id for block in drawn.outputs]))
    assert not panel.add.isEnabled()
    draft.undo_stack.undo()
    panel.add.click()
    assert panel.crosses == (("job", "town"),)


FOUR = tuple(DraftColumn(name, "category", size) for name, size in (("job", 4), ("town", 5), ("age", 3), ("sex", 2)))


def tick(panel: CrossesPanel, *names: str) -> None:
    """Click boxes until exactly these are ticked, as a hand does."""
    for item in panel.columns.lines():
        if (item.checkState() == Qt.CheckState.Checked) != (item.text() in names):
            item.setCheckState(Qt.CheckState.Checked if item.text() in names else Qt.CheckState.Unchecked)


def test_what_is_ticked_is_what_is_added_or_changed(qtbot: QtBot) -> None:
    draft = RunDraft(plan(), about())
    panel = CrossesPanel(draft, replace(about(), columns=FOUR))
    qtbot.addWidget(panel)
    first = panel.crosses
    assert first == (("job", "town"),) and panel.columns.ticked == ("job", "town")
    assert not panel.add.isEnabled() and "crossed already" in panel.add.toolTip()
    tick(panel, "town", "sex")
    assert panel.crosses == first, "a tick alone edits nothing"
    panel.add.click()
    assert panel.crosses == (*first, ("town", "sex")) and panel.at == 1
    tick(panel, "age")
    assert not panel.add.isEnabled() and "two to 6" in panel.add.toolTip()
    tick(panel, "age", "sex", "town")
    panel.change.click()
    assert panel.crosses == (*first, ("town", "age", "sex")) and panel.at == 1
    draft.undo_stack.undo()
    draft.undo_stack.undo()
    assert panel.crosses == first
    panel.remove.click()
    assert panel.crosses == () and not panel.change.isEnabled()
    tick(panel, "age", "sex")
    panel.add.click()
    assert panel.crosses == (("age", "sex"),)


@pytest.mark.parametrize("button", ["add", "change"])
def test_focus_goes_to_the_columns_once_they_are_crossed(button: str, qtbot: QtBot) -> None:
    panel = CrossesPanel(RunDraft(plan(), about()), replace(about(), columns=FOUR))
    qtbot.addWidget(panel)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    tick(panel, "town", "sex")
    pressed = getattr(panel, button)
    pressed.setFocus()
    qtbot.keyClick(pressed, Qt.Key.Key_Space)
    assert ("town", "sex") in panel.crosses
    assert not pressed.isEnabled() and panel.focusWidget() is panel.columns


def test_a_column_whose_name_has_an_ampersand_is_written_in_full(qtbot: QtBot) -> None:
    row = FeatureRow(DraftFeature("category:R&D", "category", "R&D", True, True, None, "A column.", (), {}))
    qtbot.addWidget(row)
    assert row.box.text() == "R&&D" and row.box.accessibleName() == "R&D" and row.box.shortcut().isEmpty()


def test_the_product_is_written_as_it_is_multiplied() -> None:
    members = (CrossMember("a", ("x",), 1), CrossMember("b", (), 0))
    assert product_text(RowProduct(members, 0, ())) == r"\phi = x_{1} \cdot x_{2} = 1 \cdot 0 = 0"
    assert product_text(RowProduct(members[:1], 1, ())) == r"\phi = x_{1} = 1"


def test_combinations_are_drawn_with_rows_rate_and_the_mark_of_all_rows(qapp: object) -> None:
    both, unknown = ((ColumnCondition("x", "a"), ColumnCondition("y", value)) for value in ("b", "?"))
    shown = (Combination("", both, 30, 0.3, 0.5, False), Combination("", unknown, 0, 0.0, None, True))
    drawing = draw_combinations(CombinationBars(shown, 0.2), Frame(400, 120))
    assert drawing.table().rows == [("a × b", 30, 0.3, 0.5), ("a × ?", 0, 0.0, "")]
    assert "a × b: 30 rows, 30.0 % of all; yes in 50 %" in drawing.description
    (mark,) = [mark for mark in drawing.marks if isinstance(mark, Line)]  # what has no rows has no rate
    track, filled = [mark.rect for mark in drawing.marks if isinstance(mark, Rectangle) and mark.fill][-3:-1]
    assert filled[2] == pytest.approx(track[2] / 2) and mark.start[0] == pytest.approx(track[0] + track[2] / 5)


class Chinese(QTranslator):
    """Says a few sources in Chinese, by its own small list."""

    WORDS = MappingProxyType(
        {"{number} (binned)": "{number}（分箱）", ", ": "、", "{count}: {videos}": "{count}：{videos}"}
    )

    def translate(self, _context: str, text: str, _of: str | None = None, _count: int = -1) -> str | None:  # type: ignore[override]
        return self.WORDS.get(text)


@pytest.fixture
def in_chinese(qapp: QApplication) -> Iterator[None]:
    translator = Chinese()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("in_chinese")
def test_what_is_shown_of_columns_and_lists_is_in_the_windows_language() -> None:
    assert title_of(("age (binned)", "job")) == "age（分箱） × job"
    shown = Impression(0, "u", "v", "t", 0.0, 0.0, 0.0, False, 0.0, 0.0, {}, {}, ("one", "two"))
    assert dict(lines_of(shown))["watched, averaged"].endswith("：two、one")


@pytest.mark.parametrize(("width", "is_beside"), [(370, False), (900, True)])
def test_the_product_of_a_cross_is_whole_beside_its_bars_or_below_them(
    qtbot: QtBot, width: int, is_beside: bool
) -> None:
    """At 150 % half of it lay beyond the right edge."""
    dock = CrossDock(RowNumbers(20))
    qtbot.addWidget(dock)
    dock.resize(width, 240)
    dock.show()
    phi, card = (QRect(part.mapTo(dock, QPoint(0, 0)), part.size()) for part in (dock.phi, dock.card))
    assert phi.right() < width and phi.width() >= dock.phi.minimumSizeHint().width()
    assert (phi.left() > card.right()) is is_beside and (phi.top() > card.bottom()) is not is_beside


def test_rows_that_were_left_out_of_a_file_are_passed_over(qtbot: QtBot) -> None:
    """Model counted rows from 0, and Explain and notices as the file does."""
    card = PhiCard(RowNumbers(5, np.array([2, 3, 7, 8, 12])))
    qtbot.addWidget(card)
    chosen: list[int] = []
    card.row_chosen.connect(chosen.append)
    for number in (3, 4, 6, 1, 9, 11):
        card.row.setValue(number)
    assert chosen == [3, 7, 3, 2, 12, 8] and card.row.value() == 8
    assert "of the file" in card.row.toolTip()
