"""A card for every run: what it has learnt, its figures, and the settings that differ."""

from __future__ import annotations

from math import isfinite

from PySide6.QtCore import QCoreApplication, Qt

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Picture, Rectangle, Text, call, text_width
from app.kit.numbers import accuracy_text, epoch_text, loss_text
from app.workspaces.playground.runs.curves import run_tip, table_of
from app.workspaces.playground.runs.model import RunShown, RunsShown, origin_text

WIDTH, GAP, PAD = 150.0, 12.0, 12.0
HEAD, FIGURES, CHIP = 24.0, 40.0, 20.0
MOST_CHIPS = 2
DELETE = "delete"
"""First of the key of what forgets a run."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Runs", text)


def draw_cards(data: RunsShown, frame: Frame) -> Drawing:
    """Draw the cards in rows, in the order of the runs' beginnings."""
    columns = max(1, int((frame.width + GAP) // (WIDTH + GAP)))
    width = (frame.width - (columns - 1) * GAP) / columns
    side = width - 2 - 2 * PAD
    height = PAD + HEAD + side + 8 + FIGURES + MOST_CHIPS * CHIP + PAD
    marks: list[Mark] = []
    for place, run in enumerate(data.runs):
        corner = (place % columns) * (width + GAP) + 1, (place // columns) * (height + GAP) + 1
        marks += _card(
            run, data, (*corner, width - 2, height - 2), is_pointed=frame.pointed in (run.number, (DELETE, run.number))
        )
    rows = -(-len(data.runs) // columns)
    keys = tuple(run.number for run in data.runs)
    return Drawing(
        tuple(marks),
        _tr("Runs, each with what it has learnt"),
        order=keys,
        current=data.present,
        actions={Qt.Key.Key_Delete: DELETE},
        numbers=call(table_of, data.runs, data.regression),
        height=max(rows * (height + GAP) - GAP, 0.0),
    )


def _card(run: RunShown, data: RunsShown, box: tuple[float, float, float, float], *, is_pointed: bool) -> list[Mark]:
    left, top, width, _ = box
    is_present, is_shown = run.number == data.present, run is data.shown
    inner, side = left + PAD, width - 2 * PAD
    picture, edge = (inner, top + PAD + HEAD, side, side), "good" if is_shown else "border"
    marks: list[Mark] = [
        Rectangle(box, "surface", edge, 1.6 if is_shown else 1.0, 10, key=run.number, tip=run_tip(run)),
        Disc(inner + 9, top + PAD + 8, 9, fill="good" if is_shown else "text_muted"),
        Text(run.letter, (inner, top + PAD - 1, 18, 18), 11, "readable good" if is_shown else "surface", bold=True),
        Text(_place_text(data) if is_present else origin_text(run), (inner + 24, top + PAD - 2, side - 24, 20), 11,
             "text_muted", "left middle", elide=True),
        Picture(picture, run.picture, smooth=True) if run.picture is not None else Rectangle(picture, "neutral"),
    ]  # fmt: skip
    if not is_shown:
        marks.append(Rectangle(picture, "surface 55%"))
    foot = picture[1] + side + 8
    marks += _figures(run, data, (inner, foot, side))
    marks += _chips(run, inner, foot + FIGURES, side)
    if is_pointed and not is_present:
        away = (left + width - 26, top + 6, 20.0, 20.0)
        marks.append(Text("×", away, 15, "text_muted"))
        tip = _tr("Forget run {letter}; undo has it back").format(letter=run.letter)
        marks.append(Rectangle(away, key=(DELETE, run.number), tip=tip))
    return marks


def _place_text(data: RunsShown) -> str:
    """Where the present run stands: its figures are of then."""
    return _tr("open, epoch {epoch}").format(epoch=epoch_text(data.epoch))


def _figures(run: RunShown, data: RunsShown, place: tuple[float, float, float]) -> list[Mark]:
    left, top, width = place
    loss = loss_text(run.test_loss) if isfinite(run.test_loss) else "…"
    score = accuracy_text(run.accuracy, data.regression) if isfinite(run.accuracy) else "…"
    lines = ((_tr("test loss"), loss), ("R²" if data.regression else _tr("accuracy"), score))
    marks: list[Mark] = []
    for number, (name, value) in enumerate(lines):
        line = (left, top + 18 * number, width, 16.0)
        marks.append(Text(name, line, 11.5, "text_muted", "left middle"))
        marks.append(Text(value, line, 11.5, "text", "right middle", bold=True))
    return marks


def _chips(run: RunShown, left: float, top: float, width: float) -> list[Mark]:
    """The settings that differ; of more than there is room for, how many more."""
    texts = list(run.settings)
    if len(texts) > MOST_CHIPS:
        more = _tr("{count} more").format(count=len(texts) - MOST_CHIPS + 1)
        texts = [*texts[: MOST_CHIPS - 1], more]
    marks: list[Mark] = []
    for number, text in enumerate(texts):
        wide = min(text_width(text, 10.5) + 14, width)
        box = (left, top + CHIP * number, wide, CHIP - 3)
        marks.append(Rectangle(box, "neutral", corner=8))
        marks.append(Text(text, (left + 7, box[1], wide - 14, box[3]), 10.5, "text", "left middle", elide=True))
    return marks
