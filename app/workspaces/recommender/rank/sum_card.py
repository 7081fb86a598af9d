"""The card of one impression: which one, and its sum."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QToolButton, QWidget

from app.kit.charts.card import PlotCard
from app.kit.icons import set_icon
from app.kit.numbers import grouped
from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import Label
from app.kit.words import plain_tip
from app.workspaces.recommender.rank.ranker import Ranker
from app.workspaces.recommender.rank.sum_view import SumView

CLICKED = "clicked"


class SumCard(PlotCard):
    """Steps through impressions in an order."""

    def __init__(self, ranker: Ranker, parent: QWidget | None = None) -> None:
        self.sum = SumView()
        super().__init__(self.tr("One impression"), self.sum, "impression", parent)
        self.setProperty("role", "card")
        self._ranker = ranker
        orders = (
            ("predicted", self.tr("longest expected first")),
            ("too long", self.tr("most too long first")),
            ("too short", self.tr("most too short first")),
            (CLICKED, self.tr("clicked ones, longest expected first")),
        )
        self.orders = Choice(self.tr("Order"), orders, self.tr("Which impressions the arrows go through"))
        self.orders.setFixedWidth(190)
        self.orders.picked.connect(self._list)
        self.before = _button("back", self.tr("The impression before (Page Up)"), "PgUp")
        self.after = _button("forward", self.tr("The impression after (Page Down)"), "PgDown")
        self.place = Label()
        self.place.setProperty("role", "muted")
        for control in (self.orders, self.before, self.place, self.after):
            self.add_control(control)
        self.before.clicked.connect(lambda: ranker.step(-1))
        self.after.clicked.connect(lambda: ranker.step(1))
        ranker.picked.connect(self._follow)
        self._set_steps(enabled=False)

    def _set_steps(self, *, enabled: bool) -> None:
        for control in (self.orders, self.before, self.after):
            control.setEnabled(enabled)

    def _list(self, order: str) -> None:
        clicked = order == CLICKED
        self._ranker.list_by("predicted" if clicked else order, clicked=True if clicked else None)

    @Slot()
    def _follow(self) -> None:
        shown, place = self._ranker.impression, self._ranker.place
        self.sum.show_impression(shown)
        if shown is None:
            return
        self._set_steps(enabled=True)
        count = len(self._ranker.listed)
        told = self.tr("{place} of {count}").format(place=0 if place is None else place + 1, count=count)
        self.place.setText(told if place is not None else self.tr("from the picture"))
        about = self.tr("{user}, row {row}").format(user=shown.user, row=grouped(shown.row))
        self.set_subtitle((about, ""))


def _button(icon: str, tip: str, key: str) -> QToolButton:
    button = QToolButton()
    set_icon(button, icon)
    button.setToolTip(plain_tip(tip))
    button.setAccessibleName(tip)
    button.setShortcut(key)
    return button
