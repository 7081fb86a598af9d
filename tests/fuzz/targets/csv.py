"""Tables as text: looked at and learned from, in the playground and by the recommenders."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.judging import put
from tests.fuzz.mutators import several
from tests.fuzz.mutators.havoc import havoc
from tests.fuzz.mutators.tables import changed_table, rewritten
from tests.fuzz.target import Target
from tests.fuzz.targets.using import ANY, use_all, use_one


def _run(content: bytes, folder: Path) -> None:
    use_one(put(folder, "table.csv", content), content, ANY)


def _again(content: bytes, folder: Path) -> None:
    use_all(put(folder, "table.csv", content), ANY)


TARGET = Target(
    _run,
    several((6, changed_table), (2, rewritten), (2, havoc)),
    suffix=".csv",
    largest=1 << 18,
    again=_again,
)
