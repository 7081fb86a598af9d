"""File formats of the program's own, a file each."""
