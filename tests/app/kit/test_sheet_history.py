"""A sheet's undo history goes through its journal and is another sheet's, with files and what is saved in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from app.kit.history import History
from app.kit.sheet import UNDO_LIMIT, Sheet
from app.kit.sheet_history import Opened
from app.shell.journal_lines import Lines
from app.shell.journal_reader import read_history
from engine.formats.journal import JournalFile
from engine.formats.sheet import SheetFormat, SheetView
from engine.guesses import GuessRecord, KeptGuess
from tests.kills.signature import Signer


class Dot(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    x: float = 0.0


FORM = SheetFormat("neuroloom-dot", 1, Dot)


class Journalled:
    """A sheet whose history is written down at every step."""

    def __init__(self, path: Path) -> None:
        self.path, self.others = path, []
        self.sheet = Sheet(FORM, Dot(), "A dot")
        self._file, self._lines = JournalFile(path), Lines("dots", self.sheet.encoded)
        self._before = self.sheet.history(with_run=False)
        self._file.begin(self._lines.whole([self._before], {"at": 1.0}))
        self.sheet.undo_stack.indexChanged.connect(self.write)

    def write(self, _index: int = 0) -> None:
        now = self.sheet.history(with_run=False)
        self._file.append(self._lines.change(self._before, now, {"at": 1.0}))
        self._before = now

    def history(self) -> History:
        history, problem = read_history(self.path, self.sheet.reader())
        assert problem is None
        return history

    def again(self) -> Sheet[Dot]:
        again = self.another()
        again.take_history(self.history())
        return again

    def another(self) -> Sheet[Dot]:
        self.others.append(Sheet(FORM, Dot(), "A dot"))
        return self.others[-1]

    def close(self) -> None:
        self.sheet.undo_stack.indexChanged.disconnect(self.write)
        for sheet in (self.sheet, *self.others):
            sheet.undo_stack.clear()
        self._file.close()


@pytest.fixture
def journalled(qapp: object, tmp_path: Path) -> Iterator[Journalled]:
    made = Journalled(tmp_path / "a.journal")
    yield made
    made.close()


def sign(sheet: Sheet[Dot]) -> list:
    return Signer(sheet.encoded).sign(sheet.history(with_run=False))


def to(sheet: Sheet[Dot], x: float, merge: str | None = None) -> None:
    sheet.edit("Move", Dot(x=x), merge=merge)


def assert_same(sheet: Sheet[Dot], again: Sheet[Dot]) -> None:
    assert sign(again) == sign(sheet)
    assert (again.title, again.path, again.unsaved) == (sheet.title, sheet.path, sheet.unsaved)
    while sheet.undo_stack.canUndo():
        sheet.undo_stack.undo()
        again.undo_stack.undo()
        assert (again.value, again.title, again.path, again.unsaved) == (
            sheet.value,
            sheet.title,
            sheet.path,
            sheet.unsaved,
        )


def test_moments_share_the_steps_that_are_the_same(journalled: Journalled) -> None:
    sheet = journalled.sheet
    to(sheet, 1.0)
    to(sheet, 2.0, "drag")
    before = sheet.history(with_run=False).steps
    to(sheet, 3.0, "drag")
    dragged = sheet.history(with_run=False).steps
    to(sheet, 4.0)
    after = sheet.history(with_run=False).steps
    assert dragged[0] is before[0] and after[:2] == dragged
    assert all(one is other for one, other in zip(after, dragged, strict=False))
    assert dragged[1] is not before[1] and dragged[1].things["after"].value == Dot(x=3.0)


def test_steps_gestures_undo_and_openings_come_back(journalled: Journalled, tmp_path: Path) -> None:
    sheet = journalled.sheet
    to(sheet, 1.0)
    for x in (2.0, 3.0, 4.0):
        to(sheet, x, "drag")
    sheet.load("An example", Dot(x=7.0))
    to(sheet, 8.0)
    sheet.undo_stack.undo()
    assert_same(sheet, journalled.again())


def test_its_file_and_what_is_saved_come_back(journalled: Journalled, tmp_path: Path) -> None:
    sheet, path = journalled.sheet, tmp_path / "mine\udcff.loom"
    to(sheet, 1.0)
    sheet.save(path)
    to(sheet, 2.0)
    again = journalled.again()
    assert (again.path, again.unsaved, again.title) == (path, True, "mine\udcff")
    assert_same(sheet, again)


def test_where_nothing_was_done_nothing_is_left_of_it(journalled: Journalled) -> None:
    to(journalled.sheet, 1.0)
    again = journalled.another()
    told = []
    again.value_changed.connect(lambda: told.append(again.value))
    again.take_history(journalled.history())
    assert again.undo_stack.count() == 1
    assert told == [Dot(x=1.0)]


def test_it_is_looked_at_as_it_was(journalled: Journalled) -> None:
    """A window that starts again in another language stood at the first step, with Predict off and no score."""
    met = [KeptGuess(question="first", answer="+"), KeptGuess(question="second", answer=0.5, again=True)]
    guesses = GuessRecord(right=1, asked=2, turn=3, met=met)
    view = SheetView(step=6, tab="rules", predict=True, known=[0, 3], guesses=guesses)
    journalled.sheet.keep_view(lambda: view, lambda: None)
    to(journalled.sheet, 1.0)
    again, seen = journalled.another(), []
    again.arrived.connect(lambda: seen.append(again.view))
    again.take_history(journalled.history())
    assert seen == [view]


def test_what_is_open_is_one_undo_away(journalled: Journalled) -> None:
    to(journalled.sheet, 1.0)
    again = journalled.another()
    to(again, 9.0)
    again.take_history(journalled.history())
    assert again.value.x == 1.0
    again.undo_stack.undo()
    again.undo_stack.undo()
    assert again.value.x == 9.0 and again.unsaved
    again.undo_stack.redo()
    again.undo_stack.redo()
    assert again.value.x == 1.0


def test_a_later_edit_is_no_part_of_what_came_back(journalled: Journalled) -> None:
    to(journalled.sheet, 1.0, "drag")
    again = journalled.again()
    to(again, 2.0, "drag")
    assert again.undo_stack.count() == 2
    again.new()
    assert again.value == Dot()
    again.undo_stack.undo()
    assert again.value.x == 2.0


@pytest.fixture
def few_kept(monkeypatch: pytest.MonkeyPatch) -> int:
    """How many steps a sheet keeps that is made from now on: fewer than any other, which it takes long to come to."""
    assert Sheet(FORM, Dot(), "A dot").undo_stack.undoLimit() == UNDO_LIMIT
    monkeypatch.setattr("app.kit.sheet.UNDO_LIMIT", 60)
    return 60


def test_more_steps_than_are_kept(few_kept: int, journalled: Journalled) -> None:
    for at in range(few_kept + 20):
        to(journalled.sheet, at + 1.0)
    history = journalled.history()
    assert len(history.steps) == history.index == few_kept
    assert_same(journalled.sheet, journalled.again())


ACTS = st.tuples(st.sampled_from(["edit", "drag", "undo", "redo", "load", "new", "save", "settle"]), st.integers(1, 5))


@settings(max_examples=40, deadline=None)
@given(st.lists(ACTS, max_size=20))
def test_whatever_is_done_in_whatever_order(qapp: object, tmp_path_factory: pytest.TempPathFactory, acts) -> None:
    folder = tmp_path_factory.mktemp("sheet")
    journalled = Journalled(folder / "a.journal")
    sheet = journalled.sheet
    for act, number in acts:
        if act in ("edit", "drag"):
            to(sheet, number, None if act == "edit" else "drag")
        elif act == "load":
            sheet.load("Another", Dot(x=number))
        elif act == "save":
            sheet.save(folder / f"{number}.loom")
        elif act in ("undo", "redo"):
            getattr(sheet.undo_stack, act)()
        else:
            getattr(sheet, act)()
    journalled.write()
    assert_same(sheet, journalled.again())
    journalled.close()


@pytest.mark.parametrize(
    "content",
    [
        3,
        {},
        {"saved": {"x": "far"}},
        {"value": {"x": 1}, "title": 3, "named": {}, "number": 0},
        {"value": {"y": 1}, "title": "", "named": {}, "number": 0},
        {"value": {}, "title": "", "named": {}, "number": True},
    ],
)
def test_what_is_none_of_its_things_is_refused(qapp: object, content: object) -> None:
    with pytest.raises(ValueError):
        Sheet(FORM, Dot(), "A dot").reader()(content)


@pytest.mark.parametrize("things", [{}, {"opened": 3}, {"opened": Dot()}])
def test_a_history_that_is_none_changes_nothing(qapp: object, things: dict[str, object]) -> None:
    sheet = Sheet(FORM, Dot(x=2.0), "A dot")
    with pytest.raises(ValueError, match="opened"):
        sheet.take_history(History((), 0, -1, {}, things))
    assert sheet.value.x == 2.0 and sheet.undo_stack.count() == 0


def test_what_is_open_is_a_thing(qapp: object) -> None:
    sheet = Sheet(FORM, Dot(x=2.0), "A dot")
    opened = sheet.history(with_run=False).things["opened"]
    assert isinstance(opened, Opened)
    assert sheet.reader()(sheet.encoded(opened)) == opened
