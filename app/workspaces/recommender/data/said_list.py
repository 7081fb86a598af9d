"""What is to be known of data, a sentence a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.kit import theme
from app.kit.translation import sentence_of
from app.kit.widgets.labels import Label, wrapped
from engine.problems import Problem

NOTICE = ".notice-"
"""In the code of what was done to data as they were read; all else harms."""


class SaidList(QWidget):
    """A dot before each sentence: amber for what harms, pale for what was done as the data were read."""

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
        return tuple(sentence_of(one) for one in self._said)

    def say(self, said: Sequence[Problem]) -> None:
        """Say other things; that there is nothing, where there is nothing."""
        self._said = tuple(sorted(said, key=lambda one: NOTICE in one.code))
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._dots = []
        for one in self._said:
            self._add(sentence_of(one), "text_muted" if NOTICE in one.code else "warning")
        if not said and self._nothing:
            self._add(self._nothing, "good")
        self.restyle()

    def _add(self, sentence: str, colour: str) -> None:
        dot, words = Label("●"), wrapped(sentence, None)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = self._grid.rowCount()
        self._grid.addWidget(dot, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)
        self._dots.append((dot, colour))

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        for dot, colour in self._dots:
            dot.setStyleSheet(f"color: {getattr(theme.current(), colour)}; font-size: 10px; padding-top: 2px;")
