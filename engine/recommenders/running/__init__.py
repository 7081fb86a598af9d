"""A run of training: batches, optimisers, checkpoints, events, several processes."""
