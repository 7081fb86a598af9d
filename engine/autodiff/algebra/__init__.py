"""Trees made simpler by rules of algebra, and differentiated: ours, so that a learner may read how it is done."""
