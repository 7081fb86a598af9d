"""The arithmetic of a pass as data: each line an expression over the pass's own numbers, for a writer to print."""
