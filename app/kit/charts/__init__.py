"""Charts of any numbers: curves, bars, histograms, matrices, a strip over time, and the card round each."""
