"""Explain a row: what a trained Wide & Deep says of one row, as a sum that can be read and changed."""
