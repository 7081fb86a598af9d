"""What is asked of the next run besides its blocks: training, examples, softmax, watch time, features, device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from app.builder.inspector.parameters import word_for
from app.kit.numbers import grouped
from app.kit.translation import sentence_of, worded
from app.kit.widgets.choice import Choice
from app.kit.widgets.frame import column_layout, fill, push_button, row_layout
from app.kit.widgets.labels import ElidedLabel, wrapped
from app.kit.widgets.number_field import NumberField
from app.kit.widgets.segments import Segments
from app.kit.words import letters, plain_tip
from app.workspaces.recommender.model.draft import RunDraft
from app.workspaces.recommender.model.drafting import DraftEdits, feature_title
from app.workspaces.recommender.open_run import OpenRun
from engine.graph.edit import set_params
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.graph.model import Block
from engine.recommenders.tasks.drafts.answers import DraftFeature

MOST_EPOCHS = 100_000
MOST_SEEDS = 2**32 - 1
MOST_MINUTES = 60 * 24 * 30
USUAL_EPOCHS = 10
"""Epochs, where a number takes the place of auto."""


class TrainingPanel(QWidget):
    """Each choice is one undoable step."""

    def __init__(self, draft: RunDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.until = Segments(
            (
                ("auto", self.tr("Until it stops improving"), self.tr("It stops when two epochs in a row brought no "
                                                                      "improvement on held-out rows")),
                ("number", self.tr("A number of epochs"), self.tr("Exactly this many passes over all rows")),
            )
        )  # fmt: skip
        self.epochs = NumberField(
            self.tr("Epochs"), 1, MOST_EPOCHS, self.tr("How many times all rows are learned "
                                                       "from"), log=True, whole=True,
            least=1.0,
        )  # fmt: skip
        self.minutes = NumberField(
            self.tr("Time limit, minutes"), 0.01, MOST_MINUTES,
            self.tr("It ends properly after this long, wherever it is; empty for no limit"), log=True, optional=True,
            nothing=self.tr("none"), least=0.01,
        )  # fmt: skip
        self.seed = NumberField(
            self.tr("Seed"), 0, MOST_SEEDS, self.tr("Another seed draws other initial weights and batches"), whole=True
        )
        self.note = wrapped()
        self.until.chosen.connect(self._choose)
        self.epochs.edited.connect(lambda value, gesture: self._set(gesture, epochs=round(value)))
        self.seed.edited.connect(lambda value, gesture: self._set(gesture, seed=round(value)))
        self.minutes.edited.connect(self._limit)
        fill(column_layout(self, spacing=4), self.until, self.epochs, self.minutes, self.seed, self.note)
        draft.wish_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        training, limit = self._draft.wish.training, self._draft.wish.time_limit
        auto = training.epochs == "auto"
        self.until.choose("auto" if auto else "number")
        self.epochs.setVisible(not auto)
        self.epochs.set_value(float(USUAL_EPOCHS if training.epochs == "auto" else training.epochs))
        self.minutes.set_value(None if limit is None else limit / 60)
        self.seed.set_value(float(training.seed))
        most = self.tr("{epochs} epochs at most").format(epochs=training.most_epochs)
        self.note.setText(most if auto else "")
        self.note.setVisible(auto)

    @Slot(str)
    def _choose(self, until: str) -> None:
        self._set("", epochs="auto" if until == "auto" else USUAL_EPOCHS)

    def _set(self, gesture: str, **values: object) -> None:
        label = self.tr("Change seed") if "seed" in values else self.tr("Change epochs")
        self._draft.edit(label, wish=self._draft.wish.with_training(**values), merge=gesture or None)

    @Slot(object, str)
    def _limit(self, minutes: float | None, gesture: str) -> None:
        seconds = None if minutes is None else round(minutes * 60, 3)
        wish = self._draft.wish.with_limit(seconds)
        self._draft.edit(self.tr("Change time limit"), wish=wish, merge=gesture or None)


ALL = 1_000_000
"""Examples per user: more than any has, so that each of their watches is one."""
MOST_WATCHES = 10_000
LATEST = "latest"
"""The column of the latest few watches."""


class ExamplesPanel(QWidget):
    """Values of the spec that no block holds. Each is one undoable step."""

    def __init__(self, draft: RunDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.held_out = Segments(
            (
                ("last", self.tr("Last watch"), self.tr("Each user's last watch is held out, so nothing after it is "
                                                        "known")),
                ("random", self.tr("Random watch"), self.tr("A random watch of each user is held out; later ones are "
                                                            "known, which inflates the score")),
            )
        )  # fmt: skip
        self.fields = {
            "history": self._field(self.tr("Longest history"), MOST_WATCHES, self.tr("Watches in a history")),
            "latest": self._field(self.tr("Latest watches"), MOST_WATCHES,
                                  self.tr("How many of the latest watches have their own mean")),
            "per_user": self._field(self.tr("Examples per user"), ALL - 1,
                                    self.tr("At most this many per user, so heavy users don't outweigh the others; "
                                        "empty for all"), optional=True),
        }  # fmt: skip
        for name, field in self.fields.items():
            field.edited.connect(
                lambda value, gesture, name=name: self._set(name, ALL if value is None else round(value), gesture)
            )
        self.held_out.chosen.connect(lambda key: self._set("held_out", key))
        rows = fill(
            column_layout(self, spacing=4),
            wrapped(self.tr("One watch per user is held out for evaluation:")),
            self.held_out,
        )
        for field in self.fields.values():
            rows.addWidget(field)
        draft.changed.connect(self._show)
        self._show()

    def _field(self, label: str, most: int, tip: str, *, optional: bool = False) -> NumberField:
        return NumberField(
            label, 1, most, tip, log=True, whole=True, least=1.0, optional=optional, nothing=self.tr("all")
        )

    @Slot()
    def _show(self) -> None:
        spec = self._draft.wish.spec
        self.held_out.choose(str(spec["held_out"]))
        for name, field in self.fields.items():
            value = int(spec[name] or 1)
            field.set_value(None if value >= ALL else float(value))
        read = {block.params.column for block in self._draft.graph.blocks if isinstance(block.params, BagParams)}
        self.fields["latest"].setVisible(LATEST in read)

    def _set(self, name: str, value: object, gesture: str = "") -> None:
        label = {
            "history": self.tr("Change history"),
            "latest": self.tr("Change latest watches"),
            "per_user": self.tr("Change examples"),
            "held_out": self.tr("Change held-out watch"),
        }[name]
        self._draft.edit(label, wish=self._draft.wish.with_spec({name: value}), merge=gesture or None)


class VectorsPanel(QWidget):
    """The length of the items' vectors, and a run whose map needs no projection."""

    def __init__(self, draft: RunDraft, edits: DraftEdits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        tip = self.tr("Size of each item's vector in a history; the tower's last layer makes the user's vector")
        self.dimensions = NumberField(self.tr("Dimensions"), 1, 1024, tip, log=True, whole=True, least=1.0)
        self.dimensions.edited.connect(self._set)
        self.flat = push_button(
            self.tr("Train with two dimensions"),
            "pill",
            self.tr("A new run with vectors of two numbers, which a map can show as they are"),
        )
        self.flat.setAccessibleName(self.flat.text())
        self.flat.clicked.connect(edits.train_flat)
        self.note = wrapped(self.tr("With two dimensions, the map is exact: nothing is projected."))
        fill(column_layout(self, spacing=6), self.dimensions, self.note, self.flat)
        self.show_agreed(draft.wish.spec)

    def show_agreed(self, spec: Mapping[str, Any]) -> None:
        """``spec``: what the graph agrees with, whose blocks may have been edited by hand."""
        self.dimensions.set_value(float(spec["dimensions"]))

    @Slot(object, str)
    def _set(self, value: float, gesture: str) -> None:
        self._edits.switch(self.tr("Change dimensions"), {"dimensions": round(value)}, gesture)


USUAL_NEGATIVES = 200
"""Negatives of a step where the network had the full softmax before."""

Manner = Literal["full", "sampled", "uncorrected"]


class SamplingPanel(QWidget):
    """Sets the block that ends the network; each choice is one undoable step."""

    def __init__(self, draft: RunDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.manner = Segments(
            (
                ("full", self.tr("Full softmax"), self.tr("Every item is scored in every step")),
                ("sampled", self.tr("Sampled"), self.tr("Some other items are scored in every step, each less log Q,"
                                                        " the logarithm of how often it is drawn")),
                ("uncorrected", self.tr("Without log Q"), self.tr("Sampled, not corrected for how often an item is "
                                                                  "drawn, so popular items are pushed down")),
            )
        )  # fmt: skip
        tip = self.tr("Number of other items to contrast in each step")
        self.negatives = NumberField(self.tr("Negatives"), 1, 1_000_000, tip, log=True, whole=True, least=1.0)
        drawn = self.tr("How negatives are drawn: by how often they are watched, or uniformly")
        self.drawn_by = Choice(self.tr("Drawn by"), [(key, word_for(key)) for key in ("frequency", "uniform")], drawn)
        self.note = wrapped()
        self.manner.chosen.connect(self._choose)
        self.negatives.edited.connect(self._draw)
        self.drawn_by.picked.connect(lambda key: self._change(self.tr("Change drawing"), {"drawn_by": key}))
        self._drawn = QWidget()
        fill(row_layout(self._drawn), (ElidedLabel(self.tr("Drawn by")), 2), (self.drawn_by, 3))
        fill(column_layout(self, spacing=6), self.manner, self.negatives, self._drawn, self.note)
        draft.document.graph_changed.connect(self._show)
        self._show()

    @property
    def _end(self) -> tuple[Block, SampledSoftmaxParams] | None:
        """The end of the network; None while a person has taken it out."""
        for block in self._draft.graph.outputs:
            if isinstance(block.params, SampledSoftmaxParams):
                return block, block.params
        return None

    @Slot()
    def _show(self) -> None:
        end = self._end
        self.setEnabled(end is not None)
        if end is None:
            return
        params = end[1]
        manner: Manner = "full" if not params.negatives else "sampled" if params.log_q else "uncorrected"
        self.manner.choose(manner)
        for widget in (self.negatives, self._drawn):
            widget.setVisible(manner != "full")
        self.negatives.set_value(params.negatives or USUAL_NEGATIVES)
        self.drawn_by.choose(params.drawn_by)
        self.note.setText(self._said(params, manner))

    def _said(self, params: SampledSoftmaxParams, manner: Manner) -> str:
        items = grouped(params.items)
        if manner == "full":
            return self.tr("Each step scores all {items} items.").format(items=items)
        if manner == "uncorrected" and params.drawn_by == "uniform":
            return self.tr("Drawn uniformly, every item has the same log Q, so leaving it out changes nothing.")
        words = self.tr("Each example scores its own item and {drawn} draws from the {items} items.")
        return words.format(drawn=grouped(params.negatives), items=items)

    def _change(self, label: str, values: dict[str, object], merge: str = "") -> None:
        end = self._end
        if end is not None:
            graph = set_params(self._draft.graph, end[0].id, **values)
            self._draft.document.edit(label, graph=graph, merge=merge or None)

    @Slot(str)
    def _choose(self, manner: str) -> None:
        end = self._end
        if end is None:
            return
        drawn = end[1].negatives or min(USUAL_NEGATIVES, end[1].items)
        values: dict[str, object] = {"negatives": 0 if manner == "full" else drawn, "log_q": manner != "uncorrected"}
        self._change(self.tr("Change sampling"), values)

    @Slot(object, str)
    def _draw(self, value: float, gesture: str) -> None:
        self._change(self.tr("Change negatives"), {"negatives": round(value)}, gesture)


class WatchTimePanel(QWidget):
    """Three switches of the spec; each is one undoable step."""

    def __init__(self, draft: RunDraft, edits: DraftEdits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._edits = draft, edits
        self.boxes = {
            "weighted": self._box(self.tr("Clicks weigh their watch time"),
                                  self.tr("A click counts by its watch time, an impression without a click as 1")),
            "cure": self._box(self.tr("A negative for each click"),
                              self.tr("One extra negative of weight 1 per click makes the expected time exact; without "
                                  "it, it's too long by 1/(1 − p) at click rate p")),
            "powers": self._box(self.tr("x² and √x beside each x"),
                                self.tr("Powers of each number, which make nonlinear functions easier to learn")),
        }  # fmt: skip
        self.note = wrapped()
        rows = column_layout(self, spacing=6)
        for name, box in self.boxes.items():
            box.clicked.connect(lambda on, name=name: self._set(name, on))
            rows.addWidget(box)
        rows.addWidget(self.note)
        draft.wish_changed.connect(self._show)
        self._show()

    @staticmethod
    def _box(text: str, tip: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setToolTip(plain_tip(tip))
        box.setAccessibleName(text)
        return box

    @Slot()
    def _show(self) -> None:
        spec = self._draft.wish.spec
        for name, box in self.boxes.items():
            box.setChecked(bool(spec[name]))
        exact = bool(spec["weighted"]) and bool(spec["cure"])
        inflated = self.tr("e to the z overestimates by 1/(1 − p) at click rate p.")
        odds = self.tr("e to the z is the odds of a click, not a time.")
        right = self.tr("e to the z is the expected watch time.")
        self.note.setText(right if exact else inflated if spec["weighted"] else odds)

    def _set(self, name: str, on: bool) -> None:
        """The powers are blocks of the graph; the others are no part of it."""
        label = self.boxes[name].text()
        self.boxes[name].setChecked(not on)  # until the draft says so
        if name == "powers":
            self._edits.switch(label, {name: on})
        else:
            self._draft.edit(label, wish=self._draft.wish.with_spec({name: on}))


class DeviceRow(QWidget):
    """A run keeps the device that it was planned for until another is chosen here, while nobody works on it."""

    def __init__(self, run: OpenRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        entries = [("auto", self.tr("GPU, or CPU when there is none")), ("cpu", self.tr("CPU"))]
        tip = self.tr("The device used when this run resumes; on another device its numbers differ in the last digits")
        self.choice = Choice(self.tr("Device of this run"), entries, tip)
        self.choice.picked.connect(run.set_device)
        self.own = wrapped(self.tr("When resumed, this run uses:"))
        self.note = wrapped()
        fill(column_layout(self, spacing=6), self.own, self.choice, self.note)
        run.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        run, plan = self._run, self._run.plan
        here = run.folder is not None and plan is not None
        for widget in (self.own, self.choice):
            widget.setVisible(here)
        fresh = self.tr("New runs train on the device shown at the top.")
        if plan is None or not here:
            self.note.setText(fresh)
            return
        if self.choice.findData(plan.device) < 0:
            self.choice.addItem(plan.device, plan.device)
        self.choice.choose(plan.device)
        self.choice.setEnabled(not run.at_work)
        own = self.tr("This run cannot change its device while it trains.") if run.at_work else ""
        self.note.setText(f"{own} {fresh}".strip())


INDENT = 24


class FeatureRow(QWidget):
    """One feature: its switch, what it is or why it is not to be had, and a trial. ``switched``, ``compared``: by
    hand."""

    switched = Signal(object)
    compared = Signal(object)

    def __init__(self, feature: DraftFeature, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.feature = feature
        title = feature_title(feature)
        self.box = QCheckBox(letters(title))
        self.box.setAccessibleName(title)
        self.box.clicked.connect(self._switch)
        self.about = wrapped()
        self.trial = push_button(self.tr("Train with and without it"), "link")
        self.trial.setAccessibleName(self.tr("Train with and without {feature}").format(feature=title))
        self.trial.clicked.connect(lambda: self.compared.emit(self.feature))
        link = fill(row_layout(), self.trial, 1)
        below = fill(column_layout(margins=(INDENT, 0, 0, 0), spacing=0), self.about, link)
        fill(column_layout(self, spacing=1), self.box, below)
        self.show_feature(feature)

    def show_feature(self, feature: DraftFeature) -> None:
        """How it is with the feature now."""
        self.feature = feature
        can = feature.change is not None and feature.why_not is None
        self.box.setChecked(feature.on)
        self.box.setEnabled(can)
        self.trial.setVisible(can)
        missing = feature.why_not
        self.about.setText(self._about(feature))
        if can:
            tip = self.tr("Remove it from the network") if feature.on else self.tr("Add it to the network")
        elif missing is None:
            tip = self.tr("Without it the network would have no features")
        else:
            tip = worded(feature.what)
        self.box.setToolTip(plain_tip(tip))
        self.trial.setToolTip(
            self.tr(
                "Train one run with this feature and one without it, everything else equal, and compare their figures"
            )
        )

    def _about(self, feature: DraftFeature) -> str:
        """Why it is not to be had, or what it is; of a column, by the name that it has in the data."""
        if feature.why_not is not None:
            return sentence_of(feature.why_not)
        if feature.sort == "category" and feature.name:
            return self.tr("A vector for each value of {name}.").format(name=feature.name)
        if feature.sort == "number":
            return self.tr("A number, mapped to its quantile.")
        return worded(feature.what)

    def _switch(self) -> None:
        """The tick follows the network, once that is drawn anew."""
        self.box.setChecked(self.feature.on)
        self.switched.emit(self.feature)


class FeatureSwitches(QWidget):
    """``switched(DraftFeature)``, ``compared(DraftFeature)``: by hand."""

    switched = Signal(object)
    compared = Signal(object)

    def __init__(self, features: Sequence[DraftFeature], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FeatureRow] = {}
        self._column = column_layout(self, spacing=9)
        for feature in features:
            row = self.rows[feature.key] = FeatureRow(feature)
            row.switched.connect(self.switched)
            row.compared.connect(self.compared)
            self._column.addWidget(row)

    def show_features(self, features: Sequence[DraftFeature]) -> None:
        """Which of them the network has now."""
        for feature in features:
            if feature.key in self.rows:
                self.rows[feature.key].show_feature(feature)
