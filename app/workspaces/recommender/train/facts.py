"""What a run costs and how far it is, beside its charts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.kit.numbers import NOTHING, counted, duration, grouped, moment, percent, plain, rounded, size_text
from app.kit.widgets.labels import ElidedLabel, Label
from app.kit.words import plain_tip
from engine.recommenders.running.run_history import RunHistory


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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(_pair(self.updates, self.share))
        column.addWidget(self.progress)
        column.addLayout(_pair(self.spent, self.left))
        column.addSpacing(6)
        column.addLayout(self._numbers())

    def _numbers(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(1)
        heads = {
            "rate": (self.tr("samples a second"), self.tr("Rows that it learns from, in each second")),
            "memory": (self.tr("memory"), self.tr("What its process takes of the machine's memory")),
            "device": (self.tr("device"), self.tr("What it is trained on")),
            "saved": (self.tr("last checkpoint"), self.tr("Where it would go on if it were interrupted now")),
            "weights": (self.tr("weights"), self.tr("All that it learns, tables included")),
            "began": (self.tr("begun"), ""),
        }
        self.values: dict[str, ElidedLabel] = {}
        for at, (key, (head, tip)) in enumerate(heads.items()):
            caption, value = ElidedLabel(head, "muted"), ElidedLabel(NOTHING, "number")
            caption.setToolTip(plain_tip(tip))
            self.values[key] = value
            row, side = 3 * (at // 2), at % 2
            grid.addWidget(caption, row, side)
            grid.addWidget(value, row + 1, side)
            grid.setRowMinimumHeight(row + 2, 6)
        return grid

    def show_history(self, history: RunHistory, *, at_work: bool) -> None:
        """Say how it is. What is only true while it works is not said of a run at rest."""
        steps = 0 if history.started is None else history.started.steps
        whole = steps * history.state.planned
        done = round(history.done * steps)
        auto = history.state.auto
        kept = history.state.kept
        words = self.tr("{done} of at most {all} updates") if auto else self.tr("{done} of {all} updates")
        if auto and history.state.status == "finished":
            words = self.tr("{done} updates") if kept is None else self.tr("{done} updates tried, {kept} kept")
        words = words.format(done=grouped(done), all=grouped(whole), kept=grouped(0 if kept is None else kept.updates))
        none_yet = self.tr("not begun") if history.began is None else self.tr("no update yet")
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
        self._say("began", None if history.began is None else moment(history.began))

    def _say(self, key: str, text: str | None) -> None:
        self.values[key].set_full_text(NOTHING if text is None else text)


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
    one = QCoreApplication.translate("RunFacts", "1 thread")
    threads = counted(started.threads, one, QCoreApplication.translate("RunFacts", "{count} threads"))
    return f"CPU · {threads}"


def _label(role: str) -> QLabel:
    label = Label()
    label.setProperty("role", role)
    return label


def _pair(left: QLabel, right: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left, 1)
    row.addWidget(right)
    return row
