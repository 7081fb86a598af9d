"""The Model section of a run: the network of the next run, edited before it is trained."""
