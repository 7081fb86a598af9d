"""What a trained run says of a table or a log whose every name is markup: columns, values, ids, titles and genres are
letters in all its sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.kit.folders import data_folder
from app.kit.words import JOINER
from app.workspaces.recommender.files import RUNS
from app.workspaces.recommender.model.section import ModelSection
from app.workspaces.recommender.page import RecommenderPage
from app.workspaces.recommender.train.section import TrainSection
from engine.cli.main import run as engine
from tests.app.plain_text import HOSTILE, misread, point_at_everything
from tests.app.told import everything_told
from tests.app.window_rig import opened_window

pytestmark = [
    pytest.mark.process,
    pytest.mark.slow,
    pytest.mark.usefixtures("kept_children", "forked_engine", "unopened_picture"),
]
WAIT_MS = 120_000
SMALL = ["--epochs", "1", "--device", "cpu", "--hidden", "4"]


def table_run(folder: Path) -> Path:
    """Wide & Deep with its halves beside it, on a table of people."""
    table = folder / f"{HOSTILE} people.csv"
    head = ",".join(f"{HOSTILE} {name}" for name in ("sort", "place", "age", "bought"))
    rows = [f"{HOSTILE} {n % 3},{HOSTILE} {n % 7},{n % 40}.5,{HOSTILE} {'yes' if n % 5 else 'no'}" for n in range(300)]
    table.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    run = folder / f"{HOSTILE} table"
    goal = ["--label", f"{HOSTILE} bought", "--equals", f"{HOSTILE} yes", "--companions"]
    cross = ["--cross", f"{HOSTILE} sort,{HOSTILE} place"]
    trained(run, "wide-deep", "--data", str(table), *goal, *cross, *SMALL)
    return run


def log_run(folder: Path) -> Path:
    """A network of candidates, on a log of watches with a table of its films."""
    log, films = folder / f"{HOSTILE} log.csv", folder / f"{HOSTILE} films.csv"
    user, item, time = (f"{HOSTILE} {name}" for name in ("user", "item", "time"))
    watches = [
        f"{HOSTILE} u{who},{HOSTILE} i{(who * what) % 41},{1_600_000_000 + 86_400 * who + what}"
        for who in range(60)
        for what in range(1, 11)
    ]
    log.write_text("\n".join([f"{user},{item},{time}", *watches]) + "\n", "utf-8")
    described = [f"{HOSTILE} i{n},{HOSTILE} film {n},{HOSTILE} {n % 3}|{HOSTILE} {n % 2},{n}" for n in range(41)]
    names = [f"{HOSTILE} {name}" for name in ("id", "title", "genres", "year")]
    films.write_text("\n".join([",".join(names), *described]) + "\n", "utf-8")
    columns = ["--user", user, "--item", item, "--time", time, "--items-file", str(films), "--item-id", names[0]]
    more = ["--item-title", names[1], "--item-genres", names[2], "--item-columns", names[3]]
    run = folder / f"{HOSTILE} log"
    trained(run, "candidates", "--data", str(log), *columns, *more, *SMALL)
    return run


def trained(run: Path, model: str, *arguments: str) -> None:
    assert engine(["recommend", "train", model, *arguments, "--run", str(run), "--name", HOSTILE]) == 0


def wrong_in(window: QWidget) -> list[str]:
    QApplication.processEvents()
    return sorted({*misread(window), *point_at_everything(window)})


def every_side(section: QWidget) -> Iterator[str]:
    """Each block, tab and switch of a section in turn."""
    yield "at first"
    if isinstance(section, ModelSection):
        assert section.draft is not None and section.desk is not None
        for block in section.draft.document.graph.blocks:
            section.desk.panes.choose(block.id)
            yield f"block {block.id}"
    for bar in section.findChildren(QTabBar):
        for tab in range(bar.count()):
            bar.setCurrentIndex(tab)
            yield f"tab {bar.tabText(tab)}"
    for button in section.findChildren(QAbstractButton):
        if button.isCheckable() and button.isVisible() and button.isEnabled() and not button.isChecked():
            button.click()
            yield f"button {button.accessibleName() or button.text()}"


def is_filled(section: QWidget) -> bool:
    """Whether it shows what it is asked for: names of the data."""
    if isinstance(section, ModelSection):
        return section.desk is not None
    return isinstance(section, TrainSection) or HOSTILE in everything_told(section).replace(JOINER, "")


@pytest.mark.parametrize("made", [table_run, log_run])
@pytest.mark.torch
def test_sections_of_a_trained_run_show_names_as_letters(qtbot: QtBot, made: Callable[[Path], Path]) -> None:
    path = made(data_folder(RUNS))
    with opened_window(home="recommender") as opened:
        window = opened.window
        page = cast(RecommenderPage, window.pages.current)
        window.files.open(path)
        qtbot.waitUntil(lambda: page.opened is not None, timeout=WAIT_MS)
        shown = page.opened
        assert shown is not None
        for index, kind in enumerate(shown.kinds):
            shown.show_section(index)
            section = shown.section
            assert isinstance(section, kind)
            qtbot.waitUntil(partial(is_filled, section), timeout=WAIT_MS)
            for side in every_side(section):
                qtbot.waitUntil(lambda: not shown.run.answers.busy, timeout=WAIT_MS)
                assert not wrong_in(section), (kind.key, side)
            assert not wrong_in(window), kind.key
