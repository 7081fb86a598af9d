"""What is asked of a number that is still hidden."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from engine.guesses import Asked, Kind, Verdict


@dataclass(frozen=True, slots=True)
class Question:
    """``key``: the same for the same question, which counts once. ``name``: the hidden number's, as mathtext.

    ``than``: what its size is compared with. ``text`` and ``hint``: in place of the usual ones. ``printed``: the number
    as it stands wherever it is revealed, where that is with other digits than four.
    """

    key: Hashable
    kind: Kind
    truth: float
    name: str
    than: float | None = None
    text: str = ""
    hint: str = ""
    printed: str = ""

    @property
    def asked(self) -> Asked:
        """What has to be known to judge an answer."""
        return Asked(self.kind, self.truth, self.than)


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, and how it turned out; neither where the number was only revealed."""

    answer: str | float | None = None
    verdict: Verdict | None = None
