"""Fuzzing of whatever the engine reads: ``python -m checks.fuzz NAME --minutes M``."""
