"""A line that says as much as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from app.kit.widgets.labels import ElidedLabel


class FittingLabel(ElidedLabel):
    """The first of several texts that fits, the fullest first; the last is elided where not even that fits. The whole
    of it is in the tooltip."""

    def __init__(self, role: str | None = None) -> None:
        self._texts: tuple[str, ...] = ("",)
        super().__init__("", role)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Say other things, the fullest first; one at least."""
        if tuple(texts) != self._texts:
            self._texts = tuple(texts)
            self.set_full_text(texts[0])

    def _elide(self) -> None:
        metrics = self.fontMetrics()
        fitting = (text for text in self._texts if metrics.horizontalAdvance(text) <= self.width())
        self._show(next(fitting, self._texts[-1]))
