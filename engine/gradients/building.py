"""From a configuration to the real thing: the graph, its data and its settings, as the playground opens and trains
them."""

from __future__ import annotations

from engine.data import DataChoice, Dataset, load
from engine.formats import NetworkFile
from engine.gradients.experiment import Configuration, Experiment
from engine.graph.arrange import gap_beside
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.input import InputParams
from engine.graph.kinds.output import OutputParams
from engine.graph.model import Block, NetworkGraph, Wire
from engine.hyperparameters import Hyperparameters
from engine.training.setup import Setup

LOSS = "binary_cross_entropy"
"""Its δ = p − t neither dies down nor grows where an exploding network saturates its output."""


def hidden_id(number: int) -> str:
    """The id of the hidden layer ``number``, counted from 1."""
    return f"dense-{number}"


OUTPUT_ID = "output-1"


def graph_of(configuration: Configuration) -> NetworkGraph:
    """Input → hidden layers, each with its normalisation and, from the second on, its skip connection → output."""
    c, drawing = configuration, _Drawing()
    drawing.put("input-1", "input", InputParams(features=("x1", "x2")))
    params = DenseParams(units=c.width, activation=c.activation, initializer=c.initializer, scale=_own_scale(c))
    for number in range(1, c.depth + 1):
        fed_by = drawing.end
        drawing.put(hidden_id(number), "dense", params)
        if c.normalisation != "none":
            drawing.put(f"{c.normalisation}_norm-{number}", f"{c.normalisation}_norm")
        if c.skip and number > 1:
            drawing.put(f"add-{number}", "add")
            drawing.wires.append(Wire(source=fed_by, target=drawing.end, slot=1))
    end = OutputParams(loss=LOSS, activation="logistic", initializer=c.initializer, scale=_own_scale(c))
    drawing.put(OUTPUT_ID, "output", end)
    return NetworkGraph(blocks=tuple(drawing.blocks), wires=tuple(drawing.wires))


class _Drawing:
    """Blocks in a row from left to right, each wired to the one before it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.wires: list[Wire] = []

    @property
    def end(self) -> str:
        """The id of the last block."""
        return self.blocks[-1].id

    def put(self, block_id: str, kind: str, params: object = None) -> None:
        data: dict[str, object] = {"id": block_id, "kind": kind}
        if params is not None:
            data["params"] = params
        block = Block.model_validate(data)
        if self.blocks:
            self.wires.append(Wire(source=self.end, target=block_id))
            last = self.blocks[-1]
            block = block.model_copy(update={"x": last.x + gap_beside(last, block)})
        self.blocks.append(block)


def _own_scale(configuration: Configuration) -> float | None:
    return None if configuration.initializer == "zeros" else configuration.scale


def data_of(experiment: Experiment) -> DataChoice:
    """Twice as many points as there are training rows, of which half are put by for testing."""
    return DataChoice(
        name=experiment.data,
        noise=experiment.noise,
        samples=2 * experiment.samples,
        train_share=0.5,
        seed=experiment.seed,
    )


def dataset_of(experiment: Experiment) -> Dataset:
    """The points that all configurations learn from."""
    return load(data_of(experiment))


def hyper_of(configuration: Configuration, seed: int, rows: int) -> Hyperparameters:
    """Every step takes all ``rows`` that are trained on, in the order in which they are, so that its numbers are those
    of the whole set."""
    return Hyperparameters(
        optimizer=configuration.optimizer,
        learning_rate=configuration.rate,
        clip_norm=configuration.clip_norm,
        batch_size=rows,
        shuffle=False,
        seed=seed,
    )


def setup_of(configuration: Configuration, dataset: Dataset, seed: int) -> Setup:
    """What a training session of it is made of."""
    return Setup(graph_of(configuration), dataset, hyper_of(configuration, seed, len(dataset.train)))


def network_file(experiment: Experiment, number: int, title: str) -> NetworkFile:
    """The configuration ``number`` (from 0) as the playground opens it: the same weights from the same seed."""
    configuration = experiment.configurations[number]
    hyper = hyper_of(configuration, experiment.seed, experiment.samples)
    return NetworkFile(graph_of(configuration), hyper, data_of(experiment), title=title)
