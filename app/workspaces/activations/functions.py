"""The functions that are compared: of the catalogue, and typed ones, which are read in the background."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from math import isfinite, isnan

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QColor

from app.kit import inks
from app.kit.background import Background, Job
from app.kit.numbers import fixed, short
from app.kit.numbers import read as read_number
from app.kit.translation import worded
from engine.activations import ACTIVATIONS, activation
from engine.activations.comparison import PARAMETER_OF, Chosen, Comparison, OwnActivation
from engine.activations.scalar import MOST_DIGITS, ScalarFunction, scalar_of
from engine.activations.typed import Typed, check_parameters, read, scalar_of_typed, values_of, with_numbers
from engine.autodiff import ExpressionError
from engine.problems import EngineError, Problem


@dataclass(frozen=True, slots=True)
class OwnExpression:
    """An expression as it was read, or the problem with it. ``parameters``: a value for each."""

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
        self._latest = OwnExpression(key, "", {})
        self._background = Background("typed-activation", latest_only=True, parent=self)
        self._background.done.connect(self.read)
        self._background.failed.connect(self._fail)

    @property
    def busy(self) -> bool:
        """Return whether a text is still to be read."""
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
        """Tell those who wait for the text."""
        self.read.emit(replace(self._latest, problem=problem))


class OwnFunctions(QObject):
    """``changed``: more is known of those that are wanted. ``looked_at(Known)``: of a text that is being typed."""

    changed = Signal()
    looked_at = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, OwnExpression] = {}
        self._wanted: tuple[OwnActivation, ...] = ()
        self._background = Background("own-activations", latest_only=False, parent=self)
        self._background.done.connect(self._take)
        self._readers: dict[str, Reader] = {}

    @property
    def reading(self) -> bool:
        """Return whether a text that is being typed is still to be read."""
        return any(reader.busy for reader in self._readers.values())

    @property
    def complete(self) -> bool:
        """Return whether all that are wanted were read."""
        return all(self.known(own) is not None for own in self._wanted)

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
        self._known = {own.key: self._known[own.key] for own in wanted if own.key in self._known}
        missing = [own for own in wanted if own.key not in self._known or self._known[own.key].text != own.text]
        if missing:
            self._background.request(partial(_look_at_all, tuple(missing)))

    def known(self, own: OwnActivation) -> OwnExpression | None:
        """Return what is known of one of them at the present values of its parameters; None where nothing is yet."""
        result = self._known.get(own.key)
        if result is None or result.text != own.text:
            return None
        return result if result.typed is None else replace(result, parameters=values_of(result.typed, own.parameters))

    def close(self) -> None:
        """Look at nothing more."""
        self._background.close()
        for reader in self._readers.values():
            reader.close()

    @Slot(object)
    def _take(self, functions: Sequence[OwnExpression]) -> None:
        texts = {known.key: known.text for known in self._wanted}
        self._known |= {known.key: known for known in functions if texts.get(known.key) == known.text}
        self.changed.emit()

    @Slot(object)
    def _take_typed(self, known: OwnExpression) -> None:
        if known.problem is None:
            self._known[known.key] = known
        self.looked_at.emit(known)


def _look(
    key: str, text: str, parameters: Mapping[str, float], known: Collection[str] | None, _job: Job
) -> OwnExpression:
    """In the background thread. ``known``: None of what is a document's, whose parameters are called as they are."""
    try:
        typed = read(text)
        if known is not None:
            check_parameters(typed, known)
        given = values_of(typed, parameters)
        return OwnExpression(key, text, given, typed)
    except ExpressionError as error:
        place = error.span.column, max(error.span.end - error.span.column, 1)
        return OwnExpression(key, text, parameters, problem=error.problem, wrong=place)
    except EngineError as error:
        return OwnExpression(key, text, parameters, problem=error.problem)


def _look_at_all(missing: Sequence[OwnActivation], job: Job) -> tuple[OwnExpression, ...]:
    """In the background thread."""
    return tuple(_look(own.key, own.text, own.parameters, None, job) for own in missing)


VALUE_DECIMALS, SLOPE_DECIMALS = 5, 4
"""Of f and f' at the cursor."""


@dataclass(frozen=True)
class ComparedFunction:
    """One function that is compared."""

    key: str
    name: str
    slot: int
    scalar: ScalarFunction
    alpha: float | None = None

    known: OwnExpression | None = None
    """Of one's own: what it was read as."""
    stale: bool = False
    """True where its field has another text by now, which cannot be read: it is shown paler, as that of before."""

    @property
    def look(self) -> tuple[str, str, int, bool]:
        """All by which it is told from the others."""
        return self.key, self.name, self.slot, self.stale

    @property
    def in_layer(self) -> str:
        """Return what a layer's activation is called that is this function: an expression has its numbers in."""
        if self.known is None or self.known.typed is None:
            return self.key
        return with_numbers(self.known.typed, self.known.parameters)

    @property
    def by_itself(self) -> bool:
        """Return whether a unit's value depends on its own z alone; softmax' does not."""
        return self.known is not None or activation(self.key).elementwise

    @property
    def ink(self) -> str:
        """Its colour by name, in tile, curve, table and bar."""
        return f"{slot_ink(self.slot)} 50%" if self.stale else slot_ink(self.slot)

    @property
    def colour(self) -> QColor:
        """Its colour in the present theme."""
        return inks.colour(self.ink)


def value_decimals(function: ComparedFunction, x: float) -> int:
    """The fewest decimals of a function's value at an x from which its slope comes out as it is printed: 1 − y² needs
    more of a y that is near to 1."""
    y, slope = function.scalar.at(x)
    rule = function.scalar.by_value
    if rule is None or not (isfinite(y) and isfinite(slope)):
        return VALUE_DECIMALS
    printed = value_text(slope, SLOPE_DECIMALS)
    for decimals in range(VALUE_DECIMALS, MOST_DIGITS):
        value = read_number(value_text(y, decimals))
        if value is not None and value_text(rule(x, value), SLOPE_DECIMALS) == printed:
            return decimals
    return MOST_DIGITS


def missing(value: float) -> str:
    """Return the word that stands for a value of f or f′ where there is none; empty where there is one."""
    return QCoreApplication.translate("ActivationWords", "none") if isnan(value) else ""


def value_text(value: float, decimals: int) -> str:
    """Return a value of f or f′ as it is printed: with so many decimals, or a power of ten where they'd show fewer than
    two significant digits."""
    if 0.0 < abs(value) < 10.0 ** (1 - decimals):
        return short(value, decimals - 1)
    return missing(value) or fixed(value, decimals)


def slot_ink(slot: int) -> str:
    """Return the colour, by name, of a place among those that are compared."""
    return f"series {slot} of 9"


def short_name(key: str) -> str:
    """Return what an activation of the catalogue is called where there is little room."""
    function = activation(key)
    return function.short_label or worded(function.label)


def alpha_of(value: Comparison, key: str) -> float | None:
    """The number of an activation that has one, as it is set in the comparison."""
    name = PARAMETER_OF.get(key)
    return getattr(value, name) if name is not None else None


def own_name(key: str) -> str:
    """Return what an activation of one's own is called."""
    return _tr("own {number}").format(number=key.removeprefix("own-"))


def name_of(key: str) -> str:
    """Return what a function is called, whether of the catalogue or one's own."""
    return short_name(key) if key in ACTIVATIONS else own_name(key)


def shown_in(
    value: Comparison, own: Mapping[str, OwnExpression | None], unread: Collection[str] = ()
) -> tuple[ComparedFunction, ...]:
    """Return what is compared, in the order of the colours. ``own``: those of one's own that are known, by key;
    ``unread``: those whose field has a text that cannot be read."""
    functions = [_catalogued(value, chosen) for chosen in value.chosen if chosen.key in ACTIVATIONS]
    for chosen in value.chosen:
        known = own.get(chosen.key)
        scalar = known.on_axis(value.low, value.high) if known is not None else None
        if scalar is not None:
            stale = chosen.key in unread
            functions.append(
                ComparedFunction(chosen.key, own_name(chosen.key), chosen.colour, scalar, known=known, stale=stale)
            )
    return tuple(sorted(functions, key=lambda chosen: chosen.slot))


def still_words(shown: Sequence[ComparedFunction]) -> str:
    """Return of which text those are whose field has another one by now; empty where there are none."""
    text = _tr("{name} is still {text}; what you've typed can't be read.")
    return " ".join(
        text.format(name=function.name, text=function.known.text)
        for function in shown
        if function.stale and function.known
    )


def _catalogued(value: Comparison, function: Chosen) -> ComparedFunction:
    alpha = alpha_of(value, function.key)
    return ComparedFunction(
        function.key, short_name(function.key), function.colour, _scalar(function.key, alpha), alpha
    )


@lru_cache(maxsize=64)
def _scalar(key: str, alpha: float | None) -> ScalarFunction:
    return scalar_of(activation(key), alpha)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ComparedFunctions", text)
