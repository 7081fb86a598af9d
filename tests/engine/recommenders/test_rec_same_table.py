"""Every look at a person's file reads the same table, or says the same of it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from engine.data.sampling import Limits, Watch
from engine.data.table import read_table
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.logs.loaders import columns_at, load_log
from engine.recommenders.data.logs.mapped_table import ColumnMapping
from engine.recommenders.data.profile.profiling import profile
from engine.recommenders.data.proposal.proposing import propose
from tests.engine.recommenders.test_rec_archives import archived

BREAK = '"user\n(id)",item,y\n' + "".join(f"{row % 5},{row % 7},{row % 2}\n" for row in range(40))
STRAY = BREAK.replace('"user\n(id)"', '5" user')
ENDS = {"\n": "LF", "\r\n": "CR LF", "\r": "CR"}


@pytest.mark.parametrize("end", ENDS, ids=ENDS.values())
@pytest.mark.parametrize(("text", "user"), [(BREAK, "user\n(id)"), (STRAY, '5" user')], ids=["break", "stray quote"])
def test_a_header_is_the_same_to_all_readers(tmp_path: Path, text: str, user: str, end: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(text.replace("\n", end).encode())
    assert columns_at(path) == (user, "item", "y")
    assert tuple(read_table(path, Limits(), Watch(""), header=True).frame.columns) == (user, "item", "y")
    assert [column.name for column in propose(path).columns] == [user, "item", "y"]
    log = load_log(path, ColumnMapping(user, "item")).log
    assert (log.user_count, log.item_count, len(log)) == (5, 7, 35)


def test_a_sample_of_a_large_file_begins_with_its_whole_header(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(BREAK + "".join(f"{row},{row},1\n" for row in range(5000)))
    small = Limits(file_bytes=4096, block_bytes=256)
    assert read_table(path, small, Watch(""), header=True).frame.columns == ["user\n(id)", "item", "y"]


def told(path: Path) -> list[str]:
    """The codes of what is said where a zip's table is looked at as one of examples."""
    found = []
    for look in (lambda: profile(RecommenderData(source="file", path=path)), lambda: propose(path)):
        try:
            said = look()
        except EngineError as error:
            found.append(error.problem.code)
        else:
            found += [problem.code for problem in getattr(said, "problems", ())]
    return found


def test_a_table_of_examples_in_a_zip_is_to_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    path.write_bytes(archived({"t.csv": "size,kind,label\n" + "".join(f"{r},{r % 3},{r % 2}\n" for r in range(40))}))
    assert told(path) == ["data.file-archive", "data.file-archive"]


def test_damage_of_a_zip_is_said_by_every_look(tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    content = bytearray(archived({"t.csv": BREAK}, zipfile.ZIP_STORED))
    content[80] ^= 1
    path.write_bytes(content)
    assert told(path) == ["recommender.archive-broken"] * 2
