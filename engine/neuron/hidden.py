"""What one unit cannot do, two and a third can: a layer of two whose lines the third unit combines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.activations import activation as activation_of
from engine.data.choice import DataChoice, DrawnPoint
from engine.data.split import split_rows
from engine.formats import NetworkFile
from engine.graph.build import feed_forward
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.neuron.parting import answers
from engine.neuron.tables import TABLES, Row, Targets, inputs_of, rows
from engine.neuron.unit import OutputKey, Unit

CORNER = 3.0
"""In the playground 0 and 1 lie at −3 and 3: its plane goes from −6 to 6."""
COPIES = 4
"""So many points at every corner, for the halves that are trained on and tested on."""
FIRM = 4.0
"""The output's weights are so many times as large, for a logistic that is sure; its line stays."""
_HELPERS = ("or", "nand", "and", "nor")


@dataclass(frozen=True, slots=True)
class HiddenLayer:
    """``first`` and ``second`` see the inputs, ``last`` sees their outputs, all with the step.

    ``keeps``: ``first`` is the learner's own unit. ``names``: of the tables that the three do, where they have one.
    """

    first: Unit
    second: Unit
    last: Unit
    keeps: bool

    @property
    def names(self) -> tuple[str | None, str | None, str | None]:
        """The keys of the tables that they do."""
        return _name(self.first), _name(self.second), _name(self.last)

    def outputs(self, x: Row) -> tuple[bool, bool, bool]:
        """Whether each of the three fires at a row of inputs."""
        hidden = (int(self.first.fires(x)), int(self.second.fires(x)))
        return bool(hidden[0]), bool(hidden[1]), self.last.fires(hidden)


@dataclass(frozen=True, slots=True)
class BooleanFormula:
    """A table of two inputs in words: each as it is (True), negated (False) or not in it (None), joined by ``and`` or
    ``or`` where both are."""

    first: bool | None
    second: bool | None
    joined: Literal["and", "or"] | None

    def holds(self, one: bool, other: bool) -> bool:
        """What it says of two inputs."""
        parts = [bit is sign for bit, sign in ((one, self.first), (other, self.second)) if sign is not None]
        return any(parts) if self.joined == "or" else all(parts)


_COMBINATIONS = (
    *(BooleanFormula(first, second, joined) for joined in ("and", "or") for first in (True, False)
      for second in (True, False)),
    *(BooleanFormula(sign, None, None) for sign in (True, False)),
    *(BooleanFormula(None, sign, None) for sign in (True, False)),
)  # fmt: skip


def combination(done: Targets) -> BooleanFormula:
    """How a unit on two others' outputs combines them, from the table that it does.

    Raises ValueError for a table that is no such combination: XOR, its opposite, and what is the same throughout.
    """
    for one in _COMBINATIONS:
        if tuple(one.holds(bool(a), bool(b)) for a, b in rows(2)) == done:
            return one
    raise ValueError("no line does this table, or every one does")


@lru_cache(maxsize=64)
def pattern(unit: Unit) -> Targets:
    """The table that a unit does."""
    return tuple(unit.fires(x) for x in rows(unit.inputs))


def _name(unit: Unit) -> str | None:
    done = pattern(unit)
    return next((key for key, table in TABLES.items() if table.targets == done), None)


def hidden_layer(own: Unit, targets: Targets) -> HiddenLayer | None:
    """Two units and a third that do the table: with one's own unit as the first where that works, else with two others;
    None where two are not enough."""
    own = replace(own, output="step")
    others = _others(pattern(own), targets)
    if others is not None:
        return HiddenLayer(own, *others, keeps=True)
    return _best(targets)


@lru_cache(maxsize=64)
def _best(targets: Targets) -> HiddenLayer | None:
    """Two units and a third, none of them given."""
    for first in _candidates(inputs_of(targets)):
        others = _others(first, targets)
        if others is not None:
            return HiddenLayer(_unit(first), *others, keeps=False)
    return None


def _others(first: Targets, targets: Targets) -> tuple[Unit, Unit] | None:
    """A second unit and the last one, given what the first one does."""
    for second in _candidates(inputs_of(targets)):
        last = _last(first, second, targets)
        if last is not None:
            return _unit(second), last
    return None


@lru_cache(maxsize=4)
def _candidates(inputs: int) -> tuple[Targets, ...]:
    """What one unit can do, that with a name first."""
    named = [TABLES[key].targets for key in _HELPERS if TABLES[key].inputs == inputs]
    return (*named, *(done for done in answers(inputs) if done not in named))


def _unit(done: Targets) -> Unit:
    return answers(inputs_of(done))[done]


def _last(first: Targets, second: Targets, targets: Targets) -> Unit | None:
    """The third unit on what the two put out, None where none does it."""
    wanted: dict[int, bool] = {}
    for one, other, target in zip(first, second, targets, strict=True):
        if wanted.setdefault(2 * one + other, target) is not target:
            return None
    fitting = (done for done in _candidates(2) if all(done[seen] is target for seen, target in wanted.items()))
    return next((_unit(done) for done in fitting), None)


def network_of(layer: HiddenLayer, targets: Targets, title: str, wish: OutputKey = "step") -> NetworkFile:
    """The solved 2-2-1 network with its data, for the playground. Weights are kept; as the corners lie at ±CORNER
    there, z is 2·CORNER times as large and ``b`` becomes ``CORNER·(2b + Σw)``: the same lines. Hidden units have the
    output function ``wish``, so that they can be trained, where all rows stay right with it; else the step.

    Raises ValueError unless the table has two inputs.
    """
    if inputs_of(targets) != 2:
        raise ValueError("a network of two inputs is made of a table of two inputs")
    activation = wish if _right_with(layer, targets, wish) else "step"
    output = OutputParams(loss="binary_cross_entropy", activation="logistic")
    graph = feed_forward((2,), activation=activation, output=output)
    first, offsets = _hidden_parameters(layer)
    last, bias = _last_parameters(layer, activation)
    weights = {
        ("dense-1", "W"): first,
        ("dense-1", "b"): offsets,
        ("output-1", "W"): last[None, :],
        ("output-1", "b"): np.array([bias]),
    }
    points = tuple(
        DrawnPoint(x1=CORNER * (2 * x[0] - 1), x2=CORNER * (2 * x[1] - 1), label=float(target))
        for x, target in zip(rows(2), targets, strict=True)
        for _copy in range(COPIES)
    )
    seed = even_seed(tuple(target for target in targets for _copy in range(COPIES)))
    data = DataChoice(source="points", points=points, seed=seed)
    return NetworkFile(graph, Hyperparameters(batch_size=COPIES), data, weights, title)


@lru_cache(maxsize=16)
def even_seed(labels: Targets) -> int:
    """The least seed by which each half has as many points of every corner: a table has each row once. 0 where none of
    the first thousand does."""
    corners, classes = np.arange(len(labels)) // COPIES, np.array(labels, np.int64)
    for seed in range(1000):
        train, _test = split_rows(len(labels), 0.5, seed, classes)
        if len(set(np.bincount(corners[train], minlength=len(labels) // COPIES).tolist())) == 1:
            return seed
    return 0


def bias_there(unit: Unit) -> float:
    """The bias of a unit in the playground, where 0 and 1 lie at ±CORNER: with the same weights, the same line."""
    return CORNER * (2 * unit.bias + sum(unit.weights)) + 0.0


def _hidden_parameters(layer: HiddenLayer) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights (2, 2) and biases (2,) of the hidden units, for corners at ±CORNER."""
    units = (layer.first, layer.second)
    offsets = [bias_there(unit) for unit in units]
    return np.array([unit.weights for unit in units]), np.array(offsets)


def _last_parameters(layer: HiddenLayer, activation: str) -> tuple[NDArray[np.float64], float]:
    """Weights (2,) and bias of the output: its own, made firm, for inputs of 0 and 1; tanh gives −1 and 1."""
    weights, bias = FIRM * np.array(layer.last.weights), FIRM * layer.last.bias
    return (weights / 2, bias + float(weights.sum()) / 2) if activation == "tanh" else (weights, bias)


def _right_with(layer: HiddenLayer, targets: Targets, activation: OutputKey) -> bool:
    """Whether the network does every row with this function in its hidden units."""
    first, offsets = _hidden_parameters(layer)
    last, bias = _last_parameters(layer, activation)
    corners = CORNER * (2.0 * np.array(rows(2)) - 1.0)
    hidden = activation_of(activation).value(corners @ first.T + offsets)
    return bool(np.array_equal(hidden @ last + bias >= 0.0, np.array(targets)))
