"""Checkpoints of recommenders: read, opened on the data that they were trained on, and gone on from."""

from __future__ import annotations

from pathlib import Path

from checks.fuzz.judging import put
from checks.fuzz.mutators import several
from checks.fuzz.mutators.havoc import havoc
from checks.fuzz.mutators.tensors import changed_tensors
from checks.fuzz.target import CORPUS, Target
from engine.recommenders.data.data_choice import RecommenderData, TableChoice
from engine.recommenders.running.checkpoints import load, read, restore
from engine.recommenders.tasks.opening import reopened
from engine.recommenders.tasks.wide_deep.task import WideDeepTask

_TABLE = (CORPUS / "csv" / "examples").read_bytes()


def _run(content: bytes, folder: Path) -> None:
    checkpoint = read(put(folder, "run.safetensors", content))
    table = put(folder, "table.csv", _TABLE)
    data = RecommenderData(source="file", path=table, table=TableChoice(label="bought", equals="yes"))
    task = reopened(checkpoint, data=data)
    load(checkpoint, task.network)
    task.figures("valid")
    assert isinstance(task, WideDeepTask)
    restore(checkpoint, task.trainer)


TARGET = Target(_run, several((6, changed_tensors), (1, havoc)), suffix=".safetensors")
