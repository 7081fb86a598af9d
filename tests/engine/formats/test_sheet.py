"""Small documents: what is written is read back, and whatever is wrong gets one sentence."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from engine.formats.kind import holds
from engine.formats.sheet import MOST_BYTES, NO_VIEW, SheetFormat, SheetView
from engine.problems import EngineError


class Leaf(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(max_length=40)
    value: float = Field(ge=-1e300, le=1e300)


class Thought(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(default="", max_length=20_000)
    leaves: tuple[Leaf, ...] = Field(default=(), max_length=100)


FORM = SheetFormat("neuroloom-thought", 1, Thought)
SOUND = {"format": "neuroloom-thought", "version": 1, "title": "Mine", "content": {"text": "x+y"}}

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
TITLES = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=60)
LEAVES = st.builds(Leaf, name=TEXTS.map(lambda text: text[:40]), value=st.floats(-1e300, 1e300))


@given(title=TITLES, thought=st.builds(Thought, text=TEXTS, leaves=st.lists(LEAVES, max_size=4).map(tuple)))
def test_what_is_written_is_read_back_bit_for_bit(
    tmp_path_factory: pytest.TempPathFactory, title: str, thought: Thought
) -> None:
    path = tmp_path_factory.mktemp("sheet") / "thought.loom"
    FORM.write(path, title, thought)
    assert FORM.recognises(path)
    assert holds("neuroloom-thought")(path)
    assert not holds("neuroloom-network")(path)
    assert FORM.read(path) == (title, thought)


def test_the_tag_stands_first_so_that_a_look_at_the_head_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "thought.loom"
    FORM.write(path, "Mine", Thought(text="x" * 20_000))
    assert path.read_text().replace("\n", "").startswith('{ "format": "neuroloom-thought"')


def test_saving_over_a_file_keeps_who_may_read_it_as_any_new_file_is(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        path = tmp_path / "thought.loom"
        FORM.write(path, "", Thought())
        assert stat.S_IMODE(path.stat().st_mode) == 0o644
    finally:
        os.umask(old)


def changed(**change: Any) -> bytes:
    return json.dumps({**SOUND, **change}).encode()


BAD = {
    "empty": (b"", "is an empty file"),
    "half": (b'{"format": "neuroloom-thought",\n "version"', "isn't valid JSON (line 2)"),
    "no object": (b"[1, 2]", "not a Neuroloom document"),
    "another tag": (changed(format="neuroloom-network"), "was saved in Playground"),
    "a tag that is not ours": (changed(format="keras"), "not a Neuroloom document"),
    "no tag": (json.dumps({"version": 1, "content": {}}).encode(), "not a Neuroloom document"),
    "the future": (changed(version=2), "format version 2, and this Neuroloom reads version 1"),
    "a version that is none": (changed(version="1"), "version is '1'"),
    "version true": (changed(version=True), "version is True"),
    "version nought": (changed(version=0), "version is 0"),
    "no content": (b'{"format": "neuroloom-thought", "version": 1}', "content is missing"),
    "content that is none": (changed(content=[]), "content is []"),
    "a field too many": (changed(colour="red"), "colour isn't known here"),
    "a field too many inside": (changed(content={"text": "", "code": "import os"}), "code isn't known here"),
    "a title that is none": (changed(title=7), "title is 7"),
    "a long title": (changed(title="x" * 201), "title is"),
    "a text too long": (changed(content={"text": "x" * 20_001}), "text is"),
    "not a number": (
        b'{"format": "neuroloom-thought", "version": 1, "content": {"leaves": [NaN]}}',
        "NaN is no finite",
    ),
    "infinity": (
        b'{"format": "neuroloom-thought", "version": 1, "content": {"leaves": [-Infinity]}}',
        "-Infinity is no",
    ),
    "beyond floats": (b'{"format": "neuroloom-thought", "version": 1, "content": {"leaves": [1e999]}}', "1e999 is no"),
    "many digits": (b'{"format": "neuroloom-thought", "version": ' + b"9" * 9000 + b"}", "9… has 9000 digits"),
    "a far version": (changed(version=10**300), "version is 1000"),
    "a whole number for a float": (
        b'{"format": "neuroloom-thought", "version": 1, "content": {"leaves": [{"name": "x", "value": 1'
        + b"0" * 315
        + b"}]}}",
        "leaves[0].value is 1000",
    ),
    "a field's name without end": (changed(**{"<img>" * 900: 1}), "… isn't known here"),
    "deep": (b'{"format": "neuroloom-thought", "content": ' + b"[" * 200_000, "nested too deeply"),
    "not UTF-8": (b'{"format": "neuroloom-thought",\n"title": "\xff\xfe"}', "line 2"),
}


@pytest.mark.parametrize("case", BAD)
def test_whatever_is_wrong_is_one_sentence(tmp_path: Path, case: str) -> None:
    data, said = BAD[case]
    path = tmp_path / "bad.loom"
    path.write_bytes(data)
    with pytest.raises(EngineError) as raised:
        FORM.read(path)
    sentence = raised.value.problem.sentence
    assert said in sentence
    assert "bad.loom" in sentence
    assert "\n" not in sentence
    assert len(sentence) < 300


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "marked.loom"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(SOUND).encode())
    assert FORM.recognises(path)
    assert FORM.read(path) == ("Mine", Thought(text="x+y"))


def test_a_title_is_one_line_that_reads_from_left_to_right(tmp_path: Path) -> None:
    path = tmp_path / "odd.loom"
    path.write_bytes(changed(title="Mine\nof all\u202e, 你好 \U0001f469\u200d\U0001f52c"))
    assert FORM.read(path)[0] == "Mine of all , 你好 \U0001f469\u200d\U0001f52c"


def test_a_hundred_megabytes_are_refused_and_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.loom"
    with path.open("wb") as file:
        file.write(b'{"format": "neuroloom-thought", "title": "')
        file.truncate(100 * 2**20)
    assert FORM.recognises(path)
    monkeypatch.setattr(json, "loads", None)
    with pytest.raises(EngineError, match="larger than 4 MB"):
        FORM.read(path)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_is_no_file_is_said(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "odd.loom"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    assert not FORM.recognises(path)
    with pytest.raises(EngineError, match=r"odd\.loom. cannot be read"):
        FORM.read(path)


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "kept.loom"
    FORM.write(path, "Mine", Thought(text="sound"))
    before = path.read_bytes()
    unfit = [
        Thought.model_construct(text="x" * 20_001, leaves=()),
        Thought.model_construct(text="", leaves=(Leaf.model_construct(name="x", value=float("nan")),)),
        Thought.model_construct(text="\ud800", leaves=()),
    ]
    for thought in unfit:
        with pytest.raises(EngineError, match="couldn't be read back"):
            FORM.write(path, "Mine", thought)
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_sheet_that_is_too_large_is_not_written(tmp_path: Path) -> None:
    class Long(BaseModel):
        text: str

    with pytest.raises(EngineError, match="would be larger than 4 MB"):
        SheetFormat("neuroloom-long", 1, Long).write(tmp_path / "long.loom", "", Long(text="x" * MOST_BYTES))
    assert not list(tmp_path.iterdir())


def test_how_it_was_looked_at_is_kept_and_older_files_say_nothing_of_it(tmp_path: Path) -> None:
    path, view = tmp_path / "thought.loom", SheetView(step=6, tab="rules", predict=True, before=[None, 11.9])
    view = view.model_copy(update={"switches": {"own": False}, "choices": {"card": "chain"}, "numbers": {"run": [2.0]}})
    FORM.write(path, "Mine", Thought(text="x+y"), view)
    assert FORM.read_with_view(path) == ("Mine", Thought(text="x+y"), view)
    path.write_text(json.dumps(SOUND))
    assert FORM.read_with_view(path)[2] == NO_VIEW


@pytest.mark.parametrize(
    "view",
    [
        {"step": -1},
        {"step": 1.5},
        {"step": True},
        {"tab": "x" * 99},
        {"predict": 1},
        {"before": [0.0]},
        {"a": 1},
        {"switches": {"own": "yes"}},
        {"choices": {"card": 1}},
        {"numbers": {"run": 2.0}},
        {"selected": "x"},
    ],
)
def test_a_view_that_cannot_be_is_a_damaged_file(tmp_path: Path, view: dict[str, Any]) -> None:
    path = tmp_path / "thought.loom"
    path.write_text(json.dumps({**SOUND, "view": view}))
    with pytest.raises(EngineError, match="damaged"):
        FORM.read(path)
