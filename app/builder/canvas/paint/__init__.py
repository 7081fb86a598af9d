"""What the canvas paints, one module per kind of thing."""
