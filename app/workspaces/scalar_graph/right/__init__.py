"""Beside the canvas: predicting, nudging, the chain rule so far, and where a number comes from."""
