"""One impression taken apart: what the network reads of it, and the sum that its expected time comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.kit.charts.card import PlotCard
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.listing import listed
from app.kit.numbers import NOTHING, as_written, grouped, plain, rounded, signed, to_digits
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.action_button import icon_button
from app.kit.widgets.choice import Choice
from app.kit.widgets.frame import column_layout, fill, row_layout
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.words import plain_tip
from app.workspaces.recommender.product_bars import ProductBars, ProductSums, draw_products
from app.workspaces.recommender.rank.losses import tower_name
from app.workspaces.recommender.rank.ranker import RankSession
from engine.recommenders.tasks.ranking.answers import Impression, ImpressionSum, NumberRead

SECONDS = 3
"""Significant digits of a result in seconds."""
MOST = 9


@dataclass(frozen=True, slots=True)
class WrittenSum:
    """Σ of the positive products + Σ of the negative ones + bias = z, all rounded to ``decimals``; ``unit`` with so
    many ``digits``; ``seconds`` as it is written. What is written gives ``seconds`` when it is worked out."""

    plus: float
    minus: float
    bias: float
    z: float
    decimals: int
    unit: float
    digits: int
    seconds: str


def seconds_text(seconds: float) -> str:
    """A number of seconds: three significant digits, four from a thousand on."""
    return (
        grouped(rounded(seconds, SECONDS + 1)) if seconds >= 999.5 else to_digits(as_written(seconds, SECONDS), SECONDS)
    )


def written_sum(shown: ImpressionSum) -> WrittenSum:
    """The fewest digits with which the sum checks. What rounding leaves of z is taken up by the negative products, or
    by the positive ones where there are none of these: at most two of the last digit."""
    up = sum(part for part in shown.products if part > 0)
    seconds = seconds_text(shown.impression.predicted)
    for decimals in range(2, MOST):
        plus, bias, z = (round(value, decimals) for value in (up, shown.bias, shown.z))
        minus = round(z - plus - bias, decimals)
        digits = decimals + 1
        unit = as_written(shown.unit, digits)
        if seconds_text(unit * math.exp(z)) == seconds:
            break
    return WrittenSum(plus, minus, bias, z, decimals, unit, digits, seconds)


def written_truth(shown: Impression) -> tuple[str, str, str]:
    """Click rate in per cent, seconds if clicked, and their product, which checks by hand."""
    seconds = seconds_text(shown.true)
    for digits in range(3, MOST):
        rate, clicked = as_written(100.0 * shown.click_rate, digits), as_written(shown.seconds_if_clicked, digits)
        if seconds_text(rate / 100.0 * clicked) == seconds:
            break
    return to_digits(rate, digits), to_digits(clicked, digits), seconds


def written_powers(number: NumberRead) -> tuple[str, str, str]:
    """x, x² and √x, each empty where the network does not read it; x with the digits that the others check with."""
    x, square, root = (number.powers.get(name) for name in ("x", "x^2", "sqrt(x)"))
    texts = ["" if value is None else grouped(value, 3) for value in (square, root)]
    if x is None:
        return "", texts[0], texts[1]
    for decimals in range(3, MOST):
        rounded = round(x, decimals)
        powers = (None if square is None else rounded**2, None if root is None else max(rounded, 0.0) ** 0.5)
        if ["" if value is None else grouped(value, 3) for value in powers] == texts:
            break
    return grouped(x, decimals), texts[0], texts[1]


_COLUMNS = {
    "user_language": QT_TRANSLATE_NOOP("Impressions", "user's language"),
    "video_language": QT_TRANSLATE_NOOP("Impressions", "video's language"),
    "topic": QT_TRANSLATE_NOOP("Impressions", "topic"),
    "country": QT_TRANSLATE_NOOP("Impressions", "country"),
    "device": QT_TRANSLATE_NOOP("Impressions", "device"),
    "gender": QT_TRANSLATE_NOOP("Impressions", "gender"),
    "age_group": QT_TRANSLATE_NOOP("Impressions", "age"),
    "since_topic": QT_TRANSLATE_NOOP("Impressions", "since its topic, h"),
    "since_creator": QT_TRANSLATE_NOOP("Impressions", "since its creator, h"),
    "previous_impressions": QT_TRANSLATE_NOOP("Impressions", "shown before"),
}
_USER = ("country", "device", "gender", "age_group")


def column_name(column: str) -> str:
    """A column for people; one that nothing is known of, by its own name."""
    return _tr(_COLUMNS[column]) if column in _COLUMNS else column


def number_text(number: NumberRead) -> str:
    """A number as it is."""
    return _tr("never") if number.never else plain(round(number.value, 1))


def lines_of(shown: Impression) -> list[tuple[str, str]]:
    """What the network reads beside numbers, as captions and values."""
    lines = [(_tr("impression"), shown.title), (_tr("watched, averaged"), _history(shown))]
    left = dict(shown.categories)
    about = [left.pop(name) for name in _USER if name in left]
    lines += [(column_name(name), value) for name, value in left.items()]
    return [*lines, (_tr("user"), " · ".join(about))] if about else lines


def _history(shown: Impression) -> str:
    if not shown.history:
        return NOTHING
    count = _tr("{count} videos").format(count=len(shown.history)) if len(shown.history) > 1 else _tr("1 video")
    return _tr("{count}: {videos}").format(count=count, videos=listed(reversed(shown.history)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Impressions", text)


LINES, NUMBERS = 6, 3
SMALL = "font-size: 12px;"
STRONG = "font-size: 12px; font-weight: 600;"


class SumView(QWidget):
    """Features at the left, arithmetic at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ImpressionSum | None = None
        self.hint = wrapped(self.tr("Pick an impression: a point of the picture, or the arrows above."))
        self.inner = QWidget()
        self.bars_title = ElidedLabel()
        self.bars_title.setStyleSheet(STRONG)
        name = self.tr("Products of the last layer, the largest first")
        self.bars = DrawingView(draw_products, ProductBars(), hint=QSize(240, 84), least=QSize(120, 52), name=name)
        self.bars.setMaximumHeight(220)
        fill(row_layout(self.inner, (0, 4, 0, 0), spacing=22), (self._features(), 5), (self._arithmetic(), 6))
        fill(column_layout(self), self.hint, (self.inner, 1))
        self.show_sum(None)

    def _features(self) -> QVBoxLayout:
        lines = QGridLayout()
        lines.setHorizontalSpacing(10)
        lines.setVerticalSpacing(3)
        lines.setColumnStretch(1, 1)
        self.lines = [(_label("muted"), ElidedLabel()) for _ in range(LINES)]
        for at, (caption, value) in enumerate(self.lines):
            value.setStyleSheet(SMALL)
            lines.addWidget(caption, at, 0)
            lines.addWidget(value, at, 1)
        self.numbers_head = [_label("muted", text) for text in ("", self.tr("x"), "x̃", "x̃²", "√x̃")]
        self.numbers_head[2].setToolTip(self.tr("Its quantile among the training impressions, from 0 to 1"))
        self._numbers_grid = numbers = QGridLayout()
        numbers.setHorizontalSpacing(8)
        numbers.setVerticalSpacing(3)
        numbers.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight
        for at, head in enumerate(self.numbers_head):
            numbers.addWidget(head, 0, at, right if at else Qt.AlignmentFlag.AlignLeft)
        self.numbers = [[ElidedLabel() if not at else _label() for at in range(5)] for _ in range(NUMBERS)]
        for line, cells in enumerate(self.numbers, 1):
            for at, cell in enumerate(cells):
                cell.setStyleSheet(SMALL)
                if at:
                    numbers.addWidget(cell, line, at, right)
                else:
                    numbers.addWidget(cell, line, at)
        column = fill(column_layout(spacing=8), lines, numbers)
        self.about = wrapped(
            self.tr(
                "x̃ is the quantile of x among the training impressions. Its square and root make nonlinear "
                "functions easier to learn."
            )
        )
        fill(column, self.about, 1)
        return column

    def _arithmetic(self) -> QVBoxLayout:
        self._terms_grid = grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.terms = [(_label("muted"), _label(), _label("number")) for _ in range(4)]
        for at, (caption, written, result) in enumerate(self.terms):
            written.setStyleSheet(SMALL)
            written.setTextFormat(Qt.TextFormat.RichText if at == 1 else Qt.TextFormat.PlainText)
            grid.addWidget(caption, at, 0)
            grid.addWidget(written, at, 1)
            grid.addWidget(result, at, 2, Qt.AlignmentFlag.AlignRight)
        self.terms[1][2].setProperty("accent", True)
        column = fill(column_layout(spacing=5), self.bars_title, (self.bars, 1), grid)
        return column

    # What is shown ------------------------------------------------------------------------------------------------

    def show_sum(self, shown: ImpressionSum | None) -> None:
        """Take an impression apart; None while none is picked."""
        self._shown = shown
        self.hint.setVisible(shown is None)
        self.inner.setVisible(shown is not None)
        if shown is None:
            return
        written = written_sum(shown)
        tower = tower_name(shown.hidden)
        read = self.tr("{count} products Wₖ·xₖ · largest first")
        self.bars_title.set_full_text(read.format(count=len(shown.products)))
        self.bars_title.setToolTip(
            plain_tip(
                self.tr("x is the output of the tower {tower} for everything on the left").format(tower=tower)
                if tower
                else self.tr("x is everything on the left, with embeddings looked up for ids")
            )
        )
        self.bars.set_data(ProductBars(shown.products, self._sums(shown, written), self._product_tip()))
        self._show_lines(shown.impression)
        self._show_numbers(shown)
        self._show_terms(shown, written)
        for grid in (self._numbers_grid, self._terms_grid):
            _widen(grid)

    def _sums(self, shown: ImpressionSum, written: WrittenSum) -> ProductSums:
        """Return the sums of the products, as the sum under them has them."""
        up = sum(product > 0 for product in shown.products)
        down = sum(product < 0 for product in shown.products)
        said = self.tr("{sum} from {count}")
        plus = said.format(sum=signed(written.plus, written.decimals), count=up) if up else ""
        minus = said.format(sum=signed(written.minus, written.decimals), count=down) if down else ""
        return ProductSums(plus, minus=minus)

    def _product_tip(self) -> str:
        return self.tr("input {number} of the last layer, times its weight: {part}")

    def _show_lines(self, shown: Impression) -> None:
        told = lines_of(shown)
        for at, (caption, value) in enumerate(self.lines):
            text = told[at] if at < len(told) else ("", "")
            caption.setText(text[0])
            value.set_full_text(text[1])
            caption.setVisible(at < len(told))
            value.setVisible(at < len(told))

    def _show_numbers(self, shown: ImpressionSum) -> None:
        placed = any(number.placed for number in shown.numbers)
        self.about.setVisible(placed and all(len(number.powers) > 1 for number in shown.numbers))
        self.numbers_head[2].setText("x̃" if placed else "")
        for head in self.numbers_head:
            head.setVisible(bool(shown.numbers))
        for at, cells in enumerate(self.numbers):
            number = shown.numbers[at] if at < len(shown.numbers) else None
            texts = ("",) * 5
            if number is not None:
                texts = (column_name(number.name), number_text(number), *written_powers(number))
            for cell, text in zip(cells, texts, strict=True):
                cell.setVisible(number is not None)
                if isinstance(cell, ElidedLabel):
                    cell.set_full_text(text)
                else:
                    cell.setText(text)

    def _show_terms(self, shown: ImpressionSum, written: WrittenSum) -> None:
        terms = (written.plus, written.minus, written.bias)
        places = written.decimals
        total = " ".join(signed(term, places) for at, term in enumerate(terms) if term or at == 2)
        z = signed(written.z, places).lstrip("+")
        unit = to_digits(written.unit, written.digits)
        rate, clicked, true = written_truth(shown.impression)
        seconds = self.tr("{seconds} s")
        happened = self.tr("clicked and watched") if shown.impression.clicked else self.tr("not clicked")
        lines = (
            (self.tr("Wx + b"), total, z),
            (
                self.tr("expected"),
                self.tr("{unit} s · e<sup>{z}</sup>").format(unit=unit, z=z),
                seconds.format(seconds=written.seconds),
            ),
            (
                self.tr("in truth"),
                self.tr("{rate} % clicked · {seconds} s if so").format(rate=rate, seconds=clicked),
                seconds.format(seconds=true),
            ),
            (self.tr("this time"), happened, seconds.format(seconds=seconds_text(shown.impression.watched))),
        )
        tips = (
            self.tr("The positive products, the negative ones and the bias"),
            self.tr("The unit: how many seconds weigh as much as one negative; the odds e^(Wx+b) are in this unit"),
            self.tr("What the generated site draws clicks and watch times from"),
            self.tr("What actually happened: one draw from the true model"),
        )
        for labels, texts, tip in zip(self.terms, lines, tips, strict=True):
            for label, text in zip(labels, texts, strict=True):
                label.setText(text)
                label.setToolTip(plain_tip(tip))

    def table(self) -> ExportTable:
        """What is read, what is summed, and what comes out."""
        shown = self._shown
        if shown is None:
            return ExportTable((), ())
        impression = shown.impression
        rows: list[tuple[str, object]] = [*impression.categories.items()]
        for number in shown.numbers:
            rows.append((number.name, number.value))
            rows += [(f"{number.name} {power}", value) for power, value in number.powers.items()]
        rows += [(f"product {at}", value) for at, value in enumerate(shown.products, 1)]
        rows += [
            ("bias", shown.bias),
            ("z", shown.z),
            ("unit", shown.unit),
            ("predicted_seconds", impression.predicted),
        ]
        rows += [("true_seconds", impression.true), ("watched_seconds", impression.watched)]
        return ExportTable(("what", "value"), rows)


def _widen(grid: QGridLayout) -> None:
    """Give each column but the first the room of its widest text so far: another impression moves nothing else."""
    for at in range(grid.count()):
        item, (_, column, *_) = grid.itemAt(at), cast(tuple[int, int, int, int], grid.getItemPosition(at))
        if item is not None and column:
            grid.setColumnMinimumWidth(column, max(grid.columnMinimumWidth(column), item.sizeHint().width()))


def _label(role: str | None = None, text: str = "") -> QLabel:
    label = Label(text)
    if role is not None:
        label.setProperty("role", role)
    return label


CLICKED = "clicked"


class SumCard(PlotCard):
    """Steps through impressions in an order."""

    def __init__(self, ranker: RankSession, parent: QWidget | None = None) -> None:
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
        self.orders = Choice(self.tr("Order"), orders, self.tr("The impressions that the arrows step through"))
        self.orders.setFixedWidth(190)
        self.orders.picked.connect(self._list)
        self.before = icon_button("back", self.tr("The impression before (Page Up)"), "PgUp")
        self.after = icon_button("forward", self.tr("The impression after (Page Down)"), "PgDown")
        self.place = Label(role="muted")
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
        shown, place = self._ranker.sum, self._ranker.place
        self.sum.show_sum(shown)
        if shown is None:
            return
        self._set_steps(enabled=True)
        count = len(self._ranker.listed)
        told = self.tr("{place} of {count}").format(place=0 if place is None else place + 1, count=count)
        self.place.setText(told if place is not None else self.tr("from the picture"))
        impression = shown.impression
        about = self.tr("{user}, row {row}").format(user=impression.user, row=grouped(impression.row))
        self.set_subtitle((about, ""))
