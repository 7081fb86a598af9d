"""What a Wide & Deep model can be asked before it is trained: what any can, and what a cross makes of its rows."""

from __future__ import annotations

from typing import Any, Final

from engine.recommenders.serving.asking import Ask
from engine.recommenders.tasks.drafts import ASKS as ANY
from engine.recommenders.tasks.wide_deep.draft_asks.cross import ASK as CROSS

ASKS: Final[tuple[Ask[Any, Any], ...]] = (*ANY, CROSS)
