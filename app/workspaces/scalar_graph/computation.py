"""An expression worked out: its graph, every number of both ways through it, what is known at a step, and its layout.

All of it is made at once from one document, so that no view ever shows numbers of two expressions side by side.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from math import isclose
from typing import Any, TypeVar

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.kit.background import Job
from app.kit.formula.boxes import Maths
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of
from app.workspaces.scalar_graph.layout import Faces, GraphDrawing, Sort, drawing_of
from app.workspaces.scalar_graph.names import corner_sentence, label_box, label_markup, name_text, sign_of, with_names
from engine.autodiff import (
    Fault,
    Gradients,
    Kink,
    Layout,
    Pattern,
    Program,
    ScalarGraph,
    ScalarNode,
    StepSchedule,
    Values,
    backward,
    forward,
    graph_of,
    kinks,
    lay_out,
    parse,
    schedule,
)
from engine.autodiff.collapse import collapse, collapse_standing, opened
from engine.autodiff.document import CollapsedNodes, ExpressionSheet
from engine.autodiff.layout.layers import listed_edges
from engine.autodiff.nudge import Nudge, nudge
from engine.autodiff.paths import PathStep, path_count, strongest_path
from engine.autodiff.patterns import patterns
from engine.autodiff.shares import cross_entropy_of
from engine.problems import EngineError


class ComputationPhase(Enum):
    """Which way the step at hand goes."""

    START = "start"
    FORWARD = "forward"
    SEED = "seed"
    BACKWARD = "backward"


@dataclass(frozen=True, slots=True)
class Handed:
    """A gradient that goes back along an edge: ``upstream`` · ``local`` = ``product``."""

    upstream: float
    local: float
    product: float


@dataclass(frozen=True, slots=True)
class PassState:
    """``values``, ``gradients``: by node, None for what is not known yet. ``handed``: by (target, slot). ``current``:
    the node at work, and in which ``phase``. ``faulty``: nodes whose value means nothing, and why; where all values do,
    those whose gradient does not. ``hollow``: nodes whose gradient means nothing, and why. ``magnitudes``: those of all
    numbers of the pass, known or not."""

    values: Sequence[float | None] = ()
    gradients: Sequence[float | None] = ()
    handed: Mapping[tuple[int, int], Handed] = field(default_factory=dict)
    current: int | None = None
    phase: ComputationPhase = ComputationPhase.START
    faulty: Mapping[int, str] = field(default_factory=dict)
    hollow: Mapping[int, str] = field(default_factory=dict)
    step: int = 0
    steps: int = 0
    magnitudes: Collection[float] = ()

    @property
    def complete(self) -> bool:
        """Everything is known."""
        return self.steps > 0 and self.step >= self.steps

    @property
    def largest(self) -> float:
        """The gradient that the thickest lane stands for, without its sign: all others are drawn by it."""
        known = [abs(gradient) for gradient in self.gradients if gradient is not None]
        if math.isfinite(sum(known)):
            return max(known, default=0.0)
        return max(filter(math.isfinite, known), default=0.0)

    @property
    def broken(self) -> Collection[int]:
        """The nodes whose value means nothing: one that is not finite, and all that rest on it."""
        return self.faulty if self.faulty is not self.hollow else ()


@dataclass(frozen=True, slots=True)
class ValueOf:
    """The key of a node's value."""

    node: str


@dataclass(frozen=True, slots=True)
class GradientOf:
    """The key of a node's gradient."""

    node: str


@dataclass(frozen=True, slots=True)
class ShareOf:
    """The key of what one node hands to one of its operands."""

    node: str
    slot: int


@dataclass(frozen=True, slots=True)
class SlopeOf:
    """The key of a collapsed node's local derivative along one of its operands. ``group``: what is to be collapsed into
    the node, where that has not been done."""

    node: str
    slot: int
    group: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MeasuredOf:
    """The key of the slope of the result along an input, as measured by moving that input ``by`` so much."""

    node: str
    by: float


NumberKey = ValueOf | GradientOf | ShareOf | SlopeOf | MeasuredOf


# Groups that have a name ----------------------------------------------------------------------------------------------

NAMES = {"logistic": "σ", "falling logistic": "σ(−u)", "softmax + cross-entropy": "CE"}
"""The signs of collapsed nodes that are shorter than the names of their groups."""
SLOPES = {
    "logistic": "{y}(1 - {y})",
    "falling logistic": "{y}^2 - {y}",
    "tanh": "1 - {y}^2",
    "softplus": r"\sigma({u})",
    "squared error": "{u} - {v}",
    "softmax + cross-entropy": "p - t",
}
"""How short the slope of a group is, for its pill, with the nodes' own names in; the collapsed node's is worked out by
the engine."""
KINDS = (
    QT_TRANSLATE_NOOP("GraphGroups", "logistic"),
    QT_TRANSLATE_NOOP("GraphGroups", "falling logistic"),
    QT_TRANSLATE_NOOP("GraphGroups", "tanh"),
    QT_TRANSLATE_NOOP("GraphGroups", "softplus"),
    QT_TRANSLATE_NOOP("GraphGroups", "squared error"),
    QT_TRANSLATE_NOOP("GraphGroups", "softmax"),
    QT_TRANSLATE_NOOP("GraphGroups", "softmax + cross-entropy"),
)


WEIGHTED = r"\Sigma t \cdot p - t"
"""The slope of softmax with cross-entropy where the targets don't add up to 1, or are not known to."""
INNER = r" \cdot \ldots"
"""After the slope of a group that has the factors of its operand within: times the slope of that along each."""


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """Nodes that can be one of this ``name``, whose slope is then as short as ``markup``."""

    keys: frozenset[str]
    name: str
    label: str
    markup: str = ""


def named_groups(graph: ScalarGraph, found: Iterable[Pattern]) -> tuple[NamedGroup, ...]:
    """The groups that were found in a graph: the logistic, softmax with cross-entropy …"""
    return tuple(
        NamedGroup(
            pattern.nodes,
            NAMES.get(pattern.kind, pattern.kind),
            QCoreApplication.translate("GraphGroups", pattern.kind),
            _slope(graph, pattern),
        )
        for pattern in found
    )


def _slope(graph: ScalarGraph, found: Pattern) -> str:
    """The slope of a group that has a name, named as its card names it."""
    keys = {"y": found.output, **dict(found.operands)}
    names = {symbol: label_markup(graph, graph.index[key]) for symbol, key in keys.items()}
    if found.kind == "softmax + cross-entropy" and not _targets_add_to_one(graph, graph.index[found.output]):
        return WEIGHTED
    within = INNER if found.kind == "logistic" and len(found.operands) > 1 else ""
    return SLOPES.get(found.kind, "").format(**names) + within


def _targets_add_to_one(graph: ScalarGraph, entropy: int) -> bool:
    """Return whether the targets of a cross-entropy are constants that add up to 1."""
    found = cross_entropy_of(graph, entropy)
    if found is None or found.index is not None:
        return found is not None
    values = [graph.nodes[target].value for target in found.targets]
    known = [value for value in values if value is not None]
    return len(known) == len(values) and isclose(sum(known), 1.0)


def as_one(graph: ScalarGraph, keys: frozenset[str], name: str) -> ScalarGraph:
    """A graph with a group as one node of this name, every node called as it is while the group is not collapsed.
    Raises EngineError where it cannot be."""
    nodes = (
        node if node.rule is None else replace(node, name=graph.labels[graph.index[node.key]])
        for node in collapse(graph, keys, name).nodes
    )
    return ScalarGraph(tuple(nodes))


MOST_SHORTENED = 120
"""In a larger graph nobody looks for the one group."""

USUAL = "y"
"""The name of a result that has none."""


@dataclass(frozen=True, eq=False)
class Shape:
    """A computation without numbers: ``whole`` is the graph with nothing collapsed; ``standing``: those of the
    ``collapsed`` groups whose nodes are there."""

    text: str
    collapsed: tuple[CollapsedNodes, ...]
    standing: tuple[CollapsedNodes, ...]
    program: Program
    whole: ScalarGraph
    graph: ScalarGraph
    layout: Layout
    schedule: StepSchedule

    def keys_in(self, key: str) -> frozenset[str]:
        """The keys of the parts of a collapsed node."""
        inner = self.graph.nodes[self.graph.index[key]].inner
        return frozenset(part.key for part in opened(inner).nodes if part.rule is not None) if inner else frozenset()

    @property
    def unnamed(self) -> str:
        """The name of the result of a single line; empty where the line names it. A single variable or
        number alone has a name of its own, and is called y like all others here, unless it is that."""
        if self.program.name or self.program.definitions:
            return ""
        labels = self.graph.labels
        return labels[self.graph.output] if self.computes else USUAL if USUAL not in labels else ""

    @property
    def computes(self) -> bool:
        """The result is that of an operation."""
        return self.graph.nodes[self.graph.output].rule is not None

    @cached_property
    def drawing(self) -> GraphDrawing:
        """Where everything is drawn."""
        return drawing_from(self.graph, self.layout)

    @cached_property
    def faces(self) -> Faces:
        """The text of the nodes."""
        return faces_from(self.graph)

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The groups that have a name."""
        return patterns(self.graph)

    @cached_property
    def groups(self) -> tuple[NamedGroup, ...]:
        """The same, with what is said of them."""
        return named_groups(self.graph, self.patterns)

    @cached_property
    def shortened(self) -> ScalarGraph | None:
        """The graph with its first group as one node, whose derivative is made short; None where there is none, or so
        much else that nobody looks for it."""
        group = next(iter(self.groups), None) if len(self.graph.nodes) <= MOST_SHORTENED else None
        return as_one(self.graph, group.keys, group.name) if group is not None else None

    def prepare(self) -> None:
        """Work out all that is to be seen of it: in another thread, so that the window only looks it up."""
        self.drawing.prepare()
        _ = self.faces, self.groups, self.shortened


def shape_of(sheet: ExpressionSheet, before: Layout | None) -> Shape:
    """Read, draw and order an expression. Raises EngineError."""
    program = parse(sheet.text)
    whole = graph_of(program)
    graph, standing = collapse_standing(whole, sheet.collapsed)
    return Shape(sheet.text, sheet.collapsed, standing, program, whole, graph, lay_out(graph, before), schedule(graph))


def replaced(before: str, after: str) -> bool:
    """Return whether most of a text is new, so that it is another one rather than an edit of the former."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    return 2 * (len(after) - start - end) > len(after)


def _common(one: str, other: str) -> int:
    """In how many letters two texts begin alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def drawing_from(graph: ScalarGraph, layout: Layout) -> GraphDrawing:
    """The drawing of a graph."""
    places = [(layout.places[node.key].column, layout.places[node.key].row) for node in graph.nodes]
    bends: Mapping[tuple[int, int], list[tuple[float, float]]] = {
        (graph.index[key], slot): [(place.column, place.row) for place in passed]
        for (key, slot), passed in layout.bends.items()
    }
    return drawing_of(
        [node.key for node in graph.nodes],
        [_sort(node) for node in graph.nodes],
        [node.parents for node in graph.nodes],
        graph.output,
        places,
        bends,
        graph.live,
        [listed_edges(graph, index) for index in range(len(graph.nodes))],
    )


def faces_from(graph: ScalarGraph) -> Faces:
    """Return the signs and names of the nodes."""
    names = [label_box(graph, index) for index in range(len(graph.nodes))]
    signs = [names[i] if node.is_variable else Maths(sign_of(node)) for i, node in enumerate(graph.nodes)]
    return Faces(signs, names, graph.labels, names[graph.output])


def _sort(node: ScalarNode) -> Sort:
    if node.is_variable:
        return Sort.LEAF
    if node.is_constant:
        return Sort.CONSTANT
    return Sort.OPERATION if node.inner is None else Sort.COLLAPSED


def corner_sentences(graph: ScalarGraph, inputs: Mapping[str, float], gradients: Gradients) -> dict[int, str]:
    """Of the nodes whose gradients mean nothing, though all values mean something, those along which the result has a
    corner: each variable's own, and else that where it began."""
    faults = gradients.faults
    if not faults:
        return {}
    first = {id(fault): index for index, fault in reversed(list(faults.items()))}
    asked = {*first.values(), *(index for index in graph.variables.values() if index in faults)}
    said = {
        index: corner_sentence(kink, graph.labels[index])
        for index, kink in kinks(graph, inputs, sorted(asked)).items()
        if kink.has_two_slopes
    }
    whose = {index: index if index in asked else first[id(fault)] for index, fault in faults.items()}
    return {index: said[one] for index, one in whose.items() if one in said}


T = TypeVar("T")
FIRST_VALUE = 1.0
"""The value of a variable that is typed for the first time."""
_PHASES = {"forward": ComputationPhase.FORWARD, "seed": ComputationPhase.SEED, "backward": ComputationPhase.BACKWARD}


@dataclass(frozen=True, slots=True)
class CollapsedGroup:
    """A group as one node: the graph with it, where the node is, and what it hands to its first operand."""

    group: NamedGroup
    graph: ScalarGraph
    index: int
    slot: int
    arrived: float
    local: float
    handed: float

    @property
    def parent(self) -> int:
        """The operand."""
        return self.graph.nodes[self.index].parents[self.slot]


MANY_DIGITS = 1.23456


@dataclass(frozen=True, eq=False)
class Computation:
    """A shape with the numbers of one set of inputs. ``along``: the input that is looked at where none is chosen, empty
    or unknown for the first."""

    shape: Shape
    inputs: Mapping[str, float]
    values: Values
    gradients: Gradients
    along: str = ""

    @property
    def graph(self) -> ScalarGraph:
        """The graph that is drawn."""
        return self.shape.graph

    @property
    def steps(self) -> int:
        """How many steps the whole pass has."""
        return len(self.shape.schedule.steps)

    @property
    def middle(self) -> int:
        """After so many steps all values are known."""
        return self.shape.schedule.middle

    @cached_property
    def handed(self) -> Mapping[tuple[int, int], Handed]:
        """The gradients that go back along the edges, by (child, operand)."""
        return {(e.child, e.slot): Handed(e.arrived, e.local, e.handed) for e in self.gradients.edges}

    @cached_property
    def finite(self) -> bool:
        """Every value and every gradient is finite."""
        known = (gradient for gradient in self.gradients.of if gradient is not None)
        return all(map(math.isfinite, self.values.of)) and all(map(math.isfinite, known))

    @cached_property
    def short(self) -> CollapsedGroup | None:
        """The first group of the graph that has a name, worked out as one node; None where there is none. Once for
        every card that asks."""
        graph = self.shape.shortened
        if graph is None:
            return None
        group = self.shape.groups[0]
        gradients = backward(graph, forward(graph, self.inputs))
        index = next(i for i, node in enumerate(graph.nodes) if node.key in group.keys)
        edge = next((edge for edge in gradients.edges if edge.child == index), None)
        if edge is None:
            return None
        return CollapsedGroup(group, graph, index, edge.slot, edge.arrived, edge.local, edge.handed)

    def path_to(self, node: int) -> tuple[PathStep, ...]:
        """The factors along the strongest path from the output to a node."""
        return self._once(("path", node), lambda: strongest_path(self.graph, self.gradients, node))

    def paths_to(self, node: int) -> int:
        """By how many paths a node reaches the output."""
        return self._once(("paths", node), lambda: path_count(self.graph, node))

    def nudged(self, name: str, by: float) -> Nudge:
        """An input moved by so much, and how far the result moves."""
        return self._once(("nudge", name, by), lambda: nudge(self.graph, self.inputs, name, by, before=self.values))

    def kink_at(self, node: int) -> Kink | None:
        """Return the kink of the result along a node here, if it has one."""
        return self._once(("kink", node), lambda: kinks(self.graph, self.inputs, [node]).get(node))

    def _once(self, key: Hashable, find: Callable[[], T]) -> T:
        """Return a result, computed once: several cards ask for it."""
        if key not in self._found:
            self._found[key] = find()
        found: T = self._found[key]
        return found

    @cached_property
    def _found(self) -> dict[Hashable, Any]:
        return {}

    def leaf_among(self, keys: Collection[Hashable]) -> str | None:
        """The input that is looked at: one of these, else the document's, else the first; None where there is none."""
        variables = self.graph.variables
        found = (str(key) for key in keys if key in variables)
        usual = self.along if self.along in variables else next(iter(variables), None)
        return min(found, key=variables.__getitem__, default=usual)

    def node_among(self, keys: Collection[Hashable]) -> int | None:
        """The node whose gradient is followed: one of these, else the input that is looked at."""
        index, leaf = self.graph.index, self.leaf_among(keys)
        chosen = next((index[str(key)] for key in keys if str(key) in index), None)
        return chosen if chosen is not None or leaf is None else index[leaf]

    @cached_property
    def faults(self) -> Mapping[int, str]:
        """Nodes whose value means nothing, and why."""
        return self._said(self.values.faults)

    @cached_property
    def hollow(self) -> Mapping[int, str]:
        """Nodes whose gradient means nothing, and why."""
        return self._said(self.gradients.faults) | dict(self.corners)

    @cached_property
    def corners(self) -> Mapping[int, str]:
        """Those of them along which there is no derivative, for the result has a corner: which, in a sentence."""
        return corner_sentences(self.graph, self.inputs, self.gradients) if not self.values.faults else {}

    def _said(self, faults: Mapping[int, Fault]) -> dict[int, str]:
        """Each fault as a sentence; all that comes of one says the same."""
        said: dict[int, str] = {}
        for fault in faults.values():
            if id(fault) not in said:
                within = self.values.faults and self.graph.nodes[fault.origin].inner is not None
                said[id(fault)] = (self._inner_fault(fault.origin) if within else "") or sentence_of(
                    with_names(fault.problem)
                )
        return {index: said[id(fault)] for index, fault in faults.items()}

    def _inner_fault(self, index: int) -> str:
        """Which part of a collapsed node has no finite value, and why, by the name that it has when it is open."""
        whole = self.shape.whole
        faults = forward(whole, self.inputs).faults
        keys = self.shape.keys_in(self.graph.nodes[index].key)
        blamed = next((fault for fault in faults if whole.nodes[fault].key in keys), None)
        if blamed is None:
            return ""
        words = QCoreApplication.translate("GraphFaults", "Within {group}: {reason}")
        return words.format(
            group=name_text(self.graph.labels[index]), reason=sentence_of(with_names(faults[blamed].problem))
        )

    @cached_property
    def _magnitudes(self) -> frozenset[float]:
        """A number of many digits for each sign and power of ten that there is."""
        values = [self.values.of[index] for index in self.graph.operations]
        shares = [share.product for share in self.handed.values()]
        numbers = np.array([*values, *self.gradients.of, *shares], dtype=np.float64)  # None is NaN
        numbers = numbers[np.isfinite(numbers) & (numbers != 0.0)]
        powers = 10.0 ** np.floor(np.log10(np.abs(numbers)))
        return frozenset(np.unique(np.copysign(MANY_DIGITS * powers, numbers)).tolist())

    def state(self, done: int) -> PassState:
        """Return what is known after so many steps."""
        when = self.shape.schedule
        values = [value if moment <= done else None for value, moment in zip(self.values.of, when.value, strict=True)]
        gradients = [
            value if moment is not None and moment <= done else None
            for value, moment in zip(self.gradients.of, when.gradient, strict=True)
        ]
        handed_on = [moment is not None and moment <= done for moment in when.handed]
        handed = {edge: share for edge, share in self.handed.items() if handed_on[edge[0]]}
        last = when.steps[done - 1] if 0 < done <= len(when.steps) else None
        faulty = {index: fault for index, fault in self.faults.items() if when.value[index] <= done}
        hollow = {index: fault for index, fault in self.hollow.items() if gradients[index] is not None}
        return PassState(
            values,
            gradients,
            handed,
            last.node if last is not None else None,
            _PHASES[last.kind] if last is not None else ComputationPhase.START,
            faulty or hollow,
            hollow,
            done,
            self.steps,
            self._magnitudes,
        )


def compute(sheet: ExpressionSheet, former: Computation | None) -> Computation:
    """Everything of an expression; what did not change of the former one is kept, but another text is laid out as if it
    were the first. Raises EngineError."""
    shape = former.shape if former is not None else None
    if shape is None or (shape.text, shape.collapsed) != (sheet.text, sheet.collapsed):
        before = shape.layout if shape is not None and not replaced(shape.text, sheet.text) else None
        shape = shape_of(sheet, before)
    inputs = inputs_for(shape, sheet.inputs)
    values = forward(shape.graph, inputs)
    return Computation(shape, inputs, values, backward(shape.graph, values), sheet.along)


def inputs_for(shape: Shape, known: Mapping[str, float]) -> dict[str, float]:
    """A value for every variable: the document's, else a first one."""
    return {name: known.get(name, FIRST_VALUE) for name in shape.whole.variables}


AT_ONCE_GROUP = 6
"""So many operations become one in a few milliseconds."""


def groups_much(sheet: ExpressionSheet, former: Computation | None) -> bool:
    """Return whether a large group is collapsed for the first time: its derivative is simplified in another thread."""
    known = former.shape.collapsed if former is not None else ()
    return any(len(group.nodes) > AT_ONCE_GROUP for group in sheet.collapsed if group not in known)


def in_background(sheet: ExpressionSheet, former: Computation | None, _job: Job) -> Computation | EngineError:
    """A text that cannot be read is no failure of the work."""
    try:
        worked = compute(sheet, former)
    except EngineError as error:
        return error
    worked.shape.prepare()
    _ = worked.handed, worked.hollow
    return worked
