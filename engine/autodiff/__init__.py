"""Scalar computation graphs: what is typed becomes a tree, then a graph; values go forward, gradients backward."""
