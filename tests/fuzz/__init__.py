"""Fuzzing of whatever the engine reads: ``python -m tests.fuzz NAME --minutes M``."""
