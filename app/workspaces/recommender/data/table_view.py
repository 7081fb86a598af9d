"""A table of examples: its columns with their distributions, the label, and its first rows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QWidget

from app.kit.drawing.view import DrawingView
from app.kit.numbers import NOTHING, grouped, probability, short
from app.workspaces.recommender.data.bars_chart import bars_view
from app.workspaces.recommender.data.columns_table import ColumnsTable
from app.workspaces.recommender.data.head_table import HeadTable
from app.workspaces.recommender.data.parts import Facts, TwoColumns, card
from app.workspaces.recommender.data.reading import bars_of, is_chart, table_sentence, values_of
from app.workspaces.recommender.data.said_list import NOTICE, SaidList
from app.workspaces.recommender.data.value_bars import ValueCounts, draw_value_bars
from app.workspaces.recommender.data.words import date_words, holds_words
from engine.recommenders.data.profile.shapes import ColumnProfile, TableProfile

CHART = 170


class TableView(TwoColumns):
    """Shows one profile at a time, and of it one column at large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = ColumnsTable()
        self.columns_card = card(self.tr("Columns"), self.columns, "columns", self.tr("darker: rows that are a yes"))
        self.columns.chosen.connect(self._show_column)
        self.head = HeadTable(self.tr("First rows"))
        self.main.addWidget(self.columns_card, 3)
        self.main.addWidget(self.head, 2)
        self._build_panel()

    def _build_panel(self) -> None:
        self.add_heading(self.tr("These data"))
        self.facts = Facts(
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
        self.column_facts = Facts(
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
        self.chart.setFixedHeight(CHART)
        self.panel.rows.addWidget(self.chart)
        self.panel.rows.addWidget(self.values)
        self.add_heading(self.tr("To be known"))
        self.said = SaidList(self.tr("Nothing in these data stands in the way."))
        self.panel.rows.addWidget(self.said)
        self.panel.rows.addStretch(1)

    def show_profile(self, found: TableProfile) -> None:
        """Show a table's."""
        self.line.say(table_sentence(found), well=all(NOTICE in one.code for one in found.warnings))
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
