"""A sum of products taken apart: a bar for each, the largest first, and under them what they add up to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kit.drawing.columns import Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rect, Rectangle, Text, call
from app.kit.export import ExportTable
from app.kit.inks import sign_ink
from app.kit.numbers import fixed
from app.kit.numbers import signed as with_sign

SUMS = 20.0
"""Height of the line of sums, in pixels."""
DIGITS = 2


@dataclass(frozen=True, slots=True)
class ProductSums:
    """What is written under the bars: the sum of the positive products, of all, and of the negative ones."""

    plus: str = ""
    together: str = ""
    minus: str = ""


@dataclass(frozen=True, slots=True)
class ProductBars:
    """The products in the order of their dimensions. ``tip``: what is said of one, with ``{number}`` and ``{part}``."""

    products: tuple[float, ...] = ()
    sums: ProductSums = ProductSums()
    tip: str = ""


def draw_products(data: ProductBars, frame: Frame) -> Drawing:
    """Draw the bars. Keys are the dimensions, from 0."""
    if not data.products:
        return Drawing()
    bars = sorted(enumerate(data.products), key=lambda product: -product[1])
    width, height = float(frame.width), frame.height - SUMS - 6
    most, least = max(bars[0][1], 0.0), min(bars[-1][1], 0.0)
    scale = height / (most - least) if most > least else 0.0
    zero, slot = 2 + most * scale, width / len(bars)
    rects: list[Rect] = []
    for place, (_, product) in enumerate(bars):
        left, right = round(place * slot), round((place + 1) * slot)
        top, bottom = sorted((zero, zero - product * scale))
        rects.append((left, top, max(1, right - left - 1), max(1.0, bottom - top)))
    line, sums = (0.0, frame.height - SUMS, width, SUMS), data.sums
    marks: tuple[Mark, ...] = (
        Rectangles(
            tuple(rects), tuple(sign_ink(product) if product else "" for _, product in bars),
            keys=tuple(number for number, _ in bars), tips=call(_tip, data.tip, tuple(bars)), columns=True,
        ),
        Rectangle((0, zero, width, 1), "border", crisp=True),
        Text(sums.plus, line, 11, "positive_text", "left middle", bold=True),
        Text(sums.minus, line, 11, "negative_text", "right middle", bold=True),
        Text(sums.together, line, 11, "text_muted"),
    )  # fmt: skip
    said = " ".join(text for text in (sums.plus, sums.together, sums.minus) if text)
    return Drawing(marks, description=said, numbers=call(_table, tuple(bars)))


def sums_of(products: tuple[float, ...]) -> ProductSums:
    """Return the sums in words. The last one takes up what rounding leaves, at most one of the last digit, so that it
    and the first give the one between."""
    positive = [product for product in products if product > 0]
    negative = [product for product in products if product < 0]
    up, together = round(sum(positive), DIGITS), round(sum(positive) + sum(negative), DIGITS)
    part = _tr("{sum} from {count}")
    return ProductSums(
        part.format(sum=with_sign(up, DIGITS), count=len(positive)),
        _tr("add up to {score}").format(score=fixed(together, DIGITS)),
        part.format(sum=fixed(together - up, DIGITS), count=len(negative)) if negative else "",
    )


def _tip(words: str, bars: tuple[tuple[int, float], ...], index: int) -> str:
    number, product = bars[index]
    return words.format(number=number + 1, part=fixed(product, 3))


def _table(bars: tuple[tuple[int, float], ...]) -> ExportTable:
    return ExportTable(("dimension", "product"), [(number + 1, product) for number, product in bars])


def _tr(text: str) -> str:
    return QCoreApplication.translate("PartsBars", text)
