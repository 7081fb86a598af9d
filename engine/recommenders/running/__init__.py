"""A run of training: batches, optimisers, checkpoints, events, several processes, and the folder that it lives in."""
