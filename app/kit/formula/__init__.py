"""Typeset formulas whose parts can be pointed at and lit, with live numbers under their symbols."""
