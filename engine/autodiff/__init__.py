"""Scalar computation graphs: what is typed becomes a tree, then a graph; values go forward, gradients backward.

Read ``tree`` (what an expression is), ``parser`` (from text), ``rules`` and ``tape`` (the mathematics: what each
operation computes and hands back), then the rest, which only looks at these:

- ``graph_of(parse(text))`` is the graph; ``forward`` and ``backward`` fill it; ``steps`` and ``schedule`` say in which
  order one sees that, ``lay_out`` where the nodes stand; all are pure functions of the graph.
- A node's ``rule`` has its ``symbol``, its ``formula`` over ``rule.parameters``, and a slope for each of them, a tree
  over ``y`` (what comes out) and the parameters: put a view's own names or numbers in with ``substituted``.
- ``collapse`` makes several nodes one, whose key is that of the last of them, with slopes simplified by ``algebra``
  (``rule.where`` names parts of them such as p₁; no ``partials`` where they are too long); ``open_again`` undoes it,
  and ``patterns`` finds groups that have a name.
- ``kinks`` are where there is one slope to the left and another to the right, as in abs at 0.
- ``finite_differences``, ``by_torch`` and ``torch_code`` are others' word on the same graph; ``curve`` has values and
  slopes over one variable.
- What is wrong with a text is an ``ExpressionError`` with its ``span``; what is wrong with numbers is a ``Fault``.
"""

from engine.autodiff.algebra.derivative import derivative
from engine.autodiff.algebra.simplify import simplify
from engine.autodiff.collapse import check_group, collapse, collapse_all, collapsible, open_again, opened
from engine.autodiff.curves import OutputCurve, curve, finite_differences
from engine.autodiff.document import CollapsedNodes, ExpressionSheet
from engine.autodiff.grammar import CONSTANTS, FUNCTIONS, MOST_NODES
from engine.autodiff.graph import ScalarGraph, ScalarNode, graph_of
from engine.autodiff.kinks import BENDING, Kink, kinks
from engine.autodiff.layout import Layout, Place, lay_out
from engine.autodiff.parser import Program, parse
from engine.autodiff.patterns import Pattern, patterns
from engine.autodiff.problems import ExpressionError
from engine.autodiff.rules import OUTPUT, RULES, Rule
from engine.autodiff.steps import Known, Step, StepSchedule, known, schedule, steps
from engine.autodiff.tape import backward, forward
from engine.autodiff.torch_twin import TorchPass, by_torch, torch_code
from engine.autodiff.trace import Edge, Fault, Gradients, Values
from engine.autodiff.tree import Apply, Composite, Constant, Name, Span, Tree, fold, names_in, substituted
from engine.autodiff.writing import number_text, text_of

__all__ = [
    "BENDING",
    "CONSTANTS",
    "FUNCTIONS",
    "MOST_NODES",
    "OUTPUT",
    "RULES",
    "Apply",
    "CollapsedNodes",
    "Composite",
    "Constant",
    "Edge",
    "ExpressionError",
    "ExpressionSheet",
    "Fault",
    "Gradients",
    "Kink",
    "Known",
    "Layout",
    "Name",
    "OutputCurve",
    "Pattern",
    "Place",
    "Program",
    "Rule",
    "ScalarGraph",
    "ScalarNode",
    "Span",
    "Step",
    "StepSchedule",
    "TorchPass",
    "Tree",
    "Values",
    "backward",
    "by_torch",
    "check_group",
    "collapse",
    "collapse_all",
    "collapsible",
    "curve",
    "derivative",
    "finite_differences",
    "fold",
    "forward",
    "graph_of",
    "kinks",
    "known",
    "lay_out",
    "names_in",
    "number_text",
    "open_again",
    "opened",
    "parse",
    "patterns",
    "schedule",
    "simplify",
    "steps",
    "substituted",
    "text_of",
    "torch_code",
]
