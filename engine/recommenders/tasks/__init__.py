"""A model and its data put together, ready to be trained or judged: what the command line and the window drive."""
