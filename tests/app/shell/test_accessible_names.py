"""Whatever takes the keyboard has a name that is heard."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.builder.canvas.selection import NeuronRef
from app.kit.drawing.accessibility import SpokenDrawing
from app.workspaces.playground.panels.import_sheet import ImportSheet
from tests.app.window_rig import opened_window, unnamed


def unnamed_parts(root: QWidget) -> Iterator[str]:
    """Yield the parts of drawings that a screen reader reaches and finds no words for."""
    for view in root.findChildren(SpokenDrawing):
        for index, part in enumerate(view.drawing.keyed):
            is_alone = view.drawing.order == (part.key,)  # then what is said of the drawing is said of the part
            name = view.accessible_interface().child(index).text(QAccessible.Text.Name)
            if not (name if is_alone else part.spoken):
                yield f"{part.key} of {type(view).__name__} {view.accessibleName()}"


def test_every_widget_of_the_window_and_its_dialogs_has_a_name(qtbot, tmp_path) -> None:
    with opened_window() as opened:
        opened.actions["outline_panel"].setChecked(True)
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        opened.page.canvas.selection.choose_neuron(NeuronRef("dense-1", 0))
        assert opened.page.canvas.overlays.neuron_card.isVisible()
        table = tmp_path / "table.csv"
        table.write_text("a,b,kind\n1,2,x\n2,3,y\n3,4,x\n")
        opened.page.panes.outline.actions_by_name["outline_pass"].trigger()
        for name in ("stop_after", "shortcuts", "about"):
            opened.actions[name].trigger()
        ImportSheet(opened.page.network, table, opened.window).show()
        for key in opened.window.pages.workspaces:
            opened.window.visit(key)
            opened.window.pages.build_all()
        plots = opened.page.panes.plots
        plots.build()
        for plot in range(4):
            assert plots.tab(plot).cards
        found = list(unnamed(opened.window))
        found += unnamed_parts(opened.window)
        dialogs = opened.window.findChildren(QDialog)
        assert len(dialogs) >= 5
        for dialog in dialogs:
            found += [f"{one} of {type(dialog).__name__}" for one in unnamed(dialog)]
        assert found == []
        for dialog in dialogs:
            dialog.close()
        QApplication.processEvents()
