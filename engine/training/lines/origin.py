"""Where a number of a pass comes from: its line, the numbers it is worked out from, and what each path brings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.network.plan import Node
from engine.training.lines.backward import backward_lines, gradient_lines
from engine.training.lines.expression import (
    Expression,
    Negated,
    Number,
    Product,
    Quotient,
    Rest,
    Source,
    Sum,
    WorkedLine,
    evaluate,
    numbers_of,
)
from engine.training.lines.forward import forward_lines
from engine.training.lines.functions import slope
from engine.training.lines.losses import loss_lines
from engine.training.lines.reading import Reading, alpha_of, delta_of, function_of, indexed
from engine.training.lines.update import update_lines
from engine.training.trace import PassTrace, Phase

MOST_PARENTS = 12


@dataclass(frozen=True, slots=True)
class SumTerm:
    """One term of the sum that a number is, named by the number that it leads to; ``count`` of them where it stands
    for several."""

    through: Source | None
    value: float
    count: int = 1


@dataclass(frozen=True, slots=True)
class NumberOrigin:
    """A number with its ``name`` as mathtext. Without a ``line`` it is not worked out in this pass: it is data, or a
    weight, which all updates so far have made."""

    source: Source
    name: str
    value: float
    line: WorkedLine | None
    parents: tuple[Number, ...]
    paths: tuple[SumTerm, ...]


def origin_of(trace: PassTrace, source: Source) -> NumberOrigin | None:
    """Where the number comes from; None where the pass does not have it (any more)."""
    if trace.plan is None or all(node.id != source.block_id for node in trace.plan.nodes):
        return None
    reading = Reading(trace, source.row, MOST_PARENTS)
    value = value_of(reading, source)
    if value is None:
        return None
    line = _line_of(reading, source)
    if line is None or not line.steps:
        return NumberOrigin(source, source_name(reading, source), value, None, (), ())
    known = {number.source: number for number in numbers_of(line.steps[0]) if number.source is not None}
    parents = tuple(number for key, number in known.items() if key != source)
    return NumberOrigin(source, source_name(reading, source), value, line, parents, _paths(line.steps[0]))


def is_known(trace: PassTrace, source: Source) -> bool:
    """Whether the pass has the number, and does not withhold it."""
    known = trace.plan is not None and any(node.id == source.block_id for node in trace.plan.nodes)
    return known and value_of(Reading(trace, source.row), source) is not None


def value_of(reading: Reading, source: Source) -> float | None:
    """The number itself, None where there is no such."""
    phase, name = _STAGES.get(source.symbol, (None, ""))
    if is_of_update(source):
        return _update_value(reading, source)
    if source.symbol in ("loss", "mean_loss"):
        return _loss_value(reading, source)
    if source.symbol == "slope":
        return _slope_value(reading, source)
    if source.symbol == "t":
        array, index = reading.trace.target, (source.row, *source.index)
    elif phase is not None:
        found = reading.values(phase, source.block_id).get(name)
        if found is None:
            return None
        array, index = found, source.index if name in ("W", "b", "gamma", "beta") else (source.row, *source.index)
    elif (source.block_id, source.symbol) not in reading.trace.weights:
        return None
    else:
        array, index = reading.trace.weights[source.block_id, source.symbol], source.index
    return float(array[index]) if _is_inside(index, array.shape) else None


_STAGES: dict[str, tuple[Phase, str]] = {
    "z": (Phase.FORWARD, "z"),
    "a": (Phase.FORWARD, "a"),
    "delta": (Phase.BACKWARD, "delta"),
    "upstream": (Phase.BACKWARD, "upstream"),
    "dW": (Phase.BACKWARD, "W"),
    "db": (Phase.BACKWARD, "b"),
    "dgamma": (Phase.BACKWARD, "gamma"),
    "dbeta": (Phase.BACKWARD, "beta"),
}


def is_of_update(source: Source) -> bool:
    """Whether it is a number of a parameter's update, such as ``step.W``, rather than of the pass."""
    return "." in source.symbol


def _update_lines(reading: Reading, source: Source) -> tuple[WorkedLine, ...]:
    """The lines of the parameter that a number of an update belongs to; none where the pass has no such update."""
    name = source.symbol.partition(".")[2]
    slot = next((slot for slot in reading.node(source.block_id).slots if slot.spec.name == name), None)
    if slot is None or reading.trace.update is None or not _is_inside(source.index, slot.spec.shape):
        return ()
    return update_lines(reading, slot, source.index)


def _update_value(reading: Reading, source: Source) -> float | None:
    lines = _update_lines(reading, source)
    numbers = (number for line in lines for step in (*line.steps, line.result) for number in numbers_of(step))
    return next((number.value for number in numbers if number.source == source), None)


def _loss_value(reading: Reading, source: Source) -> float | None:
    losses = reading.values(Phase.LOSS, source.block_id).get("loss")
    if losses is None or source.row >= len(losses):
        return None
    return reading.trace.loss if source.symbol == "mean_loss" else float(losses[source.row])


def _slope_value(reading: Reading, source: Source) -> float | None:
    line = _slope_line(reading, source)
    return None if line is None else line.result.value


def _slope_line(reading: Reading, source: Source) -> WorkedLine | None:
    """f′(z) of a unit whose activation is its own alone."""
    node, unit = reading.node(source.block_id), source.index[0]
    function, zs = function_of(node), reading.values(Phase.FORWARD, node.id).get("z")
    if function is None or not function.elementwise or zs is None or not _is_inside((source.row, unit), zs.shape):
        return None
    z, a = reading.z(node, unit), reading.a(node, unit)
    value = float(function.derivative(zs[source.row][None], alpha_of(node))[0, unit])
    steep = slope(function, alpha_of(node), z, a)
    mark = reading.mark(node)
    return WorkedLine(rf"f'({indexed('z', unit, mark=mark)})", "", (steep,), Number(value, source))


def _is_inside(index: tuple[int, ...], shape: tuple[int, ...]) -> bool:
    return len(index) == len(shape) and all(i < size for i, size in zip(index, shape, strict=True))


def _line_of(reading: Reading, source: Source) -> WorkedLine | None:
    """The line that ends in the number."""
    node = reading.node(source.block_id)
    unit = source.index[0]
    if source.symbol == "slope":
        return _slope_line(reading, source)
    if is_of_update(source):
        lines = _update_lines(reading, source)
    elif source.symbol in ("loss", "mean_loss"):
        lines = loss_lines(reading)
    elif source.symbol in ("z", "a"):
        lines = forward_lines(reading, node, unit)
    elif source.symbol == "delta":
        lines = backward_lines(reading, node, unit)
    elif source.symbol == "upstream":
        return _upstream_line(reading, node, unit)
    elif source.symbol.startswith("d"):
        lines = (*gradient_lines(reading, node, unit), *backward_lines(reading, node, unit))
    else:
        return None
    return next((line for line in lines if line.result.source == source), None)


def _upstream_line(reading: Reading, node: Node, unit: int) -> WorkedLine | None:
    """E = Σ w δ where the one block behind weighs it."""
    behind = reading.consumers(node)
    if len(behind) != 1 or not behind[0].kind.probed:
        return None
    products = tuple(
        Product((reading.weight(behind[0], "W", other, unit), reading.delta(behind[0], other)))
        for other in range(behind[0].width)
    )
    return WorkedLine(f"E_{unit + 1}", "", (Sum(products),), reading.upstream(node, unit))


def _paths(step: Expression) -> tuple[SumTerm, ...]:
    """The terms of the step's sum, each with whatever multiplies the sum; none where there is but one."""
    rest = 1.0
    if isinstance(step, Quotient):
        rest /= evaluate(step.bottom)
        step = step.top
    if isinstance(step, Product) and isinstance(step.factors[0], Sum):
        rest *= evaluate(Product(step.factors[1:])) if len(step.factors) > 1 else 1.0
        step = step.factors[0]
    if not isinstance(step, Sum) or len(step.terms) < 2:
        return ()
    return tuple(
        SumTerm(_leads_to(term), rest * evaluate(term), term.count if isinstance(term, Rest) else 1)
        for term in step.terms
    )


def _leads_to(term: Expression) -> Source | None:
    """The number of a term that goes on: its last one, as in ``w·a`` and ``w·δ``."""
    found = [number.source for number in numbers_of(term.of if isinstance(term, Negated) else term)]
    return found[-1] if found else None


# Names ----------------------------------------------------------------------------------------------------------


def source_name(reading: Reading, source: Source) -> str:
    """A number's name as mathtext: ``\\delta_{2}^{(1)}``."""
    mark = reading.mark(reading.node(source.block_id))
    if is_of_update(source):
        return _update_name(reading, source)
    if source.symbol == "mean_loss" or (source.symbol == "loss" and reading.rows == 1):
        return "L"
    if source.symbol == "loss":
        return rf"L_{{{source.row + 1}}}"
    if source.symbol == "delta":
        return delta_of(source.index[0], mark=mark)
    if source.symbol.startswith("d") and source.symbol[1:] in _PARAMETERS:
        return rf"\partial L/\partial {indexed(_PARAMETERS[source.symbol[1:]], *source.index, mark=mark)}"
    return indexed(_SYMBOLS.get(source.symbol, source.symbol), *source.index, mark=mark)


def _update_name(reading: Reading, source: Source) -> str:
    """As its line calls it; a memory of the step before as the one that it becomes."""
    role, _, name = source.symbol.partition(".")
    named = {line.result.source: line.name for line in _update_lines(reading, source)}
    if role.startswith("old"):
        after = replace(source, symbol=f"new{role.removeprefix('old')}.{name}")
        return rf"{named.get(after, 'v')}_{{t-1}}"
    return named.get(source, _GIVEN.get(role, role))


_GIVEN = {"norm": r"\Vert g \Vert", "schedule": "s(e)"}
_PARAMETERS = {"W": "w", "b": "b", "gamma": r"\gamma", "beta": r"\beta"}
_SYMBOLS = {**_PARAMETERS, "upstream": "E", "slope": "f'", "mean": r"\mu", "variance": r"\sigma^2"}
