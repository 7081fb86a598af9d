"""Results too small for a normal number count as 0 while a run of steps is done ("flush to zero").

Subnormal are numbers below 2.2e-308 in float64 and 1.2e-38 in float32 (IEEE 754). A processor takes a hundred times as
long over each: a network that had died, of which Adam's averages remembered no more than such numbers, trained at a
third of its speed (see :func:`engine.optimizers.forget_subnormal`), and in float32 a deep one, on whose way back δ
comes to them, at a fifth.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from llvmlite import binding, ir
from numba import types
from numba.extending import intrinsic

from engine.network.kernels.options import Kernel, held

ARCHITECTURE = binding.get_process_triple().partition("-")[0]
_WORD, _LONG = ir.IntType(32), ir.IntType(64)
_MXCSR = (1 << 15) | (1 << 6)
"""FTZ, of results, and DAZ, of what is read: Intel SDM volume 1, §10.2.3."""
_FPCR = 1 << 24
"""FZ, both in one: Arm Architecture Reference Manual, FPCR."""


@contextmanager
def flushed_to_zero() -> Iterator[None]:
    """In this thread, not in those that a BLAS may have, subnormal numbers count as 0 while it lasts. On processors
    that are neither x86-64 nor Arm nothing is done: the numbers are right there too, but late."""
    former = _exchange(True)
    try:
        yield
    finally:
        _exchange(former)


@held
def _exchange(flush: bool) -> bool:
    """Whether subnormals are flushed from now on, in this thread; returns whether they were."""
    return bool(_exchanged(flush))


@intrinsic
def _exchange_control(_context: Any, flush: Any) -> Any:
    def generate(_context: Any, builder: Any, _signed: Any, args: Any) -> Any:
        if ARCHITECTURE == "x86_64":
            return _exchanged_on_x86(builder, args[0])
        return _exchanged_on_arm(builder, args[0]) if ARCHITECTURE in ("aarch64", "arm64") else args[0]

    return types.boolean(flush), generate


_exchanged: Kernel = _exchange_control  # which numba calls without the context


def _exchanged_on_x86(builder: Any, flush: Any) -> Any:
    place = builder.alloca(_WORD)
    pointer = builder.bitcast(place, ir.IntType(8).as_pointer())
    _call(builder, "llvm.x86.sse.stmxcsr", ir.VoidType(), pointer)
    before = builder.load(place)
    builder.store(_with(builder, before, _MXCSR, flush), place)
    _call(builder, "llvm.x86.sse.ldmxcsr", ir.VoidType(), pointer)
    return _any(builder, before, _MXCSR)


def _exchanged_on_arm(builder: Any, flush: Any) -> Any:
    before = _call(builder, "llvm.aarch64.get.fpcr", _LONG)
    _call(builder, "llvm.aarch64.set.fpcr", ir.VoidType(), _with(builder, before, _FPCR, flush))
    return _any(builder, before, _FPCR)


def _with(builder: Any, control: Any, bits: int, wanted: Any) -> Any:
    """The register with these bits set or not."""
    kind = control.type
    cleared = builder.and_(control, ir.Constant(kind, ~bits))
    return builder.select(wanted, builder.or_(control, ir.Constant(kind, bits)), cleared)


def _any(builder: Any, control: Any, bits: int) -> Any:
    kind = control.type
    return builder.icmp_unsigned("!=", builder.and_(control, ir.Constant(kind, bits)), ir.Constant(kind, 0))


def _call(builder: Any, name: str, result: Any, *args: Any) -> Any:
    """An LLVM intrinsic of the processor's."""
    kind = ir.FunctionType(result, [value.type for value in args])
    return builder.call(builder.module.globals.get(name) or ir.Function(builder.module, kind, name), args)
