"""One McCulloch–Pitts unit: what it computes, why a line parts its inputs or none does, and how it learns."""
