"""Below the canvas: the table of nodes, the rules, the same in PyTorch, and the result over one input."""
