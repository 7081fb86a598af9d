"""Tables as text: looked at and learned from, in the playground and by the recommenders."""

from __future__ import annotations

from pathlib import Path

from checks.fuzz.judging import put
from checks.fuzz.mutators import several
from checks.fuzz.mutators.havoc import havoc
from checks.fuzz.mutators.tables import changed_table, rewritten
from checks.fuzz.target import Target
from checks.fuzz.targets.using import ANY, use_all, use_one


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
