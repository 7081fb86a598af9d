"""Makes the gallery's networks: ``python -m tools.networks [name …]`` trains each anew and writes its file.

A recipe says everything: graph, settings, data, how long, and the score on the test set that it must reach, so that no
card promises what its file does not hold. The reference backend trains, from seeds alone: the same recipe gives the
same file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import assets
from engine.data.catalogue import load
from engine.data.choice import DataChoice, DrawnPoint
from engine.formats.base import NetworkFile, write_network
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, move_blocks
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.output import OutputParams
from engine.graph.model import NetworkGraph
from engine.hyperparameters import Hyperparameters
from engine.network.state import weights_of
from engine.schedules import Schedule
from engine.training.progress import progress_of
from engine.training.session import Setup, TrainingSession

SOFTMAX = OutputParams(loss="softmax_cross_entropy")
VALUE = OutputParams(activation="identity")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One network. ``epochs``: how long it is trained, not at all for 0. ``score``: accuracy or R² on the test set that
    it must lie between afterwards. ``goes_on``: the file keeps the run too, since it opens where that ended."""

    title: str
    graph: NetworkGraph
    hyper: Hyperparameters
    data: DataChoice
    epochs: int = 0
    score: tuple[float, float] = (0.0, 1.0)
    goes_on: bool = False


def _settings(optimizer: str, rate: float, batch: int = 10, **others: float) -> Hyperparameters:
    return Hyperparameters.model_validate(
        {"optimizer": optimizer, "learning_rate": rate, "batch_size": batch, **others}
    )


def _drawn(corners: dict[tuple[int, int], int], offsets: Sequence[tuple[float, float]]) -> DataChoice:
    """Points of class ``corners[corner]`` at every offset from each corner."""
    points = [
        DrawnPoint(x1=round(x + dx, 3), x2=round(y + dy, 3), label=label)
        for (x, y), label in corners.items()
        for dx, dy in offsets
    ]
    return DataChoice(source="points", points=tuple(points))


def _residual(blocks: int, units: int) -> NetworkGraph:
    """A dense layer, then so many more, each with a skip connection round it. Weights start so small that a chain of
    the same layers loses the signal; a skip hands it on whole."""
    graph = feed_forward((units,), activation="tanh", initializer="normal", scale=0.1)
    output, last, x = "output-1", "dense-1", 240.0
    params = DenseParams(units=units, activation="tanh", initializer="normal", scale=0.1)
    for _ in range(blocks):
        graph, dense = add_block(graph, "dense", x + 65.0, -230.0, params)
        graph, add = add_block(graph, "add", x + 130.0, 0.0)
        for source, target in ((last, dense), (last, add), (dense, add)):
            graph = connect(graph, source, target)
        last, x = add, x + 130.0
    graph = connect(graph, last, output)
    end = graph.block(output).model_copy(update={"x": x + 150.0})
    return graph.with_blocks(end if block.id == output else block for block in graph.blocks)


def _wide(*units: int) -> NetworkGraph:
    """Layers of so many units that each is a grid, with room for the grids."""
    graph = feed_forward(units, activation="relu", initializer="he_normal")
    places = {f"dense-{number}": (220.0 + 270.0 * (number - 1), 0.0) for number in range(1, len(units) + 1)}
    return move_blocks(graph, {**places, "output-1": (170.0 + 270.0 * len(units), 0.0)})


def _digits(units: int) -> NetworkGraph:
    """From 64 pixels over one layer to ten digits, with room for the grid that so many units are."""
    pixels = tuple(f"pixel_{row}_{column}" for row, column in product(range(8), repeat=2))
    graph = feed_forward((units,), features=pixels, activation="relu", initializer="he_normal", output=SOFTMAX)
    return move_blocks(graph, {"dense-1": (280.0, 0.0), "output-1": (530.0, 0.0)})


def _ten_layers(activation: str) -> NetworkGraph:
    """The pair on vanishing gradients: nothing but the activation tells the two apart. Columns so close that all ten
    are seen at once, large enough to be read."""
    graph = feed_forward((6,) * 10, activation=activation, initializer="xavier_uniform")
    places = {block.id: (76.0 * number, 0.0) for number, block in enumerate(graph.blocks[:-1])}
    return move_blocks(graph, {**places, graph.blocks[-1].id: (76.0 * 11 + 34.0, 0.0)})


CIRCLE = DataChoice(name="circle")
RECIPES: dict[str, Recipe] = {
    "blank": Recipe("", feed_forward(()), Hyperparameters(learning_rate=0.03), CIRCLE),
    "single-unit": Recipe(
        "AND with one unit",
        feed_forward((), output=OutputParams(activation="logistic")),
        _settings("sgd", 0.1, 4),
        _drawn({(-1, -1): 0, (-1, 1): 0, (1, -1): 0, (1, 1): 1}, [(0.0, 0.0)] * 5),
        300,
        (1.0, 1.0),
    ),
    "xor": Recipe(
        "XOR",
        feed_forward((2,)),
        _settings("adam", 0.05, 8, seed=4),
        _drawn({(-3, -3): 0, (-3, 3): 1, (3, -3): 1, (3, 3): 0}, list(product((-0.8, 0.0, 0.8), repeat=2))),
        300,
        (1.0, 1.0),
    ),
    "circle": Recipe("Circle", feed_forward((4, 2)), _settings("adam", 0.03), CIRCLE, 100, (0.99, 1.0)),
    "rings": Recipe(
        "Three rings",
        feed_forward((8, 6), output=SOFTMAX),
        _settings("adam", 0.02),
        DataChoice(name="rings"),
        100,
        (0.99, 1.0),
    ),
    "two-spirals": Recipe(
        "Two spirals",
        feed_forward((8, 8, 8), activation="silu", initializer="he_uniform"),
        _settings("adam", 0.01, 25, l2=3e-4),
        DataChoice(name="two-spirals"),
        600,
        (0.98, 1.0),
    ),
    "vanishing": Recipe(
        "Vanishing gradients", _ten_layers("logistic"), _settings("sgd", 0.1), CIRCLE, 200, (0.4, 0.6)
    ),
    "not-vanishing": Recipe("Twin with tanh", _ten_layers("tanh"), _settings("sgd", 0.1), CIRCLE, 200, (0.99, 1.0)),
    "residual": Recipe(
        "Residual network",
        _residual(11, 8),
        _settings("adam", 0.01, 25, clip_norm=0.3).model_copy(
            # Steps that stay large throw a network of layers that saturate off again once it has learnt.
            update={"schedule": Schedule(kind="cosine", epochs=400.0, factor=0.03)}
        ),
        DataChoice(name="two-spirals"),
        300,
        (0.95, 1.0),
    ),
    "too-many-units": Recipe(
        "Too many units",
        _wide(32, 32),
        _settings("adam", 0.01),
        DataChoice(name="moons", noise=35, samples=120),
        300,
        (0.7, 0.93),
    ),
    "plane": Recipe(
        "Linear regression", feed_forward((), output=VALUE), _settings("sgd", 5e-4), DataChoice(name="plane"), 80,
        (0.99, 1.0),
    ),
    "multi-gaussian": Recipe(
        "Hills",
        feed_forward((12, 12), activation="relu", initializer="he_normal", output=VALUE),
        _settings("adam", 0.01, l2=1e-4),
        DataChoice(name="multi-gaussian", train_share=0.8),
        600,
        (0.8, 1.0),
    ),
    "iris": Recipe(
        "Iris",
        feed_forward(
            (6, 6),
            features=("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"),
            activation="relu",
            initializer="he_normal",
            output=SOFTMAX,
        ),
        _settings("adam", 0.01, l2=3e-3),
        DataChoice(name="iris", train_share=0.7),
        100,
        (0.9, 1.0),
    ),
    "digits": Recipe(
        "Handwritten digits",
        _digits(32),
        _settings("adam", 0.003, 32),
        DataChoice(name="digits", train_share=0.7),
        40,
        (0.97, 1.0),
        goes_on=True,
    ),
}  # fmt: skip


def made(recipe: Recipe) -> tuple[NetworkFile, float]:
    """The network, trained, and its score on the test set.

    Raises ValueError where it does not score what its recipe says.
    """
    dataset = load(recipe.data)
    session = TrainingSession(Setup(recipe.graph, dataset, recipe.hyper, "numpy"))
    snapshot = session.snapshot(maps=False)
    for _ in range(recipe.epochs):
        session.run_epochs()
        snapshot = session.snapshot(maps=False)
    score, (low, high) = snapshot.accuracy, recipe.score
    if recipe.epochs and not low <= score <= high:
        raise ValueError(f"{recipe.title} scores {score:.3f}, which is not from {low} to {high}: mend its recipe")
    weights = weights_of(session.plan, session.state) if recipe.epochs else {}
    progress = progress_of(snapshot) if recipe.goes_on else None
    return NetworkFile(recipe.graph, recipe.hyper, recipe.data, weights, recipe.title, progress), score


def main(names: list[str]) -> int:
    """Make the named networks, or all of them; 2 where one is none of them, and nothing is made."""
    unknown = [name for name in names if name not in RECIPES]
    if unknown:
        print(f"There is no network “{unknown[0]}”; choose from: {', '.join(RECIPES)}.", file=sys.stderr)
        return 2
    folder = assets.path("networks")
    for name in names or RECIPES:
        content, score = made(RECIPES[name])
        write_network(folder / f"{name}.loom", content)
        print(f"{name}: {RECIPES[name].epochs} epochs, {score:.3f} on the test set")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
