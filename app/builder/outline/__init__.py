"""The outline: the network as a tree of words, for the keyboard and for those who hear it."""
