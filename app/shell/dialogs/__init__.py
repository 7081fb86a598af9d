"""Small windows beside the main one; none of them stops the training."""
