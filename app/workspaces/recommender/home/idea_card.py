"""The two cards at the top of home: an idea, its picture, and one strong button that trains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

import assets
from app.kit import theme
from app.kit.drawing.columns import Dots, Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Path, Point, Rectangle, Text, text_width
from app.kit.drawing.view import Draw, DrawingView
from app.kit.icons import set_icon
from app.kit.numbers import counted, duration
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.frame import column_layout, fill, push_button, row_layout
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.words import plain_tip
from app.workspaces.recommender.home.starts import Start
from app.workspaces.recommender.words import data_name

FOOT, LINE = 24.0, 18.0
CROSSES, ON = 8, (1, 5)
TOWER = (8, 6, 4)
BOX, UNIT = 15.0, 6.5
STAGES = ((0.0, 0.19, 1.0), (0.405, 0.19, 0.55), (0.81, 0.19, 0.28))
"""Of each stage, as shares: its left edge and width, and of the height how much it takes."""
DOTS = ((13, 21, 1.7, 55), (9, 8, 2.6, 80), (6, 3, 4.0, 100))
"""Across, down, the radius in pixels, and the opacity in per cent."""


def draw_wide_deep(_data: None, frame: Frame) -> Drawing:
    """Draw the crosses at the left, of which two are on, and the tower over dense vectors at the right; both end in
    one sigmoid."""
    width, floor = frame.width, frame.height - FOOT - BOX / 2 - 4
    top = (width * 0.5, 28.0)
    crosses = _spread(BOX / 2 + 1, width * 0.40, CROSSES, floor)
    base = frame.height - FOOT + 3
    said = _tr("Crosses of columns on the left and a tower of dense layers on the right join in one sigmoid")
    return Drawing(
        (
            *_wide(crosses, top),
            *_deep(_tower(width, floor, top[1] + 52), top),
            Disc(*top, 13, "accent"),
            Text("σ", (top[0] - 13, top[1] - 14, 26, 26), 14, "on_accent", bold=True),
            *_bold_then(top[0] - 24, top[1] - 18, _tr("wide"), _tr(" memorises"), 1.0),
            *_bold_then(top[0] + 24, top[1] - 18, _tr("deep"), _tr(" generalises"), 0.0),
            Text(_tr("crosses, such as Masters × Exec-managerial"), (0, base, width, LINE), 12, "text_muted", "left"),
            Text(_tr("every word as a dense vector"), (0, base, width, LINE), 12, "text_muted", "right"),
        ),
        said,
    )


def _tower(width: float, floor: float, top: float) -> list[list[Point]]:
    left, right = width * 0.60, width - UNIT - 1
    inset = (right - left) / 14
    heights = [floor + (top - floor) * level / (len(TOWER) - 1) for level in range(len(TOWER))]
    return [
        _spread(left + level * inset * 1.6, right - level * inset * 1.6, count, y)
        for level, (count, y) in enumerate(zip(TOWER, heights, strict=True))
    ]


def _wide(crosses: Sequence[Point], top: Point) -> list[Mark]:
    ways: list[Mark] = [
        Path(_rising(x, y - BOX / 2, top), "accent" if index in ON else "text_muted 45%", 2.2 if index in ON else 1.0)
        for index, (x, y) in sorted(enumerate(crosses), key=lambda cross: cross[0] in ON)
    ]
    boxes: list[Mark] = []
    for index, (x, y) in enumerate(crosses):
        fill, stroke = ("accent", "accent") if index in ON else ("surface", "text_muted")
        boxes.append(Rectangle((x - BOX / 2, y - BOX / 2, BOX, BOX), fill, stroke, 1.2, 4.0))
    return ways + boxes


def _deep(rows: Sequence[Sequence[Point]], top: Point) -> list[Mark]:
    wires = tuple((*start, *end) for below, above in pairwise(rows) for start in below for end in above)
    ways = [Path(_rising(*place, top), "text_muted 60%") for place in rows[-1]]
    units = tuple(place for row in rows for place in row)
    return [Lines(wires, "text_muted 28%", 0.8), *ways, Dots(units, UNIT, "surface", "text_muted", 1.4)]


def _spread(left: float, right: float, count: int, y: float) -> list[Point]:
    return [(left + (right - left) * place / (count - 1), y) for place in range(count)]


def _rising(x: float, y: float, end: Point) -> QPainterPath:
    """From a box or unit straight up, then over to the σ."""
    path = QPainterPath()
    path.moveTo(x, y)
    path.cubicTo(x, y - 0.62 * (y - end[1]), end[0], end[1] + 8, *end)
    return path


def draw_narrowing(_data: None, frame: Frame) -> Drawing:
    """Draw the catalogue, the candidates and what is shown as ever fewer dots."""
    width, height = frame.width, frame.height - FOOT - 12
    boxes = [(width * left, 4 + height * (1 - tall) / 2, width * wide, height * tall) for left, wide, tall in STAGES]
    marks: list[Mark] = []
    for (left, top, wide, tall), after in pairwise(boxes):
        right, middle = left + wide, (left + wide + after[0]) / 2
        path = QPainterPath()
        path.moveTo(right, top)
        path.cubicTo(middle, top, middle, after[1], after[0], after[1])
        path.lineTo(after[0], after[1] + after[3])
        path.cubicTo(middle, after[1] + after[3], middle, top + tall, right, top + tall)
        marks.append(Path(path, fill="accent_soft"))
    for box, stage in zip(boxes, DOTS, strict=True):
        marks += _stage(box, *stage)
    for (before, after), words in zip(pairwise(boxes), (_tr("nearest to u"), _tr("watch time")), strict=True):
        neck = (before[0] + before[2], 4, after[0] - before[0] - before[2], height)
        marks.append(Text(words, neck, 12, "accent", bold=True))
    base, middle = frame.height - FOOT + 3, boxes[1][0] + boxes[1][2] / 2
    return Drawing(
        (
            *marks,
            *_bold_then(0, base, _tr("millions"), _tr(" in the catalogue"), 0.0),
            *_bold_then(middle, base, _tr("hundreds"), _tr(" of candidates"), 0.5),
            *_bold_then(width, base, _tr("dozens"), _tr(" shown"), 1.0),
        ),
        _tr("Millions of items are narrowed down to hundreds of candidates, then to dozens that are shown"),
    )


def _stage(box: tuple[float, float, float, float], across: int, down: int, radius: float, strong: int) -> list[Mark]:
    left, top, width, height = box
    full, faint = list[Point](), list[Point]()
    for row in range(down):
        for column in range(across):
            place = left + width * (column + 0.5) / across, top + height * (row + 0.5) / down
            (faint if (7 * column + 5 * row + column * row) % 4 == 0 else full).append(place)
    return [
        Rectangle(box, "accent_soft", corner=6),
        Dots(tuple(full), radius, f"accent {strong}%"),
        Dots(tuple(faint), radius, f"accent {strong // 2}%"),
    ]


def _bold_then(x: float, top: float, bold: str, rest: str, share: float) -> list[Mark]:
    """Return a strong word and the rest of the line, of which ``share`` stands left of a place."""
    strong, plain = text_width(bold, 12, True), text_width(rest, 12)
    left = x - share * (strong + plain)
    return [
        Text(bold, (left, top, strong + 2, LINE), 12, align="left", bold=True),
        Text(rest, (left + strong, top, plain + 2, LINE), 12, "text_muted", "left"),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Diagrams", text)


PADDING, HEIGHT, TALLEST = 22, 196, 250
SPACING, FOLDED_SPACING = 6, 12
"""Pixels between its lines; while it is folded the title stands right over the buttons."""
EXAMPLES = "recommenders/examples"
"""Where trained examples that come with the program lie, a checkpoint for each recommender's key."""


@dataclass(frozen=True, slots=True)
class Idea:
    """A recommender's card. All texts but ``model`` are source strings of the context ``Ideas``. ``second``: key of the
    task kind that is its second network, if it has one, and ``train_second`` the words of the way to that."""

    model: str
    title: str
    thought: str
    about: str
    paper: str
    diagram: Draw
    second: str = ""
    train_second: str = ""


IDEAS = (
    Idea(
        "wide-deep",
        QT_TRANSLATE_NOOP("Ideas", "Wide & Deep"),
        QT_TRANSLATE_NOOP("Ideas", "memorise and generalise"),
        QT_TRANSLATE_NOOP(
            "Ideas",
            "One half memorises which pairs go together; the other places every word in a space and "
            "generalises to unseen pairs. Both are trained as one logit.",
        ),
        QT_TRANSLATE_NOOP("Ideas", "Cheng et al. 2016"),
        draw_wide_deep,
    ),
    Idea(
        "candidates",
        QT_TRANSLATE_NOOP("Ideas", "YoutubeDNN"),
        QT_TRANSLATE_NOOP("Ideas", "millions → hundreds → dozens"),
        QT_TRANSLATE_NOOP(
            "Ideas",
            "A network turns what a user watched into one vector u; the nearest items are the candidates, and "
            "a second network ranks them.",
        ),
        QT_TRANSLATE_NOOP("Ideas", "Covington et al. 2016"),
        draw_narrowing,
        "ranking",
        QT_TRANSLATE_NOOP("Ideas", "Train its ranking"),
    ),
)

_TRAIN = {
    "adult": QT_TRANSLATE_NOOP("Ideas", "Train on Census"),
    "movielens-small": QT_TRANSLATE_NOOP("Ideas", "Train on MovieLens"),
    "video-site": QT_TRANSLATE_NOOP("Ideas", "Train on the video site"),
}
"""The button that trains, by the data it trains on."""


class IdeaCard(QFrame):
    """``train_wanted(Start)``; ``example_wanted(Path)``; ``unfolded(bool)``: whether it is to say how it works, where
    it is folded."""

    unfolded = Signal(bool)
    train_wanted = Signal(object)
    example_wanted = Signal(object)

    def __init__(self, idea: Idea, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.start = Start.usual(idea.model)
        self.second = Start.usual(idea.second) if idea.second else None
        self._title = Label(_words(idea.title))
        self._thought = ElidedLabel(_words(idea.thought))
        self._about = wrapped(_words(idea.about))
        self.diagram = DrawingView(idea.diagram, None, hint=QSize(420, HEIGHT), least=QSize(320, HEIGHT))
        self.diagram.setMaximumHeight(TALLEST)
        self.diagram.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.unfold = push_button(self.tr("How it works"), "link")
        self.unfold.setCheckable(True)
        self.unfold.hide()
        self.unfold.clicked.connect(self.unfolded)
        head = fill(
            row_layout(spacing=12),
            (self._title, 0, Qt.AlignmentFlag.AlignBaseline),
            (self._thought, 1, Qt.AlignmentFlag.AlignBaseline),
        )
        if self.second is not None:
            head.addWidget(self._way_to(self.second, idea), 0, Qt.AlignmentFlag.AlignVCenter)
        self._column = fill(
            column_layout(self, (PADDING, 16, PADDING, 16), spacing=SPACING),
            head,
            self._about,
            1,
            self.diagram,
            1,
            self._foot(idea),
        )
        theme.follow(self.restyle)

    def _way_to(self, second: Start, idea: Idea) -> QPushButton:
        self.train_second = push_button(_words(idea.train_second), "link")
        tip = self.tr("Train the second network on the impressions of “{data}”: for how long would each be watched?")
        self.train_second.setToolTip(plain_tip(tip.format(data=data_name(second.data))))
        self.train_second.clicked.connect(lambda: self.train_wanted.emit(second))
        return self.train_second

    def _foot(self, idea: Idea) -> QHBoxLayout:
        self.train = push_button(
            _words(_TRAIN[self.start.data.source]),
            "primary",
            self.tr("Train it now and watch it learn; it continues when the window closes"),
        )
        set_icon(self.train, "play", "on_accent")
        self.train.clicked.connect(lambda: self.train_wanted.emit(self.start))
        self.example = push_button(
            self.tr("Open a trained example"),
            "pill",
            self.tr("An already trained network that you can ask right away"),
        )
        example = f"{EXAMPLES}/{idea.model}.safetensors"
        if not assets.has(example):  # without MovieLens, what was trained on it is left out too
            self.example.hide()
        self.example.clicked.connect(lambda: self.example_wanted.emit(assets.path(example)))
        facts = QVBoxLayout()
        facts.setSpacing(0)
        self._paper, self._time = ElidedLabel(_words(idea.paper), "muted"), ElidedLabel("", "muted")
        for label in (self._paper, self._time):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            facts.addWidget(label)
        row = fill(row_layout(spacing=10), self.train, self.example, self.unfold, (facts, 1))
        self.set_time(None)
        return row

    def fold(self, *, folds: bool, folded: bool) -> None:
        """Whether it leaves the room to others, and is folded at present: thought and buttons alone."""
        self.unfold.setVisible(folds)
        self.unfold.setChecked(not folded)
        self._column.setSpacing(FOLDED_SPACING if folded else SPACING)
        for part in (self._about, self.diagram, self._paper, self._time):
            part.setVisible(not folded)

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        self._title.setStyleSheet("font-size: 20px; font-weight: 700;")
        self._thought.setStyleSheet(f"font-size: 14px; font-weight: 500; color: {theme.current().accent};")

    def set_time(self, seconds: float | None) -> None:
        """How long such a run took the last time, where there has been one."""
        planned = self.start.epochs
        known = planned is not None and counted(planned, self.tr("{count} {count:epoch|epochs}"))
        epochs = known or self.tr("until it stops improving")
        here = self.tr("{epochs}, {time} here").format(epochs=epochs, time="" if seconds is None else duration(seconds))
        self._time.set_full_text(epochs if seconds is None else here)


def _words(text: str) -> str:
    return QCoreApplication.translate("Ideas", text)
