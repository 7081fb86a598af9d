"""Explain a row, asked of a real child: it opens, is lost and comes back, and sees what has been trained on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.workspaces.recommender.explain.explainer import (
    DEEP,
    JOINT,
    WIDE,
    Halves,
    companions_of,
)
from app.workspaces.recommender.explain.section import ExplainSection
from app.workspaces.recommender.home.starts import Start, plan_of
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.opened import sections_of
from engine.problems import Problem
from tests.engine.recommenders.asked import trained

pytestmark = [pytest.mark.process, pytest.mark.slow, pytest.mark.usefixtures("kept_children", "forked_engine")]
STORE = ["wide-deep", "--data", "app-store", "--size", "4000", "--users", "400", "--items", "120", "--epochs", "1"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A joint model, and the wide half beside it; nobody has trained the deep one."""
    folder = tmp_path_factory.mktemp("store")
    trained(folder / "joint.safetensors", *STORE)
    (folder / "companions").mkdir()
    trained(folder / "companions" / "wide.safetensors", *STORE, "--parts", "wide")
    return folder


@pytest.fixture
def section(made: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[ExplainSection]:
    folder = Path(shutil.copytree(made, tmp_path / "run"))
    run = OpenRun.at(folder / "joint.safetensors")
    run.open_answers()
    section = ExplainSection()
    qtbot.addWidget(section)
    section.resize(1200, 720)
    section.show_run(run)
    section.show()
    yield section
    run.close()


def until_explained(qtbot: QtBot, section: ExplainSection) -> None:
    def done() -> bool:
        shown = section.explainer.comparison
        return shown is not None and bool(shown.simpler) and not section._run.answers.busy

    qtbot.waitUntil(done, timeout=90_000)


def test_it_is_a_section_of_wide_and_deep_alone() -> None:
    assert ExplainSection in sections_of("wide-deep") and ExplainSection not in sections_of("candidates")


def test_a_run_that_is_begun_at_home_trains_the_halves_beside_it() -> None:
    assert plan_of(Start.usual("wide-deep"), "cpu").companions
    assert not plan_of(Start.usual("candidates"), "cpu").companions


def test_companions_are_those_in_the_run_s_own_folder(made: Path) -> None:
    assert companions_of(made / "joint.safetensors") == {WIDE: made / "companions" / "wide.safetensors"}


def test_a_row_is_explained_and_what_is_missing_is_said(qtbot: QtBot, section: ExplainSection) -> None:
    problems: list[Problem] = []
    section._run.problem_found.connect(problems.append)
    assert section.before.label.isVisible()
    until_explained(qtbot, section)
    assert not problems and section.view.isVisible()
    assert section.explainer.said.keys() == {JOINT, WIDE}
    assert section.explainer.comparison is not None and section.explainer.comparison.missing == (DEEP,)
    assert [figure.label for figure in section.figures][:2] == ["Test log loss", "Logistic regression"]
    assert section.figures[0].accent


def test_a_lost_child_is_said_and_started_again_with_the_row_and_its_changes(
    qtbot: QtBot, section: ExplainSection
) -> None:
    until_explained(qtbot, section)
    section.explainer.change("age", 70.0)
    qtbot.waitUntil(lambda: section.explainer.row is not None and "age" in section.explainer.row.changed)
    before = section.explainer.row
    section._run.answers._child.send({"ask": "stop"})  # type: ignore[union-attr]
    qtbot.waitUntil(section.asking.lost.isVisible)
    section.asking.lost.wanted.click()
    qtbot.waitUntil(lambda: not section.asking.lost.isVisible())
    until_explained(qtbot, section)
    qtbot.waitUntil(lambda: section.explainer.row == before)


def test_a_number_beyond_the_network_is_said_and_the_former_answer_stays(qtbot: QtBot, section: ExplainSection) -> None:
    problems: list[Problem] = []
    section._run.problem_found.connect(problems.append)
    until_explained(qtbot, section)
    section.explainer.change("age", 70.0)
    qtbot.waitUntil(lambda: section.explainer.row is not None and "age" in section.explainer.row.changed)
    before = section.explainer.row
    section.explainer.change("age", 1e300)
    qtbot.waitUntil(lambda: bool(problems) and not section._run.answers.busy)
    (problem,) = problems
    assert problem.sentence.startswith("“age” = 1e+300 is out of range. Give a number from")
    assert section.explainer.row == before and section.explainer.edits.count() == 1
    assert section.view.isVisible() and section.explainer.edits.canUndo() and not section.explainer.edits.canRedo()
    field = section.view.editor.fields["age"]
    assert field.line.text() == "70"


def test_where_nothing_answers_nothing_is_loading(qtbot: QtBot, section: ExplainSection) -> None:
    until_explained(qtbot, section)
    section._run.checkpoint.write_bytes(b"no checkpoint")
    section._run.restart_answers()
    assert section.view.why._hint.full_text == "Loading …"
    qtbot.waitUntil(section.asking.lost.isVisible)
    assert section.view.why._hint.full_text == "Not known, as nothing answers at the moment."


def test_what_has_been_trained_on_is_offered(qtbot: QtBot, section: ExplainSection) -> None:
    until_explained(qtbot, section)
    section._run.changed.emit()
    assert section.asking.trained_on.isHidden()
    os.utime(section._run.checkpoint)
    section._run.changed.emit()
    assert section.asking.trained_on.isVisible()
    before = section.explainer.row
    assert before is not None
    section.asking.trained_on.wanted.click()
    section.explainer.choose_row(before.row)
    assert section.explainer.is_loading and section.view.why._hint.full_text == "Loading …", "not the old figures"
    qtbot.waitUntil(section.asking.trained_on.isHidden)
    until_explained(qtbot, section)
    qtbot.waitUntil(lambda: section.explainer.row is not None and section.explainer.row.row == before.row)


def test_a_half_that_is_trained_on_stands_beside_the_model_no_more(made: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "run"))
    halves = Halves.of(companions_of(folder / "joint.safetensors"))
    assert halves.same.keys() == {WIDE} and not halves.trained_on
    os.utime(folder / "companions" / "wide.safetensors", ns=(0, 0))
    assert not halves.same and halves.trained_on
    (folder / "companions" / "wide.safetensors").unlink()
    assert not halves.same and not halves.trained_on


def test_a_half_that_is_damaged_is_said_and_loses_nothing_else(
    qtbot: QtBot, section: ExplainSection, made: Path
) -> None:
    """One damaged half took every model's figures, and the sum of the row, with it."""
    problems: list[Problem] = []
    section._run.problem_found.connect(problems.append)
    until_explained(qtbot, section)
    folder = section.explainer.others.paths[WIDE].parent
    (folder / "deep.safetensors").write_bytes((folder / "wide.safetensors").read_bytes()[:-100])
    section._start()
    qtbot.waitUntil(lambda: "deep.safetensors" in section.view.models.missing.text(), timeout=90_000)
    until_explained(qtbot, section)
    assert "There is no" not in section.view.models.missing.text()
    assert section.explainer.said.keys() == {JOINT, WIDE} and not problems


def test_a_half_that_is_trained_on_is_said(qtbot: QtBot, section: ExplainSection) -> None:
    until_explained(qtbot, section)
    os.utime(section.explainer.others.paths[WIDE], ns=(0, 0))
    section.explainer.change("age", 70.0)
    section._run.changed.emit()
    assert section.asking.trained_on.isVisible()
    until_explained(qtbot, section)
    assert section.explainer.said.keys() == {JOINT}
    section.asking.trained_on.wanted.click()
    qtbot.waitUntil(lambda: section.explainer.said.keys() == {JOINT, WIDE})
    assert section.asking.trained_on.isHidden()
    until_explained(qtbot, section)
