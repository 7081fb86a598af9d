"""A file of one's own becomes data to learn from: proposed, changed, judged, and handed on."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.kit.announce import recorded
from app.kit.widgets.frame import WINDOW_FRAME
from app.workspaces.recommender.data.mapping_dialog import HEIGHT, MappingDialog
from engine.recommenders.data.data_choice import ItemTable, Mapped, RecommenderData, TableChoice
from engine.recommenders.data.profile.forms import FORMS, Form

WAIT_MS = 60_000
Opener = Callable[..., MappingDialog]


@pytest.fixture
def opened(qtbot: QtBot) -> Opener:
    def open_one(path: Path, form: Form | None = None) -> MappingDialog:
        dialog = MappingDialog(path, form=form)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        qtbot.waitUntil(lambda: not dialog._reading.busy, timeout=WAIT_MS)
        return dialog

    return open_one


@pytest.fixture
def watches(tmp_path: Path) -> Path:
    path = tmp_path / "watches.csv"
    rows = [f"p{n % 7},f{n % 11},{1_500_000_000 + n},{n % 5}" for n in range(60)]
    path.write_text("person,film,when,stars\n" + "\n".join(rows) + "\n")
    return path


@pytest.fixture
def films(tmp_path: Path) -> Path:
    path = tmp_path / "films.csv"
    path.write_text("code,title\n" + "\n".join(f"f{n},Film number {n}" for n in range(11)) + "\n")
    return path


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    path = tmp_path / "examples.csv"
    rows = [f"{'rgb'[n % 3]},{n % 40},{'yes' if n % 4 == 0 else 'no'},{n % 6}" for n in range(60)]
    path.write_text("colour,weight,bought,score\n" + "\n".join(rows) + "\n")
    return path


def test_a_log_with_a_file_of_its_items(qtbot: QtBot, opened: Opener, watches: Path, films: Path) -> None:
    dialog = opened(watches)
    mapping = Mapped(user="person", item="film", time="when", rating="stars")
    assert dialog.choice == RecommenderData(source="file", path=watches, mapping=mapping)
    dialog.take_items(films)
    qtbot.waitUntil(lambda: not dialog._reading.busy, timeout=WAIT_MS)
    table = ItemTable(path=films, id="code", title="title")
    expected = RecommenderData(source="file", path=watches, mapping=mapping, item_table=table)
    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    assert told.args == [expected] and not dialog.isVisible()


def test_a_file_whose_columns_are_chosen_again_is_what_its_run_took_it_for(opened: Opener, watches: Path) -> None:
    """It looks like a log, and a run of Wide & Deep reads it as a table."""
    assert opened(watches).form.currentIndex() == FORMS.index("watches")
    assert opened(watches, "examples").form.currentIndex() == FORMS.index("examples")


def test_the_button_says_whether_training_starts_at_once(opened: Opener, watches: Path) -> None:
    new, again = opened(watches).use, opened(watches, "examples").use
    assert new.text() == "&Train on these data" and "Start training at once" in new.toolTip()
    assert again.text() == "&Use these data" and "Draft a run" in again.toolTip()


def test_a_column_that_decides_the_label_alone_is_left_out_until_it_is_ticked(
    qtbot: QtBot, opened: Opener, tmp_path: Path
) -> None:
    path = tmp_path / "deals.csv"
    rows = [f"{n * 7919 % 100},{'won' if n % 3 == 0 else 'lost'},{'yes' if n % 3 == 0 else 'no'}" for n in range(400)]
    path.write_text("size,stage,bought\n" + "\n".join(rows) + "\n")
    dialog = opened(path)
    read = {"size": "number", "stage": "category", "bought": "label"}
    assert dialog.roles.roles == {**read, "stage": "unused"} and dialog.use.isEnabled()
    reason = dialog.roles.reasons["stage"].text()
    assert reason.startswith("“stage” is left out, as it alone predicts “bought” on held-out rows")
    assert reason in dialog.said.sentences, "its own line may lie out of sight"
    (tick,) = dialog.roles.ticks.values()
    tick.click()
    assert dialog.roles.roles == read
    (leak,) = (sentence for sentence in dialog.said.sentences if "held-out rows" in sentence)
    assert leak.startswith("“stage” alone predicts “bought”") and dialog.use.isEnabled()
    dialog.roles.choices["stage"].choose("unused")
    dialog.roles.choices["stage"].picked.emit("unused")
    assert not tick.isChecked() and leak not in dialog.said.sentences and reason in dialog.said.sentences


def test_the_window_names_no_flags_for_a_column_that_was_left_out(opened: Opener, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    rows = [f"{7919 * n % 10007 + 10000},{20 + n % 30},{'yes' if n % 3 else 'no'}" for n in range(200)]
    path.write_text("number,age,bought\n" + "\n".join(rows) + "\n")
    dialog = opened(path)
    assert dialog.roles.roles["number"] == "unused" and not any("--" in told for told in dialog.said.sentences)
    assert any("choose its use under “taken as” above." in told for told in dialog.said.sentences)


def test_a_log_called_like_movielens_has_its_columns_chosen(opened: Opener, tmp_path: Path) -> None:
    lines = [f"{n % 9},{n % 7},{n % 5 + 1},{1_500_000_000 + n}" for n in range(90)]
    (tmp_path / "ratings.csv").write_text("\n".join(["userId,itemId,rating,timestamp", *lines]))
    dialog = opened(tmp_path / "ratings.csv")
    assert dialog.roles.roles == {"userId": "user", "itemId": "item", "rating": "rating", "timestamp": "time"}
    assert dialog.use.isEnabled()


def test_rows_that_training_leaves_out_are_said(opened: Opener, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    rows = [f"{20 + n % 30},{('no', 'yes')[n % 2]}" for n in range(200)]
    path.write_text("\n".join(["age,bought", *rows, "33", "33,yes,more"]) + "\n")
    dialog = opened(path)
    cut = (
        "Rows left out because they don't have 2 fields: 2; the first is row 202 of the file (counting any header),"
        " with 1."
    )
    assert cut in dialog.said.sentences and dialog.use.isEnabled()
    assert "200" in dialog.about.text()


def test_most_of_a_dozen_columns_are_seen_at_once(qtbot: QtBot, opened: Opener, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    rows = [",".join([*(str(n * at % 97) for at in range(2, 14)), ("no", "yes")[n % 2]]) for n in range(200)]
    path.write_text("\n".join([",".join([*(f"column {at}" for at in range(12)), "bought"]), *rows]) + "\n")
    dialog = opened(path)
    dialog.show()
    qtbot.waitExposed(dialog)
    seen = dialog.roles.viewport().rect()
    names = [choice for choice in dialog.roles.choices.values() if not choice.visibleRegion().isEmpty()]
    assert seen.height() > dialog.head.height() and len(names) >= 10


def test_it_fits_on_a_small_screen_with_its_frame(
    opened: Opener, watches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 150 % of 1440 × 900 its buttons stood at the screen's very edge."""
    screen = SimpleNamespace(availableSize=lambda: QSize(960, 600))
    monkeypatch.setattr(MappingDialog, "screen", lambda _dialog: screen)
    assert opened(watches).height() <= 600 - WINDOW_FRAME.height()


def test_many_notes_leave_the_buttons_on_the_screen(qtbot: QtBot, opened: Opener, tmp_path: Path) -> None:
    """Seven notes made it 904 pixels high: “Use these data” lay below a screen of 900."""
    path = tmp_path / "prices.csv"
    prices = [",".join(f"${1000 + 7 * n * at % 8999:,}".join('""') for at in range(1, 13)) for n in range(60)]
    rows = [f"{line},{('no', 'yes')[n % 2]}" for n, line in enumerate(prices)]
    path.write_text("\n".join([",".join([*(f"shop {at}" for at in range(12)), "bought"]), *rows]) + "\n")
    dialog = opened(path)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert len(dialog.said.sentences) >= 10
    assert dialog.height() <= HEIGHT and dialog.rect().contains(dialog.use.geometry())
    assert dialog.notes.verticalScrollBar().maximum() > 0


def test_the_second_file_can_be_dropped_and_left_out(qtbot: QtBot, opened: Opener, watches: Path, films: Path) -> None:
    dialog = opened(watches)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(films))])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), *held)
    dialog.dragEnterEvent(enter)
    assert enter.isAccepted()
    dialog.dropEvent(QDropEvent(QPointF(5, 5), *held))
    qtbot.waitUntil(lambda: not dialog._reading.busy, timeout=WAIT_MS)
    assert dialog.item_name.full_text == "films.csv"
    dialog.forget_items.click()
    choice = dialog.choice
    assert choice is not None and choice.item_table is None and dialog.item_roles.isHidden()


def test_ids_that_are_written_otherwise_are_said(qtbot: QtBot, opened: Opener, watches: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("film,title\n1,One\n2,Two\n")
    dialog = opened(watches)
    dialog.take_items(path)
    qtbot.waitUntil(lambda: not dialog._reading.busy, timeout=WAIT_MS)
    assert any("None of the items" in sentence for sentence in dialog.said.sentences)


def test_what_is_wrong_is_said_and_can_be_mended(qtbot: QtBot, opened: Opener, watches: Path) -> None:
    dialog = opened(watches)
    choice = dialog.roles.choices["film"]
    choice.choose("unused")
    choice.picked.emit("unused")
    assert not dialog.use.isEnabled() and dialog.choice is None
    assert dialog.said.sentences == ("No column is the item. Choose one, or treat the file as a table.",)
    stars = dialog.roles.choices["stars"]
    stars.choose("item")
    stars.picked.emit("item")
    assert dialog.use.isEnabled() and dialog.said.sentences == ()


def test_a_role_chosen_by_hand_is_not_told_by_the_reason_of_another(opened: Opener, watches: Path) -> None:
    roles = opened(watches).roles
    choice, reason = roles.choices["stars"], roles.reasons["stars"]
    proposed = reason.text()
    assert "ratings" in proposed
    for role, said in (("unused", "Chosen by hand."), ("rating", proposed)):
        choice.choose(role)
        choice.picked.emit(role)
        assert reason.text() == said


def test_a_log_without_times_says_so(qtbot: QtBot, opened: Opener, watches: Path) -> None:
    dialog = opened(watches)
    when = dialog.roles.choices["when"]
    when.choose("unused")
    when.picked.emit("unused")
    assert dialog.use.isEnabled()
    assert dialog.said.sentences == ("There are no times, so each user's rows stay in the file's order.",)


def test_a_table_and_what_counts_as_a_yes(qtbot: QtBot, opened: Opener, examples: Path) -> None:
    dialog = opened(examples)
    table = TableChoice(label="bought", equals="yes", categories=("colour", "score"), numbers=("weight",))
    assert dialog.choice == RecommenderData(source="file", path=examples, table=table)
    for name, role in (("bought", "category"), ("score", "label")):
        choice = dialog.roles.choices[name]
        choice.choose(role)
        choice.picked.emit(role)
    chosen = dialog.choice
    assert chosen is not None and chosen.table is not None
    assert (chosen.table.label, chosen.table.equals, chosen.table.at_least) == ("score", None, 2.5)
    dialog.yes.least.setText("many")
    dialog.yes.least.textEdited.emit("many")
    assert not dialog.use.isEnabled() and "From which number on" in dialog.said.sentences[0]
    dialog.show()
    dialog.yes.least.setText("21e999")
    with recorded() as said:
        dialog.yes.least.editingFinished.emit()
    assert "out of range" in said[0][0]


def test_a_file_can_be_taken_for_the_other_sort(qtbot: QtBot, opened: Opener, examples: Path) -> None:
    dialog = opened(examples)
    dialog.form.setCurrentIndex(0)
    qtbot.waitUntil(lambda: not dialog._reading.busy, timeout=WAIT_MS)
    assert len(dialog.said.sentences) == 3 and not dialog.use.isEnabled()
    dialog.form.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not dialog._reading.busy, timeout=WAIT_MS)
    assert dialog.use.isEnabled()


def test_what_cannot_be_read_is_one_sentence(opened: Opener, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("")
    dialog = opened(path)
    assert len(dialog.said.sentences) == 1 and not dialog.use.isEnabled() and dialog.choice is None


def test_a_zipped_table_is_refused_and_a_zipped_log_is_not(
    opened: Opener, examples: Path, watches: Path, tmp_path: Path
) -> None:
    """It was taken, and training refused it."""
    for inside, refused in ((examples, True), (watches, False)):
        with ZipFile(tmp_path / f"{inside.stem}.zip", "w") as archive:
            archive.write(inside, inside.name)
        dialog = opened(tmp_path / f"{inside.stem}.zip")
        assert (dialog.choice is None) is refused and dialog.use.isEnabled() is not refused
        assert ("Unpack it" in " ".join(label.text() for label in dialog.said.findChildren(QLabel))) is refused


def _damaged(good: bytes) -> dict[str, bytes]:
    whole = io.BytesIO()
    with ZipFile(whole, "w") as archive:
        archive.writestr("watches.csv", good)
        archive.writestr("[Content_Types].xml", "")
    zipped = whole.getvalue()
    return {
        "cut.zip": zipped[: len(zipped) // 2],
        "nothing.zip": b"PK\x05\x06" + bytes(18),
        "cut.xlsx": zipped[: len(zipped) // 2],
        "renamed.csv": bytes(range(256)),
        "nul.csv": good.replace(b"p3", b"p\x00", 1),
        "cut.parquet": b"PAR1" + bytes(20),
        "empty.csv": b"",
    }


@pytest.mark.parametrize("name", [*_damaged(b"p3"), "folder.csv"])
def test_a_damaged_file_is_one_sentence_in_the_language_of_the_window(
    opened: Opener, watches: Path, tmp_path: Path, name: str, in_chinese: None
) -> None:
    path = tmp_path / name
    path.mkdir() if name == "folder.csv" else path.write_bytes(_damaged(watches.read_bytes())[name])
    said = [label.text() for label in opened(path).said.findChildren(QLabel)]
    known = r"MovieLens|MovieTweetings|KuaiRec|\w+\.(csv|dat|data)\b|CSV|Parquet|UTF-8|zip"
    (sentence,) = (text for text in said if len(text) > 1)
    assert not re.search("[A-Za-z]", re.sub(known, "", sentence.replace(str(path), ""))), sentence


def test_an_unreadable_file_of_items_leaves_the_log_usable(
    qtbot: QtBot, opened: Opener, watches: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text("")
    dialog = opened(watches)
    dialog.take_items(broken)
    qtbot.waitUntil(lambda: not dialog._reading.busy, timeout=WAIT_MS)
    assert len(dialog.said.sentences) == 1
    assert dialog.use.isEnabled() and dialog.choice is not None


def test_the_switch_goes_back_where_a_form_could_not_be_read(qtbot: QtBot, opened: Opener, watches: Path) -> None:
    dialog = opened(watches)
    watches.unlink()
    dialog.form.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not dialog._reading.busy, timeout=WAIT_MS)
    assert dialog.form.currentIndex() == 0 and len(dialog.said.sentences) == 1
    assert dialog.use.isEnabled() and not dialog.item_line.isHidden()


def test_every_button_and_choice_has_a_name_and_a_tip(opened: Opener, watches: Path) -> None:
    dialog = opened(watches)
    keys = [button.text().partition("&")[2][:1].lower() for button in dialog.findChildren(QPushButton)]
    keys += [label.text().partition("&")[2][:1].lower() for label in dialog.findChildren(QLabel) if label.buddy()]
    assert "" not in keys and len(keys) == len(set(keys))
    for button in dialog.findChildren(QPushButton):
        assert button.toolTip()
    for choice in dialog.roles.choices.values():
        assert choice.accessibleName() and choice.toolTip()


def test_names_that_look_like_markup_are_shown_letter_by_letter(opened: Opener, tmp_path: Path) -> None:
    path = tmp_path / "markup.csv"
    name = "<img src='a.png'>"
    path.write_text(f"{name},b\n" + "\n".join(f"{n % 2},{n % 30}" for n in range(60)) + "\n")
    dialog = opened(path)
    assert name in dialog.roles.choices
    assert "<img" not in dialog.roles.choices[name].toolTip()
    labels = [label for label in dialog.findChildren(QLabel) if label.text() == name]
    assert labels and all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    assert name in dialog.head.model.head.columns


@pytest.mark.parametrize("by", ["cancel", "escape", "title bar", "use"])
def test_a_shown_dialog_goes_away(qtbot: QtBot, watches: Path, by: str) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    dialog = MappingDialog(watches, owner)
    chosen: list[RecommenderData] = []
    dialog.chosen.connect(chosen.append)
    dialog.open()
    qtbot.waitUntil(dialog.use.isEnabled, timeout=WAIT_MS)
    left, gone = Qt.MouseButton.LeftButton, []
    dialog.destroyed.connect(lambda: gone.append(by))
    if by == "escape":
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    elif by == "title bar":
        dialog.close()
    else:
        qtbot.mouseClick(dialog.use if by == "use" else dialog.cancel, left)
    qtbot.waitUntil(lambda: bool(gone), timeout=WAIT_MS)
    assert len(chosen) == (by == "use")


def test_a_list_of_columns_ends_in_whole_rows(qtbot: QtBot, opened: Opener, tmp_path: Path) -> None:
    """At 1400×900 the seventh of a census' columns was cut in half."""
    path = tmp_path / "many.csv"
    rows = [",".join(str(n * at % 31) for at in range(14)) + f",{('no', 'yes')[n % 2]}" for n in range(60)]
    path.write_text("\n".join([",".join([*(f"column {at}" for at in range(14)), "bought"]), *rows]) + "\n")
    dialog = opened(path)
    dialog.show()
    qtbot.waitExposed(dialog)
    area = dialog.roles

    def cut() -> list[QWidget]:
        end = area.widget().mask().boundingRect().height() or area.viewport().height()
        parts = area.widget().findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [part for part in parts if part.y() < end < part.y() + part.height()]

    for height in (520, 531, 542, 553):
        dialog.resize(dialog.width(), height)
        qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0 and not cut())
