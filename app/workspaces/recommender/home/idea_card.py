"""The two cards at the top of home: an idea, its picture, and one strong button that trains it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

import assets
from app.kit import theme
from app.kit.drawing.view import Draw, DrawingView
from app.kit.icons import set_icon
from app.kit.numbers import counted, duration
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.words import plain_tip
from app.workspaces.recommender.home.diagrams import draw_narrowing, draw_wide_deep
from app.workspaces.recommender.home.starts import Start
from app.workspaces.recommender.words import data_name

PADDING, HEIGHT, TALLEST = 22, 196, 250
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
            "One half remembers which pairs go together, the other places every word in a space and reaches pairs that"
            " nobody has seen. Both are trained as one logit.",
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
            "A network turns what somebody watched into one vector u; the nearest items are the candidates, and a"
            " second network puts them in order.",
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
        self.unfold = QPushButton(self.tr("How it works"))
        self.unfold.setProperty("role", "link")
        self.unfold.setCheckable(True)
        self.unfold.hide()
        self.unfold.clicked.connect(self.unfolded)
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, 16, PADDING, 16)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addWidget(self._thought, 1, Qt.AlignmentFlag.AlignBaseline)
        if self.second is not None:
            head.addWidget(self._way_to(self.second, idea), 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        column.addWidget(self._about)
        column.addStretch(1)
        column.addWidget(self.diagram)
        column.addStretch(1)
        column.addLayout(self._foot(idea))
        theme.follow(self.restyle)

    def _way_to(self, second: Start, idea: Idea) -> QPushButton:
        self.train_second = QPushButton(_words(idea.train_second))
        self.train_second.setProperty("role", "link")
        tip = self.tr("Train the second network on the impressions of “{data}”: for how long would each be watched?")
        self.train_second.setToolTip(plain_tip(tip.format(data=data_name(second.data))))
        self.train_second.clicked.connect(lambda: self.train_wanted.emit(second))
        return self.train_second

    def _foot(self, idea: Idea) -> QHBoxLayout:
        self.train = QPushButton(_words(_TRAIN[self.start.data.source]))
        self.train.setProperty("role", "primary")
        self.train.setToolTip(self.tr("Train it now; you watch it learn, and it goes on when the window closes"))
        set_icon(self.train, "play", "on_accent")
        self.train.clicked.connect(lambda: self.train_wanted.emit(self.start))
        self.example = QPushButton(self.tr("Open a trained example"))
        self.example.setProperty("role", "pill")
        self.example.setToolTip(self.tr("A network that has been trained already, ready to be asked"))
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
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.train)
        row.addWidget(self.example)
        row.addWidget(self.unfold)
        row.addLayout(facts, 1)
        self.set_time(None)
        return row

    def fold(self, *, folds: bool, folded: bool) -> None:
        """Whether it leaves the room to others, and is folded at present: thought and buttons alone."""
        self.unfold.setVisible(folds)
        self.unfold.setChecked(not folded)
        for part in (self._about, self.diagram, self._paper, self._time):
            part.setVisible(not folded)

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        self._title.setStyleSheet("font-size: 20px; font-weight: 700;")
        self._thought.setStyleSheet(f"font-size: 14px; font-weight: 500; color: {theme.current().accent};")

    def set_time(self, seconds: float | None) -> None:
        """How long such a run took the last time, where there has been one."""
        planned = self.start.epochs
        known = planned is not None and counted(planned, self.tr("1 epoch"), self.tr("{count} epochs"))
        epochs = known or self.tr("until it gets no better")
        here = self.tr("{epochs}, {time} here").format(epochs=epochs, time="" if seconds is None else duration(seconds))
        self._time.set_full_text(epochs if seconds is None else here)


def _words(text: str) -> str:
    return QCoreApplication.translate("Ideas", text)
