"""Generated worlds whose truth is known, of any size, drawn from a seed."""
