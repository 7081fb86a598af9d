"""From the head of a person's own file to what its columns probably are, each with the reason, and on to a choice."""
