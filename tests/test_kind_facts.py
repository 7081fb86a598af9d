"""What the program needs to know of a block's kind is declared by the kind: nobody asks for its name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.graph.kinds import Arity, kind_of, kinds

ROOT = Path(__file__).resolve().parent.parent
NAMES = {"kind", "key"}
ATTRIBUTE = re.compile(rf"\.\s*({'|'.join(NAMES)})\b")
KEYS = {kind.key for kind in kinds()}
LITERAL = re.compile(rf"""['"]({"|".join(sorted(KEYS))})['"]""")
"""Without both a source has nothing to compare, and need not be parsed."""


def asked_names(source: str) -> Iterator[str]:
    """Every comparison of a ``.kind`` or ``.key`` with the literal key of a registered kind, as ``line: source``."""
    if not (ATTRIBUTE.search(source) and LITERAL.search(source)):
        return
    for node in ast.walk(ast.parse(source)):
        asked: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            asked = [node.left, *node.comparators]
        elif isinstance(node, ast.Match):
            asked = [node.subject, *(p.value for p in ast.walk(node) if isinstance(p, ast.MatchValue))]
        if any(isinstance(part, ast.Attribute) and part.attr in NAMES for part in asked) and KEYS & literals(asked):
            yield f"{asked[0].lineno}: {ast.unparse(asked[0])}"


def literals(asked: list[ast.expr]) -> set[object]:
    return {part.value for one in asked for part in ast.walk(one) if isinstance(part, ast.Constant)}


def test_nobody_asks_a_block_for_the_name_of_its_kind() -> None:
    sources = [path for package in ("app", "engine") for path in (ROOT / package).rglob("*.py")]
    assert len(sources) > 100
    found = {str(p.relative_to(ROOT)): list(asked_names(p.read_text("utf-8"))) for p in sources}
    assert not {path: places for path, places in found.items() if places}


@pytest.mark.parametrize(
    "question",
    [
        "block.kind == 'output'",
        "'dense' != node.block.kind",
        "self.kind.key in ('dropout', 'batch_norm')",
        "block.kind in frozenset({'input'})",
        "match block.kind:\n    case 'add': pass",
    ],
)
def test_such_a_question_would_be_found(question: str) -> None:
    assert list(asked_names(question))


@pytest.mark.parametrize("innocent", ["entry.kind == 'toy'", "schedule.kind != 'constant'", "a.kind == b.kind"])
def test_other_kinds_of_things_may_be_told_by_name(innocent: str) -> None:
    assert not list(asked_names(innocent))


def keys_of(fact: str) -> set[str]:
    return {kind.key for kind in kinds() if getattr(kind, fact)}


def answers(question: str) -> set[str]:
    """The kinds whose default parameters have an answer."""
    return {kind.key for kind in kinds() if getattr(kind, question)(kind.params_type()) is not None}


def test_the_facts_of_the_kinds() -> None:
    assert keys_of("tiles") == {"input", "dense", "output"}
    assert keys_of("is_end") == {"output", "joint_logit", "sampled_softmax", "weighted_logistic"}
    assert keys_of("silences") == {"dropout"}
    assert keys_of("changes_in_training") == {"dropout", "batch_norm"}
    assert keys_of("mixes_rows") == {"batch_norm"}
    assert answers("features") == {"input"}
    assert answers("units") == {"dense"}
    assert answers("function") == {"dense", "activation", "output"}
    assert answers("criterion") == {"output"}


def test_a_kind_with_units_or_features_lets_them_be_set_under_that_name() -> None:
    for question in ("units", "features"):
        for key in answers(question):
            kind = kind_of(key)
            params = kind.params_type()
            assert getattr(kind, question)(params) == getattr(params, question)


def test_what_feeds_features_in_takes_no_wire() -> None:
    assert all(kind_of(key).arity is Arity.NONE for key in answers("features"))


def test_an_output_has_the_function_that_comes_with_its_loss() -> None:
    output = kind_of("output")
    own = output.params_type(loss="squared_error", activation="tanh")
    fixed = output.params_type(loss="softmax_cross_entropy", activation="tanh")
    assert output.function(own).key == "tanh" and output.function(fixed).key == "softmax"
    assert output.criterion(fixed).key == "softmax_cross_entropy"
