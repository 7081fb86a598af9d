"""The drawing of a scalar graph: geometry, painting, and hands."""
