"""The inspector: everything that can be said and set of the selected block."""

from app.panels.inspector.panel import InspectorPanel

__all__ = ["InspectorPanel"]
