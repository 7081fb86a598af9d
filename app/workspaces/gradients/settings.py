"""The settings of an experiment, and every edit of them as a step that can be undone.

In a column are the basic settings and those in which networks differ, in a line what all of them share. A setting that
is alike in all networks is a word in that line. *change…* opens the line's settings in place, *more…* those of one
network.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.kit.listing import listed
from app.kit.numbers import counted, grouped, significant
from app.kit.sheet import Sheet
from app.kit.translation import labels_of, worded
from app.kit.widgets.choice import Choice
from app.kit.widgets.drag_number import DragNumber
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.labels import FittingLabel, Label
from app.kit.widgets.tone import mark
from app.kit.words import plain_tip
from app.workspaces.gradients.words import FIELDS, LETTERS, NORMALISATIONS, differing_fields, said
from engine.activations import ACTIVATIONS
from engine.data import catalogue
from engine.gradients.experiment import (
    ACTIVATION_KEYS,
    DATA,
    DEEPEST,
    LARGEST_SCALE,
    MOST,
    WIDEST,
    Configuration,
    Experiment,
    usual_scale,
)
from engine.initializers import INITIALIZERS, initializer
from engine.optimizers import OPTIMIZERS

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
                sentence = self.tr("{letter}’s scale is now {scale}, the default of {initialiser}; it was {before}.")
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
            label = self.tr("Remove network {letter}").format(letter=LETTERS[number])
            self._document.edit(label, self._value.model_copy(update={"configurations": several}))


CLIPS = (0.01, 0.1, 1.0, 10.0)
NONE = "none"
BASICS = frozenset({"activation", "initializer", "scale"})
"""Always in sight, so that networks can be made to differ."""
SHARED = ("data", "samples", "noise", "steps", "seed")
"""Fields that no network has for itself."""
WIDTHS = {
    "data": 138, "samples": 70, "noise": 60, "steps": 66, "seed": 66, "depth": 58, "width": 58, "activation": 110,
    "initializer": 118, "scale": 64, "normalisation": 106, "skip": 66, "clip_norm": 70, "rate": 66, "optimizer": 96,
}  # fmt: skip
"""Of the settings, in pixels."""
BOX_HEIGHT, EDGE, LEAST = 28, 1, 200


class SettingCell(QWidget):
    """A control under its caption. ``differs``: it is not the same in all networks."""

    def __init__(self, caption: str, control: QWidget, width: int, parent: QWidget, *, framed: bool) -> None:
        super().__init__(parent)
        self._width = width
        self.differs = False
        self.caption = Label(caption, self)
        self.caption.setProperty("role", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.caption)
        box = QFrame(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(*(EDGE if framed else 0 for _side in range(4)))
        if framed:
            box.setProperty("role", "field")
            box.setFixedHeight(BOX_HEIGHT)
            # All of the box takes clicks, drags and the wheel: it looks as if it did.
            control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        else:
            control.setProperty("dense", True)
        row.addWidget(control)
        column.addWidget(box)
        self._marked = (self.caption, box if framed else control)

    def sizeHint(self) -> QSize:
        return QSize(max(self._width, self.caption.sizeHint().width()), super().sizeHint().height())

    def set_differs(self, differs: bool) -> None:
        """Mark it as differing from network to network, or not."""
        if differs != self.differs:
            self.differs = differs
            for widget in self._marked:
                mark(widget, "differs", differs)


class SettingFlow(QWidget):
    """Settings in as many rows as they need. ``edited(changes, merge)``: fields by hand, and the key under which steps
    in a row are one (empty for a step of its own). ``settled``: a gesture has ended."""

    edited = Signal(dict, str)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: dict[str, SettingCell] = {}
        self.controls: dict[str, DragNumber | Choice] = {}
        self._away: frozenset[str] = frozenset()
        self._flow = FlowLayout(self, 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())

    def _add_network(self) -> None:
        """Add the settings that each network has."""
        activations = labels_of({key: ACTIVATIONS[key] for key in ACTIVATION_KEYS})
        self._choice("activation", _tr("activation"), activations, _tr("Activation of every hidden layer"))
        self._choice("initializer", _tr("start weights"), labels_of(INITIALIZERS), _tr("How weights are drawn"))
        tip = _tr("The initialiser’s own number: the deviation of normal, the gain of Xavier and He")
        self._number("scale", _tr("scale"), 0.0, LARGEST_SCALE, 0.01, tip)
        self._number("depth", _tr("depth"), 1, DEEPEST, 1, _tr("Hidden layers"))
        self._number("width", _tr("width"), 1, WIDEST, 1, _tr("Units of every hidden layer"))

    def _add_training(self) -> None:
        """Add the rest of them."""
        norms = [(key, said(text)) for key, text in NORMALISATIONS.items()]
        self._choice("normalisation", _tr("normalise"), norms, _tr("Normalisation behind every hidden layer"))
        ways = [("off", _tr("off")), ("on", _tr("on"))]
        tip = _tr("Skip connections round every hidden layer but the first")
        self._choice("skip", _tr("skip"), ways, tip, lambda key: key == "on")
        clips = [(NONE, _tr("off")), *((repr(norm), significant(norm)) for norm in CLIPS)]
        tip = _tr("The largest norm of the gradient: longer ones are cut to it")
        self._choice("clip_norm", _tr("clipping"), clips, tip, lambda key: None if key == NONE else float(key))
        self._choice("optimizer", _tr("optimiser"), labels_of(OPTIMIZERS), _tr("How steps are taken"))
        self._number("rate", _tr("rate η"), 1e-6, 10.0, 1.0, _tr("Learning rate"), ratios=True)

    def _number(
        self, field: str, caption: str, low: float, high: float, step: float, tip: str, *, ratios: bool = False
    ) -> None:
        whole = field in WHOLE
        number = DragNumber(
            low, low, high, step, shown=lambda v: grouped(v) if whole else significant(v, 3), ratios=ratios,
            whole=whole, name=caption, tip=tip, alignment=Qt.AlignmentFlag.AlignLeft,
        )  # fmt: skip
        number.moved.connect(lambda v: self.edited.emit({field: round(v) if whole else v}, field))
        number.settled.connect(self.settled)
        self._place(field, caption, number, framed=True)

    def _choice(
        self, field: str, caption: str, entries: Sequence[tuple[str, str]], tip: str,
        read: Callable[[str], object] = lambda key: key,
    ) -> None:  # fmt: skip
        choice = Choice(caption, entries, tip)
        choice.setMinimumContentsLength(2)
        choice.picked.connect(lambda key: self.edited.emit({field: read(key)}, ""))
        self._place(field, caption, choice, framed=False)

    def _place(self, field: str, caption: str, control: DragNumber | Choice, *, framed: bool) -> None:
        self.controls[field] = control
        self.cells[field] = SettingCell(caption, control, WIDTHS[field], self, framed=framed)
        self._flow.addWidget(self.cells[field])

    def _show_fields(self, values: object, fields: Iterable[str]) -> None:
        for field in fields:
            control, value = self.controls[field], getattr(values, field)
            if isinstance(control, Choice):
                _choose(control, field, value)
            elif not control.dragging:
                control.set_value(float(value))

    def _put_away(self, away: frozenset[str]) -> None:
        for field in away ^ self._away:  # to show or hide one costs, even where it is so already
            self.cells[field].setVisible(field not in away)
        self._away = away


def _choose(control: Choice, field: str, value: object) -> None:
    if field == "skip":
        control.choose("on" if value else "off")
    elif field == "clip_norm":
        key = NONE if value is None else repr(value)
        if control.findData(key) < 0:
            control.addItem(significant(float(str(value))), key)
        control.choose(key)
    else:
        control.choose(str(value))


class NetworkSettings(SettingFlow):
    """Those of one network. ``opened(on)``: all of them are wanted, or only the basic ones and those that differ."""

    opened = Signal(bool)

    def __init__(self, configuration: Configuration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_open = False
        self._needed: frozenset[str] = frozenset()
        """Fields that have differed since the settings were last opened or closed: what was in sight once stays, under
        the hand that makes it alike."""
        self._add_network()
        self._add_training()
        self.more = link_button()
        self.more.clicked.connect(lambda: self.opened.emit(not self.is_open))
        holder = QWidget(self)  # beside the controls, which stand under their captions
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 16, 0, 0)
        column.addWidget(self.more)
        self._flow.addWidget(holder)
        self.show_configuration(configuration, ())

    def set_open(self, on: bool) -> None:
        """Show all settings, or only the basic ones and those that differ."""
        self.is_open = on
        self.forget()

    def forget(self) -> None:
        """Show none of those that only used to differ."""
        self._needed = frozenset(field for field, cell in self.cells.items() if cell.differs)
        self._arrange()

    def show_configuration(self, configuration: Configuration, differing: Collection[str]) -> None:
        """Show this one; ``differing``: the fields that are not the same in all networks."""
        self._show_fields(configuration, self.controls)
        for field, cell in self.cells.items():
            cell.set_differs(field in differing)
        self._needed |= frozenset(differing)
        self._arrange()

    def _arrange(self) -> None:
        shown = frozenset(self.cells) if self.is_open else BASICS | self._needed
        self._put_away(frozenset(self.cells) - shown)
        text = _tr("fewer") if self.is_open else _tr("more…")
        if text != self.more.text() or not self.more.toolTip():
            self.more.setText(text)
            every = listed(said(FIELDS[field]) for field in self.cells)
            fewer = _tr("Only the basic settings and those that differ")
            tip = fewer if self.is_open else _tr("All settings: {fields}")
            self.more.setToolTip(plain_tip(tip.format(fields=every)))
            self.more.setAccessibleName(self.more.toolTip())


class SharedSettings(SettingFlow):
    """The settings that all networks share, as a line with a button that opens them in place. ``opened``: they are
    shown, or no more."""

    opened = Signal()

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        self.line, self.change = FittingLabel("muted"), link_button()
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.change.clicked.connect(lambda: self.set_open(not self.is_open))
        self.setAccessibleName(_tr("What is the same in all networks"))
        self.setContentsMargins(14, 4, 14, 6)
        self.set_open(False)
        self._add_shared()
        self._add_network()
        self._add_training()
        self.show_experiment(experiment)

    def _add_shared(self) -> None:
        titles = {entry.key: worded(entry.title) for entry in catalogue()}
        self._choice("data", _tr("data"), [(key, titles[key]) for key in DATA], _tr("The points to tell apart"))
        self._number("samples", _tr("points"), 10, 1000, 10, _tr("Points in each step’s batch"))
        self._number("noise", _tr("noise %"), 0, 50, 1, _tr("How much noise the points have, in per cent"))
        self._number("steps", _tr("steps"), 1, 2000, 10, _tr("How many steps training does"))
        self._number("seed", _tr("seed"), 0, 9999, 1, _tr("Decides the points and every weight"))

    @Slot(bool)
    def set_open(self, on: bool) -> None:
        """Show the settings, or the line alone."""
        self.setVisible(on)
        self.change.setText(_tr("done") if on else _tr("change…"))
        words = _tr("Change what is the same in all networks")
        self.change.setAccessibleName(words)
        self.change.setToolTip(plain_tip(words))
        self.opened.emit()

    @property
    def is_open(self) -> bool:
        """Whether the settings are shown."""
        return not self.isHidden()

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what is the same in all of its networks."""
        differing = differing_fields(experiment.configurations)
        self._show_fields(experiment, SHARED)
        self._show_fields(experiment.configurations[0], self.controls.keys() - set(SHARED))
        self._put_away(differing)
        self.line.set_texts(shared_words(experiment, differing))


def shared_words(experiment: Experiment, differing: Collection[str]) -> tuple[str, ...]:
    """Say what all networks share, in full, in brief, and not at all. What is in their names or usual is left out."""
    first, usual = experiment.configurations[0], Experiment()
    title = next(worded(entry.title) for entry in catalogue() if entry.key == experiment.data)
    words = [title[:1].lower() + title[1:], counted(experiment.samples, _tr("{count} {count:point|points}"))]
    if experiment.noise != usual.noise:
        words.append(_tr("noise {noise} %").format(noise=significant(experiment.noise)))
    brief = len(words)
    if "width" not in differing:
        words.append(_tr("width {width}").format(width=first.width))
    if "optimizer" not in differing:
        words.append(worded(OPTIMIZERS[first.optimizer].label))
    if "rate" not in differing:
        words.append(_tr("rate {rate}").format(rate=significant(first.rate)))
    if experiment.steps != usual.steps:
        words.append(counted(experiment.steps, _tr("{count} {count:step|steps}")))
    words.append(_tr("seed {seed}").format(seed=experiment.seed))
    sentence = (
        _tr("Same in both: {settings}") if len(experiment.configurations) == 2 else _tr("Same in all: {settings}")
    )
    comma = _tr(", ")
    return sentence.format(settings=comma.join(words)), comma.join(words[:brief]), ""


def link_button() -> QPushButton:
    """Make a button that looks like a link."""
    button = QPushButton()
    button.setProperty("role", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
