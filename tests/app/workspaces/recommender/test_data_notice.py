"""An open run whose file has changed says so over every section, and finds the file or judges the new rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.kit.numbers import NOTHING
from app.kit.widgets.section import LINE_HEIGHT
from app.workspaces.recommender.data.mapping_dialog import MappingDialog
from app.workspaces.recommender.data.section import DataSection, LogView, TableView
from app.workspaces.recommender.data_notice import MOST_FIGURES, DataNotice, figures_on_new_rows
from app.workspaces.recommender.home.starts import plan_of, start_with
from app.workspaces.recommender.model.draft import _left, keep
from app.workspaces.recommender.model.section import ModelSection
from app.workspaces.recommender.open_run import OpenRun, opening_of
from app.workspaces.recommender.opened import OpenedRun
from app.workspaces.recommender.train.section import TrainSection
from engine.cli.main import run
from engine.data.problems import ROWS_WITHOUT_TARGET
from engine.problems import UNREADABLE, EngineError
from engine.recommenders.data.data_choice import RecommenderData, TableChoice
from engine.recommenders.data.profile.shapes import Profile
from engine.recommenders.judging.next_watch import NO_ADDED_WATCHES
from engine.recommenders.running.checkpoints import read
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.runs import new_run
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.candidates.task import ADDED_WATCHES_LEARNED
from engine.recommenders.tasks.data_change import change_of_data, is_data_change
from engine.recommenders.tasks.opening import reopened
from tests.engine.recommenders.test_rec_data_changed import HEAD, examples, of_old, trained_with_items, watched, written

pytestmark = pytest.mark.usefixtures("forked_engine")
WAIT_MS = 60_000
TABLE = "colour,x,age,bought"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, Path]]:
    """A run of Wide & Deep, or of candidate generation, and the file that it was trained on."""
    folder = tmp_path_factory.mktemp("runs")

    def train(model: str) -> tuple[Path, Path]:
        path, home = folder / f"{model}.csv", folder / model
        if model == "wide-deep":
            written(path, examples(), TABLE)
            columns = ["--label", "bought", "--equals", "yes"]
        else:
            written(path, watched())
            columns = ["--user", "user", "--item", "film", "--time", "when", "--items-file", str(path)]
            columns += ["--item-id", "film", "--item-title", "title"]
        if not home.exists():
            arguments = ["--data", str(path), *columns, "--epochs", "1", "--device", "cpu", "--run", str(home)]
            assert run(["recommend", "train", model, *arguments]) == 0
        return home, path

    return train


class Bench:
    """A run that is open, and its notice."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        self.qtbot, self.run = qtbot, OpenRun.at(home)
        self.opened = OpenedRun(self.run)
        qtbot.addWidget(self.opened)
        self.opened.resize(1200, 760)
        self.opened.show()
        self.run.follow()
        self.opened.show_section(self.opened.first)

    @property
    def notice(self) -> DataNotice:
        return self.opened.data_notice

    @property
    def says(self) -> str:
        return "" if self.notice.isHidden() else self.notice.text.text()

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def looked(self) -> None:
        """Wait until it has looked."""
        self.until(lambda: not self.notice._looks.busy)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Callable[[Path], Bench]]:
    benches: list[Bench] = []

    def build(home: Path) -> Bench:
        benches.append(Bench(qtbot, home))
        return benches[-1]

    yield build
    for built in benches:
        built.opened.close_run()


def test_added_rows_are_said_and_judged_on(
    trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench]
) -> None:
    home, path = trained("wide-deep")
    own = bench(home)
    own.looked()
    assert own.says == ""
    written(path, [*examples(), *examples(3000, seed=5)], TABLE)
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)  # back from the spreadsheet
    own.until(lambda: own.says)
    assert own.says == (
        "3,000 rows were added to “wide-deep.csv”; figures are for the rows it was trained and tested on."
    )
    assert own.notice.find_button.isHidden(), "it lies in its place"
    own.notice.judge_button.click()
    own.until(lambda: "AUC" in own.notice.figures.text())
    first, *others = own.notice.figures.text().splitlines()
    assert first == "On 3,000 added rows:" and len(others) == 2
    assert all("this network 0." in line and "logistic regression 0." in line for line in others)
    assert all(re.search(r"this network 0\.\d{4} ± 0\.\d{4}", line) for line in others)
    own.until(own.notice.judge_button.isEnabled)
    answer, folded = own.notice.answer, own.notice.heightForWidth(1200)
    assert not answer.is_open and not own.notice.figures.isVisible(), "three lines stay one until opened"
    assert (answer.heading.text(), answer.heading.hint) == ("On 3,000 added rows", others[0])
    answer.heading.click()
    assert own.notice.figures.isVisible() and own.notice.heightForWidth(1200) > folded


def test_all_that_has_changed_is_said_and_how_the_file_is_read_now(
    trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench]
) -> None:
    """Of a title renamed, a row added and one without a time, the first alone was said."""
    home, path = trained("candidates")
    renamed = [line.replace(",Film 3,", ",Renamed,") for line in watched()]
    written(path, [*renamed, "u3,f4,9000000,Film 4,5", "u3,f4,noday,Film 4,5"])
    own = bench(home)
    own.until(lambda: own.says)
    assert own.says.splitlines() == [
        "One row was added to “candidates.csv”; figures are for the rows it was trained and tested on.",
        "Titles in “candidates.csv” have changed, too. The titles shown here are those from training.",
    ]
    left_out = (
        "Rows left out because “when” holds no time in them: 1; the first is row 723 of the file"
        " (counting any header), with “noday”."
    )
    assert own.notice.as_now.text() == own.notice.reading.heading.hint == left_out
    own.notice.judge_button.click()
    own.until(lambda: "Figures on only 1 row say little." in own.notice.figures.text())
    assert left_out not in own.notice.figures.text(), "the same stood there twice"
    own.until(own.notice.judge_button.isEnabled)
    answer = own.notice.answer
    assert "Figures on only 1 row say little." in answer.heading.hint, "“100 %” of one row stood by itself"
    assert not answer.is_open and own.notice.heightForWidth(1200) <= 8 * LINE_HEIGHT, "it left no room for the page"
    answer.heading.click()
    assert answer.content.height() <= MOST_FIGURES < own.notice.figures.height(), "opened, it scrolls"
    written(path, watched())


def test_a_figure_of_the_whole_catalogue_is_said_to_say_nothing_beside_it(
    trained: Callable[[str], tuple[Path, Path]], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.recommenders.tasks.candidates.kind._length_in", lambda _kept: 50)  # of an older run
    section, run_at = TrainSection(), OpenRun.at(trained("candidates")[0])
    qtbot.addWidget(section)
    section.show_run(run_at)
    run_at.follow()
    section.enter()
    said = "A list of 50 holds all 40 items, so hit rate@50 says nothing."
    qtbot.waitUntil(lambda: said in section.caveats.text(), timeout=WAIT_MS)
    run_at.close()


def test_a_file_that_is_gone_is_found_again_and_the_network_answers_meanwhile(
    trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench], tmp_path: Path
) -> None:
    home, path = trained("candidates")
    moved = path.rename(tmp_path / "moved.csv")
    own = bench(home)
    own.until(lambda: "isn't there any more" in own.says)
    assert own.notice.judge_button.isHidden() and not own.notice.find_button.isHidden()
    answers: list[dict[str, object]] = []
    own.run.open_answers()
    own.run.answers.ask("recommend", {"user": "u3", "shown": 5}, lambda answer: answers.append(dict(answer)))
    own.until(lambda: answers)
    assert len(answers[0]["shown"]) == 5  # type: ignore[arg-type]
    rows, trained = watched(), len(watched())
    other = written(tmp_path / "other.csv", [*rows[:9], *(row.replace("u", "x") for row in rows[9:])])
    own.notice.take_file(str(other))
    own.until(lambda: own.notice.figures.text())
    assert own.notice.figures.text() == (
        f"“other.csv” isn't the training file: it has only 9 of its {trained} rows. Choose another."
    )
    assert own.says and own.run.data.path == path
    lacking = tmp_path / "lacking.csv"
    lacking.write_text("a,b\n1,2\n")
    own.notice.take_file(str(lacking))
    own.until(lambda: "lacking.csv" in own.notice.figures.text())
    assert own.notice.figures.text() == (
        f"“{lacking}” has no columns “user”, “film”, “when”; it has “a”, “b”. Make the names match, or choose another"
        " file. As it is, “lacking.csv” isn't the training file."
    )
    own.notice.take_file(str(moved))
    own.until(lambda: not own.says)
    assert RunFolder(home).read_plan().data.path == moved and own.run.data.path == moved
    again = bench(home)
    again.looked()
    assert again.says == ""


def test_why_a_file_cannot_be_read_is_said_in_the_language_of_the_window(
    trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench], in_chinese: None
) -> None:
    home, path = trained("wide-deep")
    path = RunFolder(home).read_plan().data.path or path
    path.write_bytes(b"\x00\x01\x02")
    own = bench(home)
    own.until(lambda: own.says)
    files = f"{re.escape(str(path))}|{re.escape(path.name)}|CSV|Parquet|UTF-8"
    assert not re.search("[A-Za-z]", re.sub(files, "", own.says))
    own.notice.take_file(str(path))
    own.until(own.notice.figures.text)
    assert not re.search("[A-Za-z]", re.sub(files, "", own.notice.figures.text()))
    written(path, examples(), TABLE)


def test_a_look_that_began_before_the_file_was_found_says_nothing_any_more(
    trained: Callable[[str], tuple[Path, Path]],
    bench: Callable[[Path], Bench],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home, path = trained("wide-deep")
    path = RunFolder(home).read_plan().data.path or path
    away = path.rename(tmp_path / "away.csv")
    own = bench(home)
    own.until(lambda: "isn't there any more" in own.says)
    own.looked()
    goes_on, looked_late = Event(), Event()

    def late(kind: object, found: object, data: RecommenderData) -> object:
        if data.path != path:
            return change_of_data(kind, found, data)  # type: ignore[arg-type]
        goes_on.wait(WAIT_MS / 1000)
        try:
            return change_of_data(kind, found, data)  # type: ignore[arg-type]
        finally:
            looked_late.set()

    monkeypatch.setattr("app.workspaces.recommender.data_notice.change_of_data", late)
    own.notice._last = None  # so that it does look
    own.notice.look()
    own.notice.take_file(str(away))
    own.until(lambda: own.run.data.path == away)
    goes_on.set()
    own.until(lambda: looked_late.is_set() and not own.notice._looks._threads)
    assert own.says == ""


def test_a_file_that_was_moved_and_has_changed_is_the_file_of_the_training(
    trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench], tmp_path: Path
) -> None:
    home, path = trained("wide-deep")
    path = RunFolder(home).read_plan().data.path or path
    path.rename(tmp_path / "gone.csv")
    own = bench(home)
    own.until(lambda: "isn't there any more" in own.says)
    changed = written(tmp_path / "changed.csv", [*examples()[1:], *examples(40, seed=6)], TABLE)
    own.notice.take_file(str(changed))
    own.until(lambda: own.says.startswith("Rows of “changed.csv” have changed (changed: 0, added: 40, gone: 1)"))
    assert own.notice.answer.isHidden() and not own.notice.judge_button.isHidden()
    own.notice.judge_button.click()
    own.until(lambda: "AUC" in own.notice.figures.text())
    caveat, count, *_ = own.notice.figures.text().splitlines()
    assert own.notice.answer.heading.hint.startswith(caveat), "what makes figures doubtful isn't folded away"
    assert "isn't surely one on unseen rows" in caveat
    assert count == "On 40 rows, new or changed since training:"
    grown = written(tmp_path / "grown.csv", [*examples(), *examples(300, seed=5)], TABLE)
    own.notice.take_file(str(grown))
    own.until(lambda: own.says.startswith("300 rows were added to “grown.csv”"))
    assert not own.notice.judge_button.isHidden()
    assert RunFolder(home).read_plan().data.path == grown and own.run.data.path == grown
    again = bench(home)
    again.until(lambda: again.says.startswith("300 rows were added to “grown.csv”"))


@pytest.mark.parametrize(
    ("rows", "offered"), [("f3,", False), ("u1,f2,3000000,Film 2,5", True), ("new,f2,3000000,Film 2,5", False)]
)
def test_new_rows_are_offered_to_be_judged_on_only_where_they_can_be(
    trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench], rows: str, offered: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Where items were renamed, all was offered that there was to be had: that no watch is new of a known item. Of a
    new user, the command line said why and the window didn't."""
    home, _path = trained("candidates")
    path = RunFolder(home).read_plan().data.path
    assert path is not None
    changed = [row.replace(",f3,", ",renamed,") for row in watched()] if rows == "f3," else [*watched()[1:], rows]
    written(path, changed)
    own = bench(home)
    own.until(lambda: own.says)
    assert "have changed (changed: " in own.says and own.notice.judge_button.isHidden() is not offered
    capsys.readouterr()
    why = NO_ADDED_WATCHES(path=path.name).sentence
    gained = rows.startswith("new")
    assert (why in own.says) is gained
    assert run(["recommend", "evaluate", str(home / "checkpoint.safetensors")]) == 0
    told = capsys.readouterr().out
    assert ("evaluate --rows new" in told) is offered and (why in told) is gained
    assert run(["recommend", "evaluate", str(home / "checkpoint.safetensors"), "--rows", "new"]) == int(not offered)
    assert (why in capsys.readouterr().err) is not offered
    written(path, watched())


def test_a_run_on_other_rows_is_neither_drawn_nor_compared(bench: Callable[[Path], Bench], tmp_path: Path) -> None:
    """Its curve stood in the same chart, and its AUC of other rows beside this one's."""
    path = written(tmp_path / "shop.csv", examples(), TABLE)
    columns = ["--label", "bought", "--equals", "yes", "--epochs", "1", "--device", "cpu"]
    named = ["--numbers", "x,age", "--categories", "colour"]  # those that are read where none is named
    as_text = ["--numbers", "x", "--categories", "colour,age"]
    begun = (("first", 0, []), ("named", 0, named), ("kinds", 0, as_text), ("again", 0, []), ("grown", 300, []))
    for name, rows, chosen in begun:
        written(path, [*examples(), *examples(rows, seed=5)], TABLE)
        home = str(tmp_path / "runs" / name)
        assert run(["recommend", "train", "wide-deep", "--data", str(path), *columns, *chosen, "--run", home]) == 0
    own = bench(tmp_path / "runs" / "first")
    own.opened.show_key("train")
    train = own.opened.section
    assert isinstance(train, TrainSection)
    own.until(lambda: len(train._others) == 4)
    table = train.table
    keys = [table.item(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(table.rowCount())]
    assert set(keys[-4:-1]) == {"run/again", "run/named", "run/kinds"} and keys[-1] == "apart/grown"
    names_of = {key: table.item(row, 0).text() for row, key in enumerate(keys)}
    assert names_of["run/kinds"].endswith(" · “age” as a category")
    assert "age" not in names_of["run/named"] + names_of["run/again"]
    same, other = (table.item(len(keys) + at, 0) for at in (-2, -1))
    assert other.text().endswith(" · other rows (90 of 900)") and "other rows" not in same.text()
    assert same.flags() & Qt.ItemFlag.ItemIsUserCheckable and not other.flags() & Qt.ItemFlag.ItemIsUserCheckable
    figures = [[table.item(len(keys) + at, column).text() for column in (1, 2)] for at in (-2, -1)]
    assert NOTHING not in figures[0] and figures[1] == [NOTHING, NOTHING]
    table.ticked |= set(keys)
    train._follow()
    names = {series.name for chart in (train.charts.figure, train.charts.loss) for series in chart.series}
    assert same.text() in names and other.text() not in names
    shown = tmp_path / "runs" / "grown"
    grown = bench(shown)
    grown.opened.show_key("train")
    beside = grown.opened.section
    assert isinstance(beside, TrainSection)
    grown.until(lambda: len(beside._others) == 2)
    last = beside.table.item(beside.table.rowCount() - 1, 0)
    assert last.text().endswith(" · other rows (60 of 600)")


def test_a_plan_whose_column_is_gone_says_so_and_waits_for_it(bench: Callable[[Path], Bench], tmp_path: Path) -> None:
    """The page was empty, and its button led back to it."""
    path = written(tmp_path / "shop.csv", examples(), TABLE)
    named = ["--label", "bought", "--equals", "yes", "--numbers", "x,age", "--categories", "colour"]
    home = tmp_path / "runs" / "first"
    train = ["recommend", "train", "wide-deep", "--data", str(path), *named, "--epochs", "1", "--device", "cpu"]
    assert run([*train, "--run", str(home)]) == 0
    own = bench(home)
    own.opened.show_key("model")
    model = own.opened.section
    assert isinstance(model, ModelSection)
    own.until(lambda: model.desk is not None)
    written(path, examples(), TABLE.replace("age", "years"))
    own.notice.look()
    own.until(lambda: model.train.text() == "Draft from the file" and model.train.isEnabled())
    model.train.trigger()
    own.until(model.refused.isVisible)
    assert model.refused.text.text() == (
        f"“{path}” has no column “age”; it has “colour”, “x”, “years”, “bought”. Make the names match,"
        " or choose another file."
    )
    assert model.lost.isHidden() and model.rows_shown.isHidden() and not model.train.isEnabled()
    model.refused.back.click()
    own.until(lambda: model.desk is not None and model.desk.isVisible())
    model.train.trigger()
    own.until(model.refused.isVisible)
    written(path, examples(), TABLE)
    own.notice.look()
    own.until(lambda: model.desk is not None and model.desk.isVisible() and model.train.isEnabled())
    assert model.train.text() == "Train as a new run"


def _choose_columns(own: Bench, model: ModelSection) -> None:
    """Press *Choose the columns…*, and take what is proposed."""
    model.refused.choose.click()
    (dialog,) = own.opened.window().findChildren(MappingDialog)
    own.until(dialog.use.isEnabled)
    assert dialog.form.isHidden(), "what a draft of this model learns from is settled"
    dialog.use.click()
    own.until(lambda: model.desk is not None and model.desk.isVisible() and model.train.isEnabled())


def _crosses(model: ModelSection) -> list[list[str]]:
    assert model.draft is not None
    return [list(cross) for cross in model.draft.wish.spec["crosses"]]


def test_columns_chosen_again_change_only_the_draft_and_keep_its_crosses(
    bench: Callable[[Path], Bench], tmp_path: Path
) -> None:
    """A run began at once, and its crosses were gone."""
    path = written(tmp_path / "shop.csv", examples(), TABLE)
    named = ["--label", "bought", "--equals", "yes", "--numbers", "x,age", "--categories", "colour"]
    crosses = ["--cross", "colour,x (binned)", "--cross", "colour,age (binned)"]
    home = tmp_path / "runs" / "first"
    train = ["recommend", "train", "wide-deep", "--data", str(path), *named, *crosses, "--epochs", "1"]
    assert run([*train, "--hidden", "24", "--device", "cpu", "--run", str(home)]) == 0
    own = bench(home)
    own.opened.show_key("model")
    model = own.opened.section
    assert isinstance(model, ModelSection)
    own.until(lambda: model.desk is not None)
    written(path, examples(), TABLE.replace("age", "years"))
    own.notice.look()
    own.until(lambda: model.train.text() == "Draft from the file" and model.train.isEnabled())
    model.train.trigger()
    own.until(model.refused.isVisible)
    plans: list[RunPlan] = []
    own.opened.plan_wanted.connect(plans.append)
    _choose_columns(own, model)
    assert not plans and model.draft is not None
    assert model.draft.edited and not model.draft.can_reset
    assert _crosses(model) == [["colour", "x (binned)"]] and list(model.draft.wish.spec["hidden"]) == [24]
    model.rows_shown.wanted.click()
    own.until(lambda: model.desk is not None and model.train.text() == "Draft from the file")
    assert len(_crosses(model)) == 2, "the checkpoint's network is as it was"
    model.train.trigger()
    own.until(lambda: model.desk is not None and model.train.text() == "Train as a new run" and model.train.isEnabled())
    assert _crosses(model) == [["colour", "x (binned)"]], "the draft waits for those who come back to it"
    model.train.trigger()
    (plan,) = plans
    assert plan.data.table is not None and plan.data.table.numbers == ("x", "years")
    assert plan.model_dump(mode="json")["spec"]["crosses"] == [["colour", "x (binned)"]]


def test_a_run_that_has_not_begun_takes_other_columns(bench: Callable[[Path], Bench], tmp_path: Path) -> None:
    path = written(tmp_path / "shop.csv", examples(), TABLE.replace("age", "years"))
    data = RecommenderData(source="file", path=path, table=TableChoice(label="bought", equals="yes", numbers=("age",)))
    own = bench(new_run(tmp_path / "runs", plan_of(start_with(data), "cpu")).path)
    own.opened.show_key("model")
    model = own.opened.section
    assert isinstance(model, ModelSection)
    own.until(model.refused.isVisible)
    _choose_columns(own, model)
    assert own.run.doing == "planned" and model.train.text() == "Train this run"
    assert model.draft is not None and model.draft.base.data.table is not None
    assert model.draft.base.data.table.numbers == ("x", "years")


def test_a_run_that_has_not_begun_waits_for_its_column(bench: Callable[[Path], Bench], tmp_path: Path) -> None:
    path = written(tmp_path / "shop.csv", examples(), TABLE.replace("age", "years"))
    table = TableChoice(label="bought", equals="yes", numbers=("x", "age"))
    data = RecommenderData(source="file", path=path, table=table)
    plan = plan_of(start_with(data), "cpu")
    own = bench(new_run(tmp_path / "runs", plan).path)
    own.opened.show_key("model")
    model = own.opened.section
    assert isinstance(model, ModelSection)
    own.until(model.refused.isVisible)
    assert "has no column “age”" in model.refused.text.text() and model.refused.back.isHidden()
    written(path, examples(), TABLE)
    model.refused.again.click()
    own.until(lambda: model.desk is not None and model.desk.isVisible() and model.train.isEnabled())


def test_a_notice_that_comes_moves_no_button(
    trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench]
) -> None:
    """A notice came in above, and the click that was on its way went to another button."""
    home, _path = trained("wide-deep")
    own = bench(home)
    own.opened.show_key("model")
    model = own.opened.section
    assert isinstance(model, ModelSection)
    own.until(lambda: model.desk is not None)
    own.looked()
    own.opened.resize(1200, 1000)  # so high that all fits

    def places() -> dict[str, QPoint]:
        buttons = model.findChildren(QAbstractButton)
        return {button.text(): button.mapTo(own.opened, QPoint()) for button in buttons if button.isVisible()}

    for notice in (own.notice, model.lost, model.rows_shown):
        notice.hide()
    own.opened.layout().activate()
    top = {text: place for text, place in places().items() if place.y() < own.opened.height() // 2}
    assert top
    own.notice.text.setText("3,000 rows were added.")
    own.notice.show()
    model.lost.say("It is lost.")
    model.rows_shown.say("It is a draft.")
    for widget in (own.opened, model):
        widget.layout().activate()
    now = places()
    assert {text: now[text] for text in top} == top


def test_a_new_user_and_item_end_no_program_that_answers(
    trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench]
) -> None:
    home, _path = trained("candidates")
    plan = RunFolder(home).read_plan()
    table = plan.data.path
    assert table is not None
    written(table, [*watched(), "nobody yet,a new film,2000000,New,5"])
    own = bench(home)
    own.until(lambda: own.says)
    assert own.says.startswith("One row was added to")
    lost: list[str] = []
    ready: list[object] = []
    own.run.answers.lost.connect(lost.append)
    own.run.answers.ready.connect(ready.append)
    own.run.open_answers()
    own.until(lambda: ready or lost)
    assert ready and not lost


def test_a_generated_site_has_no_file_to_change(bench: Callable[[Path], Bench], tmp_path: Path) -> None:
    home = tmp_path / "ranking"
    size = ["--size", "4000", "--users", "200", "--items", "100"]
    arguments = ["ranking", "--data", "video-site", *size, "--epochs", "1", "--device", "cpu", "--run", str(home)]
    assert run(["recommend", "train", *arguments]) == 0
    own = bench(home)
    own.looked()
    assert own.says == ""
    ready: list[object] = []
    own.run.answers.ready.connect(ready.append)
    own.run.open_answers()
    own.until(lambda: ready)


def test_a_checkpoint_of_old_answers_once_its_file_is_found(bench: Callable[[Path], Bench], tmp_path: Path) -> None:
    path = written(tmp_path / "shop.csv", examples(), TABLE)
    home, columns = tmp_path / "run", ["--label", "bought", "--equals", "yes", "--epochs", "1", "--device", "cpu"]
    assert run(["recommend", "train", "wide-deep", "--data", str(path), *columns, "--run", str(home)]) == 0
    Path(of_old(str(RunFolder(home).checkpoint))).replace(RunFolder(home).checkpoint)
    moved = path.rename(tmp_path / "moved.csv")
    own = bench(home)
    own.until(lambda: "can't be found" in own.says)
    lost: list[str] = []
    ready: list[object] = []
    own.run.answers.lost.connect(lost.append)
    own.run.answers.ready.connect(ready.append)
    own.run.open_answers()
    own.until(lambda: lost)
    assert "“shop.csv” can't be found. Put it back" in lost[0] and "--" not in lost[0]
    own.notice.take_file(str(moved))
    own.until(lambda: ready)
    own.until(lambda: not own.says)
    written(moved, [*examples(), *examples(300, seed=5)], TABLE)
    own.notice.look()
    ready.clear()
    own.until(lambda: "has changed since training" in own.says)
    own.until(lambda: ready)  # figures are said to be for the rows as they are now
    moved.rename(path)
    own.notice.look()
    own.until(lambda: len(lost) > 1)  # and answers not to be seen any more


def test_the_table_of_items_is_named_and_found(bench: Callable[[Path], Bench], tmp_path: Path) -> None:
    path, items, checkpoint = trained_with_items(tmp_path)
    moved = items.rename(tmp_path / "elsewhere.csv")
    own = bench(checkpoint.parent)
    own.until(lambda: own.says)
    assert own.says.startswith("“items.csv” isn't there any more")
    own.notice.take_file(str(moved))
    own.until(lambda: not own.says)
    data = RunFolder(checkpoint.parent).read_plan().data
    assert (data.path, data.items_file) == (path, moved) and own.run.data == data


def test_both_files_are_found_one_after_the_other(bench: Callable[[Path], Bench], tmp_path: Path) -> None:
    path, items, checkpoint = trained_with_items(tmp_path)
    (tmp_path / "there").mkdir()
    moved, moved_items = path.rename(tmp_path / "there" / "moved.csv"), items.rename(tmp_path / "elsewhere.csv")
    own = bench(checkpoint.parent)
    own.until(lambda: own.says.startswith("“ratings.csv”, “items.csv” aren't there any more"))
    own.notice.take_file(str(moved))
    own.until(lambda: own.says.startswith("“items.csv” isn't there any more"))
    assert RunFolder(checkpoint.parent).read_plan().data.path == path  # not before it is known to be the very file
    own.notice.take_file(str(moved_items))
    own.until(lambda: not own.says)
    data = RunFolder(checkpoint.parent).read_plan().data
    assert (data.path, data.items_file) == (moved, moved_items)


def test_files_that_are_as_they_were_are_not_read_again(
    bench: Callable[[Path], Bench], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _items, checkpoint = trained_with_items(tmp_path)
    read: list[object] = []

    def counted(*given: object) -> object:
        read.append(given)
        return change_of_data(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("app.workspaces.recommender.data_notice.change_of_data", counted)
    own = bench(checkpoint.parent)
    own.until(lambda: read)
    own.looked()
    own.notice.look()
    own.looked()
    assert len(read) == 1 and own.says == ""
    written(path, [*watched(), "u3,f3,9000000,Film 3,5"])
    own.notice.look()
    own.until(lambda: own.says.startswith("One row was added"))
    own.looked()
    times = len(read)  # a look that began before the answer had come reads them too
    own.notice.look()
    own.looked()
    assert len(read) == times >= 2 and own.says.startswith("One row was added")


def test_what_keeps_a_file_from_being_compared_is_said(
    trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, path = trained("wide-deep")
    own = bench(home)
    own.looked()

    def fail(*_: object) -> None:
        raise EngineError(UNREADABLE(path="checkpoint", reason="no such place"))

    monkeypatch.setattr("app.workspaces.recommender.data_notice.moved", fail)
    own.notice.take_file(str(path))
    own.until(lambda: "no such place" in own.notice.figures.text())


@pytest.mark.parametrize("model", ["wide-deep", "candidates"])
def test_the_data_and_the_network_of_a_run_are_seen_whatever_becomes_of_the_file(
    model: str, trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench], tmp_path: Path
) -> None:
    home, path = trained(model)
    path = RunFolder(home).read_plan().data.path or path
    head, lines = (TABLE, examples()) if model == "wide-deep" else (HEAD, watched())
    written(path, lines, head)
    own = bench(home)
    keys = [kind.key for kind in own.opened.kinds]
    own.opened.show_section(keys.index("data"))
    data = own.opened.section
    assert isinstance(data, DataSection)
    own.until(lambda: data.figures and not data.profiler.busy)
    figures, said = data.figures, data.shown
    assert said is not None and not tells_of_training(said)
    own.looked()
    gone = path.rename(tmp_path / "elsewhere.csv")  # nobody tells the window
    own.until(lambda: "isn't there any more" in own.says)
    own.until(lambda: data.shown is not None and tells_of_training(data.shown))
    own.until(lambda: not data.profiler.busy)
    assert [figure.text for figure in data.figures if figure.label != "Columns"] == [
        figure.text for figure in figures if figure.label != "Columns"
    ]
    own.opened.show_section(keys.index("model"))
    network = own.opened.section
    assert isinstance(network, ModelSection)
    own.until(lambda: network.draft is not None)
    assert network.lost.isHidden() and own.run.plan is not None
    own.opened.show_section(keys.index("data"))
    gone.rename(path)
    own.until(lambda: not own.says)
    own.until(lambda: data.shown is not None and not tells_of_training(data.shown))
    own.until(lambda: not data.profiler.busy)
    written(path, [*lines, *lines[:5]], head)
    own.until(lambda: own.says)
    own.until(lambda: data.shown is not None and tells_of_training(data.shown) and not data.profiler.busy)
    assert data.figures[0] == figures[0]
    view = data.stack.currentWidget()
    assert isinstance(view, LogView | TableView)
    assert own.says not in view.said.sentences, "the bar above the page says it already"
    own.notice.take_file(str(written(tmp_path / "original.csv", lines, head)))
    own.until(lambda: not own.says and data.shown is not None and not tells_of_training(data.shown))
    assert data.figures == figures and data.shown == said.model_copy(update={"title": "original.csv"})


def tells_of_training(found: Profile) -> bool:
    return found.warnings[:1] != () and is_data_change(found.warnings[0])


@pytest.mark.parametrize("model", ["wide-deep", "candidates"])
def test_a_run_shows_its_checkpoint_and_the_draft_of_a_new_one_its_file(
    model: str, trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench]
) -> None:
    home, path = trained(model)
    path = RunFolder(home).read_plan().data.path or path
    head, lines = (TABLE, examples()) if model == "wide-deep" else (HEAD, watched())
    more = ["green,0.5,30,yes", "violet,0.5,30,no"] * 40 if model == "wide-deep" else [
        f"n{user},new {film},{9_000_000 + film},New {film},3" for user in range(9) for film in range(4)
    ]  # fmt: skip
    written(path, lines, head)
    own = bench(home)
    own.opened.show_section([kind.key for kind in own.opened.kinds].index("model"))
    network = own.opened.section
    assert isinstance(network, ModelSection)

    def learned() -> str:
        own.until(lambda: network.desk is not None and network.desk.header.checked is not None)
        assert network.desk is not None and network.desk.header.checked is not None
        sizes = network.desk.header.checked.parameters
        assert sizes is not None and f"{sizes.total:,} numbers to learn" in network.desk.header.size_line.full_text
        return f"{sizes.total}"

    held = f"{numbers_in(RunFolder(home).checkpoint)}"
    assert learned() == held and network.rows_shown.isHidden()
    own.looked()
    written(path, [*lines, *more], head)
    own.until(lambda: not network.rows_shown.isHidden())
    assert "as its checkpoint carries them" in network.rows_shown.text.text()
    assert learned() == held and network.rows_shown.wanted.isHidden()
    assert network.train.text() == "Draft from the file" and network.desk is not None
    network.desk.panes.canvas.edits.set_units("dense-1", 12)
    edited = learned()
    assert edited != held and network.draft is not None and network.draft.edited
    with own.qtbot.assertNotEmitted(network.plan_wanted):
        network.train.trigger()
    own.until(lambda: network.draft is not None)
    assert "a draft of a new run" in network.rows_shown.text.text() and network.train.text() == "Train as a new run"
    assert network.draft.graph.block("dense-1").params.model_dump()["units"] == 12  # what was edited is kept
    assert network.desk.panes.canvas.hasFocus()  # the keyboard stays on the page
    assert int(learned()) > int(edited)
    with own.qtbot.waitSignal(network.plan_wanted):
        network.train.trigger()
    network.rows_shown.wanted.click()
    own.until(lambda: network.draft is not None and "as its checkpoint" in network.rows_shown.text.text())
    assert learned() == edited
    network.draft.reset()
    assert learned() == held
    written(path, lines, head)
    own.until(lambda: network.rows_shown.isHidden() and network.train.text() == "Train as a new run")
    assert learned() == held


def numbers_in(checkpoint: Path) -> int:
    """The numbers that the trained network has learnt."""
    found = reopened(read(checkpoint)).network
    return found.theta.numel() + sum(table.numel() for table in found.tables.values())


def test_a_run_is_not_begun_on_a_file_that_is_gone(
    trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench], tmp_path: Path
) -> None:
    home, path = trained("wide-deep")
    path = RunFolder(home).read_plan().data.path or path
    own = bench(home)
    gone = path.rename(tmp_path / "elsewhere.csv")
    own.opened.show_section([kind.key for kind in own.opened.kinds].index("model"))
    network = own.opened.section
    assert isinstance(network, ModelSection)
    own.until(network.train.isEnabled)
    with own.qtbot.waitSignal(own.run.problem_found) as told:
        network.train.trigger()
    assert told.args is not None and told.args[0].code == "recommender.data-needed"
    own.until(own.notice.find_button.isVisible)
    assert own.notice.find_button.text().rstrip(" …").lower() in told.args[0].sentence  # in the button's own words
    gone.rename(path)


@pytest.mark.parametrize("alone", [False, True], ids=["run", "checkpoint by itself"])
def test_a_page_that_was_built_before_trains_on_the_file_that_was_found(
    trained: Callable[[str], tuple[Path, Path]], bench: Callable[[Path], Bench], tmp_path: Path, *, alone: bool
) -> None:
    home, path = trained("wide-deep")
    path = RunFolder(home).read_plan().data.path or path
    place = Path(copy(RunFolder(home).checkpoint, tmp_path / "alone.safetensors")) if alone else home
    path = opening_of(place).data.path or path
    written(path, examples(), TABLE)
    own = bench(place)
    own.opened.show_section([kind.key for kind in own.opened.kinds].index("model"))
    network = own.opened.section
    assert isinstance(network, ModelSection)
    own.until(lambda: network.draft is not None and network.train.isEnabled())
    own.looked()
    assert network.desk is not None and network.draft is not None
    network.desk.panes.canvas.edits.set_units("dense-1", 12)
    moved = path.rename(tmp_path / "found.csv")
    own.until(lambda: "isn't there any more" in own.says)
    own.notice.take_file(str(moved))
    own.until(lambda: not own.says)
    own.until(lambda: network.rows_shown.isHidden() and network.train.text() == "Train as a new run")
    with own.qtbot.waitSignal(network.plan_wanted) as wanted:
        network.train.trigger()
    assert wanted.args is not None and wanted.args[0].data.path == moved
    assert network.draft.undo_stack.canUndo()  # what was edited is kept


def test_a_draft_in_a_file_goes_on_after_the_data_was_found_elsewhere(tmp_path: Path) -> None:
    plan = RunPlan(
        name="shop", model="wide-deep", data=RecommenderData(source="table", path=tmp_path / "old.csv"), spec={},
        training=Training(),
    )  # fmt: skip
    found = plan.model_copy(update={"data": plan.data.model_copy(update={"path": tmp_path / "new.csv"})})
    other = plan.model_copy(update={"data": RecommenderData(source="adult")})
    keep(tmp_path / "draft.json", plan)
    kept, problem = _left(tmp_path / "draft.json", found)
    assert kept == plan and problem is None
    kept, problem = _left(tmp_path / "draft.json", other)
    assert kept is None and problem is not None and problem.code == "app.other-draft"


def test_what_the_figures_on_new_rows_leave_out_is_said_with_them() -> None:
    learned = ADDED_WATCHES_LEARNED(count="3")
    note = {"code": learned.code, "sentence": learned.sentence, "parameters": {}}
    figures = {"this network": {"HR@50": 0.5, "HR@50.error": 0.02}, "popular": {"HR@50": 0.4, "HR@50.error": None}}
    compared_by = ["HR@50", "NDCG@50"]
    document = {
        "judged_rows": 30, "figures": figures, "notices": [note], "file_notices": [], "compared_by": compared_by
    }  # fmt: skip
    told = figures_on_new_rows(document)
    assert "this network 50.0 ± 2.0 %, popular 40.0 %" in told
    assert told.splitlines()[0] == "On 30 added rows:" and told.splitlines()[-1] == learned.sentence
    alike = {"this network": {"log_loss": 0.813, "log_loss.error": None, "auc": None}}
    told = figures_on_new_rows({**document, "figures": alike, "compared_by": ["log_loss", "auc"]}).splitlines()
    assert told[1:5] == [
        "Log loss: this network 0.8130",
        "No ±: a standard error needs rows whose figures differ.",
        "AUC: this network –",
        "–: the AUC needs rows of both outcomes.",
    ]
    dropped = ROWS_WITHOUT_TARGET(column="bought", count=30)
    of_file = [{"code": dropped.code, "sentence": dropped.sentence, "parameters": {"column": "bought", "count": "30"}}]
    told = figures_on_new_rows({**document, "file_notices": of_file})
    assert told.splitlines()[-3:] == [learned.sentence, "In the whole file:", dropped.sentence]
    told = figures_on_new_rows({**document, "file_notices": of_file}, [dropped.sentence])
    assert told.splitlines()[-1] == learned.sentence
