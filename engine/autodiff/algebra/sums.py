"""The normal form: sums of products of powers, in which like terms and like factors find one another.

A :data:`Sum` maps each product of powers to its rational coefficient. What is powered is an *atom*: a name, a constant
such as π, e to a product, a function of something, or a sum in brackets. Brackets stay: (x + y)² is a power of one
atom, so that a quotient by x + y cancels. Every atom has a number, so that forms are compared without walking them.

What is rewritten holds wherever what it is made from has a value: log(e^x) is x, and log(a·b) is log a + log b where
a > 0 whatever the names are worth.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import gcd, isqrt, lcm
from typing import TypeAlias

from engine.autodiff.tree import Tree

Rational: TypeAlias = "int | Fraction"
"""An int where it is whole, which is much faster."""
Product: TypeAlias = "tuple[tuple[int, Rational], ...]"
"""Atoms by their numbers, ascending, each with its exponent, which is not 0."""
Sum: TypeAlias = dict[Product, Rational]
"""Products with their coefficients, which are not 0. Never changed once made."""
Key: TypeAlias = tuple[tuple[Product, Rational], ...]
"""A sum as something to look up by."""

MOST_TERMS = 200
MOST_BITS = 512
"""Of a coefficient's two numbers; float64 has a range of 2048 bits and a precision of 53."""
DEEPEST = 60
"""Functions and brackets within one another."""
PLAINEST = 9
"""The largest denominator of what is written as a fraction; 1/10 is written 0.1."""
_LARGEST_POWER = 64


class TooMuch(Exception):
    """A form that has grown too large, or that divides by zero: the tree is left as it is."""


@dataclass(frozen=True, slots=True)
class Atom:
    """``kind``: ``"name"``, ``"constant"``, ``"exp"`` (of a product), ``"sum"`` (in brackets), or a function's name;
    ``of``: the name, the product, or the keys of the sums inside."""

    kind: str
    of: Hashable


def quotient(one: Rational, other: Rational) -> Rational:
    """A rational number, as an int where it is whole."""
    found = Fraction(one) / other
    return found.numerator if found.denominator == 1 else found


def magnitude(number: Rational) -> Rational:
    return number if number >= 0 else -number


def one_term(coefficient: Rational, product: Product = ()) -> Sum:
    """A coefficient times a product."""
    return {product: coefficient} if coefficient else {}


def key_of(form: Sum) -> Key:
    return tuple(sorted(form.items()))


def added(forms: Iterable[Sum]) -> Sum:
    """The sum of sums, like terms together."""
    found: Sum = {}
    for form in forms:
        for product, coefficient in form.items():
            found[product] = found.get(product, 0) + coefficient
    if len(found) > MOST_TERMS:
        raise TooMuch
    return {product: coefficient for product, coefficient in found.items() if coefficient}


def scaled(form: Sum, factor: Rational) -> Sum:
    return {product: coefficient * factor for product, coefficient in form.items()} if factor else {}


def joined(*products: Product) -> Product:
    """The product of products, like factors together."""
    found: dict[int, Rational] = {}
    for product in products:
        for atom, exponent in product:
            found[atom] = found.get(atom, 0) + exponent
    return tuple(sorted((atom, exponent) for atom, exponent in found.items() if exponent))


def raised(product: Product, exponent: Rational) -> Product:
    return tuple((atom, power * exponent) for atom, power in product) if exponent else ()


class Algebra:
    """The atoms of some forms, and what one can do with forms of them. Raises :class:`TooMuch`."""

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self.written: dict[int, Tree] = {}  # the trees of atoms, as far as somebody has asked for them
        self._numbers: dict[Atom, int] = {}
        self._depths: list[int] = []

    def atom(self, kind: str, of: Hashable) -> Sum:
        """An atom by itself."""
        return one_term(1, ((self._number(Atom(kind, of)), 1),))

    def number(self, kind: str, of: Hashable) -> int:
        """The number of an atom."""
        return self._number(Atom(kind, of))

    def call(self, function: str, *inside: Sum) -> Sum:
        """A function that nothing is known of."""
        return self.atom(function, tuple(key_of(form) for form in inside))

    def times(self, *forms: Sum) -> Sum:
        """The product: factor by factor where each is one term, else with brackets."""
        return reduce(self._times, forms)

    def _times(self, one: Sum, other: Sum) -> Sum:
        if not one or not other:
            return {}
        if len(one) > 1 or len(other) > 1:
            one, other = self.bracketed(one), self.bracketed(other)
        ((first, a),) = one.items()
        ((second, b),) = other.items()
        return self._settled(joined(first, second), a * b)

    def power(self, form: Sum, exponent: Rational) -> Sum:
        """A form to a rational power."""
        if not exponent:
            return one_term(1)
        if not form:
            if exponent < 0:
                raise TooMuch
            return {}
        ((product, coefficient),) = self.bracketed(form).items()
        if exponent.denominator != 1 and not self._parts_under_roots(product, coefficient):
            return one_term(1, ((self._number(Atom("sum", key_of(form))), exponent),))
        return self.times(self._number_to(coefficient, exponent), self._settled(raised(product, exponent), 1))

    def _parts_under_roots(self, product: Product, coefficient: Rational) -> bool:
        """Whether the root of a term is that of its factors: √(x²) is not x, and √(xy) not √x·√y; √(2/π) may stay."""
        doubtful = [exponent for number, exponent in product if not self._is_positive_atom(self.atoms[number])]
        constant = product and all(self.atoms[number].kind == "constant" for number, _ in product)
        return coefficient > 0 and doubtful in ([], [1]) and not constant

    def _number_to(self, base: Rational, exponent: Rational) -> Sum:
        """A rational number to a rational power, worked out where that is rational."""
        if base == 1:
            return one_term(1)
        if exponent.denominator == 1 and magnitude(exponent) <= _LARGEST_POWER:
            return _power_of(base, exponent.numerator)
        if exponent.denominator == 2 and magnitude(exponent) <= _LARGEST_POWER:
            roots = Fraction(isqrt(base.numerator), isqrt(base.denominator))
            if roots * roots == base:
                return _power_of(roots, exponent.numerator)
        return one_term(1, ((self._number(Atom("sum", key_of(one_term(base)))), exponent),))

    def exp(self, form: Sum) -> Sum:
        """e to a form: a factor for each of its terms, so that e^x·e^−x cancels; e^(c·log u) is u^c."""
        factors = [one_term(1)]
        for product, coefficient in form.items():
            atom = self.atoms[product[0][0]] if product else None
            if atom is None:
                factors.append(one_term(1, raised(self._product_of(Atom("constant", "e")), coefficient)))
            elif atom.kind == "log" and len(product) == 1 and product[0][1] == 1:
                factors.append(self.power(self.inside(atom)[0], coefficient))
            else:
                factors.append(one_term(1, raised(self._product_of(Atom("exp", product)), coefficient)))
        return self.times(*factors)

    def log(self, form: Sum) -> Sum:
        """The logarithm: the sum of those of the positive factors, and of what is left."""
        if not form:
            raise TooMuch
        ((product, coefficient),) = self.bracketed(form).items()
        found: list[Sum] = []
        rest: list[tuple[int, Rational]] = []
        for number, exponent in product:
            atom = self.atoms[number]
            if atom.kind == "exp":
                found.append(scaled(one_term(1, self._exponent(atom)), exponent))
            elif atom == Atom("constant", "e"):
                found.append(one_term(exponent))
            elif self._is_positive_atom(atom):
                inside = self.inside(atom)[0] if atom.kind == "sum" else one_term(1, ((number, 1),))
                found.append(scaled(self.call("log", inside), exponent))
            else:
                rest.append((number, exponent))
        if coefficient > 0 and coefficient != 1:
            found.append(self.call("log", one_term(coefficient)))
            coefficient = 1
        if rest or coefficient != 1:
            found.append(self.call("log", one_term(coefficient, tuple(rest))))
        return added(found)

    def bracketed(self, form: Sum) -> Sum:
        """A form as one term: what all its terms share, times the rest in brackets."""
        if len(form) <= 1:
            return form
        coefficient = _content(form)
        shared = _shared(form)
        inverse = raised(shared, -1)
        rest = added(self._settled(joined(product, inverse), quotient(c, coefficient)) for product, c in form.items())
        if len(rest) <= 1 or len(rest) < len(form):  # what was in brackets has met its like
            return {joined(shared, product): coefficient * c for product, c in self.bracketed(rest).items()}
        return one_term(coefficient, joined(shared, self._product_of(Atom("sum", key_of(rest)))))

    def inside(self, atom: Atom) -> tuple[Sum, ...]:
        """What is in the brackets of a sum or of a function."""
        assert isinstance(atom.of, tuple)
        return (dict(atom.of),) if atom.kind == "sum" else tuple(dict(key) for key in atom.of)

    def is_positive(self, form: Sum) -> bool:
        """Whether a form is greater than 0 whatever its names are worth."""
        return bool(form) and all(
            coefficient > 0 and all(self._is_positive_atom(self.atoms[number]) for number, _ in product)
            for product, coefficient in form.items()
        )

    def _is_positive_atom(self, atom: Atom) -> bool:
        if atom.kind == "sum":
            return self.is_positive(self.inside(atom)[0])
        return atom.kind in ("exp", "cosh", "sigmoid", "constant")

    def _settled(self, product: Product, coefficient: Rational) -> Sum:
        """A coefficient times a product; nothing but brackets is their terms."""
        if len(product) == 1 and product[0][1] == 1:
            atom = self.atoms[product[0][0]]
            if atom.kind == "sum":
                return scaled(self.inside(atom)[0], coefficient)
        return one_term(coefficient, product)

    def _exponent(self, atom: Atom) -> Product:
        """What e is raised to."""
        assert isinstance(atom.of, tuple)
        return atom.of

    def _product_of(self, atom: Atom) -> Product:
        return ((self._number(atom), 1),)

    def _number(self, atom: Atom) -> int:
        if atom not in self._numbers:
            self._depths.append(self._depth(atom))
            self._numbers[atom] = len(self.atoms)
            self.atoms.append(atom)
        return self._numbers[atom]

    def _depth(self, atom: Atom) -> int:
        """How many atoms lie within one another in it."""
        if atom.kind in ("name", "constant"):
            return 0
        products = [self._exponent(atom)] if atom.kind == "exp" else [p for form in self.inside(atom) for p in form]
        depth = 1 + max((self._depths[number] for product in products for number, _ in product), default=0)
        if depth > DEEPEST:
            raise TooMuch
        return depth


def _power_of(base: Rational, exponent: int) -> Sum:
    if max(abs(base.numerator), base.denominator).bit_length() * abs(exponent) > MOST_BITS:
        raise TooMuch
    return one_term(quotient(Fraction(base) ** exponent, 1))


def _content(form: Sum) -> Rational:
    """What the coefficients are divided by, with the sign of the first term: the largest number that each is a whole
    multiple of, where all are plain; else the first one."""
    first = form[min(form)]
    coefficients = list(form.values())
    if any(c.denominator > PLAINEST for c in coefficients):
        return first
    size = quotient(gcd(*(c.numerator for c in coefficients)), lcm(*(c.denominator for c in coefficients)))
    return size if first > 0 else -size


def _shared(form: Sum) -> Product:
    """The factors that every term has, to the power that all have."""
    first, *others = (dict(product) for product in form)
    every = {atom for atom in first if all(atom in other for other in others)}
    return tuple(sorted((atom, min(first[atom], *(other[atom] for other in others))) for atom in every))
