"""The keys of what can be pointed at: one of these kinds, with the function's key."""

from __future__ import annotations

Y, X, SLOPE = "y", "x", "slope"
"""The value at the cursor, the cursor itself, and the slope there."""
GIVEN = "given"
"""A parameter of an activation of one's own: (GIVEN, function, name)."""
MEAN, DEVIATION, SHARE = "mean", "deviation", "share"
"""Of a layer's z: (MEAN,), (DEVIATION,), (SHARE, function), (SHARE, OFF, SATURATED or UNDEFINED, function)."""
OFF, SATURATED, UNDEFINED = "off", "saturated", "undefined"
GAP = "gap"
"""(GAP,): how far the two GELUs are apart at most."""
RANGE = "range"
"""(RANGE, OUTPUT_SET or SLOPE_SET, function): between which values f or f' lies."""
OUTPUT_SET, SLOPE_SET = "output", "slope"
