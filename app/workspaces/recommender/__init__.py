"""The workspace of recommenders: two trained networks that one can touch."""
