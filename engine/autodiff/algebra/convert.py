"""Between trees and their normal forms."""

from __future__ import annotations

from fractions import Fraction

from engine.autodiff.algebra.sums import (
    MOST_BITS,
    PLAINEST,
    Algebra,
    Atom,
    Product,
    Rational,
    Sum,
    TooMuch,
    added,
    magnitude,
    one_term,
    quotient,
    scaled,
)
from engine.autodiff.composites import expanded
from engine.autodiff.grammar import CONSTANTS
from engine.autodiff.tree import Apply, Constant, Name, Tree, fold
from engine.autodiff.writing import exactly, number_text

SHORT, LONGEST = 10**6, 9999
"""What divides the first is written with six decimals or fewer. Of what is not, a fraction of two numbers up to the
second is told rather than seventeen decimals: 3/17."""


def form_of(algebra: Algebra, tree: Tree) -> Sum:
    """The normal form of a tree. Raises :class:`TooMuch`."""

    def combine(part: Tree, inside: tuple[Sum, ...]) -> Sum:
        match part:
            case Constant():
                return _number(algebra, part)
            case Name():
                return algebra.atom("name", part.name)
        assert isinstance(part, Apply), "what is composite was taken apart"
        return _applied(algebra, part.operation, inside)

    return fold(expanded(tree), combine)


def _number(algebra: Algebra, number: Constant) -> Sum:
    name = number.text.lstrip("-")
    if name in CONSTANTS:
        return scaled(algebra.atom("constant", "pi" if name == "π" else name), -1 if number.value < 0 else 1)
    exact = exactly(number.text, number.value)
    if max(abs(exact.numerator), exact.denominator).bit_length() > MOST_BITS:
        raise TooMuch
    return one_term(quotient(exact, 1))


def _applied(algebra: Algebra, operation: str, inside: tuple[Sum, ...]) -> Sum:
    """An operation on forms."""
    match operation, inside:
        case "+", (left, right):
            return added((left, right))
        case "-", (left, right):
            return added((left, scaled(right, -1)))
        case "neg", (of,):
            return scaled(of, -1)
        case "*", (left, right):
            return algebra.times(left, right)
        case "/", (left, right):
            return algebra.times(left, algebra.power(right, -1))
        case "^", (base, exponent):
            return _power(algebra, base, exponent)
        case "sqrt", (of,):
            return algebra.power(of, Fraction(1, 2))
        case "exp", (of,):
            return algebra.exp(of)
        case "log", (of,):
            return algebra.log(of)
    return algebra.call(operation, *inside)


def _power(algebra: Algebra, base: Sum, exponent: Sum) -> Sum:
    """A power whose exponent may be a number or anything else."""
    if not exponent:
        return one_term(1)
    if set(exponent) == {()}:
        return algebra.power(base, exponent[()])
    if algebra.is_positive(base) and set(base) != {()}:
        return algebra.exp(algebra.times(exponent, algebra.log(base)))
    return algebra.call("^", base, exponent)


def tree_of(algebra: Algebra, form: Sum) -> Tree:
    """The tree of a form: what is added first, then what is taken away."""
    if not form:
        return Constant(0.0, "0")
    terms = sorted(form.items(), key=lambda term: term[1] < 0)
    whole: Tree | None = None
    for product, coefficient in terms:
        term = _term(algebra, product, magnitude(coefficient))
        if whole is None:
            whole = term if coefficient > 0 else _negative(term)
        else:
            whole = Apply("+" if coefficient > 0 else "-", (whole, term))
    assert whole is not None
    return whole


def _term(algebra: Algebra, product: Product, coefficient: Rational) -> Tree:
    """A product with its positive coefficient, as a fraction where there are negative powers."""
    over: list[Tree] = []
    under: list[Tree] = []
    exponent: Sum = {}
    whole = _multiplied_in(algebra, product, coefficient)
    if whole is not None:
        product, coefficient = tuple(factor for factor in product if factor[0] != whole[0]), 1
    for number, power in product:
        atom = algebra.atoms[number]
        if atom.kind == "exp":
            assert isinstance(atom.of, tuple)
            exponent = added((exponent, one_term(power, atom.of)))
        else:
            (over if power > 0 else under).append(_powered(_atom(algebra, number), magnitude(power)))
    if exponent:
        over.append(Apply("exp", (tree_of(algebra, exponent),)))
    if whole is not None:
        over.append(tree_of(algebra, whole[1]))
    if under and 1 < coefficient.denominator <= PLAINEST:
        under.insert(0, _written(coefficient.denominator))
        coefficient = coefficient.numerator
    elif not is_readable(coefficient) and _is_short(quotient(1, coefficient)):
        under.insert(0, _written(quotient(1, coefficient)))  # x/1.7 rather than 0.588…x
        coefficient = 1
    if coefficient != 1 or not over:
        over.insert(0, _written(coefficient))
    return Apply("/", (_product(over), _product(under))) if under else _product(over)


def _multiplied_in(algebra: Algebra, product: Product, coefficient: Rational) -> tuple[int, Sum] | None:
    """A bracket in which a coefficient is better off than before it, and what then is in it: 1 + 1.7u is read more
    easily than 1.7(0.588… + u)."""
    for number, power in product:
        atom = algebra.atoms[number]
        if atom.kind == "sum" and power == 1 and coefficient != 1 and len(product) > 1:
            inside = algebra.inside(atom)[0]
            opened = scaled(inside, coefficient)
            if not all(map(_is_short, inside.values())) and all(map(_is_short, opened.values())):
                return number, opened
    return None


def _is_short(number: Rational) -> bool:
    """Whether it is written in full with few decimals."""
    return SHORT % number.denominator == 0


def is_readable(number: Rational) -> bool:
    """Whether it is written with few decimals, or as a plain fraction."""
    return _is_short(number) or number.denominator <= PLAINEST


def is_odd(number: Constant) -> bool:
    """Whether a number in a tree is neither a constant nor readable."""
    return number.text.lstrip("-") not in CONSTANTS and not is_readable(exactly(number.text, number.value))


def _atom(algebra: Algebra, number: int) -> Tree:
    """The tree of an atom, one object however often it is there."""
    if number not in algebra.written:
        algebra.written[number] = _new_atom(algebra, algebra.atoms[number])
    return algebra.written[number]


def _new_atom(algebra: Algebra, atom: Atom) -> Tree:
    if atom.kind == "name":
        return Name(str(atom.of))
    if atom.kind == "constant":
        return Constant(CONSTANTS[str(atom.of)], str(atom.of))
    inside = tuple(tree_of(algebra, form) for form in algebra.inside(atom))
    return inside[0] if atom.kind == "sum" else Apply(atom.kind, inside)


def _powered(base: Tree, exponent: Rational) -> Tree:
    if exponent == 1:
        return base
    if exponent == Fraction(1, 2):
        return Apply("sqrt", (base,))
    return Apply("^", (base, _written(exponent)))


def _product(factors: list[Tree]) -> Tree:
    whole = factors[0]
    for factor in factors[1:]:
        whole = Apply("*", (whole, factor))
    return whole


def _negative(term: Tree) -> Tree:
    """−term; of a product with a number before it, the number takes the sign."""
    if isinstance(term, Constant):
        return Constant(-term.value, term.text and f"-{term.text}")
    if isinstance(term, Apply) and term.operation in ("*", "/"):
        first, second = term.operands
        return Apply(term.operation, (_negative(first), second))
    return Apply("neg", (term,))


def _written(value: Rational) -> Constant:
    """A number that float64 can hold."""
    try:
        number = float(value)
    except OverflowError:
        raise TooMuch from None
    if value and not number:
        raise TooMuch
    plainest = PLAINEST if _is_short(value) else LONGEST
    if value.denominator in range(2, plainest + 1) and abs(value.numerator) <= LONGEST:
        return Constant(number, f"{value.numerator}/{value.denominator}")
    return Constant(number, number_text(number) if _is_short(value) else "")  # without a text it is shown rounded
