"""A short lesson: what there is to try here, ticked when it is done, and remembered."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit import theme
from app.kit.announce import announce
from app.kit.widgets.labels import ElidedLabel
from app.kit.widgets.tone import restyle
from app.workspaces.neuron.model import NeuronModel, Part
from app.workspaces.workspace import Memory

NOTE = "lesson"
BY_ONE_LINE = ("and", "or", "not")


class Lesson(QWidget):
    """Goals in order; each is ticked by what is done, whichever way. ``stood(words)``: another one is done."""

    stood = Signal(str)

    def __init__(self, model: NeuronModel, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._memory = model, memory
        self._texts = {
            "parts": self.tr("Light up all six parts"),
            "lines": self.tr("AND, OR and NOT"),
            "xor": self.tr("XOR: look at all settings"),
            "learn": self.tr("Let it learn a table"),
            "layer": self.tr("Add a hidden layer"),
        }
        self._seen: set[str] = set()
        self.done: set[str] = set()
        for word in memory.noted(NOTE).split():
            (self.done if word in self._texts else self._seen).add(word)
        self._rows: dict[str, ElidedLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for key in self._texts:
            row = ElidedLabel()
            self._rows[key] = row
            column.addWidget(row)
        model.pointed.connect(self._see_part)
        model.changed.connect(self._see_table)
        theme.follow(self._show)

    def tick(self, goal: str) -> None:
        """A goal is reached."""
        if goal not in self.done:
            self.done.add(goal)
            announce(self, self.tr("Done: {goal}").format(goal=self._texts[goal]))
            self._note()

    @Slot()
    def _see_part(self) -> None:
        if self._model.key is None or "parts" in self.done:
            return
        self._see(self._model.key[0].value)
        if self._seen >= {part.value for part in Part}:
            self.tick("parts")

    @Slot()
    def _see_table(self) -> None:
        key = self._model.reading.table_key
        if self._model.secret:
            return  # a tick would tell that every row is right
        if "lines" not in self.done and key in BY_ONE_LINE and self._model.reading.solved:
            self._see(key)
            if self._seen >= set(BY_ONE_LINE):
                self.tick("lines")

    def _see(self, word: str) -> None:
        if word not in self._seen:
            self._seen.add(word)
            self._note()

    @property
    def standing(self) -> str:
        """How many goals are reached."""
        return self.tr("{done} of {all} done").format(done=len(self.done), all=len(self._texts))

    def _note(self) -> None:
        self._memory.note(NOTE, " ".join(sorted(self._seen | self.done)))
        self.stood.emit(self.standing)
        self._show()

    def _words(self, key: str) -> str:
        """The goal, with how far it has come."""
        wanted = {"parts": {part.value for part in Part}, "lines": set(BY_ONE_LINE)}.get(key, set())
        seen = len(wanted & self._seen)
        if key in self.done or not seen:
            return self._texts[key]
        return self.tr("{goal} · {seen} of {all}").format(goal=self._texts[key], seen=seen, all=len(wanted))

    @Slot()
    def _show(self) -> None:
        """The first goal that is open is the next one."""
        colours = theme.current()
        following = next((key for key in self._texts if key not in self.done), None)
        for key, row in self._rows.items():
            mark = "✓" if key in self.done else "●" if key == following else "○"
            row.set_full_text(f"{mark}  {self._words(key)}")
            tone = colours.good if key in self.done else colours.text if key == following else colours.text_muted
            weight = 600 if key == following else 400
            restyle(row, f"color: {tone}; font-size: 12px; font-weight: {weight};")
            state = self.tr("done") if key in self.done else self.tr("open")
            row.setAccessibleName(f"{self._words(key)}, {state}")
