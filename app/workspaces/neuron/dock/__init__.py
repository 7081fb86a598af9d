"""The strip below: why a line does it or none does, all settings, learning, the outline; and a hidden layer."""
