"""Experiments on vanishing and exploding gradients: what theory predicts for each layer, and what is measured."""
