"""How the network is trained: optimiser, learning rate and its schedule, penalties, batches."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from app.kit.formula.view import MathLabel
from app.kit.icons import set_icon
from app.kit.numbers import grouped, setting_text
from app.kit.translation import labels_of, worded
from app.kit.verdict_words import trouble_words
from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import ElidedLabel
from app.kit.widgets.number_field import NumberField
from app.kit.widgets.say_beside import say_beside
from app.kit.widgets.slider import LabelledSlider, Listed
from app.kit.words import plain_tip, wrapped_tip
from app.network.document import Document
from engine.optimizers import OPTIMIZERS, OptimizerSpec, optimizer
from engine.problems import printable
from engine.schedules import SCHEDULES

RATES = Listed((*(float(f"{digit}e{exponent}") for exponent in range(-5, 1) for digit in (1, 2, 3, 5)), 10.0))
"""Round rates, some pixels apart each: any other can be typed."""
SEEDS = 2**31
SEED_WIDTH = 124
"""Pixels: room for all digits of the largest."""
UNLIMITED = 1e12
_BATCHES = Listed((1, 2, 3, 4, 5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 64, 100, 128, 200, 256, 512, 1000))
ALWAYS = ("momentum", "weight_decay", "l2")
"""Settings that are shown while the rest is folded."""
NEVER = ("seed",)
"""Settings that are folded whatever they are: no value of theirs is the usual one."""


class OptimiserPanel(QWidget):
    """Every control is an undoable edit of the hyper-parameters."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._unfolded = False
        self._rule_shown = ""
        self._rule_labels: list[MathLabel] = []
        self.fields: dict[str, NumberField] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(3)
        self._build_optimiser()
        self._build_schedule()
        self._build_penalties()
        self._build_course()
        self._build_fold()
        document.hyper_changed.connect(self.refresh)
        document.data_changed.connect(self._show_first_seed)
        document.graph_changed.connect(self._show_first_seed)
        self.refresh()

    # Building -----------------------------------------------------------------------------------------------------

    def _build_optimiser(self) -> None:
        tip = self.tr("The rule that turns gradients into changes of the weights")
        self.optimizer = Choice(self.tr("Optimiser"), labels_of(OPTIMIZERS), tip)
        self.optimizer.picked.connect(lambda key: self._edit(self.tr("Change optimiser"), optimizer=key))
        self.rule = QWidget()
        self._rule_lines = QVBoxLayout(self.rule)
        self._rule_lines.setContentsMargins(2, 0, 2, 0)
        self._rule_lines.setSpacing(0)
        tip = self.tr(
            "η: how far one update goes along the gradient. Too small is slow, too large overshoots or diverges;"
            " try factors of three. Any positive number can be typed."
        )
        self.rate = LabelledSlider(self.tr("Rate"), RATES, tip, hard=(1e-300, 1e300), shown=setting_text)
        self.rate.edited.connect(
            lambda value, gesture: self._edit(self.tr("Change learning rate"), gesture, learning_rate=value)
        )
        tip = self.tr("Rows per update: small batches are noisy but learn quickly, large ones are smooth")
        self.batch = LabelledSlider(self.tr("Batch"), _BATCHES, tip, hard=(1, 10**9), whole=True)
        self.batch.edited.connect(
            lambda value, gesture: self._edit(self.tr("Change batch size"), gesture, batch_size=round(value))
        )
        self.batch.field.edited.connect(self._say_whole_batch)
        for widget in (self.optimizer, self.rule, self.rate, self.batch):
            self._rows.addWidget(widget)
        self._field(
            "momentum", self.tr("momentum μ"), 0.0, 0.999, self.tr("Share of the last update that is kept"), step=0.01
        )
        self._field(
            "beta1",
            self.tr("β₁"),
            0.0,
            0.9999,
            self.tr("How slowly the running mean of the gradient forgets"),
            step=0.01,
        )
        self._field(
            "beta2",
            self.tr("β₂"),
            0.0,
            0.99999,
            self.tr("How slowly the running mean of the squared gradient forgets"),
            step=0.001,
        )
        self._field(
            "rho",
            self.tr("decay ρ"),
            0.0,
            0.9999,
            self.tr("How slowly the running mean of the squared gradient forgets"),
            step=0.01,
        )
        self._field(
            "epsilon",
            self.tr("ε"),
            1e-300,
            1.0,
            self.tr("Keeps the division safe where the gradient is almost zero"),
            log=True,
            least=1e-12,
        )
        self._field(
            "weight_decay",
            self.tr("weight decay λ"),
            0.0,
            UNLIMITED,
            self.tr("AdamW shrinks the weights by ηλ at every step, apart from the gradient"),
            log=True,
            least=1e-5,
        )

    def _build_schedule(self) -> None:
        tip = self.tr("How the learning rate changes during training")
        self.schedule = Choice(self.tr("Schedule"), labels_of(SCHEDULES), tip)
        self.schedule.picked.connect(lambda key: self._edit_schedule(self.tr("Change schedule"), kind=key))
        self.course = MathLabel("", 13.0, colour="text_muted")
        self._rows.addWidget(self.schedule)
        self._rows.addWidget(self.course)
        self.schedule_fields = {
            "epochs": NumberField(
                self.tr("over E epochs"), 1e-6, 1e9, self.tr("How long the schedule takes"), log=True, least=0.1
            ),
            "factor": NumberField(
                self.tr("factor c"), 0.0, 1.0, self.tr("The share of the rate that is left after that time"), step=0.01
            ),
        }
        changed = self.tr("Change schedule")
        for name, field in self.schedule_fields.items():
            field.edited.connect(
                lambda value, gesture, name=name: self._edit_schedule(changed, gesture, **{name: value})
            )
            self._rows.addWidget(field)

    def _build_penalties(self) -> None:
        self._field(
            "l1",
            self.tr("L1 penalty"),
            0.0,
            UNLIMITED,
            self.tr("Adds λ₁ Σ|w| to the loss: unneeded weights go to zero. Biases are left out."),
            log=True,
        )
        self.sticks = self._switch(
            self.tr("L1 holds weights at 0"),
            self.tr("A weight that L1 would push across 0 stays 0; without this, it keeps crossing 0"),
        )
        self.sticks.clicked.connect(
            lambda on: self._edit(self.tr("Change L1 at 0"), l1_at_zero="sticks" if on else "crosses")
        )
        self._field(
            "l2",
            self.tr("L2 penalty"),
            0.0,
            UNLIMITED,
            self.tr("Adds ½ λ₂ Σw² to the loss: keeps weights small and the boundary smooth."),
            log=True,
        )
        self._field(
            "clip_norm",
            self.tr("Clip norm"),
            1e-300,
            UNLIMITED,
            self.tr(
                "Shortens a longer gradient to this norm: a cure where the signal is {exploding_word}. Empty: off."
            ).format(**trouble_words()),
            log=True,
            optional=True,
            nothing=self.tr("off"),
            least=1e-3,
        )

    def _build_course(self) -> None:
        self._field(
            "stop_after_epochs",
            self.tr("Stop after epochs"),
            1,
            10**9,
            self.tr("Training pauses automatically after this many epochs. Empty: it continues."),
            whole=True,
            optional=True,
            nothing=self.tr("never"),
            log=True,
            least=1.0,
        )
        seed = self._field(
            "seed",
            self.tr("Seed"),
            0,
            2**53,
            self.tr("Determines initial weights, shuffling and dropout: same seed, same numbers"),
            whole=True,
        )
        seed.field.setFixedWidth(SEED_WIDTH)
        self.dice = QPushButton()
        self.dice.setProperty("role", "flat")
        self.dice.setToolTip(self.tr("Another seed"))
        self.dice.setAccessibleName(self.tr("Another seed"))
        set_icon(self.dice, "dice")
        self.dice.clicked.connect(lambda: self._edit(self.tr("New seed"), seed=(self._document.hyper.seed + 1) % SEEDS))
        seed.add(self.dice)
        self.first_seed = ElidedLabel("", "muted")
        self.first_seed.set_about(self.tr("They come from the opened link; another number draws others."))
        self._rows.addWidget(self.first_seed)
        self.shuffle = self._switch(
            self.tr("shuffle each epoch"),
            self.tr("A new order every epoch; without it the batches are always the same"),
        )
        self.shuffle.clicked.connect(lambda on: self._edit(self.tr("Change shuffling"), shuffle=on))
        self.carry = self._switch(
            self.tr("leftover rows wait"),
            self.tr("Rows that don't fill a batch wait for the next epoch; without this they form a smaller batch"),
        )
        self.carry.clicked.connect(
            lambda on: self._edit(self.tr("Change leftover rows"), leftover="carry" if on else "batch")
        )

        self.single = self._switch(self.tr("single precision"), "")
        tip = self.tr(
            "Weights are kept and trained with about 7 digits (float32) instead of 16 (float64): wide layers train up"
            " to twice as fast, and a change smaller than a weight's seventh digit is lost."
        )
        self.single.setToolTip(wrapped_tip("", tip))
        self.single.clicked.connect(
            lambda on: self._edit(self.tr("Change precision"), precision="float32" if on else "float64")
        )

    def _switch(self, text: str, tip: str) -> QCheckBox:
        """A checkbox in the next row."""
        switch = QCheckBox(text)
        switch.setToolTip(plain_tip(tip))
        switch.setAccessibleName(text)
        self._rows.addWidget(switch)
        return switch

    def _build_fold(self) -> None:
        """What a newcomer need not see; what differs from its usual value is seen all the same."""
        self.fold = QPushButton()
        self.fold.setProperty("role", "link")
        self.fold.clicked.connect(self._turn)
        self._rows.addWidget(self.fold)

    def _turn(self) -> None:
        self._unfolded = not self._unfolded
        self.refresh()

    def _field(self, name: str, label: str, low: float, high: float, tip: str, **options: Any) -> NumberField:
        field = NumberField(label, low, high, tip, **options)
        text = self.tr("Change {name}").format(name=label)
        field.edited.connect(lambda value, gesture: self._edit(text, gesture, **{name: value}))
        self.fields[name] = field
        self._rows.addWidget(field)
        return field

    # Document -----------------------------------------------------------------------------------------------------

    def _edit(self, label: str, gesture: str | None = None, **changes: object) -> None:
        hyper = self._document.hyper
        self._document.edit(label, hyper=type(hyper).model_validate({**hyper.model_dump(), **changes}), merge=gesture)

    def _edit_schedule(self, label: str, gesture: str | None = None, **changes: object) -> None:
        self._edit(label, gesture, schedule={**self._document.hyper.schedule.model_dump(), **changes})

    @Slot(object)
    def _say_whole_batch(self, size: float) -> None:
        """A typed batch that is larger than the training set is all of it."""
        points = len(self._document.dataset.train)
        if size > points and self.batch.isVisible():
            say_beside(self.batch.field, self.tr("that's all {count} training points").format(count=grouped(points)))

    @property
    def state(self) -> str:
        """How it trains, in a few words."""
        hyper = self._document.hyper
        words = [worded(OPTIMIZERS[hyper.optimizer].label), setting_text(hyper.learning_rate)]
        words.append(self.tr("batch {size}").format(size=grouped(hyper.batch_size)))
        penalties = ((self.tr("L1 {penalty}"), hyper.l1), (self.tr("L2 {penalty}"), hyper.l2))
        words += [text.format(penalty=setting_text(penalty)) for text, penalty in penalties if penalty]
        return " · ".join(words)

    def refresh(self) -> None:
        """Show the document's hyper-parameters, and only the settings that the optimiser reads."""
        hyper = self._document.hyper
        spec, schedule = optimizer(hyper.optimizer), SCHEDULES[hyper.schedule.kind]
        self.optimizer.choose(hyper.optimizer)
        self._show_rule(spec)
        self.rate.set_value(hyper.learning_rate)
        self.batch.set_value(hyper.batch_size)
        settings = {name for choice in OPTIMIZERS.values() for name in choice.settings}
        usual = type(hyper)()
        for name, field in self.fields.items():
            value = getattr(hyper, name)
            field.set_value(value)
            fits = name not in settings or name in spec.settings
            is_set = name not in NEVER and value != getattr(usual, name)
            field.setVisible(fits and (self._unfolded or name in ALWAYS or is_set))
        self.rule.setVisible(self._unfolded)
        self.schedule.choose(hyper.schedule.kind)
        self.schedule.setVisible(self._unfolded or hyper.schedule.kind != "constant")
        self.course.set_text(schedule.formula)
        self.course.setVisible(hyper.schedule.kind != "constant")
        for name, field in self.schedule_fields.items():
            field.set_value(getattr(hyper.schedule, name))
            field.setVisible(name in schedule.settings)
        self._show_first_seed()
        self.shuffle.setChecked(hyper.shuffle)
        self.carry.setChecked(hyper.leftover == "carry")
        self.carry.setVisible(self._unfolded or self.carry.isChecked())
        self.single.setChecked(hyper.precision == "float32")
        self.single.setVisible(self._unfolded or self.single.isChecked())
        self.sticks.setChecked(hyper.l1_at_zero == "sticks")
        self.sticks.setVisible(self._unfolded or self.sticks.isChecked() or hyper.l1 > 0.0)
        self.shuffle.setVisible(self._unfolded or not hyper.shuffle)
        self.fold.setText(self.tr("Show less") if self._unfolded else self.tr("Schedule, clip, seed, β…"))
        tip = self.tr("Settings that are rarely needed, and the optimiser's rule")
        self.fold.setToolTip(plain_tip(tip))
        self.fold.setAccessibleName(f"{self.fold.text()}: {tip}")

    @Slot()
    def _show_first_seed(self) -> None:
        """The start weights of a link follow from its own seed."""
        seed = self._document.first_seed
        self.first_seed.set_full_text(self.tr("Start weights: seed {seed}").format(seed=printable(seed)))
        self.first_seed.setVisible(bool(seed))

    def _show_rule(self, spec: OptimizerSpec) -> None:
        """One line for each part of the update."""
        if spec.key == self._rule_shown:
            return
        self._rule_shown = spec.key
        for label in self._rule_labels:
            label.hide()
            label.deleteLater()
        lines = spec.formula.split(r",\quad ")
        self._rule_labels = [MathLabel(line, 14.0, colour="text_muted") for line in lines]
        for label in self._rule_labels:
            self._rule_lines.addWidget(label)
        self.rule.setToolTip(plain_tip(spec.source))
