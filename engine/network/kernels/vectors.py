"""Vectors of numbers as kernels' own type: as many as fill a cache line, read, reckoned with and written at once.

The compiler vectorises a loop over an area by itself, but first asks how long it is and whether areas overlap, which
takes longer than the eight numbers of a small layer. With :func:`load` and :func:`store` nothing is asked: areas are
filled up to whole vectors. ``+ − × ÷``, comparisons and ``abs`` work on them as on numbers, and a number that meets a
vector is taken in its precision, float64 (8 of them) or float32 (16). Where the processor has shorter vectors, the
compiler takes several.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.network.kernels.options import Kernel
from engine.network.kernels.vector_types import Lanes, Mask, call_llvm, spread_out, vector_of, width_of


def _place(context: Any, builder: Any, array: Any, kind: Any, index: Any) -> Any:
    """A pointer to the vector that begins at this element of a flat array."""
    data = context.make_array(kind)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [index]), vector_of(kind.dtype).as_pointer())


@intrinsic
def _load(context: Any, space: Any, at: Any) -> Any:
    def generate(context: Any, builder: Any, signed: Any, args: Any) -> Any:
        place = _place(context, builder, args[0], signed.args[0], args[1])
        return builder.load(place, align=signed.args[0].dtype.bitwidth // 8)

    return Lanes(space.dtype)(space, at), generate


@intrinsic
def _store(context: Any, space: Any, at: Any, value: Any) -> Any:
    def generate(context: Any, builder: Any, signed: Any, args: Any) -> Any:
        kind = signed.args[0]
        place = _place(context, builder, args[0], kind, args[1])
        vector = spread_out(context, builder, args[2], signed.args[2], kind.dtype)
        builder.store(vector, place, align=kind.dtype.bitwidth // 8)
        return context.get_dummy_value()

    return types.void(space, at, value), generate


@intrinsic
def _store_first(context: Any, space: Any, at: Any, value: Any, count: Any) -> Any:
    """In pieces of 8, 4, 2 and 1 numbers: a store under a mask takes longer than all of them."""

    def generate(context: Any, builder: Any, signed: Any, args: Any) -> Any:
        kind, (array, at, vector, count) = signed.args[0], args
        width, align = width_of(kind.dtype), kind.dtype.bitwidth // 8
        data = context.make_array(kind)(context, builder, array).data
        index = ir.IntType(64)

        def write(numbers: Any, start: Any, length: int) -> None:
            place = builder.gep(data, [start])
            pointer = builder.bitcast(place, ir.VectorType(vector.type.element, length).as_pointer())
            builder.store(numbers, pointer, align=align)

        enough = builder.icmp_unsigned(">=", count, ir.Constant(index, width))
        with builder.if_else(enough) as (whole, part):
            with whole:
                write(vector, at, width)
            with part:
                rest, length = vector, width // 2
                while length:
                    halves = [builder.shuffle_vector(rest, rest, _numbers_from(start, length)) for start in (0, length)]
                    wanted = builder.icmp_unsigned(
                        "!=", builder.and_(count, ir.Constant(index, length)), ir.Constant(index, 0)
                    )
                    with builder.if_then(wanted):
                        write(halves[0], at, length)
                    rest = builder.select(wanted, halves[1], halves[0])
                    at = builder.add(at, builder.select(wanted, ir.Constant(index, length), ir.Constant(index, 0)))
                    length //= 2
        return context.get_dummy_value()

    return types.void(space, at, value, count), generate


def _numbers_from(start: int, length: int) -> Any:
    return ir.Constant(ir.VectorType(ir.IntType(32), length), list(range(start, start + length)))


@intrinsic
def _lanes(context: Any, space: Any) -> Any:
    def generate(context: Any, builder: Any, signed: Any, args: Any) -> Any:
        return ir.Constant(ir.IntType(64), width_of(signed.args[0].dtype))

    return types.uint64(space), generate


@intrinsic
def _choose(context: Any, mask: Any, one: Any, other: Any) -> Any:
    if not isinstance(mask, Mask):
        result = types.float64 if types.float64 in (one, other) else types.float32

        def select(context: Any, builder: Any, signed: Any, args: Any) -> Any:
            pair = (context.cast(builder, v, k, result) for v, k in zip(args[1:], signed.args[1:], strict=True))
            return builder.select(args[0], *pair)

        return result(mask, one, other), select

    def generate(context: Any, builder: Any, signed: Any, args: Any) -> Any:
        number = signed.args[0].number
        pair = (spread_out(context, builder, v, k, number) for v, k in zip(args[1:], signed.args[1:], strict=True))
        return builder.select(args[0], *pair)

    return Lanes(mask.number)(mask, one, other), generate


@intrinsic
def _put(context: Any, vector: Any, at: Any, value: Any) -> Any:
    """By a comparison with the numbers of the lanes: a vector whose lane is not known beforehand would be written to
    memory and read again."""

    def generate(context: Any, builder: Any, signed: Any, args: Any) -> Any:
        number = signed.args[0].number
        width, index = width_of(number), ir.IntType(number.bitwidth)
        numbers = ir.Constant(ir.VectorType(index, width), list(range(width)))
        wanted = builder.trunc(args[1], index) if number.bitwidth < 64 else args[1]
        nowhere = ir.Constant(ir.VectorType(ir.IntType(32), width), [0] * width)
        undefined = ir.Constant(numbers.type, ir.Undefined)
        first = builder.insert_element(undefined, wanted, ir.Constant(ir.IntType(32), 0))
        mask = builder.icmp_unsigned("==", numbers, builder.shuffle_vector(first, undefined, nowhere))
        return builder.select(mask, spread_out(context, builder, args[2], signed.args[2], number), args[0])

    return vector(vector, at, value), generate


@intrinsic
def _spread_over(context: Any, space: Any, value: Any) -> Any:
    def generate(context: Any, builder: Any, signed: Any, args: Any) -> Any:
        return spread_out(context, builder, args[1], signed.args[1], signed.args[0].dtype)

    return Lanes(space.dtype)(space, value), generate


@intrinsic
def _root(context: Any, value: Any) -> Any:
    def generate(context: Any, builder: Any, signed: Any, args: Any) -> Any:
        return call_llvm(builder, "sqrt", signed.args[0].number, args)

    return value(value), generate


@intrinsic
def _everywhere(context: Any, mask: Any) -> Any:
    def generate(context: Any, builder: Any, signed: Any, args: Any) -> Any:
        bits = ir.IntType(width_of(signed.args[0].number))
        return builder.icmp_unsigned("==", builder.bitcast(args[0], bits), ir.Constant(bits, -1))

    return types.boolean(mask), generate


@intrinsic
def _power_of_two(context: Any, value: Any) -> Any:
    number = value.number if isinstance(value, Lanes) else value
    mantissa, bias = (52, 1023) if number == types.float64 else (23, 127)

    def generate(context: Any, builder: Any, signed: Any, args: Any) -> Any:
        kind, whole = args[0].type, ir.IntType(number.bitwidth)
        many = isinstance(kind, ir.VectorType)
        bits = ir.VectorType(whole, kind.count) if many else whole
        places, one = (ir.Constant(bits, [n] * kind.count if many else n) for n in (mantissa, bias << mantissa))
        return builder.bitcast(builder.add(builder.shl(builder.bitcast(args[0], bits), places), one), kind)

    return value(value), generate


@intrinsic
def _next(context: Any, at: Any, by: Any) -> Any:
    """A sum that passes through an empty piece of assembly, through which no compiler looks."""

    def generate(context: Any, builder: Any, signed: Any, args: Any) -> Any:
        number = args[0].type
        hidden = ir.InlineAsm(ir.FunctionType(number, [number]), "", "=r,0")
        return builder.call(hidden, [builder.add(*args)])

    return types.uint64(types.uint64, types.uint64), generate


load: Kernel = _load
"""``load(space, k)``: the vector of the numbers from ``space[k]`` on."""

store: Kernel = _store
"""``store(space, k, v)``: write a vector, or a number into each of its lanes, from ``space[k]`` on."""

lanes: Kernel = _lanes
"""``lanes(space)``: how many numbers a vector of this array holds."""

choose: Kernel = _choose
"""``choose(mask, a, b)``: a where the mask is true, else b; of single numbers too."""

store_first: Kernel = _store_first
"""``store_first(space, k, v, n)``: write the first n lanes alone."""

spread: Kernel = _spread_over
"""``spread(space, x)``: a vector with x in every lane, in the precision of the array."""

put: Kernel = _put
"""``put(v, k, x)``: the vector v with x in lane k."""

onward: Kernel = _next
"""``onward(k, n)``: k + n, of which the compiler knows nothing, so that it leaves a loop over k as it stands. One that
is done two or three times is quicker without what the compiler would make of a long one."""

root: Kernel = _root
"""``root(v)``: square roots."""

everywhere: Kernel = _everywhere
"""``everywhere(mask)``: whether all lanes are true."""

power_of_two: Kernel = _power_of_two
"""``power_of_two(t)``: 2^k of t = k + 1.5·2^52 (float32: 1.5·2^23), whose last bits are k, by writing an exponent."""
