"""Whatever takes the keyboard has a name that is heard: of the playground with everything open, and of its dialogs. Of
all pages as they open: ``test_every_page``."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog

from app.builder.canvas.selection import NeuronRef
from app.workspaces.playground.panels.import_sheet import ImportSheet
from tests.app.window_rig import opened_window, unnamed, unnamed_parts


def test_every_widget_of_the_playground_and_its_dialogs_has_a_name(qtbot, tmp_path) -> None:
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
        opened.window.visit("recommender")  # which gives the way back its name
        opened.window.visit("playground")
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
