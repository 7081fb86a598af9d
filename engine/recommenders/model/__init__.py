"""A graph of blocks as a network with tables, and rows made ready for it."""
