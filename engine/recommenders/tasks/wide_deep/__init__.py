"""Wide & Deep (Cheng et al. 2016)."""
