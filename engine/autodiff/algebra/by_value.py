"""Derivatives written with the value itself: y(1 − y) for the logistic, p − t for softmax with cross-entropy.

There is no list of such results: the value is solved for what it is made of, that is put into the derivative, and the
shortest that comes out is taken.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from engine.autodiff.algebra.convert import form_of, tree_of
from engine.autodiff.algebra.derivative import plain_derivative
from engine.autodiff.algebra.simplify import (
    each_with_each,
    effort_of,
    multiplied_out,
    simplify,
    size_of,
    variants,
)
from engine.autodiff.algebra.sums import (
    Algebra,
    Product,
    Rational,
    Sum,
    TooMuch,
    added,
    joined,
    one_term,
    quotient,
    raised,
    scaled,
)
from engine.autodiff.composites import expanded
from engine.autodiff.rules import OUTPUT
from engine.autodiff.tree import Tree


def derivatives_by_value(
    tree: Tree, along: Mapping[str, Mapping[str, Tree]], longest: int = sys.maxsize
) -> tuple[Tree, ...]:
    """The derivatives of a tree along some names, with ``y`` for the tree wherever that makes them shorter.

    ``along``: each name with the parts that may be called by names of their own in the derivative along it. Empty
    where one of them has more than ``longest`` parts.
    """
    algebra = Algebra()
    whole = expanded(tree)
    found: list[Tree] = []
    try:
        sources = (whole, simplify(whole))
        value = form_of(algebra, whole)
        for name, parts in along.items():
            found.append(_shortest(algebra, sources, value, name, parts))
            if size_of(found[-1]) > longest:
                return ()
    except TooMuch:
        return ()
    return tuple(found)


def _shortest(algebra: Algebra, sources: Sequence[Tree], value: Sum, name: str, parts: Mapping[str, Tree]) -> Tree:
    """The shortest derivative along one name; ``sources`` are the tree and its simpler twin."""
    known = {algebra.number("name", part): form_of(algebra, of) for part, of in parts.items()}
    forms: list[Sum] = []
    for source in sources:
        slope = form_of(algebra, plain_derivative(source, name))
        if slope not in forms:
            found = [*_with_value(algebra, slope, value), *_with_parts(algebra, slope, known), slope]
            forms += [form for form in found if form not in forms]
    return min((tree_of(algebra, one) for form in forms for one in variants(algebra, form)), key=effort_of)


# --- Parts by their names


def _with_parts(algebra: Algebra, form: Sum, known: Mapping[int, Sum]) -> Iterator[Sum]:
    """The form with names for parts of it that are one term each."""
    if not known:
        return
    named = multiplied_out(algebra, form)
    for number, part in known.items():
        if len(part) == 1:
            ((product, coefficient),) = part.items()
            named = added(_divided(term, c, number, product, coefficient) for term, c in named.items())
    yield named
    yield _gathered(algebra, named, frozenset(known))


def _divided(term: Product, c: Rational, number: int, product: Product, coefficient: Rational) -> Sum:
    """A term with a name in place of a product, as often as that is in it."""
    powers = dict(term)
    times = min((quotient(powers.get(atom, 0), exponent) for atom, exponent in product), default=0)
    if times < 1:
        return one_term(c, term)
    whole = int(times)
    return one_term(
        quotient(c, Fraction(coefficient) ** whole), joined(term, raised(product, -whole), ((number, whole),))
    )


def _gathered(algebra: Algebra, form: Sum, numbers: frozenset[int]) -> Sum:
    """The terms with the same named part together: t₁p + t₂p as (t₁ + t₂)·p."""
    by_part: dict[Product, Sum] = {}
    for product, c in form.items():
        named = tuple(factor for factor in product if factor[0] in numbers)
        rest = tuple(factor for factor in product if factor[0] not in numbers)
        by_part.setdefault(named, {})[rest] = c
    return added(algebra.times(one_term(1, named), rest) for named, rest in by_part.items())


# --- The value by its name


def _with_value(algebra: Algebra, form: Sum, value: Sum) -> Iterator[Sum]:
    """The form with y in it, in every way that we know of; ``value`` is what y is.

    Only where nothing is divided by that was not before: with y = c·relu(u) the slope is not y/relu(u), which has no
    value at 0.
    """
    if len(value) != 1:
        return
    y = algebra.number("name", OUTPUT)
    known = _divides_by(algebra, form) | _divides_by(algebra, value)
    ((product, scale),) = value.items()
    for number, exponent in product:
        rest = one_term(1, _without(product, number))
        over = algebra.power(algebra.times(one_term(scale), rest), -1)  # y = scale·rest·atomᵉ, so atomᵉ = y·over
        found = _replaced(algebra, form, number, exponent, algebra.times(one_term(1, ((y, 1),)), over))
        if _divides_by(algebra, found) <= known | ({y} if algebra.is_positive(rest) else set()):
            yield found
    for number, exponent in product:
        if exponent == -1 and algebra.atoms[number].kind == "sum":
            above = multiplied_out(algebra, one_term(scale, _without(product, number)))
            below = algebra.inside(algebra.atoms[number])[0]
            for found in _solved(algebra, form, above, below, one_term(1, ((y, 1),))):
                if _divides_by(algebra, found) <= known:
                    yield found


def _divides_by(algebra: Algebra, form: Sum) -> set[int]:
    """The atoms in denominators, in brackets too, but for those that cannot be 0."""
    found: set[int] = set()
    for number, exponent in {factor for product in form for factor in product}:
        if exponent < 0 and not algebra.is_positive(one_term(1, ((number, 1),))):
            found.add(number)
        if algebra.atoms[number].kind == "sum":
            found |= _divides_by(algebra, algebra.inside(algebra.atoms[number])[0])
    return found


def _solved(algebra: Algebra, form: Sum, above: Sum, below: Sum, y: Sum) -> Iterator[Sum]:
    """Where y = (p + q·m)/(r + s·m) for a power m of one atom: the form with (p − r·y)/(s·y − q) put in for m."""
    for m in below:
        if len(m) != 1:
            continue
        over, under = _linear(above, m[0]), _linear(below, m[0])
        if over is None or under is None:
            continue
        (p, q), (r, s) = over, under
        top = added((p, scaled(each_with_each(r, y), -1)))
        bottom = added((each_with_each(s, y), scaled(q, -1)))
        if top and bottom:
            yield _put_in(algebra, form, m[0], top, bottom)


def _put_in(algebra: Algebra, form: Sum, m: tuple[int, Rational], top: Sum, bottom: Sum) -> Sum:
    """The form with ``top``/``bottom`` in place of m, in brackets that are a + b·m as well."""
    one_over = algebra.power(bottom, -1)
    for number in sorted({number for product in form for number, _ in product}):
        atom = algebra.atoms[number]
        split = _linear(algebra.inside(atom)[0], m) if atom.kind == "sum" else None
        if split is not None and split[1]:
            a, b = split
            whole = added((each_with_each(a, bottom), each_with_each(b, top)))
            form = _replaced(algebra, form, number, 1, algebra.times(whole, one_over))
    return _replaced(algebra, form, *m, algebra.times(top, one_over))


def _linear(form: Sum, m: tuple[int, Rational]) -> tuple[Sum, Sum] | None:
    """(a, b) with form = a + b·m and no m in either; None where there are none."""
    a: Sum = {}
    b: Sum = {}
    for product, coefficient in form.items():
        power = dict(product).get(m[0])
        if power is None:
            a[product] = coefficient
        elif power == m[1]:
            b[_without(product, m[0])] = coefficient
        else:
            return None
    return a, b


def _replaced(algebra: Algebra, form: Sum, number: int, exponent: Rational, by: Sum) -> Sum:
    """The form with another one in place of an atom to some power, and of whole powers of that; in brackets too."""

    def factor(one: int, power: Rational) -> Sum:
        times = quotient(power, exponent) if one == number else 0
        if times and times.denominator == 1:
            return algebra.power(by, times)
        atom = algebra.atoms[one]
        if atom.kind == "sum":
            inside = algebra.inside(atom)[0]
            new = _replaced(algebra, inside, number, exponent, by)
            if new != inside:
                return algebra.power(new, power)
        return one_term(1, ((one, power),))

    return added(
        algebra.times(one_term(coefficient), *(factor(*each) for each in product))
        for product, coefficient in form.items()
    )


def _without(product: Product, number: int) -> Product:
    """A product without one of its atoms."""
    return tuple(factor for factor in product if factor[0] != number)
