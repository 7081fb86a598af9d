"""What each block kind declares of itself, and what those that only torch works out say elsewhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.graph.kinds import BlockKind, TargetSpec, kind_of, kinds, playground_kinds
from engine.graph.kinds.base import Context, Forward, register
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.kinds.on_torch import LookupKind, TorchColumnKind
from engine.graph.kinds.transform import TransformParams
from engine.problems import EngineError

WORDS = {
    "input": ("Input", ""),
    "dense": ("Dense", "tanh"),
    "activation": ("ReLU", ""),
    "add": ("Add", ""),
    "concatenate": ("Concat", ""),
    "dropout": ("Dropout", "0.2"),
    "layer_norm": ("Layer norm", ""),
    "batch_norm": ("Batch norm", ""),
    "output": ("Output", "squared error"),
}
ELSEWHERE = [kind for kind in kinds() if not kind.in_playground]


def answering(question: str) -> set[str]:
    """The playground's kinds that answer ``question`` by anything but None."""
    return {kind.key for kind in playground_kinds() if getattr(kind, question)(kind.params_type()) is not None}


def test_each_kind_of_the_playground_has_its_noun_and_detail() -> None:
    assert {k.key: (k.noun(k.params_type()), k.detail(k.params_type())) for k in playground_kinds()} == WORDS


def test_features_units_functions_and_losses_are_of_the_kinds_that_have_them() -> None:
    assert answering("features") == {"input"}
    assert answering("units") == {"dense"}
    assert answering("function") == {"dense", "activation", "output"}
    assert answering("criterion") == {"output"}


def test_a_key_is_taken_once() -> None:
    before = kinds()
    with pytest.raises(ValueError, match="registered twice"):
        register(kind_of("dense"))
    assert kinds() == before


@pytest.mark.parametrize("kind", ELSEWHERE, ids=lambda kind: kind.key)
def test_a_kind_without_a_reference_says_so(kind: BlockKind[Any]) -> None:
    ones = np.ones((2, 1))
    with pytest.raises(EngineError) as forward:
        kind.forward(kind.params_type(), [ones], {}, Context("b"))
    with pytest.raises(EngineError) as backward:
        kind.backward(kind.params_type(), [ones], {}, Forward(ones, ones), ones)
    for caught in (forward, backward):
        assert caught.value.problem.code == "graph.on-torch-only"
        assert caught.value.problem.parameters["kind"] == kind.label


@pytest.mark.parametrize(
    "kind", [kind for kind in kinds() if isinstance(kind, TorchColumnKind | LookupKind)], ids=lambda kind: kind.key
)
def test_what_was_worked_out_or_looked_up_before_flows_through(kind: BlockKind[Any]) -> None:
    torch = pytest.importorskip("torch")
    worked_out = torch.tensor([[1.0, 2.0]])
    assert all(out is worked_out for out in kind.torch(kind.params_type(), [worked_out], {}, Context("b")))


def test_a_kind_that_reads_its_wires_reads_no_columns_of_the_data() -> None:
    cross, numbers = kind_of("cross"), kind_of("numbers")
    assert isinstance(cross, TorchColumnKind) and isinstance(numbers, TorchColumnKind)
    assert cross.sources(cross.params_type()) == ()
    assert numbers.sources(NumbersParams(columns=("age", "hours"))) == ("age", "hours")


def test_widths_that_do_not_fit_are_refused() -> None:
    joint = kind_of("joint_logit")
    assert joint.width(joint.params_type(), [1, 1], TargetSpec()) == 1
    with pytest.raises(EngineError) as caught:
        joint.width(joint.params_type(), [1, 4], TargetSpec())
    assert caught.value.problem.code == "graph.not-logits"
    assert caught.value.problem.parameters == {"slot": 2, "width": 4}
    with pytest.raises(EngineError) as caught:
        kind_of("numbers").width(NumbersParams(columns=()), [], TargetSpec())
    assert caught.value.problem.code == "graph.no-features"


def test_powers_without_quantiles_are_of_the_numbers_themselves() -> None:
    torch = pytest.importorskip("torch")
    transform, params = kind_of("transform"), TransformParams(quantiles=0, powers=("x", "x^2", "sqrt(x)"))
    assert transform.parameters(params, [1], 3) == ()
    z, a = transform.torch(params, [torch.tensor([[4.0], [-9.0]])], {}, Context("b"))
    assert a.tolist() == z.tolist() == [[4.0, 16.0, 2.0], [-9.0, 81.0, 0.0]]
