"""How a run trains: its curves beside simpler models, its gradients, what it costs."""
