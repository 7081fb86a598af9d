"""Going through steps one after another: the clock, and the bar with its scrubber."""
