"""The selected block: its parameters, its activation, its features; or the network in sum."""
