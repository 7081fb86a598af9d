"""Typed activations, read in the background and kept as long as they are wanted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.background import Background, Job
from engine.activations.comparison import OwnActivation
from engine.activations.scalar import ScalarFunction
from engine.activations.typed import Typed, check_parameters, read, scalar_of_typed, values_of
from engine.autodiff import ExpressionError
from engine.problems import EngineError, Problem


@dataclass(frozen=True, slots=True)
class Known:
    """What came of an expression: what it is, or what is wrong with it. ``parameters``: a value for each."""

    key: str
    text: str
    parameters: Mapping[str, float]
    typed: Typed | None = None
    problem: Problem | None = None
    wrong: tuple[int, int] = (0, 0)
    """Where in the text the problem is: from which letter on, and how many."""

    def on_axis(self, low: float, high: float) -> ScalarFunction | None:
        """The function with its facts measured on a stretch of x; None where it cannot be read."""
        if self.typed is None:
            return None
        return _measured(self.key, self.text, tuple(sorted(self.parameters.items())), low, high)


@lru_cache(maxsize=64)  # views tell functions apart by identity
def _measured(
    key: str, text: str, parameters: tuple[tuple[str, float], ...], low: float, high: float
) -> ScalarFunction:
    return scalar_of_typed(read(text), key, text, dict(parameters), low, high)


class Reader(QObject):
    """Reads what is typed in one field, the latest of it. ``read(Known)``: what came of it."""

    read = Signal(object)

    def __init__(self, key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest = Known(key, "", {})
        self._background = Background("typed-activation", latest_only=True, parent=self)
        self._background.done.connect(self.read)
        self._background.failed.connect(self._fail)

    @property
    def busy(self) -> bool:
        """Whether a text is still to be read."""
        return self._background.busy

    def look_at(self, text: str, parameters: Mapping[str, float], known: Collection[str]) -> None:
        """See what this text means, whatever has been asked before; ``read`` follows. ``known``: parameters that there
        were before it."""
        self._latest = replace(self._latest, text=text, parameters=parameters)
        self._background.request(partial(_look, self._latest.key, text, parameters, known))

    def cancel(self) -> None:
        """The text is not wanted any more."""
        self._background.cancel()

    def close(self) -> None:
        """Read nothing more."""
        self._background.close()

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        """Whoever waits for the text hears of it as well."""
        self.read.emit(replace(self._latest, problem=problem))


class OwnFunctions(QObject):
    """``changed``: more is known of those that are wanted. ``looked_at(Known)``: of a text that is being typed."""

    changed = Signal()
    looked_at = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, Known] = {}
        self._wanted: tuple[OwnActivation, ...] = ()
        self._background = Background("own-activations", latest_only=False, parent=self)
        self._background.done.connect(self._take)
        self._readers: dict[str, Reader] = {}

    @property
    def reading(self) -> bool:
        """Whether a text that is being typed is still to be read."""
        return any(reader.busy for reader in self._readers.values())

    def look_at(self, key: str, text: str, parameters: Mapping[str, float], known: Collection[str]) -> None:
        """See what a text means that is being typed; ``looked_at`` follows for the latest of each key. ``known``:
        parameters that there were before it."""
        if key not in self._readers:
            self._readers[key] = Reader(key, self)
            self._readers[key].read.connect(self._take_typed)
        self._readers[key].look_at(text, parameters, known)

    def look_no_more_at(self, key: str) -> None:
        """Nothing stands there any more that could be read."""
        if key in self._readers:
            self._readers[key].cancel()

    def look_no_more(self) -> None:
        """Nothing is being typed any more."""
        for reader in self._readers.values():
            reader.cancel()

    def want(self, wanted: Sequence[OwnActivation]) -> None:
        """Know these, and no others."""
        self._wanted = tuple(wanted)
        self._known = {one.key: self._known[one.key] for one in wanted if one.key in self._known}
        missing = [one for one in wanted if one.key not in self._known or self._known[one.key].text != one.text]
        if missing:
            self._background.request(partial(_look_at_all, tuple(missing)))

    def known(self, own: OwnActivation) -> Known | None:
        """What is known of one of them at the present values of its parameters; None where nothing is yet."""
        found = self._known.get(own.key)
        if found is None or found.text != own.text:
            return None
        return found if found.typed is None else replace(found, parameters=values_of(found.typed, own.parameters))

    def close(self) -> None:
        """Look at nothing more."""
        self._background.close()
        for reader in self._readers.values():
            reader.close()

    @Slot(object)
    def _take(self, found: Sequence[Known]) -> None:
        texts = {one.key: one.text for one in self._wanted}
        self._known |= {one.key: one for one in found if texts.get(one.key) == one.text}
        self.changed.emit()

    @Slot(object)
    def _take_typed(self, found: Known) -> None:
        if found.problem is None:
            self._known[found.key] = found
        self.looked_at.emit(found)


def _look(key: str, text: str, parameters: Mapping[str, float], known: Collection[str] | None, _job: Job) -> Known:
    """In the background thread. ``known``: None of what is a document's, whose parameters are called as they are."""
    try:
        typed = read(text)
        if known is not None:
            check_parameters(typed, known)
        given = values_of(typed, parameters)
        return Known(key, text, given, typed)
    except ExpressionError as error:
        place = error.span.column, max(error.span.end - error.span.column, 1)
        return Known(key, text, parameters, problem=error.problem, wrong=place)
    except EngineError as error:
        return Known(key, text, parameters, problem=error.problem)


def _look_at_all(missing: Sequence[OwnActivation], job: Job) -> tuple[Known, ...]:
    """In the background thread."""
    return tuple(_look(own.key, own.text, own.parameters, None, job) for own in missing)
