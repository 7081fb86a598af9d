"""Windows that are killed while they are worked in, and what comes back: ``python -m checks.kills --times 200``."""
