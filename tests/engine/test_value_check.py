"""Second opinions without PyTorch: who answers, how near they come, and where nobody can."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import extras
from engine.activations import ACTIVATIONS
from engine.activations.check import check_activation
from engine.activations.typed import check_typed, read
from engine.autodiff import finite_differences, forward, graph_of, parse, text_of
from engine.autodiff.check import check_graph
from engine.autodiff.tape import backward
from engine.data import DataChoice, load
from engine.gradients.check import check_figures, check_gains, check_trained
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import figures_of, shared_dataset
from engine.gradients.training import train
from engine.graph.build import feed_forward
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.neuron.check import check_change, check_output, check_slope, check_z
from engine.neuron.learning import show_row
from engine.neuron.unit import OUTPUTS, Unit
from engine.problems import EngineError
from engine.training.layer_check import check_deviation, check_mean, check_share
from engine.training.lines.check import check_value
from engine.training.lines.expression import Source
from engine.training.lines.origin import origin_of
from engine.training.quality_check import check_quality
from engine.training.session import Setup, TrainingSession
from engine.value_check import NOT_CHECKED, CheckedValue, Oracle, slope_at
from tests.engine.autodiff.random_trees import NAMES, random_tree, tame_case
from tests.engine.test_origin import mixed, sources, trace_of


@pytest.fixture(autouse=True)
def without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)


def agree(ours: float, theirs: CheckedValue[float]) -> bool:
    """As the card has it: rounding and the error that they own to explain the difference."""
    return abs(ours - theirs.value) <= 1e-9 * max(abs(ours), abs(theirs.value)) + 1e-14 + theirs.error


def test_nobody_answers_a_kink_or_a_jump() -> None:
    for function in (abs, lambda x: max(x, 0.0), lambda x: 1.0 if x >= 0.0 else 0.0, lambda x: 1.0 / x if x else 0.0):
        with pytest.raises(EngineError) as caught:
            slope_at(function, 0.0)
        assert caught.value.problem.code == NOT_CHECKED.code
    assert str(caught.value).startswith("Not checked: PyTorch isn't installed")


@pytest.mark.parametrize("near", [1e-3, -1e-3, 1e-5, -1e-5])
def test_a_kink_nearby_is_no_hindrance(near: float) -> None:
    found = slope_at(lambda x: max(x, 0.0) + math.tanh(x), near)
    slope = (near > 0.0) + 1.0 - math.tanh(near) ** 2
    assert found.by is Oracle.DIFFERENCES and abs(found.value - slope) <= found.error <= 1e-7


SMOOTH: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "tanh": (math.tanh, lambda x: 1.0 - math.tanh(x) ** 2),
    "exp": (math.exp, math.exp),
    "fast sine": (lambda x: math.sin(50.0 * x), lambda x: 50.0 * math.cos(50.0 * x)),
    "small on large": (lambda x: 1e3 + 1e-4 * math.sin(x), lambda x: 1e-4 * math.cos(x)),
}


@pytest.mark.parametrize("name", SMOOTH)
@given(x=st.floats(-5.0, 5.0))
def test_the_error_that_is_owned_to_holds(name: str, x: float) -> None:
    function, slope = SMOOTH[name]
    found = slope_at(function, x)
    own = 1e-11 * abs(slope(x))  # what the function rounds itself, such as 50·x, nobody can own to
    assert abs(found.value - slope(x)) <= found.error + own
    assert found.error <= 1e-7 * max(1.0, abs(slope(x)))


@pytest.mark.parametrize("graph", [feed_forward((3, 2)), mixed()], ids=["plain", "mixed"])
@pytest.mark.parametrize("rows", [(5,), (1, 2, 3, 4)], ids=["one", "batch"])
def test_the_numbers_of_a_pass(graph: object, rows: tuple[int, ...]) -> None:
    trace = trace_of(graph, rows)
    by: dict[str, set[Oracle]] = {}
    for source in sources(trace):
        theirs = check_value(trace, source)
        if theirs is not None:
            assert agree(origin_of(trace, source).value, theirs), (source, theirs)
            by.setdefault(source.symbol, set()).add(theirs.by)
    for symbol in ("delta", "upstream", "dW", "db", "slope"):
        assert by[symbol] == {Oracle.DIFFERENCES}
    for symbol in ("z", "a", "loss", "step.W", "new0.W", "new1.W"):
        assert Oracle.ARITHMETIC in by[symbol] and by[symbol] <= {Oracle.ARITHMETIC, Oracle.NUMPY}


def test_a_wrong_gradient_is_not_agreed_to() -> None:
    trace = trace_of(feed_forward((3, 2)), (1, 2, 3))
    source = Source("dW", "dense-1", (0, 1))
    ours, theirs = origin_of(trace, source).value, check_value(trace, source)
    assert theirs is not None and agree(ours, theirs) and not agree(1.0001 * ours, theirs)
    assert not agree(ours + 1e-6, theirs)


@pytest.mark.parametrize("name", ["circle", "plane"])
def test_loss_and_score_of_a_run(name: str) -> None:
    dataset = load(DataChoice(name=name, samples=80))
    graph = feed_forward((4,), features=dataset.columns, output=OutputParams())
    session = TrainingSession(Setup(graph, dataset, Hyperparameters(seed=2), "numba"))
    session.run_steps(30)
    found = session.snapshot()
    theirs = check_quality(found.plan, found.weights, dataset, dataset.test, found.backend)
    assert theirs.by is Oracle.NUMPY
    with pytest.raises(EngineError, match="Not checked"):  # it would be asked of itself
        check_quality(found.plan, found.weights, dataset, dataset.test, "numpy")
    assert agree(found.test_loss, theirs.pick(lambda quality: quality.loss))
    assert agree(found.accuracy, theirs.pick(lambda quality: quality.score))


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_activations_and_their_slopes(key: str) -> None:
    function = ACTIVATIONS[key]
    for x in (-7.3, -0.4, 0.25, 1.0, 12.5):
        z = np.array([x] if function.elementwise else [x, 0.0])
        value, slope = check_activation(function, x, slope=False), check_activation(function, x, slope=True)
        assert (value.by, slope.by) == (Oracle.ARITHMETIC, Oracle.DIFFERENCES)
        assert agree(float(function.value(z)[0]), value) and agree(float(function.derivative(z)[0]), slope)


def test_a_typed_activation() -> None:
    typed = read("x*sigmoid(b*x)")
    share = 1.0 / (1.0 + math.exp(-2.0 * 0.7))
    assert agree(0.7 * share, check_typed(typed, 0.7, {"b": 2.0}, slope=False))
    assert agree(share + 0.7 * 2.0 * share * (1.0 - share), check_typed(typed, 0.7, {"b": 2.0}, slope=True))
    with pytest.raises(EngineError, match="Not checked"):
        check_typed(read("abs(x)"), 0.0, {}, slope=True)


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_neuron(output: str) -> None:
    unit, x = Unit((0.4, -1.5), 0.3, output), (1, 1)
    assert agree(unit.z(x), check_z(unit, x)) and agree(unit.value(x), check_output(unit, x))
    for index, slope in enumerate(unit.slopes(x)):
        theirs = check_slope(unit, x, index)
        assert theirs.by is Oracle.DIFFERENCES and agree(slope, theirs)
    step = show_row(unit, (False, True, True, True), 3, 0.5)
    for index, change in enumerate((*step.change, step.bias_change)):
        assert agree(change, check_change(step, 0.5, index))


def test_a_scalar_graph() -> None:
    graph = graph_of(parse("h = tanh(a*x + b)\nlog(1 + exp(-h)) + relu(x)"))
    inputs = {"a": 0.7, "x": -1.3, "b": 0.2}
    values, theirs = forward(graph, inputs), check_graph(graph, inputs)
    assert (theirs.values_by, theirs.gradients_by) == (Oracle.ARITHMETIC, Oracle.DIFFERENCES)
    for index, gradient in enumerate(backward(graph, values).of):
        value = theirs.value(index)
        assert value is not None and agree(values.of[index], value)
        found = theirs.gradient(index)
        assert (found is None) is (gradient is None)
        assert found is None or gradient is None or agree(gradient, found)


def test_a_graph_at_a_kink_and_where_math_refuses() -> None:
    bent = check_graph(graph_of(parse("relu(x) + y")), {"x": 0.0, "y": 2.0})
    graph = graph_of(parse("relu(x) + y"))
    assert bent.gradients[graph.variables["x"]] is None
    assert bent.gradients[graph.variables["y"]] == pytest.approx(1.0, abs=1e-12)
    refused = check_graph(graph_of(parse("log(x) + 1")), {"x": 0.0})
    assert refused.values[-1] is None and refused.gradients == (None,) * len(refused.gradients)


@pytest.mark.parametrize(
    ("text", "x"), [("1/x", 0.0), ("1/(x-2)", 2.0), ("log(x)", 0.0), ("sqrt(x)", 0.0), ("log(-x)", 2.0)]
)
def test_nothing_is_measured_where_there_is_no_number(text: str, x: float) -> None:
    graph = graph_of(parse(text))
    assert check_graph(graph, {"x": x}).gradients[graph.variables["x"]] is None


def test_random_expressions_are_agreed_to() -> None:
    random = np.random.default_rng(3)
    compared = 0
    for number in range(300):
        if number % 2:
            tree, point = tame_case(random)
        else:
            tree, point = random_tree(random, 4), {name: float(random.choice([-1.0, 0.0, 1.3])) for name in NAMES}
        graph = graph_of(parse(text_of(tree)))
        values, theirs = forward(graph, point), check_graph(graph, point)
        for index, gradient in enumerate(backward(graph, values).of):
            for ours, found in ((values.of[index], theirs.value(index)), (gradient, theirs.gradient(index))):
                if ours is not None and found is not None:
                    assert agree(ours, found), (text_of(tree), point, index, found)
                    compared += 1
    assert compared > 3000


def test_measured_slopes_are_as_they_were() -> None:
    graph = graph_of(parse("sin(x)*y"))
    found = finite_differences(graph, {"x": 0.3, "y": 2.0})
    assert found[graph.variables["x"]] == pytest.approx(2.0 * math.cos(0.3), rel=1e-9)


EXPERIMENT = Experiment(
    configurations=(
        Configuration(depth=4, width=8, activation="tanh"),
        Configuration(depth=3, width=8, activation="relu", normalisation="batch", skip=True),
    ),
    samples=40,
)


@pytest.mark.parametrize("number", [0, 1])
def test_the_figures_of_a_deep_network(number: int) -> None:
    signal, theirs = figures_of(EXPERIMENT)[number].signal, check_figures(EXPERIMENT, number)
    assert theirs.by is Oracle.NUMPY
    for name in ("delta", "weight_gradient", "variance"):
        np.testing.assert_allclose(getattr(signal, name), getattr(theirs.value, name), rtol=1e-9)
    with pytest.raises(EngineError, match="Not checked"):
        check_gains(EXPERIMENT, number)


def test_the_figures_after_some_steps() -> None:
    configuration = EXPERIMENT.configurations[0]
    run = train(configuration, shared_dataset(EXPERIMENT), EXPERIMENT.seed, 5)
    theirs = check_trained(EXPERIMENT, 0, 5, compiled=True)
    assert theirs.by is Oracle.NUMPY
    np.testing.assert_allclose(theirs.value, (run.delta[5], run.weight_gradient[5]), rtol=1e-9)
    with pytest.raises(EngineError, match="Not checked"):
        check_trained(EXPERIMENT, 0, 5, compiled=False)


def test_the_figures_of_a_layer() -> None:
    z = np.array([[-1.0, 0.0, math.inf], [2.0, 3.0, math.nan]])
    assert check_mean(z).value == 1.0 and check_mean(z).by is Oracle.ARITHMETIC
    assert check_deviation(z).value == pytest.approx(math.sqrt(2.5), rel=1e-15)
    assert check_share(z, 0.0, 3.0, closed=True).value == pytest.approx(4 / 6)
    assert check_share(z, 0.0, 3.0, closed=False).value == pytest.approx(2 / 6)
