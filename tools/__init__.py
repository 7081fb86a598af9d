"""What the project's own upkeep runs: nothing here is part of the program."""
