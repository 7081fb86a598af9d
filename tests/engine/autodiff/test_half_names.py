"""Names without brackets that are meant as functions."""

from __future__ import annotations

import pytest

from engine.autodiff.half_names import functions_from, meant_function, name_at_end


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("sigm", "sigmoid"), ("sigmod", "sigmoid"), ("sqr", "sqrt"), ("tan", "tan"), ("rely", "relu"),
        ("sof", "softmax"), ("b", None), ("s", None), ("si", None), ("w12", None), ("beta", None), ("sigma", None),
        ("slope", None), ("gelu", None), ("swish", None), ("relu6", None),
    ],
)  # fmt: skip
def test_which_names_are_meant_as_functions(name: str, function: str | None) -> None:
    assert meant_function(name) == function


def test_which_name_ends_a_text_and_what_it_may_become() -> None:
    assert name_at_end("x*sigm") == "sigm" and functions_from("sigm") == ("sigmoid",)
    assert name_at_end("sigm*x + sigm") == name_at_end("x + 2") == name_at_end("x*sigm ") == ""
    assert functions_from("") == functions_from("q") == ()
