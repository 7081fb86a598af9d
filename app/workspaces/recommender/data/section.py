"""What a run learns from: looked at by a process of its own when the section is first seen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.drawing.view import DrawingView
from app.kit.numbers import NOTHING, grouped, percent, plain, probability, short
from app.kit.process import ChildProcess, ProcessOutcome, State
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of
from app.kit.widgets.frame import column_layout, fill, row_layout
from app.kit.widgets.labels import wrapped
from app.workspaces.recommender.data.charts import (
    BarsChart,
    NamedCount,
    ValueCounts,
    bars_of,
    bars_view,
    draw_value_bars,
    is_chart,
    log_sentence,
    spread_of,
    table_sentence,
    timeline_of,
    values_of,
)
from app.workspaces.recommender.data.parts import GAP, NOTICE, NamedNumbers, SaidList, TwoColumns, card
from app.workspaces.recommender.data.tables import ColumnsTable, HeadTable
from app.workspaces.recommender.data.words import date_words, holds_words
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import Figure, RunSection
from engine.problems import EngineError, Problem, declare, problem_in
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.profile.forms import Form
from engine.recommenders.data.profile.shapes import ColumnProfile, LogProfile, TableProfile
from engine.recommenders.data.sources import Gives
from engine.recommenders.running.checkpoints import read
from engine.recommenders.tasks.data_change import is_data_change
from engine.recommenders.tasks.known import task_kind

LOG_CHART = 184
TIED = "recommender.profile-ties"
OF_LAST = (TIED, "recommender.notice-profile-last-known")
"""Codes of what is said of the last event as the one that is held out."""


class LogView(TwoColumns):
    """Shows one profile at a time. ``drawn``: the event of each user that is held out is one drawn at random, and not
    the last one."""

    def __init__(self, parent: QWidget | None = None, *, drawn: bool = False) -> None:
        super().__init__(parent)
        self._drawn = drawn
        self._build_charts()
        self.head = HeadTable(self.tr("First rows"))
        self.head.setMinimumHeight(120)
        self.main.addWidget(self.head, 1)
        self._build_panel()

    def _build_charts(self) -> None:
        self.timeline, self.history, self.popularity, self.number = (bars_view() for _ in range(4))
        self.timeline_card = card(self.tr("Events over time"), self.timeline, "events", *self._about_time(BarsChart()))
        logs = self.tr("both axes logarithmic")
        users, items = self.tr("users by their events; {axes}"), self.tr("items by their events; {axes}")
        self.history_card = card(
            self.tr("Length of histories"), self.history, "histories", users.format(axes=logs), logs
        )
        self.popularity_card = card(self.tr("Popularity"), self.popularity, "popularity", items.format(axes=logs), logs)
        self.number_card = card("", self.number, "numbers")
        beside = (self.history_card, self.popularity_card, self.number_card)
        for chart in (self.timeline_card, *beside):
            chart.setFixedHeight(LOG_CHART)
        fill(self.main, self.timeline_card, fill(row_layout(spacing=GAP), *((chart, 1) for chart in beside)))

    def _about_time(self, timeline: BarsChart) -> tuple[str, str]:
        """What is held out, and where bars would be too far apart on a linear axis that theirs is none."""
        texts = (
            self.tr("{good}: each user's last event, held out to measure on").format(**theme.colour_names()),
            self.tr("{good}: held out").format(**theme.colour_names()),
        )
        if self._drawn:
            texts = (self.tr("held out: an event of each user, drawn at random"), self.tr("held out: at random"))
        if not timeline.log:
            return texts
        words = self.tr("logarithmic axis; {held}")
        return words.format(held=texts[0]), words.format(held=texts[1])

    def _build_panel(self) -> None:
        self.add_heading(self.tr("These data"))
        held = self.tr("Users whose last event is held out from training")
        if self._drawn:
            held = self.tr("Users with a randomly drawn event held out from training")
        self.facts = NamedNumbers(
            (
                ("users", self.tr("users"), self.tr("Users with at least one event")),
                ("items", self.tr("items"), self.tr("Items with at least one event")),
                ("events", self.tr("events"), self.tr("Rows that training reads")),
                ("held", self.tr("held out"), held),
                ("middle", self.tr("per user, median"), self.tr("Events of a user: half of the users have fewer")),
                ("popular", self.tr("per item, median"), self.tr("Events of an item: half of the items have fewer")),
                ("ties", self.tr("tied in time"), self.tr("Events at the same time as another of the same user")),
                (
                    "missing",
                    self.tr("rows left out"),
                    self.tr("Rows without a user, an item or a time, or with text in place of a number"),
                ),
            )
        )
        self.panel.rows.addLayout(self.facts)
        self.add_heading(self.tr("To be known"))
        self.said = SaidList(self.tr("No problems found in this data."))
        self.panel.rows.addWidget(self.said)
        self.add_heading(self.tr("Most events, held-out ones included"))
        name = self.tr("Items of the most events")
        self.top = DrawingView(draw_value_bars, ValueCounts(), hint=QSize(220, 20), least=QSize(120, 20), name=name)
        fill(self.panel.rows, self.top, 1)

    def show_profile(self, found: LogProfile) -> None:
        """Show a log's."""
        self.line.say(log_sentence(found), well=all(NOTICE in warning.code for warning in found.warnings))
        self.timeline_card.setVisible(found.timeline is not None)
        if found.timeline is not None:
            timeline = timeline_of(found.timeline, drawn=self._drawn)
            self.timeline.set_data(timeline)
            self.timeline_card.set_subtitle((*self._about_time(timeline), ""))
        self.history.set_data(spread_of(found.history, (self.tr("length"), self.tr("users"))))
        self.popularity.set_data(spread_of(found.popularity, (self.tr("events"), self.tr("items"))))
        self._show_number(found)
        self.head.show_head(found.head)
        self.said.say([warning for warning in found.warnings if not (self._drawn and warning.code in OF_LAST)])
        counts = tuple(NamedCount(item.title, item.events) for item in found.top)
        self.top.set_data(ValueCounts(counts, (self.tr("item"), self.tr("events"))))
        self._say_facts(found)

    def _show_number(self, found: LogProfile) -> None:
        """Ratings, or what else there is beside user, item and time."""
        name = "rating" if "rating" in found.numbers else next(iter(found.numbers), None)
        self.number_card.setVisible(name is not None)
        if name is not None:
            titles = {"rating": self.tr("Ratings"), "watch_seconds": self.tr("Seconds watched")}
            self.number_card.set_title(titles.get(name, name))
            self.number.set_data(bars_of(found.numbers[name], name))

    def _say_facts(self, found: LogProfile) -> None:
        catalogue = found.catalogue
        more = catalogue is not None and catalogue > found.items
        items = self.tr("{items} of {all}").format(items=grouped(found.items), all=grouped(catalogue or 0))
        self.facts.say(
            users=grouped(found.users),
            items=items if more else grouped(found.items),
            events=grouped(found.events),
            held=grouped(found.held_out),
            middle=plain(found.history.median),
            popular=plain(found.popularity.median),
            ties=NOTHING if found.ties is None else percent(found.ties),
            missing=grouped(found.missing.rows),
        )


COLUMN_CHART = 170


class TableView(TwoColumns):
    """Shows one profile at a time, and of it one column at large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = ColumnsTable()
        self.columns_card = card(self.tr("Columns"), self.columns, "columns", self.tr("stronger: rows that are a yes"))
        self.columns.chosen.connect(self._show_column)
        self.head = HeadTable(self.tr("First rows"))
        self.main.addWidget(self.columns_card, 3)
        self.main.addWidget(self.head, 2)
        self._build_panel()

    def _build_panel(self) -> None:
        self.add_heading(self.tr("These data"))
        self.facts = NamedNumbers(
            (
                ("rows", self.tr("rows"), ""),
                ("columns", self.tr("columns"), ""),
                ("yes", self.tr("rows that are a yes"), self.tr("Those that have the label")),
                ("share", self.tr("share of yes"), self.tr("The share that is right when always guessing yes")),
                ("train", self.tr("to train on"), self.tr("Randomly drawn rows that the network learns from")),
                ("test", self.tr("to measure on"), self.tr("Rows never seen in training, nor when choosing its end")),
            )
        )
        self.panel.rows.addLayout(self.facts)
        self.name = self.add_heading("")
        self.column_facts = NamedNumbers(
            (
                ("holds", self.tr("holds"), ""),
                ("distinct", self.tr("different values"), ""),
                ("range", self.tr("from … to"), ""),
                ("mean", self.tr("mean"), ""),
            )
        )
        self.panel.rows.addLayout(self.column_facts)
        self.chart = bars_view()
        self.values = DrawingView(draw_value_bars, ValueCounts(), hint=QSize(220, 20), least=QSize(120, 20))
        self.chart.setFixedHeight(COLUMN_CHART)
        fill(self.panel.rows, self.chart, self.values)
        self.add_heading(self.tr("To be known"))
        self.said = SaidList(self.tr("No problems found in this data."))
        fill(self.panel.rows, self.said, 1)

    def show_profile(self, found: TableProfile) -> None:
        """Show a table's."""
        self.line.say(table_sentence(found), well=all(NOTICE in warning.code for warning in found.warnings))
        label = found.label
        self.facts.say(
            rows=grouped(found.rows),
            columns=grouped(len(found.columns)),
            yes=NOTHING if label is None else grouped(label.positive),
            train=grouped(found.parts[0]),
            test=grouped(found.parts[2]),
            share=NOTHING if label is None else probability(label.positive / found.rows),
        )
        self.said.say(found.warnings)
        self.head.show_head(found.head)
        self.columns.show_columns(found.columns, found.rows)

    @Slot(object)
    def _show_column(self, one: ColumnProfile) -> None:
        self.name.setText(one.name)
        times, chart = one.kind == "time", is_chart(one)
        ends = NOTHING
        if one.least is not None and one.most is not None:
            said = date_words if times else short
            ends = self.tr("{low} to {high}").format(low=said(one.least), high=said(one.most))
        mean = NOTHING if one.mean is None else date_words(one.mean) if times else short(one.mean)
        self.column_facts.say(holds=holds_words(one), distinct=grouped(one.distinct), range=ends, mean=mean)
        self.column_facts.show_only("holds", "distinct", *(("range", "mean") if chart else ()))
        self.chart.setVisible(chart and one.bars is not None)
        self.values.setVisible(not chart and one.bars is not None)
        if one.bars is None:
            return
        if chart:
            self.chart.setAccessibleName(one.name)
            self.chart.set_data(bars_of(one.bars, one.name, times=times))
        else:
            self.values.setAccessibleName(one.name)
            self.values.set_data(ValueCounts(values_of(one.bars), (self.tr("value"), self.tr("rows"))))


LINE_BYTES: Final = 1 << 26
"""The longest line of a child: the profile of a table of thousands of columns takes some million bytes."""
_PROFILE: Final[TypeAdapter[LogProfile | TableProfile]] = TypeAdapter(LogProfile | TableProfile)

NOT_LOOKED = declare(
    "app.data-not-looked-at", "The data couldn't be examined ({reason}). Try again, or see the program's log."
)


class Profiler(QObject):
    """One look at a time. ``progressed(float)``; ``found(LogProfile | TableProfile)``; ``failed(Problem)``;
    ``stopped()``: because it was asked to; ``ended()``: another look can begin."""

    progressed = Signal(float)
    found = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._child = ChildProcess(self, line_bytes=LINE_BYTES)
        self._child.received.connect(self._hear)
        self._child.changed.connect(self._end)
        self._told = self._asked = False

    @property
    def busy(self) -> bool:
        """Whether a child is at work."""
        return self._child.running

    def start(self, data: RecommenderData, form: Form | None = None, checkpoint: Path | None = None) -> None:
        """Look at data; nothing happens while it looks already. ``checkpoint``: of what was trained on them, whose
        own rows are looked at where the file has changed since."""
        if self.busy:
            return
        self._told = self._asked = False
        how = [] if form is None else ["--as", form]
        choice = ["--choice", data.model_dump_json(exclude_defaults=True)]
        trained = [] if checkpoint is None else ["--rows-of", str(checkpoint)]
        self._child.start_engine(["recommend", "data", "--profile", *choice, *trained, *how, "--events", "jsonl"])

    def stop(self) -> None:
        """Ask it to stop."""
        self._asked = True
        self._child.stop()

    def close(self) -> None:
        """End the child, and hear nothing more."""
        self._child.close()

    @Slot(object)
    def _hear(self, line: Any) -> None:
        if not isinstance(line, dict):
            return
        if "progress" in line:
            self.progressed.emit(float(line["progress"]))
        elif "problem" in line:
            self._told = True
            if not self._asked:
                self.failed.emit(problem_in(line["problem"]))
        elif "profile" in line:
            self._take(line["profile"])

    def _take(self, document: object) -> None:
        try:
            found = _PROFILE.validate_python(document)
        except ValidationError:
            return  # the end of the child says that there was none
        self._told = True
        self.found.emit(found)

    @Slot(object)
    def _end(self, outcome: ProcessOutcome) -> None:
        if outcome.state is State.STARTED:
            return
        if outcome.state is State.STOPPED:
            self.stopped.emit()
        elif not self._told:
            reason = outcome.errors.strip().rpartition("\n")[2].rstrip(".") or outcome.sentence.rstrip(".")
            self.failed.emit(NOT_LOOKED(reason=reason))
        self.ended.emit()


WAIT_WIDTH = 360
RANDOM: Final = "random"
"""As the candidates' spec has it."""


class DataSection(RunSection):
    """The data of a run: what is in them, where the split falls, and what harms. Not for the ranking, which learns from
    impressions that a generated site draws and has no file of."""

    key: ClassVar[str] = "data"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Data")
    tip: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "What it learns from, where the split is, and what may harm")
    models: ClassVar[frozenset[str]] = frozenset({"wide-deep", "candidates"})
    asks: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: OpenRun | None = None
        self._seen = self._shown = False
        self._files: object = None
        self._looked_at: object = None
        """The files of the data as they were when they were last stamped, and when they were last looked at."""
        self.shown: LogProfile | TableProfile | None = None
        self.profiler = Profiler(self)
        self.profiler.progressed.connect(self._advance)
        self.profiler.found.connect(self._show)
        self.profiler.failed.connect(self._fail)
        self.profiler.stopped.connect(self._note_stop)
        self.profiler.ended.connect(self._look_where_changed)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._waiting())
        fill(column_layout(self), self.stack)

    def _waiting(self) -> QWidget:
        """What stands there until the data are looked at."""
        page = QWidget()
        self.message = wrapped("", "muted")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(WAIT_WIDTH)
        self.progress.setAccessibleName(self.tr("Looking at the data"))
        self.button = QPushButton()
        self.button.clicked.connect(self._press)
        column = QVBoxLayout(page)
        column.setSpacing(12)
        fill(
            column,
            1,
            self.message,
            (self.progress, 0, Qt.AlignmentFlag.AlignHCenter),
            (self.button, 0, Qt.AlignmentFlag.AlignHCenter),
            1,
        )
        return page

    def show_run(self, run: OpenRun) -> None:
        """Look at its data, once they are wanted."""
        self._run = run
        run.closed.connect(self.profiler.close)
        run.data_looked.connect(self._follow_files)

    def enter(self) -> None:
        super().enter()
        self._shown = True
        if not self._seen:
            self._seen = True
            self.look()
        self._look_where_changed()

    def leave(self) -> None:
        super().leave()
        self._shown = False

    @Slot(object)
    def _follow_files(self, files: object) -> None:
        """The files were stamped; the first time, just before they are looked at."""
        if self._files is None:
            self._looked_at = files
        self._files = files
        self._look_where_changed()

    @Slot()
    def _look_where_changed(self) -> None:
        if self._shown and not self.profiler.busy and self._files != self._looked_at:
            self.look()

    def look(self) -> None:
        """Examine the data from the beginning."""
        if self._run is None:
            return
        self.stack.setCurrentIndex(0)
        self.message.setText(self.tr("Examining every row of the data …"))
        self.progress.setValue(0)
        self.progress.show()
        self.button.setText(self.tr("&Cancel"))
        self.button.setToolTip(self.tr("Stop examining; the run continues"))
        self._looked_at = self._files
        checkpoint = self._run.checkpoint if self._run.answerable else None
        self.profiler.start(self._run.data, form_of_task(self._run.model), checkpoint)

    @Slot()
    def _press(self) -> None:
        if self.profiler.busy:
            self.profiler.stop()
            self.message.setText(self.tr("Stopping …"))
        else:
            self.look()

    @Slot(float)
    def _advance(self, share: float) -> None:
        self.progress.setValue(round(1000 * share))

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        self._offer_again(sentence_of(problem))

    @Slot()
    def _note_stop(self) -> None:
        self._offer_again(self.tr("The data was only partly examined."))

    def _offer_again(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.progress.hide()
        self.button.setText(self.tr("&Look again"))
        self.button.setToolTip(self.tr("Examine the data from the beginning"))

    @Slot(object)
    def _show(self, found: LogProfile | TableProfile) -> None:
        self.shown = found
        harm = tuple(warning for warning in found.warnings if not is_data_change(warning))  # the bar above says that
        found = found.model_copy(update={"warnings": harm})
        if (old := self.stack.widget(1)) is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        if isinstance(found, LogProfile):
            drawn = self._run is not None and draws(self._run)
            log = LogView(drawn=drawn)
            log.show_profile(found)
            self._put(log)
            self.set_figures(
                Figure(self.tr("Events"), grouped(found.events), accent=True),
                Figure(self.tr("Users"), grouped(found.users)),
                Figure(self.tr("Items"), grouped(found.items)),
                Figure(
                    self.tr("Held out"),
                    grouped(found.held_out),
                    tip=self.tr("An event of each user, at random") if drawn else self.tr("Users' last events"),
                ),
            )
        else:
            table = TableView()
            table.show_profile(found)
            self._put(table)
            figures = [
                Figure(self.tr("Rows"), grouped(found.rows), accent=True),
                Figure(self.tr("Columns"), grouped(len(found.columns))),
            ]
            if found.label is not None:
                figures.append(Figure(self.tr("Yes"), percent(found.label.positive / found.rows)))
            self.set_figures(*figures)

    def _put(self, view: QWidget) -> None:
        self.stack.addWidget(view)
        self.stack.setCurrentWidget(view)


def draws(run: OpenRun) -> bool:
    """Whether a run holds out events that are drawn at random; of a checkpoint without a run, as it says itself."""
    if run.plan is not None:
        return run.plan.spec.get("held_out") == RANDOM
    try:
        found: object = read(run.checkpoint).model
    except EngineError:
        return False
    for key in ("model", "columns", "spec"):
        found = found.get(key) if isinstance(found, Mapping) else None
    return isinstance(found, Mapping) and found.get("held_out") == RANDOM


def form_of_task(model: str) -> Form:
    """What a recommender learns from: rows with an outcome, or who watched what when."""
    return "examples" if task_kind(model).needs is Gives.EXAMPLES else "watches"
