"""What hands do in the columns becomes edits, or a question where a number comes from."""

from __future__ import annotations

from app.workspaces.activations.edits import Edits
from app.workspaces.activations.left_panel import LeftPanel
from app.workspaces.activations.picture import Picture
from app.workspaces.activations.right_panel import RightPanel


def connect_hands(left: LeftPanel, picture: Picture, right: RightPanel, edits: Edits) -> None:
    """Let the columns' signals do what they stand for."""
    left.toggled.connect(edits.toggle)
    left.parameter_moved.connect(edits.set_parameter)
    left.gelu_wanted.connect(edits.choose_gelus)
    left.settled.connect(edits.settle)
    left.own.parameter_moved.connect(edits.set_own_parameter)
    left.own.settled.connect(edits.settle)
    for plot in (picture, left.gelus.plot):
        plot.cursor_moved.connect(edits.move_cursor)
        plot.axis_moved.connect(edits.move_axis)
        plot.reset_wanted.connect(edits.reset_axis)
        plot.nudged.connect(right.numbers.show_nudge)
    picture.cursor_set.connect(edits.set_cursor)
    for asked in (
        picture.asked,
        picture.layer.foot.asked,
        left.gelus.asked,
        right.numbers.asked,
        right.effects.asked,
        right.checks.asked,
    ):
        asked.connect(right.explain)
