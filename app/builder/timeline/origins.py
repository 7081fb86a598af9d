"""Where the numbers of a pass come from: what there is to say of one, and the card that says it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from itertools import groupby
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.builder.timeline.written import LineToken, TokenSort, write
from app.kit.numbers import to_digits
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact, Parent
from app.kit.translation import worded_name
from engine.training.lines.expression import Number, Source, WorkedLine
from engine.training.lines.origin import NumberOrigin, SumTerm, is_of_update, origin_of
from engine.training.trace import PassTrace
from engine.value_check import CheckedValue

NUDGE = 0.01
"""The change of a number that the sentence speaks of."""

_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

Check = Callable[[PassTrace, Source], CheckedValue[float] | None]


def by_others(trace: PassTrace, source: Source) -> CheckedValue[float] | None:
    """The value by PyTorch, which is imported now, in the thread that asks, or by who stands in for it."""
    from engine.training.lines.check import check_value

    return check_value(trace, source)


class PassFacts(QObject):
    """Facts of the numbers of passes, in the window's language. ``check``: what is asked in the background."""

    def __init__(self, check: Check = by_others, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.check = check

    def of(self, trace: PassTrace, source: Source) -> Fact | None:
        """Where a number of the pass comes from; None where the pass does not have it."""
        origin = origin_of(trace, source)
        if origin is None:
            return None
        given = Fact(source, origin.name, self._place(trace, source), origin.value, sentence=self._meaning(origin))
        if origin.line is None:
            return given
        found = [self._parent(trace, number) for number in origin.parents]
        return Fact(
            source, given.name, given.place, given.value,
            formula=origin.line.formula,
            worked=markup_of(origin.line),
            parents=tuple(parent for parent in found if parent is not None),
            sentence=given.sentence,
            check=partial(self.check, trace, source),
            code=partial(_code, trace, source),
            paths=tuple((self._path_name(source, path), path.value) for path in origin.paths),
        )  # fmt: skip

    def _parent(self, trace: PassTrace, number: Number) -> Parent | None:
        source = number.source
        found = origin_of(trace, source) if source is not None else None
        if source is None or found is None:
            return None
        return Parent(found.name, self._place(trace, source), number.value, source)

    # Words ----------------------------------------------------------------------------------------------------------

    def _place(self, trace: PassTrace, source: Source) -> str:
        """``weight of Dense 2, unit 3``."""
        assert trace.plan is not None
        node = trace.plan.nodes[trace.plan.index_of(source.block_id)]
        words = {
            "W": self.tr("weight of {block}, unit {unit}"),
            "b": self.tr("bias of {block}, unit {unit}"),
            "a": self.tr("value of {block}, unit {unit}"),
            "z": self.tr("sum of {block}, unit {unit}"),
            "delta": self.tr("signal of {block}, unit {unit}"),
            "upstream": self.tr("what reaches {block}, unit {unit}, from behind"),
            "t": self.tr("target of {block}, unit {unit}"),
            "dW": self.tr("gradient of a weight of {block}, unit {unit}"),
            "db": self.tr("gradient of the bias of {block}, unit {unit}"),
            "slope": self.tr("slope of {block}, unit {unit}"),
            "loss": self.tr("loss of one sample"),
            "mean_loss": self.tr("mean loss of the mini-batch"),
        }
        updated = {
            "W": self.tr("update of a weight of {block}, unit {unit}"),
            "b": self.tr("update of the bias of {block}, unit {unit}"),
        }
        pattern = words.get(source.symbol, self.tr("parameter of {block}, unit {unit}"))
        if is_of_update(source):
            name = source.symbol.partition(".")[2]
            pattern = updated.get(name, self.tr("update of a parameter of {block}, unit {unit}"))
        return pattern.format(block=worded_name(node.name), unit=source.index[0] + 1)

    def _meaning(self, origin: NumberOrigin) -> str:
        """Say what the number does to the loss, or where it begins."""
        effect = to_digits(abs(origin.value) * NUDGE, 2)
        nudge = to_digits(NUDGE, 2)
        grows, symbol = origin.value > 0, origin.source.symbol
        if symbol == "delta":
            rise = self.tr("Raise this unit's z by {nudge} and the loss grows by about {effect}.")
            fall = self.tr("Raise this unit's z by {nudge} and the loss falls by about {effect}.")
            return (rise if grows else fall).format(nudge=nudge, effect=effect)
        if symbol in ("dW", "db"):
            down = self.tr("Raise it by {nudge} and the loss grows by about {effect}: the gradient says down.")
            up = self.tr("Raise it by {nudge} and the loss falls by about {effect}: the gradient says up.")
            return (down if grows else up).format(nudge=nudge, effect=effect)
        if origin.line is not None:
            return ""
        if is_of_update(origin.source):
            return self._given_to_update(origin.source)
        if symbol in ("a", "t"):
            return self.tr("It is given by the data.")
        return self.tr("It is a parameter: the result of its initial value and every update so far.")

    def _given_to_update(self, source: Source) -> str:
        """Of what an update does not work out itself."""
        role = source.symbol.partition(".")[0]
        if role == "norm":
            return self.tr("The length of the gradient of all parameters together, penalties included.")
        if role == "schedule":
            return self.tr("The learning rate that the schedule gives now.")
        return self.tr("The optimiser's memory: it starts at 0 and changes with every step.")

    def _path_name(self, source: Source, path: SumTerm) -> str:
        if path.through is None:
            return self.tr("%n more", "", path.count)
        own = path.through.block_id == source.block_id
        words = {"b": self.tr("bias"), "t": self.tr("target"), "a": self.tr("value") if own else ""}
        if words.get(path.through.symbol):
            return words[path.through.symbol]
        if path.through.row and path.through.symbol in ("a", "delta", "upstream"):
            return self.tr("sample {place}").format(place=path.through.row + 1)
        return self.tr("over unit {unit}").format(unit=path.through.index[0] + 1)


class PassOriginCard(OriginCard):
    """The keys of its numbers are :class:`Source`; ``check`` is asked in the background."""

    def __init__(self, parent: QWidget | None = None, check: Check = by_others) -> None:
        super().__init__(self._of_pass, parent)
        self.facts = PassFacts(check, self)
        self._trace: PassTrace | None = None

    def _of_pass(self, source: Hashable) -> Fact | None:
        return self.facts.of(self._trace, cast(Source, source)) if self._trace is not None else None

    def show_source(self, trace: PassTrace, source: Source) -> None:
        """Say where this number comes from."""
        self._trace = trace
        self.show(source)

    def follow(self, trace: PassTrace | None) -> None:
        """Another pass: the same number as it is there."""
        self._trace = trace
        self.refresh()

    @property
    def source(self) -> Source | None:
        """The number that is shown."""
        return cast("Source | None", self.key)

    def put_away(self) -> None:
        """Explain nothing."""
        self._trace = None
        super().put_away()


def markup_of(line: WorkedLine) -> str:
    """The line with its numbers in, as mathtext with words outside of ``$…$``; it checks by hand, as the sheet's."""
    written = write(line)
    tokens: list[LineToken] = []
    for side in (*written.steps, (written.result,)):
        tokens += [LineToken(TokenSort.SIGN, " = "), *side] if tokens else side
    runs = groupby(tokens, lambda token: token.sort is TokenSort.REST)
    return "".join(_words(run) if is_words else f"${''.join(map(_set, run))}$" for is_words, run in runs)


def _words(tokens: Iterable[LineToken]) -> str:
    return "".join(token.text for token in tokens)


def _set(token: LineToken) -> str:
    """A token as mathtext: ``tanh`` upright, ``²`` as an exponent."""
    if token.sort is TokenSort.WORD and len(token.text) > 1:
        return rf"\mathrm{{{token.text}}}".replace(" ", r"\ ")
    exponent = token.text.translate(_LOWERED)
    return f"^{{{exponent}}}" if token.sort is TokenSort.SIGN and exponent.isdecimal() else token.text


def _code(trace: PassTrace, source: Source) -> str | None:
    from engine.training.lines.code import code_of

    return code_of(trace, source)
