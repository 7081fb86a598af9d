"""What the views of logs and of tables have in common: sentences, headings, a panel at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from app.kit import theme
from app.kit.capitals import in_capitals
from app.kit.charts.card import PlotCard
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.frame import clear_layout, column_layout, fill, row_layout, scrolled
from app.kit.widgets.labels import ElidedLabel, Label, Sentence, wrapped
from app.kit.words import plain_tip
from app.workspaces.recommender.words import notice_words
from engine.problems import Problem

PANEL, MARGIN, GAP = 300, 16, 12


class SentenceLine(QWidget):
    """One sentence behind a dot that says whether all is well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._well = True
        self._dot = Label("●")
        self.sentence = Sentence()
        fill(row_layout(self, spacing=8), self._dot, (self.sentence, 1))
        theme.follow(self.restyle)

    def say(self, sentence: str, *, well: bool) -> None:
        """Say another one."""
        self._well = well
        self.sentence.set_full_text(sentence)
        self.restyle()

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        colour = theme.current().good if self._well else theme.current().warning
        self._dot.setStyleSheet(f"color: {colour}; font-size: 12px;")


class NamedNumbers(QGridLayout):
    """Names and numbers, two beside one another."""

    def __init__(self, heads: Sequence[tuple[str, str, str]]) -> None:
        """``heads``: key, name and tooltip of each."""
        super().__init__()
        self.setHorizontalSpacing(14)
        self.setVerticalSpacing(1)
        self.values: dict[str, ElidedLabel] = {}
        self._captions: dict[str, ElidedLabel] = {}
        for at, (key, head, tip) in enumerate(heads):
            caption, value = ElidedLabel(head, "muted"), ElidedLabel("", "number")
            caption.setToolTip(plain_tip(tip))
            self.values[key], self._captions[key] = value, caption
            row, side = 3 * (at // 2), at % 2
            self.addWidget(caption, row, side)
            self.addWidget(value, row + 1, side)
            self.setRowMinimumHeight(row + 2, 6)

    def say(self, **texts: str) -> None:
        """Say the numbers."""
        for key, text in texts.items():
            self.values[key].set_full_text(text)

    def show_only(self, *keys: str) -> None:
        """Leave the other ones out."""
        for key, value in self.values.items():
            for label in (value, self._captions[key]):
                label.setVisible(key in keys)


class TwoColumns(QWidget):
    """A main column and a panel at its right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = SentenceLine()
        self.panel = PanelColumn()
        self.panel.setFixedWidth(PANEL)
        main = QWidget()
        self.main = fill(column_layout(main, (MARGIN, GAP, MARGIN, MARGIN), spacing=GAP), self.line)
        line = QFrame()
        line.setFixedWidth(1)
        line.setStyleSheet("background: palette(mid); border: none;")
        fill(row_layout(self, spacing=0), (scrolled(main), 1), line, self.panel)

    def add_heading(self, text: str) -> QLabel:
        """Begin a part of the panel."""
        label = Label(in_capitals(text), role="heading")
        self.panel.rows.addWidget(label)
        return label


def plain_header() -> str:
    """The style sheet of a table whose header is a line of small print."""
    colours = theme.current()
    return (
        "QTableView { border: none; background: transparent; }"
        "QHeaderView { border: none; background: transparent; }"
        f"QHeaderView::section {{ background: transparent; border: none; color: {colours.text_muted};"
        f" border-bottom: 1px solid {colours.border}; padding: 3px 6px; font-size: 11px; font-weight: 600; }}"
    )


def card(title: str, view: QWidget, name: str, *subtitles: str) -> PlotCard:
    """A card on the page; subtitles, the fullest first."""
    made = PlotCard(title, view, name)
    made.setProperty("role", "card")
    if subtitles:
        made.set_subtitle((*subtitles, ""))
    return made


NOTICE = ".notice-"
"""In the code of what was done to data as they were read; all else harms."""


class SaidList(QWidget):
    """A dot before each sentence: a warning for what harms, pale for what was done as the data were read."""

    def __init__(self, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nothing = nothing
        self._said: tuple[Problem, ...] = ()
        self._dots: list[tuple[QLabel, str]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        theme.follow(self.restyle)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is said."""
        return tuple(notice_words(problem) for problem in self._said)

    def say(self, said: Sequence[Problem]) -> None:
        """Say other things; that there is nothing, where there is nothing."""
        self._said = tuple(sorted(said, key=lambda problem: NOTICE in problem.code))
        clear_layout(self._grid)
        self._dots = []
        for problem in self._said:
            self._add(notice_words(problem), "text_muted" if NOTICE in problem.code else "warning")
        if not said and self._nothing:
            self._add(self._nothing, "good")
        self.restyle()

    def _add(self, sentence: str, colour: str) -> None:
        dot, words = Label("●"), wrapped(sentence, None)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setMinimumHeight(1)  # as high as its width asks for, not as a narrow column would
        row = self._grid.rowCount()
        self._grid.addWidget(dot, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)
        self._dots.append((dot, colour))

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        for dot, colour in self._dots:
            dot.setStyleSheet(f"color: {getattr(theme.current(), colour)}; font-size: 10px; padding-top: 2px;")
