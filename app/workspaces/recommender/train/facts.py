"""What a run costs, how far it is, and the norm of the loss's gradient in each block."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from app.kit.drawing.axes import AxisScale
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Polyline, Rectangle, Text, call
from app.kit.export import ExportTable
from app.kit.listing import joined, listed
from app.kit.numbers import (
    NOTHING,
    counted,
    duration,
    factor,
    grouped,
    moment,
    percent,
    plain,
    rounded,
    scientific,
    size_text,
)
from app.kit.translation import worded_name
from app.kit.widgets.frame import column_layout, fill, row_layout
from app.kit.widgets.labels import Label
from app.workspaces.recommender.data.parts import NamedNumbers
from app.workspaces.recommender.train.charts import value_at
from engine.graph.kinds.base import kind_of
from engine.graph.naming import BlockName
from engine.problems import EngineError, filled_in
from engine.recommenders.running.run_history import Points, RunHistory


class RunFacts(QWidget):
    """Progress, and six numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.updates, self.share = _label("number"), _label("number")
        self.share.setProperty("accent", True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the run"))
        self.spent, self.left = _label("muted"), _label("muted")
        self.left.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.numbers = NamedNumbers(
            (
                ("rate", self.tr("samples a second"), self.tr("Rows learned from per second")),
                ("memory", self.tr("memory"), self.tr("Memory used by its process")),
                ("device", self.tr("device"), self.tr("What it is trained on")),
                ("saved", self.tr("last checkpoint"), self.tr("Where it would resume if interrupted now")),
                ("weights", self.tr("weights"), self.tr("Everything it learns, tables included")),
                ("began", self.tr("begun"), ""),
            )
        )
        column = fill(
            column_layout(self, spacing=6), _pair(self.updates, self.share), self.progress, _pair(self.spent, self.left)
        )
        column.addSpacing(6)
        column.addLayout(self.numbers)

    def show_history(self, history: RunHistory, *, at_work: bool) -> None:
        """Say how it is. What is only true while it works is not said of a run at rest."""
        steps = 0 if history.started is None else history.started.steps
        whole = steps * history.state.planned
        done = round(history.done * steps)
        auto = history.state.auto
        kept = history.state.kept
        words = self.tr("{done} of {all} {all:update|updates}")
        if auto:
            words = self.tr("{done} of at most {all} {all:update|updates}")
        if auto and history.state.status == "finished":
            words = self.tr("{done} {done:update|updates}")
            if kept is not None:
                words = self.tr("{done} {done:update|updates} tried, {kept} kept")
        counts = {"done": done, "all": whole, "kept": 0 if kept is None else kept.updates}
        words = filled_in(words, {name: grouped(count) for name, count in counts.items()})
        none_yet = self.tr("not begun") if history.state.began is None else self.tr("no update yet")
        self.updates.setText(words if whole else none_yet)
        self.share.setText(percent(history.share) if whole else "")
        self.progress.setValue(round(1000 * history.share))
        spent = self.tr("{time} so far") if at_work else self.tr("{time} in all")
        self.spent.setText(spent.format(time=duration(history.state.seconds)))
        latest = history.latest
        left = None if latest is None or not at_work else latest.remaining
        self.left.setText(
            ""
            if left is None
            else (self.tr("at most {time} left") if auto else self.tr("about {time} left")).format(time=duration(left))
        )
        rate = None if latest is None else latest.samples_per_second
        self._say("rate", None if rate is None else grouped(rounded(rate, 3)))
        memory = None if latest is None or not at_work else latest.memory
        self._say("memory", None if memory is None else size_text(memory))
        self._say("device", _device(history))
        self._say("saved", None if history.saved is None else _epochs(_gone_back(history, history.saved)))
        self._say("weights", None if history.started is None else grouped(history.started.parameters))
        self._say("began", None if history.state.began is None else moment(history.state.dated))

    def _say(self, key: str, text: str | None) -> None:
        self.numbers.say(**{key: NOTHING if text is None else text})


def _gone_back(history: RunHistory, saved: float) -> float:
    """The epoch of the last checkpoint: of a run that has gone back to its best one, that; what it learned from the
    validation rows then is no part of an epoch."""
    kept = history.kept_at
    return saved if kept is None else kept


def _epochs(epochs: float) -> str:
    return QCoreApplication.translate("RunFacts", "epoch {number}").format(number=plain(round(epochs, 1)))


def _device(history: RunHistory) -> str | None:
    started = history.started
    if started is None:
        return None
    if started.device != "cpu":
        return started.device.upper()
    threads = counted(started.threads, QCoreApplication.translate("RunFacts", "{count} {count:thread|threads}"))
    return f"CPU · {threads}"


def _label(role: str) -> QLabel:
    label = Label()
    label.setProperty("role", role)
    return label


def _pair(left: QLabel, right: QLabel) -> QHBoxLayout:
    row = fill(row_layout(), (left, 1), right)
    return row


LINE, NAME, VALUE = 27.0, 122.0, 62.0
MOST_POINTS = 160


@dataclass(frozen=True, slots=True, eq=False)
class BlockNorms:
    """A block's name, ‖∂loss/∂block‖ over the epochs, and ``latest``, what it was in the ``epoch`` whose weights the
    run has: NaN where that was not measured."""

    name: str
    norms: Points
    epoch: float

    @property
    def latest(self) -> float:
        value = value_at(self.norms, self.epoch)
        return math.nan if value is None else value


def norms_of(gradients: Mapping[str, Points], kept_at: float | None = None) -> tuple[BlockNorms, ...]:
    """The blocks as the signal meets them, named as the builder names them. ``kept_at``: the epoch that the run has
    gone back to."""
    last = max((float(points.epochs[-1]) for points in gradients.values() if len(points)), default=0.0)
    epoch = last if kept_at is None else kept_at
    return tuple(BlockNorms(_name(block), points, epoch) for block, points in gradients.items())


def epoch_words(blocks: tuple[BlockNorms, ...]) -> str:
    """Of which epoch the numbers beside the lines are; empty before there are any."""
    known = [block.epoch for block in blocks if math.isfinite(block.latest)]
    return _epochs(known[0]) if known else ""


def _name(block: str) -> str:
    """``sparse-linear-1`` is the block “Sparse linear 1”, by its kind's label: a softmax is called as it is whether or
    not it draws a sample."""
    key, _, number = block.rpartition("-")
    try:
        noun = kind_of(key.replace("-", "_")).label
    except EngineError:
        return worded_name(BlockName(block.replace("-", " ").capitalize()))
    return worded_name(BlockName(f"{noun} {number}"))


def spread_words(blocks: tuple[BlockNorms, ...]) -> str:
    """How far the norms of the run's epoch lie apart. Whether gradients vanish is told by what reaches the units (‖δ‖),
    which a run does not write down: weights' norms alone would accuse a wide table of what is only its size."""
    latest = [block.latest for block in blocks]
    still = [block.name for block in blocks if block.latest == 0.0]
    if still:
        words = QCoreApplication.translate(
            "BlockGradients", "Nothing reaches {names}, so {count:it doesn't|they don't} learn."
        )
        return filled_in(words, {"names": listed(still), "count": len(still)})
    if len(latest) < 2 or not all(np.isfinite(latest)):
        return ""
    words = QCoreApplication.translate(
        "BlockGradients", "From block to block the norm stays within a factor of {factor}."
    )
    return words.format(factor=factor(max(latest) / min(latest)))


def draw_gradients(blocks: tuple[BlockNorms, ...], frame: Frame) -> Drawing:
    """Draw a line for each block: name, sparkline on one logarithmic axis for all, norm in the run's epoch."""
    logs = [_logs(block.norms) for block in blocks]
    known = np.concatenate([line[np.isfinite(line)] for line in logs]) if logs else np.zeros(0)
    if not known.size:
        whole = (0.0, 0.0, frame.width, LINE)
        return Drawing(
            (Text(_tr("measured at the end of each epoch"), whole, 12, "text_muted", "left middle"),), height=LINE
        )
    last = max(float(block.norms.epochs[-1]) for block in blocks if len(block.norms))
    left, right = NAME + 7.0, frame.width - VALUE - 5.0
    across, low, high = AxisScale(0.0, last or 1.0, left, right), float(known.min()), float(known.max())
    marks: list[Mark] = []
    for row, (block, values) in enumerate(zip(blocks, logs, strict=True)):
        top, latest = row * LINE, block.latest
        marks.append(Text(block.name, (0, top, NAME, LINE), 12, align="left middle", elide=True))
        marks.append(Rectangle((left - 1, top + 4, right - left + 2, LINE - 8), "raised", crisp=True))
        up = AxisScale(low, high, top + LINE - 6, top + 6) if high > low else None
        marks += _sparkline(block.norms, values, across, up, top + LINE / 2)
        value = (frame.width - VALUE, top, VALUE, LINE)
        ink = "danger" if latest == 0 else "text"
        marks.append(Text(_norm(latest), value, 12, ink, "right middle", bold=True))
    said = joined([f"{block.name}: {_norm(block.latest)}" for block in blocks])
    return Drawing(tuple(marks), said, numbers=call(_norms_table, blocks), height=LINE * len(blocks))


def _norm(value: float) -> str:
    return NOTHING if math.isnan(value) else scientific(value)


def _sparkline(
    norms: Points, logs: np.ndarray, across: AxisScale, up: AxisScale | None, middle: float
) -> Iterator[Mark]:
    """Yield a line for each stretch of finite norms; one at the middle where they are all alike."""
    stride = max(1, len(logs) // MOST_POINTS)
    epochs, values = norms.epochs[::stride], logs[::stride]
    finite = np.isfinite(values)
    for part in np.split(np.arange(len(values)), np.flatnonzero(np.diff(finite)) + 1):
        if len(part) and finite[part[0]]:
            places = tuple(
                (across.place(float(epochs[at])), middle if up is None else up.place(float(values[at]))) for at in part
            )
            yield Polyline(points=places, stroke="accent", width=1.3)


def _norms_table(blocks: tuple[BlockNorms, ...]) -> ExportTable:
    """Epochs and norms, a column a block."""
    longest = max((block.norms.epochs for block in blocks), key=len, default=np.zeros(0))
    rows = [
        [float(epoch), *(float(block.norms.values[at]) if at < len(block.norms) else "" for block in blocks)]
        for at, epoch in enumerate(longest)
    ]
    return ExportTable(("epoch", *(block.name for block in blocks)), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BlockGradients", text)


def _logs(norms: Points) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: np.ndarray = np.log10(norms.values)
    return found
