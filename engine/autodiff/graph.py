"""The graph of an expression: a node for every variable, constant and operation, parents before children."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2s
from itertools import chain

from engine.autodiff.characters import LONGEST_NAME
from engine.autodiff.composites import expanded
from engine.autodiff.grammar import MOST_NODES
from engine.autodiff.parser import Program
from engine.autodiff.problems import TOO_MANY_NODES
from engine.autodiff.rules import OUTPUT, Rule, rule_of
from engine.autodiff.tree import NOWHERE, Apply, Constant, Name, Span, Tree, fold, substituted
from engine.problems import EngineError


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A variable (it has a name, no rule and no value), a constant (a value and no rule), or an operation (a rule).

    ``key`` stays with a node across edits: a variable's and a definition's is its name, an operation's comes from what
    is under it, whatever the constants there are worth. ``parents`` are indices into the graph's nodes; ``text`` is how
    a constant was written; ``span`` is where the node stands in the source. ``inner``: of nodes collapsed into one,
    their graph, whose variables are the parameters of the rule; the key is that of the last of them.
    """

    key: str
    rule: Rule | None
    parents: tuple[int, ...] = ()
    name: str = ""
    value: float | None = None
    text: str = ""
    span: Span = NOWHERE
    inner: ScalarGraph | None = None

    @property
    def is_variable(self) -> bool:
        return self.rule is None and self.value is None

    @property
    def is_constant(self) -> bool:
        return self.value is not None


@dataclass(frozen=True)
class ScalarGraph:
    """``nodes`` in an order in which each stands after its parents; the ``output`` is the last."""

    nodes: tuple[ScalarNode, ...]

    @property
    def output(self) -> int:
        return len(self.nodes) - 1

    @cached_property
    def index(self) -> dict[str, int]:
        """Where each key is."""
        return {node.key: index for index, node in enumerate(self.nodes)}

    @cached_property
    def variables(self) -> dict[str, int]:
        """Where each variable is, by its name."""
        return {node.name: index for index, node in enumerate(self.nodes) if node.is_variable}

    @cached_property
    def operations(self) -> tuple[int, ...]:
        """The nodes that compute something."""
        return tuple(index for index, node in enumerate(self.nodes) if node.rule is not None)

    @cached_property
    def users(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Of each node the edges that leave it: the child, and which of its operands this is."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.nodes]
        for child, node in enumerate(self.nodes):
            for slot, parent in enumerate(node.parents):
                found[parent].append((child, slot))
        return tuple(tuple(edges) for edges in found)

    @cached_property
    def live(self) -> tuple[bool, ...]:
        """Which nodes depend on a variable: constants, and what is made of them alone, need no gradient."""
        found: list[bool] = []
        for node in self.nodes:
            found.append(node.is_variable or any(found[parent] for parent in node.parents))
        return tuple(found)

    @cached_property
    def _ways(self) -> dict[str, tuple[tuple[int, tuple[int, ...]], ...]]:
        return {}

    def ways_from(self, name: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """The operations that depend on a variable, from the output back, each with those of its operands that do."""
        ways = self._ways
        found = ways.get(name)
        if found is None:
            leads = [index == self.variables[name] for index in range(len(self.nodes))]
            for index, node in enumerate(self.nodes):
                leads[index] |= any(leads[parent] for parent in node.parents)
            found = ways[name] = tuple(
                (child, tuple(slot for slot, parent in enumerate(self.nodes[child].parents) if leads[parent]))
                for child in reversed(self.operations)
                if leads[child]
            )
        return found

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What each node is called: its name, the constant's text, else v1, v2 … and y for an output without a name."""
        taken = {node.name for node in self.nodes}
        letter = free_letter(("v", "n", "node"), taken)
        found: list[str] = []
        count = 0
        for index, node in enumerate(self.nodes):
            label = node.name or node.text
            if not label and index == self.output and "y" not in taken:
                label = "y"
            elif not label:
                count += 1
                label = f"{letter}{count}"
            found.append(label)
        return tuple(found)


def in_labels(graph: ScalarGraph, index: int, tree: Tree) -> Tree:
    """A tree of a node's rule with the nodes' labels in place of u, v and y, and constants as numbers."""
    node = graph.nodes[index]
    if node.rule is None:
        return tree
    names: dict[str, Tree] = {OUTPUT: Name(graph.labels[index])}
    for parameter, parent in zip(node.rule.parameters, node.parents, strict=True):
        value = graph.nodes[parent].value
        names[parameter] = Name(graph.labels[parent]) if value is None else Constant(value, graph.nodes[parent].text)
    return substituted(tree, names)


def free_letter(letters: Sequence[str], taken: Collection[str]) -> str:
    """The first of some beginnings that no name begins with; the last one with underscores behind it where all are
    taken."""
    offered = chain(letters, (letters[-1] + count * "_" for count in range(1, LONGEST_NAME + 2)))
    return next(one for one in offered if not any(name.startswith(one) for name in taken))


def graph_of(program: Program) -> ScalarGraph:
    """The graph of a program. Raises EngineError where it has more than 2,000 nodes."""
    builder = _Builder(MOST_NODES)
    for definition in program.definitions:
        builder.name(definition.name, builder.add(definition.value))
    output = builder.add(program.result)
    if program.name:
        builder.name(program.name, output)
    return arranged(builder.nodes, output)


def graph_of_tree(tree: Tree) -> ScalarGraph:
    """The graph of one tree of ours, however large; its names are all variables."""
    builder = _Builder()
    return arranged(builder.nodes, builder.add(tree))


def arranged(nodes: Sequence[ScalarNode], output: int) -> ScalarGraph:
    """The graph of what an output needs, in the one order that depends on nothing else: operands from left to right,
    each with all that it needs before it."""
    order: dict[int, int] = {}
    waiting = [output]
    while waiting:
        here = waiting[-1]
        missing = [parent for parent in nodes[here].parents if parent not in order]
        if missing:
            waiting.extend(reversed(missing))
            continue
        waiting.pop()
        order.setdefault(here, len(order))
    return ScalarGraph(
        tuple(replace(nodes[old], parents=tuple(order[parent] for parent in nodes[old].parents)) for old in order)
    )


class _Builder:
    """Nodes as they come; what is shared by name, or by being an equal part of a softmax, comes once."""

    def __init__(self, limit: int = sys.maxsize) -> None:
        self.nodes: list[ScalarNode] = []
        self._limit = limit
        self._named: dict[str, int] = {}
        self._shared: dict[tuple[str, tuple[int | Constant, ...]], int] = {}
        self._times: Counter[str] = Counter()

    def add(self, tree: Tree) -> int:
        """The node of a tree, after all that it needs."""
        whole = fold(expanded(tree), self._combine)
        return self._constant(whole, "#") if isinstance(whole, Constant) else whole

    def name(self, name: str, index: int) -> None:
        """Give a node the name of a definition; one that has a name keeps it."""
        self._named[name] = index
        if not self.nodes[index].name:
            self.nodes[index] = replace(self.nodes[index], name=name, key=name)

    def _combine(self, tree: Tree, operands: tuple[int | Constant, ...]) -> int | Constant:
        """The node of a part; a number stays one until an operation takes it."""
        match tree:
            case Constant():
                return tree
            case Name():
                if tree.name not in self._named:
                    self._named[tree.name] = self._append(ScalarNode(tree.name, None, name=tree.name, span=tree.span))
                return self._named[tree.name]
        assert isinstance(tree, Apply), "what is composite was taken apart"
        rule, taken = rule_of(tree)
        return self._operation(tree, rule, tuple(operands[place] for place in taken))

    def _operation(self, tree: Apply, rule: Rule, operands: tuple[int | Constant, ...]) -> int:
        """The node of an operation: the one that is there already, where equal ones are shared."""
        same = (rule.key, operands)
        if tree.shared and same in self._shared:
            return self._shared[same]
        key = self._key("^" if rule.key.startswith("^") else rule.key, operands)
        parents = tuple(
            self._constant(part, f"{key}.{slot}") if isinstance(part, Constant) else part
            for slot, part in enumerate(operands)
        )
        index = self._append(ScalarNode(key, rule, parents, span=tree.span))
        if tree.shared:
            self._shared[same] = index
        return index

    def _constant(self, number: Constant, key: str) -> int:
        """The node of a constant, which belongs to the one operation that it was written for."""
        text = number.text or repr(number.value)
        return self._append(ScalarNode(key, None, value=number.value, text=text, span=number.span))

    def _key(self, kind: str, operands: tuple[int | Constant, ...]) -> str:
        """A key for an operation on these; equal ones are numbered as they come."""
        under = ("#" if isinstance(part, Constant) else self.nodes[part].key for part in operands)
        digest = blake2s(" ".join((kind, *under)).encode(), digest_size=6).hexdigest()
        self._times[digest] += 1
        return f"#{digest}" if self._times[digest] == 1 else f"#{digest}~{self._times[digest]}"

    def _append(self, node: ScalarNode) -> int:
        if len(self.nodes) >= self._limit:
            raise EngineError(TOO_MANY_NODES(limit=self._limit))
        self.nodes.append(node)
        return len(self.nodes) - 1
