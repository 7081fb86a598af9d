"""About: version, what the program is, and the licences of what it is built with."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib import metadata

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.kit.icons import pixmap
from app.kit.widgets.labels import Label
from app.shell.installation import required_packages, version


@dataclass(frozen=True, slots=True)
class Dependency:
    """A package that the program is built with, as it is installed here."""

    name: str
    version: str
    licence: str


def dependencies() -> tuple[Dependency, ...]:
    """What the program requires at run time, with the licence that each package declares of itself."""
    return tuple(found for name in required_packages() if (found := _dependency(name)) is not None)


def _dependency(name: str) -> Dependency | None:
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    return Dependency(about["Name"], about["Version"], _licence(about))


def _licence(about: metadata.PackageMetadata) -> str:
    """The licence expression, or the classifier's name, or the first line of the licence field."""
    fields = about.get_all("License-Expression") or []
    classifiers = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
    free_text = [text.strip().splitlines()[0][:60] for text in about.get_all("License") or [] if text.strip()]
    return next(iter([*fields, *classifiers, *free_text]), "–")


class AboutDialog(QDialog):
    """Says what this is and whom it owes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Neuroloom"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 480)
        logo = Label()
        logo.setPixmap(pixmap("logo", 56, ratio=2.0))
        name = Label("Neuroloom")
        name.setProperty("role", "page")
        about = Label(
            self.tr("Version {version} · Python {python} · Qt {qt}").format(
                version=version(), python=platform.python_version(), qt=qVersion()
            )
        )
        about.setProperty("role", "muted")
        about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        names = QVBoxLayout()
        names.addWidget(name)
        names.addWidget(about)
        head = QHBoxLayout()
        head.addWidget(logo)
        head.addSpacing(8)
        head.addLayout(names, 1)
        text = Label(
            self.tr(
                "See how a neural network learns: weave one by hand, train it, and watch every number move.\n"
                "The program is under the MIT licence, the typefaces it carries, Inter and STIX, under the"
                " SIL Open Font Licence 1.1. It stands on these packages:"
            )
        )
        text.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(text)
        column.addWidget(self._table())
        column.addWidget(buttons)

    def _table(self) -> QTableWidget:
        rows = dependencies()
        table = QTableWidget(len(rows), 3)
        table.setHorizontalHeaderLabels([self.tr("Package"), self.tr("Version"), self.tr("Licence")])
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setAccessibleName(self.tr("Licences of the packages"))
        for row, package in enumerate(rows):
            for column, value in enumerate((package.name, package.version, package.licence)):
                table.setItem(row, column, QTableWidgetItem(value))
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        return table
