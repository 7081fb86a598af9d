"""The right column: one explanation at a time, and the question about the next node while one predicts."""
