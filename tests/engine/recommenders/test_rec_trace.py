"""A recommender's pass, stage by stage, is what a step of training does."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.graph.columns import Columns, bags_of
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows, prepare
from engine.recommenders.running.row_trace import trace_rows
from engine.recommenders.running.settings import Ftrl, Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.tasks.candidates.graph import candidate_graph
from engine.recommenders.tasks.candidates.spec import CandidateSpec
from engine.recommenders.tasks.wide_deep.graph import wide_deep
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec
from engine.training.trace import Phase

ROWS = 3


def wide_and_deep() -> tuple[RecommenderTrainer, PreparedRows]:
    spec = WideDeepSpec(crosses=(("c", "d"),), hidden=(5,), dimensions=2, quantiles=0)
    network = RecommenderNetwork(wide_deep(Fields(("c", "d")), {"c": 4, "d": 3}, spec))
    columns = Columns({"c": np.array([1, 2, 2]), "d": np.array([0, 2, 1])}, ROWS)
    batch = prepare(network.plan, columns, np.array([1, 0, 1], np.float32))
    return RecommenderTrainer(network, Training(wide=Ftrl(alpha=0.5, l1=1e-4))), batch


def candidates() -> tuple[RecommenderTrainer, PreparedRows]:
    spec = CandidateSpec(dimensions=4, hidden=(6,), example_age=False, negatives=5)
    network = RecommenderNetwork(candidate_graph(9, {}, spec))
    columns = Columns({"history": bags_of([[1, 2], [], [5]])}, ROWS)
    return RecommenderTrainer(network, Training(), np.arange(1, 10)), prepare(
        network.plan, columns, np.array([3, 0, 8])
    )


@pytest.mark.parametrize("make", [wide_and_deep, candidates])
def test_the_stages_are_those_of_a_step(make) -> None:
    trainer, batch = make()
    trainer.train(batch)  # so that the optimisers remember something
    plan, network = trainer.network.plan, trainer.network
    found = trace_rows(trainer, batch)
    before = {slot.key: network.view(slot.key).clone() for slot in plan.slots()}
    before |= {key: table.clone() for key, table in network.tables.items()}
    report = trainer.train(batch)
    assert found.loss == pytest.approx(report.loss, rel=1e-6)
    phases = [stage.phase for stage in found.stages]
    assert phases == sorted(phases, key=list(Phase).index)
    for stage in found.stages:
        for name, values in stage.values.items():
            key = (stage.block_id, name)
            if stage.phase is Phase.UPDATE and name != "rows":
                now = network.tables[key] if key in network.tables else network.view(key)
                moved = (now - before[key]).numpy()
                shown = np.zeros_like(moved)
                shown[stage.values["rows"].astype(int) if key in network.tables else ...] = values
                np.testing.assert_allclose(shown, moved, atol=1e-6)
            if stage.phase is Phase.BACKWARD and key in report.rows:
                np.testing.assert_allclose(values, report.rows[key].values.numpy(), rtol=1e-5, atol=1e-9)


def test_the_loss_stage_is_the_probability_less_the_target() -> None:
    trainer, batch = wide_and_deep()
    stage = next(stage for stage in trace_rows(trainer, batch).stages if stage.phase is Phase.LOSS)
    np.testing.assert_allclose(stage.values["delta"], stage.values["a"] - stage.values["target"], atol=1e-6)
    p, t = stage.values["a"][:, 0], stage.values["target"][:, 0]
    np.testing.assert_allclose(stage.values["loss"], -np.log(np.where(t > 0, p, 1 - p)), rtol=1e-5)


def test_a_trace_changes_nothing() -> None:
    trainer, batch = candidates()
    theta, tables = trainer.network.theta.clone(), {key: t.clone() for key, t in trainer.network.tables.items()}
    trace_rows(trainer, batch)
    assert torch.equal(theta, trainer.network.theta)
    assert all(torch.equal(table, trainer.network.tables[key]) for key, table in tables.items())
    assert trainer.step == 0
