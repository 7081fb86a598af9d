"""The panels left and right of the canvas: data, palette, features, optimiser; output and the selected block."""
