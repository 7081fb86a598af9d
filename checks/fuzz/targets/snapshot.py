"""Snapshots of open documents: the header, and the files that are taken out of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from checks.fuzz.judging import put
from checks.fuzz.mutators import cut, several
from checks.fuzz.mutators.havoc import havoc
from checks.fuzz.mutators.json_trees import changed_json
from checks.fuzz.target import Target
from engine.formats.snapshot import extract_snapshot, read_header


def _run(content: bytes, folder: Path) -> None:
    path = put(folder, "a.snapshot", content)
    inside = folder / "inside"
    inside.mkdir(exist_ok=True)
    header = read_header(path)
    _, document = extract_snapshot(path, inside)
    assert document.parent == inside and document.stat().st_size == header.files[0].size


def changed_header(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Another header before the same files."""
    line, _, files = content.partition(b"\n")
    heads = [other.partition(b"\n")[0] for other in others]
    return changed_json(line, rng, heads).replace(b"\n", b" ") + b"\n" + files


TARGET = Target(_run, several((6, changed_header), (1, havoc), (1, cut)), suffix=".snapshot")
