"""Predict, then reveal: a number is guessed before it is shown, by whoever likes to."""
