"""Softmax over items, whole and sampled: its gradients against formulas written out, and what log Q is for."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.problems import EngineError
from engine.recommenders.data.logs.log import Log
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows, prepare
from engine.recommenders.running.item_softmax import ItemSoftmax
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.running.whole_softmax import whole_losses
from engine.recommenders.tasks.candidates.graph import candidate_graph, fit_columns
from engine.recommenders.tasks.candidates.spec import CandidateSpec
from tests.engine.recommenders.logs_and_examples import training_columns

ITEMS, ROWS, SEED = 40, 12, 3


def a_softmax(counts: np.ndarray, seed: int = 0, **params: object) -> ItemSoftmax:
    return ItemSoftmax(SampledSoftmaxParams.model_validate({"items": len(counts), **params}), counts, seed, "cpu")


def watched_items() -> np.ndarray:
    """Six watches of each of 12 users: the first items often, the last ones seldom."""
    return (ITEMS * np.random.default_rng(3).random(ROWS * 6) ** 2).astype(np.int64)


def a_trainer(**spec: object) -> tuple[RecommenderTrainer, PreparedRows]:
    """A network over 40 items with random histories, and a batch of 12."""
    items, users = watched_items(), np.repeat(np.arange(ROWS), 6)
    names = [f"u{user}" for user in range(ROWS)], [f"i{item}" for item in range(ITEMS)]
    log = Log(users, items, np.arange(len(users)), *names)
    made = CandidateSpec.model_validate({"dimensions": 6, "hidden": (5,), "per_user": 1, "scale": 0.7, **spec})
    columns = fit_columns(log, made)
    network = RecommenderNetwork(candidate_graph(ITEMS, {}, made), seed=SEED)
    rows, targets = training_columns(columns, log)
    counts = np.bincount(log.items, minlength=ITEMS)
    return RecommenderTrainer(network, Training(seed=SEED), counts), prepare(network.plan, rows, targets)


def written_out(
    trainer: RecommenderTrainer, batch: PreparedRows, counts: np.ndarray, log_q: bool
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The mean loss of a batch over whole tables that autograd sees, in double precision, and both tables."""
    network = trainer.network
    params = network.plan.output.params
    pooled = network.tables["pooled-1", "W"].double().requires_grad_()
    items = network.tables[network.plan.output.id, "V"].double().requires_grad_()
    weights, bias = (network.view(("dense-1", name)).double() for name in ("W", "b"))
    numbers = next(iter(batch.numbers.values()))
    bags = next(iter(batch.keys.values()))
    negatives = a_softmax(counts, SEED, negatives=params.negatives).negatives(0)
    q = params.negatives * counts / counts.sum()  # how often each is expected among the negatives
    losses = []
    for row in range(batch.rows):
        x = torch.cat([pooled[bags.bag(row)].mean(dim=0), torch.from_numpy(numbers[row]).double()])
        u = torch.relu(weights @ x + bias)
        true = int(batch.targets[row])
        others = [int(item) for item in negatives if item != true]

        def logit(item: int, u: torch.Tensor = u) -> torch.Tensor:
            return u @ items[item] - (float(np.log(q[item])) if log_q else 0.0)

        among = torch.stack([logit(true), *(logit(item) for item in others)])
        losses.append(torch.logsumexp(among, dim=0) - logit(true))
    return torch.stack(losses).mean(), pooled, items


@pytest.mark.parametrize("log_q", [True, False])
def test_the_sampled_gradient_is_that_of_the_formula(log_q: bool) -> None:
    trainer, batch = a_trainer(negatives=30, log_q=log_q)
    counts = np.bincount(watched_items(), minlength=ITEMS)
    loss, *tables = written_out(trainer, batch, counts, log_q)
    wanted = torch.autograd.grad(loss, tables)
    report = trainer.gradients(batch)
    assert report.loss == pytest.approx(float(loss.detach()), rel=1e-5)
    for key, whole in zip((("pooled-1", "W"), (trainer.network.plan.output.id, "V")), wanted, strict=True):
        found = torch.zeros_like(whole).index_copy_(0, report.rows[key].rows, report.rows[key].values.double())
        assert whole.abs().max() > 1e-3
        torch.testing.assert_close(found, whole, rtol=1e-4, atol=1e-6)


def test_the_full_softmax_is_cross_entropy_over_every_item() -> None:
    trainer, batch = a_trainer(negatives=0)
    network = trainer.network
    u = network.outputs(batch)[1][len(network.plan.nodes) - 1].double()
    items = network.tables[network.plan.output.id, "V"].double().requires_grad_()
    loss = torch.nn.functional.cross_entropy(u @ items.T, torch.from_numpy(batch.targets))
    wanted = torch.autograd.grad(loss, items)[0]
    report = trainer.gradients(batch)
    assert report.loss == pytest.approx(float(loss.detach()), rel=1e-5)
    found = report.rows[network.plan.output.id, "V"]
    assert found.rows.tolist() == list(range(ITEMS))
    torch.testing.assert_close(found.values.double(), wanted, rtol=1e-4, atol=1e-6)


@settings(deadline=None, max_examples=40)
@given(
    rows=st.integers(1, 9), items=st.integers(1, 40), at_once=st.integers(1, 200), seed=st.integers(0, 2**20),
    size=st.sampled_from([0.1, 1.0, 300.0]),
)  # fmt: skip
def test_in_parts_of_any_size_the_whole_softmax_is_that_of_autograd(
    rows: int, items: int, at_once: int, seed: int, size: float
) -> None:
    """In double precision, rows weighted, some of them with the same next item; huge logits do not overflow."""
    draw = torch.Generator().manual_seed(seed)
    u, vectors = (size * torch.randn(count, 5, generator=draw, dtype=torch.float64) for count in (rows, items))
    targets, weights = torch.randint(items, (rows,), generator=draw), torch.rand(rows, generator=draw).double()
    u, vectors = u.requires_grad_(), vectors.requires_grad_()
    expected = torch.nn.functional.cross_entropy(u @ vectors.T, targets, reduction="none")
    found = whole_losses(u, vectors, targets, at_once)
    torch.testing.assert_close(found, expected)
    gradients = [torch.autograd.grad((weights * losses).sum(), [u, vectors]) for losses in (found, expected)]
    torch.testing.assert_close(*gradients, rtol=1e-9, atol=1e-9 * size)


# What log Q is for ------------------------------------------------------------------------------------------------

MANY, BATCH, STEPS, FEWER = 400, 64, 800, 400
"""``FEWER`` steps are enough where what is to be seen is many times the noise."""
WATCHES = 1 / np.arange(1.0, MANY + 1) ** 0.5
"""How often each of 400 items is watched, up to a factor: the first twenty times as often as the last."""


def mean_gradient(logits: np.ndarray, negatives: int, steps: int, *, log_q: bool) -> np.ndarray:
    """∂E[loss]/∂logit of each item, (400,), where every user has the same logits and watches by :data:`WATCHES`.

    The mean over many draws of targets and of negatives; item vectors are one number each and users' vectors 1.
    """
    shares = WATCHES / WATCHES.sum()
    counts = np.round(WATCHES * 1e6).astype(np.int64)
    softmax = a_softmax(counts, 1, negatives=negatives, log_q=log_q)
    draw = np.random.default_rng(2)
    table, u = torch.tensor(logits[:, None], dtype=torch.float32), torch.ones(BATCH, 1)
    total = np.zeros(MANY)
    for step, targets in enumerate(draw.choice(MANY, (steps, BATCH), p=shares)):
        found = softmax.candidates(table, u, targets, step)
        loss = torch.nn.functional.cross_entropy(found.logits, found.places)
        gradient = torch.autograd.grad(loss, found.vectors)[0][:, 0].numpy()
        np.add.at(total, found.lookups.keys.numpy(), gradient)
    return total / steps


def noise_of(shares: np.ndarray, steps: int) -> np.ndarray:
    """Of such a mean: targets alone leave an error of √(P/n), and the negatives about as much again."""
    return np.sqrt(shares / (BATCH * steps)) * 2


@pytest.fixture(scope="module")
def truth() -> np.ndarray:
    """The logits of the full softmax's optimum: log P up to a constant."""
    return np.log(WATCHES / WATCHES.sum())


@pytest.mark.slow
def test_with_log_q_the_optimum_of_the_full_softmax_is_an_optimum_of_the_sampled_one(truth: np.ndarray) -> None:
    """P(true | candidates) ∝ P ÷ Q, whatever is drawn, so that F = log P solves both (Bengio & Senécal 2008)."""
    shares = np.exp(truth)
    with_q = mean_gradient(truth, 40, STEPS, log_q=True)
    without = mean_gradient(truth, 40, FEWER, log_q=False)
    assert np.mean((with_q / noise_of(shares, STEPS)) ** 2) < 1.5
    assert np.mean((without / noise_of(shares, FEWER)) ** 2) > 10
    # Without it, items are pushed down for being drawn often and up for being drawn seldom.
    assert without[:40].sum() > 0.05 > abs(with_q[:40].sum()) * 10
    assert without[-200:].sum() < -0.05


@pytest.mark.slow
def test_without_log_q_every_item_s_optimum_is_the_same_and_popularity_is_lost(truth: np.ndarray) -> None:
    """Drawn as often as watched, P ÷ Q is constant: equal logits are where the uncorrected loss leads."""
    shares = np.exp(truth)
    flat = np.zeros(MANY)
    without = mean_gradient(flat, 40, STEPS, log_q=False)
    with_q = mean_gradient(flat, 40, FEWER, log_q=True)
    assert np.mean((without / noise_of(shares, STEPS)) ** 2) < 1.5
    assert with_q[:40].sum() < -0.02  # frequent items still have to rise


def test_the_more_negatives_the_nearer_the_full_gradient_but_only_with_log_q(truth: np.ndarray) -> None:
    """Away from the optimum too, whichever way the logits are wrong."""
    logits = truth + np.random.default_rng(5).normal(size=MANY)
    full = np.exp(logits) / np.exp(logits).sum() - WATCHES / WATCHES.sum()

    def apart(negatives: int, log_q: bool) -> float:
        """How far the expected gradients are from one another, as a share of the full one."""
        found = mean_gradient(logits, negatives, 300, log_q=log_q)
        return float(np.linalg.norm(found - full) / np.linalg.norm(full))

    few, more, many = (apart(negatives, log_q=True) for negatives in (10, 40, 160))
    assert few > 1.5 * more > 2 * many and many < 0.2
    assert all(apart(negatives, log_q=False) > 1 for negatives in (10, 40, 160))


# How negatives are drawn ------------------------------------------------------------------------------------------


def test_the_true_item_is_no_negative_of_its_own_row() -> None:
    counts = np.array([50, 30, 20])
    softmax = a_softmax(counts, negatives=60, log_q=False)
    table, u = torch.eye(3)[:, :2], torch.tensor([[1.0, 2.0], [1.0, 2.0]])
    found = softmax.candidates(table, u, np.array([0, 2]), step=4)
    drawn = softmax.negatives(4)
    assert set(drawn.tolist()) == {0, 1, 2}
    for row, target in enumerate((0, 2)):
        assert (torch.isneginf(found.logits[row, 1:]).numpy() == (drawn == target)).all()
        assert found.logits[row, 0] == u[row] @ table[target] and found.places[row] == 0


def test_with_uniform_negatives_log_q_changes_nothing() -> None:
    reports = []
    for log_q in (True, False):
        trainer, batch = a_trainer(negatives=20, drawn_by="uniform", log_q=log_q)
        reports.append(trainer.gradients(batch))
    first, second = reports
    assert first.loss == pytest.approx(second.loss, rel=1e-6)
    torch.testing.assert_close(first.gradient, second.gradient, rtol=1e-4, atol=1e-7)
    for key in first.rows:
        assert first.rows[key].rows.tolist() == second.rows[key].rows.tolist()
        torch.testing.assert_close(first.rows[key].values, second.rows[key].values, rtol=1e-4, atol=1e-7)


def test_negatives_are_drawn_as_often_as_items_are_watched_or_alike() -> None:
    counts = np.array([0, 1000, 600, 400])
    for drawn_by, shares in (("frequency", counts / 2000), ("uniform", np.full(4, 0.25))):
        softmax = a_softmax(counts, negatives=4000, drawn_by=drawn_by)
        found = np.bincount(np.concatenate([softmax.negatives(step) for step in range(10)]), minlength=4) / 40_000
        assert found == pytest.approx(shares, abs=0.012)
        assert (found[0] == 0) == (drawn_by == "frequency")


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(0, 2**40), min_size=2, max_size=6, unique=True))
def test_negatives_depend_on_the_seed_and_the_step_alone(seed: int, steps: list[int]) -> None:
    counts = np.arange(1, 1001)
    softmax = a_softmax(counts, seed, negatives=50)
    there = [softmax.negatives(step) for step in steps]
    back = [a_softmax(counts, seed, negatives=50).negatives(step) for step in reversed(steps)][::-1]
    assert all((a == b).all() for a, b in zip(there, back, strict=True))
    assert not (there[0] == there[1]).all()
    assert not (there[0] == a_softmax(counts, seed ^ 1, negatives=50).negatives(steps[0])).all()


def test_what_a_batch_is_made_of_does_not_change_its_negatives() -> None:
    trainer, batch = a_trainer(negatives=15)
    end = trainer.network.plan.output.id, "V"
    rows = [set(trainer.gradients(some).rows[end].rows.tolist()) for some in (batch, batch.take(np.array([3, 5])))]
    drawn = set(a_softmax(np.bincount(watched_items(), minlength=ITEMS), SEED, negatives=15).negatives(0).tolist())
    assert rows[0] == drawn | set(batch.targets.tolist())
    assert rows[1] == drawn | set(batch.targets[[3, 5]].tolist())


def test_frequencies_of_another_catalogue_are_refused() -> None:
    with pytest.raises(EngineError, match="give 5 counts"):
        ItemSoftmax(SampledSoftmaxParams(items=5), np.ones(4, np.int64), 0, "cpu")
