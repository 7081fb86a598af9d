"""One thing that the verdict row says, and what the blocks of a run are called in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.kit.translation import worded_name
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Verdict

if TYPE_CHECKING:
    from engine.training.remedies import Case, Remedy


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say: ``head``, what is in trouble, and ``text``, how one sees it. ``colour``: the theme's name.

    ``cures``: works out what would mend it, which takes longer than the words; None where nothing does. ``trouble``:
    the verdicts that a cure has to end, if it is about any. Findings that say the same are equal.
    """

    head: str
    text: str
    colour: str
    cures: Callable[[Case], tuple[Remedy, ...]] | None = field(default=None, compare=False)
    trouble: tuple[Verdict, ...] = field(default=(), compare=False)

    @property
    def is_note(self) -> bool:
        """Whether it is worth knowing and no trouble: what would change it is offered, and not proposed."""
        return self.colour == "text_muted"

    @property
    def is_alarm(self) -> bool:
        """Whether somebody should look."""
        return self.colour in ("warning", "danger")

    @property
    def sentence(self) -> str:
        """Both in one."""
        return f"{self.head} {self.text}".strip()


def layer_in(snapshot: Snapshot, block_id: str) -> str:
    """The name of a block of the run's network."""
    return worded_name(snapshot.plan.nodes[snapshot.plan.index_of(block_id)].name)
