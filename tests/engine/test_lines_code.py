"""The code that one may copy prints the number that it was copied from."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.data import DataChoice, load
from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, set_title, splice
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.training.lines.code import code_of
from engine.training.lines.expression import Source
from engine.training.lines.origin import origin_of
from engine.training.session import Setup, TrainingSession
from engine.training.trace import PassTrace
from tests.copied import run_copied
from tests.engine.test_origin import mixed, sources, trace_of


def normed() -> NetworkGraph:
    graph = feed_forward((3, 3), activation="leaky_relu")
    graph, norm = add_block(graph, "layer_norm", 0, 0)
    graph = splice(graph, norm, Wire(source="dense-1", target="dense-2"))
    graph, bare = add_block(graph, "activation", 0, 0)
    return splice(graph, bare, Wire(source="dense-2", target="output-1"))


GRAPHS = {"plain": feed_forward((3, 2)), "mixed": mixed(), "normed": normed()}


def scripts(trace: PassTrace) -> dict[Source, str]:
    """The code of every number that is worked out."""
    found = {}
    for source in sources(trace):
        origin = origin_of(trace, source)
        if origin is not None and origin.line is not None:
            code = code_of(trace, source)
            assert code is not None, source
            found[source] = code
    return found


def assert_knows_torch_alone(code: str) -> None:
    """Whoever runs it needs nothing else, so that it may be run here as well as in a process of its own."""
    tree = ast.parse(code)
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [name.name for one in imported for name in one.names] == ["torch"]
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    set_here = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    assert {name.id for name in names} <= set_here | {"torch", "print"}


@pytest.mark.parametrize("rows", [(3,), (3, 5, 8)], ids=["one", "batch"])
@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
def test_it_is_short_whole_and_knows_torch_alone(graph: NetworkGraph, rows: tuple[int, ...]) -> None:
    trace = trace_of(graph, rows)
    for source, code in scripts(trace).items():
        assert_knows_torch_alone(code)
        assert len(code.splitlines()) < 90, source
        assert code.rstrip().endswith(f"# Neuroloom: {origin_of(trace, source).value!r}")


def test_what_somebody_called_a_block_is_never_in_it() -> None:
    """A name may hold a line break, and what comes after would be run."""
    trace = trace_of(set_title(feed_forward((2,)), "dense-1", "x\nraise SystemExit"), (3,))
    assert all("dense" not in code and "raise" not in code for code in scripts(trace).values())


def test_what_is_given_has_no_code() -> None:
    trace = trace_of(feed_forward((3,)), (3,))
    for source in (Source("W", "dense-1", (0, 0)), Source("t", "output-1", (0,)), Source("z", "nowhere", (0,))):
        assert code_of(trace, source) is None


def test_it_prints_the_number_that_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """One after another as one text, in which nothing but torch is imported and no name is set that it does not set."""
    torch = pytest.importorskip("torch")
    parts, values = [], []
    for graph in GRAPHS.values():
        for rows in ((3,), (3, 5, 8)):
            trace = trace_of(graph, rows)
            for source, code in scripts(trace).items():
                parts.append(code)
                values.append(origin_of(trace, source).value)
    for key in ACTIVATIONS:
        if key not in ("softmax", "step"):
            trace = trace_of(feed_forward((2,), activation=key), (3, 4))
            for symbol in ("a", "delta"):
                source = Source(symbol, "dense-1", (1,), 1)
                parts.append(code_of(trace, source))
                values.append(origin_of(trace, source).value)
    iris = load(DataChoice(name="iris"))
    for criterion in ("squared_error", "binary_cross_entropy", "softmax_cross_entropy"):
        graph = feed_forward((2,), features=iris.columns, output=OutputParams(loss=criterion))
        trace = TrainingSession(Setup(graph, iris, Hyperparameters(), "numpy")).trace((3, 140))
        for source in (Source("delta", "output-1", (2,), 1), Source("a", "output-1", (1,), 1)):
            parts.append(code_of(trace, source))
            values.append(origin_of(trace, source).value)
    for code in parts:
        assert_knows_torch_alone(code)
    assert torch.get_default_dtype() is torch.float32  # as whoever pastes it finds it
    run_copied("\n".join(parts))
    printed = [float(line) for line in capsys.readouterr().out.split()]
    assert len(printed) == len(values) > 100
    np.testing.assert_allclose(printed, values, rtol=1e-9, atol=1e-14)
