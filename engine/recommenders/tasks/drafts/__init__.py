"""A run that is yet to be trained, open to questions."""
