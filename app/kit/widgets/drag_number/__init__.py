"""Numbers that are dragged where they stand: as a widget, as arithmetic for drawings, and with a slider under them
(:mod:`slider`, which needs drawings)."""

from app.kit.widgets.drag_number.arithmetic import NumberDrag
from app.kit.widgets.drag_number.field import DragNumber

__all__ = ["DragNumber", "NumberDrag"]
