"""What a journal says of an undo history: followed step by step, and believed only as far as it fits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.formats.journal import JournalFile, Said
from engine.formats.journal_state import Told, glance_at, read_told, thing_of
from engine.problems import EngineError

HEADER: Said = ("journal", {"version": 1, "workspace": "dots"})


def state(index: int, length: int, *put: tuple[int, str], **more: Any) -> Said:
    notes = [[place, {"kind": "step", "label": label}] for place, label in put]
    return "state", {"at": 7.0, "index": index, "clean": -1, "length": length, "put": notes} | more


def read(path: Path, *lines: Said) -> Told:
    file = JournalFile(path / "a.journal")
    file.begin([HEADER, *lines])
    file.close()
    return read_told(path / "a.journal")


def labels(told: Told) -> list[str]:
    return [step.label for step in told.steps]


def test_pushes_undo_and_what_takes_the_place_of_what_was_undone(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        state(0, 0, run=3),
        state(1, 1, (0, "a")),
        state(2, 2, (1, "b")),
        state(1, 2),
        state(2, 2, (1, "c")),
    )
    assert (labels(told), told.index, told.workspace) == (["a", "c"], 2, "dots")
    moves = [(move.done, move.step.label) for move in told.moves]
    assert moves == [(True, "a"), (True, "b"), (False, "b"), (True, "c")]


def test_a_step_that_grows_is_one_move_more(tmp_path: Path) -> None:
    told = read(tmp_path, state(0, 0, run=3), state(1, 1, (0, "a")), state(1, 1, (0, "a further")))
    assert [move.step.label for move in told.moves] == ["a", "a further"]


def test_a_gesture_that_came_back_is_undone(tmp_path: Path) -> None:
    told = read(tmp_path, state(1, 1, (0, "a"), run=3), state(0, 0))
    assert (labels(told), [(move.done, move.step.label) for move in told.moves]) == ([], [(False, "a")])


def test_steps_go_from_the_front(tmp_path: Path) -> None:
    told = read(tmp_path, state(2, 2, (0, "a"), (1, "b")), state(2, 2, (1, "c"), drop=1))
    assert (labels(told), told.index) == (["b", "c"], 2)
    assert [move.step.label for move in told.moves][-1] == "c"


def test_what_changes_by_itself_counts_from_when_it_was_written(tmp_path: Path) -> None:
    told = read(tmp_path, state(1, 1, (0, "a"), run=1), state(2, 2, (1, "b")), state(2, 2, run=5))
    assert (told.run, told.moves) == (5, [])


def test_what_is_not_said_is_as_it_was(tmp_path: Path) -> None:
    said = {"book": {"title": "A"}, "things": {"opened": 0}}
    told = read(tmp_path, ("thing", {"key": 0, "data": [1]}), state(0, 0, **said), state(1, 1, (0, "a")))
    assert (told.book, told.things, thing_of(told.data[0])) == ({"title": "A"}, {"opened": 0}, [1])


@pytest.mark.parametrize(
    "wrong",
    [
        state(1, 2, (0, "c")),  # a step is missing
        state(3, 1, (0, "c")),
        state(1, 1, (5, "c")),
        state(-1, 1),
        state(1, 1, clean=9),
        state(1, 10**9),
        state(1, 1, drop=10**9),
        state(1, 1, at="now"),
        state(1, 1, more=1),
        state(1, 1, things={"opened": "0"}),
        state(1, 1, put=[[0, {"kind": "step", "parts": "none"}]]),
        state(True, 1),
        ("state", []),
        ("thing", {"data": 1, "key": 0}),
        ("thing", {"key": -1, "data": 1}),
        ("thing", {"key": 10**30, "data": 1}),
    ],
)
def test_an_entry_that_does_not_fit_ends_what_is_believed(tmp_path: Path, wrong: Said) -> None:
    told = read(tmp_path, state(1, 1, (0, "a")), wrong, state(1, 1, (0, "z")))
    assert labels(told) == ["a"]


@pytest.mark.parametrize(
    "lines",
    [
        [HEADER],
        [state(0, 0)],
        [("journal", {"version": 1}), state(0, 0)],
        [("journal", {"version": "1", "workspace": "dots"}), state(0, 0)],
        [("journal", {"version": 99, "workspace": "dots"}), state(0, 0)],
        [HEADER, ("thing", {"key": 0, "data": 1})],
    ],
)
def test_a_journal_that_says_nothing_is_one_sentence(tmp_path: Path, lines: list[Said]) -> None:
    file = JournalFile(tmp_path / "a.journal")
    file.begin(lines)
    file.close()
    for look in (read_told, glance_at):
        with pytest.raises(EngineError, match=r"“a\.journal”"):
            look(tmp_path / "a.journal")


def test_a_glance_sees_the_latest_state(tmp_path: Path) -> None:
    read(tmp_path, state(0, 0), state(1, 1, (0, "a"), at=9.5, file={"path": "/x/\udcff.loom", "changed": 5}))
    seen = glance_at(tmp_path / "a.journal")
    assert (seen.workspace, seen.at) == ("dots", 9.5)
    assert seen.file is not None and (seen.file.path, seen.file.changed) == ("/x/\udcff.loom", 5)


def test_parts_of_a_step_may_not_be_nested_without_end(tmp_path: Path) -> None:
    note: dict[str, Any] = {"kind": "macro"}
    for _ in range(300):
        note = {"kind": "macro", "parts": [note]}
    told = read(tmp_path, state(1, 1, (0, "a")), ("state", state(1, 1)[1] | {"put": [[0, note]]}))  # type: ignore[operator]
    assert labels(told) == ["a"]
