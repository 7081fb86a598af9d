"""Neuroloom's engine: graphs of blocks, the networks they compile to, training and data. Never imports Qt."""
