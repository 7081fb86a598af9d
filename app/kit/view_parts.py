"""How a document is looked at, part by part. A page declares its parts; they are saved with it and brought back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.formats.sheet import SheetView
from engine.guesses import Answer, GuessRecord

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QAction

    from app.kit.playback.playback import Playback
    from app.kit.widgets.section import Section
    from app.kit.widgets.segments import Segments


@dataclass(frozen=True, slots=True)
class ViewPart:
    """One part of how a document is looked at.

    ``name``: a field of :class:`SheetView`, or an entry of one, such as ``switches.outline``. ``read``: the part as it
    is, None where there is nothing to keep. ``restore``: bring it back; not asked where a file says nothing of it.
    ``changed``: signals that it may be another.
    """

    name: str
    read: Callable[[], object]
    restore: Callable[[Any], object]
    changed: tuple[SignalInstance, ...] = ()


def view_of(parts: Sequence[ViewPart]) -> SheetView:
    """All parts as they are now."""
    fields: dict[str, Any] = {}
    for part in parts:
        field, _, entry = part.name.partition(".")
        value = part.read()
        if value is not None and entry:
            fields.setdefault(field, {})[entry] = value
        elif value is not None:
            fields[field] = value
    return SheetView(**fields)


class KeptAnswers:
    """The judged answers among some parts. To look otherwise is no work; an answer is."""

    def __init__(self, parts: Sequence[ViewPart] = ()) -> None:
        self._parts = tuple(part for part in parts if part.name == "guesses")
        self.changed = [signal for part in self._parts for signal in part.changed]

    def are_unsaved(self, saved: SheetView, left: SheetView | None = None) -> bool:
        """Whether a file that holds ``saved`` lacks one: of what is open, or of what was ``left`` like this."""
        return not _judged(view_of(self._parts) if left is None else left) <= _judged(saved)


def _judged(view: SheetView) -> frozenset[tuple[str, Answer]]:
    """The questions with their answers, whether or not there is a second try."""
    met = view.guesses.met if view.guesses is not None else ()
    return frozenset((guess.question, guess.answer) for guess in met if guess.answer is not None)


def restore_view(view: SheetView, parts: Sequence[ViewPart]) -> None:
    """Bring every part back that the view says something of; guesses begin anew where it says nothing of them."""
    for part in parts:
        field, _, entry = part.name.partition(".")
        value = getattr(view, field)
        value = value.get(entry) if entry else value
        if part.name == "guesses":
            value = value or GuessRecord()
        if value is not None:
            part.restore(value)


def section_part(name: str, section: Section) -> ViewPart:
    """Whether a section is unfolded."""
    return ViewPart(f"switches.{name}", lambda: section.is_open, section.set_open, (section.opened,))


def action_part(name: str, action: QAction) -> ViewPart:
    """Whether an action is checked, such as that of a panel."""
    return ViewPart(f"switches.{name}", action.isChecked, action.setChecked, (action.toggled,))


def turned_on_part(name: str, action: QAction) -> ViewPart:
    """That an action is checked which is off by itself, and off again whenever another document is opened."""
    return ViewPart(f"switches.{name}", lambda: action.isChecked() or None, action.setChecked, (action.toggled,))


def choice_part(name: str, segments: Segments, choose: Callable[[str], object]) -> ViewPart:
    """Which segment is chosen; ``choose`` does what a click on it does."""

    def restore(key: str) -> None:
        if key in segments.buttons and not segments.buttons[key].isHidden():
            choose(key)

    return ViewPart(f"choices.{name}", lambda: segments.key, restore, (segments.chosen,))


def speed_part(playback: Playback) -> ViewPart:
    """How fast steps are played."""

    def restore(numbers: list[float]) -> None:
        from app.kit.playback.playback import SPEEDS  # not before the first frame

        if len(numbers) == 1 and numbers[0] in SPEEDS:
            playback.set_speed(numbers[0])

    return ViewPart("numbers.speed", lambda: [playback.speed], restore, (playback.speed_changed,))
