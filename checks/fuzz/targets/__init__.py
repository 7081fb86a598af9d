"""What is tried, a module each that has a ``TARGET``; their names are a list in ``checks/fuzz/target.py``."""
