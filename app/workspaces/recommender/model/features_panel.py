"""A switch for every feature of candidate generation and of ranking (Covington et al. 2016, §3 and §4)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of, worded
from app.kit.widgets.frame import column_layout, fill, push_button, row_layout
from app.kit.widgets.labels import wrapped
from app.kit.words import letters, plain_tip
from engine.recommenders.tasks.drafts.answers import DraftFeature

_TITLES = {
    "history": QT_TRANSLATE_NOOP("Features", "Watch history"),
    "video": QT_TRANSLATE_NOOP("Features", "The video shown"),
    "latest": QT_TRANSLATE_NOOP("Features", "Latest watches"),
    "searches": QT_TRANSLATE_NOOP("Features", "Searches"),
    "category": QT_TRANSLATE_NOOP("Features", "About the user"),
    "example_age": QT_TRANSLATE_NOOP("Features", "Example age"),
}


def feature_title(feature: DraftFeature) -> str:
    """A feature's name: of one of several, the name that it has in the data."""
    if feature.name:
        return feature.name
    title = _TITLES.get(feature.sort)
    return feature.sort if title is None else QCoreApplication.translate("Features", title)


INDENT = 24


class FeatureRow(QWidget):
    """One feature: its switch, what it is or why it is not to be had, and a trial. ``switched``, ``compared``: by
    hand."""

    switched = Signal(object)
    compared = Signal(object)

    def __init__(self, feature: DraftFeature, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.feature = feature
        title = feature_title(feature)
        self.box = QCheckBox(letters(title))
        self.box.setAccessibleName(title)
        self.box.clicked.connect(self._switch)
        self.about = wrapped()
        self.trial = push_button(self.tr("Train with and without it"), "link")
        self.trial.setAccessibleName(self.tr("Train with and without {feature}").format(feature=title))
        self.trial.clicked.connect(lambda: self.compared.emit(self.feature))
        below = fill(column_layout(margins=(INDENT, 0, 0, 0), spacing=0), self.about)
        link = fill(row_layout(), self.trial, 1)
        below.addLayout(link)
        fill(column_layout(self, spacing=1), self.box, below)
        self.show_feature(feature)

    def show_feature(self, feature: DraftFeature) -> None:
        """How it is with the feature now."""
        self.feature = feature
        can = feature.change is not None and feature.why_not is None
        self.box.setChecked(feature.on)
        self.box.setEnabled(can)
        self.trial.setVisible(can)
        missing = feature.why_not
        self.about.setText(self._about(feature))
        if can:
            tip = self.tr("Leave it out of the network") if feature.on else self.tr("Give it to the network")
        elif missing is None:
            tip = self.tr("Without it there is nothing that the network could go by")
        else:
            tip = worded(feature.what)
        self.box.setToolTip(plain_tip(tip))
        self.trial.setToolTip(
            self.tr("Train one run with this feature and one without, the rest alike, and compare their figures")
        )

    def _about(self, feature: DraftFeature) -> str:
        """Why it is not to be had, or what it is; of a column, by the name that it has in the data."""
        if feature.why_not is not None:
            return sentence_of(feature.why_not)
        if feature.sort == "category" and feature.name:
            return self.tr("A vector of its own for each value of {name}.").format(name=feature.name)
        if feature.sort == "number":
            return self.tr("A number, mapped to its place among all of its values.")
        return worded(feature.what)

    def _switch(self) -> None:
        """The tick follows the network, once that is drawn anew."""
        self.box.setChecked(self.feature.on)
        self.switched.emit(self.feature)


class FeaturesPanel(QWidget):
    """``switched(DraftFeature)``, ``compared(DraftFeature)``: by hand."""

    switched = Signal(object)
    compared = Signal(object)

    def __init__(self, features: Sequence[DraftFeature], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FeatureRow] = {}
        self._column = column_layout(self, spacing=9)
        for feature in features:
            row = self.rows[feature.key] = FeatureRow(feature)
            row.switched.connect(self.switched)
            row.compared.connect(self.compared)
            self._column.addWidget(row)

    def show_features(self, features: Sequence[DraftFeature]) -> None:
        """Which of them the network has now."""
        for feature in features:
            if feature.key in self.rows:
                self.rows[feature.key].show_feature(feature)
