"""Says what a file that was opened as a document is instead, told from how it begins."""

from __future__ import annotations

from pathlib import Path

from engine.data.suffixes import DATA_SUFFIXES, WORKBOOK_SUFFIXES
from engine.opening import open_file
from engine.problems import Problem, Word, declare

FOREIGN = declare(
    "file.foreign",
    "“{path}” is {kind}, not a Neuroloom document. Choose a .loom file or, for data, one that ends in {known}.",
)

_HEAD = 4096
_BY_NAME = {
    ".onnx": Word("an ONNX model"),
    ".safetensors": Word("weights in a safetensors file"),
    **dict.fromkeys(WORKBOOK_SUFFIXES, Word("a workbook")),
}
_BEGINNINGS = {
    b"PK\x03\x04": Word("a zip archive"),
    b"\x1f\x8b": Word("a gzip archive"),
    b"PAR1": Word("a Parquet table"),
    b"%PDF": Word("a PDF"),
    b"\x93NUMPY": Word("a NumPy array"),
    b"\x89PNG": Word("a picture"),
    b"\xff\xd8\xff": Word("a picture"),
    b"GIF8": Word("a picture"),
    b"\xff\xfe": Word("a text in UTF-16"),
    b"\xfe\xff": Word("a text in UTF-16"),
}


def foreign(path: Path) -> Problem | None:
    """Say what the file is; None for one that begins like JSON and is damaged, or can't be read. Never raises."""
    try:
        with open_file(path) as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    kind = _kind(path.suffix.lower(), head)
    return None if kind is None else FOREIGN(path=path.name, kind=kind, known=", ".join(DATA_SUFFIXES))


def _kind(suffix: str, head: bytes) -> Word | None:
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return None
    if not head:
        return Word("an empty file")
    if suffix in _BY_NAME:
        return _BY_NAME[suffix]
    for beginning, kind in _BEGINNINGS.items():
        if head.startswith(beginning):
            return kind
    if b"\0" in head:
        return Word("a binary file")
    return Word("a table") if _is_table(head) else Word("a text file")


def _is_table(head: bytes) -> bool:
    """Whether the first two lines have as many separators of one kind."""
    first, second, *_ = (*head.split(b"\n"), b"", b"")
    return any(0 < first.count(separator) == second.count(separator) for separator in (b",", b";", b"\t", b"|"))
