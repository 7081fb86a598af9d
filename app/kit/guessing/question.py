"""What is asked of a number that is still hidden."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

from app.kit.numbers import read, to_digits
from engine.guesses import Asked, GuessVerdict, Kind, Mistake, Mistakes


@dataclass(frozen=True, slots=True)
class Question:
    """``key``: the same for the same question, which counts once. ``name``: the hidden number's, as mathtext.

    ``than``: what its size is compared with; ``than_work``: how that is worked out, where it isn't in sight itself.
    ``text`` and ``hint``: in place of the usual ones. ``printed``: the number as it stands wherever it is revealed,
    where that is with other digits than four; ``than_printed``: the other one written the same way, where it stands
    somewhere with other digits than three. ``after``: what else there is to say of the number once it is known.
    ``mistakes``: wrong values to be recognised. ``sums``: the terms of the sum that the number is, for each form in
    which it may be written, for a hint about its sign; ``digits``: so many digits of each number that it is worked out
    from are enough, 0 where that is not known. ``function``: one that has to be applied and whose formula isn't in
    sight. ``tolerance``: how far off a typed value may be where 5 % of the number is less.
    """

    key: Hashable
    kind: Kind
    truth: float
    name: str
    than: float | None = None
    text: str = ""
    hint: str = ""
    printed: str = ""
    than_printed: str = ""
    than_work: str = ""
    after: str = ""
    mistakes: Mistakes = ()
    sums: tuple[tuple[float, ...], ...] = ()
    digits: int = 0
    function: str = ""
    tolerance: float = 0.0

    @property
    def shown(self) -> str:
        """The number as it is revealed."""
        return self.printed or to_digits(self.truth, 4)

    @property
    def asked(self) -> Asked:
        """What has to be known to judge an answer: whoever types the number that will be printed is right."""
        written = read(self.shown)
        within = abs(written - self.truth) if written is not None else 0.0
        terms = self.sums[0] if self.sums else ()
        return Asked(self.kind, self.truth, self.than, within, self.mistakes, self.tolerance, terms)

    @property
    def tells(self) -> bool:
        """Whether the right answer can be read off the numbers as they are printed: of two that look the same nobody
        can say which is larger, nor which sign a 0 has."""
        if self.kind is Kind.SIGN:
            return read(self.shown) != 0.0
        if self.kind is Kind.SIZE:
            assert self.than is not None
            if self.than_printed:
                return self.shown.lstrip("−") != self.than_printed.lstrip("−")
            return to_digits(abs(self.truth), 3) != to_digits(abs(self.than), 3)
        return True

    def in_print(self) -> Question | None:
        """The question as it can be asked: for the value instead where :attr:`tells` is false. None where its words are
        its own and ask for something else."""
        if self.tells:
            return self
        return None if self.text else replace(self, kind=Kind.VALUE, than=None)


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, and how it turned out; neither where the number was only revealed. ``mistake``: what has led
    to a wrong value. ``again``: the question is open still, for a second try."""

    answer: str | float | None = None
    verdict: GuessVerdict | None = None
    mistake: Mistake | None = None
    again: bool = False
