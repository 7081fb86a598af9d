"""What was opened as a document and is something else is said by what it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.formats import read_network
from engine.formats.loom import MOST_BYTES
from engine.problems import EngineError
from tests.engine.formats.test_sheet import FORM

FOREIGN = {
    "renamed.json": (b"PK\x03\x04" + b"\0" * 30, "is a zip archive"),
    "table.json": (b"user,item\n1,2\n", "is a table"),
    "table.loom": (b"PAR1\x15\x04", "is a Parquet table"),
    "photo.png": (b"\x89PNG\r\n\x1a\n", "is a picture"),
    "photo.loom": (b"\xff\xd8\xff\xe0", "is a picture"),
    "model.onnx": (b"\x08\x07\x12\x07pytorch", "is an ONNX model"),
    "large.onnx": (b"\x08\x07\x12\x07pytorch" + b"\0" * MOST_BYTES, "is an ONNX model"),
    "weights.safetensors": (b"\x40\0\0\0\0\0\0\0{}", "is weights in a safetensors file"),
    "sums.xlsx": (b"PK\x03\x04", "is a workbook"),
    "page.loom": ("{}".encode("utf-16"), "is a text in UTF-16"),
    "notes.md": (b"Something, else\nwithout columns", "is a text file"),
    "settings.ini": (b"[General]\ntheme=dark\n", "is a text file"),
    "noise.bin": (b"\x01\0\x02", "is a binary file"),
    "none.loom": (b"", "is an empty file"),
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("read", [read_network, FORM.read], ids=["network", "sheet"])
def test_what_a_file_is_and_what_can_be_opened_is_said(
    tmp_path: Path, read: Callable[[Path], object], name: str
) -> None:
    content, kind = FOREIGN[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EngineError) as raised:
        read(tmp_path / name)
    sentence = raised.value.problem.sentence
    assert sentence.startswith(f"“{name}” {kind}, not a Neuroloom document. Choose a .loom file") and ".csv" in sentence


def test_damaged_json_is_said_to_be_that(tmp_path: Path) -> None:
    (tmp_path / "half.loom").write_bytes(b'\xef\xbb\xbf {"format": "neuroloom-network",\n"title')
    with pytest.raises(EngineError, match="line 2"):
        read_network(tmp_path / "half.loom")
