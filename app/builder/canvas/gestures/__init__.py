"""Gestures: what a press of the mouse (or W on the keyboard) begins, one class each."""
