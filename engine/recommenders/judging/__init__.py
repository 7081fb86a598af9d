"""What a recommender is worth: measures, the next watch held out, baselines that need no network."""
