"""A fourth recommender and a data source of its own, declared here: trained, judged and asked by the command line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray
from pydantic import Field

from engine.cli.main import run
from engine.flags import Flag
from engine.graph.columns import Columns
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.model import NetworkGraph
from engine.problems import EngineError, Problem
from engine.recommenders.data import sources
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.remote.catalogue import Entry
from engine.recommenders.data.sources import DataSource, Gives, Origin
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.labelled import LabelledTable
from engine.recommenders.data.tables.row_numbers import RowNumbers
from engine.recommenders.judging.metrics import auc
from engine.recommenders.model.graph_draft import GraphDraft
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows, prepare
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.checkpoints import Checkpoint, Cursor
from engine.recommenders.running.settings import AdaGrad, Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks import base, known
from engine.recommenders.tasks.base import (
    Explanation,
    Part,
    Preset,
    PrintedTable,
    RecommenderQuestion,
    RecommenderTask,
    Spec,
    TaskKind,
)
from engine.recommenders.tasks.opening import reopened

ROOT = Path(__file__).parents[3]
ROWS = 400


class Coins(DataSource):
    """Whether x + noise is above 0, and a column that says nothing of it."""

    key = "coins"
    label, summary = "Coins", "Numbers thrown for this test"
    origin = Origin.SHIPPED
    gives = frozenset({Gives.EXAMPLES})
    entry = Entry(
        "coins", "Coins", summary, "of its own", "https://example.org", "Look, do not touch.", False, "", "", None
    )

    def examples(self, data: RecommenderData, progress: Callable[[float], None] | None = None) -> LabelledTable:
        draw = np.random.default_rng(data.seed)
        x, other = draw.normal(size=(2, ROWS))
        table = pl.DataFrame({"x": x, "other": other, "y": (x + 0.2 * draw.normal(size=ROWS) > 0.0).astype(np.int64)})
        return LabelledTable(table, Goal("y"), Fields(numbers=("x", "other")))


class LineSpec(Spec):
    by: Annotated[str, Flag("by-column", "COLUMN")] = Field(default="x", description="the column to go by")
    dimensions: int = Field(default=1, ge=1, le=1, description="of an embedding")


class LineQuestion(RecommenderQuestion):
    above: float = Field(default=0.0, description="the least logit to show")


class LineTask:
    """σ(w·x + b), trained on the first half of the rows and judged on the second."""

    def __init__(self, data: RecommenderData, labelled: LabelledTable, spec: LineSpec, training: Training) -> None:
        self.data, self.labelled, self.spec, self.training = data, labelled, spec, training
        draft = GraphDraft()
        numbers = draft.add("numbers", NumbersParams(columns=(spec.by,)), "x", 0)
        dense = DenseParams(units=1, activation="identity", initializer="zeros")
        draft.add("joint_logit", None, "y", 2, [draft.add("dense", dense, "w", 1, [numbers])])
        self.network = RecommenderNetwork(draft.graph(), "cpu", training.seed)

    @property
    def notices(self) -> tuple[Problem, ...]:
        return self.labelled.notices

    @cached_property
    def trainer(self) -> RecommenderTrainer:
        return RecommenderTrainer(self.network, self.training)

    @cached_property
    def batches(self) -> PreparedBatches:
        return PreparedBatches(self.prepared(np.arange(ROWS // 2)), self.training)

    @property
    def examples(self) -> int:
        return ROWS

    @property
    def numbering(self) -> RowNumbers:
        return RowNumbers(ROWS)

    def prepared(self, rows: NDArray[np.int64]) -> PreparedRows:
        some = self.labelled.table[rows]
        columns = Columns({self.spec.by: some[self.spec.by].to_numpy().astype(np.float32)}, len(rows))
        return prepare(self.network.plan, columns, self.labelled.goal.labels(some))

    def document(self) -> dict[str, Any]:
        data = self.data.model_dump(mode="json")
        return {"task": Line.key, "model": self.spec.model_dump(mode="json"), "data": data}

    def logits(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self.network.outputs(self.prepared(rows))[0][len(self.network.plan.nodes) - 1]
        return np.asarray(found)[:, 0]

    @property
    def withheld(self) -> None:
        return None

    def figures(self, part: Part = "valid") -> Mapping[str, float]:
        rows = np.arange(ROWS // 2, ROWS)
        return {"auc": auc(self.labelled.goal.labels(self.labelled.table[rows]), self.logits(rows))}

    def baselines(self, part: Part = "valid") -> Iterator[tuple[str, Mapping[str, float]]]:
        yield "a coin", {"auc": 0.5}

    @property
    def snapshot(self) -> None:
        return None

    @property
    def judged_rows(self) -> int:
        return ROWS - ROWS // 2

    def companions(self) -> Mapping[str, RecommenderTask]:
        return {}


class Line(TaskKind[LineSpec]):
    key, label, summary, purpose = "line", "A line", "The least that learns", "drawing a line"
    spec_type, question_type = LineSpec, LineQuestion
    needs = Gives.EXAMPLES
    usual_sources = ("coins",)
    best = ("auc",)
    start = Preset(LineSpec(), Training(epochs=3, batch_size=32, deep=AdaGrad(rate=0.5)))
    starts: Mapping[str, Preset[LineSpec]] = {}
    trial = RecommenderData(source="coins")

    def open(
        self,
        data: RecommenderData,
        spec: LineSpec,
        training: Training,
        device: str = "cpu",
        split: int = 0,
        progress: Callable[[float], None] | None = None,
        graph: NetworkGraph | None = None,
    ) -> LineTask:
        return LineTask(data, sources.data_source(data.source).examples(data, progress), spec, training)

    def draft(
        self,
        data: RecommenderData,
        spec: LineSpec,
        split: int = 0,
        progress: Callable[[float], None] | None = None,
        graph: NetworkGraph | None = None,
    ) -> Askable[Any]:
        return Askable(None, ())

    def reopen(
        self,
        kept: Mapping[str, Any],
        data: RecommenderData,
        training: Training,
        device: str = "cpu",
        rows: Mapping[str, pl.DataFrame] | None = None,
    ) -> LineTask:
        return self.open(data, LineSpec.model_validate(kept["model"]), training)

    def explain(self, task: object, question: RecommenderQuestion, others: object) -> Explanation:
        assert isinstance(task, LineTask) and isinstance(question, LineQuestion)
        rows = question.rows_of(task.numbering, task.data)
        found = [(int(row), float(z)) for row, z in zip(rows, task.logits(rows), strict=True) if z >= question.above]
        return Explanation({"rows": [row for row, _ in found]}, ["w·x + b", PrintedTable(("row", "logit"), found)])


@pytest.fixture
def declared() -> Iterator[None]:
    sources.register(Coins())
    base.register(Line())
    try:
        yield
    finally:
        base.unregister(Line.key)
        sources.unregister(Coins.key)


@pytest.fixture
def checkpoint(declared: None, tmp_path: Path) -> str:
    out = str(tmp_path / "line.safetensors")
    assert run(["recommend", "train", "line", "--device", "cpu", "--out", out]) == 0
    return out


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """What ``--json`` prints."""
    capsys.readouterr()
    assert run(["recommend", *arguments, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


@pytest.mark.torch
def test_it_is_trained_and_judged(declared: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checkpoint = str(tmp_path / "line.safetensors")
    assert run(["recommend", "train", "line", "--device", "cpu", "--out", checkpoint]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("epoch 1: loss ") and "· auc 0.9" in told.out.splitlines()[2]
    assert told.err.startswith("Coins: Look, do not touch.")
    figures = asked(capsys, "evaluate", checkpoint)["figures"]
    assert figures["this network"]["auc"] > 0.95 and figures["a coin"]["auc"] == 0.5


@pytest.mark.torch
def test_it_is_asked_by_a_flag_of_its_own(checkpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "query", checkpoint, "--rows", "0,1,2,3", "--above", "-99")["rows"] == [0, 1, 2, 3]
    assert asked(capsys, "query", checkpoint, "--rows", "0,1,2,3", "--above", "99")["rows"] == []
    assert run(["recommend", "query", checkpoint, "--above", "-99"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "w·x + b" and lines[1].split() == ["row", "logit"] and len(lines) == 7
    passed = asked(capsys, "query", checkpoint, "--rows", "3", "--trace")
    assert {stage["phase"] for stage in passed["stages"]} >= {"forward", "loss", "backward", "update"}
    assert run(["recommend", "query", checkpoint, "--rows", str(ROWS)]) == 1
    assert f"rows 0 to {ROWS - 1}" in capsys.readouterr().err


@pytest.mark.torch
def test_its_flags_lie_over_its_preset_and_a_run_goes_on(
    checkpoint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = ["--by-column", "other", "--epochs", "1", "--data-seed", "7"]
    assert asked(capsys, "train", "line", *other, "--device", "cpu")["epochs"][0]["metrics"]["auc"] < 0.7
    assert run(["recommend", "train", "line", "--dimensions", "2"]) == 2
    assert "--dimensions is 2; it must be 1 or less" in capsys.readouterr().err
    told = asked(capsys, "train", "--resume", checkpoint, "--epochs", "5", "--device", "cpu")
    assert [epoch["epoch"] for epoch in told["epochs"]] == [3, 4]


@pytest.mark.torch
def test_it_is_offered_where_the_others_are(declared: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert "coins" in {one["name"] for one in asked(capsys, "data")["data"]}
    assert asked(capsys, "data", "coins")["terms"] == "Look, do not touch."
    assert run(["recommend", "train", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "{wide-deep,candidates,ranking,line}" in told and "video-site, coins, or a file" in told
    assert "line: --by-column COLUMN the column to go by" in told
    assert run(["recommend", "train"]) == 2
    assert "wide-deep, candidates, ranking or line" in capsys.readouterr().err
    assert run(["recommend", "train", "line", "--data", "video-site", "--device", "cpu"]) == 1
    assert "learns from rows with an outcome, which “video-site” can't give; choose adult, " in capsys.readouterr().err
    assert run(["recommend", "train", "wide-deep", "--data", "coins", "--epochs", "1", "--device", "cpu"]) == 0


@pytest.mark.torch
def test_nothing_is_left_of_it(checkpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    base.unregister(Line.key)
    try:
        assert run(["recommend", "train", "line"]) == 2
        assert "invalid choice: 'line'" in capsys.readouterr().err
        assert run(["recommend", "evaluate", checkpoint]) == 1
        assert "“line” is unknown" in capsys.readouterr().err
    finally:
        base.register(Line())
    sources.unregister(Coins.key)
    try:
        assert run(["recommend", "evaluate", checkpoint]) == 1
        assert "There is no data set “coins”" in capsys.readouterr().err
    finally:
        sources.register(Coins())


@pytest.mark.parametrize(
    ("kept", "reason"),
    [
        ({}, "names no recommender"),
        ([], "names no recommender"),
        ({"task": ["line"]}, "“['line']” is unknown"),
        ({"task": "ranking"}, "holds no model"),
        ({"task": "ranking", "model": {}}, "must be an object"),
        ({"task": "ranking", "model": {}, "data": {"source": "video-site", "events": 0}}, "events is 0"),
        ({"task": "ranking", "model": {}, "data": {"source": "adult"}}, "which “adult” can't give"),
        ({"task": "ranking", "model": {}, "data": {"source": "video-site"}}, "doesn't contain a ranking model"),
    ],
)
def test_what_no_task_has_written_is_refused(kept: Any, reason: str) -> None:
    graph = NetworkGraph(blocks=(), wires=())
    with pytest.raises(EngineError, match=re.escape(reason)):
        reopened(Checkpoint(Path("x.safetensors"), Cursor(), graph, Training(), kept, {}, (0, 0, 0)))


def test_a_key_is_taken_once() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        base.register(known.task_kind("ranking"))
    with pytest.raises(ValueError, match="registered twice"):
        sources.register(sources.data_source("adult"))
    with pytest.raises(EngineError, match="no recommender “nobody's”; choose one of wide-deep"):
        known.task_kind("nobody's")


@pytest.mark.parametrize("kind", known.task_kinds(), ids=lambda kind: kind.key)
def test_every_kind_is_complete(kind: TaskKind[Any]) -> None:
    assert kind.label and kind.summary and kind.purpose and kind.best
    assert kind.needs in sources.data_source(kind.default_source).gives
    assert kind.needs in sources.data_source(kind.trial.source).gives
    for source in (*kind.starts, kind.default_source):
        assert isinstance(kind.preset(source).spec, kind.spec_type)


@pytest.mark.process
def test_declaring_them_loads_no_library_that_takes_time() -> None:
    program = "import sys, engine.recommenders.tasks.known; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"torch", "polars", "scipy", "sklearn", "numba", "faiss"} & set(done.stdout.split())
