"""The map of items: a widget of its own on plain data, with the visitor moving on it."""
