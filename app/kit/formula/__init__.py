"""Formulas, set in type, whose parts can be pointed at and lit, with live numbers under their symbols.

- :mod:`markup`: a part of TeX's markup, read into the boxes of :mod:`tex`, whose outlines are in :mod:`glyphs`.
- :mod:`boxes`, :mod:`rows`, :mod:`trees`: markup, words, parts with keys, lines of arithmetic and expressions as boxes.
- :mod:`laid_out`: how boxes are laid out and painted. :mod:`view`: widgets for formulas and for lines of maths.
"""
