"""Predict, then reveal, in the whole window: what is asked stands nowhere until it is revealed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.builder.canvas.selection import NeuronRef
from app.kit.announce import recorded
from app.kit.numbers import significant, to_digits
from engine.data import DataChoice
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward
from engine.training.trace import Phase
from tests.app.window_rig import Opened, opened_window


@pytest.fixture
def window(qtbot) -> Iterator[Opened]:
    with opened_window() as opened, qtbot.waitActive(opened.window):
        opened.window.activateWindow()
        yield opened


class Eye:
    """Reads everything that the window shows and says of the pass."""

    def __init__(self, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
        self._window, self._page = opened.window, opened.page
        self._painted: list[str] = []
        draw = QPainter.drawText

        def read(painter: QPainter, *rest: object) -> object:
            self._painted.extend(part for part in rest if isinstance(part, str))
            return draw(painter, *rest)

        monkeypatch.setattr(QPainter, "drawText", read)

    def texts(self) -> str:
        """All of it, with tags taken out."""
        self._painted.clear()
        for part in (self._page.canvas, self._page.panes.timeline):
            part.grab()
        found = [*self._painted, *self._rows(QModelIndex())]
        for widget in self._window.findChildren(QWidget):
            found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            if isinstance(widget, QLabel | QLineEdit) and not widget.isHidden():
                found.append(widget.text())
        return re.sub(r"<[^>]*>", " ", "\n".join(found))

    def _rows(self, parent: QModelIndex) -> Iterator[str]:
        model = self._page.panes.outline.model
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            yield f"{index.data(Qt.ItemDataRole.AccessibleTextRole)}"
            yield f"{index.data(Qt.ItemDataRole.DisplayRole)}"
            yield from self._rows(index)


def written(value: float) -> set[str]:
    """A number as one may find it, in the digits by which one would know it."""
    return {significant(value), to_digits(value, 3), to_digits(value, 4), significant(value, 4)}


def finds(text: str, value: float) -> list[str]:
    """The ways in which the number stands there."""
    return [form for form in written(value) if re.search(rf"(?<![\d.−]){re.escape(form)}(?![\d.])", text)]


@pytest.mark.slow
def test_what_is_asked_stands_nowhere_before_it_is_revealed(window: Opened, qtbot, monkeypatch) -> None:
    page = window.page
    page.network.load_file(NetworkFile(feed_forward((3, 2)), data=DataChoice(name="circle")), None)
    window.actions["outline_panel"].trigger()
    timeline, outline, selection = page.panes.timeline, page.panes.outline, page.canvas.selection
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and len(page.trainer.snapshot.plan.nodes) == 4)
    page.panes._play_row(3)
    qtbot.waitUntil(lambda: timeline.trace is not None)
    timeline.to_start()
    timeline.playhead.pause()
    timeline.set_predicting(True)
    eye, asked = Eye(window, monkeypatch), set()
    with recorded() as said:
        for index, stage in enumerate(timeline.trace.stages):
            timeline.go_to_stage(index)
            if not timeline.prediction.open:
                continue
            if stage.phase is not Phase.LOSS:  # with its card open as well
                unit = timeline.prediction.question.line.result.source
                selection.choose_neuron(NeuronRef(stage.block_id, unit.index[0] if unit else 0))
            assert timeline.prediction.open
            truth = timeline.prediction.question.truth
            page.voice.settle()
            shown, spoken = eye.texts(), "\n".join(text for text, _ in said)
            assert not finds(shown, truth) and " is " not in spoken, (stage.phase, stage.block_id, truth)
            timeline.prediction.give_up()
            assert finds("\n".join(timeline.sheet.texts), truth)
            if not asked:  # so that it is known to be found where it stands
                page.voice.settle()
                outline._refresh()
                assert finds(eye.texts(), truth) and " is " in said[-1][0]
            asked.add(stage.phase)
            said.clear()
    assert asked == set(Phase)
    page.panes.timeline.put_away()


def test_the_answer_to_a_typed_input_is_not_said_beside_the_question(window: Opened, qtbot) -> None:
    page = window.page
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None)
    timeline, output = page.panes.timeline, page.panes.right.output
    output.try_button.click()
    answer = output.try_input.answer
    output.try_input.refresh()
    told = answer.text()
    timeline.set_predicting(True)
    output.try_input.play.click()
    qtbot.waitUntil(lambda: timeline.trace is not None and not timeline.trace.rows)
    timeline.go_to_stage(1)
    assert answer.text() == "→ ?"
    output._hover(0.5, 0.5)
    assert "→" not in output.readout.full_text
    timeline.go_to_phase(Phase.LOSS)
    assert answer.text() == told, "the forward pass is known"
    timeline.to_start()
    assert answer.text() == "→ ?"
    timeline.put_away()
    assert answer.text() == told
    output._hover(0.5, 0.5)
    assert "→" in output.readout.full_text
