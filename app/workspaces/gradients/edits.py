"""Every edit of an experiment, as a step that can be undone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.numbers import significant
from app.kit.sheet import Sheet
from app.kit.translation import worded
from app.workspaces.gradients.words import FIELDS, LETTERS, said
from engine.gradients.experiment import (
    DEEPEST,
    LARGEST_SCALE,
    MOST,
    WIDEST,
    Configuration,
    Experiment,
    usual_scale,
)
from engine.initializers import initializer

BOUNDS: dict[str, tuple[float, float]] = {
    "depth": (1, DEEPEST),
    "width": (1, WIDEST),
    "scale": (0.0, LARGEST_SCALE),
    "rate": (1e-6, 1e6),
}

WHOLE = frozenset({"depth", "width", "samples", "steps", "seed"})
"""Fields that are whole numbers."""


def bounded(field: str, value: object) -> object:
    """The nearest value that a field takes."""
    if field not in BOUNDS or not isinstance(value, int | float):
        return value
    low, high = BOUNDS[field]
    return type(value)(min(max(value, low), high))


class ExperimentEdits(QObject):
    """Makes edits of the document. ``told``: what an edit has set besides what was asked for."""

    told = Signal(str)

    def __init__(self, document: Sheet[Experiment]) -> None:
        super().__init__(document)
        self._document = document
        self._scales: dict[tuple[int, str], float] = {}
        """The scale that a network had with each of the initialisers that it had before."""
        self._count = len(document.value.configurations)
        document.replaced.connect(self._scales.clear)
        document.value_changed.connect(self._follow_count)

    @property
    def _value(self) -> Experiment:
        return self._document.value

    @Slot()
    def _follow_count(self) -> None:
        """Where networks come and go, by undo too, the others have other numbers."""
        if len(self._value.configurations) != self._count:
            self._count = len(self._value.configurations)
            self._scales.clear()

    def of_one(self, number: int, changes: dict[str, object], merge: str) -> None:
        """Change fields of one network."""
        if changes.get("initializer") == self._value.configurations[number].initializer:
            return  # chosen again
        label = self.tr("Change {field} of {letter}").format(
            field=said(FIELDS[next(iter(changes))]), letter=LETTERS[number]
        )
        self._put(number, self._changed(number, changes), label, merge)

    def _changed(self, number: int, changes: dict[str, object]) -> Configuration:
        """A network with other fields. Another initialiser, whose scale is another quantity, brings along the one that
        it had here before, or its usual one."""
        before = self._value.configurations[number]
        if changes.get("initializer", before.initializer) != before.initializer and "scale" not in changes:
            changes = {**changes, "scale": self._scale_with(number, str(changes["initializer"]))}
        return before.model_copy(update={field: bounded(field, value) for field, value in changes.items()})

    def _scale_with(self, number: int, key: str) -> float:
        before, name = self._value.configurations[number], worded(initializer(key).label)
        had = self._scales.get((number, key))
        scale = usual_scale(key) if had is None else had
        if scale != before.scale:
            sentence = self.tr("{letter}’s scale is now {scale}, as it was with {initialiser} before.")
            if had is None:
                sentence = self.tr("{letter}’s scale is now {scale}, the usual one of {initialiser}; it was {before}.")
            numbers = {"scale": significant(scale), "before": significant(before.scale)}
            self.told.emit(sentence.format(letter=LETTERS[number], initialiser=name, **numbers))
        return scale

    def replace(self, number: int, configuration: object) -> None:
        """Put another network in the place of one, such as the doctor's copy."""
        assert isinstance(configuration, Configuration)
        label = self.tr("Apply a cure to {letter}").format(letter=LETTERS[number])
        self._put(number, configuration, label, "")

    def _put(self, number: int, configuration: Configuration, label: str, merge: str) -> None:
        several, before = list(self._value.configurations), self._value.configurations[number]
        if before.initializer != configuration.initializer:
            self._scales[number, before.initializer] = before.scale
        several[number] = configuration
        value = self._value.model_copy(update={"configurations": tuple(several)})
        self._document.edit(label, value, merge=(number, merge) if merge else None)

    @Slot(dict, str)
    def of_all(self, changes: dict[str, object], merge: str) -> None:
        """Change what is the same in all networks."""
        field = next(iter(changes))
        label = self.tr("Change {field}").format(field=said(FIELDS[field]))
        if field in Configuration.model_fields:
            several = tuple(self._changed(number, changes) for number in range(len(self._value.configurations)))
            changes = {"configurations": several}
        self._document.edit(label, self._value.model_copy(update=changes), merge=merge or None)

    @property
    def full(self) -> bool:
        """Return whether there is no room for one more."""
        return len(self._value.configurations) >= MOST

    def add(self) -> None:
        """One more network, a copy of the last."""
        if not self.full:
            several = (*self._value.configurations, self._value.configurations[-1])
            self._document.edit(self.tr("Add a network"), self._value.model_copy(update={"configurations": several}))

    def remove(self, number: int) -> None:
        """Take a network away; two stay."""
        several = tuple(
            configuration for place, configuration in enumerate(self._value.configurations) if place != number
        )
        if len(several) >= 2:
            label = self.tr("Take network {letter} away").format(letter=LETTERS[number])
            self._document.edit(label, self._value.model_copy(update={"configurations": several}))
