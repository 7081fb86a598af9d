"""Follow a user: what a candidate generation recommends to somebody, stage by stage, and why."""
