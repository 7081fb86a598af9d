"""Data of the recommenders: generated worlds whose truth is known, files that people have, and their columns."""
