"""The tree beside a drawing that says in words what the drawing shows, for keyboard and screen reader."""

from app.kit.widgets.outline_tree.items import OutlineItem
from app.kit.widgets.outline_tree.view import OutlineTree

__all__ = ["OutlineItem", "OutlineTree"]
