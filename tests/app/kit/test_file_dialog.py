"""Qt's file dialogs in the program's manner: what is shown in them, and what of it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo, QItemSelectionModel, QSize, Qt, QUrl
from PySide6.QtGui import QIcon, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QFileIconProvider,
    QLineEdit,
    QListView,
    QToolButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

import app
import assets
from app.kit import file_dialog, theme
from app.kit.dress import dress
from app.kit.file_dialog import ask_for_file, ask_where_to_save
from app.kit.icons import icon
from tools.icon_themes import files_of

KINDS = ("All files that can be opened (*.loom *.csv)", "Tables (*.csv)")


class Notes(dict[str, str]):
    """What is remembered between starts."""

    def noted(self, name: str) -> str:
        return self.get(name, "")

    def note(self, name: str, choice: str) -> None:
        self[name] = choice


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Notes:
    kept = Notes()
    monkeypatch.setattr(file_dialog._Remembered, "store", kept)
    return kept


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(960, 600)
    window.show()
    return window


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The whole look, which is put back."""
    sheet, palette, name = qapp.styleSheet(), qapp.palette(), QIcon.themeName()
    yield qapp
    theme.set_theme("light")
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    QIcon.setThemeName(name)


def opening(window: QWidget, folder: Path) -> QFileDialog:
    dialog = ask_for_file(window, "Open", folder, KINDS)
    dialog.open()
    return dialog


def tree_of(dialog: QFileDialog) -> QTreeView:
    tree = dialog.findChild(QTreeView, "treeView")
    assert tree is not None
    return tree


def test_names_have_the_room_and_no_column_is_cut(window: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = opening(window, tmp_path)
    header, metrics = tree_of(dialog).header(), dialog.fontMetrics()
    widths = {column: header.sectionSize(column) for column in range(4) if not header.isSectionHidden(column)}
    assert sorted(widths) == [0, 1, 3] and widths[0] > 300
    assert widths[1] >= metrics.horizontalAdvance("1023.99 KiB") and widths[3] >= metrics.horizontalAdvance(
        "30 December 2026 22:08"
    )
    dialog.resize(dialog.minimumSizeHint().expandedTo(QSize(480, 300)))
    qtbot.waitUntil(lambda: header.isSectionHidden(3))
    assert header.sectionSize(0) >= 120, "the date goes before the names are cut"
    dialog.reject()


def test_the_size_is_kept_and_never_more_than_the_window_has(
    window: QWidget, notes: Notes, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = opening(window, tmp_path)
    assert dialog.size() == QSize(820, 480)
    dialog.resize(700, 440)
    dialog.reject()
    assert notes == {"fileDialog": "700x440"}
    again = opening(window, tmp_path)
    assert again.size() == QSize(700, 440)
    again.reject()
    for nonsense in ("99999x1", "-5x7", "a", "", "1x2x3"):
        notes["fileDialog"] = nonsense
        shown = opening(window, tmp_path)
        assert shown.width() <= 880 and shown.height() >= shown.minimumSizeHint().height()
        shown.reject()


def test_other_programs_find_their_columns_and_places_as_they_were(window: QWidget, tmp_path: Path) -> None:
    dialog = ask_for_file(window, "Open", tmp_path, KINDS)
    tree, places = tree_of(dialog), dialog.sidebarUrls()
    before = tree.header().saveState()
    dialog.open()
    assert tree.header().saveState() != before and dialog.sidebarUrls() != places
    dialog.reject()
    assert tree.header().saveState() == before and dialog.sidebarUrls() == places
    again, own = opening(window, tmp_path), QUrl.fromLocalFile(str(tmp_path))
    again.setSidebarUrls([*again.sidebarUrls(), own])  # as by dragging a folder there
    again.reject()
    assert again.sidebarUrls() == [*places, own]


def test_the_persons_own_folders_stand_first_and_once(window: QWidget, tmp_path: Path) -> None:
    dialog = opening(window, tmp_path)
    places = [url.toLocalFile() for url in dialog.sidebarUrls()]
    assert places[0] == str(Path.home()) and len(places) == len(set(places)) and "" in places
    assert all(Path(place).is_dir() for place in places if place)
    dialog.reject()


def test_kinds_are_called_by_their_names_where_there_are_many(window: QWidget, tmp_path: Path) -> None:
    dialog = opening(window, tmp_path)
    combo = dialog.findChild(QComboBox, "fileTypeCombo")
    assert combo is not None and [combo.itemText(at) for at in range(2)] == ["All files that can be opened", "Tables"]
    dialog.reject()


def test_a_name_is_typed_over_without_its_ending(
    window: QWidget, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving = ask_where_to_save(window, "Save", tmp_path / "two-spirals.loom", "Network (*.loom)", "loom")
    saving.open()
    field = saving.findChild(QLineEdit, "fileNameEdit")
    assert field is not None and field.text() == "two-spirals.loom" and field.selectedText() == "two-spirals"
    QTest.keyClicks(field, "mine")
    monkeypatch.setattr(file_dialog, "remember_folder", lambda _path: None)
    with qtbot.waitSignal(saving.fileSelected) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == [str(tmp_path / "mine.loom")]


def test_a_name_without_an_ending_gets_it(
    window: QWidget, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving = ask_where_to_save(window, "Save", tmp_path / "a.svg", "SVG (*.svg)", "svg")
    saving.open()
    field = saving.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setText("drawing")
    monkeypatch.setattr(file_dialog, "remember_folder", lambda _path: None)
    with qtbot.waitSignal(saving.fileSelected) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == [str(tmp_path / "drawing.svg")]


def picture(shown: QIcon) -> QImage:
    return shown.pixmap(QSize(20, 20)).toImage().convertToFormat(QImage.Format.Format_ARGB32)


def test_the_buttons_have_our_icons_and_a_name(window: QWidget, tmp_path: Path) -> None:
    dialog = opening(window, tmp_path)
    for name, drawn in file_dialog.BUTTONS.items():
        button = dialog.findChild(QToolButton, name)
        assert button is not None and button.accessibleName()
        assert picture(button.icon()) == picture(icon(drawn, "text"))
    dialog.reject()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_folders_and_files_are_drawn_in_the_themes_colours(
    themed: QApplication, name: str, tmp_path: Path, window: QWidget
) -> None:
    theme.set_theme(name)
    dress(themed)
    file = tmp_path / "a.loom"
    file.write_text("{}")
    for path, colour in ((tmp_path, "accent"), (file, "text_muted")):
        image = picture(QFileIconProvider().icon(QFileInfo(str(path))))
        inks = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        assert max(inks, key=lambda ink: ink.alpha()).name() == theme.colour(colour).name()
    dialog = opening(window, tmp_path)
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None and all(button.icon().isNull() for button in box.buttons())
    dialog.reject()


@pytest.mark.parametrize("one", [theme.LIGHT, theme.DARK], ids=lambda one: one.name)
def test_the_icon_themes_are_our_icons_in_our_colours(one: theme.Theme) -> None:
    """Else: ``python -m tools.icon_themes``."""
    for name, text in files_of(one).items():
        assert assets.path(f"icon_themes/{name}").read_text(encoding="utf-8") == text


def test_nobody_asks_for_a_file_in_another_way() -> None:
    root = Path(app.__file__).parent
    asking = {
        path.name for path in root.rglob("*.py") if re.search(r"QFileDialog(\.get\w+)?\(", path.read_text("utf-8"))
    }
    assert asking == {"file_dialog.py"}


def test_a_small_window_s_bounds_are_not_taken_for_a_wish(
    window: QWidget, notes: Notes, tmp_path: Path, qtbot: QtBot
) -> None:
    notes["fileDialog"] = "850x550"
    window.resize(700, 560)
    opening(window, tmp_path).reject()
    assert notes == {"fileDialog": "850x550"}


# What is typed ----------------------------------------------------------------------------------------------------


def field_of(dialog: QFileDialog) -> QLineEdit:
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    return field


@pytest.fixture
def unremembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_dialog, "remember_folder", lambda _path: None)


@pytest.mark.parametrize("by_list", [False, True], ids=["field", "completions"])
def test_a_whole_path_is_the_file_whatever_is_selected(
    window: QWidget, tmp_path: Path, qtbot: QtBot, unremembered: None, by_list: bool
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "mine.csv").write_text("a,b\n")
    dialog = opening(window, tmp_path)
    field, view = field_of(dialog), dialog.findChild(QListView, "listView")
    assert view is not None
    dialog.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: field.hasFocus() and view.model().rowCount(view.rootIndex()) == 1)
    QTest.keyClicks(field, str(folder / "mine.csv"))
    on_the_way = view.model().index(0, 0, view.rootIndex())
    view.selectionModel().select(on_the_way, QItemSelectionModel.SelectionFlag.Select)  # as Qt now and then leaves it
    assert field.text() == str(folder / "mine.csv")
    popup = field.completer().popup()
    if by_list:
        popup.show()
    with qtbot.waitSignal(dialog.fileSelected) as chosen:
        QTest.keyClick(popup if by_list else field, Qt.Key.Key_Return)
    assert chosen.args == [str(folder / "mine.csv")] and not popup.isVisible() and not dialog.isVisible()


def test_a_folder_that_is_typed_is_entered(window: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "data").mkdir()
    dialog = opening(window, tmp_path)
    field_of(dialog).setText(str(tmp_path / "data"))
    QTest.keyClick(field_of(dialog), Qt.Key.Key_Return)
    assert dialog.isVisible() and Path(dialog.directory().absolutePath()) == tmp_path / "data"
    dialog.reject()


def test_a_whole_path_to_save_under(window: QWidget, tmp_path: Path, qtbot: QtBot, unremembered: None) -> None:
    (tmp_path / "data").mkdir()
    saving = ask_where_to_save(window, "Save", tmp_path / "a.loom", "Network (*.loom)", "loom")
    saving.open()
    field = field_of(saving)
    saving.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    QTest.keyClicks(field, str(tmp_path / "data" / "mine"))
    with qtbot.waitSignal(saving.fileSelected) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == [str(tmp_path / "data" / "mine.loom")]


def test_an_ending_that_is_typed_too_is_there_once(
    window: QWidget, tmp_path: Path, qtbot: QtBot, unremembered: None
) -> None:
    saving = ask_where_to_save(window, "Save", tmp_path / "two-spirals.loom", "Network (*.loom)", "loom")
    saving.open()
    field = field_of(saving)
    QTest.keyClicks(field, "m.loom")
    assert field.text() == "m.loom" and field.cursorPosition() == 6
    with qtbot.waitSignal(saving.fileSelected) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == [str(tmp_path / "m.loom")]


def test_no_size_is_cut(window: QWidget, themed: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    dress(themed)
    (tmp_path / "a.csv").write_bytes(b"a" * 164_000)
    dialog = opening(window, tmp_path)
    dialog.findChild(QToolButton, "detailModeButton").click()
    tree = tree_of(dialog)
    qtbot.waitUntil(lambda: tree.model().rowCount(tree.rootIndex()) == 1)
    assert tree.header().sectionSize(1) >= tree.sizeHintForColumn(1)
    wide = tree.fontMetrics().horizontalAdvance("1023.99 KiB") - tree.fontMetrics().horizontalAdvance("160.16 KiB")
    assert tree.header().sectionSize(1) >= tree.sizeHintForColumn(1) + wide
    dialog.reject()
