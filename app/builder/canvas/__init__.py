"""The canvas: the network as it is drawn, built by hand and watched at work."""
