"""Where one begins: the two recommenders, the data that they can learn from, and the runs there have been."""
