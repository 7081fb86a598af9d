"""How the ranking network learns expected watch time (Covington et al. 2016, §4.1 and §4.2)."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.kit.widgets.labels import wrapped
from app.kit.words import plain_tip
from app.workspaces.recommender.model.draft import Draft
from app.workspaces.recommender.model.draft_edits import DraftEdits


class WatchTimePanel(QWidget):
    """Three switches of the spec; each is one undoable step."""

    def __init__(self, draft: Draft, edits: DraftEdits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._edits = draft, edits
        self.boxes = {
            "weighted": self._box(self.tr("Clicks weigh their watch time"),
                                  self.tr("A click counts as much as it was watched, an impression without one as 1")),
            "cure": self._box(self.tr("A negative for each click"),
                              self.tr("One more negative of weight 1 for each click: the expected time is then exact;"
                                      " without it, it comes out 1/(1 − p) too long at click rate p")),
            "powers": self._box(self.tr("x² and √x beside each x"),
                                self.tr("Powers of each number, from which functions that bend are formed easily")),
        }  # fmt: skip
        self.note = wrapped()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for name, box in self.boxes.items():
            box.clicked.connect(lambda on, name=name: self._set(name, on))
            rows.addWidget(box)
        rows.addWidget(self.note)
        draft.wish_changed.connect(self._show)
        self._show()

    @staticmethod
    def _box(text: str, tip: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setToolTip(plain_tip(tip))
        box.setAccessibleName(text)
        return box

    @Slot()
    def _show(self) -> None:
        spec = self._draft.wish.spec
        for name, box in self.boxes.items():
            box.setChecked(bool(spec[name]))
        exact = bool(spec["weighted"]) and bool(spec["cure"])
        inflated = self.tr("e to the z overestimates by 1/(1 − p) at click rate p.")
        odds = self.tr("e to the z is the odds of a click, not a time.")
        right = self.tr("e to the z is the expected watch time.")
        self.note.setText(right if exact else inflated if spec["weighted"] else odds)

    def _set(self, name: str, on: bool) -> None:
        """The powers are blocks of the graph; the others are no part of it."""
        label = self.boxes[name].text()
        self.boxes[name].setChecked(not on)  # until the draft says so
        if name == "powers":
            self._edits.switch(label, {name: on})
        else:
            self._draft.edit(label, wish=self._draft.wish.with_spec({name: on}))
