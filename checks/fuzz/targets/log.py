"""Archives of logs, read in place: recognised, told what is in them, and gathered."""

from __future__ import annotations

from pathlib import Path

from checks.fuzz.judging import put
from checks.fuzz.mutators import cut, several
from checks.fuzz.mutators.archives import changed_members, changed_records
from checks.fuzz.mutators.havoc import flipped, havoc
from checks.fuzz.target import Target
from checks.fuzz.targets.using import LOGS, use_all, use_one


def _run(content: bytes, folder: Path) -> None:
    use_one(put(folder, "log.zip", content), content, LOGS)


def _again(content: bytes, folder: Path) -> None:
    use_all(put(folder, "log.zip", content), LOGS)


TARGET = Target(
    _run,
    several((6, changed_members), (3, changed_records), (2, flipped), (1, havoc), (1, cut)),
    suffix=".zip",
    largest=1 << 18,
    again=_again,
)
