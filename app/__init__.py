"""Neuroloom's window: views of the engine's documents, and commands that edit them. Computes no mathematics."""
