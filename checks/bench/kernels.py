"""Training steps alone, against the same arithmetic written by hand in numpy; blocks against chains; single rows.

"By hand" is what a person who knows numpy writes, without checks and reports: 250 rows in batches of 10, Adam, float64.
Times are the processor's, so that what else runs on the machine matters little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from io import StringIO
from itertools import pairwise
from statistics import median
from time import process_time

import numpy as np

from checks.bench.measure import Row, Work, at_least, at_most
from engine.cli.main import run as run_command
from engine.data.catalogue import load
from engine.data.choice import DataChoice
from engine.graph.build import feed_forward
from engine.graph.model import Block, NetworkGraph, Wire
from engine.hyperparameters import Hyperparameters, Precision
from engine.network.choice import BackendName, choose_backend
from engine.network.contract import Backend, TrainJob
from engine.network.plan import compile_graph
from engine.network.state import initial_state
from engine.training.orders import batches
from engine.training.session import Setup, TrainingSession
from engine.training.tables import table_of, target_of

CHAINS: Mapping[str, tuple[Sequence[int], float, int]] = {
    "8×64": ((64,) * 8, 1.8, 2),
    "2-32-32-1": ((32, 32), 5.0, 40),
    "2-4-2-1": ((4, 2), 28.0, 200),
}
"""Hidden layers; how many times as fast as by hand; epochs in a call, milliseconds long, as a run asks for."""
SINGLE_BAR = 3.0
DEAD_BAR = 1.5
TURNS = 41
BLOCK_TURNS = 31
COMMAND_EPOCHS = {"8×64": 500, "2-32-32-1": 8000, "2-4-2-1": 80000}
"""About a second of the kernels each: a command measures the network sixty times, however many epochs there are."""
COMMAND_TURNS = 5
WIDTH = 8


def seconds(work: Work) -> float:
    """The processor time of a call."""
    start = process_time()
    work()
    return process_time() - start


def ratio(slow: Work, fast: Work, turns: int = TURNS) -> float:
    """How many times as long ``slow`` takes as ``fast``, the two taking turns."""
    slow(), fast()
    return median(seconds(slow) / seconds(fast) for _ in range(turns))


def steps(
    graph: NetworkGraph,
    backend: BackendName | Backend = "auto",
    epochs: int = 1,
    batch: int = 10,
    precision: Precision = "float64",
    dead: bool = False,
) -> Work:
    """So many epochs of a backend's bare steps on 250 rows of the two spirals. Of a ``dead`` network no weight has a
    gradient any more but the last bias, and Adam remembers what nearly is none."""
    dataset, hyper = load(DataChoice()), Hyperparameters(batch_size=batch, precision=precision)
    plan = compile_graph(graph, target_of(dataset))
    table = table_of(plan, dataset, dataset.train)
    chosen = batches(table.rows, batch, 0, True, 0, epochs * (table.rows // batch))
    rates = np.full(len(chosen.offsets) - 1, hyper.learning_rate)
    job = TrainJob(table, chosen.order, chosen.offsets, rates, hyper, 0, probe=False)
    engine = choose_backend(plan, backend, "cpu") if isinstance(backend, str) else backend
    state = initial_state(plan, 0, hyper.optimizer)
    if dead:
        state.theta[:], state.slots[...] = 0.0, 1e-310
    return lambda: engine.train(plan, state, job)


def by_hand(hidden: Sequence[int]) -> Work:
    """An epoch of Adam on a chain of tanh layers, in numpy: all parameters in one vector, so that a step updates them
    at once, and the layers' arrays views of it."""
    dataset, hyper = load(DataChoice()), Hyperparameters()
    plan = compile_graph(feed_forward(hidden), target_of(dataset))
    table, state = table_of(plan, dataset, dataset.train), initial_state(plan, 0, "adam")
    x, t, theta, gradient = next(iter(table.inputs.values())), table.targets, state.theta, np.zeros(plan.size)
    weights, biases = ([node.slots[k].view(theta) for node in plan.nodes[1:]] for k in (0, 1))
    to_weights, to_biases = ([node.slots[k].view(gradient) for node in plan.nodes[1:]] for k in (0, 1))
    (m, v), layers, done = state.slots, len(weights), 0
    eta, beta1, beta2, epsilon = hyper.learning_rate, hyper.beta1, hyper.beta2, hyper.epsilon

    def epoch() -> None:
        nonlocal done
        order = np.random.permutation(len(x))
        for start in range(0, len(x), 10):
            rows = order[start : start + 10]
            a = [x[rows]]
            for w, b in zip(weights, biases, strict=True):
                z = a[-1] @ w.T
                z += b
                a.append(np.tanh(z, out=z))
            delta = (a[-1] - t[rows]) * (1.0 - a[-1] * a[-1]) / len(rows)
            for k in range(layers - 1, -1, -1):
                np.matmul(delta.T, a[k], out=to_weights[k])
                delta.sum(axis=0, out=to_biases[k])
                if k:
                    delta = (delta @ weights[k]) * (1.0 - a[k] * a[k])
            done += 1
            np.multiply(m, beta1, out=m)
            np.add(m, (1.0 - beta1) * gradient, out=m)
            np.multiply(v, beta2, out=v)
            np.add(v, (1.0 - beta2) * gradient * gradient, out=v)
            theta[:] -= eta / (1.0 - beta1**done) * m / (np.sqrt(v / (1.0 - beta2**done)) + epsilon)

    return epoch


def _chains() -> list[Row]:
    rows = []
    for name, (hidden, bar, epochs) in CHAINS.items():
        graph, hand = feed_forward(hidden), by_hand(hidden)
        bare, plain = steps(graph, "numba", epochs), steps(graph, "numpy")
        rows += [
            at_least(f"{name} tanh, kernels ÷ numpy by hand", epochs * ratio(hand, bare), "× as fast", bar),
            at_least(
                f"{name} tanh, kernels in float32 ÷ numpy by hand",
                epochs * ratio(hand, steps(graph, "numba", epochs, precision="float32")),
                "× as fast",
                max(bar, SINGLE_BAR),
            ),
            at_least(f"{name} tanh, numpy backend ÷ numpy by hand", ratio(hand, plain), "× as fast", 0.5),
        ]
    return rows


def chain(*blocks: Block, skips: Sequence[tuple[str, str]] = ()) -> NetworkGraph:
    """Blocks one after another, and wires besides, which come second where they end."""
    wires = [Wire(source=a.id, target=b.id) for a, b in pairwise(blocks)]
    wires += [Wire(source=source, target=target, slot=1) for source, target in skips]
    return NetworkGraph(blocks=blocks, wires=tuple(wires))


def _dense(number: int) -> Block:
    return Block(id=f"dense-{number}", kind="dense", params={"units": WIDTH})


def _between(kind: str | None) -> NetworkGraph:
    """2-8-8-8-1 with a block after each hidden layer."""
    blocks = [Block(id="x", kind="input")]
    for number in range(3):
        blocks.append(_dense(number))
        if kind is not None:
            blocks.append(Block(id=f"{kind}-{number}", kind=kind))
    return chain(*blocks, Block(id="y", kind="output"))


def _residual() -> NetworkGraph:
    blocks = [Block(id="x", kind="input"), _dense(0), _dense(1), Block(id="s", kind="add"), _dense(2)]
    blocks += [Block(id="t", kind="add"), Block(id="y", kind="output")]
    return chain(*blocks, skips=[("dense-0", "s"), ("s", "t")])


def _two_inputs(joined: bool) -> NetworkGraph:
    """4-8-8-1 whose four features come from one input, or from two."""
    end = [_dense(0), _dense(1), Block(id="y", kind="output")]
    features = ("x1", "x2", "x1^2", "x2^2")
    if joined:
        return chain(Block(id="x", kind="input", params={"features": features}), *end)
    one, other = (Block(id=f"x{k}", kind="input", params={"features": features[k : k + 2]}) for k in (0, 2))
    both = Block(id="c", kind="concatenate")
    graph = chain(one, both, *end)
    wire = Wire(source=other.id, target=both.id, slot=1)
    return replace_blocks(graph, (other, *graph.blocks), (*graph.wires, wire))


def replace_blocks(graph: NetworkGraph, blocks: Sequence[Block], wires: Sequence[Wire]) -> NetworkGraph:
    """The graph of these blocks and wires."""
    return NetworkGraph(blocks=tuple(blocks), wires=tuple(wires))


def _blocks() -> list[Row]:
    """Of the backend that is chosen, against the dense chain with as many weights."""
    plain = _between(None)
    pairs = {
        "residual": (_residual(), plain),
        "layer norm": (_between("layer_norm"), plain),
        "batch norm": (_between("batch_norm"), plain),
        "dropout": (_between("dropout"), plain),
        "two inputs": (_two_inputs(False), _two_inputs(True)),
    }
    return [
        at_least(
            f"{name} ÷ a dense chain",
            ratio(steps(dense, epochs=4), steps(graph, epochs=4), BLOCK_TURNS),
            "× as fast",
            0.4,
        )
        for name, (graph, dense) in pairs.items()
    ]


def _single_rows() -> list[Row]:
    def session(batch: int) -> TrainingSession:
        return TrainingSession(
            Setup(feed_forward((4, 2)), load(DataChoice()), Hyperparameters(batch_size=batch), "auto", "cpu")
        )

    def epochs(one: TrainingSession) -> Work:
        return lambda: one.run_steps(20 * one.steps_per_epoch, probe=False)

    return [
        at_most(
            "2-4-2-1, an epoch of single rows ÷ of tens",
            ratio(epochs(session(1)), epochs(session(10))),
            "× as long",
            2.8,
        )
    ]


def _dead() -> list[Row]:
    """A network that has died, against one that lives."""
    graph = feed_forward(CHAINS["8×64"][0])
    backends: Sequence[BackendName] = ("numba", "numpy")
    return [
        at_most(
            f"8×64 tanh that has died ÷ one that lives, {name}",
            ratio(steps(graph, name, 4, dead=True), steps(graph, name, 4), BLOCK_TURNS),
            "× as long",
            DEAD_BAR,
        )
        for name in backends
    ]


def _commands() -> list[Row]:
    """``neuroloom-engine train``, without the start of Python, against the kernels of so many epochs."""
    rows = []
    for name, (hidden, _, epochs) in CHAINS.items():
        count = COMMAND_EPOCHS[name]
        arguments = ["train", "--hidden", ",".join(map(str, hidden)), "--epochs", str(count), "--json"]

        def command(arguments: list[str] = arguments) -> None:
            with redirect_stdout(StringIO()):
                assert run_command(arguments) == 0

        bare = steps(feed_forward(hidden), "numba", epochs)
        value = epochs / count * ratio(command, bare, COMMAND_TURNS)
        rows.append(at_least(f"{name} tanh, the command train ÷ kernels", 1.0 / value, "× as fast", 0.85))
    return rows


def run() -> list[Row]:
    """Every row."""
    return [*_chains(), *_blocks(), *_single_rows(), *_dead(), *_commands()]
