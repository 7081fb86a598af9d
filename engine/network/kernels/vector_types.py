"""The numba types of vectors and of what comparing them gives, and Python's operators on them."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core.datamodel import models
from numba.core.imputils import lower_builtin
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import register_model

VECTOR_BYTES = 64

Emit = Callable[[Any, Any, Any], Any]


def width_of(number: Any) -> int:
    """How many numbers of this numba type a vector holds."""
    return VECTOR_BYTES * 8 // int(number.bitwidth)


class Lanes(types.Type):
    """The numba type of a vector of ``number``."""

    def __init__(self, number: Any) -> None:
        self.number = number
        super().__init__(name=f"Lanes({number})")


class Mask(types.Type):
    """The numba type of what comparing two vectors of ``number`` gives: true or false for each lane."""

    def __init__(self, number: Any) -> None:
        self.number = number
        super().__init__(name=f"Mask({number})")


def vector_of(number: Any) -> Any:
    """The LLVM type of a vector of this number."""
    return ir.VectorType(ir.DoubleType() if number == types.float64 else ir.FloatType(), width_of(number))


@register_model(Lanes)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Lanes) -> None:
        super().__init__(manager, kind, vector_of(kind.number))  # type: ignore[no-untyped-call]


@register_model(Mask)
class _MaskModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Mask) -> None:
        mask = ir.VectorType(ir.IntType(1), width_of(kind.number))
        super().__init__(manager, kind, mask)  # type: ignore[no-untyped-call]


def spread_out(context: Any, builder: Any, value: Any, kind: Any, number: Any) -> Any:
    """The value as a vector of ``number``: a single one in every lane."""
    if isinstance(kind, Lanes):
        return value
    single, vector = context.cast(builder, value, kind, number), vector_of(number)
    first = builder.insert_element(ir.Constant(vector, ir.Undefined), single, ir.Constant(ir.IntType(32), 0))
    nowhere = ir.Constant(ir.VectorType(ir.IntType(32), vector.count), [0] * vector.count)
    return builder.shuffle_vector(first, ir.Constant(vector, ir.Undefined), nowhere)


def _number(*kinds: Any) -> Any:
    """The type of the numbers of the first vector among these types; None where there is none."""
    return next((kind.number for kind in kinds if isinstance(kind, Lanes)), None)


def _declare(operation: Any, emit: Emit, result: Callable[[Any], Any], in_place: Any = None) -> None:
    """Let a Python operator take two vectors, or a vector and a number; ``in_place`` is its ``+=``."""

    @infer_global(operation)
    @infer_global(in_place or operation)
    class Typed(AbstractTemplate):
        def generic(self, args: Any, kws: Any) -> Any:
            number = _number(*args) if len(args) == 2 and not kws else None
            fits = number is not None and all(isinstance(kind, (Lanes, types.Number)) for kind in args)
            return signature(result(number), *args) if fits else None

    def lower(context: Any, builder: Any, signed: Any, args: Any) -> Any:
        number, pairs = _number(*signed.args), zip(args, signed.args, strict=True)
        return emit(builder, *(spread_out(context, builder, value, kind, number) for value, kind in pairs))

    for kinds in ((Lanes, Lanes), (Lanes, types.Number), (types.Number, Lanes)):
        lower_builtin(operation, *kinds)(lower)


_declare(operator.add, lambda builder, a, b: builder.fadd(a, b), Lanes, operator.iadd)
_declare(operator.sub, lambda builder, a, b: builder.fsub(a, b), Lanes, operator.isub)
_declare(operator.mul, lambda builder, a, b: builder.fmul(a, b), Lanes, operator.imul)
_declare(operator.truediv, lambda builder, a, b: builder.fdiv(a, b), Lanes, operator.itruediv)
_declare(operator.lt, lambda builder, a, b: builder.fcmp_ordered("<", a, b), Mask)
_declare(operator.le, lambda builder, a, b: builder.fcmp_ordered("<=", a, b), Mask)
_declare(operator.gt, lambda builder, a, b: builder.fcmp_ordered(">", a, b), Mask)
_declare(operator.ge, lambda builder, a, b: builder.fcmp_ordered(">=", a, b), Mask)


@infer_global(operator.and_)
class _Both(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        return signature(args[0], *args) if all(isinstance(kind, Mask) for kind in args) else None


@lower_builtin(operator.and_, Mask, Mask)
def _both(context: Any, builder: Any, signed: Any, args: Any) -> Any:
    return builder.and_(*args)


@infer_global(operator.neg)
@infer_global(abs)
class _Single(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        return signature(args[0], *args) if len(args) == 1 and isinstance(args[0], Lanes) else None


@lower_builtin(operator.neg, Lanes)
def _negate(context: Any, builder: Any, signed: Any, args: Any) -> Any:
    return builder.fneg(args[0])


@lower_builtin(abs, Lanes)
def _magnitude(context: Any, builder: Any, signed: Any, args: Any) -> Any:
    return call_llvm(builder, "fabs", signed.args[0].number, args)


def call_llvm(builder: Any, name: str, number: Any, args: Any) -> Any:
    """An LLVM intrinsic of vectors of this number."""
    vector = vector_of(number)
    suffix = f"v{vector.count}f{number.bitwidth}"
    kind = ir.FunctionType(vector, [vector] * len(args))
    declared = builder.module.globals.get(f"llvm.{name}.{suffix}")
    return builder.call(declared or ir.Function(builder.module, kind, f"llvm.{name}.{suffix}"), args)
