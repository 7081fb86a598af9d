"""``neuron``: one unit on a truth table, row by row; whether any setting does the table, and why not; how it learns."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from engine.cli.command import Command
from engine.cli.numbers import decimals
from engine.cli.outcome import Outcome, number, table
from engine.neuron.learning import Learning, LearningStep, learn
from engine.neuron.parting import Contradiction, Share
from engine.neuron.reading import NeuronReading
from engine.neuron.settings import Search, grid_for, search
from engine.neuron.sheet import NeuronContent
from engine.neuron.tables import TABLES, Row, Targets, name_of, rows
from engine.neuron.unit import LARGEST_PARAMETER, OUTPUTS, Unit
from engine.problems import EngineError, declare

UNKNOWN_TABLE = declare(
    "cli.unknown-table",
    "“{table}” isn't a truth table. Name one of {known}, or write its targets as 2, 4 or 8 digits 0 and 1, "
    "such as 0110.",
)
WEIGHTS_MISFIT = declare(
    "cli.weights-misfit", "The table has {needed} inputs, but there are {found} weights; give one for each input."
)
WEIGHT_TOO_LARGE = declare("cli.weight-too-large", "Weights and bias must lie between −{reach:g} and {reach:g}.")
BAD_RATE = declare("cli.bad-rate", "The learning rate can't be {rate:g}. Choose one above 0 and up to 10.")
SHOWN_STEPS = 40


def neuron(arguments: Namespace) -> Outcome:
    """The command. Raises EngineError for a table that is none, or weights that do not fit it."""
    content = _content(arguments)
    reading = NeuronReading(content)
    found = search(content.targets)
    learning = learn(content.unit, content.targets, content.rate) if arguments.learn else None
    document = {
        "table": name_of(content.targets),
        "targets": [int(target) for target in content.targets],
        "weights": content.weights,
        "bias": content.bias,
        "threshold": content.unit.threshold,
        "output": content.output,
        "rows": [
            {"x": r.x, "z": r.z, "output": r.output, "fires": r.fires, "target": int(r.target), "right": r.right}
            for r in reading.rows
        ],
        "right": reading.right,
        "one_unit_can": reading.why_none is None,
        "answer": _unit_document(reading.answer),
        "contradiction": _contradiction_document(reading.why_none, len(content.weights)),
        "search": {
            "settings": found.settings,
            "by_rows_right": found.by_rows,
            "step": grid_for(len(content.weights)).step,
        },
        "learning": None if learning is None else _learning_document(learning),
    }
    return Outcome(document, _lines(reading, found, learning))


def _content(arguments: Namespace) -> NeuronContent:
    targets = _targets(arguments.table)
    inputs = len(targets).bit_length() - 1
    weights = arguments.weights or (1.0,) * inputs
    if len(weights) != inputs:
        raise EngineError(WEIGHTS_MISFIT(needed=inputs, found=len(weights)))
    if not all(abs(value) <= LARGEST_PARAMETER for value in (*weights, arguments.bias)):  # NaN is not either
        raise EngineError(WEIGHT_TOO_LARGE(reach=LARGEST_PARAMETER))
    if not 0 < arguments.rate <= 10:
        raise EngineError(BAD_RATE(rate=arguments.rate))
    return NeuronContent(
        weights=weights, bias=arguments.bias, output=arguments.output, targets=targets, row=0, rate=arguments.rate
    )


def _targets(text: str) -> Targets:
    known = TABLES.get(text.strip().lower())
    if known is not None:
        return known.targets
    if len(text) not in (2, 4, 8) or set(text) - set("01"):
        raise EngineError(UNKNOWN_TABLE(table=text[:40], known=", ".join(TABLES)))
    return tuple(bit == "1" for bit in text)


# For people ----------------------------------------------------------------------------------------------------------


def _lines(reading: NeuronReading, found: Search, learning: Learning | None) -> list[str]:
    unit = reading.unit
    names = [f"x{number}" for number in range(1, unit.inputs + 1)]
    head = [" ".join(names), "z", "output", "target", ""]
    body = [
        [" ".join(str(bit).ljust(len(name)) for bit, name in zip(r.x, names, strict=True)),
         number(r.z), number(r.output), str(int(r.target)), "right" if r.right else "wrong"]
        for r in reading.rows
    ]  # fmt: skip
    lines = [
        f"z = {_sum(unit)}; it fires where z ≥ 0, so where the weighted sum is at least θ = {number(unit.threshold)}",
        "",
        *table(head, body),
        "",
        f"{reading.right} of {len(reading.rows)} rows right",
        *_possible(reading, found),
    ]
    return [*lines, "", *_learning_lines(learning)] if learning is not None else lines


def _sum(unit: Unit) -> str:
    terms = [f"({number(w)})·x{i}" if w < 0 else f"{number(w)}·x{i}" for i, w in enumerate(unit.weights, 1)]
    bias = f"({number(unit.bias)})" if unit.bias < 0 else number(unit.bias)
    return " + ".join([*terms, bias])


def _possible(reading: NeuronReading, found: Search) -> list[str]:
    counted = f"of {found.settings} settings tried, {found.solved} do the whole table"
    why = reading.why_none
    if why is None:
        assert reading.answer is not None
        return [f"One unit can do this table: z = {_sum(reading.answer)} does ({counted})."]
    points = rows(len(reading.content.weights))
    return [
        f"No setting of one unit does this table ({counted}):",
        f"  to fire   {_named(why.fires, points)}: added up, {_added(why)} ≥ 0",
        f"  silent    {_named(why.silent, points)}: added up, {_added(why)} < 0",
        f"  Both cannot hold; the point ({', '.join(str(part) for part in why.meeting)}) lies in both hulls.",
    ]


def _named(shares: Sequence[Share], points: Sequence[Row]) -> str:
    return " + ".join(
        ("" if one.times == 1 else f"{one.times}×") + f"({','.join(map(str, points[one.row]))})" for one in shares
    )


def _added(why: Contradiction) -> str:
    factors = [(factor, f"w{number}") for number, factor in enumerate(why.weights, 1)] + [(why.bias, "b")]
    return " + ".join(("" if factor == 1 else str(factor)) + name for factor, name in factors if factor)


def _learning_lines(learning: Learning) -> list[str]:
    ends = {
        "learnt": f"Learnt after {len(learning.steps)} steps.",
        "cycles": f"It never ends: after {len(learning.steps)} steps all is as it was after {learning.since}.",
        "limit": f"Not learnt within {len(learning.steps)} steps.",
        "beyond": f"Stopped after {len(learning.steps)} steps: the next would lead beyond ±{LARGEST_PARAMETER:g}.",
    }
    head = ["step", "x", "y", "t", "weights", "b"]
    body = [_step_cells(index, step) for index, step in enumerate(learning.steps[:SHOWN_STEPS], 1)]
    left = len(learning.steps) - len(body)
    more = [f"… and {left} more steps"] if left > 0 else []
    return [
        f"Rosenblatt's perceptron rule (1958), η = {number(learning.rate)}:",
        *table(head, body),
        *more,
        ends[learning.end],
    ]


def _step_cells(index: int, step: LearningStep) -> list[str]:
    weights = ", ".join(number(weight) for weight in step.after.weights)
    cells = [str(index), ",".join(map(str, step.x)), number(step.output), number(step.target), weights]
    return [*cells, number(step.after.bias)]


# For programs --------------------------------------------------------------------------------------------------------


def _unit_document(unit: Unit | None) -> dict[str, object] | None:
    return None if unit is None else {"weights": unit.weights, "bias": unit.bias}


def _contradiction_document(why: Contradiction | None, inputs: int) -> dict[str, object] | None:
    if why is None:
        return None
    points = rows(inputs)
    return {
        "fires": [{"x": points[one.row], "times": one.times} for one in why.fires],
        "silent": [{"x": points[one.row], "times": one.times} for one in why.silent],
        "weights": why.weights,
        "bias": why.bias,
        "meeting": [float(part) for part in why.meeting],
    }


def _learning_document(learning: Learning) -> dict[str, object]:
    return {
        "end": learning.end,
        "since": learning.since,
        "rate": learning.rate,
        "steps": [
            {"x": s.x, "z": s.z, "output": s.output, "target": s.target, "change": s.change,
             "bias_change": s.bias_change, "weights": s.after.weights, "bias": s.after.bias, "right": s.right}
            for s in learning.steps
        ],
    }  # fmt: skip


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--table",
        default="and",
        metavar="NAME|TARGETS",
        help=f"{', '.join(TABLES)}, or targets such as 0110 in the order 00, 01, 10, 11",
    )
    parser.add_argument(
        "--weights",
        type=decimals,
        metavar="W,…",
        help="one for each input (default: 1 each); --weights=-1,1 if negative",
    )
    parser.add_argument("--bias", type=float, default=-0.5, metavar="B", help="θ = −b (default: −0.5)")
    parser.add_argument("--output", choices=OUTPUTS, default="step", help="what becomes of z (default: step)")
    parser.add_argument(
        "--learn", action="store_true", help="then let Rosenblatt's perceptron rule (1958) learn the table"
    )
    parser.add_argument("--rate", type=float, default=0.5, metavar="ETA", help="its learning rate (default: 0.5)")


COMMAND = Command(neuron, _add_arguments)
