"""A check of everything that computes on a GPU, in one command: ``python -m checks.device``."""
