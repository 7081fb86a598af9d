"""What the latest step measured, without the thousands of steps before it."""

from __future__ import annotations

from weakref import ref

import numpy as np
from numpy.testing import assert_array_equal

from engine.network.contract import TrainReport
from engine.network.numpy_backend import NumpyBackend
from engine.network.state import initial_state
from engine.training.latest import LatestStep
from tests.engine.test_numba_backend import job, network


def test_a_report_is_let_go_of_once_its_last_step_is_known() -> None:
    tables = np.random.default_rng(0).random((4, 50, 3))
    kept, expected, latest = ref(tables), tables[:, -1].copy(), LatestStep()
    latest.take(TrainReport(np.zeros(50), *tables))
    del tables
    assert kept() is None
    plan = network([2])
    work = job(plan)
    state = initial_state(plan, 0, work.hyper.optimizer)
    assert_array_equal(latest.norms(plan, state, NumpyBackend(), lambda: work), expected)


def test_steps_that_were_not_measured_are_looked_at_once_more() -> None:
    plan = network([2])
    work, latest = job(plan), LatestStep()
    state = initial_state(plan, 0, work.hyper.optimizer)
    latest.take(TrainReport(np.zeros(5), *np.zeros((4, 0, 2))))
    measured = NumpyBackend().train(plan, state.copy(), work)
    expected = [table[-1] for table in (
        measured.weight_gradients, measured.bias_gradients, measured.deltas, measured.updates
    )]  # fmt: skip
    assert_array_equal(latest.norms(plan, state, NumpyBackend(), lambda: work), expected)
