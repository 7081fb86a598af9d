"""What is in a log, and in a table of examples."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.kit import theme
from app.kit.drawing.view import DrawingView
from app.kit.numbers import NOTHING, grouped, percent, plain, probability, short
from app.kit.widgets.frame import fill
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
from engine.recommenders.data.profile.shapes import ColumnProfile, LogProfile, TableProfile

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
        self.main.addWidget(self.timeline_card)
        self.timeline_card.setFixedHeight(LOG_CHART)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for one in (self.history_card, self.popularity_card, self.number_card):
            one.setFixedHeight(LOG_CHART)
            row.addWidget(one, 1)
        self.main.addLayout(row)

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
        held = self.tr("Users of whom the last event is kept from training")
        if self._drawn:
            held = self.tr("Users of whom an event, drawn at random, is kept from training")
        self.facts = NamedNumbers(
            (
                ("users", self.tr("users"), self.tr("Those who have an event")),
                ("items", self.tr("items"), self.tr("Those that somebody has an event with")),
                ("events", self.tr("events"), self.tr("Rows that training reads")),
                ("held", self.tr("held out"), held),
                ("middle", self.tr("events of a user"), self.tr("The median: half of the users have fewer")),
                ("popular", self.tr("events of an item"), self.tr("The median: half of the items have fewer")),
                ("ties", self.tr("tied in time"), self.tr("Events with the time of another of the same user")),
                (
                    "missing",
                    self.tr("rows left out"),
                    self.tr("Rows without a user, an item or a time, or with a text where a number belongs"),
                ),
            )
        )
        self.panel.rows.addLayout(self.facts)
        self.add_heading(self.tr("To be known"))
        self.said = SaidList(self.tr("Nothing in these data stands in the way."))
        self.panel.rows.addWidget(self.said)
        self.add_heading(self.tr("Most events"))
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
                ("share", self.tr("share of yes"), self.tr("What is right for whoever guesses yes for every row")),
                ("train", self.tr("to train on"), self.tr("Rows drawn at random, of which the network learns")),
                ("test", self.tr("to measure on"), self.tr("Rows that neither training nor its end has seen")),
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
        self.said = SaidList(self.tr("Nothing in these data stands in the way."))
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
