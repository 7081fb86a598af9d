"""The timeline's card: play button, phases, scrub slider, choices and the three lines; what they do is elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.builder.timeline.arithmetic import set_arithmetic
from app.builder.timeline.controls import PhaseChips, RoundPlayButton, ScrubSlider
from app.kit import theme
from app.kit.icons import set_icon
from app.kit.numbers import plain
from app.kit.typeset import MathLabel

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
FORMULA_PIXELS, NUMBER_PIXELS = 15.0, 14.0
CHOICE_WIDTH = 95
LINES_HEIGHT = 54
NARROW = 860
"""Below this width, in pixels, the formulas take lines of their own."""
LAST_COLUMN = 5
# Row, column, rows and columns of: play, phases, scrub slider, amount, speed, formulas, close.
BESIDE = ((0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1), (0, 2, 1, 1), (1, 2, 1, 1), (0, 3, 2, 2), (0, 5, 2, 1))
BELOW = ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (0, 3, 1, 1), (0, 4, 1, 1), (1, 0, 1, 6), (0, 5, 1, 1))


class TimelineCard(QFrame):
    """The widgets of the pass timeline and where they lie."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.actions_by_name: dict[str, QAction] = {}
        self._wordings: tuple[str, ...] = ("",)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Pass timeline"))
        self._build()
        self._lay_out()
        theme.follow(self._restyle)

    def set_actions(self, actions: dict[str, QAction]) -> None:
        """Make the actions the card's own and put them behind its buttons."""
        self.actions_by_name = actions
        self.addActions(list(actions.values()))
        for button, name in ((self._play, "play_pass"), (self._back, "back_pass"), (self._step, "step_pass")):
            button.setToolTip(actions[name].toolTip())
            button.setAccessibleName(actions[name].text())
            button.clicked.connect(actions[name].trigger)

    def _build(self) -> None:
        self._play = RoundPlayButton()
        self._chips = PhaseChips()
        self._slider = ScrubSlider()
        self._slider.setToolTip(self.tr("Drag through the pass; the marks are where a new phase begins"))
        self._slider.setAccessibleName(self.tr("Position in the pass"))
        self._back, self._step = self._tool("back"), self._tool("step")
        self._close = self._tool("close", self.tr("Put the pass away; the canvas shows the network alone again"))
        self._speed = self._combo(self.tr("How fast the pass plays"), self.tr("Speed of the pass"))
        for speed in SPEEDS:
            self._speed.addItem(f"{plain(speed)}×", speed)
        self._speed.setCurrentIndex(SPEEDS.index(1.0))
        self._amount = self._combo(
            self.tr("One sample, or a mini-batch whose gradients are averaged as in training"),
            self.tr("What passes through the network"),
        )
        self._amount.addItem(self.tr("1 sample"))
        self._amount.addItem(self.tr("1 mini-batch"))
        self._symbols = MathLabel("", FORMULA_PIXELS)
        self._numbers = MathLabel("", NUMBER_PIXELS, colour="accent", setter=set_arithmetic)
        self._caption = QLabel()
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._symbols.setFixedHeight(20)  # lines that do not dance as the formulas change
        self._numbers.setFixedHeight(18)
        self._numbers.setToolTip(self.tr("The same line with the numbers of one neuron; click a neuron to choose it"))

    def _tool(self, icon: str, tip: str = "") -> QToolButton:
        button = QToolButton()
        set_icon(button, icon)
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(22, 22)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _combo(self, tip: str, name: str) -> QComboBox:
        box = QComboBox()
        box.setToolTip(tip)
        box.setAccessibleName(name)
        box.setObjectName("timelineChoice")
        box.setFixedSize(CHOICE_WIDTH, 23)
        return box

    def _restyle(self) -> None:
        self._caption.setStyleSheet(f"color: {theme.current().text_muted}; font-size: 11px;")
        self.setStyleSheet(
            "QComboBox#timelineChoice { padding: 0 2px 0 7px; min-height: 19px; font-size: 11px; }"
            "QComboBox#timelineChoice::drop-down { width: 16px; }"
            'QPushButton[role="chip"] { padding: 0 8px; font-size: 11px; min-height: 20px; border-radius: 10px; }'
        )

    def _lay_out(self) -> None:
        scrub, lines = QWidget(), QWidget()
        lines.setMinimumHeight(LINES_HEIGHT)
        row = QHBoxLayout(scrub)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._back)
        row.addWidget(self._slider, 1)
        row.addWidget(self._step)
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for line in (self._symbols, self._numbers, self._caption):
            column.addWidget(line)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 3, 6, 3)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._parts = (self._play, self._chips, scrub, self._amount, self._speed, lines, self._close)
        self._narrow: bool | None = None
        self._arrange(narrow=False)

    def _arrange(self, *, narrow: bool) -> None:
        """Formulas beside the controls, or below them where there they would have too little room."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for part, place in zip(self._parts, BELOW if narrow else BESIDE, strict=True):
            self._grid.addWidget(part, *place)  # takes it from where it was
        self._grid.setAlignment(self._close, Qt.AlignmentFlag.AlignTop)
        for column in range(LAST_COLUMN + 1):
            self._grid.setColumnStretch(column, column == (2 if narrow else 3))
        self._grid.activate()  # now, so that what fits into the lines is measured in their new width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=event.size().width() < NARROW)

    @property
    def formula(self) -> tuple[str, str]:
        """Both lines shown, symbols and numbers, as mathtext."""
        return self._symbols.text, self._numbers.text

    @property
    def caption_text(self) -> str:
        """The muted line in full."""
        return self._caption.toolTip()

    def _set_formula(self, symbols: str, numbers: str) -> None:
        """Show both lines; where there is nothing to show, the caption has their room."""
        for label, text in ((self._symbols, symbols), (self._numbers, numbers)):
            label.set_text(text)
            label.setVisible(bool(symbols))

    def _set_caption(self, *wordings: str) -> None:
        """Show the longest wording that fits; the tooltip has the longest of all."""
        metrics, room = self._caption.fontMetrics(), max(60, self._numbers.width())
        self._wordings = wordings
        self._caption.setToolTip(wordings[0])
        fitting = next((text for text in wordings if metrics.horizontalAdvance(text) <= room), wordings[-1])
        self._caption.setText(metrics.elidedText(fitting, Qt.TextElideMode.ElideRight, room))
