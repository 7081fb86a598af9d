"""Ranking: what is expected beside the truth, one impression taken apart, the cure, towers beside the paper's."""
