"""What is in a recommender's data: counts, distributions, and what in them spoils what is learned or measured."""
