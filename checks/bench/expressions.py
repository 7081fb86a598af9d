"""Expressions: from a typed character to a laid-out graph with all its numbers, at 60 and at 2,000 nodes; refusals.

What the window asks: 50 ms from a character to the graph at 60 nodes, one second to lay out 2,000, and at most 100 ms
for whatever cannot be read. The page's own painting is not in these figures.
"""

from __future__ import annotations

from checks.bench.measure import Row, at_most, median_seconds, seconds
from engine.autodiff import (
    ExpressionError,
    Layout,
    backward,
    collapse,
    finite_differences,
    forward,
    graph_of,
    lay_out,
    parse,
    patterns,
    schedule,
)

NETWORK = "\n".join(
    [f"h{j} = tanh(w{j}1*x1 + w{j}2*x2 + b{j})" for j in range(1, 5)]
    + ["1/2*(1/(1 + exp(-(" + " + ".join(f"v{j}*h{j}" for j in range(1, 5)) + " + c))) - t)^2"]
)
"""A 2-4-1 network with its loss, some 60 nodes."""
REFUSED = {
    "100,000 characters": "x" * 100_000,
    "10⁵ brackets": "(" * 100_000,
    "20,000 signs": "-" * 19_999 + "x",
    "15,000 powers": "x" + "²" * 15_000,
    "10,000 terms": "+".join(["x"] * 9_999),
    "9**9**9**9": "9**9**9**9",
    '__import__("os")': '__import__("os")',
    "a number of 19,999 digits": "9" * 19_999,
}


def run() -> list[Row]:
    """Every figure in milliseconds."""
    rows = [at_most(f"refuse {name}", 1e3 * _refusal(text), "ms", 100) for name, text in REFUSED.items()]
    for title, text, bar in (
        ("60 nodes", NETWORK, 50.0),
        ("2,000 nodes, a chain", "+".join(f"x{i}" for i in range(998)), 1_000.0),
        ("2,000 nodes, a tree", _tree(0, 998), 1_000.0),
        ("2,000 nodes, one variable in 498 terms", "+".join(f"sin(x*{i})" for i in range(498)), 1_000.0),
        ("1,900 nodes that fan out", _woven(590), 1_000.0),
    ):
        rows += _typed(title, text, bar)
    rows.append(Row("collapse softmax with cross-entropy, 3 classes", 1e3 * _collapse(), "ms"))
    return rows


def _typed(title: str, text: str, bar: float) -> list[Row]:
    """A character more: read, graph, both ways, steps, layout; and what a drag of a number takes."""
    before = lay_out(graph_of(parse(text)))
    graph = graph_of(parse(text + " + q"))
    inputs = dict.fromkeys(graph.variables, 0.1)

    def type_one() -> Layout:
        typed = graph_of(parse(text + " + q"))
        backward(typed, forward(typed, inputs))
        schedule(typed)
        patterns(typed)
        return lay_out(typed, before)

    def drag() -> None:
        backward(graph, forward(graph, inputs))

    repeat = 15 if len(graph.nodes) < 100 else 5
    return [
        at_most(f"{title}: a character typed", 1e3 * median_seconds(type_one, repeat), "ms", bar),
        Row(f"{title}: laid out afresh", 1e3 * median_seconds(lambda: lay_out(graph), repeat), "ms"),
        Row(f"{title}: a number dragged", 1e3 * median_seconds(drag, repeat), "ms"),
        Row(f"{title}: every node measured", 1e3 * median_seconds(lambda: finite_differences(graph, inputs), 3), "ms"),
    ]


def _refusal(text: str) -> float:
    def refuse() -> None:
        try:
            parse(text)
        except ExpressionError:
            return
        raise AssertionError("it was read")

    return max(seconds(refuse) for _ in range(5))


def _collapse() -> float:
    """The first time; afterwards it is remembered."""
    graph = graph_of(parse("cross_entropy([a, b, c], [0, 1, 0])"))
    (pattern,) = patterns(graph)
    return seconds(lambda: collapse(graph, pattern.nodes, pattern.kind))


def _tree(first: int, count: int) -> str:
    """A product of so many variables, split in halves."""
    if count == 1:
        return f"x{first}"
    half = count // 2
    return f"({_tree(first, half)}*{_tree(first + half, count - half)})"


def _woven(lines: int) -> str:
    """Definitions each of which uses some that are further up, and all in the end."""
    names = ["x", "y", "w"]
    text = []
    for line in range(lines):
        first, second, third = (names[-1 - (line * step) % min(len(names), 11)] for step in (3, 5, 7))
        text.append(f"a{line} = {first}*{second} + sin({third})")
        names.append(f"a{line}")
    return "\n".join([*text, " + ".join(names[3::4])])
