"""The plots of learning: gradients, loss, activations and weights of every layer."""
