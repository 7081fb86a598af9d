"""What may be typed, how it is read, and what is said of everything else."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.autodiff import (
    Apply,
    Constant,
    ExpressionError,
    Name,
    Program,
    Span,
    Tree,
    forward,
    graph_of,
    names_in,
    parse,
    text_of,
)
from engine.autodiff.grammar import DEEPEST, FUNCTIONS, MOST_NODES
from engine.problems import EngineError
from tests.engine.autodiff.random_trees import random_tree


def value_of(text: str, **inputs: float) -> float:
    return forward(graph_of(parse(text)), inputs).of[-1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(-8)^0.5", math.nan),
        ("1 + 2*3 - 4/8", 1 + 2 * 3 - 4 / 8),
        ("2^3^2", 2.0 ** (3**2)),
        ("-2^2", -4.0),
        ("(-2)^2", 4.0),
        ("2^-1", 0.5),
        ("(1 - 5)^2 + 0^2", 16.0),
        ("2*-3", -6.0),
        ("10 - 4 - 3", 3.0),
        ("24/4/3", 2.0),
        ("-(1 + 2)", -3.0),
        ("+3 - -2", 5.0),
        ("1e3 + .5 + 2.", 1002.5),
        ("2 × 3 ÷ 4 − 1 · 2", -0.5),
        ("2**3 + 3²", 17.0),
        ("（1 ＋ 2）＊3", 9.0),
        ("max(1, 5, 3) + min(2, -1)", 4.0),
        ("e^2 + pi", math.e**2 + math.pi),
        ("ln(e) + σ(0) + ReLU(2)", 3.5),
        ("softmax([1, 1])[1]", 0.5),
        ("cross_entropy([0, 0, 0], 2)", math.log(3.0)),
        ("cross_entropy([0, 0], [0.5, 0.5])", math.log(2.0)),
        ("a = 3; b = a*a\n\n# a remark\nb + a  # and another", 12.0),
        ("z = [1, 2, 3]\np = softmax(z)\np[0] + p[1] + p[2]", 1.0),
        ("[4, 5][1]", 5.0),
        ("e = 3; e*e", 9.0),
        ("y = 1 + 1", 2.0),
    ],
)
def test_what_is_typed_is_worth_what_arithmetic_says(text: str, value: float) -> None:
    assert value_of(text) == pytest.approx(value, rel=1e-15, nan_ok=True)


def test_variables_definitions_and_what_is_of_no_use() -> None:
    program = parse("u = w*x\nt = x + y\nspare = q\nresult = t^2 + t")
    assert [one.name for one in program.definitions] == ["u", "t", "spare"]
    assert (program.variables, program.unused, program.name) == (("x", "y"), ("u", "spare"), "result")
    assert text_of(program.whole) == "(x + y)^2 + (x + y)"
    assert text_of(parse("t = x^2; cross_entropy([t, 2*t], [1, t])").whole) == "cross_entropy([x^2, 2*x^2], [1, x^2])"
    assert parse("p = softmax([a, b]); q = [c, d]; p[0]").unused == ("q",)


def test_every_part_knows_where_it_stands() -> None:
    program = parse("t = x + y\n  exp(t)*softmax([t, 2])[1]")
    (definition,) = program.definitions
    assert definition.value.span == Span(1, 4, 9)
    assert isinstance(program.result, Apply)
    assert program.result.span == Span(2, 2, 27)
    assert [part.span for part in program.result.operands] == [Span(2, 2, 8), Span(2, 9, 27)]


def test_numbers_keep_how_they_were_written() -> None:
    assert parse("1/2").result == Constant(0.5)
    for text in ("1/2", "-3", "pi", "1e-3"):
        result = parse(text).result
        assert isinstance(result, Constant) and result.text == text
    assert isinstance(parse("1/0").result, Apply), "no number; its node will say so"
    for text in ("2/(-3)", "2/-3", "-2/3"):
        assert parse(text).result == Constant(-2 / 3) and getattr(parse(text).result, "text", "") == "-2/3"
    assert getattr(parse("-2/-3").result, "text", "") == "2/3"


@pytest.mark.parametrize("seed", range(40))
def test_text_reads_back_to_the_same_tree(seed: int) -> None:
    tree = random_tree(np.random.default_rng(seed), 5)
    again = parse(text_of(tree)).result
    assert text_of(again) == text_of(tree)
    inputs = {"x": 0.7, "y": -1.3, "z": 2.1}
    assert np.array_equal(value_of(text_of(tree), **inputs), _by_hand(tree, inputs), equal_nan=True)


def _by_hand(tree: Tree, inputs: dict[str, float]) -> float:
    """The value by numpy's own functions, straight down the tree."""
    if isinstance(tree, Constant):
        return tree.value
    if isinstance(tree, Name):
        return inputs[tree.name]
    assert isinstance(tree, Apply)
    functions = {
        "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "^": np.power, "neg": np.negative,
        "max": np.maximum, "min": np.minimum, "relu": lambda u: max(u, 0.0) if not np.isnan(u) else u,
        "atan": np.arctan, "erf": math.erf,
        "sigmoid": lambda u: 1 / (1 + np.exp(-u)) if u >= 0 else np.exp(u) / (1 + np.exp(u)),
    }  # fmt: skip
    function = functions.get(tree.operation) or getattr(np, tree.operation)
    with np.errstate(all="ignore"):
        return float(function(*(np.float64(_by_hand(part, inputs)) for part in tree.operands)))


REFUSED = [
    # text, code, line and column of what is pointed at, and something that the sentence says
    ("", "empty", (1, 1), "type one"),
    ("  \n # nothing", "empty", (1, 1), "type one"),
    ("x +", "operand-missing", (1, 4), "complete it"),
    ("(x + y", "unclosed", (1, 1), "add “)”"),
    ("x + y)", "unopened", (1, 6), "never opened"),
    ("(x]", "not-closed-here", (1, 3), "“)” is expected"),
    ("x * / y", "operand-expected", (1, 5), "not “/”"),
    ("2x", "operator-missing", (1, 2), "between “2” and “x”"),
    ("2(x + 1)", "operator-missing", (1, 2), "put * between"),
    ("x y", "operator-missing", (1, 3), "between “x” and “y”"),
    ("(a)(b)", "operator-missing", (1, 4), "product"),
    ("expp(x)", "unknown-function", (1, 1), "Did you mean exp"),
    ("1 + sigmod(x)", "unknown-function", (1, 5), "Did you mean sigmoid"),
    ("f(3)", "no-function", (1, 1), "f*(…)"),
    ("x(1 + y)", "no-function", (1, 1), "x*(…)"),
    ("exp + 1", "function-alone", (1, 1), "exp(…)"),
    ("exp(x, y)", "wrong-count", (1, 1), "exp is 2 here; make it 1"),
    ("max(x)", "wrong-count", (1, 1), "max is 1 here; make it 2–64"),
    ("softmax(x)[0]", "list-expected", (1, 9), "square brackets"),
    ("softmax([x, y])", "list-unexpected", (1, 1), "softmax([…])[0]"),
    ("exp([x])", "list-unexpected", (1, 5), "one number is expected"),
    ("softmax([x, y])[2]", "bad-index", (1, 17), "from 0 to 1"),
    ("softmax([x, y])[-1]", "bad-index", (1, 17), "from 0 to 1"),
    ("softmax([x, y])[x]", "bad-index", (1, 17), "whole number"),
    ("x[0]", "no-list", (1, 2), "Remove it"),
    ("cross_entropy([x, y], [1])", "lengths-differ", (1, 23), "2 values and 1 targets"),
    ("cross_entropy([x, y], 2)", "bad-index", (1, 23), "from 0 to 1 here, not “2”"),
    (f"max({', '.join(['x'] * 65)})", "wrong-count", (1, 1), "2–64"),
    (f"softmax([{', '.join(['x'] * 65)}])[0]", "list-length", (1, 9), "1 to 64"),
    ("t = x\nt = y\nt", "defined-twice", (2, 1), "already defined"),
    ("t + 1\ny", "unnamed-line", (1, 1), "t = …"),
    ("a = b + 1\nb = 2\na", "used-before", (2, 1), "further up"),
    ("t = t + 1", "used-before", (1, 1), "further up"),
    ("exp = 3\nexp", "reserved", (1, 1), "choose another name"),
    ("x + y = 3", "no-name-to-define", (1, 7), "begins with one name"),
    ("x == 3", "operand-expected", (1, 4), "not “=”"),
    ("1.2.3", "bad-number", (1, 1), "not a number"),
    ("1e999", "huge-number", (1, 1), "too large"),
    ("9" * 10_000, "huge-number", (1, 1), "too long"),
    ("9**9**9**9", "huge-power", (1, 4), "smaller one"),
    ("9^9^9", "huge-power", (1, 1), "smaller one"),
    ("a" * 33, "long-name", (1, 1), "at most 32"),
    ("(" * 100_000, "too-long", (1, 1), "20000"),
    ("x" * 100_000, "too-long", (1, 1), "100000 characters"),
    ("(" * 20_000, "too-deep", (1, DEEPEST + 1), "name"),
    ("-" * 19_000 + "x", "too-deep", (1, DEEPEST + 1), "name"),
    ("2^" * 1_000 + "x", "too-deep", (1, 2 * DEEPEST + 1), "name"),
    ("x" + "²" * 15_000, "too-many-nodes", (1, 1), "2000"),
    ("+".join(["x"] * 9_000), "too-many-nodes", (1, 1), "2000"),
    ('__import__("os")', "function-not-known", (1, 1), "is not known here"),
    ('open("/etc/passwd")', "function-not-known", (1, 1), "is not known here"),
    ("asin(x)", "function-not-known", (1, 1), "known are exp, log, sin, cos, tan, atan, sinh, cosh, tanh"),
    ("softplus(x)", "function-not-known", (1, 1), "For a product write softplus*(…)"),
    ("x + alpha + alpha(2)", "no-function", (1, 13), "for a product write alpha*(…)"),
    ("x.real", "unknown-character", (1, 2), "“.”"),
    ("().__class__", "unknown-character", (1, 3), "“.”"),
    ("lambda x: x", "operator-missing", (1, 8), "between"),
    ("'abc'", "unknown-character", (1, 1), "means nothing"),
    ('f"{x}"', "unknown-character", (1, 2), "means nothing"),
    ("[x for x in y][0]", "operator-missing", (1, 4), "between"),
    ("(x := 3)", "unknown-character", (1, 4), "means nothing"),
    ("max(x, key=y)", "no-name-to-define", (1, 11), "begins with one name"),
    ("x if y else z", "operator-missing", (1, 3), "between"),
    ("x // 2", "operand-expected", (1, 4), "not “/”"),
    ("x % 2", "unknown-character", (1, 3), "“%”"),
    ("x @ y", "unknown-character", (1, 3), "“@”"),
    ("x\x00", "unknown-character", (1, 2), "U+0000"),
    ("x\u2028y", "unknown-character", (1, 2), "U+2028"),
    ("x\ud800", "unknown-character", (1, 2), "U+D800"),
    ("x, y", "unexpected", (1, 2), "“,”"),
]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["atan2", "logit", "coth", "csch", "relu6", "celu", "prelu", "lrelu", "rrelu", "gelu", "elu", "logsigmoid",
     "hardsigmoid", "logsoftmax", "log_softmax", "exp2", "exp10", "expm1", "erfc", "erfcx", "erfi", "cosec",
     "asin", "acosh", "atanh", "arcsin", "log2", "log10", "log1p", "sinc", "sqr", "rsqrt", "isqrt", "fmax", "amin",
     "fabs"],
)  # fmt: skip
def test_what_has_a_meaning_of_its_own_elsewhere_is_no_slip(name: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(f"{name}(x)")
    assert caught.value.problem.code.endswith("function-not-known")


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("sigmod", "sigmoid"), ("tnah", "tanh"), ("srqt", "sqrt"), ("softmx", "softmax"), ("rleu", "relu"),
     ("sgn", "sign"), ("crossentropy", "cross_entropy"), ("coss", "cos")],
)  # fmt: skip
def test_a_slip_is_mended(slip: str, meant: str) -> None:
    with pytest.raises(ExpressionError, match=f"Did you mean {meant}"):
        parse(f"{slip}(x)")


@pytest.mark.parametrize(("text", "code", "place", "words"), REFUSED, ids=[f"{one[0][:20]!r}" for one in REFUSED])
def test_what_cannot_be_read_is_one_sentence_with_its_place(
    text: str, code: str, place: tuple[int, int], words: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    problem = caught.value.problem
    assert problem.code == f"expression.{code}"
    assert (caught.value.span.line, caught.value.span.column + 1) == place
    assert words in problem.sentence
    listed = len(", ".join(FUNCTIONS)) if code == "function-not-known" else 0
    assert len(problem.sentence) < 200 + listed, "one sentence that one can read"


def test_only_known_variables_where_these_are_given() -> None:
    assert parse("alpha*x", known=("x", "alpha")).variables == ("alpha", "x")
    with pytest.raises(ExpressionError, match="Did you mean alpha"):
        parse("alhpa*x", known=("x", "alpha"))
    with pytest.raises(ExpressionError, match="there are: x"):
        parse("x + q", known=("x",))


def test_a_graph_has_so_many_nodes_and_no_more() -> None:
    terms = MOST_NODES // 2
    assert len(graph_of(parse("+".join(f"x{i}" for i in range(terms)))).nodes) == MOST_NODES - 1
    with pytest.raises(EngineError, match="more than 2000 nodes"):
        graph_of(parse("+".join(f"x{i}" for i in range(terms + 1))))


ALPHABET = [
    *"+-*/^()[],=;.xyzep0123456789 \n\t#²×÷−·\"'{}:@%!~<>&|\\$?_",
    "exp(", "log(", "softmax([", "cross_entropy([", "])[", "max(", "t = ", "lambda", "1e", "\x00", "\u2028",
    "٣", "ﬁ", "😀",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(10))
def test_no_text_at_all_raises_anything_but_a_sentence(seed: int) -> None:
    """Random runs of signs, and good texts with one character changed; what can be read goes through to the values."""
    random = np.random.default_rng(seed)
    good = ("p = softmax([a, b]); -log(p[0])", "1/(1 + exp(-x))", "t = x + y\nt^2 + max(t, 1e-3)")
    for _ in range(150):
        text = "".join(random.choice(ALPHABET, random.integers(1, 30)))
        if random.random() < 0.5:
            text = str(random.choice(good))
            at = int(random.integers(0, len(text)))
            text = text[:at] + str(random.choice(ALPHABET)) + text[at + int(random.integers(0, 2)) :]
        try:
            program: Program = parse(text)
        except ExpressionError as error:
            lines = text.split("\n")
            assert 1 <= error.span.line <= max(len(lines), 1)
            assert 0 <= error.span.column <= error.span.end <= max(len(lines[error.span.line - 1]), 1)
            continue
        graph = graph_of(program)
        forward(graph, dict.fromkeys(graph.variables, 1.0))
        assert set(program.variables) == set(graph.variables)
        assert set(names_in(program.whole)) == set(graph.variables)
