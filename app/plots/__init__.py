"""The plots under the canvas: gradients, losses, activations and weights of the running network."""
