"""The drawing in the middle: a nerve cell, and under it the unit that copies it, part for part."""
