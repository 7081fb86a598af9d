"""Sentences for those who hear the window: said by the screen reader, beside what it reads of the focus by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

Sink = Callable[[QObject, str, bool], None]


def _to_screen_reader(source: QObject, text: str, urgent: bool) -> None:
    event = QAccessibleAnnouncementEvent(source, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


_sinks: list[Sink] = []


def heard() -> bool:
    """Whether anybody listens, so that a sentence is worth making."""
    return bool(_sinks) or QAccessible.isActive()


def announce(source: QObject, text: str, *, urgent: bool = False) -> None:
    """Say a sentence for ``source``, a widget: after what is being said, or at once where it is ``urgent``."""
    if not text or not heard():
        return
    for sink in _sinks or [_to_screen_reader]:
        sink(source, text, urgent)


@contextmanager
def recorded() -> Iterator[list[tuple[str, bool]]]:
    """Listen in place of the screen reader: what is said, and whether it is urgent, in order."""
    said: list[tuple[str, bool]] = []

    def take(_source: QObject, text: str, urgent: bool) -> None:
        said.append((text, urgent))

    _sinks.append(take)
    try:
        yield said
    finally:
        _sinks.remove(take)
