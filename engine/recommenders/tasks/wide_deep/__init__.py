"""Wide & Deep (Cheng et al. 2016): remembers crosses of columns, and generalises by embeddings."""
