"""From a trained network to answers: retrieval from a whole catalogue, and the two stages."""
