"""The recommenders' network against torch's own autograd and optimisers on whole tables."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.graph.columns import Bags, Columns, bags_of
from engine.graph.model import NetworkGraph, Wire
from engine.graph.validation import validate
from engine.recommenders.data.tables.fields import Fields, binned_name
from engine.recommenders.model.lookups import Lookups
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import prepare
from engine.recommenders.running.row_optimisers import Coalescer, RowAdaGrad, RowFtrl, RowGradients
from engine.recommenders.running.settings import AdaGrad, Ftrl, Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.tasks.wide_deep.graph import wide_deep
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec

ROWS = 60
FIELDS = Fields(("city", "device"), ("age",), ("apps",))
SIZES = {"city": 5, "device": 3, binned_name("age"): 4, "apps": 11}


@pytest.fixture(scope="module")
def columns() -> Columns:
    draw = np.random.default_rng(0)
    bags = bags_of([draw.integers(0, 11, draw.integers(0, 5)).tolist() for _ in range(ROWS)])
    return Columns(
        {
            "city": draw.integers(0, 5, ROWS),
            "device": draw.integers(0, 3, ROWS),
            "age": draw.normal(size=ROWS).astype(np.float32),
            binned_name("age"): draw.integers(0, 4, ROWS),
            "apps": bags,
        },
        ROWS,
    )


@pytest.fixture(scope="module")
def targets() -> np.ndarray:
    return (np.random.default_rng(1).random(ROWS) < 0.4).astype(np.float32)


def graph(**changes: object) -> NetworkGraph:
    crosses = (("city", "device"), ("city", "apps"))
    spec = {"crosses": crosses, "hidden": (8, 4), "dimensions": 3, "scale": 0.5, "quantiles": 0, **changes}
    return wide_deep(FIELDS, SIZES, WideDeepSpec.model_validate(spec))


def test_the_template_is_a_valid_graph() -> None:
    assert validate(graph(), None) == ()
    for parts in ("wide", "deep"):
        assert validate(graph(parts=parts), None) == ()


def test_ids_are_no_numbers() -> None:
    whole = graph()
    deep = next(block.id for block in whole.blocks if block.title == "Deep 1")
    before = next(wire for wire in whole.wires if wire.target == deep)
    wrong = whole.with_wires([*(w for w in whole.wires if w != before), Wire(source="categorical-1", target=deep)])
    sentences = [problem.problem.sentence for problem in validate(wrong, None) if problem.blocking]
    assert any("“Deep 1” takes numbers, but “city” gives ids; put an Embedding" in sentence for sentence in sentences)


def by_hand(network: RecommenderNetwork, columns: Columns, tables: dict[tuple[str, str], torch.Tensor]) -> torch.Tensor:
    """The logit written out for this graph, over whole tables that autograd sees."""
    city, device, bins = (torch.as_tensor(columns[name]) for name in ("city", "device", binned_name("age")))
    apps = columns["apps"]
    assert isinstance(apps, Bags)
    wide, pairs = tables["sparse-linear-1", "W"], []
    for row in range(ROWS):
        ids = [int(city[row]), 5 + int(device[row]), 8 + int(bins[row])]  # city, device, bins, then the bags of apps
        ids += [12 + app for app in apps.bag(row)]
        ids.append(23 + int(city[row]) * 3 + int(device[row]))
        ids += [23 + 15 + int(city[row]) * 11 + int(app) for app in apps.bag(row)]
        pairs.append(wide[ids].sum())
    table, pooled = tables["embedding-1", "W"], tables["pooled-1", "W"]
    mean = torch.stack(
        [pooled[torch.as_tensor(apps.bag(r))].mean(0) if len(apps.bag(r)) else torch.zeros(3) for r in range(ROWS)]
    )
    age = torch.as_tensor(columns["age"])[:, None]
    a = torch.cat([table[city], table[5 + device], table[8 + bins], mean, age], dim=1)
    for layer in ("dense-1", "dense-2"):
        a = torch.relu(a @ network.view((layer, "W")).T + network.view((layer, "b")))
    return torch.stack(pairs) + (a @ network.view(("dense-3", "W")).T)[:, 0] + network.view(("joint-logit-1", "b"))


def test_the_logit_is_the_one_written_out_by_hand(columns: Columns, targets: np.ndarray) -> None:
    network = RecommenderNetwork(graph())
    network.tables["sparse-linear-1", "W"].normal_(generator=torch.Generator().manual_seed(3))
    batch = prepare(network.plan, columns, targets)
    z = network.outputs(batch)[0][len(network.plan.nodes) - 1]
    torch.testing.assert_close(z[:, 0], by_hand(network, columns, network.tables), rtol=1e-5, atol=1e-6)


def test_row_gradients_are_autograds_of_whole_tables(columns: Columns, targets: np.ndarray) -> None:
    network = RecommenderNetwork(graph())
    network.tables["sparse-linear-1", "W"].normal_(generator=torch.Generator().manual_seed(3))
    weights = np.random.default_rng(2).random(ROWS).astype(np.float32)
    batch = prepare(network.plan, columns, targets, weights)
    report = RecommenderTrainer(network, Training()).gradients(batch)
    whole = {key: table.clone().requires_grad_() for key, table in network.tables.items()}
    logits = by_hand(network, columns, whole)
    losses = torch.nn.functional.binary_cross_entropy_with_logits(logits, torch.as_tensor(targets), reduction="none")
    loss = (losses * torch.as_tensor(weights)).sum() / float(weights.sum())
    loss.backward()
    assert report.loss == pytest.approx(loss.item(), rel=1e-6)
    for key, table in whole.items():
        found = torch.zeros_like(table)
        found[report.rows[key].rows] = report.rows[key].values
        assert table.grad is not None
        torch.testing.assert_close(found, table.grad, rtol=1e-4, atol=1e-7)
        assert len(set(report.rows[key].rows.tolist())) == len(report.rows[key].rows)


def test_a_step_is_torchs_adagrad_on_the_whole(columns: Columns, targets: np.ndarray) -> None:
    network = RecommenderNetwork(graph(parts="deep"))
    batch = prepare(network.plan, columns, targets)
    trainer = RecommenderTrainer(network, Training(deep=AdaGrad(rate=0.1, initial=0.01, guard=1e-10)))
    key = ("embedding-1", "W")
    twin, theta = network.tables[key].clone().requires_grad_(), network.theta.clone().requires_grad_()
    oracle = torch.optim.Adagrad([twin, theta], lr=0.1, initial_accumulator_value=0.01)
    for _ in range(5):
        report = trainer.train(batch)
        twin.grad = torch.zeros_like(twin)
        twin.grad[report.rows[key].rows] = report.rows[key].values
        theta.grad = report.gradient
        oracle.step()
    torch.testing.assert_close(network.tables[key], twin.detach(), rtol=1e-5, atol=1e-7)
    torch.testing.assert_close(network.theta, theta.detach(), rtol=1e-5, atol=1e-7)


def ftrl_by_the_paper(g: np.ndarray, w: np.ndarray, n: np.ndarray, z: np.ndarray, s: Ftrl) -> None:
    """McMahan et al. 2013, algorithm 1, one coordinate after the other, in float64."""
    for i, gi in np.ndenumerate(g):
        sigma = (np.sqrt(n[i] + gi**2) - np.sqrt(n[i])) / s.alpha
        z[i] += gi - sigma * w[i]
        n[i] += gi**2
        if abs(z[i]) <= s.l1:
            w[i] = 0.0
        else:
            w[i] = -(z[i] - np.sign(z[i]) * s.l1) / ((s.beta + np.sqrt(n[i])) / s.alpha + s.l2)


def test_ftrl_is_the_papers_algorithm() -> None:
    draw = np.random.default_rng(0)
    settings = Ftrl(alpha=0.3, beta=0.5, l1=0.4, l2=0.1)
    table = torch.zeros(7, 1)
    optimiser = RowFtrl(table, settings)
    w, n, z = np.zeros(7), np.zeros(7), np.zeros(7)
    for _ in range(30):
        rows = draw.permutation(7)[:4]
        g = draw.normal(size=4)
        optimiser.update(table, RowGradients(torch.as_tensor(rows), torch.as_tensor(g[:, None], dtype=torch.float32)))
        parts = w[rows], n[rows], z[rows]
        ftrl_by_the_paper(g, *parts, settings)
        w[rows], n[rows], z[rows] = parts
    np.testing.assert_allclose(table[:, 0].numpy(), w, rtol=1e-4, atol=1e-5)
    assert (w == 0.0).any() and (w != 0.0).any()


@pytest.mark.parametrize("shape", ["each", "sum", "mean"])
def test_torch_adds_gradients_up_as_the_kernel_does(shape: str) -> None:
    draw = np.random.default_rng(4)
    keys = torch.as_tensor(draw.integers(0, 9, 40))
    offsets = torch.as_tensor(np.concatenate([[0], np.sort(draw.integers(0, 41, 9)), [40]]))
    each = shape == "each"
    lookups = Lookups(keys, 2) if each else Lookups(keys, 0, offsets, shape == "mean")
    grads = torch.as_tensor(draw.normal(size=(20 if each else 10, 3)), dtype=torch.float32)
    found = Coalescer(9, "cpu").gradients(lookups, grads)
    elsewhere = Coalescer(9, "elsewhere").gradients(lookups, grads)
    order = found.rows.argsort()
    assert torch.equal(found.rows[order], elsewhere.rows)
    torch.testing.assert_close(found.values[order], elsewhere.values)


@pytest.mark.parametrize("make", [lambda t: RowAdaGrad(t, AdaGrad()), lambda t: RowFtrl(t, Ftrl(l1=0.01))])
def test_row_optimisers_do_the_same_without_the_kernels(make, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = torch.Generator().manual_seed(0)
    steps = [RowGradients(torch.tensor([4, 1, 3]), torch.randn(3, 2, generator=draw)) for _ in range(10)]
    tables = []
    for by_kernel in (True, False):
        monkeypatch.setattr(
            "engine.recommenders.running.row_optimisers.on_cpu", lambda _table, by_kernel=by_kernel: by_kernel
        )
        tables.append(torch.zeros(6, 2))
        optimiser = make(tables[-1])
        for step in steps:
            optimiser.update(tables[-1], step)
    assert tables[0].abs().sum() > 0.0
    torch.testing.assert_close(tables[0], tables[1], rtol=1e-5, atol=1e-6)


def test_preparing_rows_and_taking_them_commute(columns: Columns, targets: np.ndarray) -> None:
    network = RecommenderNetwork(graph())
    some = np.array([5, 3, 3, 41])
    whole = prepare(network.plan, columns, targets).take(some)
    parts = prepare(network.plan, columns.take(some), targets[some])
    for first, second in ((whole, parts), (parts, whole)):
        assert first.keys.keys() == second.keys.keys()
    for at, keys in whole.keys.items():
        other = parts.keys[at]
        if isinstance(keys, Bags):
            assert isinstance(other, Bags)
            np.testing.assert_array_equal(keys.ids, other.ids)
            np.testing.assert_array_equal(keys.offsets, other.offsets)
        else:
            np.testing.assert_array_equal(keys, other)


def test_training_lowers_the_loss(columns: Columns, targets: np.ndarray) -> None:
    for seed in range(5):
        network = RecommenderNetwork(graph(), seed=seed)
        batch = prepare(network.plan, columns, targets)
        trainer = RecommenderTrainer(network, Training())
        losses = [trainer.train(batch).loss for _ in range(60)]
        assert losses[-1] < 0.5 * losses[0], seed


DEVICES = [
    "cpu",
    *(["cuda"] if torch.cuda.is_available() else []),
    *(["mps"] if torch.backends.mps.is_available() else []),
]


@pytest.mark.device
@pytest.mark.parametrize("device", DEVICES)
def test_every_device_learns_what_the_kernels_do(
    device: str, columns: Columns, targets: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the CPU: torch's own operations, which are what runs on any other device, against the kernels."""
    trained = []
    for where, by_kernel in (("cpu", True), (device, False)):
        monkeypatch.setattr(
            "engine.recommenders.running.row_optimisers.on_cpu", lambda _table, by_kernel=by_kernel: by_kernel
        )
        network = RecommenderNetwork(graph(), where, seed=5)
        batch = prepare(network.plan, columns, targets)
        trainer = RecommenderTrainer(network, Training(seed=5))
        if not by_kernel:
            for coalescer in trainer._coalescers.values():
                coalescer._places = None
        losses = [trainer.train(batch).loss for _ in range(10)]
        trained.append((losses, network))
    (losses, network), (others, twin) = trained
    np.testing.assert_allclose(others, losses, rtol=1e-4)
    torch.testing.assert_close(twin.theta.cpu(), network.theta, rtol=1e-3, atol=1e-5)
    for key, table in network.tables.items():
        torch.testing.assert_close(twin.tables[key].cpu(), table, rtol=1e-3, atol=1e-5)
