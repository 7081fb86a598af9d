"""Windows that are killed while they are worked in, and what comes back: ``python -m tests.kills --times 200``."""
