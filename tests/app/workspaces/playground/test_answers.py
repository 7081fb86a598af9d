"""The page of answers against the truth, and its drawings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.kit.drawing.columns import Dots, Rectangles
from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Rectangle, Text
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.plots.answers_page import AnswersPage, ConfusionCounts, draw_confusion, draw_residuals
from engine.data import DataChoice
from engine.training.evaluation import Evaluation
from engine.training.predict import predict
from tests.app.network.document_rig import new_document, running

FRAME = Frame(474.0, 338.0)


@pytest.fixture
def document(qapp: object) -> Document:
    return new_document()


@pytest.fixture
def trainer(document: Document) -> Iterator[Trainer]:
    with running(document) as trainer:
        yield trainer


@pytest.fixture
def page(document: Document, trainer: Trainer, qtbot: QtBot) -> AnswersPage:
    page = AnswersPage(document, trainer.legible)
    qtbot.addWidget(page)
    page.resize(700, 260)
    page.show()
    return page


def load(page: AnswersPage, document: Document, trainer: Trainer, qtbot: QtBot, name: str, classes: int) -> None:
    with qtbot.waitSignal(document.dataset_loaded):
        document.choose_data(DataChoice(name=name, samples=60))
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.plan.target.classes == classes)
    qtbot.waitUntil(lambda: page.evaluation is not None)


def copied(page: AnswersPage) -> list[list[str]]:
    """What "Copy numbers" puts on the clipboard, read back."""
    page.copier.copy_numbers()
    return list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))


@pytest.mark.parametrize("rows", ["test", "train"])
def test_the_confusion_matrix_is_scikit_learns_and_is_copied(
    page: AnswersPage, document: Document, trainer: Trainer, qtbot: QtBot, rows: str
) -> None:
    load(page, document, trainer, qtbot, "iris", 3)
    page.rows_shown.buttons[rows].click()
    dataset, snapshot = document.dataset, trainer.snapshot
    chosen = dataset.test if rows == "test" else dataset.train
    answers = predict(snapshot.plan, snapshot.weights, dataset.columns, dataset.x[chosen]).argmax(axis=1)
    expected = pytest.importorskip("sklearn.metrics").confusion_matrix(dataset.y[chosen], answers, labels=[0, 1, 2])
    qtbot.waitUntil(lambda: np.array_equal(page.matrix.data.counts, expected))
    header, *lines = copied(page)
    assert header[1:] == [line[0] for line in lines] == list(dataset.classes)
    assert [[int(cell) for cell in line[1:]] for line in lines] == expected.tolist()
    assert page.matrix.isVisible() and not page.residuals.isVisible()
    assert page.summary.full_text == f"{np.trace(expected)} of {expected.sum()} right"


def test_a_regression_shows_residuals_instead_and_copies_them(
    page: AnswersPage, document: Document, trainer: Trainer, qtbot: QtBot
) -> None:
    load(page, document, trainer, qtbot, "plane", 0)
    assert page.residuals.isVisible() and not page.matrix.isVisible()
    found, dataset = page.evaluation, document.dataset
    answers = predict(trainer.snapshot.plan, trainer.snapshot.weights, dataset.columns, dataset.x[dataset.test])
    np.testing.assert_allclose(found.residuals, dataset.y[dataset.test] - answers[:, 0], atol=1e-12)
    _, *lines = copied(page)
    np.testing.assert_allclose(np.array(lines, float), np.stack([found.true, found.predicted, found.residuals], axis=1))
    assert not page.grab().isNull()
    load(page, document, trainer, qtbot, "two-spirals", 2)
    assert page.matrix.isVisible() and not page.residuals.isVisible()


def test_a_cell_is_coloured_by_its_share_and_says_its_count(qapp: object) -> None:
    data = ConfusionCounts(((8, 2), (0, 5)), ("cat", "dog"))
    drawing = draw_confusion(data, FRAME)
    cells = {mark.key: mark for mark in drawing.marks if isinstance(mark, Rectangle)}
    assert cells[0, 0].fill == "diverging 85%" and cells[0, 1].fill.startswith("diverging -")
    assert cells[1, 0].fill == "surface" and cells[1, 0].stroke == "border"
    part = drawing.hit(74 + 300.0, 4 + 75.0)
    assert part is not None and part.spoken == "2 of 10 rows of “cat” were predicted as “dog”"
    written = [mark.text for mark in drawing.marks if isinstance(mark, Text)]
    assert written[:4] == ["8", "2", "0", "5"] and drawing.description == "13 of 15 right"
    many = ConfusionCounts(tuple((1,) * 60 for _ in range(60)), tuple(map(str, range(60))))
    assert not any(mark.text == "1" and mark.ink.startswith("readable") for mark in texts(many))


def texts(data: ConfusionCounts) -> list[Text]:
    return [mark for mark in draw_confusion(data, FRAME).marks if isinstance(mark, Text)]


def test_residuals_lie_on_the_diagonal_where_they_are_0(qapp: object) -> None:
    true = np.array([0.0, 1.0, 2.0, 4.0])
    predicted = np.array([0.0, 1.0, 2.5, np.inf])
    found = Evaluation(np.zeros((0, 0), np.int64), predicted, true, true - predicted, np.arange(4))
    marks = draw_residuals(found, FRAME).marks
    (dots,) = (mark for mark in marks if isinstance(mark, Dots))
    assert len(dots.points) == 3, "one answer is no number"
    (bars,) = (mark for mark in marks if isinstance(mark, Rectangles))
    heights = [rect[3] for rect in bars.rects]
    middle = len(heights) // 2
    assert heights[middle] == pytest.approx(2 * heights[0]) and sum(height > 0 for height in heights) == 2
    assert draw_residuals(None, FRAME).marks == ()
