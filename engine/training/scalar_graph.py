"""A unit of a network, or a small network whole, written as a scalar expression with the numbers of one sample.

Every weight, bias and input becomes a variable with the value that it has in the network, so that the expression's
graph (:mod:`engine.autodiff`) has the pass' own numbers, forward and backward, node by node: a unit of eight inputs is
eight products, their sum and a bend. What stands on a line of its own is a definition, and the last line is the result:
a unit's activation, or the loss of the sample where there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.activations import Activation
from engine.activations.typed import expression_at
from engine.autodiff import graph_of, parse
from engine.autodiff.document import ExpressionSheet
from engine.graph.kinds.names import LossName
from engine.network.plan import Node, Plan
from engine.problems import EngineError, Word, declare
from engine.training.trace import PassTrace, Phase

NOT_A_UNIT = declare(
    "training.scalar-not-a-unit",
    "“{block}” has no unit {unit} with weights of its own; choose a unit of a dense layer.",
)
NO_SLOPE = declare(
    "training.scalar-no-slope",
    "“{block}” uses {what}, whose slope is 0 everywhere, so no gradient passes through it; choose another activation.",
)
NEEDS_LAYER = declare(
    "training.scalar-needs-layer",
    "“{block}” uses {what}, which takes the z of all its units together; open the whole network instead.",
)
NO_SCALARS = declare(
    "training.scalar-no-scalars",
    "“{block}” looks up vectors instead of computing with single numbers; choose a network without it.",
)
SEVERAL_ROWS = declare(
    "training.scalar-several-rows", "A scalar graph shows one sample, but this pass has {rows}; choose a single row."
)

TOO_LARGE = declare(
    "training.scalar-too-large",
    "As a scalar graph this has more than {limit} nodes; choose a single neuron, or a network with fewer units.",
)

MOST_NODES = 400
"""A larger graph is no picture any more."""


@dataclass(slots=True)
class _Writer:
    """Gathers lines and variables. ``along``: the first weight, whose gradient is what training is about."""

    along: str = ""
    lines: list[str] = field(default_factory=list)
    inputs: dict[str, float] = field(default_factory=dict)

    def leaf(self, name: str, value: float) -> str:
        self.inputs[name] = float(value)
        return name

    def define(self, name: str, expression: str) -> str:
        self.lines.append(f"{name} = {expression}")
        return name

    @property
    def sheet(self) -> ExpressionSheet:
        """What has been written, as a document. Raises EngineError for more than :data:`MOST_NODES` nodes."""
        text = "\n".join(self.lines)
        if len(self.inputs) > MOST_NODES or len(graph_of(parse(text)).nodes) > MOST_NODES:
            raise EngineError(TOO_LARGE(limit=MOST_NODES))
        return ExpressionSheet(text=text, inputs=self.inputs, along=self.along)


def unit_expression(trace: PassTrace, block_id: str, unit: int) -> ExpressionSheet:
    """One unit of a dense layer or the output, with what reaches it in the pass of one row.

    An output that stands alone is followed by the sample's loss: its gradients are the pass' own ∂L/∂w.
    Raises EngineError for more than 400 nodes, a unit without weights, an activation that cannot be written, or a pass
    of several rows.
    """
    plan = _plan_of(trace)
    node = next((node for node in plan.nodes if node.id == block_id), None)
    if node is None or not node.kind.probed or (node.id, "W") not in trace.weights or not 0 <= unit < node.width:
        raise EngineError(NOT_A_UNIT(block=node.name if node is not None else block_id, unit=unit + 1))
    writer = _Writer()
    before = plan.nodes[node.sources[0]]
    letter = "a" if before.sources else "x"
    answers = _forward(trace)[before.id]
    feeding = [writer.leaf(f"{letter}{i + 1}", value) for i, value in enumerate(answers)]
    alone = node is plan.output and node.width == 1
    if not _function(node).elementwise:
        raise EngineError(NEEDS_LAYER(block=node.name, what=Word(_function(node).label)))
    z = writer.define("z", _weighted(writer, trace, node, unit, feeding, ""))
    a = writer.define("y" if alone else "a", _bent(node, z))
    if alone:
        _write_loss(writer, trace, node, [z], [a])
    return writer.sheet


def network_expression(trace: PassTrace) -> ExpressionSheet:
    """The whole network with one row's numbers, up to the loss; every unit is a definition of its own.

    Raises EngineError as :func:`unit_expression` does, and for a block that is no arithmetic of single numbers.
    """
    plan, writer = _plan_of(trace), _Writer()
    if plan.size > MOST_NODES:
        raise EngineError(TOO_LARGE(limit=MOST_NODES))
    outputs: dict[int, list[str]] = {}
    logits: list[str] = []
    many = len(plan.inputs) > 1
    for index, node in enumerate(plan.nodes):
        feeding = [outputs[source] for source in node.sources]
        if not node.sources:
            prefix = f"x{index + 1}_" if many else "x"
            values = trace.inputs[node.id][0]
            outputs[index] = [writer.leaf(f"{prefix}{i + 1}", value) for i, value in enumerate(values)]
        elif node.kind.probed:
            logits, outputs[index] = _write_layer(writer, trace, node, index, feeding[0])
        else:
            outputs[index] = _write_other(writer, trace, node, index, feeding)
    _write_loss(writer, trace, plan.output, logits, outputs[len(plan.nodes) - 1])
    return writer.sheet


def _plan_of(trace: PassTrace) -> Plan:
    if len(trace.output) != 1:
        raise EngineError(SEVERAL_ROWS(rows=len(trace.output)))
    if trace.plan is None:
        raise EngineError(NO_SCALARS(block=Word("output")))
    return trace.plan


def _function(node: Node) -> Activation:
    """The activation of a block with weights; the columns of recommenders have none."""
    function = node.kind.function(node.params)
    if function is None:
        raise EngineError(NO_SCALARS(block=node.name))
    return function


def _forward(trace: PassTrace) -> dict[str, Sequence[float]]:
    """What each block answers to the row."""
    return {s.block_id: s.values["a"][0] for s in trace.stages if s.phase is Phase.FORWARD}


def _weighted(writer: _Writer, trace: PassTrace, node: Node, unit: int, feeding: Sequence[str], suffix: str) -> str:
    """``w1*x1 + w2*x2 + b``; ``suffix`` keeps the variables of units apart."""
    rows = trace.weights[(node.id, "W")][unit]
    names = [writer.leaf(f"w{suffix}{'_' if suffix else ''}{i + 1}", value) for i, value in enumerate(rows)]
    writer.along = writer.along or names[0]
    terms = [f"{name}*{source}" for name, source in zip(names, feeding, strict=True)]
    if (node.id, "b") in trace.weights:
        terms.append(writer.leaf(f"b{suffix}", trace.weights[(node.id, "b")][unit]))
    return " + ".join(terms)


def _bent(node: Node, z: str) -> str:
    """The activation of a unit, in terms of its z."""
    function = _function(node)
    if function.is_typed:
        return expression_at(function.key, z)
    if not function.scalar_expression:
        raise EngineError(NO_SLOPE(block=node.name, what=Word(function.label)))
    return function.scalar_expression.format(z=z, alpha=function.alpha_or_default(node.params.alpha))


def _write_layer(
    writer: _Writer, trace: PassTrace, node: Node, index: int, feeding: Sequence[str]
) -> tuple[list[str], list[str]]:
    """The z and the a of every unit of a layer; softmax takes all z at once."""
    suffixes = [f"{index}_{unit + 1}" for unit in range(node.width)]
    sums = [_weighted(writer, trace, node, unit, feeding, suffix) for unit, suffix in enumerate(suffixes)]
    zs = [writer.define(f"z{suffix}", total) for suffix, total in zip(suffixes, sums, strict=True)]
    if _function(node).key == "softmax":
        if node.kind.is_end and node.params.loss == "softmax_cross_entropy":
            return zs, zs  # the loss takes the logits
        every = f"softmax([{', '.join(zs)}])"
        return zs, [writer.define(f"a{suffix}", f"{every}[{i}]") for i, suffix in enumerate(suffixes)]
    bends = [_bent(node, z) for z in zs]
    return zs, [writer.define(f"a{suffix}", bend) for suffix, bend in zip(suffixes, bends, strict=True)]


@dataclass(frozen=True, slots=True)
class _BlockWriter:
    """Writes a block between layers, as :class:`engine.graph.kinds.base.ScalarWriter`: ``place`` sets its names apart
    from those of the others."""

    writer: _Writer
    trace: PassTrace
    block_id: str
    place: int

    def _named(self, letter: str, unit: int | None) -> str:
        return f"{letter}{self.place}" if unit is None else f"{letter}{self.place}_{unit + 1}"

    def define(self, letter: str, expression: str, unit: int | None = None) -> str:
        return self.writer.define(self._named(letter, unit), expression)

    def leaf(self, letter: str, parameter: str, unit: int) -> str:
        return self.writer.leaf(self._named(letter, unit), self.trace.weights[(self.block_id, parameter)][unit])

    def number(self, parameter: str, unit: int) -> str:
        return repr(float(self.trace.weights[(self.block_id, parameter)][unit]))


def _write_other(
    writer: _Writer, trace: PassTrace, node: Node, index: int, feeding: Sequence[Sequence[str]]
) -> list[str]:
    """A block between layers, as its kind writes it."""
    written = node.kind.scalar_source(node.params, feeding, _BlockWriter(writer, trace, node.id, index))
    if written is None:
        raise EngineError(NO_SCALARS(block=node.name))
    return list(written)


def _write_loss(writer: _Writer, trace: PassTrace, node: Node, zs: Sequence[str], answers: Sequence[str]) -> None:
    """The sample's loss; with the logistic's complement as σ(−z), which keeps its digits where 1 − σ(z) loses them."""
    several = len(trace.target[0]) > 1
    targets = [writer.leaf(f"t{k + 1}" if several else "t", value) for k, value in enumerate(trace.target[0])]
    kind: LossName = node.params.loss
    if kind == "softmax_cross_entropy":
        total = f"cross_entropy([{', '.join(zs)}], [{', '.join(targets)}])"
    elif kind == "binary_cross_entropy":
        total = " + ".join(
            f"(-{t}*log({a}) - (1 - {t})*log(sigmoid(-{z})))" for z, a, t in zip(zs, answers, targets, strict=True)
        )
    else:
        total = " + ".join(f"0.5*({a} - {t})^2" for a, t in zip(answers, targets, strict=True))
    writer.define("L", total)
