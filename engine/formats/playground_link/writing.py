"""From a network to a link, where the page could train the very same; else the first reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from engine.data.choice import LONGEST_SEED, DataChoice
from engine.data.text_seeded import rows_trained_on
from engine.formats.links import LinkedNetwork, WrittenLink
from engine.formats.playground_link import sentences
from engine.formats.playground_link.settings import CHOICES, CLASSIFIED, DEFAULTS, FEATURES, REGRESSED, START
from engine.formats.playground_link.state import KEPT_IN_FRAGMENTS
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.input import InputParams
from engine.graph.kinds.output import OutputParams
from engine.graph.model import Block, NetworkGraph
from engine.hyperparameters import Hyperparameters
from engine.problems import EngineError, Problem

_KEPT_IN_SEEDS = "".join(letter for letter in KEPT_IN_FRAGMENTS if letter not in "#&=")


def write(network: LinkedNetwork) -> WrittenLink:
    """The link. Raises EngineError with the first thing that it cannot say."""
    content = network.content
    first, hidden, output = _chain(content.graph)
    regression = content.data.name in CHOICES["regDataset"].values()
    data, hyper = content.data, content.hyper
    for problem in (
        *_about_data(data, first, regression=regression),
        *_about_layers(hidden, output, regression=regression),
        *_about_training(hyper, rows_trained_on(data.samples, data.train_share)),
    ):
        raise EngineError(problem)
    values: dict[str, object] = {
        **DEFAULTS,
        **{key: token in first.features for key, token in FEATURES.items()},
        "activation": _word("activation", hidden[0].activation) if hidden else "tanh",
        "regularization": "L1" if hyper.l1 else "L2" if hyper.l2 else "none",
        "regularizationRate": hyper.l1 or hyper.l2,
        "regDataset" if regression else "dataset": _word("regDataset" if regression else "dataset", data.name),
        "problem": "regression" if regression else "classification",
        "batchSize": hyper.batch_size,
        "learningRate": hyper.learning_rate,
        "noise": data.noise,
        "networkShape": tuple(one.units for one in hidden),
        "seed": _seed(data),
        "showTestData": network.show_test,
        "discretize": network.discrete,
        "percTrainData": round(100 * data.train_share, 9),
        "initZero": output.initializer == "zeros" and all(one.initializer == "zeros" for one in hidden),
    }
    text = START + "&".join(f"{key}={_text(value)}" for key, value in values.items() if value is not None)
    return WrittenLink(text, tuple(_unsaid(data)))


def _chain(graph: NetworkGraph) -> tuple[InputParams, tuple[DenseParams, ...], OutputParams]:
    """The parameters along the chain."""
    block: Block | None = graph.inputs[0] if len(graph.inputs) == 1 else None
    met: list[Block] = []
    while block is not None:
        met.append(block)
        following = graph.wires_from(block.id)
        block = graph.block(following[0].target) if len(following) == 1 else None
    params = [one.params for one in met]
    hidden = tuple(one for one in params if isinstance(one, DenseParams))
    if len(met) != len(graph.blocks) or len(params) != len(hidden) + 2 or not params:
        raise EngineError(sentences.NOT_A_CHAIN())
    first, output = params[0], params[-1]
    if not (isinstance(first, InputParams) and isinstance(output, OutputParams)):
        raise EngineError(sentences.NOT_A_CHAIN())
    return first, hidden, output


def _about_data(data: DataChoice, first: InputParams, *, regression: bool) -> Iterator[Problem]:
    known = {*CHOICES["dataset"].values(), *CHOICES["regDataset"].values()}
    if data.source != "named" or data.name not in known:
        yield sentences.OTHER_DATA()
    needed = REGRESSED if regression else CLASSIFIED
    if data.samples != needed:
        yield sentences.OTHER_COUNT(needed=needed)
    if not set(first.features) <= set(FEATURES.values()) or len(set(first.features)) < len(first.features):
        yield sentences.OTHER_INPUTS()
    if len(_seed(data)) > LONGEST_SEED:
        yield sentences.OTHER_SEED(seed=data.seed)


def _about_layers(hidden: tuple[DenseParams, ...], output: OutputParams, *, regression: bool) -> Iterator[Problem]:
    used = {one.activation for one in hidden}
    if len(used) > 1 or not used <= set(CHOICES["activation"].values()):
        yield sentences.OTHER_ACTIVATIONS()
    if not (output.bias and all(one.bias for one in hidden)):
        yield sentences.NO_BIAS()
    ending = "identity" if regression else "tanh"
    if output.loss != "squared_error" or output.activation != ending:
        yield sentences.OTHER_OUTPUT(activation=ending)


def _about_training(hyper: Hyperparameters, rows: int) -> Iterator[Problem]:
    if hyper.optimizer != "sgd" or hyper.schedule.kind != "constant" or hyper.clip_norm is not None:
        yield sentences.OTHER_OPTIMISER()
    if hyper.shuffle:
        yield sentences.SHUFFLED()
    if hyper.batch_size > rows:
        yield sentences.FEW_ROWS(size=hyper.batch_size, rows=rows)
    elif rows % hyper.batch_size and hyper.leftover != "carry":
        yield sentences.LEFTOVER(rows=rows, left=rows % hyper.batch_size)
    if hyper.l1 and hyper.l2:
        yield sentences.BOTH_PENALTIES()
    elif hyper.l1 and hyper.l1_at_zero != "sticks":
        yield sentences.OTHER_L1()


def _unsaid(data: DataChoice) -> Iterator[Problem]:
    yield sentences.NO_WEIGHTS()
    if _seed(data) != data.seed:
        yield sentences.OTHER_POINTS(seed=_seed(data))


def _seed(data: DataChoice) -> str:
    """The seed as it stands in a link: letters that none can carry are encoded, and the page takes them so."""
    return quote(str(data.seed), safe=_KEPT_IN_SEEDS, errors="replace")


def _word(key: str, ours: str) -> str:
    """The page's word for one of ours."""
    return next(word for word, meant in CHOICES[key].items() if meant == ours)


def _text(value: object) -> str:
    """A value as the page writes it: whole numbers without a point, lists with commas."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)
