"""The card that says where a number of a pass comes from."""

from __future__ import annotations

from collections.abc import Hashable
from typing import cast

from PySide6.QtWidgets import QWidget

from app.builder.timeline.pass_facts import Check, PassFacts, by_others
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from engine.training.lines.expression import Source
from engine.training.trace import PassTrace


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
