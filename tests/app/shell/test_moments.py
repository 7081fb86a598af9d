"""An exercise comes back as it was saved: every part of how its page is looked at, in another window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.examples import examples
from app.kit.folders import passing_folder
from app.kit.guessing.guesses import Guesses
from app.kit.sheet import Sheet
from app.kit.view_parts import view_of
from app.kit.widgets.section import Section
from app.kit.widgets.segments import Segments
from app.kit.widgets.tabs import FOLDED, FoldingTabs, UnderlinedTabs
from app.shell.autosave import Autosave
from app.shell.settings import settings_file
from app.workspaces.activations.page import FACTS, ActivationsPage
from app.workspaces.gradients.moment import VARIANCE
from app.workspaces.gradients.page import GradientsPage
from app.workspaces.neuron.dock import LEARN, SETTINGS
from app.workspaces.neuron.page import NeuronPage
from app.workspaces.scalar_graph.page import ScalarGraphPage
from app.workspaces.workspace import Page
from engine.formats import read_network
from engine.formats.sheet import SheetView
from engine.formats.snapshot import extract_snapshot
from engine.gradients.experiment import Configuration, Experiment
from engine.guesses import CHOICES
from engine.neuron.tables import TABLES
from tests.app.window_rig import Opened, keeps, opened_window

pytestmark = pytest.mark.slow


def fold_all(page: Page) -> None:
    """Fold what is unfolded and unfold what is folded."""
    for section in page.widget.findChildren(Section):
        section.set_open(not section.is_open)


def change_neuron(page: NeuronPage, qtbot: QtBot) -> None:
    model, learner, walker = page.model, page.learner, page.walker
    fold_all(page)
    model.choose_table(TABLES["majority"])
    page.right.plane.see(0.2, 0.3)
    page.dock.show_tab(LEARN)
    learner.playback.set_speed(5.0)
    qtbot.waitUntil(lambda: learner.learning is not None)
    for _step in range(3):
        learner.playback.step()
    page.dock.show_tab(SETTINGS)
    page.actions["neuron_predict"].setChecked(True)
    for _stage in range(3):
        walker.step()
    walker.guesses.give_up()
    assert model.walk_step and model.known_rows and learner.step is not None


def change_activations(page: ActivationsPage, _qtbot: QtBot) -> None:
    fold_all(page)
    page.actions["activations_outline"].trigger()
    page.watch.choose("dense-1")
    page.actions["activations_predict"].setChecked(True)
    page.predicting._guesses.give_up()
    page.widget.switch.buttons["compare"].click()  # Predict has turned to the facts
    assert page.widget.switch.key != FACTS


def change_graph(page: ScalarGraphPage, _qtbot: QtBot) -> None:
    model, right, dock = page.model, page.widget.right, page.widget.dock
    assert right is not None and dock is not None and model.worked is not None
    for name in ("right", "dock", "outline", "values", "gradients", "names"):
        page.actions[f"graph_{name}"].trigger()
    dock.tabs.open_tab(2)
    right.tabs.buttons["chain"].click()
    right.nudge.by.moved.emit(0.01)
    page.actions["graph_predict"].setChecked(True)
    model.playback.set_speed(5.0)
    model.choose(frozenset({model.worked.graph.nodes[0].key}))
    model.playback.go(model.worked.middle + 2)
    right.asking.guesses.give_up()


def change_gradients(page: GradientsPage, qtbot: QtBot) -> None:
    strip, course = page.board.strip, page.views.course
    both = (Configuration(depth=3), Configuration(depth=4, activation="relu"))
    page.sheet.edit("Smaller", Experiment(configurations=both, samples=20, steps=6))
    qtbot.waitUntil(lambda: page.bench.current)
    course.train_or_play()
    qtbot.waitUntil(lambda: page.bench.complete and not page.bench.busy)
    course.go_to(4)
    strip.offer_doctor(True)
    strip.show_part("map")
    strip.subjects.buttons["B"].click()
    strip.trends.buttons["loss"].click()
    strip.map_kinds.buttons["loss"].click()
    page.board.columns[0].measures[VARIANCE].trigger()
    strip.shared.change.click()
    page.board.columns[0].settings.more.click()
    page.actions["gradients_guess"].setChecked(True)


def ask_in_gradients(page: GradientsPage, qtbot: QtBot) -> None:
    """Two edits: one whose outcome is revealed, and one whose outcome is still to be guessed."""
    qtbot.waitUntil(lambda: page.bench.current)
    page.actions["gradients_guess"].setChecked(True)
    for depth in (4, 7):
        page.edits.of_one(0, {"depth": depth}, "")
        qtbot.waitUntil(lambda: page.bench.current and page.views.predictions.guesses.open)
        if depth == 4:
            page.views.predictions.guesses.give_up()
            page.views.predictions.went_on.emit()


@dataclass(frozen=True)
class Moment:
    """A workspace, what changes how its page is looked at, and the parts that stay as they are meanwhile."""

    key: str
    change: Callable[[Any, QtBot], None]
    same: frozenset[str] = frozenset()


ASKED = frozenset({"guesses", "before"})
MOMENTS = (
    Moment("neuron", change_neuron),
    Moment("activations", change_activations),
    Moment("scalar_graph", change_graph),
    Moment("gradients", change_gradients, ASKED),
    Moment("gradients", ask_in_gradients),
)


def sheet_of(opened: Opened) -> Sheet[Any]:
    document = opened.window.pages.current.document
    assert isinstance(document, Sheet)
    return document


def values_of(sheet: Sheet[Any]) -> dict[str, object]:
    return {part.name: part.read() for part in sheet.view_parts}


@pytest.fixture(params=MOMENTS, ids=lambda moment: f"{moment.key}-{moment.change.__name__}")
def changed(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[str, Path, SheetView]]:
    """The key of a workspace, a file that was saved in it, and the view at that moment."""
    moment: Moment = request.param
    with opened_window(home=moment.key) as opened:
        sheet = sheet_of(opened)
        before = values_of(sheet)
        moment.change(opened.window.pages.current, qtbot)
        changed = {name for name, value in values_of(sheet).items() if value != before[name]}
        wanted = ASKED if moment.change is ask_in_gradients else set(before) - moment.same
        assert wanted <= changed, f"the test leaves {wanted - changed} as it was"
        sheet.save(tmp_path / "moment.loom")
        view = view_of(sheet.view_parts)
    settings_file().unlink(missing_ok=True)  # what is remembered beside the file must not help
    yield moment.key, tmp_path / "moment.loom", view


def test_a_file_is_opened_as_it_was_saved(changed: tuple[str, Path, SheetView], qtbot: QtBot) -> None:
    key, path, view = changed
    with opened_window(home=key) as opened:
        assert view_of(sheet_of(opened).view_parts) != view
        opened.window.files.open(path)
        qtbot.waitUntil(lambda: sheet_of(opened).path == path)
        qtbot.waitUntil(lambda: view_of(sheet_of(opened).view_parts) == view)
        page = opened.window.pages.current
        if isinstance(page, NeuronPage):
            qtbot.waitUntil(lambda: page.learner.learning is not None)
            assert page.learner.learning is not None and page.learner.step == page.learner.learning.steps[2]


def test_a_window_that_takes_the_place_of_another_is_as_that_was(qtbot: QtBot) -> None:
    """As after another language or size was chosen; three of its pages are not in sight."""
    moments = {moment.key: moment for moment in MOMENTS if moment.change is not ask_in_gradients}
    views = {}
    with opened_window(home="neuron") as first:
        for key, moment in moments.items():
            first.window.visit(key)
            first.window.pages.build_all()
            moment.change(first.window.pages.current, qtbot)
            views[key] = view_of(sheet_of(first).view_parts)
        first.window.start_again()
        key, *snapshots = first.window.successor[first.window.successor.index("--take-over") + 1 :]
    settings_file().unlink(missing_ok=True)
    with opened_window(home="neuron") as second:
        with qtbot.waitSignal(second.window.recovery.taken_over):
            second.window.recovery.take_over([Path(snapshot) for snapshot in snapshots], key)
        for key, view in views.items():
            second.window.visit(key)
            second.window.pages.build_all()
            qtbot.waitUntil(lambda view=view: view_of(sheet_of(second).view_parts) == view)


def test_after_a_crash_what_was_unfolded_since_the_last_edit_is_unfolded(qtbot: QtBot) -> None:
    with opened_window(home="neuron") as first:
        page = first.window.pages.current
        assert isinstance(page, NeuronPage)
        kept = first.window.recovery.of(page)
        page.model.set_bias(-1.25)
        qtbot.waitUntil(lambda: keeps(kept))
        page.left.sections["output"].set_open(True)
        qtbot.waitUntil(lambda: keeps(kept) and b'"output": true' in kept.path.read_bytes())
        kept._lock.unlock()
        with opened_window(home="neuron") as second:
            second.window.recovery.offer()
            second.window.messages.buttons[0].click()
            restored = second.window.pages.current
            assert isinstance(restored, NeuronPage)
            qtbot.waitUntil(lambda: restored.model.content.bias == -1.25)
            assert restored.left.sections["output"].is_open


def shown_pass(opened: Opened) -> tuple[object, ...]:
    """What is to be seen of the pass in the playground."""
    timeline = opened.page.panes.timeline
    place = timeline.playhead.index, timeline.playhead.progress
    return (
        timeline.source.rows,
        place,
        timeline._predict.isChecked(),
        timeline.isVisible(),
        timeline.prediction.record(),
    )


def test_what_the_output_shows_is_opened_as_it_was_saved(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "points.loom"
    with opened_window() as opened:
        page, files = opened.page, opened.window.files
        page.panes.show_points(test=True, discrete=True)
        page.document.save(path)
        page.document.load(examples()[0].content)
        assert page.panes.points_shown == (False, False)
        files.open(path)
        qtbot.waitUntil(lambda: page.panes.points_shown == (True, True))
        page.panes.right.output.discrete.trigger()
        page.document.save(path)
    with opened_window() as opened:
        opened.window.files.open(path)
        qtbot.waitUntil(lambda: opened.page.panes.points_shown == (True, False))


@pytest.mark.parametrize("predicting", [False, True])
def test_the_pass_in_the_playground_is_opened_as_it_was_saved(predicting: bool, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "moment.loom"
    with opened_window() as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        timeline = opened.page.panes.timeline
        timeline.set_predicting(predicting)
        opened.page.panes._play_row(7)
        qtbot.waitUntil(lambda: timeline.trace is not None)
        timeline.go_to_stage(2)
        if predicting:
            qtbot.waitUntil(lambda: timeline.prediction.open)
            timeline.prediction.give_up()
        shown = shown_pass(opened)
        assert shown[0] == (7,) and shown[1] == (2, 1.0) and shown[2:4] == (predicting, True)
        opened.page.document.save(path)
    settings_file().unlink(missing_ok=True)
    with opened_window() as opened:
        opened.window.files.open(path)
        qtbot.waitUntil(lambda: opened.page.panes.timeline.trace is not None)
        qtbot.waitUntil(lambda: shown_pass(opened) == shown)


def test_after_a_crash_the_playground_has_the_pass_where_it_stood_and_the_tab_that_was_open(qtbot: QtBot) -> None:
    with opened_window() as first:
        qtbot.waitUntil(lambda: first.page.trainer.snapshot is not None)
        kept, timeline = first.window.recovery.of(first.page), first.page.panes.timeline
        first.page.document.mark_unsaved()
        first.page.panes._play_row(7)
        qtbot.waitUntil(lambda: timeline.trace is not None and keeps(kept))
        timeline.playhead.pause()
        qtbot.waitUntil(lambda: not kept._soon.isActive())  # nothing is about to be written
        timeline.go_to_stage(2)
        qtbot.waitUntil(lambda: kept_view(kept).numbers.get("stage") == [2.0, 1.0])
        first.page.panes.plots.show_key("weights")
        qtbot.waitUntil(lambda: kept_view(kept).tab == "weights")
        shown = shown_pass(first)
        kept._lock.unlock()
        with opened_window() as second:
            second.window.recovery.offer()
            second.window.messages.buttons[0].click()
            qtbot.waitUntil(lambda: shown_pass(second) == shown)
            assert second.page.panes.plots.key == "weights"


def kept_view(kept: Autosave) -> SheetView:
    """How a network is looked at in its snapshot."""
    folder = passing_folder()
    return read_network(extract_snapshot(kept.path, folder)[1]).view


def state_of(page: Page) -> tuple[object, ...]:
    """What a file keeps of a page: how it is looked at, and its document."""
    assert isinstance(page.document, Sheet)
    return view_of(page.document.view_parts), page.document.value


def turns_of(page: Page) -> Iterator[tuple[str, Callable[[], object]]]:
    """Everything on a page that is unfolded, brought to the front, chosen or switched, and what does that."""
    for section in page.widget.findChildren(Section):
        yield section.heading.text(), section.heading.toggle
    for tabs in page.widget.findChildren(UnderlinedTabs):
        other = next(tab for tab in range(tabs.count()) if tabs.isTabVisible(tab) and tab != tabs.front)
        yield (
            tabs.accessibleName(),
            partial(tabs.open_tab if isinstance(tabs, FoldingTabs) else tabs.setCurrentIndex, other),
        )
        if isinstance(tabs, FoldingTabs):
            yield f"{tabs.accessibleName()} folded", partial(tabs.open_tab, FOLDED)
    for segments in page.widget.findChildren(Segments):
        others = [button for key, button in segments.buttons.items() if key != segments.key and not button.isHidden()]
        yield others[0].text(), others[0].click
    for name, action in dict(page.actions).items():
        if action.isCheckable():
            yield name, action.toggle


@pytest.mark.parametrize("key", ["neuron", "activations", "scalar_graph", "gradients"])
def test_whatever_can_be_turned_on_a_page_is_kept_in_its_file(key: str, qtbot: QtBot) -> None:
    with opened_window(home=key) as opened:
        page = opened.window.pages.current
        for name, turn in turns_of(page):
            before = state_of(page)
            turn()
            assert state_of(page) != before, name


def test_basic_settings_that_were_made_alike_are_in_sight_when_their_file_is_opened(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "alike.loom"
    with opened_window(home="gradients") as opened:
        page = opened.window.pages.current
        assert isinstance(page, GradientsPage)
        page.edits.of_one(0, {"depth": 3}, "")
        page.edits.of_all({"scale": 0.3, "activation": "tanh"}, "")
        assert all(column.settings.cells["scale"].isVisible() for column in page.board.columns)
        page.sheet.save(path)
    with opened_window(home="gradients") as opened:
        page = opened.window.pages.current
        assert isinstance(page, GradientsPage)
        opened.window.files.open(path)
        qtbot.waitUntil(lambda: page.sheet.path == path)
        for column in page.board.columns:
            shown = {field for field, cell in column.settings.cells.items() if cell.isVisible()}
            assert shown == {"depth", "activation", "initializer", "scale"}


def guesses_of(page: Page) -> Guesses:
    """Where a page that explains asks."""
    if isinstance(page, NeuronPage):
        return page.walker.guesses
    if isinstance(page, ActivationsPage):
        return page.predicting._guesses
    if isinstance(page, ScalarGraphPage):
        assert page.widget.right is not None
        return page.widget.right.asking.guesses
    assert isinstance(page, GradientsPage)
    return page.views.predictions.guesses


def asked_in(page: Page, qtbot: QtBot) -> Guesses:
    """Have a question asked on a page that explains; where it asks."""
    guesses = guesses_of(page)
    if isinstance(page, NeuronPage):
        page.actions["neuron_predict"].setChecked(True)
        while not guesses.open:
            page.walker.step()
    elif isinstance(page, ActivationsPage):
        page.actions["activations_predict"].setChecked(True)
    elif isinstance(page, ScalarGraphPage):
        assert page.model.worked is not None
        page.actions["graph_predict"].setChecked(True)
        page.model.playback.go(page.model.worked.middle + 2)
    else:
        assert isinstance(page, GradientsPage)
        ask_in_gradients(page, qtbot)
    return guesses


def answer(guesses: Guesses) -> None:
    """Answer what is asked, rightly."""
    assert guesses.open and guesses.question is not None
    guesses._card.answered.emit(guesses.question.asked.answer)


def words_of(guesses: Guesses) -> tuple[str, ...]:
    """What the card says: the question or what stands for it, what came of the answer, the score, and the way on."""
    card = guesses._card
    return card.text, card._verdict.text(), card.score_text, card._next.text()


EXPLAINING = ("neuron", "activations", "scalar_graph", "gradients")


@pytest.mark.parametrize("key", EXPLAINING)
def test_what_came_of_an_answer_is_said_again(key: str, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "exercise.loom"
    with opened_window(home=key) as opened:
        guesses = asked_in(opened.window.pages.current, qtbot)
        answer(guesses)
        words = words_of(guesses)
        assert words[1] and "1 of 1" in words[2]
        sheet_of(opened).save(path)
    settings_file().unlink(missing_ok=True)
    with opened_window(home=key) as opened:
        opened.window.files.open(path)
        qtbot.waitUntil(lambda: sheet_of(opened).path == path)
        guesses = guesses_of(opened.window.pages.current)
        qtbot.waitUntil(lambda: words_of(guesses) == words)
        assert not guesses.open and not sheet_of(opened).unsaved


def test_no_answer_can_be_given_before_its_question_is_known(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "exercise.loom"
    with opened_window(home="gradients") as opened:
        ask_in_gradients(opened.window.pages.current, qtbot)
        sheet_of(opened).save(path)
    with opened_window(home="gradients") as opened:
        page = opened.window.pages.current
        seen: list[bool] = []
        sheet_of(opened).arrived.connect(lambda: seen.append(answers_shown(guesses_of(page))))
        opened.window.files.open(path)
        qtbot.waitUntil(lambda: guesses_of(page).open)
        assert seen == [False] and answers_shown(guesses_of(page))


def answers_shown(guesses: Guesses) -> bool:
    """Whether the card offers any answer, or to reveal it."""
    card = guesses._card
    return any(not part.isHidden() for part in (*card._choices.values(), card._field, card._reveal))


def open_graph(opened: Opened, path: Path, qtbot: QtBot) -> ScalarGraphPage:
    """Open a file of Graph, whose expression follows."""
    opened.window.files.open(path)
    qtbot.waitUntil(lambda: sheet_of(opened).path == path)
    page = opened.window.pages.current
    assert isinstance(page, ScalarGraphPage)
    qtbot.waitUntil(lambda: not page.model.behind)
    return page


LONG = " + ".join(f"a{number}*b{number}" for number in range(12))


@pytest.mark.parametrize("text", ["a*b + c*d", LONG])
@pytest.mark.parametrize("last", [True, False])
def test_a_graph_comes_back_at_its_last_answer_or_at_the_question_after_one(
    text: str, last: bool, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "exercise.loom"
    with opened_window(home="scalar_graph") as opened:
        page = opened.window.pages.current
        assert isinstance(page, ScalarGraphPage) and page.widget.right is not None
        page.model.rewrite(text, "Another")
        qtbot.waitUntil(lambda: not page.model.behind)
        assert page.model.worked is not None
        guesses, asking, steps = guesses_of(page), page.widget.right.asking, page.model.worked.steps
        page.actions["graph_predict"].setChecked(True)
        page.model.playback.go(steps - 1 if last else page.model.worked.middle + 2)
        answer(guesses)
        if not last:
            asking.end()
        assert guesses.open is not last
        step, words = page.model.state.step, words_of(guesses)
        sheet_of(opened).save(path)
        page.actions["graph_predict"].setChecked(False)
        assert open_graph(opened, path, qtbot).model.state.step == step and words_of(guesses) == words
    with opened_window(home="scalar_graph") as opened:
        for predicting in (False, True):  # it is on from the second time on
            assert opened.window.pages.current.actions["graph_predict"].isChecked() is predicting
            page = open_graph(opened, path, qtbot)
            assert page.model.state.step == step and words_of(guesses_of(page)) == words
            sheet_of(opened).new()
            qtbot.waitUntil(lambda page=page: not page.model.behind)


@pytest.mark.parametrize("key", EXPLAINING)
def test_a_score_belongs_to_its_document(key: str, qtbot: QtBot) -> None:
    with opened_window(home=key) as opened:
        sheet, guesses = sheet_of(opened), asked_in(opened.window.pages.current, qtbot)
        answer(guesses)
        words = words_of(guesses)
        sheet.load("Another", sheet.value)
        assert (guesses.score.right, guesses.score.asked, guesses._card.score_text) == (0, 0, "")
        sheet.undo_stack.undo()
        assert sheet.unsaved
        qtbot.waitUntil(lambda: words_of(guesses) == words)


@pytest.mark.parametrize("key", ["neuron", "activations", "scalar_graph", "gradients"])
def test_an_answer_is_work_and_to_look_otherwise_is_none(key: str, qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window(home=key) as opened:
        page, sheet, path = opened.window.pages.current, sheet_of(opened), tmp_path / "exercise.loom"
        guesses = asked_in(page, qtbot)
        sheet.save(path)
        for section in page.widget.findChildren(Section):
            section.heading.toggle()
        assert guesses.open and guesses.question is not None and not sheet.unsaved
        answers = CHOICES.get(guesses.question.kind, (12.5,))
        with qtbot.waitSignal(sheet.changed):
            guesses._card.answered.emit(answers[0])
        assert opened.window.files.unsaved == (page,)
        sheet.save(path)
        assert not sheet.unsaved
        opened.window.files.open(path)
        qtbot.waitUntil(lambda: sheet.undo_stack.undoText() == "Open")
        assert not sheet.unsaved


def test_an_answer_counts_as_unsaved_beneath_what_is_opened_in_its_place(qtbot: QtBot) -> None:
    with opened_window(home="activations") as opened:
        sheet, guesses = sheet_of(opened), asked_in(opened.window.pages.current, qtbot)
        assert guesses.question is not None and not sheet.unsaved
        guesses._card.answered.emit(CHOICES.get(guesses.question.kind, (12.5,))[0])
        sheet.load("Another", sheet.value)
        assert sheet.unsaved


@pytest.mark.parametrize("key", EXPLAINING)
def test_an_answer_is_still_unsaved_after_undo_and_redo(key: str, qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window(home=key) as opened:
        sheet, path = sheet_of(opened), tmp_path / "exercise.loom"
        guesses = asked_in(opened.window.pages.current, qtbot)
        sheet.save(path)
        sheet.open(path)
        qtbot.waitUntil(lambda: guesses.open)
        answer(guesses)
        sheet.undo_stack.undo()
        assert not sheet.unsaved
        sheet.undo_stack.redo()
        assert sheet.unsaved and guesses.score.asked == 1


def test_an_answer_in_the_playground_is_work_too(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window() as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        timeline, document = opened.page.panes.timeline, opened.page.document
        timeline.set_predicting(True)
        opened.page.panes._play_row(7)
        qtbot.waitUntil(lambda: timeline.trace is not None)
        timeline.go_to_stage(2)
        qtbot.waitUntil(lambda: timeline.prediction.open)
        document.save(tmp_path / "exercise.loom")
        timeline.go_to_stage(1)
        timeline.go_to_stage(2)
        qtbot.waitUntil(lambda: timeline.prediction.open)
        assert not document.unsaved
        question = timeline.prediction.question
        assert question is not None
        with qtbot.waitSignal(document.changed):
            timeline.prediction._card.answered.emit(CHOICES.get(question.kind, (12.5,))[0])
        assert document.unsaved
        opening = document.network.opening
        document.open(tmp_path / "exercise.loom")
        assert not document.unsaved
        document.network.undo_stack.undo()
        assert document.network.opening == opening and document.unsaved
