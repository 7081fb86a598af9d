"""What is in a run's data: counts, distributions, where the split falls, and what harms; and data of one's own."""
