"""Where a parameter's change comes from: penalty, clipping and the schedule's rate, then the optimiser's own lines, and
last the pull of an L1 that sticks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.guesses import Mistake
from engine.network.plan import Node, Slot
from engine.optimizers import CLIP_GUARD, OPTIMIZERS
from engine.training.lines.expression import (
    Expression,
    Negated,
    Number,
    Product,
    Quotient,
    Source,
    Sum,
    WorkedLine,
    evaluate,
)
from engine.training.lines.functions import ONE, written
from engine.training.lines.reading import Reading, indexed
from engine.training.trace import UpdateTrace

_SYMBOLS = {"W": "w", "gamma": r"\gamma", "beta": r"\beta"}


@dataclass(frozen=True, slots=True)
class _Scalar:
    """One parameter as the optimiser meets it: the trace, which scalar of which slot it is, and where it lies in θ."""

    update: UpdateTrace
    slot: Slot
    index: tuple[int, ...]
    at: int

    @property
    def decays(self) -> bool:
        """Whether penalties act on it."""
        return self.slot.spec.decays

    @property
    def symbol(self) -> str:
        """What it is called, as mathtext."""
        return _SYMBOLS.get(self.slot.spec.name, self.slot.spec.name)

    def number(self, role: str, value: float) -> Number:
        """A number of its update, which knows what it is there."""
        return Number(value, Source(f"{role}.{self.slot.spec.name}", self.slot.block_id, self.index))

    @property
    def g(self) -> Number:
        """The gradient as the optimiser takes it."""
        return self.number("g", float(self.update.clipped[self.at]))

    @property
    def eta(self) -> Number:
        """The rate of this step."""
        if self.update.hyper.schedule.kind == "constant":
            return Number(self.update.rate, exact=True)
        return self.number("rate", self.update.rate)

    @property
    def w(self) -> Number:
        """The parameter before."""
        name = self.slot.spec.name
        return Number(float(self.update.before[self.at]), Source(name, self.slot.block_id, self.index))

    def old(self, slot: int) -> Number:
        """A memory before the step."""
        return self.number(f"old{slot}", float(self.update.slots_before[slot, self.at]))

    def new(self, slot: int) -> Number:
        """A memory after the step."""
        return self.number(f"new{slot}", float(self.update.slots_after[slot, self.at]))

    def setting(self, name: str) -> Number:
        """A hyper-parameter, written whole."""
        return Number(float(getattr(self.update.hyper, name)), exact=True)

    @property
    def moved(self) -> Number:
        """What the optimiser's own step moved the parameter by."""
        return self.number("step", float(self.update.stepped[self.at] - self.update.before[self.at]))


def strongest(reading: Reading, node: Node, unit: int | None = None) -> tuple[Slot, tuple[int, ...]]:
    """The parameter of a node, or of one unit of it, that the update moves most."""
    update = reading.trace.update
    assert update is not None
    change = np.abs(update.after - update.before)
    found: list[tuple[float, Slot, tuple[int, ...]]] = []
    for slot in node.slots:
        moved = np.nan_to_num(slot.view(change))
        if unit is not None and unit < moved.shape[0]:
            inner = np.unravel_index(int(np.argmax(moved[unit])), moved.shape[1:]) if moved.ndim > 1 else ()
            index = (unit, *(int(i) for i in inner))
        else:
            index = tuple(int(i) for i in np.unravel_index(int(np.argmax(moved)), moved.shape))
        found.append((float(moved[index]), slot, index))
    weights = [entry for entry in found if entry[1].spec.decays]
    return max(weights or found, key=lambda entry: entry[0])[1:]


def update_lines(reading: Reading, slot: Slot, index: tuple[int, ...]) -> tuple[WorkedLine, ...]:
    """Every line from ∂L/∂w to the new w."""
    update = reading.trace.update
    assert update is not None
    inside = int(np.ravel_multi_index(index, slot.spec.shape))
    one = _Scalar(update, slot, index, slot.offset + inside)
    named = indexed(one.symbol, *index)
    lines = [*_penalty(one), *_clipping(one), *_schedule(one)]
    lines += _rule(one)
    lines += _arrival(one, named)
    return tuple(lines)


def _arrival(one: _Scalar, named: str) -> list[WorkedLine]:
    """The new parameter: moved by Δw and, where L1 sticks, pulled towards 0 or held there."""
    update, symbols = one.update, rf"{named} + \Delta {one.symbol}"
    new, pull = one.number("after", float(update.after[one.at])), update.hyper.l1_of_pull
    if not one.decays or pull is None or not (pull or update.stuck[one.at]):
        return [WorkedLine(named, symbols, (Sum((one.w, one.moved)),), new, renews=True)]
    if update.stuck[one.at] and one.w.value == 0.0:
        return [WorkedLine(named, r"0\ (\lambda_1)", (Number(0.0, exact=True),), new, renews=True)]
    sign = Number(float(np.sign(one.w.value)), exact=True)
    pulled = one.number("pull", update.rate * pull * sign.value)
    lines = [
        WorkedLine("p", r"\eta\,\lambda_1 \mathrm{sign}(w)", (Product((one.eta, one.setting("l1"), sign)),), pulled)
    ]
    reached = new
    if update.stuck[one.at]:
        reached = one.number("reached", float(update.stepped[one.at] - pulled.value))
    lines.append(
        WorkedLine(named, rf"{symbols} - p", (Sum((one.w, one.moved, Negated(pulled))),), reached, renews=True)
    )
    if update.stuck[one.at]:
        lines.append(WorkedLine(named, r"0\ (\lambda_1)", (Number(0.0, exact=True),), new, renews=True))
    return lines


def _penalty(one: _Scalar) -> list[WorkedLine]:
    """``g = ∂L/∂w + λ₂ w + λ₁ sign(w)``; without a penalty g is ∂L/∂w."""
    update, hyper = one.update, one.update.hyper
    source = Source(f"d{one.slot.spec.name}", one.slot.block_id, one.index)
    raw = Number(float(update.gradient[one.at]), source)
    terms: list[Expression] = [raw]
    symbols = rf"\partial L/\partial {one.symbol}"
    if one.decays and hyper.l1_of_gradient:
        sign = Product((one.setting("l1"), Number(float(np.sign(one.w.value)), exact=True)))
        terms, symbols = [*terms, sign], rf"{symbols} + \lambda_1 \mathrm{{sign}}(w)"
    if one.decays and hyper.l2:
        terms, symbols = [*terms, Product((one.setting("l2"), one.w))], rf"{symbols} + \lambda_2 w"
    step = terms[0] if len(terms) == 1 else Sum(tuple(terms))
    return [WorkedLine("g", symbols, (step,), _penalised(one))]


def _penalised(one: _Scalar) -> Number:
    """The gradient with the penalties, which is g where nothing is clipped."""
    return one.number("penalised", float(one.update.penalised[one.at])) if _is_clipped(one) else one.g


def _is_clipped(one: _Scalar) -> bool:
    most = one.update.hyper.clip_norm
    return most is not None and one.update.norm + CLIP_GUARD > most


def _clipping(one: _Scalar) -> list[WorkedLine]:
    """What clipping by the norm of all gradients makes of g, where it does anything."""
    update = one.update
    most = update.hyper.clip_norm
    if most is None or not _is_clipped(one):
        return []
    share = one.number("share", most / (update.norm + CLIP_GUARD))
    guarded = Sum((one.number("norm", update.norm), Number(CLIP_GUARD, exact=True)))
    return [
        WorkedLine("c", r"c_{\max} / (\Vert g \Vert + 10^{-6})", (Quotient(one.setting("clip_norm"), guarded),), share),
        WorkedLine("g", r"g\,c", (Product((_penalised(one), share)),), one.g, renews=True),
    ]


def _schedule(one: _Scalar) -> list[WorkedLine]:
    """The rate of this step, where a schedule has changed it."""
    hyper = one.update.hyper
    if hyper.schedule.kind == "constant":
        return []
    share = one.number("schedule", one.update.rate / hyper.learning_rate)
    return [WorkedLine(r"\eta", r"\eta_0\,s(e)", (Product((one.setting("learning_rate"), share)),), one.eta)]


def _rule(one: _Scalar) -> list[WorkedLine]:
    """The optimiser's own lines; Δw may be taken without the rate by mistake."""
    hyper, spec = one.update.hyper, OPTIMIZERS[one.update.hyper.optimizer]
    names = {name: one.setting(name) for name in spec.settings}
    names |= {name: one.old(place) for place, name in enumerate(spec.memory)}
    names |= {"eta": one.eta, "g": one.g, "w": one.w, "t": Number(float(one.update.number), exact=True)}
    lines: list[WorkedLine] = []
    *before, last = spec.lines
    for line in before:
        step, is_memory = written(line.arithmetic, names), line.name in spec.memory
        result = one.new(spec.memory.index(line.name)) if is_memory else one.number(line.name, evaluate(step))
        names[line.name] = result
        symbols = line.symbols.replace("@t", str(one.update.number))
        lines.append(WorkedLine(line.symbol or line.name, symbols, (step,), result, renews=is_memory))
    step, symbols = written(last.arithmetic, names), last.symbols
    mistake = evaluate(written(last.arithmetic, {**names, "eta": ONE}))
    if spec.shrinks_weights and one.decays and hyper.weight_decay:
        decay = Negated(Product((one.eta, one.setting("weight_decay"), one.w)))
        step, symbols = Sum((decay, step)), rf"-\eta\,\lambda\,w {symbols}"
        mistake += evaluate(Negated(Product((one.setting("weight_decay"), one.w))))
    return [
        *lines,
        WorkedLine(rf"\Delta {one.symbol}", symbols, (step,), one.moved, mistakes=((Mistake.RATE, mistake),)),
    ]
