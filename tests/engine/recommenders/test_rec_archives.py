"""Archives that are damaged, locked, packed strangely, or hold far more than they let expect."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
from pathlib import Path

import pytest

from engine.problems import EngineError
from engine.recommenders.data.logs import file_set
from engine.recommenders.data.logs.loaders import columns_at, load_log

HOSTILE = Path(__file__).parents[3].parent / "shared/hostile"
RATINGS = "userId,movieId,rating,timestamp\n" + "".join(f"{i % 5},{i % 7},3,{1_500_000_000 + i}\n" for i in range(200))
MOVIES = "movieId,title,genres\n" + "".join(f'{i},"Film {i} (1990)",Drama|War\n' for i in range(7))


def archived(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def told(path: Path, content: bytes) -> str:
    """The code of what is said of an archive; nothing where it is read."""
    path.write_bytes(content)
    for read in (load_log, columns_at):
        try:
            read(path)
        except EngineError as error:
            assert "\n" not in error.problem.sentence
            if read is load_log:
                return error.problem.code
        else:
            assert read is load_log or read is columns_at
    return ""


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_usual_archives_are_read(tmp_path: Path, method: int) -> None:
    path = tmp_path / "ml.zip"
    path.write_bytes(archived({"ml/ratings.csv": RATINGS, "ml/movies.csv": MOVIES}, method))
    log = load_log(path).log
    assert len(log) == 200 and log.item_features["title"][0] == "Film 0"


def test_hundreds_of_damaged_archives_are_read_or_a_sentence(tmp_path: Path) -> None:
    chance = random.Random(0)
    whole = archived({"ml/ratings.csv": RATINGS, "ml/movies.csv": MOVIES})
    listed = len(whole) - 200
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 5))):
            at = chance.choice((chance.randrange(len(content)), chance.randrange(listed, len(content)), 30))
            content[at] = chance.randrange(256)
        told(tmp_path / "damaged.zip", bytes(content))


@pytest.mark.parametrize("end", [0, 4, 30, 100, -100, -22, -1])
def test_archives_that_are_cut_short_are_a_sentence(tmp_path: Path, end: int) -> None:
    whole = archived({"ml/ratings.csv": RATINGS})
    assert told(tmp_path / "cut.zip", whole[:end]) in ("recommender.archive-broken", "data.file-empty")


@pytest.mark.parametrize("damage", ["no archive", "broken stream"])
def test_damage_is_told_without_the_words_of_a_library(tmp_path: Path, damage: str) -> None:
    content = bytearray(archived({"ratings.csv": RATINGS}))
    content[60:80] = bytes(20)
    path = tmp_path / "damaged.zip"
    path.write_bytes(b"PK\3\4 and no more" if damage == "no archive" else bytes(content))
    with pytest.raises(EngineError) as error:
        load_log(path)
    assert error.value.problem.code == "recommender.archive-broken"
    assert set(error.value.problem.parameters) == {"path"}


def test_a_spreadsheet_is_no_text_table(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(archived({"xl/workbook.xml": MOVIES}))
    for content in (path.read_bytes(), path.read_bytes()[:100]):
        path.write_bytes(content)
        with pytest.raises(EngineError) as error:
            columns_at(path)
        assert error.value.problem.code == "data.file-workbook"


def test_a_name_that_is_no_utf_8_in_the_file_s_own_head_is_a_sentence(tmp_path: Path) -> None:
    content = bytearray(archived({"é.csv": RATINGS}))
    content[30] = 0xFF  # the list has the right name still
    assert told(tmp_path / "name.zip", bytes(content)) != ""


def test_what_is_locked_is_said_to_be(tmp_path: Path) -> None:
    content = bytearray(archived({"ratings.csv": RATINGS}))
    content[6] |= 1
    at = content.index(b"PK\1\2")
    content[at + 8] |= 1
    path = tmp_path / "locked.zip"
    path.write_bytes(bytes(content))
    with pytest.raises(EngineError, match="encrypted"):
        load_log(path)


def test_what_asks_for_memory_before_it_begins_is_not_unpacked(tmp_path: Path) -> None:
    assert told(tmp_path / "x.zip", archived({"ratings.csv": RATINGS}, zipfile.ZIP_LZMA)) == "recommender.other-packing"


def test_an_archive_that_holds_far_too_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_set, "_FREE_BYTES", 1 << 16)
    bomb = archived({"ratings.csv": RATINGS, "movies.csv": bytes(8 << 20)})
    assert len(bomb) < 1 << 16
    assert told(tmp_path / "bomb.zip", bomb) == "recommender.too-large"


def test_an_archive_that_lies_about_its_size_is_stopped_while_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_set, "_FREE_BYTES", 1 << 16)
    content = bytearray(archived({"ratings.csv": RATINGS, "movies.csv": bytes(8 << 20)}))
    at = content.rindex(b"PK\1\2")
    content[at + 24 : at + 28] = struct.pack("<I", 1000)
    assert told(tmp_path / "lies.zip", bytes(content)) in ("recommender.too-large", "recommender.archive-broken", "")


def test_a_table_beside_a_log_has_bounds_in_a_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ratings.csv").write_text(RATINGS)
    (tmp_path / "movies.csv").write_text(MOVIES * 30)
    monkeypatch.setattr(file_set, "_MOST_LINES", 100)
    with pytest.raises(EngineError, match="too many for a table that goes with a log"):
        load_log(tmp_path)
    monkeypatch.setattr(file_set, "_MOST_WHOLE", 1000)
    with (tmp_path / "movies.csv").open("wb") as file:
        file.truncate(1 << 40)  # sparse: it takes no room
    with pytest.raises(EngineError, match="more than 1000 bytes"):
        load_log(tmp_path)


def test_a_field_that_the_csv_module_does_not_take_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(RATINGS)
    (tmp_path / "movies.csv").write_text(MOVIES + f'8,"{"x" * 200_000}",Drama\n')
    with pytest.raises(EngineError) as error:
        load_log(tmp_path)
    assert error.value.problem.code == "data.broken-quotes"


@pytest.mark.skipif(not HOSTILE.exists(), reason="the files that did harm are not beside this checkout")
def test_the_archives_that_did_harm_are_a_sentence(tmp_path: Path) -> None:
    for path in sorted(HOSTILE.glob("*.zip")):
        assert told(tmp_path / path.name, path.read_bytes()).startswith(("recommender.", "data."))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_an_archive_that_is_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    with pytest.raises(EngineError, match="it is a pipe"):
        load_log(tmp_path / "pipe.zip")
