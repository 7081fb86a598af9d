"""The plane of inputs, for three inputs the cube, with the boundary that can be dragged."""
